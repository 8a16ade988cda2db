"""An assignment as the register keeps it: as it was handed out, and its questions in full."""

from __future__ import annotations

import math
import zlib
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select

from tutor.classroom.assignment import Assignment
from tutor.classroom.excerpt import Excerpt, ExcerptFolder
from tutor.classroom.register.failures import RegisterError
from tutor.classroom.register.tables import assignments, questions
from tutor.course.questions import Question
from tutor.course.text import one_line
from tutor.session.bank import Bank
from tutor.words import journal as journal_words

S = TypeVar("S", bound=msgspec.Struct)


class Snapshot:
    """What the submissions of an assignment are marked against, whatever the course became since.

    Attributes:
        key: Of its row.
        assignment: As it was handed out.
        title: What it is called in the register, on one line.
        bank: Its questions with their keys.
        misconceptions: Those that its questions name, by id.
        handed_out: Its questions as they were handed out.
        rows: The keys of the questions' rows, by their ids, in the order of the assignment.
        closed_at: When a collection after its deadline first came to its end.
        max_marks: The most that a learner can get.
    """

    def __init__(
        self,
        key: int,
        assignment: Assignment,
        in_full: Excerpt,
        rows: dict[str, int],
        closed_at: datetime | None,
        title: str,
    ) -> None:
        self.key = key
        self.assignment = assignment
        self.title = one_line(title, 80)
        files = ExcerptFolder(in_full)
        self.bank = Bank(files)
        self.misconceptions = files.misconceptions
        self.handed_out: dict[str, Question] = {
            question.id: question
            for phase in assignment.excerpt.phases
            for question in phase.questions
        }
        self.rows = rows
        self.closed_at = closed_at
        self.max_marks = math.fsum(self.bank.by_id[one].marks for one in rows)


def packed(value: msgspec.Struct) -> bytes:
    """A struct as the register keeps it."""
    return zlib.compress(msgspec.json.encode(value))


def unpacked(data: bytes, struct: type[S]) -> S:
    """The struct again. What the register holds is this program's own, and trusted."""
    return msgspec.json.decode(zlib.decompress(data), type=struct)


class _Sealed(msgspec.Struct):
    tutor_keys: tuple[str, ...]


def keys_sealed_to(connection: Connection) -> list[tuple[str, tuple[str, ...]]]:
    """The title of each assignment, and the public keys that its submissions are sealed to."""
    rows = connection.execute(
        select(assignments.c.title, assignments.c.handed_out).order_by(assignments.c.key)
    )
    return [(row.title, unpacked(row.handed_out, _Sealed).tutor_keys) for row in rows]


def snapshot_of(connection: Connection, key: int) -> Snapshot:
    """The assignment of a row.

    Raises:
        RegisterError: what is kept of it is damaged.
    """
    row = connection.execute(select(assignments).where(assignments.c.key == key)).one()
    listed = connection.execute(
        select(questions.c.id, questions.c.key)
        .where(questions.c.assignment == key)
        .order_by(questions.c.number)
    )
    try:
        handed_out, in_full = unpacked(row.handed_out, Assignment), unpacked(row.in_full, Excerpt)
    except (zlib.error, msgspec.MsgspecError):
        where = one_line(str(connection.engine.url.database), 300)
        raise RegisterError(where, journal_words.DAMAGED) from None
    return Snapshot(
        key,
        handed_out,
        in_full,
        {one.id: one.key for one in listed},
        row.closed_at,
        row.title,
    )
