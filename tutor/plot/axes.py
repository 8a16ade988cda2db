"""Axes: round ranges and ticks, and which cells of a plot stand for which values."""

from __future__ import annotations

import math

import msgspec

from tutor.plot.figure import Axis, Plot
from tutor.plot.legend import header_rows

#: Below this size a plot stays blank.
LEAST_WIDTH, LEAST_HEIGHT = 12, 3
#: Body rows that must be left for a part outside the body to be shown.
_ROWS_FOR_X_LABELS, _ROWS_FOR_HEADER, _ROWS_FOR_STRIP, _ROWS_FOR_LINE = 3, 4, 6, 8
#: Columns that must be left beside the gutter.
_COLUMNS_FOR_GUTTER = 10
#: Larger numbers are cut to this, so that differences stay finite.
_HUGE = 1e300


class Tick(msgspec.Struct, frozen=True):
    """A labelled value on an axis."""

    value: float
    label: str


class Layout(msgspec.Struct, frozen=True):
    """Where the parts of a plot lie, in cells, and the ranges that its body shows.

    From top to bottom: `top` header rows (title and legend), `rows` body rows, `strips` strip
    rows, a line for the x axis if `has_line`, a row of x labels if `has_labels`. The left
    `gutter` columns, 0 or more, hold the y labels and the line of the y axis; `columns` body
    columns follow.
    """

    top: int
    rows: int
    strips: int
    has_line: bool
    has_labels: bool
    gutter: int
    columns: int
    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    falls: bool = False

    @property
    def bottom(self) -> int:
        """The first row under body and strips."""
        return self.top + self.rows + self.strips

    def column_of(self, x: float) -> int | None:
        """The body column that shows `x`, counted from the gutter; None outside the range."""
        low, high = self.x
        if not low <= x <= high:
            return None
        return min(int((x - low) / (high - low) * self.columns), self.columns - 1)

    def row_of(self, y: float) -> int | None:
        """The body row that shows `y`, counted from the top one; None outside the range."""
        low, high = self.y
        if not low <= y <= high:
            return None
        from_top = y - low if self.falls else high - y
        return min(int(from_top / (high - low) * self.rows), self.rows - 1)

    def value_of(self, row: int) -> float:
        """The value in the middle of a body row."""
        low, high = self.y
        from_top = (row + 0.5) / self.rows * (high - low)
        return low + from_top if self.falls else high - from_top


