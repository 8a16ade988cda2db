"""Numbers with units: judged by a key with its tolerance, and the usual slips named."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from tutor.course.text import one_line, pretty_unit
from tutor.grading.units import (
    NO_UNIT,
    Unit,
    UnknownUnit,
    WrongDimension,
    convert,
    read_unit,
)
from tutor.grading.verdict import PointVerdict, State, Verdict, add_up, figure
from tutor.grading.written import Written, written_numbers
from tutor.words import marking as words

#: The powers of ten that are told as a slip, and the figures that rounding is looked for in.
_TENS = 12
_MOST_FIGURES = 6
#: A wrong number is rounded in its own way, so the tolerance of the key does not serve for it.
_ABOUT = 0.02


class WrongValue(msgspec.Struct, frozen=True):
    """A wrong number that is known to come up, and what it comes from."""

    value: float
    says: str
    misconception: str = ""


class NumericKey(msgspec.Struct, frozen=True):
    """What a number is judged by.

    Attributes:
        value: The right number, in `unit`.
        accepted: The lowest and highest number that is right; see `tolerated`.
        unit: The unit asked for; empty for ratios and counts.
        marks: Marks for the number.
        unit_marks: Marks for the unit alone; with none, the number needs its unit.
        method_marks: Marks for the way there, which a slip of ten or of rounding leaves right.
        unit_needed: Whether a missing unit matters; not where the screen shows it.
        parts: Numerator and denominator of a key that is a quotient.
        wrong_values: Wrong numbers with their reasons, in `unit`.

    Raises:
        ValueError: the right number is not among the accepted ones, or the unit is unknown.
    """

    value: float
    accepted: tuple[float, float]
    unit: str = ""
    marks: float = 1.0
    unit_marks: float = 0.0
    method_marks: float = 0.0
    unit_needed: bool = True
    parts: tuple[float, float] | None = None
    wrong_values: tuple[WrongValue, ...] = ()

    def __post_init__(self) -> None:
        low, high = self.accepted
        if not (math.isfinite(low) and math.isfinite(high) and low <= self.value <= high):
            raise ValueError(f"the key {self.value:g} is not within {low:g} to {high:g}")
        if self.unit:
            read_unit(self.unit)

    @property
    def asked(self) -> Unit:
        """The unit asked for."""
        return read_unit(self.unit) if self.unit else NO_UNIT

    @property
    def max_marks(self) -> float:
        """Full marks."""
        return self.marks + self.unit_marks + self.method_marks

    def accepts(self, number: float) -> bool:
        """True for a number within the tolerance; the last bit of a conversion is let off."""
        low, high = self.accepted
        slack = 1e-9 * max(abs(low), abs(high))
        return low - slack <= number <= high + slack


def tolerated(value: float, absolute: float = 0.0, relative: float = 0.0) -> tuple[float, float]:
    """The numbers accepted for `value`: within the larger of the two tolerances.

    Raises:
        ValueError: a tolerance is negative.
    """
    if absolute < 0.0 or relative < 0.0:
        raise ValueError(f"a tolerance is not negative: {min(absolute, relative):g}")
    margin = max(absolute, relative * abs(value))
    return value - margin, value + margin


_UnitState = Literal["right", "missing", "unknown", "prefix", "other"]


class _Judged(NamedTuple):
    right: bool
    unit_state: _UnitState
    value: float
    """In the unit asked for."""
    unit_note: str
    written: Written


def _judge(written: Written, key: NumericKey) -> _Judged:
    asked = key.asked
    unit, state, note = _unit_after(written.rest, asked)
    as_typed = next(filter(key.accepts, written.readings), written.readings[0])
    if unit is not None:
        converted = [convert(number, unit, asked) for number in written.readings]
        value = next(filter(key.accepts, converted), converted[0])
        if key.accepts(as_typed) and not key.accepts(value):
            note = words.FITS_ANOTHER_UNIT.format(
                number=figure(as_typed), unit=key.unit or words.PLAIN_NUMBER, written=unit.text
            )
            return _Judged(True, "prefix", as_typed, note, written)
        return _Judged(key.accepts(value), "right", value, note, written)
    if state != "other" and asked.dimension == NO_UNIT.dimension:
        # Where per cents are asked for, 0.4 of all channels are 40 %.
        share = convert(as_typed, NO_UNIT, asked)
        if key.accepts(share):
            return _Judged(True, "right", share, "", written)
    return _Judged(key.accepts(as_typed), state, as_typed, note, written)


def unknown_unit(answer: str, asked: str) -> str:
    """What stands in place of a unit and is none; empty where there is none, or nothing.

    Args:
        answer: What was typed.
        asked: The unit asked for, which may be kept back. Numbers alone and shares take words.
    """
    if asked and read_unit(asked).dimension == NO_UNIT.dimension:
        return ""
    rests = [one.rest for one in written_numbers(answer)]
    if any(_is_unit(start) for rest in rests for start in _starts(rest)):
        return ""
    worded = (rest for rest in rests if any(map(str.isalnum, rest)))
    return one_line(next(worded, ""), 40).removesuffix(asked).strip()


def lacks_unit(answer: str, asked: str) -> bool:
    """Whether numbers stand alone where the unit `asked` is needed; shares need none."""
    if read_unit(asked).dimension == NO_UNIT.dimension:
        return False
    written = written_numbers(answer)
    return bool(written) and not any(map(str.isalnum, "".join(one.rest for one in written)))


def _is_unit(text: str) -> bool:
    try:
        read_unit(text)
    except UnknownUnit:
        return False
    return True


def _starts(rest: str) -> list[str]:
    """What of the words after a number may be its unit, the most of them first."""
    typed = [word.strip(",;:!?'\"") for word in rest.lstrip(" -").split()[:6]]
    starts = [" ".join(typed[:count]) for count in range(len(typed), 0, -1)]
    return [*starts, "".join(typed[:2])]  # As in m V.


def _unit_after(rest: str, asked: Unit) -> tuple[Unit | None, _UnitState, str]:
    """The unit at the start of `rest` where it fits, else what is wrong with it."""
    other = ""
    for start in _starts(rest):
        try:
            unit = read_unit(start, asked)
        except UnknownUnit:
            continue
        except WrongDimension as error:
            other = other or str(error)
            continue
        return unit, "right", _read_kindly(start, unit)
    if other:
        return None, "other", f"{other}."
    if not asked.text:
        return None, "right", ""
    shown = pretty_unit(asked.text)
    if not any(map(str.isalnum, rest)):
        return None, "missing", words.UNIT_MISSING.format(unit=shown)
    return None, "unknown", words.UNIT_UNKNOWN.format(text=one_line(rest, 40), unit=shown)


def _read_kindly(text: str, unit: Unit) -> str:
    literal = read_unit(text)
    if literal.dimension == unit.dimension:
        return ""
    return words.READ_AS.format(unit=unit.text, quantity=unit.quantity, literally=literal.quantity)


class Slip(NamedTuple):
    """What a wrong number comes from."""

    name: Literal["listed", "sign", "rounded", "ratio", "ten", "sign and ten"]
    says: str
    misconception: str = ""


def name_slip(number: float, key: NumericKey) -> Slip | None:
    """The slip that made `number` (in the key's unit) of the key; none where none is known."""
    for wrong in key.wrong_values:
        if math.isclose(number, wrong.value, rel_tol=_ABOUT):
            return Slip("listed", wrong.says, wrong.misconception)
    if key.accepts(-number):
        return Slip("sign", words.WRONG_SIGN)
    if _rounded(number, key.value):
        return Slip("rounded", words.ROUNDED_TOO_FAR)
    if _turned_over(number, key):
        return Slip("ratio", words.TURNED_OVER)
    for tens in (ten for size in range(1, _TENS + 1) for ten in (size, -size)):
        scaled = number / 10.0**tens
        # A wide tolerance takes in numbers with other digits, and all that are near 0.
        if math.isclose(abs(scaled), abs(key.value), rel_tol=0.1) and _either(scaled, key):
            factor = f"{10 ** abs(tens)}" if abs(tens) < 5 else f"10^{abs(tens)}"
            said = words.TIMES_TOO_LARGE if tens > 0 else words.TIMES_TOO_SMALL
            size = said.format(factor=factor)
            if tens % 3 == 0:
                size = words.LOST_PREFIX.format(size=size)
            if key.accepts(scaled):
                return Slip("ten", words.WRONG_POWER.format(size=size))
            return Slip("sign and ten", words.WRONG_SIGN_AND_POWER.format(size=size))
    return None


def _either(number: float, key: NumericKey) -> bool:
    return key.accepts(number) or key.accepts(-number)


def _rounded(number: float, key: float) -> bool:
    """True where `number` is `key` to fewer figures, halves rounded either way."""
    if not key or not math.isfinite(number):
        return False
    first = math.floor(math.log10(abs(key)))
    for place in range(first, first - _MOST_FIGURES, -1):
        step = 10.0**place
        whole = abs(number / step - round(number / step)) < 1e-9
        if whole and abs(number - key) <= step / 2 * (1 + 1e-9):
            return True
    return False


def _turned_over(number: float, key: NumericKey) -> bool:
    if key.parts is None:
        return False
    numerator, denominator = key.parts
    # Dividing the parts as they are may give other units than the key's; both are looked for.
    by_parts = math.isclose(number * numerator, denominator, rel_tol=_ABOUT)
    return by_parts or math.isclose(number * key.value, 1.0, rel_tol=_ABOUT)


def mark_numeric(answer: str, key: NumericKey, carried: NumericKey | None = None) -> Verdict:
    """Mark a typed number with its unit.

    Several numbers, and the ends of a range, must all be right. `carried` is the key computed
    again from the learner's own earlier value: who meets it is not punished twice.
    """
    written = written_numbers(answer)
    judged = _fitting([_judge(one, key) for one in written])
    if not judged:
        asked = words.GIVE_NUMBER_IN if key.unit else words.GIVE_NUMBER
        give = asked.format(unit=pretty_unit(key.unit))
        return add_up(_points(key, (), None), key.max_marks, [give])
    notes = []
    if carried is not None and not all(one.right for one in judged):
        again = _fitting([_judge(one, carried) for one in written])
        if all(one.right for one in again):
            judged = again
            notes.append(words.FOLLOWS_RIGHTLY)
    slip = None
    if not all(one.right for one in judged):
        slip = name_slip(judged[0].value, key) if len(judged) == 1 else None
        notes.append(slip.says if slip else _how_far(judged, key))
    points = _points(key, judged, slip, " ".join(notes))
    misconceptions = [slip.misconception] if slip else []
    return add_up(
        points, key.max_marks, [*notes, *(one.unit_note for one in judged)], misconceptions
    )


def value_in(answer: str, key: NumericKey) -> float | None:
    """The number that `answer` gives, in the key's unit; None where it gives none, or several."""
    judged = _fitting([_judge(one, key) for one in written_numbers(answer)])
    return judged[0].value if len(judged) == 1 else None


def _fitting(judged: list[_Judged]) -> list[_Judged]:
    """Without the numbers of other quantities, such as the time at which a potential is."""
    return [one for one in judged if one.unit_state != "other"] or judged


def _points(
    key: NumericKey, judged: Sequence[_Judged], slip: Slip | None, note: str = ""
) -> list[PointVerdict]:
    right = bool(judged) and all(one.right for one in judged)
    unit = next((one for one in judged if one.unit_state != "right"), next(iter(judged), None))
    unit_state = unit.unit_state if unit else "missing"
    unit_lacks = unit_state != "right" and (key.unit_needed or unit_state != "missing")
    evidence = ", ".join(one.written.words for one in judged)
    points = []
    if key.method_marks:
        met = right or (slip is not None and slip.name in ("ten", "rounded"))
        marks = key.method_marks if met else 0.0
        points.append(PointVerdict("method", words.METHOD, _state(met), marks, evidence))
    reversed_ = slip is not None and slip.name in ("sign", "ratio", "sign and ten")
    marks = key.marks if right and (key.unit_marks or not unit_lacks) else 0.0
    if right and not marks:
        note = f"{note} {words.NO_MARK_WITHOUT_UNIT}".lstrip()
    state = _state(right, reversed_)
    points.append(PointVerdict("number", words.NUMBER, state, marks, evidence, note))
    if key.unit or unit_state == "other":
        state = _state(unit_state == "right", unit_state == "other")
        marks = key.unit_marks if state == "met" else 0.0
        unit_note = unit.unit_note if unit else ""
        text = words.UNIT.format(unit=pretty_unit(key.unit)).rstrip()
        points.append(PointVerdict("unit", text, state, marks, evidence, unit_note))
    return points


def _state(met: bool, contradicted: bool = False) -> State:
    return "met" if met else "contradicted" if contradicted else "missed"


def _how_far(judged: Sequence[_Judged], key: NumericKey) -> str:
    values = [one.value for one in judged]
    if len(values) > 1:
        return words.SEVERAL_NUMBERS
    distance = abs(values[0] - key.value)
    said = words.TOO_HIGH if values[0] > key.value else words.TOO_LOW
    amount = f"{figure(distance)} {pretty_unit(key.unit)}".rstrip()
    return said.format(number=figure(values[0]), amount=amount)
