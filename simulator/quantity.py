"""Named numbers with a unit and a range: what may be set, and what a wrong value is told."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import cast


@dataclass(frozen=True, slots=True)
class Quantity:
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

    @property
    def range_text(self) -> str:
        """The allowed range in words, with the unit."""
        unit = f" {self.unit}" if self.unit else ""
        if self.minimum_excluded:
            return f"above {self.low:g} and at most {self.high:g}{unit}"
        return f"from {self.low:g} to {self.high:g}{unit}"
