"""Plots that are given whole, one below the other: what an experiment found."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tutor.plot.figure import Plot
from tutor.plot.raster import Raster, render
from tutor.tui.widgets.plot_style import CLASSES, component
from tutor.tui.widgets.text import Glyphs

#: Rows that a plot needs to say something.
SMALLEST_PLOT = 7


class FigurePlot(Widget):
    """Shows as many plots as fit, from one of them on."""

    ALLOW_SELECT = False  # Curves are no text.
    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._plots: tuple[Plot, ...] = ()
        self._first = 0
        self._lines: list[tuple[Raster, int]] = []
        self._painted_at: Size | None = None

    def show(self, plots: tuple[Plot, ...]) -> None:
        """Show `plots`."""
        self._plots, self._first = plots, 0
        self._paint()

    @property
    def hides_some(self) -> bool:
        """Whether there are more plots than fit."""
        return self._fitting < len(self._plots)

    def turn_over(self) -> None:
        """Show the next plot, where they do not all fit."""
        if self.hides_some:
            self._first = (self._first + 1) % len(self._plots)
            self._paint()

    @property
    def _fitting(self) -> int:
        return max(1, self.size.height // SMALLEST_PLOT)

    def _paint(self) -> None:
        self._painted_at = None
        self.refresh()

    def _render_plots(self) -> None:
        self._painted_at, self._lines = self.size, []
        turned = (*self._plots[self._first :], *self._plots[: self._first])
        shown = (turned if self.hides_some else self._plots)[: self._fitting]
        for number, plot in enumerate(shown):
            height = self.size.height // len(shown) + (number < self.size.height % len(shown))
            raster = render(plot, self.size.width, height, self._glyphs.mode)
            self._lines += [(raster, row) for row in range(height)]

    def render_line(self, y: int) -> Strip:
        """Row `y` of the plots."""
        if self._painted_at != self.size:
            self._render_plots()
        plain = self.rich_style
        if y >= len(self._lines):
            return Strip.blank(self.size.width, plain)
        raster, row = self._lines[y]
        text, segments, place = raster.rows[row], [], 0
        for span in raster.spans[row]:
            segments.append(Segment(text[place : span.start], plain))
            style = self.get_component_rich_style(component(span.role))
            segments.append(Segment(text[span.start : span.end], style))
            place = span.end
        segments.append(Segment(text[place:], plain))
        return Strip(segments).adjust_cell_length(self.size.width, plain)
