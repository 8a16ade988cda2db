"""What fills the body of a plot: stacked areas, and maps of shades."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from math import isfinite

from tutor.plot.axes import Layout
from tutor.plot.canvas import Canvas
from tutor.plot.figure import Area, Heat, Mode, Plot
from tutor.plot.ink import INKS
from tutor.plot.lettering import clean

#: Cells from one letter of an area to the next.
LETTERS_APART = 12


def draw_areas(plot: Plot, layout: Layout, canvas: Canvas, mode: Mode) -> None:
    """Stack the areas, each with its own fill, and write its letter where it has room."""
    fills = INKS[mode].fills
    letters = [clean(area.letter, mode)[:1] for area in plot.areas]
    heights = [layout.value_of(row) for row in range(layout.rows)]
    for column in range(_columns_until(plot, layout)):
        tops = list(accumulate(_value_in(area, layout, column) for area in plot.areas))
        rows_of: list[list[int]] = [[] for _ in plot.areas]
        for row, height in enumerate(heights):
            index = bisect_left(tops, height)
            if index < len(tops):
                rows_of[index].append(row)
                area = plot.areas[index]
                fill = fills[area.pattern % len(fills)]
                _write(canvas, layout, row, column, fill, area.role)
        for index, rows in enumerate(rows_of):
            # The letters of neighbours stand in columns of their own.
            if rows and column % LETTERS_APART == LETTERS_APART // 2 + index:
                middle = rows[len(rows) // 2]
                _write(canvas, layout, middle, column, letters[index], plot.areas[index].role)


def draw_heat(plot: Plot, heat: Heat, layout: Layout, canvas: Canvas, mode: Mode) -> None:
    """Shade each cell by the largest value in it, down to the time that is drawn."""
    if not heat.rows or not heat.rows[0]:
        return
    shades = INKS[mode].shades
    span = max(heat.high - heat.low, 1e-9)
    for row in range(layout.rows):
        height = layout.value_of(row)
        if plot.drawn_until is not None and height > plot.drawn_until:
            continue
        place = layout.rows - 1 - row if not layout.falls else row
        lines = heat.rows[_part(place, layout.rows, len(heat.rows))]
        values = [max(each) for each in zip(*lines, strict=True)]
        for column in range(layout.columns):
            value = max(values[_part(column, layout.columns, len(values))])
            share = min(0.999999, max(0.0, (value - heat.low) / span))
            shade = shades[int(share * len(shades))]
            if shade != " ":  # Else a line that shows a time stays to be seen.
                _write(canvas, layout, row, column, shade, heat.role)


def _part(place: int, places: int, count: int) -> slice:
    """Which of `count` values lie in a cell, of `places` side by side: one at least."""
    start = place * count // places
    return slice(start, max(start + 1, (place + 1) * count // places))


def _columns_until(plot: Plot, layout: Layout) -> int:
    """How many columns are drawn by now."""
    low, high = layout.x
    if plot.drawn_until is None or not plot.drawn_until < high:
        return layout.columns
    return (layout.column_of(max(low, plot.drawn_until)) or 0) + 1


def _value_in(area: Area, layout: Layout, column: int) -> float:
    """The share in the middle of a column."""
    low, high = layout.x
    middle = low + (column + 0.5) / layout.columns * (high - low)
    samples = min(len(area.times), len(area.values))
    if not samples:
        return 0.0
    value = area.values[min(max(0, bisect_right(area.times, middle) - 1), samples - 1)]
    return value if isfinite(value) else 0.0


def _write(
    canvas: Canvas, layout: Layout, row: int, column: int, character: str, role: str
) -> None:
    canvas.write(layout.top + row, layout.gutter + column, character, role)
