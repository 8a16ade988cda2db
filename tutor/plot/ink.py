"""Ink: the characters that each mode draws with."""

from __future__ import annotations

from typing import NamedTuple

from tutor.plot.curve import Dots
from tutor.plot.figure import Mode


class Ink(NamedTuple):
    """The characters of a mode; every one is one cell wide.

    `shapes[bits]` shows a cell with these dots. Where it is empty a cell has one dot, and a
    curve is drawn with the glyph of its series. `level` repeats along a level line, and each of
    `patterns` fills a band. `fills` are for areas, `shades` from light to dark for a map.
    """

    dots: Dots
    shapes: str
    level: str
    cursor: str
    cursor_foot: str
    mark: str
    upright: str
    y_tick: str
    flat: str
    x_tick: str
    corner: str
    patterns: str
    up: str
    down: str
    left: str
    right: str
    bar: str
    fills: str
    shades: str


_BRAILLE = Ink(
    # Unicode numbers the dots of the old six-dot cell first, then the bottom row.
    dots=Dots(((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))),
    shapes="".join(map(chr, range(0x2800, 0x2900))),
    level="┄",
    cursor="│",
    cursor_foot="▲",
    mark="●",
    upright="│",
    y_tick="┤",
    flat="─",
    x_tick="┬",
    corner="└",
    patterns="·─╱╲░═▒▓",
    up="↑",
    down="↓",
    left="←",
    right="→",
    bar="█",
    fills="·█╱",
    shades=" ░▒▓█",
)
_ASCII = Ink(
    dots=Dots(((1,),)),
    shapes="",
    level="- ",
    cursor="|",
    cursor_foot="^",
    mark="X",
    upright="|",
    y_tick="+",
    flat="-",
    x_tick="+",
    corner="+",
    patterns=".-/\\_=:~",
    up="^",
    down="v",
    left="<",
    right=">",
    bar="#",
    fills=".#/",
    shades=" .:-=+*#%@",
)
INKS: dict[Mode, Ink] = {
    "braille": _BRAILLE,
    "half-block": _BRAILLE._replace(dots=Dots(((1, 2),)), shapes=" ▀▄█"),
    "ascii": _ASCII,
}