def layout_of(plot: Plot, width: int, height: int) -> Layout | None:
    """Share out `width` x `height` cells; None where they are too few for a plot.

    What a small plot gives up, in this order: the line of the x axis, the strips from the last
    one on, the header, the x labels. A narrow one gives up the gutter.
    """
    x, y = usable_range(plot.x), usable_range(plot.y)
    if plot.bare and width > 0 and height > 0:
        return Layout(
            top=0,
            rows=height,
            strips=0,
            has_line=False,
            has_labels=False,
            gutter=0,
            columns=width,
            x=x,
            y=y,
            x_ticks=(),
            y_ticks=(),
        )
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return None
    rows = height
    has_labels = rows - 1 >= _ROWS_FOR_X_LABELS
    rows -= has_labels
    top = min(header_rows(plot, width), max(0, rows - _ROWS_FOR_HEADER))
    if rows - top < _ROWS_FOR_STRIP:
        top = min(top, 1)  # One row of the legend, cut short.
    rows -= top
    strips = max(0, min(len(plot.strips), rows - _ROWS_FOR_STRIP))
    rows -= strips
    has_line = rows - 1 >= _ROWS_FOR_LINE
    rows -= has_line

    y_ticks = ticks(*y, most=max(2, rows // 2))
    titles = [strip.title for strip in plot.strips[:strips]] + [plot.x.title] * has_labels
    longest_title = min(width // 8, max(map(len, titles), default=0))
    gutter = 1 + max([longest_title, *(len(tick.label) for tick in y_ticks)])
    gutter = max(gutter, plot.least_gutter)
    if width - gutter < _COLUMNS_FOR_GUTTER:
        gutter = 0
    columns = width - gutter
    return Layout(
        top=top,
        rows=rows,
        strips=strips,
        has_line=has_line,
        has_labels=has_labels,
        gutter=gutter,
        columns=columns,
        x=x,
        y=y,
        x_ticks=_x_ticks(x, columns, plot.x.per_label),
        y_ticks=y_ticks,
        falls=plot.y.falls,
    )


def cell_to_data(
    plot: Plot, width: int, height: int, column: int, row: int
) -> tuple[float, float] | None:
    """The values at the middle of a cell of the plot rendered at `width` x `height`.

    Columns and rows count from 0 at the top left. None outside the body of the plot.
    """
    layout = layout_of(plot, width, height)
    if layout is None:
        return None
    column, row = column - layout.gutter, row - layout.top
    if not (0 <= column < layout.columns and 0 <= row < layout.rows):
        return None
    x_low, x_high = layout.x
    x = x_low + (column + 0.5) / layout.columns * (x_high - x_low)
    return x, layout.value_of(row)


def data_to_cell(
    plot: Plot, width: int, height: int, x: float, y: float
) -> tuple[int, int] | None:
    """Column and row of the cell that shows the point; None where no cell does."""
    layout = layout_of(plot, width, height)
    if layout is None:
        return None
    column, row = layout.column_of(x), layout.row_of(y)
    if column is None or row is None:
        return None
    return column + layout.gutter, row + layout.top


def usable_range(axis: Axis) -> tuple[float, float]:
    """The range of `axis` in rising order, finite, and widened where it is as good as empty."""
    if math.isnan(axis.low) or math.isnan(axis.high):
        return 0.0, 1.0
    low, high = sorted(max(-_HUGE, min(_HUGE, value)) for value in (axis.low, axis.high))
    size = max(abs(low), abs(high))
    if high - low <= max(1e-9 * size, 1e-100):
        margin = max(0.5, 1e-3 * size)
        return low - margin, high + margin
    return low, high


def nice_range(low: float, high: float) -> tuple[float, float]:
    """The smallest range between round numbers that holds `low` to `high`, in their unit."""
    low, high = usable_range(Axis(low, high, ""))
    step = round_up((high - low) / 6.0)
    return (
        math.floor(low / step + 1e-9) * step,
        math.ceil(high / step - 1e-9) * step,
    )


def ticks(low: float, high: float, most: int) -> tuple[Tick, ...]:
    """At most `most` ticks (2 or more) between `low` and `high`, with the smallest round step."""
    step = round_up((high - low) / most)
    while True:
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            break
        step = round_up(step * 1.5)
    values = [place * step for place in range(first, last + 1)]
    return tuple(Tick(min(max(v, low), high), _tick_label(v, step)) for v in values)


def level_text(value: float, axis: tuple[float, float]) -> str:
    """`value` with its sign, as exact as a plot with this range deserves."""
    digits = 3 - math.ceil(math.log10(axis[1] - axis[0]))
    if not 0 <= digits <= 9:
        return f"{value:+.4g}"
    text = f"{value:+.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("+0", "-0") else text


def _x_ticks(x: tuple[float, float], columns: int, per_label: float) -> tuple[Tick, ...]:
    """As many ticks as have room for their labels and three cells between two of them."""
    low, high = x[0] / per_label, x[1] / per_label
    widest = max(
        (len(tick.label) for tick in ticks(low, high, most=max(2, columns // 4))), default=1
    )
    labelled = ticks(low, high, most=max(2, columns // (widest + 3)))
    if per_label == 1.0:
        return labelled
    return tuple(Tick(min(max(t.value * per_label, x[0]), x[1]), t.label) for t in labelled)


def round_up(step: float) -> float:
    """The smallest of 1, 2 or 5 x 10^k that is not below `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return next((m * power for m in (1.0, 2.0, 5.0) if step <= m * power * 1.000001), 10 * power)


def _tick_label(value: float, step: float) -> str:
    if value == 0.0:
        return "0"
    if abs(value) >= 1e6 or step < 1e-4:
        return f"{value:.10g}"
    return f"{value:.{max(0, -math.floor(math.log10(step * 1.000001)))}f}"
