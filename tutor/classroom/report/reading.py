"""The report worked out from what the register holds of an assignment."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select

from tutor.classroom.register import tables as t
from tutor.classroom.register.contests import contests_of
from tutor.classroom.register.given import given_in, marks_given, states_given
from tutor.classroom.register.listing import learners_in
from tutor.classroom.register.snapshot import Snapshot, snapshot_of
from tutor.classroom.report.answers import (
    answers_of,
    numbers_told,
    options_of,
    points_of,
    to_mark,
)
from tutor.classroom.report.statistics import (
    ItemStatistics,
    PaperStatistics,
    statistics_of,
    variants_of,
)
from tutor.classroom.report.view import (
    LOW_SHARE,
    MANY_SURE,
    ClassReport,
    IdeaView,
    ItemView,
    LearnerView,
    MarksView,
    ObjectiveView,
    Risk,
    TimeView,
    VariantView,
)
from tutor.classroom.submission import MOODLE
from tutor.course.posed import Posed
from tutor.course.prose import blocks
from tutor.course.questions import ChoiceQuestion, Question, TextQuestion
from tutor.course.text import one_line
from tutor.grading.confidence import CERTAINTIES, alarms, calibration, kept_certainty

#: Where a number is put into a sentence.
_NUMBER = re.compile(r"\{[^{}]*\}")
_OF_SUBMISSION = (
    *("learner", "state", "handed_at", "device", "late"),
    *("share", "marks", "max_marks", "notes"),
)


class Attempt(Struct, frozen=True):
    """What a learner made of a question.

    Attributes:
        key: Of its row.
        learner: The key of the learner.
        id: The learner's id.
        marks: Marks that count.
        share: They as a share of the full ones.
        answer: None where there is none.
        certainty: How sure they were.
        seconds: The time that it took.
        feedback: What the marking says to it.
        shown: Misconceptions that it shows.
        points: State of each of its mark points.
        overridden: A tutor gave these marks.
        variant: The numbers that the question drew, as JSON.
    """

    key: int
    learner: int
    id: str
    marks: float
    share: float
    answer: Any
    certainty: int | None
    seconds: int | None
    feedback: str
    shown: frozenset[str]
    points: dict[str, str]
    overridden: bool
    variant: str


class _Class(Struct, frozen=True):
    """What the register holds of a class."""

    snapshot: Snapshot
    learners: Sequence[Row[Any]]
    counting: dict[int, Row[Any]]
    refused: frozenset[int]
    attempts: dict[str, list[Attempt]]


def report_of(connection: Connection, assignment: int, at: datetime) -> ClassReport:
    """The report on an assignment.

    Args:
        connection: To the register, best in a transaction that sees one state of it.
        assignment: The assignment's key.
        at: When it is made, in UTC.
    """
    found = _read(connection, assignment)
    handed_out = found.snapshot.assignment
    released_at = connection.scalar(
        select(t.assignments.c.released_at).where(t.assignments.c.key == assignment)
    )
    paper = next(iter(statistics_of(connection, assignment)), None)
    certain: dict[int, list[float]] = defaultdict(list)
    for attempts in found.attempts.values():
        for one in attempts:
            if one.certainty == max(CERTAINTIES):
                certain[one.learner].append(one.share)
    said = [
        (certainty, min(1.0, one.share))
        for attempts in found.attempts.values()
        for one in attempts
        if (certainty := kept_certainty(one.certainty)) is not None
    ]
    return ClassReport(
        id=handed_out.id,
        title=found.snapshot.title,
        kind=handed_out.kind,
        at=at,
        due_at=handed_out.due_at,
        contests=contests_of(connection, assignment),
        released_at=released_at,
        learners=tuple(
            _learner(found, row, certain.get(row.key, ()), at) for row in found.learners
        ),
        marks=_marks(found, paper),
        objectives=_objectives(found),
        ideas=_ideas(found, found.attempts),
        items=_items(connection, found, paper, assignment),
        sureness=calibration(said) if said else (),
    )


def _read(connection: Connection, assignment: int) -> _Class:
    snapshot = snapshot_of(connection, assignment)
    learners = learners_in(connection, assignment)
    handed = connection.execute(
        select(*(t.submissions.c[name] for name in _OF_SUBMISSION)).where(
            t.submissions.c.assignment == assignment, t.submissions.c.state != t.REPLACED
        )
    ).all()
    counting = {row.learner: row for row in handed if row.state == t.COUNTS}
    refused = frozenset(row.learner for row in handed if row.state == t.REFUSED and row.late)
    of_attempt = t.attempts.c.assignment == assignment
    shown: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(
        select(t.shown).join(t.attempts, t.attempts.c.key == t.shown.c.attempt).where(of_attempt)
    ):
        shown[row.attempt].add(row.misconception)
    points: dict[int, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(
        select(t.points.c.attempt, t.points.c.point, t.points.c.state)
        .join(t.attempts, t.attempts.c.key == t.points.c.attempt)
        .join(t.questions, t.questions.c.key == t.attempts.c.question)
        .where(of_attempt, t.questions.c.kind == "text")
    ):
        points[row.attempt][row.point] = row.state
    given = marks_given(connection, given_in(assignment))
    ids = {row.key: row.id for row in learners}
    questions = {key: id_ for id_, key in snapshot.rows.items()}
    attempts: dict[str, list[Attempt]] = {id_: [] for id_ in snapshot.rows}
    for row in connection.execute(
        select(t.attempts).where(of_attempt).order_by(t.attempts.c.question, t.attempts.c.learner)
    ):
        id_ = questions[row.question]
        holding = given.get((row.learner, row.question), {})
        attempts[id_].append(
            Attempt(
                key=row.key,
                learner=row.learner,
                id=ids[row.learner],
                marks=row.marks,
                share=row.marks / snapshot.bank.by_id[id_].marks,
                answer=None if row.answer is None else msgspec.json.decode(row.answer),
                certainty=row.certainty,
                seconds=row.seconds,
                feedback=row.feedback,
                shown=frozenset(shown.get(row.key, ())),
                points=points.get(row.key, {}) | states_given(holding),
                overridden=bool(holding),
                variant=row.variant,
            )
        )
    return _Class(snapshot, learners, counting, refused, attempts)


def _learner(found: _Class, row: Row[Any], certain: Sequence[float], at: datetime) -> LearnerView:
    handed = found.counting.get(row.key)
    due_at = row.due_at or found.snapshot.assignment.due_at
    refused = handed is None and row.key in found.refused
    return LearnerView(
        key=row.key,
        id=one_line(row.id, 80),
        name=one_line(row.name, 120),
        email=one_line(row.email, 200),
        team=one_line(row.team, 80),
        enrolled=row.enrolled,
        due_at=due_at,
        extended=due_at != found.snapshot.assignment.due_at,
        extra=row.extra,
        handed_at=handed and handed.handed_at,
        from_moodle=handed is not None and handed.device == MOODLE,
        late=handed is not None and handed.late,
        share=handed.share if handed else 1.0,
        marks=handed and handed.marks,
        max_marks=handed and handed.max_marks,
        score=handed and handed.marks * handed.share,
        refused=refused,
        notes=tuple(handed.notes.splitlines()) if handed else (),
        risks=tuple(_risks(handed, certain, due_at < at, refused)),
    )


def _risks(
    handed: Row[Any] | None, certain: Sequence[float], is_over: bool, refused: bool
) -> Iterable[Risk]:
    if handed is None:
        if is_over:
            yield Risk("refused" if refused else "nothing")
        return
    if handed.marks < LOW_SHARE * handed.max_marks:
        yield Risk("low")
    wrong = sum(alarms(max(CERTAINTIES), share) for share in certain)
    if wrong >= MANY_SURE and 2 * wrong >= len(certain):
        yield Risk("sure", wrong, len(certain))


def _marks(found: _Class, paper: PaperStatistics | None) -> MarksView | None:
    full = found.snapshot.max_marks
    marks = [row.marks for row in found.counting.values() if row.max_marks > full * (1 - 1e-9)]
    if not marks:
        return None
    tenths = Counter(min(9, int(10 * mark / full + 1e-9)) for mark in marks)
    return MarksView(
        n=len(marks),
        max_marks=full,
        mean=statistics.fmean(marks),
        median=statistics.median(marks),
        deviation=statistics.stdev(marks) if len(marks) > 1 else None,
        tenths=tuple(tenths[place] for place in range(10)),
        alpha=paper.alpha if paper else None,
    )


def _objectives(found: _Class) -> tuple[ObjectiveView, ...]:
    bank = found.snapshot.bank
    asking: dict[str, list[str]] = {}
    for id_ in found.attempts:
        for objective in bank.by_id[id_].question.objectives:
            asking.setdefault(objective, []).append(id_)
    numbers = {id_: number for number, id_ in enumerate(found.attempts, 1)}
    views = []
    for objective, ids in asking.items():
        attempts = [one for id_ in ids for one in found.attempts[id_]]
        if not attempts:
            continue
        most = math.fsum(bank.by_id[id_].marks * len(found.attempts[id_]) for id_ in ids)
        views.append(
            ObjectiveView(
                id=objective,
                text=one_line(bank.objectives.get(objective, objective), 400),
                questions=tuple(numbers[id_] for id_ in ids),
                n=len({one.learner for one in attempts}),
                facility=math.fsum(one.marks for one in attempts) / most,
                ideas=_ideas(found, ids),
            )
        )
    return tuple(sorted(views, key=lambda view: view.facility))


def _ideas(found: _Class, ids: Iterable[str]) -> tuple[IdeaView, ...]:
    """The misconceptions that answers to these questions showed."""
    asked: dict[str, set[int]] = defaultdict(set)
    showed: dict[str, set[int]] = defaultdict(set)
    for id_ in ids:
        attempts = found.attempts[id_]
        for name in found.snapshot.bank.by_id[id_].misconceptions:
            asked[name].update(one.learner for one in attempts)
        for one in attempts:
            for name in one.shown:
                showed[name].add(one.learner)
    known = found.snapshot.misconceptions
    views = [
        IdeaView(
            id=name,
            name=one_line(known[name].name if name in known else name, 200),
            right=one_line(known[name].right if name in known else "", 400),
            n=len(asked[name] | learners),
            shown=len(learners),
        )
        for name, learners in showed.items()
    ]
    return tuple(sorted(views, key=lambda view: (-view.rate, -view.n, view.id)))


def _items(
    connection: Connection, found: _Class, paper: PaperStatistics | None, assignment: int
) -> tuple[ItemView, ...]:
    known = {one.question: one for one in paper.items} if paper else {}
    variants: dict[int, list[VariantView]] = defaultdict(list)
    for one in variants_of(connection, assignment):
        if one.facility is None:
            continue
        told = numbers_told(one.variant)
        variants[one.question].append(VariantView(told, one.n, one.facility))
    thirds = _thirds(found)
    return tuple(
        _item(found, number, id_, known.get(key), tuple(variants[key]), thirds)
        for number, (id_, key) in enumerate(found.snapshot.rows.items(), 1)
    )


def _thirds(found: _Class) -> tuple[frozenset[int], frozenset[int]]:
    """The learners with the most marks and those with the fewest, a third of the class each."""
    full = found.snapshot.max_marks * (1 - 1e-9)
    whole = [row for row in found.counting.values() if row.max_marks > full]
    in_order = [row.learner for row in sorted(whole, key=lambda row: (row.marks, row.learner))]
    third = round(len(in_order) / 3)
    return frozenset(in_order[len(in_order) - third :]), frozenset(in_order[:third])


def _item(
    found: _Class,
    number: int,
    id_: str,
    known: ItemStatistics | None,
    variants: tuple[VariantView, ...],
    thirds: tuple[frozenset[int], frozenset[int]],
) -> ItemView:
    banked = found.snapshot.bank.by_id[id_]
    question, attempts = banked.question, found.attempts[id_]
    is_text = isinstance(question, TextQuestion)
    is_choice = isinstance(question, ChoiceQuestion)
    return ItemView(
        number=number,
        id=id_,
        kind=question.kind,
        stem=_stem(question),
        max_marks=banked.marks,
        objectives=question.objectives,
        n=len(attempts),
        compared=known.compared if known else 0,
        left_open=sum(one.answer is None for one in attempts),
        overridden=sum(one.overridden for one in attempts),
        facility=known.facility if known else None,
        discrimination=known.discrimination if known else None,
        efficiency=known.efficiency if known else None,
        weight=known.weight if known else None,
        variants=variants,
        time=_time([one.seconds for one in attempts if one.seconds is not None]),
        options=(
            options_of(question, attempts, thirds, found.snapshot.misconceptions)
            if isinstance(question, ChoiceQuestion)
            else ()
        ),
        answers=() if is_choice or is_text else answers_of(question, attempts),
        points=points_of(question, attempts) if isinstance(question, TextQuestion) else (),
        to_mark=to_mark(banked, attempts),
    )


def _stem(question: Question) -> str:
    """The stem; numbers that each learner has of their own are left out of it."""
    text = question.stem
    if "{" in text:
        try:
            text = _NUMBER.sub("…", text) if question.draws else Posed(question, 0).stem
        except ValueError:  # It asks for a number that its run has not.
            text = _NUMBER.sub("…", text)
    return stem_of(text)


def stem_of(text: str) -> str:
    """A stem on one line, without marks of layout."""
    return one_line(" ".join(block.text for block in blocks(text)), 600)


def _time(seconds: Sequence[int]) -> TimeView | None:
    if not seconds:
        return None
    if len(seconds) == 1:
        return TimeView(1, *[float(seconds[0])] * 3)
    return TimeView(len(seconds), *statistics.quantiles(seconds, n=4, method="inclusive"))
