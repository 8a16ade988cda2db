"""The boundary for text: content, files and learners are hostile until cleaned here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Longer text is cut; no honest line, answer or paragraph comes near it.
LONGEST = 20_000
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

#: Control characters but tab and newline, surrogates, line separators, and everything that
#: turns the direction of writing: they could act on the terminal or hide what is written.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufff9-\ufffb"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)

#: So many marks stand above and below one letter, as in the Stream-Safe Text Format of Unicode
#: Annex 15: to put more in their order takes time that grows with the square of their number.
MOST_MARKS = 30
#: Where there may be more: no character before U+0300 is a mark.
_MAYBE_MARKS = re.compile(f"[^\x00-\u02ff]{{{MOST_MARKS + 1},}}")

#: Plain spellings for terminals that only show ASCII.
_ASCII = str.maketrans(
    {
        "µ": "u",
        "μ": "u",
        "−": "-",
        "–": "-",
        "—": "-",
        "‑": "-",
        "×": "x",
        "÷": "/",
        "√": "sqrt ",
        "Ω": "ohm",
        "·": "*",
        "•": "*",
        "°": "deg ",
        "≥": ">=",
        "≤": "<=",
        "≈": "~",
        "≠": "!=",
        "\N{COMBINING LONG SOLIDUS OVERLAY}": "?",
        "\N{FRACTION SLASH}": "/",
        "→": "->",
        "←": "<-",
        "↑": "up",
        "↓": "down",
        "±": "+-",
        "…": "...",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "λ": "lambda",
        "τ": "tau",
        "Δ": "d",
        REPLACEMENT: "?",
    }
)


def clean(text: str, longest: int = LONGEST) -> str:
    """`text` made safe to show and keep: composed, capped, unsafe characters replaced."""
    kept = _UNSAFE.sub(REPLACEMENT, text[:longest].replace("\r\n", "\n"))
    kept = unicodedata.normalize("NFC", _MAYBE_MARKS.sub(_fewer_marks, kept))
    if len(text) > longest or len(kept) > longest:  # Some characters are composed of more.
        kept = kept[: longest - 1] + "…"
    return kept


def _fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str, longest: int = 200) -> str:
    """`text` cleaned and put on one line, for messages that quote it."""
    return " ".join(clean(text, longest).split())


def unsafe_characters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and name (such as U+001B) of each character that content may not hold."""
    for match in _UNSAFE.finditer(text):
        yield match.start(), f"U+{ord(match.group()):04X}"


def to_ascii(text: str) -> str:
    """`text` in ASCII alone; letters lose their marks, what has no spelling becomes `?`."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    kept = (c for c in plain.translate(_ASCII) if not unicodedata.combining(c))
    return "".join(c if c.isascii() else "?" for c in kept)


#: Units as the simulator writes them and as the screen does, longer ones first.
_ON_SCREEN = {
    "uA/cm2": "µA/cm²",
    "mS/cm2": "mS/cm²",
    "uF/cm2": "µF/cm²",
    "uC/cm2": "µC/cm²",
    "pmol/cm2": "pmol/cm²",
    "pmol/cm2/s": "pmol/cm²/s",
    "kohm cm2": "kΩ cm²",
    "ohm cm": "Ω cm",
    "degrees C": "°C",
    "uM": "µM",
    "um": "µm",
}
_UNIT = re.compile(
    rf"(?<!\w)({'|'.join(map(re.escape, sorted(_ON_SCREEN, key=len, reverse=True)))})(?!\w)"
)


def pretty_unit(text: str) -> str:
    """`text` with its units as they are written on the screen."""
    return _UNIT.sub(lambda unit: _ON_SCREEN[unit[0]], text)
