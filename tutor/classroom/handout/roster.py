"""Lists of learners: a tutor's own CSV, or the participants that Moodle exports.

The same reader takes lists of extensions: ids with extra time and deadlines of their own.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tutor.classroom.assignment import same_id
from tutor.classroom.files import MEGABYTE
from tutor.classroom.handout.deadlines import read_deadline
from tutor.classroom.table_files import rows_of
from tutor.course.text import one_line
from tutor.session.exam.record import MOST_EXTRA
from tutor.words import assigning as words
from tutor.words import plural

LARGEST_MB = 4
LONGEST_CELL = 100
#: So many lines without an id are named.
MOST_LINES = 12
#: What columns are called, small and without accents and what is neither letter nor figure; of
#: several that are there the first. The last of each are Moodle's, in six more languages.
COLUMNS = {
    "id": (
        "id",
        "idnumber",
        "idnummer",
        "learner",
        "learnerid",
        "student",
        "studentid",
        "studentnumber",
        "candidatenumber",
        "username",
        *("numerodidentification", "numerodeid", "codiceidentificativo", "numeroid"),
        *("numerodeidentificacao", "numerodeidentificacion"),
    ),
    "name": ("name", "fullname", "studentname", "learnername"),
    "first": (
        *("firstname", "givenname", "forename", "vorname"),
        *("prenom", "nombre", "nome", "nomeproprio", "primeironome", "voornaam"),
    ),
    "last": (
        *("lastname", "surname", "familyname", "nachname", "nom", "nomdefamille"),
        *("apellidos", "apellido", "cognome", "sobrenome", "apelido", "ultimonome", "achternaam"),
    ),
    "email": (
        *("email", "emailaddress", "emailadresse", "mail", "adressedecourriel", "courriel"),
        *("adresseemail", "direcciondecorreo", "direcciondecorreoelectronico"),
        *("correoelectronico", "indirizzoemail", "enderecodeemail", "emailadres"),
    ),
    "group": (
        *("group", "groups", "gruppen", "team", "class"),
        *("groupe", "groupes", "grupo", "grupos", "gruppo", "gruppi", "groep", "groepen"),
    ),
    "extra": ("extra", "extratime", "extrapercent", "extratimepercent"),
    "due": ("due", "dueat", "duedate", "deadline", "extension"),
}
#: How a spreadsheet keeps the zeros that an id begins with.
_KEPT_AS_TEXT = re.compile(r'="(.*)"')


class Enrolled(Struct, frozen=True):
    """A learner as a list has them.

    Attributes:
        id: As it is written; the mail address where the list has no other.
        name: Their name.
        email: Their mail address.
        group: Their group.
        extra: Extra time in percent; None where the list does not say.
        due_at: Their own deadline; None where the list does not say.
        line: The line of the list.
        family: Their family name, where the list has it apart.
    """

    id: str
    name: str = ""
    email: str = ""
    group: str = ""
    extra: float | None = None
    due_at: datetime | None = None
    line: int = 0
    family: str = ""


class Roster(Struct, frozen=True):
    """A list that was read, and what its reader should be told of it."""

    learners: tuple[Enrolled, ...]
    notices: tuple[str, ...] = ()


class RosterProblem(ValueError):
    """A list with mistakes.

    Attributes:
        problems: A sentence for each.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


