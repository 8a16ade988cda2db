"""Numbers drawn from a seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.draws import draw
from tutor.course.questions import Drawn

TWO = {
    "distance_mm": Drawn(low=20, high=100, step=2),
    "delay_ms": Drawn(low=0.8, high=2.0, step=0.1),
}


def test_a_seed_draws_the_same_values_on_every_machine():
    # By sha256sum of "learner-7", a zero byte and the name: 18 modulo 41 values, 1 modulo 13.
    assert draw(TWO, "learner-7") == {"distance_mm": 56.0, "delay_ms": 0.9}
    assert draw(TWO, 1) == {"distance_mm": 72.0, "delay_ms": 0.8}


def test_a_value_does_not_depend_on_what_else_is_drawn():
    alone = draw({"delay_ms": TWO["delay_ms"]}, "learner-7")
    assert alone["delay_ms"] == draw(TWO, "learner-7")["delay_ms"]


def test_every_value_of_the_range_comes_up_and_no_other():
    seen = {draw({"t": Drawn(low=0.1, high=0.5, step=0.1)}, seed)["t"] for seed in range(200)}
    assert seen == {0.1, 0.2, 0.3, 0.4, 0.5}
    seen = {draw({"t": Drawn(low=0, high=1, step=0.3)}, seed)["t"] for seed in range(200)}
    assert seen == {0.0, 0.3, 0.6, 0.9}
    assert draw({"t": Drawn(low=5, high=5, step=1)}, 0) == {"t": 5.0}


@given(
    st.integers(-1000, 1000),
    st.integers(0, 1000),
    st.integers(1, 50),
    st.sampled_from([1.0, 0.1, 0.25, 0.001]),
    st.text() | st.integers(),
)
def test_a_drawn_value_lies_in_its_range_and_on_its_grid(low, width, step, scale, seed):
    parameter = Drawn(low=low * scale, high=(low + width) * scale, step=step * scale)
    drawn = draw({"x": parameter}, seed)
    assert drawn == draw({"x": parameter}, seed)
    assert parameter.low <= drawn["x"] <= parameter.high
    steps = (drawn["x"] - parameter.low) / parameter.step
    assert steps == pytest.approx(round(steps), abs=1e-6)
