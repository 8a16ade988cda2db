"""Which column of Moodle's report of responses holds what, in whatever language it was exported.

Heads are in the language of the site. What belongs to a question ends in its number, in the order
question text, response, right answer, each where it was ticked; an attempt that is not finished
has a dash in place of its end, its duration or its grade.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from tutor.classroom.handout.roster import places_of
from tutor.course.text import clean, one_line
from tutor.words import class_moodle as words

_NUMBERED = re.compile(r"(.*\D)\s(\d+)")
_GRADE = re.compile(r".*/\s*\d+([.,]\d+)?")
#: What the languages that are known call a question's text, and its right answer.
_ASKED = re.compile(r"quest|frage|pregunta|pergunta|domanda|vraag")
_RIGHT = re.compile(r"right|richtig|corre[ct]|giust|bonne|juist|\bcert[ao]\b")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NONE = "-"
#: End, duration and grade; without grades start, end and duration.
_TIMES = 3

#: Places of columns by the numbers of the questions.
Numbered = Mapping[int, int]


class NotThere(ValueError):
    """A column is missing; the message says which, in a sentence without its end."""


class Columns(Struct, frozen=True):
    """Where things are.

    Attributes:
        people: Of "id", "email", "first", "last" and "name" those that are there.
        responses: What was answered to each question.
        texts: Each question's text; empty where it was not exported.
        times: Columns that hold a dash where an attempt is not finished.
        end: When an attempt was completed; None where that was not exported.
    """

    people: Mapping[str, int]
    responses: Numbered
    texts: Numbered
    times: range
    end: int | None

    def is_finished(self, line: Sequence[str]) -> bool:
        """Whether a line is of an attempt that is finished."""
        return not any(cell(line, place) == _NONE for place in self.times)


def cell(line: Sequence[str], place: int | None) -> str:
    """What stands in a column, cleaned."""
    return clean(line[place]).strip() if place is not None and place < len(line) else ""


def columns_of(
    header: Sequence[str], lines: Sequence[Sequence[str]], is_text: Callable[[set[str]], bool]
) -> Columns:
    """Find the columns.

    Args:
        header: Their heads.
        lines: What stands below them.
        is_text: Whether these are the text of a question.

    Raises:
        NotThere: the learners' ids and addresses are not there, or the responses.
    """
    people = dict(places_of(header))
    if not people.keys() & {"id", "email"}:
        people |= _mail(lines, len(header))
    if not people.keys() & {"id", "email"}:
        heads = one_line(", ".join(header), 300)
        raise NotThere(words.NO_PERSON.format(columns=heads))
    kinds = _kinds(header)
    left = [name for name in kinds if not _RIGHT.search(name)]
    asked = next((name for name in left if _ASKED.search(name)), None)
    if asked is None and len(left) > 1:
        # Of two in a language that is not known the second may be the right answer.
        told = kinds[left[0]].values()
        of_questions = any(is_text({cell(line, place) for line in lines}) for place in told)
        asked = left[0] if len(left) > 2 or of_questions else None
    responses = next((name for name in left if name != asked), None)
    if responses is None:
        raise NotThere(words.NO_RESPONSES)
    grade = next((place for place, head in enumerate(header) if _GRADE.fullmatch(head)), None)
    end = min(kinds[left[0]].values()) if grade is None else grade + 1
    times = range(max(0, end - _TIMES), end)
    completed = times.start + (grade is None)
    return Columns(
        people,
        kinds[responses],
        kinds[asked] if asked is not None else {},
        times,
        completed if completed in times else None,
    )


def _kinds(header: Sequence[str]) -> dict[str, Numbered]:
    """The columns that there is one of for each question, by their heads without the number."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for place, head in enumerate(header):
        if numbered := _NUMBERED.fullmatch(" ".join(head.casefold().split())):
            found[numbered[1]][int(numbered[2])] = place
    most = max(found.values(), key=len, default={})
    return {name: places for name, places in found.items() if places.keys() == most.keys()}


def _mail(lines: Sequence[Sequence[str]], count: int) -> dict[str, int]:
    """The column that holds mail addresses, whatever it is called."""
    for place in range(count):
        cells = {text for line in lines if (text := cell(line, place)) not in ("", _NONE)}
        if cells and all(map(_MAIL.fullmatch, cells)):
            return {"email": place}
    return {}
