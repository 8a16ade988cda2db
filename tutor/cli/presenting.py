"""`tutor present`: a question for a projector."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.starting import opened, show
from tutor.session.present import Present


def run_present(folder: Path | None, question_id: str, plain: bool) -> None:
    """Put a question to a room, in the app or as lines of text.

    Raises:
        click.UsageError: there is no such question.
        ContentErrors: the course is wrong.
        JournalError: the journal, which holds the settings, cannot be used.
    """
    with opened(folder) as (files, journal):
        try:
            present = Present(files, question_id)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.present import PresentScreen

                tutor.push_screen(PresentScreen(present))

            return run_app(files, journal, None, first)

        def lines() -> None:
            from tutor.plain.app import page_of
            from tutor.plain.present import run_present

            run_present(page_of(journal, sys.stdin, sys.stdout), present)

        show(plain, app, lines)
