"""What tutors gave in place of the marking's, as far as it holds.

Marks belong to the answer that they were given for, with the numbers that it was given to. They
rest while another answer of the learner counts, and hold again when that one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from tutor.classroom.register.tables import COUNTS, attempts, learners, overrides, submissions

MET, MISSED = "met", "missed"
#: By the mark point they are for, or None for the whole answer.
Holding = dict[str | None, float]
#: What tutors gave, beside the attempt that it was given for where that counts.
HOLDING = overrides.join(
    submissions,
    and_(submissions.c.learner == overrides.c.learner, submissions.c.state == COUNTS),
).join(
    attempts,
    and_(
        attempts.c.submission == submissions.c.key,
        attempts.c.question == overrides.c.question,
        attempts.c.answer.is_not_distinct_from(overrides.c.answer),
        attempts.c.variant == overrides.c.variant,
    ),
)


def marks_given(
    connection: Connection, *where: ColumnElement[bool]
) -> dict[tuple[int, int], Holding]:
    """The marks that hold, by the keys of learner and question; of those that meet `where`."""
    made: dict[tuple[int, int], list[Any]] = {}
    for row in connection.execute(
        select(overrides.c.learner, overrides.c.question, overrides.c.point, overrides.c.marks)
        .select_from(HOLDING)
        .where(*where)
        .order_by(overrides.c.key)
    ):
        made.setdefault((row.learner, row.question), []).append(row)
    return {key: holds for key, rows in made.items() if (holds := holding_of(rows))}


def given_in(assignment: int) -> ColumnElement[bool]:
    """That they were given in an assignment, by its key."""
    return overrides.c.learner.in_(
        select(learners.c.key).where(learners.c.assignment == assignment)
    )


def states_given(holding: Holding) -> dict[str, str]:
    """What each mark point counts as, where a tutor said so."""
    return {
        point: MET if marks > 0 else MISSED
        for point, marks in holding.items()
        if point is not None
    }


def holding_of(rows: Iterable[Any]) -> Holding:
    """What holds of all that was given for an answer, oldest first.

    Marks for a whole answer replace what was said of its points before. What has no marks takes
    those back that were given for the same thing.
    """
    found: Holding = {}
    for row in rows:
        if row.point is None:
            found.clear()
        if row.marks is None:
            found.pop(row.point, None)
        else:
            found[row.point] = row.marks
    return found
