"""A question of an exam: answered as often as one likes, and never marked before the end."""

from __future__ import annotations

from collections.abc import Callable

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Board, ExperimentQuestion, Question
from tutor.grading.confidence import Certainty
from tutor.grading.fitting import refuse_unfit
from tutor.grading.verdict import Verdict
from tutor.journal.event import Event
from tutor.journal.kinds import DRAFT, EXAM_ANSWER, EXAM_HINT
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.drafts import cleaned, is_blank
from tutor.session.exam.record import Given, Record
from tutor.session.form import form_of
from tutor.session.knobs import kept_knobs
from tutor.session.ready import refuse_unready

#: Kinds of which a pick is an answer; of others it is what has been typed or put so far.
_PICKED = ("single", "multi")
#: The verdict on what waits for how sure the candidate is: nothing is marked before the end.
_UNMARKED = Verdict(0.0, 0.0)


def answer_of(posed: Posed[Question], given: Given) -> object:
    """The answer that marking takes; what is typed but not committed counts as far as it goes.

    Raises:
        ValueError: it is none to this question.
    """
    if given.typed and isinstance(given.answer, str):
        return form_of(posed).read(given.answer)
    return given.answer


class ExamAsked(Asked):
    """A question as it stands before a candidate: every answer is kept, and none is marked."""

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        question: Question,
        board: Board | None,
        seed: int,
        record: Record,
        stamp: Callable[[], dict[str, object]],
    ) -> None:
        """Pose it as it was left in this exam.

        Args:
            files: The course.
            journal: Where answers are kept.
            question: What is asked.
            board: Whose candidate answers.
            seed: What its numbers and its order come from.
            record: The exam so far; what is kept is taken into it.
            stamp: What every event is kept with now.

        Raises:
            JournalError: the journal cannot be read.
        """
        super().__init__(files, journal, question, {}, board, seed)
        self._record = record
        self._stamp = stamp
        given = record.given.get(question.id)
        self._last = given[-1] if given else None
        self.draft = self._last.answer if self._last else None
        self._flagged = question.id in record.flagged
        self._hint_shown = question.id in record.hinted
        if isinstance(question, ExperimentQuestion):
            self.turned = kept_knobs(self.posed.scenario, self.draft)

    def _begun(self, journal: Journal, question: Question) -> Event | None:
        """Nothing that was begun elsewhere goes on here."""
        return None

    def _note(self, kind: str, answer: object = None, **data: object) -> Event:
        self._kept = self._stamp()
        event = super()._note(kind, answer, **data)
        self._record.take(event)
        return event

    def answer(self, answer: object, certainty: Certainty | None = None) -> None:
        """Keep an answer, in place of any that was given before.

        Where the learner wants to be asked how sure they are, it then waits for `sure`.

        Raises:
            ValueError: the answer is none to this question.
            JournalError: it cannot be kept.
        """
        answer = cleaned(answer)
        refuse_unready(self.question, answer)
        refuse_unfit(self.posed, answer)
        self._give(answer, certainty)
        assert self._last is not None
        if self._last.certainty is None and self.asks_certainty:
            self._committed = answer, _UNMARKED

    def _keep(self, answer: object, verdict: Verdict, certainty: Certainty | None) -> None:
        self._committed = None
        if certainty is not None:
            self._give(answer, certainty)

    def _give(self, answer: object, certainty: Certainty | None = None) -> None:
        """Keep an answer, None to take it back, where it or its certainty is another."""
        last = self._last
        same = last is not None and not last.typed and last.answer == answer
        if same and certainty in (None, last and last.certainty):
            return
        sure: dict[str, object] = {} if certainty is None else {"certainty": certainty}
        event = self._note(EXAM_ANSWER, answer, **sure)
        self._last = self._record.given[self.question.id][-1]
        self.draft = event.answer

    def hint(self) -> None:
        """Show the hint, and keep that it was shown.

        Raises:
            JournalError: it cannot be kept.
        """
        if not self._hint_shown:
            self._note(EXAM_HINT)
        self._hint_shown = True

    def take_away(self) -> None:
        """Leave the question unanswered again.

        Raises:
            JournalError: it cannot be kept.
        """
        if self._last is not None and self._last.answer is not None:
            self._give(None)
        self._committed = None
        if isinstance(self.question, ExperimentQuestion):
            self.turned = {}

    def keep_draft(self, draft: object) -> None:
        """Keep what stands in the place for the answer: what is picked there is an answer.

        Raises:
            JournalError: the journal cannot be written.
        """
        if isinstance(self.question, ExperimentQuestion):
            draft = dict(self.turned)
        draft = cleaned(draft)
        if draft == self.draft or (is_blank(draft) and is_blank(self.draft)):
            return
        if self.question.kind in _PICKED:
            self._give(None if is_blank(draft) else draft)
        else:
            self._note(DRAFT, draft, readable=self._is_readable(draft))
            self._last = self._record.given[self.question.id][-1]
            self.draft = draft

    def _is_readable(self, draft: object) -> bool:
        """Whether what is typed so far would be an answer if it stayed so."""
        try:
            answer_of(self.posed, Given(draft, 0.0, typed=True))
        except ValueError:
            return False
        return True
