"""A lesson: the steps and questions of one phase, in the loop predict, run, compare, explain."""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tutor.course.loader import CourseFolder
from tutor.course.model import Option, Phase, Question, Step
from tutor.course.scenario import MeasuredRun, set_up_line, simulate_once
from tutor.course.scenario_fields import Scenario
from tutor.grading.choice import Verdict, mark_choice
from tutor.journal.event import Event
from tutor.journal.progress import ATTEMPT, FINISHED, POSITION, SHOWN, phase_progress
from tutor.journal.store import Journal
from tutor.session.ahead import Work, work_ahead
from tutor.session.drawn import DrawnRun
from tutor.session.knobs import knobs_of, turned_run
from tutor.session.refutation import filled, refutation_views
from tutor.session.views import (
    Counter,
    EndView,
    Knob,
    QuestionView,
    RefutationView,
    StepView,
    VerdictView,
    View,
)

END = "end"


@dataclass
class _Answered:
    """The state of a question once it has been answered, or its answer shown."""

    verdict: Verdict | None
    refutations: tuple[RefutationView, ...]
    replayed: int | None


@dataclass
class _State:
    """What is forgotten when the learner moves on."""

    seed: int = field(default_factory=lambda: secrets.randbelow(2**31))
    hint_shown: bool = False
    answered: _Answered | None = None
    turned: dict[str, float] = field(default_factory=dict)


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
        self.items = _in_order(self.phase)
        self._index = 0
        self._state = _State()
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
        if self._state.answered is None:
            return self._question_view(item)
        return self._verdict_view(item, self._state.answered)

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
        here, following = (*self.items[self._index :], None, None)[:2]
        return work_ahead(self._files, here, following) if here else iter(())

    # Answering.

    def answer(self, chosen: Collection[str]) -> None:
        """Commit the option ids in `chosen` and mark them.

        Raises:
            ValueError: this is no open question, or the choice does not fit it.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        question = self._open_question()
        verdict = mark_choice(question, chosen)
        refutations = self._refutations(question, verdict)
        picked = [option.id for option in verdict.chosen]
        self._journal.append(
            ATTEMPT,
            question_id=question.id,
            revision=question.revision,
            seed=self._state.seed,
            answer=picked,
            data={
                "phase": self.phase.id,
                "marks": verdict.marks,
                "max_marks": verdict.max_marks,
                "misconceptions": list(verdict.misconceptions),
                "hint": self._state.hint_shown,
            },
        )
        self._state.answered = _Answered(verdict, refutations, _first_unseen(refutations))

    def show_answer(self) -> None:
        """Show the key without an attempt; the journal keeps that it was shown.

        Raises:
            ValueError: this is no open question.
            JournalError: the journal cannot be written.
        """
        question = self._open_question()
        self._journal.append(
            SHOWN,
            question_id=question.id,
            revision=question.revision,
            seed=self._state.seed,
            data={"phase": self.phase.id},
        )
        self._state.answered = _Answered(None, (), None)

    def hint(self) -> None:
        """Show the hint of the open question."""
        self._open_question()
        self._state.hint_shown = True

    def try_again(self) -> None:
        """Open an answered question for another attempt, in a new order."""
        if self._state.answered is not None:
            self._state = _State()

    def replay(self) -> None:
        """Draw the next refutation over the run; after the last one, none."""
        answered = self._state.answered
        if answered is None or not answered.refutations:
            return
        shown = -1 if answered.replayed is None else answered.replayed
        answered.replayed = shown + 1 if shown + 1 < len(answered.refutations) else None

    # Turning knobs.

    def turn(self, name: str, value: float) -> None:
        """Set a knob of the item that is shown, within its range.

        Raises:
            ValueError: there is no such knob here.
        """
        knob = next((knob for knob in self._knobs() if knob.name == name), None)
        if knob is None:
            raise ValueError(f"there is no knob {name!r} here")
        self._state.turned[name] = min(knob.high, max(knob.low, value))

    def reset_knobs(self) -> None:
        """Put every knob back."""
        self._state.turned.clear()

    def _knobs(self) -> tuple[Knob, ...]:
        scenario = self._scenario()
        if scenario is None:
            return ()
        return knobs_of(scenario, self._state.turned)

    def _scenario(self) -> Scenario | None:
        """The scenario whose knobs are unlocked."""
        if self._index == len(self.items):
            return None
        item = self.items[self._index]
        if isinstance(item, Step):
            return item.demonstration.scenario
        return item.scenario if self._state.answered else None

    # Moving and resuming.

    def _open_question(self) -> Question:
        item = self.items[self._index] if self._index < len(self.items) else None
        if not isinstance(item, Question) or self._state.answered is not None:
            raise ValueError("there is no open question here")
        return item

    def _go(self, index: int, *, back: bool = False) -> None:
        item = self.items[index].id if index < len(self.items) else END
        self._journal.append(
            POSITION,
            data={
                "phase": self.phase.id,
                "item": item,
                "number": min(index + 1, len(self.items)),
                "count": len(self.items),
                "questions": len(self.phase.questions),
                "back": back,
            },
        )
        self._index = index
        self._state = _State()
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
        self._restore_since(0 if place.data.get("back") else place.sequence)

    def _restore_since(self, sequence: int) -> None:
        """Show the verdict of the question's last attempt, if it is newer than `sequence`."""
        question = self.items[self._index]
        if isinstance(question, Question):
            last = self._journal.latest(ATTEMPT, question_id=question.id)
            if last and last.sequence > sequence and last.revision == question.revision:
                self._restore(question, last)

    def _restore(self, question: Question, attempt: Event) -> None:
        try:
            verdict = mark_choice(question, _options_of(attempt))
        except ValueError:
            return  # An option has gone: the question is open again.
        refutations = self._refutations(question, verdict, before=attempt)
        self._state = _State(seed=attempt.seed or 0)
        self._state.answered = _Answered(verdict, refutations, _first_unseen(refutations))

    # Views.

    @property
    def _counter(self) -> Counter:
        return Counter(self._index + 1, len(self.items))

    @property
    def _others(self) -> dict[str, MeasuredRun]:
        return {"spine": self._files.spine}

    def _step_view(self, step: Step) -> StepView:
        shown = step.demonstration
        run = turned_run(shown.scenario, self._state.turned)
        others = self._others
        drawn = [DrawnRun("run", "this run", run)]
        if shown.compare is not None:
            others["asked"] = simulate_once(shown.compare)
            drawn.insert(0, DrawnRun("compare", "to compare", others["asked"]))
        return StepView(
            counter=self._counter,
            step=step,
            set_up=set_up_line(run.scenario),
            caption=filled(shown.caption, run, others),
            drawn=tuple(drawn),
            curves=shown.show,
            knobs=self._knobs(),
        )

    def _question_view(self, question: Question) -> QuestionView:
        return QuestionView(
            counter=self._counter,
            question=question,
            options=self._ordered(question),
            set_up=set_up_line(question.scenario),
            hint=question.hint if self._state.hint_shown else None,
            drawn=self._seen(question),
        )

    def _seen(self, question: Question) -> tuple[DrawnRun, ...]:
        """What may be seen before the answer."""
        run = simulate_once(question.scenario)
        if question.seen == "spine":
            return (self._normal(question),)
        if question.seen == "all":
            return (DrawnRun("run", "this run", run),)
        until_ms = run.measurements.get("stimulus_ms", 0.0)
        return (DrawnRun("run", "this run", run, until_ms),)

    def _normal(self, question: Question) -> DrawnRun:
        """The spine, as long as the question's own run."""
        shown_ms = question.scenario.duration_ms
        return DrawnRun("spine", "normal", self._files.spine, shown_ms=shown_ms)

    def _verdict_view(self, question: Question, answered: _Answered) -> VerdictView:
        run = turned_run(question.scenario, self._state.turned)
        drawn = [DrawnRun("run", "this run", run)]
        curves: tuple[str, ...] = question.show
        if question.seen == "spine":
            drawn.insert(0, self._normal(question))
        if answered.replayed is not None:
            refutation = answered.refutations[answered.replayed]
            drawn = [
                DrawnRun("run", "this run", run),
                DrawnRun("refutation", "refutation", refutation.run),
            ]
            curves = refutation.curves or curves
        return VerdictView(
            counter=self._counter,
            question=question,
            options=self._ordered(question),
            verdict=answered.verdict,
            set_up=set_up_line(run.scenario),
            decides=filled(question.decides, run, self._others),
            refutations=answered.refutations,
            replayed=answered.replayed,
            drawn=tuple(drawn),
            curves=curves,
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
            questions=len(self.phase.questions),
            next_phase=self._files.entries[ids[after]].title if after < len(ids) else None,
            drawn=(DrawnRun("run", "normal", self._files.spine),),
        )

    def _ordered(self, question: Question) -> tuple[Option, ...]:
        """The options in this attempt's order."""
        if question.fixed_order:
            return question.options
        shuffled = list(question.options)
        random.Random(self._state.seed).shuffle(shuffled)
        return tuple(shuffled)

    def _refutations(
        self, question: Question, verdict: Verdict, before: Event | None = None
    ) -> tuple[RefutationView, ...]:
        met = self._met_before(question, before)
        return refutation_views(self._files, question, verdict, met)

    def _met_before(self, question: Question, before: Event | None) -> set[str]:
        """Options that an earlier attempt at the question chose."""
        attempts = self._journal.events(kind=ATTEMPT, question_id=question.id)
        return {
            option
            for attempt in attempts
            if before is None or attempt.sequence < before.sequence
            for option in _options_of(attempt)
        }


def _options_of(attempt: Event) -> list[str]:
    """The option ids that the attempt chose."""
    return [str(option) for option in attempt.answer] if isinstance(attempt.answer, list) else []


def _first_unseen(refutations: tuple[RefutationView, ...]) -> int | None:
    return next((i for i, view in enumerate(refutations) if not view.seen_before), None)


def _in_order(phase: Phase) -> tuple[Step | Question, ...]:
    """Steps, each followed by what it asks; then the questions that no step asks."""
    left = {question.id: question for question in phase.questions}
    items: list[Step | Question] = []
    for step in phase.steps:
        items.append(step)
        items += [left.pop(question_id) for question_id in step.asks]
    return (*items, *left.values())
