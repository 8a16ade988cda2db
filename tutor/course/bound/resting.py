"""The resting bench in scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulator import (
    RESTING,
    Progress,
    Quantity,
    RestingBench,
    RestingTrace,
    ghk_mv,
    mullins_noda_mv,
    rest,
    run_resting,
)
from simulator.ions import K_PER_CYCLE, NA_PER_CYCLE
from simulator.resting.run import RESTING_DURATION, RESTING_TIME_STEP
from tutor.course.bound.binding import Binding
from tutor.course.bound.measured import MeasuredRun, Watched, common
from tutor.course.bound.telling import told_membrane
from tutor.course.scenario_fields import Scenario
from tutor.words import missing as missing_words
from tutor.words import scenarios as words

if TYPE_CHECKING:
    from tutor.course.yaml_values import Path, Problems


class RestingBinding(Binding):
    """A membrane with leak channels and a pump."""

    name = "resting"
    duration = RESTING_DURATION
    default_ms = 100.0
    changes_late = True

    @property
    def changes(self) -> Mapping[str, Quantity]:
        """The knobs of the bench."""
        return RESTING

    def default(self) -> Scenario:
        """The membrane left alone."""
        return Scenario(preparation=self.name)

    def problems(self, path: Path, scenario: Scenario) -> Problems:
        """What is wrong beyond the ranges of single values."""
        if scenario.watch:
            yield (*path, "watch"), "the bench has one place only; take `watch` away"

    def check_changes(self, changes: Mapping[str, object]) -> RestingBench:
        """The bench so set up."""
        return RestingBench().with_values(changes)  # type: ignore[arg-type]

    def title(self, scenario: Scenario) -> str:
        """The temperature."""
        temperature = scenario.changes.get("temperature_c", RESTING["temperature_c"].default)
        return words.MEMBRANE.format(degrees=temperature)

    def told_changes(self, scenario: Scenario) -> list[str]:
        """The changes in words."""
        return told_membrane(scenario.changes, RESTING)

    def told_place(self, place: float | str) -> str:
        """The bench has no places."""
        return ""

    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the bench from its rest, or from that of the normal one until changes set in."""
        bench = self.check_changes(scenario.changes)
        from_ms = float(scenario.changes_from_ms)
        trace = run_resting(
            RestingBench() if from_ms else bench,
            bench,
            changes_from_ms=from_ms,
            duration_ms=self.length_ms(scenario),
            dt_ms=RESTING_TIME_STEP.default if dt_ms is None else dt_ms,
            progress=progress,
        )
        return BenchRun(scenario, trace)


class BenchRun(MeasuredRun):
    """A run of the bench; what is measured is the state that it comes to in the end."""

    def __init__(self, scenario: Scenario, trace: RestingTrace) -> None:
        found = {**common(trace), **rest(trace.changed).measurements}
        found["start_mv"] = trace.voltage_mv[0]
        if scenario.changes_from_ms:
            found["stimulus_ms"] = float(scenario.changes_from_ms)
        super().__init__(scenario, [Watched("", trace)], found)
        self.bench = trace.changed

    def _sought(self, name: str) -> float | None:
        bench = self.bench
        k_per_cycle = NA_PER_CYCLE - bench.electrogenic * (NA_PER_CYCLE - K_PER_CYCLE)
        try:
            match name:
                case "ghk_mv":
                    return ghk_mv(
                        bench.concentrations,
                        p_na=bench.p_na_ratio,
                        p_k=bench.leak_open,
                        p_cl=bench.p_cl_ratio,
                        temperature_c=bench.temperature_c,
                    )
                case "mullins_noda_mv" if bench.leak_open:
                    return mullins_noda_mv(
                        bench.concentrations,
                        p_na=bench.p_na_ratio / bench.leak_open,
                        coupling=NA_PER_CYCLE / k_per_cycle,
                        temperature_c=bench.temperature_c,
                    )
        except ValueError:
            return None
        return None

    def _why_missing(self, name: str) -> str:
        return missing_words.EQUATION_FAILS


def bind(preparation: str) -> Binding:
    """The bench."""
    return RestingBinding()
