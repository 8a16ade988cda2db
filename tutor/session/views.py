"""What a session shows: plain values that a front end only has to lay out."""

from __future__ import annotations

import msgspec

from tutor.course.model import Misconception, PhaseEntry, Step
from tutor.course.questions import Question
from tutor.course.scenario import MeasuredRun
from tutor.grading.verdict import Verdict, marks_figure
from tutor.session.drawn import DrawnRun
from tutor.session.form import Form
from tutor.words import verdict as words


class Knob(msgspec.Struct, frozen=True):
    """A setting that can be turned: its range, where it stands, and where it began."""

    name: str
    title: str
    unit: str
    sentence: str
    low: float
    high: float
    value: float
    initial: float
    least_step: float = 0.0

    @property
    def step(self) -> float:
        """One press of a key: a twentieth of the range, and one thing at least where it counts."""
        return max(self.least_step, (self.high - self.low) / 20.0)


class Counter(msgspec.Struct, frozen=True):
    """Where in the phase this is."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


class StepView(msgspec.Struct, frozen=True):
    """A teaching step with its demonstration."""

    counter: Counter
    step: Step
    set_up: str
    caption: str
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...]
    knobs: tuple[Knob, ...]
    looked_up: bool = False
    """Opened from a verdict, to which going on and going back lead."""


class QuestionView(msgspec.Struct, frozen=True):
    """A question that waits for its answer."""

    counter: Counter
    question: Question
    stem: str
    form: Form
    set_up: str
    hint: str | None
    drawn: tuple[DrawnRun, ...]
    knobs: tuple[Knob, ...]
    """Only an experiment has them unlocked before the answer."""
    draft: object = None
    """What was answered so far: an answer, perhaps of a part, or the line that was typed."""
    committed: str | None = None
    """The answer in a line, while the learner is asked how sure they are."""
    flagged: bool = False


class RefutationView(msgspec.Struct, frozen=True):
    """The run that shows why an idea is wrong.

    `seen_before` is true where the learner has met this refutation in an earlier attempt; it
    then takes one line until it is asked for.
    """

    misconception: Misconception | None
    says: str
    set_up: str
    run: MeasuredRun
    curves: tuple[str, ...]
    seen_before: bool


class Reviewing(msgspec.Struct, frozen=True):
    """What was chosen, to be told with the stem above a verdict that comes later."""

    options: tuple[tuple[bool, str], ...]
    """Of a choice all options, in their order, and whether each was chosen."""
    unanswered: bool
    tutor_gave: str = ""
    """The marks that a tutor gave in place of the verdict's, as a sentence; else empty."""


class VerdictView(msgspec.Struct, frozen=True):
    """An answered question: verdict, the deciding number, and why."""

    counter: Counter
    question: Question
    stem: str
    form: Form
    answer: str
    """What was answered, in a line; empty where the answer was shown without an attempt."""
    verdict: Verdict | None
    """None where the answer was shown without an attempt."""
    certainty_marks: float | None
    """What the answer earns by how sure the learner was; none where they did not say."""
    certainty_line: str
    """The same as a sentence; empty where they did not say."""
    key: tuple[str, ...]
    """The right answer, a line each part."""
    set_up: str
    decides: str
    explanation: str
    refutations: tuple[RefutationView, ...]
    replayed: int | None
    """Which refutation is drawn over the run."""
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...]
    knobs: tuple[Knob, ...]
    claimable: tuple[str, ...] = ()
    """Ids of mark points that the learner may claim to have made."""
    claimed: frozenset[str] = frozenset()
    flagged: bool = False
    taught_in: str = ""
    """The step that taught it, as "step 3, Inactivation"; empty after a right answer."""
    marked_ms: tuple[float, ...] = ()
    """Of a point the time that was answered, of a stretch its two ends."""
    reviewing: Reviewing | None = None
    """What was asked and answered, where that is long ago."""

    @property
    def headline(self) -> str:
        """The verdict in a word or two."""
        if self.verdict is None:
            unanswered = self.reviewing is not None and self.reviewing.unanswered
            return words.NOT_ANSWERED if unanswered else words.ANSWER_SHOWN
        if self.verdict.right:
            return words.RIGHT_FOR_BOARDS if self._is_credited_alone else words.RIGHT
        if self.verdict.marks:
            marks = marks_figure(self.verdict.marks)
            full = marks_figure(self.verdict.max_marks)
            return words.PARTLY_RIGHT.format(marks=marks, full=full)
        return words.WRONG

    @property
    def _is_credited_alone(self) -> bool:
        """Whether an option was chosen that boards credit in place of the exact one."""
        assert self.verdict is not None
        missed = any(point.state == "missed" for point in self.verdict.points)
        return self.question.kind == "single" and missed

    @property
    def tutor_gave(self) -> str:
        """What a tutor gave in place of the verdict's marks, as a sentence; else empty."""
        return "" if self.reviewing is None else self.reviewing.tutor_gave

    @property
    def key_title(self) -> str:
        """What stands above the key."""
        return words.MODEL_ANSWER if self.question.kind == "text" else words.RIGHT_ANSWER

    @property
    def shows_key(self) -> bool:
        """Whether the points of the verdict leave the right answer unsaid."""
        if self.verdict is None:
            return True
        return not self.verdict.right and self.question.kind not in ("single", "multi")


class EndView(msgspec.Struct, frozen=True):
    """The end of a lesson, quiz or review."""

    title: str
    """What has ended."""
    right: int
    questions: int
    lines: tuple[str, ...]
    """How it went."""
    prose: str
    next_phase: PhaseEntry | None
    """The phase that follows, in a lesson."""
    drawn: tuple[DrawnRun, ...]


View = StepView | QuestionView | VerdictView | EndView
