"""What must hold in single fields: expressions, sentences with numbers, curves, ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from tutor.course.expression import Expression, ExpressionError, Template
from tutor.course.names import PREPARATION_NAMES, columns_of
from tutor.course.yaml_values import Path, Problems


def conditions_problems(
    path: Path, texts: Iterable[str], runs: tuple[str, ...], drawn: Collection[str] = ()
) -> Problems:
    """What is wrong in a proof."""
    for i, text in enumerate(texts):
        yield from expression_problems((*path, i), text, runs, drawn, condition=True)


def expression_problems(
    path: Path,
    text: str,
    runs: tuple[str, ...] = (),
    drawn: Collection[str] = (),
    *,
    condition: bool = False,
) -> Problems:
    """What is wrong in an expression that may name `runs` and `drawn` numbers."""
    try:
        expression = Expression(text, drawn)
    except ExpressionError as error:
        yield path, str(error)
        return
    if condition and not expression.is_condition:
        yield path, f"{text!r} can not be true or false; compare it with something"
    for run in sorted(expression.runs - set(runs)):
        yield path, f"there is no run {run!r} here"


def template_problems(
    path: Path,
    text: str,
    runs: tuple[str, ...] = (),
    drawn: Collection[str] = (),
    *,
    needs_number: bool = False,
) -> Problems:
    """What is wrong in a sentence with numbers."""
    try:
        template = Template(text, drawn)
    except ExpressionError as error:
        yield path, str(error)
        return
    if needs_number and not template.expressions:
        yield path, "states no measured number; put one in braces, such as {peak_mv}"
    for run in sorted({run for e in template.expressions for run in e.runs} - set(runs)):
        yield path, f"there is no run {run!r} here"


def curves_problems(path: Path, curves: tuple[str, ...], preparation: str) -> Problems:
    """Curves that runs of the preparation do not have, or that no one axis fits."""
    if preparation not in PREPARATION_NAMES:
        return  # That is told where it stands.
    columns = columns_of(preparation)
    for i, curve in enumerate(curves):
        if curve not in columns:
            known = ", ".join(one for one in columns if one not in ("time_ms", "voltage_mv"))
            yield (*path, i), f"a run of `{preparation}` has no curve {curve!r}; it has {known}"
    units = {columns[curve].unit for curve in curves if curve in columns}
    if len(units) > 1:
        names = ", ".join(sorted(unit or "share" for unit in units))
        yield path, f"curves shown together must share a unit, these have {names}"


def repeated_problems(path: Path, names: Iterable[str], what: str) -> Problems:
    """Names that stand twice."""
    for name, count in Counter(names).items():
        if count > 1:
            yield path, f"the {what} {name!r} stands here {count} times; each must be its own"
