"""Bars to the left and right of a line, with their numbers."""

from __future__ import annotations

from math import isfinite

from tutor.plot.axes import LEAST_HEIGHT, LEAST_WIDTH, round_up
from tutor.plot.canvas import Canvas, Raster
from tutor.plot.figure import Bar, Bars, Mode
from tutor.plot.ink import INKS
from tutor.plot.lettering import clean

#: A bar takes so many rows at the most.
THICKEST = 2


def render_bars(bars: Bars, width: int, height: int, mode: Mode) -> Raster:
    """Draw `bars` into `height` rows of `width` cells; too few of them stay blank."""
    canvas = Canvas(width, height)
    if width >= LEAST_WIDTH and height >= LEAST_HEIGHT and bars.bars:
        _draw(bars, canvas, mode)
    return canvas.raster()


def _draw(bars: Bars, canvas: Canvas, mode: Mode) -> None:
    ink = INKS[mode]
    labels = [clean(bar.label, mode) for bar in bars.bars]
    numbers = [_number(bar) for bar in bars.bars]
    gutter = min(canvas.width // 3, max(map(len, labels)) + 1)
    column = canvas.width - max(map(len, numbers))
    half = (column - gutter - 3) // 2
    if half < 2:
        gutter, half = 0, (column - 3) // 2
    middle = gutter + half
    title = clean(f"{bars.unit}  {bars.title}".strip(), mode)
    canvas.write(0, 0, title, "axis")
    rows = canvas.height - 1
    if rows > len(bars.bars):  # Else the bars take the row of what left and right mean.
        rows -= 1
        left = clean(f"{ink.left} {bars.left}", mode)
        canvas.write(1, max(gutter, middle - len(left) - 1), left, "axis")
        canvas.write(1, middle + 2, clean(f"{bars.right} {ink.right}", mode), "axis")
    first = canvas.height - rows
    each = max(1, min(THICKEST, rows // len(bars.bars)))
    largest = max(abs(_finite(bar.value)) for bar in bars.bars)
    per_cell = round_up(max(largest, 1e-9)) / max(1, half)
    for index, (bar, label, number) in enumerate(zip(bars.bars, labels, numbers, strict=True)):
        top = first + index * each
        for row in range(top, min(top + each, canvas.height)):
            canvas.write(row, middle, ink.upright, "axis")
        cells = abs(_finite(bar.value)) / per_cell
        length = min(half, round(cells) or int(cells > 0.0))
        start = middle - length if bar.value < 0.0 else middle + 1
        canvas.write(top, start, ink.bar * length, bar.role)
        if gutter:
            canvas.write(top, 0, label[: gutter - 1], bar.role)
        canvas.write(top, column, number.rjust(canvas.width - column), bar.role)


def _number(bar: Bar) -> str:
    now = _signed(bar.value)
    return now if bar.before is None else f"{now} (was {_signed(bar.before)})"


def _finite(value: float) -> float:
    return value if isfinite(value) else 0.0


def _signed(value: float) -> str:
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text
