"""Scenarios bound to the simulator: what is run, in words, and as measured numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from simulator import (
    AMPLITUDE,
    CHANGES,
    DURATION,
    PREPARATIONS,
    RUN_DURATION,
    TIME_STEP,
    Changes,
    Preparation,
    Pulse,
    Quantity,
    Trace,
    measure,
    run,
    threshold,
)
from tutor.course.expression import OVER_TIME, ExpressionError
from tutor.course.scenario_fields import PulseSpec, Scenario
from tutor.course.text import pretty_unit

TIMES_THRESHOLD = Quantity(
    "times_threshold",
    "x threshold",
    0.0,
    20.0,
    1.5,
    "Size of the pulse in normal thresholds.",
    title="pulse size",
)
PULSE_MS = Quantity(
    "pulse_ms",
    DURATION.unit,
    0.01,
    DURATION.high,
    DURATION.default,
    DURATION.sentence,
    title="pulse length",
)

#: What can be set in a scenario by name, as knobs and on the command line.
SETTINGS: dict[str, Quantity] = {
    **CHANGES,
    "times_threshold": TIMES_THRESHOLD,
    "pulse_ms": PULSE_MS,
    "amplitude_ua_cm2": AMPLITUDE,
    "start_ms": Quantity("start_ms", "ms", 0.0, 2000.0, 1.0, "When the pulse begins."),
    "duration_ms": RUN_DURATION,
    "changes_from_ms": Quantity("changes_from_ms", "ms", 0.0, 2000.0, 0.0, "When changes set in."),
}
_PULSE_SETTINGS = ("times_threshold", "pulse_ms", "amplitude_ua_cm2", "start_ms")


def preparation_of(scenario: Scenario) -> Preparation:
    """The preparation that the scenario names.

    Raises:
        ValueError: it is unknown.
    """
    if scenario.preparation not in PREPARATIONS:
        raise ValueError(
            f"unknown preparation {scenario.preparation!r}; known: {', '.join(PREPARATIONS)}"
        )
    return PREPARATIONS[scenario.preparation]


def default_scenario(preparation: str) -> Scenario:
    """`preparation` with a pulse of 1.5 x threshold."""
    duration_ms = 30.0 if preparation == "squid" else 20.0
    return Scenario(
        preparation=preparation,
        stimuli=(PulseSpec(times_threshold=TIMES_THRESHOLD.default),),
        duration_ms=duration_ms,
    )


def with_settings(scenario: Scenario, values: Mapping[str, float | str]) -> Scenario:
    """A copy of `scenario` with `values` set by name; pulse settings are of the first pulse.

    Raises:
        ValueError: a name is unknown, a value out of range, or there is no pulse to set.
    """
    for name, value in values.items():
        if name not in SETTINGS:
            raise ValueError(f"unknown setting {name!r}; known: {', '.join(SETTINGS)}")
        if value != "rest":
            SETTINGS[name].check(value)
    changes = {**scenario.changes, **{n: v for n, v in values.items() if n in CHANGES}}
    pulse = {n: v for n, v in values.items() if n in _PULSE_SETTINGS}
    whole = {n: v for n, v in values.items() if n in ("duration_ms", "changes_from_ms")}
    stimuli = scenario.stimuli
    if pulse:
        if not stimuli and not {"times_threshold", "amplitude_ua_cm2"} & pulse.keys():
            raise ValueError(f"there is no pulse whose {next(iter(pulse))} could be set")
        first = stimuli[0] if stimuli else PulseSpec()
        if "amplitude_ua_cm2" in pulse or "times_threshold" in pulse:
            first = msgspec.structs.replace(first, amplitude_ua_cm2=None, times_threshold=None)
        stimuli = (msgspec.structs.replace(first, **pulse), *stimuli[1:])
    return msgspec.structs.replace(scenario, changes=changes, stimuli=stimuli, **whole)


def setting(scenario: Scenario, name: str) -> float:
    """The value that the setting `name` has in `scenario`; a gate held at rest gives it."""
    if name in CHANGES:
        value = scenario.changes.get(name)
        if value is None:
            return preparation_of(scenario).own_values.get(name, CHANGES[name].default)
        return CHANGES[name].default if value == "rest" else float(value)
    if name in _PULSE_SETTINGS:
        first = scenario.stimuli[0] if scenario.stimuli else PulseSpec()
        value = getattr(first, name)
        return SETTINGS[name].default if value is None else float(value)
    return float(getattr(scenario, name))


class MeasuredRun:
    """A run of a scenario: its trace, and the numbers that expressions may name."""

    def __init__(self, scenario: Scenario, trace: Trace) -> None:
        self.scenario = scenario
        self.trace = trace
        self.measurements = measure(trace)

    def value(self, name: str) -> float:
        """A measurement, an experiment's number or a constant of the set-up, by name.

        Raises:
            ExpressionError: the run does not have it.
        """
        if name in self.measurements:
            return self.measurements[name]
        last = self.trace.stretches[-1].membrane
        refractory = self.trace.refractory
        match name:
            case "e_na_mv":
                return last.e_na_mv
            case "e_k_mv":
                return last.e_k_mv
            case "absolute_refractory_ms" if refractory:
                return refractory.absolute_ms
            case "relative_refractory_ms" if refractory:
                return refractory.relative_ms
            case "threshold_mv" | "threshold_ua_cm2":
                pulse_ms = setting(self.scenario, "pulse_ms")
                found = threshold(self.trace.preparation, pulse_ms, self.trace.changes)
                if found is None:
                    raise ExpressionError(f"{name}: no pulse fires this set-up")
                return found.threshold_mv if name == "threshold_mv" else found.amplitude_ua_cm2
        raise ExpressionError(f"{name}: this run has none ({_why_missing(name, self)})")

    def at(self, column: str, time_ms: float) -> float:
        """A column of the trace at a time.

        Raises:
            ExpressionError: the time is outside the run.
        """
        try:
            return self.trace.at(column, time_ms)
        except ValueError as error:
            raise ExpressionError(str(error)) from None

    def extreme(self, function: str, column: str, start_ms: float, end_ms: float) -> float:
        """One of `OVER_TIME`: the extreme value of a column between two times, or its time.

        Raises:
            ExpressionError: the times are not in order, or outside the run.
        """
        assert function in OVER_TIME
        if not 0.0 <= start_ms <= end_ms <= self.trace.duration_ms + 1e-9:
            raise ExpressionError(
                f"{start_ms:g} to {end_ms:g} ms is no stretch of a run of "
                f"{self.trace.duration_ms:g} ms"
            )
        values = self.trace.column(column)
        samples = range(
            round(start_ms / self.trace.dt_ms),
            min(round(end_ms / self.trace.dt_ms) + 1, len(values)),
        )
        pick = max if function.endswith("highest") else min
        sample = pick(samples, key=values.__getitem__)
        return sample * self.trace.dt_ms if function.startswith("time") else values[sample]


def _why_missing(name: str, measured: MeasuredRun) -> str:
    if name.endswith("refractory_ms"):
        return "it is known for the unchanged preparation only"
    if name.startswith("stimulus"):
        return "there is no pulse, or it outlasts the run"
    if measured.measurements["spike_count"] == 0:
        return "there is no spike"
    return "the run ends before it, or never gets there"


def stimuli_of(scenario: Scenario) -> list[Pulse]:
    """The pulses with their amplitudes in uA/cm2.

    Raises:
        ValueError: a pulse has no amplitude or two, or a value is out of range.
    """
    return [_pulse(preparation_of(scenario), spec) for spec in scenario.stimuli]


def _pulse(preparation: Preparation, spec: PulseSpec) -> Pulse:
    if (spec.times_threshold is None) == (spec.amplitude_ua_cm2 is None):
        raise ValueError("a pulse needs times_threshold or amplitude_ua_cm2, one of them")
    pulse_ms = PULSE_MS.check(spec.pulse_ms)
    if spec.times_threshold is None:
        return Pulse(spec.start_ms, pulse_ms, float(spec.amplitude_ua_cm2 or 0.0))
    single = threshold(preparation, pulse_ms)
    if single is None:
        raise ValueError(f"no pulse of {pulse_ms:g} ms fires the {preparation.title}")
    times = TIMES_THRESHOLD.check(spec.times_threshold)
    return Pulse(spec.start_ms, pulse_ms, times * single.amplitude_ua_cm2)


def simulate(scenario: Scenario, dt_ms: float = TIME_STEP.default) -> MeasuredRun:
    """Run `scenario`.

    Raises:
        ValueError: the scenario names something unknown, or a value is out of range.
    """
    trace = run(
        preparation_of(scenario),
        stimuli_of(scenario),
        Changes().with_values(scenario.changes),
        duration_ms=scenario.duration_ms,
        dt_ms=dt_ms,
        changes_from_ms=scenario.changes_from_ms,
    )
    return MeasuredRun(scenario, trace)


_cached = lru_cache(maxsize=64)(lambda key: simulate(msgspec.json.decode(key, type=Scenario)))


def simulate_once(scenario: Scenario) -> MeasuredRun:
    """Run `scenario`, or give back its run where it has been run before."""
    return _cached(msgspec.json.encode(scenario))


SET_UP_SEPARATOR = " · "


def set_up_line(scenario: Scenario) -> str:
    """The set-up in one line: preparation, stimuli, changes."""
    return SET_UP_SEPARATOR.join(set_up_parts(scenario))


def set_up_parts(scenario: Scenario) -> list[str]:
    """Preparation, stimuli and changes, each in a few words."""
    preparation = preparation_of(scenario)
    parts = [f"{preparation.title}, {setting(scenario, 'temperature_c'):g} °C"]
    parts += [_pulse_text(spec) for spec in scenario.stimuli] or ["no stimulus"]
    changed = [_change_text(name, value) for name, value in scenario.changes.items()]
    changed = [text for text in changed if text]
    if changed and scenario.changes_from_ms:
        together = {1: "", 2: ", both"}.get(len(changed), ", all")
        changed[-1] += f"{together} from {scenario.changes_from_ms:g} ms on"
    return parts + changed


_GATES = {
    "m": "Na⁺ activation gates (m)",
    "h": "Na⁺ inactivation gates (h)",
    "n": "K⁺ gates (n)",
}


def _pulse_text(spec: PulseSpec) -> str:
    size = (
        f"{spec.times_threshold:g} × threshold"
        if spec.times_threshold is not None
        else f"{spec.amplitude_ua_cm2:g} µA/cm²"
    )
    return f"pulse {spec.pulse_ms:g} ms at {spec.start_ms:g} ms, {size}"


def _change_text(name: str, value: float | str) -> str:
    if name.startswith("frozen_"):
        at = "their resting value" if value == "rest" else f"{value:g}"
        return f"{_GATES[name.removeprefix('frozen_')]} held at {at}"
    assert not isinstance(value, str)
    match name:
        case "na_block":
            return f"Na⁺ channels blocked {value:.0%}"
        case "k_block":
            return f"voltage-gated K⁺ channels blocked {value:.0%}"
        case "e_na_shift_mv":
            return f"E_Na moved by {value:+g} mV"
        case "e_k_shift_mv":
            return f"E_K moved by {value:+g} mV"
        case "pump":
            return "pump off" if value == 0.0 else "" if value == 1.0 else f"pump at {value:.0%}"
        case "temperature_c":
            return ""  # It stands beside the preparation.
        case _:
            quantity = CHANGES[name]
            return f"{quantity.title} {value:g} {pretty_unit(quantity.unit)}".rstrip()
