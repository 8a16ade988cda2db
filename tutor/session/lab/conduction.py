"""The experiments of the lab on axons and fibres, and the refractory curve that all have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from msgspec.structs import replace

from simulator import (
    Axon,
    Changes,
    Electrode,
    MyelinatedFibre,
    Progress,
    SpaceTimeTrace,
    all_or_none,
    axon_threshold,
    fibre_threshold,
    refractory_pairs,
    run_axon,
    run_myelinated,
    velocity_by_diameter,
    velocity_by_temperature,
)
from simulator.progress import one_of, part
from tutor.course.bound.cable import LONGEST_PULSE_MS, CableBinding
from tutor.course.bound.registry import binding_of
from tutor.course.scenario_fields import Scenario
from tutor.plot.figure import Axis, Level
from tutor.plot.raster import nice_range
from tutor.session.lab.finding import Finding, curve, marked, plot_of, pulse_ms_of, told_set_up
from tutor.words import common
from tutor.words import experiments as words

#: Just too weak and just strong enough, in thresholds.
BELOW, ABOVE = 0.97, 1.03
TIMES = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.02, 1.05, 1.1, 1.25, 1.5, 2.0, 2.5, 3.0)
INTERVALS_MS = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0)
AXONS_UM = (10.0, 25.0, 50.0, 100.0, 200.0, 300.0, 400.0, 500.0, 700.0, 1000.0)
FIBRES_UM = (1.0, 2.0, 5.0, 8.0, 10.0, 12.0, 15.0, 20.0)
AXON_C = (1.0, 5.0, 10.0, 15.0, 18.5, 20.0, 23.0, 26.0, 29.0, 31.0, 33.0)
FIBRE_C = (10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 37.0, 40.0, 45.0)
#: The second pulse is drawn up to so many thresholds.
STRONGEST = 6.0
#: A second spike that needs no more has forgotten the first.
FORGOTTEN = 1.05


def _cable(scenario: Scenario) -> tuple[Axon | MyelinatedFibre, Changes]:
    binding = cast(CableBinding[Any], binding_of(scenario.preparation))
    return binding.cable(scenario.changes), binding.split(scenario.changes)[1]


def threshold(scenario: Scenario, progress: Progress) -> Finding:
    """The weakest pulse that sends a spike along, and the potential far away at its two sides."""
    cable, changes = _cable(scenario)
    pulse_ms = min(LONGEST_PULSE_MS, pulse_ms_of(scenario))
    told = part(progress, 0.0, 0.8)
    if isinstance(cable, Axon):
        size_na = axon_threshold(cable, pulse_ms, changes, progress=told)
        far_mm = cable.length_mm / 2.0
    else:
        size_na = fibre_threshold(cable, pulse_ms, changes, progress=told)
        far_mm = cable.node_mm[len(cable.node_mm) // 2]
    if size_na is None:
        raise ValueError(words.NO_PULSE_AT_START.format(pulse_ms=pulse_ms))
    series, table = [], {}
    for number, times in enumerate((BELOW, ABOVE)):
        electrode = Electrode(0.0, 0.5, pulse_ms, times * size_na)
        told = one_of(part(progress, 0.8, 0.2), number, 2)
        trace = _sent(cable, electrode, changes, told).probe(far_mm)
        table[f"time_{number + 1}_ms"] = list(trace.column("time_ms"))
        table[f"voltage_{number + 1}_mv"] = list(trace.voltage_mv)
        role = "run" if times > 1.0 else "compare"
        label = words.TIMES_THRESHOLD.format(times=times)
        series.append(curve(table[f"time_{number + 1}_ms"], trace.voltage_mv, label, number, role))
    longest = max(len(column) for column in table.values())
    end_ms = max(series[0].times[-1], series[1].times[-1])
    return Finding(
        name="threshold",
        title=words.THRESHOLD_TITLE,
        set_up=told_set_up(scenario),
        sentence=words.CABLE_THRESHOLD_FOUND.format(pulse_ms=pulse_ms, size_na=size_na),
        plots=(
            plot_of(
                series,
                Axis(0.0, end_ms, "ms"),
                "mV",
                words.POTENTIAL_AT.format(place_mm=far_mm),
            ),
        ),
        numbers=(
            (words.PULSE, f"{pulse_ms:g} ms"),
            (words.JUST_EFFECTIVE, f"{size_na:.4g} nA"),
        ),
        table={n: [*column, *[None] * (longest - len(column))] for n, column in table.items()},
    )


def _sent(
    cable: Axon | MyelinatedFibre, electrode: Electrode, changes: Changes, progress: Progress
) -> SpaceTimeTrace:
    if isinstance(cable, Axon):
        return run_axon(cable, [electrode], changes, progress=progress)
    return run_myelinated(cable, [electrode], changes, progress=progress)


def far_peaks(scenario: Scenario, progress: Progress) -> Finding:
    """The peak in the middle of the standard axon by the strength of the pulse at its end."""
    _, changes = _cable(scenario)
    found = all_or_none(TIMES, changes, progress)
    if found is None:
        raise ValueError(words.NO_PULSE_TRAVELS)
    peaks = [one.far_peak_mv for one in found]
    heights = [peak for peak in peaks if peak is not None]
    if not heights:
        raise ValueError(words.NONE_TRIED_TRAVELS)
    first = next(one.times_threshold for one in found if one.far_peak_mv is not None)
    points = marked(TIMES, peaks)
    none = [(one.times_threshold, 0.0, "") for one in found if one.far_peak_mv is None]
    return Finding(
        name="all-or-none",
        title=words.ALL_OR_NONE_TITLE,
        set_up=told_set_up(scenario),
        sentence=words.ALL_OR_NONE_FOUND.format(
            times=first, lowest=min(heights), highest=max(heights)
        ),
        plots=(
            plot_of(
                [curve(TIMES, peaks)],
                Axis(0.0, TIMES[-1], words.THRESHOLDS_AXIS, words.STRENGTH),
                "mV",
                words.FAR_PEAK,
                marks=[*points, *none],
            ),
        ),
        numbers=(
            (words.LOWEST_PEAK, f"{min(heights):+.2f} mV"),
            (words.HIGHEST_PEAK, f"{max(heights):+.2f} mV"),
        ),
        table={"times_threshold": TIMES, "far_peak_mv": peaks},
    )


def pairs(scenario: Scenario, progress: Progress) -> Finding:
    """What a second pulse needs to send a second spike along the standard axon."""
    _, changes = _cable(scenario)
    found = refractory_pairs(INTERVALS_MS, changes, progress)
    if found is None:
        raise ValueError(words.NO_PULSE_TRAVELS)
    needed = [one.times_threshold for one in found]
    return refractory_finding(told_set_up(scenario), INTERVALS_MS, needed)


def refractory_finding(
    set_up: str, intervals_ms: Sequence[float], needed: Sequence[float | None]
) -> Finding:
    """The refractory curve from what the second pulse needs at each interval.

    Raises:
        ValueError: no second pulse is ever enough.
    """
    works = [(t, n) for t, n in zip(intervals_ms, needed, strict=True) if n is not None]
    if not works:
        raise ValueError(words.NO_SECOND_PULSE)
    never_ms = max((t for t, n in zip(intervals_ms, needed, strict=True) if n is None), default=0)
    over_ms = next((t for t, n in works if n <= FORGOTTEN), None)
    first_ms, times = works[0]
    said = [words.FIRES_AGAIN.format(interval_ms=first_ms, times=times)]
    numbers = [
        (words.AGAIN_FROM, f"{first_ms:g} ms"),
        (words.WITH, words.THRESHOLDS.format(times=times)),
    ]
    if never_ms:
        said.insert(0, words.NEVER_FIRES.format(interval_ms=never_ms))
        numbers.insert(0, (words.NONE_UP_TO, f"{never_ms:g} ms"))
    if over_ms is not None:
        said.append(words.FORGOTTEN.format(interval_ms=over_ms, times=FORGOTTEN))
        numbers.append((words.THRESHOLDS_FROM.format(times=FORGOTTEN), f"{over_ms:g} ms"))
    longest_ms = intervals_ms[-1]
    plot = plot_of(
        [curve(intervals_ms, needed)],
        Axis(0.0, longest_ms, "ms", common.INTERVAL),
        words.THRESHOLDS_AXIS,
        words.SECOND_PULSE,
        levels=[Level(1.0, words.FIRST_ALONE)],
        marks=[mark for mark in marked(intervals_ms, needed) if mark[1] <= STRONGEST],
        y=(0.0, min(STRONGEST, nice_range(0.0, max(n for _, n in works))[1])),
    )
    table = {"interval_ms": intervals_ms, "times_threshold": needed}
    return Finding(
        "refractory",
        words.REFRACTORY_TITLE,
        set_up,
        " ".join(said),
        (plot,),
        tuple(numbers),
        table,
    )


def by_diameter(scenario: Scenario, progress: Progress) -> Finding:
    """Velocities of thin and thick ones, beside the law of the root or of proportion."""
    cable, changes = _cable(scenario)
    if isinstance(cable, Axon):
        diameters: Sequence[float] = AXONS_UM
        found = velocity_by_diameter(diameters, changes, progress)
        power, law = 0.5, words.BY_ROOT
    else:
        diameters, found = FIBRES_UM, []
        for number, diameter_um in enumerate(FIBRES_UM):
            told = one_of(progress, number, len(FIBRES_UM))
            fibre = replace(cable, diameter_um=diameter_um)
            trace = run_myelinated(fibre, None, changes, progress=told)
            found.append(trace.conduction_m_s)
        power, law = 1.0, words.IN_PROPORTION
    works = [(d, v) for d, v in zip(diameters, found, strict=True) if v is not None]
    if len(works) < 2:
        raise ValueError(words.NONE_TRAVELS)
    (thin, slow), (thick, fast) = works[0], works[-1]
    by_law = [fast * (d / thick) ** power for d in diameters]
    plot = plot_of(
        [curve(diameters, by_law, law, 1, "compare"), curve(diameters, found, words.VELOCITY)],
        Axis(0.0, diameters[-1], "µm", words.DIAMETER_AXIS),
        "m/s",
        words.VELOCITY,
        marks=marked(diameters, found),
    )
    return Finding(
        "diameter",
        words.DIAMETER_TITLE,
        told_set_up(scenario),
        words.DIAMETER_FOUND.format(
            thin=thin, thick=thick, thicker=thick / thin, slow=slow, fast=fast, faster=fast / slow
        ),
        (plot,),
        tuple((f"{d:g} µm", f"{v:.2f} m/s") for d, v in works),
        {"diameter_um": diameters, "velocity_m_s": found},
    )


def by_temperature(scenario: Scenario, progress: Progress) -> Finding:
    """Velocities in the cold and in warmth."""
    cable, changes = _cable(scenario)
    if isinstance(cable, Axon):
        degrees: Sequence[float] = AXON_C
        found = velocity_by_temperature(degrees, cable, changes, progress)
    else:
        degrees, found = FIBRE_C, []
        for number, degree in enumerate(FIBRE_C):
            told = one_of(progress, number, len(FIBRE_C))
            warmed = replace(changes, temperature_c=degree)
            found.append(run_myelinated(cable, None, warmed, progress=told).conduction_m_s)
    works = [(t, v) for t, v in zip(degrees, found, strict=True) if v is not None]
    if not works:
        raise ValueError(words.NONE_TRAVELS_AT_ANY)
    best = max(works, key=lambda pair: pair[1])
    text = words.TEMPERATURE_FOUND.format(
        coldest=works[0][0], velocity=works[0][1], best=best[0], fastest=best[1]
    )
    blocked = [t for t, v in zip(degrees, found, strict=True) if v is None]
    if blocked:
        text += " " + words.BLOCKED_AT.format(degrees=", ".join(f"{t:g}" for t in blocked))
    plot = plot_of(
        [curve(degrees, found)],
        Axis(0.0, degrees[-1], "°C", words.TEMPERATURE_AXIS),
        "m/s",
        words.VELOCITY,
        marks=marked(degrees, found),
    )
    return Finding(
        "temperature",
        words.TEMPERATURE_TITLE,
        told_set_up(scenario),
        text,
        (plot,),
        tuple((f"{t:g} °C", f"{v:.2f} m/s") for t, v in works),
        {"temperature_c": degrees, "velocity_m_s": found},
    )
