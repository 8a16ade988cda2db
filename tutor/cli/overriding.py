"""`tutor register override`."""

from __future__ import annotations

import click
from msgspec import Struct

from tutor.classroom.collection.choosing import CannotGive, Choice, choose, logged_in
from tutor.cli.registering import found_assignment, opened_register
from tutor.course.text import one_line
from tutor.words import class_release as words
from tutor.words import plural

_LONGEST_WHY, _LONGEST_WHO = 1000, 100


class Wanted(Struct, frozen=True):
    """What was asked for, as it was typed."""

    learner: str
    question: str
    marks: float | None
    point: str | None
    state: str | None
    same_answer: bool
    why: str
    who: str | None


def who_and_why(who: str | None, why: str) -> tuple[str, str]:
    """Who decides and why, as they are kept.

    Raises:
        click.UsageError: no reason is given.
    """
    reason = one_line(why, _LONGEST_WHY)
    if not reason:
        raise click.UsageError(words.WHY_NEEDED)
    return one_line(who or logged_in(), _LONGEST_WHO), reason


def run_override(named: str, wanted: Wanted, where: str | None) -> None:
    """Give other marks, and say to how many answers.

    Raises:
        click.UsageError: there is no such assignment, learner, question or point, or the marks
            are out of range.
    """
    who, why = who_and_why(wanted.who, wanted.why)
    fields = {name: getattr(wanted, name) for name in Choice.__struct_fields__}
    with opened_register(where) as register:
        key = found_assignment(register, named)
        try:
            given, same = choose(register, key, Choice(**fields), who, why)
        except CannotGive as reason:
            raise click.UsageError(str(reason)) from None
    question = one_line(wanted.question, 80)
    print(plural(given, *words.GIVEN).format(question=question, count=given, same=same))
    if given:
        print(words.KEPT_WITH.format(who=who))
