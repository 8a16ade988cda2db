"""Whether an answer is one to its question at all, told without its key and without a run.

The readers give what an answer is made of in its types; marking takes it from here as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.course.scenario_fields import Scenario
from tutor.grading.choice import mark_choice


def refuse_unfit(posed: Posed[q.Question], answer: object) -> None:
    """Refuse what is no answer to a question; see `tutor.grading.marking` for what is one.

    Raises:
        ValueError: the answer is none to this question.
    """
    # Where the marking itself refuses, it does so here too, against a key that stands for any.
    match posed.question:
        case q.ChoiceQuestion() as question:
            mark_choice(question, strings(answer))
        case q.OrderingQuestion(items=items):
            from tutor.grading.ordering import mark_ordering

            mark_ordering(strings(answer), {item.id: item.text for item in items})
        case q.MatchingQuestion(items=items, partners=partners):
            from tutor.grading.ordering import mark_matching

            texts = {one.id: one.text for one in (*items, *partners)}
            mark_matching(pairs(answer), {item.id: partners[0].id for item in items}, texts)
        case q.CalculationQuestion(parts=parts):
            numbers_of(answer, parts)
        case q.NumericQuestion() | q.TextQuestion():
            typed(answer)
        case q.PointQuestion(target=target, place=place):
            from tutor.grading.trace_mark import Target, mark_point

            time_ms, place_mm = point(answer, place)
            along = None if place is None else Target(place.name, ((0.0, 0.0),), unit="mm")
            mark_point(time_ms, Target(target.name, ((0.0, 0.0),)), place_mm, along)
        case q.IntervalQuestion(target=target):
            from tutor.grading.trace_mark import Target, mark_interval

            mark_interval(stretch(answer), Target(target.name, ((0.0, 0.0),)))
        case q.ExperimentQuestion():
            knobs(answer, posed.scenario)


def strings(answer: object) -> list[str]:
    """Ids, or what was typed in several places.

    Raises:
        ValueError: the answer is none.
    """
    if not isinstance(answer, list | tuple) or not all(isinstance(one, str) for one in answer):
        raise ValueError("the answer is a list of ids")
    return list(answer)


def typed(answer: object) -> str:
    """What was typed.

    Raises:
        ValueError: the answer is no text.
    """
    if not isinstance(answer, str):
        raise ValueError("the answer is text")
    return answer


def pairs(answer: object) -> dict[str, str]:
    """The partner of each item.

    Raises:
        ValueError: the answer is no such thing.
    """
    if not isinstance(answer, Mapping):
        raise ValueError("an answer to a matching gives each item its partner")
    if not all(isinstance(one, str) for pair in answer.items() for one in pair):
        raise ValueError("items and partners are ids")
    return dict(answer)


def numbers_of(answer: object, parts: Sequence[q.Part]) -> list[str]:
    """What was typed for each part of a calculation.

    Raises:
        ValueError: the answer has more or fewer.
    """
    answers = strings(answer)
    if len(answers) != len(parts):
        raise ValueError(f"the answer has {len(answers)} numbers of {len(parts)}")
    return answers


def point(answer: object, place: q.Target | None) -> tuple[float, float | None]:
    """The time of a mark in ms, and where along the axon in mm, if `place` asks for it.

    Raises:
        ValueError: the answer has no time, or something else in its place.
    """
    if not isinstance(answer, Mapping) or "time_ms" not in answer:
        raise ValueError("an answer that marks a point gives its time_ms")
    numbers = {name: _number(value) for name, value in answer.items()}
    if not numbers.keys() <= {"time_ms", "place_mm"}:
        raise ValueError("an answer that marks a point has no more than time_ms and place_mm")
    return numbers["time_ms"], None if place is None else numbers.get("place_mm")


def stretch(answer: object) -> tuple[float, float]:
    """The two ends of a stretch, in ms.

    Raises:
        ValueError: the answer is not two numbers.
    """
    if not isinstance(answer, list | tuple) or len(answer) != 2:
        raise ValueError("the answer is 2 numbers")
    return _number(answer[0]), _number(answer[1])


def knobs(answer: object, scenario: Scenario) -> dict[str, float]:
    """The knobs that were set, by name.

    Raises:
        ValueError: the scenario has no such knob, or a value is out of its range.
    """
    if not isinstance(answer, Mapping):
        raise ValueError("an answer to an experiment gives its knobs by name")
    found = {str(name): _number(value) for name, value in answer.items()}
    for name, value in found.items():
        if name not in scenario.knobs:
            raise ValueError(f"there is no knob {name!r}; known: {', '.join(scenario.knobs)}")
        low, high = scenario.knobs[name]
        if not low <= value <= high:
            raise ValueError(f"the knob {name} goes from {low:g} to {high:g}, not to {value:g}")
    return found


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} is no number")
    try:
        return float(value)
    except OverflowError:
        raise ValueError("the number is too large") from None
