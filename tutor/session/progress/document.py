"""Progress for other programs: JSON with every number, CSV with a row for each objective."""

from __future__ import annotations

import msgspec

from tutor.course.csv_tables import table_text
from tutor.session.progress.telling import state_of
from tutor.session.progress.view import ProgressView

#: The columns of the CSV; their names stay. Shares and chances are from 0 to 1.
COLUMNS = (
    "module",
    "phase",
    "objective",
    "text",
    "questions",
    "answered",
    "wrong",
    "mastery",
    "mastery_answered",
    "state",
    "forecast_day",
    "recall",
    "unreviewed",
)


def as_json(view: ProgressView) -> str:
    """All of it as one object in one line; `view.ProgressView` tells what the names mean."""
    return msgspec.json.encode(view).decode() + "\n"


def as_csv(view: ProgressView) -> str:
    """A row for each objective, in the order of the course.

    `state` is "mastered", "wrong" where a question was wrong the last time, "begun" or "new".
    """
    rows = []
    for module in view.modules:
        for phase in module.phases:
            for one in phase.objectives:
                known = one.mastery
                rows.append(
                    (
                        module.id,
                        phase.id,
                        one.id,
                        one.text,
                        known.questions,
                        known.answered,
                        known.wrong,
                        f"{known.share:.4f}",
                        f"{known.answered_share:.4f}",
                        state_of(known) or ("begun" if known.answered else "new"),
                        view.forecast.day.isoformat(),
                        f"{one.recall:.4f}",
                        f"{one.unreviewed:.4f}",
                    )
                )
    return table_text(COLUMNS, rows, "\n")
