"""What the journal says of a learner's progress: attempts, and where they stopped."""

from __future__ import annotations

import msgspec

from tutor.journal.event import Event
from tutor.journal.store import Journal

#: Kinds of event that lessons write.
ATTEMPT = "attempt"
POSITION = "position"
FINISHED = "finished"
SHOWN = "answer-shown"
#: The learner holds to have made a mark point that the verdict does not give.
CLAIM = "claim"
#: What has been answered so far, of a question that is still open.
DRAFT = "draft"
#: The learner marked a question to come back to, or took the mark away.
FLAG = "flag"


class PhaseProgress(msgspec.Struct, frozen=True):
    """How far a learner is in one phase.

    Attributes:
        number: Item at which they stopped, from 1; 0 where they never began.
        count: Items that the phase had when they stopped.
        right: Questions whose latest attempt got full marks.
        answered: Questions with an attempt.
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
    """Progress in every phase that was ever opened, by phase id."""
    places: dict[str, Event] = {}
    for event in journal.newest(POSITION, by="phase"):
        places[str(event.data.get("phase"))] = event
    finished = {str(event.data.get("phase")) for event in journal.newest(FINISHED, by="phase")}
    attempts: dict[str, dict[str, bool]] = {}
    for event in journal.newest(ATTEMPT):
        right = event.data.get("marks") == event.data.get("max_marks")
        attempts.setdefault(str(event.data.get("phase")), {})[str(event.question_id)] = right
    return {
        phase: PhaseProgress(
            number=_count(place, "number"),
            count=_count(place, "count"),
            questions=_count(place, "questions"),
            right=sum(attempts.get(phase, {}).values()),
            answered=len(attempts.get(phase, {})),
            finished=phase in finished,
        )
        for phase, place in places.items()
    }


def last_phase(journal: Journal) -> str | None:
    """The phase that was open last."""
    place = journal.latest(POSITION)
    return str(place.data.get("phase")) if place else None


def _count(event: Event, name: str) -> int:
    value = event.data.get(name)
    return value if isinstance(value, int) else 0
