"""All benchmarks, each in a fresh process, with a list of the budgets at the end.

From a checkout, in an environment of its own:

    pip install -e '.[bench]'
    python tests/benchmarks/run.py              all, about an hour; on a quiet machine
    python tests/benchmarks/run.py plot load    some

Each file is also a program by itself. Contenders take turns within one run, so that whatever
else the machine does falls on all of them; compare the ratios of two runs rather than their
times. Exit code 0, over a budget or not; 1 where something could not be measured; 2 for an
unknown name.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context

from measuring import Section

BENCHMARKS = (
    "first_frame",
    "latency",
    "memory",
    "whole_course",
    "simulate_cold",
    "single_trace",
    "axon",
    "thousand_traces",
    "load",
    "plot",
    "marking",
    "journal",
    "collect",
)


def main(names: list[str]) -> int:
    """Run the benchmarks `names`, or all; give the exit code."""
    for name in names:
        if name not in BENCHMARKS:
            print(f"there is no benchmark {name!r}; known: {', '.join(BENCHMARKS)}")
            return 2
    sections = []
    for name in names or BENCHMARKS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            section = fresh.submit(measured, name).result()
        section.print()
        sections.append(section)
    _summary(sections)
    return 1 if any(section.missing for section in sections) else 0


def measured(name: str) -> Section:
    """The result of one benchmark; a failure is part of it."""
    try:
        section: Section = import_module(name).measure()
    except Exception as error:
        section = Section(name, missing=[f"{type(error).__name__}: {error}"])
    return section


def _summary(sections: list[Section]) -> None:
    print("\nBudgets")
    for verdict in ("within", "over"):
        for section in sections:
            for row in section.rows:
                if row.budget is not None and row.verdict == verdict:
                    figure = getattr(row, row.budget.of)
                    title = section.title.split(":")[0]
                    print(f"  {verdict:<6}  {title}: {row.what}: {figure:.3g}, {row.budget}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
