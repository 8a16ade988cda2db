"""Learners of whom two machines handed in, where the tutor has not said which work counts."""

from __future__ import annotations

import shlex
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, select

from tutor.classroom.register.tables import learners, submissions
from tutor.course.text import one_line
from tutor.words import collecting as words


class Handed(Struct, frozen=True):
    """A submission: its receipt code, how many questions it answers, and when it came."""

    receipt: str
    answered: int
    handed_at: datetime


class Contest(Struct, frozen=True):
    """Two submissions under one id.

    Attributes:
        learner: The id.
        counts: The one that counts.
        other: The one that does not, from another machine.
    """

    learner: str
    counts: Handed
    other: Handed


def contests_of(connection: Connection, assignment: int) -> tuple[Contest, ...]:
    """Those of an assignment, by its key; by the ids of their learners."""
    counts, other = submissions.alias(), submissions.alias()
    one, two = (
        (table.c.receipt, table.c.answered, table.c.handed_at) for table in (counts, other)
    )
    rows = connection.execute(
        select(learners.c.id, *one, *two)
        .join_from(counts, other, other.c.key == counts.c.against)
        .join(learners, learners.c.key == counts.c.learner)
        .where(counts.c.assignment == assignment)
        .order_by(learners.c.learner)
    )
    return tuple(Contest(row[0], Handed(*row[1:4]), Handed(*row[4:])) for row in rows)


def contest_line(one: Contest) -> str:
    """What a tutor is told of it, before the command that chooses."""
    moments = [work.handed_at.astimezone() for work in (one.counts, one.other)]
    counts_at, other_at = (moment.strftime(words.WHEN) for moment in moments)
    if counts_at == other_at:
        counts_at, other_at = (moment.strftime(words.WHEN_TO_THE_SECOND) for moment in moments)
    return words.CONTESTED.format(
        id=one_line(one.learner, 80),
        counts=one.counts.receipt,
        answered=one.counts.answered,
        at=counts_at,
        other=one.other.receipt,
        other_answered=one.other.answered,
        other_at=other_at,
    )


def choosing_command(one: Contest, assignment: str) -> str:
    """What is typed to choose, for the assignment with this id."""
    learner = shlex.quote(one_line(one.learner, 80))
    return words.CHOOSE.format(assignment=shlex.quote(assignment[:8]), learner=learner)
