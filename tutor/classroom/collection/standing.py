"""Which submission of a learner counts, where several came, and from several machines.

Whoever knows an id can hand in under it. So where work comes from another machine than the first,
it does not take the place of fuller work, and both are told to the tutor, who may say which one
counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row

from tutor.classroom.collection.answers import Answers
from tutor.classroom.collection.lateness import Clock
from tutor.classroom.submission import MOODLE, Submission


class Judged(Struct, frozen=True):
    """A submission of a learner, and when it came; no share where it is refused."""

    row: Row[Any]
    submission: Submission
    answers: Answers
    answered: int
    clock: Clock
    late: bool
    share: float | None

    @property
    def order(self) -> tuple[bool, datetime, int, str]:
        """The newest is the greatest; what came from a quiz is older than what was handed in."""
        own = self.row.device != MOODLE
        return own, self.clock.at, self.row.number, self.row.digest


class Standing(Struct, frozen=True):
    """The submission that counts, and the one of another machine that it is held against."""

    counts: Judged | None
    against: Judged | None = None


def standing_of(judged: Sequence[Judged], choice: Row[Any] | None) -> Standing:
    """Find the submission that counts.

    Args:
        judged: What the learner handed in, the newest last.
        choice: What the tutor chose last: it counts until something newer was collected.
    """
    chosen = choice and next((one for one in judged if one.row.key == choice.submission), None)
    if choice and chosen and chosen.share is not None:
        machine = chosen.row.learner_key
        judged = [one for one in judged if one is chosen or one.row.key > choice.newest]
    else:
        machine = _first_machine(judged)
    newest = _last(judged)
    if newest is None or newest.row.device == MOODLE or newest.row.learner_key == machine:
        return Standing(newest)
    own = _last([one for one in judged if one.row.learner_key == machine])
    if own is not None and own.answered > newest.answered:
        return Standing(own, newest)
    return Standing(newest, own)


def _first_machine(judged: Sequence[Judged]) -> str | None:
    """The key of the machine that was seen first; what came from a quiz is of none."""
    return min(
        (
            (one.row.collected_at, one.order, one.row.learner_key)
            for one in judged
            if one.row.device != MOODLE
        ),
        default=(None, None, None),
    )[2]


def _last(judged: Sequence[Judged]) -> Judged | None:
    """The last one that was in time, or else the last one at all that is not refused."""
    in_time = [one for one in judged if not one.late]
    accepted = [one for one in judged if one.share is not None]
    found = in_time or accepted
    return found[-1] if found else None
