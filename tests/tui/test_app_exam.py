"""A whole exam in the app: begun, sat, handed in, reported and gone through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from answers import keys_for
from app_driver import LARGE, SMALL, Ui, known_learner, squeezed, started

from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.exam.exam import Exam
from tutor.session.terminal import CERTAINTY, turn
from tutor.session.views import QuestionView
from tutor.tui.screens.exam import ExamScreen
from tutor.tui.screens.exam_start import open_exams


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def learner(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(tmp_path / "learner" / "journal.sqlite3", clock=clock) as journal:
        yield known_learner(journal)


async def offered(ui: Ui, name: str = "usmle", seed: int = 7) -> None:
    open_exams(ui.app, name, seed)
    await ui.until(lambda: "Enter begins it" in ui.words)


async def begun(ui: Ui, name: str = "usmle", seed: int = 7) -> Exam:
    await offered(ui, name, seed)
    await ui.press("enter")
    await ui.until(lambda: ui.shows == "ExamScreen")
    await ui.settle()
    return exam_of(ui)


def exam_of(ui: Ui) -> Exam:
    (found,) = (screen for screen in ui.app.screen_stack if isinstance(screen, ExamScreen))
    return found.exam


def question(exam: Exam) -> QuestionView:
    view = exam.view
    assert isinstance(view, QuestionView)
    return view


def answers(journal: Journal) -> list[object]:
    return [event.answer for event in journal.events(kind="exam-answer")]


async def handed_in(ui: Ui) -> None:
    await ui.press("e", "y")
    await ui.until(lambda: ui.shows == "ExamReportScreen")
    await ui.settle()


async def test_before_it_begins_paper_minutes_marks_and_seed_are_told(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await offered(ui, "usmle", 4711)
        assert "20 questions, 20 marks, 30 min." in ui.words
        assert "Seed 4711" in ui.words
        await ui.press("x")
        assert "37 min 30 s, with 25 % extra time" in ui.words
        await ui.press("x")
        assert "45 min, with 50 % extra time" in ui.words
        await ui.press("x")
        assert "extra time" not in ui.static("#exam-note")


async def test_another_seed_can_be_typed(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        await offered(ui)
        await ui.press("s")
        await ui.press("backspace")
        await ui.type("99")
        await ui.press("enter")
        assert "Seed 99" in ui.words
        await ui.press("s")
        await ui.type("x")
        await ui.press("enter")
        assert "A seed is a whole number" in ui.said
        assert "Seed 99" in ui.words


async def test_a_whole_exam_from_its_beginning_to_the_review(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui)
        for number in range(1, 21):
            assert str(question(exam).counter) == f"{number}/20"
            assert exam._asked is not None
            await ui.press(*keys_for(question(exam), model_answer(exam._asked.posed)))
        assert exam.unanswered == 0
        await ui.press("e")
        assert "Every question is answered. Hand in now" in ui.words
        await ui.press("n")
        assert ui.shows == "ExamScreen"
        await handed_in(ui)
        assert "20 of 20 marks, 100%." in ui.words
        await ui.press("enter")
        assert ui.shows == "ExamReviewScreen"
        assert "+ Right" in ui.text
        await ui.press("enter")
        assert ui.rows[0].startswith(" 2/20")
        await ui.press("m")
        assert ui.shows == "ExamReportScreen"
        await ui.press("m")
        assert ui.shows == "HomeScreen"


async def test_nothing_is_told_of_what_is_right_before_the_end(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui)
        await ui.press("1")
        shown = question(exam)
        # The question's id and the stretch of the spike would tell its phase.
        assert shown.question.id not in ui.text
        assert shown.question.explanation[:30] not in ui.words
        await ui.press("h")  # In a lesson the hint; here it leaves.
        assert shown.question.hint not in ui.words
        assert "clock of the exam runs on" in ui.said


async def test_what_is_picked_is_kept_at_once_and_can_be_changed(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui)
        ids = [choice.id for choice in question(exam).form.choices]
        await ui.press("2")
        assert answers(learner) == [[ids[1]]]
        await ui.press("1")
        assert answers(learner) == [[ids[1]], [ids[0]]]
        await ui.press("n", "b")
        assert question(exam).draft == [ids[0]]
        assert ui.marks()[0].startswith(">1")
        await ui.press("x")
        assert exam.unanswered == 20
        assert not any(mark.startswith(">") for mark in ui.marks())


async def test_time_and_answers_stand_in_words_above_the_question(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        assert re.search(r"0 of 20 answered (30|29) min left", squeezed(ui.rows[0]))
        await ui.press("1")
        assert "1 of 20 answered" in ui.rows[0]
        clock.now += timedelta(minutes=26, seconds=30)
        await ui.until(lambda: "3 min" in ui.rows[0] and "s left" in ui.rows[0])


async def test_the_map_tells_how_each_question_stands_and_leads_there(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui)
        await ui.press("1", "n", "f", "m")
        assert "1 answered 1 mark" in ui.words
        assert "2 open, flagged 1 mark" in ui.words
        await ui.press("1", "5", "enter")
        assert str(question(exam).counter) == "15/20"
        assert "15/20" in ui.rows[0]


async def test_typed_text_stands_without_being_committed(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui, "a-level", 3)
        number = next(spot.number for spot in exam.spots if spot.section.startswith("Section C"))
        await ui.press("m", "escape")
        exam_screen = ui.app.screen
        assert isinstance(exam_screen, ExamScreen)
        exam_screen._jump((number - 1, False))
        await ui.settle()
        await ui.type("K+ leaves")
        await ui.press("ctrl+b")
        await ui.press("ctrl+n")
        assert question(exam).draft == "K+ leaves"
        assert exam.unanswered == len(exam.spots) - 1


async def test_when_time_is_up_what_stands_is_handed_in_whatever_lies_over_it(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("1", "enter", "2", "m")
        assert ui.shows == "QuestionMap"
        clock.now += timedelta(minutes=30)
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.until(lambda: "Time ran out after 30 min" in ui.words)
        assert len(learner.events(kind="attempt")) == 2


async def test_time_that_ran_out_meanwhile_shows_the_report_at_the_next_start(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("1")
    clock.now += timedelta(hours=5)
    async with started(files, learner) as ui:
        open_exams(ui.app)
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.settle()
        assert "The time of this exam ran out" in ui.said
        assert len(learner.events(kind="attempt")) == 1


async def test_left_and_opened_again_it_goes_on_where_it_was(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("1", "n", "n", "h")
        assert ui.shows == "HomeScreen"
        clock.now += timedelta(minutes=10)
        open_exams(ui.app)
        await ui.settle()
        assert ui.shows == "ExamScreen"
        assert "3/20" in ui.rows[0]
        assert "1 of 20 answered" in ui.rows[0]
        assert "20 min left" in ui.rows[0] or "19 min left" in ui.rows[0]


async def test_asked_how_sure_the_answer_is_kept_before_it_is_said(
    files: CourseFolder, learner: Journal
) -> None:
    turn(learner, CERTAINTY, True)
    async with started(files, learner) as ui:
        exam = await begun(ui)
        await ui.press("1", "enter")
        assert "How sure?" in ui.words
        assert len(answers(learner)) == 1
        await ui.press("3")
        assert str(question(exam).counter) == "2/20"
        assert learner.events(kind="exam-answer")[-1].data["certainty"] == 3
        await handed_in(ui)
        await ui.press("end")
        assert "of 3 at most" in ui.static("#parts")


async def test_a_rush_of_keys_gives_each_question_its_own_answer(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui)
        for number in range(1, 6):
            exam.go(number)
        first = [question_at(exam, number) for number in range(1, 4)]
        exam.go(1)
        ui.app.screen._arrive()  # type: ignore[attr-defined]
        await ui.settle()
        ui.rush("1", "n", "2", "n", "3", "n")
        await ui.settle()
        kept = {event.question_id: event.answer for event in learner.events(kind="exam-answer")}
        assert kept == {exam.begun.ids[place]: [ids[place]] for place, ids in enumerate(first)}


def question_at(exam: Exam, number: int) -> list[str]:
    exam.go(number)
    return [choice.id for choice in question(exam).form.choices]


@pytest.mark.parametrize("size", [(60, 16), SMALL, LARGE, (200, 60)])
async def test_every_screen_fits_and_shows_the_time(
    files: CourseFolder, learner: Journal, size: tuple[int, int]
) -> None:
    async with started(files, learner, size=size) as ui:
        await offered(ui, "a-level-long")
        assert "29 questions, 50 marks" in ui.words
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "ExamScreen")
        exam = exam_of(ui)
        for spot in exam.spots[:: 3 if size == SMALL else 9]:
            exam.go(spot.number)
            ui.app.screen._arrive()  # type: ignore[attr-defined]
            await ui.settle()
            assert "min left" in ui.rows[0]
            assert f"{spot.number}/29" in ui.rows[0]
            assert "Hand in" in ui.rows[-1] or "keys" in ui.rows[-1].lower()
            assert squeezed(question(exam).stem)[:15] in ui.words
            assert all(len(row) <= size[0] for row in ui.rows)
        exam.go(1)
        ui.app.screen._arrive()  # type: ignore[attr-defined]
        await handed_in(ui)
        assert "0 of 50 marks, 0%." in ui.words


async def test_in_ascii_every_screen_is_plain(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        await offered(ui)
        assert ui.text.isascii()
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "ExamScreen")
        for keys in (("1", "f"), ("m",), ("escape",), ("question_mark",), ("escape",), ("e",)):
            await ui.press(*keys)
            assert ui.text.isascii(), ui.text
        await ui.press("y")
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.settle()
        assert ui.text.isascii()


async def test_a_journal_that_cannot_be_written_is_told_and_the_exam_stays(
    files: CourseFolder, learner: Journal
) -> None:
    import sqlite3

    async with started(files, learner) as ui:
        exam = await begun(ui)
        other = sqlite3.connect(learner.path, isolation_level=None)
        learner._connection.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        await ui.press("1")
        assert "is locked by another program" in ui.said
        other.execute("ROLLBACK")
        other.close()
        await ui.press("2")
        assert len(answers(learner)) == 1
        assert exam.unanswered == 19


async def test_a_paper_that_cannot_be_drawn_is_told(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "title: Mine\nsays: Too much.\nminutes: 5\n"
        "sections:\n  - {title: Part, phases: [reading], kinds: [single], questions: 12}\n",
        encoding="utf-8",
    )
    async with started(files, learner) as ui:
        open_exams(ui.app, str(path))
        await ui.until(lambda: "cannot be drawn" in ui.words)
        assert "asks for 12 questions and the course has 6" in ui.words
        await ui.press("enter")
        assert ui.shows == "ExamStartScreen"


async def test_the_help_tells_the_keys_of_an_exam_and_none_of_a_lesson(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=(120, 60)) as ui:
        await begun(ui)
        await ui.press("question_mark")
        assert "hand in; asks first" in ui.words
        assert "show the hint" not in ui.words
        assert "show the answer" not in ui.words
