"""Starting the app, or its plain form where there is no screen."""

from __future__ import annotations

import difflib
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from tutor.course.loader import CourseFolder
from tutor.course.text import one_line
from tutor.journal.store import Journal, default_path
from tutor.session.home import home_view
from tutor.session.terminal import has_screen

#: Twice Textual's own: a key's two paints then come within a frame of a common screen.
FRAMES_PER_S = "120"

Choose = Callable[[CourseFolder], str | None]


def start(folder: Path | None, plain: bool, choose: Choose | None) -> None:
    """Open the app or the plain front end, at the course map or in a phase.

    Args:
        folder: The course, or None for the one that comes with the program.
        plain: Lines of text in place of the app.
        choose: Names the phase to go straight into.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    with opened(folder) as (files, journal):
        phase_id = choose(files) if choose else None
        if choose and phase_id is None:
            phase_id = home_view(files, journal, date.today()).next_phase.id

        def app() -> str:
            from tutor.tui.app import run_app

            return run_app(files, journal, phase_id)

        def lines() -> None:
            from tutor.plain.app import run_plain

            run_plain(files, journal, sys.stdin, sys.stdout, phase_id)

        show(plain, app, lines)


@contextmanager
def opened(folder: Path | None) -> Iterator[tuple[CourseFolder, Journal]]:
    """Open the course and the learner's journal.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    # Until the first frame nothing is thrown away: the collector would only go over all that
    # is being loaded, a tenth of the time. The app switches it on again once it stands.
    gc.disable()
    files = CourseFolder(folder)
    _ = files.course
    with Journal.open(default_path()) as journal:
        yield files, journal


def show(plain: bool, app: Callable[[], str], lines: Callable[[], None]) -> None:
    """Run `app`, or `lines` where they are wanted, asked for on the way, or all that is possible.

    Args:
        plain: Lines of text in place of the app.
        app: Runs the app; gives "plain" where it is left for lines of text.
        lines: Runs the same as lines of text.
    """
    if not plain and has_screen():
        # Textual waits for its next frame before it paints what a key has changed.
        os.environ.setdefault("TEXTUAL_FPS", FRAMES_PER_S)
        plain = app() == "plain"
    elif not plain:
        print("No screen to draw on, so here is the tutor as lines of text.", file=sys.stderr)
        plain = True
    if plain:
        gc.enable()
        lines()


def phase_to_learn(files: CourseFolder, name: str | None) -> str | None:
    """The phase that `name` means: a phase's id, or a module's first phase.

    Raises:
        click.UsageError: there is no such module or phase.
    """
    if name is None or name in files.phase_ids:
        return name
    modules = {module.id: module for module in files.course.modules}
    if name in modules:
        return modules[name].phases[0].id
    raise click.UsageError(unknown("module or phase", name, [*modules, *files.phase_ids]))


def unknown(what: str, name: str, known: list[str]) -> str:
    """A sentence for a name that is not known, with the nearest that is."""
    near = difflib.get_close_matches(name, known, 1)
    meant = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
    return f"there is no {what} {one_line(name, 60)!r}{meant}"
