"""What is wrong in a content file, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tutor.course.text import one_line


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
