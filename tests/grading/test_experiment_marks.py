"""Experiments judged by their goals, what is missing, and what was turned without need."""

import contextlib
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.experiment import mark_experiment, read_goal, turned

BEFORE = {"V_rest": -70.0, "half_width": 0.5, "zero": 0.0, "odd": float("inf")}


def _mark(goal, measured, **more):
    goals = [read_goal("g1", goal)]
    return mark_experiment(goals, measured, BEFORE, more.pop("knobs", {}), {"T": 6.3}, **more)


PEAK = "Most positive potential"
BEFORE_TURNING = "times the run with the knobs untouched"
#: A goal, what was measured, and what is still missing.
GOALS = [
    ("V_rest = -70 +- 1 mV", {"V_rest": -70.6}, ""),
    ("V_rest = -70 +- 1", {"V_rest": -71.0}, ""),
    ("V_rest = -70 ± 1 mV", {"V_rest": -69.0}, ""),
    ("V_rest = -70 +- 1 mV", {"V_rest": -62.3}, "V_rest: -62.3 mV, 6.7 mV too high."),
    ("V_rest = -70 +- 1 mV", {"V_rest": -72.5}, "V_rest: -72.5 mV, 1.5 mV too low."),
    ("waves == 2", {"waves": 2.0}, ""),
    ("waves == 2", {"waves": 3.0}, "Number of spikes that travel: 3, 1 too many."),
    ("waves < 0.5", {"waves": 1.0}, "Number of spikes that travel: 1, 1 too many."),
    ("waves = 2", {"waves": 0.0}, "Number of spikes that travel: 0, 2 too few."),
    ("half_width >= 3 x", {"half_width": 1.5}, ""),
    ("half_width >= 3 x", {"half_width": 2.0}, ""),
    (
        "half_width >= 3 x",
        {"half_width": 1.05},
        f"Half_width: 2.1 {BEFORE_TURNING}, and at least 3 times is asked for.",
    ),
    (
        "half_width<=0.5x",
        {"half_width": 0.3},
        f"Half_width: 0.6 {BEFORE_TURNING}, and at most 0.5 times is asked for.",
    ),
    ("peak_mv > 30", {"peak_mv": 30.5}, ""),
    ("peak_mv > 30 mV", {"peak_mv": 30.0}, f"{PEAK}: 30 mV, and it must be more."),
    ("peak_mv > 30 mV", {"peak_mv": 20.0}, f"{PEAK}: 20 mV, 10 mV too low."),
    ("peak_mv < 3e1", {"peak_mv": 30.0}, f"{PEAK}: 30 mV, and it must be less."),
    ("peak_mv < 30", {"peak_mv": 33.0}, f"{PEAK}: 33 mV, 3 mV too high."),
    (
        "last_peak_ms <= 7.6",
        {"last_peak_ms": 9.0},
        "Time of the last peak: 9 ms, 1.4 ms too late.",
    ),
    (
        "stimulus_end_ms > 3",
        {"stimulus_end_ms": 2.5},
        "End of the first pulse: 2.5 ms, 0.5 ms too early.",
    ),
    (
        "half_width_ms < 1",
        {"half_width_ms": 1.5},
        "Half-width of the spike: 1.5 ms, 0.5 ms too long.",
    ),
    ("i_na < 0 uA/cm2", {"i_na": 2.0}, "I_na: 2 µA/cm², 2 µA/cm² too high."),
    ("p_na_open > 0.5", {"p_na_open": 0.3}, "P_na_open: 0.3, 0.2 too low."),
    ("half_width >= 3 x", {}, "This run has none: half_width."),
    ("waves == 2", {"waves": nan}, "This run has none: number of spikes that travel."),
]


@pytest.mark.parametrize(("goal", "measured", "missing"), GOALS)
def test_a_goal_is_reached_or_told_by_how_much_and_which_way_it_is_missed(goal, measured, missing):
    verdict = _mark(goal, measured)
    assert verdict.right == (not missing)
    assert verdict.feedback == ((missing,) if missing else ())
    assert verdict.points[0].text == goal


def test_each_goal_has_its_own_marks():
    goals = [read_goal("a", "waves == 2", marks=2), read_goal("b", "V_rest = -70 +- 1")]
    verdict = mark_experiment(goals, {"waves": 2.0, "V_rest": -60.0}, BEFORE, {}, {})
    assert (verdict.marks, verdict.max_marks) == (2, 3)
    assert [(p.id, p.state) for p in verdict.points] == [("a", "met"), ("b", "missed")]
    assert verdict.points[0].evidence == "number of spikes that travel: 2"


