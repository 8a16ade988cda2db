"""Questions as a CSV file for spreadsheets, and read back from one.

A line is a question. Columns that no question fills are left out; those of options, items, pairs,
wrong numbers and mark points are numbered.
"""

from __future__ import annotations

import csv
import io
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tutor.course.csv_tables import as_table, unguarded
from tutor.course.text import clean, one_line
from tutor.exchange.listed import KINDS, Listed, Part, Reading, plain_number, tagged
from tutor.exchange.opening import LARGEST, id_of, named, number_of, read_list, refuse_many
from tutor.exchange.page import read_markdown
from tutor.exchange.pictures import as_text
from tutor.exchange.sheets import Sheet
from tutor.exchange.taking import Notes, NotTaken, of_shares
from tutor.words import exchange as words

_LONGEST_CELL = 200_000
_COLUMNS = (
    *("id", "kind", "module", "phase", "objectives", "misconceptions", "track", "difficulty"),
    *("boards", "marks", "stem", "setup", "plot_before", "fixed_order", "partial_credit"),
    *("number", "within", "unit", "model_answer", "wrong_answers", "hint", "decides"),
    *("explanation", "plot_after", "run", "source"),
)
#: Of each part; those that hold several texts have one a line.
_PART = (
    *("text", "share", "partner", "marks", "feedback", "refutation", "exactly", "credited_by"),
    *("accept", "reject", "ignore", "required_word"),
)
_LINES = ("setup", "unit", "hint", "decides", "source", "partial_credit")
#: Other names that people give to columns.
_OTHER_NAMES = {"question": "stem", "type": "kind", "answer": "number", "tolerance": "within"}
_NUMBERED = re.compile(rf"({'|'.join((*_PART, 'option', 'choice', 'item'))})_?(\d{{1,2}})")


# Writing.


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """The questions as a CSV file."""
    rows = [_row(sheet) for sheet in sheets]
    filled = {name for row in rows for name, value in row.items() if value}
    most = max((len(sheet.listed.parts) for sheet in sheets), default=0)
    numbered = [f"{name}_{n}" for n in range(1, most + 1) for name in _PART]
    columns = [name for name in (*_COLUMNS, *numbered) if name in filled]
    return as_table(columns, [[row.get(name, "") for name in columns] for row in rows])


def _row(sheet: Sheet) -> dict[str, str]:
    listed = sheet.listed
    row = {
        "id": listed.id,
        "kind": listed.kind,
        "module": sheet.module,
        "phase": sheet.phase,
        "marks": plain_number(listed.marks),
        "number": "" if listed.number is None else plain_number(listed.number),
        "within": "" if listed.number is None else plain_number(listed.within),
        "difficulty": str(listed.difficulty or ""),
        "fixed_order": "yes" if listed.fixed_order else "",
        "plot_before": as_text(sheet.before),
        "plot_after": as_text(sheet.after),
        "run": sheet.told,
        "wrong_answers": "\n".join(listed.wrong_answers),
    }
    for name in ("objectives", "misconceptions", "boards"):
        row[name] = " ".join(getattr(listed, name))
    for name in ("stem", "setup", "track", "partial_credit", "unit", "model_answer", "hint"):
        row[name] = getattr(listed, name)
    for name in ("decides", "explanation", "source"):
        row[name] = getattr(listed, name)
    for number, one in enumerate(listed.parts, 1):
        for name, value in _part_row(listed, one).items():
            row[f"{name}_{number}"] = value
        if number <= len(sheet.refutations):
            row[f"refutation_{number}"] = sheet.refutations[number - 1]
    return row


def _part_row(listed: Listed, one: Part) -> dict[str, str]:
    row = {name: getattr(one, name) for name in ("text", "partner", "feedback", "exactly")}
    row |= {name: "\n".join(getattr(one, name)) for name in ("accept", "reject", "ignore")}
    row["credited_by"] = " ".join(one.credited_by)
    row["required_word"] = one.required_word
    if listed.kind in ("single", "multi"):
        row["share"] = f"{one.share:.5f}".rstrip("0").rstrip(".")
    if listed.kind == "text":
        row["marks"] = plain_number(one.marks)
    return row


# Reading.


def read_csv(path: Path) -> Reading:
    """The questions of a CSV file.

    Raises:
        ValueError: it is none.
        OSError: it cannot be read.
    """
    text = clean(read_list(path, LARGEST), LARGEST)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        header = [_column(cell) for cell in next(rows, [])]
        if "stem" not in header:
            columns = one_line(", ".join(header), 200) or "none"
            raise ValueError(words.NO_COLUMN.format(file=named(path), columns=columns))
        found: list[tuple[Listed, tuple[str, ...]]] = []
        left: list[tuple[str, str]] = []
        for row in rows:
            cells = {
                name: unguarded(cell).strip()
                for name, cell in zip(header, row, strict=False)
                if cell.strip()
            }
            if not cells:
                continue
            try:
                found.append(_taken(cells))
            except NotTaken as reason:
                left.append((one_line(cells.get("id") or f"line {rows.line_num}"), str(reason)))
            refuse_many(len(found) + len(left), path)
    except csv.Error as error:
        told = f"line {rows.line_num}, {error}"
        raise ValueError(words.NOT_CSV.format(file=named(path), reason=told)) from None
    return Reading(tuple(found), tuple(left))


