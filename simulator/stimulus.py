"""Stimuli: currents put into a patch, and conductances opened in it. Any of them add up."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import exp, inf
from typing import ClassVar, NamedTuple

import msgspec
from msgspec.structs import replace

from simulator.quantity import Quantity, check_list

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
PULSES = Quantity("pulses", "", 1.0, 1000.0, 10.0, "Number of pulses in a train.")
INTERVAL = Quantity(
    "interval_ms",
    "ms",
    0.0,
    2000.0,
    10.0,
    "From the onset of a pulse to the onset of the next.",
    minimum_excluded=True,
)
END_AMPLITUDE = replace(
    AMPLITUDE, name="end_ua_cm2", sentence="Current at the end of the ramp; positive depolarises."
)
CONDUCTANCE = Quantity(
    "conductance_ms_cm2", "mS/cm2", 0.0, 50.0, 0.1, "Conductance that a synaptic event opens."
)
DECAY = Quantity(
    "tau_ms",
    "ms",
    0.0,
    200.0,
    2.0,
    "Time in which the opened conductance falls to 37 %.",
    minimum_excluded=True,
)
REVERSAL = Quantity(
    "reversal_mv", "mV", -120.0, 80.0, 0.0, "Potential at which the opened channels pass nothing."
)
PRESSURE = Quantity("pressure_kpa", "kPa", 0.0, 200.0, 20.0, "Pressure on the sensory ending.")


class Segment(NamedTuple):
    """A stretch of a current that goes straight from one value to another, in uA/cm2."""

    start_ms: float
    end_ms: float
    start_ua_cm2: float
    end_ua_cm2: float


class Pulse(msgspec.Struct, frozen=True):
    """A rectangular current pulse; positive amplitude depolarises.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    word: ClassVar[str] = "pulse"

    start_ms: float
    duration_ms: float
    amplitude_ua_cm2: float

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        DURATION.check(self.duration_ms)
        AMPLITUDE.check(self.amplitude_ua_cm2)

    @property
    def size(self) -> float:
        """The number that says how strong it is, in its own unit."""
        return self.amplitude_ua_cm2

    @property
    def end_ms(self) -> float:
        """When the pulse is over."""
        return self.start_ms + self.duration_ms

    def segments(self) -> Iterator[Segment]:
        """The current as straight stretches."""
        yield Segment(self.start_ms, self.end_ms, self.amplitude_ua_cm2, self.amplitude_ua_cm2)


class Train(msgspec.Struct, frozen=True):
    """Equal pulses at equal intervals, counted from onset to onset.

    A pulse that outlasts the interval goes over into the next; of a number of pulses with a
    fraction, the fraction is cut off.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    word: ClassVar[str] = "train"

    start_ms: float
    duration_ms: float
    amplitude_ua_cm2: float
    interval_ms: float
    pulses: float

    def __post_init__(self) -> None:
        Pulse(self.start_ms, self.duration_ms, self.amplitude_ua_cm2)
        INTERVAL.check(self.interval_ms)
        PULSES.check(self.pulses)

    @property
    def size(self) -> float:
        """The number that says how strong it is, in its own unit."""
        return self.amplitude_ua_cm2

    @property
    def end_ms(self) -> float:
        """When the last pulse is over."""
        last_ms = self.start_ms + (int(self.pulses) - 1) * self.interval_ms
        return last_ms + min(self.duration_ms, self.interval_ms)

    def segments(self) -> Iterator[Segment]:
        """The current as straight stretches."""
        lasts_ms = min(self.duration_ms, self.interval_ms)
        for number in range(int(self.pulses)):
            start_ms = self.start_ms + number * self.interval_ms
            end_ms = start_ms + lasts_ms
            yield Segment(start_ms, end_ms, self.amplitude_ua_cm2, self.amplitude_ua_cm2)


class Ramp(msgspec.Struct, frozen=True):
    """A current that rises or falls in a straight line, then stops at once.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    word: ClassVar[str] = "ramp"

    start_ms: float
    duration_ms: float
    start_ua_cm2: float
    end_ua_cm2: float

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        DURATION.check(self.duration_ms)
        replace(AMPLITUDE, name="start_ua_cm2").check(self.start_ua_cm2)
        END_AMPLITUDE.check(self.end_ua_cm2)

    @property
    def size(self) -> float:
        """The number that says how strong it is, in its own unit."""
        return max(self.start_ua_cm2, self.end_ua_cm2, key=abs)

    @property
    def end_ms(self) -> float:
        """When the ramp stops."""
        return self.start_ms + self.duration_ms

    def segments(self) -> Iterator[Segment]:
        """The current as straight stretches."""
        yield Segment(self.start_ms, self.end_ms, self.start_ua_cm2, self.end_ua_cm2)


