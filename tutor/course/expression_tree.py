"""The language of expressions: what may stand in one, and what it is worth."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, runtime_checkable

from tutor.course.errors import nearest
from tutor.course.names import (
    AT_A_PLACE,
    PLACES,
    column,
    measurement,
    unknown_column,
    unknown_name,
)

#: A place: a number of mm, a number of a node, or one of `PLACES`.
Place = float | str

#: Functions over a column; each may be limited to a stretch of time.
OVER_TIME = ("highest", "lowest", "time_of_highest", "time_of_lowest")
#: Runs that an expression may name besides its own.
OTHER_RUNS = ("spine", "asked")
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


@runtime_checkable
class MeasuredAlong(Protocol):
    """A run that can also be asked of a place."""

    def value_at(self, name: str, place: Place) -> float:
        """A measurement of the potential at a place."""

    def at_place(self, column: str, time_ms: float, place: Place) -> float:
        """A column at a time and place."""


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


def _round(value: float, decimals: float = 0.0) -> float:
    if decimals != int(decimals) or abs(decimals) > 12.0:
        raise ArithmeticError
    return float(round(value, int(decimals)))


class _Function(NamedTuple):
    """A function of numbers, and how many it takes."""

    of: Callable[..., float]
    least: int
    most: int

    @property
    def takes(self) -> str:
        """How many numbers it takes, in words."""
        count = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
        return f"{count} number{'' if count == '1' else 's'}"


#: Functions of plain numbers.
OF_NUMBERS: dict[str, _Function] = {
    "ln": _Function(math.log, 1, 1),
    "log10": _Function(math.log10, 1, 1),
    "exp": _Function(math.exp, 1, 1),
    "sqrt": _Function(math.sqrt, 1, 1),
    "abs": _Function(abs, 1, 1),
    "min": _Function(min, 2, 9),
    "max": _Function(max, 2, 9),
    "round": _Function(_round, 1, 2),
}
#: Every function's name.
FUNCTIONS = frozenset(("at", *OVER_TIME, *OF_NUMBERS))
_COUNTS = {"at": (1, 2), **dict.fromkeys(OVER_TIME, (0, 2))}


def is_condition(node: ast.AST) -> bool:
    """True where the node can only be true or false."""
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negated or isinstance(node, ast.Compare | ast.BoolOp)


class Checker:
    """Refuses what is no part of the language, or names what no run has."""

    def __init__(self, drawn_names: Collection[str]) -> None:
        self._drawn = frozenset(drawn_names)

    def check(self, node: ast.AST) -> None:
        """Check `node` and all that stands in it.

        Raises:
            ExpressionError: it may not stand there.
        """
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                if abs(number) > LARGEST:
                    raise ExpressionError(f"a number of an expression is at most {LARGEST:g}")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self._condition(operand)
            case ast.Name() | ast.Attribute():
                self._number(node)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                if isinstance(op, ast.Pow) and not self._may_be_exponent(right):
                    raise ExpressionError("the exponent of ** must be a number")
                self.check(left)
                self.check(right)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                self.check(operand)
            case ast.Compare(left=left, ops=ops, comparators=others) if all(
                type(op) in _COMPARE for op in ops
            ):
                for part in (left, *others):
                    self.check(part)
            case ast.BoolOp(values=values):
                for value in values:
                    self._condition(value)
            case ast.Call(func=ast.Name(id=function), args=[_, *_] as given, keywords=[]):
                self._call(function, given)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=run), attr=name), args=[place], keywords=[]
            ) if run in OTHER_RUNS and name in AT_A_PLACE:
                self._place(place)
            case _:
                raise ExpressionError(f"{ast.unparse(node)!r} is not allowed in an expression")

    def _condition(self, node: ast.AST) -> None:
        self.check(node)
        if not is_condition(node):
            text = ast.unparse(node)
            raise ExpressionError(f"{text!r} can not be true or false; compare it with something")

    def _may_be_exponent(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Constant) or (
            isinstance(node, ast.Name) and node.id in self._drawn
        )

    def _call(self, function: str, given: Sequence[ast.expr]) -> None:
        if function in OF_NUMBERS:
            known = OF_NUMBERS[function]
            if not known.least <= len(given) <= known.most:
                raise ExpressionError(f"{function} takes {known.takes}")
            for part in given:
                self.check(part)
        elif function in AT_A_PLACE:
            if len(given) != 1:
                raise ExpressionError(f"{function} takes one place, such as {function}(40)")
            self._place(given[0])
        elif function in _COUNTS:
            named, *times = given
            if len(times) not in _COUNTS[function]:
                takes = "a column and either no times or two"
                if function == "at":
                    takes = "a column, a time and, of a cable, a place"
                raise ExpressionError(f"{function} takes {takes}")
            name = _run_and_name(named)[1]
            if column(name) is None:
                raise ExpressionError(unknown_column(name))
            if function == "at" and len(times) == 2:
                self._place(times.pop())
            for time in times:
                self.check(time)
        else:
            every = ", ".join(("at", *OVER_TIME, *OF_NUMBERS))
            raise ExpressionError(f"unknown function {function!r}; known: {every}")

    def _place(self, node: ast.expr) -> None:
        if not (isinstance(node, ast.Name) and node.id in PLACES):
            self.check(node)

    def _number(self, node: ast.AST) -> None:
        run, name = _run_and_name(node)
        if run is None and name in self._drawn:
            return
        if measurement(name) is None:
            raise ExpressionError(unknown_name(name, self._drawn))


def _run_and_name(node: ast.AST) -> tuple[str | None, str]:
    """The run that is named, None for the own one, and what of it."""
    match node:
        case ast.Name(id=name):
            return None, name
        case ast.Attribute(value=ast.Name(id=run), attr=name) if run in OTHER_RUNS:
            return run, name
    text = ast.unparse(node)
    near = nearest(text.partition(".")[0], OTHER_RUNS)
    known = f"did you mean {near}?" if near else f"known: {', '.join(OTHER_RUNS)}"
    raise ExpressionError(f"{text!r} names no run; {known}")


class Evaluation:
    """The values of nodes that have been checked, over runs and drawn numbers."""

    def __init__(
        self,
        own: Measured | None,
        others: Mapping[str, Measured],
        drawn: Mapping[str, float],
    ) -> None:
        self._own, self._others, self._drawn = own, others, drawn

    def of(self, node: ast.AST) -> float | bool:
        """The value of `node`.

        Raises:
            ExpressionError: a run has no such measurement.
            ArithmeticError, TypeError, ValueError: a sum has no value.
        """
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=name) if name in self._drawn:
                return self._drawn[name]
            case ast.Name() | ast.Attribute():
                run, name = self._run(node)
                return run.value(name)
            case ast.BinOp(left=left, op=op, right=right):
                result = _BINARY[type(op)](self.of(left), self.of(right))
                # A root of a negative number is complex, and a sum may be infinite: a comparison
                # with either would pass unnoticed.
                if isinstance(result, complex) or not math.isfinite(result):
                    raise ArithmeticError
                return result
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.of(operand)
            case ast.UnaryOp(operand=operand):
                return -self.of(operand)
            case ast.BoolOp(op=ast.And(), values=values):
                return all(self.of(value) for value in values)
            case ast.BoolOp(values=values):
                return any(self.of(value) for value in values)
            case ast.Compare(left=first, ops=ops, comparators=rest):
                numbers = [self.of(part) for part in (first, *rest)]
                pairs = zip(ops, pairwise(numbers), strict=True)
                return all(_COMPARE[type(op)](left, right) for op, (left, right) in pairs)
            case ast.Call(func=ast.Attribute() as named, args=[place]):
                run, name = self._run(named)
                return _along(run, name).value_at(name, self._place(place))
            case ast.Call(func=ast.Name(id=function), args=given):
                return self._call(function, given)
            case _:
                raise AssertionError(f"unchecked node {node!r}")

    def _call(self, function: str, given: Sequence[ast.expr]) -> float:
        if function in OF_NUMBERS:
            return float(OF_NUMBERS[function].of(*(self.of(part) for part in given)))
        if function in AT_A_PLACE:
            run = self._given(self._own, function)
            return _along(run, function).value_at(function, self._place(given[0]))
        run, name = self._run(given[0])
        if function == "at" and len(given) == 3:
            moment, place = self.of(given[1]), self._place(given[2])
            return _along(run, name).at_place(name, moment, place)
        moments = [self.of(time) for time in given[1:]]
        if function == "at":
            return run.at(name, moments[0])
        start_ms, end_ms = moments or (0.0, run.value("end_ms"))
        return run.extreme(function, name, start_ms, end_ms)

    def _place(self, node: ast.expr) -> Place:
        if isinstance(node, ast.Name) and node.id in PLACES:
            return node.id
        return float(self.of(node))

    def _run(self, node: ast.AST) -> tuple[Measured, str]:
        run, name = _run_and_name(node)
        if run is None:
            return self._given(self._own, name), name
        if run not in self._others:
            raise ExpressionError(f"there is no run {run!r} here")
        return self._others[run], name

    @staticmethod
    def _given(own: Measured | None, name: str) -> Measured:
        if own is None:
            raise ExpressionError(f"{name} is measured on a run, and there is none here")
        return own


def _along(run: Measured, name: str) -> MeasuredAlong:
    if not isinstance(run, MeasuredAlong):
        raise ExpressionError(f"{name}: this run is of one place only, so that it takes none")
    return run
