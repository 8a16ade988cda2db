"""`tutor exam`: a timed exam, or the list of what there is."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.starting import opened, show


def run_exam(
    folder: Path | None, blueprint: str | None, seed: int | None, extra: int | None, plain: bool
) -> None:
    """Go on with the exam whose clock is running, or begin one, in the app or as lines of text.

    Raises:
        click.UsageError: there is no such exam, or the course cannot fill it.
        ContentErrors: the course or the blueprint is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.session.exam.blueprint import file_of, load_blueprint

    with opened(folder) as (files, journal):
        if blueprint is not None:
            try:
                file = file_of(files, blueprint)
            except ValueError as error:
                raise click.UsageError(str(error)) from None
            load_blueprint(files, file)

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.exam_start import open_exams

                open_exams(tutor, blueprint, seed, extra)

            return run_app(files, journal, None, first)

        def lines() -> None:
            from contextlib import suppress

            from tutor.plain.app import page_of
            from tutor.plain.exam import run_exams
            from tutor.plain.page import Closed

            with suppress(Closed):
                page = page_of(journal, sys.stdin, sys.stdout)
                run_exams(page, files, journal, blueprint, seed, extra)

        show(plain, app, lines)


def list_exams(folder: Path | None) -> None:
    """Print the exam that runs, the papers that can be sat, and past exams, the newest first.

    Raises:
        ContentErrors: the course or a blueprint is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.session.bank import Bank
    from tutor.session.exam.blueprint import ready_made
    from tutor.session.exam.report import past_exams
    from tutor.session.exam.running import running_exam
    from tutor.session.exam.telling import blueprint_line, goes_on_line, past_line

    with opened(folder) as (files, journal):
        running = running_exam(journal)
        if running is not None:
            print(goes_on_line(running.begun, running.left, None, None))
        for name, blueprint in ready_made(files).items():
            print(blueprint_line(name, blueprint))
        past = past_exams(journal)
        if past:
            bank = Bank(files)
            for begun in past:
                print(past_line(journal, bank, begun))
