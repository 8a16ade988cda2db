"""How well a question is remembered, and when it is due again: FSRS-6 with its own parameters.

A right answer is graded Good and a wrong one Again. The days between are whole ones, as in the
package `fsrs`, which is imported only when a card is moved on.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from fsrs import Scheduler

#: The recall at which a question is due.
RETENTION = 0.9
#: How fast forgetting slows down: the last parameter of FSRS-6.
DECAY = 0.1542
#: Makes the recall 0.9 when as many days have passed as the stability says.
_FACTOR = 0.9 ** (-1 / DECAY) - 1
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
_LONGEST_DAYS = 100 * 365


class Card(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is remembered of one question.

    Attributes:
        stability: Days after which the recall has fallen to 0.9.
        difficulty: From 1 to 10.
        last: When it was reviewed last, in UTC.
        due: When it is to be reviewed next, in UTC: a whole number of days later.
        reviews: How often it was reviewed.
        lapses: How often it was forgotten after it had been reviewed.
    """

    stability: float
    difficulty: float
    last: datetime
    due: datetime
    reviews: int
    lapses: int


def recall(card: Card, when: datetime) -> float:
    """The chance that the question is answered right then, 0 to 1; 1 before its last review."""
    days = max(0, (when - card.last).days)
    return float((1 + _FACTOR * days / card.stability) ** -DECAY)


def reviewed(card: Card | None, right: bool, when: datetime) -> Card:
    """The card after a review; none before the first one.

    A review that is dated before the last one, by a clock set back, counts as on the same day.
    """
    from fsrs import Card as Remembered
    from fsrs import Rating, State

    # Dates of any year fit when only the days between them are told.
    days = 0 if card is None else min(max(0, (when - card.last).days), _LONGEST_DAYS)
    before = Remembered(card_id=0, due=_EPOCH)
    if card is not None:
        before.state, before.step, before.last_review = State.Review, None, _EPOCH
        before.stability, before.difficulty = card.stability, card.difficulty
    now = _EPOCH + timedelta(days=days)
    after, _ = _scheduler().review_card(before, Rating.Good if right else Rating.Again, now)
    assert after.stability is not None
    assert after.difficulty is not None
    last = when.astimezone(UTC) if card is None else max(card.last, when.astimezone(UTC))
    interval = after.due - now
    return Card(
        stability=after.stability,
        difficulty=after.difficulty,
        last=last,
        due=last + interval if last < _LATEST - interval else _LATEST,
        reviews=1 if card is None else card.reviews + 1,
        lapses=0 if card is None else card.lapses + (not right),
    )


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
