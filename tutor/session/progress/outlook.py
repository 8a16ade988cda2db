"""What a learner will still know on the exam day, or in a month where none is ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from tutor.journal.forecast import Outlook, correction, forecast
from tutor.journal.planning import HORIZON_DAYS, Terms
from tutor.session.progress.facts import Facts

#: No forecast looks further ahead: what it says of later days hardly changes, and takes longer.
FARTHEST_DAYS = 730

Exam = Literal["none", "past", "today", "ahead", "far"]


class Forecast(msgspec.Struct, frozen=True):
    """The chance that a question of the course is right on a day.

    Attributes:
        day: The day.
        days: Days until then.
        exam: Whether an exam is on that day ("today", "ahead"), lies further ahead than the
            forecast looks ("far"), is past, or was never named.
        exam_date: When the exam is, or was.
        recall: The chance, if what is due is reviewed until then.
        unreviewed: The same if nothing more is reviewed.
        reviews: Reviews until then in the first case.
        learnt_from: The learner's own reviews that the forecast was held against.
    """

    day: date
    days: int
    exam: Exam
    exam_date: date | None
    recall: float
    unreviewed: float
    reviews: int
    learnt_from: int


def horizon(exam: date | None, today: date) -> tuple[date, Exam]:
    """The day that the forecast looks at, and how it stands to the exam."""
    if exam is None or exam < today:
        return today + timedelta(days=HORIZON_DAYS), "none" if exam is None else "past"
    if (exam - today).days > FARTHEST_DAYS:
        return today + timedelta(days=FARTHEST_DAYS), "far"
    return exam, "today" if exam == today else "ahead"


def outlooks(facts: Facts) -> tuple[Forecast, Mapping[str, Outlook]]:
    """The forecast in all, and of each question by its id."""
    today = facts.now.date()
    day, exam = horizon(facts.profile.exam_date, today)
    done = facts.days.get(today)
    terms = Terms(exam=day, cap_items=facts.cap, done_items=done.reviews if done else 0)
    found = forecast(facts.items, facts.now, terms, correction(facts.reviews))
    whole = Forecast(
        day=day,
        days=(day - today).days,
        exam=exam,
        exam_date=facts.profile.exam_date,
        recall=mean(one.recall for one in found),
        unreviewed=mean(one.unreviewed for one in found),
        reviews=sum(one.reviews for one in found),
        learnt_from=len(facts.reviews),
    )
    return whole, {one.id: one for one in found}


def mean(values: Iterable[float]) -> float:
    """The mean; 0 of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else 0.0
