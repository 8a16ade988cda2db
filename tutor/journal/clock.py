"""A clock that was set back, or forward and back again."""

from __future__ import annotations

from datetime import datetime, timedelta

from tutor.journal.derived import derive
from tutor.journal.store import Journal
from tutor.words import journal as words

#: The clocks of two machines, whose journals were merged, differ by less.
_TOLERANCE = timedelta(minutes=10)


def clock_warning(journal: Journal, now: datetime) -> str | None:
    """Say in a sentence that an event is dated later than now; None where all is well.

    Args:
        journal: The journal.
        now: The time, with its zone.

    Raises:
        JournalError: The journal cannot be read.
    """
    newest = derive(journal, cards=False).newest
    if newest is None or newest - now <= _TOLERANCE:
        return None
    shown = [f"{time:%Y-%m-%d %H:%M} UTC" for time in (newest, now.astimezone(newest.tzinfo))]
    return words.CLOCK.format(newest=shown[0], now=shown[1])
