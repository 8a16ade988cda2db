"""Prose that fits a screen of 80 columns and 24 lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from tutor.authoring.writing.codes import Advice
from tutor.authoring.writing.texts import read_texts
from tutor.course.yaml_values import Path

#: Characters, by the part and field that the end of a place names: a step must leave room for
#: its plot, an option takes two lines, feedback stands among other lines.
LIMITS: dict[tuple[str, ...], int] = {
    ("steps", "text"): 900,
    ("steps", "title"): 60,
    ("questions", "stem"): 700,
    ("questions", "explanation"): 900,
    ("questions", "hint"): 200,
    ("questions", "model_answer"): 900,
    ("options", "text"): 160,
    ("options", "feedback"): 260,
    ("items", "text"): 120,
    ("partners", "text"): 120,
    ("objectives", "text"): 160,
    ("glossary", "meaning"): 240,
    ("summary",): 900,
}
#: No word is longer; a longer one would be cut by a window of 80 columns with its frame.
LONGEST_WORD = 59

_NOT_SHOWN = (
    (re.compile(r"^\s*\|.*\|", re.MULTILINE), "a table"),
    (re.compile(r"^\s*(```|~~~)", re.MULTILINE), "a block of code"),
    (re.compile(r"\A {4,}\S|\n[ \t]*\n {4,}\S"), "a block of code (four blanks)"),
    (re.compile(r"^#{1,6} ", re.MULTILINE), "a heading"),
    (re.compile(r"!?\[[^\]\n]*\]\([^)\n]*\)"), "a link or picture"),
    (re.compile(r"</?[a-zA-Z][^<>\n]*>"), "HTML"),
)


def screen_advice(content: msgspec.Struct, path: Path = ()) -> Iterator[Advice]:
    """Texts of `content` that are too long, or hold what neither front end shows."""
    for here, text in read_texts(content, path):
        most = LIMITS.get(_kind_of(here))
        if most is not None and len(text.strip()) > most:
            yield Advice(
                here,
                "W30",
                f"{len(text.strip())} characters, and {most} fit on the screen beside the rest; "
                "say it in fewer words, or in two parts",
            )
        for pattern, what in _NOT_SHOWN:
            if pattern.search(text):
                yield Advice(
                    here,
                    "W31",
                    f"the screen cannot show {what}; write it as sentences or a list",
                )
        longest = max(text.split(), key=len, default="")
        if len(longest) > LONGEST_WORD:
            yield Advice(
                here,
                "W32",
                f"{longest[:20]!r}... has {len(longest)} characters without a blank, which no "
                "line of 80 columns can hold; break it up",
            )


def _kind_of(path: Path) -> tuple[str, ...]:
    """The innermost part that the place is in, and its field: `("options", "text")`."""
    return tuple(str(step) for step in path if not isinstance(step, int))[-2:]
