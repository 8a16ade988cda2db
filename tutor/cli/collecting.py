"""`tutor collect`, and the commands that tell or change what a register holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from nacl.public import PrivateKey
from sqlalchemy import select

from tutor.classroom.collecting import Collected, collect, remark
from tutor.classroom.extending import extend
from tutor.classroom.files import FileProblem
from tutor.classroom.intake import Result
from tutor.classroom.keys import tutor_key
from tutor.classroom.listing import listed
from tutor.classroom.register import Register, RegisterError, open_register
from tutor.classroom.roster import Enrolled, RosterProblem, read_roster
from tutor.classroom.settling import COUNTS
from tutor.classroom.snapshot import find_assignment
from tutor.classroom.tables import assignments, submissions
from tutor.cli.options import FOUND_PROBLEMS
from tutor.course.text import one_line
from tutor.journal.store import default_path
from tutor.words import collecting as words
from tutor.words import plural


def run_collect(
    paths: Sequence[Path],
    named: str | None,
    extensions: Path | None,
    roster: Path | None,
    as_json: bool,
    where: str | None,
) -> bool:
    """Take in what is at these places, and tell of it; True where something was set aside.

    Raises:
        click.UsageError: the assignment, a list or the key is not there.
    """
    lists = [(_read(path), path is roster) for path in (roster, extensions) if path is not None]
    key = _key()
    with opened_register(where) as register:
        only = None if named is None else found_assignment(register, named)
        unknown: list[str] = []
        given: list[int] = []
        if lists and only is None:
            only = _only_one(register)
        for listed, joining in lists:
            assert only is not None
            extended = extend(register, only, listed, joining=joining)
            given += extended.given
            unknown += extended.unknown
        collected = collect(register, paths, [key], only=only, progress=_progress)
        if only is not None and given:
            remark(register, only, given)
    _clear_progress()
    if as_json:
        print(msgspec.json.encode(collected).decode())
    else:
        _tell(collected)
    _tell_unknown(unknown)
    return bool(collected.set_aside or unknown)


def run_list(as_json: bool, where: str | None) -> None:
    """Tell what assignments there are."""
    with opened_register(where) as register:
        found = listed(register)
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
        )
    if not found:
        print(words.NOTHING_ASSIGNED)


def run_extend(named: str, path: Path, where: str | None) -> bool:
    """Give learners more time; True where some are unknown.

    Raises:
        click.UsageError: the assignment or the list is not there.
    """
    listed = _read(path)
    with opened_register(where) as register:
        key = found_assignment(register, named)
        extended = extend(register, key, listed)
        if extended.given:
            remark(register, key, extended.given)
    count = len(extended.given)
    print(plural(count, *words.EXTENDED).format(count=count))
    _tell_unknown(extended.unknown)
    return bool(extended.unknown)


def run_remark(named: str, where: str | None) -> None:
    """Mark an assignment again.

    Raises:
        click.UsageError: the assignment is not there.
    """
    with opened_register(where) as register:
        key = found_assignment(register, named)
        before = _marks(register, key)
        count = remark(register, key)
        after = _marks(register, key)
    changed = sum(before.get(learner) != marks for learner, marks in after.items())
    print(plural(count, *words.REMARKED).format(count=count, changed=changed))


@contextmanager
def opened_register(where: str | None) -> Iterator[Register]:
    """The register; whatever goes wrong with it ends the command with one sentence."""
    try:
        with open_register(where) as register:
            yield register
    except RegisterError as error:
        _clear_progress()
        print(f"tutor: {error}", file=sys.stderr)
        sys.exit(FOUND_PROBLEMS)


def _key() -> PrivateKey:
    folder = default_path().parent
    try:
        key = tutor_key(folder)
    except FileProblem as problem:
        raise click.UsageError(str(problem)) from None
    if key is None:
        raise click.UsageError(words.NO_TUTOR_KEY.format(folder=one_line(str(folder), 300)))
    return key


def _read(path: Path) -> tuple[Enrolled, ...]:
    try:
        roster = read_roster(path, datetime.now(UTC))
    except RosterProblem as problem:
        raise click.UsageError(str(problem)) from None
    for notice in roster.notices:
        print(notice, file=sys.stderr)
    return roster.learners


def found_assignment(register: Register, named: str) -> int:
    """The key of an assignment; one that is not there ends the command with one sentence."""
    with register.reading() as connection:
        try:
            return find_assignment(connection, named)
        except ValueError as error:
            raise click.UsageError(str(error)) from None


def _only_one(register: Register) -> int:
    """The assignment that a list is for, where there is but one."""
    with register.reading() as connection:
        keys = connection.scalars(select(assignments.c.key)).all()
    if len(keys) != 1:
        raise click.UsageError(words.WHICH_ASSIGNMENT)
    return int(keys[0])


def _marks(register: Register, assignment: int) -> dict[int, float]:
    with register.reading() as connection:
        rows = connection.execute(
            select(submissions.c.learner, submissions.c.marks).where(
                submissions.c.assignment == assignment, submissions.c.state == COUNTS
            )
        )
        return {row.learner: row.marks for row in rows}


# Telling.


def _tell(collected: Collected) -> None:
    for result in collected.results:
        print(_line(result, collected))
    if not collected.results:
        print(words.NOTHING_FOUND)
    if collected.set_aside:
        print(words.SET_ASIDE)
        for aside in collected.set_aside:
            print(words.ASIDE.format(file=one_line(aside.file, 300), reason=aside.reason))
    if collected.others:
        told = plural(collected.others, *words.OTHERS)
        print(told.format(count=collected.others))
    for result in collected.results:
        if result.notes:
            print(words.NOTES.format(title=result.title))
        for noted in result.notes:
            for note in noted.notes:
                print(words.NOTE.format(learner=one_line(noted.learner, 80), note=note))


def _line(result: Result, collected: Collected) -> str:
    alone = len(collected.results) == 1
    aside = sum(
        one.assignment == result.assignment or (alone and one.assignment is None)
        for one in collected.set_aside
    )
    counts = (
        (words.IN, result.found),
        (words.ASIDE_COUNT, aside),
        (words.LATE, result.late),
        (words.REPLACED, result.replaced),
        (words.REFUSED_COUNT, result.refused),
        (words.BEFORE, result.found - result.new),
    )
    told = [text.format(count=count) for text, count in counts if count or text is words.IN]
    return words.RESULT.format(title=result.title, counts=", ".join(told))


def _tell_unknown(unknown: Sequence[str]) -> None:
    for one in unknown:
        print(words.UNKNOWN_LEARNER.format(id=one_line(one, 80)), file=sys.stderr)


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{words.PROGRESS.format(count=done)}", end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr, flush=True)
