"""What a report is made of, whatever it is shown on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Role = Literal["", "strong", "soft"]


class Say(Struct, frozen=True):
    """A paragraph."""

    text: str
    role: Role = ""


class Head(Struct, frozen=True):
    """A title within a part."""

    text: str


class Shade(Struct, frozen=True):
    """A cell that is shaded by a share, 0 to 1, which its text tells too."""

    text: str
    share: float


Cell = str | Shade


class Table(Struct, frozen=True):
    """A table.

    Attributes:
        caption: What it shows.
        heads: Names of its columns.
        rows: As many cells in each.
        texts: Places of the columns that hold text; the others hold numbers.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    texts: tuple[int, ...]


class Points(Struct, frozen=True):
    """A list; where there is little room so many of its lines are shown."""

    lines: tuple[str, ...]
    shown: int


class Command(Struct, frozen=True):
    """What can be typed at a shell."""

    text: str


Block = Say | Head | Table | Points | Command


class Part(Struct, frozen=True):
    """What stands below one title."""

    title: str
    blocks: tuple[Block, ...]
