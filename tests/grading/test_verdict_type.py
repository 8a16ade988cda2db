"""The one verdict: what can stand in it, and how points add up to marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.verdict import PointVerdict, Verdict, add_up, figure


@pytest.mark.parametrize(
    ("state", "marks"), [("missed", 1.0), ("contradicted", 0.5), ("met", -1.0)]
)
def test_only_a_met_point_has_marks_and_none_is_below_0(state, marks):
    with pytest.raises(ValueError, match=f"point p1 is {state}; it cannot have {marks} marks"):
        PointVerdict("p1", "Na+ enters", state, marks)


@pytest.mark.parametrize("marks", [-0.5, 2.5])
def test_marks_lie_from_0_to_the_full_ones(marks):
    with pytest.raises(ValueError, match=r"marks of 2\.0 cannot be given"):
        Verdict(marks, 2.0)


def test_points_add_up_but_not_beyond_the_full_marks():
    points = [PointVerdict(name, name, "met", 1.0) for name in "abc"]
    assert add_up(points, 4.0).marks == 3.0
    assert add_up(points, 2.0).marks == 2.0
    assert add_up(points, 2.0).right
    assert not add_up(points, 4.0).right
    assert add_up(points, 4.0).share == 0.75
    assert add_up([], 0.0).share == 1.0


@given(st.integers(1, 60), st.floats(0.1, 10.0))
def test_equal_shares_of_the_full_marks_add_up_to_them(count, full):
    points = [PointVerdict(str(i), "", "met", full / count) for i in range(count)]
    assert add_up(points, full).right
    assert not add_up(points[1:], full).right


def test_feedback_and_misconceptions_stand_once_and_in_order():
    verdict = add_up([], 1.0, ["one", "", "two", "one"], ["M2", "", "M1", "M2"])
    assert verdict.feedback == ("one", "two")
    assert verdict.misconceptions == ("M2", "M1")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (30.0, "30"),
        (-70.04, "-70.04"),
        (0.1 + 0.2, "0.3"),
        (30000.0, "30000"),
        (123456.0, "123500"),
        (0.00012, "0.00012"),
        (0.00001, "1e-05"),
        (2e9, "2e+09"),
        (-0.0, "0"),
        (1 / 3, "0.3333"),
    ],
)
def test_feedback_writes_numbers_to_four_figures(value, text):
    assert figure(value) == text
