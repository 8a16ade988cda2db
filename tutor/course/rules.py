"""What must hold inside one content file, beyond the types of its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from simulator import COLUMNS
from tutor.course.expression import Expression, ExpressionError, Template
from tutor.course.model import Course, Demonstration, Misconceptions, Option, Phase, Question, Step
from tutor.course.scenario_rules import scenario_problems
from tutor.course.yaml_values import Path, Problems


def course_problems(course: Course) -> Problems:
    """What is wrong in `course.yaml`."""
    yield from scenario_problems(("spine",), course.spine)
    for i, caption in enumerate(course.first_minute.captions):
        path: Path = ("first_minute", "captions", i)
        yield from _expression((*path, "until"), caption.until)
        yield from _template((*path, "text"), caption.text)
    for i, choice in enumerate(course.first_minute.choices):
        yield from _template(("first_minute", "choices", i, "reply"), choice.reply)
    yield from _repeated(("modules",), [module.id for module in course.modules], "module")
    for i, module in enumerate(course.modules):
        for j, entry in enumerate(module.phases):
            for k, text in enumerate(entry.window):
                yield from _expression(("modules", i, "phases", j, "window", k), text)
    phases = [entry.id for module in course.modules for entry in module.phases]
    yield from _repeated(("modules",), phases, "phase")
    if not phases:
        yield ("modules",), "a course needs a module with a phase"


def misconceptions_problems(bank: Misconceptions) -> Problems:
    """What is wrong in `misconceptions.yaml`."""
    ids = [misconception.id for misconception in bank.misconceptions]
    yield from _repeated(("misconceptions",), ids, "misconception")


def phase_problems(phase: Phase) -> Problems:
    """What is wrong in a phase's file."""
    yield from _repeated(("objectives",), [o.id for o in phase.objectives], "objective")
    yield from _repeated(
        ("questions",), [q.id for q in phase.questions] + [s.id for s in phase.steps], "id"
    )
    if not phase.steps:
        yield ("steps",), "a phase needs a step"
    questions = {question.id for question in phase.questions}
    asked: set[str] = set()
    for i, step in enumerate(phase.steps):
        yield from _step(("steps", i), step, questions, asked)
    objectives = {objective.id for objective in phase.objectives}
    for i, question in enumerate(phase.questions):
        yield from _question(("questions", i), question, objectives)


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
    yield from _template((*path, "caption"), shown.caption, runs)
    yield from _curves((*path, "show"), shown.show)
    yield from _conditions((*path, "proof"), shown.proof, runs)


def _question(path: Path, question: Question, objectives: set[str]) -> Problems:
    yield from scenario_problems((*path, "scenario"), question.scenario)
    yield from _curves((*path, "show"), question.show)
    yield from _conditions((*path, "proof"), question.proof, ("spine",))
    yield from _template((*path, "decides"), question.decides, ("spine",), needs_number=True)
    if not question.objectives:
        yield (*path, "objectives"), "a question needs an objective"
    for i, objective in enumerate(question.objectives):
        if objective not in objectives:
            yield (*path, "objectives", i), f"this phase has no objective {objective!r}"
    if bool(question.proof) == bool(question.sourced):
        yield path, "a question needs `proof` or `sourced`, one of them"
    yield from _options((*path, "options"), question)


def _options(path: Path, question: Question) -> Problems:
    options = question.options
    correct = sum(option.correct for option in options)
    if not 3 <= len(options) <= 7:
        yield path, f"{len(options)} options; a question has 3 to 7"
    if question.kind == "single" and correct != 1:
        yield path, f"{correct} options are marked correct; a single choice has exactly one"
    if question.kind == "multi" and not 0 < correct < len(options):
        yield path, f"{correct} of {len(options)} options are correct; some must be, but not all"
    yield from _repeated(path, [option.id for option in options], "option")
    yield from _repeated(path, [option.text for option in options], "text of an option")
    for i, option in enumerate(options):
        yield from _option((*path, i), option)


def _option(path: Path, option: Option) -> Problems:
    if option.correct and option.misconception:
        yield (*path, "misconception"), "a correct option cannot show a misconception"
    if option.misconception and option.refutation is None and option.no_run is None:
        yield path, "a misconception needs a `refutation`, or `no_run` with the reason"
    if option.refutation is None:
        return
    yield from scenario_problems((*path, "refutation", "scenario"), option.refutation.scenario)
    yield from _curves((*path, "refutation", "show"), option.refutation.show)
    runs = ("spine", "asked")
    yield from _template((*path, "refutation", "says"), option.refutation.says, runs, True)
    yield from _conditions((*path, "refutation", "proof"), option.refutation.proof, runs)
    if not option.refutation.proof:
        yield (*path, "refutation", "proof"), "a refutation needs a proof"


def _conditions(path: Path, texts: Iterable[str], runs: tuple[str, ...]) -> Problems:
    for i, text in enumerate(texts):
        yield from _expression((*path, i), text, runs, condition=True)


def _expression(
    path: Path, text: str, runs: tuple[str, ...] = (), *, condition: bool = False
) -> Problems:
    try:
        expression = Expression(text)
    except ExpressionError as error:
        yield path, str(error)
        return
    if condition and not expression.is_condition:
        yield path, f"{text!r} can not be true or false; compare it with something"
    for run in sorted(expression.runs - set(runs)):
        yield path, f"there is no run {run!r} here"


def _template(
    path: Path, text: str, runs: tuple[str, ...] = (), needs_number: bool = False
) -> Problems:
    try:
        template = Template(text)
    except ExpressionError as error:
        yield path, str(error)
        return
    if needs_number and not template.expressions:
        yield path, "states no measured number; put one in braces, such as {peak_mv}"
    for run in sorted({run for e in template.expressions for run in e.runs} - set(runs)):
        yield path, f"there is no run {run!r} here"


def _curves(path: Path, curves: tuple[str, ...]) -> Problems:
    units = {COLUMNS[curve].unit for curve in curves}
    if len(units) > 1:
        names = ", ".join(sorted(unit or "share" for unit in units))
        yield path, f"curves shown together must share a unit, these have {names}"


def _repeated(path: Path, names: list[str], what: str) -> Problems:
    for name, count in Counter(names).items():
        if count > 1:
            yield path, f"the {what} {name!r} stands here {count} times; each must be its own"
