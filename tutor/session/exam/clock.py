"""The time of an exam, which goes on whatever happens to the program or to the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from tutor.journal.store import Journal


class ExamClock:
    """Seconds since an exam was begun: by the wall clock, but never fewer than before.

    Suspend and restart cost their time, as they do in a hall. A clock that was set back gives
    none: what the exam's newest event says has passed, and so has what the running program has
    seen pass since.
    """

    def __init__(
        self,
        journal: Journal,
        begun: datetime,
        newest_s: float,
        steady_s: Callable[[], float] = monotonic,
    ) -> None:
        """Go on from the exam's newest event.

        Args:
            journal: Whose clock it is.
            begun: When the exam was begun.
            newest_s: What its newest event says has passed.
            steady_s: A clock that nobody sets, in seconds from anywhere.
        """
        self._journal = journal
        self._begun = begun
        self._passed_s = newest_s
        self._steady_s = steady_s
        self._seen_s = steady_s()

    def passed_s(self) -> float:
        """Seconds since the beginning."""
        now_s = self._steady_s()
        going_s = self._passed_s + max(0.0, now_s - self._seen_s)
        wall_s = (self._journal.now() - self._begun).total_seconds()
        self._passed_s, self._seen_s = max(going_s, wall_s), now_s
        return self._passed_s