def read_roster(path: Path, now: datetime) -> Roster:
    """Read a list of learners, whose first line names its columns.

    Args:
        path: CSV with commas, semicolons or tabs.
        now: What days of the week are counted from, with its zone.

    Raises:
        RosterProblem: it is none, or there are mistakes in it.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST_MB * MEGABYTE + 1)
    name = one_line(path.name, 80)
    if len(data) > LARGEST_MB * MEGABYTE:
        raise RosterProblem([words.ROSTER_TOO_LARGE.format(file=name, largest=LARGEST_MB)])
    text, notices = _decoded(data, name)
    rows = _rows(text, name)
    if not rows:
        raise RosterProblem([words.ROSTER_EMPTY.format(file=name)])
    (_, header), *rest = rows
    places = places_of(header)
    if "id" not in places and "email" not in places:
        columns = one_line(", ".join(header), 200)
        raise RosterProblem([words.NO_ID_COLUMN.format(file=name, columns=columns)])
    learners, problems, left_out = _read(rest, places, name, now)
    notices += _left_out(left_out, name)
    learners, contradicting, repeated = _each_once(learners, name)
    problems += contradicting
    if not learners and not problems:
        problems = [words.ROSTER_EMPTY.format(file=name)]
    if problems:
        raise RosterProblem(problems)
    return Roster(tuple(learners), (*notices, *repeated))


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        # Older spreadsheets write the letters of their own system.
        return data.decode("cp1252", errors="replace"), [words.NOT_UTF8.format(file=name)]


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers."""
    line = 0
    found = []
    try:
        for line, row in rows_of(text):
            if any(cell.strip() for cell in row):
                found.append((line, row))
    except csv.Error as error:
        told = words.NO_CSV.format(file=name, line=line + 1, reason=one_line(str(error)))
        raise RosterProblem([told]) from None
    return found


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the keys of `COLUMNS`."""
    plain = [unicodedata.normalize("NFKD", cell.casefold()) for cell in header]
    called = [re.sub(r"[^a-z0-9]", "", cell) for cell in plain]
    return {
        what: called.index(found)
        for what, names in COLUMNS.items()
        if (found := next((name for name in names if name in called), None))
    }


def _read(
    rows: Sequence[tuple[int, list[str]]], places: dict[str, int], name: str, now: datetime
) -> tuple[list[Enrolled], list[str], list[str]]:
    """The learners, what is wrong, and the lines that have no id, with whatever name is there."""
    learners, problems, left_out = [], [], []
    for line, row in rows:

        def cell(what: str, row: Sequence[str] = row) -> str:
            place = places.get(what, len(row))
            found = one_line(row[place], LONGEST_CELL) if place < len(row) else ""
            is_text = _KEPT_AS_TEXT.fullmatch(found)
            return is_text[1] if is_text else found

        if not (cell("id") or cell("email")):
            called = cell("name") or f"{cell('first')} {cell('last')}".strip()
            told = words.LINE_OF if called else words.LINE
            left_out.append(told.format(line=line, name=called))
            continue
        try:
            learners.append(_learner(cell, line, now))
        except ValueError as error:
            problems.append(words.IN_LINE.format(file=name, line=line, problem=error))
    return learners, problems, left_out


def _left_out(lines: Sequence[str], name: str) -> list[str]:
    """What is told of lines that have no id."""
    if not lines:
        return []
    told = plural(len(lines), *words.NO_ID_THERE)
    more = words.AND_LINES.format(count=len(lines) - MOST_LINES) if lines[MOST_LINES:] else ""
    return [told.format(file=name, lines=", ".join(lines[:MOST_LINES]) + more)]


def _learner(cell: Callable[[str], str], line: int, now: datetime) -> Enrolled:
    """A line of the list.

    Raises:
        ValueError: what is wrong in it.
    """
    return Enrolled(
        id=cell("id") or cell("email"),
        name=cell("name") or f"{cell('first')} {cell('last')}".strip(),
        email=cell("email"),
        group=cell("group"),
        extra=_percent(cell("extra")),
        due_at=read_deadline(cell("due"), now) if cell("due") else None,
        line=line,
        family=cell("last"),
    )


def _percent(text: str) -> float | None:
    if not text:
        return None
    try:
        percent = float(text.removesuffix("%").replace(",", "."))
    except ValueError:
        percent = -1.0
    if not 0.0 <= percent <= MOST_EXTRA:
        raise ValueError(words.NO_EXTRA.format(text=text, most=MOST_EXTRA))
    return percent


def _each_once(
    learners: Sequence[Enrolled], name: str
) -> tuple[list[Enrolled], list[str], list[str]]:
    """The first line of each id, and what is told where others contradict it or repeat it."""
    lines: dict[str, list[Enrolled]] = {}
    for learner in learners:
        lines.setdefault(same_id(learner.id), []).append(learner)
    contradicting: list[str] = []
    repeated: list[str] = []
    for id_, same in lines.items():
        if len(same) > 1:
            agree = len({replace(one, id=id_, line=0) for one in same}) == 1
            numbers = ", ".join(str(one.line) for one in same)
            told = words.SAME_LEARNER if agree else words.SAME_ID
            (repeated if agree else contradicting).append(
                told.format(file=name, id=same[0].id, lines=numbers)
            )
    return [same[0] for same in lines.values()], contradicting, repeated
