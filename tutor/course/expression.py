"""Expressions over measurements: `half_width_ms >= 3 * spine.half_width_ms`.

Proofs, windows and the numbers inside sentences are written in this small language. It has
numbers, `+ - * / **`, comparisons, `and`, `or`, `not`, names of measurements, and functions
over the columns of a trace. Nothing else: content is never executed.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple, Protocol

from simulator import COLUMNS, MEASUREMENTS

#: Names that cost experiments, not one run.
EXPERIMENTS: dict[str, tuple[str, int]] = {
    "threshold_mv": ("mV", 1),
    "threshold_ua_cm2": ("uA/cm2", 1),
}
#: Names that are constants of the set-up.
CONSTANTS: dict[str, tuple[str, int]] = {
    "e_na_mv": ("mV", 0),
    "e_k_mv": ("mV", 0),
    "absolute_refractory_ms": ("ms", 1),
    "relative_refractory_ms": ("ms", 1),
}
#: Functions over a column; each may be limited to a stretch of time.
OVER_TIME = ("highest", "lowest", "time_of_highest", "time_of_lowest")
#: Runs that an expression may name besides its own.
OTHER_RUNS = ("spine", "asked")
LONGEST = 300
LARGEST = 1e100


class ExpressionError(ValueError):
    """The expression is not one, or its run lacks what it names; one clear sentence."""


class Measured(Protocol):
    """A run as expressions see it."""

    def value(self, name: str) -> float:
        """A measurement, experiment or constant by name."""

    def at(self, column: str, time_ms: float) -> float:
        """A column at a time."""

    def extreme(self, function: str, column: str, start_ms: float, end_ms: float) -> float:
        """One of `OVER_TIME` over a stretch of time."""


_BINARY: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARE: dict[type[ast.AST], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class Expression:
    """A parsed expression; its names are known to exist, its runs are not yet looked at."""

    def __init__(self, text: str) -> None:
        """Parse `text`.

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
            _check(self._root)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            if isinstance(error, ExpressionError):
                raise
            raise ExpressionError(f"{self.text!r} is not an expression") from None

    @property
    def is_condition(self) -> bool:
        """True where the expression can only be true or false."""
        return _is_condition(self._root)

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
        """The measurement that this is, where it is nothing but one."""
        node = self._root
        if isinstance(node, ast.Attribute):
            return node.attr
        return node.id if isinstance(node, ast.Name) else None

    def evaluate(self, own: Measured, others: Mapping[str, Measured] | None = None) -> float:
        """The value over the run `own`; conditions give 0.0 or 1.0.

        Raises:
            ExpressionError: a run has no such measurement, or the sum has no value.
        """
        try:
            value = float(_evaluate(self._root, own, others or {}))
        except (ArithmeticError, TypeError):
            raise ExpressionError(f"{self.text!r} has no value") from None
        if not math.isfinite(value):
            raise ExpressionError(f"{self.text!r} has no finite value")
        return value


def _names_something(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Name) for inner in ast.walk(node))


def _is_condition(node: ast.AST) -> bool:
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negated or isinstance(node, ast.Compare | ast.BoolOp)


def _check_condition(node: ast.AST) -> None:
    _check(node)
    if not _is_condition(node):
        text = ast.unparse(node)
        raise ExpressionError(f"{text!r} can not be true or false; compare it with something")


