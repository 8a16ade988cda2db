"""What must hold in a question of each kind, beyond the types of its fields."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tutor.course import questions as q
from tutor.course.errors import meant
from tutor.course.expression import FUNCTIONS, NAMES
from tutor.course.field_rules import (
    conditions_problems,
    curves_problems,
    expression_problems,
    named,
    repeated_problems,
    template_problems,
)
from tutor.course.scenario_rules import scenario_problems
from tutor.course.yaml_values import Path, Problems

if TYPE_CHECKING:
    from tutor.course.model import Misconception

#: So many values of a drawn number are enough for anyone.
MOST_VALUES = 10_000


def question_problems(path: Path, question: q.Question, objectives: set[str]) -> Problems:
    """What is wrong in the question that stands at `path`."""
    drawn = question.draws.keys()
    yield from scenario_problems((*path, "scenario"), question.scenario)
    yield from curves_problems((*path, "show"), question.show, question.scenario.preparation)
    for name, number in question.draws.items():
        yield from drawn_problems((*path, "draws", name), name, number)
    for name, text in question.sets.items():
        yield from expression_problems((*path, "sets", name), text, drawn=drawn)
    yield from template_problems((*path, "stem"), question.stem, drawn=drawn)
    yield from template_problems((*path, "explanation"), question.explanation, ("spine",), drawn)
    yield from conditions_problems((*path, "proof"), question.proof, ("spine",), drawn)
    yield from template_problems(
        (*path, "decides"), question.decides, ("spine",), drawn, needs_number=True
    )
    if not question.objectives:
        yield (*path, "objectives"), "a question needs an objective"
    for i, objective in enumerate(question.objectives):
        if objective not in objectives:
            known = meant(objective, sorted(objectives))
            yield (*path, "objectives", i), f"this phase has no objective {objective!r}{known}"
    if question.proof and question.sourced:
        yield (*path, "sourced"), "`proof` and `sourced` are both there; keep one"
    elif not question.proof and not question.sourced:
        yield path, "a question needs `proof`, or `sourced` with the source"
    yield from _kind(path, question)


def _kind(path: Path, question: q.Question) -> Problems:
    drawn = question.draws.keys()
    match question:
        case q.ChoiceQuestion():
            yield from _options((*path, "options"), question)
            yield from _same_runs((*path, "options"), question)
        case q.OrderingQuestion(items=items):
            if len(items) < 3:
                yield (*path, "items"), f"{len(items)} items; an ordering has three or more"
            yield from _items(((*path, "items"), items))
            yield from _pairs(path, question.misconceptions, items, items)
        case q.MatchingQuestion():
            yield from _matching(path, question)
        case q.NumericQuestion():
            yield from _numeric(path, question, drawn)
        case q.CalculationQuestion(parts=parts):
            yield from _calculation((*path, "parts"), parts, drawn)
        case q.TextQuestion():
            yield from _text(path, question)
        case q.PointQuestion(target=target, place=place):
            yield from _target((*path, "target"), target, drawn)
            if place is not None:
                yield from _target((*path, "place"), place, drawn)
        case q.IntervalQuestion(target=target):
            yield from _target((*path, "target"), target, drawn)
            if len(target.within) != 1:
                yield (*path, "target"), "an interval has one stretch under `within`"
        case q.ExperimentQuestion():
            yield from _experiment(path, question)


def drawn_problems(path: Path, name: str, number: q.Drawn) -> Problems:
    """What is wrong with a number that each attempt draws."""
    if not name.isidentifier() or name in NAMES or name in FUNCTIONS:
        yield path, f"{name!r} cannot name a drawn number; take a word that means nothing yet"
    ends = (number.low, number.high, number.step)
    if not all(map(math.isfinite, ends)) or number.step <= 0 or number.high < number.low:
        yield (
            path,
            f"no value lies from {number.low:g} to {number.high:g} in steps of {number.step:g}; "
            "the step is above 0 and the low end comes first",
        )
    elif (number.high - number.low) / number.step >= MOST_VALUES:
        yield path, f"more than {MOST_VALUES:,} values; take a larger step"


def _options(path: Path, question: q.ChoiceQuestion) -> Problems:
    options = question.options
    correct = sum(option.correct for option in options)
    if not 3 <= len(options) <= 7:
        yield path, f"{len(options)} options; a question has 3 to 7"
    if question.kind == "single" and correct != 1:
        yield path, f"{correct} options are marked correct; a single choice has exactly one"
    if question.kind == "multi" and not 0 < correct < len(options):
        yield path, f"{correct} of {len(options)} options are correct; some must be, but not all"
    yield from repeated_problems(named(path, options, "id"), "option")
    yield from repeated_problems(named(path, options, "text"), "text of an option")
    for i, option in enumerate(options):
        yield from _option((*path, i), option)


def _option(path: Path, option: q.Option) -> Problems:
    if option.correct and option.misconception:
        yield (*path, "misconception"), "a correct option cannot show a misconception"
    yield from both_problems(path, option)
    if option.credited_by and not option.physiology:
        yield path, "an option that a board credits needs `physiology`, the exact statement"
    if option.refutation is None:
        return
    yield from refutation_problems((*path, "refutation"), option.refutation)


def both_problems(path: Path, told: q.Option | Misconception) -> Problems:
    """A refutation beside the reason why there is none."""
    if told.refutation is not None and told.no_run is not None:
        yield (*path, "no_run"), "`refutation` and `no_run` are both there; keep one"


def _same_runs(path: Path, question: q.ChoiceQuestion) -> Problems:
    """Refutations that would draw the question's own run over itself, and no new curve."""
    asked = replace(question.scenario, knobs={})
    for i, option in enumerate(question.options):
        told = option.refutation
        if told is None or set(told.show) - set(question.show):
            continue
        if replace(told.scenario, knobs={}) == asked:
            message = (
                "this is the question's own run; run what answers the wrong idea, `show` a curve "
                "that does, or write `no_run`"
            )
            yield (*path, i, "refutation", "scenario"), message


