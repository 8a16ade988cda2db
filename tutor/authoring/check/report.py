"""What a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from tutor.authoring.check.coverage import Coverage
from tutor.course.errors import ContentError, Place
from tutor.course.text import one_line


class ContentWarning(NamedTuple):
    """Wording that gives an answer away or hides what is asked: where, which, and why."""

    file: str
    place: Place
    code: str
    message: str
    item: str = ""
    waived: str = ""
    """The reason that the file gives for leaving it as it is."""

    def __str__(self) -> str:
        item = f"{self.item}: " if self.item else ""
        where = f"{self.file}:{self.place.line}:{self.place.column}"
        return one_line(f"{where}: {item}{self.code} {self.message}", 600)


class CheckReport(msgspec.Struct, frozen=True):
    """What was checked, and all that was found, in order of place."""

    phases: int
    questions: int
    errors: tuple[ContentError, ...]
    warnings: tuple[ContentWarning, ...] = ()
    """Without those that are waived."""
    waived: tuple[ContentWarning, ...] = ()
    coverage: Coverage | None = None
    """None where only one file was checked, or the course cannot be read."""
    reused: int = 0
    """Parts that have not changed since they were checked before."""

    elsewhere: Mapping[str, int] = {}
    """Where only one file was checked: the number of errors in files that all phases rest on."""

    @property
    def passed(self) -> bool:
        """Neither an error nor a warning that nobody has waived."""
        return not self.errors and not self.warnings and not self.elsewhere
