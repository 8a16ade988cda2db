"""Questions of every kind as they stand in a content file.

`kind` tells them apart. Each has its own scenario and the proof of its key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec import Meta

from tutor.course.fields import Content, Expr, Id, Line, Number, Prose
from tutor.course.scenario_fields import Curve, Scenario

#: Who sets the exam; `first_year` stands for a university course.
Board = Literal["AQA", "OCR", "Edexcel", "WJEC", "IB", "USMLE", "first_year"]
Track = Literal["A", "M"]
Marks = Annotated[int, Meta(ge=1, le=20)]
Text = Annotated[str, Meta(min_length=1, max_length=600)]


class Refutation(Content, frozen=True, kw_only=True):
    """The run that shows why an answer is wrong, and the number that settles it."""

    scenario: Scenario
    says: Line
    proof: tuple[Expr, ...]
    show: tuple[Curve, ...] = ()


class Option(Content, frozen=True, kw_only=True):
    """One answer to choose. A misconception has a refutation, or says why no run can."""

    id: Id
    text: Line
    feedback: Line
    correct: bool = False
    misconception: str | None = None
    refutation: Refutation | None = None
    no_run: Line | None = None
    credited_by: tuple[Board, ...] = ()
    """Boards that give the mark for it, where physiology words it otherwise."""
    physiology: Line | None = None
    """The exact statement, which then stands beside it."""


class Drawn(Content, frozen=True, kw_only=True):
    """A number that each attempt draws anew: `low`, `low + step`, ... up to `high`."""

    low: Number
    high: Number
    step: Number


class Question(Content, frozen=True, kw_only=True, tag_field="kind"):
    """What questions of every kind have."""

    id: Id
    revision: Annotated[int, Meta(ge=1)]
    objectives: tuple[Id, ...]
    track: Track = "A"
    boards: tuple[Board, ...] = ()
    """Asked of these boards' candidates alone; left out, of everyone."""
    difficulty: Annotated[int, Meta(ge=1, le=3)]
    draws: dict[str, Drawn] = {}
    """Numbers by the name that expressions and sentences call them."""
    sets: dict[str, Expr] = {}
    """Settings of the scenario that follow from the drawn numbers."""
    stem: Prose
    setup: Line
    """What will be simulated, in words."""
    scenario: Scenario
    seen: Literal["start", "spine", "all"] = "start"
    """Before the answer: the run up to its stimulus, the spine's run, or the whole voltage."""
    hides_set_up: bool = False
    """Stimuli and changes are told after the answer only, where they would give the key away."""
    show: tuple[Curve, ...] = ()
    proof: tuple[Expr, ...] = ()
    sourced: Line | None = None
    """In place of a proof, where the key is a name or a convention: its source."""
    decides: Line
    """The measured value that decides the question, as a sentence with numbers."""
    explanation: Prose
    hint: Line
    source: Line
    waive: dict[str, Line] = {}
    """Warnings of the content check that do not hold here, by code, with the reason."""

    @property
    def kind(self) -> str:
        """What sort of answer it takes, as content files call it."""
        return str(self.__struct_config__.tag)


class ChoiceQuestion(Question, frozen=True, kw_only=True):
    """What single and multiple choice have."""

    options: tuple[Option, ...]
    fixed_order: bool = False


class SingleQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="single"):
    """One option is right."""


class MultiQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="multi"):
    """Several options are right."""

    partial_credit: Literal["none", "right_minus_wrong", "all_or_nothing"] = "right_minus_wrong"
    """A mark for exactly the right options; one for each right option less one for each wrong
    one; or a mark for each right option, if they are exactly the right ones."""


class Item(Content, frozen=True, kw_only=True):
    """Something to put in its place, or a partner to be matched with."""

    id: Id
    text: Line


class WrongPair(Content, frozen=True, kw_only=True):
    """Two items whose wrong order or match shows a misconception."""

    pair: tuple[Id, Id]
    misconception: str


class OrderingQuestion(Question, frozen=True, kw_only=True, tag="ordering"):
    """Items to put in order; they stand in the right one."""

    items: tuple[Item, ...]
    marks: Marks = 1
    partial_credit: Literal["longest_run", "adjacent_pairs", "all_or_nothing"] = "longest_run"
    misconceptions: tuple[WrongPair, ...] = ()
    """By (earlier, later): what putting the later one first shows."""


class MatchingQuestion(Question, frozen=True, kw_only=True, tag="matching"):
    """Items that each have one partner."""

    items: tuple[Item, ...]
    partners: tuple[Item, ...]
    key: dict[str, Id]
    """The partner's id by the item's id; a partner may serve twice, or match nothing."""
    marks: Marks = 1
    partial_credit: Literal["each_pair", "all_or_nothing"] = "each_pair"
    misconceptions: tuple[WrongPair, ...] = ()
    """By (item, wrong partner)."""


class WrongNumber(Content, frozen=True, kw_only=True):
    """A wrong number that is known to come up, and what it comes from."""

    value: Expr
    says: Line
    misconception: str | None = None


class NumericQuestion(Question, frozen=True, kw_only=True, tag="numeric"):
    """A number with its unit, computed or measured anew for each attempt."""

    key: Expr
    unit: Annotated[str, Meta(max_length=40)] = ""
    within: Number = 0
    """How far off the key a right number may be, in the key's unit."""
    within_share: Annotated[float, Meta(ge=0, le=1)] = 0.0
    """The same as a share of the key; the larger of the two holds."""
    marks: Marks = 1
    unit_marks: Annotated[int, Meta(ge=0, le=5)] = 0
    """Marks for the unit alone; with none, the number needs its unit."""
    method_marks: Annotated[int, Meta(ge=0, le=5)] = 0
    """Marks for the way there, which a slip of ten or of rounding leaves right."""
    unit_shown: bool = False
    """The unit stands beside the answer, so it need not be typed."""
    quotient: tuple[Expr, Expr] | None = None
    """Numerator and denominator of a key that is one, so that the other way round is told."""
    wrong_values: tuple[WrongNumber, ...] = ()


