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
from tutor.course.text import one_line
from tutor.words import housekeeping as words
from tutor.words import plural

LONGEST_TITLE = 80
#: So much of an id is told, as where assignments are listed.
SHORT_ID = 8


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


class Typed(Struct, frozen=True):
    """What is to be typed before an assignment is deleted.

    Attributes:
        asks: Asks for it.
        wanted: What is to be typed.
        otherwise: Says that something else was, without its end.
    """

    asks: str
    wanted: str
    otherwise: str

    def is_meant(self, typed: str) -> bool:
        """Whether it was typed."""
        return one_line(typed, LONGEST_TITLE).casefold() == self.wanted.casefold()


def goes_line(found: Held) -> str:
    """What is deleted with an assignment."""
    count, given = found.submissions, found.overrides
    return words.GOES.format(
        title=one_line(found.title, LONGEST_TITLE),
        submissions=plural(count, *words.SUBMISSIONS).format(count=count),
        overrides=plural(given, *words.OVERRIDES).format(count=given),
    )


def to_type(connection: Connection, found: Held) -> Typed:
    """The title of an assignment; its id where another one is called the same."""
    title, id_ = one_line(found.title, LONGEST_TITLE), found.id[:SHORT_ID]
    if namesakes(connection, found.id, found.title):
        return Typed(words.TYPE_ID.format(id=id_), id_, words.OTHER_ID.format(id=id_))
    return Typed(words.TYPE_IT, title, words.OTHER_TITLE.format(title=title))


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
