"""Lettering: text made safe for one cell a character, and for ASCII where that is asked."""

from __future__ import annotations

import unicodedata

from tutor.plot.figure import Mode

#: What compatibility decomposition does not turn into ASCII by itself.
_ASCII = str.maketrans(
    {
        "µ": "u",
        "μ": "u",
        "°": "deg ",
        "Δ": "d",
        "τ": "tau",
        "Ω": "Ohm",
        "×": "x",
        "·": ".",
        "–": "-",
        "—": "-",
        "−": "-",
        "→": "->",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
    }
)
#: Scripts and symbols that every terminal shows one cell wide.
_NARROW = (
    (0x00A1, 0x052F),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x22FF),
    (0x2500, 0x25FF),
)


def clean(text: str, mode: Mode) -> str:
    """`text` on one line with one cell a character; "?" stands for what cannot be shown.

    In ascii mode the result holds only characters 32 to 126.
    """
    if text.isascii() and text.isprintable():
        return text
    text = "".join(" " if character.isspace() else character for character in text)
    if mode != "ascii":
        text = unicodedata.normalize("NFC", text)
        return "".join(c if _is_narrow(c) else "?" for c in text)
    text = unicodedata.normalize("NFKD", text.translate(_ASCII)).translate(_ASCII)
    without_accents = (c for c in text if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else "?" for c in without_accents)


def _is_narrow(character: str) -> bool:
    if " " <= character <= "~":
        return True
    code = ord(character)
    return (
        any(first <= code <= last for first, last in _NARROW)
        and unicodedata.category(character)[0] in "LNPS"
        and unicodedata.east_asian_width(character) not in "WF"
    )
