"""Which answers a tutor gives other marks: one, all alike, or all that meet or miss a point."""

from __future__ import annotations

import getpass
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select

from tutor.classroom.assignment import same_id
from tutor.classroom.collection.overriding import Given, override
from tutor.classroom.register.given import Holding, marks_given, states_given
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
#: Keys of an attempt, its learner and its question, the answer as JSON, and the numbers drawn.
_Answer = Row[Any]
#: A question by its number, as it stands in the report.
_NUMBER = re.compile(r"(?:no\.?|nr\.?)?\s*([0-9]{1,6})\.?", re.ASCII | re.IGNORECASE)


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
        question: The question's id, or its number.
        marks: Marks for the answer; None where they are for a point.
        point: The mark point's id.
        state: What it is to count as: met or missed.
        same_answer: For all who gave the same answer as well.
        withdraw: To take back what was given for the answer, or for the point.
    """

    learner: str
    question: str
    marks: float | None = None
    point: str | None = None
    state: str | None = None
    same_answer: bool = False
    withdraw: bool = False


class Changed(NamedTuple):
    """How many answers have other marks now, how many had them already, and the question's id."""

    given: int
    same: int
    question: str


def choose(register: Register, assignment: int, choice: Choice, who: str, why: str) -> Changed:
    """Give the marks, or take them back.

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
        given_now = marks_given(connection, overrides.c.question == snapshot.rows[banked.id])
        if learner is None and choice.point is not None and not choice.withdraw:
            other = "missed" if choice.state == "met" else "met"
            rows = _in_state(connection, rows, choice.point, other, given_now)
        wanted = [
            row
            for row in rows
            if _changes(given_now.get((row.learner, row.question), {}), choice.point, worth)
        ]
        same = 0 if choice.withdraw else len(rows) - len(wanted)
        if not rows:
            raise CannotGive(words.NO_ANSWERS)
        if choice.withdraw and not wanted:
            raise CannotGive(words.NOTHING_GIVEN.format(question=banked.id))
        return [
            Given(row.learner, row.question, row.answer, row.variant, worth, choice.point)
            for row in wanted
        ]

    one = None if learner is None or choice.same_answer else (learner,)
    count = override(register, assignment, one, given, who, why)
    return Changed(count, same, banked.id)


def _banked(snapshot: Snapshot, question: str) -> Banked:
    ids = [*snapshot.rows]
    told = one_line(question, 60).strip()
    if told in snapshot.rows:
        return snapshot.bank.by_id[told]
    if number := _NUMBER.fullmatch(told):
        if 1 <= int(number[1]) <= len(ids):
            return snapshot.bank.by_id[ids[int(number[1]) - 1]]
        fault = words.NO_NUMBER.format(number=number[1], title=snapshot.title, count=len(ids))
        raise CannotGive(fault)
    known = one_line(", ".join(ids), 400)
    raise CannotGive(words.NO_QUESTION.format(question=told, title=snapshot.title, known=known))


def _worth(banked: Banked, choice: Choice) -> float | None:
    """The marks that are given, for the answer or the point; None to take them back."""
    asked = (choice.marks is not None, choice.state is not None, choice.withdraw)
    # Without anything a point still lacks its state, which is told below.
    if sum(asked) > 1 or (not any(asked) and choice.point is None):
        raise CannotGive(words.MARKS_OR_POINT)
    if choice.point is None:
        if choice.state is not None:
            raise CannotGive(words.MARKS_OR_POINT)
        if choice.learner == ALL:
            raise CannotGive(words.ALL_NEEDS_POINT)
        marks = choice.marks
        if marks is not None and not 0.0 <= marks <= banked.marks:
            raise CannotGive(
                words.OUT_OF_RANGE.format(question=banked.id, most=banked.marks, marks=marks)
            )
        return marks
    if choice.marks is not None:
        raise CannotGive(words.MARKS_OR_POINT)
    point = _point(banked, choice.point)
    if choice.withdraw:
        return None
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
    columns = (attempts.c[name] for name in ("key", "learner", "question", "answer", "variant"))
    found = connection.execute(
        select(*columns).where(attempts.c.question == question).order_by(attempts.c.learner)
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
    if one.variant != other.variant:
        return False
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
    given: Mapping[tuple[int, int], Holding],
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
        if states_given(given.get((row.learner, row.question), {})).get(
            point, state if row.key in found else ""
        )
        == state
    ]


def _changes(holding: Holding, point: str | None, worth: float | None) -> bool:
    """Whether an answer for which this holds is marked otherwise then."""
    if worth is None:
        return bool(holding) if point is None else point in holding
    return holding != {None: worth} if point is None else holding.get(point) != worth
