"""`tutor check` and `tutor schema`."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from tutor.authoring.check import CheckReport, check_course
from tutor.authoring.check.coverage import coverage_lines
from tutor.authoring.check.kept import default_cache
from tutor.authoring.check.report import ContentWarning
from tutor.course.errors import ContentError
from tutor.course.loader import COURSE_FILE
from tutor.course.model import Claims, Course, Misconceptions, Phase
from tutor.course.text import one_line
from tutor.session.exam.blueprint import Blueprint
from tutor.session.terminal import meter

_STRUCTS = {
    "phase": Phase,
    "course": Course,
    "misconceptions": Misconceptions,
    "claims": Claims,
    "exam": Blueprint,
}


def run_check(path: Path | None, as_json: bool, *, keep: bool) -> bool:
    """Print what is wrong in a course, or in one file of it; True where anything is.

    Args:
        path: The folder or the file; None for the course in the present folder, or else the one
            that comes with the program.
        as_json: One JSON object in place of lines of text.
        keep: Use the outcomes of earlier checks, and keep those of this one.

    Raises:
        click.UsageError: the file belongs to no course.
    """
    if path is None and Path(COURSE_FILE).is_file():
        path = Path()
    folder, only = course_of(path)
    with _bar() as progress:
        report = check_course(
            folder,
            only=only,
            cache=default_cache() if keep else None,
            processes=None,
            progress=progress,
        )
    if as_json:
        checked = None if path is None else str(path)
        found = {"checked": checked, **_as_json(report)}
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(report, path, folder)
    return not report.passed


def course_of(path: Path | None) -> tuple[Path | None, str | None]:
    """The folder of the course that `path` is or is a file of, and the file's name in it.

    Raises:
        click.UsageError: the file belongs to no course.
    """
    if path is None or not path.is_file():
        return path, None
    whole = path.resolve()
    for folder in whole.parents[:2]:
        if (folder / COURSE_FILE).is_file():
            return folder, whole.relative_to(folder).as_posix()
    raise click.UsageError(
        f"{one_line(str(path))} belongs to no course: there is no {COURSE_FILE} beside it or in "
        "the folder above; `tutor new course FOLDER` begins one"
    )


def _print(report: CheckReport, path: Path | None, folder: Path | None) -> None:
    for error in report.errors:
        print(error)
    for warning in report.warnings:
        print(warning)
    if report.coverage is not None:
        print("\n".join(coverage_lines(report.coverage)))
    which = "the built-in course" if path is None else shown_path(path.absolute())
    print(f"{which}: {_verdict(report)}")
    if report.elsewhere:
        errors = [
            f"{_counted(count, 'error')} in {name}" for name, count in report.elsewhere.items()
        ]
        print(f"Beside it {', '.join(errors)}: tutor check {shown_path(folder or Path())}")


def shown_path(path: Path) -> str:
    """A path as it can be typed again, from the present folder where it is in it."""
    here = Path.cwd()
    if path.is_absolute() and path.is_relative_to(here) and path != here:
        path = path.relative_to(here)
    return shlex.quote(one_line(str(path), 400))


def _verdict(report: CheckReport) -> str:
    proved = "all proved, no errors" if report.questions else "no errors"
    found = [_counted(len(report.errors), "error") if report.errors else proved]
    if report.warnings:
        found.append(_counted(len(report.warnings), "warning"))
    if report.waived:
        found.append(f"{len(report.waived)} waived")
    if not report.phases:
        return ", ".join(found)
    checked = f"{_counted(report.phases, 'phase')}, {_counted(report.questions, 'question')}"
    return f"{checked}: {', '.join(found)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _as_json(report: CheckReport) -> dict[str, object]:
    coverage = report.coverage
    return {
        "phases": report.phases,
        "questions": report.questions,
        "errors": [_found(error) for error in report.errors],
        "warnings": [_found(warning) for warning in report.warnings],
        "waived": [_found(warning) for warning in report.waived],
        "elsewhere": dict(report.elsewhere),
        "coverage": None if coverage is None else msgspec.to_builtins(coverage, str_keys=True),
        "passed": report.passed,
    }


def _found(found: ContentError | ContentWarning) -> dict[str, object]:
    told: dict[str, object] = {
        "file": found.file,
        "line": found.place.line,
        "column": found.place.column,
        "item": found.item,
        "message": found.message,
    }
    if isinstance(found, ContentWarning):
        told["code"] = found.code
        told |= {"waived": found.waived} if found.waived else {}
    return told


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Shows on a terminal how much has been run; elsewhere nothing."""
    shown = sys.stderr.isatty()

    def progress(done: int, count: int) -> None:
        if shown:
            bar = meter(done / count, 30, plain=True)
            print(f"\rChecking [{bar}] {done}/{count}", end="", file=sys.stderr, flush=True)

    try:
        yield progress
    finally:
        if shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


def run_schema(kind: str) -> None:
    """Print the JSON Schema of one kind of content file."""
    document = msgspec.json.schema(_STRUCTS[kind])
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    print(json.dumps(document, indent=2))
