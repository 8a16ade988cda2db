"""What a learner does with what a tutor has handed out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.options import FOUND_PROBLEMS, plain_anyway


@click.command("open")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def open_assignment(context: click.Context, file: Path | None, plain: bool) -> None:
    """Work through an assignment, or read it with its keys once they are released.

    FILE is what your tutor passed on. Left out, it is looked for in this folder and among the
    downloads. What was opened is kept, and goes on working without the file.
    """
    from tutor.cli.assigned import run_open

    if run_open(context.obj, file, plain or context.meta["plain"]):
        sys.exit(FOUND_PROBLEMS)


@click.command()
@click.argument("wanted", metavar="[FILE|TITLE]", required=False, default="")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="What to write; left out, a file in this folder.",
)
@plain_anyway
def submit(wanted: str, out: Path | None) -> None:
    """Hand an assignment in: write one file for your tutor, and print its receipt.

    FILE is the assignment's, TITLE how its title begins; left out, the one that was begun. It can
    be handed in again: the last one counts.
    """
    from tutor.cli.assigned import run_submit

    run_submit(wanted, out)
