"""Wrong answers that a learner might give to a question of any kind, from what its key forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import pairwise

from tutor.course import questions as q
from tutor.course.expression import ExpressionError
from tutor.course.posed import Posed
from tutor.grading.marking import mark, model_answer, numeric_key, target_of
from tutor.grading.verdict import Verdict

#: So many times its own width, or its tolerance, a mark on a trace lies beside its target.
_BESIDE = (-4.0, -2.5, 2.5, 4.0)


def marked_wrong_answers(posed: Posed[q.Question]) -> tuple[tuple[object, Verdict], ...]:
    """Answers without full marks, with their verdicts; the same ones in the same order always.

    Raises:
        ExpressionError: the key cannot be computed.
    """
    found: list[tuple[object, Verdict]] = []
    for answer in _wrong(posed.question, posed):
        try:
            verdict = mark(posed, answer)
        except ValueError:  # A mark before the run begins is no answer.
            continue
        if not verdict.right and all(answer != known for known, _ in found):
            found.append((answer, verdict))
    return tuple(found)


@singledispatch
def _wrong(question: q.Question, posed: Posed[q.Question]) -> Iterator[object]:
    raise AssertionError(f"no wrong answers for {question.kind}")


@_wrong.register
def _(question: q.SingleQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    yield from ([option.id] for option in _by_text(question) if not option.correct)


@_wrong.register
def _(question: q.MultiQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    right = [option.id for option in _by_text(question) if option.correct]
    for option in _by_text(question):
        if option.correct:
            yield [one for one in right if one != option.id]
        else:
            yield [*right[1:], option.id]


@_wrong.register
def _(question: q.OrderingQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    ids = [item.id for item in question.items]
    for earlier, later in [wrong.pair for wrong in question.misconceptions]:
        yield _swapped(ids, earlier, later)
    yield from (_swapped(ids, one, next_) for one, next_ in pairwise(ids))
    yield ids[::-1]


@_wrong.register
def _(question: q.MatchingQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    key = question.key
    for item, partner in [wrong.pair for wrong in question.misconceptions]:
        yield {**key, item: partner}
    yield from ({**key, one: key[other], other: key[one]} for one, other in pairwise(key))
    yield dict(zip(key, [*list(key.values())[1:], *list(key.values())[:1]], strict=True))


@_wrong.register
def _(question: q.NumericQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    yield from _wrong_numbers(posed, question)


@_wrong.register
def _(question: q.CalculationQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    right = model_answer(posed)
    assert isinstance(right, list)
    first, rest = question.parts[0], right[1:]
    yield from ([wrong, *rest] for wrong in _wrong_numbers(posed, first))
    yield ["0"] * len(right)


@_wrong.register
def _(question: q.TextQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    sentences = re.split(r"(?<=[.!?;]) ", " ".join(question.model_answer.split()))
    for count in range(1, len(sentences)):
        yield " ".join(sentences[:count])
        yield " ".join(sentences[count:])
    yield from question.wrong_answers


@_wrong.register
def _(question: q.PointQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    best = model_answer(posed)
    assert isinstance(best, dict)
    for shift_ms in _shifts(posed, question.target):
        yield {**best, "time_ms": best["time_ms"] + shift_ms}


@_wrong.register
def _(question: q.IntervalQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    ((start, end),) = target_of(posed, question.target).intervals[:1]
    for shift_ms in _shifts(posed, question.target):
        yield [start + shift_ms, end + shift_ms]


@_wrong.register
def _(question: q.ExperimentQuestion, posed: Posed[q.Question]) -> Iterator[object]:
    yield {}
    yield from map(dict, question.wrong_settings)


def _by_text(question: q.ChoiceQuestion) -> list[q.Option]:
    """The options in an order that is the same whatever their ids are."""
    return sorted(question.options, key=lambda option: option.text)


def _wrong_numbers(posed: Posed[q.Question], asked: q.NumericQuestion | q.Part) -> Iterator[str]:
    for wrong in asked.wrong_values:
        try:
            yield f"{posed.number(wrong.value):.4g} {asked.unit}".rstrip()
        except ExpressionError:
            continue
    key = numeric_key(posed, asked)
    # A slip of ten, and one of a half where the key is 0.
    yield f"{key.value * 10.0 or 5.0:.4g} {asked.unit}".rstrip()
    yield f"{key.value * 1.5 or -5.0:.4g} {asked.unit}".rstrip()


def _shifts(posed: Posed[q.Question], target: q.Target) -> Iterator[float]:
    start, end = target_of(posed, target).intervals[0]
    yield from ((end - start) * times for times in _BESIDE)


def _swapped(ids: Sequence[str], one: str, other: str) -> list[str]:
    places = {one: other, other: one}
    return [places.get(item, item) for item in ids]
