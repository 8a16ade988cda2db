"""What becomes of the submissions of a learner, and the marks that the one that counts gives.

Everything here follows from what is kept of the learner, so doing it again changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from tutor.classroom.collection.answers import read_answers
from tutor.classroom.collection.lateness import clock_of, share_kept
from tutor.classroom.collection.noting import Seen, notes_of
from tutor.classroom.collection.overriding import reapply
from tutor.classroom.collection.remarking import Marked, Marker
from tutor.classroom.collection.standing import Judged, standing_of
from tutor.classroom.files import FileProblem
from tutor.classroom.register.snapshot import Snapshot
from tutor.classroom.register.tables import (
    COUNTS,
    REFUSED,
    REPLACED,
    attempts,
    choices,
    learners,
    points,
    shown,
    submissions,
)
from tutor.classroom.submission import MOODLE, Submission, unpacked
from tutor.words import collecting as words


def settle(
    connection: Connection,
    snapshot: Snapshot,
    learner: int,
    marker: Marker,
    known: Mapping[str, Submission],
) -> None:
    """Find the submission of a learner that counts, and keep the marks that it gives.

    Args:
        connection: A transaction; until its end nobody else settles this learner.
        snapshot: The assignment.
        learner: The key of the learner's row.
        marker: Marks it.
        known: Submissions that have been unpacked already, by their digests.
    """
    own = connection.execute(
        select(learners).where(learners.c.key == learner).with_for_update()
    ).one()
    rows = connection.execute(select(submissions).where(submissions.c.learner == learner)).all()
    judged, changes = [], []
    for row in rows:
        try:
            judged.append(_judged(snapshot, own, row, known))
        except FileProblem as problem:
            changes.append(_set_aside(row, str(problem)))
    judged.sort(key=lambda one: one.order)
    choice = connection.execute(
        select(choices).where(choices.c.learner == learner).order_by(choices.c.key.desc()).limit(1)
    ).one_or_none()
    standing = standing_of(judged, choice)
    counting, against = standing.counts, standing.against
    if rows:
        of_learner = select(submissions.c.key).where(submissions.c.learner == learner)
        connection.execute(delete(attempts).where(attempts.c.submission.in_(of_learner)))
    for place, one in enumerate(judged):
        before = judged[max(0, place - 1)].row
        seen = Seen(one.submission, one.clock, one.late, own, one.row, before)
        answers, marked = None, None
        if one is counting:
            answers = one.answers
            marked = marker.marked(answers)
            _write(connection, snapshot, one.row.key, learner, marked)
        notes = notes_of(connection, snapshot, seen, answers, marked or ())
        changes.append(
            {
                "of": one.row.key,
                "state": _state(one, counting),
                "late": one.late,
                "share": 1.0 if one.share is None else one.share,
                "notes": "\n".join(notes),
                "answered": one.answered,
                "against": against.row.key if against and one is counting else None,
                "marks": None,
                "max_marks": math.fsum(m.verdict.max_marks for m in marked) if marked else None,
            }
        )
    if changes:
        connection.execute(
            update(submissions).where(submissions.c.key == bindparam("of")), changes
        )
    reapply(connection, learner)


def _set_aside(row: Row[Any], reason: str) -> dict[str, object]:
    """What becomes of a kept submission that cannot be read; the rest goes on without it."""
    return {
        "of": row.key,
        "state": REFUSED,
        "late": row.late,
        "share": 1.0,
        "notes": words.KEPT_UNREADABLE.format(reason=reason),
        "answered": 0,
        "against": None,
        "marks": None,
        "max_marks": None,
    }


def _judged(
    snapshot: Snapshot, own: Row[Any], row: Row[Any], known: Mapping[str, Submission]
) -> Judged:
    submission = known.get(row.digest) or unpacked(row.packed)
    assignment = snapshot.assignment
    clock = clock_of(submission, assignment.made_at, row.collected_at)
    # Moodle keeps its own deadline.
    due_at = clock.at if row.device == MOODLE else own.due_at or assignment.due_at
    share = share_kept(assignment.policy, due_at, clock.at)
    answers = read_answers(submission, assignment, own.extra)
    answered = sum(one in snapshot.rows for one in answers.given)
    return Judged(row, submission, answers, answered, clock, clock.at > due_at, share)


def _state(one: Judged, counting: Judged | None) -> str:
    if one is counting:
        return COUNTS
    return REFUSED if one.share is None else REPLACED


def _write(
    connection: Connection,
    snapshot: Snapshot,
    submission: int,
    learner: int,
    marked: Sequence[Marked],
) -> None:
    """Keep what every question of a submission was worth."""
    keys = connection.scalars(
        insert(attempts).returning(attempts.c.key, sort_by_parameter_order=True),
        [
            {
                "assignment": snapshot.key,
                "question": snapshot.rows[one.question],
                "submission": submission,
                "learner": learner,
                "marks": one.verdict.marks,
                "marked": one.verdict.marks,
                "answer": one.answer,
                "variant": one.variant,
                "certainty": one.certainty,
                "seconds": one.seconds,
                "feedback": "\n".join(one.verdict.feedback),
            }
            for one in marked
        ],
    ).all()
    of_points = [
        {
            "attempt": key,
            "point": point.id,
            "state": point.state,
            "marks": point.marks,
            "evidence": point.evidence,
        }
        for key, one in zip(keys, marked, strict=True)
        for point in one.verdict.points
    ]
    if of_points:
        connection.execute(insert(points), of_points)
    of_misconceptions = [
        {"attempt": key, "misconception": name}
        for key, one in zip(keys, marked, strict=True)
        for name in one.verdict.misconceptions
    ]
    if of_misconceptions:
        connection.execute(insert(shown), of_misconceptions)
