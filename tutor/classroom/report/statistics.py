"""Item statistics as examiners know them (n - 1), computed in the register's database.

Attempts with equal marks are summed up first, so that all else works on a few sums for each
question; means are taken away before anything is squared. Who answered a part of the questions
alone counts for facility, but has no total to compare an item with.
"""

from __future__ import annotations

import math
from itertools import groupby
from operator import attrgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    CTE,
    BigInteger,
    Connection,
    Double,
    Row,
    Select,
    case,
    cast,
    func,
    select,
)

from tutor.classroom.register.tables import attempts, questions, submissions

#: Statistics of fewer learners tell more about chance than about a question.
FEWEST = 10
#: Of the full marks: differences below this are those of rounding.
_NOTHING = 1e-12


class ItemStatistics(Struct, frozen=True):
    """How a question did in a class; None where there is no telling, or too few learners.

    Attributes:
        question: Its key in the register.
        n: Learners with marks for it.
        compared: Those of them with marks for all the questions.
        facility: Mean as a share of the full marks.
        discrimination: Correlation with the marks in the other questions, in percent.
        efficiency: The same covariance in percent of the largest that these marks could have.
        weight: Its share, in percent, in what tells learners apart.
    """

    question: int
    n: int
    compared: int
    facility: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None


class PaperStatistics(Struct, frozen=True):
    """How an assignment did in a class.

    Attributes:
        assignment: Its key in the register.
        n: Learners with marks for all its questions.
        alpha: Cronbach's alpha: how far the questions measure one thing, 1 at the most.
        items: Its questions, in order.
    """

    assignment: int
    n: int
    alpha: float | None
    items: tuple[ItemStatistics, ...]


class VariantStatistics(Struct, frozen=True):
    """How one variant of a question did.

    Attributes:
        question: Its key in the register.
        variant: The numbers drawn, as JSON.
        n: Learners who had it.
        facility: Mean as a share of the full marks; None for too few.
    """

    question: int
    variant: str
    n: int
    facility: float | None


def statistics_of(
    connection: Connection, assignment: int | None = None
) -> tuple[PaperStatistics, ...]:
    """The statistics of one assignment, or of all that have attempts.

    Args:
        connection: To the register.
        assignment: The assignment's key; None for all.
    """
    if connection.dialect.name == "postgresql":
        # It would compile the query for a second, which is longer than most registers need.
        connection.execute(select(func.set_config("jit", "off", True)))
    totals = {row.assignment: row for row in connection.execute(_totals(assignment))}
    items = connection.execute(_items(assignment))
    return tuple(
        _paper(key, totals.get(key), list(rows))
        for key, rows in groupby(items, attrgetter("assignment"))
    )


def variants_of(connection: Connection, assignment: int) -> tuple[VariantStatistics, ...]:
    """How each variant of each question of an assignment that draws numbers did."""
    rows = connection.execute(
        select(
            attempts.c.question,
            attempts.c.variant,
            func.count().label("n"),
            (func.avg(attempts.c.marks) / questions.c.max_marks).label("facility"),
        )
        .join(questions, questions.c.key == attempts.c.question)
        .where(attempts.c.assignment == assignment, attempts.c.variant != "")
        .group_by(attempts.c.question, attempts.c.variant, questions.c.max_marks)
        .order_by(attempts.c.question, attempts.c.variant)
    )
    return tuple(
        VariantStatistics(r.question, r.variant, r.n, r.facility if r.n >= FEWEST else None)
        for r in rows
    )


def _paper(assignment: int, total: Row[Any] | None, rows: list[Row[Any]]) -> PaperStatistics:
    full = math.fsum(row.max_marks for row in rows)
    total2 = total.total2 if total else 0.0
    n = total.n if total else 0
    shares = [_share(row, full) for row in rows]
    whole = math.fsum(share for share in shares if share is not None)
    return PaperStatistics(
        assignment=assignment,
        n=n,
        alpha=_alpha(rows, total2, full) if n >= FEWEST else None,
        items=tuple(
            _item(
                row, total2, full, 100.0 * share / whole if share is not None and whole else None
            )
            for row, share in zip(rows, shares, strict=True)
        ),
    )


def _item(row: Row[Any], total2: float, full: float, weight: float | None) -> ItemStatistics:
    enough = row.compared >= FEWEST
    rest2 = total2 - 2.0 * row.both - row.item2
    tells = enough and row.item2 > _NOTHING * row.max_marks**2 and rest2 > _NOTHING * full**2
    return ItemStatistics(
        question=row.question,
        n=round(row.n),
        compared=round(row.compared),
        facility=row.mean / row.max_marks if row.n >= FEWEST else None,
        discrimination=100.0 * row.both / math.sqrt(row.item2 * rest2) if tells else None,
        efficiency=100.0 * row.both / row.most if tells else None,
        weight=weight if enough else None,
    )


def _share(row: Row[Any], full: float) -> float | None:
    """The root of an item's covariance with the total; None where it is negative."""
    with_total = row.item2 + row.both
    if abs(with_total) <= _NOTHING * row.max_marks * full:
        return 0.0
    return math.sqrt(with_total) if with_total > 0.0 else None


def _alpha(rows: list[Row[Any]], total2: float, full: float) -> float | None:
    if len(rows) < 2 or total2 <= _NOTHING * full**2:
        return None
    apart = math.fsum(row.item2 for row in rows) / total2
    return len(rows) / (len(rows) - 1) * (1.0 - apart)


