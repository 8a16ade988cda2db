"""Experiments on the unmyelinated axon: velocity, all-or-none, refractoriness, collision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from simulator.cable.axon import AXON, Axon
from simulator.cable.axon_run import (
    PULSE_MS,
    THRESHOLD_START,
    axon_threshold,
    run_axon,
    usual_stimulus,
)
from simulator.cable.electrode import Electrode
from simulator.cable.space_time import SpaceTimeTrace, Wave
from simulator.changes import CHANGES, Changes, checked_changes
from simulator.progress import Progress, one_of, part, silent
from simulator.quantity import Quantity, checked_or_default

#: The velocity is taken between these shares of the length: away from the stimulus and the end.
FROM_SHARE, TO_SHARE = 0.4, 0.8
#: How long an axon of the standard thickness is for it.
MEASURED_MM = 60.0
#: No second pulse stronger than this multiple of the threshold is tried.
STRONGEST = 25.0
#: The first pulse of a pair, in thresholds, and how long each lasts.
FIRST = 1.5
PAIRED_MS = 0.5
TIMES = Quantity("times_threshold", "", 0.0, 100.0, 1.0, "Strength of a pulse, in thresholds.")
INTERVAL = replace(THRESHOLD_START, name="interval_ms", low=PAIRED_MS, default=PAIRED_MS)


def velocity_m_s(
    axon: Axon | None = None, changes: Changes | None = None, progress: Progress = silent
) -> float | None:
    """The velocity of a wave that starts at one end, in m/s; None where none arrives.

    Of a longer axon as much is looked at as 60 mm of the standard one is for it.

    Raises:
        ValueError: the temperature is one that the axon does not conduct at.
    """
    axon = checked_or_default("axon", axon, Axon)
    length_mm = max(AXON["length_mm"].low, MEASURED_MM * axon.scale)
    axon = replace(axon, length_mm=min(axon.length_mm, length_mm))
    trace = run_axon(axon, None, changes, duration_ms=50.0, progress=progress)
    return trace.velocity_m_s(FROM_SHARE * axon.length_mm, TO_SHARE * axon.length_mm)


def velocity_by_diameter(
    diameters_um: Sequence[float],
    changes: Changes | None = None,
    progress: Progress = silent,
) -> list[float | None]:
    """The velocity in m/s of axons of these diameters.

    Raises:
        ValueError: a diameter is out of range.
    """
    velocities = []
    diameters_um = AXON["diameter_um"].check_all("diameters_um", diameters_um)
    for number, diameter_um in enumerate(diameters_um):
        told = one_of(progress, number, len(diameters_um))
        velocities.append(velocity_m_s(Axon(diameter_um=diameter_um), changes, told))
    progress(1.0)
    return velocities


def velocity_by_temperature(
    temperatures_c: Sequence[float],
    axon: Axon | None = None,
    changes: Changes | None = None,
    progress: Progress = silent,
) -> list[float | None]:
    """The velocity in m/s at these temperatures in degrees C.

    Raises:
        ValueError: a temperature is one that the axon does not conduct at.
    """
    velocities = []
    temperatures_c = CHANGES["temperature_c"].check_all("temperatures_c", temperatures_c)
    for number, temperature_c in enumerate(temperatures_c):
        told = one_of(progress, number, len(temperatures_c))
        warmed = replace(checked_changes(changes), temperature_c=temperature_c)
        velocities.append(velocity_m_s(axon, warmed, told))
    progress(1.0)
    return velocities


class Response(NamedTuple):
    """What a pulse of some strength does far away: the peak there, or None without a wave."""

    times_threshold: float
    far_peak_mv: float | None


def all_or_none(
    times_threshold: Sequence[float],
    changes: Changes | None = None,
    progress: Progress = silent,
) -> list[Response] | None:
    """The peak at the middle of the standard axon for pulses of these strengths at its end.

    None where no pulse sends a wave.

    Raises:
        ValueError: a strength is out of range.
    """
    times_threshold = TIMES.check_all("times_threshold", times_threshold)
    axon = Axon()
    single_na = axon_threshold(axon, changes=changes, progress=part(progress, 0.0, 0.5))
    if single_na is None:
        return None
    responses = []
    for number, times in enumerate(times_threshold):
        told = one_of(part(progress, 0.5, 0.5), number, len(times_threshold))
        pulse = Electrode(0.0, 0.5, PULSE_MS, times * single_na)
        trace = run_axon(axon, [pulse], changes, progress=told)
        waves = trace.waves(axon.length_mm / 2.0)
        responses.append(Response(times, waves[0].peak_mv if waves else None))
    progress(1.0)
    return responses


class Pair(NamedTuple):
    """What the second of two pulses needs.

    Attributes:
        interval_ms: From onset to onset.
        times_threshold: How many thresholds send a second wave along the axon; None where not
            even 25 do.
    """

    interval_ms: float
    times_threshold: float | None


def refractory_pairs(
    intervals_ms: Sequence[float],
    changes: Changes | None = None,
    progress: Progress = silent,
) -> list[Pair] | None:
    """The strength of a second pulse that sends a second wave, judged 5 cm away.

    Both pulses last 0.5 ms, the first is 1.5 x threshold. None where no pulse sends a wave at all.

    Raises:
        ValueError: an interval is out of range.
    """
    intervals_ms = INTERVAL.check_all("intervals_ms", intervals_ms)
    searches = 1 + len(intervals_ms)
    told = one_of(progress, 0, searches)
    single_na = axon_threshold(pulse_ms=PAIRED_MS, changes=changes, progress=told)
    if single_na is None:
        return None
    first = Electrode(0.0, 0.0, PAIRED_MS, FIRST * single_na)
    pairs = []
    for number, interval_ms in enumerate(intervals_ms, start=1):
        needed_na = axon_threshold(
            pulse_ms=PAIRED_MS,
            changes=changes,
            start_ms=interval_ms,
            before=[first],
            strongest_na=STRONGEST * single_na,
            progress=one_of(progress, number, searches),
        )
        pairs.append(Pair(interval_ms, needed_na / single_na if needed_na else None))
    progress(1.0)
    return pairs


class Collision(NamedTuple):
    """Two waves that were sent towards each other, and which of them passed where.

    Attributes:
        trace: The run.
        waves: The waves at 1/4, 1/2 and 3/4 of the length: one each, because waves that meet
            end each other.
    """

    trace: SpaceTimeTrace
    waves: tuple[tuple[Wave, ...], ...]


def collision(
    axon: Axon | None = None, changes: Changes | None = None, progress: Progress = silent
) -> Collision:
    """Stimulate both ends at once."""
    axon = checked_or_default("axon", axon, Axon)
    both = [usual_stimulus(axon, x_mm) for x_mm in (0.0, axon.length_mm)]
    trace = run_axon(axon, both, changes, duration_ms=30.0, progress=progress)
    places = [share * axon.length_mm for share in (0.25, 0.5, 0.75)]
    return Collision(trace, tuple(trace.waves(x_mm) for x_mm in places))
