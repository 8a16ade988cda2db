"""A class of fourteen whose answers are known, to read reports of."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from classes import DAY, Class
from click.testing import CliRunner, Result
from handing import handed_in, submission_of, worked
from handouts import MADE, SALT, hand_out
from sqlalchemy import insert, update

from tutor.classroom.assignment import Seat, same_id, seat_of
from tutor.classroom.register.register import Register, open_register
from tutor.classroom.register.tables import learners
from tutor.cli.commands import tutor
from tutor.course.loader import CourseFolder

#: A choice, an order, a number and a text.
SINGLE, ORDER, NUMBER, TEXT = "rest.q2", "rest.q9", "rest.q10", "rest.q8"
WHO = [f"s{number:02}" for number in range(14)]
#: The first so many are right throughout, the last hands in nothing.
RIGHT = 8


def fourteen(files: CourseFolder, folder: Path) -> Class:
    """Fourteen learners: eight right, five with the same wrong ideas, one who is missing."""
    seats = {seat_of(SALT, one): Seat() for one in WHO}
    given = hand_out(files, ids=questions_of(files), seats=seats)
    register = open_register(folder / "register.sqlite3")
    course = Class(register, given, folder / "in")
    with register.writing() as connection:
        connection.execute(learners.delete())
        connection.execute(
            insert(learners),
            [
                {
                    "assignment": course.key,
                    "learner": same_id(one),
                    "id": one,
                    "name": f"Learner {one}",
                    "email": f"{one}@class.example",
                }
                for one in WHO
            ],
        )
        connection.execute(
            update(learners)
            .where(learners.c.id == WHO[1])
            .values(due_at=MADE + 30 * DAY, extra=25.0)
        )
        connection.execute(
            update(learners).where(learners.c.id == WHO[2]).values(name="=cmd|' /C calc'!A0")
        )
    single = wrong_option(course)
    for place, one in enumerate(WHO[:-1]):
        answers = course.right(one)
        sure = 1
        if place >= RIGHT:
            sure = 3
            answers[SINGLE] = [single]
            answers[ORDER] = answers[ORDER][::-1]
            answers[NUMBER] = "12345 mV"
            answers[TEXT] = "The potassium channels close." if place % 2 else "It is the pump."
        if place == RIGHT:
            del answers[NUMBER]
        begun = MADE + (20 if place == 0 else 1) * DAY
        hand_in_sure(course, one, answers, begun, sure)
    course.collect(MADE + 25 * DAY)
    return course


def questions_of(files: CourseFolder) -> list[str]:
    kinds = {q.id: q.kind for q in files.phase("rest").questions}
    asked = [SINGLE, ORDER, NUMBER, TEXT]
    assert [kinds[one] for one in asked] == ["single", "ordering", "numeric", "text"]
    return asked


def wrong_option(course: Class) -> str:
    """The id of an option that shows a misconception."""
    (question,) = (q for p in course.given.in_full.phases for q in p.questions if q.id == SINGLE)
    return next(one.id for one in question.options if not one.correct and one.misconception)


def hand_in_sure(
    course: Class, learner: str, answers: dict[str, Any], begun: datetime, sure: int
) -> None:
    events = worked(course.assignment, learner, answers, begun, sure=sure)
    done = submission_of(course.assignment, learner, events, number=1)
    handed_in(course.folder, done, course.assignment)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(tutor, [str(one) for one in arguments])


def backup(register: Register) -> bytes:
    """The file of a register as it stands."""
    source = sqlite3.connect(register.where)
    try:
        return source.serialize()
    finally:
        source.close()
