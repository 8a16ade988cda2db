"""Marks of a tutor that rest, as another answer of the learner counts now than they are for.

They are told until the tutor gives marks for the answer that counts, be it those it has.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection, and_, select

from tutor.classroom.register.given import HOLDING, given_in, holding_of
from tutor.classroom.register.tables import COUNTS, attempts, learners, overrides, questions
from tutor.classroom.register.tables import submissions as s
from tutor.course.text import one_line
from tutor.words import class_release as words


class Resting(Struct, frozen=True):
    """A learner by the id, and the ids of the questions for which a tutor's marks rest."""

    learner: str
    questions: tuple[str, ...]


def resting_in(
    connection: Connection, assignment: int, learner: int | None = None
) -> tuple[Resting, ...]:
    """Those of an assignment by its key, or one of them by theirs, in the order of their ids."""
    of_it = given_in(assignment) if learner is None else overrides.c.learner == learner
    holds = set(connection.scalars(select(overrides.c.key).select_from(HOLDING).where(of_it)))
    rows = connection.execute(
        select(overrides, learners.c.id.label("whose"), questions.c.id.label("asked"))
        .join(learners, learners.c.key == overrides.c.learner)
        .join(questions, questions.c.key == overrides.c.question)
        .join(s, and_(s.c.learner == overrides.c.learner, s.c.state == COUNTS))
        .join(
            attempts,
            and_(
                attempts.c.submission == s.c.key,
                attempts.c.question == overrides.c.question,
            ),
        )
        .where(of_it)
        .order_by(learners.c.learner, questions.c.number, overrides.c.key)
    ).all()
    by_answer = defaultdict(list)
    for row in rows:
        by_answer[row.whose, row.asked, row.answer, row.variant].append(row)
    told = {(row.whose, row.asked) for row in rows if row.key in holds}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for (whose, asked, *_), given in by_answer.items():
        if (whose, asked) not in told and holding_of(given):
            found[whose][asked] = None
    return tuple(Resting(whose, tuple(asked)) for whose, asked in found.items())


def resting_lines(resting: Sequence[Resting], assignment: str) -> Iterator[str]:
    """What a tutor is told of them, for the assignment with this id; nothing where none rest."""
    if resting:
        yield words.RESTING.format(assignment=shlex.quote(assignment[:8]))
    for one in resting:
        yield words.RESTS.format(
            learner=one_line(one.learner, 80), questions=", ".join(one.questions)
        )
