"""Learners who hand in: their journals' events, as a program of theirs would have kept them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from handouts import SECRET
from msgspec.structs import replace
from nacl.signing import SigningKey

from tutor.classroom.assignment import Assignment, Seat, learner_seed
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.handout.making import Made, keep
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.register.register import Register
from tutor.classroom.submission import ENDING, Kept, Submission, write_submission
from tutor.course.posed import Posed
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ASSIGNMENT, ATTEMPT, EXAM_ANSWER, EXAM_HANDED_IN, EXAM_VISIT
from tutor.session.exam.drawing import question_seed

#: Seconds that a learner takes for a question.
EACH_S = 60.0


def registered(
    register: Register, assignment: Assignment, in_full: Excerpt, ids: Mapping[str, Seat]
) -> int:
    """Keep an assignment in a register, for learners with these ids; the key of its row."""
    learners = tuple(
        Enrolled(one, extra=seat.extra, due_at=seat.due_at) for one, seat in ids.items()
    )
    with register.writing() as connection:
        return keep(connection, Made(assignment, in_full, SECRET, learners))


def questions_of(excerpt: Excerpt) -> dict[str, Any]:
    """The questions of an excerpt by their ids."""
    return {question.id: question for phase in excerpt.phases for question in phase.questions}


def right_answers(assignment: Assignment, in_full: Excerpt, learner: str) -> dict[str, Any]:
    """An answer with full marks to every question, as it is asked of this learner."""
    seed = learner_seed(assignment, learner)
    return {
        id_: model_answer(Posed(question, question_seed(seed, id_)))
        for id_, question in questions_of(in_full).items()
    }


def worked(
    assignment: Assignment,
    learner: str,
    answers: Mapping[str, Any],
    begun: datetime,
    device: str = "laptop",
    *,
    drawn_for: str = "",
    sure: int | None = None,
) -> list[Kept]:
    """The events of a learner who answers one question a minute, from a moment on.

    `drawn_for` is who the questions were really drawn for, if it is someone else.
    """
    work = "quiz" if assignment.policy.feedback == "at-once" else "exam"
    seed = learner_seed(assignment, drawn_for or learner)
    number = str(uuid.uuid4())
    ids = list(assignment.excerpt.ids)
    data = {"assignment": assignment.id, "learner": learner, "ids": ids, work: number}
    if work == "exam":
        data |= {"minutes": assignment.policy.minutes, "extra": 0}
    events = [kept(ASSIGNMENT, begun, device, seed=seed, data=data)]
    at_s = 0.0
    for question, answer in answers.items():
        stamp = {work: number, "at": at_s, "number": len(events)}
        if work == "exam":
            time = begun + timedelta(seconds=at_s)
            events.append(kept(EXAM_VISIT, time, device, question_id=question, data=stamp))
        at_s += EACH_S
        stamp |= {"at": at_s, "number": len(events)}
        if work == "quiz":
            stamp |= {"assignment": assignment.id, "seconds": EACH_S}
        if sure is not None:
            stamp |= {"certainty": sure}
        events.append(
            kept(
                EXAM_ANSWER if work == "exam" else ATTEMPT,
                begun + timedelta(seconds=at_s),
                device,
                question_id=question,
                revision=1,
                seed=question_seed(seed, question),
                answer=answer,
                data=stamp,
            )
        )
    if work == "exam":
        at_s += 1
        stamp = {"exam": number, "reason": "handed-in", "at": at_s, "number": len(events)}
        time = begun + timedelta(seconds=at_s)
        events.append(kept(EXAM_HANDED_IN, time, device, data=stamp))
    return events


def kept(kind: str, time: datetime, device: str, **more: Any) -> Kept:
    """An event."""
    return Kept(id=str(uuid.uuid4()), device=device, time=time, kind=kind, **more)


def submission_of(
    assignment: Assignment,
    learner: str,
    events: Sequence[Kept],
    *,
    handed_at: datetime | None = None,
    number: int = 1,
    device: str = "laptop",
) -> Submission:
    """A submission that is handed in right after the work, unless told otherwise."""
    last = max((event.time for event in events), default=assignment.made_at)
    return Submission(
        assignment=assignment.id,
        learner=learner,
        name=f"The learner {learner}",
        number=number,
        handed_at=handed_at or last + timedelta(seconds=30),
        device=device,
        events=tuple(events),
    )


def machine(name: str) -> SigningKey:
    """The key of a machine."""
    return SigningKey(name.encode().ljust(32, b"\0")[:32])


def handed_in(
    folder: Path,
    submission: Submission,
    assignment: Assignment,
    *,
    key: SigningKey | None = None,
    name: str = "",
) -> Path:
    """The file of a submission, by default from the learner's own machine."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{submission.learner}-{submission.number}{ENDING}")
    write_submission(submission, path, key or machine(submission.learner), assignment.tutor_keys)
    return path


def with_events(submission: Submission, events: Sequence[Kept]) -> Submission:
    """The same with other events."""
    return replace(submission, events=tuple(events))
