"""The experiments of the lab on a patch of membrane."""

from __future__ import annotations

from math import isfinite, nan

from simulator import (
    PREPARATIONS,
    Changes,
    Preparation,
    Progress,
    Pulse,
    family,
    frequency_current,
    gate_curves,
    refractory_curve,
    run,
    strength_duration,
    threshold,
)
from tutor.course.bound.patch import PatchBinding
from tutor.course.bound.registry import binding_of
from tutor.course.scenario_fields import Scenario
from tutor.plot.figure import Axis, Level
from tutor.session.lab.conduction import refractory_finding
from tutor.session.lab.finding import Finding, curve, plot_of, pulse_ms_of, told_set_up
from tutor.words import common
from tutor.words import experiments as words

UA, MS, MV = "µA/cm²", "ms", "mV"
#: Just too weak and just strong enough, in thresholds.
BELOW, ABOVE = 0.98, 1.02
#: A spike that a threshold pulse fires is awaited so long.
PATIENCE_MS = 15.0
#: The curve of strength over duration is drawn up to so many chronaxies and rheobases.
REACH = 6.0
CURRENTS_UA = tuple(2.0 * step for step in range(31))
LEVELS_MV = tuple(range(-80, 81, 10))
DRAWN_LEVELS_MV = (-60, -40, -20, 0, 20, 40)
#: How many intervals between two pulses are tried, and up to how many relative refractory periods.
INTERVALS, PAST_THE_END = 24, 1.4


def _patch(scenario: Scenario) -> tuple[Preparation, Changes]:
    binding = binding_of(scenario.preparation)
    assert isinstance(binding, PatchBinding)
    return PREPARATIONS[scenario.preparation], binding.check_changes(scenario.changes)


def just_fires(scenario: Scenario, progress: Progress) -> Finding:
    """The weakest pulse that fires, and the runs at its two sides."""
    preparation, changes = _patch(scenario)
    pulse_ms = pulse_ms_of(scenario)
    found = threshold(preparation, pulse_ms, changes, progress)
    if found is None:
        raise ValueError(words.NO_PULSE_FIRES.format(pulse_ms=pulse_ms))
    size = found.amplitude_ua_cm2
    end_ms = pulse_ms + PATIENCE_MS
    series, table = [], {}
    for number, times in enumerate((BELOW, ABOVE)):
        trace = run(preparation, [Pulse(1.0, pulse_ms, times * size)], changes, duration_ms=end_ms)
        table["time_ms"] = list(trace.column("time_ms"))
        table[f"voltage_{number + 1}_mv"] = list(trace.voltage_mv)
        label = words.TIMES_THRESHOLD.format(times=times)
        role = "run" if times > 1.0 else "compare"
        series.append(curve(table["time_ms"], trace.voltage_mv, label, number, role))
    level = Level(found.threshold_mv, words.THRESHOLD)
    axis = Axis(0.0, end_ms, MS)
    return Finding(
        name="threshold",
        title=words.THRESHOLD_TITLE,
        set_up=told_set_up(scenario),
        sentence=words.PATCH_THRESHOLD_FOUND.format(
            pulse_ms=pulse_ms, size=size, threshold_mv=found.threshold_mv
        ),
        plots=(plot_of(series, axis, MV, words.MEMBRANE_POTENTIAL, levels=[level]),),
        numbers=(
            (words.PULSE, f"{pulse_ms:g} ms"),
            (words.JUST_EFFECTIVE, f"{size:.2f} {UA}"),
            (words.THRESHOLD_POTENTIAL, f"{found.threshold_mv:.1f} mV"),
        ),
        table=table,
    )


