"""The named numbers of a trace: on lines drawn by hand, where each follows from geometry, and on
real runs.
"""

from array import array

import pytest

from simulator import CORTICAL, MEASUREMENTS, SQUID, TEXTBOOK, Changes, Pulse, measure, run
from simulator.cable.axon_run import run_axon
from simulator.cable.dendrite_run import run_dendrite
from simulator.measurements import find_spikes
from simulator.stimulus import Step, SynapticEvent

#: Rest -70; up 100 mV in 1 ms, down 100 mV in 2 ms, on to -80, back at 1 mV/ms.
SPIKE = ((0.0, -70.0), (1.0, -70.0), (2.0, 30.0), (4.0, -70.0), (4.2, -80.0), (14.2, -70.0))
OF_SEVERAL = {"rate_hz", "last_peak_mv", "last_peak_ms"}
OF_A_SPIKE = set(list(MEASUREMENTS)[list(MEASUREMENTS).index("end_mv") + 1 :]) - OF_SEVERAL


@pytest.fixture(scope="module")
def measured(drawn):
    return measure(drawn(*SPIKE, (20.0, -70.0), stimuli=[Pulse(0.9, 0.6, 50.0)]))


def _cut(end_ms, *, points=SPIKE):
    """The points up to `end_ms`, with the one that the line reaches there."""
    kept = [point for point in points if point[0] < end_ms]
    (t0, v0), (t1, v1) = kept[-1], points[len(kept)]
    return (*kept, (end_ms, v0 + (v1 - v0) * (end_ms - t0) / (t1 - t0)))


@pytest.mark.parametrize(
    ("name", "from_geometry"),
    [
        ("rest_mv", -70.0),
        ("stimulus_ms", 0.9),
        ("stimulus_end_ms", 1.5),
        ("stimulus_end_mv", -20.0),
        ("spike_count", 1.0),
        ("peak_mv", 30.0),
        ("peak_ms", 2.0),
        ("end_ms", 20.0),
        ("end_mv", -70.0),
        ("max_dvdt_v_s", 100.0),
        ("half_width_ms", 1.5),  # at -20 mV: from 1.5 to 3.0 ms
        ("recross_ms", 4.0),
        ("undershoot_mv", -80.0),
        ("undershoot_ms", 4.2),
        ("settled_ms", 13.2),  # at -71 mV
    ],
)
def test_a_measurement_is_what_its_definition_says(measured, name, from_geometry):
    assert measured[name] == pytest.approx(from_geometry, abs=0.0101)


def test_the_upstroke_begins_where_the_line_turns_steep(measured):
    assert measured["upstroke_ms"] == pytest.approx(1.0, abs=0.0101)
    assert measured["upstroke_mv"] == pytest.approx(-70.0, abs=1.0)


def test_the_upstroke_is_where_the_rise_passes_10_v_per_s(drawn):
    # Creeps up at 9 V/s to -52 mV, then rises at 80 V/s.
    found = measure(drawn((0.0, -70.0), (2.0, -52.0), (3.0, 28.0), (5.0, -72.0), (6.0, -70.0)))
    assert found["upstroke_ms"] == pytest.approx(2.0, abs=0.0101)
    assert found["upstroke_mv"] == pytest.approx(-52.0, abs=0.1)
    assert found["max_dvdt_v_s"] == pytest.approx(80.0)


def test_half_width_is_taken_half_way_between_rest_and_peak(drawn):
    # From -60 to +20: half way is -20, passed at 1.5 and at 2.5 ms.
    found = measure(drawn((0.0, -60.0), (1.0, -60.0), (2.0, 20.0), (3.0, -60.0), (4.0, -60.0)))
    assert found["half_width_ms"] == pytest.approx(1.0, abs=0.001)


def test_every_measurement_is_described_and_found_in_the_stated_order(measured):
    assert list(measured) == [name for name in MEASUREMENTS if name not in OF_SEVERAL]


@pytest.mark.parametrize(
    ("end_ms", "missing"),
    [
        (1.2, {"stimulus_end_ms", "stimulus_end_mv"} | OF_A_SPIKE),
        (2.5, {"half_width_ms", "recross_ms", "undershoot_mv", "undershoot_ms", "settled_ms"}),
        (3.5, {"recross_ms", "undershoot_mv", "undershoot_ms", "settled_ms"}),
        (4.1, {"undershoot_mv", "undershoot_ms", "settled_ms"}),
        (10.0, {"settled_ms"}),
        (13.5, set()),
    ],
)
def test_a_landmark_that_the_run_does_not_reach_is_missing(drawn, end_ms, missing):
    found = measure(drawn(*_cut(end_ms), stimuli=[Pulse(0.9, 0.6, 50.0)]))
    assert set(MEASUREMENTS) - OF_SEVERAL - set(found) == missing


