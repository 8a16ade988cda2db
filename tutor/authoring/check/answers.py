"""Answers that must score, and answers that must not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tutor.course import questions as q
from tutor.course.expression import ExpressionError
from tutor.course.posed import Posed
from tutor.course.text import one_line
from tutor.course.yaml_values import Path, Problems
from tutor.grading.marking import mark, model_answer, numeric_key
from tutor.grading.verdict import figure


def answer_problems(posed: Posed[q.Question]) -> Problems:
    """What is wrong with the marks that the answers in the file get; places begin there."""
    try:
        verdict = mark(posed, model_answer(posed))
        if not verdict.right:
            lacks = [point.id for point in verdict.points if point.state != "met"]
            which = f": {', '.join(lacks)} not met" if lacks else ""
            remedy = " (give `within` or `within_share`)" if _is_exact(posed.question) else ""
            yield _key(posed.question), f"the key does not score full marks{which}{remedy}"
        for wrong in wrong_answers(posed):
            if _scores(posed, wrong.answer, wrong.earns):
                yield wrong.place, f"this wrong answer scores: {_scored(posed, wrong)}"
        if _blank_scores(posed):
            experiment = isinstance(posed.question, q.ExperimentQuestion)
            place = ("goals",) if experiment else _key(posed.question)
            yield place, "an empty answer scores"
    except ExpressionError as error:
        yield _key(posed.question), str(error)
    except ValueError as error:
        yield _key(posed.question), f"cannot be marked: {error}"


def _is_exact(question: q.Question) -> bool:
    """Whether a number is asked for without any tolerance."""
    numbers: Sequence[q.NumericQuestion | q.Part] = ()
    if isinstance(question, q.NumericQuestion):
        numbers = (question,)
    elif isinstance(question, q.CalculationQuestion):
        numbers = question.parts
    return any(not (number.within or number.within_share) for number in numbers)


def _scored(posed: Posed[q.Question], wrong: Wrong) -> str:
    """What a wrong answer is given its marks for."""
    if isinstance(posed.question, q.ExperimentQuestion):
        return "these settings reach all goals"
    if wrong.number is not None:
        here, number, one = wrong.number
        low, high = numeric_key(here, number).accepted
        right = f"{low:.4g} to {high:.4g} {number.unit}".rstrip()
        return f"it is {_typed(here, one, number)}, and {right} is right"
    points = [point for point in mark(posed, wrong.answer).points if point.state == "met"]
    return "; ".join(f"{point.id}, by {one_line(point.evidence, 80)!r}" for point in points)


class Wrong(NamedTuple):
    """An answer that must not score: its place in the question, and what it may earn all the same.

    A wrong number in the right unit has the marks for the unit.
    """

    place: Path
    answer: object
    earns: float = 0.0
    number: tuple[Posed[q.Question], q.NumericQuestion | q.Part, q.WrongNumber] | None = None
    """Of a wrong number: what it is asked for."""


def _scores(posed: Posed[q.Question], answer: object, earns: float = 0.0) -> bool:
    verdict = mark(posed, answer)
    if isinstance(posed.question, q.ExperimentQuestion):
        return verdict.right  # It may reach some goals, not all of them.
    return verdict.marks > earns


def _blank_scores(posed: Posed[q.Question]) -> bool:
    """Whether marks are given for nothing at all."""
    blank: object = []
    match posed.question:
        case q.NumericQuestion() | q.TextQuestion():
            blank = ""
        case q.CalculationQuestion(parts=parts):
            blank = [""] * len(parts)
        case q.MatchingQuestion() | q.PointQuestion() | q.ExperimentQuestion():
            blank = {}
    try:
        return _scores(posed, blank)
    except ValueError:
        return False  # It is not taken for an answer.


def _key(question: q.Question) -> Path:
    """Where the key stands in the file."""
    match question:
        case q.ChoiceQuestion():
            return ("options",)
        case q.TextQuestion():
            return ("model_answer",)
        case q.ExperimentQuestion():
            return ("solution",)
        case q.PointQuestion() | q.IntervalQuestion():
            return ("target",)
        case q.NumericQuestion() | q.MatchingQuestion():
            return ("key",)
        case q.CalculationQuestion():
            return ("parts",)
    return ("items",)


def wrong_answers(posed: Posed[q.Question]) -> Iterator[Wrong]:
    """Answers that must not score, each with its place in the question.

    Raises:
        ExpressionError: a wrong number cannot be computed.
    """
    match posed.question:
        case q.ChoiceQuestion(options=options):
            for i, option in enumerate(options):
                if not option.correct and not option.credited_by:
                    yield Wrong(("options", i), [option.id])
        case q.OrderingQuestion(items=items):
            yield Wrong(("items",), [item.id for item in reversed(items)])
        case q.NumericQuestion(wrong_values=wrong) as number:
            for i, one in enumerate(wrong):
                typed = _typed(posed, one, number)
                yield Wrong(("wrong_values", i), typed, _beside(number), (posed, number, one))
        case q.CalculationQuestion(parts=parts):
            yield from _wrong_parts(posed, parts)
        case q.TextQuestion(wrong_answers=wrong_answers):
            for i, text in enumerate(wrong_answers):
                yield Wrong(("wrong_answers", i), text)
        case q.ExperimentQuestion(wrong_settings=settings):
            for i, knobs in enumerate(settings):
                yield Wrong(("wrong_settings", i), knobs)


def _wrong_parts(posed: Posed[q.Question], parts: Sequence[q.Part]) -> Iterator[Wrong]:
    """The wrong numbers of each part, with the other parts left out."""
    right: dict[str, float] = {}
    for i, part in enumerate(parts):
        here = posed.with_numbers(right)
        for j, wrong in enumerate(part.wrong_values):
            written = _typed(here, wrong, part)
            answer = [written if k == i else "" for k in range(len(parts))]
            place = ("parts", i, "wrong_values", j)
            yield Wrong(place, answer, _beside(part), (here, part, wrong))
        right[part.id] = here.number(part.key)


def _typed(
    posed: Posed[q.Question], wrong: q.WrongNumber, number: q.NumericQuestion | q.Part
) -> str:
    return f"{figure(posed.number(wrong.value))} {number.unit}".rstrip()


def _beside(number: q.NumericQuestion | q.Part) -> float:
    """The marks that a wrong number may have for its unit and for the way there."""
    return float(number.unit_marks + number.method_marks)
