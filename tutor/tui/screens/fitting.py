"""How an answer finds room on a low screen."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.events import Key

from tutor.session.asking import Asking
from tutor.tui.screens.answering import AnsweringScreen
from tutor.tui.widgets.run_plot import RunPlot

#: Rows that what is told may take from the text of a low screen.
TOLD_ROWS = 2


class FittingScreen(AnsweringScreen):
    """Brings what answers a question into sight when the question comes.

    Who lays it out has the question in `#text` and the run in `#run`, both in `#body`; a low
    screen has the class `-low`.
    """

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking)
        self._is_touched = False
        """Whether a key was pressed since the item came."""
        self._is_crowded = False
        """Whether the plot leaves no room for what answers the question on a low screen."""

    def make_room(self) -> None:
        """Where an answer is written or finds no room, a low screen has its plot give way."""
        crowded = self._is_crowded and self.focused is not self.query_one(RunPlot)
        self.query_one("#run").set_class(self._answers.is_written or crowded, "-aside")
        self.call_after_refresh(self._answers.keep_in_sight)

    def fit_anew(self) -> None:
        """Bring it into sight as if it had come just now."""
        self._is_touched = self._is_crowded = False
        self.make_room()
        self.fit_soon()

    def fit_soon(self) -> None:
        """Bring it into sight once it is laid out; what has just been mounted stands late."""
        self._answers.field.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Bring the first row of an answer into sight; after the next key the learner scrolls.

        On a low screen the plot gives way to what is picked from, but not to what is typed or
        marked on it; then the text is scrolled.
        """
        text, row = self.query_one("#text", VerticalScroll), self._answers.first_row
        waits = self._answers.display and not self._is_touched and not self._answers.has_typing
        if row is None or not waits:
            return
        below = text.scroll_offset.y + row.region.y + 1 - text.region.y
        room = text.size.height
        if self.has_class("-low"):
            if below > room - TOLD_ROWS and not self._answers.is_typed:
                self._is_crowded = True
                self.make_room()
            if self._is_crowded:
                room = self.query_one("#body").size.height
            room -= TOLD_ROWS
        if below > room:
            text.scroll_to(y=below - room, animate=False)

    def on_key(self, _event: Key) -> None:
        """From here on the learner says what is in sight."""
        self._is_touched = True
