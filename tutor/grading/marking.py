"""Marking an answer to a question of any kind.

An answer is the JSON value that the journal keeps: option ids (`single`, `multi`), item ids in
order (`ordering`), partner ids by item id (`matching`), what was typed (`numeric`, `text`),
`{"time_ms": ...}` with `"place_mm"` on an axon (`point`), `[start_ms, end_ms]` (`interval`), or
knobs by name (`experiment`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tutor.course import questions as q
from tutor.course.expression import ExpressionError
from tutor.course.posed import Posed
from tutor.course.scenario import MeasuredRun, setting, simulate_once, with_settings
from tutor.grading.choice import mark_choice
from tutor.grading.fitting import knobs, numbers_of, pairs, point, stretch, strings, typed
from tutor.grading.verdict import Verdict, add_up
from tutor.words import common

if TYPE_CHECKING:
    from tutor.grading.free_text import Marker, Scheme
    from tutor.grading.numeric import NumericKey
    from tutor.grading.trace_mark import Target


def mark(posed: Posed[q.Question], answer: object, board: q.Board | None = None) -> Verdict:
    """The verdict on `answer` for a candidate of `board`.

    Raises:
        ValueError: the answer is none to a question of this kind.
        ExpressionError: the key cannot be computed; the content check finds that.
    """
    match posed.question:
        case q.ChoiceQuestion() as question:
            return mark_choice(question, strings(answer), board)
        case q.OrderingQuestion() as question:
            return _ordering(question, answer)
        case q.MatchingQuestion() as question:
            return _matching(question, answer)
        case q.NumericQuestion() as question:
            from tutor.grading.numeric import mark_numeric

            return mark_numeric(typed(answer), numeric_key(posed, question))
        case q.CalculationQuestion(parts=parts):
            return _calculation(posed, parts, numbers_of(answer, parts))
        case q.TextQuestion() as question:
            return marker_of(question).mark(typed(answer))
        case q.PointQuestion() as question:
            return _point(posed, question, answer)
        case q.IntervalQuestion() as question:
            from tutor.grading.trace_mark import mark_interval

            wanted = target_of(posed, question.target)
            return mark_interval(stretch(answer), wanted, marks=question.marks)
        case q.ExperimentQuestion() as question:
            return _experiment(posed, question, answer)
    raise AssertionError(f"no marking for {posed.question.kind}")


def full_marks(question: q.Question) -> float:
    """The marks that the key gets, known without a run."""
    match question:
        case q.MultiQuestion(options=options) if question.partial_credit != "none":
            return sum(option.correct for option in options)
        case q.ChoiceQuestion():
            return 1
        case q.CalculationQuestion(parts=parts):
            return sum(_part_marks(part) for part in parts)
        case q.NumericQuestion() as one:
            return _part_marks(one)
        case q.TextQuestion(max_marks=marks):
            return marks
        case q.ExperimentQuestion(goals=goals):
            return sum(goal.marks for goal in goals)
        case (
            q.OrderingQuestion(marks=marks)
            | q.MatchingQuestion(marks=marks)
            | q.PointQuestion(marks=marks)
            | q.IntervalQuestion(marks=marks)
        ):
            return marks
    raise AssertionError(f"no marks for {question.kind}")


def _part_marks(part: q.NumericQuestion | q.Part) -> int:
    return part.marks + part.unit_marks + part.method_marks


def model_answer(posed: Posed[q.Question]) -> object:
    """An answer that has full marks.

    Raises:
        ExpressionError: the key cannot be computed.
    """
    match posed.question:
        case q.ChoiceQuestion(options=options):
            return [option.id for option in options if option.correct]
        case q.OrderingQuestion(items=items):
            return [item.id for item in items]
        case q.MatchingQuestion(key=key):
            return dict(key)
        case q.NumericQuestion() as question:
            return _written(numeric_key(posed, question))
        case q.CalculationQuestion(parts=parts):
            return [_written(key) for key in _keys(posed, parts)]
        case q.TextQuestion(model_answer=answer):
            return answer
        case q.PointQuestion(target=target, place=place):
            best = {"time_ms": _best(posed, target)}
            return best if place is None else {**best, "place_mm": _best(posed, place)}
        case q.IntervalQuestion(target=target):
            return list(target_of(posed, target).intervals[0])
        case q.ExperimentQuestion(solution=solution):
            return dict(solution)
    raise AssertionError(f"no model answer for {posed.question.kind}")


def numeric_key(posed: Posed[q.Question], question: q.NumericQuestion | q.Part) -> NumericKey:
    """What a number is judged by in this attempt.

    Raises:
        ExpressionError: the key cannot be computed.
    """
    from tutor.grading.numeric import NumericKey, WrongValue, tolerated

    value = posed.number(question.key)
    parts = question.quotient
    return NumericKey(
        value=value,
        accepted=tolerated(value, question.within, question.within_share),
        unit=question.unit,
        marks=question.marks,
        unit_marks=question.unit_marks,
        method_marks=question.method_marks,
        unit_needed=not question.unit_shown,
        parts=None if parts is None else (posed.number(parts[0]), posed.number(parts[1])),
        wrong_values=tuple(
            WrongValue(
                posed.number(wrong.value), posed.says(wrong.says), wrong.misconception or ""
            )
            for wrong in question.wrong_values
        ),
    )


def _written(key: NumericKey) -> str:
    """The key with the decimals that its tolerance warrants, and two figures at least."""
    low, high = key.accepted
    number = f"{key.value:.6g}"
    if low < high and abs(key.value) >= 1e-4:
        first = math.floor(math.log10(abs(key.value)))
        decimals = max(0, math.ceil(-math.log10((high - low) / 2)), 1 - first)
        number = min(number, f"{key.value:.{decimals}f}", key=len)
    return f"{number} {key.unit}".rstrip()


def _keys(posed: Posed[q.Question], parts: Sequence[q.Part]) -> list[NumericKey]:
    """The keys of a calculation, each from the right values of those before it."""
    keys: list[NumericKey] = []
    for part in parts:
        before = {earlier.id: key.value for earlier, key in zip(parts, keys, strict=False)}
        keys.append(numeric_key(posed.with_numbers(before), part))
    return keys


def _calculation(
    posed: Posed[q.Question], parts: Sequence[q.Part], answers: Sequence[str]
) -> Verdict:
    """Each part is marked by its key, and where it is missed by one from the learner's values."""
    from tutor.grading.numeric import mark_numeric, value_in

    keys = _keys(posed, parts)
    own: dict[str, float] = {}
    verdicts: list[Verdict] = []
    for i, (part, key, answer) in enumerate(zip(parts, keys, answers, strict=True)):
        # Without a value of their own for every earlier part nothing can be carried forward.
        carried = numeric_key(posed.with_numbers(own), part) if i and len(own) == i else None
        verdicts.append(mark_numeric(answer, key, carried))
        value = value_in(answer, key)
        if value is not None:
            own[part.id] = value
    numbered = list(enumerate(zip(parts, verdicts, strict=True), 1))
    return add_up(
        [
            replace(
                point,
                id=f"{part.id}.{point.id}",
                text=_of_part(number, point.text),
                note=_of_part(number, point.note),
            )
            for number, (part, verdict) in numbered
            for point in verdict.points
        ],
        sum(key.max_marks for key in keys),
        [_of_part(number, said) for number, (_, verdict) in numbered for said in verdict.feedback],
        [shown for verdict in verdicts for shown in verdict.misconceptions],
    )


