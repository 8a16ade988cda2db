"""What a learner does: walk through lessons, test themselves, look at what they know."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tutor.cli.options import FOUND_PROBLEMS, QUESTION_KINDS, plain_anyway


@click.command()
@click.argument("name", metavar="[MODULE]", required=False)
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def learn(context: click.Context, name: str | None, plain: bool) -> None:
    """Go straight into a module or phase."""
    from tutor.cli.starting import phase_to_learn, start

    start(context.obj, plain or context.meta["plain"], lambda files: phase_to_learn(files, name))


@click.command()
@click.argument("scenario")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Change a setting.")
@click.option("--json", "form", flag_value="json", help="Measurements and samples as JSON.")
@click.option("--csv", "form", flag_value="csv", help="Samples as CSV.")
@click.option("--plot", "form", flag_value="plot", help="The plot alone.")
@click.option("--settings", "form", flag_value="settings", help="What can be set, and no run.")
@click.option(
    "--mode",
    type=click.Choice(["ascii", "half-block", "braille"]),
    default="ascii",
    help="How to draw.",
)
@plain_anyway
@click.pass_obj
def simulate(
    folder: Path | None, scenario: str, settings: tuple[str, ...], form: str | None, mode: str
) -> None:
    """Run a preparation, or the run of a question.

    SCENARIO is resting, receptor, dendrite, textbook, squid, cortical, axon, myelinated,
    accounting, or the id of a question, such as rising.q1.
    """
    from tutor.cli.simulating import run_simulate

    run_simulate(folder, scenario, settings, form or "text", mode)


@click.command()
@click.option("--json", "form", flag_value="json", help="All of it as one JSON object.")
@click.option("--csv", "form", flag_value="csv", help="A row for each objective.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to FILE as a page that needs nothing else.",
)
@plain_anyway
@click.pass_obj
def progress(folder: Path | None, form: str | None, page: Path | None) -> None:
    """Tell where you stand: mastery, forecast for the exam day, wrong ideas, time.

    What the names of the JSON mean stands in tutor/session/progress/view.py; they stay.
    """
    from tutor.cli.progress import run_progress

    run_progress(folder, form or "text", page)


@click.command()
@click.argument("scenario", required=False)
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def lab(context: click.Context, scenario: str | None, plain: bool) -> None:
    """A free bench: set up a run, turn it, compare, experiment, export.

    SCENARIO is a preparation, a set-up that was saved in the lab, or the id of a question that has
    been answered; left out, the textbook neuron.
    """
    from tutor.cli.lab import run_lab

    run_lab(context.obj, scenario, plain or context.meta["plain"])


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="How many; 10 otherwise.")
@click.option("--kind", multiple=True, type=click.Choice(QUESTION_KINDS), help="Of this kind.")
@click.option(
    "--track",
    type=click.Choice(["A", "M"]),
    help="A: without the medical extensions; M: the medical extensions alone.",
)
@click.option("--mistakes", is_flag=True, help="What was wrong last time.")
@click.option("--never-seen", is_flag=True, help="What was never answered.")
@click.option("--flagged", is_flag=True, help="What is flagged.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), help="Draws a certain choice of questions again."
)
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def quiz(context: click.Context, /, plain: bool, **wanted: Any) -> None:
    """Mixed questions, of what is named or else of what you pick.

    NAME is the id of a module, phase, objective or misconception, or a title on the map. Of
    several of one sort any will do; all else that is asked for has to fit. A quiz that was left
    can be gone on with. It is practice: it does not change when a question is due for review.
    """
    from tutor.cli.testing import run_quiz

    run_quiz(context.obj, plain=plain or context.meta["plain"], **wanted)


@click.command()
@click.option(
    "--minutes", type=click.IntRange(1, 24 * 60), metavar="N", help="How long; or all that is due."
)
@click.option("--bring-back", is_flag=True, help="Asks again what was left out of review, too.")
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def review(context: click.Context, minutes: int | None, bring_back: bool, plain: bool) -> None:
    """What is due, the most at risk first, and some that is new; it starts at once."""
    from tutor.cli.testing import run_review

    run_review(context.obj, minutes, bring_back, plain or context.meta["plain"])


@click.command()
@click.argument("blueprint", required=False)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    help="Draws a certain paper again; left out, a new one.",
)
@click.option(
    "--extra",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Extra time; left out, what is chosen in the app.",
)
@click.option("--list", "listed", is_flag=True, help="What there is, and what has been sat.")
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def exam(
    context: click.Context,
    blueprint: str | None,
    seed: int | None,
    extra: int | None,
    listed: bool,
    plain: bool,
) -> None:
    """Sit a timed exam, or go on with the one whose clock is running.

    BLUEPRINT is the name of an exam of the course, such as a-level or usmle, or the path of a YAML
    file of your own; left out, you are asked.
    """
    from tutor.cli.exam import list_exams, run_exam

    if listed:
        list_exams(context.obj)
    else:
        run_exam(context.obj, blueprint, seed, extra, plain or context.meta["plain"])


@click.command("open")
@click.argument("wanted", metavar="[FILE|TITLE]", required=False, default="")
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def open_assignment(context: click.Context, wanted: str, plain: bool) -> None:
    """Work through an assignment, or read it with its keys once they are released.

    FILE is what your tutor passed on, TITLE how its title begins. They are looked for in this
    folder and among the downloads, and so is all there is where they are left out. What was
    opened is kept, and goes on working without the file.
    """
    from tutor.cli.opening import run_open

    if run_open(context.obj, wanted, plain or context.meta["plain"]):
        sys.exit(FOUND_PROBLEMS)


@click.command()
@click.argument("wanted", metavar="[FILE|TITLE]", required=False, default="")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="What to write; left out, a file among the downloads, as the app writes it.",
)
@click.option("--yes", is_flag=True, help="Without asking where questions have no answer.")
@plain_anyway
def submit(wanted: str, out: Path | None, yes: bool) -> None:
    """Hand an assignment in: write one file for your tutor, and print its receipt.

    FILE is the assignment's, here or among the downloads, TITLE how its title begins; left out,
    the one that was begun. It can be handed in again: the last one in time counts.
    """
    from tutor.cli.opening import run_submit

    run_submit(wanted, out, yes)


@click.command()
@click.option("--write", is_flag=True, help="Write a file with all of them, to change them in.")
@plain_anyway
def keys(write: bool) -> None:
    """List the keys of the app by their ids, as they are on this machine."""
    from tutor.cli.keys import run_keys

    if run_keys(write):
        sys.exit(FOUND_PROBLEMS)


@click.group(invoke_without_command=True)
@plain_anyway
@click.pass_context
def journal(context: click.Context) -> None:
    """What is kept of you: where it is, to give out, to bring in, or to lay aside."""
    from tutor.cli.keeping import run_where

    if context.invoked_subcommand is None:
        run_where()


@journal.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@plain_anyway
def export_journal(file: Path, force: bool) -> None:
    """Write all of it to FILE, as JSON lines that any program can read."""
    from tutor.cli.keeping import run_export

    run_export(file, force=force)


@journal.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@plain_anyway
def import_journal(file: Path) -> None:
    """Bring in FILE: an export, or the journal of another machine.

    What is here already is not doubled, and a back-up is laid beside the journal first.
    """
    from tutor.cli.keeping import run_import

    run_import(file)


@journal.command("reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
@plain_anyway
def reset_journal(yes: bool) -> None:
    """Begin anew; all that was kept goes into a dated back-up."""
    from tutor.cli.keeping import run_reset

    run_reset(yes)
