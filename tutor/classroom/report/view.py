"""What a report says, as numbers and texts; as JSON the names of these fields stay."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from tutor.classroom.register.contests import Contest
from tutor.classroom.report.statistics import FEWEST
from tutor.grading.confidence import Calibration

#: Below this share of the marks someone is named as perhaps needing help.
LOW_SHARE = 0.4
#: So many wrong answers that were given as certain are named too, if they are half of those.
MANY_SURE = 5

Reason = Literal["nothing", "refused", "low", "sure"]


class Risk(Struct, frozen=True):
    """Why a learner may need help: nothing that counts, few marks, sure and wrong.

    Attributes:
        reason: Which of them; of nothing that counts, whether late work was refused.
        count: Answers that were wrong though they were given as certain.
        certain: Answers that were given as certain.
    """

    reason: Reason
    count: int = 0
    certain: int = 0


class LearnerView(Struct, frozen=True):
    """How a learner stands.

    Attributes:
        key: Of their row in the register.
        id: As it is written.
        name: Their name.
        email: Their address.
        team: Their group.
        enrolled: The roster names them.
        due_at: Their own deadline.
        extended: It is another one than everyone's.
        extra: Extra time in percent.
        handed_at: When they handed in what counts; None where nothing does.
        from_moodle: It came from a Moodle quiz.
        late: It was late.
        share: What late work keeps of its marks.
        marks: Marks before that.
        max_marks: Full marks of what they were asked.
        score: Marks that count.
        refused: Nothing counts, and what they handed in late was refused.
        notes: What is to be known of what they handed in.
        risks: Why they may need help.
    """

    key: int
    id: str
    name: str
    email: str
    team: str
    enrolled: bool
    due_at: datetime
    extended: bool
    extra: float
    handed_at: datetime | None
    from_moodle: bool
    late: bool
    share: float
    marks: float | None
    max_marks: float | None
    score: float | None
    refused: bool
    notes: tuple[str, ...]
    risks: tuple[Risk, ...]


class IdeaView(Struct, frozen=True):
    """A misconception, and how many of those whose answers could show it did.

    Attributes:
        id: Its id.
        name: What it is called.
        right: What is right.
        n: Learners who were asked what may show it.
        shown: Learners of them who showed it.
    """

    id: str
    name: str
    right: str
    n: int
    shown: int

    @property
    def rate(self) -> float:
        """The share of learners who showed it."""
        return self.shown / self.n


class ObjectiveView(Struct, frozen=True):
    """An objective.

    Attributes:
        id: Its id.
        text: What it says.
        questions: Numbers of the questions that ask for it.
        n: Learners who were asked.
        facility: Their marks as a share of the full ones.
        ideas: Misconceptions at it, the most shown first.
    """

    id: str
    text: str
    questions: tuple[int, ...]
    n: int
    facility: float
    ideas: tuple[IdeaView, ...]


class OptionView(Struct, frozen=True):
    """An option of a choice, and who took it.

    Attributes:
        id: Its id.
        text: What it says.
        correct: It is right.
        misconception: The name of the one that it shows.
        n: Learners who chose it.
        rate: They as a share of those who were asked.
        upper: The same in the third of the class with the most marks; None where it is too small.
        lower: In the third with the fewest.
    """

    id: str
    text: str
    correct: bool
    misconception: str
    n: int
    rate: float
    upper: float | None
    lower: float | None


class AnswerView(Struct, frozen=True):
    """Answers that are alike.

    Attributes:
        text: What they say.
        n: How many.
        marks: Marks that each has on average.
        feedback: What is said to them first.
        learners: Whose they are.
        overridden: How many of them a tutor gave other marks.
    """

    text: str
    n: int
    marks: float
    feedback: str
    learners: tuple[str, ...]
    overridden: int


class PointView(Struct, frozen=True):
    """What became of a mark point of a written question.

    Attributes:
        id: Its id.
        text: What it asks for.
        marks: Its marks.
        met: Answers that meet it.
        missed: Answers that do not.
        contradicted: Answers that say the contrary.
    """

    id: str
    text: str
    marks: float
    met: tuple[AnswerView, ...]
    missed: tuple[AnswerView, ...]
    contradicted: tuple[AnswerView, ...]


class TimeView(Struct, frozen=True):
    """Seconds that a question took; a quarter took less than `lower`, one more than `upper`."""

    n: int
    lower: float
    median: float
    upper: float


class VariantView(Struct, frozen=True):
    """A variant of a question that enough learners had."""

    numbers: str
    n: int
    facility: float


class ItemView(Struct, frozen=True, kw_only=True):
    """A question; `statistics.ItemStatistics` tells what the numbers mean.

    Attributes:
        number: From 1.
        id: Its id.
        kind: Its kind.
        stem: What it asks, without marks of layout.
        max_marks: Full marks.
        objectives: Ids of what it asks for.
        n: Learners who were asked.
        compared: Those of them who were asked all questions.
        left_open: Learners without an answer.
        overridden: Answers that a tutor gave other marks.
        facility: Mean as a share of the full marks.
        discrimination: In percent.
        efficiency: In percent.
        weight: In percent.
        variants: Where it draws numbers, those that enough learners had.
        time: None where none is known.
        options: Of a choice.
        answers: Wrong ones of other kinds, the most frequent first.
        points: Of a written question.
        to_mark: Answers that are alike and may be given other marks.
    """

    number: int
    id: str
    kind: str
    stem: str
    max_marks: float
    objectives: tuple[str, ...]
    n: int
    compared: int
    left_open: int
    overridden: int
    facility: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None
    variants: tuple[VariantView, ...] = ()
    time: TimeView | None = None
    options: tuple[OptionView, ...] = ()
    answers: tuple[AnswerView, ...] = ()
    points: tuple[PointView, ...] = ()
    to_mark: tuple[AnswerView, ...] = ()


class MarksView(Struct, frozen=True):
    """How the marks are spread, of learners who were asked everything.

    Attributes:
        n: How many learners.
        max_marks: Full marks.
        mean: Mean marks.
        median: Median marks.
        deviation: Standard deviation; None for one learner.
        tenths: Learners in each tenth of the full marks, full marks in the last.
        alpha: Cronbach's alpha; None for too few learners, or where there is no telling.
    """

    n: int
    max_marks: float
    mean: float
    median: float
    deviation: float | None
    tenths: tuple[int, ...]
    alpha: float | None


class ClassReport(Struct, frozen=True, kw_only=True):
    """The report on an assignment.

    Attributes:
        id: The assignment's id.
        title: What it is called.
        kind: Graded, or practice.
        at: When the report was made.
        due_at: The deadline.
        contests: Learners of whom two machines handed in, until one is chosen.
        released_at: When keys were released.
        learners: All that the roster names, and who else handed in.
        marks: None where nobody was asked everything.
        objectives: The one with the lowest facility first.
        ideas: Misconceptions of the whole class, the most shown first.
        items: The questions, in order.
        sureness: How sure against how right; empty where that was never said.
    """

    id: str
    title: str
    kind: str
    at: datetime
    due_at: datetime
    contests: tuple[Contest, ...]
    released_at: datetime | None
    learners: tuple[LearnerView, ...]
    marks: MarksView | None
    objectives: tuple[ObjectiveView, ...]
    ideas: tuple[IdeaView, ...]
    items: tuple[ItemView, ...]
    sureness: tuple[Calibration, ...]

    @property
    def handed_in(self) -> tuple[LearnerView, ...]:
        """Learners of whom something counts."""
        return tuple(one for one in self.learners if one.handed_at is not None)

    @property
    def n(self) -> int:
        """How many they are."""
        return len(self.handed_in)

    @property
    def is_small(self) -> bool:
        """Too few handed in for statistics."""
        return self.n < FEWEST
