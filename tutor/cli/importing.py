"""`tutor import`: lists of questions as content files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tutor.authoring.new import CannotBegin, new_phase
from tutor.cli.checking import shown_path
from tutor.course.errors import ContentErrors
from tutor.course.loader import COURSE_FILE, CourseFolder, phase_file
from tutor.course.text import one_line
from tutor.exchange.drafting import phase_text
from tutor.exchange.listed import Format, Reading
from tutor.session.lab.files import write_whole
from tutor.words import exchange as words
from tutor.words import plural

#: So many lines tell what was left out; all of it stands in the file.
_MOST_TOLD = 40


def run_import(file: Path, form: Format, into: Path) -> bool:
    """Write the questions of a list into a new phase of a course; True where there are none.

    Args:
        file: The list.
        form: Its format.
        into: The phase's file, which is not there yet.

    Raises:
        click.UsageError: the list cannot be read, or the file not be written.
        ContentErrors: the course is wrong.
    """
    folder, phase_id = _phase_of(into)
    try:
        reading = _read(file, form)
        if not reading.questions:
            print(words.NOTHING_READ.format(file=one_line(str(file), 300)), file=sys.stderr)
            _tell(reading, ())
            return True
        text, ids = phase_text(phase_id, reading, _taken(folder))
        # It names the phase in the course too; what it writes into the file is a template.
        path, _ = new_phase(folder, phase_id, reading.title)
        write_whole(path, text.encode())
    except (ValueError, CannotBegin) as error:
        raise click.UsageError(str(error)) from None
    count = len(reading.questions)
    shown = shown_path(into)
    print(plural(count, *words.TAKEN_IN).format(count=count, file=shown))
    _tell(reading, ids)
    print(words.THEY_NEED)
    print(words.NEXT.format(file=shown))
    return False


def _read(file: Path, form: Format) -> Reading:
    match form:
        case "moodle":
            from tutor.exchange.moodle_reading import read_moodle

            return read_moodle(file)
        case "gift":
            from tutor.exchange.gift_reading import read_gift

            return read_gift(file)
    from tutor.exchange.sheet_csv import read_csv

    return read_csv(file)


def _phase_of(into: Path) -> tuple[Path, str]:
    """The folder of the course and the phase's id.

    Raises:
        click.UsageError: it is there already, or no phase's file of a course.
    """
    name = one_line(str(into), 300)
    if into.exists() and not into.is_dir():
        raise click.UsageError(words.INTO_EXISTS.format(file=name))
    whole = into.absolute()
    folder = whole.parent.parent
    is_phase = whole.suffix == ".yaml" and whole.parent.name == "phases"
    if into.is_dir() or not is_phase or not (folder / COURSE_FILE).is_file():
        raise click.UsageError(words.BAD_INTO.format(file=name))
    return folder, whole.stem


def _taken(folder: Path) -> set[str]:
    """Ids that are in use in the course, or were; a phase that cannot be opened yet has some."""
    files = CourseFolder(folder)
    taken = set(files.course.retired)
    for phase_id in files.phase_ids:
        try:
            value = files.document(phase_file(phase_id)).value
        except ContentErrors:
            continue  # Its own check tells.
        for field in ("questions", "steps", "objectives"):
            items = value.get(field) if isinstance(value, dict) else None
            for item in items if isinstance(items, list) else ():
                name = item.get("id") if isinstance(item, dict) else None
                taken |= {name} if isinstance(name, str) else set()
    return taken


def _tell(reading: Reading, ids: Sequence[str]) -> None:
    """What was left out, question by question."""
    told = [f"{name}: {reason}" for name, reason in reading.left]
    for name, (_, notes) in zip(ids, reading.questions, strict=False):
        told += [f"{name}: {note}" for note in notes]
    if not told:
        return
    print(words.LEFT, file=sys.stderr)
    for line in told[:_MOST_TOLD]:
        print(f"  {one_line(line, 300)}", file=sys.stderr)
    if len(told) > _MOST_TOLD:
        print(f"  {words.AND_MORE.format(count=len(told) - _MOST_TOLD)}", file=sys.stderr)
