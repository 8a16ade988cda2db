"""An exam that has ended, question by question: each with its verdict and its runs."""

from __future__ import annotations

from msgspec.structs import replace

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase
from tutor.course.questions import Question
from tutor.grading.verdict import figure
from tutor.journal.event import Event
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.asking import Asking
from tutor.session.bank import Bank, Banked
from tutor.session.drawn import DrawnRun
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.handing import board_of
from tutor.session.exam.record import Begun
from tutor.session.exam.report import Given, attempt_in
from tutor.session.form import form_of
from tutor.session.views import Counter, EndView, Reviewing, VerdictView
from tutor.words import run as run_words
from tutor.words import verdict as words


class _Reviewed(Asked):
    """A question with the answer that the exam had, or the key alone where there was none."""

    unanswered = False
    tutor_gave = ""

    def _begun(self, journal: Journal, question: Question) -> Event | None:
        """What has been begun elsewhere is no part of the exam."""
        return None

    def reveal(self) -> None:
        """Show the key."""
        self._settle(None, ())

    def _verdict_view(self, counter: Counter) -> VerdictView:
        """The verdict, and above it what was asked and answered."""
        form, answer = form_of(self.posed), self.result and self.result.answer
        chosen = answer if isinstance(answer, list) else []
        options = form.choices if form.kind in ("single", "multi") else ()
        reviewing = Reviewing(
            options=tuple((option.id in chosen, option.text) for option in options),
            unanswered=self.unanswered,
            tutor_gave=self.tutor_gave,
        )
        return replace(super()._verdict_view(counter), reviewing=reviewing)


class ExamReview(Asking):
    """Walks through the verdicts of an exam; asked again, a question is practice."""

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        bank: Bank,
        begun: Begun,
        number: int = 1,
        lines: tuple[str, ...] = (),
        given: Given | None = None,
    ) -> None:
        """Begin at a question.

        Args:
            files: The course.
            journal: The learner's journal.
            bank: All questions of the course.
            begun: Which exam.
            number: The question's number in it, from 1.
            lines: What its end says.
            given: What a tutor made of it, where that is not what the marking does.

        Raises:
            JournalError: the journal cannot be read.
        """
        super().__init__(files, journal)
        self.title = begun.title
        self._board = board_of(journal, begun)
        self._begun = begun
        self._lines = lines
        self._given = given or Given()
        self._questions = tuple(bank.by_id[one] for one in begun.ids if one in bank.by_id)
        self._index = 0
        places = [begun.ids.index(banked.id) + 1 for banked in self._questions]
        self._go(places.index(number) if number in places else 0)

    @property
    def _here(self) -> Banked:
        return self._questions[min(self._index, len(self._questions) - 1)]

    @property
    def phase(self) -> Phase:
        """The phase of the question that is shown."""
        return self._files.phase(self._here.phase)

    @property
    def _counter(self) -> Counter:
        return Counter(self._index + 1, len(self._questions))

    def _kept(self, question: Question) -> dict[str, object]:
        return {"phase": self._here.phase}

    def _following(self) -> Question | None:
        after = self._questions[self._index + 1 : self._index + 2]
        return after[0].question if after else None

    def _go_on(self) -> None:
        if self._index < len(self._questions):
            self._go(self._index + 1)

    def _go_back(self) -> None:
        if self._index > 0:
            self._go(self._index - 1)

    def _go(self, index: int) -> None:
        self._index = index
        if index >= len(self._questions):
            self._show(None)
            return
        question = self._here.question
        seed = question_seed(self._begun.seed, question.id)
        kept = self._kept(question)
        asked = _Reviewed(self._files, self._journal, question, kept, self._board, seed)
        marks = self._given.marks.get(question.id)
        if marks is not None:
            full = figure(self._here.marks)
            asked.tutor_gave = words.TUTOR_GAVE.format(marks=figure(marks), full=full)
        attempt = attempt_in(self._journal, self._begun, question.id)
        if attempt is None:
            asked.unanswered = True
        else:
            asked.restore(attempt)
        if not asked.is_answered:
            asked.reveal()
        self._show(asked)

    def _end_view(self) -> EndView:
        return EndView(
            title=self.title,
            right=0,
            questions=len(self._questions),
            lines=self._lines,
            prose="",
            next_phase=None,
            drawn=(DrawnRun("run", run_words.NORMAL, self._files.spine),),
        )
