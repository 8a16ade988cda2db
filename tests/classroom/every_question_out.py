"""All questions of a course, handed out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from every_kind import KINDS, kinds_course

from tutor.classroom.assignment import Policy
from tutor.classroom.handout.making import Made, make_assignment
from tutor.classroom.handout.selecting import excerpt_of
from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank

KEY = "B" * 42 + "A="


def made_of(files: CourseFolder, **policy: Any) -> Made:
    """An assignment of every question of a course."""
    now = datetime.now(UTC)
    return make_assignment(
        excerpt_of(files, list(Bank(files))),
        title="All of it",
        due_at=now + timedelta(days=7),
        policy=Policy(**policy),
        tutor_keys=[KEY],
        made_at=now,
    )


def every_kind(tmp_path: Path) -> CourseFolder:
    """A small course with a question of each kind that can be graded."""
    return kinds_course(tmp_path / "course", KINDS.replace("    hides_set_up: true\n", ""))
