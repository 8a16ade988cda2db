"""What is known of a learner: value types, and what one more attempt says of a question.

Nothing here trusts what an event holds: other versions and other machines wrote it.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from tutor.journal.kinds import LESSON, MIXED
from tutor.journal.schedule import Card

#: The share of the marks from which an attempt is right.
RIGHT_SHARE = 0.8
#: The longest time that one attempt counts for, in seconds.
LONGEST_S = 600
#: The most that a count of a phase may be; more is no count.
_MOST = 1_000_000


class Attempt(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an attempt, or an answer that was shown, says.

    Attributes:
        id: The id of its event.
        time: When, in UTC.
        right: It got 0.8 of the marks or more, without a hint.
        marks: The marks.
        max_marks: The most it could get; 0 where the answer was shown.
        certainty: How sure the learner was, 1 to 3.
        mode: "lesson", "quiz", "review" or "exam".
        delayed: No question with one of its objectives was attempted in the 20 hours before.
        seconds: The time it took, where it is known, else 0.
        phase: The phase it was kept with, or "".
        misconceptions: Those it shows.
        shown: The answer was shown in place of an attempt.
    """

    id: str
    time: datetime
    right: bool
    marks: float
    max_marks: float
    certainty: int | None = None
    mode: str = LESSON
    delayed: bool = False
    seconds: int = 0
    phase: str = ""
    misconceptions: tuple[str, ...] = ()
    shown: bool = False

    @property
    def share(self) -> float:
        """Marks as a share of the full ones, 0 to 1."""
        return self.marks / self.max_marks if self.max_marks else 0.0


class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How often a misconception was shown, and when last."""

    count: int
    last: datetime


class QuestionState(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of one question.

    Attributes:
        card: Its memory; None before its first attempt.
        attempts: How often it was attempted, or its answer shown.
        right: How many of these were right.
        seconds: The time spent on it, where it is known.
        last: The last attempt, or answer shown.
        right_at: When it was last right.
        wrong_at: When it was last wrong.
        mixed_right_at: When it was last right in a mixed mode and delayed, since it was last
            wrong: what "mastered" asks for.
        misconceptions: Those that its attempts showed, by id.
        suspended: The learner leaves it out of review.
        flagged: The learner marked it to come back to.
        stamp: Time and id of the last event that is in here.
    """

    card: Card | None = None
    attempts: int = 0
    right: int = 0
    seconds: int = 0
    last: Attempt | None = None
    right_at: datetime | None = None
    wrong_at: datetime | None = None
    mixed_right_at: datetime | None = None
    misconceptions: dict[str, Seen] = {}
    suspended: bool = False
    flagged: bool = False
    stamp: tuple[datetime, str] | None = None


class Activity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was done in a stretch of time."""

    attempts: int = 0
    right: int = 0
    seconds: int = 0
    reviews: int = 0
    """How many of the attempts were in review."""


class Sureness(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The answers that were given with one certainty.

    Attributes:
        answers: How many.
        right: How many of them were right.
        millionths: Their shares of the marks, summed in millionths, so that the sum is exact.
    """

    answers: int = 0
    right: int = 0
    millionths: int = 0

    @property
    def share(self) -> float | None:
        """Their mean share of the marks; None without answers."""
        return self.millionths / 1e6 / self.answers if self.answers else None


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a phase was left.

    Attributes:
        number: The item, from 1.
        count: The items that the phase had then.
        questions: The questions among them.
        stamp: Time and id of the event that says so.
    """

    number: int
    count: int
    questions: int
    stamp: tuple[datetime, str]


def attempt_of(id_: str, time: datetime, data: dict[str, Any], *, shown: bool) -> Attempt | None:
    """Read an attempt from its data; None where it holds no marks that could be."""
    marks, full = (0.0, 0.0) if shown else (_number(data, "marks"), _number(data, "max_marks"))
    if not shown and not 0 <= marks <= full > 0:
        return None
    certainty, mode, phase = data.get("certainty"), data.get("mode"), data.get("phase")
    seconds, listed = _number(data, "seconds"), data.get("misconceptions")
    names = listed if isinstance(listed, list) and not shown else ()
    return Attempt(
        id=id_,
        time=time,
        right=not shown and marks / full >= RIGHT_SHARE and not data.get("hint"),
        marks=marks,
        max_marks=full,
        certainty=certainty if type(certainty) is int and 1 <= certainty <= 3 else None,
        mode=mode if isinstance(mode, str) else LESSON,
        delayed=data.get("delayed") is True,
        seconds=round(min(seconds, LONGEST_S)) if seconds > 0 else 0,
        phase=phase if isinstance(phase, str) else "",
        misconceptions=tuple(sorted({name for name in names if isinstance(name, str)})),
        shown=shown,
    )


def after_attempt(state: QuestionState, attempt: Attempt) -> QuestionState:
    """What is known of a question after one more attempt; its card is left as it is."""
    time = attempt.time
    misconceptions = state.misconceptions
    if attempt.misconceptions:
        misconceptions = dict(misconceptions)
        for name in attempt.misconceptions:
            before = misconceptions.get(name)
            misconceptions[name] = Seen(before.count + 1 if before else 1, time)
    proves = attempt.right and attempt.delayed and attempt.mode in MIXED
    kept = state.mixed_right_at if attempt.right else None
    return replace(
        state,
        attempts=state.attempts + 1,
        right=state.right + attempt.right,
        seconds=state.seconds + attempt.seconds,
        last=attempt,
        right_at=time if attempt.right else state.right_at,
        wrong_at=state.wrong_at if attempt.right else time,
        mixed_right_at=time if proves else kept,
        misconceptions=misconceptions,
        stamp=(time, attempt.id),
    )


def place_of(stamp: tuple[datetime, str], data: dict[str, Any]) -> Place:
    """Read where a phase was left; what is no count is 0."""
    number, count, questions = (_count(data, name) for name in ("number", "count", "questions"))
    return Place(number, count, questions, stamp)


def _number(data: dict[str, Any], name: str) -> float:
    """A finite number, or NaN, which compares as false."""
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    try:
        return float(value) if math.isfinite(value) else math.nan
    except OverflowError:
        return math.nan


def _count(data: dict[str, Any], name: str) -> int:
    value = data.get(name)
    return value if type(value) is int and 0 <= value <= _MOST else 0
