"""A review as lines of text."""

from __future__ import annotations

from tutor.journal.store import Journal
from tutor.plain.lesson import Outcome, run_lesson
from tutor.plain.mixing import MixingKeys
from tutor.plain.page import Page
from tutor.session.review import Review
from tutor.words import mixing as words


def run_review(page: Page, journal: Journal, review: Review) -> Outcome:
    """Show a review until it is left, or nothing more is due.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be read.
    """
    return run_lesson(page, review, journal, _ReviewKeys(review))


class _ReviewKeys(MixingKeys):
    """Leaves a question out, besides."""

    def __init__(self, review: Review) -> None:
        super().__init__(review)
        self._review = review

    def _offered(self) -> list[str]:
        offered = super()._offered()
        return [*offered, words.SUSPEND_KEY] if self._question_id else offered

    def obey(self, page: Page, command: str) -> bool | None:
        """Do what was typed; None where it is for others."""
        question_id = self._question_id
        if command.lower() != "suspend" or self._mixing.is_committed or question_id is None:
            return super().obey(page, command)
        self._review.suspend()
        page.say(words.SUSPENDED.format(question=question_id, undo="undo"))
        return True
