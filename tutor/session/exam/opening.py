"""Beginning an exam, and finding the one whose clock is running."""

from __future__ import annotations

import uuid

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import EXAM
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.drawing import Paper
from tutor.session.exam.exam import Exam
from tutor.session.exam.handing import settled
from tutor.session.exam.record import Begun, begun_of
from tutor.words import exam as words

#: The setting of a learner's extra time, and what may be chosen, in percent.
EXTRA_SETTING = "exam-extra"
EXTRA = (0, 25, 50)


def begin_exam(
    files: CourseFolder, journal: Journal, bank: Bank, paper: Paper, extra: float = 0
) -> Exam:
    """Begin to sit a paper; its clock runs from now on.

    Args:
        files: The course.
        journal: The learner's journal.
        bank: All questions of the course.
        paper: What was drawn.
        extra: Extra time in percent.

    Raises:
        ValueError: another exam has not ended.
        JournalError: the journal cannot be used.
    """
    running = settled(files, journal).running
    if running is not None:
        raise ValueError(words.STILL_RUNNING.format(title=running.title))
    event = journal.append(
        EXAM,
        seed=paper.seed,
        data={
            "exam": str(uuid.uuid4()),
            "blueprint": paper.blueprint,
            "title": paper.title,
            "seed": paper.seed,
            "minutes": paper.minutes,
            "extra": extra,
            "ids": [banked.id for banked in paper.questions],
            "sections": [[title, count] for title, count in paper.sections],
        },
    )
    begun = begun_of(event)
    assert begun is not None
    return Exam(files, journal, bank, begun)


def open_exam(files: CourseFolder, journal: Journal) -> Exam | Begun | None:
    """The exam whose clock is running, where it was left.

    What has ended meanwhile is handed in and marked. Where no other exam is running, the one
    whose time ran out just now is given back, to show its report.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    found = settled(files, journal)
    if found.running is None:
        return found.ended
    try:
        return Exam(files, journal, Bank(files), found.running)
    except ValueError:  # The course has lost all of its questions.
        return None


def extra_time(journal: Journal) -> int:
    """The extra time that the learner has, in percent.

    Raises:
        JournalError: the journal cannot be read.
    """
    kept = journal.settings().get(EXTRA_SETTING)
    return next((extra for extra in EXTRA if extra == kept), EXTRA[0])
