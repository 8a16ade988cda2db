"""Points and stretches marked on a trace."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.trace_mark import (
    Target,
    mark_ends,
    mark_interval,
    mark_point,
    near,
    overlap_share,
    where_extreme,
)

PEAK = near("the peak", 2.0, 0.1)
REFRACTORY = Target("the absolute refractory period", ((1.0, 3.0),))

#: A time, and what is said of it.
POINTS = [
    (2.0, ""),
    (1.9, ""),
    (2.1, ""),
    (2.05, ""),
    (2.4, "2.4 ms is 0.4 ms too late: the peak is at 2 ms."),
    (1.5, "1.5 ms is 0.5 ms too early: the peak is at 2 ms."),
    (2.11, "2.11 ms is 0.11 ms too late: the peak is at 2 ms."),
]


@pytest.mark.parametrize(("time_ms", "says"), POINTS)
def test_a_time_is_judged_by_its_distance_from_the_best_one(time_ms, says):
    verdict = mark_point(time_ms, PEAK)
    assert (verdict.right, verdict.feedback) == (not says, (says,) if says else ())
    assert verdict.points[0].state == ("missed" if says else "met")


@pytest.mark.parametrize(
    ("time_ms", "says"),
    [
        (1.0, ""),
        (2.2, ""),
        (3.0, ""),
        (
            0.7,
            "0.7 ms is 0.3 ms too early: the absolute refractory period reaches from 1 to 3 ms.",
        ),
        (3.5, "3.5 ms is 0.5 ms too late: the absolute refractory period reaches from 1 to 3 ms."),
    ],
)
def test_any_time_of_a_stretch_is_right(time_ms, says):
    verdict = mark_point(time_ms, REFRACTORY)
    assert (verdict.marks, verdict.feedback) == (not says, (says,) if says else ())


def test_of_several_stretches_the_nearest_counts():
    twice = Target("a spike", ((1.0, 2.0), (11.0, 12.0)))
    assert mark_point(11.5, twice).right
    assert twice.off_by(2.5) == 0.5
    assert twice.off_by(10.0) == -1.0
    assert "reaches from 11 to 12 ms" in mark_point(10.0, twice).feedback[0]


def test_the_place_along_an_axon_has_marks_of_its_own():
    place = near("the electrode", 20.0, 1.0, unit="mm")
    assert mark_point(2.0, PEAK, 20.5, place).marks == 2
    verdict = mark_point(2.0, PEAK, 25.0, place)
    assert (verdict.marks, verdict.max_marks) == (1, 2)
    assert verdict.feedback == ("25 mm is 5 mm too far: the electrode is at 20 mm.",)
    assert "12 mm is 8 mm too near" in mark_point(2.0, PEAK, 12.0, place).feedback[0]
    with pytest.raises(ValueError, match="the mark has no place; the electrode asks for one"):
        mark_point(2.0, PEAK, None, place)


TIMES = [0.0, 1.0, 2.0, 3.0, 4.0]


def test_the_target_is_where_a_column_is_greatest_or_least():
    g_k = [0.1, 0.3, 0.9, 1.2, 0.4]
    greatest = where_extreme("g_K is greatest", TIMES, g_k, 0.5)
    assert (greatest.best, greatest.intervals) == (3.0, ((2.5, 3.5),))
    assert where_extreme("g_K is least", TIMES, g_k, 0.5, lowest=True).best == 0.0
    called = where_extreme("V is greatest", TIMES, lambda t: -((t - 2.2) ** 2), 0.1)
    assert called.best == 2.0


def test_each_of_several_equal_peaks_is_right():
    twice = where_extreme("a peak", TIMES, [0.0, 5.0, 0.0, 5.0, 0.0], 0.1)
    assert mark_point(1.05, twice).right
    assert mark_point(3.05, twice).right
    assert not mark_point(2.0, twice).right


@pytest.mark.parametrize(("times", "values"), [([], []), ([1.0, 2.0], [1.0])])
def test_a_column_without_a_value_at_each_place_is_an_error(times, values):
    with pytest.raises(ValueError, match=r"values at . places give no peak"):
        where_extreme("peak", times, values, 0.1)


@pytest.mark.parametrize(
    ("marked", "target", "share"),
    [
        ((1, 3), (1, 3), 1.0),
        ((1, 2), (1, 3), 0.5),
        ((0, 4), (1, 3), 0.5),
        ((2, 4), (1, 3), 1 / 3),
        ((3, 4), (1, 3), 0.0),
        ((5, 6), (1, 3), 0.0),
        ((2, 2), (1, 3), 0.0),
        ((2, 2), (2, 2), 1.0),
    ],
)
def test_the_overlap_is_what_both_have_of_what_either_has(marked, target, share):
    assert overlap_share(marked, target) == pytest.approx(share)


#: A marked stretch for 1 to 3 ms, its marks of 2, and its feedback.
STRETCHES = [
    ((1.0, 3.0), 2, ()),
    ((3.0, 1.0), 2, ()),
    ((1.1, 2.9), 2, ("90% of", "begins 0.1 ms too late and ends 0.1 ms too early")),
    ((1.0, 2.6), 2, ("80% of", "Your stretch ends 0.4 ms too early.")),
    ((1.0, 2.0), 1, ("50% of", "Your stretch ends 1 ms too early.")),
    ((1.0, 2.4), 1, ("70% of", "Your stretch ends 0.6 ms too early.")),
    ((0.0, 3.0), 1, ("67% of", "Your stretch begins 1 ms too early.")),
    ((2.0, 4.0), 0, ("33% of", "begins 1 ms too late and ends 1 ms too late")),
    ((7.0, 9.0), 0, ("0% of", "begins 6 ms too late")),
]


@pytest.mark.parametrize(("marked", "marks", "says"), STRETCHES)
def test_a_stretch_is_judged_by_its_overlap_and_told_which_end_is_off(marked, marks, says):
    verdict = mark_interval(marked, REFRACTORY, marks=2)
    assert verdict.marks == marks
    assert len(verdict.feedback) == len(says)
    for words, line in zip(says, verdict.feedback, strict=True):
        assert words in line


def test_a_stretch_that_shares_too_little_is_missed():
    assert mark_interval((1.0, 2.0), REFRACTORY).points[0].state == "met"
    assert mark_interval((1.0, 1.5), REFRACTORY).points[0].state == "missed"
    assert mark_interval((1.0, 3.0), REFRACTORY).max_marks == 1


def test_a_moment_that_the_plot_cannot_tell_apart_is_still_explained():
    moment = Target("the upstroke", ((1.0, 1.004),))
    assert mark_interval((1.003, 1.007), moment).feedback == (
        "14% of the stretch is shared with the upstroke.",
    )
    assert mark_point(2.0, Target("an instant", ((2.0, 2.0),))).right


def test_a_stretch_is_compared_with_the_interval_it_fits_best():
    twice = Target("a spike", ((1.0, 2.0), (11.0, 12.0)))
    assert mark_interval((11.0, 12.0), twice).right


def test_the_two_ends_may_have_targets_of_their_own():
    start = near("the start", 1.0, 0.1)
    end = Target("the end", ((2.0, 3.0),))
    assert mark_ends((1.05, 2.6), start, end).marks == 2
    assert mark_ends((2.6, 1.05), start, end).marks == 2
    assert mark_ends((1.05, 2.6), start, end, marks=2).marks == 4
    verdict = mark_ends((1.0, 3.4), start, end)
    assert (verdict.marks, verdict.max_marks) == (1, 2)
    assert verdict.feedback == ("3.4 ms is 0.4 ms too late: the end reaches from 2 to 3 ms.",)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_place_that_is_no_number_is_an_error(odd):
    with pytest.raises(ValueError, match="is no place on the trace"):
        mark_point(odd, PEAK)
    with pytest.raises(ValueError, match="is no place on the trace"):
        mark_interval((1.0, odd), REFRACTORY)


@pytest.mark.parametrize(
    "interval", [(3.0, 1.0), (math.nan, 1.0), (1.0, math.inf), (-math.inf, 1.0)]
)
def test_a_target_without_ends_in_order_is_an_error(interval):
    with pytest.raises(ValueError, match="the target 'x' cannot reach from"):
        Target("x", (interval,))
    with pytest.raises(ValueError, match="the target 'x' has no interval"):
        Target("x", ())


NUMBERS = st.floats(-100, 100)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_the_overlap_is_a_share_and_the_same_both_ways(a, b, c, d):
    one, other = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    share = overlap_share(one, other)
    assert 0.0 <= share <= 1.0
    assert share == overlap_share(other, one)


@given(NUMBERS)
def test_a_point_is_right_just_where_it_is_not_off(time_ms):
    verdict = mark_point(time_ms, REFRACTORY)
    assert verdict.right == (not verdict.feedback)
    if abs(REFRACTORY.off_by(time_ms)) > 1e-6:
        assert not verdict.right
