"""Responses of a Moodle quiz: the report that Moodle exports as CSV, read as answers here.

Moodle tells the text of what was chosen, and no ids: options, items and questions are known again
by their texts, numbers by themselves.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from tutor.classroom.collection.moodle_columns import NotThere, cell, columns_of
from tutor.classroom.collection.moodle_times import read_moment
from tutor.classroom.files import MEGABYTE
from tutor.classroom.table_files import rows_of
from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.course.prose import blocks
from tutor.course.text import one_line, pretty_unit
from tutor.words import class_moodle as words

T = TypeVar("T")
LARGEST_MB = 64
_BLANK = ("", "-")
#: An ordering's items are cut so short, and then end so.
_CUT = "..."


class Row(Struct, frozen=True):
    """What one learner answered.

    Attributes:
        id: Their ID number; empty where Moodle has none.
        email: Their address.
        name: Their name.
        answers: The answer to each question of the quiz by its id; None where there is none.
        unread: Questions whose answer could not be read, with what it says.
        completed: When, as Moodle writes it; empty where that was not exported.
        completed_at: When, in UTC; None where that cannot be read.
    """

    id: str
    email: str
    name: str
    answers: Mapping[str, object]
    unread: tuple[tuple[str, str], ...]
    completed: str
    completed_at: datetime | None

    def is_after(self, other: Row) -> bool:
        """Whether it was completed after another that stands above it in the report."""
        if self.completed_at is None or other.completed_at is None:
            return True
        return self.completed_at >= other.completed_at


class Responses(Struct, frozen=True):
    """A quiz that was read.

    Attributes:
        rows: One for each learner who finished it, by their last attempt.
        questions: Ids of the questions that it has.
        unknown: Numbers of its questions that are none of the assignment's, or not to be told.
        unfinished: Attempts that were not finished.
    """

    rows: tuple[Row, ...]
    questions: tuple[str, ...]
    unknown: tuple[int, ...]
    unfinished: int


class MoodleProblem(ValueError):
    """A file that is no report of responses; the message is a sentence without its end."""


def read_responses(path: Path, posed: Mapping[str, Posed[q.Question]]) -> Responses:
    """Read a report of responses.

    Args:
        path: The file.
        posed: The questions of the assignment by their ids, posed as Moodle has them.

    Raises:
        MoodleProblem: it is none.
        OSError: it cannot be read.
    """
    name = one_line(str(path), 200)
    heads, lines = _table(path, name)
    try:
        columns = columns_of(
            heads, lines, lambda told: _by_text(told - set(_BLANK), posed) is not None
        )
    except NotThere as missing:
        raise MoodleProblem(words.NOT_RESPONSES.format(file=name, missing=missing)) from None
    who = columns.people
    people = [line for line in lines if cell(line, who.get("id")) or cell(line, who.get("email"))]
    done = [line for line in people if columns.is_finished(line)]
    asked: dict[int, str] = {}
    for number, place in columns.responses.items():
        told = {cell(line, columns.texts.get(number)) for line in done} - set(_BLANK)
        given = [text for line in done if (text := cell(line, place)) not in _BLANK]
        left = {id_: one for id_, one in posed.items() if id_ not in asked.values()}
        if (id_ := _by_text(told, left) or _by_answers(given, left)) is not None:
            asked[number] = id_
    rows: dict[tuple[str, str], Row] = {}
    for line in done:
        answers: dict[str, object] = {}
        unread = []
        for number, id_ in asked.items():
            text = cell(line, columns.responses[number])
            if text in _BLANK:
                answers[id_] = None
                continue
            answer = _answer(posed[id_].question, text)
            if answer is None:
                unread.append((id_, one_line(text, 120)))
            else:
                answers[id_] = answer
        known = (one_line(cell(line, who.get("id"))), one_line(cell(line, who.get("email"))))
        names = filter(None, (cell(line, who.get(part)) for part in ("first", "last")))
        called = one_line(" ".join(names) or cell(line, who.get("name")))
        completed = one_line(cell(line, columns.end), 80)
        row = Row(*known, called, answers, tuple(unread), completed, read_moment(completed))
        if known not in rows or row.is_after(rows[known]):
            rows[known] = row
    return Responses(
        tuple(rows.values()),
        tuple(asked.values()),
        tuple(number for number in columns.responses if number not in asked),
        len(people) - len(done),
    )


def _table(path: Path, name: str) -> tuple[list[str], list[list[str]]]:
    with path.open("rb") as file:
        data = file.read(LARGEST_MB * MEGABYTE + 1)
    if len(data) > LARGEST_MB * MEGABYTE:
        raise MoodleProblem(words.TOO_LARGE.format(file=name, largest=LARGEST_MB))
    try:
        rows = [row for _, row in rows_of(data.decode("utf-8-sig"))]
    except (UnicodeDecodeError, csv.Error):
        rows = []
    if not rows:
        raise MoodleProblem(words.NOT_RESPONSES.format(file=name, missing=words.NO_TABLE))
    return [one_line(head, 200) for head in rows[0]], rows[1:]


# Which question it is.


def _by_text(told: set[str], left: Mapping[str, Posed[q.Question]]) -> str | None:
    """The question whose stem begins what Moodle shows of it."""
    if len(told) != 1:
        return None
    (text,) = map(_letters, told)
    fits = {id_: len(stem) for id_, one in left.items() if text.startswith(stem := _stem(one))}
    return max(fits, key=lambda id_: fits[id_], default=None)


def _stem(posed: Posed[q.Question]) -> str:
    return _letters("".join(block.marker + block.text for block in blocks(posed.stem)))


def _letters(text: str) -> str:
    """Letters and figures alone: Moodle sets emphasis and lines in its own way."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _by_answers(given: Sequence[str], left: Mapping[str, Posed[q.Question]]) -> str | None:
    """The one question to which most of these are answers, of those whose answers are told."""
    counts = {
        id_: sum(_answer(one.question, text) is not None for text in given)
        for id_, one in left.items()
        if not isinstance(one.question, q.NumericQuestion | q.TextQuestion)
    }
    best = max(counts.values(), default=0)
    fits = [id_ for id_, count in counts.items() if count == best]
    return fits[0] if best > len(given) / 2 and len(fits) == 1 else None


