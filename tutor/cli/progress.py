"""`tutor progress`: where a learner stands, as text, JSON, CSV or a page of HTML."""

from __future__ import annotations

import gc
import shutil
import sys
from pathlib import Path

import click

from tutor.cli.starting import opened
from tutor.course.text import one_line
from tutor.journal.store import Journal
from tutor.session.lab.files import write_whole
from tutor.session.progress.document import as_csv, as_json
from tutor.session.progress.lines import NARROWEST, Look, parts_of
from tutor.session.progress.view import ProgressView, progress_view
from tutor.session.terminal import PLOTS, is_on, mode_here
from tutor.words import progress as words

WIDEST = 100


def run_progress(folder: Path | None, form: str, page: Path | None) -> None:
    """Print where the learner stands, or write it to a page.

    Args:
        folder: The course, or None for the one that comes with the program.
        form: "text", "json" or "csv".
        page: The file of a page of HTML, in place of printing.

    Raises:
        click.UsageError: the page cannot be written.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    if page is not None and form != "text":
        raise click.UsageError("give one of --json, --csv and --html")
    if page is not None and page.suffix.casefold() not in (".html", ".htm"):
        raise click.UsageError(f"{one_line(str(page))} should end in .html")
    with opened(folder) as (files, journal):
        gc.enable()
        view = progress_view(files, journal)
        look = _look(journal)
    if page is not None:
        _write(page, view)
    elif form == "json":
        sys.stdout.write(as_json(view))
    elif form == "csv":
        sys.stdout.write(as_csv(view))
    else:
        sys.stdout.write(as_text(view, look))


def as_text(view: ProgressView, look: Look) -> str:
    """The parts below each other, a blank line between two of them."""
    parts = ("\n".join(line.text for line in part.lines) for part in parts_of(view, look))
    return "\n\n".join(parts) + "\n"


def _look(journal: Journal) -> Look:
    """As the plain front end: curves are of plain characters."""
    columns = shutil.get_terminal_size((80, 24)).columns
    encodes = "utf" in (sys.stdout.encoding or "utf-8").lower()
    letters = mode_here(journal) if encodes else "ascii"
    return Look(max(NARROWEST, min(WIDEST, columns)), letters, "ascii", is_on(journal, PLOTS))


def _write(page: Path, view: ProgressView) -> None:
    from tutor.session.progress.html import as_html

    try:
        write_whole(page, as_html(view).encode())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    print(words.WRITTEN.format(file=one_line(str(page), 300)))
