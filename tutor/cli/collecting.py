"""`tutor collect`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from nacl.public import PrivateKey

from tutor.classroom.collection.collecting import Collected, collect, remark
from tutor.classroom.collection.extending import extend
from tutor.classroom.collection.gathering import Found, gather
from tutor.classroom.collection.intake import Result
from tutor.classroom.files import FileProblem
from tutor.classroom.keys import tutor_key
from tutor.classroom.register.contests import choosing_command, contest_line
from tutor.classroom.register.naming import assignment_among
from tutor.classroom.register.register import Register
from tutor.classroom.register.resting import resting_lines
from tutor.classroom.submission import told_assignment
from tutor.cli.registering import (
    found_assignment,
    opened_register,
    read_list,
    refuse_too_early,
    shortened,
    tell_unknown,
    told_extended,
)
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
    lists = [
        (path, read_list(path), path is roster)
        for path in (roster, extensions)
        if path is not None
    ]
    key = _key()
    with opened_register(where) as register:
        only = None if named is None else found_assignment(register, named)
        unknown: list[str] = []
        given: dict[int, str] = {}
        if lists and only is None:
            only = _assignment_of(register, paths)
        for path, listed, _ in lists:
            assert only is not None
            refuse_too_early(register, only, listed, path)
        for _, listed, joining in lists:
            assert only is not None
            extended = extend(register, only, listed, joining=joining)
            given |= extended.given
            unknown += extended.unknown
        try:
            collected = collect(register, paths, [key], only=only, progress=_progress)
        finally:
            _clear_progress()
        if only is not None and given:
            remark(register, only, [*given])
    if as_json:
        print(msgspec.json.encode(collected).decode())
    else:
        _tell(collected)
        if extensions is not None or given:
            print(told_extended([*given.values()]))
    tell_unknown(unknown)
    return bool(collected.set_aside or unknown)


def _assignment_of(register: Register, paths: Sequence[Path]) -> int:
    """The key of the one assignment that lists can be for: it is that of what is collected.

    Raises:
        click.UsageError: they may be for another one as well.
    """

    def told() -> set[str]:
        found = (told_assignment(one.data) for one in gather(paths) if isinstance(one, Found))
        return {one for one in found if one is not None}

    with register.reading() as connection:
        try:
            return assignment_among(connection, told)
        except ValueError as error:
            raise click.UsageError(str(error)) from None


def _key() -> PrivateKey:
    folder = default_path().parent
    try:
        key = tutor_key(folder)
    except FileProblem as problem:
        raise click.UsageError(str(problem)) from None
    if key is None:
        raise click.UsageError(words.NO_TUTOR_KEY.format(folder=one_line(str(folder), 300)))
    return key


# Telling.


def _tell(collected: Collected) -> None:
    for result in collected.results:
        for one in result.contests:
            print(contest_line(one))
            print(words.COMMAND.format(command=choosing_command(one, result.assignment)))
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
        named = shortened([one_line(one, 300) for one in collected.left_alone])
        print(told.format(count=collected.others, files=named))
    for result in collected.results:
        if result.notes:
            print(words.NOTES.format(title=result.title))
        for noted in result.notes:
            for note in noted.notes:
                print(words.NOTE.format(learner=one_line(noted.learner, 80), note=note))
    for result in collected.results:
        for line in resting_lines(result.resting, result.assignment):
            print(line)


def _line(result: Result, collected: Collected) -> str:
    alone = len(collected.results) == 1
    aside = sum(
        one.assignment == result.assignment or (alone and one.assignment is None)
        for one in collected.set_aside
    )
    counts = (
        (words.NEW_FILES, result.new),
        (words.LATE, result.late),
        (words.REPLACED, result.replaced),
        (words.REFUSED_COUNT, result.refused),
        (words.BEFORE, result.found - result.new),
        (words.ASIDE_COUNT, aside),
    )
    told = [plural(count, *text).format(count=count) for text, count in counts if count]
    many, counted = (
        (result.enrolled, words.IN_OF) if result.enrolled else (result.learners, words.IN)
    )
    learners = plural(many, *counted).format(count=many, handed_in=result.handed_in)
    return words.RESULT.format(title=result.title, learners=learners, files=", ".join(told))


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{words.PROGRESS.format(count=done)}", end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr, flush=True)
