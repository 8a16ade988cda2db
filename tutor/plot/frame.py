"""The frame: what stands around the body of a plot (gutter, header, strips, x axis)."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.plot.axes import Layout, Tick
from tutor.plot.canvas import Canvas
from tutor.plot.figure import Band, Mode, Plot
from tutor.plot.ink import INKS
from tutor.plot.legend import GAP, Entry, beside, entries_of, wrapped
from tutor.plot.lettering import clean


def draw_frame(plot: Plot, layout: Layout, canvas: Canvas, mode: Mode) -> None:
    """Draw onto `canvas` everything but the body of `plot` and its y axis."""
    frame = _Frame(plot, layout, canvas, mode)
    frame.x_axis()
    frame.strips()
    if layout.top:
        frame.header()


def draw_y_axis(
    plot: Plot, layout: Layout, canvas: Canvas, mode: Mode, named: Sequence[float]
) -> None:
    """Draw the y axis of `plot` onto `canvas`; `named` are the values of levels with a name."""
    _Frame(plot, layout, canvas, mode).y_axis(named)


class _Frame:
    def __init__(self, plot: Plot, layout: Layout, canvas: Canvas, mode: Mode) -> None:
        self.plot = plot
        self.layout = layout
        self.canvas = canvas
        self.mode: Mode = mode
        self.ink = INKS[mode]

    def y_axis(self, named: Sequence[float]) -> None:
        """The line beside the body, with ticks; the unit takes the top row if it has no header."""
        layout = self.layout
        if not layout.gutter:
            return
        for row in range(layout.top, layout.bottom):
            self.canvas.write(row, layout.gutter - 1, self.ink.upright, "axis")
        begins = [curve.values[0] for curve in self.plot.series if curve.values]
        low, high = layout.y
        near = (high - low) / layout.rows / 4.0
        for tick in layout.y_ticks:
            row_of_tick = layout.row_of(tick.value)
            apart = [v for v in begins if abs(v - tick.value) > near]
            here = [v for v in (*named, *apart) if layout.row_of(v) == row_of_tick]
            # The row at an end of the axis lies all on one side of the tick: the named line on
            # it, or the curve at rest, would seem to lie at the tick.
            misleads = tick.value in layout.y and any(value != tick.value for value in here)
            if row_of_tick is not None and not misleads:
                row = layout.top + row_of_tick
                self.canvas.write(row, layout.gutter - 1, self.ink.y_tick, "axis")
                self._in_gutter(row, tick.label)
        unit = self._text(self.plot.y.unit)
        if not layout.top and len(unit) < layout.gutter:
            self._in_gutter(0, unit)

    def x_axis(self) -> None:
        """The line under the body, with ticks, and the row of labels under it."""
        layout, ink = self.layout, self.ink
        if layout.has_line:
            self.canvas.write(layout.bottom, layout.gutter, ink.flat * layout.columns, "axis")
            if layout.gutter:
                self.canvas.write(layout.bottom, layout.gutter - 1, ink.corner, "axis")
            for tick in layout.x_ticks:
                self.canvas.write(layout.bottom, self._under(tick), ink.x_tick, "axis")
        if layout.has_labels:
            self._x_labels(layout.bottom + layout.has_line)

    def _x_labels(self, row: int) -> None:
        """Labels under their ticks; the last one carries the unit and has the right of way."""
        layout, unit = self.layout, self._text(self.plot.x.unit)
        self._in_gutter(row, self._text(self.plot.x.title))
        *others, last = layout.x_ticks or (Tick(layout.x[1], ""),)
        closing = f"{last.label} {unit}".strip()
        closing_start = min(
            self._under(last) - len(last.label) // 2, self.canvas.width - len(closing)
        )
        free_from = layout.gutter
        for tick in others:
            start = max(self._under(tick) - len(tick.label) // 2, layout.gutter)
            if free_from <= start and start + len(tick.label) < closing_start:
                self.canvas.write(row, start, tick.label, "axis")
                free_from = start + len(tick.label) + 1
        if closing_start >= layout.gutter:
            self.canvas.write(row, closing_start, closing, "axis")

    def _under(self, tick: Tick) -> int:
        return self.layout.gutter + (self.layout.column_of(tick.value) or 0)

    def header(self) -> None:
        """The unit of the y axis above its labels, the title, and the names of the curves."""
        unit, title = self._text(self.plot.y.unit), self._text(self.plot.y.title)
        text = f"{unit.rjust(self.layout.gutter - 1)} {title}" if unit else title
        self.canvas.write(0, 0, text.rstrip(), "axis")

        entries = [(self._text(entry), role) for entry, role in entries_of(self.plot)]
        if not entries:
            return
        unit_end = max(self.layout.gutter, len(unit) + 1)
        room = self.canvas.width - unit_end
        first = 0 if self.layout.top == 1 or beside(self.plot, self.canvas.width) else 1
        rows = wrapped(entries, room)
        if len(rows) > self.layout.top - first:
            rows = [_cut(entries, room)]
        for row, of_row in enumerate(rows, first):
            self._legend_row(row, of_row, unit_end)

    def _legend_row(self, row: int, entries: list[Entry], unit_end: int) -> None:
        """Names at the right end of a row: before the title, but not before the unit."""
        column = self.canvas.width - sum(len(text) + GAP for text, _ in entries)
        self.canvas.write(row, max(column, unit_end), " " * self.canvas.width, "")
        for text, role in entries:
            self.canvas.write(row, column + GAP, text, role)
            column += len(text) + GAP

    def strips(self) -> None:
        """The rows of bands, with their titles in the gutter."""
        for index, strip in enumerate(self.plot.strips[: self.layout.strips]):
            row = self.layout.top + self.layout.rows + index
            self._in_gutter(row, self._text(strip.title))
            # The longest first: where cells are short, a brief band is not lost under others.
            for band in sorted(strip.bands, key=lambda band: band.start - band.end):
                columns = self._columns_of(band)
                if columns is not None:
                    start, end = columns
                    text = self._band_text(band, end - start)
                    self.canvas.write(row, self.layout.gutter + start, text, f"band:{band.role}")

    def _columns_of(self, band: Band) -> tuple[int, int] | None:
        """The first column of the band and the one after its last: at least one column."""
        (low, high), columns = self.layout.x, self.layout.columns
        if not (band.start < band.end and band.start < high and band.end > low):
            return None
        per_unit = columns / (high - low)
        start = round((max(band.start, low) - low) * per_unit)
        end = round((min(band.end, high) - low) * per_unit)
        start = min(start, columns - 1)
        return start, max(start + 1, end)

    def _band_text(self, band: Band, width: int) -> str:
        """The fill with the label in its middle: the label, its first word, or a letter."""
        fill = self.ink.patterns[band.pattern % len(self.ink.patterns)]
        label = self._text(band.label)
        if label and len(label) + 4 <= width:
            label = f" {label} "
        elif len(label) > width:
            first = label.split()[0]
            label = first if len(first) <= width else self._text(band.letter)[:width]
        left = (width - len(label)) // 2
        return fill * left + label + fill * (width - left - len(label))

    def _in_gutter(self, row: int, text: str) -> None:
        room = self.layout.gutter - 1
        if text and room > 0:
            self.canvas.write(row, 0, text[:room].rjust(room), "axis")

    def _text(self, text: str) -> str:
        return clean(text, self.mode)


def _cut(entries: list[Entry], room: int) -> list[Entry]:
    """The entries shortened alike, so that all of them have a place in one row."""
    share = max(0, room // len(entries) - GAP)
    return [(text[:share], role) for text, role in entries]
