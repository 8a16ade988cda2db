"""Moments as Moodle writes them, with the name of the month in the language of the site."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from tutor.classroom.files import YEARS

#: How each month begins in the languages that are known, small and without accents.
_MONTHS = tuple(
    re.compile(one)
    for one in (
        r"jan|ene|gen|sty",
        r"feb|fev|lut",
        r"mar|maa|mrt",
        r"apr|avr|abr|kwi",
        r"may|mai|mag|mei|maj",
        r"jun|juin|giu|cze",
        r"jul|juil|lug|lip",
        r"aug|aou|ago|sie",
        r"sep|set|wrz",
        r"oct|okt|out|ott|paz",
        r"nov|lis",
        r"dec|dez|dic|gru",
    )
)
#: The day before the month or after it, then the year, the hour and the minute.
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})\.? (?:de )?)?(?P<month>[a-z]{3,20})\.?(?(day)| (?P<after>\d{1,2}))"
    r" (?:de )?(?P<year>\d{4}) (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?",
    re.ASCII,
)


def read_moment(text: str) -> datetime | None:
    """A moment of this machine's zone, in UTC; None where the text is none that can be read."""
    plain = unicodedata.normalize("NFKD", text[:80].casefold().replace(",", " "))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    try:
        moment = _named(" ".join(plain.split())) or datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.year in YEARS else None
    except (ValueError, OverflowError, OSError):
        return None


def _named(text: str) -> datetime | None:
    """The moment whose month is named; None where there is none.

    Raises:
        ValueError: no month has that day, or no day that hour.
    """
    if not (found := _NAMED.fullmatch(text)):
        return None
    month = next((n for n, name in enumerate(_MONTHS, 1) if name.match(found["month"])), None)
    if month is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    day = int(found["day"] or found["after"])
    return datetime(int(found["year"]), month, day, hour, int(found["minute"]))
