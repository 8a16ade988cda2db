"""Texts over another screen: the keys, and the words of a phase."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from tutor.course.model import Term
from tutor.tui.screens.base import TutorDialog, close
from tutor.tui.widgets.text import Glyphs, stacked

_KEYS = """\
Everywhere
  Enter        go on, or commit the picked answer
  b            go back
  m, Escape    course map        q, Ctrl+C  quit; all kept
  g            the words of the phase
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


class TextDialog(TutorDialog):
    """A text over another screen. Closes with any key that does not scroll."""

    def __init__(self, text: Content) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll(id="help"):
            yield Static(self._text, markup=False)

    def on_key(self, event: Key) -> None:
        """Close, and keep the key from the screen below."""
        if event.key not in _SCROLL:
            event.stop()
            close(self)

    def on_click(self) -> None:
        """A click closes it too."""
        close(self)


class HelpScreen(TextDialog):
    """The keys."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(glyphs.text(_KEYS))


class GlossaryScreen(TextDialog):
    """The words of a phase and what they mean."""

    def __init__(self, glyphs: Glyphs, title: str, terms: Sequence[Term]) -> None:
        parts = [glyphs.text(f"Words of {title}", "bold")]
        for term in terms:
            meaning = glyphs.text(f": {term.meaning}")
            parts.append(glyphs.text(term.term, "bold").append(meaning))
        super().__init__(stacked(*parts))
