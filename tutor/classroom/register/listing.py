"""What a register holds: its assignments, the learners of one, and files that were set aside."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, func, or_, select

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


def learners_in(connection: Connection, assignment: int) -> list[Row[Any]]:
    """The learners of an assignment by their family names; those without one as they were listed.

    Who came to be on the list later is after who was there before.
    """
    rows = connection.execute(select(learners).where(learners.c.assignment == assignment))
    return sorted(rows, key=_place)


def _place(row: Row[Any]) -> tuple[bool, str, str, int]:
    family = _letters(row.family)
    return not family, family, _letters(row.name) if family else "", row.key


def _letters(name: str) -> str:
    """A name without what lists pay no heed to: capitals and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def files_set_aside(connection: Connection, assignment: int) -> list[tuple[str, str]]:
    """Files of an assignment, or of none that can be told, that were set aside, and why."""
    of = set_aside.c.assignment
    rows = connection.execute(
        select(set_aside.c.file, set_aside.c.reason)
        .where(or_(of == assignment, of.is_(None)))
        .order_by(set_aside.c.file)
    )
    return [(row.file, row.reason) for row in rows]
