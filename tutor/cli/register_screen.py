"""`tutor register` without more: the register on a screen, or as lines of text."""

from __future__ import annotations

from pathlib import Path

from tutor.cli.starting import opened, show


def run_register(folder: Path | None, where: str | None, plain: bool) -> None:
    """Show the register, in the app or as its list.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal, which holds the settings, cannot be used.
    """
    with opened(folder) as (files, journal):

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.classroom import RegisterScreen

                tutor.push_screen(RegisterScreen(where))

            return run_app(files, journal, None, first)

        def lines() -> None:
            from tutor.cli.registering import run_list

            run_list(as_json=False, where=where)

        show(plain, app, lines)
