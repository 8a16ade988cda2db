"""The spine: the whole event as a bare curve, with stretches of it lit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

import msgspec
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tutor.course.scenario import MeasuredRun
from tutor.plot.figure import Plot
from tutor.plot.raster import Raster, render
from tutor.session.picture import strip_plot
from tutor.tui.widgets.text import Glyphs


class Lit(msgspec.Struct, frozen=True):
    """A stretch of the spine in a style, with a mark in the row below the curve.

    `mastered` is the share of it, from its start, that looks mastered.
    """

    start_ms: float
    end_ms: float
    look: str
    mark: str = ""
    mastered: float = 0.0


class SpineStrip(Widget):
    """The spine's curve. Later stretches lie over earlier ones."""

    ALLOW_SELECT = False  # A curve is no text.
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "spine--plain",
        "spine--here",
        "spine--new",
        "spine--begun",
        "spine--mastered",
        "spine--mark",
    }

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._plot: Plot | None = None
        self._lit: Sequence[Lit] = ()
        self._raster: Raster | None = None
        self._drawn_size = (0, 0)

    def show(self, spine: MeasuredRun, lit: Sequence[Lit]) -> None:
        """Show the spine with `lit` stretches."""
        self._plot = strip_plot(spine)
        self._lit = lit
        self._raster = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Row `y` of the curve; the last row of a tall strip holds the marks."""
        width, height = self.size
        if self._plot is None or not width:
            return Strip.blank(width, self.rich_style)
        marked = any(lit.mark for lit in self._lit)
        rows = height - marked
        if y >= rows:
            return Strip(self._marks(width)).adjust_cell_length(width, self.rich_style)
        looks = self._looks(width)
        row = self._rows(width, rows)[y]
        stretches = groupby(zip(looks, row, strict=True), key=itemgetter(0))
        return Strip(
            [
                Segment(
                    "".join(cell for _, cell in cells),
                    self.get_component_rich_style(f"spine--{look}"),
                )
                for look, cells in stretches
            ]
        )

    def _rows(self, width: int, height: int) -> tuple[str, ...]:
        """The curve in this size; drawn anew only when the size changes."""
        if self._raster is None or self._drawn_size != (width, height):
            assert self._plot is not None
            self._raster = render(self._plot, width, height, self._glyphs.mode)
            self._drawn_size = (width, height)
        return self._raster.rows

    def _columns(self, lit: Lit, width: int) -> range:
        assert self._plot is not None
        per_ms = width / (self._plot.x.high - self._plot.x.low)
        first = int(lit.start_ms * per_ms)
        return range(min(first, width - 1), min(width, max(first + 1, int(lit.end_ms * per_ms))))

    def _looks(self, width: int) -> list[str]:
        looks = ["plain"] * width
        for lit in self._lit:
            columns = self._columns(lit, width)
            full = int(lit.mastered * len(columns))
            for column in columns:
                looks[column] = "mastered" if column < columns.start + full else lit.look
        return looks

    def _marks(self, width: int) -> list[Segment]:
        """Each mark in the middle of its stretch."""
        cells = [" "] * width
        for lit in self._lit:
            columns = self._columns(lit, width)
            middle = columns[len(columns) // 2]
            for offset, character in enumerate(lit.mark):
                if middle + offset < width:
                    cells[middle + offset] = character
        return [Segment("".join(cells), self.get_component_rich_style("spine--mark"))]
