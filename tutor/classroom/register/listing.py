"""What a register holds, in a line for each assignment."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, func, or_, select

from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import COUNTS, assignments, learners, set_aside, submissions


class Overview(Struct, frozen=True):
    """An assignment of the register; how many it is for, have handed in, and were late."""

    id: str
    title: str
    kind: str
    due_at: datetime
    learners: int
    handed_in: int
    late: int
    released_at: datetime | None


def overview(register: Register) -> list[Overview]:
    """The assignments, what is due first at the top.

    Raises:
        RegisterError: the register cannot be read.
    """
    with register.reading() as connection:
        return assignments_in(connection)


def assignments_in(connection: Connection) -> list[Overview]:
    """The assignments, what is due first at the top."""
    rows = connection.execute(select(assignments).order_by(assignments.c.due_at)).all()
    enrolled = connection.execute(
        select(learners.c.assignment, func.count())
        .where(learners.c.enrolled)
        .group_by(learners.c.assignment)
    )
    handed = connection.execute(
        select(
            submissions.c.assignment,
            func.count(),
            func.count().filter(submissions.c.late),
        )
        .where(submissions.c.state == COUNTS)
        .group_by(submissions.c.assignment)
    )
    many = {row[0]: row[1] for row in enrolled}
    counted = {key: (count, late) for key, count, late in handed}
    return [
        Overview(
            id=row.id,
            title=row.title,
            kind=row.kind,
            due_at=row.due_at,
            learners=many.get(row.key, 0),
            handed_in=counted.get(row.key, (0, 0))[0],
            late=counted.get(row.key, (0, 0))[1],
            released_at=row.released_at,
        )
        for row in rows
    ]


def files_set_aside(connection: Connection, assignment: int) -> list[tuple[str, str]]:
    """Files of an assignment, or of none that can be told, that were set aside, and why."""
    of = set_aside.c.assignment
    rows = connection.execute(
        select(set_aside.c.file, set_aside.c.reason)
        .where(or_(of == assignment, of.is_(None)))
        .order_by(set_aside.c.file)
    )
    return [(row.file, row.reason) for row in rows]
