"""Making an assignment: the file that is handed out, and the snapshot that the register keeps."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert

from tutor.classroom.assignment import (
    Assignment,
    Policy,
    Seat,
    same_id,
    seat_of,
    write_assignment,
)
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.genuine import SECRET_BYTES, release_key
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.handout.stripping import stripped, with_opaque_ids
from tutor.classroom.refusing import refuse_unsound
from tutor.classroom.register import tables
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import packed

#: Bytes of the keys that hashes are made with.
_KEY_BYTES = 16


class Made(NamedTuple):
    """An assignment with what stays with its tutor.

    Attributes:
        assignment: As it is handed out.
        in_full: Its questions with their keys.
        secret: What its releases are signed with.
        learners: Whom it is for; empty where anyone may hand it in.
    """

    assignment: Assignment
    in_full: Excerpt
    secret: bytes
    learners: tuple[Enrolled, ...]


def make_assignment(
    excerpt: Excerpt,
    *,
    title: str,
    tutor: str = "",
    due_at: datetime,
    policy: Policy,
    tutor_keys: Sequence[str],
    learners: Sequence[Enrolled] = (),
    sections: tuple[tuple[str, int], ...] = (),
    made_at: datetime,
) -> Made:
    """An assignment of the questions; nothing is written yet.

    Raises:
        FileProblem: learners could not open it; the message says why.
        ValueError: a question cannot be asked without telling what it hides.
    """
    graded = policy.feedback == "released"
    in_full = with_opaque_ids(excerpt, secrets.token_bytes(_KEY_BYTES)) if graded else excerpt
    salt = secrets.token_hex(_KEY_BYTES)
    secret = secrets.token_bytes(SECRET_BYTES)
    assignment = Assignment(
        id=str(uuid.uuid4()),
        title=title,
        tutor=tutor,
        made_at=made_at.astimezone(UTC),
        due_at=due_at.astimezone(UTC),
        policy=policy,
        release_key=release_key(secret),
        tutor_keys=tuple(dict.fromkeys(tutor_keys)),
        variant_key=secrets.token_hex(_KEY_BYTES),
        salt=salt,
        seats=dict(sorted((seat_of(salt, one.id), _seat(one)) for one in learners)),
        sections=sections,
        excerpt=stripped(in_full, hints=policy.hints) if graded else in_full,
    )
    refuse_unsound(assignment)
    return Made(assignment, in_full, secret, tuple(learners))


def _seat(learner: Enrolled) -> Seat:
    due_at = learner.due_at and learner.due_at.astimezone(UTC)
    return Seat(extra=learner.extra or 0.0, due_at=due_at)


def hand_out(made: Made, register: Register, path: Path) -> None:
    """Write the assignment's file, and keep the snapshot; neither where one of them fails.

    Raises:
        FileExistsError: there is such a file.
        OSError: it cannot be written.
        RegisterError: the register cannot be written.
    """
    if path.exists():
        raise FileExistsError(path)
    waiting = path.with_name(path.name + ".new")
    try:
        write_assignment(made.assignment, waiting)
        with register.writing() as connection:
            keep(connection, made)
        waiting.rename(path)
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


def keep(connection: Connection, made: Made) -> int:
    """Keep what the assignment is marked against, and whom it is for; the key of its row.

    Raises:
        RegisterError: the register cannot be written.
    """
    given, excerpt = made.assignment, made.in_full
    key = _kept(
        connection,
        tables.assignments,
        id=given.id,
        title=given.title,
        kind=given.kind,
        made_at=given.made_at,
        due_at=given.due_at,
        handed_out=packed(given),
        in_full=packed(excerpt),
        secret=made.secret,
    )
    numbers = {question: number for number, question in enumerate(excerpt.ids, 1)}
    for phase in excerpt.phases:
        for question in phase.questions:
            row = _kept(
                connection,
                tables.questions,
                assignment=key,
                id=question.id,
                number=numbers[question.id],
                kind=question.kind,
                phase=phase.id,
                max_marks=excerpt.marks[question.id],
            )
            aims = [{"question": row, "objective": one} for one in set(question.objectives)]
            if aims:
                connection.execute(insert(tables.objectives), aims)
    enrolled = [
        {
            "assignment": key,
            "learner": same_id(learner.id),
            "id": learner.id,
            "name": learner.name,
            "family": learner.family,
            "email": learner.email,
            "team": learner.group,
            "extra": learner.extra or 0.0,
            "due_at": learner.due_at,
        }
        for learner in made.learners
    ]
    if enrolled:
        connection.execute(insert(tables.learners), enrolled)
    return key


def _kept(connection: Connection, table: Any, **values: object) -> int:
    """The key of a new row."""
    found = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert found is not None
    return int(found[0])
