"""Every question of the course, answered in the session and as typed lines: the same comes of it.

What comes of it in the app is asked in tests/tui/test_app_lesson_every_question.py.
"""

import pytest
from answers import HOSTILE, lines_for, wrong_answer
from every_question import SEED, at, flat, in_lines, rows, verdict_of

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.lesson import Lesson
from tutor.session.views import QuestionView


def in_session(files: CourseFolder, phase: str, question: Question, answer: object) -> Journal:
    """Answer in the session; a line that is no answer leaves the question open."""
    journal = Journal.in_memory()
    at(journal, phase, question)
    lesson = Lesson(files, phase, journal)
    try:
        if isinstance(answer, str) and question.kind != "experiment":
            lesson.answer_line(answer)
        else:
            lesson.answer(answer)
    except ValueError:
        assert isinstance(lesson.view, QuestionView)
    return journal


def posed_view(files: CourseFolder, phase: str, question: Question) -> QuestionView:
    """The question as both meet it."""
    journal = Journal.in_memory()
    at(journal, phase, question)
    view = Lesson(files, phase, journal).view
    assert isinstance(view, QuestionView)
    return view


@pytest.mark.parametrize("phase", CourseFolder().phase_ids)
def test_right_and_wrong_answers_get_the_same_verdict_and_rows_in_lines(
    files: CourseFolder, phase: str
) -> None:
    for question in files.phase(phase).questions:
        posed = Posed(question, SEED)
        view = posed_view(files, phase, question)
        for answer in (flat(model_answer(posed)), flat(wrong_answer(posed))):
            kept = in_session(files, phase, question, answer)
            lines, text = in_lines(files, phase, question, lines_for(view, answer))
            assert rows(lines) == rows(kept), question.id
            assert len(rows(kept)) == 1, question.id
            shown = verdict_of(files, phase, kept)
            assert verdict_of(files, phase, lines).verdict == shown.verdict
            assert f"{shown.headline} (" in text
            assert (shown.headline == "Right") == (answer == flat(model_answer(posed)))


@pytest.mark.parametrize("phase", CourseFolder().phase_ids)
def test_an_empty_answer_is_none_and_a_hostile_one_is_text_or_refused(
    files: CourseFolder, phase: str
) -> None:
    for question in files.phase(phase).questions:
        lines, text = in_lines(files, phase, question, [""])
        assert rows(lines) == [], question.id
        assert "There is no answer yet" in text or question.kind == "experiment"
        knobs = posed_view(files, phase, question).knobs
        sets = [f"set {knob.name} {HOSTILE}" for knob in knobs]
        hostile, text = in_lines(files, phase, question, [*sets, HOSTILE])
        kept = in_session(files, phase, question, HOSTILE)
        assert rows(hostile) == rows(kept), question.id
        is_text = question.kind in ("text", "numeric", "calculation")
        assert len(rows(hostile)) <= is_text, question.id
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert all(row[4]["marks"] == 0 for row in rows(hostile))
