"""What a session shows: plain values that a front end only has to lay out."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.model import Misconception, Option, Phase, Question, Step
from tutor.course.scenario import MeasuredRun
from tutor.grading.choice import Verdict
from tutor.session.drawn import DrawnRun


@dataclass(frozen=True, slots=True)
class Knob:
    """A setting that can be turned: its range, where it stands, and where it began."""

    name: str
    title: str
    unit: str
    sentence: str
    low: float
    high: float
    value: float
    initial: float

    @property
    def step(self) -> float:
        """One press of a key: a twentieth of the range."""
        return (self.high - self.low) / 20.0


@dataclass(frozen=True, slots=True)
class Counter:
    """Where in the phase this is."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


@dataclass(frozen=True, slots=True)
class StepView:
    """A teaching step with its demonstration."""

    counter: Counter
    step: Step
    set_up: str
    caption: str
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...]
    knobs: tuple[Knob, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that waits for its answer."""

    counter: Counter
    question: Question
    options: tuple[Option, ...]
    set_up: str
    hint: str | None
    drawn: tuple[DrawnRun, ...]

    @property
    def takes(self) -> str:
        """How many options to choose, in words."""
        if self.question.kind == "single":
            return "choose one"
        return "a mark for each right choice, one off for each wrong one"


@dataclass(frozen=True, slots=True)
class RefutationView:
    """The run that shows why a choice was wrong.

    `seen_before` is true where the learner has met this refutation in an earlier attempt; it
    then takes one line until it is asked for.
    """

    option: Option
    misconception: Misconception | None
    says: str
    set_up: str
    run: MeasuredRun
    curves: tuple[str, ...]
    seen_before: bool


@dataclass(frozen=True, slots=True)
class VerdictView:
    """An answered question: verdict, the deciding number, and why."""

    counter: Counter
    question: Question
    options: tuple[Option, ...]
    verdict: Verdict | None
    """None where the answer was shown without an attempt."""
    set_up: str
    decides: str
    refutations: tuple[RefutationView, ...]
    replayed: int | None
    """Which refutation is drawn over the run."""
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...]
    knobs: tuple[Knob, ...]

    @property
    def headline(self) -> str:
        """The verdict in a word or two."""
        if self.verdict is None:
            return "Answer shown"
        if self.verdict.right:
            return "Right"
        if self.verdict.marks:
            return f"Partly right: {self.verdict.marks} of {self.verdict.max_marks} marks"
        return "Not what the neuron does"


@dataclass(frozen=True, slots=True)
class EndView:
    """The end of a phase."""

    phase: Phase
    title: str
    right: int
    questions: int
    next_phase: str | None
    """Title of the phase that follows."""
    drawn: tuple[DrawnRun, ...]


View = StepView | QuestionView | VerdictView | EndView
