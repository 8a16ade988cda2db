"""More time for some learners, and learners who joined later, from a list."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import insert, select, update

from tutor.classroom.assignment import same_id
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import assignments, learners

#: Columns of a learner's row, by the names that lists have for them.
_TOLD = {"name": "name", "family": "family", "email": "email", "group": "team"}


class Extended(Struct, frozen=True):
    """What a list changed.

    Attributes:
        given: Ids of the learners whose deadline or extra time is another now, by their keys.
        joined: How many are new.
        unknown: Ids that the assignment is not for.
    """

    given: dict[int, str]
    joined: int
    unknown: tuple[str, ...]


def too_early(register: Register, assignment: int, listed: Iterable[Enrolled]) -> list[Enrolled]:
    """Those of a list whose own deadline is before that of the assignment.

    Raises:
        RegisterError: the register cannot be read.
    """
    with register.reading() as connection:
        due_at = connection.execute(
            select(assignments.c.due_at).where(assignments.c.key == assignment)
        ).scalar_one()
    return [one for one in listed if one.due_at is not None and one.due_at < due_at]


def extend(
    register: Register, assignment: int, listed: Iterable[Enrolled], *, joining: bool = False
) -> Extended:
    """Put what a list says of learners into the register; what it leaves open stays.

    Args:
        register: Where it is kept.
        assignment: The key of the assignment.
        listed: The list.
        joining: Learners who are not there yet join; otherwise they are unknown.

    Raises:
        RegisterError: the register cannot be written.
    """
    given: dict[int, str] = {}
    joined, unknown = 0, []
    with register.writing() as connection:
        there = {
            row.learner: row
            for row in connection.execute(
                select(learners)
                .where(learners.c.assignment == assignment)
                .order_by(learners.c.key)
                .with_for_update()
            )
        }
        for one in listed:
            row = there.get(same_id(one.id))
            if row is None and not joining:
                unknown.append(one.id)
                continue
            values: dict[str, object] = {
                column: getattr(one, name) for name, column in _TOLD.items() if getattr(one, name)
            }
            if one.extra is not None:
                values["extra"] = one.extra
            if one.due_at is not None:
                values["due_at"] = one.due_at
            if row is None:
                values |= {"assignment": assignment, "learner": same_id(one.id), "id": one.id}
                connection.execute(insert(learners).values(**values))
                joined += 1
                continue
            if joining:
                values["enrolled"] = True
            changed = {name: new for name, new in values.items() if getattr(row, name) != new}
            if changed:
                connection.execute(
                    update(learners).where(learners.c.key == row.key).values(**changed)
                )
            if not changed.keys().isdisjoint(("extra", "due_at")):
                given[row.key] = row.id
    return Extended(given, joined, tuple(unknown))