# What was answered.


def _answer(question: q.Question, text: str) -> object | None:
    """The answer that Moodle tells; None where it is none to this question."""
    match question:
        case q.SingleQuestion(options=options):
            chosen = _parsed(text, {_same(one.text): one.id for one in options})
            return chosen if chosen is not None and len(chosen) == 1 else None
        case q.MultiQuestion(options=options):
            return _parsed(text, {_same(one.text): one.id for one in options})
        case q.MatchingQuestion(items=items, partners=partners):
            pairs = {
                _same(f"{item.text} -> {partner.text}"): (item.id, partner.id)
                for item in items
                for partner in partners
            }
            found = _parsed(text, pairs)
            return None if found is None else dict(found)
        case q.OrderingQuestion(items=items):
            return _ordered(text, items)
        case q.NumericQuestion(unit=unit):
            # Moodle takes the number with or without its unit.
            bare = re.fullmatch(r"[-+−0-9.,eE\s]+", text)
            return f"{text} {unit}".strip() if bare else pretty_unit(text)
        case q.TextQuestion():
            return text
    return None


def _parsed(text: str, known: Mapping[str, T]) -> list[T] | None:
    """The parts that stand one after the other, parted by semicolons; None where there is other.

    A part may hold a semicolon itself, so whole parts are taken away, the longest that fits first.
    """
    left, found = _same(text), []
    while left:
        fits = [part for part in known if left == part or left.startswith(f"{part}; ")]
        part = max(fits, key=len, default="")
        if not part or known[part] in found:
            return None
        found.append(known[part])
        left = left[len(part) :].removeprefix("; ")
    return found or None


def _ordered(text: str, items: Sequence[q.Item]) -> list[str] | None:
    """An order; Moodle cuts its items to a few letters."""
    found = []
    for part in text.split("; "):
        begins, is_cut = _same(part.removesuffix(_CUT)), part.endswith(_CUT)
        texts = {item.id: _same(item.text) for item in items}
        fits = [
            id_
            for id_, whole in texts.items()
            if whole == begins or (is_cut and whole.startswith(begins))
        ]
        if len(fits) != 1 or fits[0] in found:
            return None
        found.append(fits[0])
    return found


def _same(text: str) -> str:
    return " ".join(text.replace("−", "-").casefold().split())
