"""What the course map leads to, and what it says is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app_driver import Size, known_learner, started

from tests.answers import wrong_answer
from tutor.classroom.register.register import open_register
from tutor.course.loader import CourseFolder
from tutor.journal.derived import derive
from tutor.journal.store import Journal
from tutor.session.picking import Picking
from tutor.session.quiz import begin_quiz
from tutor.tui.app import SMALLEST

SIZES: list[Size] = [SMALLEST, (80, 24), (120, 40), (200, 60)]
every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


@every_size
async def test_the_map_says_what_is_due_and_has_a_key_for_every_place(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        assert ui.rows[1].startswith(" Enter: begin")
        assert ui.rows[2].startswith(" Today: what you answer comes back")
        if size != SMALLEST:
            places = ("z Quiz", "r Review", "e Exam", "a Assignments", "p Progress", "l Lab")
            for told in (*places, ", Settings"):
                assert told in ui.rows[-1]
        assert "? Keys" in ui.rows[-1] or size == SMALLEST
        assert "? All keys" in ui.rows[-1] or size != SMALLEST


@pytest.mark.parametrize(
    ("key", "shows"),
    [
        ("z", "PickingScreen"),
        ("r", "ReviewScreen"),
        ("e", "ExamStartScreen"),
        ("a", "AssignmentsScreen"),
        ("p", "ProgressScreen"),
        ("l", "LabScreen"),
        ("comma", "SettingsScreen"),
        ("d", "ProfileScreen"),
    ],
)
async def test_a_key_of_the_map_leads_to_each_place(
    files: CourseFolder, learner: Journal, key: str, shows: str
) -> None:
    async with started(files, learner) as ui:
        await ui.press(key)
        assert ui.shows == shows


async def test_who_keeps_a_register_finds_it_on_the_map_and_by_name(
    files: CourseFolder, learner: Journal
) -> None:
    open_register().close()
    async with started(files, learner, size=(100, 24)) as ui:
        assert "t Register" in ui.rows[-1]
        await ui.press("question_mark")
        assert "reports, marks" in ui.words
        await ui.press("x", "t")
        await ui.until(lambda: "Nothing has been assigned yet." in ui.words)
        await ui.press("escape")
        assert ui.shows == "HomeScreen"
        await ui.press("ctrl+p")
        await ui.type("regis")
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "RegisterScreen")


async def test_who_keeps_none_is_told_of_none(
    files: CourseFolder, learner: Journal, own_data_folder: Path
) -> None:
    async with started(files, learner, size=(100, 24)) as ui:
        assert "Register" not in ui.text
        await ui.press("t")
        assert ui.shows == "HomeScreen"
        await ui.press("question_mark")
        assert "reports, marks" not in ui.words
        await ui.press("x", "ctrl+p")
        await ui.type("regis")
        assert "Register" not in ui.text
    assert not (own_data_folder / "register.sqlite3").exists()


async def test_all_phases_and_the_curve_are_in_sight_at_80_by_24(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=(80, 24)) as ui:
        assert all(entry.title in ui.text for entry in files.entries.values())
        assert ui.one("#map").size.height >= 3


async def test_answers_are_taken_into_account_while_nobody_presses_a_key(
    files: CourseFolder, learner: Journal
) -> None:
    bank = Picking(files, learner)._bank
    quiz = begin_quiz(files, learner, bank, [next(iter(bank))], 1)
    quiz.answer(wrong_answer(quiz._asked.posed))
    assert derive(learner, cards=False).waiting
    async with started(files, learner) as ui:
        await ui.until(lambda: not derive(learner, cards=False).waiting)
        assert "Today: nothing due" in ui.text


async def test_a_clock_that_was_set_back_is_told_at_the_start(
    files: CourseFolder, tmp_path: Path
) -> None:
    ahead = datetime.now(UTC) + timedelta(days=3)
    path = tmp_path / "learner" / "journal.sqlite3"
    with Journal.open(path, clock=lambda: ahead) as journal:
        known_learner(journal)
    with Journal.open(path) as journal:
        async with started(files, journal) as ui:
            assert "set the clock right" in ui.toasts[-1]
            assert ui.shows == "HomeScreen"