def _of_part(number: int, said: str) -> str:
    """What is said of a part, with its number; nothing where nothing is said."""
    return said and common.PART.format(number=number, what=said)


def marker_of(question: q.TextQuestion) -> Marker:
    """The marker of the question's scheme; the first one takes a moment, to read the lexicon."""
    from tutor.grading.free_text import scheme_of

    return _marker(scheme_of(question))


@lru_cache(maxsize=64)
def _marker(scheme: Scheme) -> Marker:
    from tutor.grading.free_text import Marker

    return Marker(scheme)


def target_of(posed: Posed[q.Question], target: q.Target, unit: str = "ms") -> Target:
    """Where a mark is right on this attempt's trace.

    Raises:
        ExpressionError: the trace does not have it.
        ValueError: a stretch ends before it begins.
    """
    from tutor.grading.trace_mark import Target, near

    if target.at is not None:
        assert target.tolerance is not None
        return near(target.name, posed.number(target.at), target.tolerance, unit)
    stretches = tuple((posed.number(start), posed.number(end)) for start, end in target.within)
    return Target(target.name, stretches, unit=unit)


def _best(posed: Posed[q.Question], target: q.Target) -> float:
    wanted = target_of(posed, target)
    return wanted.best if wanted.best is not None else math.fsum(wanted.intervals[0]) / 2.0


def _ordering(question: q.OrderingQuestion, answer: object) -> Verdict:
    from tutor.grading.ordering import mark_ordering

    return mark_ordering(
        strings(answer),
        {item.id: item.text for item in question.items},
        question.partial_credit,
        question.marks,
        _by_pair(question.misconceptions),
    )


def _matching(question: q.MatchingQuestion, answer: object) -> Verdict:
    from tutor.grading.ordering import mark_matching

    return mark_matching(
        pairs(answer),
        question.key,
        {item.id: item.text for item in (*question.items, *question.partners)},
        question.partial_credit,
        question.marks,
        _by_pair(question.misconceptions),
    )


def _by_pair(pairs: tuple[q.WrongPair, ...]) -> dict[tuple[str, str], str]:
    return {wrong.pair: wrong.misconception for wrong in pairs}


def _point(posed: Posed[q.Question], question: q.PointQuestion, answer: object) -> Verdict:
    from tutor.grading.trace_mark import mark_point

    place = question.place
    time_ms, place_mm = point(answer, place)
    return mark_point(
        time_ms,
        target_of(posed, question.target),
        place_mm,
        None if place is None else target_of(posed, place, "mm"),
        marks=question.marks,
    )


def _experiment(
    posed: Posed[q.Question], question: q.ExperimentQuestion, answer: object
) -> Verdict:
    from tutor.course.scenario import settings_of
    from tutor.grading.experiment import mark_experiment, read_goal

    scenario = posed.scenario
    turned = knobs(answer, scenario)
    goals = [read_goal(goal.id, goal.reach, goal.marks, goal.says) for goal in question.goals]
    names = {goal.name for goal in goals}
    after = simulate_once(with_settings(scenario, turned)) if turned else posed.run
    known = settings_of(scenario)
    titles = {name: known[name].title or name for name in scenario.knobs if name in known}
    return mark_experiment(
        goals,
        _measured(after, names),
        _measured(posed.run, names),
        turned,
        {name: setting(scenario, name) for name in scenario.knobs},
        question.solution.keys(),
        titles | {name: after.meaning(name) for name in names},
    )


def _measured(run: MeasuredRun, names: set[str]) -> dict[str, float]:
    found = {}
    for name in names:
        try:
            found[name] = run.value(name)
        except ExpressionError:
            continue  # A run without a spike has no half-width; the goal is then missed.
    return found
