"""The keys, on a screen of their own."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.tui.screens.base import TutorDialog

_KEYS = """\
Everywhere
  Enter        go on, or commit the picked answer
  b            go back
  m, Escape    course map          q, Ctrl+Q  quit; all is kept
  Tab          text, choices, plot, knobs
  Ctrl+O       motion on or off    ?  these keys

Questions
  1-9, arrows  pick; nothing counts before Enter
  Space        pick, where several may be right
  h  hint      a  show the answer      s  skip

After the answer
  r  draw the next refutation, or none
  t  try again           Space  draw the trace again
  k  knobs: arrows turn and choose, 0 puts back
  v  curves in place of the voltage, where both do not fit
  c  cursor: arrows move it, Shift for ten, Escape clears it

Press any key to close."""


class HelpScreen(TutorDialog):
    """Closes with any key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll(id="help"):
            yield Static(self.glyphs.text(_KEYS), markup=False)

    def on_key(self) -> None:
        """Any key closes it."""
        self.dismiss()

    def on_click(self) -> None:
        """So does a click."""
        self.dismiss()
