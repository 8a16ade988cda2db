"""Which of the missed points a learner holds to have written."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.session.views import VerdictView
from tutor.tui.leaving import Leaving
from tutor.tui.screens.base import close
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.text import Glyphs
from tutor.words import lesson_screen as words


class ClaimScreen(Leaving, ModalScreen[str]):
    """The missed points over the verdict; gives the id of the one that is claimed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,w", "leave", words.NO_CLAIM, id="claim.leave", tooltip=words.NO_CLAIM_TIP),
    ]

    def __init__(self, glyphs: Glyphs, view: VerdictView) -> None:
        super().__init__(classes="dialog")
        self._glyphs = glyphs
        points = view.verdict.points if view.verdict else ()
        self._points = [point for point in points if point.id in view.claimable]

    def compose(self) -> ComposeResult:
        """The question and the points."""
        with VerticalScroll(id="help", can_focus=False):
            yield Static(self._glyphs.text(words.WHICH_CLAIM, "bold"), markup=False)
            yield Choices(self._glyphs, rows=len(self._points))
            yield Static(self._glyphs.text(words.HOW_TO_CLAIM, "$text-muted"))

    def on_mount(self) -> None:
        """Offer the points."""
        choices = self.query_one(Choices)
        choices.offer([self._glyphs.text(point.text) for point in self._points], cursor=0)
        choices.focus()

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Claim the point."""
        close(self, self._points[message.indices[0]].id)

    def action_leave(self) -> None:
        """Claim nothing."""
        close(self)
