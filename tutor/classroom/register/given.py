"""What tutors made of mark points, over what the marking found."""

from __future__ import annotations

from sqlalchemy import Connection, select

from tutor.classroom.register.tables import learners, overrides

MET, MISSED = "met", "missed"


def points_given(connection: Connection, assignment: int) -> dict[tuple[int, int], dict[str, str]]:
    """What each point counts as, by the keys of learner and question, where a tutor said so.

    Marks for a whole answer replace what was said of its points before.
    """
    found: dict[tuple[int, int], dict[str, str]] = {}
    for row in connection.execute(
        select(overrides.c.learner, overrides.c.question, overrides.c.point, overrides.c.marks)
        .join(learners, learners.c.key == overrides.c.learner)
        .where(learners.c.assignment == assignment)
        .order_by(overrides.c.key)
    ):
        if row.point is None:
            found.pop((row.learner, row.question), None)
        else:
            states = found.setdefault((row.learner, row.question), {})
            states[row.point] = MET if row.marks > 0 else MISSED
    return found
