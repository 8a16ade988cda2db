"""What is shown while the terminal is too small."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.tui.app import TOO_SMALL, TutorApp
from tutor.tui.bindings import quit_key
from tutor.tui.screens.base import TutorDialog
from tutor.words import app as words


def show_small(app: TutorApp, small: bool) -> None:
    """Show the offer over what is open, or take it away."""
    if small:
        app.push_screen(SmallScreen(classes=TOO_SMALL))
    else:
        app.pop_screen()


class SmallScreen(TutorDialog):
    """Offers lines of text; goes away by itself when the terminal grows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p,enter",
            "plain",
            words.LINES_OF_TEXT,
            id="small.plain",
            tooltip=words.LINES_OF_TEXT_TIP,
        ),
        quit_key("small", show=True),
    ]

    def compose(self) -> ComposeResult:
        """One short text that fits anywhere."""
        yield Static(words.TOO_SMALL, id="small", markup=False)

    def action_plain(self) -> None:
        """Go on as lines of text, at the same place."""
        self.app.exit("plain")