def refutation_problems(path: Path, refutation: q.Refutation) -> Problems:
    """What is wrong in a refutation."""
    yield from scenario_problems((*path, "scenario"), refutation.scenario)
    preparation = refutation.scenario.preparation
    yield from curves_problems((*path, "show"), refutation.show, preparation)
    runs = ("spine", "asked")
    yield from template_problems((*path, "says"), refutation.says, runs, needs_number=True)
    yield from conditions_problems((*path, "proof"), refutation.proof, runs)
    if not refutation.proof:
        yield (*path, "proof"), "a refutation needs a proof"


def _items(*lists: tuple[Path, tuple[q.Item, ...]]) -> Problems:
    for field, what in (("id", "item"), ("text", "text of an item")):
        names = [one for path, items in lists for one in named(path, items, field)]
        yield from repeated_problems(names, what)


def _pairs(
    path: Path, pairs: Iterable[q.WrongPair], first: Iterable[q.Item], last: Iterable[q.Item]
) -> Problems:
    known = ({item.id for item in first}, {item.id for item in last})
    for i, wrong in enumerate(pairs):
        for one, ids in zip(wrong.pair, known, strict=True):
            if one not in ids:
                yield (*path, "misconceptions", i, "pair"), f"there is no item {one!r} here"


def _matching(path: Path, question: q.MatchingQuestion) -> Problems:
    lists = ((*path, "items"), question.items), ((*path, "partners"), question.partners)
    yield from _items(*lists)
    items = {item.id for item in question.items}
    partners = {item.id for item in question.partners}
    if len(items) < 2:
        yield (*path, "items"), f"{len(items)} items; a matching has two or more"
    for item in sorted(items - question.key.keys()):
        yield (*path, "key"), f"the item {item!r} has no partner"
    for item, partner in question.key.items():
        if item not in items:
            yield (*path, "key", item), f"there is no item {item!r}"
        if partner not in partners:
            yield (*path, "key", item), f"there is no partner {partner!r}"
    yield from _pairs(path, question.misconceptions, question.items, question.partners)


