"""The numbers that a learner is shown have the decimals that unit and tolerance warrant."""

import pytest
from course_files import SPARK, phase_text, replaced, write_course

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.grading.marking import mark, model_answer
from tutor.grading.verdict import place_figure
from tutor.session.form import shown_answer

QUESTION = """\
  - id: spark.q3
    revision: 1
    KIND
    objectives: [spark.height]
    difficulty: 1
    stem: What is it?
    setup: The textbook neuron and a pulse.
    scenario:
      preparation: textbook
      stimuli: [{kind: pulse, times_threshold: 1.5}]
      duration_ms: 8
    proof: [peak_mv > 0]
    decides: It is {peak_mv}.
    explanation: So it is.
    hint: Look.
    source: Hodgkin & Huxley 1952, J Physiol 117:500

summary:"""


def posed(tmp_path, kind):
    text = replaced(phase_text(), ("summary:", QUESTION.replace("KIND", kind)))
    *_, question = CourseFolder(write_course(tmp_path, {SPARK: text})).phase("spark").questions
    return Posed(question, 1)


@pytest.mark.parametrize(
    ("key", "tolerance", "shown"),
    [
        ("0 - 73.301", "within: 1", "-73"),
        ("0 - 73.301", "within: 0.5", "-73.3"),
        ("0 - 73.301", "within: 0.05", "-73.30"),
        ("0 - 73.301", "within_share: 0.02", "-73"),
        ("8.31477", "within: 1", "8.3"),
        ("0.040321", "within_share: 0.05", "0.040"),
        ("12345.678", "within_share: 0.02", "12346"),
        ("89", "within: 0", "89"),
        ("1 / 3", "within: 0", "0.333333"),
        ("0", "within: 1", "0"),
    ],
)
def test_a_key_has_the_decimals_of_its_tolerance_and_two_figures(tmp_path, key, tolerance, shown):
    question = posed(tmp_path, f"kind: numeric\n    key: '{key}'\n    unit: mV\n    {tolerance}")
    assert model_answer(question) == f"{shown} mV"
    assert mark(question, model_answer(question)).right == (shown != "0.333333")


def test_times_on_the_trace_are_told_to_hundredths(tmp_path):
    question = posed(
        tmp_path,
        "kind: interval\n    target: {name: the rise, within: [[upstroke_ms, peak_ms]]}",
    )
    start_ms, end_ms = model_answer(question)
    assert shown_answer(question, [start_ms, end_ms]) == (f"{start_ms:.2g} to {end_ms:.3g} ms")
    said = " ".join(mark(question, [start_ms, end_ms + 0.26941]).feedback)
    assert "ends 0.27 ms too late" in said


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2.0718, "2.07"), (0.2694, "0.27"), (1234.567, "1235"), (0.0031, "0.0031"), (0.0, "0")],
)
def test_a_place_has_hundredths_where_they_say_enough(value, shown):
    assert place_figure(value) == shown
