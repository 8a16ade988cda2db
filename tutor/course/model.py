"""The content of a course as typed structs: what the YAML files hold.

These structs are the domain model, and the published JSON Schema is made from them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tutor.course.fields import Content, Expr, Id, Line, Prose
from tutor.course.questions import AnyQuestion, Refutation, Track
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
    track: Track = "A"
    text: Prose
    demonstration: Demonstration
    asks: tuple[Id, ...] = ()


class Term(Content, frozen=True, kw_only=True):
    """A word of the field and what it means."""

    term: Line
    meaning: Line


class Phase(Content, frozen=True, kw_only=True):
    """One phase of the action potential: a content file."""

    id: Id
    objectives: tuple[Objective, ...]
    steps: tuple[Step, ...]
    questions: tuple[AnyQuestion, ...]
    glossary: tuple[Term, ...] = ()
    summary: Prose


class PhaseEntry(Content, frozen=True, kw_only=True):
    """A phase as the course map shows it; its content file is named after its id."""

    id: Id
    title: Line
    opening: Line
    """What happens in this phase, in a sentence."""
    window: tuple[Expr, Expr] | None = None
    """Where the phase begins and ends on the spine's run, in ms; left out where it is no part of
    it."""
    needs: tuple[Id, ...] = ()
    """Phases that are better done before; advice, never a wall."""


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
    refutation: Refutation | None = None
    """The run that answers it wherever no option brings its own."""
    no_run: Line | None = None
    """Why no run can."""
    source: Line


class Misconceptions(Content, frozen=True, kw_only=True):
    """`misconceptions.yaml`."""

    misconceptions: tuple[Misconception, ...]


class Claim(Content, frozen=True, kw_only=True):
    """What a source text of the course says, in our own words, and what is true."""

    id: Annotated[str, Meta(pattern=r"^S[12]-[0-9]{2}$")]
    claim: Line
    verdict: Literal["right", "simplified", "wrong", "contested", "omitted"]
    exactly: Line
    taught: tuple[Id, ...]
    """Steps that teach it."""
    asked: tuple[Id, ...]
    """Questions that need it."""
    shown: Id
    """The step or question whose run shows it."""


class Claims(Content, frozen=True, kw_only=True):
    """`claims.yaml`."""

    claims: tuple[Claim, ...]
