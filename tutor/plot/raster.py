"""The rasteriser: a plot as rows of text, drawn in braille, half blocks or ASCII alone."""

from __future__ import annotations

import math
from typing import NamedTuple

from tutor.plot.axes import (
    Layout,
    Tick,
    cell_to_data,
    data_to_cell,
    layout_of,
    level_text,
    nice_range,
)
from tutor.plot.canvas import Canvas, Raster, Room, Span
from tutor.plot.curve import Dots, Touch, samples_of, touched_cells
from tutor.plot.figure import Axis, Band, Level, Mode, Plot, Series, Strip
from tutor.plot.lettering import clean

__all__ = [
    "Axis",
    "Band",
    "Level",
    "Mode",
    "Plot",
    "Raster",
    "Series",
    "Span",
    "Strip",
    "cell_to_data",
    "data_to_cell",
    "nice_range",
    "render",
]


class _Ink(NamedTuple):
    """The characters of a mode. `shapes[bits]` shows a cell's dots; without it a glyph does."""

    dots: Dots
    shapes: str
    level: str
    cursor: str
    cursor_foot: str
    mark: str
    upright: str
    y_tick: str
    flat: str
    x_tick: str
    corner: str
    patterns: str


_BRAILLE = _Ink(
    dots=Dots(((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))),
    shapes="".join(map(chr, range(0x2800, 0x2900))),
    level="┄",
    cursor="│",
    cursor_foot="▲",
    mark="●",
    upright="│",
    y_tick="┤",
    flat="─",
    x_tick="┬",
    corner="└",
    patterns="·─╱╲░═▒▓",
)
_INKS: dict[Mode, _Ink] = {
    "braille": _BRAILLE,
    "half-block": _BRAILLE._replace(dots=Dots(((1, 2),)), shapes=" ▀▄█"),
    "ascii": _Ink(
        dots=Dots(((1,),)),
        shapes="",
        level="- ",
        cursor="|",
        cursor_foot="^",
        mark="X",
        upright="|",
        y_tick="+",
        flat="-",
        x_tick="+",
        corner="+",
        patterns=".-/\\_=:~",
    ),
}


def render(plot: Plot, width: int, height: int, mode: Mode) -> Raster:
    """Draw `plot` into `height` rows of `width` cells.

    A size too small for a plot gives blank rows. In ascii mode every character is one of 32
    to 126.
    """
    canvas = Canvas(width, height)
    layout = layout_of(plot, width, height)
    if layout is not None:
        drawing = _Drawing(plot, layout, canvas, mode)
        drawing.axes()
        drawing.header()
        drawing.strips()
        drawing.body()
    return canvas.raster()


