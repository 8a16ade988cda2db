"""A question before a room, from the stem to the verdict on its votes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from app_driver import SMALL, Size, Ui, known_learner
from textual.widgets import Input

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.present import Present
from tutor.tui.app import TutorApp
from tutor.tui.screens.present import PresentScreen

QUESTION = "rising.q1"


@asynccontextmanager
async def presented(
    files: CourseFolder, journal: Journal, size: Size = SMALL
) -> AsyncIterator[Ui]:
    """The app with a question before a room."""
    present = Present(files, QUESTION)
    app = TutorApp(files, journal, None, lambda tutor: tutor.push_screen(PresentScreen(present)))
    async with app.run_test(size=size, notifications=True) as pilot:
        ui = Ui(pilot)
        await ui.settle()
        yield ui


async def vote(ui: Ui, votes: str) -> None:
    """Type the votes of the room."""
    await ui.press("enter")
    await ui.type(votes)
    await ui.press("enter")


@pytest.fixture
def tutors(journal: Journal) -> Journal:
    """The journal of a tutor, who has used the app before."""
    return known_learner(journal)


async def test_enter_leads_from_the_question_to_the_verdict(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors) as ui:
        assert QUESTION in ui.rows[0]
        assert "What carries it up?" in ui.words
        assert "A Charge" in ui.words
        await vote(ui, "12 5 0 3")
        assert ui.plot.size.height > 15
        assert "Charge" not in ui.text
        await ui.press("enter")
        assert "+ B" in ui.marked_line("Na+ coming in")
        assert "#################### 12" in ui.text
        assert ".................... 0" in ui.text
        assert "The rise is the membrane's own work" in ui.static("#after")


async def test_votes_that_fit_nothing_are_explained_until_they_are_mended(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors) as ui:
        await vote(ui, "12 x")
        assert "Write 4 whole numbers" in ui.words
        await ui.press("backspace")
        assert "Write 4 whole numbers" not in ui.words
        await ui.press("escape")
        assert ui.app.screen.query_one(Input).display is False
        await ui.press("b")
        assert ui.shows == "PresentScreen"


async def test_nothing_of_it_is_kept(files: CourseFolder, tutors: Journal) -> None:
    before = len(tutors.events())
    async with presented(files, tutors) as ui:
        await vote(ui, "1 2 3 4")
        await ui.press("enter", "b", "space", "enter", "q")
        assert ui.app.return_value == "quit"
    assert len(tutors.events()) == before


async def test_the_first_minute_does_not_come_before_it(
    files: CourseFolder, journal: Journal
) -> None:
    async with presented(files, journal) as ui:
        assert ui.shows == "WelcomeScreen"
        await ui.press("3", "enter")
        assert ui.shows == "PresentScreen"


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_every_step_can_be_read_to_its_end(
    files: CourseFolder, tutors: Journal, size: Size
) -> None:
    async with presented(files, tutors, size) as ui:
        assert ui.text.isascii()
        await ui.press("end")
        await ui.until(lambda: "bringing Na+ in" in ui.text)
        await vote(ui, "2 3 4 1")
        assert "E_Na" in ui.text
        await ui.press("enter", "end")
        last = ui.static("#after").split()[-1]
        await ui.until(lambda: last in ui.told("#told"))
        assert ui.plot.size.height >= 4
        assert ui.text.isascii()


async def test_no_size_is_a_fault(files: CourseFolder, tutors: Journal) -> None:
    async with presented(files, tutors) as ui:
        for key in ("enter", "enter", "enter", "space"):
            await ui.press(key)
            for size in [(1, 24), (80, 1), (1, 1), (59, 15), (200, 60), (80, 24)]:
                await ui.resize(size)
            assert ui.app.fault is None
            assert ui.shows == "PresentScreen"
