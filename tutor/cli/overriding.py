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
    marks: str | None
    point: str | None
    state: str | None
    same_answer: bool
    withdraw: bool
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
    """Give other marks or take them back, and say to how many answers.

    Raises:
        click.UsageError: there is no such assignment, learner, question or point, or the marks
            are none, or out of range.
    """
    who, why = who_and_why(wanted.who, wanted.why)
    fields = {name: getattr(wanted, name) for name in Choice.__struct_fields__}
    choice = Choice(**fields | {"marks": _number(wanted.marks)})
    with opened_register(where) as register:
        key = found_assignment(register, named)
        try:
            done = choose(register, key, choice, who, why)
        except CannotGive as reason:
            raise click.UsageError(str(reason)) from None
    told = plural(done.given, *(words.WITHDRAWN if wanted.withdraw else words.GIVEN))
    same = words.SAME.format(count=done.same) if done.same else ""
    print(told.format(question=done.question, count=done.given, same=same))
    if done.given:
        print(words.KEPT_WITH.format(who=who))


def _number(typed: str | None) -> float | None:
    """Marks as they are typed, with a point or a comma."""
    try:
        return None if typed is None else float(typed.replace(",", "."))
    except ValueError:
        raise click.UsageError(words.NOT_MARKS.format(marks=one_line(typed or "", 60))) from None
