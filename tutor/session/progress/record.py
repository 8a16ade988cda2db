"""How right the forecast was about the learner's own reviews lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tutor.journal.derived import Derived
from tutor.journal.forecast import Review
from tutor.journal.kinds import ATTEMPT, REVIEW, SHOWN
from tutor.journal.known import Attempt, QuestionState, attempt_of
from tutor.journal.schedule import Card, recall, reviewed
from tutor.journal.store import Journal

#: Attempts that are read at the most, of the questions that were answered last, and of any one of
#: them: so the work stays the same however long the journal gets.
MOST_READ, MOST_OF_ONE = 600, 60
#: The first reviews of a question say nothing yet.
_SETTLED = 2
#: The reviews that count at the most.
LATEST = 60


def reviews_of(journal: Journal, derived: Derived) -> list[Review]:
    """The learner's late reviews as `forecast.correction` takes them, oldest first.

    Raises:
        JournalError: the journal cannot be read.
    """
    found: list[tuple[datetime, str, Review]] = []
    for question_id in questions_read(derived.questions):
        attempts = sorted(
            (attempt.time, attempt.id, attempt)
            for attempt in _attempts(journal, question_id)
            if attempt.id not in derived.undone
        )
        found += _foreseen([attempt for _, _, attempt in attempts])
    found.sort(key=lambda one: one[:2])
    return [review for _, _, review in found[-LATEST:]]


def questions_read(known: Mapping[str, QuestionState]) -> list[str]:
    """The questions whose attempts are read, those answered last first."""
    telling = [
        (state.last.time, question_id, state.attempts)
        for question_id, state in known.items()
        if state.last is not None
        and state.card is not None
        and state.card.reviews > _SETTLED
        and state.attempts <= MOST_OF_ONE
    ]
    found, read = [], 0
    for _, question_id, attempts in sorted(telling, reverse=True):
        read += attempts
        if read > MOST_READ:
            break
        found.append(question_id)
    return found


def _attempts(journal: Journal, question_id: str) -> list[Attempt]:
    read = (
        attempt_of(event.id, event.time, event.data, shown=kind == SHOWN)
        for kind in (ATTEMPT, SHOWN)
        for event in journal.events(kind=kind, question_id=question_id)
    )
    return [attempt for attempt in read if attempt is not None]


def _foreseen(attempts: list[Attempt]) -> list[tuple[datetime, str, Review]]:
    """The reviews of one question on a later day, each with its chance just before."""
    found = []
    card: Card | None = None
    for attempt in attempts:
        if card is not None and attempt.mode != REVIEW and attempt.time < card.due:
            continue  # Extra practice, which moves nothing.
        if card is not None and card.reviews >= _SETTLED and (attempt.time - card.last).days >= 1:
            review = Review(recall(card, attempt.time), attempt.right, card.reviews)
            found.append((attempt.time, attempt.id, review))
        card = reviewed(card, attempt.right, attempt.time)
    return found
