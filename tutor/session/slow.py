"""Slow work: runs that take longer than a key may, to be made beside whoever shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import msgspec

from simulator.progress import Progress, part, silent
from tutor.course.scenario import RUNS, simulate_once
from tutor.course.scenario_fields import Scenario

#: Preparations of which one run can take a tenth of a second and more.
SLOW = ("axon", "myelinated", "dendrite", "accounting")


class Work(msgspec.Struct, frozen=True):
    """Something to be done, after which its runs are kept.

    Attributes:
        act: Does it. It tells its progress, which may raise `Cancelled` to stop it.
    """

    act: Callable[[Progress], object]

    def __call__(self, progress: Progress = silent) -> None:
        """Do it.

        Raises:
            ValueError: something cannot be run.
            Cancelled: it was stopped.
        """
        self.act(progress)


def is_slow(scenario: Scenario) -> bool:
    """Whether a run of `scenario` may take longer than a key may."""
    return scenario.preparation in SLOW


def awaited(scenarios: Iterable[Scenario]) -> Work | None:
    """The work that makes those of the runs that are slow and not there; None without any."""
    missing: list[Scenario] = []
    for scenario in scenarios:
        if is_slow(scenario) and scenario not in missing and not RUNS.keeps(scenario):
            missing.append(scenario)
    return Work(partial(_make, missing)) if missing else None


def _make(scenarios: list[Scenario], progress: Progress) -> None:
    for number, scenario in enumerate(scenarios):
        share = 1.0 / len(scenarios)
        simulate_once(scenario, part(progress, number * share, share))