class Part(Content, frozen=True, kw_only=True):
    """One number of a calculation; later parts may name it, and forgive what is carried on."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
    """What expressions of later parts call the number."""
    asks: Line
    key: Expr
    unit: Annotated[str, Meta(max_length=40)] = ""
    within: Number = 0
    within_share: Annotated[float, Meta(ge=0, le=1)] = 0.0
    marks: Marks = 1
    unit_marks: Annotated[int, Meta(ge=0, le=5)] = 0
    method_marks: Annotated[int, Meta(ge=0, le=5)] = 0
    unit_shown: bool = False
    quotient: tuple[Expr, Expr] | None = None
    wrong_values: tuple[WrongNumber, ...] = ()


class CalculationQuestion(Question, frozen=True, kw_only=True, tag="calculation"):
    """Several numbers, the later ones from the earlier; an error is carried forward."""

    parts: tuple[Part, ...]


class MarkPoint(Content, frozen=True):
    """One creditworthy idea of a written answer."""

    id: Text
    text: Text
    marks: Annotated[int, Meta(ge=0, le=20)] = 1
    accept: tuple[Text, ...] = ()
    reject: tuple[Text, ...] = ()
    ignore: tuple[Text, ...] = ()
    required_word: Text | None = None
    """The word that the answer must use; alternatives are parted by `/`."""
    ora: bool = False
    """The reverse argument gets the mark as well; so does 'ora' in the text."""
    misconception: str | None = None
    """What contradicting it shows."""
    credited_by: tuple[Board, ...] = ()
    """Boards that give the mark for it, where physiology words it otherwise."""
    physiology: Line | None = None
    """The exact statement, which then stands beside it."""


class TextQuestion(Question, frozen=True, kw_only=True, tag="text"):
    """An answer in the learner's own words, marked by a scheme as examiners write it."""

    max_marks: Marks
    mark_points: Annotated[tuple[MarkPoint, ...], Meta(min_length=1)]
    max_n: Annotated[int, Meta(ge=1)] | None = None
    """At most so many points count."""
    order: tuple[Text, ...] = ()
    """Ids of points that count only if the answer makes them in this order."""
    required_word: Text | None = None
    """A word without which the answer gets no marks."""
    ignore: tuple[Text, ...] = ()
    """What spoils none of the points."""
    model_answer: Prose
    wrong_answers: tuple[Line, ...] = ()
    """Answers that must get nothing."""


class Target(Content, frozen=True, kw_only=True):
    """Where on an axis a mark is right: near one place, or anywhere in a stretch."""

    name: Line
    """What lies there, as in "the peak"."""
    at: Expr | None = None
    tolerance: Annotated[float, Meta(gt=0)] | None = None
    within: tuple[tuple[Expr, Expr], ...] = ()


class PointQuestion(Question, frozen=True, kw_only=True, tag="point"):
    """A point to mark on the trace."""

    target: Target
    """In ms."""
    place: Target | None = None
    """Along an axon, in mm."""
    marks: Marks = 1


class IntervalQuestion(Question, frozen=True, kw_only=True, tag="interval"):
    """A stretch of time to mark on the trace."""

    target: Target
    """One stretch, judged by how much of it the learner's shares."""
    marks: Marks = 1


class Goal(Content, frozen=True, kw_only=True):
    """What the run of an experiment must show: `V_rest = -70 +- 1 mV`, `half_width >= 3 x`."""

    id: Id
    reach: Expr
    says: Line
    """The goal in words."""
    marks: Marks = 1


class ExperimentQuestion(Question, frozen=True, kw_only=True, tag="experiment"):
    """Knobs to set so that the run reaches goals; the scenario's knobs are open from the start."""

    goals: tuple[Goal, ...]
    solution: dict[str, Number]
    """Settings that reach them; what they do not turn is not needed."""
    wrong_settings: tuple[dict[str, Number], ...] = ()
    """Settings that must not reach all of them."""


AnyQuestion = (
    SingleQuestion
    | MultiQuestion
    | OrderingQuestion
    | MatchingQuestion
    | NumericQuestion
    | CalculationQuestion
    | TextQuestion
    | PointQuestion
    | IntervalQuestion
    | ExperimentQuestion
)


_Naming = Option | WrongNumber | MarkPoint | WrongPair


def misconceptions_named(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The misconceptions that answers to the question may show, each with its place in it."""
    for path, parts in _naming(question):
        for i, part in enumerate(parts):
            if part.misconception:
                yield (*path, i), part.misconception


def _naming(question: Question) -> Iterator[tuple[tuple[str | int, ...], Sequence[_Naming]]]:
    match question:
        case ChoiceQuestion():
            yield ("options",), question.options
        case NumericQuestion():
            yield ("wrong_values",), question.wrong_values
        case CalculationQuestion(parts=parts):
            for i, part in enumerate(parts):
                yield ("parts", i, "wrong_values"), part.wrong_values
        case TextQuestion():
            yield ("mark_points",), question.mark_points
        case OrderingQuestion() | MatchingQuestion():
            yield ("misconceptions",), question.misconceptions
