"""What a learner did, read out of the events that they handed in.

Nothing here trusts what an event says of the learner, the limit or the numbers that were drawn:
all that is known better from the assignment and the register is taken from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from tutor.classroom.assignment import Assignment, learner_seed
from tutor.classroom.events import is_of, newest_begun
from tutor.classroom.submission import MOODLE, Submission
from tutor.grading.confidence import kept_certainty
from tutor.journal.event import Event
from tutor.journal.kinds import ASSIGNMENT, ATTEMPT, DRAFT, EXAM_ANSWER, RELEASE, SHOWN
from tutor.journal.known import LONGEST_S
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.record import Begun, Given, Record, begun_of, record_from
from tutor.session.exam.timing import seconds_spent

#: An answer that was on its way when the time was up still counts.
GRACE_S = 5.0


class Strange(Struct, frozen=True):
    """Something that was drawn by another seed than the learner's; no question: the whole."""

    question: str
    seed: int


class Answers(Struct, frozen=True):
    """The answers of a submission, and what shows how they came about.

    Attributes:
        seed: What the learner's numbers and orders follow from.
        given: The answer to each question that has one.
        seconds: The time that each took.
        beginnings: How often it was begun.
        after_limit: How many answers came after the time limit; they do not count.
        hints: How many hints were shown.
        strange: The first thing in it that was drawn for someone else.
        began_as: Other ids than the learner's under which it was begun.
        saw_keys: The keys had been opened before it was handed in.
        seeds: What the numbers of questions follow from that were drawn elsewhere.
        asked: The questions that were asked; None for all of the assignment.
    """

    seed: int
    given: dict[str, Given]
    seconds: dict[str, int]
    beginnings: int
    after_limit: int
    hints: int
    strange: Strange | None
    began_as: tuple[str, ...]
    saw_keys: bool
    seeds: dict[str, int] = {}
    asked: frozenset[str] | None = None


def read_answers(submission: Submission, assignment: Assignment, extra: float) -> Answers:
    """Read a submission.

    Args:
        submission: What was handed in, for this assignment.
        assignment: As it was handed out.
        extra: The learner's extra time in percent.
    """
    if submission.device == MOODLE:
        return _quiz(submission)
    events = [kept.event(number) for number, kept in enumerate(submission.events)]
    seed = learner_seed(assignment, submission.learner)
    begun = [one for one in events if one.kind == ASSIGNMENT and is_of(one, assignment.id)]
    ids = set(assignment.excerpt.ids)
    after_limit, hints = 0, 0
    given: dict[str, Given] = {}
    seconds: dict[str, float] = {}
    if assignment.policy.feedback == "at-once":
        given, seconds, hints = _practised(events, assignment)
    elif exam := _exam(events, assignment, extra):
        record, after_limit = _within(events, exam)
        stands = {one: record.stands(one) for one in exam.ids}
        given = {question: one for question, one in stands.items() if one is not None}
        seconds = seconds_spent(record)
        hints = len(record.hinted & ids)
    learner = submission.learner
    return Answers(
        seed=seed,
        given=given,
        seconds={one: round(min(LONGEST_S, took)) for one, took in seconds.items() if one in ids},
        beginnings=len(begun),
        after_limit=after_limit,
        hints=hints,
        strange=_strange(events, begun, seed, ids),
        began_as=tuple(
            dict.fromkeys(
                other
                for one in begun
                if isinstance(other := one.data.get("learner"), str) and other != learner
            )
        ),
        saw_keys=any(one.kind == RELEASE and is_of(one, assignment.id) for one in events),
    )


def _quiz(submission: Submission) -> Answers:
    """What was answered in a Moodle quiz, which has some of the questions in one form for all."""
    of_question = {one.question_id: one for one in submission.events if one.question_id}
    return Answers(
        seed=0,
        given={id_: Given(one.answer, 0.0) for id_, one in of_question.items() if one.answer},
        seconds={},
        beginnings=1,
        after_limit=0,
        hints=0,
        strange=None,
        began_as=(),
        saw_keys=False,
        seeds={id_: one.seed or 0 for id_, one in of_question.items()},
        asked=frozenset(of_question),
    )


def _exam(events: Sequence[Event], assignment: Assignment, extra: float) -> Begun | None:
    """The beginning that counts, with what is known better than it says."""
    newest = newest_begun(events, assignment.id)
    begun = begun_of(newest) if newest is not None else None
    return begun and replace(
        begun,
        ids=assignment.excerpt.ids,
        minutes=assignment.policy.minutes,
        extra=extra,
    )


def _within(events: Sequence[Event], begun: Begun) -> tuple[Record, int]:
    """The exam as it stood when its time was up, and how many answers came later."""
    empty, late = Record(begun), set()
    for event in events:
        if event.kind not in (EXAM_ANSWER, DRAFT) or event.data.get("exam") != begun.id:
            continue
        # The wall clock counts too, whatever the event says of the time that had passed.
        passed_s = max(empty.at_s(event), (event.time - begun.time) / timedelta(seconds=1))
        if passed_s > begun.allowed_s + GRACE_S:
            late.add(event.id)
    return record_from([one for one in events if one.id not in late], begun), len(late)


def _practised(
    events: Sequence[Event], assignment: Assignment
) -> tuple[dict[str, Given], dict[str, float], int]:
    """The first attempt at each question: after it the learner knew. Shown is as good as wrong."""
    given: dict[str, Given] = {}
    seconds: dict[str, float] = {}
    hints = 0
    met: set[str] = set()
    for event in events:
        question = event.question_id
        if event.kind not in (ATTEMPT, SHOWN) or not is_of(event, assignment.id):
            continue
        if question is None or question in met:
            continue
        met.add(question)
        if event.kind == ATTEMPT:
            sure = kept_certainty(event.data.get("certainty"))
            given[question] = Given(event.answer, 0.0, event.revision, sure)
            took = event.data.get("seconds")
            if type(took) in (int, float) and isinstance(took, int | float) and took > 0:
                seconds[question] = float(min(took, LONGEST_S))
            hints += event.data.get("hint") is True
    return given, seconds, hints


def _strange(
    events: Sequence[Event], begun: Sequence[Event], seed: int, ids: set[str]
) -> Strange | None:
    for one in begun:
        if one.seed != seed:
            return Strange("", one.seed or 0)
    for event in events:
        question = event.question_id
        if event.kind not in (EXAM_ANSWER, DRAFT, ATTEMPT) or question not in ids:
            continue
        if event.seed != question_seed(seed, str(question)):
            return Strange(str(question), event.seed or 0)
    return None
