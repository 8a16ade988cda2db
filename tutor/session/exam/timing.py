"""Times of an exam: what its questions took, from the looks at them, and what is left."""

from __future__ import annotations

from bisect import bisect_left
from itertools import zip_longest

from tutor.session.exam.record import Record
from tutor.words import exam as words

#: Below this the seconds are told too.
SHORT_S = 300


def seconds_spent(record: Record) -> dict[str, float]:
    """Seconds spent on each question; while the program was away the time is nobody's."""
    ended, limit_s = record.ended, record.begun.allowed_s
    happened = sorted(
        [visit.at_s for visit in record.visits]
        + [given.at_s for answers in record.given.values() for given in answers]
    )
    spent: dict[str, float] = {}
    for visit, following in zip_longest(record.visits, record.visits[1:]):
        if visit.question_id is None:
            continue
        if following is None:
            away = ended is None or ended.away
            until_s = limit_s if ended is None else ended.at_s
        else:
            away, until_s = following.again, following.at_s
        if away:
            place = bisect_left(happened, until_s)
            until_s = happened[place - 1] if place else visit.at_s
        stretch_s = max(0.0, min(until_s, limit_s) - visit.at_s)
        spent[visit.question_id] = spent.get(visit.question_id, 0.0) + stretch_s
    return spent


def left_in_words(seconds: float) -> str:
    """A time that is left; seconds are told towards the end."""
    whole = int(seconds + 0.999)
    if whole >= SHORT_S:
        return words.MINUTES_LEFT.format(minutes=whole // 60)
    if whole >= 60:
        return words.LAST_MINUTES_LEFT.format(minutes=whole // 60, seconds=whole % 60)
    return words.SECONDS_LEFT.format(seconds=whole)
