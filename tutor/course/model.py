"""The content of a course as typed structs: what the YAML files hold.

These structs are the domain model, and the published JSON Schema is made from them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tutor.course.fields import Content, Expr, Id, Line, Prose
from tutor.course.scenario_fields import Curve, Scenario


class Objective(Content, frozen=True, kw_only=True):
    """What a learner can do after a phase."""

    id: Id
    bloom: Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
    text: Line


class Demonstration(Content, frozen=True, kw_only=True):
    """A run that shows the idea of a step."""

    scenario: Scenario
    caption: Line
    show: tuple[Curve, ...] = ()
    compare: Scenario | None = None
    """A second run drawn over the first."""
    proof: tuple[Expr, ...] = ()


class Step(Content, frozen=True, kw_only=True):
    """One idea, told and shown; then the questions it asks, by id."""

    id: Id
    title: Line
    text: Prose
    demonstration: Demonstration
    asks: tuple[Id, ...] = ()


class Refutation(Content, frozen=True, kw_only=True):
    """The run that shows why a choice is wrong, and the number that settles it."""

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


class Question(Content, frozen=True, kw_only=True):
    """A question with its own scenario, and the proof of its key."""

    id: Id
    revision: Annotated[int, Meta(ge=1)]
    kind: Literal["single", "multi"]
    objectives: tuple[Id, ...]
    track: Literal["A", "M"] = "A"
    difficulty: Annotated[int, Meta(ge=1, le=3)]
    stem: Prose
    setup: Line
    """What will be simulated, in words."""
    scenario: Scenario
    seen: Literal["start", "spine", "all"] = "start"
    """Before the answer: the run up to its stimulus, the spine's run, or the whole voltage."""
    show: tuple[Curve, ...] = ()
    proof: tuple[Expr, ...] = ()
    sourced: Line | None = None
    """In place of a proof, where the key is a name or a convention: its source."""
    decides: Line
    """The measured value that decides the question, as a sentence with numbers."""
    options: tuple[Option, ...]
    fixed_order: bool = False
    explanation: Prose
    hint: Line
    source: Line


class Phase(Content, frozen=True, kw_only=True):
    """One phase of the action potential: a content file."""

    id: Id
    objectives: tuple[Objective, ...]
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    summary: Prose


class PhaseEntry(Content, frozen=True, kw_only=True):
    """A phase as the course map shows it; its content file is named after its id."""

    id: Id
    title: Line
    opening: Line
    """What happens in this phase, in a sentence."""
    window: tuple[Expr, Expr]
    """Where the phase begins and ends on the spine's run, in ms."""


class Module(Content, frozen=True, kw_only=True):
    """What a tutor assigns: phases in order."""

    id: Id
    title: Line
    phases: tuple[PhaseEntry, ...]


class Caption(Content, frozen=True, kw_only=True):
    """A sentence of the first minute, told while the run stands at `until`."""

    text: Line
    until: Expr


class FirstChoice(Content, frozen=True, kw_only=True):
    """A prediction offered in the first minute; there is no wrong one."""

    text: Line
    reply: Line


class FirstMinute(Content, frozen=True, kw_only=True):
    """What a newcomer meets: rest, a stimulus, one prediction, the whole event."""

    opening: Line
    ask: Line
    choices: tuple[FirstChoice, ...]
    captions: tuple[Caption, ...]


class Course(Content, frozen=True, kw_only=True):
    """`course.yaml`: the frame of a course."""

    id: Id
    title: Line
    spine: Scenario
    """The one run that all spike phases look at."""
    first_minute: FirstMinute
    modules: tuple[Module, ...]
    retired: tuple[Id, ...] = ()
    """Ids that were once in use and may not come back."""


class Misconception(Content, frozen=True, kw_only=True):
    """A wrong idea that people hold, and the right one."""

    id: Annotated[str, Meta(pattern=r"^M[0-9]+$")]
    name: Line
    wrong: Line
    right: Line
    source: Line


class Misconceptions(Content, frozen=True, kw_only=True):
    """`misconceptions.yaml`."""

    misconceptions: tuple[Misconception, ...]
