"""`tutor quiz` and `tutor review`: mixed questions from all over the course."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.starting import opened, show

if TYPE_CHECKING:
    from tutor.plain.page import Page


def run_quiz(
    folder: Path | None,
    names: tuple[str, ...],
    count: int | None,
    kind: tuple[str, ...],
    seed: int | None,
    plain: bool,
    **wanted: Any,
) -> None:
    """Ask in the app, or as lines of text, what is named, or else what is picked.

    A quiz that was left is offered first.

    Args:
        folder: The course, or None for the one that comes with the program.
        names: Modules, phases, objectives and misconceptions, by their ids.
        count: How many questions.
        kind: Of these kinds, where any is named.
        seed: What they are drawn by.
        plain: Lines of text in place of the app.
        wanted: The other fields of a selection.

    Raises:
        click.UsageError: there is nothing of a name, or nothing to ask.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.session.bank import Selection
    from tutor.session.picking import Picking
    from tutor.session.quiz import Quiz

    with opened(folder) as (files, journal):
        picking = Picking(files, journal, count=count, seed=seed)
        selection = Selection(kinds=frozenset(kind), **wanted)
        quiz: Quiz | None = None
        if names or selection != Selection() or (count, seed) != (None, None):
            try:
                picking.want(selection, names)
            except ValueError as error:
                raise click.UsageError(str(error)) from None
            if picking.begun is None:
                quiz = picking.begin(picking.offers[0])

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.mixing import MixingScreen
                from tutor.tui.screens.quiz import PickingScreen

                tutor.push_screen(MixingScreen(quiz) if quiz else PickingScreen(picking))

            return run_app(files, journal, None, first)

        def lines() -> None:
            from tutor.plain.app import run_plain
            from tutor.plain.quiz import run_quiz, run_quiz_of

            def first(page: Page, *_: object) -> str:
                if quiz is not None:
                    return run_quiz_of(page, journal, quiz)
                return run_quiz(page, journal, picking)

            run_plain(files, journal, sys.stdin, sys.stdout, first=first)

        show(plain, app, lines)


def run_review(folder: Path | None, minutes: int | None, again: bool, plain: bool) -> None:
    """Begin a review, in the app or as lines of text.

    Args:
        folder: The course, or None for the one that comes with the program.
        minutes: How long it is; None for all that is due.
        again: Whether what was left out of review comes back.
        plain: Lines of text in place of the app.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.session.review import begin_review, bring_back

    with opened(folder) as (files, journal):
        if again:
            bring_back(journal)
        review = begin_review(files, journal, minutes)

        def app() -> str:
            from tutor.tui.app import TutorApp, run_app

            def first(tutor: TutorApp) -> None:
                from tutor.tui.screens.review import ReviewScreen

                tutor.push_screen(ReviewScreen(review))

            return run_app(files, journal, None, first)

        def lines() -> None:
            from tutor.plain.app import run_plain
            from tutor.plain.review import run_review

            def first(page: Page, *_: object) -> str:
                return run_review(page, journal, review)

            run_plain(files, journal, sys.stdin, sys.stdout, first=first)

        show(plain, app, lines)
