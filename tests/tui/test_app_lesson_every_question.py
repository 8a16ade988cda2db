"""A question of each kind and preparation of the course, answered in the app with its keys.

All of them are driven in session and lines by tests/plain/test_plain_every_question.py; to drive
them all here would take minutes. What the app keeps, it keeps as the session does.
"""

from collections.abc import Iterator

import pytest
from answers import HOSTILE, bursts, keys_for, wrong_answer
from app_driver import Ui, known_learner, started
from textual.events import Paste

from tutor.course.loader import CourseFolder
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, POSITION
from tutor.journal.store import Journal
from tutor.session.lesson import Lesson
from tutor.session.views import VerdictView


def chosen(files: CourseFolder) -> Iterator[tuple[str, Question]]:
    """The first question of each kind for each preparation, with its phase."""
    met = set()
    for phase in files.phase_ids:
        for question in files.phase(phase).questions:
            sort = question.kind, question.scenario.preparation
            if sort not in met:
                met.add(sort)
                yield phase, question


CHOSEN = list(chosen(CourseFolder()))


def in_session(files: CourseFolder, phase: str, kept: Event) -> tuple[Event, VerdictView]:
    """The same answer to the same question, given to a session."""
    journal = Journal.in_memory()
    journal.append(POSITION, seed=kept.seed, data={"phase": phase, "item": kept.question_id})
    lesson = Lesson(files, phase, journal)
    lesson.answer(kept.answer)
    assert isinstance(lesson.view, VerdictView)
    (attempt,) = journal.events(kind=ATTEMPT)
    return attempt, lesson.view


def untimed(attempt: Event) -> tuple[object, ...]:
    """What is kept of an attempt, but for when, and how long it took."""
    data = {name: value for name, value in attempt.data.items() if name != "seconds"}
    return (*attempt[5:-1], data)


async def answer(ui: Ui, *, right: bool) -> VerdictView:
    """Press the keys of the right or of a wrong answer."""
    posed = ui.lesson._asked.posed
    given = model_answer(posed) if right else wrong_answer(posed)
    for keys in bursts(keys_for(ui.question, given)):
        ui.rush(*keys)
        await ui.settle()
    await ui.until(lambda: not ui.asks)
    assert isinstance(ui.lesson.view, VerdictView)
    return ui.lesson.view


@pytest.mark.parametrize(("phase", "question"), CHOSEN, ids=[each.id for _, each in CHOSEN])
async def test_keys_give_the_verdict_and_the_rows_that_the_session_gives(
    files: CourseFolder, journal: Journal, phase: str, question: Question
) -> None:
    known_learner(journal)
    journal.append(POSITION, seed=1, data={"phase": phase, "item": question.id})
    async with started(files, journal, phase) as ui:
        await ui.until(lambda: bool(ui.lesson_screen.query("#plot").first()))
        if question.kind != "experiment":
            if question.kind in ("point", "interval"):
                ui.app.screen.set_focus(ui.one("AnswerLine"))
            await ui.press(*["enter"] * max(1, len(ui.question.form.parts)))
            assert ui.asks
            assert journal.latest(ATTEMPT) is None
        shown = [await answer(ui, right=False)]
        assert shown[0].headline != "Right"
        await ui.press("t")
        shown.append(await answer(ui, right=True))
        assert shown[1].headline == "Right" or question.kind == "experiment"
        await ui.press("t")
        if ui.app.focused is not None:
            ui.app.focused.post_message(Paste(HOSTILE))
        await ui.press("enter")
        assert ui.app.return_value is None
        assert "\x1b" not in ui.text
        assert ui.app.fault is None
    kept = journal.events(kind=ATTEMPT)
    assert len(kept) >= 2
    for attempt, seen in zip(kept, shown, strict=False):
        again, view = in_session(files, phase, attempt)
        assert untimed(again) == untimed(attempt)
        assert view.verdict == seen.verdict
