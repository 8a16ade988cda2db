"""The gradebook and who is missing: a line for each learner, as learning platforms take it in."""

from __future__ import annotations

from tutor.classroom.report.view import ClassReport, LearnerView
from tutor.course.csv_tables import Value, as_table

COLUMNS = ("id", "name", "email", "score", "max", "late")
MISSING_COLUMNS = ("id", "name", "email")
#: As Moodle keeps them.
_DECIMALS = 5


def as_gradebook(report: ClassReport) -> bytes:
    """The gradebook as CSV.

    Who handed in nothing has no score: whether that is nought, the platform's own rules say. Nor
    has who worked in a quiz of the platform, where their marks stand already.
    """
    most = sum(item.max_marks for item in report.items)
    return as_table(COLUMNS, [_row(one, most) for one in report.learners])


def as_missing(report: ClassReport) -> bytes:
    """Who has not handed in, as CSV: a line for each of them."""
    missing = (one for one in report.learners if one.handed_at is None)
    return as_table(MISSING_COLUMNS, [(one.id, one.name, one.email) for one in missing])


def best_score(report: ClassReport) -> float:
    """The highest score in it."""
    return max(
        (score for one in report.learners if (score := _score(one)) is not None), default=0.0
    )


def _row(one: LearnerView, most: float) -> tuple[Value, ...]:
    late = "yes" if one.late else "no"
    return (one.id, one.name, one.email, _score(one), most, late if one.handed_at else "")


def _score(one: LearnerView) -> float | None:
    return None if one.score is None or one.from_moodle else round(one.score, _DECIMALS)
