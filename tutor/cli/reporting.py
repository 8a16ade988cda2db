"""`tutor report` and `tutor release`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click
from msgspec.structs import replace
from sqlalchemy import Connection

from tutor.classroom.assignment import same_id
from tutor.classroom.handout.releasing import NotReleased, TooEarly, release
from tutor.classroom.register.naming import newest_assignment
from tutor.classroom.register.register import Register
from tutor.classroom.report.document import as_csv, as_json
from tutor.classroom.report.gradebook import as_gradebook, as_missing, best_score
from tutor.classroom.report.html import as_html
from tutor.classroom.report.learner import learner_part
from tutor.classroom.report.lines import as_text, look_here, part_lines
from tutor.classroom.report.reading import report_of
from tutor.classroom.report.telling import title_of
from tutor.classroom.report.view import ClassReport
from tutor.cli.registering import found_assignment, opened_register, shortened
from tutor.course.text import one_line
from tutor.session.lab.files import write_whole
from tutor.words import class_release as release_words
from tutor.words import class_report as words
from tutor.words import collecting, plural, progress

#: Moodle refuses a whole file in which a score is higher.
_MOODLES_MOST = 100.0


class Asked(NamedTuple):
    """What of a report is to be printed.

    Attributes:
        json: It as JSON.
        whole: All of it, not what to read first alone.
        learner: The page of the learner with this id.
        missing: Who has not handed in, as CSV.
    """

    json: bool
    whole: bool
    learner: str | None
    missing: bool


def run_report(
    named: str | None,
    page: Path | None,
    table: Path | None,
    gradebook: Path | None,
    printed: Asked,
    where: str | None,
) -> None:
    """Print the report on an assignment, or write it to files.

    Args:
        named: The assignment; None for the newest.
        page: The file of a page of HTML.
        table: The file of the statistics as CSV.
        gradebook: The file of the marks as CSV.
        printed: What to print where no file is to be written.
        where: The register.

    Raises:
        click.UsageError: there is no such assignment or learner, or a file cannot be written.
    """
    is_file = bool(page or table or gradebook)
    if sum((is_file, printed.json, printed.learner is not None, printed.missing)) > 1:
        raise click.UsageError(words.ONE_FORM)
    for path, endings in ((page, (".html", ".htm")), (table, (".csv",)), (gradebook, (".csv",))):
        if path is not None and path.suffix.casefold() not in endings:
            file = one_line(str(path), 300)
            raise click.UsageError(words.WRONG_ENDING.format(file=file, ending=endings[0]))
    with opened_register(where) as register:
        key = _newest(register) if named is None else found_assignment(register, named)
        with register.reading() as connection:
            report = report_of(connection, key, datetime.now(UTC))
            if printed.learner is not None:
                _print_learner(connection, report, printed.learner)
                return
    if page is not None:
        _write(page, as_html(report).encode())
    if table is not None:
        _write(table, as_csv(report))
    if gradebook is not None:
        _write(gradebook, as_gradebook(report), lambda file: _graded(report, file))
        _tell_unsettled(report)
    if printed.json:
        sys.stdout.write(as_json(report))
    elif printed.missing:
        sys.stdout.buffer.write(as_missing(report))
    elif not is_file:
        sys.stdout.write(as_text(report, replace(look_here(), brief=not printed.whole)))


def _print_learner(connection: Connection, report: ClassReport, named: str) -> None:
    """Print a learner's page."""
    found = next((one for one in report.learners if same_id(one.id) == same_id(named)), None)
    if found is None:
        told = release_words.NO_LEARNER
        raise click.UsageError(told.format(title=report.title, learner=one_line(named, 60)))
    part = learner_part(connection, report, found)
    print("\n".join((title_of(report), "", *part_lines(part, look_here()))))


def run_release(named: str, out: Path | None, early: bool, where: str | None) -> None:
    """Write the file that unlocks an assignment.

    Raises:
        click.UsageError: there is no such assignment, or it is not released.
        OSError: the file cannot be written.
    """
    with opened_register(where) as register:
        key = found_assignment(register, named)
        try:
            released = release(register, key, out, datetime.now(UTC), early)
        except TooEarly as reason:
            told = release_words.EARLY.format(reason=reason)
            raise click.UsageError(told) from None
        except NotReleased as reason:
            raise click.UsageError(str(reason)) from None
    file = one_line(str(released.path), 300)
    print(release_words.RELEASED.format(title=released.title, file=file))
    if count := released.still_open:
        print(plural(count, *release_words.CAN_STILL).format(count=count))
    print(release_words.OPEN_IT.format(file=file))


def _newest(register: Register) -> int:
    with register.reading() as connection:
        key = newest_assignment(connection)
    if key is None:
        raise click.UsageError(words.NO_ASSIGNMENT)
    return key


def _write(path: Path, data: bytes, told: Callable[[str], str] | None = None) -> None:
    try:
        write_whole(path, data)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    file = one_line(str(path), 300)
    print(told(file) if told else progress.WRITTEN.format(file=file))


def _tell_unsettled(report: ClassReport) -> None:
    """Name those whose marks may be someone else's."""
    ids = [one_line(one.learner, 80) for one in report.contests]
    if ids:
        told = plural(len(ids), *collecting.UNSETTLED)
        print(told.format(count=len(ids), ids=shortened(ids)), file=sys.stderr)


def _graded(report: ClassReport, file: str) -> str:
    count = len(report.learners)
    told = plural(count, *words.GRADEBOOK_WRITTEN).format(file=file, count=count)
    if (most := best_score(report)) > _MOODLES_MOST:
        told += " " + words.OVER_A_HUNDRED.format(most=most)
    return told
