"""The report for other programs: JSON with all of it, CSV with a line for each question."""

from __future__ import annotations

import msgspec

from tutor.classroom.report.view import ClassReport
from tutor.course.csv_tables import as_table

#: The columns of the CSV; their names stay. Facility is from 0 to 1.
COLUMNS = (
    *("number", "id", "kind", "max_marks", "n", "compared", "left_open", "overridden"),
    *("facility", "discrimination", "efficiency", "weight"),
    *("seconds_lower", "seconds_median", "seconds_upper", "seconds_n", "stem"),
)


def as_json(report: ClassReport) -> str:
    """All of it as one object in one line; `view` tells what the names mean."""
    return msgspec.json.encode(report).decode() + "\n"


def as_csv(report: ClassReport) -> bytes:
    """The statistics of each question."""
    rows = []
    for one in report.items:
        row = {name: getattr(one, name) for name in COLUMNS if hasattr(one, name)}
        if one.time is not None:
            for name in ("lower", "median", "upper", "n"):
                row[f"seconds_{name}"] = getattr(one.time, name)
        rows.append([row.get(name) for name in COLUMNS])
    return as_table(COLUMNS, rows)
