"""What must hold inside one content file, beyond the types of its fields."""

from __future__ import annotations

from tutor.course.errors import meant
from tutor.course.field_rules import (
    conditions_problems,
    curves_problems,
    expression_problems,
    named,
    repeated_problems,
    template_problems,
)
from tutor.course.model import Claims, Course, Demonstration, Misconceptions, Phase, Step
from tutor.course.question_rules import both_problems, question_problems, refutation_problems
from tutor.course.scenario_rules import scenario_problems
from tutor.course.yaml_values import Path, Problems


def course_problems(course: Course) -> Problems:
    """What is wrong in `course.yaml`."""
    yield from scenario_problems(("spine",), course.spine)
    for i, caption in enumerate(course.first_minute.captions):
        path: Path = ("first_minute", "captions", i)
        yield from expression_problems((*path, "until"), caption.until)
        yield from template_problems((*path, "text"), caption.text)
    for i, choice in enumerate(course.first_minute.choices):
        yield from template_problems(("first_minute", "choices", i, "reply"), choice.reply)
    yield from repeated_problems(named(("modules",), course.modules, "id"), "module")
    for i, module in enumerate(course.modules):
        for j, entry in enumerate(module.phases):
            for k, text in enumerate(entry.window or ()):
                yield from expression_problems(("modules", i, "phases", j, "window", k), text)
    phases = [
        one
        for i, module in enumerate(course.modules)
        for one in named(("modules", i, "phases"), module.phases, "id")
    ]
    yield from repeated_problems(phases, "phase")
    if not phases:
        yield ("modules",), "a course needs a module with a phase"
    yield from _needs(course)


def _needs(course: Course) -> Problems:
    """Phases that need one that comes later, or none that there is."""
    before: set[str] = set()
    known = {entry.id for module in course.modules for entry in module.phases}
    for i, module in enumerate(course.modules):
        for j, entry in enumerate(module.phases):
            for k, needed in enumerate(entry.needs):
                path: Path = ("modules", i, "phases", j, "needs", k)
                if needed not in known:
                    yield path, f"there is no phase {needed!r}{meant(needed, sorted(known))}"
                elif needed not in before:
                    yield path, f"{needed!r} comes later than {entry.id!r}, which needs it"
            before.add(entry.id)


def claims_problems(bank: Claims) -> Problems:
    """What is wrong in `claims.yaml`."""
    yield from repeated_problems(named(("claims",), bank.claims, "id"), "claim")


def misconceptions_problems(bank: Misconceptions) -> Problems:
    """What is wrong in `misconceptions.yaml`."""
    here: Path = ("misconceptions",)
    yield from repeated_problems(named(here, bank.misconceptions, "id"), "misconception")
    for i, misconception in enumerate(bank.misconceptions):
        yield from both_problems((*here, i), misconception)
        if misconception.refutation is not None:
            yield from refutation_problems((*here, i, "refutation"), misconception.refutation)


def phase_problems(phase: Phase) -> Problems:
    """What is wrong in a phase's file."""
    yield from repeated_problems(named(("objectives",), phase.objectives, "id"), "objective")
    steps = named(("steps",), phase.steps, "id")
    yield from repeated_problems([*steps, *named(("questions",), phase.questions, "id")], "id")
    if not phase.steps:
        yield ("steps",), "a phase needs a step"
    questions = {question.id for question in phase.questions}
    asked: set[str] = set()
    for i, step in enumerate(phase.steps):
        yield from _step(("steps", i), step, questions, asked)
    terms = named(("glossary",), phase.glossary, "term")
    yield from repeated_problems([(place, term.casefold()) for place, term in terms], "term")
    objectives = {objective.id for objective in phase.objectives}
    for i, question in enumerate(phase.questions):
        yield from question_problems(("questions", i), question, objectives)


def _step(path: Path, step: Step, questions: set[str], asked: set[str]) -> Problems:
    yield from _demonstration((*path, "demonstration"), step.demonstration)
    for i, asks in enumerate(step.asks):
        if asks not in questions:
            known = meant(asks, sorted(questions))
            yield (*path, "asks", i), f"there is no question {asks!r} in this phase{known}"
        elif asks in asked:
            yield (*path, "asks", i), f"question {asks!r} is asked twice; keep one"
        asked.add(asks)


def _demonstration(path: Path, shown: Demonstration) -> Problems:
    runs: tuple[str, ...] = ("spine",)
    yield from scenario_problems((*path, "scenario"), shown.scenario)
    if shown.compare is not None:
        yield from scenario_problems((*path, "compare"), shown.compare)
        runs = ("spine", "asked")
    yield from template_problems((*path, "caption"), shown.caption, runs)
    yield from curves_problems((*path, "show"), shown.show, shown.scenario.preparation)
    yield from conditions_problems((*path, "proof"), shown.proof, runs)
