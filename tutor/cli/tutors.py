"""What a tutor does with a room or a class."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tutor.cli.options import FOUND_PROBLEMS, QUESTION_KINDS, plain_anyway, register_option
from tutor.cli.registers import (
    register_choose,
    register_delete,
    register_extend,
    register_list,
    register_remark,
    register_rename,
)
from tutor.cli.reports import register_moodle, register_override


@click.command()
@click.argument("question")
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def present(context: click.Context, question: str, plain: bool) -> None:
    """Put a question to a room: its votes, then the run, then the verdict.

    QUESTION is the id of a question of any kind, such as rising.q1. Nothing is kept.
    """
    from tutor.cli.presenting import run_present

    run_present(context.obj, question, plain or context.meta["plain"])


@click.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--explain", is_flag=True, help="What was read in each answer, for people.")
@plain_anyway
def grade(questions: Path, answers: Path, explain: bool) -> None:
    """Mark written answers, one JSON object a line.

    QUESTIONS is a file of mark schemes (YAML or JSON), or a content file with written questions.
    ANSWERS is CSV or JSON lines with question_id and answer; - reads JSON lines from the input.
    """
    from tutor.cli.grading import run_grade

    if run_grade(questions, answers, explain):
        sys.exit(FOUND_PROBLEMS)


@click.command()
@click.argument("places", nargs=-1, metavar="[MODULE]...")
@click.option("--for", "roster", type=click.Path(path_type=Path), help="CSV of the learners.")
@click.option("--due", required=True, help='Deadline, such as "2026-12-04 18:00" or friday.')
@click.option("--questions", type=click.IntRange(1), help="So many for each objective.")
@click.option("--question", "picked", multiple=True, metavar="ID", help="This one besides.")
@click.option("--kind", multiple=True, type=click.Choice(QUESTION_KINDS), help="Of this kind.")
@click.option(
    "--track",
    type=click.Choice(["A", "M"]),
    help="A: without the medical extensions; M: those alone.",
)
@click.option("--exam", "blueprint", metavar="BLUEPRINT", help="A paper drawn by a blueprint.")
@click.option("--practice", is_flag=True, help="Keys in the file, and feedback at once.")
@click.option(
    "--feedback",
    type=click.Choice(["at-once", "at-end", "released"]),
    help="When learners have it; graded work with your release.",
)
@click.option("--minutes", type=click.FloatRange(1, 600), help="Time limit in minutes.")
@click.option("--attempts", type=click.IntRange(0), help="How often; 0: any number.")
@click.option("--hints", is_flag=True, help="Hints may be asked for.")
@click.option("--certainty", is_flag=True, help="Learners say how sure they are of each answer.")
@click.option("--no-skip", is_flag=True, help="No question may be left open.")
@click.option(
    "--late",
    type=click.Choice(["accept", "refuse", "reduce"]),
    default="accept",
    help="What becomes of late work.",
)
@click.option("--late-percent", type=click.FloatRange(0, 100), help="Lost for each day begun.")
@click.option("--title", default="", help="What it is called.")
@click.option("--tutor", "tutor_name", default="", metavar="NAME", help="Who hands it out.")
@click.option("--to", "others", multiple=True, metavar="PUBLIC-KEY", help="Another tutor's key.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="The same seed, the same choice.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write.")
@register_option
@plain_anyway
@click.pass_obj
def assign(folder: Path | None, /, **wanted: Any) -> None:
    """Hand out modules, phases or an exam as one file for the whole class.

    MODULE is the id of a module or phase. A graded assignment carries no keys and no feedback,
    and is marked when you collect it; the register keeps the questions in full. Learners work
    through the file with `tutor open` and hand it in with `tutor submit`.
    """
    from tutor.cli.assigning import Wanted, run_assign

    run_assign(folder, Wanted(**wanted))


@click.group(invoke_without_command=True)
@register_option
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def register(context: click.Context, where: str | None, plain: bool) -> None:
    """Your key, and what your register holds; without a command, all of it on a screen."""
    if context.invoked_subcommand is None:
        from tutor.cli.register_screen import run_register

        run_register(context.obj, where, plain or context.meta["plain"])


for one in (
    *(register_list, register_extend, register_choose),
    *(register_remark, register_override, register_moodle),
    *(register_rename, register_delete),
):
    register.add_command(one)


@register.command("key")
@click.option("--copy", type=click.Path(path_type=Path), help="Keep a copy of the new key here.")
@click.option("--no-copy", is_flag=True, help="Make a key without a copy of it.")
@click.option("--restore", type=click.Path(path_type=Path), help="Put a copy back in its place.")
@click.option("--new", "is_new", is_flag=True, help="Make one though the one before is lost.")
@register_option
@plain_anyway
def register_key(
    copy: Path | None, no_copy: bool, restore: Path | None, is_new: bool, where: str | None
) -> None:
    """Show your public key, which submissions are sealed to; make one where there is none.

    Only its private half opens what learners hand in, so keep a copy of it on another disk.
    """
    from tutor.cli.tutor_keys import run_register_key

    run_register_key(copy, no_copy, restore, is_new, where)
