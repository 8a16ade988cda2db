"""Feedback must say why, not only whether an answer is right."""

import pytest
from quiet_course import told

EMPTY = ["No.", "Wrong!", "Correct.", "Incorrect.", "Try again.", "Not quite.", "Well done!"]
EMPTY += ["See above.", "This is not correct.", "Right.", "No, the pump.", "-", "Good try!"]


@pytest.mark.parametrize("feedback", EMPTY)
def test_feedback_that_is_a_verdict_alone_says_nothing(tmp_path, feedback):
    change = ("feedback: It goes on from there.", f"feedback: '{feedback}'")
    assert told(tmp_path, change) == [f"spark.q1 W17 '{feedback}'"]


@pytest.mark.parametrize(
    "feedback",
    ["No Na⁺ channel, no rise.", "The height is its own.", "No, it is 40 mV.", "It goes on."],
)
def test_feedback_that_says_why_is_let_be(tmp_path, feedback):
    assert told(tmp_path, ("feedback: It goes on from there.", f"feedback: {feedback}")) == []
