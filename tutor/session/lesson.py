"""A lesson: the steps and questions of one phase, in the loop predict, run, compare, explain."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase, Step
from tutor.course.questions import Question
from tutor.course.scenario import MeasuredRun, set_up_line, simulate_once, with_settings
from tutor.grading.confidence import Certainty
from tutor.journal.progress import ATTEMPT, FINISHED, POSITION, phase_progress
from tutor.journal.store import Journal
from tutor.session.ahead import work_ahead
from tutor.session.asked import Asked
from tutor.session.drawn import DrawnRun
from tutor.session.items import in_order, taught_at
from tutor.session.knobs import knobs_of, run_before, runs_for, turned_run
from tutor.session.profile import load_profile
from tutor.session.refutation import filled
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

END = "end"


class Lesson:
    """Walks through one phase. Every answer is in the journal before its verdict is shown."""

    def __init__(self, files: CourseFolder, phase_id: str, journal: Journal) -> None:
        """Open the phase where the learner left it.

        Raises:
            ContentErrors: the phase's file is wrong.
            JournalError: the journal cannot be used.
        """
        self._files = files
        self._journal = journal
        self.phase: Phase = files.phase(phase_id)
        self.title = files.entries[phase_id].title
        profile = load_profile(journal)
        self.items = tuple(item for item in in_order(self.phase) if profile.meets(item))
        self._index = 0
        self._asked: Asked | None = None
        self._turned: dict[str, float] = {}
        self._verdict_left: tuple[int, Asked] | None = None
        self._board = profile.credited_by
        self._question_count = sum(isinstance(item, Question) for item in self.items)
        self._resume()

    # Where the learner is.

    @property
    def view(self) -> View:
        """What to show now."""
        if self._index == len(self.items):
            return self._end_view()
        item = self.items[self._index]
        if isinstance(item, Step):
            return self._step_view(item)
        return self._question_view(self._question.view(self._counter))

    @property
    def outline(self) -> View:
        """The view before its runs are there: without plot and numbers, where that can be."""
        if self._asked is not None:
            return self._question_view(self._asked.outline(self._counter))
        if self._index == len(self.items):
            return self._end_view()
        step = self.items[self._index]
        assert isinstance(step, Step)
        return self._step_outline(step)

    def awaited(self) -> Work | None:
        """What the view has to wait for; None where its runs are there, or soon made."""
        if self._asked is not None:
            return awaited(self._asked.runs)
        if self._index == len(self.items):
            return None
        step = self.items[self._index]
        assert isinstance(step, Step)
        shown = step.demonstration
        compared = () if shown.compare is None else (shown.compare,)
        return awaited((*runs_for(shown.scenario, self._turned), *compared))

    def forward(self) -> None:
        """Go to the next item; an unanswered question is skipped."""
        if self._verdict_left is not None:
            self._return()
        elif self._index < len(self.items):
            self._go(self._index + 1)

    def back(self) -> None:
        """Go to the item before; an answered question shows its verdict again."""
        if self._verdict_left is not None:
            self._return()
        elif self._index > 0:
            self._go(self._index - 1, back=True)

    def look_up(self) -> None:
        """From a verdict, open the step that taught it; going on or back returns.

        Raises:
            ValueError: no step teaches what is asked here.
        """
        place = self._taught_at
        if place is None:
            raise ValueError("there is no step to look up here")
        self._verdict_left = self._index, self._question
        # The journal keeps nothing of it: whoever leaves now comes back to the verdict.
        self._index, self._asked, self._turned = place, None, {}

    def _return(self) -> None:
        assert self._verdict_left is not None
        self._index, self._asked = self._verdict_left
        self._verdict_left, self._turned = None, {}

    @property
    def _taught_at(self) -> int | None:
        """Which item teaches what is asked here."""
        return taught_at(self.items, self._asked.question) if self._asked else None

    def ahead(self) -> Iterator[Work]:
        """What the next key may ask for, to be done beforehand, the soonest first."""
        following = (*self.items[self._index + 1 :], None)[0]
        posed = self._asked.posed if self._asked is not None else None
        return work_ahead(self._files, posed, following)

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
            self._asked = self._posed(self._index)

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
        turned[name] = min(knob.high, max(knob.low, value))

    def reset_knobs(self) -> None:
        """Put every knob back."""
        (self._asked.turned if self._asked else self._turned).clear()

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs as they stand."""
        if self._asked is not None:
            return self._asked.knobs
        if self._index == len(self.items):
            return ()
        item = self.items[self._index]
        assert isinstance(item, Step)
        return knobs_of(item.demonstration.scenario, self._turned)

    # Moving and resuming.

    def _posed(self, index: int, seed: int | None = None) -> Asked | None:
        """The question at `index`, posed; None where there is none."""
        item = self.items[index] if index < len(self.items) else None
        if not isinstance(item, Question):
            return None
        kept = {"phase": self.phase.id}
        return Asked(self._files, self._journal, item, kept, self._board, seed)

    def _go(self, index: int, *, back: bool = False) -> None:
        item = self.items[index].id if index < len(self.items) else END
        asked = self._posed(index)
        self._journal.append(
            POSITION,
            # Whoever comes back to an open question finds its numbers and order again.
            seed=asked.posed.seed if asked else None,
            data={
                "phase": self.phase.id,
                "item": item,
                "number": min(index + 1, len(self.items)),
                "count": len(self.items),
                "questions": self._question_count,
                "back": back,
            },
        )
        self._index, self._asked, self._turned = index, asked, {}
        if item == END:
            self._journal.append(FINISHED, data={"phase": self.phase.id})
        if back:
            self._restore_since(0)

    def _resume(self) -> None:
        """Go where the learner left the phase, to the verdict if they had answered."""
        place = self._journal.latest(
            POSITION, where=lambda event: event.data.get("phase") == self.phase.id
        )
        ids = [item.id for item in self.items]
        item = place.data.get("item") if place else None
        if place is None or item not in ids:
            # A lesson that was finished, or whose item is gone, begins anew.
            self._go(0)
            return
        self._index = ids.index(str(item))
        self._asked = self._posed(self._index, place.seed)
        self._restore_since(0 if place.data.get("back") else place.sequence)

    def _restore_since(self, sequence: int) -> None:
        """Show the verdict of the question's last attempt, if it is newer than `sequence`."""
        if self._asked is None or self._asked.draft:
            return
        question = self._asked.question
        last = self._journal.latest(ATTEMPT, question_id=question.id)
        if last and last.sequence > sequence and last.revision == question.revision:
            self._asked.restore(last)

    # Views.

    @property
    def _counter(self) -> Counter:
        return Counter(self._index + 1, len(self.items))

    @property
    def _others(self) -> dict[str, MeasuredRun]:
        return {"spine": self._files.spine}

    def _question_view(self, view: QuestionView | VerdictView) -> QuestionView | VerdictView:
        """The question, after an answer that was not right with the step that taught it."""
        place = self._taught_at
        if place is None or isinstance(view, QuestionView) or view.headline == "Right":
            return view
        step = self.items[place]
        assert isinstance(step, Step)
        number = sum(isinstance(item, Step) for item in self.items[: place + 1])
        return replace(view, taught_in=f"step {number}, {step.title}")

    def _step_view(self, step: Step) -> StepView:
        shown = step.demonstration
        run = turned_run(shown.scenario, self._turned)
        others = self._others
        drawn = [*run_before(shown.scenario, self._turned), DrawnRun("run", "this run", run)]
        if shown.compare is not None:
            others["asked"] = simulate_once(shown.compare)
            drawn.insert(0, DrawnRun("compare", "to compare", others["asked"]))
        caption = filled(None, shown.caption, run, others)
        return replace(self._step_outline(step), caption=caption, drawn=tuple(drawn))

    def _step_outline(self, step: Step) -> StepView:
        shown = step.demonstration
        return StepView(
            counter=self._counter,
            step=step,
            set_up=set_up_line(with_settings(shown.scenario, self._turned)),
            caption="",
            drawn=(),
            curves=shown.show,
            knobs=self.knobs,
            looked_up=self._verdict_left is not None,
        )

    def _end_view(self) -> EndView:
        progress = phase_progress(self._journal)[self.phase.id]
        ids = self._files.phase_ids
        after = ids.index(self.phase.id) + 1
        return EndView(
            phase=self.phase,
            title=self.title,
            right=progress.right,
            questions=self._question_count,
            next_phase=self._files.entries[ids[after]].title if after < len(ids) else None,
            drawn=(DrawnRun("run", "normal", self._files.spine),),
        )
