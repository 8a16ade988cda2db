"""What learners answered: options, wrong answers that are alike, and mark points."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tutor.classroom.report.statistics import FEWEST
from tutor.classroom.report.view import AnswerView, OptionView, PointView
from tutor.course.model import Misconception
from tutor.course.posed import Posed
from tutor.course.questions import ChoiceQuestion, MarkPoint, Question, TextQuestion
from tutor.course.text import clean, one_line
from tutor.grading.verdict import figure
from tutor.session.bank import Banked
from tutor.session.form import shown_answer
from tutor.words import class_report as words

if TYPE_CHECKING:
    from tutor.classroom.report.reading import Attempt

_LONGEST = 4_000


def options_of(
    question: ChoiceQuestion,
    attempts: Sequence[Attempt],
    thirds: tuple[frozenset[int], frozenset[int]],
    misconceptions: Mapping[str, Misconception],
) -> tuple[OptionView, ...]:
    """Who took each option; `thirds` are the learners with the most and the fewest marks."""

    def rate(option: str, among: frozenset[int]) -> float | None:
        asked = [one for one in attempts if one.learner in among]
        if len(attempts) < FEWEST or not asked:
            return None
        return sum(option in (one.answer or ()) for one in asked) / len(asked)

    found = []
    for option in question.options:
        chose = sum(option.id in (one.answer or ()) for one in attempts)
        known = misconceptions.get(option.misconception or "")
        found.append(
            OptionView(
                id=option.id,
                text=one_line(option.text, 400),
                correct=option.correct,
                misconception=one_line(known.name, 200) if known else "",
                n=chose,
                rate=chose / len(attempts) if attempts else 0.0,
                upper=rate(option.id, thirds[0]),
                lower=rate(option.id, thirds[1]),
            )
        )
    return tuple(found)


def answers_of(question: Question, attempts: Sequence[Attempt]) -> tuple[AnswerView, ...]:
    """Answers without full marks, those that say the same together."""
    return _alike(question, [one for one in attempts if one.share < 1.0])


def to_mark(banked: Banked, attempts: Sequence[Attempt]) -> tuple[AnswerView, ...]:
    """Answers that may be given other marks, those with the same numbers and answer together.

    They are those without full marks, and those that a tutor gave marks for, were they left open.
    The marks of mark points are not an answer's own, so that of these there are the latter alone.
    """
    by_answer = not isinstance(banked.question, TextQuestion)
    given = (
        group
        for group in _alike(banked.question, attempts, apart=True)
        if group.overridden or (by_answer and group.marks < banked.marks)
    )
    # Who left it open has nothing in common with others who did.
    left_open = (
        AnswerView(
            text=words.LEFT_OPEN_BY.format(learner=one_line(one.id, 80)),
            n=1,
            marks=one.marks,
            feedback="",
            learners=(one_line(one.id, 80),),
            overridden=1,
        )
        for one in attempts
        if one.answer is None and one.overridden
    )
    return (*given, *left_open)


def points_of(question: TextQuestion, attempts: Sequence[Attempt]) -> tuple[PointView, ...]:
    """For each mark point the answers that meet it, miss it or say the contrary."""

    def those(point: MarkPoint, state: str) -> tuple[AnswerView, ...]:
        alike = [one for one in attempts if one.points.get(point.id) == state]
        return _alike(question, alike, apart=True)

    return tuple(
        PointView(
            id=point.id,
            text=one_line(point.text, 400),
            marks=float(point.marks),
            met=those(point, "met"),
            missed=those(point, "missed"),
            contradicted=those(point, "contradicted"),
        )
        for point in question.mark_points
    )


def numbers_told(variant: str) -> str:
    """The numbers that a question drew, from the JSON that the register keeps."""
    numbers = msgspec.json.decode(variant, type=dict[str, float])
    return ", ".join(
        f"{name.replace('_', ' ')} {figure(value)}" for name, value in numbers.items()
    )


def normalised(text: str) -> str:
    """What two answers that say the same have in common: their words."""
    return " ".join(text.casefold().split()).rstrip(" .")


def _alike(
    question: Question, attempts: Iterable[Attempt], *, apart: bool = False
) -> tuple[AnswerView, ...]:
    """Answers that say the same; `apart` where other numbers were drawn for them."""
    posed = Posed(question, 0)
    groups: dict[tuple[str, str], list[tuple[str, Attempt]]] = {}
    for one in attempts:
        if one.answer is not None:
            text = clean(shown_answer(posed, one.answer), _LONGEST).strip()
            alike = normalised(text), one.variant if apart else ""
            if apart and one.variant:
                text = words.WITH_NUMBERS.format(text=text, numbers=numbers_told(one.variant))
            groups.setdefault(alike, []).append((text, one))
    found = [
        AnswerView(
            text=group[0][0],
            n=len(group),
            marks=statistics.fmean(one.marks for _, one in group),
            feedback=one_line((group[0][1].feedback.splitlines() or [""])[0], 400),
            learners=tuple(one_line(one.id, 80) for _, one in group),
            overridden=sum(one.overridden for _, one in group),
        )
        for group in groups.values()
    ]
    return tuple(sorted(found, key=lambda view: (-view.n, view.text)))