KNOBS = {"T": 20.0, "g_na": 1.0, "k_out": 8.0}
DEFAULTS = {"T": 6.3, "g_na": 1.0, "k_out": 4.0}
DONE, UNDONE = {"waves": 2.0}, {"waves": 1.0}
SPARE = "Not needed: {}. Change only what the effect asks for."


@pytest.mark.parametrize(
    ("measured", "needed", "says"),
    [
        (DONE, ["T", "k_out"], None),
        (DONE, ["T", "k_out", "g_na"], None),
        (DONE, ["T"], SPARE.format("k_out")),
        (DONE, [], SPARE.format("temperature and k_out")),
        (UNDONE, ["T"], SPARE.format("k_out")),
        (DONE, None, "You turned temperature and k_out. Does it work with fewer?"),
        (UNDONE, None, None),
    ],
)
def test_what_was_turned_without_need_is_told_and_costs_nothing(measured, needed, says):
    goals = [read_goal("g1", "waves == 2")]
    titles = {"T": "temperature"}
    verdict = mark_experiment(goals, measured, BEFORE, KNOBS, DEFAULTS, needed, titles)
    assert verdict.marks == (measured == DONE)
    spoken = [line for line in verdict.feedback if "turned" in line or "Not needed" in line]
    assert spoken == ([says] if says else [])


def test_a_single_knob_is_not_asked_about():
    assert _mark("waves == 2", DONE, knobs={"T": 7.0}).feedback == ()


def test_a_goal_is_told_in_its_own_words():
    goals = [read_goal("a", "spike_count >= 1", says="The neuron fires")]
    verdict = mark_experiment(goals, {"spike_count": 0.0}, BEFORE, {}, {})
    assert verdict.points[0].text == "The neuron fires"
    assert verdict.feedback == ("Number of spikes: 0, 1 too few.",)


def test_a_knob_is_turned_when_it_left_its_default():
    assert turned(KNOBS, DEFAULTS) == ("T", "k_out")
    assert turned({"T": 0.1 + 0.2}, {"T": 0.3}) == ()
    with pytest.raises(ValueError, match="the knob 'x' has no default; known: T"):
        turned({"x": 1.0}, {"T": 6.3})


@pytest.mark.parametrize("goal", ["zero >= 3 x", "absent >= 3 x", "odd >= 3 x"])
def test_a_multiple_of_nothing_is_an_error(goal):
    with pytest.raises(ValueError, match="goal g1: the run before has no"):
        _mark(goal, {"zero": 1.0, "absent": 1.0, "odd": 1.0})


@pytest.mark.parametrize(
    "text",
    [
        "a = 1 blorp",
        "",
        "V_rest",
        "V_rest = ",
        "= 3",
        "3 = V_rest",
        "V_rest ~ 3",
        "a < b",
        "1 < a < 2",
        "a == 1 == 2",
        "a > 3 +- 1",
        "a = 1e999",
        "a = 1 +- 1e999",
        "\x1b[31m",
        "a = 1\n\u202e==",
    ],
)
def test_a_line_that_is_no_goal_is_an_error_with_examples(text):
    with pytest.raises(ValueError, match=r"^goal g1: [^\n\x1b\u202e]+$"):
        read_goal("g1", text)


@given(st.text(max_size=60) | st.text("abx_=<>+-±.0123 ", max_size=30))
def test_any_line_is_a_goal_or_an_error(text):
    with contextlib.suppress(ValueError):
        goal = read_goal("g1", text)
        assert goal.low <= goal.high


FINITE = st.floats(-1e6, 1e6)


@given(FINITE, st.floats(0, 100), FINITE)
def test_a_goal_is_reached_just_within_its_margin(wanted, margin, value):
    off = read_goal("g1", f"v = {wanted!r} +- {margin!r}").off_by(value)
    distance = abs(value - wanted) - margin
    if distance > 1e-2:
        assert off == pytest.approx(distance if value > wanted else -distance)
    elif distance < -1e-2:
        assert off is None


@given(FINITE, FINITE, st.sampled_from(["<", "<=", ">", ">="]))
def test_a_comparison_is_what_it_says(wanted, value, relation):
    off = read_goal("g1", f"v {relation} {wanted!r}").off_by(value)
    if abs(value - wanted) > 1e-2:
        assert (off is None) == (value < wanted if "<" in relation else value > wanted)
    else:
        assert off is None or abs(off) < 2e-2
