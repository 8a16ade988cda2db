"""From text to words: Unicode forms, charges, hyphens and spellings."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tutor.grading.free_text.grammar import Grammar, spelt

#: Arrows and signs that stand for words, before composition would lose them.
_SIGNS = str.maketrans(
    {
        "→": "->",
        "⇒": "->",
        "➔": "->",
        "➜": "->",
        "➝": "->",
        "↑": " increase ",
        "↓": " decrease ",
        "≥": " at least ",
        "≤": " at most ",
        "^": "",
        "−": "-",
        "–": " - ",
        "—": " - ",
        "’": "'",
        "‘": "'",
        "•": "\n- ",
        "‑": "-",
        "&": " and ",
        "·": "\n- ",
        "…": ". ",
    }
)

_TOKEN = re.compile(
    r"""
      (?P<ve>[+-]ve\b)
    | (?P<ion>(?<![a-z])(?:na|ca|mg|cl|k|h)(?:\s?\d?\+{1,2}|\d-|-(?![a-z0-9>\s]))(?!ve))
    | (?P<tag></?[a-z]+>)
    | (?P<arrow>[-=]+>)
    | (?P<sign>[<>]=?(?=\s?[a-z0-9-]))
    | (?P<dotted>(?<![a-z])(?:[a-z]\.){2,})
    | (?P<word>[a-z]+(?:['-][a-z]+)*|'s)
    | (?P<number>(?<![a-z0-9])[-+]?\d+(?:\.\d+)?)
    | (?P<dash>(?<=\s)-+(?=\s))
    | (?P<mark>[.;!?\n,:()/=]|\.\.\.|\[(?=[^\]]{8})|(?<=[^\[]{8})\]|[{}])
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Token(NamedTuple):
    """A word or mark, and where it stands in the text."""

    word: str
    start: int
    end: int
    kind: str


def composed(text: str) -> str:
    """`text` in one Unicode form, with its signs as words and nothing invisible."""
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = re.sub(r"(?<=\s)[:;]-?[()DP](?=\s|$)", ".", text)  # A smile ends what it is about.
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return re.sub(r"[^\S\n]+", " ", text)


def tokens(text: str, grammar: Grammar) -> list[Token]:
    """The words and marks of composed `text`."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        word, start, end = match.group().lower(), match.start(), match.end()
        if kind == "word":
            found.extend(_parts(word, start, grammar))
        elif kind == "ion":
            found.append(Token(re.sub(r"[^a-z]", "", word), start, end, "word"))
        elif kind == "ve":
            found.append(Token("positive" if word[0] == "+" else "negative", start, end, "word"))
        elif kind == "dotted":
            found.append(Token(word.replace(".", ""), start, end, "word"))
        elif kind == "sign":
            found.append(Token("exceed" if word[0] == ">" else "below", start, end, "word"))
        elif word == "1":
            found.append(Token("one", start, end, "word"))
        elif kind == "arrow":
            found.append(Token("->", start, end, "word"))
        elif kind == "tag":
            found.append(Token(".", start, end, "mark"))
        elif kind == "dash":
            found.append(Token(",", start, end, "mark"))
        else:
            found.append(Token(word, start, end, kind))
    return found


_CONTRACTED = re.compile(r"(?<=[a-z])'(re|s|ve|ll|d|m)$")


def _parts(word: str, start: int, grammar: Grammar) -> list[Token]:
    """The word, or the words that hyphens join: voltage-gated is two, re-open is one."""
    found: list[Token] = []
    prefix, first = "", start
    for piece in word.split("-"):
        end = start + len(piece)
        piece = _CONTRACTED.sub("", piece)
        if piece in grammar.prefixes and not word.endswith(piece):
            prefix += piece
        else:
            whole = spelt(prefix + piece, grammar)
            negated = whole.endswith("n't") or whole in ("cannot", "can't")
            found.append(Token("not" if negated else whole, first, end, "word"))
            prefix, first = "", end + 1
        start = end + 1
    return found
