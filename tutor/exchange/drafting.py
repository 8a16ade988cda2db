"""Questions of lists as a content file: with all that the list said, and nothing invented.

What a list cannot know (the scenario and what belongs to it) is left out, so that the content
check names it, question by question.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator, Sequence
from textwrap import indent
from typing import Any

import yaml

from tutor.course.text import one_line
from tutor.course.yaml_values import LARGEST_FILE_BYTES, read
from tutor.exchange.listed import Listed, Part, Reading
from tutor.words import exchange as words

#: Of a question whose list does not say.
_DIFFICULTY = 2
_WIDTH = 99
#: Text that content files read as a number though YAML does not.
_NUMBER_LIKE = re.compile(r"[-+]?\.?[0-9]\S*")
_HEADING = """\
# Questions from a list. It holds no runs: each question needs `setup`, `scenario`, `proof` (or
# `sourced`) and `decides` with a number in braces; content/README.md says how. Then this phase
# needs objectives, a step and a summary.
"""


class _Dumper(yaml.SafeDumper):
    """Writes content files: no aliases, prose as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if _NUMBER_LIKE.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def phase_text(phase_id: str, reading: Reading, taken: Collection[str]) -> tuple[str, list[str]]:
    """A content file of the questions, and their ids in it.

    Args:
        phase_id: The id of the phase.
        reading: What was read of the list.
        taken: Ids that are in use, or were.

    Raises:
        ValueError: it would be larger than a content file may be.
    """
    ids = _ids(phase_id, [listed for listed, _ in reading.questions], taken)
    objectives = sorted({name for listed, _ in reading.questions for name in listed.objectives})
    text = _HEADING + _dumped({"id": phase_id, "objectives": [{"id": o} for o in objectives]})
    text += "steps: []\n\nquestions:\n"
    size = 0
    pieces = []
    for question_id, (listed, notes) in zip(ids, reading.questions, strict=True):
        told = [*notes]
        if listed.name and listed.name != question_id:
            told.insert(0, words.CALLED.format(name=listed.name))
        comments = "".join(f"  # {one_line(note, 300)}\n" for note in told)
        piece = comments + indent(_dumped([question(question_id, listed)]), "  ")
        size += len(piece.encode()) + 1
        if size + len(text) > LARGEST_FILE_BYTES:
            raise ValueError(words.TOO_MUCH.format(most=LARGEST_FILE_BYTES))
        pieces.append(piece)
    text += "\n".join(pieces)
    read(f"{phase_id}.yaml", text.encode())  # What is written must be read as it was meant.
    return text, ids


def _dumped(value: object) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH))


def _ids(phase_id: str, listed: Sequence[Listed], taken: Collection[str]) -> list[str]:
    """Ids for the questions: their own where these are free, else new ones."""
    used = {*taken}
    own: list[str] = []
    for one in listed:
        keep = one.id if one.id not in used else ""
        used.add(keep)
        own.append(keep)
    free = (name for n in range(1, 1_000_000) if (name := f"{phase_id}.q{n}") not in used)
    return [name or next(free) for name in own]


def question(question_id: str, listed: Listed) -> dict[str, object]:
    """A question as content files hold it; fields that the list does not know are not there."""
    found: dict[str, object] = {
        "id": question_id,
        "revision": 1,
        "kind": listed.kind,
        "objectives": list(listed.objectives),
        "track": listed.track,
        "boards": list(listed.boards),
        "difficulty": listed.difficulty or _DIFFICULTY,
        "stem": listed.stem,
        "setup": listed.setup,
        "decides": listed.decides,
    }
    found |= _of_kind(listed)
    found |= {"explanation": listed.explanation, "hint": listed.hint, "source": listed.source}
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def _of_kind(listed: Listed) -> dict[str, object]:
    marks = {"marks": _whole(listed.marks)} if listed.marks != 1 else {}
    named = [*zip(_names(), listed.parts, strict=False)]
    match listed.kind:
        case "single" | "multi":
            options = [_option(name, one) for name, one in named]
            return {"options": options} | ({"fixed_order": True} if listed.fixed_order else {})
        case "ordering":
            items = [{"id": n, "text": one.text} for n, one in named]
            credit = {"partial_credit": listed.partial_credit} if listed.partial_credit else {}
            return {"items": items, **credit, **marks}
        case "matching":
            return _matching(listed) | marks
        case "numeric":
            return _numeric(listed) | marks
    return {
        "max_marks": _whole(listed.marks),
        "mark_points": [_point(name, one) for name, one in named],
        "model_answer": listed.model_answer,
        "wrong_answers": list(listed.wrong_answers),
    }


def _names() -> Iterator[str]:
    yield from string.ascii_lowercase
    yield from (f"x{n}" for n in range(1, 1_000_000))


def _option(name: str, one: Part) -> dict[str, object]:
    option: dict[str, object] = {"id": name, "text": one.text}
    if one.share > 0 and not one.credited_by:
        option["correct"] = True
    return option | _known(
        feedback=one.feedback, credited_by=list(one.credited_by), physiology=one.exactly
    )


def _matching(listed: Listed) -> dict[str, object]:
    texts = dict.fromkeys(one.partner for one in listed.parts)
    partners = dict(zip(texts, _names(), strict=False))
    items = [one for one in listed.parts if one.text]
    names = [f"i{n}" for n in range(1, len(items) + 1)]
    return {
        "items": [{"id": name, "text": one.text} for name, one in zip(names, items, strict=True)],
        "partners": [{"id": f"p{name}", "text": text} for text, name in partners.items()],
        "key": {name: f"p{partners[one.partner]}" for name, one in zip(names, items, strict=True)},
    }


def _numeric(listed: Listed) -> dict[str, object]:
    wrong = [{"value": one.text} | _known(says=one.feedback) for one in listed.parts]
    assert listed.number is not None
    return _known(
        key=_figure(listed.number),
        unit=listed.unit,
        within=_whole(listed.within),
        wrong_values=wrong,
    )


def _point(name: str, one: Part) -> dict[str, object]:
    marks = {} if one.marks == 1 else {"marks": _whole(one.marks)}
    return (
        {"id": name, "text": one.text}
        | marks
        | _known(
            accept=list(one.accept),
            reject=list(one.reject),
            ignore=list(one.ignore),
            required_word=one.required_word,
            credited_by=list(one.credited_by),
            physiology=one.exactly,
        )
    )


def _known(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _figure(number: float) -> str:
    """A number as an expression; those are text."""
    return f"{number:.12g}"
