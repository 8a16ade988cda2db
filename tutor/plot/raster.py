"""The rasteriser: a plot as rows of text, drawn in braille, half blocks or ASCII alone."""

from __future__ import annotations

import math

from tutor.plot.axes import (
    Layout,
    cell_to_data,
    data_to_cell,
    layout_of,
    level_text,
    nice_range,
)
from tutor.plot.bars import render_bars
from tutor.plot.canvas import Canvas, Raster, Span
from tutor.plot.curve import Touch, samples_of, touched_cells
from tutor.plot.figure import Axis, Band, Bars, Level, Mode, Picture, Plot, Series, Strip
from tutor.plot.frame import draw_frame, draw_y_axis
from tutor.plot.ink import INKS
from tutor.plot.labels import Room, loneliest_cells
from tutor.plot.lettering import clean
from tutor.plot.shades import draw_areas, draw_heat

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


def render(plot: Picture, width: int, height: int, mode: Mode) -> Raster:
    """Draw `plot`, curves or bars, into `height` rows of `width` cells.

    A size too small for a plot gives blank rows. In ascii mode every character is one of 32
    to 126. The roles of the spans are those of series and levels, "band:" with the role of a
    band, "axis", "cursor" and "mark".
    """
    if isinstance(plot, Bars):
        return render_bars(plot, width, height, mode)
    canvas = Canvas(width, height)
    layout = layout_of(plot, width, height)
    if layout is not None:
        draw_frame(plot, layout, canvas, mode)
        named = _Body(plot, layout, canvas, mode).draw()
        draw_y_axis(plot, layout, canvas, mode, named)
    return canvas.raster()


#: Rows of the body from which on a label may stand beside its line.
_ROWS_FOR_BESIDE = 8


