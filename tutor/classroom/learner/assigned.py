"""An assignment as one learner has it: who they are, how far they have come, and the work itself.

Its work is kept as other events than exams and quizzes of the installed course, so that neither is
taken for the other (`tutor.journal.kinds.ASSIGNMENT`).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property

from msgspec.structs import replace

from tutor.classroom.assignment import Assignment, Seat, learner_seed
from tutor.classroom.events import is_of, newest_begun
from tutor.classroom.excerpt import ExcerptFolder
from tutor.classroom.learner.identity import LONGEST_ID, Who, remember, who_is_it
from tutor.classroom.learner.sitting import Practice, Sitting
from tutor.course.text import one_line
from tutor.journal.event import Event
from tutor.journal.kinds import (
    ASSIGNMENT,
    ATTEMPT,
    DRAFT,
    EXAM_ANSWER,
    RELEASE,
    SUBMITTED,
    UNDO,
)
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.clock import ExamClock
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.handing import end
from tutor.session.exam.record import TIME_UP, Begun, Record, begun_of, events_of, record_of
from tutor.words import assigned as words
from tutor.words import exam as exam_words

LONGEST_TITLE = 80


class Assigned:
    """An assignment before its learner.

    Attributes:
        assignment: As it was handed out.
        files: Its questions, in place of a course.
        journal: The learner's journal.
    """

    def __init__(self, assignment: Assignment, journal: Journal) -> None:
        """Take the assignment; nothing is read of the journal yet."""
        self.assignment = assignment
        self.journal = journal
        self.files = ExcerptFolder(assignment.excerpt)

    @property
    def id(self) -> str:
        """The assignment's id."""
        return self.assignment.id

    @property
    def title(self) -> str:
        """What it is called, on one line."""
        return one_line(self.assignment.title, LONGEST_TITLE)

    @property
    def tells_at_once(self) -> bool:
        """Whether each answer is marked as it is given; otherwise the work is as an exam is."""
        return self.assignment.policy.feedback == "at-once"

    @property
    def tells_at_end(self) -> bool:
        """Whether the learner can read keys and feedback once the work has ended."""
        return self.assignment.policy.feedback == "at-end"

    @cached_property
    def bank(self) -> Bank:
        """Its questions; what they are worth is told by the excerpt, as keys may be missing."""
        bank = Bank(self.files)
        marks = self.assignment.excerpt.marks
        bank.by_id = {one.id: replace(one, marks=marks[one.id]) for one in bank}
        return bank

    # Who.

    @property
    def who(self) -> Who | None:
        """Whose it is: whoever began it, or else who the learner said they are, if it is theirs.

        Raises:
            JournalError: the journal cannot be read.
        """
        known, begun = who_is_it(self.journal), self.begun
        learner = begun and begun.data.get("learner")
        if isinstance(learner, str):
            same = known is not None and known.id == learner
            return known if same else Who(learner)
        return known if known and self.assignment.seat(known.id) else None

    @property
    def seat(self) -> Seat:
        """What the assignment says of the learner.

        Raises:
            JournalError: the journal cannot be read.
        """
        who = self.who
        return (who and self.assignment.seat(who.id)) or Seat()

    def sit_as(self, who: Who) -> None:
        """Keep who the learner is.

        Raises:
            ValueError: nothing was typed, or the assignment is not for them.
            JournalError: it cannot be kept.
        """
        if problem := self.refusal(who.id):
            raise ValueError(problem)
        remember(self.journal, who)

    def refusal(self, learner: str) -> str:
        """Why nobody with this id can work on it; empty where they can."""
        if not learner.strip():
            return words.NO_ID
        if self.assignment.seat(learner) is None:
            return words.NOT_LISTED.format(id=one_line(learner, LONGEST_ID))
        return ""

    # When.

    @property
    def due_at(self) -> datetime:
        """The deadline of this learner."""
        return self.seat.due_at or self.assignment.due_at

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed, by the clock of this machine."""
        return self.journal.now() > self.due_at

    # How far it has come.

    @property
    def begun(self) -> Event | None:
        """The last beginning; None before the first.

        Raises:
            JournalError: the journal cannot be read.
        """
        return newest_begun(self.journal.events(kind=ASSIGNMENT), self.id)

    @property
    def begun_before(self) -> Event | None:
        """The last beginning of another assignment; None where there was none.

        Raises:
            JournalError: the journal cannot be read.
        """
        return self.journal.latest(ASSIGNMENT, where=lambda event: not is_of(event, self.id))

    @property
    def times_begun(self) -> int:
        """How often it was begun.

        Raises:
            JournalError: the journal cannot be read.
        """
        return sum(is_of(one, self.id) for one in self.journal.events(kind=ASSIGNMENT))

    @property
    def exam(self) -> Begun | None:
        """How the work of an exam was begun last; None where it was not."""
        begun = self.begun
        return None if begun is None or self.tells_at_once else begun_of(begun)

    @property
    def record(self) -> Record | None:
        """What was answered in the work of an exam; None before it was begun.

        Raises:
            JournalError: the journal cannot be read.
        """
        exam = self.exam
        return None if exam is None else record_of(self.journal, exam)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers of the questions without an answer, in the learner's order.

        Raises:
            JournalError: the journal cannot be read.
        """
        ids = self._order
        if not self.tells_at_once:
            record = self.record
            open_ones = [record is None or record.stands(one) is None for one in ids]
        else:
            undone = {event.data.get("of") for event in self.journal.events(kind=UNDO)}
            answered = {
                event.question_id
                for event in self.journal.events(kind=ATTEMPT)
                if is_of(event, self.id) and event.id not in undone
            }
            open_ones = [one not in answered for one in ids]
        return tuple(number for number, is_open in enumerate(open_ones, 1) if is_open)

    @property
    def handed_in(self) -> Event | None:
        """How it was handed in last; None where it was not.

        Raises:
            JournalError: the journal cannot be read.
        """
        return self.journal.latest(SUBMITTED, where=lambda event: is_of(event, self.id))

    @property
    def has_changed_since(self) -> bool:
        """Whether something was answered, or begun anew, after it was handed in last.

        Raises:
            JournalError: the journal cannot be read.
        """
        handed = self.handed_in
        if handed is None:
            return False
        events = [
            event
            for kind in (ASSIGNMENT, ATTEMPT)
            for event in self.journal.events(kind=kind)
            if is_of(event, self.id)
        ]
        exam = self.exam
        if exam is not None:
            kept = events_of(self.journal, exam)
            events += [event for event in kept if event.kind in (EXAM_ANSWER, DRAFT)]
        return any(event.sequence > handed.sequence for event in events)

    @property
    def was_released(self) -> bool:
        """Whether the learner has opened its keys.

        Raises:
            JournalError: the journal cannot be read.
        """
        seen = self.journal.latest(RELEASE, where=lambda event: is_of(event, self.id))
        return seen is not None

    def left_s(self) -> float | None:
        """Seconds that are left, 0 once it has ended; None while no clock runs.

        Raises:
            JournalError: the journal cannot be read.
        """
        record = self.record
        if record is None or (record.ended is None and record.begun.minutes is None):
            return None
        if record.ended is not None:
            return 0.0
        passed_s = ExamClock(self.journal, record.begun.time, record.newest_s).passed_s()
        return max(0.0, record.begun.allowed_s - passed_s)

    def settle(self) -> bool:
        """Keep that time ran out meanwhile, where it did; whether the work has ended.

        Raises:
            JournalError: the journal cannot be used.
        """
        record = self.record
        if record is None or self.left_s() != 0.0:
            return False
        if record.ended is None:
            end(self.journal, record, TIME_UP, record.begun.allowed_s, away=True)
        return True

    # The work.

    @property
    def may_begin_anew(self) -> bool:
        """Whether it may be begun once more, which leaves what was answered behind.

        Raises:
            JournalError: the journal cannot be read.
        """
        most, begun = self.assignment.policy.attempts, self.times_begun
        return begun > 0 and not self.was_released and (most == 0 or begun < most)

    def begin(self) -> Sitting | Practice:
        """Begin it, or begin it anew.

        Raises:
            ValueError: it may not be begun again, or it is not known whose it is.
            JournalError: the journal cannot be used.
        """
        who = self.who
        if who is None:
            raise ValueError(words.NO_ID)
        if self.begun is not None and not self.may_begin_anew:
            raise ValueError(words.NO_MORE_ATTEMPTS)
        policy = self.assignment.policy
        seed = learner_seed(self.assignment, who.id)
        data: dict[str, object] = {
            "assignment": self.id,
            "learner": who.id,
            "title": self.title,
            "ids": list(self._order_of(seed)),
            "sections": [[one_line(title), count] for title, count in self.assignment.sections],
        }
        if self.tells_at_once:
            data |= {"quiz": str(uuid.uuid4())}
        else:
            data |= {
                "exam": str(uuid.uuid4()),
                "minutes": policy.minutes,
                "extra": self.seat.extra,
            }
        self.journal.append(ASSIGNMENT, seed=seed, data=data)
        return self.go_on()

    def go_on(self) -> Sitting | Practice:
        """Go on where it was left.

        Raises:
            ValueError: it has not been begun, or its time is up.
            JournalError: the journal cannot be used.
        """
        begun = self.begun
        if begun is None:
            raise ValueError(words.NOT_BEGUN)
        if self.tells_at_once:
            return Practice(self, begun)
        exam = self.exam
        if exam is None or self.settle():
            raise ValueError(exam_words.TIME_IS_UP)
        return Sitting(self, exam)

    @property
    def _order(self) -> tuple[str, ...]:
        """The questions as this learner meets them."""
        begun = self.begun
        ids = begun.data.get("ids") if begun else None
        known = self.assignment.excerpt.ids
        listed = ids if isinstance(ids, list) else known
        return tuple(one for one in listed if one in known)

    def _order_of(self, seed: int) -> list[str]:
        """The questions in the order that a seed gives, those of a section together."""
        left = list(self.assignment.excerpt.ids)
        order: list[str] = []
        for _, count in self.assignment.sections or (("", len(left)),):
            section, left = left[:count], left[count:]
            order += sorted(section, key=lambda one: question_seed(seed, one))
        return order
