"""The canvas: a grid of characters, each with the name of its style."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Span:
    """Cells of a row in one style: from `start` up to, not with, `end`."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Raster:
    """A finished plot.

    Attributes:
        rows: The text of each row, one character a cell, all of the same width.
        spans: For each row its styled cells from left to right; cells between have no style.
    """

    rows: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...]


class Canvas:
    """Cells to write into; what falls outside is cut off."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = max(0, width), max(0, height)
        self.characters = [[" "] * self.width for _ in range(self.height)]
        self.roles = [[""] * self.width for _ in range(self.height)]

    def write(self, row: int, column: int, text: str, role: str) -> None:
        """Put `text` into cells from `column` on."""
        if not 0 <= row < self.height:
            return
        text = text[max(0, -column) : max(0, self.width - column)]
        column = max(0, column)
        self.characters[row][column : column + len(text)] = text
        self.roles[row][column : column + len(text)] = [role] * len(text)

    def raster(self) -> Raster:
        """The picture as it stands."""
        return Raster(
            tuple("".join(row) for row in self.characters),
            tuple(tuple(_spans(row)) for row in self.roles),
        )


def _spans(roles: list[str]) -> Iterable[Span]:
    start = 0
    for role, run in groupby(roles):
        end = start + len(list(run))
        if role:
            yield Span(start, end, role)
        start = end


class Room:
    """Which body cells are free for labels.

    A label never covers another label, and of the places it may take it gets the first that
    hides the fewest cells of the curves.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self._columns = columns
        self._curves = [bytearray(columns) for _ in range(rows)]
        self._labels = [bytearray(columns) for _ in range(rows)]

    def add_curve(self, cells: Iterable[tuple[int, int]]) -> None:
        """Note that a curve passes the cells, each a row and a column."""
        for row, column in cells:
            self._curves[row][column] = 1

    def has_curve(self, row: int, column: int) -> bool:
        """Whether a curve passes the cell."""
        return bool(self._curves[row][column])

    def take(self, row: int, column: int, length: int) -> None:
        """Let no later label cover these cells."""
        self._labels[row][column : column + length] = b"\1" * min(length, self._columns - column)

    def place(self, length: int, places: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
        """Take the best of `places`, each a row and a column, for a label of `length` cells."""
        best, fewest = None, length + 1
        for row, column in places:
            end = column + length
            if not 0 <= row < len(self._curves) or column < 0 or end > self._columns:
                continue
            if any(self._labels[row][column:end]):
                continue
            hidden = sum(self._curves[row][column:end])
            if hidden < fewest:
                best, fewest = (row, column), hidden
        if best is not None:
            self.take(*best, length)
        return best
