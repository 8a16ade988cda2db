"""Marks that a tutor gives in place of the marking's: recorded with who and why, and kept.

They are for a whole answer, or for one mark point of it. What holds is worked out from the
marking and from all of them in turn (`tutor.classroom.register.given`), so that marking again, or
saying the same twice, changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select, update

from tutor.classroom.register.given import Holding, marks_given
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import (
    COUNTS,
    attempts,
    learners,
    overrides,
    points,
    questions,
    submissions,
)


class Given(Struct, frozen=True):
    """Marks for an answer, or for a mark point of it; None takes back what was given before.

    Learner and question are keys of rows; answer and variant those of the attempt.
    """

    learner: int
    question: int
    answer: str | None
    variant: str
    marks: float | None
    point: str | None = None


def override(
    register: Register,
    assignment: int,
    whose: Sequence[int] | None,
    choose: Callable[[Connection], Sequence[Given]],
    who: str,
    why: str,
) -> int:
    """Give marks to several answers, to all or to none; returns to how many.

    Args:
        register: Where they are kept.
        assignment: Its key.
        whose: The learners whose answers may be among them; None for the whole class.
        choose: Gives the marks; until they are kept nobody else changes these learners' marks.
        who: Who gives them.
        why: The reason.

    Raises:
        RegisterError: they cannot be kept.
    """
    with register.writing() as connection:
        locked = select(learners.c.key).where(learners.c.assignment == assignment)
        if whose is not None:
            locked = locked.where(learners.c.key.in_(whose))
        # In one order, so that two who do this at once cannot wait for each other.
        connection.execute(locked.order_by(learners.c.key).with_for_update()).all()
        given = choose(connection)
        if given:
            now = datetime.now(UTC)
            fields = Given.__struct_fields__
            connection.execute(
                insert(overrides),
                [
                    {name: getattr(one, name) for name in fields}
                    | {"who": who, "why": why, "made_at": now}
                    for one in given
                ],
            )
        for learner in dict.fromkeys(one.learner for one in given):
            reapply(connection, learner)
        return len(given)


def reapply(connection: Connection, learner: int) -> None:
    """Put the marks that hold into a learner's attempts, and their sum into the submission."""
    given = marks_given(connection, overrides.c.learner == learner)
    counting = connection.execute(
        select(submissions.c.key, submissions.c.assignment).where(
            submissions.c.learner == learner, submissions.c.state == COUNTS
        )
    ).one_or_none()
    if counting is None:
        return
    found = connection.execute(
        select(
            attempts.c.key,
            attempts.c.question,
            attempts.c.marks,
            attempts.c.marked,
            questions.c.max_marks,
        )
        .join(questions, questions.c.key == attempts.c.question)
        .where(attempts.c.submission == counting.key)
        .order_by(attempts.c.question)
    ).all()
    marks = []
    for row in found:
        given_here = given.get((learner, row.question))
        holds = row.marked
        if given_here:
            marked = {
                point.point: point.marks
                for point in connection.execute(
                    select(points.c.point, points.c.marks).where(points.c.attempt == row.key)
                )
            }
            holds = what_holds(row.marked, row.max_marks, marked, given_here)
        if holds != row.marks:
            connection.execute(
                update(attempts).where(attempts.c.key == row.key).values(marks=holds)
            )
        marks.append(holds)
    total = math.fsum(marks)
    connection.execute(
        update(submissions).where(submissions.c.key == counting.key).values(marks=total)
    )
    asked = connection.scalar(
        select(func.count()).where(questions.c.assignment == counting.assignment)
    )
    if len(found) == asked:
        connection.execute(
            update(attempts)
            .where(attempts.c.submission == counting.key)
            .values(rest=total - attempts.c.marks)
        )


def what_holds(
    marked: float, most: float, of_points: Mapping[str, float], given: Holding
) -> float:
    """The marks of an answer once a tutor has given some.

    Args:
        marked: What the marking gave.
        most: Full marks.
        of_points: What it gave for each mark point.
        given: What the tutor gave.
    """
    # Points may be worth more than the question: one more that is missed then costs nothing.
    whole = max(marked, math.fsum(of_points.values())) if marked == most else marked
    changes = [
        marks - of_points.get(point, 0.0) for point, marks in given.items() if point is not None
    ]
    return min(most, max(0.0, math.fsum((given.get(None, whole), *changes))))
