"""Keeping a register in order: an assignment is called otherwise, or goes with all that it has."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import (
    assignments,
    learners,
    overrides,
    state,
    submissions,
    tables,
)


class Held(Struct, frozen=True):
    """What goes with an assignment: submissions, and marks that tutors gave."""

    id: str
    title: str
    submissions: int
    overrides: int


def held(connection: Connection, assignment: int) -> Held:
    """What a register has of an assignment; it is named by its key."""

    def count(table: Table) -> int:
        of_it = select(func.count()).select_from(table).where(_belongs(table, assignment))
        return connection.scalar(of_it) or 0

    row = connection.execute(
        select(assignments.c.id, assignments.c.title).where(assignments.c.key == assignment)
    ).one()
    return Held(row.id, row.title, count(submissions), count(overrides))


def namesakes(connection: Connection, id_: str, title: str) -> list[str]:
    """The ids of the other assignments that are called so, in any case."""
    rows = connection.execute(
        select(assignments.c.id, assignments.c.title)
        .where(assignments.c.id != id_)
        .order_by(assignments.c.key)
    )
    return [row.id for row in rows if row.title.casefold() == title.casefold()]


def rename(register: Register, assignment: int, title: str) -> None:
    """Call an assignment otherwise, here alone: what was handed out keeps its title.

    Raises:
        RegisterError: it cannot be kept.
    """
    with register.writing() as connection:
        connection.execute(
            update(assignments).where(assignments.c.key == assignment).values(title=title)
        )


def remove(register: Register, assignment: int) -> None:
    """Delete an assignment with all that belongs to it, or nothing.

    Raises:
        RegisterError: it cannot be deleted, or work of it was taken in at the same moment.
    """
    with register.writing() as connection:
        # As everyone who changes something of a learner does, and in the same order.
        of_it = select(learners.c.key).where(learners.c.assignment == assignment)
        connection.execute(of_it.order_by(learners.c.key).with_for_update()).all()
        for table in reversed(tables.sorted_tables):
            if table is not state:
                connection.execute(delete(table).where(_belongs(table, assignment)))


def _belongs(table: Table, assignment: int) -> ColumnElement[bool]:
    """Whether a row belongs to an assignment: at once, or by the first row that it refers to."""
    if table is assignments:
        return assignments.c.key == assignment
    if "assignment" in table.c:
        return table.c.assignment == assignment
    column = next(one for one in table.c if one.foreign_keys)
    (key,) = column.foreign_keys
    return column.in_(select(key.column).where(_belongs(key.column.table, assignment)))
