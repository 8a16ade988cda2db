"""Expressions over measurements: `half_width_ms >= 3 * spine.half_width_ms`.

Proofs, windows and the numbers inside sentences are written in this small language. It has
numbers, `+ - * / **`, comparisons, `and`, `or`, `not`, a few functions of numbers, names of
measurements, and functions over the columns of a trace. Nothing else: content is never executed.
"""

from __future__ import annotations

import ast
import math
import re
import warnings
from collections.abc import Collection, Mapping
from typing import NamedTuple

from tutor.course.expression_tree import (
    FUNCTIONS,
    Checker,
    Evaluation,
    ExpressionError,
    Measured,
    is_condition,
)
from tutor.course.names import AT_A_PLACE, NAMES, measurement
from tutor.course.text import pretty_unit

__all__ = ["FUNCTIONS", "NAMES", "Expression", "ExpressionError", "Measured", "Template"]

LONGEST = 300


class Expression:
    """A parsed expression; its names are known to exist, its runs are not yet looked at."""

    def __init__(self, text: str, drawn_names: Collection[str] = frozenset()) -> None:
        """Parse `text`, in which the names of drawn numbers may stand.

        Raises:
            ExpressionError: the text is no expression of this language.
        """
        self.text = text.strip()
        if len(self.text) > LONGEST:
            raise ExpressionError(f"the expression is longer than {LONGEST} characters")
        try:
            with warnings.catch_warnings():
                # Python has opinions of its own on `1or 2`; they would end on the terminal.
                warnings.simplefilter("ignore", SyntaxWarning)
                self._root = ast.parse(self.text, mode="eval").body
            Checker(drawn_names).check(self._root)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            if isinstance(error, ExpressionError):
                raise
            raise ExpressionError(
                f"{self.text!r} is not an expression; {_mend(self.text)}"
            ) from None

    @property
    def is_condition(self) -> bool:
        """True where the expression can only be true or false."""
        return is_condition(self._root)

    @property
    def runs(self) -> frozenset[str]:
        """The other runs that it names."""
        if "." not in self.text:  # Most name none, and walking the tree takes long.
            return frozenset()
        names = (n.value for n in ast.walk(self._root) if isinstance(n, ast.Attribute))
        return frozenset(n.id for n in names if isinstance(n, ast.Name))

    @property
    def operands(self) -> tuple[Expression, ...]:
        """The sides of a comparison that are not plain numbers; none for other expressions."""
        if not isinstance(self._root, ast.Compare):
            return ()
        sides = (self._root.left, *self._root.comparators)
        return tuple(self._part(side) for side in sides if _names_something(side))

    @classmethod
    def _part(cls, node: ast.expr) -> Expression:
        part = cls.__new__(cls)
        part.text, part._root = ast.unparse(node), node
        return part

    @property
    def plain_name(self) -> str | None:
        """The name of the measurement or drawn number that this is, where it is nothing else.

        Also where the measurement is asked of a place.
        """
        asked_of_place = isinstance(self._root, ast.Call)
        node = self._root.func if isinstance(self._root, ast.Call) else self._root
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name):
                return None if asked_of_place and name not in AT_A_PLACE else name
        return None

    def evaluate(
        self,
        own: Measured | None,
        others: Mapping[str, Measured] | None = None,
        drawn: Mapping[str, float] | None = None,
    ) -> float:
        """The value over the run `own` and the `drawn` numbers; conditions give 0.0 or 1.0.

        Raises:
            ExpressionError: a run has no such measurement, or the sum has no value.
        """
        try:
            value = float(Evaluation(own, others or {}, drawn or {}).of(self._root))
        except ExpressionError:
            raise
        except (ArithmeticError, TypeError, ValueError):
            raise ExpressionError(f"{self.text!r} has no value") from None
        if not math.isfinite(value):
            raise ExpressionError(f"{self.text!r} has no finite value")
        return value


#: Signs that people write, and how they are written here.
_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "·": "*", "−": "-", "–": "-"}
_UNIT_AFTER = re.compile(r"(?<![\w.])\d[\d.]*\s*(?!(?:and|or|not)\b)[a-zA-Zµ°%]")


def _mend(text: str) -> str:
    """How text that cannot be read as an expression may be mended."""
    for sign, written in _SIGNS.items():
        if sign in text:
            return f"write {written} for {sign}"
    if re.search(r"(?<![<>=!])=(?!=)", text):
        return "write == for 'is equal to'"
    if _UNIT_AFTER.search(text):
        return "write the number alone, without its unit"
    return "write it as in peak_mv > 20"


def _names_something(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Name) for inner in ast.walk(node))


_FIELD = re.compile(r"\{([^{}]*)\}")
_FORMAT = re.compile(r"(\+?\.[0-4][f%])")


class _Field(NamedTuple):
    expression: Expression
    spec: str
    unit: str


class Template:
    """A sentence with measured numbers in it: `back at rest {recross_ms} after ...`.

    A lone measurement in braces is shown with its decimals and unit, a lone drawn number as it
    was drawn; any other expression says how many decimals: `{peak_mv - spine.peak_mv:+.1f}`.
    """

    def __init__(self, text: str, drawn_names: Collection[str] = frozenset()) -> None:
        """Parse `text`, in which the names of drawn numbers may stand.

        Raises:
            ExpressionError: a brace holds no expression, or its format is unknown.
        """
        pieces = _FIELD.split(text)
        if any("{" in piece or "}" in piece for piece in pieces[::2]):
            raise ExpressionError("a brace is not closed; numbers stand as {measurement}")
        self._literals = pieces[::2]
        self._fields = [_field(piece, drawn_names) for piece in pieces[1::2]]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions whose values the sentence states."""
        return tuple(field.expression for field in self._fields)

    def fill(
        self,
        own: Measured | None,
        others: Mapping[str, Measured] | None = None,
        drawn: Mapping[str, float] | None = None,
    ) -> str:
        """The sentence with the numbers of the runs, and the drawn ones, in it.

        Raises:
            ExpressionError: a run lacks what the sentence states.
        """
        text = self._literals[0]
        for field, literal in zip(self._fields, self._literals[1:], strict=True):
            value = field.expression.evaluate(own, others, drawn)
            number = format(value, field.spec)
            # -0.0 would read as a sign error.
            number = number.lstrip("+-") if float(number.strip("%")) == 0.0 else number
            text += f"{number} {field.unit}".rstrip() + literal
        return text


def _field(text: str, drawn_names: Collection[str]) -> _Field:
    body, colon, spec = text.rpartition(":")
    if colon:
        if not _FORMAT.fullmatch(spec):
            raise ExpressionError(f"unknown format {spec!r}; write .1f, +.1f or .0% for example")
        return _Field(Expression(body, drawn_names), spec, "")
    expression = Expression(text, drawn_names)
    name = expression.plain_name
    if name is not None and name in drawn_names and expression.text == name:
        return _Field(expression, ".10g", "")
    meant = measurement(name) if name else None
    if meant is None:
        raise ExpressionError(f"{{{text}}} needs its decimals, such as {{{text}:.1f}}")
    sign = "+" if meant.unit == "mV" else ""
    return _Field(expression, f"{sign}.{meant.decimals}f", pretty_unit(meant.unit))
