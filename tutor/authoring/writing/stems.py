"""Warnings about what a question asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.authoring.writing.codes import Advice
from tutor.authoring.writing.texts import COUNTS, lead_in, words
from tutor.course.questions import (
    CalculationQuestion,
    ChoiceQuestion,
    NumericQuestion,
    Part,
    Question,
)
from tutor.course.yaml_values import Path

_NEGATIVE = re.compile(
    r"\b(?:not|\w+n['’]t|never|except|cannot|incorrect|untrue|false|(?<!at )least(?! likely to be)"
    r"(?= likely| true| useful| important| accurate))\b"
)
#: What follows is no longer the question itself, so a "not" in it turns nothing round.
_SUBORDINATE = re.compile(
    r"\b(?:if|when|while|because|although|since|unless|that|whose|after|before|until|once|as|"
    r"[Ww]hy|in an?|with|of an?)\b"
)
_EMPHASISED = re.compile(r"\*+[^*]+\*+|_+[^_]+_+")
#: First words of an instruction.
_IMPERATIVE = re.compile(
    r"add|arrange|bring|build|calculate|change|choose|compare|complete|compute|convert|"
    r"decide|define|describe|design|distinguish|draw|estimate|evaluate|explain|fill|"
    r"find|fire|give|halve|hold|identify|judge|keep|label|lower|make|mark|match|"
    r"measure|move|name|order|outline|pick|place|plan|predict|put|raise|rank|reach|"
    r"say|select|set|show|silence|sketch|slow|sort|speed|state|stop|suggest|tell|try|"
    r"turn|use|work|write"
)
_EMPTY_LEAD_IN = re.compile(
    r"(?:which|what)(?: one)?(?: of (?:the following|these|them|the options))?"
    r"(?: (?:statements?|options?|answers?|sentences?|claims?))?"
    r"(?: about [\w ⁺]{1,25})? (?:is|are|holds?)(?: \w+)? ?"
    r"(?:true|correct|right|false|wrong|best)?"
)
#: A stem of fewer words has room for nothing else.
_PLENTY = 14


def stem_advice(question: Question) -> Iterator[Advice]:
    """What a stem leaves unclear."""
    if isinstance(question, ChoiceQuestion):
        yield from _negative(question)
    match question:
        case CalculationQuestion(parts=parts):  # Each part asks for itself.
            for i, part in enumerate(parts):
                yield from _unit(("parts", i, "unit"), part, f"{question.stem} {part.asks}")
        case NumericQuestion():
            yield from _unfocused(question)
            yield from _unit(("unit",), question, question.stem)
        case _:
            yield from _unfocused(question)


def _unit(path: Path, number: NumericQuestion | Part, asked: str) -> Iterator[Advice]:
    if not number.unit and not COUNTS.search(asked):
        yield Advice(
            path,
            "W19",
            "the key has no unit, and nothing asks for a count or a ratio; give `unit`, or ask "
            "for a number of something",
        )


def _negative(question: Question) -> Iterator[Advice]:
    asked = _EMPHASISED.sub("", lead_in(question.stem))
    main = _SUBORDINATE.split(asked, maxsplit=1)[0]
    found = _NEGATIVE.search(main)  # In capitals a word is emphasised too.
    if found:
        yield Advice(
            ("stem",),
            "W04",
            f"{found.group()!r} is read over, and turns the question round; ask for what is so, "
            f"or write **{found.group()}**",
        )


def _unfocused(question: Question) -> Iterator[Advice]:
    asked = lead_in(question.stem).strip()
    bare = asked.rstrip("?.: ").lower()
    if _EMPTY_LEAD_IN.fullmatch(bare) and len(words(question.stem)) < _PLENTY:
        message = (
            "whoever covers the options cannot tell what is asked; put the matter into the stem"
        )
    elif "?" in question.stem or _is_told(question.stem):
        return
    else:
        message = (
            "neither a question nor an instruction; end the stem with what the learner is to "
            "find, such as 'What ...?' or 'Mark ...'"
        )
    yield Advice(("stem",), "W05", message)


def _is_told(stem: str) -> bool:
    """Whether a sentence of the stem tells the learner to do something."""
    for sentence in re.split(r"[.!:;,]\s+|\n+|\band\b|\bthen\b", stem):
        first = words(sentence)[:1]
        if first and _IMPERATIVE.fullmatch(first[0]):
            return True
    return False
