"""A lesson: the steps and questions of one phase, in the loop predict, run, compare, explain."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase, Step
from tutor.course.questions import Question
from tutor.course.scenario import MeasuredRun, set_up_line, simulate_once
from tutor.grading.confidence import Certainty
from tutor.journal.progress import ATTEMPT, FINISHED, POSITION, phase_progress
from tutor.journal.store import Journal
from tutor.session.ahead import Work, work_ahead
from tutor.session.asked import Asked
from tutor.session.drawn import DrawnRun
from tutor.session.knobs import knobs_of, turned_run
from tutor.session.profile import load_profile
from tutor.session.refutation import filled
from tutor.session.views import (
    Counter,
    EndView,
    Knob,
    StepView,
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
        self.items = tuple(item for item in _in_order(self.phase) if profile.meets(item))
        self._index = 0
        self._asked: Asked | None = None
        self._turned: dict[str, float] = {}
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
        return self._question.view(self._counter)

    def forward(self) -> None:
        """Go to the next item; an unanswered question is skipped."""
        if self._index < len(self.items):
            self._go(self._index + 1)

    def back(self) -> None:
        """Go to the item before; an answered question shows its verdict again."""
        if self._index > 0:
            self._go(self._index - 1, back=True)

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
        knob = next((knob for knob in self._knobs() if knob.name == name), None)
        if knob is None:
            raise ValueError(f"there is no knob {name!r} here")
        turned = self._asked.turned if self._asked else self._turned
        turned[name] = min(knob.high, max(knob.low, value))

    def reset_knobs(self) -> None:
        """Put every knob back."""
        (self._asked.turned if self._asked else self._turned).clear()

    def _knobs(self) -> tuple[Knob, ...]:
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
        if self._asked is None:
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

    def _step_view(self, step: Step) -> StepView:
        shown = step.demonstration
        run = turned_run(shown.scenario, self._turned)
        others = self._others
        drawn = [DrawnRun("run", "this run", run)]
        if shown.compare is not None:
            others["asked"] = simulate_once(shown.compare)
            drawn.insert(0, DrawnRun("compare", "to compare", others["asked"]))
        return StepView(
            counter=self._counter,
            step=step,
            set_up=set_up_line(run.scenario),
            caption=filled(None, shown.caption, run, others),
            drawn=tuple(drawn),
            curves=shown.show,
            knobs=self._knobs(),
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


def _in_order(phase: Phase) -> tuple[Step | Question, ...]:
    """Steps, each followed by what it asks; then the questions that no step asks."""
    left = {question.id: question for question in phase.questions}
    items: list[Step | Question] = []
    for step in phase.steps:
        items.append(step)
        items += [left.pop(question_id) for question_id in step.asks]
    return (*items, *left.values())