def _column(cell: str) -> str:
    name = re.sub(r"[ -]+", "_", cell.strip().casefold())
    if found := _NUMBERED.fullmatch(name):
        what = "text" if found[1] in ("option", "choice", "item") else found[1]
        return f"{what}_{int(found[2])}"
    return _OTHER_NAMES.get(name, name)


def _taken(cells: Mapping[str, str]) -> tuple[Listed, tuple[str, ...]]:
    notes = Notes()
    if not cells.get("stem"):
        raise NotTaken(words.NO_STEM)
    parts = _parts(cells)
    if "correct" in cells:
        parts = _with_correct(parts, cells["correct"])
    right = sum(one.share > 0 for one in parts)
    kind = cells.get("kind", "").casefold() or _kind_of(cells, parts, right)
    if kind not in KINDS:
        raise NotTaken(words.KIND_UNKNOWN.format(kind=one_line(kind, 40)))
    if kind in ("single", "multi"):
        parts = of_shares(parts, kind == "single", notes)
    else:
        parts = tuple(replace(one, share=0.0) for one in parts)
    number = number_of(cells.get("number", ""))
    if kind == "numeric" and number is None:
        text = one_line(cells.get("number", ""), 40)
        raise NotTaken(words.NOT_A_NUMBER.format(text=text))
    name = cells.get("id", "")
    tags: dict[str, Any] = tagged(_tags(cells))
    lines = {column: " ".join(cells.get(column, "").split()) for column in _LINES}
    listed = Listed(
        id=id_of(name),
        name=one_line(name),
        kind=kind,
        stem=_prose(cells["stem"]),
        setup=lines["setup"],
        marks=_marks(cells.get("marks", ""), 1.0),
        parts=parts,
        fixed_order=cells.get("fixed_order", "").casefold() in ("yes", "true", "1"),
        partial_credit=lines["partial_credit"],
        number=number if kind == "numeric" else None,
        within=abs(number_of(cells.get("within", "")) or 0.0) if kind == "numeric" else 0.0,
        unit=lines["unit"],
        model_answer=_prose(cells.get("model_answer", "")),
        wrong_answers=_lines(cells.get("wrong_answers", "")),
        explanation=_prose(cells.get("explanation", "")),
        decides=lines["decides"],
        hint=lines["hint"],
        source=lines["source"],
        **tags,
    )
    return listed, notes.told


def _kind_of(cells: Mapping[str, str], parts: tuple[Part, ...], right: int) -> str:
    """What a question is whose line does not say."""
    if "number" in cells:
        return "numeric"
    if any(one.partner for one in parts):
        return "matching"
    return "text" if not parts else "single" if right < 2 else "multi"


def _parts(cells: Mapping[str, str]) -> tuple[Part, ...]:
    numbers = {int(name.rpartition("_")[2]) for name in cells if _NUMBERED.fullmatch(name)}
    found = []
    for number in sorted(numbers):
        own = {name: cells.get(f"{name}_{number}", "") for name in _PART}
        if not own["text"] and not own["partner"]:
            continue
        found.append(
            Part(
                text=one_line(own["text"], _LONGEST_CELL),
                share=number_of(own["share"]) or 0.0,
                partner=one_line(own["partner"], _LONGEST_CELL),
                feedback=" ".join(own["feedback"].split()),
                exactly=" ".join(own["exactly"].split()),
                credited_by=tuple(own["credited_by"].split()),
                marks=_marks(own["marks"], 0.0),
                accept=_lines(own["accept"]),
                reject=_lines(own["reject"]),
                ignore=_lines(own["ignore"]),
                required_word=" ".join(own["required_word"].split()),
            )
        )
    return tuple(found)


def _with_correct(parts: tuple[Part, ...], correct: str) -> tuple[Part, ...]:
    """The options with those right that a column names by letter, number or text."""
    chosen = set()
    names = {one.text.casefold(): place for place, one in enumerate(parts)}
    whole = names.get(correct.casefold())
    for name in [] if whole is not None else re.split(r"[\s,;]+", correct.strip()):
        place = string.ascii_lowercase.find(name.lower()) if len(name) == 1 else -1
        if name.isascii() and name.isdigit():
            place = int(name[:4]) - 1
        if not 0 <= place < len(parts):
            raise NotTaken(words.CORRECT_UNKNOWN.format(name=one_line(name, 40)))
        chosen.add(place)
    chosen |= set() if whole is None else {whole}
    share = 100.0 / len(chosen)
    wrong = -share if len(chosen) > 1 else 0.0
    return tuple(
        replace(one, share=share if place in chosen else wrong) for place, one in enumerate(parts)
    )


def _tags(cells: Mapping[str, str]) -> Iterable[str]:
    for column, tag in (
        ("objectives", "objective"),
        ("misconceptions", "misconception"),
        ("boards", "board"),
        ("track", "track"),
        ("difficulty", "difficulty"),
    ):
        yield from (f"{tag}:{name}" for name in cells.get(column, "").split())


def _prose(text: str) -> str:
    return read_markdown(text).prose()


def _lines(text: str) -> tuple[str, ...]:
    found = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(line for line in found if line)


def _marks(text: str, otherwise: float) -> float:
    number = number_of(text)
    return otherwise if number is None else number
