"""Voltage clamp: the potential is held, and the current that holds it is the result."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from simulator.altered import alter, bath_temperature
from simulator.changes import Changes, checked_changes
from simulator.measurements import Measurement
from simulator.membrane import Preparation, checked_preparation
from simulator.opened import opened_per_step
from simulator.patch import RUN_DURATION, TIME_STEP
from simulator.quantity import Quantity, check_list
from simulator.recording import Column
from simulator.stimulus import DURATION, START, Stimulus, check_stimuli
from simulator.trace import COLUMNS, Stretch, Trace

LEVEL = Quantity("level_mv", "mV", -150.0, 150.0, 0.0, "Potential during the step.")
HOLDING = Quantity("holding_mv", "mV", -150.0, 150.0, -70.0, "Potential before and after steps.")

CLAMP_COLUMNS: dict[str, Column] = {
    **COLUMNS,
    "clamp_ua_cm2": Column("current that the clamp passes", "uA/cm2"),
}

#: Of the first step, the brief capacitive current left out.
CLAMP_MEASUREMENTS: dict[str, Measurement] = {
    "inward_ua_cm2": Measurement("most inward current during the step", "uA/cm2", 1),
    "inward_ms": Measurement("time of the most inward current", "ms", 2),
    "final_ua_cm2": Measurement("current at the end of the step", "uA/cm2", 1),
    "final_g_k": Measurement("K conductance at the end of the step", "mS/cm2", 1),
    "highest_g_na": Measurement("highest Na conductance during the step", "mS/cm2", 1),
    "charge_nc_cm2": Measurement("charge that passed during the step", "nC/cm2", 1),
}


class ClampStep(msgspec.Struct, frozen=True):
    """The clamp holds `level_mv` from `start_ms` for `duration_ms`.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    start_ms: float
    duration_ms: float
    level_mv: float

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        DURATION.check(self.duration_ms)
        LEVEL.check(self.level_mv)

    @property
    def end_ms(self) -> float:
        """When the clamp goes back to where it held before."""
        return self.start_ms + self.duration_ms


@dataclass(eq=False)
class ClampTrace(Trace):
    """A run under voltage clamp; the clamp's current is positive outward, as the ions' is."""

    columns = CLAMP_COLUMNS

    steps: tuple[ClampStep, ...] = ()

    def _values(self, name: str) -> Iterable[float]:
        if name != "clamp_ua_cm2":
            return super()._values(name)
        charging = self.preparation.capacitance_uf_cm2 / self.dt_ms
        moves = [charging * (after - before) for before, after in pairwise(self.voltage_mv)]
        ions, stimulus = self.column("i_ion"), self.column("stimulus_ua_cm2")
        return map(lambda i, s, c: i - s + c, ions, stimulus, [*moves, 0.0])

    def steady_from(self, sample: int) -> int | None:
        """Never: no potential that a clamp holds rises by itself."""
        return None

    def measure(self) -> dict[str, float]:
        """The `CLAMP_MEASUREMENTS` of the first step; none where there is no step.

        The inward ones are missing where no current is inward.
        """
        if not self.steps:
            return {}
        # Without the two samples whose current charges the membrane.
        step = min(self.steps, key=lambda step: step.start_ms)
        first = round(step.start_ms / self.dt_ms)
        last = min(len(self) - 1, round(step.end_ms / self.dt_ms) - 2)
        if last <= first:
            return {}
        current = self.column("clamp_ua_cm2")
        inward = min(range(first, last + 1), key=current.__getitem__)
        found = {"inward_ua_cm2": current[inward], "inward_ms": inward * self.dt_ms}
        return (found if current[inward] < 0.0 else {}) | {
            "final_ua_cm2": current[last],
            "final_g_k": self.column("g_k")[last],
            "highest_g_na": max(self.column("g_na")[first : last + 1]),
            "charge_nc_cm2": sum(current[first : last + 1]) * self.dt_ms,
        }


def clamp(
    preparation: Preparation,
    steps: Sequence[ClampStep],
    changes: Changes | None = None,
    *,
    stimuli: Sequence[Stimulus] = (),
    holding_mv: float | None = None,
    duration_ms: float = RUN_DURATION.default,
    dt_ms: float = TIME_STEP.default,
) -> ClampTrace:
    """Hold a patch at chosen potentials, with a perfect clamp.

    Args:
        preparation: The membrane.
        steps: What the clamp holds when; a later step of the list wins over an earlier one.
        changes: Alterations, from the start on.
        stimuli: Synaptic events and pressure, whose current the clamp has to pass as well.
        holding_mv: The potential before, between and after the steps; the resting potential
            where it is None.
        duration_ms: Length of the run.
        dt_ms: Time step.

    Raises:
        TypeError: `preparation` is no preparation.
        ValueError: a value is out of range; the message names it.
    """
    checked_preparation(preparation)
    changes = checked_changes(changes)
    check_stimuli(stimuli)
    check_list("steps", steps, "a step", ClampStep, "ClampStep")
    RUN_DURATION.check(duration_ms)
    TIME_STEP.check(dt_ms)
    bath_temperature(preparation, changes)
    opened_per_step(stimuli, preparation, 0, dt_ms)  # Only to be refused early if at all.
    membrane = alter(preparation, changes)
    held = membrane.resting_potential() if holding_mv is None else HOLDING.check(holding_mv)
    samples = max(1, round(duration_ms / dt_ms)) + 1
    voltage_mv = array("d", [held] * samples)
    for step in steps:
        first = min(samples, round(step.start_ms / dt_ms))
        last = min(samples, round(step.end_ms / dt_ms))
        voltage_mv[first:last] = array("d", [step.level_mv] * (last - first))
    return ClampTrace(
        preparation=preparation,
        changes=changes,
        stimuli=tuple(stimuli),
        dt_ms=dt_ms,
        stretches=(Stretch(0, membrane),),
        voltage_mv=voltage_mv,
        steps=tuple(steps),
    )


def family(
    preparation: Preparation,
    levels_mv: Sequence[float],
    changes: Changes | None = None,
    *,
    start_ms: float = 1.0,
    step_ms: float = 8.0,
    holding_mv: float | None = None,
) -> list[ClampTrace]:
    """One clamp run for each of `levels_mv`, as in Hodgkin, Huxley & Katz 1952.

    Raises:
        ValueError: a value is out of range; the message names it.
    """
    step = ClampStep(start_ms, step_ms, 0.0)
    return [
        clamp(
            preparation,
            [replace(step, level_mv=level_mv)],
            changes,
            holding_mv=holding_mv,
            duration_ms=start_ms + step_ms + 2.0,
        )
        for level_mv in LEVEL.check_all("levels_mv", levels_mv)
    ]
