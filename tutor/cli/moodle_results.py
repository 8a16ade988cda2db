"""`tutor register moodle`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from tutor.classroom.collection.moodle import MoodleProblem
from tutor.classroom.collection.moodle_results import TakenIn, take_in
from tutor.classroom.register.snapshot import snapshot_of
from tutor.cli.registering import found_assignment, opened_register, tell_resting
from tutor.course.text import one_line
from tutor.exchange.rendering import seed_of
from tutor.words import class_moodle as words
from tutor.words import plural

#: So many answers that could not be read are told.
_MOST_TOLD = 20


def run_moodle(named: str, file: Path, where: str | None) -> bool:
    """Take in the results of a quiz; True where some were left out or could not be read.

    Raises:
        click.UsageError: there is no such assignment, or the file is no report of responses.
    """
    with opened_register(where) as register:
        key = found_assignment(register, named)
        try:
            taken = take_in(register, key, file, seed_of, datetime.now(UTC))
        except MoodleProblem as problem:
            raise click.UsageError(str(problem)) from None
        with register.reading() as connection:
            count = len(snapshot_of(connection, key).rows)
        problems = _tell(taken, count)
        tell_resting(register, key)
    return problems


def _tell(taken: TakenIn, count: int) -> bool:
    found = taken.responses
    told = plural(taken.taken, *words.TAKEN)
    print(
        told.format(
            title=taken.title, count=taken.taken, questions=len(found.questions), all=count
        )
    )
    if taken.taken:
        print(words.COUNTED)
    if found.unfinished:
        told = plural(found.unfinished, *words.UNFINISHED)
        print(told.format(count=found.unfinished))
    if taken.own:
        print(words.HANDED_IN.format(ids=_ids(taken.own)))
    if found.unknown:
        print(words.UNKNOWN_QUESTIONS.format(numbers=", ".join(map(str, found.unknown))))
    if taken.unknown:
        print(words.NOT_LISTED.format(ids=_ids(taken.unknown)))
    unread = [
        words.UNREAD_ONE.format(learner=one_line(row.id or row.email, 80), question=id_, text=text)
        for row in found.rows
        for id_, text in row.unread
    ]
    if unread:
        print(words.UNREAD)
        print(*unread[:_MOST_TOLD], sep="\n")
        if more := len(unread[_MOST_TOLD:]):
            print(words.AND_MORE.format(count=more))
    return bool(found.unknown or taken.unknown or unread)


def _ids(ids: Sequence[str]) -> str:
    return one_line(", ".join(ids), 600)