def test_a_pulse_after_the_end_of_the_run_is_not_measured():
    found = measure(run(TEXTBOOK, [Pulse(100.0, 1.0, 47.3)], duration_ms=5.0))
    assert not {"stimulus_ms", "stimulus_end_ms", "stimulus_end_mv"} & found.keys()


def test_without_stimulus_or_spike_only_the_largest_response_is_left(drawn):
    found = measure(drawn((0.0, -70.0), (5.0, -70.0)))
    assert set(found) == {"rest_mv", "spike_count", "peak_mv", "peak_ms", "end_ms", "end_mv"}
    assert found["peak_mv"] == -70.0


def test_a_return_to_rest_that_never_passes_it_has_no_undershoot(drawn):
    found = measure(drawn((0.0, -70.0), (1.0, -70.0), (2.0, 30.0), (4.0, -70.0), (9.0, -70.0)))
    assert not {"recross_ms", "undershoot_mv", "undershoot_ms"} & found.keys()
    assert found["settled_ms"] == pytest.approx(3.98, abs=0.0101)


def test_most_of_the_rise_of_k_blocked_leaves_no_undershoot_however_long_one_waits():
    trace = run(TEXTBOOK, [Pulse(1.0, 0.5, 47.3)], Changes(k_block=0.8), duration_ms=200.0)
    found = measure(trace)
    assert not {"recross_ms", "undershoot_mv", "undershoot_ms"} & found.keys()
    assert "settled_ms" in found


def test_all_of_the_rise_of_k_blocked_leaves_the_membrane_depolarised(spike):
    found = measure(spike(TEXTBOOK, 1.5, k_block=1.0))
    assert found["spike_count"] == 1.0
    assert not {"recross_ms", "undershoot_mv", "settled_ms"} & found.keys()


@pytest.mark.parametrize(("peak_mv", "spikes"), [(-21.0, 0), (-19.0, 1)])
def test_a_spike_passes_minus_20(drawn, peak_mv, spikes):
    found = measure(drawn((0.0, -70.0), (1.0, -70.0), (2.0, peak_mv), (4.0, -70.0), (5.0, -70.0)))
    assert found["spike_count"] == spikes
    assert ("half_width_ms" in found) == bool(spikes)


def test_a_rise_slower_than_10_v_per_s_is_no_spike(drawn):
    found = measure(drawn((0.0, -70.0), (10.0, 20.0), (20.0, -70.0)))
    assert found["spike_count"] == 0.0
    assert found["peak_mv"] == pytest.approx(20.0, abs=0.01)


def test_a_pulse_that_lifts_the_potential_past_minus_20_on_its_own_is_no_spike():
    for preparation in (TEXTBOOK, SQUID):
        pulse = Pulse(1.0, 0.1, 1500.0)
        found = measure(run(preparation, [pulse], Changes(na_block=1.0)))
        assert found["stimulus_end_mv"] > 50.0
        assert found["spike_count"] == 0.0
        assert not OF_A_SPIKE & found.keys()


@pytest.mark.parametrize(
    ("preparation", "current"),
    [(TEXTBOOK, 20.0), (SQUID, 14.0), (CORTICAL, 15.0)],
    ids=["textbook", "squid", "cortical"],
)
def test_a_passive_membrane_that_a_steady_current_lifts_has_no_spike(preparation, current):
    # Its leak alone: it charges along one exponential, at first by more than 10 V/s.
    passive = Changes(na_block=1.0, frozen_n=0.0)
    trace = run(preparation, [Step(5.0, current)], passive, duration_ms=50.0)
    passed = next(i for i, v in enumerate(trace.voltage_mv) if v >= -20.0)
    assert trace.steady_from(passed) is not None
    assert find_spikes(trace) == []
    for strong in (20.0, 200.0, 1000.0):
        trace = run(preparation, [Step(5.0, strong)], Changes(na_block=1.0), duration_ms=50.0)
        assert find_spikes(trace) == []


def test_a_passive_membrane_that_a_synapse_lifts_has_no_spike():
    for preparation in (TEXTBOOK, SQUID, CORTICAL):
        event = SynapticEvent(5.0, 5.0, 2.0, 0.0)
        trace = run(preparation, [event], Changes(na_block=1.0))
        assert max(trace.voltage_mv) > -20.0
        assert find_spikes(trace) == []


@pytest.mark.parametrize(("faster_v_s", "spikes"), [(9.0, []), (11.0, [(600, 1000)])])
def test_under_a_steady_current_the_rise_of_a_spike_speeds_up_by_10_v_per_s(
    drawn, faster_v_s, spikes
):
    # Up at 2 V/s from the onset on, then faster; the step gives it all, so that the ionic
    # current has no upstroke.
    to_mv = -60.0 + 4.0 * (2.0 + faster_v_s)
    points = ((0.0, -70.0), (1.0, -70.0), (6.0, -60.0), (10.0, to_mv), (20.0, -70.0))
    for stimulus, found in ((Step(1.0, 20.0), spikes), (Pulse(1.0, 6.5, 20.0), [])):
        trace = drawn(*points, stimuli=[stimulus])
        trace._computed["dvdt_v_s"] = array("d", bytes(8 * len(trace)))
        assert [(spike.upstroke, spike.peak) for spike in find_spikes(trace)] == found


