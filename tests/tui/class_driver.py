"""Opens a tutor's register in the app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app_driver import Size, Ui, known_learner, started

from tutor.classroom.collection.collecting import collect
from tutor.classroom.demo.demo import Demo, make_demo
from tutor.classroom.keys import tutor_key
from tutor.classroom.register.place import FILE_NAME
from tutor.classroom.register.register import open_register
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.tui.screens.classroom import RegisterScreen
from tutor.words import class_screen as words

#: Learners of the class that tests open.
LEARNERS = 30


def sample_class(folder: Path) -> Demo:
    """A sample class, taken in."""
    demo = make_demo(CourseFolder(), folder, LEARNERS)
    key = tutor_key(folder)
    assert key is not None
    with open_register(folder / FILE_NAME) as register:
        collect(register, [folder / "submissions"], [key])
    return demo


@asynccontextmanager
async def opened(
    files: CourseFolder, journal: Journal, size: Size = (80, 24), where: str | None = None
) -> AsyncIterator[Ui]:
    """The app with the register open and read."""
    async with started(files, known_learner(journal), size=size) as ui:
        ui.app.push_screen(RegisterScreen(where))
        await ui.until(lambda: is_read(ui, "RegisterScreen", "#class-note"))
        await ui.settle()
        yield ui


def is_read(ui: Ui, screen: str, note: str) -> bool:
    """Whether a screen is there, and does not say any more that it reads."""
    shown = ui.shows == screen and bool(ui.app.screen.query(note))
    return shown and words.READING not in ui.static(note)


async def told_of(ui: Ui, what: str) -> None:
    """Wait until something is said beside the screen."""
    await ui.until(lambda: any(what in toast for toast in ui.toasts))


async def report_open(ui: Ui) -> None:
    """Open the report of the only assignment."""
    await ui.press("enter")
    await ui.until(lambda: is_read(ui, "ReportScreen", "#tabs"))
    await ui.settle()
