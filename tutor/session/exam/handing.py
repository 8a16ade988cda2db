"""Handing an exam in: its end, then an attempt for each answer. Doing it twice changes nothing.

Ids and times follow from the exam alone. So a crash in between is made good by doing it again,
and two programs, or two machines whose journals are merged, keep one attempt and not two.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import (
    Board,
    ChoiceQuestion,
    ExperimentQuestion,
    MatchingQuestion,
    OrderingQuestion,
    Question,
    TextQuestion,
)
from tutor.course.scenario import with_settings
from tutor.course.scenario_fields import Scenario
from tutor.grading.marking import mark
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, EXAM_HANDED_IN, SHOWN
from tutor.journal.known import LONGEST_S
from tutor.journal.store import Journal
from tutor.session.bank import Bank, Banked
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.posing import answer_of
from tutor.session.exam.record import (
    TIME_UP,
    Begun,
    Ended,
    Given,
    Record,
    exams_begun,
    exams_ended,
    record_of,
)
from tutor.session.exam.timing import seconds_spent
from tutor.session.knobs import kept_knobs
from tutor.session.mixing import DELAY
from tutor.session.profile import load_profile
from tutor.session.slow import Work, awaited

#: Kinds that are marked without a run.
_WITHOUT_RUN = (ChoiceQuestion, OrderingQuestion, MatchingQuestion, TextQuestion)


class Settled(NamedTuple):
    """What was found: the exam whose clock is running, and the last one whose time ran out."""

    running: Begun | None
    ended: Begun | None


def settled(files: CourseFolder, journal: Journal) -> Settled:
    """Look for exams that have not ended; those whose time is up are handed in and marked.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    begun, ended = exams_begun(journal), exams_ended(journal)
    running = ran_out = None
    newest = max(begun, key=lambda one: one.sequence, default=None)
    for exam in begun:
        record = None
        if exam.id not in ended:
            record = record_of(journal, exam)
            if journal.now() < exam.deadline and record.newest_s < exam.allowed_s:
                running = exam
                continue
            end(journal, record, TIME_UP, exam.allowed_s, away=True)
            ran_out = exam
        if record is not None or exam is newest:
            write_attempts(files, journal, exam)
    return Settled(running, ran_out)


def end(journal: Journal, record: Record, reason: str, at_s: float, *, away: bool = False) -> None:
    """Keep that the exam has ended, unless it has already.

    Raises:
        JournalError: the journal cannot be written.
    """
    begun = record.begun
    event = _event(
        begun,
        EXAM_HANDED_IN,
        begun.deadline if reason == TIME_UP else journal.now(),
        data={"exam": begun.id, "reason": reason, "at": round(at_s, 3), "away": away},
    )
    journal.add([event])


def runs_to_mark(journal: Journal, bank: Bank, begun: Begun) -> Work | None:
    """The runs that marking has to wait for; None without any.

    Raises:
        JournalError: the journal cannot be read.
    """
    return awaited(_scenarios(record_of(journal, begun), bank))


def _scenarios(record: Record, bank: Bank) -> Iterator[Scenario]:
    for banked, given in _standing(record, bank):
        posed = _posed(record.begun, banked.question)
        if isinstance(banked.question, ExperimentQuestion):
            knobs = kept_knobs(posed.scenario, given.answer)
            yield with_settings(posed.scenario, knobs)
        if not isinstance(banked.question, _WITHOUT_RUN):
            yield posed.scenario


def write_attempts(files: CourseFolder, journal: Journal, begun: Begun) -> None:
    """Mark what stands in an exam that has ended; attempts that are kept already stay.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    record = record_of(journal, begun)
    ended = record.ended
    if ended is None:
        return
    missing = [one for one in begun.ids if record.stands(one) and not _kept(journal, begun, one)]
    if not missing:
        return
    bank = Bank(files)
    spent = seconds_spent(record)
    journal.add(
        [
            attempt
            for banked, given in _standing(record, bank)
            if banked.id in missing
            if (attempt := _attempt(journal, bank, begun, ended, banked, given, spent))
        ]
    )


def _kept(journal: Journal, begun: Begun, question: str) -> Event | None:
    """The attempt at a question of the exam, if it is kept already."""
    return journal.latest(
        ATTEMPT, question_id=question, where=lambda event: event.data.get("exam") == begun.id
    )


def _standing(record: Record, bank: Bank) -> Iterator[tuple[Banked, Given]]:
    """The questions with the answers that stand; the course may have lost one meanwhile."""
    for question in record.begun.ids:
        given = record.stands(question)
        if given is not None and question in bank.by_id:
            yield bank.by_id[question], given


def board_of(journal: Journal, begun: Begun) -> Board | None:
    """Whose candidate an exam is marked for; an assignment is marked alike for all.

    Raises:
        JournalError: the journal cannot be read.
    """
    return None if begun.assignment else load_profile(journal).credited_by


def _posed(begun: Begun, question: Question) -> Posed[Question]:
    return Posed(question, question_seed(begun.seed, question.id))


def _attempt(
    journal: Journal,
    bank: Bank,
    begun: Begun,
    ended: Ended,
    banked: Banked,
    given: Given,
    spent: dict[str, float],
) -> Event | None:
    """The attempt that an answer makes; None where it is no answer to the question."""
    question = banked.question
    posed = _posed(begun, question)
    try:
        answer = answer_of(posed, given)
        verdict = mark(posed, answer, board_of(journal, begun))
    except ValueError:
        return None
    sure: dict[str, object] = {} if given.certainty is None else {"certainty": given.certainty}
    return _event(
        begun,
        ATTEMPT,
        ended.time,
        question=question,
        answer=answer,
        data={
            "phase": banked.phase,
            "mode": "exam",
            "exam": begun.id,
            "marks": verdict.marks,
            "max_marks": verdict.max_marks,
            "misconceptions": list(verdict.misconceptions),
            "hint": False,
            "seconds": min(LONGEST_S, round(spent.get(question.id, 0.0))),
            "delayed": _is_delayed(journal, bank, begun, banked),
            **sure,
        },
    )


def _is_delayed(journal: Journal, bank: Bank, begun: Begun, banked: Banked) -> bool:
    """Whether no question with one of the objectives was attempted lately, before the exam."""
    since = begun.time - DELAY

    def lately(event: Event) -> bool:
        # Of the exam itself nothing counts, however much of it has been marked already.
        return since <= event.time < begun.time

    siblings = {
        one.id
        for objective in banked.question.objectives
        for one in bank.by_objective.get(objective, ())
    }
    return not any(
        journal.latest(kind, question_id=one, where=lately)
        for one in siblings
        for kind in (ATTEMPT, SHOWN)
    )


def _event(
    begun: Begun,
    kind: str,
    time: datetime,
    *,
    question: Question | None = None,
    answer: object = None,
    data: dict[str, object],
) -> Event:
    """An event whose id follows from the exam, so that it can be kept once only."""
    name = f"{begun.id}/{kind}/{question.id if question else ''}"
    return Event(
        id=str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        sequence=0,
        device=begun.device,
        time=time,
        kind=kind,
        question_id=question.id if question else None,
        revision=question.revision if question else None,
        seed=question_seed(begun.seed, question.id) if question else None,
        answer=answer,
        data=data,
    )