def test_a_current_is_steady_2_ms_after_it_last_changed():
    trace = run(SQUID, [Step(5.0, 10.0), Pulse(12.0, 1.0, 3.0)], dt_ms=0.01)
    assert trace.steady_from(300) is None  # There is none yet.
    for changed, until in ((500, 1200), (1300, 1990)):
        assert trace.steady_from(changed + 150) is None
        assert trace.steady_from(changed + 250) == pytest.approx(changed, abs=1)
        assert trace.steady_from(until - 10) == pytest.approx(changed, abs=1)


def test_what_is_no_recording_of_one_place_is_not_measured():
    axon = run_axon(duration_ms=2.0)
    for other in (None, [1.0, 2.0], {}, axon, run_dendrite(duration_ms=1.0).recording):
        with pytest.raises(ValueError, match="must be a trace of a patch") as refused:
            measure(other)
        assert str(refused.value).startswith(f"trace is {type(other).__name__}, but")
    assert measure(axon.probe(1.0))["rest_mv"] == pytest.approx(-65.0, abs=0.1)


def test_a_peak_at_the_end_of_a_pulse_is_not_read_higher_than_the_potential_went():
    trace = run(TEXTBOOK, [Pulse(1.0, 0.1, 1500.0)], Changes(na_block=1.0))
    found = measure(trace)
    assert found["peak_ms"] == pytest.approx(1.1)
    assert found["peak_mv"] == max(trace.voltage_mv)


def test_a_smooth_peak_is_read_between_the_samples(spike):
    coarse = measure(spike(TEXTBOOK, 1.5, dt_ms=0.05))
    fine = measure(spike(TEXTBOOK, 1.5, dt_ms=0.001))
    assert coarse["peak_ms"] == pytest.approx(fine["peak_ms"], abs=0.02)
    assert coarse["peak_ms"] / 0.05 != pytest.approx(round(coarse["peak_ms"] / 0.05), abs=0.01)


@pytest.mark.parametrize("gap_ms", [15.0, 25.0])
def test_pulses_beyond_the_refractory_period_give_a_spike_each(shock, gap_ms):
    pulses = [shock(TEXTBOOK, 1.5, 1.0 + gap_ms * i) for i in range(5)]
    found = measure(run(TEXTBOOK, pulses, duration_ms=5 * gap_ms))
    assert found["spike_count"] == 5.0


def test_a_second_pulse_within_the_absolute_refractory_period_gives_no_second_spike(shock):
    pulses = [shock(TEXTBOOK, 1.5, 1.0), shock(TEXTBOOK, 1.5, 2.2)]
    assert measure(run(TEXTBOOK, pulses))["spike_count"] == 1.0


def test_the_undershoot_is_that_of_the_first_spike_even_if_a_later_one_is_deeper(drawn):
    deeper = ((15.0, -70.0), (16.0, 30.0), (18.2, -90.0), (38.2, -70.0))
    found = measure(drawn(*SPIKE, *deeper))
    assert found["spike_count"] == 2.0
    assert found["undershoot_mv"] == pytest.approx(-80.0, abs=0.1)
    assert found["undershoot_ms"] == pytest.approx(4.2, abs=0.0101)
    assert found["settled_ms"] == pytest.approx(37.2, abs=0.0101)


def test_the_numbers_of_a_spike_are_those_of_the_first(shock):
    one, two = (
        measure(run(TEXTBOOK, pulses, duration_ms=30.0))
        for pulses in (
            [shock(TEXTBOOK, 1.5)],
            [shock(TEXTBOOK, 2.0, 16.0), shock(TEXTBOOK, 1.5)],
        )
    )
    assert two["spike_count"] == 2.0
    for name in OF_A_SPIKE - {"settled_ms"} | {"stimulus_ms", "peak_mv", "peak_ms"}:
        assert two[name] == pytest.approx(one[name], abs=1e-6)
    assert two["settled_ms"] > one["settled_ms"] + 10.0


def test_several_spikes_have_a_rate_and_a_last_peak(shock):
    two = measure(
        run(TEXTBOOK, [shock(TEXTBOOK, 1.5), shock(TEXTBOOK, 1.5, 21.0)], duration_ms=40.0)
    )
    apart_ms = two["last_peak_ms"] - two["peak_ms"]
    assert apart_ms == pytest.approx(20.0, abs=0.5)
    assert two["rate_hz"] == pytest.approx(1000.0 / apart_ms)
    assert two["last_peak_mv"] == pytest.approx(two["peak_mv"], abs=1.0)
