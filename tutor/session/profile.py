"""What the learner prepares for: exam, board and date. All of it may be left out."""

from __future__ import annotations

from datetime import date

import msgspec

from tutor.course.model import Step
from tutor.course.questions import Board, Question
from tutor.course.text import one_line
from tutor.journal.store import Journal
from tutor.words import profile as words

#: The setting that says that the first minute has been seen or skipped.
FIRST_MINUTE = "first-minute"
SEPARATOR = " · "
_CREDITED_BY: dict[str, Board] = {
    "aqa": "AQA",
    "ocr": "OCR",
    "edexcel": "Edexcel",
    "wjec": "WJEC",
    "ib": "IB",
}


class Profile(msgspec.Struct, frozen=True):
    """What the learner prepares for; empty fields were skipped."""

    exam: str = ""
    board: str = ""
    exam_date: date | None = None

    @property
    def credited_by(self) -> Board | None:
        """Whose wording counts; none where the learner has not said."""
        if self.exam == "usmle":
            return "USMLE"
        if self.exam == "first-year":
            return "first_year"
        return _CREDITED_BY.get(self.board)

    def meets(self, item: Step | Question) -> bool:
        """Whether the item is for this learner: A-level candidates need no medical extensions."""
        if item.track == "M" and self.exam == "a-level":
            return False
        boards = item.boards if isinstance(item, Question) else ()
        return not boards or self.credited_by is None or self.credited_by in boards

    @property
    def name(self) -> str:
        """Exam and board; empty where nothing is known."""
        named = (words.EXAMS.get(self.exam, ""), words.BOARDS.get(self.board, ""))
        return SEPARATOR.join(filter(None, named))

    def days_line(self, today: date) -> str:
        """The days left to the exam; empty where its date is not known, or past."""
        if self.exam_date is None or self.exam_date < today:
            return ""
        days = (self.exam_date - today).days
        if days > 1:
            return words.DAYS_LEFT.format(days=days)
        return words.TODAY if days == 0 else words.TOMORROW

    def line(self, today: date) -> str:
        """Exam, board and days left in one line; empty where nothing is known."""
        return SEPARATOR.join(filter(None, (self.name, self.days_line(today))))


def first_minute_is_due(journal: Journal) -> bool:
    """True until the first minute has been seen or skipped."""
    return journal.settings().get(FIRST_MINUTE) is None


def load_profile(journal: Journal) -> Profile:
    """The profile that the journal holds."""
    settings = journal.settings()
    try:
        exam_date = date.fromisoformat(str(settings.get("exam-date", "")))
    except ValueError:
        exam_date = None
    return Profile(
        exam=str(settings.get("exam", "")),
        board=str(settings.get("board", "")),
        exam_date=exam_date,
    )


def save_profile(journal: Journal, profile: Profile) -> None:
    """Keep `profile`.

    Raises:
        JournalError: the journal cannot be written.
    """
    journal.set_setting("exam", profile.exam)
    journal.set_setting("board", profile.board)
    journal.set_setting("exam-date", profile.exam_date.isoformat() if profile.exam_date else "")


def parse_exam_date(text: str, today: date) -> date | None:
    """The date that a learner typed as year-month-day; None for an empty line.

    Raises:
        ValueError: it is no date, or lies in the past; one clear sentence.
    """
    text = text.strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            words.NO_DATE.format(typed=one_line(text, 40), year=today.year + 1)
        ) from None
    if found < today:
        raise ValueError(words.PAST_DATE.format(date=found.isoformat(), today=today.isoformat()))
    return found
