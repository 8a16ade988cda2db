"""What a tutor does with a room or a class."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tutor.cli.options import FOUND_PROBLEMS, plain_anyway


@click.command()
@click.argument("question")
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def present(context: click.Context, question: str, plain: bool) -> None:
    """Put a question to a room: its vote, then the run, then the verdict.

    QUESTION is the id of a single or multi question, such as rising.q1. Nothing is kept.
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
