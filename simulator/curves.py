"""Curves of a patch: strength over duration, frequency over current, gates over voltage."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit

from simulator.altered import alter, bath_temperature
from simulator.batch.ensemble import Member, run_many
from simulator.changes import Changes, checked_changes
from simulator.experiments import LENGTH, threshold, thresholds
from simulator.membrane import Preparation, checked_preparation
from simulator.patch import RUN_DURATION
from simulator.progress import Progress, part, silent
from simulator.quantity import Quantity
from simulator.stimulus import AMPLITUDE, Step
from simulator.voltage_clamp import LEVEL

Floats = NDArray[np.float64]

#: Lengths of the pulses of a strength-duration curve, in ms; at the last one, a longer pulse
#: would no longer fire at less.
PULSES_MS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)
#: How finely the chronaxie is searched, as a share of it.
CHRONAXIE_TOLERANCE = 1e-3
#: Spikes are counted from so long after the onset of a steady current.
SETTLING_MS = 100.0
COUNTED = Quantity(
    "counted_ms",
    "ms",
    10.0,
    RUN_DURATION.high - SETTLING_MS,
    500.0,
    "How long the spikes of a steady current are counted.",
)
STEP_MS = 0.025


class StrengthDuration(msgspec.Struct, frozen=True, eq=False):
    """How strong a just-effective pulse must be, by its length.

    Attributes:
        pulses_ms: The lengths.
        amplitudes_ua_cm2: The thresholds; pulses that never fire are left out.
        rheobase_ua_cm2: Threshold of a pulse that lasts as long as it likes.
        chronaxie_ms: Length at which the threshold is twice the rheobase.
        fit_rheobase_ua_cm2: Rheobase of the curve of Lapicque that comes nearest to the points:
            I = rheobase / (1 - 2^(-t/chronaxie)).
        fit_chronaxie_ms: Its chronaxie.
    """

    pulses_ms: tuple[float, ...]
    amplitudes_ua_cm2: tuple[float, ...]
    rheobase_ua_cm2: float
    chronaxie_ms: float
    fit_rheobase_ua_cm2: float
    fit_chronaxie_ms: float


def strength_duration(
    preparation: Preparation,
    changes: Changes | None = None,
    pulses_ms: Sequence[float] = PULSES_MS,
    progress: Progress = silent,
) -> StrengthDuration | None:
    """Measure thresholds over pulse lengths; None where the longest pulse fires nothing.

    Raises:
        ValueError: a change or a duration is out of range, or there are fewer than three
            different ones.
    """
    lengths = sorted(set(LENGTH.check_all("pulses_ms", pulses_ms)))
    if len(lengths) < 3:
        raise ValueError(
            f"pulses_ms has {len(lengths)} different values, but a curve needs at least 3"
        )
    found = thresholds(preparation, lengths, changes, part(progress, 0.0, 0.9))
    pairs = [(d, t.amplitude_ua_cm2) for d, t in zip(lengths, found, strict=True) if t]
    if found[-1] is None or len(pairs) < 3:
        return None
    times, sizes = (np.array(values) for values in zip(*pairs, strict=True))
    rheobase = float(sizes[-1])
    short, long = max((d for d, i in pairs if i > 2 * rheobase), default=0.0), float(times[-1])
    widest = long - short
    while long - short > CHRONAXIE_TOLERANCE * long:
        share = log(widest / (long - short)) / log(widest / (CHRONAXIE_TOLERANCE * long))
        middle = (short + long) / 2.0
        needed = threshold(preparation, middle, changes, part(progress, 0.9 + 0.1 * share, 0.0))
        if needed is None or needed.amplitude_ua_cm2 > 2.0 * rheobase:
            short = middle
        else:
            long = middle

    def lapicque(log_ms: Floats, log_rheobase: float, log_chronaxie: float) -> Floats:
        return np.asarray(
            log_rheobase - np.log(-np.expm1(-np.log(2) * np.exp(log_ms - log_chronaxie)))
        )

    fit, _ = curve_fit(lapicque, np.log(times), np.log(sizes), p0=np.log([rheobase, long]))
    progress(1.0)
    return StrengthDuration(
        pulses_ms=tuple(times.tolist()),
        amplitudes_ua_cm2=tuple(sizes.tolist()),
        rheobase_ua_cm2=rheobase,
        chronaxie_ms=long,
        fit_rheobase_ua_cm2=float(np.exp(fit[0])),
        fit_chronaxie_ms=float(np.exp(fit[1])),
    )


class Frequency(NamedTuple):
    """What a steady current does once it has been on for long.

    Attributes:
        current_ua_cm2: The current.
        rate_hz: Spikes a second.
        lowest_mv: The most negative potential meanwhile.
        highest_mv: The most positive one.
    """

    current_ua_cm2: float
    rate_hz: float
    lowest_mv: float
    highest_mv: float


def frequency_current(
    preparation: Preparation,
    currents_ua_cm2: Sequence[float],
    changes: Changes | None = None,
    *,
    counted_ms: float = COUNTED.default,
    progress: Progress = silent,
) -> list[Frequency]:
    """Firing rate under each steady current, all in one wide batch.

    A rate of 0 at a strong current, with the potential staying where it is, is depolarisation
    block. Spikes are counted after the first 100 ms, in which a membrane may adapt.

    Raises:
        ValueError: a current, a change or `counted_ms` is out of range, or there is no current.
    """
    COUNTED.check(counted_ms)
    currents_ua_cm2 = AMPLITUDE.check_all("currents_ua_cm2", currents_ua_cm2)
    ensemble = run_many(
        preparation,
        [Member([Step(0.0, current)], checked_changes(changes)) for current in currents_ua_cm2],
        duration_ms=SETTLING_MS + counted_ms,
        dt_ms=STEP_MS,
        progress=progress,
    )
    settled = ensemble.voltage_mv[:, round(SETTLING_MS / STEP_MS) :]
    counts = ensemble.spike_counts(since_ms=SETTLING_MS)
    return [
        Frequency(current, 1000.0 * count / counted_ms, float(v.min()), float(v.max()))
        for current, count, v in zip(currents_ua_cm2, counts.tolist(), settled, strict=True)
    ]


class GateCurves(msgspec.Struct, frozen=True, eq=False):
    """Where the gates m, h and n go at each potential, and how fast.

    Attributes:
        voltage_mv: The potentials, (N,).
        steady: Open probability after a long time, (3, N).
        tau_ms: Time constants, (3, N), in ms at the temperature of the preparation.
    """

    voltage_mv: Floats
    steady: Floats
    tau_ms: Floats


def gate_curves(
    preparation: Preparation,
    voltages_mv: Sequence[float] = tuple(range(-100, 61)),
    changes: Changes | None = None,
) -> GateCurves:
    """The steady-state and time-constant curves of the three gates.

    Raises:
        ValueError: a potential or a change is out of range.
    """
    changes = checked_changes(changes)
    voltages_mv = LEVEL.check_all("voltages_mv", voltages_mv)
    membrane = alter(checked_preparation(preparation), changes)
    kinetics = membrane.kinetics
    speed = kinetics.speed(bath_temperature(preparation, changes))
    rows = [kinetics.rates_at(voltage_mv) for voltage_mv in voltages_mv]
    rates = np.array(rows).reshape(len(rows), 3, 2)
    total = rates.sum(axis=2)
    return GateCurves(
        voltage_mv=np.array(voltages_mv, dtype=np.float64),
        steady=np.array([membrane.steady_gates(voltage_mv) for voltage_mv in voltages_mv]).T,
        tau_ms=(1.0 / (speed * total)).T,
    )
