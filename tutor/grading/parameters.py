"""Parameterised questions: values drawn from a seed, and the key computed from them."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.course.expression import Measured


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question draws: `low`, `low + step`, ... up to `high`.

    Raises:
        ValueError: there is no such value.
    """

    low: float
    high: float
    step: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.high, self.step))):
            raise ValueError("the range and step of a parameter are finite numbers")
        if self.step <= 0.0 or self.high < self.low:
            raise ValueError(
                f"no value lies from {self.low:g} to {self.high:g} in steps of {self.step:g}; "
                "the step is above 0 and the low end comes first"
            )


def draw(parameters: Mapping[str, Parameter], seed: int | str) -> dict[str, float]:
    """The values that `seed` gives; the same on every machine, whatever else is drawn."""
    values = {}
    for name, parameter in parameters.items():
        # Decimals, because 0.1 + 2 x 0.1 is not 0.3 in binary.
        low, high, step = (Decimal(repr(x)) for x in astuple(parameter))
        count = int((high - low) / step) + 1
        digest = hashlib.sha256(f"{seed}\0{name}".encode()).digest()
        values[name] = float(low + int.from_bytes(digest) % count * step)
    return values


def computed(expression: str, drawn: Mapping[str, float], run: Measured | None = None) -> float:
    """The key that `expression` gives for drawn values, and measurements of `run` if there is one.

    Raises:
        ExpressionError: the text is no expression, or names what is neither drawn nor measured.
    """
    from tutor.course.expression import Expression

    def drawn_value(name: re.Match[str]) -> str:
        return f"({drawn[name[0]]!r})" if name[0] in drawn else name[0]

    return Expression(_NAME.sub(drawn_value, expression)).evaluate(run or _NoRun())


_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


class _NoRun:
    """Stands where a key is computed from drawn values alone."""

    def value(self, name: str) -> float:
        raise _no_run(name)

    def at(self, column: str, time_ms: float) -> float:
        raise _no_run(column)

    def extreme(self, function: str, column: str, start_ms: float, end_ms: float) -> float:
        raise _no_run(column)


def _no_run(name: str) -> ValueError:
    from tutor.course.expression import ExpressionError

    return ExpressionError(f"{name} is measured on a run, and this key is computed without one")
