"""One learner's work: what was handed in, each answer with its marks, and who gave which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from tutor.classroom.register import tables as t
from tutor.classroom.register.given import HOLDING
from tutor.classroom.register.snapshot import Snapshot, snapshot_of
from tutor.classroom.report.blocks import Block, Head, Part, Points, Say, Table
from tutor.classroom.report.reading import stem_of
from tutor.classroom.report.telling import person
from tutor.classroom.report.view import ClassReport, ItemView, LearnerView
from tutor.classroom.submission import MOODLE
from tutor.course.expression import ExpressionError
from tutor.course.posed import Posed
from tutor.course.questions import Question, TextQuestion
from tutor.course.text import clean, one_line
from tutor.session.form import key_lines, shown_answer
from tutor.words import class_learner as words
from tutor.words import class_report as report_words
from tutor.words import plural

_LONGEST = 4_000


def learners_part(report: ClassReport) -> Part:
    """All learners in a table, in the order of the report."""
    rows = tuple((one.id, _score(one), _handed(one), one.name) for one in report.learners)
    table = Table(words.LEARNERS, words.LEARNER_HEADS, rows, texts=(0, 2, 3))
    legend = words.LEARNER_LEGEND.format(n=len(rows))
    return Part(words.LEARNERS, (Say(legend, "soft"), table))


def _score(one: LearnerView) -> str:
    return report_words.NONE if one.score is None else f"{one.score:.4g}"


def _handed(one: LearnerView) -> str:
    if one.handed_at is None:
        return report_words.NONE
    at = _when(one.handed_at)
    return words.WITH_LATE.format(at=at) if one.late else at


def learner_part(connection: Connection, report: ClassReport, learner: LearnerView) -> Part:
    """A learner's page.

    Args:
        connection: To the register.
        report: The report on the assignment.
        learner: Whose; one of the report.
    """
    row = connection.execute(select(t.learners).where(t.learners.c.key == learner.key)).one()
    snapshot = snapshot_of(connection, row.assignment)
    attempts = {
        one.question: one
        for one in connection.execute(
            select(t.attempts).where(t.attempts.c.learner == learner.key)
        )
    }
    given: dict[int, list[Row[Any]]] = defaultdict(list)
    for one in connection.execute(
        select(t.overrides).where(t.overrides.c.learner == learner.key).order_by(t.overrides.c.key)
    ):
        given[one.question].append(one)
    belongs = frozenset(
        connection.scalars(
            select(t.overrides.c.key)
            .select_from(HOLDING)
            .where(t.overrides.c.learner == learner.key)
        )
    )
    blocks = [*_whole(connection, learner)]
    for item in report.items:
        key = snapshot.rows[item.id]
        if learner.handed_at is None and not given[key]:
            continue  # That nothing is there has been told.
        blocks += _answered(snapshot, item, attempts.get(key), given[key], belongs)
    return Part(person(learner), tuple(blocks))


def _whole(connection: Connection, learner: LearnerView) -> Iterator[Block]:
    """What there is to be told before the answers."""
    if learner.handed_at is None:
        yield Say(words.NOTHING.format(due=_when(learner.due_at)), "strong")
    else:
        told = words.MARKS_ARE if learner.share == 1.0 else words.MARKS_LATE
        yield Say(
            told.format(
                marks=learner.marks,
                most=learner.max_marks,
                score=learner.score,
                share=learner.share,
            ),
            "strong",
        )
    if learner.extended or learner.extra:
        yield Say(words.OWN_TIME.format(due=_when(learner.due_at), extra=learner.extra))
    columns = t.submissions.c
    files = connection.execute(
        select(columns.handed_at, columns.receipt, columns.state, columns.late, columns.device)
        .where(columns.learner == learner.key)
        .order_by(columns.handed_at, columns.key)
    ).all()
    if files:
        yield Say(words.FILES.format(n=len(files)))
        yield Points(tuple(_file(row) for row in files), len(files))
    if learner.notes:
        yield Say(words.NOTES)
        yield Points(learner.notes, len(learner.notes))


def _file(row: Any) -> str:
    told = words.FROM_MOODLE if row.device == MOODLE else words.FILE
    late = words.AS_LATE if row.state == t.REFUSED else words.LATE
    return told.format(
        at=_when(row.handed_at),
        state=words.STATES[row.state],
        late=late if row.late else "",
        receipt=one_line(row.receipt, 80),
    )


def _answered(
    snapshot: Snapshot,
    item: ItemView,
    attempt: Row[Any] | None,
    given: list[Row[Any]],
    belongs: frozenset[int],
) -> Iterator[Block]:
    """A question, and what the learner made of it; `belongs` are keys of what is for that."""
    marks = plural(int(item.max_marks), *report_words.MARKS_OF).format(marks=item.max_marks)
    title = report_words.ITEM_TITLE
    yield Head(title.format(number=item.number, id=item.id, kind=item.kind, marks=marks))
    if attempt is None:
        yield Say(item.stem, "soft")
        yield Say(words.NOT_ASKED)
    else:
        yield from _attempted(snapshot, item, attempt)
    if given:
        told = tuple(_given(snapshot, item, one, one.key in belongs) for one in given)
        yield Points(told, len(given))


def _attempted(snapshot: Snapshot, item: ItemView, attempt: Row[Any]) -> Iterator[Block]:
    """An answer, and its marks."""
    posed = Posed(snapshot.bank.by_id[item.id].question, 0)
    if attempt.variant:
        posed.drawn = msgspec.json.decode(attempt.variant, type=dict[str, float])
    stem, numbers, key = item.stem, "", ""
    with suppress(ExpressionError, ValueError):  # What cannot be had is left out.
        stem, numbers = stem_of(posed.stem), _numbers_unsaid(posed)
        key = " / ".join(clean(line, _LONGEST) for line in key_lines(posed))
    yield Say(stem, "soft")
    if numbers:
        yield Say(words.NUMBERS.format(numbers=numbers))
    yield Say(_answer(posed, attempt))
    if key:
        yield Say(words.KEY.format(text=key))
    lines = [words.MARKS.format(marks=attempt.marks, most=item.max_marks)]
    if attempt.marks != attempt.marked:
        lines.append(words.MARKED.format(marked=attempt.marked))
    if attempt.certainty is not None:
        lines.append(words.SURE.format(sure=report_words.SURE[attempt.certainty]))
    if attempt.seconds is not None:
        lines.append(words.TOOK.format(seconds=attempt.seconds))
    yield Say(" ".join(lines))


def _numbers_unsaid(posed: Posed[Question]) -> str:
    """What the drawn numbers set, in words, where the stem does not tell all of them."""
    fields = " ".join(re.findall(r"\{[^{}]*\}", posed.question.stem))
    if all(re.search(rf"\b{name}\b", fields) for name in posed.drawn):
        return ""
    sets = {name: posed.number(text) for name, text in posed.question.sets.items()}
    return shown_answer(posed, sets)


def _answer(posed: Posed[Question], attempt: Row[Any]) -> str:
    if attempt.answer is None:
        return words.LEFT_OPEN
    text = clean(shown_answer(posed, msgspec.json.decode(attempt.answer)), _LONGEST)
    return words.ANSWERED.format(text=text.strip())


def _given(snapshot: Snapshot, item: ItemView, row: Row[Any], belongs: bool) -> str:
    """Marks that a tutor gave, or took back; `belongs` where it is for the answer that counts."""
    question = snapshot.bank.by_id[item.id].question
    points = question.mark_points if isinstance(question, TextQuestion) else ()
    texts = {point.id: one_line(point.text, 400) for point in points}
    if row.marks is None:
        told = words.WITHDREW if row.point is None else words.WITHDREW_POINT
        marks = 0.0
    else:
        told = words.GIVEN if row.point is None else words.GIVEN_FOR_POINT
        marks = row.marks
    at = _when(row.made_at)
    return told.format(
        who=one_line(row.who, 80),
        at=at if belongs else words.RESTS.format(at=at),
        marks=marks,
        most=item.max_marks,
        why=one_line(row.why, 1000),
        point=texts.get(row.point, row.point),
        state=report_words.POINT_STATES["met" if marks > 0 else "missed"].lower(),
    )


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime(report_words.WHEN)