def _check(node: ast.AST) -> None:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            if abs(number) > LARGEST:
                raise ExpressionError(f"a number of an expression is at most {LARGEST:g}")
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _check_condition(operand)
        case ast.Name() | ast.Attribute():
            _name(node, [*MEASUREMENTS, *EXPERIMENTS, *CONSTANTS])
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            if isinstance(op, ast.Pow) and not isinstance(right, ast.Constant):
                raise ExpressionError("the exponent of ** must be a number")
            _check(left)
            _check(right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(
            type(op) in _COMPARE for op in ops
        ):
            for part in (left, *others):
                _check(part)
        case ast.BoolOp(values=values):
            for value in values:
                _check_condition(value)
        case ast.Call(func=ast.Name(id=function), args=[column, *times], keywords=[]):
            counts = {"at": (1,), **dict.fromkeys(OVER_TIME, (0, 2))}
            if function not in counts:
                raise ExpressionError(
                    f"unknown function {function!r}; known: at, {', '.join(OVER_TIME)}"
                )
            if len(times) not in counts[function]:
                raise ExpressionError(
                    f"{function} takes a column and "
                    + ("one time" if function == "at" else "either no times or two")
                )
            _name(column, list(COLUMNS))
            for time in times:
                _check(time)
        case _:
            raise ExpressionError(f"{ast.unparse(node)!r} is not allowed in an expression")


def _name(node: ast.AST, known: list[str]) -> tuple[str | None, str]:
    match node:
        case ast.Name(id=name):
            run = None
        case ast.Attribute(value=ast.Name(id=run), attr=name) if run in OTHER_RUNS:
            pass
        case _:
            raise ExpressionError(
                f"{ast.unparse(node)!r} names no run; known: {', '.join(OTHER_RUNS)}"
            )
    if name not in known:
        raise ExpressionError(f"unknown name {name!r}; known: {', '.join(known)}")
    return run, name


def _evaluate(node: ast.AST, own: Measured, others: Mapping[str, Measured]) -> float | bool:
    def run_and_name(named: ast.AST) -> tuple[Measured, str]:
        if isinstance(named, ast.Name):
            return own, named.id
        assert isinstance(named, ast.Attribute)
        assert isinstance(named.value, ast.Name)
        if named.value.id not in others:
            raise ExpressionError(f"there is no run {named.value.id!r} here")
        return others[named.value.id], named.attr

    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name() | ast.Attribute():
            run, name = run_and_name(node)
            return run.value(name)
        case ast.BinOp(left=left, op=op, right=right):
            combine = _BINARY[type(op)]
            result = combine(_evaluate(left, own, others), _evaluate(right, own, others))
            # A root of a negative number is complex, and a sum may be infinite: a comparison
            # with either would pass unnoticed.
            if isinstance(result, complex) or not math.isfinite(result):
                raise ArithmeticError
            return result
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, own, others)
        case ast.UnaryOp(operand=operand):
            return -_evaluate(operand, own, others)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_evaluate(value, own, others) for value in values)
        case ast.BoolOp(values=values):
            return any(_evaluate(value, own, others) for value in values)
        case ast.Compare(left=first, ops=ops, comparators=rest):
            numbers = [_evaluate(part, own, others) for part in (first, *rest)]
            pairs = zip(ops, pairwise(numbers), strict=True)
            return all(_COMPARE[type(op)](left, right) for op, (left, right) in pairs)
        case ast.Call(func=ast.Name(id=function), args=[column, *times]):
            run, name = run_and_name(column)
            moments = [_evaluate(time, own, others) for time in times]
            if function == "at":
                return run.at(name, moments[0])
            start_ms, end_ms = moments or (0.0, run.value("end_ms"))
            return run.extreme(function, name, start_ms, end_ms)
        case _:
            raise AssertionError(f"unchecked node {node!r}")


_FIELD = re.compile(r"\{([^{}]*)\}")
_FORMAT = re.compile(r"(\+?\.[0-4][f%])")


class _Field(NamedTuple):
    expression: Expression
    spec: str
    unit: str


class Template:
    """A sentence with measured numbers in it: `back at rest {recross_ms} after ...`.

    A lone measurement in braces is shown with its decimals and unit; any other expression
    says how many decimals: `{peak_mv - spine.peak_mv:+.1f}`.
    """

    def __init__(self, text: str) -> None:
        """Parse `text`.

        Raises:
            ExpressionError: a brace holds no expression, or its format is unknown.
        """
        pieces = _FIELD.split(text)
        if any("{" in piece or "}" in piece for piece in pieces[::2]):
            raise ExpressionError("a brace is not closed; numbers stand as {measurement}")
        self._literals = pieces[::2]
        self._fields = [_field(piece) for piece in pieces[1::2]]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions whose values the sentence states."""
        return tuple(field.expression for field in self._fields)

    def fill(self, own: Measured, others: Mapping[str, Measured] | None = None) -> str:
        """The sentence with the numbers of the runs in it.

        Raises:
            ExpressionError: a run lacks what the sentence states.
        """
        text = self._literals[0]
        for field, literal in zip(self._fields, self._literals[1:], strict=True):
            value = field.expression.evaluate(own, others)
            number = format(value, field.spec)
            # -0.0 would read as a sign error.
            number = number.lstrip("+-") if float(number.strip("%")) == 0.0 else number
            text += f"{number} {field.unit}".rstrip() + literal
        return text


def _field(text: str) -> _Field:
    body, colon, spec = text.rpartition(":")
    if colon:
        if not _FORMAT.fullmatch(spec):
            raise ExpressionError(f"unknown format {spec!r}; write .1f, +.1f or .0% for example")
        return _Field(Expression(body), spec, "")
    expression = Expression(text)
    name = expression.plain_name
    if name is None:
        raise ExpressionError(f"{{{text}}} needs its decimals, such as {{{text}:.1f}}")
    if name in MEASUREMENTS:
        unit, decimals = MEASUREMENTS[name].unit, MEASUREMENTS[name].decimals
    else:
        unit, decimals = {**EXPERIMENTS, **CONSTANTS}[name]
    sign = "+" if unit == "mV" else ""
    return _Field(expression, f"{sign}.{decimals}f", unit.replace("uA/cm2", "µA/cm²"))
