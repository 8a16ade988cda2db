"""Numbers as learners type them: commas, powers of ten, signs, ranges, words round about."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from tutor.course.text import one_line
from tutor.grading.units import plain

#: No honest number with its unit is longer; what follows is not read.
LONGEST = 300


class Written(NamedTuple):
    """A number as it stands in an answer."""

    readings: tuple[float, ...]
    """What it may be, the likeliest first: `1,234` is 1234 or 1.234."""
    rest: str
    """What follows it, where its unit stands."""
    words: str
    """The number and its rest as typed."""


_NUMBER = re.compile(
    r"""(?<![\w^])(?<![0-9][.,])
    (?:10\s*\^\s*[({]?\s*(?P<power>[-+]?[0-9]{1,6})\s*[)}]?
      |(?P<digits>
           [0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?(?![0-9])   # 1 234,5
          |[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![.,]?[0-9])   # 1,234.5
          |[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+                      # 1.234,5
          |[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])                 # 1.234.567
          |[0-9]+(?:[.,](?!10\s*\^)[0-9]+)?                      # 1,5; but 3.10^-3 is 3 x 10^-3
          |(?<!\.)[.,][0-9]+)                                    # .5
       (?:[eE](?P<e>[-+]?[0-9]{1,6})
         |\s*(?:[xX*.]|times)\s*10\s*
          (?:\^\s*[({]?\s*(?P<raised>[-+]?[0-9]{1,6})\s*[)}]?|(?P<signed>[-+][0-9]{1,3})))?
    )(?![0-9])""",
    re.VERBOSE,
)
_RESULT = re.compile(r"=|≈|≃|≅|~|→|->")
_SAME_UNIT_RANGE = re.compile(r"([0-9])\s*([A-Za-z%]+)\s*-\s*([0-9.,]+\s*\2)\b")
_SPOKEN_MINUS = re.compile(r"\b(?:minus|negative)\s+(?=[0-9.])", re.IGNORECASE)
_INSIDE_NEGATIVE = re.compile(r"\binside\b.{0,40}\bnegative\b|\bnegative\s+inside", re.IGNORECASE)
#: "(3 s.f.)" says how the answer is rounded, and is none itself.
_ROUNDING = re.compile(
    r"\(?\b(?:to\s+)?[0-9]{1,2}\s*(?:s\.?\s?f|d\.?\s?p|sig(?:nificant)?\.?\s+fig\w*|decimal)\b.*",
    re.IGNORECASE,
)
_SPOKEN = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SPOKEN |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "once": 1, "twice": 2}
_SPOKEN_NUMBER = re.compile(rf"\b(?:{'|'.join(_SPOKEN)})\b", re.IGNORECASE)
_SIGN = re.compile(r"[-+]\s*$")
_OPENS_A_NUMBER = re.compile(r"(?:[^\w\s%)°]|\b(?:to|and|or|until))\s*$", re.IGNORECASE)
_PLUS_MINUS = re.compile(r"(?:±|\+\s*/?\s*-)\s*$")
#: A number after these words or signs is not the answer.
_DISOWNED = re.compile(r"(?:\bnot\s+(?:about\s+)?|[<>≤≥]\s*)[-+]?\s*$", re.IGNORECASE)
_CONNECTS = re.compile(r"[\s,;]*(?:\b(?:to|and|or|until)\b|[-,;±])?[\s(+/-]*$", re.IGNORECASE)
_UNIT_POWER = re.compile(r"[A-Za-z]\s?\^?-$")


def written_numbers(text: str) -> tuple[Written, ...]:
    """The numbers that `text` offers as its answer; those of working before a `=` are not."""
    text = _SPOKEN_MINUS.sub("-", plain(text[:LONGEST])[:LONGEST].replace("**", "^"))
    text = text.replace(">=", "≥").replace("<=", "≤").replace("=>", "=")
    text = _SAME_UNIT_RANGE.sub(r"\1 to \3", text)
    if not re.search("[0-9]", text):
        text = _SPOKEN_NUMBER.sub(lambda word: str(_SPOKEN[word.group().lower()]), text)
    for piece in reversed(_RESULT.split(_ROUNDING.sub("", text))):
        if found := _in_piece(piece, powers=True) or _in_piece(piece, powers=False):
            return _either_sign(found) if _INSIDE_NEGATIVE.search(piece) else found
    return ()


def _either_sign(found: tuple[Written, ...]) -> tuple[Written, ...]:
    """The numbers of "70 mV, inside negative", which may be a potential or a difference."""
    return tuple(
        one._replace(readings=(*(-abs(n) for n in one.readings), *one.readings)) for one in found
    )


def _in_piece(text: str, powers: bool) -> tuple[Written, ...]:
    """The numbers of a piece of text; with `powers`, the -1 of `m s-1` is none of them."""
    matches = list(_NUMBER.finditer(text))
    if powers:
        matches = [match for match in matches if not _is_power(text, match)]
    found: list[Written] = []
    end = 0
    for i, match in enumerate(matches):
        before = text[end : match.start()]
        end = match.end()
        after = text[end : matches[i + 1].start() if i + 1 < len(matches) else len(text)]
        rest = _CONNECTS.sub("", after)
        if found and _PLUS_MINUS.search(before):
            found[-1] = found[-1]._replace(rest=found[-1].rest.strip() or rest)
            continue
        if _DISOWNED.search(before):
            continue
        negative = _is_negative(before, found[-1] if found else None)
        numbers = tuple(-n if negative else n for n in _readings(match))
        if not numbers:
            continue
        words = one_line(("-" if negative else "") + match[0] + rest, 60)
        if found and before.strip() in ("/", ":"):
            over = found.pop()
            if numbers[0]:  # What is divided by nothing is no number.
                quotient = over.readings[0] / numbers[0]
                found.append(Written((quotient,), rest, f"{over.words}{before.strip()}{words}"))
            continue
        found.append(Written(numbers, rest, words))
    for i in reversed(range(len(found) - 1)):  # In 30 to 40 mV both are mV.
        if not found[i].rest.strip():
            found[i] = found[i]._replace(rest=found[i + 1].rest)
    return tuple(found)


def _is_power(text: str, match: re.Match[str]) -> bool:
    return match[0] in ("1", "2", "3", "4") and bool(_UNIT_POWER.search(text[: match.start()]))


def _is_negative(before: str, previous: Written | None) -> bool:
    """True where the dash that ends `before` is a minus, not the dash of a range."""
    sign = _SIGN.search(before)
    if sign is None or sign.group().startswith("+"):
        return False
    if previous is None or _OPENS_A_NUMBER.search(before[: sign.start()]):
        return True
    return previous.readings[0] < 0.0  # -70-65 mV is a range below zero.


def _readings(match: re.Match[str]) -> tuple[float, ...]:
    if match["power"]:
        mantissas, exponent = ["1"], match["power"]
    else:
        mantissas = _mantissas(match["digits"].replace(" ", "").replace("'", ""))
        exponent = match["e"] or match["raised"] or match["signed"] or "0"
    numbers = (float(f"{mantissa}e{exponent}") for mantissa in mantissas)
    return tuple(number for number in numbers if math.isfinite(number))


def _mantissas(digits: str) -> list[str]:
    if "," in digits and "." in digits:
        thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        return [digits.replace(thousands, "").replace(",", ".")]
    if digits.count(",") > 1 or digits.count(".") > 1:
        return [digits.replace(",", "").replace(".", "")]
    if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits):
        return [digits.replace(",", ""), digits.replace(",", ".")]
    return [digits.replace(",", ".")]
