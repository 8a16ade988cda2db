"""Stimuli: currents put into the cell."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.quantity import Quantity

START = Quantity("start_ms", "ms", 0.0, 2000.0, 1.0, "When the pulse begins.")
DURATION = Quantity(
    "duration_ms", "ms", 0.0, 2000.0, 0.5, "How long the pulse lasts.", minimum_excluded=True
)
AMPLITUDE = Quantity(
    "amplitude_ua_cm2", "uA/cm2", -200.0, 2000.0, 0.0, "Size of the pulse; positive depolarises."
)
#: Pulses that overlap add up; beyond this the potential leaves what the rates can be computed at.
TOTAL = replace(
    AMPLITUDE, name="the sum of amplitude_ua_cm2", sentence="Size of overlapping pulses together."
)


@dataclass(frozen=True, slots=True)
class Pulse:
    """A rectangular current pulse; positive amplitude depolarises.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    start_ms: float
    duration_ms: float
    amplitude_ua_cm2: float

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        DURATION.check(self.duration_ms)
        AMPLITUDE.check(self.amplitude_ua_cm2)

    @property
    def end_ms(self) -> float:
        """When the pulse is over."""
        return self.start_ms + self.duration_ms


def current_per_step(pulses: Sequence[Pulse], steps: int, dt_ms: float) -> array[float]:
    """Mean stimulus current in uA/cm2 over each of `steps` time steps of `dt_ms`.

    A pulse edge within a step counts for its share of the step, so the charge is exact
    whatever the step.
    """
    current = array("d", bytes(8 * steps))
    for pulse in pulses:
        first = int(pulse.start_ms / dt_ms)
        last = min(steps, int(pulse.end_ms / dt_ms) + 1)
        for step in range(first, last):
            overlap = min(pulse.end_ms, (step + 1) * dt_ms) - max(pulse.start_ms, step * dt_ms)
            if overlap > 0.0:
                current[step] += pulse.amplitude_ua_cm2 * overlap / dt_ms
    return current
