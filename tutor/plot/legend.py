"""The header of a plot: its unit and title, and the names of its curves."""

from __future__ import annotations

from tutor.plot.figure import Plot

#: Blank cells before each name of a legend.
GAP = 3
#: A legend takes so many rows at the most.
MOST_ROWS = 2

#: A name of the legend with its sign, and the role of its style.
Entry = tuple[str, str]


def entries_of(plot: Plot) -> list[Entry]:
    """The names of the curves and areas, each behind the sign that marks it."""
    if not plot.legend:
        return []
    curves = [(f"{s.glyph[:1]} {s.label}", s.role) for s in plot.series if s.label]
    return curves + [(f"{a.letter[:1]} {a.label}", a.role) for a in plot.areas if a.label]


def wrapped(entries: list[Entry], room: int) -> list[list[Entry]]:
    """The entries in rows of `room` cells; one that is too long for a row has its own."""
    rows: list[list[Entry]] = []
    left = 0
    for entry in entries:
        cells = len(entry[0]) + GAP
        if not rows or cells > left:
            rows.append([])
            left = room
        rows[-1].append(entry)
        left -= cells
    return rows


def beside(plot: Plot, width: int) -> bool:
    """Whether the legend stands beside the title, in the first row."""
    taken = len(plot.y.unit) + 2 + len(plot.y.title)
    legend = sum(len(text) + GAP for text, _ in entries_of(plot))
    return not plot.y.title or taken + legend + GAP <= width


def header_rows(plot: Plot, width: int) -> int:
    """How many rows title and legend would like to have."""
    entries = entries_of(plot)
    if not entries:
        return int(bool(plot.y.unit or plot.y.title))
    rows = min(MOST_ROWS, len(wrapped(entries, width - len(plot.y.unit) - 2)))
    return rows if beside(plot, width) else rows + 1