class _Drawing:
    """One rendering under way."""

    def __init__(self, plot: Plot, layout: Layout, canvas: Canvas, mode: Mode) -> None:
        self.plot = plot
        self.layout = layout
        self.canvas = canvas
        self.mode: Mode = mode
        self.ink = _INKS[mode]
        self.room = Room(layout.rows, layout.columns)
        self.glyphs = [clean(series.glyph, mode)[:1] or "*" for series in plot.series]

    # ---- around the body

    def axes(self) -> None:
        """The gutter with its ticks, the line of the x axis and the row of x labels."""
        layout, canvas, ink = self.layout, self.canvas, self.ink
        bottom = layout.top + layout.rows + layout.strips
        if layout.gutter:
            for row in range(layout.top, bottom):
                canvas.write(row, layout.gutter - 1, ink.upright, "axis")
            self._y_labels()
        if layout.has_line:
            canvas.write(bottom, layout.gutter, ink.flat * layout.columns, "axis")
            if layout.gutter:
                canvas.write(bottom, layout.gutter - 1, ink.corner, "axis")
            for tick in layout.x_ticks:
                column = layout.column_of(tick.value)
                if column is not None:
                    canvas.write(bottom, layout.gutter + column, ink.x_tick, "axis")
        if layout.has_labels:
            self._x_labels(bottom + layout.has_line)

    def _y_labels(self) -> None:
        layout = self.layout
        for tick in layout.y_ticks:
            row = layout.row_of(tick.value)
            if row is not None:
                self.canvas.write(layout.top + row, layout.gutter - 1, self.ink.y_tick, "axis")
                self._in_gutter(layout.top + row, tick.label)
        if not layout.top and len(self._text(self.plot.y.unit)) < layout.gutter:
            self._in_gutter(0, self._text(self.plot.y.unit))

    def _in_gutter(self, row: int, text: str) -> None:
        room = self.layout.gutter - 1
        if text and room > 0:
            self.canvas.write(row, 0, text[:room].rjust(room), "axis")

    def _x_labels(self, row: int) -> None:
        layout, unit = self.layout, self._text(self.plot.x.unit)
        self._in_gutter(row, self._text(self.plot.x.title))
        free_from, end = layout.gutter, layout.gutter + layout.columns
        last = layout.x_ticks[-1] if layout.x_ticks else Tick(layout.x[1], "")
        suffix = f" {unit}" if unit and last.label else unit
        last_start = min(self._start_under(last), end - len(last.label) - len(suffix))
        for tick in layout.x_ticks[:-1]:
            start = max(self._start_under(tick), layout.gutter)
            if free_from <= start and start + len(tick.label) < last_start:
                self.canvas.write(row, start, tick.label, "axis")
                free_from = start + len(tick.label) + 1
        if last_start >= layout.gutter:
            self.canvas.write(row, last_start, last.label + suffix, "axis")

    def _start_under(self, tick: Tick) -> int:
        column = self.layout.column_of(tick.value) or 0
        return self.layout.gutter + column - len(tick.label) // 2

    def header(self) -> None:
        """The unit of the y axis above its labels, the title, and the legend at the right."""
        if not self.layout.top:
            return
        unit, title = self._text(self.plot.y.unit), self._text(self.plot.y.title)
        left = unit.rjust(self.layout.gutter - 1)
        left = f"{left} {title}" if title and unit else left + title
        self.canvas.write(0, 0, left[: self.canvas.width], "axis")
        entries = [
            (f"{glyph} {self._text(series.label)}", series.role)
            for glyph, series in zip(self.glyphs, self.plot.series, strict=True)
            if self.plot.legend and series.label
        ]
        while entries and sum(len(text) + 3 for text, _ in entries) > self.canvas.width:
            entries.pop()
        length = sum(len(text) + 3 for text, _ in entries)
        column = self.canvas.width - length
        if entries and column < len(left):
            self.canvas.write(0, max(column, len(unit)), " " * length, "")
        for text, role in entries:
            self.canvas.write(0, column + 3, text, role)
            column += len(text) + 3

    def strips(self) -> None:
        """The rows of bands."""
        for index, strip in enumerate(self.plot.strips[: self.layout.strips]):
            row = self.layout.top + self.layout.rows + index
            self._in_gutter(row, self._text(strip.title))
            placed = [(self._columns_of(band), band) for band in strip.bands]
            # A band too short to own a cell is drawn last, so that it is not lost.
            for (start, end, _), band in sorted(placed, key=lambda item: item[0][2]):
                text = self._band_text(band, end - start)
                self.canvas.write(row, self.layout.gutter + start, text, f"band:{band.role}")

    def _columns_of(self, band: Band) -> tuple[int, int, bool]:
        """First column of the band, the one after its last, and whether it was too short."""
        low, high = self.layout.x
        columns = self.layout.columns
        if not (band.start < band.end and band.start < high and band.end > low):
            return 0, 0, False
        per_unit = columns / (high - low)
        start = round((max(band.start, low) - low) * per_unit)
        end = round((min(band.end, high) - low) * per_unit)
        if start < end:
            return start, end, False
        start = min(start, columns - 1)
        return start, start + 1, True

    def _band_text(self, band: Band, width: int) -> str:
        """The fill with the label in its middle; the fill shows on both sides of it."""
        fill = self.ink.patterns[band.pattern % len(self.ink.patterns)]
        label = self._text(band.label)
        if len(label) + 4 <= width:
            label = f" {label} " if label else ""
        elif width > 2:
            label = label[: width - 2].strip()
        else:
            label = label[: width - 1]
        return label.center(width, "\0").replace("\0", fill)

    # ---- the body

    def body(self) -> None:
        """Level lines, cursor, curves, and the labels that go between them."""
        layout = self.layout
        touched = self._touched_cells()
        level_rows = self._level_lines()
        self._cursor()
        for series, glyph, (_, drawn) in zip(self.plot.series, self.glyphs, touched, strict=True):
            self._curve(series, glyph, drawn)
        # Labels keep clear of the whole curve, also of what is not drawn yet: they must not
        # jump while the trace draws itself.
        for whole, _ in touched:
            self.room.add_curve((touch.row, touch.column) for touch in whole)
        spots = [
            (column, row, text)
            for x, y, text in self.plot.marks
            if (column := layout.column_of(x)) is not None and (row := layout.row_of(y)) is not None
        ]
        for column, row, _ in spots:
            self.room.take(row, column, 1)
        self._level_labels(level_rows)
        if self.plot.legend and self.ink.shapes:
            self._name_curves([whole for whole, _ in touched])
        for column, row, text in spots:
            self._mark(column, row, self._text(text))

    def _touched_cells(self) -> list[tuple[list[Touch], list[Touch]]]:
        """For each series the cells of the whole curve and of what is drawn of it."""
        until, dots = self.plot.drawn_until, self.ink.dots
        touched = []
        for series in self.plot.series:
            samples = samples_of(series)
            whole = drawn = touched_cells(samples, self.layout, dots)
            if until is not None and not math.isnan(until):
                drawn = touched_cells(samples.until(until), self.layout, dots)
            touched.append((whole, drawn))
        return touched

    def _level_lines(self) -> list[int | None]:
        """Draw the dashed lines; gives the body row of each level."""
        layout = self.layout
        line = (self.ink.level * layout.columns)[: layout.columns]
        rows = [layout.row_of(level.value) for level in self.plot.levels]
        # The most important level is drawn last and so owns a row that several share.
        for level, row in reversed(list(zip(self.plot.levels, rows, strict=True))):
            if row is not None:
                self.canvas.write(layout.top + row, layout.gutter, line, level.role)
        return rows

    def _cursor(self) -> None:
        layout, cursor = self.layout, self.plot.cursor
        column = None if cursor is None else layout.column_of(cursor)
        if column is None:
            return
        for row in range(layout.top, layout.top + layout.rows):
            self.canvas.write(row, layout.gutter + column, self.ink.cursor, "cursor")
        if layout.has_line:
            foot = layout.top + layout.rows + layout.strips
            self.canvas.write(foot, layout.gutter + column, self.ink.cursor_foot, "cursor")

    def _curve(self, series: Series, glyph: str, touched: list[Touch]) -> None:
        characters, roles, shapes = self.canvas.characters, self.canvas.roles, self.ink.shapes
        top, left, role = self.layout.top, self.layout.gutter, series.role
        if not shapes:
            for row, column, _ in touched:
                characters[top + row][left + column] = glyph
                roles[top + row][left + column] = role
            return
        for row, column, bits in touched:
            line, place = characters[top + row], left + column
            # Dots of an earlier curve in the cell stay; anything else gives way.
            before = shapes.find(line[place])
            line[place] = shapes[(before if before > 0 else 0) | bits]
            roles[top + row][place] = role

    def _level_labels(self, level_rows: list[int | None]) -> None:
        layout = self.layout
        for level, row in zip(self.plot.levels, level_rows, strict=True):
            label = self._text(level.label)
            if row is None or not label:
                continue
            text = f" {label} {level_text(level.value, layout.y)}"
            right = layout.columns - len(text)
            # Next to another level's line the label would name the wrong one.
            near = [r for r in (row - 1, row + 1) if r not in level_rows]
            places = [(r, column) for r in (row, *near) for column in (right, 0)]
            place = self.room.place(len(text), places)
            if place is not None:
                self.canvas.write(
                    layout.top + place[0], layout.gutter + place[1], text, level.role
                )

    def _name_curves(self, curves: list[list[Touch]]) -> None:
        """Stamp each curve's glyph on it where it is farthest from the others.

        Dots cannot show which curve they are of, and colour alone must not.
        """
        if len(curves) < 2:
            return
        rows_in = [{touch.column: touch.row for touch in reversed(curve)} for curve in curves]
        for index, (series, own) in enumerate(zip(self.plot.series, rows_in, strict=True)):
            others = [rows for place, rows in enumerate(rows_in) if place != index]

            def distance(column: int, own: dict[int, int] = own, others: list[dict[int, int]] = others) -> int:
                far = self.layout.rows
                return min(abs(rows.get(column, far * 2) - own[column]) for rows in others)

            column = max(sorted(own), key=distance, default=None)
            if column is None or not distance(column):
                continue
            row = own[column]
            if self.canvas.roles[self.layout.top + row][self.layout.gutter + column] == series.role:
                self.canvas.write(
                    self.layout.top + row, self.layout.gutter + column, self.glyphs[index], series.role
                )

    def _mark(self, column: int, row: int, text: str) -> None:
        layout = self.layout
        if text:
            right, left = column + 2, column - 1 - len(text)
            places = [(r, c) for r in (row, row - 1, row + 1) for c in (right, left)]
            place = self.room.place(len(text), places)
            if place is not None:
                self.canvas.write(layout.top + place[0], layout.gutter + place[1], text, "mark")
        self.canvas.write(layout.top + row, layout.gutter + column, self.ink.mark, "mark")

    def _text(self, text: str) -> str:
        return clean(text, self.mode)
