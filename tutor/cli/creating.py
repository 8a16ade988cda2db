"""`tutor new`: courses, phases, questions and misconceptions to begin with."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from tutor.authoring.new import (
    CannotBegin,
    new_course,
    new_misconception,
    new_phase,
    new_question,
)
from tutor.cli.checking import course_of
from tutor.course.loader import COURSE_FILE
from tutor.course.text import one_line


def run_new_course(folder: Path, title: str) -> None:
    """Write a course, and say what comes next.

    Raises:
        click.UsageError: the folder is in use.
    """
    try:
        written = new_course(folder, title)
    except CannotBegin as error:
        raise click.UsageError(str(error)) from None
    for path in written:
        print(f"wrote {_shown(path)}")
    print(f"Next: tutor check {_shown(folder)}, and tutor --course {_shown(folder)} to learn.")


def run_new_phase(folder: Path | None, phase_id: str, title: str) -> None:
    """Write a phase of the course in `folder`, or else in this folder.

    Raises:
        click.UsageError: there is no course, or no place for the phase.
    """
    folder = _course_in(folder)
    try:
        path, frame = new_phase(folder, phase_id, title)
    except CannotBegin as error:
        raise click.UsageError(str(error)) from None
    print(f"wrote {_shown(path)}, and named it in {_shown(frame)}")
    print(f"Next: tutor check {_shown(path)}, and tutor preview {_shown(path)}")


def run_new_question(file: Path, kind: str, question_id: str) -> None:
    """Write a question at the end of a phase's file.

    Raises:
        click.UsageError: the file is no phase of a course, or has no place for it.
    """
    folder, name = course_of(file)
    if folder is None or name is None or not name.startswith("phases/"):
        raise click.UsageError(
            f"{one_line(str(file))} is no phase's file, such as phases/peak.yaml in a course"
        )
    try:
        _, made = new_question(folder, Path(name).stem, kind, question_id)
    except CannotBegin as error:
        raise click.UsageError(str(error)) from None
    print(f"wrote {made} at the end of {_shown(file)}")
    print(f"Next: tutor check {_shown(file)}, and tutor preview {_shown(file)} {made} --watch")


def run_new_misconception(folder: Path | None) -> None:
    """Write a misconception into the bank of the course in `folder`, or else in this folder.

    Raises:
        click.UsageError: there is no course, or no place for it.
    """
    folder = _course_in(folder)
    try:
        path, made = new_misconception(folder)
    except CannotBegin as error:
        raise click.UsageError(str(error)) from None
    print(f"wrote {made} at the end of {_shown(path)}")
    print(
        f"Next: name it in wrong options (misconception: {made}), and tutor check {_shown(path)}"
    )


def _course_in(folder: Path | None) -> Path:
    """The folder, or else this one, where it holds a course.

    Raises:
        click.UsageError: it does not.
    """
    folder = folder or Path()
    if not (folder / COURSE_FILE).is_file():
        raise click.UsageError(
            f"there is no {COURSE_FILE} in {one_line(str(folder))}; name the folder of a course, "
            "or begin one with: tutor new course FOLDER"
        )
    return folder


def _shown(path: Path) -> str:
    """A path as it can be typed again."""
    return shlex.quote(one_line(str(path), 400))
