"""The screen of progress: what it shows at every size, scrolling, and what can go wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from app_driver import Size, Ui, known_learner, started
from course_files import good_files, replaced, write_course
from textual.widgets import Static

from tests.session.progress.learner import BANK, Learner, able_to_show
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plot.figure import Mode
from tutor.session.profile import Profile
from tutor.session.progress.facts import material_of
from tutor.tui.screens.progress import ProgressScreen
from tutor.words import progress as words

SIZES = [(60, 16), (80, 24), (120, 40), (200, 60)]


@pytest.fixture
def learner(journal: Journal) -> Learner:
    learner = Learner(known_learner(journal))
    learner.answer("rest.q1", mixed=True, certainty=3, seconds=30)
    question = able_to_show("M1")[0]
    learner.answer(question, right=False, misconceptions=["M1"], certainty=2)
    return learner


@asynccontextmanager
async def opened(
    files: CourseFolder, journal: Journal, size: Size = (80, 24)
) -> AsyncIterator[Ui]:
    """The app with the screen open, and all of it read."""
    async with started(files, journal, size=size) as ui:
        ui.app.push_screen(ProgressScreen())
        await ui.until(lambda: read(ui))
        await ui.settle()
        yield ui


def read(ui: Ui) -> bool:
    """Whether the screen is open, and shows what was read."""
    if ui.shows != "ProgressScreen" or not ui.app.screen.query("#progress-left"):
        return False
    shown = str(ui.app.screen.query_one("#progress-left", Static).content)
    return shown not in ("", words.READING)


async def seen_in_all(ui: Ui) -> str:
    """Every row that comes to be seen when one scrolls from top to bottom."""
    rows, box = list(ui.rows), ui.one("#progress")
    while box.scroll_y < box.max_scroll_y:
        before = box.scroll_y
        await ui.press("pagedown")
        await ui.until(lambda before=before: box.scroll_y > before)
        await ui.settle()
        rows += ui.rows
    return "\n".join(rows)


@pytest.mark.parametrize("mode", ["ascii", "braille"])
@pytest.mark.parametrize("size", SIZES)
async def test_all_of_it_can_be_read_at_every_size(
    files: CourseFolder, learner: Learner, size: Size, mode: Mode
) -> None:
    known_learner(learner.journal, mode=mode)
    async with opened(files, learner.journal, size) as ui:
        assert "Next: " in ui.text
        shown = await seen_in_all(ui)
        for title in (words.FORECAST, words.MASTERY, words.SURENESS, words.IDEAS, words.EXAMS):
            assert title in shown
        assert "The pump ends the spike (M1)" in shown
        assert "100 %" in shown
        for weekday in words.WEEKDAYS:
            assert f"{weekday}  " in shown
        if mode == "ascii":
            assert shown.isascii()


async def test_where_there_is_room_the_map_has_a_column_of_its_own(
    files: CourseFolder, learner: Learner
) -> None:
    async with opened(files, learner.journal, (120, 40)) as ui:
        row = next(row for row in ui.rows if row.strip().startswith("Next: "))
        assert words.SURENESS in row
        await ui.resize((80, 24))
        assert words.SURENESS not in next(row for row in ui.rows if "Next: " in row)
        await ui.resize((120, 40))
        assert words.SURENESS in next(row for row in ui.rows if "Next: " in row)


async def test_keys_go_from_part_to_part_however_fast(
    files: CourseFolder, learner: Learner
) -> None:
    async with opened(files, learner.journal) as ui:
        await ui.press("n")
        assert ui.rows[1].strip() == words.FORECAST
        ui.rush("n", "n")
        await ui.settle()
        assert ui.rows[1].strip() == words.SURENESS
        await ui.press("p", "p", "p", "p")
        assert ui.rows[1].strip().startswith("Next: ")


async def test_the_key_bar_says_that_there_is_more(files: CourseFolder, learner: Learner) -> None:
    async with opened(files, learner.journal) as ui:
        assert "more" in ui.rows[-1]
        await ui.press("end")
        await ui.until(lambda: "more" not in ui.rows[-1])


@pytest.mark.parametrize("key", ["escape", "b", "m", "enter"])
async def test_one_key_goes_back(files: CourseFolder, learner: Learner, key: str) -> None:
    async with opened(files, learner.journal) as ui:
        await ui.press(key)
        assert ui.shows == "HomeScreen"


async def test_it_can_be_left_before_it_has_been_read(
    files: CourseFolder, learner: Learner
) -> None:
    async with started(files, learner.journal) as ui:
        ui.app.push_screen(ProgressScreen())
        ui.rush("escape", "escape")
        await ui.settle()
        assert ui.shows == "HomeScreen"
        assert not ui.toasts


async def test_opened_again_it_counts_what_was_answered_meanwhile(
    files: CourseFolder, learner: Learner
) -> None:
    async with opened(files, learner.journal) as ui:
        count = len(BANK.by_id)
        assert f"2 of {count} questions" in ui.words
        await ui.press("escape")
        learner.answer("rest.q4")
        ui.app.push_screen(ProgressScreen())
        await ui.until(
            lambda: ui.shows == "ProgressScreen" and f"3 of {count} questions" in ui.words
        )


async def test_a_newcomer_is_told_where_to_begin(files: CourseFolder, journal: Journal) -> None:
    async with opened(files, known_learner(journal)) as ui:
        assert "Next: begin Reading a trace" in ui.words
        assert words.NOTHING_ANSWERED in ui.words


async def test_a_broken_phase_is_told_and_leaves_the_app_usable(
    journal: Journal, tmp_path: Path
) -> None:
    phase = replaced(good_files()["phases/spark.yaml"], ("One pulse, one spike", "3"))
    folder = write_course(tmp_path / "course", {"phases/spark.yaml": phase})
    async with opened(CourseFolder(folder), known_learner(journal)) as ui:
        assert "phases/spark.yaml" in ui.words
        await ui.press("escape")
        assert ui.shows == "HomeScreen"


async def test_a_journal_that_fails_is_told(files: CourseFolder, learner: Learner) -> None:
    async with started(files, learner.journal) as ui:
        learner.journal._connection.execute("DROP TABLE events")
        ui.app.push_screen(ProgressScreen())
        await ui.until(lambda: bool(ui.toasts))
        assert "The journal" in ui.said


async def test_a_journal_that_fails_only_later_is_told_too(
    files: CourseFolder, learner: Learner
) -> None:
    async with opened(files, learner.journal) as ui:
        learner.journal._connection.execute("DROP TABLE events")
        screen = ui.app.screen
        assert isinstance(screen, ProgressScreen)
        screen._count(material_of(files, Profile()))
        await ui.until(lambda: bool(ui.toasts))
        assert "The journal" in ui.said


async def test_text_of_a_course_is_never_markup(journal: Journal, tmp_path: Path) -> None:
    hostile = "[@click=app.leave]Quit[/]"
    files = good_files()
    name = "course.yaml"
    title = next(line for line in files[name].splitlines() if "title:" in line).strip()
    changed = files[name].replace(title, f"title: '{hostile}'", 1)
    folder = write_course(tmp_path / "course", {name: changed})
    async with opened(CourseFolder(folder), known_learner(journal)) as ui:
        assert ui.shows == "ProgressScreen"
