"""`tutor grade`: marking the free-text answers of a class."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

import click

from tutor.course import yaml_values
from tutor.course.decode import decode
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.model import Phase
from tutor.course.questions import TextQuestion
from tutor.course.text import clean, one_line
from tutor.grading.free_text import Marker, Scheme, load_schemes, scheme_of
from tutor.grading.verdict import Verdict, figure

#: No learner writes so much; a longer line or cell is no answer.
LONGEST_LINE = 10_000_000


class _Row(NamedTuple):
    """A line of the answers; `refused` says why it is none."""

    line: int
    question_id: str = ""
    answer: str = ""
    rest: Mapping[str, object] = {}
    refused: str = ""


def run_grade(questions: Path, answers: Path, explain: bool) -> bool:
    """Mark each answer, in order; True where a line could not be marked.

    Raises:
        ContentErrors: the questions are none.
        click.UsageError: the answers cannot be read at all.
        OSError: a file cannot be read.
    """
    markers = _Markers(read_schemes(questions))
    refused = 0
    with _opened(answers) as binary, _bar(answers, binary) as moved:
        for row in _rows(answers, binary):
            moved()
            try:
                if row.refused:
                    raise ValueError(row.refused)
                marker = markers[row.question_id]
                if explain:
                    print(_explained(marker, row))
                else:
                    print(json.dumps(_marked(marker, row), ensure_ascii=False))
            except ValueError as error:
                refused += 1
                print(f"tutor: {answers}:{row.line}: {error}", file=sys.stderr)
                if not explain:
                    found = {"question_id": row.question_id, **row.rest, "error": str(error)}
                    print(json.dumps(found, ensure_ascii=False))
    return refused > 0


def read_schemes(path: Path) -> list[Scheme]:
    """The schemes of a mark-scheme file, or of the written questions of a content file.

    Raises:
        ContentErrors: the file is neither, or has no written question.
        click.UsageError: it is a folder.
        OSError: it cannot be read.
    """
    if path.is_dir():
        raise click.UsageError(
            f"{one_line(str(path))} is a folder; give a file of it, such as phases/peak.yaml"
        )
    document = yaml_values.read(str(path), path.read_bytes())
    if not isinstance(document.value, dict):
        return load_schemes(path)
    phase = decode(str(path), document, Phase)
    schemes = [scheme_of(q) for q in phase.questions if isinstance(q, TextQuestion)]
    if not schemes:
        message = "none of its questions takes a written answer (kind: text)"
        raise ContentErrors([ContentError(str(path), document.place(()), message)])
    return schemes


class _Markers:
    """The markers by question; each reads its scheme when it is first needed."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._schemes = {scheme.question_id: scheme for scheme in schemes}
        self._made: dict[str, Marker] = {}

    def __getitem__(self, question_id: str) -> Marker:
        if question_id not in self._schemes:
            known = ", ".join(list(self._schemes)[:12])
            raise ValueError(f"no question {one_line(question_id, 60)!r}; there are {known}")
        if question_id not in self._made:
            self._made[question_id] = Marker(self._schemes[question_id])
        return self._made[question_id]


def _marked(marker: Marker, row: _Row) -> dict[str, object]:
    verdict = marker.mark(row.answer)
    points = verdict.points
    return {
        "question_id": row.question_id,
        **row.rest,
        "marks": _number(verdict.marks),
        "max_marks": _number(verdict.max_marks),
        "met": [point.id for point in points if point.state == "met"],
        "contradicted": [point.id for point in points if point.state == "contradicted"],
        "evidence": {point.id: point.evidence for point in points if point.evidence},
    }


def _number(marks: float) -> float | int:
    return int(marks) if marks == int(marks) else marks


def _explained(marker: Marker, row: _Row) -> str:
    """What was read in an answer, and what became of each point."""
    verdict: Verdict = marker.mark(row.answer)
    lines = [
        f"{row.question_id}: {figure(verdict.marks)} of {figure(verdict.max_marks)} marks",
        *(f"  | {line}" for line in clean(row.answer).splitlines()),
        "  read as:",
        *(f"    {line}" for line in marker.explain(row.answer).splitlines()),
    ]
    for point in verdict.points:
        lines.append(f"  {point.id} {point.state}: {point.text}")
        if point.evidence:
            lines.append(f"     by: {one_line(point.evidence, 200)}")
        if point.note:
            # What a near miss lacks is put as a question.
            lacking = "not told: " if point.note.endswith("?") else ""
            lines.append(f"     {lacking}{point.note}")
    return "\n".join([*lines, *(f"  {sentence}" for sentence in verdict.feedback), ""])


# Reading answers.


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb")


def _rows(path: Path, binary: BinaryIO) -> Iterator[_Row]:
    """The answers one by one: CSV by the name of the file, else JSON lines."""
    lines = _lines(binary)
    if path.suffix.lower() in (".csv", ".tsv"):
        return _csv_rows(path, lines)
    return (_json_row(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _lines(binary: BinaryIO) -> Iterator[str]:
    encoding = "utf-8-sig"  # A spreadsheet begins its files with a byte order mark.
    while line := binary.readline(LONGEST_LINE):
        # What is no UTF-8 shows as such in the answer, which is marked all the same.
        yield line.decode(encoding, "replace")
        encoding = "utf-8"


def _json_row(number: int, line: str) -> _Row:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return _Row(number, refused=f"no JSON: {one_line(line, 60)!r}")
    if not isinstance(found, dict):
        return _Row(number, refused="expected an object with question_id and answer")
    return _row(number, found)


def _csv_rows(path: Path, lines: Iterator[str]) -> Iterator[_Row]:
    csv.field_size_limit(LONGEST_LINE)
    head = next(lines, "")
    # A spreadsheet's list separator is a comma, a semicolon or a tab, by its country.
    separator = max(",;\t", key=head.count)
    names = next(csv.reader([head], delimiter=separator), [])
    names = [name.strip().lower() for name in names]
    for wanted in ("question_id", "answer"):
        if wanted not in names:
            raise click.UsageError(
                f"{path}: the first line names no column {wanted!r}; it has "
                f"{', '.join(repr(one_line(name, 30)) for name in names[:8]) or 'nothing'}"
            )
    reader = csv.reader(lines, delimiter=separator)
    while True:
        number = reader.line_num + 2
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield _Row(number, refused=f"no CSV: {error}")
            continue
        if cells is None:
            return
        if cells:
            yield _row(number, dict(zip(names, cells, strict=False)))


_OURS = ("question_id", "marks", "max_marks", "met", "contradicted", "evidence", "error", "answer")


def _row(number: int, found: Mapping[str, object]) -> _Row:
    question_id, answer = found.get("question_id"), found.get("answer")
    rest = {str(name): value for name, value in found.items() if name not in _OURS}
    if not isinstance(question_id, str) or not isinstance(answer, str):
        lacking = "question_id" if not isinstance(question_id, str) else "answer"
        known = question_id if isinstance(question_id, str) else ""
        return _Row(number, known, rest=rest, refused=f"{lacking} is missing, or is no text")
    return _Row(number, question_id.strip(), answer, rest)


# Progress.


@contextmanager
def _bar(path: Path, binary: BinaryIO) -> Iterator[Callable[[], None]]:
    """Shows on a terminal how much of the file is read; elsewhere nothing."""
    if str(path) == "-" or not sys.stderr.isatty():
        yield lambda: None
        return
    size = path.stat().st_size
    with click.progressbar(length=size, label="Marking", file=sys.stderr) as bar:
        yield lambda: bar.update(binary.tell() - bar.pos)
