from itertools import pairwise

import pytest

from simulator import SQUID, STAGES, TEXTBOOK, Changes, Pulse, measure, run

WHOLE = ["rest", "stimulus", "rising", "falling", "undershoot", "rest"]


def _names(trace):
    return [span.stage for span in trace.stages]


def _starts_ms(trace):
    return {span.stage: span.start * trace.dt_ms for span in trace.stages[1:-1]}


def _make(shock, case):
    """A run that is awkward to divide."""
    start = 1.0
    match case:
        case "nothing happens":
            return run(TEXTBOOK, duration_ms=5.0)
        case "one spike":
            return run(TEXTBOOK, [shock(TEXTBOOK, 1.5)])
        case "pulse at the first sample":
            return run(TEXTBOOK, [shock(TEXTBOOK, 1.5, 0.0)])
        case "run ends on the way up":
            return run(TEXTBOOK, [shock(TEXTBOOK, 1.5)], duration_ms=1.9)
        case "a volley":
            return run(TEXTBOOK, [shock(TEXTBOOK, 2.5, start + 3.0 * i) for i in range(5)])
        case "sustained current":
            return run(SQUID, [Pulse(start, 90.0, 20.0)], duration_ms=100.0)
        case "hyperpolarised":
            return run(SQUID, [Pulse(start, 30.0, -3.0)], duration_ms=60.0)
        case "no way back":
            return run(SQUID, [shock(SQUID, 1.5)], Changes(k_block=1.0))
        case "pump off half way":
            return run(TEXTBOOK, [shock(TEXTBOOK, 1.5)], Changes(pump=0.0), changes_from_ms=8.0)
    raise AssertionError(case)


@pytest.mark.parametrize(
    "case",
    [
        "nothing happens",
        "one spike",
        "pulse at the first sample",
        "run ends on the way up",
        "a volley",
        "sustained current",
        "hyperpolarised",
        "no way back",
        "pump off half way",
    ],
)
def test_stages_cover_every_sample_once_and_in_order(shock, case):
    trace = _make(shock, case)
    at = 0
    for span in trace.stages:
        assert span.stage in STAGES
        assert span.start == at < span.end
        at = span.end
    assert at == len(trace)
    names = _names(trace)
    assert all(before != after for before, after in pairwise(names))


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
def test_a_spike_passes_through_every_stage_and_back_to_rest(spike, preparation):
    assert _names(spike(preparation, 1.5)) == WHOLE


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
@pytest.mark.parametrize("multiple", [1.2, 1.5, 2.0])
def test_the_stages_of_a_spike_begin_at_its_landmarks(spike, preparation, multiple):
    trace = spike(preparation, multiple)
    found, starts = measure(trace), _starts_ms(trace)
    step = pytest.approx
    assert starts["stimulus"] == step(1.0)
    assert starts["rising"] == step(found["upstroke_ms"], abs=trace.dt_ms)
    assert starts["falling"] == step(found["peak_ms"], abs=trace.dt_ms)
    assert starts["undershoot"] == step(found["recross_ms"], abs=trace.dt_ms)
    assert trace.stages[-1].start * trace.dt_ms == step(found["settled_ms"], abs=2 * trace.dt_ms)


def test_the_stages_of_a_drawn_spike_are_its_lines(drawn):
    trace = drawn(
        (0.0, -70.0), (1.0, -70.0), (2.0, 30.0), (4.0, -70.0), (4.2, -80.0), (14.2, -70.0),
        (20.0, -70.0), stimuli=[Pulse(0.5, 0.5, 50.0)],
    )  # fmt: skip
    assert _names(trace) == WHOLE
    # A sample that lies on rest itself may count to either side.
    assert [span.start for span in trace.stages[1:]] == pytest.approx(
        [50, 100, 200, 401, 1320], abs=1
    )


def test_a_pulse_too_weak_to_fire_falls_back_to_rest_once_it_is_over(spike):
    assert _names(spike(TEXTBOOK, 0.9)) == ["rest", "stimulus", "falling", "rest"]


def test_a_silent_run_is_rest_throughout():
    assert _names(run(TEXTBOOK)) == ["rest"]


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
def test_without_the_rise_of_k_there_is_no_undershoot(spike, preparation):
    assert _names(spike(preparation, 1.5, k_block=1.0)) == WHOLE[:4]


def test_with_most_of_the_rise_of_k_blocked_the_fall_ends_in_rest(spike):
    assert _names(spike(TEXTBOOK, 1.5, k_block=0.8)) == [*WHOLE[:4], "rest"]


def test_pulses_far_apart_repeat_the_stages(shock):
    trace = run(TEXTBOOK, [shock(TEXTBOOK, 1.5, t) for t in (1.0, 21.0)], duration_ms=40.0)
    assert _names(trace) == WHOLE + WHOLE[1:]


def test_a_second_pulse_during_the_undershoot_is_a_stimulus_again(shock):
    trace = run(TEXTBOOK, [shock(TEXTBOOK, 1.5), shock(TEXTBOOK, 1.5, 8.0)], duration_ms=30.0)
    assert _names(trace) == WHOLE[:5] + WHOLE[1:]


def test_a_second_pulse_on_the_way_up_leaves_the_rise_in_one_piece(shock):
    first, second = shock(TEXTBOOK, 1.5), Pulse(1.8, 0.1, 20.0)
    trace = run(TEXTBOOK, [first, second], duration_ms=30.0)
    assert _starts_ms(trace)["rising"] < 1.8 < _starts_ms(trace)["falling"]
    assert _names(trace) == WHOLE


def test_a_second_pulse_on_the_way_down_leaves_the_fall_in_one_piece(shock):
    trace = run(TEXTBOOK, [shock(TEXTBOOK, 1.5), shock(TEXTBOOK, 1.5, 2.3)], duration_ms=30.0)
    assert measure(trace)["spike_count"] == 1.0
    assert _names(trace) == WHOLE


def test_a_spike_after_hyperpolarisation_rises_out_of_the_stimulus(shock):
    assert _names(_make(shock, "hyperpolarised")) == WHOLE


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
def test_refractory_periods_are_known_only_for_the_unchanged_preparation(preparation):
    assert run(preparation, duration_ms=1.0).refractory == preparation.refractory
    for changes in (Changes(na_block=0.1), Changes(frozen_h="rest"), Changes(pump=0.0)):
        assert run(preparation, (), changes, duration_ms=1.0).refractory is None
