"""What stimuli bring: their charge, their conductance, and what they refuse."""

import re
from math import exp, inf, nan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator import CORTICAL, SQUID, Pulse, run
from simulator.membrane import RECEPTOR
from simulator.opened import opened_per_step
from simulator.stimulus import (
    Pressure,
    Ramp,
    Step,
    SynapticEvent,
    Train,
    current_per_step,
    edges,
    pair,
)

STEPS_MS = (0.0005, 0.0013, 0.01, 0.025, 0.05)
at_each_step = pytest.mark.parametrize("dt_ms", STEPS_MS)
quick = settings(max_examples=60, derandomize=True)
milliseconds = st.floats(0.0, 6.0)
lengths = st.floats(1e-3, 6.0)
currents = st.floats(-200.0, 2000.0)


def _charge(stimuli, end_ms, dt_ms):
    """Charge in nC/cm2 that arrives in whole steps up to about `end_ms`, and when they end."""
    steps = round(end_ms / dt_ms)
    return sum(current_per_step(stimuli, steps, dt_ms)) * dt_ms, steps * dt_ms


def _within(start_ms, end_ms, until_ms):
    return max(0.0, min(end_ms, until_ms) - start_ms)


@quick
@given(milliseconds, lengths, currents, st.sampled_from(STEPS_MS))
def test_a_pulse_brings_its_size_times_its_length(start_ms, duration_ms, amplitude, dt_ms):
    charge, end_ms = _charge([Pulse(start_ms, duration_ms, amplitude)], 8.0, dt_ms)
    expected = amplitude * _within(start_ms, start_ms + duration_ms, end_ms)
    assert charge == pytest.approx(expected, rel=1e-9, abs=1e-9)


@quick
@given(milliseconds, lengths, currents, currents, st.sampled_from(STEPS_MS))
def test_a_ramp_brings_the_area_under_its_line(start_ms, duration_ms, first, last, dt_ms):
    charge, end_ms = _charge([Ramp(start_ms, duration_ms, first, last)], 8.0, dt_ms)
    given_ms = _within(start_ms, start_ms + duration_ms, end_ms)
    reached = first + (last - first) * given_ms / duration_ms
    assert charge == pytest.approx((first + reached) / 2.0 * given_ms, rel=1e-9, abs=1e-6)


@quick
@given(milliseconds, currents, st.sampled_from(STEPS_MS))
def test_a_step_brings_its_size_for_as_long_as_the_run_lasts(start_ms, amplitude, dt_ms):
    charge, end_ms = _charge([Step(start_ms, amplitude)], 8.0, dt_ms)
    assert charge == pytest.approx(amplitude * (end_ms - start_ms), rel=1e-9, abs=1e-9)


@quick
@given(
    st.floats(0.0, 3.0),
    st.floats(1e-3, 0.3),
    st.floats(0.3, 0.9),
    st.integers(1, 5),
    currents,
    st.sampled_from(STEPS_MS),
)
def test_a_train_brings_each_of_its_pulses(
    start_ms, duration_ms, interval_ms, pulses, amplitude, dt_ms
):
    train = Train(start_ms, duration_ms, amplitude, interval_ms, pulses)
    charge, _ = _charge([train], 8.0, dt_ms)
    assert charge == pytest.approx(pulses * amplitude * duration_ms, rel=1e-9, abs=1e-9)
    last_onset_ms = start_ms + (pulses - 1) * interval_ms
    assert train.end_ms == pytest.approx(last_onset_ms + duration_ms)


@quick
@given(st.floats(0.0, 2.0), st.floats(0.1, 1.0), st.floats(1.0, 9.0), st.floats(1.0, 5.99))
def test_pulses_that_outlast_the_interval_are_one_long_current(start_ms, interval_ms, times, n):
    train = Train(start_ms, times * interval_ms, 7.0, interval_ms, n)
    whole = current_per_step([Pulse(start_ms, int(n) * interval_ms, 7.0)], 800, 0.01)
    assert current_per_step([train], 800, 0.01) == pytest.approx(whole, abs=1e-9)
    assert train.end_ms == pytest.approx(start_ms + int(n) * interval_ms)


