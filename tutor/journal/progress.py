"""What the journal says of a learner's progress: attempts, and where they stopped."""

from __future__ import annotations

from collections import Counter

import msgspec

from tutor.journal.derived import derive
from tutor.journal.event import Event
from tutor.journal.kinds import QUIZ, QUIZ_END
from tutor.journal.store import Journal


class PhaseProgress(msgspec.Struct, frozen=True):
    """How far a learner is in one phase.

    Attributes:
        number: Item at which they stopped, from 1; 0 where they never began.
        count: Items that the phase had when they stopped.
        right: Questions whose latest attempt got full marks.
        answered: Questions with an attempt, or whose answer was shown.
        finished: They reached the end of the phase.
    """

    number: int = 0
    count: int = 0
    right: int = 0
    answered: int = 0
    questions: int = 0
    finished: bool = False

    @property
    def mastery(self) -> float:
        """Share of the questions whose latest attempt was right, 0 to 1."""
        return self.right / self.questions if self.questions else 0.0

    @property
    def minutes_left(self) -> int:
        """A rough number of minutes to the end."""
        return minutes_for(self.count - self.number + 1)


def minutes_for(items: int) -> int:
    """A rough number of minutes; an item takes about three quarters of one."""
    return max(1, round(0.75 * items))


def phase_progress(journal: Journal) -> dict[str, PhaseProgress]:
    """Progress in every phase that was ever opened, by phase id.

    Raises:
        JournalError: The journal cannot be read.
    """
    derived = derive(journal, cards=False)
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for state in derived.questions.values():
        if state.last is not None:
            answered[state.last.phase] += 1
            right[state.last.phase] += state.last.share == 1.0
    return {
        phase: PhaseProgress(
            number=place.number,
            count=place.count,
            questions=place.questions,
            right=right[phase],
            answered=answered[phase],
            finished=phase in derived.finished,
        )
        for phase, place in derived.places.items()
    }


def last_phase(journal: Journal) -> str | None:
    """The phase that was open last.

    Raises:
        JournalError: The journal cannot be read.
    """
    places = derive(journal, cards=False).places
    return max(places, key=lambda phase: places[phase].stamp, default=None)


def left_quiz(journal: Journal) -> Event | None:
    """What the last quiz began with; None where it has ended, or there was none.

    Raises:
        JournalError: The journal cannot be read.
    """
    begun = journal.latest(QUIZ)
    if begun is None:
        return None
    quiz = begun.data.get("quiz")
    ended = journal.latest(QUIZ_END, where=lambda event: event.data.get("quiz") == quiz)
    return None if ended else begun