# Sums of squares and products stand undivided: n - 1 falls out of every ratio.


def _totals(assignment: int | None) -> Select[Any]:
    """A row for each assignment: the learners with marks for all questions, and their marks."""
    full = (
        select(questions.c.assignment, func.sum(questions.c.max_marks).label("marks"))
        .group_by(questions.c.assignment)
        .cte("full_marks")
    )
    whole = (
        select(submissions.c.assignment, submissions.c.marks)
        .join(full, full.c.assignment == submissions.c.assignment)
        .where(
            submissions.c.state == "counts",
            submissions.c.max_marks > full.c.marks * (1.0 - 1e-9),
        )
    )
    if assignment is not None:
        whole = whole.where(submissions.c.assignment == assignment)
    totals = whole.cte("totals")
    means = (
        select(totals.c.assignment, func.avg(totals.c.marks).label("mean"))
        .group_by(totals.c.assignment)
        .cte("means")
    )
    off = totals.c.marks - means.c.mean
    return (
        select(totals.c.assignment, func.count().label("n"), func.sum(off * off).label("total2"))
        .join(means, means.c.assignment == totals.c.assignment)
        .group_by(totals.c.assignment)
    )


def _items(assignment: int | None) -> Select[Any]:
    """A row for each question: its marks, and how they go with those of the rest."""
    groups = _groups(assignment)
    means = _means(groups)
    sums, most = _sums(groups, means), _most(groups, means)
    return (
        select(
            questions.c.assignment,
            questions.c.key.label("question"),
            questions.c.max_marks,
            means.c.n,
            means.c.mean,
            means.c.compared,
            func.coalesce(sums.c.item2, 0.0).label("item2"),
            func.coalesce(sums.c.both, 0.0).label("both"),
            most.c.most,
        )
        .join(means, means.c.question == questions.c.key)
        .outerjoin(sums, sums.c.question == questions.c.key)
        .outerjoin(most, most.c.question == questions.c.key)
        .order_by(questions.c.assignment, questions.c.number)
    )


def _groups(assignment: int | None) -> CTE:
    """The attempts at each question that have the same marks."""
    rest = attempts.c.rest
    found = select(
        attempts.c.question,
        attempts.c.marks,
        cast(func.count(), Double).label("n"),
        cast(func.count(rest), Double).label("compared"),
        func.coalesce(func.sum(rest), 0.0).label("rest"),
    ).group_by(attempts.c.question, attempts.c.marks)
    if assignment is not None:
        found = found.where(attempts.c.assignment == assignment)
    return found.cte("groups_alike")


def _means(groups: CTE) -> CTE:
    c = groups.c
    n, compared = func.sum(c.n), func.sum(c.compared)
    several = func.nullif(compared, 0.0)
    return (
        select(
            c.question,
            n.label("n"),
            (func.sum(c.n * c.marks) / n).label("mean"),
            compared.label("compared"),
            (func.sum(c.compared * c.marks) / several).label("item_mean"),
            (func.sum(c.rest) / several).label("rest_mean"),
        )
        .group_by(c.question)
        .cte("means")
    )


def _sums(groups: CTE, means: CTE) -> CTE:
    off = groups.c.marks - means.c.item_mean
    rest_off = groups.c.rest - groups.c.compared * means.c.rest_mean
    return (
        select(
            groups.c.question,
            func.sum(groups.c.compared * off * off).label("item2"),
            func.sum(off * rest_off).label("both"),
        )
        .join(means, means.c.question == groups.c.question)
        .group_by(groups.c.question)
        .cte("sums")
    )


def _most(groups: CTE, means: CTE) -> CTE:
    """The largest covariance of item and rest: both sorted, the highest with the highest.

    Sorted, an item's marks rise in a few steps. Each adds its height times what the rest of all
    above it lies above the mean, which is what that of all below it lies below the mean.
    """
    compared, marks, same = groups.c.compared, groups.c.marks, groups.c.question
    before = func.lag(marks).over(partition_by=same, order_by=marks)
    upto = func.sum(compared).over(partition_by=same, order_by=marks, rows=(None, 0))
    above = func.sum(compared).over(partition_by=same) - upto + compared
    steps = (
        select(
            groups.c.question,
            (marks - before).label("height"),
            # Whole numbers, by which PostgreSQL knows where to stop reading.
            cast(upto - compared, BigInteger).label("below"),
            cast(above, BigInteger).label("above"),
            means.c.rest_mean,
        )
        .join(means, means.c.question == groups.c.question)
        .where(compared > 0.0)
        .cte("steps")
    )
    gain = case(
        (steps.c.below > steps.c.above, _first(steps, attempts.c.rest.desc(), steps.c.above)),
        else_=-_first(steps, attempts.c.rest, steps.c.below),
    )
    return (
        select(steps.c.question, func.sum(steps.c.height * gain).label("most"))
        .where(steps.c.height.is_not(None))
        .group_by(steps.c.question)
        .cte("most")
    )


def _first(steps: CTE, order: Any, count: Any) -> Any:
    """How far the first so many rests of a step's question lie off their mean, summed up."""
    rests = (
        select(
            (attempts.c.rest - steps.c.rest_mean).label("off"),
            func.row_number().over(order_by=order).label("place"),
        )
        .where(attempts.c.question == steps.c.question, attempts.c.rest.is_not(None))
        .correlate(steps)
        .subquery()
    )
    found = select(func.sum(rests.c.off)).where(rests.c.place <= count)
    return found.correlate(steps).scalar_subquery()
