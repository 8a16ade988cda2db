"""What may be given: numbers with a unit and a range, names, objects; how the rest is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from numbers import Integral, Real
from types import UnionType
from typing import TypeVar, cast

import msgspec

Kind = TypeVar("Kind")


class Quantity(msgspec.Struct, frozen=True):
    """A number that a person may set: a change, a stimulus setting, a run setting.

    Attributes:
        name: The identifier used in code, content files and on the command line.
        unit: The unit as text, empty for a share.
        low: The smallest allowed value, in `unit`.
        high: The largest allowed value, in `unit`.
        default: The value that leaves the preparation as published, in `unit`.
        sentence: What the quantity does, in one sentence.
        title: A few words for a screen, without the unit.
        minimum_excluded: True when `low` itself is not allowed.
        optional: True when the quantity is not set at all, but None, where nobody sets it;
            `default` is then where a screen may begin.
    """

    name: str
    unit: str
    low: float
    high: float
    default: float
    sentence: str
    title: str = ""
    minimum_excluded: bool = False
    optional: bool = False

    def check(self, value: object) -> float:
        """Return `value` as a float.

        Raises:
            ValueError: `value` is not a finite number in range; the message names the
                quantity, the value and the range.
        """
        if isinstance(value, bool) or not isinstance(value, Real):
            raise ValueError(f"{self.name} is {value!r}, but must be a number {self.range_text}")
        number = cast(float, value)
        excluded = self.minimum_excluded and number == self.low
        if excluded or not self.low <= number <= self.high:
            # A whole number may be too large for a float, and so for `:g`.
            shown = f"{number:g}" if isinstance(number, float) else str(number)[:20]
            raise ValueError(f"{self.name} is {shown}, but must be {self.range_text}")
        return float(number)

    def check_all(self, name: str, values: object) -> list[float]:
        """Return `values`, which the caller knows by `name`, as a list of floats.

        Raises:
            ValueError: they are no list, or one of them is not a finite number in range.
        """
        try:
            given = list(cast(Iterable[object], values))
        except TypeError:
            raise ValueError(
                f"{name} is {values!r:.60}, but must be a list of numbers {self.range_text}"
            ) from None
        return [self.check(value) for value in given]

    @property
    def range_text(self) -> str:
        """The allowed range in words, with the unit."""
        unit = f" {self.unit}" if self.unit else ""
        if self.minimum_excluded:
            return f"above {self.low:g} and at most {self.high:g}{unit}"
        return f"from {self.low:g} to {self.high:g}{unit}"


def checked(name: str, value: object, kind: type[Kind], expected: str) -> Kind:
    """Return `value`, the argument `name`.

    Raises:
        TypeError: it is not a `kind`; the message says what to give, which is `expected`.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name}: give {expected}, not {value!r:.60}")
    return value


def checked_or_default(name: str, value: object, kind: type[Kind]) -> Kind:
    """Return `value`, the argument `name`, or the default of its `kind` where it is None.

    Raises:
        TypeError: it is not a `kind`.
    """
    if value is None:
        return kind()
    return checked(name, value, kind, f"{kind.__name__}(...) or None")


def check_list(name: str, values: object, one: str, kind: type | UnionType, expected: str) -> None:
    """Refuse what is no list of `kind`; `one` and `expected` are words for such an object.

    Raises:
        ValueError: it is none; the message names what was given.
    """
    if isinstance(values, (str, Mapping)) or not isinstance(values, Collection):
        raise ValueError(f"{name} is {values!r:.60}, but must be a list of {expected}")
    for value in values:
        if not isinstance(value, kind):
            raise ValueError(f"{one} is {value!r:.60}, but must be {expected}")


def check_name(what: str, name: object, known: Collection[str]) -> None:
    """Refuse a name that is none of `known`; `what` says what it should name.

    Raises:
        ValueError: it is none of them; the message lists them.
    """
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"unknown {what} {name!r:.60}; known: {', '.join(known)}")


def check_names(what: str, values: object, known: Collection[str]) -> None:
    """Refuse values by name with a name that is none of `known`.

    Raises:
        TypeError: they are not values by name.
        ValueError: a name is none of them.
    """
    expected = "a dict of values by name"
    for name in checked("values", values, Mapping, expected):  # type: ignore[type-abstract]
        check_name(what, name, known)


def check_number(name: str, number: object, low: int, high: int) -> None:
    """Refuse what is no whole number from `low` to `high`: one that things are counted by.

    Raises:
        ValueError: it is none.
    """
    whole = isinstance(number, Integral) and not isinstance(number, bool)
    if not whole or not low <= cast(int, number) <= high:
        raise ValueError(
            f"{name} is {number!r:.60}, but must be a whole number from {low} to {high}"
        )
