"""What a tutor should know of a submission. Nothing here refuses it: there may be good reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, func, select, update

from tutor.classroom.assignment import learner_seed
from tutor.classroom.collection.answers import Answers, Strange
from tutor.classroom.collection.lateness import Clock
from tutor.classroom.collection.remarking import Marked
from tutor.classroom.register.snapshot import Snapshot
from tutor.classroom.register.tables import COUNTS, learners, submissions
from tutor.classroom.submission import MOODLE, Submission
from tutor.course.text import one_line
from tutor.session.exam.drawing import question_seed
from tutor.words import collecting as words
from tutor.words import plural


class Seen(Struct, frozen=True):
    """A submission with the rows of its learner, of itself and of the one before it."""

    submission: Submission
    clock: Clock
    late: bool
    own: Row[Any]
    row: Row[Any]
    before: Row[Any]


def notes_of(
    connection: Connection,
    snapshot: Snapshot,
    seen: Seen,
    answers: Answers | None,
    marked: Sequence[Marked],
) -> tuple[str, ...]:
    """Sentences on a submission; `answers` are those of the one that counts."""
    notes = list(_of_clock(seen.clock))
    closed_at = snapshot.closed_at
    due_at = seen.own.due_at or snapshot.assignment.due_at
    told_in_time = not seen.late and seen.submission.device != MOODLE
    if told_in_time and closed_at is not None and due_at < closed_at < seen.row.collected_at:
        notes.append(words.AFTER_CLOSING)
    if seen.before.learner_key != seen.row.learner_key:
        notes.append(words.OTHER_MACHINE)
    if answers is not None:
        notes += _of_answers(connection, snapshot, seen, answers)
        unread = [one.question for one in marked if one.unread]
        if unread:
            notes.append(words.UNREAD.format(questions=", ".join(unread)))
    return tuple(notes)


def note_shared_machines(connection: Connection, snapshot: Snapshot) -> None:
    """Note with every submission that counts whether its machine handed in for others too."""
    of_assignment = submissions.c.assignment == snapshot.key
    shared = connection.scalars(
        select(submissions.c.learner_key)
        .where(of_assignment)
        .group_by(submissions.c.learner_key)
        .having(func.count(submissions.c.learner.distinct()) > 1)
    ).all()
    if not shared:
        return
    on_shared = (of_assignment, submissions.c.learner_key.in_(shared))
    # Nobody settles one of them meanwhile.
    named = connection.execute(
        select(learners.c.key, learners.c.id)
        .where(learners.c.key.in_(select(submissions.c.learner).where(*on_shared)))
        .order_by(learners.c.key)
        .with_for_update()
    )
    who = {row.key: row.id for row in named}
    rows = connection.execute(select(submissions).where(*on_shared)).all()
    for row in rows:
        if row.state != COUNTS:
            continue
        others = sorted(
            {who[one.learner] for one in rows if one.learner_key == row.learner_key}
            - {who[row.learner]}
        )
        note = words.SHARED_MACHINE.format(others=", ".join(others))
        if note not in row.notes.splitlines():
            connection.execute(
                update(submissions)
                .where(submissions.c.key == row.key)
                .values(notes=f"{row.notes}\n{note}".lstrip())
            )


def _of_clock(clock: Clock) -> Iterator[str]:
    if clock.set_back:
        yield words.SET_BACK.format(time=_roughly(clock.set_back))
    if clock.before_made:
        yield words.BEFORE_MADE
    if clock.ahead:
        yield words.AHEAD.format(time=_roughly(clock.ahead))


def _roughly(time: timedelta) -> str:
    """A time in the largest unit of which it has two or more."""
    counts = {unit: time // timedelta(**{unit: 1}) for unit in words.UNITS}
    unit = next((unit for unit, count in counts.items() if count > 1), "minutes")
    return plural(counts[unit], *words.UNITS[unit]).format(count=counts[unit])


def _of_answers(
    connection: Connection, snapshot: Snapshot, seen: Seen, answers: Answers
) -> Iterator[str]:
    policy = snapshot.assignment.policy
    if answers.began_as:
        ids = ", ".join(one_line(one, 40) for one in answers.began_as[:3])
        yield words.BEGAN_AS.format(ids=ids)
    if answers.strange is not None:
        owner = _owner(connection, snapshot, answers.strange)
        yield words.DRAWN_FOR.format(owner=owner) if owner else words.DRAWN_FOR_NOBODY
    if answers.saw_keys:
        yield words.SAW_KEYS
    if 0 < policy.attempts < answers.beginnings:
        yield words.BEGUN_OFTEN.format(times=answers.beginnings, allowed=policy.attempts)
    if answers.after_limit:
        told = plural(answers.after_limit, *words.AFTER_LIMIT)
        yield told.format(count=answers.after_limit)
    if answers.hints:
        yield plural(answers.hints, *words.HINTS).format(count=answers.hints)
    if not answers.given:
        yield words.NOTHING_ANSWERED


def _owner(connection: Connection, snapshot: Snapshot, strange: Strange) -> str:
    """Whose numbers these are, if any learner's of the assignment."""
    listed = connection.scalars(
        select(learners.c.id)
        .where(learners.c.assignment == snapshot.key)
        .order_by(learners.c.learner)
    )
    for learner in listed:
        seed = learner_seed(snapshot.assignment, learner)
        if strange.seed == (question_seed(seed, strange.question) if strange.question else seed):
            return one_line(learner, 80)
    return ""
