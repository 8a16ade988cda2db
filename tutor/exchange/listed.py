"""A question as lists of other programs hold it: words, answers and marks, but no runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

Format = Literal["moodle", "gift", "csv"]
#: Kinds of question that a list can hold.
KINDS = ("single", "multi", "ordering", "matching", "numeric", "text")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """An option, an item, a pair, a wrong number or a mark point.

    Attributes:
        text: What it says; of a pair the item, empty for a partner that is left over.
        share: Per cent of the marks for choosing it.
        feedback: What is said to who chose it.
        partner: What a pair's item goes with.
        exactly: The exact statement, where boards credit a looser one.
        credited_by: Those boards.
        marks: Of a mark point.
        accept: What gets a mark point as well.
        reject: What loses it.
        ignore: What does not matter to it.
        required_word: The word that it needs.
    """

    text: str = ""
    share: float = 0.0
    feedback: str = ""
    partner: str = ""
    exactly: str = ""
    credited_by: tuple[str, ...] = ()
    marks: float = 0.0
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    required_word: str = ""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A question of a list.

    Attributes:
        id: Its id; empty where the list has none that can be one here.
        name: What the list calls it.
        kind: One of `KINDS`.
        stem: Markdown.
        setup: What is run, in words.
        marks: Full marks.
        parts: Options, items in order, pairs, wrong numbers or mark points, by the kind.
        fixed_order: Options stay in their order.
        partial_credit: How a partly right order counts.
        number: The right number; None for other kinds.
        within: How far off it an answer may be.
        unit: Its unit.
        model_answer: Of a written answer: Markdown.
        wrong_answers: Written answers that get nothing.
        explanation: Why it is so: Markdown.
        decides: The measured value that decides it.
        hint: A hint.
        source: Where it is from.
        objectives: Ids of its objectives.
        misconceptions: Ids of those that its answers may show.
        track: A or M; empty where not known.
        difficulty: 1 to 3; 0 where not known.
        boards: Whose candidates are asked.
    """

    id: str = ""
    name: str = ""
    kind: str
    stem: str
    setup: str = ""
    marks: float = 1.0
    parts: tuple[Part, ...] = ()
    fixed_order: bool = False
    partial_credit: str = ""
    number: float | None = None
    within: float = 0.0
    unit: str = ""
    model_answer: str = ""
    wrong_answers: tuple[str, ...] = ()
    explanation: str = ""
    decides: str = ""
    hint: str = ""
    source: str = ""
    objectives: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    track: str = ""
    difficulty: int = 0
    boards: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """What is known of it beyond its words, as tags."""
        tags = [f"objective:{name}" for name in self.objectives]
        tags += [f"misconception:{name}" for name in self.misconceptions]
        tags += [f"track:{self.track}"] if self.track else []
        tags += [f"difficulty:{self.difficulty}"] if self.difficulty else []
        return (*tags, *(f"board:{name}" for name in self.boards))


class Reading(msgspec.Struct, frozen=True):
    """What was read of a list.

    Attributes:
        questions: The questions, each with what was left out of it.
        left: Questions that could not be taken in: what the list calls each, and why.
        title: What the list calls itself.
    """

    questions: tuple[tuple[Listed, tuple[str, ...]], ...]
    left: tuple[tuple[str, str], ...] = ()
    title: str = ""


def tagged(tags: Iterable[str]) -> dict[str, object]:
    """The fields of a question that its tags give; other tags mean nothing here."""
    found: dict[str, list[str]] = {}
    for tag in tags:
        name, _, value = tag.strip().partition(":")
        if value:
            found.setdefault(name, []).append(value.strip())
    difficulty = found.get("difficulty", [""])[0]
    track = found.get("track", [""])[0].upper()
    return {
        "objectives": tuple(found.get("objective", ())),
        "misconceptions": tuple(found.get("misconception", ())),
        "track": track if track in ("A", "M") else "",
        "difficulty": int(difficulty) if difficulty in ("1", "2", "3") else 0,
        "boards": tuple(found.get("board", ())),
    }


def plain_number(value: float) -> str:
    """A number as every format reads it: without an exponent."""
    text = f"{value:.12g}"
    if "e" in text:
        text = f"{value:.20f}".rstrip("0").rstrip(".")
    return "0" if float(text) == 0 else text
