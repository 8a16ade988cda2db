"""Values drawn from a seed, and keys computed from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.expression import ExpressionError
from tutor.grading.parameters import Parameter, computed, draw

TWO = {"distance_mm": Parameter(20, 100, 2), "delay_ms": Parameter(0.8, 2.0, 0.1)}


def test_a_seed_draws_the_same_values_on_every_machine():
    # By sha256sum of "learner-7", a zero byte and the name: 18 modulo 41 values, 1 modulo 13.
    assert draw(TWO, "learner-7") == {"distance_mm": 56.0, "delay_ms": 0.9}
    assert draw(TWO, 1) == {"distance_mm": 72.0, "delay_ms": 0.8}


def test_a_value_does_not_depend_on_what_else_is_drawn():
    alone = draw({"delay_ms": TWO["delay_ms"]}, "learner-7")
    assert alone["delay_ms"] == draw(TWO, "learner-7")["delay_ms"]


def test_every_value_of_the_range_comes_up_and_no_other():
    seen = {draw({"t": Parameter(0.1, 0.5, 0.1)}, seed)["t"] for seed in range(200)}
    assert seen == {0.1, 0.2, 0.3, 0.4, 0.5}
    seen = {draw({"t": Parameter(0, 1, 0.3)}, seed)["t"] for seed in range(200)}
    assert seen == {0.0, 0.3, 0.6, 0.9}
    assert draw({"t": Parameter(5, 5, 1)}, 0) == {"t": 5.0}


@given(
    st.integers(-1000, 1000),
    st.integers(0, 1000),
    st.integers(1, 50),
    st.sampled_from([1.0, 0.1, 0.25, 0.001]),
    st.text() | st.integers(),
)
def test_a_drawn_value_lies_in_its_range_and_on_its_grid(low, width, step, scale, seed):
    parameter = Parameter(low * scale, (low + width) * scale, step * scale)
    drawn = draw({"x": parameter}, seed)
    assert drawn == draw({"x": parameter}, seed)
    assert parameter.low <= drawn["x"] <= parameter.high
    steps = (drawn["x"] - parameter.low) / parameter.step
    assert steps == pytest.approx(round(steps), abs=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "step"), [(2, 1, 1), (1, 2, 0), (1, 2, -1), (0, float("inf"), 1)]
)
def test_a_range_without_values_is_an_error(low, high, step):
    with pytest.raises(ValueError, match=r"step is above 0|finite numbers"):
        Parameter(low, high, step)


class Hand:
    """A run made by hand, with one measurement and one column."""

    def value(self, name):
        return {"peak_mv": 30.0, "end_ms": 10.0}[name]

    def at(self, column, time_ms):
        return 2.0 * time_ms

    def extreme(self, function, column, start_ms, end_ms):
        return end_ms


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("distance_mm / delay_ms", 55.0),
        ("distance_mm / delay_ms * 1e3", 55000.0),
        ("-(v_mv - 5)", 75.0),
        ("v_mv ** 2", 4900.0),
        ("2 ** power", 8.0),
        ("peak_mv - v_mv", 100.0),
        ("at(voltage_mv, delay_ms)", 2.4),
    ],
)
def test_a_key_is_computed_from_drawn_values_and_the_run(expression, value):
    drawn = {"distance_mm": 66.0, "delay_ms": 1.2, "v_mv": -70.0, "power": 3.0}
    assert computed(expression, drawn, Hand()) == pytest.approx(value)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("distance / delay_ms", "unknown name 'distance'"),
        ("__import__('os')", "not allowed|unknown function"),
        ("delay_ms / 0", "has no value"),
        ("", "is not an expression"),
        ("peak_mv - delay_ms", "peak_mv is measured on a run, and this key is computed without"),
        ("at(g_na, 1)", "g_na is measured on a run"),
        ("highest(g_na, 1, 2)", "g_na is measured on a run"),
    ],
)
def test_a_key_that_cannot_be_computed_is_an_error(expression, words):
    with pytest.raises(ExpressionError, match=words):
        computed(expression, {"delay_ms": 1.2})
