"""The commands. Each imports what it needs when it runs, so that none pays for another."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from tutor.course.errors import ContentErrors
from tutor.course.text import one_line

FOUND_PROBLEMS = 1
WRONG_USE = 2

#: What a question may be; named here, as the content's own types take time to load.
QUESTION_KINDS = (
    "single",
    "multi",
    "ordering",
    "matching",
    "numeric",
    "calculation",
    "text",
    "point",
    "interval",
    "experiment",
)

#: For commands that print lines of text anyway, so that `--plain` may stand on any of them.
plain_anyway = click.option("--plain", is_flag=True, expose_value=False, hidden=True)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command the app starts where you left off.",
)
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.option(
    "--course",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of another course, with its course.yaml.",
)
@click.version_option(package_name="action-potential-tutor", message="%(version)s")
@click.pass_context
def tutor(context: click.Context, plain: bool, folder: Path | None) -> None:
    """A tutor for the action potential: predict, run the neuron, compare, explain."""
    context.obj = folder
    if context.invoked_subcommand is None:
        _start(folder, plain, None)
    context.meta["plain"] = plain


@tutor.command()
@click.argument("name", metavar="[MODULE]", required=False)
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def learn(context: click.Context, name: str | None, plain: bool) -> None:
    """Go straight into a module or phase."""
    from tutor.cli.starting import phase_to_learn

    _start(context.obj, plain or context.meta["plain"], lambda files: phase_to_learn(files, name))


@tutor.command()
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


@tutor.command()
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


@tutor.group(no_args_is_help=False)
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


@tutor.command()
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


@tutor.command()
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


@tutor.command()
@click.argument("question")
@click.option("--plain", is_flag=True, help="Lines of text in place of the app.")
@click.pass_context
def present(context: click.Context, question: str, plain: bool) -> None:
    """Put a question to a room: its vote, then the run, then the verdict.

    QUESTION is the id of a single or multi question, such as rising.q1. Nothing is kept.
    """
    from tutor.cli.presenting import run_present

    run_present(context.obj, question, plain or context.meta["plain"])


@tutor.command()
@click.option("--write", is_flag=True, help="Write a file with all of them, to change them in.")
@plain_anyway
def keys(write: bool) -> None:
    """List the keys of the app by their ids, as they are on this machine."""
    from tutor.cli.keys import run_keys

    if run_keys(write):
        sys.exit(FOUND_PROBLEMS)


@tutor.command()
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


@tutor.command()
@click.argument(
    "kind", type=click.Choice(["phase", "course", "misconceptions", "claims"]), default="phase"
)
@plain_anyway
def schema(kind: str) -> None:
    """Print the JSON Schema of a content file."""
    from tutor.cli.checking import run_schema

    run_schema(kind)


def _start(folder: Path | None, plain: bool, choose: object) -> None:
    from tutor.cli.starting import start

    start(folder, plain, choose)  # type: ignore[arg-type]


def main() -> None:
    """Run the command line; every error is one clear sentence."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # What a stream cannot encode becomes a question mark, never a fault.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        tutor.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        _fail(error.format_message(), WRONG_USE)
    except ContentErrors as errors:
        for content_error in errors.errors:
            print(content_error, file=sys.stderr)
        sys.exit(FOUND_PROBLEMS)
    except (click.Abort, KeyboardInterrupt):
        _fail("Stopped.", 130)
    except BrokenPipeError:
        # The reader has gone; nothing more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FOUND_PROBLEMS)
    except Exception as error:
        _fail(_explained(error), FOUND_PROBLEMS)


def _explained(error: Exception) -> str:
    """What went wrong, in a sentence; a fault of the program leaves a report in a file."""
    import traceback

    from tutor.journal.store import JournalError, default_path

    if isinstance(error, JournalError):
        return str(error)
    if isinstance(error, OSError):
        name = f" ({error.filename})" if error.filename else ""
        return f"the system refused{name}: {error.strerror or error}"
    report = default_path().with_name("fault.txt")
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f"; please report it with the file {report}"
    except OSError:
        where = ""
    kind = type(error).__name__
    return f"a fault in the program ({kind}: {error}); your answers are kept{where}"


def _fail(message: str, code: int) -> NoReturn:
    print(f"tutor: {one_line(message, 600)}", file=sys.stderr)
    sys.exit(code)
