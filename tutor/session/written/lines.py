"""Lines of text: wrapped, spelt for their reader, with plots of characters between them."""

from __future__ import annotations

import textwrap
from collections import deque
from typing import TextIO

from tutor.course.prose import blocks
from tutor.course.text import pretty_unit
from tutor.plot.describe_run import describe_run, readings
from tutor.plot.figure import Mode, Picture
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.panes import Pane, pane_picture, pane_sentence, panes_of
from tutor.session.picture import voltage_plot
from tutor.session.terminal import shown_in
from tutor.words import written as words

#: That of a terminal with 80 columns, and room to quote it in a mail.
WIDTH = 78
PLOT_HEIGHT = 16
#: Enough for a run of which only the beginning may be seen.
HIDDEN_HEIGHT = 8
#: Of a pane without a share of the height; one that takes half of it has half as many more.
PANE_HEIGHT = 8


class Lines:
    """Writes to a stream.

    Attributes:
        plots: Whether runs are drawn; they are always said in a sentence.
        pane: What was drawn last below the voltage; None where nothing was.
    """

    def __init__(self, writer: TextIO, letters: Mode, plot_mode: Mode, plots: bool) -> None:
        """Take the stream.

        Args:
            writer: Where lines go.
            letters: The mode that text is spelt for.
            plot_mode: How runs are drawn.
            plots: Whether they are drawn at all.
        """
        self._writer = writer
        self._drawn: tuple[DrawnRun, ...] = ()
        self._panes: deque[Pane] = deque()
        self.pane: Pane | None = None
        self.look(letters, plot_mode, plots)

    def look(self, letters: Mode, plot_mode: Mode, plots: bool) -> None:
        """Spell and draw otherwise from now on."""
        self._letters: Mode = letters
        self._plot_mode: Mode = plot_mode
        self.plots = plots

    @property
    def encodes_all(self) -> bool:
        """Whether what is written may hold more than plain characters."""
        return "utf" in (self._writer.encoding or "utf-8").lower()

    @property
    def letters(self) -> Mode:
        """The mode that text is spelt for."""
        return self._letters

    @property
    def plot_mode(self) -> Mode:
        """How runs are drawn."""
        return self._plot_mode

    @property
    def width(self) -> int:
        """Columns to fill."""
        return WIDTH

    def say(self, text: str = "", indent: int = 0, hanging: int = 0) -> None:
        """Print `text` wrapped, with later lines `hanging` columns further in."""
        lines = textwrap.wrap(
            shown_in(self._letters, text),
            self.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_on_hyphens=False,
        )
        self._write("\n".join(lines))

    def heading(self, text: str) -> None:
        """Print a title line with room before it."""
        self._write("")
        self.say(text)
        self._write("-" * min(self.width, max(8, len(text))))

    def prose(self, markdown: str) -> None:
        """Print Markdown as paragraphs and list items."""
        for block in blocks(markdown):
            if block.marker:
                self.say(f"{block.marker} {block.text}", hanging=len(block.marker) + 1)
            else:
                self.say(block.text)

    def choices(self, texts: list[str]) -> None:
        """Print numbered lines."""
        for number, text in enumerate(texts, 1):
            self.say(f"{number}) {text}", indent=2, hanging=3)

    def plot(self, drawn: tuple[DrawnRun, ...], curves: tuple[str, ...] = ()) -> None:
        """Draw `drawn` where plots are wanted, and say each run that has not been said before."""
        top = drawn[-1]
        self._drawn, self._panes, self.pane = drawn, deque(panes_of(drawn, curves)), None
        if self.plots:
            height = PLOT_HEIGHT if top.until_ms is None else HIDDEN_HEIGHT
            self._raster(voltage_plot(drawn), height)
        for shown in drawn:
            beside = shown is not top and shown.role in ("spine", "before")
            if shown.until_ms is None and not beside:
                lead = f"{shown.label}: " if len(drawn) > 1 else ""
                # Before the answer the curve is read out, as a sentence would give the key away.
                said = pretty_unit((describe_run if shown.names_stages else readings)(shown.run))
                self.say(f"{lead}{said}"[:1].upper() + f"{lead}{said}"[1:])
        if curves and self._panes:
            self.next_pane()

    def next_pane(self) -> None:
        """Draw and say the next pane of the run that was drawn last; after the last the first."""
        if not self._panes:
            self.say(words.NOTHING_MORE_TO_SEE)
            return
        self.show_pane(self._panes[0])
        self._panes.rotate(-1)

    def show_pane(self, pane: Pane) -> None:
        """Draw and say a pane of the run that was drawn last."""
        self.pane = pane
        self.picture(pane_picture(pane, self._drawn), round(PANE_HEIGHT * (1.0 + pane.share)))
        top = self._drawn[-1]
        # As with the voltage: what is told of another run than the question's own says so.
        leads = [top.label] if top.role == "refutation" else []
        leads += [pane.title] if pane.title else []
        lead = "".join(f"{part[:1].upper()}{part[1:]}: " for part in leads)
        self.say(f"{lead}{pretty_unit(pane_sentence(pane, self._drawn))}")

    def picture(self, plot: Picture, height: int) -> None:
        """Draw `plot` where plots are wanted."""
        if self.plots:
            self._raster(plot, height)

    def _raster(self, plot: Picture, height: int) -> None:
        for row in render(plot, self.width, height, self._plot_mode).rows:
            self._write(row.rstrip())

    def _write(self, text: str) -> None:
        self._writer.write(text + "\n")
        self._writer.flush()
