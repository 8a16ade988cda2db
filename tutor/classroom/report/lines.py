"""The report as lines of text, for a terminal or the screen of the app."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator

from msgspec import Struct

from tutor.classroom.report.blocks import (
    Cell,
    Command,
    Head,
    Part,
    Points,
    Say,
    Table,
)
from tutor.classroom.report.telling import first_parts_of, parts_of, title_of
from tutor.classroom.report.view import ClassReport
from tutor.course.text import to_ascii
from tutor.session.terminal import meter
from tutor.words import class_report as words

NARROWEST, WIDEST = 50, 100
_METER = 10
#: Between two columns, and the least that a column of text gets.
_GAP, _LEAST = 2, 24
#: Before text that has no room beside its numbers.
_BELOW = "    "
#: So many lines of a list are shown where the whole is to be brief.
_BRIEF = 3
#: Where text is cut.
_CUT = " ..."


class Look(Struct, frozen=True):
    """How it is shown.

    Attributes:
        width: Columns to fill.
        ascii: Letters are of ASCII alone.
        brief: Lists end early, and a row of a table takes one line.
    """

    width: int
    ascii: bool = False
    brief: bool = False


def look_here() -> Look:
    """As this terminal, or file, can show it."""
    columns = shutil.get_terminal_size((80, 24)).columns
    encodes = "utf" in (sys.stdout.encoding or "utf-8").lower()
    return Look(max(NARROWEST, min(WIDEST, columns)), not encodes)


def as_text(report: ClassReport, look: Look) -> str:
    """All of it; where it is to be brief what to read first, and how to have the rest."""
    title = _shown(title_of(report), look)
    found = first_parts_of(report) if look.brief else parts_of(report)
    parts = ("\n".join(part_lines(part, look)) for part in found)
    last = ["\n".join(_wrapped(words.ALL_SHOWS, look))] if look.brief else []
    return "\n\n".join((title, *parts, *last)) + "\n"


def part_lines(part: Part, look: Look) -> Iterator[str]:
    """A part: its title with a rule below, then what stands in it."""
    title = _shown(part.title, look)
    yield title
    yield "=" * len(title)
    for block in part.blocks:
        if isinstance(block, Table):
            # What the title says is not said again below it.
            yield from _table(block, look, "" if block.caption == part.title else block.caption)
        else:
            yield from _lines(block, look)


def _lines(block: Say | Head | Points | Command, look: Look) -> Iterator[str]:
    match block:
        case Say(text=text):
            yield from _wrapped(text, look)
        case Head(text=text):
            yield ""
            yield from _wrapped(text, look)
            yield "-" * min(look.width, len(text))
        case Points(lines=lines, shown=shown):
            shown = min(shown, _BRIEF) if look.brief else shown
            for line in lines[:shown]:
                yield from _wrapped(line, look, "- ")
            if more := len(lines[shown:]):
                told = words.MORE_HERE if look.brief else words.MORE_ANSWERS
                yield from _wrapped(told.format(count=more), look, "  ")
        case Command(text=text):
            # Whole, so that it can be copied.
            yield "    " + _shown(text, look)


def _table(table: Table, look: Look, caption: str) -> Iterator[str]:
    yield from _wrapped(caption, look)
    rows = [tuple(_shown(_cell(cell, look), look) for cell in row) for row in table.rows]
    heads = tuple(_shown(head, look) for head in table.heads)
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    last = len(widths) - 1
    if last in table.texts:
        before = sum(widths[:-1]) + _GAP * last
        widths[last] = max(_LEAST, min(widths[last], look.width - before))
    if look.brief and last in table.texts:
        rows = [
            (*row[:-1], textwrap.shorten(row[-1], widths[last], placeholder=_CUT)) for row in rows
        ]
    for row in (heads, *rows):
        cells = [
            text.ljust(width) if place in table.texts else text.rjust(width)
            for place, (text, width) in enumerate(zip(row[:-1], widths, strict=False))
        ]
        lead = "".join(cell + " " * _GAP for cell in cells)
        if last not in table.texts:
            yield lead + row[-1].rjust(widths[last])
        elif len(lead) + _LEAST > look.width:
            yield lead.rstrip()
            yield from textwrap.wrap(
                row[-1], look.width, initial_indent=_BELOW, subsequent_indent=_BELOW
            )
        else:
            wrapped = textwrap.wrap(row[-1], widths[last], break_on_hyphens=False) or [""]
            for number, line in enumerate(wrapped):
                yield ((" " * len(lead) if number else lead) + line).rstrip()


def _cell(cell: Cell, look: Look) -> str:
    if isinstance(cell, str):
        return cell
    return f"{meter(cell.share, _METER, plain=look.ascii)} {cell.text:>4}"


def _wrapped(text: str, look: Look, lead: str = "") -> list[str]:
    return textwrap.wrap(
        _shown(text, look),
        look.width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
    )


def _shown(text: str, look: Look) -> str:
    return to_ascii(text) if look.ascii else text
