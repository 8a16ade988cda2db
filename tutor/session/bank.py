"""The questions of a whole course, and which of them a learner asks for."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from tutor.course import questions as q
from tutor.course.loader import CourseFolder
from tutor.grading.marking import full_marks
from tutor.journal.known import QuestionState
from tutor.session.profile import Profile

#: Minutes that a question takes: examiners plan about a mark a minute, reading apart, and some
#: ninety seconds for a single best answer.
READING_MIN, MARK_MIN = 0.5, 1.0


class Banked(msgspec.Struct, frozen=True):
    """A question of the bank, and where it stands.

    Attributes:
        question: The question.
        phase: Id of its phase.
        module: Id of its module.
        misconceptions: Ids of those that its answers may show.
        marks: Full marks.
    """

    question: q.Question
    phase: str
    module: str
    misconceptions: frozenset[str]
    marks: float

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def minutes(self) -> float:
        """About how long it takes."""
        return READING_MIN + MARK_MIN * self.marks


class Bank:
    """All questions of a course that are for a learner, in the order of the course."""

    def __init__(
        self,
        files: CourseFolder,
        profile: Profile | None = None,
        phases: Collection[str] | None = None,
    ) -> None:
        """Read every phase of the course, or these alone.

        Args:
            files: The course.
            profile: Whose questions; left out, everyone's.
            phases: Of which phases; left out, of all.

        Raises:
            ContentErrors: a file of the course that is read is wrong.
        """
        self._files = files
        self._phases = tuple(one for one in files.phase_ids if phases is None or one in phases)
        self.by_id = {
            question.id: Banked(
                question,
                entry.id,
                module.id,
                frozenset(name for _, name in q.misconceptions_named(question)),
                full_marks(question),
            )
            for module in files.course.modules
            for entry in module.phases
            if entry.id in self._phases
            for question in files.phase(entry.id).questions
            if profile is None or profile.meets(question)
        }

    def __iter__(self) -> Iterator[Banked]:
        return iter(self.by_id.values())

    @cached_property
    def objectives(self) -> dict[str, str]:
        """What each objective of these phases says, by its id."""
        phases = (self._files.phase(phase_id) for phase_id in self._phases)
        return {objective.id: objective.text for phase in phases for objective in phase.objectives}

    @cached_property
    def by_objective(self) -> dict[str, tuple[Banked, ...]]:
        """The questions that ask for each objective."""
        found: dict[str, list[Banked]] = {objective: [] for objective in self.objectives}
        for banked in self:
            for objective in banked.question.objectives:
                found[objective].append(banked)
        return {objective: tuple(questions) for objective, questions in found.items()}


class Selection(msgspec.Struct, frozen=True):
    """What a learner wants to be asked; what is left empty takes all.

    Attributes:
        places: Ids of modules or phases.
        objectives: Ids of objectives.
        misconceptions: Ids of misconceptions that the questions may show.
        kinds: Kinds of question.
        track: "A" leaves medical extensions out, "M" takes them alone.
        mistakes: Only what was wrong last time, or what a hint helped with.
        never_seen: Only what was never attempted.
        flagged: Only what is flagged.
    """

    places: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    misconceptions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    track: q.Track | None = None
    mistakes: bool = False
    never_seen: bool = False
    flagged: bool = False

    def takes(self, banked: Banked, state: QuestionState) -> bool:
        """Whether it wants a question of which `state` is known."""
        question = banked.question
        wanted = (
            not self.places or not self.places.isdisjoint((banked.phase, banked.module)),
            not self.objectives or not self.objectives.isdisjoint(question.objectives),
            not self.misconceptions or not self.misconceptions.isdisjoint(banked.misconceptions),
            not self.kinds or question.kind in self.kinds,
            self.track is None or question.track == self.track,
            not self.mistakes or (state.last is not None and not state.last.right),
            not self.never_seen or state.last is None,
            not self.flagged or state.flagged,
        )
        return all(wanted)


def chosen(
    bank: Bank, selection: Selection, known: Mapping[str, QuestionState]
) -> tuple[Banked, ...]:
    """The questions that `selection` takes, in the order of the course."""
    unknown = QuestionState()
    return tuple(
        banked for banked in bank if selection.takes(banked, known.get(banked.id, unknown))
    )


def mixed(questions: Sequence[Banked], count: int, seed: int) -> tuple[Banked, ...]:
    """`count` of the questions in a mixed order: neighbours are of different phases if possible.

    The phase with the most questions left comes first whenever it was not the last one, so that
    it is not left over at the end.
    """
    draw = random.Random(seed)
    drawn = draw.sample(list(questions), min(count, len(questions)))
    left: dict[str, list[Banked]] = {}
    for banked in drawn:
        left.setdefault(banked.phase, []).append(banked)
    order: list[Banked] = []
    while len(order) < len(drawn):
        before = order[-1].phase if order else None
        phases = [phase for phase in left if phase != before] or list(left)
        phase = max(phases, key=lambda one: (len(left[one]), draw.random()))
        order.append(left[phase].pop())
        if not left[phase]:
            del left[phase]
    return tuple(order)
