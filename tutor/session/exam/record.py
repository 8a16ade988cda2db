"""What the journal says of an exam: how it was begun, every answer, every look, its end.

Nothing here trusts what an event holds: other versions and other machines wrote it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from tutor.grading.confidence import Certainty, kept_certainty
from tutor.journal.event import Event
from tutor.journal.kinds import (
    ASSIGNMENT,
    DRAFT,
    EXAM,
    EXAM_ANSWER,
    EXAM_HANDED_IN,
    EXAM_HINT,
    EXAM_VISIT,
    FLAG,
)
from tutor.journal.store import Journal
from tutor.session.drafts import is_blank
from tutor.session.exam.blueprint import MOST_MINUTES, MOST_QUESTIONS

MOST_EXTRA = 400
_MOST_IDS = 10 * MOST_QUESTIONS
#: Kinds of event that an exam consists of, those about its questions first.
_OF_QUESTIONS = (EXAM_ANSWER, DRAFT, FLAG, EXAM_HINT)
OF_EXAM = (EXAM_VISIT, EXAM_HANDED_IN, *_OF_QUESTIONS)
#: Reasons for the end.
HANDED_IN, TIME_UP = "handed-in", "time"


class Begun(msgspec.Struct, frozen=True):
    """How an exam was begun.

    Attributes:
        id: Tells exams apart.
        title: What the paper is called.
        blueprint: The name of its blueprint.
        seed: What the paper was drawn by.
        minutes: How long it takes, without extra time; None for as long as one likes.
        extra: Extra time, in percent.
        ids: The questions, in their order.
        sections: Title of each section, and how many of the questions it has.
        time: When, in UTC.
        device: The machine that it was begun on.
        sequence: Of its event in this journal.
        assignment: Id of the assignment that it is of; empty for an exam of the course.
    """

    id: str
    title: str
    blueprint: str
    seed: int
    minutes: float | None
    extra: float
    ids: tuple[str, ...]
    sections: tuple[tuple[str, int], ...]
    time: datetime
    device: str
    sequence: int
    assignment: str = ""

    @property
    def allowed_s(self) -> float:
        """Seconds that it may take, extra time in them; infinite without a limit."""
        if self.minutes is None:
            return math.inf
        return self.minutes * 60.0 * (1.0 + self.extra / 100.0)

    @property
    def deadline(self) -> datetime:
        """When its time is up, by the clock that it was begun by."""
        if self.minutes is None:
            return datetime.max.replace(tzinfo=UTC)
        return self.time + timedelta(seconds=self.allowed_s)


class Given(msgspec.Struct, frozen=True):
    """An answer as it stood; None where it was taken back.

    Attributes:
        answer: What was answered, or typed so far.
        at_s: Seconds from the beginning.
        revision: The question's, when it was answered.
        certainty: How sure the learner was.
        typed: It is what was typed, and has not been committed.
        readable: What was typed is an answer, as far as it goes.
    """

    answer: object
    at_s: float
    revision: int | None = None
    certainty: Certainty | None = None
    typed: bool = False
    readable: bool = True


class Visit(msgspec.Struct, frozen=True):
    """A look at a question, or at none once the exam was left; `again` after a pause."""

    question_id: str | None
    at_s: float
    again: bool = False


class Ended(msgspec.Struct, frozen=True):
    """How an exam ended, and when; `away` where nobody was there any more."""

    reason: str
    time: datetime
    at_s: float
    away: bool = False


class Record(msgspec.Struct):
    """An exam as far as it has gone; `take` adds an event."""

    begun: Begun
    given: dict[str, list[Given]] = {}
    """Every answer to each question, oldest first."""
    flagged: set[str] = set()
    hinted: set[str] = set()
    """Questions whose hint was shown."""
    visits: list[Visit] = []
    ended: Ended | None = None
    newest_s: float = 0.0
    """The latest time of any event, in seconds from the beginning."""
    count: int = 0
    """The highest number of any event."""

    def take(self, event: Event) -> None:
        """Take in an event; one that says nothing that could be is left out."""
        at_s, self.count = self.at_s(event), max(self.count, _number(event))
        self.newest_s = max(self.newest_s, at_s)
        question = event.question_id
        if event.kind == EXAM_HANDED_IN:
            if self.ended is None:
                reason, away = event.data.get("reason"), event.data.get("away") is True
                self.ended = Ended(str(reason), event.time, at_s, away)
        elif event.kind == EXAM_VISIT:
            self.visits.append(Visit(question, at_s, event.data.get("again") is True))
        elif question is None:
            return
        elif event.kind == EXAM_HINT:
            self.hinted.add(question)
        elif event.kind == FLAG:
            (self.flagged.add if event.data.get("on") is True else self.flagged.discard)(question)
        else:
            self.given.setdefault(question, []).append(
                Given(
                    answer=event.answer,
                    at_s=at_s,
                    revision=event.revision,
                    certainty=kept_certainty(event.data.get("certainty")),
                    typed=event.kind == DRAFT,
                    readable=event.data.get("readable") is not False,
                )
            )

    def stands(self, question_id: str) -> Given | None:
        """The answer that stands; None where there is none."""
        given = self.given.get(question_id)
        if not given or given[-1].answer is None or not given[-1].readable:
            return None
        last = given[-1]
        # What is typed may be nothing any more; turned knobs may be none and yet be an answer.
        return None if last.typed and is_blank(last.answer) else last

    def at_s(self, event: Event) -> float:
        """When an event was, in seconds from the beginning."""
        at_s = event.data.get("at")
        if isinstance(at_s, int | float) and not isinstance(at_s, bool) and 0 <= at_s < 1e9:
            return float(at_s)
        return max(0.0, (event.time - self.begun.time).total_seconds())


def begun_of(event: Event) -> Begun | None:
    """Read the beginning of an exam, or of one that is assigned; None where it is none.

    Only one that is assigned may have no limit.
    """
    data = event.data
    ids, exam = data.get("ids"), data.get("exam")
    assignment = str(data.get("assignment", "")) if event.kind == ASSIGNMENT else ""
    limited = not assignment or data.get("minutes") is not None
    minutes, extra = _amount(data.get("minutes")), _amount(data.get("extra", 0))
    if not isinstance(exam, str) or not isinstance(ids, list) or len(ids) > _MOST_IDS:
        return None
    if (limited and not 0 < minutes <= MOST_MINUTES) or not 0 <= extra <= MOST_EXTRA:
        return None
    seed = event.seed if event.seed is not None else data.get("seed")
    return Begun(
        id=exam,
        title=str(data.get("title") or data.get("blueprint") or exam)[:400],
        blueprint=str(data.get("blueprint")),
        seed=seed if type(seed) is int else 0,
        minutes=minutes if limited else None,
        extra=extra,
        ids=tuple(dict.fromkeys(one for one in ids if isinstance(one, str))),
        sections=_sections(data.get("sections")),
        time=event.time,
        device=event.device,
        sequence=event.sequence,
        assignment=assignment,
    )


def exams_begun(journal: Journal) -> tuple[Begun, ...]:
    """Every exam that was begun, oldest first.

    Raises:
        JournalError: the journal cannot be read.
    """
    found: dict[str, Begun] = {}
    for event in journal.events(kind=EXAM):
        begun = begun_of(event)
        if begun is not None:
            found.setdefault(begun.id, begun)
    return tuple(found.values())


def exams_ended(journal: Journal) -> set[str]:
    """The ids of the exams that have been handed in.

    Raises:
        JournalError: the journal cannot be read.
    """
    return {str(event.data.get("exam")) for event in journal.events(kind=EXAM_HANDED_IN)}


def record_of(journal: Journal, begun: Begun) -> Record:
    """All that the journal says of an exam.

    Raises:
        JournalError: the journal cannot be read.
    """
    return record_from(events_of(journal, begun), begun)


def events_of(journal: Journal, begun: Begun) -> list[Event]:
    """The events of an exam, but for its beginning, in the order in which they were kept.

    Raises:
        JournalError: the journal cannot be read.
    """
    events = [*journal.events(kind=EXAM_VISIT), *journal.events(kind=EXAM_HANDED_IN)]
    for question in begun.ids:
        for kind in _OF_QUESTIONS:
            events += journal.events(kind=kind, question_id=question)
    return sorted(
        (event for event in events if event.data.get("exam") == begun.id),
        key=lambda event: event.sequence,
    )


def record_from(events: Iterable[Event], begun: Begun) -> Record:
    """What events say of an exam, in whatever order; those of others are left out."""
    record = Record(begun)
    own = [
        event for event in events if event.kind in OF_EXAM and event.data.get("exam") == begun.id
    ]
    # The clock may have been set back meanwhile, and another machine may have gone on with it.
    own.sort(key=lambda one: (record.at_s(one), _number(one), one.time, one.id))
    for event in own:
        record.take(event)
    return record


def _number(event: Event) -> int:
    number = event.data.get("number")
    return number if type(number) is int else 0


def _amount(value: object) -> float:
    """A finite number, or NaN, which compares as false."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    return float(value) if abs(value) < 1e9 else math.nan


def _sections(value: object) -> tuple[tuple[str, int], ...]:
    try:
        return msgspec.convert(value, tuple[tuple[str, int], ...])
    except msgspec.ValidationError:
        return ()
