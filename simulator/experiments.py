"""Experiments: numbers that need more than one run."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from math import log, log2
from typing import NamedTuple

from msgspec.structs import replace

from simulator.altered import alter, bath_temperature, is_stable
from simulator.changes import Changes, checked_changes
from simulator.measurements import find_spikes
from simulator.membrane import Preparation, RefractoryPeriods, checked_preparation
from simulator.patch import RUN_DURATION, run
from simulator.progress import Progress, one_of, part, searched, silent
from simulator.quantity import Quantity
from simulator.stimulus import AMPLITUDE, DURATION, Pulse
from simulator.trace import Trace

#: Bisection stops when the amplitude is known to this share.
TOLERANCE = 1e-4
#: Runs with the table of rates narrow a threshold to this share, which is more than the table
#: moves it; runs with exact rates decide it.
COARSE = 0.002
#: Fine enough for a threshold: a step of 0.01 ms moves it by less than 0.05 %.
STEP_MS = 0.025
#: The search begins with about the pulse whose charge alone lifts the potential so far.
FIRST_TRY_MV = 8.0
#: After the pulse a spike is awaited this long; a just-effective pulse is slow to fire.
PATIENCE_MS = 15.0
LENGTH = replace(DURATION, high=RUN_DURATION.high - PATIENCE_MS)
#: A second pulse of more than this many thresholds is not tried.
STRONGEST = 20.0
TIMES = Quantity(
    "strongest",
    "",
    0.0,
    50.0,
    STRONGEST,
    "How strong a second pulse may be, in thresholds.",
    "",
    True,
)
#: The relative refractory period ends where a second spike needs no more than this.
RELATIVE_END = 1.05
PAIRED_PULSE_MS = 0.5
INTERVAL = Quantity(
    "interval_ms", "ms", PAIRED_PULSE_MS, 50.0, 10.0, "From onset to onset of two pulses."
)


class Threshold(NamedTuple):
    """The just-effective pulse: its amplitude, and the potential at its end."""

    amplitude_ua_cm2: float
    threshold_mv: float


#: The thresholds that have been found, by what they are of.
_FOUND: dict[tuple[Preparation, float, Changes], Threshold | None] = {}


def threshold(
    preparation: Preparation,
    pulse_ms: float,
    changes: Changes | None = None,
    progress: Progress = silent,
) -> Threshold | None:
    """The weakest pulse of `pulse_ms` that fires a spike; None where none does.

    `threshold_mv` is the potential at the end of the just-effective pulse. A membrane whose rest
    is not stable fires or swings on its own, and has none. A threshold that has been found is not
    searched again.

    Raises:
        TypeError: `preparation` is no preparation.
        ValueError: the duration or a change is out of range.
    """
    case = checked_preparation(preparation), LENGTH.check(pulse_ms), checked_changes(changes)
    if case not in _FOUND:
        _FOUND[case] = _search(*case, progress)
    progress(1.0)
    return _FOUND[case]


def thresholds(
    preparation: Preparation,
    pulses_ms: Sequence[float],
    changes: Changes | None = None,
    progress: Progress = silent,
) -> list[Threshold | None]:
    """The `threshold` of each length of pulse; the wide batch narrows them all at once.

    Raises:
        ValueError: a duration or a change is out of range, or there is no duration.
    """
    from simulator.batch.ensemble import bracket_thresholds

    changes = checked_changes(changes)
    pulses_ms = LENGTH.check_all("pulses_ms", pulses_ms)
    brackets = bracket_thresholds(
        preparation,
        pulses_ms,
        [changes] * len(pulses_ms),
        patience_ms=PATIENCE_MS,
        dt_ms=STEP_MS,
        progress=part(progress, 0.0, 0.5),
    )
    rests = _rests(preparation, changes)
    found: list[Threshold | None] = []
    for pulse_ms, bracket in zip(pulses_ms, brackets, strict=True):
        told = one_of(part(progress, 0.5, 0.5), len(found), len(pulses_ms))
        between = (preparation, pulse_ms, changes)
        found.append(_between(*between, *bracket, told) if bracket and rests else None)
    progress(1.0)
    return found


def _rests(preparation: Preparation, changes: Changes) -> bool:
    return is_stable(alter(preparation, changes), bath_temperature(preparation, changes))


def _search(
    preparation: Preparation, pulse_ms: float, changes: Changes, progress: Progress
) -> Threshold | None:
    def fires(amplitude: float) -> bool:
        return bool(find_spikes(_after(preparation, pulse_ms, changes, amplitude, exact=False)))

    if not _rests(preparation, changes):
        return None
    near = FIRST_TRY_MV * preparation.capacitance_uf_cm2 / pulse_ms
    low, high = 0.0, min(AMPLITUDE.high, max(1.0, 2.0 ** round(log2(near))))
    progress(0.0)
    while not fires(high):
        progress(0.0)
        if high == AMPLITUDE.high:
            return None
        low, high = high, min(AMPLITUDE.high, high * 2.0)
    while high - low > COARSE * high:
        progress(0.5 * log((high - low) / high) / log(COARSE))
        middle = (low + high) / 2.0
        low, high = (low, middle) if fires(middle) else (middle, high)
    high = min(AMPLITUDE.high, high * (1.0 + COARSE))
    fails = low * (1.0 - COARSE)
    return _between(preparation, pulse_ms, changes, fails, high, part(progress, 0.5, 0.5))


def _between(
    preparation: Preparation,
    pulse_ms: float,
    changes: Changes,
    fails: float,
    fires: float,
    progress: Progress,
) -> Threshold:
    """Bisect between an amplitude that fails and one that fires, with exact rates."""
    widest = fires - fails
    while fires - fails > TOLERANCE * fires:
        progress(searched(widest, fires - fails, TOLERANCE * fires))
        middle = (fails + fires) / 2.0
        if find_spikes(_after(preparation, pulse_ms, changes, middle, exact=True)):
            fires = middle
        else:
            fails = middle
    just = _after(preparation, pulse_ms, changes, fires, exact=True)
    return Threshold(fires, just.at("voltage_mv", pulse_ms))


def _after(
    preparation: Preparation,
    pulse_ms: float,
    changes: Changes,
    amplitude_ua_cm2: float,
    *,
    exact: bool,
) -> Trace:
    """A run with one pulse, as long as it takes to see whether there is a spike."""
    pulse_end = round(pulse_ms / STEP_MS)

    def decided(voltage_mv: array[float]) -> bool:
        """Half way back from the end of the pulse: there was a spike, or there will be none."""
        rest_mv = voltage_mv[0]
        return len(voltage_mv) > pulse_end + 1 and (
            voltage_mv[-1] < (rest_mv + voltage_mv[pulse_end]) / 2.0
        )

    return run(
        preparation,
        [Pulse(0.0, pulse_ms, amplitude_ua_cm2)],
        changes,
        duration_ms=pulse_ms + PATIENCE_MS,
        dt_ms=STEP_MS,
        exact=exact,
        ends_early=decided,
    )


def paired_pulse(
    preparation: Preparation,
    interval_ms: float,
    strongest: float = STRONGEST,
    changes: Changes | None = None,
) -> float | None:
    """How many thresholds a second pulse needs, `interval_ms` after the onset of the first.

    Both pulses last 0.5 ms, the first is 1.5 x threshold: that of the changed preparation. None
    where no second pulse of at most `strongest` x threshold starts a spike.

    The strengths are tried upwards in steps of 2 %, the last one being `strongest`, because a
    very strong pulse lifts the potential on its own and leaves no upstroke: more is not always
    enough.

    Raises:
        ValueError: the interval is shorter than a pulse, or `strongest` is out of range.
    """
    INTERVAL.check(interval_ms)
    TIMES.check(strongest)
    single = threshold(preparation, PAIRED_PULSE_MS, changes)
    if single is None:
        return None
    first = Pulse(0.0, PAIRED_PULSE_MS, 1.5 * single.amplitude_ua_cm2)
    multiple = min(0.5, strongest)
    while True:
        second = Pulse(interval_ms, PAIRED_PULSE_MS, multiple * single.amplitude_ua_cm2)
        duration_ms = interval_ms + PATIENCE_MS
        trace = run(preparation, [first, second], changes, duration_ms=duration_ms, dt_ms=STEP_MS)
        if len(find_spikes(trace)) > 1:
            return multiple
        if multiple >= strongest:
            return None
        multiple = min(multiple * 1.02, strongest)


def refractory_curve(
    preparation: Preparation,
    intervals_ms: Sequence[float],
    progress: Progress = silent,
    changes: Changes | None = None,
) -> list[float | None]:
    """`paired_pulse` for each interval: how many thresholds the second pulse needs.

    Raises:
        ValueError: an interval is shorter than a pulse.
    """
    needed = []
    intervals_ms = INTERVAL.check_all("intervals_ms", intervals_ms)
    for number, interval_ms in enumerate(intervals_ms):
        progress(number / len(intervals_ms))
        needed.append(paired_pulse(preparation, interval_ms, changes=changes))
    progress(1.0)
    return needed


def refractory_periods(preparation: Preparation, progress: Progress = silent) -> RefractoryPeriods:
    """Measure the refractory periods of `preparation` with paired pulses, to 0.1 ms."""
    tenths = range(round(INTERVAL.low * 10), round(INTERVAL.high * 10))
    most = len(tenths).bit_length()  # Of each search.

    def ends_ms(strongest: float, done: float) -> float:
        tried: list[int] = []

        def fires(tenth: int) -> bool:
            progress(done + len(tried) / most / 2.0)
            tried.append(tenth)
            return paired_pulse(preparation, tenth / 10, strongest) is not None

        return tenths[bisect_left(tenths, True, key=fires)] / 10

    periods = RefractoryPeriods(ends_ms(STRONGEST, 0.0), ends_ms(RELATIVE_END, 0.5))
    progress(1.0)
    return periods