def by_duration(scenario: Scenario, progress: Progress) -> Finding:
    """Thresholds over pulse lengths: rheobase and chronaxie."""
    found = strength_duration(*_patch(scenario), progress=progress)
    if found is None:
        raise ValueError(words.LONGEST_DOES_NOT_FIRE)
    rheobase, chronaxie = found.rheobase_ua_cm2, found.chronaxie_ms
    longest_ms, strongest = REACH * chronaxie, REACH * rheobase
    times = [longest_ms * step / 200.0 for step in range(1, 201)]
    fit = [found.fit_rheobase_ua_cm2 / (1.0 - 2.0 ** (-t / found.fit_chronaxie_ms)) for t in times]
    inside = [(t, i) for t, i in zip(found.pulses_ms, found.amplitudes_ua_cm2, strict=True)]
    inside = [(t, i) for t, i in inside if t <= longest_ms and i <= strongest]
    marks = [(t, i, "") for t, i in inside]
    plot = plot_of(
        [curve(times, fit, words.LAPICQUE)],
        Axis(0.0, longest_ms, MS, common.PULSE_LENGTH),
        UA,
        words.THRESHOLD,
        levels=[
            Level(rheobase, words.RHEOBASE),
            Level(2.0 * rheobase, words.TWICE_RHEOBASE),
        ],
        marks=[*marks, (chronaxie, 2.0 * rheobase, words.CHRONAXIE)],
        y=(0.0, strongest),
    )
    return Finding(
        name="strength-duration",
        title=words.DURATION_TITLE,
        set_up=told_set_up(scenario),
        sentence=words.DURATION_FOUND.format(rheobase=rheobase, chronaxie=chronaxie),
        plots=(plot,),
        numbers=(
            (words.RHEOBASE, f"{rheobase:.2f} {UA}"),
            (words.CHRONAXIE, f"{chronaxie:.2f} ms"),
            (words.LAPICQUE_RHEOBASE, f"{found.fit_rheobase_ua_cm2:.2f} {UA}"),
            (words.LAPICQUE_CHRONAXIE, f"{found.fit_chronaxie_ms:.2f} ms"),
        ),
        table={"pulse_ms": found.pulses_ms, "threshold_ua_cm2": found.amplitudes_ua_cm2},
    )


def second_pulse(scenario: Scenario, progress: Progress) -> Finding:
    """What a second pulse needs by its interval from the first."""
    preparation, changes = _patch(scenario)
    usual = preparation.refractory
    longest_ms = PAST_THE_END * (usual.relative_ms if usual else PATIENCE_MS)
    tenths = max(1, round(10.0 * longest_ms / INTERVALS))
    intervals = [tenths * step / 10.0 for step in range(1, INTERVALS + 1) if tenths * step >= 5]
    needed = refractory_curve(preparation, intervals, progress, changes)
    return refractory_finding(told_set_up(scenario), intervals, needed)


def by_current(scenario: Scenario, progress: Progress) -> Finding:
    """Firing rates over steady currents."""
    preparation, changes = _patch(scenario)
    found = frequency_current(preparation, CURRENTS_UA, changes, progress=progress)
    rates = [one.rate_hz for one in found]
    firing = [one for one in found if one.rate_hz > 0.0]
    if not firing:
        raise ValueError(words.NEVER_FIRES_ON.format(current=CURRENTS_UA[-1]))
    first, best = firing[0], max(found, key=lambda one: one.rate_hz)
    text = words.FREQUENCY_FOUND.format(
        first=first.current_ua_cm2,
        rate=first.rate_hz,
        highest=best.rate_hz,
        best=best.current_ua_cm2,
    )
    silent = next(
        (f for f in found if f.current_ua_cm2 > best.current_ua_cm2 and f.rate_hz == 0.0), None
    )
    numbers = [
        (words.FIRES_FROM, f"{first.current_ua_cm2:g} {UA}"),
        (words.RATE_THERE, f"{first.rate_hz:.0f} Hz"),
        (words.HIGHEST_RATE, f"{best.rate_hz:.0f} Hz"),
    ]
    if silent is not None:
        numbers.append((words.SILENT_FROM, f"{silent.current_ua_cm2:g} {UA}"))
        text += " " + words.FALLS_SILENT.format(current=silent.current_ua_cm2)
    axis = Axis(0.0, CURRENTS_UA[-1], UA, common.CURRENT)
    plot = plot_of([curve(CURRENTS_UA, rates)], axis, "Hz", words.SPIKES_A_SECOND)
    table = {"current_ua_cm2": CURRENTS_UA, "rate_hz": rates}
    return Finding(
        "f-i",
        words.FREQUENCY_TITLE,
        told_set_up(scenario),
        text,
        (plot,),
        tuple(numbers),
        table,
    )


