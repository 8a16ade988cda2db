"""Curves: from samples to the cells that they pass through."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tutor.plot.axes import Layout
from tutor.plot.figure import Series


class Dots(NamedTuple):
    """How a cell is divided: `bits[column][row]` is the dot's bit, rows from the top."""

    bits: tuple[tuple[int, ...], ...]

    @property
    def columns(self) -> int:
        """Dots across a cell."""
        return len(self.bits)

    @property
    def rows(self) -> int:
        """Dots down a cell."""
        return len(self.bits[0])


class Touch(NamedTuple):
    """A body cell that a curve passes through, and the bits of the dots it sets there."""

    row: int
    column: int
    bits: int


class Samples(NamedTuple):
    """Finite samples in the order of their times."""

    times: list[float]
    values: list[float]

    def until(self, time: float) -> Samples:
        """The samples up to and with `time`."""
        count = bisect_right(self.times, time)
        return Samples(self.times[:count], self.values[:count])


#: Top and bottom row of dots that a curve has in a column of dots; None where it is absent.
_Extent = tuple[int, int] | None


def samples_of(series: Series) -> Samples:
    """The samples of `series` that can be drawn."""
    times, values = list(series.times), list(series.values)
    # A sum is not finite if one sample is not: far cheaper than to look at each of them. That
    # finite samples may add up to infinity only costs the look.
    if len(times) != len(values) or not math.isfinite(sum(times) + sum(values)):
        pairs = zip(times, values, strict=False)
        kept = [(t, v) for t, v in pairs if math.isfinite(t) and math.isfinite(v)]
        times, values = [t for t, _ in kept], [v for _, v in kept]
    if sorted(times) != times:
        order = sorted(range(len(times)), key=times.__getitem__)
        times, values = [times[i] for i in order], [values[i] for i in order]
    return Samples(times, values)


def touched_cells(samples: Samples, layout: Layout, dots: Dots) -> list[Touch]:
    """The body cells that the curve through `samples` passes, from left to right.

    A cell may come several times. The columns of dots are joined vertically, so that a steep
    curve has no gaps; what lies outside the range of an axis is left out.
    """
    if not samples.times:
        return []
    height = layout.rows * dots.rows
    touched: list[Touch] = []
    whole = [_masks(bits) for bits in dots.bits]
    for place, extent in enumerate(_joined(_extents(samples, layout, dots))):
        if extent is None or extent[0] >= height or extent[1] < 0:
            continue
        top, bottom = max(extent[0], 0), min(extent[1], height - 1)
        column, masks = place // dots.columns, whole[place % dots.columns]
        top_row, top_dot = divmod(top, dots.rows)
        bottom_row, bottom_dot = divmod(bottom, dots.rows)
        if top_row == bottom_row:
            touched.append(Touch(top_row, column, masks[top_dot][bottom_dot]))
            continue
        touched.append(Touch(top_row, column, masks[top_dot][-1]))
        touched += [Touch(row, column, masks[0][-1]) for row in range(top_row + 1, bottom_row)]
        touched.append(Touch(bottom_row, column, masks[0][bottom_dot]))
    return touched


def _masks(bits: Sequence[int]) -> list[list[int]]:
    """`masks[top][bottom]`: the bits of a run of dots down one column of a cell."""
    return [
        [sum(bits[top : bottom + 1]) for bottom in range(len(bits))] for top in range(len(bits))
    ]


def _extents(samples: Samples, layout: Layout, dots: Dots) -> list[_Extent]:
    """For each column of dots the rows between the smallest and the largest value in it.

    A row above the plot is -1 and one below it the number of rows. Between two samples that
    lie columns apart the curve is the straight line.
    """
    times, values = samples
    (x_low, x_high), (y_low, y_high) = layout.x, layout.y
    columns, height = layout.columns * dots.columns, layout.rows * dots.rows
    width = (x_high - x_low) / columns
    scale = height / (y_high - y_low)

    def row_of(value: float) -> int:
        row = (y_high - value) * scale
        if row >= height:
            return height - 1 if value >= y_low else height
        return int(row) if row >= 0.0 else -1

    edges = [bisect_left(times, x_low + column * width) for column in range(columns)]
    edges.append(bisect_right(times, x_high))
    extents: list[_Extent] = []
    for column in range(columns):
        start, end = edges[column], edges[column + 1]
        if end - start > 1:
            inside = values[start:end]
            extents.append((row_of(max(inside)), row_of(min(inside))))
        elif start < end:
            row = row_of(values[start])
            extents.append((row, row))
        elif 0 < start < len(times):
            middle = x_low + (column + 0.5) * width
            share = (middle - times[start - 1]) / (times[start] - times[start - 1])
            row = row_of(values[start - 1] + share * (values[start] - values[start - 1]))
            extents.append((row, row))
        else:
            extents.append(None)
    return extents


def _joined(extents: list[_Extent]) -> list[_Extent]:
    """Each extent lengthened until it touches the one before it."""
    before: _Extent = None
    joined: list[_Extent] = []
    for extent in extents:
        if before is not None and extent is not None:
            if extent[0] > before[1] + 1:
                extent = (before[1] + 1, extent[1])
            elif extent[1] < before[0] - 1:
                extent = (extent[0], before[0] - 1)
        joined.append(extent)
        before = extent
    return joined
