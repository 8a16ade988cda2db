"""What must hold in single fields: expressions, sentences with numbers, curves, ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

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
    yield from _runs_problems(path, expression.runs, runs)


def _runs_problems(path: Path, spoken_of: Collection[str], runs: Collection[str]) -> Problems:
    """Other runs that are spoken of where there are only `runs`."""
    for run in sorted(set(spoken_of) - set(runs)):
        why = ""
        if run == "asked":
            why = "; it stands in refutations, and in demonstrations that have `compare`"
        yield path, f"there is no run {run!r} here{why}"


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
    spoken_of = {run for expression in template.expressions for run in expression.runs}
    yield from _runs_problems(path, spoken_of, runs)


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


def named(path: Path, items: Sequence[object], field: str) -> list[tuple[Path, str]]:
    """The `field` of each of the items that stand at `path`, with its place."""
    return [((*path, i, field), getattr(item, field)) for i, item in enumerate(items)]


def repeated_problems(names: Iterable[tuple[Path, str]], what: str) -> Problems:
    """Names that stand a second time, each told where it does."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield path, f"the {what} {name!r} stands above already; each must be its own"
        seen.add(name)
