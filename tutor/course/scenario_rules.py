"""What must hold in a scenario, beyond the types of its fields."""

from __future__ import annotations

from collections.abc import Callable

from simulator import CHANGES, RUN_DURATION
from simulator.altered import bath_temperature
from simulator.changes import Changes
from simulator.stimulus import AMPLITUDE, START
from tutor.course.scenario import PULSE_MS, SETTINGS, TIMES_THRESHOLD, preparation_of
from tutor.course.scenario_fields import PulseSpec, Scenario
from tutor.course.yaml_values import Path, Problems


def scenario_problems(path: Path, scenario: Scenario) -> Problems:
    """What is wrong in the scenario that stands at `path`."""
    try:
        preparation = preparation_of(scenario)
    except ValueError as error:
        yield (*path, "preparation"), str(error)
        return
    yield from _refused((*path, "duration_ms"), RUN_DURATION.check, scenario.duration_ms)
    if scenario.changes_from_ms and not 0.0 <= scenario.changes_from_ms <= scenario.duration_ms:
        yield (*path, "changes_from_ms"), "the changes must set in within the run"
    for i, pulse in enumerate(scenario.stimuli):
        yield from _pulse((*path, "stimuli", i), pulse)
    for name, value in scenario.changes.items():
        if name not in CHANGES:
            known = ", ".join(CHANGES)
            yield (*path, "changes", name), f"unknown change {name!r}; known: {known}"
            continue
        yield from _refused(
            (*path, "changes", name), lambda v, n=name: Changes().with_values({n: v}), value
        )
    temperature = scenario.changes.get("temperature_c")
    if isinstance(temperature, int | float):
        yield from _refused(
            (*path, "changes", "temperature_c"),
            lambda t: bath_temperature(preparation, Changes(temperature_c=t)),
            temperature,
        )
    for name, (low, high) in scenario.knobs.items():
        yield from _knob((*path, "knobs", name), name, low, high)


def _pulse(path: Path, pulse: PulseSpec) -> Problems:
    if (pulse.times_threshold is None) == (pulse.amplitude_ua_cm2 is None):
        yield path, "a pulse needs times_threshold or amplitude_ua_cm2, one of them"
    yield from _refused((*path, "start_ms"), START.check, pulse.start_ms)
    yield from _refused((*path, "pulse_ms"), PULSE_MS.check, pulse.pulse_ms)
    if pulse.times_threshold is not None:
        yield from _refused(
            (*path, "times_threshold"), TIMES_THRESHOLD.check, pulse.times_threshold
        )
    if pulse.amplitude_ua_cm2 is not None:
        yield from _refused((*path, "amplitude_ua_cm2"), AMPLITUDE.check, pulse.amplitude_ua_cm2)


def _knob(path: Path, name: str, low: float, high: float) -> Problems:
    if name not in SETTINGS:
        yield path, f"unknown knob {name!r}; known: {', '.join(SETTINGS)}"
        return
    for value in (low, high):
        yield from _refused(path, SETTINGS[name].check, value)
    if low >= high:
        yield path, f"the knob goes from {low:g} to {high:g}; the first must be the smaller"


def _refused(path: Path, check: Callable[..., object], value: object) -> Problems:
    try:
        check(value)
    except (ValueError, TypeError) as error:
        yield path, str(error)
