"""Drives the lab in the app."""

from app_driver import Ui

from tutor.session.lab.bench import Lab
from tutor.tui.screens.lab import LabScreen
from tutor.tui.widgets.lab_list import LabList


def lab(ui: Ui) -> Lab:
    (found,) = (screen for screen in ui.app.screen_stack if isinstance(screen, LabScreen))
    return found.lab


def bench(ui: Ui) -> LabList:
    return ui.app.screen.query_one(LabList)


async def in_lab(ui: Ui, *keys: str) -> None:
    """Open the lab from the course map, and press keys in it."""
    await ui.press("l")
    await ready(ui)
    await ui.press(*keys)


async def ready(ui: Ui) -> None:
    """Wait for the run."""
    await ui.until(lambda: not lab(ui).is_stale)
    await ui.settle()


async def choose(ui: Ui, words: str) -> None:
    """Put the cursor on a knob by searching for it."""
    await ui.press("slash")
    await ui.type(words)
    await ui.press("enter")
    await ui.settle()


# Opening, laying out
