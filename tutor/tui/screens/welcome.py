"""The very first question: which drawing looks right in this terminal?"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.plot.figure import Mode
from tutor.plot.raster import render
from tutor.session.picture import strip_plot
from tutor.session.terminal import MODES, default_mode
from tutor.tui.bindings import ALL_KEYS
from tutor.tui.leaving import Leaving
from tutor.tui.screens.base import close
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.text import Glyphs
from tutor.words import common
from tutor.words import start as words

CURVE_WIDTH = 48


class WelcomeScreen(Leaving, Screen[Mode]):
    """Shows the curve in each mode; the learner's pick is kept for this machine."""

    BINDINGS: ClassVar[list[BindingType]] = [ALL_KEYS]

    def __init__(self, files: CourseFolder) -> None:
        super().__init__()
        self._files = files
        self._pointed = MODES.index(default_mode())

    def compose(self) -> ComposeResult:
        """A line to ask, and the curve three times."""
        glyphs = Glyphs("ascii")
        yield Static(words.WHICH_CURVE, id="title", markup=False)
        yield Static(words.DOTS_ARE_BEST, id="next", markup=False)
        yield Choices(glyphs, id="curves")
        yield KeyBar(glyphs)

    def on_mount(self) -> None:
        """Draw the curves."""
        self._draw()
        self.query_one(Choices).focus()

    def on_resize(self) -> None:
        """Make them as tall as the terminal allows."""
        self._draw()

    def _draw(self) -> None:
        height = max(3, min(6, (self.app.size.height - 4) // 3 - 1))
        plot = strip_plot(self._files.spine)
        texts = []
        for mode in MODES:
            rows = render(plot, CURVE_WIDTH, height, mode).rows
            name = common.MODES[mode]
            texts.append(Content("\n".join([name, *(f"  {row.rstrip()}" for row in rows)])))
        self.query_one(Choices).offer(texts, cursor=self._pointed)

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Keep what is picked when the terminal changes its size."""
        self._pointed = message.index

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Give back the mode."""
        close(self, MODES[message.indices[0]])
