"""A class whose work is collected, and all that a register says of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from handing import handed_in, registered, right_answers, submission_of, worked
from handouts import ADA, BOB, MADE, HandOut
from sqlalchemy import select, text

from tutor.classroom.assignment import Seat
from tutor.classroom.collection.collecting import Collected, collect
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import attempts, learners, questions, submissions
from tutor.classroom.submission import Submission

DAY = timedelta(days=1)
#: For what is the same wherever the register is.
IN_A_FILE = pytest.mark.parametrize("where", ["sqlite"], indirect=True)


class Class:
    """An assignment in a register, and a folder for what is handed in."""

    def __init__(self, register: Register, given: HandOut, folder: Path) -> None:
        self.register = register
        self.given = given
        self.assignment = given.assignment
        self.folder = folder
        ids = {ADA: Seat(), BOB: Seat(extra=25.0)} if given.assignment.seats else {}
        self.key = registered(register, given.assignment, given.in_full, ids)

    def right(self, learner: str) -> dict[str, Any]:
        return right_answers(self.assignment, self.given.in_full, learner)

    def hands_in(
        self,
        learner: str,
        begun: datetime = MADE + DAY,
        answers: dict[str, Any] | None = None,
        *,
        name: str = "",
        **more: Any,
    ) -> Submission:
        """A learner works and hands in; without other answers, all are right."""
        answers = self.right(learner) if answers is None else answers
        done = submission_of(
            self.assignment, learner, worked(self.assignment, learner, answers, begun), **more
        )
        handed_in(self.folder, done, self.assignment, name=name)
        return done

    def collect(self, at: datetime | None = None) -> Collected:
        now = at or self.assignment.due_at + timedelta(hours=1)
        return collect(
            self.register, [self.folder], [self.given.key], only=self.key, clock=lambda: now
        )

    def stands(self, learner: str) -> Any:
        """The row of the submission that counts."""
        with self.register.reading() as connection:
            return connection.execute(
                select(submissions)
                .join(learners, learners.c.key == submissions.c.learner)
                .where(learners.c.id == learner, submissions.c.state == "counts")
            ).one_or_none()

    def states(self) -> list[tuple[int, str]]:
        with self.register.reading() as connection:
            rows = connection.execute(
                select(submissions.c.number, submissions.c.state).order_by(
                    submissions.c.number, submissions.c.state
                )
            )
            return [(row.number, row.state) for row in rows]

    def attempts(self, learner: str) -> dict[str, Any]:
        with self.register.reading() as connection:
            rows = connection.execute(
                select(attempts, questions.c.id)
                .join(questions, questions.c.key == attempts.c.question)
                .join(learners, learners.c.key == attempts.c.learner)
                .where(learners.c.id == learner)
            )
            return {row.id: row for row in rows}


def dump(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """All that matters of a register: without the numbers of rows, and when it was done."""
    queries = {
        "submissions": (
            "SELECT l.learner, s.digest, s.number, s.state, s.late, s.share, s.marks, "
            "s.max_marks, s.notes FROM submissions s JOIN learners l ON l.key = s.learner "
            "ORDER BY l.learner, s.digest"
        ),
        "attempts": (
            "SELECT l.learner, q.id, a.marks, a.marked, a.answer, a.variant, a.certainty, "
            "a.seconds, a.feedback FROM attempts a JOIN learners l ON l.key = a.learner "
            "JOIN questions q ON q.key = a.question ORDER BY l.learner, q.id"
        ),
        "points": (
            "SELECT l.learner, q.id, p.point, p.state, p.marks, p.evidence FROM points p "
            "JOIN attempts a ON a.key = p.attempt JOIN learners l ON l.key = a.learner "
            "JOIN questions q ON q.key = a.question ORDER BY l.learner, q.id, p.point"
        ),
        "shown": (
            "SELECT l.learner, q.id, s.misconception FROM shown s "
            "JOIN attempts a ON a.key = s.attempt JOIN learners l ON l.key = a.learner "
            "JOIN questions q ON q.key = a.question ORDER BY l.learner, q.id, s.misconception"
        ),
        "set_aside": "SELECT digest, reason FROM set_aside ORDER BY digest",
    }
    with register.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(text(query))]
            for name, query in queries.items()
        }


def reasons(collected: Collected) -> dict[str, str]:
    """Why files were set aside, by their names."""
    return {Path(one.file).name: one.reason for one in collected.set_aside}


def notes(collected: Collected) -> dict[str, tuple[str, ...]]:
    """What is noted of learners, by their ids."""
    return {one.learner: one.notes for result in collected.results for one in result.notes}
