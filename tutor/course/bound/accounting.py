"""The cell whose ions are counted, in scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from simulator import (
    ACCOUNTING,
    CORTICAL,
    Accounting,
    AccountingTrace,
    Progress,
    Quantity,
    measure_accounting,
    run_accounting,
)
from simulator.accounting.cell import Shape
from tutor.course.bound.binding import Binding
from tutor.course.bound.measured import MeasuredRun, Watched, common
from tutor.course.bound.telling import told_membrane
from tutor.course.scenario_fields import Scenario
from tutor.words import missing as missing_words
from tutor.words import scenarios as scenario_words

if TYPE_CHECKING:
    from tutor.course.yaml_values import Path, Problems

#: What the title and the line of the train tell.
_TOLD = ("diameter_um", "shape", "pulses", "frequency_hz", "amplitude_ua_cm2", "duration_ms")


class AccountingBinding(Binding):
    """A cell whose ions are counted; its train of pulses is part of it."""

    name = "accounting"
    words = {"shape": get_args(Shape)}

    @property
    def changes(self) -> Mapping[str, Quantity]:
        """The knobs of the cell and its train."""
        return ACCOUNTING

    def default(self) -> Scenario:
        """A hundred pulses."""
        return Scenario(preparation=self.name)

    def problems(self, path: Path, scenario: Scenario) -> Problems:
        """What is wrong beyond the ranges of single values."""
        if scenario.watch:
            yield (*path, "watch"), "the cell has one place only; take `watch` away"

    def check_changes(self, changes: Mapping[str, object]) -> Accounting:
        """The cell so set up."""
        return Accounting().with_values(changes)

    def title(self, scenario: Scenario) -> str:
        """Shape, size and temperature."""
        cell = self.check_changes(scenario.changes)
        return scenario_words.COUNTED_CELL[cell.shape].format(
            diameter_um=cell.diameter_um, degrees=CORTICAL.default_c
        )

    def told_changes(self, scenario: Scenario) -> list[str]:
        """The train and the changes, in words."""
        cell = self.check_changes(scenario.changes)
        train = _train(cell) if cell.pulse_count else scenario_words.NO_STIMULUS
        amplitude = ACCOUNTING["amplitude_ua_cm2"].default, ACCOUNTING["duration_ms"].default
        if cell.pulse_count and (cell.amplitude_ua_cm2, cell.duration_ms) != amplitude:
            train = scenario_words.PULSES_OF.format(
                pulses=train, pulse_ms=cell.duration_ms, size=cell.amplitude_ua_cm2
            )
        return [train, *told_membrane(scenario.changes, ACCOUNTING, _TOLD)]

    def told_place(self, place: float | str) -> str:
        """The cell has no places."""
        return ""

    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the train.

        Raises:
            ValueError: a value is out of range, or a time step is given.
        """
        if dt_ms is not None:
            raise ValueError("dt_ms cannot be set here: steps are short in spikes, long between")
        return CountedRun(
            scenario, run_accounting(self.check_changes(scenario.changes), progress=progress)
        )


class CountedRun(MeasuredRun):
    """A run in which ions are counted. Its samples are thinned out: spikes stand in records."""

    def __init__(self, scenario: Scenario, trace: AccountingTrace) -> None:
        found = common(trace)
        if trace.pulses:
            highest = max(trace.pulses, key=lambda pulse: pulse.peak_mv)
            found |= {"peak_mv": highest.peak_mv, "peak_ms": highest.time_ms}
            found["stimulus_ms"] = trace.pulses[0].time_ms
        super().__init__(scenario, [Watched("", trace)], found | measure_accounting(trace))

    def _why_missing(self, name: str) -> str:
        if name == "first_failure":
            return missing_words.EVERY_PULSE_FIRES
        if name == "spikes_to_2_mv":
            return missing_words.REST_STAYS
        if name == "pump_step_mv":
            return missing_words.NO_OUABAIN
        return missing_words.NO_SPIKE


def bind(preparation: str) -> Binding:
    """The cell."""
    return AccountingBinding()


def _train(cell: Accounting) -> str:
    if cell.pulse_count == 1:
        return scenario_words.ONE_PULSE
    return scenario_words.PULSES_AT.format(count=cell.pulse_count, frequency_hz=cell.frequency_hz)
