"""Saying which of a learner's submissions counts: recorded with who and why, and kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, insert, select

from tutor.classroom.assignment import same_id
from tutor.classroom.collection.noting import note_shared_machines
from tutor.classroom.collection.remarking import Marker
from tutor.classroom.collection.settling import settle
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import snapshot_of
from tutor.classroom.register.tables import REFUSED, choices, learners, submissions
from tutor.course.text import one_line
from tutor.words import class_release, plural
from tutor.words import collecting as words


class CannotPrefer(ValueError):
    """This one cannot be made to count; the message is a sentence without its end."""


class Work(Struct, frozen=True):
    """What a learner handed in at a time: its receipt code, and what became of it."""

    receipt: str
    answered: int
    handed_at: datetime
    state: str


def works_of(connection: Connection, learner: int) -> tuple[Work, ...]:
    """What may count of a learner, by their key: all that is not refused, the newest first."""
    columns = (submissions.c[name] for name in Work.__struct_fields__)
    rows = connection.execute(
        select(*columns)
        .where(submissions.c.learner == learner, submissions.c.state != REFUSED)
        .order_by(submissions.c.key.desc())
    )
    return tuple(Work(*row) for row in rows)


def prefer(
    register: Register, assignment: int, learner: str, receipt: str, who: str, why: str
) -> Row[Any]:
    """Let a submission count, until the learner hands in again; returns its row.

    Args:
        register: Where it is kept.
        assignment: Its key.
        learner: The learner's id.
        receipt: The submission's receipt code.
        who: Who chooses.
        why: The reason.

    Raises:
        CannotPrefer: there is no such learner or submission, or it is refused.
        RegisterError: the register cannot be used.
    """
    with register.reading() as connection:
        snapshot = snapshot_of(connection, assignment)
    marker = Marker(snapshot)
    told = {"learner": one_line(learner, 60), "title": snapshot.title}
    told["receipt"] = one_line(receipt, 60)
    with register.writing() as connection:
        key = connection.scalar(
            select(learners.c.key)
            .where(learners.c.assignment == assignment, learners.c.learner == same_id(learner))
            .with_for_update()
        )
        if key is None:
            raise CannotPrefer(class_release.NO_LEARNER.format(**told))
        rows = connection.execute(
            select(submissions.c.key, submissions.c.receipt, submissions.c.state)
            .where(submissions.c.learner == key)
            .order_by(submissions.c.key)
        ).all()
        found = [row for row in rows if _code(row.receipt) == _code(receipt)]
        if not rows:
            raise CannotPrefer(words.NOTHING_TO_CHOOSE.format(**told))
        if not found:
            known = one_line(", ".join(row.receipt for row in rows), 400)
            raise CannotPrefer(plural(len(rows), *words.NO_RECEIPT).format(known=known, **told))
        if found[-1].state == REFUSED:
            raise CannotPrefer(words.REFUSED_RECEIPT.format(**told))
        connection.execute(
            insert(choices).values(
                learner=key,
                submission=found[-1].key,
                newest=rows[-1].key,
                who=who,
                why=why,
                made_at=datetime.now(UTC),
            )
        )
        settle(connection, snapshot, key, marker, {})
    with register.writing() as connection:
        note_shared_machines(connection, snapshot)
        row = select(submissions).where(submissions.c.key == found[-1].key)
        return connection.execute(row).one()


def _code(receipt: str) -> str:
    """A receipt code without what may be typed otherwise."""
    return "".join(filter(str.isalnum, receipt)).upper()
