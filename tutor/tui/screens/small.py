"""What is shown while the terminal is too small."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.tui.screens.base import TutorDialog


class SmallScreen(TutorDialog):
    """Offers lines of text; goes away by itself when the terminal grows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p,enter",
            "plain",
            "Lines of text",
            id="small.plain",
            tooltip="go on as lines of text",
        ),
        Binding("q", "app.leave", "Quit", id="small.quit", tooltip="quit"),
    ]

    def compose(self) -> ComposeResult:
        """One short text that fits anywhere."""
        yield Static(
            "Too small: the app needs 60 x 16. Enlarge it, or press p for lines of text, "
            "q to quit.",
            id="small",
            markup=False,
        )

    def action_plain(self) -> None:
        """Go on as lines of text, at the same place."""
        self.app.exit("plain")
