"""Releasing keys and feedback of a graded assignment to the whole class, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, select, update

from tutor.classroom.assignment import (
    RELEASE_ENDING,
    Assignment,
    Release,
    read_release,
    seat_of,
    write_release,
)
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.files import FileProblem, file_stem
from tutor.classroom.genuine import signed_release
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import unpacked
from tutor.classroom.register.tables import (
    COUNTS,
    assignments,
    attempts,
    learners,
    questions,
    submissions,
)
from tutor.course.text import one_line
from tutor.session.exam.report import Given
from tutor.words import class_release as words

#: So many of those who may still work are named.
_NAMED = 8
_LONGEST_STEM = 60


class NotReleased(ValueError):
    """It is not released; the message is a sentence without its end."""


class TooEarly(NotReleased):
    """Some may still hand in; it can be released all the same."""


class Released(Struct, frozen=True):
    """What was released: the file, when for the first time, and how many may still hand in."""

    title: str
    path: Path
    released_at: datetime
    still_open: int


def release(
    register: Register, assignment: int, out: Path | None, now: datetime, early: bool
) -> Released:
    """Write the file that unlocks an assignment, and keep that it was.

    Args:
        register: The register.
        assignment: The assignment's key.
        out: The file; None for one named after the title, in the current folder.
        now: The time, in UTC.
        early: Even if some may still hand in.

    Raises:
        TooEarly: some may still hand in, and it is not to be released so.
        NotReleased: it is practice, or another file is in the way.
        OSError: the file cannot be written.
        RegisterError: the register cannot be used.
    """
    with register.writing() as connection:
        row = connection.execute(
            select(assignments).where(assignments.c.key == assignment).with_for_update()
        ).one()
        title = one_line(row.title, 80)
        if row.kind != "graded":
            raise NotReleased(words.PRACTICE.format(title=title))
        handed = select(submissions.c.learner).where(
            submissions.c.assignment == assignment, submissions.c.state == COUNTS
        )
        enrolled = connection.execute(
            select(learners)
            .where(learners.c.assignment == assignment)
            .order_by(learners.c.learner)
        ).all()
        still_open = [one for one in enrolled if (one.due_at or row.due_at) > now]
        if row.due_at > now and not early:
            due = row.due_at.astimezone().strftime(words.WHEN)
            raise TooEarly(words.NOT_DUE.format(title=title, due=due))
        if still_open and not early:
            raise TooEarly(_open_for(still_open, set(connection.scalars(handed))))
        stem = file_stem(title, "keys", _LONGEST_STEM)
        path = out or Path(f"{stem}{RELEASE_ENDING}")
        _refuse_other(path, row.id)
        released_at = row.released_at or now
        connection.execute(
            update(assignments)
            .where(assignments.c.key == assignment)
            .values(released_at=released_at)
        )
        # Within the transaction: without the file nothing is kept of it.
        made = Release(
            assignment=row.id,
            released_at=released_at,
            excerpt=unpacked(row.in_full, Excerpt),
            given=_given(connection, assignment, unpacked(row.handed_out, Assignment).salt),
        )
        write_release(signed_release(made, row.secret), path)
        return Released(title, path, released_at, len(still_open))


def _given(connection: Connection, assignment: int, salt: str) -> dict[str, Given]:
    """Of each learner whose marks are not those of the marking, what counts in their place."""
    marks: dict[str, dict[str, float]] = {}
    for one in connection.execute(
        select(learners.c.id, questions.c.id.label("question"), attempts.c.marks)
        .join_from(attempts, submissions, submissions.c.key == attempts.c.submission)
        .join(learners, learners.c.key == submissions.c.learner)
        .join(questions, questions.c.key == attempts.c.question)
        .where(
            submissions.c.assignment == assignment,
            submissions.c.state == COUNTS,
            attempts.c.marks != attempts.c.marked,
        )
        .order_by(questions.c.number)
    ):
        marks.setdefault(one.id, {})[one.question] = one.marks
    handed = connection.execute(
        select(learners.c.id, submissions.c.share)
        .join(learners, learners.c.key == submissions.c.learner)
        .where(submissions.c.assignment == assignment, submissions.c.state == COUNTS)
    )
    found = {seat_of(salt, one.id): Given(marks.get(one.id, {}), one.share) for one in handed}
    # In the order of their hashes: theirs in the register would tell who is who.
    return {seat: one for seat, one in sorted(found.items()) if one != Given()}


def _open_for(still_open: Sequence[Row[Any]], handed: set[int]) -> str:
    names = [
        words.OPEN_UNTIL.format(
            id=one_line(one.id, 60),
            due=one.due_at.astimezone().strftime(words.WHEN),
            handed=words.HAS_HANDED_IN if one.key in handed else "",
        )
        for one in still_open[:_NAMED]
    ]
    if more := len(still_open[_NAMED:]):
        names.append(words.MORE.format(count=more))
    return words.STILL_OPEN.format(names=", ".join(names))


def _refuse_other(path: Path, assignment: str) -> None:
    """Only a release of the same assignment may be written over."""
    if not path.exists():
        return
    try:
        if read_release(path).assignment == assignment:
            return
    except (FileProblem, OSError):
        pass
    raise NotReleased(words.IN_THE_WAY.format(file=one_line(str(path), 300)))
