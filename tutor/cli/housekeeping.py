"""`tutor register rename` and `tutor register delete`."""

from __future__ import annotations

import sys

import click

from tutor.classroom.register.housekeeping import held, remove, rename
from tutor.cli.registering import found_assignment, opened_register
from tutor.course.text import one_line
from tutor.words import housekeeping as words
from tutor.words import plural

LONGEST_TITLE = 80


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
            before = one_line(held(connection, key).title, LONGEST_TITLE)
        rename(register, key, title)
    print(words.RENAMED.format(before=before, title=title))


def run_delete(named: str, yes: bool, where: str | None) -> None:
    """Delete an assignment with all that it has, once its title was typed, or with `yes`.

    Raises:
        click.UsageError: the assignment is not there, there is nobody to ask, or another title
            was typed.
    """
    with opened_register(where) as register:
        key = found_assignment(register, named)
        with register.reading() as connection:
            found = held(connection, key)
        title = one_line(found.title, LONGEST_TITLE)
        count, given = found.submissions, found.overrides
        goes = words.GOES.format(
            title=title,
            submissions=plural(count, *words.SUBMISSIONS).format(count=count),
            overrides=plural(given, *words.OVERRIDES).format(count=given),
        )
        print(goes)
        if not yes:
            _see_that_it_is_meant(title)
        remove(register, key)
    print(words.DELETED.format(title=title))


def _see_that_it_is_meant(title: str) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError(words.NOBODY_TO_ASK)
    typed = click.prompt(words.TYPE_IT, default="", show_default=False)
    if one_line(typed, LONGEST_TITLE).casefold() != title.casefold():
        raise click.UsageError(words.OTHER_TITLE.format(title=title))
