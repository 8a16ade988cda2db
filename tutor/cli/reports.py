"""What a tutor reads of a class, and gives back to it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.options import FOUND_PROBLEMS, plain_anyway, register_option

_A_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("assignment", required=False)
@click.option("--html", "page", type=_A_FILE, metavar="FILE", help="Write it as a page.")
@click.option("--csv", "table", type=_A_FILE, metavar="FILE", help="Statistics by question.")
@click.option(
    "--gradebook", type=_A_FILE, metavar="FILE", help="Marks of all learners, as CSV for Moodle."
)
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.option("--all", "whole", is_flag=True, help="Print all of it, each question too.")
@click.option("--learner", metavar="ID", help="The answers and marks of this learner alone.")
@click.option("--missing", is_flag=True, help="As CSV, who has not handed in.")
@register_option
@plain_anyway
def report(
    assignment: str | None,
    page: Path | None,
    table: Path | None,
    gradebook: Path | None,
    as_json: bool,
    whole: bool,
    learner: str | None,
    missing: bool,
    where: str | None,
) -> None:
    """Tell what a class did not understand, and how it did.

    ASSIGNMENT is an id, a title or the beginning of one; left out, the newest. It prints what
    to read first of the report, or writes the files that are asked for.
    """
    from tutor.cli.reporting import Asked, run_report

    printed = Asked(json=as_json, whole=whole, learner=learner, missing=missing)
    run_report(assignment, page, table, gradebook, printed, where)


@click.command()
@click.argument("assignment")
@click.option("--out", type=_A_FILE, metavar="FILE", help="The file to write.")
@click.option("--early", is_flag=True, help="Although some may still hand in.")
@register_option
@plain_anyway
def release(assignment: str, out: Path | None, early: bool, where: str | None) -> None:
    """Write one file that gives keys and feedback to the whole class, after the deadline."""
    from tutor.cli.reporting import run_release

    run_release(assignment, out, early, where)


@click.command("moodle")
@click.argument("assignment")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@register_option
@plain_anyway
def register_moodle(assignment: str, file: Path, where: str | None) -> None:
    """Take in the results of a Moodle quiz of the same questions.

    FILE is the quiz's report of responses, downloaded as CSV, best with Question text ticked. For
    the quiz itself see `tutor export moodle`.
    """
    from tutor.cli.moodle_results import run_moodle

    if run_moodle(assignment, file, where):
        sys.exit(FOUND_PROBLEMS)


@click.command("override")
@click.argument("assignment")
@click.argument("learner")
@click.argument("question")
@click.argument("marks", required=False)
@click.option("--point", metavar="ID", help="For this mark point, in place of MARKS.")
@click.option("--met", "state", flag_value="met", help="The point counts as met.")
@click.option("--missed", "state", flag_value="missed", help="The point counts as missed.")
@click.option("--same-answer", is_flag=True, help="For all who gave this learner's answer, too.")
@click.option("--withdraw", is_flag=True, help="Take back what was given, in place of MARKS.")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")
@click.option("--who", metavar="NAME", help="Who gives them; left out, who is logged in.")
@register_option
@plain_anyway
def register_override(
    assignment: str,
    learner: str,
    question: str,
    marks: str | None,
    point: str | None,
    state: str | None,
    same_answer: bool,
    withdraw: bool,
    why: str,
    who: str | None,
    where: str | None,
) -> None:
    """Give other marks to an answer; they stay when it is marked again.

    They belong to that answer, and rest while another one of the learner counts.

    LEARNER is an id, QUESTION an id or its number in the report. With --point LEARNER may be
    `all`: with --met all answers that miss the point, with --missed all that meet it, with
    --withdraw all for which you said so.
    """
    from tutor.cli.overriding import Wanted, run_override

    wanted = Wanted(learner, question, marks, point, state, same_answer, withdraw, why, who)
    run_override(assignment, wanted, where)
