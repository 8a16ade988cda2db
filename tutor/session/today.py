"""What is due today, as far as the journal alone tells: no question has to be read for it."""

from __future__ import annotations

import msgspec

from tutor.course.loader import CourseFolder
from tutor.journal.derived import Derived, derive
from tutor.journal.known import QuestionState
from tutor.journal.store import Journal
from tutor.session.settings import review_cap
from tutor.words import today as words

#: Minutes for a question whose earlier attempts do not tell how long it takes.
USUAL_MIN = 1.5


class Today(msgspec.Struct, frozen=True):
    """How much there is to review.

    Attributes:
        due: Questions, within the day's cap.
        minutes: About how long they take, from how long they took.
        answered: Whether anything was ever answered.
        unsettled: Whether answers wait to be taken into account; see `settle`.
    """

    due: int
    minutes: int
    answered: bool
    unsettled: bool

    def line(self, *more: str) -> str:
        """All of it, and what else the day holds, as far as there is any."""
        if self.due:
            said = words.DUE.format(count=self.due, minutes=self.minutes)
        else:
            said = words.NOTHING_DUE if self.answered else words.NOT_YET
        return words.TODAY.format(said=", ".join(filter(None, (said, *more))))


def today_of(files: CourseFolder, journal: Journal) -> Today:
    """What is due now.

    Raises:
        JournalError: the journal cannot be read.
    """
    derived = derive(journal, cards=False)
    now = journal.now().astimezone()
    due = [
        state
        for one in derived.due(now)
        # An answer that waits to move its card on has made it due later.
        if one not in derived.waiting and _is_here(files, state := derived.questions[one])
    ]
    if due:
        done = derived.days(since=now.date()).get(now.date())
        due = due[: max(0, review_cap(journal) - (done.reviews if done else 0))]
    return Today(
        due=len(due),
        minutes=max(1, round(sum(map(_minutes, due)))),
        answered=bool(derived.questions),
        unsettled=bool(derived.waiting),
    )


def settle(journal: Journal) -> Derived:
    """Take every answer into account: a question that was new, too, comes due at its time.

    Raises:
        JournalError: the journal cannot be read.
    """
    return derive(journal)


def _is_here(files: CourseFolder, state: QuestionState) -> bool:
    """Whether the course has the phase that the question was asked in."""
    return state.last is not None and state.last.phase in files.entries


def _minutes(state: QuestionState) -> float:
    return state.seconds / state.attempts / 60.0 if state.seconds else USUAL_MIN
