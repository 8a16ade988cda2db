"""The work on an assignment: graded it is an exam, for practice a quiz, with rules of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.course.questions import Question
from tutor.journal.event import Event
from tutor.journal.store import Journal
from tutor.session.ahead import work_ahead
from tutor.session.asked import Asked
from tutor.session.drafts import open_draft
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.exam import Exam
from tutor.session.exam.record import Begun
from tutor.session.quiz import Quiz
from tutor.session.slow import Work
from tutor.words import assigned as words

if TYPE_CHECKING:
    from tutor.classroom.learner.assigned import Assigned


class Sitting(Exam):
    """Graded work: an exam with the rules of its assignment. Handing it in does not end it."""

    def __init__(self, assigned: Assigned, begun: Begun) -> None:
        """Go on where it was left.

        Raises:
            ValueError: the assignment has none of its questions.
            JournalError: the journal cannot be used.
        """
        self.assigned = assigned
        self._policy = assigned.assignment.policy
        self.certainty_asked = self._policy.certainty
        self._due = assigned.due_at.astimezone().strftime(words.DAY)
        self._leaves = False
        super().__init__(assigned.files, assigned.journal, assigned.bank, begun)

    @property
    def has_limit(self) -> bool:
        """Whether a clock runs."""
        return self.begun.minutes is not None

    @property
    def time_left(self) -> str:
        """The time that is left, or without a limit when it is due."""
        if self.has_limit:
            return super().time_left
        return words.DUE_SOON.format(due=self._due)

    @property
    def goes_back(self) -> bool:
        """Whether questions may be left open and come back to."""
        return self._policy.skip

    @property
    def gives_hints(self) -> bool:
        """Whether hints may be asked for."""
        return self._policy.hints

    def ahead(self) -> Iterator[Work]:
        """The run of the next question alone: of this one nothing is told that needs a run."""
        return work_ahead(self._files, None, self._following())

    def hint(self) -> None:
        """Show the hint, where hints are allowed.

        Raises:
            ValueError: they are not.
            JournalError: it cannot be kept.
        """
        if not self.gives_hints:
            super().hint()
        self._question.hint()

    def go(self, number: int) -> None:
        """Go to the question with this number, from 1; as far as that is allowed.

        Raises:
            ValueError: there is no such question, or it may not be gone to.
            JournalError: the journal cannot be written.
        """
        here = self._index + 1
        if not self.goes_back and number != here:
            if number != here + 1:
                raise ValueError(words.FORWARD_ONLY)
            if not self.answered and not self._leaves:
                raise ValueError(words.ANSWER_OR_LEAVE)
        super().go(number)

    def leave_open(self) -> None:
        """Go on without an answer, where one cannot come back.

        Raises:
            JournalError: the journal cannot be written.
        """
        self._leaves = True
        try:
            self.forward()
        finally:
            self._leaves = False


class Practice(Quiz):
    """Practice: a quiz of the assignment's questions, with feedback at once."""

    def __init__(self, assigned: Assigned, begun: Event) -> None:
        """Go on where it was left.

        Raises:
            JournalError: the journal cannot be used.
        """
        self.assigned = assigned
        self.certainty_asked = assigned.assignment.policy.certainty
        super().__init__(assigned.files, assigned.journal, assigned.bank, begun)

    def _kept(self, question: Question) -> dict[str, object]:
        return {**super()._kept(question), "assignment": self.assigned.id}

    def _posed(self, question: Question, seed: int | None = None) -> Asked:
        # Every learner has their own numbers, whatever their board credits.
        seed = question_seed(self._begun.seed or 0, question.id)
        return _Practised(self._files, self._journal, question, self._kept(question), None, seed)


class _Practised(Asked):
    """A question that goes on with a draft of its own assignment alone."""

    def _begun(self, journal: Journal, question: Question) -> Event | None:
        return open_draft(journal, question, str(self._kept["assignment"]))
