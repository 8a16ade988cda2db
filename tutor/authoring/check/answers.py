"""Answers that must score, and answers that must not."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.course.yaml_values import Path, Problems
from tutor.grading.marking import mark, model_answer


def answer_problems(posed: Posed[q.Question]) -> Problems:
    """What is wrong with the marks that the answers in the file get; places begin there."""
    try:
        verdict = mark(posed, model_answer(posed))
        if not verdict.right:
            lacks = [point.id for point in verdict.points if point.state != "met"]
            which = f": {', '.join(lacks)} not met" if lacks else ""
            yield _key(posed.question), f"the key does not score full marks{which}"
        for place, answer in _wrong_answers(posed):
            if _scores(posed, answer):
                yield place, "this wrong answer scores"
    except ValueError as error:
        yield _key(posed.question), f"cannot be marked: {error}"


def _scores(posed: Posed[q.Question], answer: object) -> bool:
    verdict = mark(posed, answer)
    if isinstance(posed.question, q.ExperimentQuestion):
        return verdict.right  # It may reach some goals, not all of them.
    return verdict.marks > 0.0


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
    return ("items",)


def _wrong_answers(posed: Posed[q.Question]) -> Iterator[tuple[Path, object]]:
    match posed.question:
        case q.ChoiceQuestion(options=options):
            for i, option in enumerate(options):
                if not option.correct and not option.credited_by:
                    yield ("options", i), [option.id]
        case q.OrderingQuestion(items=items):
            yield ("items",), [item.id for item in reversed(items)]
        case q.NumericQuestion(wrong_values=wrong, unit=unit):
            for i, one in enumerate(wrong):
                yield ("wrong_values", i), f"{posed.number(one.value):.6g} {unit}".rstrip()
        case q.TextQuestion(wrong_answers=wrong_answers):
            for i, text in enumerate(wrong_answers):
                yield ("wrong_answers", i), text
        case q.ExperimentQuestion(wrong_settings=settings):
            yield ("goals",), {}
            for i, knobs in enumerate(settings):
                yield ("wrong_settings", i), knobs