@pytest.mark.parametrize("pulses", [2.0, 2.5, 2.999])
def test_a_fraction_of_a_pulse_is_cut_off(pulses):
    part, whole = Train(1.0, 0.5, 7.0, 3.0, pulses), Train(1.0, 0.5, 7.0, 3.0, 2)
    assert list(part.segments()) == list(whole.segments())
    assert part.end_ms == whole.end_ms == 4.5


def test_pulses_of_a_train_may_begin_after_2000_ms():
    train = Train(1.0, 0.5, 7.0, 1500.0, 3)
    assert [segment.start_ms for segment in train.segments()] == [1.0, 1501.0, 3001.0]
    assert train.end_ms == 3001.5


@at_each_step
def test_pulses_of_a_train_stand_at_their_interval(dt_ms):
    # In the squid's long wait between them nothing else is switched on.
    steps = round(40.0 / dt_ms)
    train = current_per_step([Train(2.0, 0.5, 7.0, 10.0, 3)], steps, dt_ms)
    apart = current_per_step([Pulse(t, 0.5, 7.0) for t in (2.0, 12.0, 22.0)], steps, dt_ms)
    assert train == pytest.approx(apart, abs=1e-12)
    assert max(train) == pytest.approx(7.0)


@at_each_step
def test_a_ramp_passes_through_the_middle_of_each_step(dt_ms):
    current = np.array(current_per_step([Ramp(0.0, 5.0, -3.0, 9.0)], round(4.0 / dt_ms), dt_ms))
    middles = (np.arange(len(current)) + 0.5) * dt_ms
    assert current == pytest.approx(-3.0 + 12.0 * middles / 5.0, abs=1e-9)


@quick
@given(
    milliseconds,
    st.floats(0.0, 50.0),
    st.floats(0.01, 200.0),
    st.sampled_from(STEPS_MS),
)
def test_a_synaptic_event_has_the_area_of_its_exponential(start_ms, conductance, tau_ms, dt_ms):
    steps = round(8.0 / dt_ms)
    event = SynapticEvent(start_ms, conductance, tau_ms)
    area = sum(share for _, share in event.open_per_step(steps, dt_ms)) * dt_ms
    passed_ms = steps * dt_ms - start_ms
    expected = conductance * tau_ms * (1.0 - exp(-passed_ms / tau_ms))
    # Twenty time constants after its onset the last 2e-9 are left out.
    assert area == pytest.approx(expected, rel=1e-8, abs=1e-12)


def test_a_synaptic_event_decays_to_37_percent_in_its_time_constant():
    opened = dict(SynapticEvent(1.0, 4.0, 2.0).open_per_step(10_000, 0.001))
    assert opened[1000] == pytest.approx(4.0, rel=1e-3)
    assert opened[3000] / opened[1000] == pytest.approx(exp(-1.0), rel=1e-6)
    assert min(opened) == 1000


MIXED = (
    Pulse(0.503, 0.25, 20.0),
    Train(1.0, 0.2, -7.0, 0.9, 4),
    Ramp(0.2, 3.0, 0.0, 11.0),
    Step(2.001, 3.0),
    SynapticEvent(1.2, 0.4, 1.5, 10.0),
    SynapticEvent(1.7, 0.2, 3.0, -75.0),
    Pressure(0.8, 2.0, 60.0),
)


@at_each_step
def test_currents_and_conductances_add_up(dt_ms):
    steps = round(6.0 / dt_ms)
    together = np.array(current_per_step(MIXED, steps, dt_ms))
    alone = sum(np.array(current_per_step([s], steps, dt_ms)) for s in MIXED)
    assert together == pytest.approx(alone, abs=1e-9)
    opened = opened_per_step(MIXED, RECEPTOR, steps, dt_ms)
    each = [opened_per_step([s], RECEPTOR, steps, dt_ms) for s in MIXED[4:]]
    for name in ("conductance", "driven"):
        total = sum(np.array(getattr(one, name)) for one in each)
        assert np.array(getattr(opened, name)) == pytest.approx(total, abs=1e-9)


def test_what_is_driven_is_the_conductance_times_its_own_reversal():
    opened = opened_per_step(MIXED[4:6], CORTICAL, 300, 0.01)
    first, second = (dict(s.open_per_step(300, 0.01)) for s in MIXED[4:6])
    for step in (130, 250):
        driven = 10.0 * first[step] - 75.0 * second.get(step, 0.0)
        assert opened.driven[step] == pytest.approx(driven)


