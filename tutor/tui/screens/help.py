"""The keys, on a screen of their own."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Key
from textual.widgets import Static

from tutor.tui.screens.base import TutorDialog, close

_KEYS = """\
Everywhere
  Enter        go on, or commit the picked answer
  b            go back
  m, Escape    course map        q, Ctrl+C  quit; all kept
  Tab          text, choices, plot, knobs
  Ctrl+O       motion on or off    ?  these keys

Questions
  1-9, arrows  pick; nothing counts before Enter
  Space        pick, where several may be right
  typed        Enter commits, Ctrl+J new line, Escape leaves
  c            cursor on the plot; Enter marks its time
  h  hint      a  show the answer      s  skip

After the answer
  r  draw the next refutation, or none
  t  try again           Space  draw the trace again
  w  I wrote that point: kept beside the mark
  k  knobs: arrows turn and choose, 0 puts back
  v  curves in place of the voltage, if only one fits
  c  cursor: arrows move it (Shift: ten), Escape clears

Arrows scroll; any other key closes."""
#: Where the text is longer than the screen, these scroll it.
_SCROLL = ("up", "down", "pageup", "pagedown", "home", "end")


class HelpScreen(TutorDialog):
    """Closes with any key that does not scroll."""

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll(id="help"):
            yield Static(self.glyphs.text(_KEYS), markup=False)

    def on_key(self, event: Key) -> None:
        """Close, and keep the key from the screen below."""
        if event.key not in _SCROLL:
            event.stop()
            close(self)

    def on_click(self) -> None:
        """A click closes it too."""
        close(self)
