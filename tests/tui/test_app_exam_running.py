"""A running exam in the app: found again from the course map, told apart, gone through after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_driver import LARGE, SMALL, known_learner, squeezed, started
from test_app_exam import Clock, begun, handed_in, question
from textual.content import Content
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.terminal import CERTAINTY, config_folder, turn
from tutor.tui.app import KEYS_FILE
from tutor.tui.screens.exam_start import open_exams


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "learner" / "journal.sqlite3", clock=Clock()) as journal:
        yield known_learner(journal)


async def test_enter_on_the_course_map_goes_on_with_the_exam_that_runs(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("down")
        await begun(ui)
        await ui.press("n", "h")
        assert re.fullmatch(
            r"Enter: your exam goes on, (30|29) min left", ui.static("#next").strip()
        )
    async with started(files, learner) as ui:
        assert "your exam goes on" in ui.rows[1]
        await ui.press("enter")
        assert ui.shows == "ExamScreen"
        assert "2/20" in ui.rows[0]
        await handed_in(ui)
        await ui.press("m")
        assert "your exam" not in ui.words


async def test_while_an_exam_runs_a_phase_that_is_marked_can_be_opened(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("h", "down")
        assert ui.static("#next").startswith("Enter: begin")
        await ui.press("enter")
        assert ui.shows == "LessonScreen"
        await ui.press("m")
        assert "your exam goes on" in ui.static("#next")


async def test_who_asks_for_another_paper_is_told_that_this_one_goes_on(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("h")
        open_exams(ui.app, "a-level")
        await ui.until(lambda: ui.shows == "ExamScreen")
        await ui.settle()
        assert "That paper has to wait. The clock of USMLE-style block" in ui.said


@pytest.mark.parametrize(
    ("width", "title"),
    [
        (120, "USMLE-style block, 20 questions"),
        (80, "USMLE-style block, 20 questions"),
        (72, "USMLE-style block, 20 .."),
        (60, "USMLE-style block, 20 questions"),
    ],
)
async def test_the_papers_title_stands_above_as_far_as_there_is_room(
    files: CourseFolder, learner: Journal, width: int, title: str
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.resize((width, 24))
        counted = "0 of 20 answered  " if width >= 72 else ""
        shown = re.escape(squeezed(f"1/20 1 mark {title} {counted}")) + " (29|30) min left"
        await ui.until(lambda: bool(re.fullmatch(shown, squeezed(ui.rows[0]))))


async def test_a_section_that_has_not_room_is_cut_at_a_word_and_says_so(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await begun(ui, "a-level")
        await ui.press("f")
        assert "1/14 (flagged)  1 mark  Section A: multiple ..   0 of 14" in ui.rows[0]
        await ui.press("f")
        assert "1/14  1 mark  Section A: multiple choice  " in ui.rows[0]


async def test_the_review_shows_stem_and_options_above_the_verdict(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        exam = await begun(ui)
        first = question(exam)
        await ui.press("2", "enter")
        await handed_in(ui)
        await ui.press("enter")
        told = squeezed(ui.static("#before"))
        assert told.startswith(squeezed(first.stem)[:20])
        assert "You answered:" in told
        assert f"> 2 {first.form.choices[1].text[:20]}" in told
        assert f" 1 {first.form.choices[0].text[:20]}" in told
        await ui.press("enter")
        told = ui.static("#before")
        assert "Not answered" in told
        assert "You answered" not in told
        assert "Answer shown" not in told


async def test_the_review_shows_what_was_written_in_full(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui, "a-level", 3)
        written = "Potassium ions leave the axon through channels that open late. " * 3
        for spot in exam.spots:
            exam.go(spot.number)
            if question(exam).form.kind == "text":
                break
        exam.answer(written.strip())
        ui.app.screen._arrive()  # type: ignore[attr-defined]
        await ui.settle()
        number = str(question(exam).counter).split("/")[0]
        await ui.press("escape")
        await handed_in(ui)
        await ui.press("g", *number, "enter")
        assert f"You answered: {written.strip()}" in squeezed(ui.static("#before"))


async def test_the_report_names_the_first_words_of_each_question_in_one_line(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        exam = await begun(ui)
        first = squeezed(question(exam).stem)
        await handed_in(ui)
        for size in (LARGE, SMALL):
            await ui.resize(size)
            report = ui.app.screen.query_one("#parts", Static).content
            assert isinstance(report, Content)
            line = next(row for row in report.plain.splitlines() if row.startswith("1. "))
            assert f"({first[:10]}" in line
            assert size[0] - 20 < len(line) <= size[0] - 3


async def test_the_help_of_an_exam_leaves_out_what_does_nothing(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=(120, 70)) as ui:
        await begun(ui)
        await ui.press("question_mark")
        assert "sure of the answer?" not in ui.words
        assert "while asked how sure" not in ui.words
        assert "turn the knobs" not in ui.words.lower()
        await ui.press("escape")
        turn(learner, CERTAINTY, True)
        await ui.press("question_mark")
        assert "sure of the answer? a guess" in ui.words


async def test_q_says_that_the_clock_runs_on_and_only_a_second_one_quits(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        for stays in ("enter", "escape", "n", "3", "question_mark", "space"):
            await ui.press("q")
            assert "The clock of the exam runs on" in ui.words
            assert "any other key stays" in ui.words
            assert "q Quit" in ui.rows[-1]
            await ui.press(stays)
            assert ui.shows == "ExamScreen", stays
            assert "1/20" in ui.rows[0]
        await ui.press("q")
        assert ui.app.is_running
        ui.rush("q")
        await ui.until(lambda: ui.app.return_value == "quit")


async def test_the_key_that_quits_an_exam_once_it_is_changed_asks_as_well(
    files: CourseFolder, learner: Journal
) -> None:
    (config_folder() / KEYS_FILE).parent.mkdir(parents=True)
    (config_folder() / KEYS_FILE).write_text('[exam]\nquit = "z"\n')
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("z", "q")
        assert ui.shows == "ExamScreen", "q is no longer the key that quits"
        await ui.press("z")
        assert "any other key stays" in ui.words
        ui.rush("z")
        await ui.until(lambda: ui.app.return_value == "quit")


async def test_time_that_is_up_while_it_is_asked_whether_to_quit_hands_in(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await begun(ui)
        await ui.press("q")
        clock = learner._clock
        assert isinstance(clock, Clock)
        clock.now += timedelta(minutes=31)
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.settle()
        assert "Result" in ui.text