def test_currents_open_no_conductance():
    assert opened_per_step(MIXED[:4], RECEPTOR, 100, 0.01) is None


@quick
@given(
    st.lists(
        st.one_of(
            st.builds(Pulse, milliseconds, lengths, currents),
            st.builds(Ramp, milliseconds, lengths, currents, currents),
            st.builds(Step, milliseconds, currents),
        ),
        max_size=4,
    ),
    st.sampled_from((0.01, 0.025, 0.05)),
)
def test_between_two_edges_the_current_stays_the_same(stimuli, dt_ms):
    steps = round(8.0 / dt_ms)
    current = current_per_step(stimuli, steps, dt_ms)
    found = edges(stimuli, steps, dt_ms, 1)
    for step in range(1, steps):
        if abs(current[step] - current[step - 1]) > 1e-9:
            assert step in found


@quick
@given(milliseconds, st.floats(0.5, 6.0), currents, currents, st.sampled_from((0.01, 0.025)))
def test_a_ramp_is_cut_into_pieces_of_so_many_steps(start_ms, lasts_ms, first, last, dt_ms):
    assume(first != last)
    steps, smooth = round(14.0 / dt_ms), round(0.1 / dt_ms)
    ramp = Ramp(start_ms, lasts_ms, first, last)
    found = sorted(edges([ramp], steps, dt_ms, smooth))
    current = current_per_step([ramp], steps, dt_ms)
    assert len(found) <= lasts_ms / dt_ms / smooth + 4
    for begin, end in zip(found, [*found[1:], steps], strict=True):
        piece = current[begin:end]
        # Longer pieces are those before and behind it, without a current.
        assert end - begin <= smooth or not any(piece)
        slope = (last - first) * dt_ms / lasts_ms
        assert np.diff(piece) == pytest.approx(slope if any(piece) else 0.0, abs=1e-9)
    assert not any(current[: found[0]])


def test_a_pair_is_two_pulses_from_onset_to_onset():
    assert pair(1.0, 0.5, 40.0, 7.0, 60.0) == (Pulse(1.0, 0.5, 40.0), Pulse(8.0, 0.5, 60.0))


@pytest.mark.parametrize(
    ("stimulus", "end_ms", "size"),
    [
        (Pulse(1.0, 0.5, -7.0), 1.5, -7.0),
        (Train(1.0, 0.5, 7.0, 10.0, 3), 21.5, 7.0),
        (Ramp(1.0, 4.0, 2.0, -9.0), 5.0, -9.0),
        (Step(1.0, 5.0), inf, 5.0),
        (Pressure(1.0, 30.0, 12.0), 31.0, 12.0),
        (SynapticEvent(1.0, 0.3, 2.0), 1.0 + 4.6 * 2.0, 0.3),
    ],
)
def test_a_stimulus_says_when_it_ends_and_how_strong_it_is(stimulus, end_ms, size):
    assert stimulus.end_ms == pytest.approx(end_ms)
    assert stimulus.size == size


@pytest.mark.parametrize(
    "stimulus",
    [
        Pulse(1.0, 1e-17, 2000.0),
        Pulse(0.0, 5e-324, 2000.0),
        Ramp(1.0, 1e-17, 0.0, 2000.0),
        Ramp(0.0, 5e-324, -200.0, 2000.0),
        Ramp(0.0, 1e-310, -200.0, 2000.0),
        Train(1.0, 1e-17, 2000.0, 1e-17, 1000),
        SynapticEvent(0.6, 50.0, 5e-324, 80.0),
    ],
)
def test_a_stimulus_too_brief_to_matter_leaves_the_membrane_at_rest(stimulus):
    trace = run(SQUID, [stimulus], duration_ms=3.0)
    assert np.abs(trace.numpy("voltage_mv") - trace.voltage_mv[0]).max() < 0.01


