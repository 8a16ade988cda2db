"""Registers filled with rows, as collection leaves them: marks that are known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert

from tutor.classroom.register import tables as t

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Marks = np.ndarray[Any, np.dtype[np.float64]]


def keep_class(
    connection: Connection,
    marks: Marks,
    full: Sequence[float],
    name: str = "a",
    variants: Sequence[str] = (),
) -> int:
    """Keep an assignment whose learners (rows) have these marks in its questions (columns).

    A learner has no attempt where the marks are no number. Returns the assignment's key.
    """

    def keep(table: Any, **values: object) -> int:
        return int(connection.execute(insert(table).values(**values)).inserted_primary_key[0])

    assignment = keep(
        t.assignments,
        id=name,
        title=name,
        kind="graded",
        made_at=NOW,
        due_at=NOW,
        handed_out=b"",
        in_full=b"",
        secret=b"",
    )
    asked = [
        keep(
            t.questions,
            assignment=assignment,
            id=f"q{number}",
            number=number,
            kind="single",
            phase="rest",
            max_marks=most,
        )
        for number, most in enumerate(full, 1)
    ]
    for number, row in enumerate(marks):
        learner = keep(
            t.learners, assignment=assignment, learner=f"l{number}", id=f"L{number}", name=""
        )
        given = [(i, float(value)) for i, value in enumerate(row) if not np.isnan(value)]
        total = sum(value for _, value in given)
        submission = keep(
            t.submissions,
            assignment=assignment,
            learner=learner,
            digest=f"{name}{number}",
            receipt="",
            number=1,
            handed_at=NOW,
            collected_at=NOW,
            file="",
            device="",
            learner_key="",
            state="counts",
            late=False,
            marks=total,
            max_marks=sum(full[i] for i, _ in given),
            packed=b"",
        )
        connection.execute(
            insert(t.attempts),
            [
                {
                    "assignment": assignment,
                    "question": asked[i],
                    "submission": submission,
                    "learner": learner,
                    "marks": value,
                    "marked": value,
                    "rest": total - value if len(given) == len(full) else None,
                    "variant": variants[number % len(variants)] if variants else "",
                }
                for i, value in given
            ],
        )
    return assignment
