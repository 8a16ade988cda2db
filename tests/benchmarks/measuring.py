"""What the benchmarks share: contenders in turns, medians, budgets, and one table."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Literal

#: The checkout: programs under test are started from here.
ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

Figure = Literal["median", "p95", "ratio"]


@dataclass(frozen=True)
class Budget:
    """The most that a figure of a row may be."""

    of: Figure
    most: float

    def __str__(self) -> str:
        times = " x" if self.of == "ratio" else ""
        return f"{self.of} <= {self.most:g}{times}"


@dataclass(frozen=True)
class Row:
    """One contender: its values, and what they are held against.

    Attributes:
        what: What was measured.
        values: One value a repetition, in `unit`.
        unit: The unit as text.
        base: The values that the ratio is counted from; none gives no ratio.
        budget: The budget, where there is one.
        note: What else belongs beside the numbers.
    """

    what: str
    values: Sequence[float]
    unit: str = "ms"
    base: Sequence[float] | None = None
    budget: Budget | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 % do not exceed, between neighbours where it falls there."""
        if len(self.values) < 2:
            return self.values[0]
        return statistics.quantiles(self.values, n=20, method="inclusive")[-1]

    @property
    def ratio(self) -> float | None:
        """This median as a multiple of the base's."""
        return None if self.base is None else self.median / statistics.median(self.base)

    @property
    def verdict(self) -> str:
        """Within or over the budget; empty without one."""
        if self.budget is None:
            return ""
        figure = getattr(self, self.budget.of)
        return "within" if figure <= self.budget.most else "over"

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        return (
            self.what,
            str(len(self.values)),
            f"{_short(self.median)} {self.unit}",
            f"{_short(self.p95)} {self.unit}",
            "" if self.ratio is None else f"{_short(self.ratio)} x",
            "" if self.budget is None else f"{self.budget}: {self.verdict}",
            self.note,
        )


@dataclass
class Section:
    """The result of one benchmark.

    Attributes:
        title: What it is about.
        rows: The table.
        notes: Lines below the table.
        missing: What could not be measured, and what to do about it.
    """

    title: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def print(self) -> None:
        """Print title, table and notes."""
        heads = ("", "n", "median", "p95", "ratio", "budget", "")
        table = [heads, *(row.cells() for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        print(f"\n{self.title}")
        for cells in table if self.rows else ():
            first, *others = cells
            left = [first.ljust(widths[0])]
            numbers = [c.rjust(w) for c, w in zip(others[:4], widths[1:5], strict=True)]
            texts = [c.ljust(w) for c, w in zip(others[4:], widths[5:], strict=True)]
            print("  " + "  ".join(left + numbers + texts).rstrip())
        for note in self.notes:
            print(f"  {note}")
        for gap in self.missing:
            print(f"  NOT MEASURED: {gap}")
        sys.stdout.flush()


def interleaved(
    contenders: Mapping[str, Callable[[], float]], rounds: int, *, warm_ups: int = 1
) -> dict[str, list[float]]:
    """Let the contenders take turns (A B A B ...); give the values of each.

    Each contender returns its own value. The `warm_ups` first rounds are not kept.
    """
    values: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(warm_ups + rounds):
        for name, contender in contenders.items():
            value = contender()
            if number >= warm_ups:
                values[name].append(value)
    return values


def timed(act: Callable[[], object], *, times: int = 1) -> Callable[[], float]:
    """A contender that does `act` and returns its mean time in ms over `times`."""

    def contender() -> float:
        began = perf_counter()
        for _ in range(times):
            act()
        return (perf_counter() - began) * 1000.0 / times

    return contender


def script(measure: Callable[[], Section]) -> None:
    """Run one benchmark as a program; the exit code is 1 where something was not measured."""
    section = measure()
    section.print()
    sys.exit(1 if section.missing else 0)


def _short(value: float) -> str:
    """Three significant figures, never with an exponent."""
    magnitude = abs(value)
    decimals = 0 if magnitude >= 100 else 1 if magnitude >= 10 else 2 if magnitude >= 1 else 3
    return f"{value:,.{decimals}f}"
