"""`tutor register rename` and `tutor register delete`."""

from __future__ import annotations

import sys

import click

from tutor.classroom.register.housekeeping import (
    LONGEST_TITLE,
    SHORT_ID,
    Typed,
    goes_line,
    held,
    namesakes,
    remove,
    rename,
    to_type,
)
from tutor.classroom.register.register import Register
from tutor.cli.registering import found_assignment, opened_register, shortened
from tutor.course.text import one_line
from tutor.words import housekeeping as words
from tutor.words import plural


def run_rename(named: str, title: str, where: str | None) -> None:
    """Call an assignment otherwise.

    Raises:
        click.UsageError: the assignment is not there, or the title is empty.
    """
    title = one_line(title, LONGEST_TITLE)
    if not title:
        raise click.UsageError(words.NO_TITLE)
    with opened_register(where) as register:
        key = found_assignment(register, named)
        with register.reading() as connection:
            found = held(connection, key)
        rename(register, key, title)
        before = one_line(found.title, LONGEST_TITLE)
        print(words.RENAMED.format(before=before, title=title))
        tell_namesakes(register, found.id, title)


def tell_namesakes(register: Register, id_: str, title: str) -> None:
    """Say how an assignment is told apart from others that are called the same."""
    with register.reading() as connection:
        others = namesakes(connection, id_, title)
    if others:
        ids = shortened([one[:SHORT_ID] for one in others])
        told = plural(len(others), *words.NAMESAKES)
        print(told.format(title=title, ids=ids, own=id_[:SHORT_ID]), file=sys.stderr)


def run_delete(named: str, yes: bool, where: str | None) -> None:
    """Delete an assignment with all that it has, once its title was typed, or with `yes`.

    Raises:
        click.UsageError: the assignment is not there, there is nobody to ask, or something else
            was typed.
    """
    with opened_register(where) as register:
        key = found_assignment(register, named)
        with register.reading() as connection:
            found = held(connection, key)
            typed = to_type(connection, found)
        print(goes_line(found))
        if not yes:
            _see_that_it_is_meant(typed)
        remove(register, key)
    print(words.DELETED.format(title=one_line(found.title, LONGEST_TITLE)))


def _see_that_it_is_meant(typed: Typed) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError(words.NOBODY_TO_ASK)
    if not typed.is_meant(click.prompt(typed.asks, default="", show_default=False)):
        raise click.UsageError(typed.otherwise)