CURRENT = "from -200 to 2000 uA/cm2"
TIME = "from 0 to 2000 ms"
LENGTH = "above 0 and at most 2000 ms"
REFUSED = [
    (lambda: Train(-1.0, 0.5, 5.0, 10.0, 3), "start_ms", "-1", TIME),
    (lambda: Train("now", 0.5, 5.0, 10.0, 3), "start_ms", "'now'", TIME),
    (lambda: Train(1.0, "long", 5.0, 10.0, 3), "duration_ms", "'long'", LENGTH),
    (lambda: Train(1.0, None, 5.0, 10.0, 3), "duration_ms", "None", LENGTH),
    (lambda: Train(1.0, 0.5, 2001.0, 10.0, 3), "amplitude_ua_cm2", "2001", CURRENT),
    (lambda: Train(1.0, 0.5, 5.0, 0.0, 3), "interval_ms", "0", LENGTH),
    (lambda: Train(1.0, 0.5, 5.0, 10.0, 0), "pulses", "0", "from 1 to 1000"),
    (lambda: Train(1.0, 0.5, 5.0, 10.0, 1001), "pulses", "1001", "from 1 to 1000"),
    (lambda: Train(1.0, 0.5, 5.0, 10.0, nan), "pulses", "nan", "from 1 to 1000"),
    (lambda: Train(1.0, 0.5, 5.0, 10.0, 0.9), "pulses", "0.9", "from 1 to 1000"),
    (lambda: Train(1.0, 2001.0, 5.0, 10.0, 3), "duration_ms", "2001", LENGTH),
    (lambda: Train(1.0, 0.5, 5.0, 2001.0, 3), "interval_ms", "2001", LENGTH),
    (lambda: Train(2001.0, 0.5, 5.0, 10.0, 3), "start_ms", "2001", TIME),
    (lambda: Ramp(nan, 1.0, 0.0, 5.0), "start_ms", "nan", TIME),
    (lambda: Ramp(1.0, 0.0, 0.0, 5.0), "duration_ms", "0", LENGTH),
    (lambda: Ramp(1.0, 1.0, -201.0, 5.0), "start_ua_cm2", "-201", CURRENT),
    (lambda: Ramp(1.0, 1.0, 0.0, 2001.0), "end_ua_cm2", "2001", CURRENT),
    (lambda: Step(2001.0, 5.0), "start_ms", "2001", TIME),
    (lambda: Step(1.0, inf), "amplitude_ua_cm2", "inf", CURRENT),
    (lambda: SynapticEvent(-1.0, 0.1), "start_ms", "-1", TIME),
    (lambda: SynapticEvent(1.0, -0.1), "conductance_ms_cm2", "-0.1", "from 0 to 50 mS/cm2"),
    (lambda: SynapticEvent(1.0, 51.0), "conductance_ms_cm2", "51", "from 0 to 50 mS/cm2"),
    (lambda: SynapticEvent(1.0, 0.1, 0.0), "tau_ms", "0", "above 0 and at most 200 ms"),
    (lambda: SynapticEvent(1.0, 0.1, 2.0, 81.0), "reversal_mv", "81", "from -120 to 80 mV"),
    (lambda: Pressure(1.0, 0.0, 5.0), "duration_ms", "0", LENGTH),
    (lambda: Pressure(1.0, 5.0, 201.0), "pressure_kpa", "201", "from 0 to 200 kPa"),
    (lambda: Pressure(1.0, 5.0, -1.0), "pressure_kpa", "-1", "from 0 to 200 kPa"),
    (lambda: pair(1.0, 0.5, 5.0, 0.0, 5.0), "interval_ms", "0", LENGTH),
    (lambda: pair(1.0, 0.5, 5.0, 9.0, 2001.0), "amplitude_ua_cm2", "2001", CURRENT),
    (
        lambda: run(SQUID, [Ramp(1.0, 5.0, 0.0, 1500.0), Step(2.0, 1000.0)]),
        "the sum of amplitude_ua_cm2",
        "2498",
        CURRENT,
    ),
]


@pytest.mark.parametrize(("attempt", "quantity", "value", "allowed"), REFUSED)
def test_a_stimulus_out_of_range_is_refused_by_name(attempt, quantity, value, allowed):
    with pytest.raises(ValueError, match=rf"^{re.escape(quantity)} is ") as refused:
        attempt()
    sentence = str(refused.value)
    assert sentence.startswith(f"{quantity} is {value}")
    assert "but must be " in sentence
    assert sentence.endswith(allowed)
