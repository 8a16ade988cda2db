"""What learners answered to each question, told."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from tutor.classroom.report.blocks import Block, Command, Head, Points, Say, Table
from tutor.classroom.report.statistics import FEWEST
from tutor.classroom.report.view import AnswerView, ClassReport, ItemView, PointView
from tutor.words import class_report as words
from tutor.words import plural

#: So many answers of a group are shown where there is little room, and ids beside each.
_ANSWERS, _IDS = 4, 4


def each_question(report: ClassReport, assignment: str) -> Iterator[Block]:
    """All questions one after the other; `assignment` is what commands may call it."""
    for item in report.items:
        yield from _question(item, assignment)


def _question(item: ItemView, assignment: str) -> Iterator[Block]:
    marks = plural(int(item.max_marks), *words.MARKS_OF).format(marks=item.max_marks)
    yield Head(
        words.ITEM_TITLE.format(number=item.number, id=item.id, kind=item.kind, marks=marks)
    )
    yield Say(item.stem)
    yield Say(words.ASKED.format(n=item.n, left_open=item.left_open), "soft")
    if item.overridden:
        told = plural(item.overridden, *words.OVERRIDDEN)
        yield Say(told.format(count=item.overridden), "strong")
    if item.time is not None:
        time = item.time
        yield Say(
            words.TIME.format(median=time.median, lower=time.lower, upper=time.upper, n=time.n),
            "soft",
        )
    if item.options:
        yield from _options(item)
    if item.answers:
        rows = tuple((str(one.n), f"{one.marks:.2g}", _answer(one)) for one in item.answers)
        shown = rows[: 2 * _ANSWERS]
        yield Table(words.ANSWERS, words.ANSWER_HEADS, shown, texts=(2,))
        if len(rows) > len(shown):
            yield Points(tuple(map(_written, item.answers[len(shown) :])), 0)
    if item.variants:
        rows = tuple((one.numbers, str(one.n), f"{one.facility:.0%}") for one in item.variants)
        yield Table(words.VARIANTS, words.VARIANT_HEADS, rows, texts=(0,))
    for point in item.points:
        yield from _point(item, point, assignment)


def _options(item: ItemView) -> Iterator[Block]:
    rows = tuple(
        (
            words.KEY if one.correct else "",
            str(one.n),
            words.NONE if item.n < FEWEST else f"{one.rate:.0%}",
            words.NONE if one.upper is None else f"{one.upper:.0%}",
            words.NONE if one.lower is None else f"{one.lower:.0%}",
            words.SHOWS.format(option=one.text, idea=one.misconception)
            if one.misconception
            else one.text,
        )
        for one in item.options
    )
    yield Table(words.OPTIONS, words.OPTION_HEADS, rows, texts=(0, 5))


def _answer(one: AnswerView) -> str:
    text = one.text
    if one.feedback:
        text = words.ANSWER.format(text=text, feedback=one.feedback)
    return _marked(one, text)


def _marked(one: AnswerView, text: str) -> str:
    if not one.overridden:
        return text
    return words.ANSWER_OVERRIDDEN.format(text=text, count=one.overridden)


def _written(one: AnswerView) -> str:
    learners = ", ".join(one.learners[:_IDS])
    if more := len(one.learners[_IDS:]):
        learners = words.OTHERS.format(learners=learners, count=more)
    told = words.ONE_WRITTEN if one.n == 1 else words.WRITTEN_ANSWER
    return _marked(one, told.format(count=one.n, text=one.text, learners=learners))


def _point(item: ItemView, point: PointView, assignment: str) -> Iterator[Block]:
    groups = {state: getattr(point, state) for state in words.POINT_STATES}
    counts = {state: sum(one.n for one in group) for state, group in groups.items()}
    marks = plural(int(point.marks), *words.MARKS_OF).format(marks=point.marks)
    total = sum(counts.values())
    yield Say(words.POINT.format(text=point.text, marks=marks, n=total, **counts), "strong")
    for state, group in groups.items():
        if not group:
            continue
        named = words.POINT_STATES[state]
        yield Say(words.STATE_GROUP.format(state=named, n=counts[state]))
        yield Points(tuple(map(_written, group)), _ANSWERS)
        other = "missed" if state == "met" else "met"
        # What says the contrary is not one slip of the marking, but each for itself.
        whose = "all" if state != "contradicted" else shlex.quote(group[0].learners[0])
        yield Say(words.TO_CHANGE[state].format(state=words.POINT_STATES[other].lower()), "soft")
        yield Command(
            f"tutor register override {assignment} {whose} {shlex.quote(item.id)} "
            f"--point {shlex.quote(point.id)} --{other} --why {words.WHY}"
        )
