"""One item after another, a step or a question, each question in the one loop.

What lessons, quizzes and reviews have in common: predict, run, compare, explain. They differ in
what comes next.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec.structs import replace

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase, Step
from tutor.course.questions import Question
from tutor.grading.confidence import Certainty
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, LESSON
from tutor.journal.store import Journal
from tutor.session.ahead import work_ahead
from tutor.session.asked import Asked
from tutor.session.demonstrating import step_outline, with_runs
from tutor.session.items import Items, in_order, taught_at
from tutor.session.knobs import knobs_of, runs_for
from tutor.session.profile import load_profile
from tutor.session.refutation import marking_work
from tutor.session.slow import Work, awaited
from tutor.session.views import (
    Counter,
    EndView,
    Knob,
    QuestionView,
    StepView,
    VerdictView,
    View,
)
from tutor.session.written.headings import Shown, heading_of
from tutor.words import verdict as verdict_words


class Asking:
    """Shows a step, a question or its verdict, and takes what the learner does with it.

    Who comes next is for those who inherit: `_go_on`, `_go_back`, `_following` and the end. Every
    answer is in the journal before its verdict is shown.

    Attributes:
        mode: What its attempts are kept as.
        title: What is walked through.
        certainty_asked: It is asked how sure the learner is, whatever they chose.
    """

    mode = LESSON
    title: str
    certainty_asked = False

    def __init__(self, files: CourseFolder, journal: Journal) -> None:
        """Begin with nothing shown.

        Raises:
            JournalError: the journal cannot be read.
        """
        self._files = files
        self._journal = journal
        self._profile = load_profile(journal)
        self._board = self._profile.credited_by
        self._asked: Asked | None = None
        self._step: Step | None = None
        self._turned: dict[str, float] = {}
        self._verdict_left: Asked | None = None

    # For those who inherit.

    @property
    def phase(self) -> Phase:
        """The phase of what is shown: its words, and where it lies on the spine."""
        raise NotImplementedError

    @property
    def _counter(self) -> Counter:
        raise NotImplementedError

    def _go_on(self) -> None:
        raise NotImplementedError

    def _go_back(self) -> None:
        raise NotImplementedError

    def _following(self) -> Step | Question | None:
        """What comes after the item that is shown."""
        raise NotImplementedError

    def _kept(self, question: Question) -> dict[str, object]:
        """What every attempt at a question is kept with."""
        raise NotImplementedError

    def _end_view(self) -> EndView:
        raise NotImplementedError

    # Where the learner is.

    @property
    def files(self) -> CourseFolder:
        """The course that is asked."""
        return self._files

    @property
    def view(self) -> View:
        """What to show now."""
        if self._step is not None:
            return with_runs(self._step_outline(self._step), self._turned, self._files.spine)
        if self._asked is not None:
            return self._question_view(self._asked.view(self._counter))
        return self._end_view()

    @property
    def outline(self) -> View:
        """The view before its runs are there: without plot and numbers, where that can be."""
        if self._step is not None:
            return self._step_outline(self._step)
        if self._asked is not None:
            return self._question_view(self._asked.outline(self._counter))
        return self._end_view()

    def heading(self, view: Shown) -> str:
        """What stands above a view that is written as lines of text."""
        return heading_of(self.title, view)

    def awaited(self) -> Work | None:
        """What the view has to wait for; None where its runs are there, or soon made."""
        if self._step is not None:
            shown = self._step.demonstration
            compared = () if shown.compare is None else (shown.compare,)
            return awaited((*runs_for(shown.scenario, self._turned), *compared))
        return awaited(self._asked.runs) if self._asked is not None else None

    @property
    def asks_certainty(self) -> bool:
        """Whether it is asked how sure the answer is to the question that is shown."""
        return self._asked is not None and self._asked.asks_certainty

    def ahead(self) -> Iterator[Work]:
        """What the next key may ask for, to be done beforehand, the soonest first."""
        posed = self._asked.posed if self._asked is not None else None
        return work_ahead(self._files, posed, self._following())

    def forward(self) -> None:
        """Go to the next item; an unanswered question is skipped."""
        if self._verdict_left is not None:
            self._return()
        else:
            self._go_on()

    def back(self) -> None:
        """Go to the item before; an answered question shows its verdict again."""
        if self._verdict_left is not None:
            self._return()
        else:
            self._go_back()

    def _show(self, item: Step | Asked | None) -> None:
        """Show a step or a posed question; None is the end."""
        self._asked = item if isinstance(item, Asked) else None
        if isinstance(item, Asked):
            item.certainty_asked = self.certainty_asked
        self._step, self._turned = (item if isinstance(item, Step) else None), {}

    def _posed(self, question: Question, seed: int | None = None) -> Asked:
        return Asked(self._files, self._journal, question, self._kept(question), self._board, seed)

    def _restore_since(self, sequence: int) -> None:
        """Show the verdict of the question's last attempt here, if it is newer than `sequence`."""
        if self._asked is None or self._asked.draft:
            return
        question = self._asked.question
        last = self._journal.latest(ATTEMPT, question_id=question.id, where=self._is_here)
        if last and last.sequence > sequence and last.revision == question.revision:
            self._asked.restore(last)

    def _is_here(self, attempt: Event) -> bool:
        """Whether an attempt was made in this kind of session."""
        return attempt.data.get("mode", LESSON) == self.mode

    # The step that taught it.

    def look_up(self) -> None:
        """From a verdict, open the step that taught it; going on or back returns.

        Raises:
            ValueError: no step teaches what is asked here.
        """
        place = self._taught_at
        if place is None:
            raise ValueError("there is no step to look up here")
        step = self._lesson_items[place]
        assert isinstance(step, Step)
        # The journal keeps nothing of it: whoever leaves now comes back to the verdict.
        self._verdict_left = self._question
        self._asked, self._step, self._turned = None, step, {}

    def _return(self) -> None:
        self._asked, self._step = self._verdict_left, None
        self._verdict_left, self._turned = None, {}

    @property
    def _lesson_items(self) -> Items:
        """The items of the phase as its lesson has them, for this learner."""
        return tuple(item for item in in_order(self.phase) if self._profile.meets(item))

    @property
    def _taught_at(self) -> int | None:
        """Which item of the phase teaches what is asked here."""
        return taught_at(self._lesson_items, self._asked.question) if self._asked else None

    # Answering.

    @property
    def _question(self) -> Asked:
        """The question that the learner is at.

        Raises:
            ValueError: they are at none.
        """
        if self._asked is None:
            raise ValueError("there is no question here")
        return self._asked

    def answer(self, answer: object, certainty: Certainty | None = None) -> None:
        """Commit an answer and mark it; see `tutor.grading.marking` for what it is.

        Raises:
            ValueError: this is no open question, or the answer does not fit it.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        self._question.answer(answer, certainty)

    def marking(self, answer: object, *, typed: bool) -> Work | None:
        """What the verdict on an answer, or a typed line, has to wait for; None for nothing.

        Raises:
            ContentErrors: the misconceptions cannot be read.
        """
        asked = self._question
        with suppress(ValueError):  # Said when it is committed.
            found = asked.read(str(answer)) if typed else answer
            return marking_work(self._files, asked.posed, found, self._board)
        return None

    def answer_line(self, line: str, certainty: Certainty | None = None) -> None:
        """Commit the answer that a typed line gives.

        Raises:
            ValueError: this is no open question, or the line is no answer to it.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        self._question.answer_line(line, certainty)

    def sure(self, certainty: Certainty | None) -> None:
        """Say how sure the committed answer is, or leave it out; it is then kept and marked.

        Raises:
            ValueError: no answer waits for that, or this is no certainty.
            JournalError: the attempt cannot be kept; the answer goes on waiting.
        """
        self._question.sure(certainty)

    @property
    def is_committed(self) -> bool:
        """Whether an answer waits for how sure the learner is."""
        return self._asked is not None and self._asked.is_committed

    def take_back(self) -> None:
        """Open the committed answer again, as long as it waits for how sure it is."""
        self._question.take_back()

    def keep_draft(self, draft: object) -> None:
        """Keep what has been answered so far, where a question is open.

        Raises:
            JournalError: the journal cannot be written.
        """
        if self._asked is not None:
            self._asked.keep_draft(draft)

    def flag(self) -> None:
        """Mark the question to come back to, or take the mark away.

        Raises:
            ValueError: there is no question here.
            JournalError: the journal cannot be written.
        """
        self._question.flag()

    def report(self) -> str:
        """Write a report on the question that is shown; what to tell the learner about it.

        Raises:
            ValueError: there is no question here.
        """
        from tutor.session.report import reported

        return reported(self._question.view(self._counter), self._question.posed)

    def show_answer(self) -> None:
        """Show the key without an attempt; the journal keeps that it was shown.

        Raises:
            ValueError: this is no open question.
            JournalError: the journal cannot be written.
        """
        self._question.show_answer()

    def hint(self) -> None:
        """Show the hint of the open question."""
        self._question.hint()

    def claim(self, point_id: str) -> None:
        """Keep that the learner holds to have made a mark point.

        Raises:
            ValueError: there is no such point to claim.
            JournalError: the journal cannot be written.
        """
        self._question.claim(point_id)

    def try_again(self) -> None:
        """Open an answered question for another attempt, in a new order."""
        if self._asked is not None and self._asked.is_answered:
            self._asked = self._posed(self._asked.question)

    def replay(self) -> None:
        """Draw the next refutation over the run; after the last one, none."""
        if self._asked is not None:
            self._asked.replay()

    # Turning knobs.

    def turn(self, name: str, value: float) -> None:
        """Set a knob of the item that is shown, within its range.

        Raises:
            ValueError: there is no such knob here.
        """
        knob = next((knob for knob in self.knobs if knob.name == name), None)
        if knob is None:
            raise ValueError(f"there is no knob {name!r} here")
        turned = self._asked.turned if self._asked else self._turned
        turned[name] = float(min(knob.high, max(knob.low, value)))

    def reset_knobs(self) -> None:
        """Put every knob back."""
        (self._asked.turned if self._asked else self._turned).clear()

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs as they stand."""
        if self._asked is not None:
            return self._asked.knobs
        if self._step is None:
            return ()
        return knobs_of(self._step.demonstration.scenario, self._turned)

    # Views.

    def _question_view(self, view: QuestionView | VerdictView) -> QuestionView | VerdictView:
        """The question, after an answer that was not right with the step that taught it."""
        if isinstance(view, QuestionView) or (view.verdict and view.verdict.right):
            return view
        place = self._taught_at
        if place is None:
            return view
        items = self._lesson_items
        step = items[place]
        assert isinstance(step, Step)
        number = sum(isinstance(item, Step) for item in items[: place + 1])
        return replace(view, taught_in=verdict_words.STEP.format(number=number, title=step.title))

    def _step_outline(self, step: Step) -> StepView:
        aside = self._verdict_left is not None
        return step_outline(step, self._turned, self._counter, looked_up=aside)
