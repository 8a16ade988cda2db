"""Units of the field as learners type them, and their conversion.

A unit is read into powers of metre, second, volt, ampere, mole and kelvin; every other one is
made of these. What can be read in two ways (`ms-1`, `mm` for mM) is, and the question decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

import msgspec

from tutor.course.text import one_line, pretty_unit
from tutor.words import units as words

Dimension = tuple[int, int, int, int, int, int]

#: No unit is longer, and none has more parts; more is prose.
LONGEST = 60
_MOST_PARTS = 5
_MOST_READINGS = 200


class UnitError(ValueError):
    """The unit cannot serve; one clear sentence."""


class UnknownUnit(UnitError):
    """The text is no unit."""


class WrongDimension(UnitError):
    """The unit is one, but of another quantity."""


class Unit(msgspec.Struct, frozen=True):
    """A unit: its powers of m, s, V, A, mol, K, and how many of those it is.

    Attributes:
        text: As it was written.
        dimension: The powers.
        factor: One of this unit in base units.
        offset: Where its zero stands in base units; only temperatures have one.
    """

    text: str
    dimension: Dimension
    factor: Fraction
    offset: float = 0.0

    @property
    def quantity(self) -> str:
        """What is measured in it, such as "a concentration"."""
        return _QUANTITIES.get(self.dimension, words.ANOTHER_QUANTITY)


_NUMBER: Dimension = (0, 0, 0, 0, 0, 0)
_QUANTITIES: dict[Dimension, str] = {
    _NUMBER: words.PLAIN_NUMBER,
    (1, 0, 0, 0, 0, 0): words.LENGTH,
    (2, 0, 0, 0, 0, 0): words.AREA,
    (3, 0, 0, 0, 0, 0): words.VOLUME,
    (0, 1, 0, 0, 0, 0): words.TIME,
    (0, -1, 0, 0, 0, 0): words.FREQUENCY,
    (1, -1, 0, 0, 0, 0): words.SPEED,
    (0, 0, 1, 0, 0, 0): words.POTENTIAL,
    (0, -1, 1, 0, 0, 0): words.RATE_OF_CHANGE_OF_POTENTIAL,
    (-1, 0, 1, 0, 0, 0): words.POTENTIAL_PER_LENGTH,
    (0, 0, 0, 1, 0, 0): words.CURRENT,
    (-2, 0, 0, 1, 0, 0): words.CURRENT_DENSITY,
    (0, 1, 0, 1, 0, 0): words.CHARGE,
    (-2, 1, 0, 1, 0, 0): words.CHARGE_PER_AREA,
    (0, 0, -1, 1, 0, 0): words.CONDUCTANCE,
    (-2, 0, -1, 1, 0, 0): words.CONDUCTANCE_PER_AREA,
    (0, 0, 1, -1, 0, 0): words.RESISTANCE,
    (2, 0, 1, -1, 0, 0): words.RESISTANCE_TIMES_AREA,
    (1, 0, 1, -1, 0, 0): words.RESISTIVITY,
    (0, 1, -1, 1, 0, 0): words.CAPACITANCE,
    (-2, 1, -1, 1, 0, 0): words.CAPACITANCE_PER_AREA,
    (0, 0, 0, 0, 1, 0): words.AMOUNT,
    (-3, 0, 0, 0, 1, 0): words.CONCENTRATION,
    (-2, 0, 0, 0, 1, 0): words.AMOUNT_PER_AREA,
    (-2, -1, 0, 0, 1, 0): words.FLUX,
    (0, 0, 0, 0, 0, 1): words.TEMPERATURE,
    (-2, 3, 1, 1, 0, 0): words.MASS,
    (0, 1, 1, 1, 0, 0): words.ENERGY,
}

_PREFIXES = {
    "": ("", 0),
    "k": ("kilo", 3),
    "d": ("deci", -1),
    "c": ("centi", -2),
    "m": ("milli", -3),
    "u": ("micro", -6),
    "n": ("nano", -9),
    "p": ("pico", -12),
    "f": ("femto", -15),
    # Nothing here is measured in megavolts, and MV is a careless mV; megohms are common.
    "M": ("mega", 6),
    "G": ("giga", 9),
}
_MEGA = ("M", "G")

#: Symbol: powers, power of ten in base units, names.
_SI: dict[str, tuple[Dimension, int, tuple[str, ...]]] = {
    "m": ((1, 0, 0, 0, 0, 0), 0, ("metre", "meter")),
    "s": ((0, 1, 0, 0, 0, 0), 0, ("second", "sec")),
    "V": ((0, 0, 1, 0, 0, 0), 0, ("volt",)),
    "A": ((0, 0, 0, 1, 0, 0), 0, ("ampere", "amp")),
    "mol": ((0, 0, 0, 0, 1, 0), 0, ("mole",)),
    "S": ((0, 0, -1, 1, 0, 0), 0, ("siemens",)),
    "F": ((0, 1, -1, 1, 0, 0), 0, ("farad",)),
    "C": ((0, 1, 0, 1, 0, 0), 0, ("coulomb",)),
    "ohm": ((0, 0, 1, -1, 0, 0), 0, ("ohm",)),
    "M": ((-3, 0, 0, 0, 1, 0), 3, ("molar",)),
    "L": ((3, 0, 0, 0, 0, 0), -3, ("litre", "liter")),
    "l": ((3, 0, 0, 0, 0, 0), -3, ()),
    "Hz": ((0, -1, 0, 0, 0, 0), 0, ("hertz",)),
    "g": ((-2, 3, 1, 1, 0, 0), -3, ("gram", "gramme")),
    "J": ((0, 1, 1, 1, 0, 0), 0, ("joule",)),
    # An equivalent is a mole of charges: right for Na+, K+ and Cl-, which is what we ask about.
    "Eq": ((0, 0, 0, 0, 1, 0), 0, ("equivalent",)),
}

_Atom = tuple[Dimension, Fraction, float]

_KELVIN: Dimension = (0, 0, 0, 0, 0, 1)
_TIME: Dimension = (0, 1, 0, 0, 0, 0)
#: As in "spikes per second" and "3 x".
_COUNTED = tuple(
    f"{thing}{plural}"
    for thing in ("spike", "impulse", "AP", "event", "wave", "ion", "charge", "channel")
    for plural in ("", "s")
)
_OTHERS: dict[str, _Atom] = {
    "%": (_NUMBER, Fraction(1, 100), 0.0),
    "percent": (_NUMBER, Fraction(1, 100), 0.0),
    "K": (_KELVIN, Fraction(1), 0.0),
    "kelvin": (_KELVIN, Fraction(1), 0.0),
    "degC": (_KELVIN, Fraction(1), 273.15),
    "celsius": (_KELVIN, Fraction(1), 273.15),
    "C": (_KELVIN, Fraction(1), 273.15),
    "degF": (_KELVIN, Fraction(5, 9), 459.67 * 5 / 9),
    "fahrenheit": (_KELVIN, Fraction(5, 9), 459.67 * 5 / 9),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), (_TIME, Fraction(60), 0.0)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), (_TIME, Fraction(3600), 0.0)),
    "mps": ((1, -1, 0, 0, 0, 0), Fraction(1), 0.0),
    **dict.fromkeys(("micron", "microns"), ((1, 0, 0, 0, 0, 0), Fraction(1, 10**6), 0.0)),
    **dict.fromkeys(("x", "times", "fold", *_COUNTED), (_NUMBER, Fraction(1), 0.0)),
}


def _tables() -> tuple[dict[str, list[_Atom]], dict[str, list[_Atom]]]:
    """What every word means as it is spelt, and in any capitals."""
    exact: dict[str, list[_Atom]] = {word: [atom] for word, atom in _OTHERS.items()}
    for prefix, (spoken, tens) in _PREFIXES.items():
        for symbol, (dimension, own_tens, names) in _SI.items():
            if prefix in _MEGA and symbol != "ohm":
                continue
            spelt = [symbol, *names, *(f"{name}s" for name in names)]
            for word in {start + word for start in (prefix, spoken) for word in spelt}:
                atom = (dimension, Fraction(10) ** (tens + own_tens), 0.0)
                exact.setdefault(word, []).append(atom)
    any_case: dict[str, list[_Atom]] = {}
    for word, atoms in exact.items():
        any_case.setdefault(word.casefold(), []).extend(atoms)
    return exact, any_case


_EXACT, _ANY_CASE = _tables()


def _atoms(word: str) -> list[_Atom]:
    """What a word may mean, as it is spelt first, in other capitals then."""
    exact = _EXACT.get(word, [])
    return exact + [atom for atom in _ANY_CASE.get(word.casefold(), []) if atom not in exact]


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]*[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑‒﹣－", "-"),
        **dict.fromkeys("·⋅∙•×✕", "*"),
        **dict.fromkeys("µμ", "u"),
        **dict.fromkeys("ΩΩ", "ohm"),
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("⁄∕÷", "/"),
        **dict.fromkeys("’‘′", "'"),
        "¼": ".25",
        "½": ".5",
        "¾": ".75",
    }
)


def plain(text: str) -> str:
    """`text` with one spelling for signs, digits, halves, mu and raised numbers (`^-3`)."""
    text = _RAISED_RUN.sub(lambda run: "^" + run.group().translate(_RAISED), text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


#: Spellings in words, each with its short form; per cent must go before per.
_SPELLINGS = [
    (re.compile(pattern, re.IGNORECASE), short)
    for pattern, short in (
        (r"\bper\s+cent\b", "percent"),
        (r"\baction\s+potentials?\b", "AP"),
        (r"\bper\b", "/"),
        (r"\*\*", "^"),
        (r"[({]\s*([-+]?[1-9])\s*[)}]", r"\1"),
        (r"(?:°|\bdeg(?:ree)?s?\b\.?)\s*f(?:ahrenheit)?\b", "degF"),
        (r"(?:°|\bdeg(?:ree)?s?\b\.?)\s*(?:c(?:elsius|entigrade)?\b)?", "degC "),
        (r"\b(milli|micro|nano|pico|femto|kilo|centi|deci|mega)[\s-]+(?=[a-z])", r"\1"),
        (r"\b(?:square|sq)\b\.?\s*([a-z]+)", r"\1^2"),
        (r"\bcubic\s+([a-z]+)", r"\1^3"),
        (r"\b([a-z]+)\s+squared\b", r"\1^2"),
        (r"\b([a-z]+)\s+cubed\b", r"\1^3"),
        (r"^\s*1\s*/", "/"),
    )
]
_TOKEN = re.compile(
    r"(?P<word>[A-Za-z%]+)(?:\s*\^\s*(?P<raised>[-+]?[1-9])|\s*(?P<signed>-[1-9])"
    r"|(?P<glued>[1-9]))?(?![0-9])|(?P<slash>/)|(?P<open>\()|(?P<close>\))|(?P<skip>[\s.*]+)"
)


def _parts(text: str) -> list[tuple[str, int]] | None:
    """The words of a unit with their powers; none where the text is no unit."""
    for pattern, short in _SPELLINGS:
        text = pattern.sub(short, text)
    parts: list[tuple[str, int]] = []
    place, below, group_below = 0, False, False
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            return None
        place = token.end()
        match token.lastgroup:
            case "slash":
                below = True
            case "open":
                below, group_below = False, below
            case "close":
                group_below = False
            case "skip":
                pass
            case _:
                power = int(token["raised"] or token["signed"] or token["glued"] or 1)
                parts.append((token["word"], -power if below or group_below else power))
                below = False
    return parts if 0 < len(parts) <= _MOST_PARTS and not below else None


def _meanings(word: str, power: int) -> Iterator[_Atom]:
    for dimension, factor, offset in _atoms(word):
        yield _raise(dimension, power), factor**power, offset if power == 1 else 0.0
    if power >= 0:
        return
    # ms-1 is also m s-1: the power belongs to the last of two symbols run together.
    for cut in range(len(word) - 1, 0, -1):
        for first, last in product(_atoms(word[:cut]), _atoms(word[cut:])):
            dimension = _times(first[0], _raise(last[0], power))
            yield dimension, first[1] * last[1] ** power, 0.0


def _raise(dimension: Dimension, power: int) -> Dimension:
    m, s, v, a, mol, k = dimension
    return m * power, s * power, v * power, a * power, mol * power, k * power


def _times(left: Dimension, right: Dimension) -> Dimension:
    m, s, v, a, mol, k = (x + y for x, y in zip(left, right, strict=True))
    return m, s, v, a, mol, k


@lru_cache(maxsize=512)
def _readings(text: str) -> tuple[Unit, ...]:
    """Every unit that the text may mean, the most literal first."""
    parts = _parts(plain(text)) if len(text) <= LONGEST else None
    if parts is None:
        return ()
    units: dict[tuple[Dimension, Fraction], Unit] = {}
    choices = product(*(tuple(_meanings(word, power)) for word, power in parts))
    for atoms in islice(choices, _MOST_READINGS):
        dimension, factor = _NUMBER, Fraction(1)
        for atom in atoms:
            dimension, factor = _times(dimension, atom[0]), factor * atom[1]
        offset = atoms[0][2] if len(atoms) == 1 else 0.0
        unit = Unit(one_line(text), dimension, factor, offset)
        units.setdefault((dimension, factor), unit)
    return tuple(units.values())


#: Where no unit is asked for: ratios, counts.
NO_UNIT = Unit("", _NUMBER, Fraction(1))


def read_unit(text: str, like: Unit | None = None) -> Unit:
    """The unit that `text` names; of several readings the one that measures what `like` does.

    Raises:
        UnknownUnit: the text is no unit.
        WrongDimension: it is one, but measures something else than `like`.
    """
    readings = _readings(text)
    if not readings:
        raise UnknownUnit(words.UNKNOWN_UNIT.format(text=one_line(text, 40)))
    if like is None:
        return readings[0]
    for unit in readings:
        if unit.dimension == like.dimension:
            return unit
    asked = f"{like.quantity} ({pretty_unit(like.text)})" if like.text else like.quantity
    found = readings[0]
    raise WrongDimension(
        words.OTHER_QUANTITY.format(unit=found.text, quantity=found.quantity, asked=asked)
    )


def convert(value: float, source: Unit, target: Unit) -> float:
    """`value` in the unit `source` as a number of `target`.

    Raises:
        WrongDimension: the two do not measure the same quantity.
    """
    if source.dimension != target.dimension:
        raise WrongDimension(
            f"{source.text} measures {source.quantity}; it cannot be put in {target.text}"
        )
    shift = (source.offset - target.offset) / float(target.factor)
    return value * float(source.factor / target.factor) + shift
