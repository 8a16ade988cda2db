"""The register as commands use it, and those that tell or change what it holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.extending import extend, too_early
from tutor.classroom.handout.roster import Enrolled, RosterProblem, read_roster
from tutor.classroom.register.listing import overview
from tutor.classroom.register.naming import find_assignment
from tutor.classroom.register.register import Register, RegisterError, open_register
from tutor.classroom.register.resting import resting_in, resting_lines
from tutor.classroom.register.snapshot import snapshot_of
from tutor.cli.options import FOUND_PROBLEMS
from tutor.course.text import one_line
from tutor.words import collecting as words
from tutor.words import plural
from tutor.words.class_screen import RELEASED

#: So many mistakes of a list are told at once, and so many names of anything.
MOST_TOLD, MOST_NAMED = 8, 12


@contextmanager
def opened_register(where: str | None) -> Iterator[Register]:
    """The register; whatever goes wrong with it ends the command with one sentence."""
    try:
        with open_register(where) as register:
            yield register
    except RegisterError as error:
        print(f"tutor: {error}", file=sys.stderr)
        sys.exit(FOUND_PROBLEMS)


def found_assignment(register: Register, named: str) -> int:
    """The key of an assignment; one that is not there ends the command with one sentence."""
    with register.reading() as connection:
        try:
            return find_assignment(connection, named)
        except ValueError as error:
            raise click.UsageError(str(error)) from None


def read_list(path: Path) -> tuple[Enrolled, ...]:
    """Learners as a list has them; one with mistakes ends the command with its sentences."""
    try:
        roster = read_roster(path, datetime.now(UTC))
    except RosterProblem as problem:
        raise click.UsageError(str(problem)) from None
    for notice in roster.notices:
        print(notice, file=sys.stderr)
    return roster.learners


def refuse_too_early(
    register: Register, assignment: int, listed: Sequence[Enrolled], path: Path
) -> None:
    """End the command with a sentence for each deadline that would be less time, not more."""
    told = [
        words.DUE_TOO_EARLY.format(
            file=one_line(path.name, 80),
            line=one.line,
            id=one_line(one.id, 80),
            due=one.due_at.astimezone().strftime(words.WHEN),
        )
        for one in too_early(register, assignment, listed)
        if one.due_at is not None
    ]
    if told:
        raise click.UsageError(" ".join(told[:MOST_TOLD]))


def tell_unknown(unknown: Sequence[str]) -> None:
    """Name those of a list whom the assignment is not for."""
    for one in unknown:
        print(words.UNKNOWN_LEARNER.format(id=one_line(one, 80)), file=sys.stderr)


def told_extended(ids: Sequence[str]) -> str:
    """Whose time is another now."""
    if not ids:
        return words.NOT_EXTENDED
    names = shortened([one_line(one, 80) for one in ids])
    return plural(len(ids), *words.EXTENDED).format(count=len(ids), names=names)


def tell_resting(register: Register, assignment: int, learner: int | None = None) -> None:
    """Name those for whom marks that a tutor gave rest now, or one of them; keys of rows."""
    with register.reading() as connection:
        resting = resting_in(connection, assignment, learner)
        id_ = snapshot_of(connection, assignment).assignment.id
    for line in resting_lines(resting, id_):
        print(line)


def shortened(names: Sequence[str]) -> str:
    """The first of them in one line."""
    more = ("…",) if len(names) > MOST_NAMED else ()
    return ", ".join((*names[:MOST_NAMED], *more))


def run_list(as_json: bool, where: str | None) -> None:
    """Tell what assignments there are."""
    with opened_register(where) as register:
        found = overview(register)
        named = register.where
    if as_json:
        print(msgspec.json.encode({"register": named, "assignments": found}).decode())
        return
    print(words.IN_REGISTER.format(where=named))
    for one in found:
        told = words.ASSIGNMENT_OF_ANYONE if not one.learners else words.ASSIGNMENT
        print(
            told.format(
                id=one.id[:8],
                title=one_line(one.title, 80),
                due=one.due_at.astimezone().strftime(words.WHEN),
                handed_in=one.handed_in,
                learners=one.learners,
                late=one.late,
            )
            + (RELEASED if one.released_at else "")
        )
    if not found:
        print(words.NOTHING_ASSIGNED)


def run_extend(named: str, path: Path, where: str | None) -> bool:
    """Give learners more time; True where some are unknown.

    Raises:
        click.UsageError: the assignment or the list is not there.
    """
    listed = read_list(path)
    with opened_register(where) as register:
        key = found_assignment(register, named)
        refuse_too_early(register, key, listed, path)
        extended = extend(register, key, listed)
        if extended.given:
            remark(register, key, [*extended.given])
        print(told_extended([*extended.given.values()]))
        tell_unknown(extended.unknown)
        tell_resting(register, key)
    return bool(extended.unknown)


def run_remark(named: str, where: str | None) -> None:
    """Mark an assignment again.

    Raises:
        click.UsageError: the assignment is not there.
    """
    with opened_register(where) as register:
        key = found_assignment(register, named)
        done = remark(register, key)
    told = plural(done.learners, *words.REMARKED)
    print(told.format(count=done.learners, changed=done.changed))
