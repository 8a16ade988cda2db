"""`tutor register choose`."""

from __future__ import annotations

import click

from tutor.classroom.collection.preferring import CannotPrefer, prefer
from tutor.cli.overriding import who_and_why
from tutor.cli.registering import found_assignment, opened_register, tell_resting
from tutor.course.text import one_line
from tutor.words import class_release
from tutor.words import collecting as words


def run_choose(
    named: str, learner: str, receipt: str, why: str, who: str | None, where: str | None
) -> None:
    """Let a submission count, and say what it gives.

    Raises:
        click.UsageError: there is no such assignment, learner or submission, or it is refused.
    """
    who, why = who_and_why(who, why)
    with opened_register(where) as register:
        key = found_assignment(register, named)
        try:
            row = prefer(register, key, learner, receipt, who, why)
        except CannotPrefer as reason:
            raise click.UsageError(str(reason)) from None
        told = words.CHOSEN.format(
            receipt=row.receipt,
            learner=one_line(learner, 80),
            marks=row.marks or 0.0,
            most=row.max_marks or 0.0,
        )
        print(told)
        print(class_release.KEPT_WITH.format(who=who))
        tell_resting(register, key, row.learner)
