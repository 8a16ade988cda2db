"""Figures: what a plot shows, as numbers, labels and names of styles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

#: How a plot is drawn: 2x4 dots a cell, 1x2 blocks a cell, or characters 32 to 126 alone.
Mode = Literal["braille", "half-block", "ascii"]


class Axis(msgspec.Struct, frozen=True):
    """The range of one direction of a plot.

    Attributes:
        low: The smallest value shown, in `unit`.
        high: The largest value shown, in `unit`.
        unit: The unit as text, such as "mV" or "ms"; empty for a share.
        title: What the axis shows, such as "membrane potential".
        per_label: How much of the axis a labelled 1 is, such as 1000 where an axis of
            milliseconds is labelled in seconds.
        falls: Whether values grow downwards, as time does in a map of a cable.
    """

    low: float
    high: float
    unit: str
    title: str = ""
    per_label: float = 1.0
    falls: bool = False


class Series(msgspec.Struct, frozen=True):
    """One curve. Samples that are not finite are left out.

    Attributes:
        times: Places of the samples along x, in the unit of the plot's x axis.
        values: Their values, in the unit of the plot's y axis.
        glyph: One ASCII character: draws the curve in ascii mode, marks it in the legend.
        role: The name of its style.
        label: Its name in the legend; without one it is not listed.
    """

    times: Sequence[float]
    values: Sequence[float]
    glyph: str
    role: str
    label: str = ""


class Area(msgspec.Struct, frozen=True):
    """A share of a whole over time, stacked on the areas before it.

    Attributes:
        times: Places of the samples along x, in rising order.
        values: The shares, in the unit of the y axis.
        letter: One character that is written into it, and marks it in the legend.
        pattern: The number of its fill.
        role: The name of its style.
        label: Its name in the legend.
    """

    times: Sequence[float]
    values: Sequence[float]
    letter: str
    pattern: int
    role: str
    label: str


class Heat(msgspec.Struct, frozen=True):
    """Values over the whole plane of a plot, shown by shades.

    Attributes:
        rows: Rows of values, that of the smallest y first; all of the same length, evenly apart
            from edge to edge of both axes.
        low: The value of the lightest shade.
        high: The value of the darkest one.
        role: The name of its style.
    """

    rows: Sequence[Sequence[float]]
    low: float
    high: float
    role: str = "heat"


class Level(msgspec.Struct, frozen=True):
    """A dashed horizontal line.

    Attributes:
        value: Its height, in the unit of the y axis.
        label: Its name; the value is written after it, as in "E_Na +50".
        role: The name of its style.
    """

    value: float
    label: str
    role: str = "level"


class Band(msgspec.Struct, frozen=True):
    """A stretch of a strip.

    Attributes:
        start: Where it begins, in the unit of the x axis.
        end: Where it ends, in the unit of the x axis.
        label: Its name, written into it as far as it fits.
        pattern: The number of its fill; neighbours should differ.
        role: The name of its style, which spans give as "band:<role>".
        letter: What stands for the label where no word of it has room.
    """

    start: float
    end: float
    label: str
    pattern: int
    role: str = "band"
    letter: str = ""


class Strip(msgspec.Struct, frozen=True):
    """A row of bands under the plot, with a title in the gutter."""

    bands: tuple[Band, ...]
    title: str


class Plot(msgspec.Struct, frozen=True):
    """Everything that one picture shows.

    Attributes:
        series: The curves; where two share a cell the later one gives it its style.
        x: The range across, usually time in ms.
        y: The range upwards.
        areas: Shares stacked from the bottom up, in place of curves.
        heat: Shades over the levels, behind everything else.
        levels: Dashed lines, the most important first: later labels give way.
        strips: Rows of bands under the plot.
        cursor: Where a vertical line stands, in the unit of the x axis.
        marks: Marked points as x, y and a text, in the units of the axes.
        drawn_until: Only samples up to here are drawn, in the unit of the x axis.
        legend: Whether the labels of the series are listed above the plot.
        least_gutter: Cells left of the body at least, so that plots below each other line up.
        bare: Only the curves, from edge to edge: no axes, no labels, in any size.
    """

    series: tuple[Series, ...]
    x: Axis
    y: Axis
    areas: tuple[Area, ...] = ()
    heat: Heat | None = None
    levels: tuple[Level, ...] = ()
    strips: tuple[Strip, ...] = ()
    cursor: float | None = None
    marks: tuple[tuple[float, float, str], ...] = ()
    drawn_until: float | None = None
    legend: bool = False
    least_gutter: int = 0
    bare: bool = False


class Bar(msgspec.Struct, frozen=True):
    """A horizontal bar from a line in the middle: to the left where the value is negative.

    Attributes:
        label: What it shows.
        value: Its length, in the unit of the panel.
        role: The name of its style.
        before: What the value was before; None where that is not told.
    """

    label: str
    value: float
    role: str
    before: float | None = None


class Bars(msgspec.Struct, frozen=True):
    """Bars below each other, each with its number.

    Attributes:
        bars: From top to bottom; those of no length too.
        unit: The unit of their values.
        title: What they show.
        left: What a bar to the left means.
        right: What a bar to the right means.
    """

    bars: tuple[Bar, ...]
    unit: str
    title: str
    left: str
    right: str


Picture = Plot | Bars
