"""The items of a phase in the order of a lesson, and which of them teach what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.course.model import Phase, Step
from tutor.course.questions import Question

Items = Sequence[Step | Question]


def in_order(phase: Phase) -> tuple[Step | Question, ...]:
    """Steps, each followed by what it asks; then the questions that no step asks."""
    left = {question.id: question for question in phase.questions}
    items: list[Step | Question] = []
    for step in phase.steps:
        items.append(step)
        items += [left.pop(question_id) for question_id in step.asks]
    return (*items, *left.values())


def taught_at(items: Items, question: Question) -> int | None:
    """Where the step stands that asks `question`, or most of what has its objectives."""
    aims = {item.id: item.objectives for item in items if isinstance(item, Question)}
    found: tuple[int, int] | None = None
    for place, step in enumerate(items):
        if not isinstance(step, Step):
            continue
        if question.id in step.asks:
            return place
        shared = sum(aim in question.objectives for one in step.asks for aim in aims.get(one, ()))
        if shared and (found is None or shared > found[0]):
            found = shared, place
    return found and found[1]
