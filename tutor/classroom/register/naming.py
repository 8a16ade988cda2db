"""Which assignment of a register is meant."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import Connection, select

from tutor.classroom.register.listing import Overview, assignments_in
from tutor.classroom.register.tables import assignments
from tutor.course.text import one_line
from tutor.words import collecting as words


def find_assignment(connection: Connection, named: str) -> int:
    """The key of the assignment with this id or title, or else a part of it, in any case.

    What begins so goes before what only holds it somewhere in its title.

    Raises:
        ValueError: there is none, or there are several; the message is a sentence.
    """
    rows = connection.execute(
        select(assignments.c.key, assignments.c.id, assignments.c.title).order_by(
            assignments.c.made_at.desc(), assignments.c.key.desc()
        )
    ).all()
    wanted = named.strip().casefold()
    exact = [row for row in rows if wanted in (row.id.casefold(), row.title.casefold())]
    begins = [
        row
        for row in rows
        if row.id.casefold().startswith(wanted) or row.title.casefold().startswith(wanted)
    ]
    holds = [row for row in rows if wanted in row.title.casefold()]
    found = exact or ((begins or holds) if wanted else [])
    if len(found) == 1:
        return int(found[0].key)
    told = words.SEVERAL_SUCH if found else words.NONE_SUCH
    there = {one.id: one for one in assignments_in(connection)}
    listed = "; ".join(_listed(there[row.id]) for row in (found or rows)[:8])
    raise ValueError(told.format(named=one_line(named, 80), listed=listed or words.NO_ASSIGNMENTS))


def newest_assignment(connection: Connection) -> int | None:
    """The key of the assignment that was made last; None where there is none."""
    found: int | None = connection.scalar(
        select(assignments.c.key).order_by(assignments.c.made_at.desc(), assignments.c.key.desc())
    )
    return found


def assignment_among(connection: Connection, told: Callable[[], Collection[str]]) -> int:
    """The key of the one assignment that there is, or of the one among those that are told.

    Args:
        connection: To the register.
        told: Gives ids; is asked only where the register holds several.

    Raises:
        ValueError: it may be another one as well; the message is a sentence.
    """
    rows = connection.execute(select(assignments.c.id, assignments.c.key))
    keys: dict[str, int] = {row.id: row.key for row in rows}
    found = [*keys] if len(keys) == 1 else [one for one in told() if one in keys]
    if len(found) == 1:
        return keys[found[0]]
    listed = "; ".join(
        _listed(one) for one in assignments_in(connection) if one.id in (found or keys)
    )
    raise ValueError(words.WHICH_ASSIGNMENT.format(listed=listed or words.NO_ASSIGNMENTS))


def _listed(one: Overview) -> str:
    told = words.LISTED if one.learners else words.LISTED_OF_ANYONE
    return told.format(
        title=one_line(one.title, 80),
        id=one_line(one.id, 40)[:8],
        due=one.due_at.astimezone().strftime(words.WHEN),
        handed_in=one.handed_in,
        learners=one.learners,
    )
