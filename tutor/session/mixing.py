"""Sessions that mix questions of the whole course: quiz and review."""

from __future__ import annotations

from datetime import timedelta

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase, Step
from tutor.course.questions import Question
from tutor.journal.derived import derive
from tutor.journal.event import Event
from tutor.journal.kinds import UNDO
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.asking import Asking
from tutor.session.bank import Bank, Banked

#: After so long without a question on an objective, a right answer shows that it was kept.
DELAY = timedelta(hours=20)


class Mixing(Asking):
    """Asks questions from all over the course; how they are ordered is for those who inherit."""

    def __init__(self, files: CourseFolder, journal: Journal, bank: Bank) -> None:
        super().__init__(files, journal)
        self._bank = bank
        self._last_asked: Banked | None = None

    @property
    def phase(self) -> Phase:
        """The phase of the question that is shown, or was last."""
        shown = self._last_asked
        return self._files.phase(shown.phase if shown else self._files.phase_ids[0])

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        raise NotImplementedError

    def undo(self) -> None:
        """Take back what was done last, and ask again.

        Raises:
            ValueError: there is nothing to take back.
            JournalError: the journal cannot be written.
        """
        raise NotImplementedError

    def _undo(self, attempt: Event) -> None:
        """Let an attempt, or an answer that was shown, count for nothing."""
        self._journal.append(UNDO, question_id=attempt.question_id, data={"of": attempt.id})

    def _ask(self, banked: Banked, seed: int | None = None) -> Asked:
        """Pose a question of the bank, and show it."""
        asked = self._posed(banked.question, seed)
        self._show(asked)
        return asked

    def _show(self, item: Step | Asked | None) -> None:
        super()._show(item)
        if isinstance(item, Asked):
            self._last_asked = self._bank.by_id[item.question.id]

    def _kept(self, question: Question) -> dict[str, object]:
        banked = self._bank.by_id[question.id]
        return {
            "phase": banked.phase,
            "mode": self.mode,
            "delayed": self._is_delayed(banked),
        }

    def _is_delayed(self, banked: Banked) -> bool:
        """Whether no question with one of the objectives was attempted lately."""
        known = derive(self._journal, cards=False).questions
        since = self._journal.now() - DELAY
        siblings = {
            one.id
            for objective in banked.question.objectives
            for one in self._bank.by_objective[objective]
        }
        states = (known[one] for one in siblings if one in known)
        return all(state.last is None or state.last.time < since for state in states)
