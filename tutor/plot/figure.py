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
    """

    low: float
    high: float
    unit: str
    title: str = ""
    per_label: float = 1.0


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
    """

    start: float
    end: float
    label: str
    pattern: int
    role: str = "band"


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
    levels: tuple[Level, ...] = ()
    strips: tuple[Strip, ...] = ()
    cursor: float | None = None
    marks: tuple[tuple[float, float, str], ...] = ()
    drawn_until: float | None = None
    legend: bool = False
    least_gutter: int = 0
    bare: bool = False