def over_potential(scenario: Scenario, progress: Progress) -> Finding:
    """Where the gates go at each potential, and how fast."""
    found = gate_curves(*_patch_args(scenario))
    progress(1.0)
    volts = found.voltage_mv.tolist()
    steady, tau = found.steady.tolist(), found.tau_ms.tolist()
    names = ("m", "h", "n")
    half = {
        name: min(zip(volts, values, strict=True), key=lambda pair: abs(pair[1] - 0.5))[0]
        for name, values in zip(names, steady, strict=True)
    }
    slowest = {name: max(values) for name, values in zip(names, tau, strict=True)}
    axis = Axis(volts[0], volts[-1], MV, words.POTENTIAL)
    table = {"voltage_mv": volts}
    table |= {f"{name}_steady": values for name, values in zip(names, steady, strict=True)}
    table |= {f"{name}_tau_ms": values for name, values in zip(names, tau, strict=True)}
    return Finding(
        name="gates",
        title=words.GATES_TITLE,
        set_up=told_set_up(scenario),
        sentence=words.GATES_FOUND.format(
            m_mv=half["m"], h_mv=half["h"], n_mv=half["n"], slowest_m_ms=slowest["m"]
        ),
        plots=tuple(
            plot_of(
                [curve(volts, values, name, n) for n, (name, values) in enumerate(curves)],
                axis,
                unit,
                title,
            )
            for curves, unit, title in (
                (tuple(zip(names, steady, strict=True)), "", words.SHARE_OPEN),
                (tuple(zip(names, tau, strict=True)), MS, words.TIME_CONSTANT),
            )
        ),
        numbers=(
            *((words.HALF_OPEN.format(gate=name), f"{half[name]:.0f} mV") for name in names),
            *((words.SLOWEST.format(gate=name), f"{slowest[name]:.2f} ms") for name in names),
        ),
        table=table,
    )


def _patch_args(scenario: Scenario) -> tuple[Preparation, tuple[int, ...], Changes]:
    preparation, changes = _patch(scenario)
    return preparation, tuple(range(-100, 61)), changes


def held(scenario: Scenario, progress: Progress) -> Finding:
    """Currents at held potentials."""
    preparation, changes = _patch(scenario)
    traces = family(preparation, LEVELS_MV, changes)
    measured = [trace.measure() for trace in traces]
    progress(1.0)
    inward = [one.get("inward_ua_cm2", 0.0) for one in measured]
    final = [one["final_ua_cm2"] for one in measured]
    times = list(traces[0].column("time_ms"))
    table: dict[str, list[float | None]] = {"time_ms": list(times)}
    series = []
    for number, level in enumerate(DRAWN_LEVELS_MV):
        passed = list(traces[LEVELS_MV.index(level)].column("clamp_ua_cm2"))
        for i, time_ms in enumerate(times):
            if abs(time_ms - 1.0) < 0.1 or time_ms > 8.9:
                passed[i] = nan  # What charges the membrane would hide the rest.
        table[f"current_{level}_mv"] = [value if isfinite(value) else None for value in passed]
        series.append(curve(times, passed, f"{level:g} mV", number))
    most = min(zip(LEVELS_MV, inward, strict=True), key=lambda pair: pair[1])
    turns = next(
        (v for v, i in zip(LEVELS_MV, inward, strict=True) if v > most[0] and i == 0), None
    )
    text = words.CLAMP_FOUND.format(
        inward=most[1], inward_mv=most[0], last_mv=LEVELS_MV[-1], final=final[-1]
    )
    numbers = [
        (words.MOST_INWARD_CURRENT, f"{most[1]:.0f} {UA}"),
        (words.IT_IS_AT, f"{most[0]:g} mV"),
    ]
    if turns is not None:
        text += " " + words.NEVER_INWARD.format(level_mv=turns)
        numbers.append((words.NEVER_INWARD_FROM, f"{turns:g} mV"))
    volts = [float(level) for level in LEVELS_MV]
    axis = Axis(volts[0], volts[-1], MV, words.STEP_TO)
    over = [
        curve(volts, inward, words.MOST_INWARD),
        curve(volts, final, words.AT_THE_END, 1),
    ]
    return Finding(
        "clamp",
        words.CLAMP_TITLE,
        told_set_up(scenario),
        text,
        (
            plot_of(series, Axis(0.0, 9.0, MS), UA, words.CLAMP_CURRENT),
            plot_of(over, axis, UA, common.CURRENT),
        ),
        tuple(numbers),
        table,
    )
