"""Answers that are told to be none at once, while they can be mended."""

import re

import pytest
from every_kind import kinds_course

from tutor.classroom.handout.stripping import bare
from tutor.journal.kinds import ATTEMPT, POSITION
from tutor.session.lesson import Lesson
from tutor.session.ready import refuse_unready


@pytest.fixture
def lesson(tmp_path, journal):
    """Opens the lesson at the question of a kind."""

    def open_at(kind):
        journal.append(POSITION, seed=1, data={"phase": "kinds", "item": f"kinds.{kind}"})
        return Lesson(kinds_course(tmp_path / kind), "kinds", journal)

    return open_at


@pytest.mark.parametrize(
    ("kind", "answer"), [("numeric", "12 apples"), ("calculation", ["20 m/s", "75 apples"])]
)
def test_what_is_no_unit_is_told_and_the_question_stays_open(lesson, journal, kind, answer):
    asked = lesson(kind)
    with pytest.raises(ValueError, match="'apples' is no unit known here"):
        asked.answer(answer)
    assert journal.latest(ATTEMPT) is None


@pytest.mark.parametrize(
    ("kind", "answer"), [("numeric", "12"), ("calculation", ["20 m/s", " 75 "])]
)
def test_a_unit_that_is_missing_is_asked_for(lesson, journal, kind, answer):
    asked = lesson(kind)
    with pytest.raises(ValueError, match=r"write the unit too, such as (12|75) m"):
        asked.answer(answer)
    assert journal.latest(ATTEMPT) is None


@pytest.mark.parametrize("typed", ["sb", "NaN", "twelve mV", "10^400 mm", "1/0 mm"])
@pytest.mark.parametrize("kind", ["numeric", "calculation"])
def test_what_holds_no_number_is_told_and_no_attempt(lesson, journal, kind, typed):
    asked = lesson(kind)
    with pytest.raises(ValueError, match=f"there is no number in '{re.escape(typed)}'"):
        asked.answer(typed if kind == "numeric" else ["20 m/s", typed])
    assert journal.latest(ATTEMPT) is None


@pytest.mark.parametrize(
    ("kind", "answer", "off"),
    [("point", {"time_ms": 2000.0}, "2000"), ("interval", [-1.5, 2.0], "-1.5")],
)
def test_a_time_that_is_not_on_the_trace_is_told(lesson, journal, kind, answer, off):
    asked = lesson(kind)
    with pytest.raises(ValueError, match=rf"{off} ms is not on the trace, which goes from 0 to"):
        asked.answer(answer)
    assert journal.latest(ATTEMPT) is None


def test_an_experiment_needs_a_knob_turned(lesson, journal):
    asked = lesson("experiment")
    with pytest.raises(ValueError, match="no knob has been turned yet"):
        asked.answer({})
    assert journal.latest(ATTEMPT) is None


@pytest.mark.parametrize("answer", ["12 mm", "12 mV", "about 12 to 13 millimetres apart"])
def test_any_known_unit_is_an_answer(lesson, journal, answer):
    lesson("numeric").answer(answer)
    assert journal.latest(ATTEMPT).answer == answer


def test_numbers_without_a_unit_and_shares_take_words(files):
    for phase in files.phase_ids:
        for question in files.phase(phase).questions:
            if (
                question.kind == "numeric"
                and question.unit in ("", "%")
                and not (question.unit_marks)
            ):
                refuse_unready(question, "12 of all channels")


def test_work_that_is_handed_out_without_keys_tells_it_too(files):
    numeric = [
        question
        for phase in ("threshold", "rising", "rest")
        for question in files.phase(phase).questions
        if question.kind == "numeric" and question.unit == "mV"
    ]
    assert numeric
    for question in numeric:
        with pytest.raises(ValueError, match="no unit known here"):
            refuse_unready(bare(question, hints=False), "12 apples")
