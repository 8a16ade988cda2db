"""`tutor lab`: the free bench."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.starting import opened, show


def run_lab(folder: Path | None, name: str | None, plain: bool) -> None:
    """Open the lab, in the app or as lines of text.

    Raises:
        click.UsageError: there is nothing of this name, or it may not be opened yet.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.session.lab.bench import Lab
    from tutor.session.lab.opening import opened as set_up

    with opened(folder) as (files, journal):
        try:
            found = set_up(files, journal, name or "textbook")
            lab = Lab(found.scenario, found.title)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.lab import LabScreen

                # Left for lines of text, it goes on where it was.
                tutor.push_screen(LabScreen(lab))

            return run_app(files, journal, None, first)

        def lines() -> None:
            from contextlib import suppress

            from tutor.plain.app import page_of
            from tutor.plain.lab import run_lab
            from tutor.plain.page import Closed

            with suppress(Closed):
                run_lab(page_of(journal, sys.stdin, sys.stdout), lab)

        show(plain, app, lines)
