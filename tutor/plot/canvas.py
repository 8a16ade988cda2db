"""The canvas: a grid of characters, each with the name of its style."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec


class Span(msgspec.Struct, frozen=True):
    """Cells of a row in one style: from `start` up to, not with, `end`."""

    start: int
    end: int
    role: str


class Raster(msgspec.Struct, frozen=True):
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
        """Put `text` into the cells from `column` on, in the style `role`, "" for none."""
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
