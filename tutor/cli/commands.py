"""The command line: which commands there are, and what is said when one fails.

A command is read from its module when it is asked for, and imports what it needs when it runs, so
that none pays for another.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from tutor.cli.options import FOUND_PROBLEMS, WRONG_USE
from tutor.course.errors import ContentErrors
from tutor.course.text import one_line

#: Where each command stands: its module in tutor/cli, and what it is called there.
COMMANDS = {
    "assign": ("tutors", "assign"),
    "check": ("authors", "check"),
    "collect": ("registers", "collect"),
    "demo": ("demo", "demo"),
    "exam": ("learners", "exam"),
    "export": ("exchangers", "export"),
    "grade": ("tutors", "grade"),
    "import": ("exchangers", "import_questions"),
    "journal": ("learners", "journal"),
    "keys": ("learners", "keys"),
    "lab": ("learners", "lab"),
    "learn": ("learners", "learn"),
    "new": ("authors", "new"),
    "open": ("learners", "open_assignment"),
    "present": ("tutors", "present"),
    "preview": ("authors", "preview"),
    "progress": ("learners", "progress"),
    "quiz": ("learners", "quiz"),
    "register": ("tutors", "register"),
    "release": ("reports", "release"),
    "report": ("reports", "report"),
    "review": ("learners", "review"),
    "schema": ("authors", "schema"),
    "simulate": ("learners", "simulate"),
    "submit": ("learners", "submit"),
}


class _Commands(click.Group):
    """Commands that are read when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"tutor.cli.{module}"), name)
        return command


@click.group(
    cls=_Commands,
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
        from tutor.cli.starting import start

        start(folder, plain, None)
    context.meta["plain"] = plain


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
