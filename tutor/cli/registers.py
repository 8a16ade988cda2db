"""Taking in what a class handed in, and what a register holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.options import FOUND_PROBLEMS, plain_anyway, register_option

_A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument(
    "paths",
    metavar="FOLDER|ZIP|FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@click.option("--assignment", "named", metavar="ID|TITLE", help="Of this assignment alone.")
@click.option("--extensions", type=_A_FILE, help="CSV with id, due and extra, read in first.")
@click.option("--roster", type=_A_FILE, help="CSV of the learners, where more have joined.")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@register_option
@plain_anyway
def collect(
    paths: tuple[Path, ...],
    named: str | None,
    extensions: Path | None,
    roster: Path | None,
    as_json: bool,
    where: str | None,
) -> None:
    """Take in what learners handed in, and mark it.

    Folders are gone through with all that is in them, archives as a learning platform gives them
    out; files may have any name, and all of it may be taken in again. What cannot be taken in is
    set aside with a reason, and the rest goes on. Nothing here changes or moves a file.
    """
    from tutor.cli.collecting import run_collect

    if run_collect(paths, named, extensions, roster, as_json, where):
        sys.exit(FOUND_PROBLEMS)


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@register_option
@plain_anyway
def register_list(as_json: bool, where: str | None) -> None:
    """List the assignments, and how many have handed in."""
    from tutor.cli.registering import run_list

    run_list(as_json, where)


@click.command("extend")
@click.argument("assignment")
@click.argument("extensions", metavar="CSV", type=_A_FILE)
@register_option
@plain_anyway
def register_extend(assignment: str, extensions: Path, where: str | None) -> None:
    """Give learners more time: deadlines of their own, or extra time in percent.

    CSV has the columns id, due and extra. Whoever has handed in already is marked anew by it.
    """
    from tutor.cli.registering import run_extend

    if run_extend(assignment, extensions, where):
        sys.exit(FOUND_PROBLEMS)


@click.command("choose")
@click.argument("assignment")
@click.argument("learner")
@click.argument("receipt", nargs=-1, required=True, metavar="RECEIPT")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")
@click.option("--who", metavar="NAME", help="Who chooses; left out, who is logged in.")
@register_option
@plain_anyway
def register_choose(
    assignment: str,
    learner: str,
    receipt: tuple[str, ...],
    why: str,
    who: str | None,
    where: str | None,
) -> None:
    """Say which work of a learner counts, where two machines handed in under one id.

    LEARNER is an id, RECEIPT the code that was told when it was handed in. What the learner hands
    in after that can take its place.
    """
    from tutor.cli.choosing import run_choose

    run_choose(assignment, learner, " ".join(receipt), why, who, where)


@click.command("remark")
@click.argument("assignment")
@register_option
@plain_anyway
def register_remark(assignment: str, where: str | None) -> None:
    """Mark an assignment again from the answers, as after a new version of the program.

    Marks that you gave yourself stay.
    """
    from tutor.cli.registering import run_remark

    run_remark(assignment, where)


@click.command("rename")
@click.argument("assignment")
@click.argument("title")
@register_option
@plain_anyway
def register_rename(assignment: str, title: str, where: str | None) -> None:
    """Call an assignment otherwise, in your register and its reports.

    The files that you have handed out keep the old title.
    """
    from tutor.cli.housekeeping import run_rename

    run_rename(assignment, title, where)


@click.command("delete")
@click.argument("assignment")
@click.option("--yes", is_flag=True, help="Without having its title typed.")
@register_option
@plain_anyway
def register_delete(assignment: str, yes: bool, where: str | None) -> None:
    """Delete an assignment with all that was handed in for it, for good.

    It says how much that is, and deletes once you have typed the title, or the id where another
    assignment is called the same.
    """
    from tutor.cli.housekeeping import run_delete

    run_delete(assignment, yes, where)
