"""How sure learners are, in what is handed out with --certainty: asked of everyone, and told."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from app_driver import known_learner, started
from classes import Class
from handouts import ADA, Clock, hand_out, some_ids

from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import told
from tutor.classroom.learner.finding import Listed
from tutor.classroom.learner.handing_in import hand_in
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment
from tutor.classroom.register.register import open_register
from tutor.classroom.report.lines import Look, as_text
from tutor.classroom.report.reading import report_of
from tutor.course.loader import CourseFolder
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, DRAFT, EXAM_ANSWER
from tutor.journal.store import Journal
from tutor.plain.app import page_of
from tutor.plain.assignments import run_file
from tutor.plain.page import Closed
from tutor.session.terminal import PLOTS, turn
from tutor.tui.screens.assignments import open_assignments
from tutor.words.assigned import HOW_SURE_ASKED
from tutor.words.class_report import SURENESS_NONE

Front = Callable[[CourseFolder, Journal, Path], Awaitable[None]]


async def in_the_app(files: CourseFolder, journal: Journal, path: Path) -> None:
    async with started(files, known_learner(journal)) as ui:
        open_assignments(ui.app, path)
        await ui.until(lambda: ui.shows == "DeskScreen")
        await ui.press("enter")
        await ui.until(lambda: ui.shows in ("SittingScreen", "PracticeScreen"))
        await ui.settle()
        # Practice takes a digit as the answer.
        await ui.press("1", *(["enter"] if ui.shows == "SittingScreen" else []))
        await ui.until(lambda: bool(answers(journal)))
        await ui.settle()
        await ui.press("3")
        await ui.settle()


def answers(journal: Journal) -> list[Event]:
    """What has been answered, if only to wait for how sure it is."""
    return [one for kind in (ATTEMPT, EXAM_ANSWER, DRAFT) for one in journal.events(kind=kind)]


async def in_plain(_files: CourseFolder, journal: Journal, path: Path) -> None:
    turn(journal, PLOTS, False)
    page = page_of(journal, io.StringIO("1\n1\n3\nq\n"), io.StringIO())
    with suppress(Closed):
        run_file(page, journal, path)


@pytest.mark.parametrize("front", [in_the_app, in_plain])
@pytest.mark.parametrize("feedback", ["at-once", "at-end", "released"])
@pytest.mark.parametrize("asked", [True, False])
async def test_it_is_asked_whatever_a_learner_chose_and_the_report_tells_it(
    files: CourseFolder,
    learner: Journal,
    clock: Clock,
    tmp_path: Path,
    front: Front,
    feedback: str,
    *,
    asked: bool,
) -> None:
    (single,) = (one for one in some_ids(files) if one in _singles(files))
    out = hand_out(files, [single], certainty=asked, feedback=feedback)
    path = out.written(tmp_path)
    keep_assignment(out.assignment, learner)
    mine = Assigned(out.assignment, learner)
    mine.sit_as(Who(ADA))
    assert (HOW_SURE_ASKED in told(Listed(mine, path))) is asked
    await front(files, learner, path)
    folder = tmp_path / "in"
    folder.mkdir()
    hand_in(mine, folder)
    with open_register(tmp_path / "register.sqlite3") as register:
        course = Class(register, out, folder)
        course.collect(clock())
        assert course.attempts(ADA)
        with register.reading() as connection:
            report = report_of(connection, course.key, clock())
    assert [(one.certainty, one.n) for one in report.sureness] == (
        [(1, 0), (2, 0), (3, 1)] if asked else []
    )
    text = " ".join(as_text(report, Look(100)).split())
    assert (SURENESS_NONE in text) is not asked
    assert "--certainty" in SURENESS_NONE


def _singles(files: CourseFolder) -> set[str]:
    return {one.id for one in files.phase("rest").questions if one.kind == "single"}
