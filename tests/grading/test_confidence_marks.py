"""Certainty-based marks and calibration."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.confidence import alarms, best_certainty, calibration, certainty_marks

#: Gardner-Medwin's scale: certainty, share right, marks.
SCALE = [
    (1, 1.0, 1.0),
    (2, 1.0, 2.0),
    (3, 1.0, 3.0),
    (1, 0.0, 0.0),
    (2, 0.0, -2.0),
    (3, 0.0, -6.0),
    (1, 0.5, 0.5),
    (2, 0.5, 1.0),
    (3, 0.25, 0.75),
]


@pytest.mark.parametrize(("certainty", "share", "marks"), SCALE)
def test_certainty_pays_when_right_and_costs_when_wrong(certainty, share, marks):
    assert certainty_marks(certainty, share) == marks


def test_without_a_certainty_there_are_no_certainty_based_marks():
    assert certainty_marks(None, 1.0) is None
    assert certainty_marks(None, 0.0) is None


@pytest.mark.parametrize(
    ("probability", "certainty"),
    [(0, 1), (0.5, 1), (0.66, 1), (0.67, 2), (0.75, 2), (0.8, 2), (0.81, 3), (1, 3)],
)
def test_the_best_certainty_changes_at_two_thirds_and_four_fifths(probability, certainty):
    assert best_certainty(probability) == certainty


@given(st.floats(0, 1))
def test_no_certainty_pays_better_on_average_than_the_best(probability):
    def expected(certainty):
        right, wrong = certainty_marks(certainty, 1.0), certainty_marks(certainty, 0.0)
        return probability * right + (1 - probability) * wrong

    best = expected(best_certainty(probability))
    assert all(best >= expected(other) - 1e-12 for other in (1, 2, 3))


def test_only_a_wrong_answer_given_for_sure_alarms():
    assert alarms(3, 0.0)
    assert not alarms(3, 0.5)
    assert not alarms(2, 0.0)
    assert not alarms(None, 0.0)


@pytest.mark.parametrize("certainty", [0, 4, -1, 1.5, "3"])
def test_an_unknown_certainty_is_an_error(certainty):
    with pytest.raises(ValueError, match="a certainty is 1, 2 or 3, not"):
        certainty_marks(certainty, 1.0)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_outside_0_to_1_is_an_error(share):
    with pytest.raises(ValueError, match="lies from 0 to 1"):
        certainty_marks(1, share)
    with pytest.raises(ValueError, match="lies from 0 to 1"):
        best_certainty(share)
    with pytest.raises(ValueError, match="lies from 0 to 1"):
        calibration([(1, share)])


#: Certainty, wrong and right answers, and how they are read. Wilson's 95 % intervals, by hand:
#: 5 of 10: 0.24 to 0.76; 9 of 10: 0.60 to 0.98; 4 of 20: 0.08 to 0.42; 18 of 20: 0.70 to 0.97.
LEVELS = [
    (3, 5, 5, "too sure"),
    (3, 1, 9, "fits"),
    (3, 1, 1, "fits"),
    (2, 16, 4, "too sure"),
    (2, 5, 5, "fits"),
    (2, 0, 100, "not sure enough"),
    (1, 2, 18, "not sure enough"),
    (1, 10, 10, "fits"),
    (1, 5, 15, "fits"),
    (1, 10, 0, "fits"),
    (3, 0, 100, "fits"),
    (3, 0, 0, "no answers"),
]


@pytest.mark.parametrize(("certainty", "wrong", "right", "reading"), LEVELS)
def test_calibration_blames_nobody_for_chance(certainty, wrong, right, reading):
    level = calibration([(certainty, 0.0)] * wrong + [(certainty, 1.0)] * right)[certainty - 1]
    assert (level.certainty, level.n, level.reading) == (certainty, wrong + right, reading)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons_as_newcombe_1998_prints_it(right, n, low, high):
    level = calibration([(1, 1.0)] * right + [(1, 0.0)] * (n - right))[0]
    assert level.interval == pytest.approx((low, high), abs=5e-5)


def test_calibration_has_a_line_for_each_certainty_with_its_n_and_mean():
    lines = calibration(iter([(3, 1.0), (1, 0.5), (3, 0.0), (1, 1.0), (3, 1.0)]))
    assert [(line.certainty, line.n) for line in lines] == [(1, 2), (2, 0), (3, 3)]
    assert lines[0].share_right == 0.75
    assert (lines[1].share_right, lines[1].interval) == (None, None)
    assert lines[2].share_right == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.floats(0, 1)), max_size=40))
def test_calibration_counts_every_answer_once(answers):
    lines = calibration(answers)
    assert sum(line.n for line in lines) == len(answers)
    assert all(0 <= line.share_right <= 1 + 1e-12 for line in lines if line.n)
