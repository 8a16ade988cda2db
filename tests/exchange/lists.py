"""Questions of a course as lists, and lists as content files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course_files import write_course

from tutor.cli.importing import run_import
from tutor.course.loader import CourseFolder
from tutor.course.yaml_values import read
from tutor.exchange.gift import as_gift
from tutor.exchange.gift_reading import read_gift
from tutor.exchange.listed import KINDS, Format, Reading
from tutor.exchange.moodle import as_moodle
from tutor.exchange.moodle_reading import read_moodle
from tutor.exchange.pictures import Album
from tutor.exchange.sheet_csv import as_csv, read_csv
from tutor.exchange.sheets import Sheet, sheet
from tutor.session.bank import Bank

FORMATS: tuple[Format, ...] = ("moodle", "gift", "csv")
READERS = {"moodle": read_moodle, "gift": read_gift, "csv": read_csv}


def sheets_of(files: CourseFolder) -> list[Sheet]:
    """The questions that a list can hold."""
    return [sheet(files, banked) for banked in Bank(files) if banked.question.kind in KINDS]


def written(form: Format, sheets: list[Sheet], file: Path, album: Album | None = None) -> Path:
    """A list of the questions."""
    data = {
        "moodle": lambda: as_moodle("A course / two", sheets, album),
        "gift": lambda: as_gift("A course / two", sheets),
        "csv": lambda: as_csv(sheets),
    }[form]()
    file.write_bytes(data)
    return file


def read_back(form: Format, file: Path) -> Reading:
    """What is read of a list."""
    return READERS[form](file)


def taken_in(form: Format, file: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """The questions of the content file that an import writes, by their ids."""
    into = write_course(folder) / "phases" / "taken.yaml"
    assert not run_import(file, form, into)
    value: Any = read("taken.yaml", into.read_bytes()).value
    return {question["id"]: question for question in value["questions"]}
