"""Deadlines as tutors write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from tutor.course.text import one_line
from tutor.words import assigning as words

#: A date alone means the end of that day.
END_OF_DAY = time(23, 59)
#: Day, month and year, which dots part in this order alone.
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def read_deadline(text: str, now: datetime) -> datetime:
    """A moment that is written as date and time, as a date alone, or as a day of the week.

    Args:
        text: Such as `2026-12-04 18:00`, `2026-12-04T18:00+01:00`, `2026-12-04`, `04.12.2026`,
            `04.12.2026 18:00`, `friday`, or `friday 18:00`; without a zone it is the time of this
            machine.
        now: When it is read, with its zone; days of the week follow from it.

    Raises:
        ValueError: it is none of these; the message is a sentence.
    """
    day, *hours = re.split(r"\s+|(?<=\d)T", text.strip(), maxsplit=1)
    try:
        if found := _day(day.casefold(), now.astimezone().date()):
            at = time.fromisoformat(hours[0]) if hours else END_OF_DAY
            moment = datetime.combine(found, at)
        else:
            moment = datetime.fromisoformat(text.strip())
            if not hours:
                moment = datetime.combine(moment.date(), END_OF_DAY)
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):
        told = words.NO_DEADLINE.format(text=one_line(text, 60))
        raise ValueError(told) from None


def _day(name: str, today: date) -> date | None:
    """The day of a date with dots, or the next one of that name; None where it is neither.

    Raises:
        ValueError: no month has that day.
    """
    if dotted := _DOTTED.fullmatch(name):
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    if name in words.NEAR_DAYS:
        return today + timedelta(days=words.NEAR_DAYS.index(name))
    if name not in words.WEEKDAYS:
        return None
    ahead = (words.WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)
