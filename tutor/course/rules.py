"""What must hold inside one content file, beyond the types of its fields."""

from __future__ import annotations

from tutor.course.field_rules import (
    conditions_problems,
    curves_problems,
    expression_problems,
    repeated_problems,
    template_problems,
)
from tutor.course.model import Claims, Course, Demonstration, Misconceptions, Phase, Step
from tutor.course.question_rules import question_problems, refutation_problems
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
    yield from repeated_problems(("modules",), [module.id for module in course.modules], "module")
    for i, module in enumerate(course.modules):
        for j, entry in enumerate(module.phases):
            for k, text in enumerate(entry.window or ()):
                yield from expression_problems(("modules", i, "phases", j, "window", k), text)
    phases = [entry.id for module in course.modules for entry in module.phases]
    yield from repeated_problems(("modules",), phases, "phase")
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
                    yield path, f"there is no phase {needed!r}"
                elif needed not in before:
                    yield path, f"{needed!r} comes later than {entry.id!r}, which needs it"
            before.add(entry.id)


def claims_problems(bank: Claims) -> Problems:
    """What is wrong in `claims.yaml`."""
    yield from repeated_problems(("claims",), [claim.id for claim in bank.claims], "claim")


def misconceptions_problems(bank: Misconceptions) -> Problems:
    """What is wrong in `misconceptions.yaml`."""
    ids = [misconception.id for misconception in bank.misconceptions]
    yield from repeated_problems(("misconceptions",), ids, "misconception")
    for i, misconception in enumerate(bank.misconceptions):
        if misconception.refutation is not None:
            path: Path = ("misconceptions", i, "refutation")
            yield from refutation_problems(path, misconception.refutation)


def phase_problems(phase: Phase) -> Problems:
    """What is wrong in a phase's file."""
    yield from repeated_problems(("objectives",), [o.id for o in phase.objectives], "objective")
    yield from repeated_problems(
        ("questions",), [q.id for q in phase.questions] + [s.id for s in phase.steps], "id"
    )
    if not phase.steps:
        yield ("steps",), "a phase needs a step"
    questions = {question.id for question in phase.questions}
    asked: set[str] = set()
    for i, step in enumerate(phase.steps):
        yield from _step(("steps", i), step, questions, asked)
    terms = [term.term.casefold() for term in phase.glossary]
    yield from repeated_problems(("glossary",), terms, "term")
    objectives = {objective.id for objective in phase.objectives}
    for i, question in enumerate(phase.questions):
        yield from question_problems(("questions", i), question, objectives)


def _step(path: Path, step: Step, questions: set[str], asked: set[str]) -> Problems:
    yield from _demonstration((*path, "demonstration"), step.demonstration)
    for i, asks in enumerate(step.asks):
        if asks not in questions:
            yield (*path, "asks", i), f"there is no question {asks!r} in this phase"
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
