"""An exam while its clock runs: any question at any time, every answer kept, none marked."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import msgspec

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase
from tutor.course.questions import Question
from tutor.grading.confidence import Certainty
from tutor.grading.verdict import marks_figure
from tutor.journal.kinds import EXAM_VISIT
from tutor.journal.store import Journal
from tutor.session.asking import Asking
from tutor.session.bank import Bank, Banked
from tutor.session.drawn import DrawnRun
from tutor.session.exam.clock import ExamClock
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.handing import end, runs_to_mark, write_attempts
from tutor.session.exam.posing import ExamAsked
from tutor.session.exam.record import HANDED_IN, TIME_UP, Begun, exams_ended, record_of
from tutor.session.exam.timing import left_in_words
from tutor.session.slow import Work
from tutor.session.views import Counter, EndView, QuestionView
from tutor.session.written.headings import Shown, flag_of
from tutor.words import exam as words
from tutor.words import plural, written
from tutor.words import run as run_words


class Spot(msgspec.Struct, frozen=True):
    """A question on the map of the exam."""

    number: int
    answered: bool
    flagged: bool
    here: bool
    marks: float
    section: str


class Exam(Asking):
    """Sits a paper. After its end nothing is accepted; what stands is what is marked."""

    mode = "exam"

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        bank: Bank,
        begun: Begun,
        steady_s: Callable[[], float] = monotonic,
    ) -> None:
        """Go on where it was left.

        Args:
            files: The course.
            journal: The learner's journal.
            bank: All questions of the course.
            begun: Which exam.
            steady_s: A clock that nobody sets.

        Raises:
            ValueError: the course has none of its questions any more.
            JournalError: the journal cannot be used.
        """
        super().__init__(files, journal)
        self.begun = begun
        self.title = begun.title
        self._bank = bank
        # The course may have lost a question since.
        self._questions = tuple(bank.by_id[one] for one in begun.ids if one in bank.by_id)
        if not self._questions:
            raise ValueError(words.QUESTIONS_GONE)
        self._record = record_of(journal, begun)
        self._clock = ExamClock(journal, begun.time, self._record.newest_s, steady_s)
        self._index = 0
        visits = self._record.visits
        ids = [banked.id for banked in self._questions]
        seen = [ids.index(one.question_id) for one in visits if one.question_id in ids]
        self._visit(seen[-1] if seen else 0, again=bool(visits))

    # The clock.

    @property
    def left_s(self) -> float:
        """Seconds that are left; 0 once it has ended."""
        if self.begun.id in exams_ended(self._journal):
            return 0.0
        return max(0.0, self.begun.allowed_s - self._clock.passed_s())

    @property
    def is_over(self) -> bool:
        """Whether it has been handed in, here or elsewhere, or its time is up."""
        return self.left_s <= 0.0

    @property
    def time_left(self) -> str:
        """The time that is left, in words."""
        return left_in_words(self.left_s)

    # Where the candidate is.

    @property
    def phase(self) -> Phase:
        """The phase of the question that is shown."""
        return self._files.phase(self._here.phase)

    @property
    def _here(self) -> Banked:
        return self._questions[self._index]

    @property
    def _counter(self) -> Counter:
        return Counter(self._index + 1, len(self._questions))

    @property
    def marks(self) -> float:
        """Full marks of the question that is shown."""
        return self._here.marks

    @property
    def answered(self) -> bool:
        """Whether the question that is shown has an answer."""
        return self._record.stands(self._here.id) is not None

    @property
    def section(self) -> str:
        """The section that it is in; empty where there is one only."""
        return self._section_of(self._index)

    def heading(self, view: Shown) -> str:
        """Which question, and what it is worth; its id might tell too much."""
        assert isinstance(view, QuestionView)
        marks = plural(round(self.marks), *words.WORTH).format(marks=marks_figure(self.marks))
        section = written.IN_SECTION.format(section=self.section) if self.section else ""
        return written.EXAM_QUESTION.format(
            place=view.counter, marks=marks, flag=flag_of(view), section=section
        )

    def _section_of(self, index: int) -> str:
        if len(self.begun.sections) < 2:
            return ""
        place = self.begun.ids.index(self._questions[index].id)
        for title, count in self.begun.sections:
            place -= count
            if place < 0:
                return title
        return ""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The map: every question, and how it stands."""
        return tuple(
            Spot(
                number=index + 1,
                answered=self._record.stands(banked.id) is not None,
                flagged=banked.id in self._record.flagged,
                here=index == self._index,
                marks=banked.marks,
                section=self._section_of(index),
            )
            for index, banked in enumerate(self._questions)
        )

    @property
    def is_last(self) -> bool:
        """Whether no question comes after the one that is shown."""
        return self._index == len(self._questions) - 1

    def go(self, number: int) -> None:
        """Go to the question with this number, from 1.

        Raises:
            ValueError: there is no such question.
            JournalError: the journal cannot be written.
        """
        if not 1 <= number <= len(self._questions):
            raise ValueError(words.NO_SUCH_QUESTION.format(count=len(self._questions)))
        if number - 1 != self._index and not self.is_over:
            self._visit(number - 1)

    def leave(self) -> None:
        """Keep that nobody looks at it any more; its clock runs on.

        Raises:
            JournalError: the journal cannot be written.
        """
        if not self.is_over:
            self._look(None)

    def _go_on(self) -> None:
        if not self.is_last:
            self.go(self._index + 2)

    def _go_back(self) -> None:
        if self._index > 0:
            self.go(self._index)

    def _following(self) -> Question | None:
        return None if self.is_last else self._questions[self._index + 1].question

    def _visit(self, index: int, *, again: bool = False) -> None:
        banked = self._questions[index]
        self._look(banked, again=again)
        self._index = index
        seed = question_seed(self.begun.seed, banked.id)
        self._show(
            ExamAsked(
                self._files,
                self._journal,
                banked.question,
                self._board,
                seed,
                self._record,
                self._stamp,
            )
        )

    def _look(self, banked: Banked | None, *, again: bool = False) -> None:
        data = {**self._stamp(), "again": again}
        shown = banked.id if banked else None
        self._record.take(self._journal.append(EXAM_VISIT, question_id=shown, data=data))

    def _stamp(self) -> dict[str, object]:
        """What an event of the exam is kept with now."""
        return {
            "exam": self.begun.id,
            "at": round(self._clock.passed_s(), 3),
            "number": self._record.count + 1,
        }

    def _kept(self, question: Question) -> dict[str, object]:
        return self._stamp()

    # Answering.

    def answer(self, answer: object, certainty: Certainty | None = None) -> None:
        """Keep an answer in place of the one before; nobody is told whether it is right.

        Raises:
            ValueError: time is up, or the answer is none to this question.
            JournalError: it cannot be kept.
        """
        self._refuse_late()
        super().answer(answer, certainty)

    def answer_line(self, line: str, certainty: Certainty | None = None) -> None:
        """Keep the answer that a typed line gives.

        Raises:
            ValueError: time is up, or the line is no answer to this question.
            JournalError: it cannot be kept.
        """
        self._refuse_late()
        super().answer_line(line, certainty)

    def sure(self, certainty: Certainty | None) -> None:
        """Say how sure the answer is, or leave it out.

        Raises:
            ValueError: time is up, or there is no answer that waits for that.
            JournalError: it cannot be kept.
        """
        self._refuse_late()
        super().sure(certainty)

    def take_away(self) -> None:
        """Leave the question unanswered again.

        Raises:
            ValueError: time is up.
            JournalError: it cannot be kept.
        """
        self._refuse_late()
        assert isinstance(self._asked, ExamAsked)
        self._asked.take_away()

    def keep_draft(self, draft: object) -> None:
        """Keep what stands in the place for the answer, while there is time.

        Raises:
            JournalError: the journal cannot be written.
        """
        if not self.is_over:
            super().keep_draft(draft)

    def flag(self) -> None:
        """Mark the question to come back to, or take the mark away, while there is time.

        Raises:
            JournalError: the journal cannot be written.
        """
        if not self.is_over:
            super().flag()

    def hint(self) -> None:
        """There is none in an exam.

        Raises:
            ValueError: always.
        """
        raise ValueError(words.AFTERWARDS)

    def show_answer(self) -> None:
        """Nothing is shown in an exam.

        Raises:
            ValueError: always.
        """
        raise ValueError(words.AFTERWARDS)

    def _refuse_late(self) -> None:
        if self.is_over:
            raise ValueError(words.TIME_IS_UP)

    # The end.

    @property
    def unanswered(self) -> int:
        """How many questions have no answer."""
        return sum(not spot.answered for spot in self.spots)

    def hand_in(self) -> None:
        """End the exam: its clock stands, and nothing more is accepted.

        Raises:
            JournalError: the journal cannot be written.
        """
        passed_s, allowed_s = self._clock.passed_s(), self.begun.allowed_s
        reason = HANDED_IN if passed_s < allowed_s else TIME_UP
        end(self._journal, self._record, reason, min(passed_s, allowed_s))

    def to_mark(self) -> Work | None:
        """The runs that marking has to wait for; None without any."""
        return runs_to_mark(self._journal, self._bank, self.begun)

    def mark(self) -> None:
        """Mark what stands, once it has been handed in.

        Raises:
            JournalError: the journal cannot be used.
        """
        write_attempts(self._files, self._journal, self.begun)

    def _end_view(self) -> EndView:
        answered = len(self._questions) - self.unanswered
        return EndView(
            title=self.title,
            right=0,
            questions=len(self._questions),
            lines=(words.ANSWERED.format(answered=answered, count=len(self._questions)),),
            prose="",
            next_phase=None,
            drawn=(DrawnRun("run", run_words.NORMAL, self._files.spine),),
        )