class _Body:
    """The curves, and what stands between them; rows and columns count within the body."""

    def __init__(self, plot: Plot, layout: Layout, canvas: Canvas, mode: Mode) -> None:
        self.plot = plot
        self.layout = layout
        self.canvas = canvas
        self.mode: Mode = mode
        self.ink = INKS[mode]
        self.whole, self.drawn = self._touched_cells()
        # Labels keep clear of the whole curve, also of what is not drawn yet: they must not
        # jump while a trace draws itself.
        self.room = Room(layout.rows, layout.columns, self.whole)

    def draw(self) -> list[float]:
        """Draw in the order in which things may cover each other; gives the levels it named."""
        draw_areas(self.plot, self.layout, self.canvas, self.mode)
        level_rows = self._level_lines()
        if self.plot.heat is not None:
            draw_heat(self.plot, self.plot.heat, self.layout, self.canvas, self.mode)
        self._cursor()
        for series, cells in zip(self.plot.series, self.drawn, strict=True):
            self._curve(series, cells)
        spots = self._spots()
        for row, column, _ in spots:
            self.room.take(row, column, 1)
        named = self._level_labels(level_rows)
        if self.plot.legend and self.ink.shapes and len(self.plot.series) > 1:
            self._curve_glyphs()
        for row, column, text in spots:
            self._mark(row, column, text)
        return named

    def _touched_cells(self) -> tuple[list[list[Touch]], list[list[Touch]]]:
        """For each series the cells of the whole curve, and of what is drawn of it."""
        until, dots = self.plot.drawn_until, self.ink.dots
        samples = [samples_of(series) for series in self.plot.series]
        whole = [touched_cells(s, self.layout, dots) for s in samples]
        if until is None or math.isnan(until):
            return whole, whole
        return whole, [touched_cells(s.until(until), self.layout, dots) for s in samples]

    def _spots(self) -> list[tuple[int, int, str]]:
        """Row, column and text of the marks that lie within the body."""
        spots = []
        for x, y, text in self.plot.marks:
            row, column = self.layout.row_of(y), self.layout.column_of(x)
            if row is not None and column is not None:
                spots.append((row, column, clean(text, self.mode)))
        return spots

    def _level_lines(self) -> list[int | None]:
        """Draw the dashed lines; gives the row of each level."""
        columns = self.layout.columns
        line = (self.ink.level * columns)[:columns]
        rows = [self.layout.row_of(level.value) for level in self.plot.levels]
        # The most important level comes last, and so owns a row that several share.
        for level, row in reversed(list(zip(self.plot.levels, rows, strict=True))):
            if row is not None:
                self._write(row, 0, line, level.role)
        return rows

    def _cursor(self) -> None:
        if self.plot.cursor is None:
            return
        column = self.layout.column_of(self.plot.cursor)
        if column is None:
            return
        for row in range(self.layout.rows):
            self._write(row, column, self.ink.cursor, "cursor")
        if self.layout.has_line:
            foot = self.layout.rows + self.layout.strips
            self._write(foot, column, self.ink.cursor_foot, "cursor")

    def _curve(self, series: Series, touched: list[Touch]) -> None:
        layout, shapes, role = self.layout, self.ink.shapes, series.role
        characters = self.canvas.characters[layout.top :]
        roles = self.canvas.roles[layout.top :]
        glyph = self._glyph(series)
        for row, column, bits in touched:
            place = layout.gutter + column
            if shapes:
                # Dots of an earlier curve in the cell stay; a line behind it gives way (-1).
                before = max(0, shapes.find(characters[row][place]))
                characters[row][place] = shapes[before | bits]
            else:
                characters[row][place] = glyph
            roles[row][place] = role

    def _level_labels(self, level_rows: list[int | None]) -> list[float]:
        """Name each level on its line, at the right end, the left or within; else beside it.

        Gives the values of those that have been named.

        A label beside its line points at it. One that would hide a curve or another label, or
        stand on a row that a more important level has named, is left out.
        """
        taken: set[int] = set()
        named = []
        for level, row in zip(self.plot.levels, level_rows, strict=True):
            name = clean(level.label, self.mode)
            if row is None or not name or row in taken:
                continue
            taken.add(row)
            name = f"{name} {level_text(level.value, self.layout.y)}"
            if self._on_line(name, row, level.role) or self._beside(
                name, row, level_rows, level.role
            ):
                named.append(level.value)
        return named

    def _on_line(self, name: str, row: int, role: str) -> bool:
        right = self.layout.columns - len(name) - 1
        text = f" {name} "
        place = self.room.place(len(name) + 1, [(row, right), (row, 0)], most_hidden=0)
        if place is not None:
            text = text[:-1] if place[1] == right else text[1:]
        else:
            within = [(row, column) for column in range(right - 1, 0, -1)]
            place = self.room.place(len(text), within, most_hidden=0)
        if place is not None:
            self._write(*place, text, role)
        return place is not None

    def _beside(self, name: str, row: int, level_rows: list[int | None], role: str) -> bool:
        """Name the level in the row above or below; a small plot has no such row to spare."""
        if self.layout.rows < _ROWS_FOR_BESIDE:
            return False
        for near, pointer in ((row - 1, self.ink.down), (row + 1, self.ink.up)):
            text = f"{name} {pointer}"
            right = self.layout.columns - len(text)
            # On the line of another level the label would name the wrong one.
            if near not in level_rows and self.room.place(len(text), [(near, right)], 0):
                self._write(near, right, text, role)
                return True
        return False

    def _curve_glyphs(self) -> None:
        """Stamp each glyph of the legend on its curve, where that is farthest from the others.

        Dots do not show whose they are, and colour alone must not tell.
        """
        for series, cell in zip(self.plot.series, loneliest_cells(self.whole), strict=True):
            if cell is None:
                continue
            row, column = cell
            role = self.canvas.roles[self.layout.top + row][self.layout.gutter + column]
            if role == series.role:
                self._write(row, column, self._glyph(series), role)

    def _mark(self, row: int, column: int, text: str) -> None:
        right, left = column + 1, column - len(text) - 1
        if text:
            places = [(r, c) for r in (row, row - 1, row + 1) for c in (right, left)]
            place = self.room.place(len(text) + 1, places, most_hidden=len(text))
            if place is not None:
                self._write(*place, f" {text}" if place[1] == right else f"{text} ", "mark")
        self._write(row, column, self.ink.mark, "mark")

    def _glyph(self, series: Series) -> str:
        return clean(series.glyph, self.mode)[:1] or "*"

    def _write(self, row: int, column: int, text: str, role: str) -> None:
        self.canvas.write(self.layout.top + row, self.layout.gutter + column, text, role)
