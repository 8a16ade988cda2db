"""Practice with feedback at its end: worked through as an exam, its keys in its own file."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from app_driver import known_learner, started
from classes import IN_A_FILE, Class
from handouts import ADA, Clock, HandOut, hand_out

from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import asks_before_keys, doable, told
from tutor.classroom.learner.finding import Listed
from tutor.classroom.learner.handing_in import hand_in
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment
from tutor.classroom.learner.released import mark_work, open_keys
from tutor.classroom.learner.sitting import Sitting
from tutor.classroom.register.register import Register
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ATTEMPT, RELEASE
from tutor.journal.store import Journal
from tutor.plain.app import page_of
from tutor.plain.assignments import run_file
from tutor.plain.page import Closed
from tutor.session.bank import Bank
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.report import report_of
from tutor.session.terminal import PLOTS, turn
from tutor.tui.screens.assignments import open_assignments


@pytest.fixture
def out(files: CourseFolder) -> HandOut:
    return hand_out(files, feedback="at-end")


@pytest.fixture
def mine(out: HandOut, learner: Journal) -> Assigned:
    keep_assignment(out.assignment, learner)
    one = Assigned(out.assignment, learner)
    one.sit_as(Who(ADA))
    return one


def worked(mine: Assigned) -> Sitting:
    """Every question with its key."""
    work = mine.begin()
    assert isinstance(work, Sitting)
    questions = {q.id: q for phase in mine.assignment.excerpt.phases for q in phase.questions}
    for number, question in enumerate(work.begun.ids, 1):
        work.go(number)
        posed = Posed(questions[question], question_seed(work.begun.seed, question))
        work.answer(model_answer(posed))
    return work


def deeds(mine: Assigned, path: Path) -> list[str]:
    return [one.deed for one in doable(Listed(mine, path))]


def test_nothing_is_marked_before_the_end_and_everything_then(
    mine: Assigned, learner: Journal, tmp_path: Path
) -> None:
    assert "read" not in deeds(mine, tmp_path)
    worked(mine)
    assert "read" in deeds(mine, tmp_path)
    assert not learner.events(kind=ATTEMPT)
    marked = open_keys(mine, None)
    mark_work(mine, marked)
    assert len(learner.events(kind=ATTEMPT)) == len(mine.assignment.excerpt.ids)
    report = report_of(marked.files, learner, Bank(marked.files), marked.begun, marked.given)
    assert report.marks == sum(mine.assignment.excerpt.marks.values())


def test_whoever_has_read_the_keys_cannot_go_on_or_begin_anew(
    mine: Assigned, learner: Journal, tmp_path: Path
) -> None:
    worked(mine)
    open_keys(mine, None)
    assert not {"work", "anew"} & set(deeds(mine, tmp_path))
    with pytest.raises(ValueError, match="time is up"):
        mine.go_on()
    with pytest.raises(ValueError, match="may not be begun again"):
        mine.begin()
    open_keys(mine, None)
    assert len(learner.events(kind=RELEASE)) == 1


def test_before_the_keys_are_shown_what_that_ends_is_asked(
    mine: Assigned, clock: Clock, tmp_path: Path
) -> None:
    worked(mine)
    assert "This is not handed in." in asks_before_keys(mine)
    hand_in(mine, tmp_path)
    assert "ends the work" in asks_before_keys(mine)
    open_keys(mine, None)
    assert asks_before_keys(mine) == ""


def test_where_time_ran_out_nothing_ends_by_reading(
    files: CourseFolder, learner: Journal, clock: Clock, tmp_path: Path
) -> None:
    out = hand_out(files, feedback="at-end", minutes=5.0)
    keep_assignment(out.assignment, learner)
    mine = Assigned(out.assignment, learner)
    mine.sit_as(Who(ADA))
    worked(mine)
    hand_in(mine, tmp_path)
    clock.now += timedelta(hours=1)
    assert asks_before_keys(mine) == ""


def test_it_says_when_keys_and_feedback_can_be_read(mine: Assigned, tmp_path: Path) -> None:
    lines = told(Listed(mine, tmp_path))
    assert lines[0].startswith("For practice, 6 questions")
    assert any("feedback you can read once you end it" in line for line in lines)


@IN_A_FILE
def test_it_is_collected_as_the_work_of_an_exam(
    register: Register, out: HandOut, tmp_path: Path
) -> None:
    room = Class(register, out, tmp_path / "in")
    room.hands_in(ADA)
    room.collect()
    assert room.stands(ADA).marks == room.stands(ADA).max_marks > 0


async def test_in_the_app_the_report_stands_behind_the_last_question(
    files: CourseFolder, learner: Journal, out: HandOut, tmp_path: Path
) -> None:
    path = out.written(tmp_path)
    keep_assignment(out.assignment, learner)
    Assigned(out.assignment, learner).sit_as(Who(ADA))
    async with started(files, known_learner(learner)) as ui:
        open_assignments(ui.app, path)
        await ui.until(lambda: ui.shows == "DeskScreen")
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "SittingScreen")
        await ui.settle()
        await ui.press("l")
        await ui.until(lambda: ui.shows == "DeskScreen")
        await ui.settle()
        assert "Read keys and feedback" in ui.words
        await ui.press("2", "enter")
        await ui.until(lambda: ui.shows == "SureScreen")
        await ui.press("y")
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.settle()
        assert f"0 of {sum(out.assignment.excerpt.marks.values()):g}" in ui.words


def test_line_by_line_it_is_the_same(
    learner: Journal, out: HandOut, mine: Assigned, tmp_path: Path
) -> None:
    turn(learner, PLOTS, False)
    printed = io.StringIO()
    page = page_of(learner, io.StringIO("1\nleave\n2\nn\n2\ny\nm\nm\n"), printed)
    with suppress(Closed):
        run_file(page, learner, out.written(tmp_path))
    text = " ".join(printed.getvalue().split())
    assert "The keys stay closed." in text
    assert f"0 of {sum(out.assignment.excerpt.marks.values()):g} marks" in text
