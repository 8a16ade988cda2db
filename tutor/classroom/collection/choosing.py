"""Which answers a tutor gives other marks: one, all alike, or all that meet or miss a point."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select

from tutor.classroom.assignment import same_id
from tutor.classroom.collection.overriding import Given, override
from tutor.classroom.register.given import points_given
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import Snapshot, snapshot_of
from tutor.classroom.register.tables import (
    COUNTS,
    attempts,
    learners,
    overrides,
    points,
    submissions,
)
from tutor.classroom.report.answers import normalised
from tutor.course.posed import Posed
from tutor.course.questions import MarkPoint, TextQuestion
from tutor.course.text import one_line
from tutor.session.bank import Banked
from tutor.session.form import shown_answer
from tutor.words import class_release as words

#: In place of an id: the whole class.
ALL = "all"
#: Keys of an attempt, its learner and its question, and the answer as JSON.
_Answer = Row[Any]


def logged_in() -> str:
    """The name of who is logged in, as far as the system knows one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return words.SOMEONE


class CannotGive(ValueError):
    """These marks cannot be given; the message is a sentence without its end."""


class Choice(Struct, frozen=True):
    """What a tutor asks for.

    Attributes:
        learner: An id, or `ALL`.
        question: The question's id.
        marks: Marks for the answer; None where they are for a point.
        point: The mark point's id.
        state: What it is to count as: met or missed.
        same_answer: For all who gave the same answer as well.
    """

    learner: str
    question: str
    marks: float | None = None
    point: str | None = None
    state: str | None = None
    same_answer: bool = False


def choose(
    register: Register, assignment: int, choice: Choice, who: str, why: str
) -> tuple[int, int]:
    """Give the marks; returns how many answers have others now, and how many had them already.

    Raises:
        CannotGive: there is no such learner, question, point or answer, or too many marks.
        RegisterError: the register cannot be used.
    """
    with register.reading() as connection:
        snapshot = snapshot_of(connection, assignment)
        banked = _banked(snapshot, choice.question)
        worth = _worth(banked, choice)
        learner = _learner(connection, snapshot, choice)
    same = 0

    def given(connection: Connection) -> Sequence[Given]:
        nonlocal same
        rows = _answers(connection, snapshot.rows[banked.id])
        if learner is not None:
            own = next((row for row in rows if row.learner == learner), None)
            if own is None:
                raise CannotGive(_no_answer(connection, learner, choice))
            rows = (
                [row for row in rows if _alike(banked, own, row)] if choice.same_answer else [own]
            )
        elif choice.point is not None:
            other = "missed" if choice.state == "met" else "met"
            given_now = points_given(connection, assignment)
            rows = _in_state(connection, rows, choice.point, other, given_now)
        there = _there(connection, snapshot.rows[banked.id], choice.point)
        wanted = [row for row in rows if there.get(row.learner) != worth]
        same = len(rows) - len(wanted)
        if not rows:
            raise CannotGive(words.NO_ANSWERS)
        return [Given(row.learner, row.question, worth, choice.point) for row in wanted]

    one = None if learner is None or choice.same_answer else (learner,)
    return override(register, assignment, one, given, who, why), same


def _banked(snapshot: Snapshot, question: str) -> Banked:
    if question not in snapshot.rows:
        told = one_line(question, 60)
        known = ", ".join(snapshot.rows)
        raise CannotGive(
            words.NO_QUESTION.format(
                question=told, title=snapshot.title, known=one_line(known, 400)
            )
        )
    return snapshot.bank.by_id[question]


def _worth(banked: Banked, choice: Choice) -> float:
    """The marks that are given, for the answer or the point."""
    if (choice.point is None) == (choice.marks is None):
        raise CannotGive(words.MARKS_OR_POINT)
    if choice.point is None:
        if choice.state is not None:
            raise CannotGive(words.MARKS_OR_POINT)
        if choice.learner == ALL:
            raise CannotGive(words.ALL_NEEDS_POINT)
        marks = choice.marks
        assert marks is not None
        if not 0.0 <= marks <= banked.marks:
            raise CannotGive(
                words.OUT_OF_RANGE.format(question=banked.id, most=banked.marks, marks=marks)
            )
        return marks
    point = _point(banked, choice.point)
    if choice.state is None:
        raise CannotGive(words.STATE_NEEDED.format(point=point.id))
    return float(point.marks) if choice.state == "met" else 0.0


def _point(banked: Banked, named: str) -> MarkPoint:
    if not isinstance(banked.question, TextQuestion):
        raise CannotGive(words.NO_POINTS.format(question=banked.id))
    known = {point.id: point for point in banked.question.mark_points}
    if named not in known:
        told = words.NO_POINT.format(
            question=banked.id, point=one_line(named, 60), known=", ".join(known)
        )
        raise CannotGive(told)
    return known[named]


def _learner(connection: Connection, snapshot: Snapshot, choice: Choice) -> int | None:
    """The key of the learner; None for the whole class."""
    if choice.learner == ALL and choice.point is not None:
        return None
    key: int | None = connection.scalar(
        select(learners.c.key).where(
            learners.c.assignment == snapshot.key, learners.c.learner == same_id(choice.learner)
        )
    )
    if key is None:
        told = one_line(choice.learner, 60)
        raise CannotGive(words.NO_LEARNER.format(title=snapshot.title, learner=told))
    return key


def _answers(connection: Connection, question: int) -> list[_Answer]:
    found = connection.execute(
        select(attempts.c.key, attempts.c.learner, attempts.c.question, attempts.c.answer)
        .where(attempts.c.question == question)
        .order_by(attempts.c.learner)
    )
    return [*found]


def _no_answer(connection: Connection, learner: int, choice: Choice) -> str:
    counts = connection.scalar(
        select(submissions.c.key).where(
            submissions.c.learner == learner, submissions.c.state == COUNTS
        )
    )
    told = words.NOTHING_IN if counts is None else words.NOT_ASKED
    return told.format(learner=one_line(choice.learner, 60), question=choice.question)


def _alike(banked: Banked, one: _Answer, other: _Answer) -> bool:
    if one.answer is None or other.answer is None:
        return one is other
    posed = Posed(banked.question, 0)
    texts = [
        normalised(shown_answer(posed, msgspec.json.decode(row.answer))) for row in (one, other)
    ]
    return texts[0] == texts[1]


def _in_state(
    connection: Connection,
    rows: Sequence[_Answer],
    point: str,
    state: str,
    given: Mapping[tuple[int, int], Mapping[str, str]],
) -> list[_Answer]:
    """The answers in which the point counts so, by a tutor or else by the marking."""
    keys = [row.key for row in rows]
    found = set(
        connection.scalars(
            select(points.c.attempt).where(
                points.c.attempt.in_(keys), points.c.point == point, points.c.state == state
            )
        )
    )
    return [
        row
        for row in rows
        if given.get((row.learner, row.question), {}).get(point, state if row.key in found else "")
        == state
    ]


def _there(connection: Connection, question: int, point: str | None) -> dict[int, float]:
    """What each learner was given last for the question, as far as it is for the same thing."""
    found: dict[int, float] = {}
    for row in connection.execute(
        select(overrides.c.learner, overrides.c.marks, overrides.c.point)
        .where(overrides.c.question == question)
        .order_by(overrides.c.key)
    ):
        if row.point == point:
            found[row.learner] = row.marks
        elif row.point is None or point is None:
            found.pop(row.learner, None)
    return found
