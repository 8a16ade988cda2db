"""What is wrong in a content file, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tutor.course.text import one_line

#: So many known names are listed in a message.
MOST_LISTED = 12


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` looks like, if any; capitals do not matter.

    One that has another number is another: nobody writes q7 for q2.
    """
    from difflib import get_close_matches  # Few runs of the program have a mistake to tell.

    wanted = name[:100].casefold()
    folded = {one.casefold(): one for one in known}
    number = _digits(wanted)
    likely = [one for one in folded if not number or _digits(one) in ("", number)]
    near = get_close_matches(wanted, likely, n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def meant(name: str, known: Iterable[str]) -> str:
    """What ends the message on an unknown `name`: the known one that is near, else all of them.

    Begins with a semicolon; nothing where nothing is known.
    """
    listed = [*known]
    if near := nearest(name, listed):
        return f"; did you mean {near}?"
    more = f" ... ({len(listed)} in all)" if len(listed) > MOST_LISTED else ""
    return f"; known: {', '.join(listed[:MOST_LISTED])}{more}" if listed else ""


class Place(NamedTuple):
    """Line and column in a file, both from 1."""

    line: int
    column: int


class ContentError(NamedTuple):
    """One thing that is wrong: where, in which item, what and how to mend it."""

    file: str
    place: Place
    message: str
    item: str = ""
    """Id of the question, step or other item that holds the error, if any."""

    def __str__(self) -> str:
        item = f"{self.item}: " if self.item else ""
        return one_line(
            f"{self.file}:{self.place.line}:{self.place.column}: {item}{self.message}", 600
        )


class ContentErrors(Exception):
    """All that is wrong in a file, in order of place."""

    def __init__(self, errors: Sequence[ContentError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (error.file, error.place)))
        super().__init__("\n".join(map(str, self.errors)))
