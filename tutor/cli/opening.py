"""`tutor open` and `tutor submit`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.classroom.files import FileProblem
from tutor.cli.starting import opened, show
from tutor.course.text import one_line
from tutor.journal.store import Journal, default_path
from tutor.words import assigned as words

if TYPE_CHECKING:
    from tutor.classroom.learner.assigned import Assigned


def run_open(folder: Path | None, wanted: str, plain: bool) -> bool:
    """Open an assignment or a release, or list what there is, in the app or as lines of text.

    Returns:
        Whether what is wanted, a file or a title, cannot be opened.

    Raises:
        UsageError: it is not clear which assignment is meant.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    with opened(folder) as (files, journal):
        file = _file_of(journal, wanted) if wanted else None
        if file is not None and not _can_be_opened(file):
            return True

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.assignments import open_assignments

                open_assignments(tutor, file)

            return run_app(files, journal, None, first)

        def lines() -> None:
            from contextlib import suppress

            from tutor.plain.app import page_of
            from tutor.plain.assignments import run_assignments, run_file
            from tutor.plain.page import Closed

            with suppress(Closed):
                page = page_of(journal, sys.stdin, sys.stdout)
                if file is None:
                    run_assignments(page, journal)
                else:
                    run_file(page, journal, file)

        show(plain, app, lines)
    return False


def _file_of(journal: Journal, wanted: str) -> Path:
    """The file that is meant by a name or a title; none that is there where nothing fits."""
    from tutor.classroom.learner.finding import file_called, listed_titled

    file = file_called(wanted)
    if file is not None:
        return file
    found = listed_titled(journal, wanted)
    if len(found) > 1:
        titles = ", ".join(f"{one.assigned.title!r} ({one.path})" for one in found)
        raise click.UsageError(words.SEVERAL_TITLED.format(titles=titles))
    return found[0].path if found else Path(wanted)


def _can_be_opened(file: Path) -> bool:
    """Whether a file can be; why not is told before any screen is drawn."""
    from tutor.classroom.learner.finding import open_file

    try:
        open_file(file)
    except FileProblem as problem:
        name = one_line(file.name, 80)
        print(words.NOT_OPENED.format(name=name, reason=problem), file=sys.stderr)
        return False
    return True


def run_submit(wanted: str, out: Path | None, yes: bool) -> None:
    """Write a submission, and print where it is and its receipt.

    Raises:
        UsageError: it is not clear which assignment is meant, or nothing of it is answered and
            it cannot be asked whether that is meant.
        ClickException: it cannot be handed in, or is not to be as it is.
        JournalError: the journal cannot be used.
    """
    with Journal.open(default_path()) as journal:
        assigned = _wanted(journal, wanted)
        from tutor.classroom.learner.desk import asks_before, lacks_line
        from tutor.classroom.learner.finding import hand_in_folder
        from tutor.classroom.learner.handing_in import hand_in, handed_lines

        question = asks_before(assigned)
        if question and not yes and sys.stdin.isatty():
            if not click.confirm(question):
                raise click.ClickException(words.NOT_HANDED_IN)
        elif question:
            print(lacks_line(assigned))
            if not yes and len(assigned.unanswered) == len(assigned.assignment.excerpt.ids):
                raise click.UsageError(words.NOTHING_ANSWERED)
        try:
            handed = hand_in(assigned, out or hand_in_folder())
        except (FileProblem, FileExistsError) as problem:
            raise click.ClickException(str(problem)) from None
        print(*handed_lines(assigned, handed), sep="\n")


def _wanted(journal: Journal, wanted: str) -> Assigned:
    from tutor.classroom.assignment import Release
    from tutor.classroom.learner.finding import begun_titled, file_called, open_file

    file = file_called(wanted)
    if file is not None:
        try:
            content = open_file(file)
        except FileProblem as problem:
            name = one_line(file.name, 80)
            raise click.ClickException(
                words.NOT_OPENED.format(name=name, reason=problem)
            ) from None
        wanted = content.assignment if isinstance(content, Release) else content.id
    begun = begun_titled(journal, wanted)
    if len(begun) == 1:
        return begun[0]
    known = begun or begun_titled(journal, "")
    if not known:
        raise click.UsageError(words.NOTHING_BEGUN)
    titles = ", ".join(repr(one.title) for one in known)
    sentence = words.SEVERAL_TITLED if begun else words.NOTHING_TITLED
    raise click.UsageError(sentence.format(wanted=one_line(wanted, 60), titles=titles))