def _calculation(path: Path, parts: tuple[q.Part, ...], drawn: Collection[str]) -> Problems:
    if len(parts) < 2:
        yield path, f"{len(parts)} part; a calculation has two or more, else it is kind: numeric"
    known = set(drawn)
    for i, part in enumerate(parts):
        if part.id in known or part.id in NAMES or part.id in FUNCTIONS:
            yield (*path, i, "id"), f"{part.id!r} means something already; take another word"
        yield from template_problems((*path, i, "asks"), part.asks, drawn=known)
        yield from _numeric((*path, i), part, known)
        known.add(part.id)


def _numeric(path: Path, question: q.NumericQuestion | q.Part, drawn: Collection[str]) -> Problems:
    yield from expression_problems((*path, "key"), question.key, ("spine",), drawn)
    if question.within < 0:
        yield (*path, "within"), "a tolerance is not negative"
    if question.within and question.within_share:
        yield (*path, "within_share"), "`within` and `within_share` are both there; keep one"
    for i, text in enumerate(question.quotient or ()):
        yield from expression_problems((*path, "quotient", i), text, ("spine",), drawn)
    for i, wrong in enumerate(question.wrong_values):
        place = (*path, "wrong_values", i)
        yield from expression_problems((*place, "value"), wrong.value, ("spine",), drawn)
        yield from template_problems((*place, "says"), wrong.says, ("spine",), drawn)


def _text(path: Path, question: q.TextQuestion) -> Problems:
    ids = [point.id for point in question.mark_points]
    points = named((*path, "mark_points"), question.mark_points, "id")
    yield from repeated_problems(points, "mark point")
    for i, wanted in enumerate(question.order):
        if wanted not in ids:
            yield (*path, "order", i), f"{wanted!r} is the id of no mark point{meant(wanted, ids)}"
    total = sum(point.marks for point in question.mark_points)
    if total < question.max_marks:
        message = f"the mark points add up to {total}, not to {question.max_marks} marks"
        yield (*path, "max_marks"), message
    for i, point in enumerate(question.mark_points):
        if point.credited_by and not point.physiology:
            message = "a point that a board credits needs `physiology`, the exact statement"
            yield (*path, "mark_points", i), message


def _target(path: Path, target: q.Target, drawn: Collection[str]) -> Problems:
    if (target.at is None) == (not target.within):
        yield path, "a target needs `at` with its `tolerance`, or `within`: one of them"
    if (target.at is None) != (target.tolerance is None):
        yield path, "`at` and `tolerance` go together"
    if target.at is not None:
        yield from expression_problems((*path, "at"), target.at, ("spine",), drawn)
    for i, ends in enumerate(target.within):
        for j, text in enumerate(ends):
            yield from expression_problems((*path, "within", i, j), text, ("spine",), drawn)


def _experiment(path: Path, question: q.ExperimentQuestion) -> Problems:
    knobs = question.scenario.knobs
    if not knobs:
        yield (*path, "scenario"), "an experiment needs knobs to turn"
    if not question.goals:
        yield (*path, "goals"), "an experiment needs a goal"
    if not question.solution:
        yield (*path, "solution"), "an experiment needs a solution that turns a knob"
    yield from repeated_problems(named((*path, "goals"), question.goals, "id"), "goal")
    places = [((*path, "solution"), question.solution)]
    places += [((*path, "wrong_settings", i), s) for i, s in enumerate(question.wrong_settings)]
    for place, settings in places:
        for name in settings:
            if name not in knobs:
                yield (*place, name), f"there is no knob {name!r} here{meant(name, knobs)}"
