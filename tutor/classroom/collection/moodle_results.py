"""Taking results of a Moodle quiz into the register, for those who could not install anything.

Each becomes a submission without a machine: of the assignment's questions it has those that the
quiz had, and any submission of the learner's own takes its place. Of several the one that was
completed last counts.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from tutor.classroom.assignment import same_id
from tutor.classroom.collection.intake import Intake, Refusal, Taken
from tutor.classroom.collection.moodle import Responses, Row, read_responses
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import Snapshot, snapshot_of
from tutor.classroom.register.tables import learners, submissions
from tutor.classroom.submission import (
    MOODLE,
    Kept,
    Opened,
    Submission,
    digest_of,
    pack,
)
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.journal.kinds import EXAM_ANSWER

Seeds = Callable[[str, str], int]


class TakenIn(Struct, frozen=True):
    """What became of a quiz.

    Attributes:
        title: The assignment's.
        responses: What was read.
        taken: How many learners it was taken in of.
        unknown: Who is not on the list of learners.
        own: Who has handed in a submission, which counts in its place.
    """

    title: str
    responses: Responses
    taken: int
    unknown: tuple[str, ...]
    own: tuple[str, ...]


def take_in(
    register: Register, assignment: int, path: Path, seed_of: Seeds, now: datetime
) -> TakenIn:
    """Take the responses of a quiz into an assignment; doing it again changes nothing.

    Args:
        register: The register.
        assignment: The assignment's key.
        path: The report of responses that Moodle exported.
        seed_of: What the numbers of a question followed from when it went to Moodle, from the
            ids of course and question.
        now: The time, in UTC.

    Raises:
        MoodleProblem: the file is no such report.
        OSError: it cannot be read.
        RegisterError: the register cannot be used.
    """
    with register.reading() as connection:
        snapshot = snapshot_of(connection, assignment)
        rows = connection.execute(
            select(learners.c.id, learners.c.email, learners.c.learner).where(
                learners.c.assignment == assignment
            )
        ).all()
        there = connection.execute(
            select(learners.c.learner, submissions.c.device)
            .join(submissions, submissions.c.learner == learners.c.key)
            .where(learners.c.assignment == assignment)
        ).all()
    own = {row.learner for row in there if row.device != MOODLE}
    before = Counter(row.learner for row in there)
    by_email = {same_id(row.email): row.id for row in rows if row.email}
    known = {row.learner: row.id for row in rows}
    course = snapshot.assignment.excerpt.course.id
    seeds = {id_: seed_of(course, id_) for id_ in snapshot.rows}
    posed: dict[str, Posed[Question]] = {
        id_: Posed(snapshot.bank.by_id[id_].question, seed) for id_, seed in seeds.items()
    }
    responses = read_responses(path, posed)
    intake = Intake(register, snapshot)
    taken: list[Taken] = []
    unknown: list[str] = []
    instead: list[str] = []
    for row in responses.rows:
        named = (known.get(same_id(row.id)) if row.id else None) or by_email.get(
            same_id(row.email), row.id or row.email
        )
        if same_id(named) in own:
            instead.append(named)
            continue
        try:
            opened = _opened(snapshot, row, named, seeds, before[same_id(named)] + 1, now)
            taken.append(intake.admit(opened, path.name, now))
        except Refusal:
            unknown.append(named)
    intake.take(taken)
    return TakenIn(snapshot.title, responses, len(taken), tuple(unknown), tuple(instead))


def _opened(
    snapshot: Snapshot,
    row: Row,
    learner: str,
    seeds: Mapping[str, int],
    number: int,
    now: datetime,
) -> Opened:
    """The responses of a learner as a submission, the same one for the same attempt."""
    assignment = snapshot.assignment
    made_at = assignment.made_at
    names = uuid.uuid5(uuid.NAMESPACE_URL, f"{assignment.id} {learner}")
    events = tuple(
        Kept(
            id=str(uuid.uuid5(names, f"{row.completed} {question}")),
            device=MOODLE,
            time=made_at,
            kind=EXAM_ANSWER,
            question_id=question,
            seed=seeds[question],
            answer=answer,
        )
        for question, answer in row.answers.items()
    )
    submission = Submission(
        assignment=assignment.id,
        learner=learner,
        name=row.name,
        number=0,
        handed_at=made_at,
        device=MOODLE,
        events=events,
    )
    # It is known again by what was answered in it, whenever it is taken in.
    digest = digest_of(pack(submission))
    # The clock of the site may be ahead, or in another zone.
    handed_at = min(row.completed_at or now, now)
    submission = replace(submission, number=number, handed_at=handed_at)
    # In place of a machine's key, so that no two learners seem to share one.
    return Opened(submission, f"{MOODLE} {names}", digest, pack(submission))
