"""`tutor journal`: the learner's own data, given out, brought in, and begun anew."""

from __future__ import annotations

from pathlib import Path

import click

from tutor.course.text import one_line
from tutor.journal.clock import clock_warning
from tutor.journal.store import Journal, default_path
from tutor.journal.transfer import TransferError, export, merge, reset
from tutor.words import keeping as words
from tutor.words import plural


def run_where() -> None:
    """Print where the journal is, and what is in it."""
    with Journal.open(default_path()) as journal:
        ((events,),) = journal.read("SELECT count(*) FROM events")
        print(words.WHERE.format(path=journal.path, count=events))
        warning = clock_warning(journal, journal.now())
        if warning:
            print(warning)


def run_export(file: Path, *, force: bool) -> None:
    """Write the whole journal to a file; over one that is there only with `force`.

    Raises:
        UsageError: the file is there.
        ClickException: the file cannot be written.
    """
    if file.exists() and not force:
        raise click.UsageError(words.FILE_THERE.format(file=one_line(str(file), 300)))
    with Journal.open(default_path()) as journal:
        try:
            export(journal, file)
        except TransferError as error:
            raise click.ClickException(str(error)) from error
    print(words.EXPORTED.format(file=file))


def run_import(file: Path) -> None:
    """Bring in what another journal, or an export of one, holds.

    Raises:
        ClickException: the file cannot be brought in; nothing of it is.
    """
    with Journal.open(default_path()) as journal:
        try:
            merged = merge(journal, file)
        except TransferError as error:
            raise click.ClickException(str(error)) from error
    wording = plural(merged.added, words.IMPORTED_ONE, words.IMPORTED)
    print(wording.format(count=merged.added, known=merged.known))
    if merged.back_up is not None:
        print(words.BACK_UP.format(path=merged.back_up))


def run_reset(yes: bool) -> None:
    """Begin anew, once the learner has said that they mean it; a back-up stays.

    Raises:
        Abort: they do not.
    """
    with Journal.open(default_path()) as journal:
        if not yes:
            click.confirm(words.SURE.format(path=journal.path), abort=True)
        print(words.BEGUN_ANEW.format(path=reset(journal)))
