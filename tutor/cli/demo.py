"""`tutor demo class`: a sample class to try everything out with."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.options import plain_anyway

if TYPE_CHECKING:
    from tutor.classroom.demo.demo import Demo


@click.group()
def demo() -> None:
    """Sample data to try things out with."""


@demo.command("class")
@click.option(
    "--learners", default=300, show_default=True, type=click.IntRange(20, 5000), help="How many."
)
@click.option("--seed", default=1, show_default=True, type=int, help="What it is drawn by.")
@click.option(
    "--into",
    "folder",
    default="sample",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder that is empty, or not there yet.",
)
@plain_anyway
@click.pass_obj
def demo_class(files: Path | None, learners: int, seed: int, folder: Path) -> None:
    """Make a class of simulated learners, and what they handed in.

    It has a key and a register of its own in the folder, and says which commands to try on it.
    """
    from tutor.classroom.demo.demo import CannotMake, make_demo
    from tutor.course.loader import CourseFolder
    from tutor.words import demo as words

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == learners else ""
            print(
                f"\r{words.MAKING.format(count=done, learners=learners)}",
                end=end,
                file=sys.stderr,
                flush=True,
            )

    try:
        made = make_demo(CourseFolder(files), folder, learners, seed, progress)
    except CannotMake as error:
        raise click.UsageError(str(error)) from None
    _tell(made)


def _tell(made: Demo) -> None:
    """What was made, and the commands that can be tried on it."""
    from tutor.classroom.demo import demo as parts
    from tutor.words import demo as words

    folder = made.folder
    print(words.MADE.format(**{name: getattr(made, name) for name in made.__struct_fields__}))
    use = words.USE_POWERSHELL if os.name == "nt" else words.USE
    print(f"\n    {use.format(folder=shlex.quote(str(folder.resolve())))}\n")
    print(words.THEN)
    for command, what in words.TRY:
        shown = command.format(
            submissions=shlex.quote(str(folder / parts.SUBMISSIONS)),
            extensions=shlex.quote(str(folder / parts.EXTENSIONS)),
            folder=shlex.quote(str(folder)),
            learner=made.learner,
            question=made.question,
            why=shlex.quote(words.WHY),
        )
        print(f"\n    {shown}\n  {what}")
