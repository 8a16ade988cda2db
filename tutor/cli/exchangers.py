"""What goes to other programs and comes from them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tutor.cli.options import FOUND_PROBLEMS, QUESTION_KINDS, plain_anyway


@click.group(no_args_is_help=False)
def export() -> None:
    """Write questions, and what is yours of them, for other programs."""


#: Which questions are exported.
_SELECTION = (
    click.option("--mistakes", is_flag=True, help="What you last got wrong."),
    click.option("--unsure", is_flag=True, help="What you last got right, but as a guess."),
    click.option("--all", "everything", is_flag=True, help="All questions, answered or not."),
    click.option("--phase", multiple=True, metavar="ID", help="Of this phase or module only."),
    click.option("--question", "picked", multiple=True, metavar="ID", help="This one besides."),
    click.option("--objective", multiple=True, metavar="ID", help="Of this objective only."),
    click.option("--misconception", multiple=True, metavar="ID", help="That may show it only."),
    click.option("--kind", multiple=True, type=click.Choice(QUESTION_KINDS), help="Of this kind."),
    click.option(
        "--track",
        type=click.Choice(["A", "M"]),
        help="A: without the medical extensions; M: the medical extensions alone.",
    ),
)
_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


def selecting(command: Any) -> Any:
    """A command with a file to write and a choice of questions."""
    for option in reversed((_FILE, *_SELECTION)):
        command = option(command)
    return command


@export.command("anki")
@selecting
@click.option("--text", is_flag=True, help="CSV that Anki reads, with plots of characters.")
@plain_anyway
@click.pass_obj
def export_anki(folder: Path | None, /, file: Path, text: bool, **wanted: Any) -> None:
    """Write a deck of your own mistakes to FILE, which ends in .apkg, or in .csv with --text.

    Each card asks one idea, with the plot before the answer in front and the run that settles it
    on the back. Import it again later: cards are brought up to date and keep their reviews.
    Options that name phases, kinds and so on may be given several times. Without a choice it is
    --mistakes.
    """
    from tutor.cli.exporting import run_export_anki, wanted_of

    if run_export_anki(folder, file, wanted_of(**wanted), as_text=text):
        sys.exit(FOUND_PROBLEMS)


@export.command("moodle")
@selecting
@click.option(
    "--plots",
    type=click.Choice(["png", "svg", "text"]),
    default="png",
    help="How plots are drawn.",
)
@plain_anyway
@click.pass_obj
def export_moodle(folder: Path | None, /, file: Path, plots: str, **wanted: Any) -> None:
    """Write questions as Moodle XML to FILE, which ends in .xml, with their plots and feedback.

    Without a choice all are written. It says by their ids which questions Moodle cannot hold.
    """
    _export_list(folder, file, "moodle", wanted, plots)


@export.command("gift")
@selecting
@plain_anyway
@click.pass_obj
def export_gift(folder: Path | None, /, file: Path, **wanted: Any) -> None:
    """Write questions as GIFT to FILE, which ends in .gift or .txt, with plots of characters.

    Without a choice all are written. An order becomes places to match, and a mark scheme stands in
    the feedback. It says by their ids which questions GIFT cannot hold.
    """
    _export_list(folder, file, "gift", wanted)


@export.command("csv")
@selecting
@plain_anyway
@click.pass_obj
def export_csv(folder: Path | None, /, file: Path, **wanted: Any) -> None:
    """Write questions to FILE for a spreadsheet, a line each, with plots of characters.

    FILE ends in .csv. Without a choice all are written. It says by their ids which questions such
    a list cannot hold.
    """
    _export_list(folder, file, "csv", wanted)


def _export_list(
    folder: Path | None, file: Path, form: str, wanted: dict[str, Any], plots: str = "text"
) -> None:
    from tutor.cli.exporting import run_export_list, wanted_of

    chosen = wanted_of(**wanted, or_else="everything")
    if run_export_list(folder, file, form, chosen, plots):  # type: ignore[arg-type]
        sys.exit(FOUND_PROBLEMS)


@export.command("xapi")
@_FILE
@click.option("--mail", default="", metavar="ADDRESS", help="Whose they are; else this machine's.")
@plain_anyway
@click.pass_obj
def export_xapi(folder: Path | None, file: Path, mail: str) -> None:
    """Write your attempts as xAPI statements to FILE, which ends in .json.

    Exported again, each statement keeps its id, so that a record store takes it once.
    """
    from tutor.cli.exporting import run_export_xapi

    if run_export_xapi(folder, file, mail):
        sys.exit(FOUND_PROBLEMS)


@click.command("import")
@click.argument("form", metavar="moodle|gift|csv", type=click.Choice(["moodle", "gift", "csv"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("into", type=click.Path(path_type=Path))
@plain_anyway
def import_questions(form: str, file: Path, into: Path) -> None:
    """Take a list of questions into a course, as a new phase.

    FILE is Moodle XML, GIFT, or CSV with a column `stem` and others as `tutor export csv` names
    them. INTO is the new phase's file, such as COURSE/phases/membrane.yaml. The questions then
    need a scenario each: `tutor check INTO` says what they lack.
    """
    from tutor.cli.importing import run_import

    if run_import(file, form, into):  # type: ignore[arg-type]
        sys.exit(FOUND_PROBLEMS)
