"""The part of a course that is handed out: a small course that travels in one file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from tutor.course.loader import CourseFolder
from tutor.course.model import Claim, Course, Misconception, Phase


class Excerpt(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Questions with all that a session needs of their course.

    Attributes:
        course: Its frame: modules and phases without those that no question is from.
        phases: The phases, with the chosen questions alone.
        misconceptions: Those that the questions name; none where keys are left out.
        ids: The questions, in the order in which they are asked.
        marks: Full marks of each question by its id; without keys they are not to be seen in it.
    """

    course: Course
    phases: tuple[Phase, ...]
    misconceptions: tuple[Misconception, ...] = ()
    ids: tuple[str, ...]
    marks: dict[str, float]


class ExcerptFolder(CourseFolder):
    """An excerpt in place of a course on disk: sessions take it as they take any other."""

    def __init__(self, excerpt: Excerpt) -> None:
        """Lay the excerpt open; nothing is read from disk."""
        super().__init__(Path(excerpt.course.id))
        self.excerpt = excerpt
        self._phases = {phase.id: phase for phase in excerpt.phases}

    @cached_property
    def course(self) -> Course:
        """The frame of the excerpt."""
        return self.excerpt.course

    @cached_property
    def misconceptions(self) -> dict[str, Misconception]:
        """The misconceptions that its questions name, by id."""
        return {one.id: one for one in self.excerpt.misconceptions}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """None: an excerpt brings no claims."""
        return ()
