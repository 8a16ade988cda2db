"""The exam whose clock is running, as the rooms outside it tell of it: nothing is written."""

from __future__ import annotations

from typing import NamedTuple

from tutor.journal.store import Journal
from tutor.session.exam.clock import ExamClock
from tutor.session.exam.record import Begun, exams_begun, exams_ended, record_of
from tutor.session.exam.timing import left_in_words


class Running(NamedTuple):
    """An exam, and the time that is left, in words."""

    begun: Begun
    left: str


def running_exam(journal: Journal) -> Running | None:
    """The exam whose clock is running; None for none.

    Raises:
        JournalError: the journal cannot be read.
    """
    ended = exams_ended(journal)
    for begun in reversed(exams_begun(journal)):
        if begun.id not in ended:
            clock = ExamClock(journal, begun.time, record_of(journal, begun).newest_s)
            left_s = begun.allowed_s - clock.passed_s()
            if left_s > 0.0:
                return Running(begun, left_in_words(left_s))
    return None
