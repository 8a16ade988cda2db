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
        raise ValueError(f"no pulse of {pulse_ms:g} ms fires this set-up")
    size = found.amplitude_ua_cm2
    end_ms = pulse_ms + PATIENCE_MS
    series, table = [], {}
    for number, times in enumerate((BELOW, ABOVE)):
        trace = run(preparation, [Pulse(1.0, pulse_ms, times * size)], changes, duration_ms=end_ms)
        table["time_ms"] = list(trace.column("time_ms"))
        table[f"voltage_{number + 1}_mv"] = list(trace.voltage_mv)
        label = f"{times:g} x threshold"
        role = "run" if times > 1.0 else "compare"
        series.append(curve(table["time_ms"], trace.voltage_mv, label, number, role))
    level = Level(found.threshold_mv, "threshold")
    axis = Axis(0.0, end_ms, MS)
    return Finding(
        name="threshold",
        title="Threshold",
        set_up=told_set_up(scenario),
        sentence=(
            f"A pulse of {pulse_ms:g} ms just fires at {size:.2f} {UA}; it leaves the membrane at "
            f"{found.threshold_mv:.1f} mV. Two in a hundred less, and there is no spike."
        ),
        plots=(plot_of(series, axis, MV, "membrane potential", levels=[level]),),
        numbers=(
            ("pulse", f"{pulse_ms:g} ms"),
            ("just-effective pulse", f"{size:.2f} {UA}"),
            ("threshold potential", f"{found.threshold_mv:.1f} mV"),
        ),
        table=table,
    )


def by_duration(scenario: Scenario, progress: Progress) -> Finding:
    """Thresholds over pulse lengths: rheobase and chronaxie."""
    found = strength_duration(*_patch(scenario), progress=progress)
    if found is None:
        raise ValueError("even the longest pulse does not fire this set-up")
    rheobase, chronaxie = found.rheobase_ua_cm2, found.chronaxie_ms
    longest_ms, strongest = REACH * chronaxie, REACH * rheobase
    times = [longest_ms * step / 200.0 for step in range(1, 201)]
    fit = [found.fit_rheobase_ua_cm2 / (1.0 - 2.0 ** (-t / found.fit_chronaxie_ms)) for t in times]
    inside = [(t, i) for t, i in zip(found.pulses_ms, found.amplitudes_ua_cm2, strict=True)]
    inside = [(t, i) for t, i in inside if t <= longest_ms and i <= strongest]
    marks = [(t, i, "") for t, i in inside]
    plot = plot_of(
        [curve(times, fit, "Lapicque's curve, nearest to the points")],
        Axis(0.0, longest_ms, MS, "pulse length"),
        UA,
        "threshold",
        levels=[Level(rheobase, "rheobase"), Level(2.0 * rheobase, "twice the rheobase")],
        marks=[*marks, (chronaxie, 2.0 * rheobase, "chronaxie")],
        y=(0.0, strongest),
    )
    return Finding(
        name="strength-duration",
        title="Strength and duration",
        set_up=told_set_up(scenario),
        sentence=(
            f"The rheobase is {rheobase:.2f} {UA}: no longer pulse fires at less. At twice that a "
            f"pulse needs {chronaxie:.2f} ms, the chronaxie. Shorter pulses must be stronger."
        ),
        plots=(plot,),
        numbers=(
            ("rheobase", f"{rheobase:.2f} {UA}"),
            ("chronaxie", f"{chronaxie:.2f} ms"),
            ("rheobase of Lapicque's curve", f"{found.fit_rheobase_ua_cm2:.2f} {UA}"),
            ("chronaxie of Lapicque's curve", f"{found.fit_chronaxie_ms:.2f} ms"),
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
        raise ValueError(f"no steady current up to {CURRENTS_UA[-1]:g} {UA} makes it fire on")
    first, best = firing[0], max(found, key=lambda one: one.rate_hz)
    text = (
        f"It fires on from {first.current_ua_cm2:g} {UA}, at {first.rate_hz:.0f} Hz; the highest "
        f"rate is {best.rate_hz:.0f} Hz at {best.current_ua_cm2:g} {UA}."
    )
    silent = next(
        (f for f in found if f.current_ua_cm2 > best.current_ua_cm2 and f.rate_hz == 0.0), None
    )
    numbers = [
        ("fires on from", f"{first.current_ua_cm2:g} {UA}"),
        ("rate there", f"{first.rate_hz:.0f} Hz"),
        ("highest rate", f"{best.rate_hz:.0f} Hz"),
    ]
    if silent is not None:
        numbers.append(("falls silent from", f"{silent.current_ua_cm2:g} {UA}"))
        text += f" From {silent.current_ua_cm2:g} {UA} on it falls silent: depolarisation block."
    axis = Axis(0.0, CURRENTS_UA[-1], UA, "current")
    plot = plot_of([curve(CURRENTS_UA, rates)], axis, "Hz", "spikes a second")
    table = {"current_ua_cm2": CURRENTS_UA, "rate_hz": rates}
    return Finding(
        "f-i",
        "Frequency and current",
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
    axis = Axis(volts[0], volts[-1], MV, "potential")
    table = {"voltage_mv": volts}
    table |= {f"{name}_steady": values for name, values in zip(names, steady, strict=True)}
    table |= {f"{name}_tau_ms": values for name, values in zip(names, tau, strict=True)}
    return Finding(
        name="gates",
        title="Gates over potential",
        set_up=told_set_up(scenario),
        sentence=(
            f"In the end half of the m gates are open at {half['m']:.0f} mV, half of the h gates "
            f"at {half['h']:.0f} mV, half of the n gates at {half['n']:.0f} mV. The m gates are "
            f"the fastest: never slower than {slowest['m']:.2f} ms."
        ),
        plots=tuple(
            plot_of(
                [curve(volts, values, name, n) for n, (name, values) in enumerate(curves)],
                axis,
                unit,
                title,
            )
            for curves, unit, title in (
                (tuple(zip(names, steady, strict=True)), "", "share open in the end"),
                (tuple(zip(names, tau, strict=True)), MS, "time constant"),
            )
        ),
        numbers=(
            *((f"half of {name} open at", f"{half[name]:.0f} mV") for name in names),
            *((f"slowest {name}", f"{slowest[name]:.2f} ms") for name in names),
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
    text = (
        f"The current is most inward, {most[1]:.0f} {UA}, at {most[0]:g} mV; at the end of the "
        f"step to {LEVELS_MV[-1]:g} mV it is {final[-1]:+.0f} {UA}."
    )
    numbers = [("most inward current", f"{most[1]:.0f} {UA}"), ("it is at", f"{most[0]:g} mV")]
    if turns is not None:
        text += f" From {turns:g} mV on it is never inward."
        numbers.append(("never inward from", f"{turns:g} mV"))
    volts = [float(level) for level in LEVELS_MV]
    axis = Axis(volts[0], volts[-1], MV, "step to")
    over = [curve(volts, inward, "most inward"), curve(volts, final, "at the end", 1)]
    return Finding(
        "clamp",
        "Voltage clamp at many potentials",
        told_set_up(scenario),
        text,
        (
            plot_of(series, Axis(0.0, 9.0, MS), UA, "current of the clamp"),
            plot_of(over, axis, UA, "current"),
        ),
        tuple(numbers),
        table,
    )
