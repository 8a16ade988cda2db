"""What an author does: check a course, begin its files, look at them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.options import FOUND_PROBLEMS, QUESTION_KINDS, plain_anyway


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="All that was found as one JSON object.")
@click.option("--no-cache", is_flag=True, help="Run everything, also what has not changed.")
@plain_anyway
@click.pass_obj
def check(folder: Path | None, path: Path | None, as_json: bool, no_cache: bool) -> None:
    """Check a course: prove its keys, and read its wording.

    Reads every file, runs every scenario, and warns of wording that gives an answer away. PATH is
    the folder of a course, or one content file of it; left out, the course in the present folder,
    or else the one that comes with the program.
    """
    from tutor.cli.checking import run_check

    if run_check(path or folder, as_json, keep=not no_cache):
        sys.exit(FOUND_PROBLEMS)


@click.group(no_args_is_help=False)
def new() -> None:
    """Begin a course, phase, question or misconception from a template that passes the check."""


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="A new course", help="What the course is called.")
@plain_anyway
def course_from_template(folder: Path, title: str) -> None:
    """Write a course with one phase into FOLDER."""
    from tutor.cli.creating import run_new_course

    run_new_course(folder, title)


@new.command("phase")
@click.argument("phase_id", metavar="ID")
@click.argument("course", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the phase is called.")
@plain_anyway
@click.pass_obj
def phase_from_template(
    folder: Path | None, phase_id: str, course: Path | None, title: str
) -> None:
    """Write a phase with one step and two questions.

    COURSE is the folder of the course; left out, the one of --course, or the present folder.
    """
    from tutor.cli.creating import run_new_phase

    run_new_phase(course or folder, phase_id, title)


@new.command("question")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice(QUESTION_KINDS), default="single", help="What it asks for."
)
@click.option("--id", "question_id", default="", help="Left out: the next of the phase.")
@plain_anyway
def question_from_template(file: Path, kind: str, question_id: str) -> None:
    """Write a question at the end of FILE, such as phases/peak.yaml."""
    from tutor.cli.creating import run_new_question

    run_new_question(file, kind, question_id)


@new.command("misconception")
@click.argument("course", required=False, type=click.Path(path_type=Path))
@plain_anyway
@click.pass_obj
def misconception_from_template(folder: Path | None, course: Path | None) -> None:
    """Write a misconception at the end of misconceptions.yaml.

    COURSE is the folder of the course; left out, the one of --course, or the present folder.
    """
    from tutor.cli.creating import run_new_misconception

    run_new_misconception(course or folder)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("item_id", metavar="[ID]", default="")
@click.option("--watch", is_flag=True, help="Print again what changes, until Ctrl-C.")
@click.option("--seed", type=click.IntRange(min=0), default=1, help="Other numbers and order.")
@plain_anyway
def preview(file: Path, item_id: str, watch: bool, seed: int) -> None:
    """Print a step or question as a learner sees it, with every verdict.

    FILE is a phase's file. ID is one of its steps or questions; left out, all are printed.
    """
    from tutor.cli.previewing import run_preview

    run_preview(file, item_id, watch=watch, seed=seed)


@click.command()
@click.argument(
    "kind",
    type=click.Choice(["phase", "course", "misconceptions", "claims", "exam"]),
    default="phase",
)
@plain_anyway
def schema(kind: str) -> None:
    """Print the JSON Schema of a content file."""
    from tutor.cli.checking import run_schema

    run_schema(kind)
