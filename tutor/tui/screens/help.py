"""Texts over another screen: the keys, and the words of a phase."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from tutor.course.model import Term
from tutor.tui.keys import KeyLine, key_lines
from tutor.tui.screens.base import TutorDialog, close
from tutor.tui.widgets.text import Glyphs, stacked
from tutor.words import keys as words

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

#: Columns of the dialog's text, and of those the keys.
WIDTH, KEYS_WIDTH = 60, 19
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
    """The keys of a screen, as they are on this machine."""


def keys_of_screen(app: TutorApp) -> HelpScreen:
    """The keys of the screen on top: its own, those of what stands on it, those of the app."""
    screen = app.screen
    shown = [screen, *(widget for widget in screen.walk_children() if widget.display), app]
    parts = [app.glyphs.text(getattr(screen, "HELP", "") or words.KEYS_OF_SCREEN, "bold")]
    seen: set[str] = set(getattr(screen, "idle_keys", ()))
    for node in shown:
        found = {line.id: line for line in key_lines(type(node)) if line.id not in seen}
        seen |= {*found}
        lines = [*found.values()]
        title = words.PARTS.get(lines[0].group) if lines else None
        rows = [title] if title else []
        rows += [_row(line, app) for line in lines]
        parts.append(app.glyphs.text("\n".join(rows)))
    parts.append(app.glyphs.text(words.CLOSING, "$text-muted"))
    return HelpScreen(stacked(*parts))


def _row(line: KeyLine, app: TutorApp) -> str:
    """The keys in a column of their own, and what they do, wrapped beside them."""
    keys = line.shown(app.own_keys)
    width = max(KEYS_WIDTH + 20, min(WIDTH, app.size.width - 6))
    lead = f"  {keys:<{KEYS_WIDTH}}"
    wrapped = textwrap.wrap(
        line.meaning, width, initial_indent=lead, subsequent_indent=" " * len(lead)
    )
    return "\n".join(wrapped)


class GlossaryScreen(TextDialog):
    """The words of a phase and what they mean."""

    def __init__(self, glyphs: Glyphs, title: str, terms: Sequence[Term]) -> None:
        parts = [glyphs.text(words.GLOSSARY.format(title=title), "bold")]
        for term in terms:
            meaning = glyphs.text(f": {term.meaning}")
            parts.append(glyphs.text(term.term, "bold").append(meaning))
        super().__init__(stacked(*parts))