class Step(msgspec.Struct, frozen=True):
    """A current that begins and stays on.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    word: ClassVar[str] = "step"

    start_ms: float
    amplitude_ua_cm2: float

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        AMPLITUDE.check(self.amplitude_ua_cm2)

    @property
    def size(self) -> float:
        """The number that says how strong it is, in its own unit."""
        return self.amplitude_ua_cm2

    @property
    def end_ms(self) -> float:
        """Never."""
        return inf

    def segments(self) -> Iterator[Segment]:
        """The current as straight stretches."""
        yield Segment(self.start_ms, inf, self.amplitude_ua_cm2, self.amplitude_ua_cm2)


class SynapticEvent(msgspec.Struct, frozen=True):
    """Channels that open at once and close exponentially; `reversal_mv` says which ions pass.

    Cation channels such as AMPA receptors reverse near 0 mV, GABA-A channels near E_Cl.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    word: ClassVar[str] = "synaptic event"

    start_ms: float
    conductance_ms_cm2: float
    tau_ms: float = DECAY.default
    reversal_mv: float = REVERSAL.default

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        CONDUCTANCE.check(self.conductance_ms_cm2)
        DECAY.check(self.tau_ms)
        REVERSAL.check(self.reversal_mv)

    @property
    def size(self) -> float:
        """The number that says how strong it is, in its own unit."""
        return self.conductance_ms_cm2

    @property
    def end_ms(self) -> float:
        """When 1 % of the conductance is left."""
        return self.start_ms + 4.6 * self.tau_ms

    def open_per_step(self, steps: int, dt_ms: float) -> Iterator[tuple[int, float]]:
        """Mean conductance in mS/cm2 over each time step that has any, by its number."""
        first = int(self.start_ms / dt_ms)
        # Twenty time constants: nothing that a double would notice is left.
        last = min(steps, int((self.start_ms + 20.0 * self.tau_ms) / dt_ms) + 1)
        for step in range(first, last):
            since = max(0.0, step * dt_ms - self.start_ms)
            until = (step + 1) * dt_ms - self.start_ms
            area = self.tau_ms * (exp(-since / self.tau_ms) - exp(-until / self.tau_ms))
            yield step, self.conductance_ms_cm2 * area / dt_ms


class Pressure(msgspec.Struct, frozen=True):
    """Steady pressure on a sensory ending, whose channels the preparation describes.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    word: ClassVar[str] = "pressure"

    start_ms: float
    duration_ms: float
    pressure_kpa: float

    def __post_init__(self) -> None:
        START.check(self.start_ms)
        DURATION.check(self.duration_ms)
        PRESSURE.check(self.pressure_kpa)

    @property
    def size(self) -> float:
        """The number that says how strong it is, in its own unit."""
        return self.pressure_kpa

    @property
    def end_ms(self) -> float:
        """When the pressure is taken away."""
        return self.start_ms + self.duration_ms


Current = Pulse | Train | Ramp | Step
Stimulus = Current | SynapticEvent | Pressure


def check_stimuli(stimuli: object) -> None:
    """Refuse what is no list of stimuli of a patch.

    Raises:
        ValueError: it is none; the message names what was given.
    """
    known = "Pulse, Train, Ramp, Step, SynapticEvent or Pressure"
    check_list("stimuli", stimuli, "a stimulus", Stimulus, known)


def pair(
    start_ms: float,
    duration_ms: float,
    amplitude_ua_cm2: float,
    interval_ms: float,
    second_ua_cm2: float,
) -> tuple[Pulse, Pulse]:
    """Two pulses of their own sizes, `interval_ms` from onset to onset.

    Raises:
        ValueError: a value is not finite or out of range.
    """
    INTERVAL.check(interval_ms)
    first = Pulse(start_ms, duration_ms, amplitude_ua_cm2)
    return first, Pulse(start_ms + interval_ms, duration_ms, second_ua_cm2)


def current_per_step(stimuli: Sequence[Stimulus], steps: int, dt_ms: float) -> array[float]:
    """Mean stimulus current in uA/cm2 over each of `steps` time steps of `dt_ms`.

    An edge within a step counts for its share of the step, so the charge is exact whatever the
    step. Conductances are no part of it.
    """
    current = array("d", bytes(8 * steps))
    for stimulus in stimuli:
        if not isinstance(stimulus, Current):
            continue
        for start_ms, end_ms, start_ua, end_ua in stimulus.segments():
            rise_ua = end_ua - start_ua
            for step in range(int(start_ms / dt_ms), _step_after(end_ms, steps, dt_ms)):
                since, until = max(start_ms, step * dt_ms), min(end_ms, (step + 1) * dt_ms)
                if until > since:
                    gone = ((since + until) / 2.0 - start_ms) / (end_ms - start_ms)
                    current[step] += (start_ua + rise_ua * gone) * (until - since) / dt_ms
    return current


def edges(stimuli: Sequence[Stimulus], steps: int, dt_ms: float, smooth: int) -> set[int]:
    """The time steps from which the mean current may differ from that before.

    A current that rises or falls is cut into pieces of `smooth` steps.
    """
    found: set[int] = set()
    for stimulus in stimuli:
        if not isinstance(stimulus, Current):
            continue
        for start_ms, end_ms, start_ua, end_ua in stimulus.segments():
            first, last = int(start_ms / dt_ms), _step_after(end_ms, steps, dt_ms)
            if start_ua == end_ua:
                found |= {first, first + 1, last - 1, last}
            else:
                found |= {first, last - 1, last, *range(first + 1, last, smooth)}
    return {step for step in found if 0 <= step < steps}


def _step_after(end_ms: float, steps: int, dt_ms: float) -> int:
    return steps if end_ms >= steps * dt_ms else int(end_ms / dt_ms) + 1
