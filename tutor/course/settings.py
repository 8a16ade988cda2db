"""Settings: every number of a scenario by name, as knobs and on the command line.

A setting is a change of the preparation, a number of a stimulus (`start_ms` of the first one,
`start_ms_2` of the second ...), the level of a clamp, the length of the run or the onset of the
changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from simulator import Quantity
from tutor.course.bound.binding import PULSE_SIZES
from tutor.course.bound.registry import binding_of
from tutor.course.errors import meant
from tutor.course.scenario_fields import PulseSpec, Scenario, StimulusSpec
from tutor.words import scenarios as words

CHANGES_FROM_MS = Quantity(
    "changes_from_ms", "ms", 0.0, 2000.0, 0.0, words.CHANGES_SENTENCE, title=words.CHANGES_FROM
)
LEVEL_MV = Quantity(
    "level_mv", "mV", -150.0, 150.0, 0.0, words.LEVEL_SENTENCE, title=words.CLAMPED_AT
)
_NUMBERED = re.compile(r"(?P<field>.*[^0-9_])_(?P<number>[2-9])")


class _Of(NamedTuple):
    """Which number of a stimulus a setting is."""

    place: int
    quantity: Quantity


def settings_of(scenario: Scenario) -> dict[str, Quantity]:
    """What can be set in `scenario`, by name.

    Where there is no stimulus yet, the size of a pulse can be set: it makes one.

    Raises:
        ValueError: the preparation is unknown.
    """
    binding = binding_of(scenario.preparation)
    found: dict[str, Quantity] = {}
    if binding.changes_late:
        found["changes_from_ms"] = CHANGES_FROM_MS
    if binding.duration is not None:
        found["duration_ms"] = msgspec.structs.replace(binding.duration, title=words.RUN_LASTS)
    if scenario.clamp:
        found["level_mv"] = LEVEL_MV
    found |= {name: of.quantity for name, of in _of_stimuli(scenario).items()}
    if not scenario.stimuli and "pulse" in binding.kinds:
        found |= {q.name: q for q in binding.settings_of(PulseSpec()) if q.name in PULSE_SIZES}
    return {**found, **binding.changes}


def _of_stimuli(scenario: Scenario) -> dict[str, _Of]:
    binding = binding_of(scenario.preparation)
    found = {}
    for index, spec in enumerate(scenario.stimuli[:9]):
        for quantity in binding.settings_of(spec):
            if hasattr(spec, quantity.name):
                name = quantity.name if index == 0 else f"{quantity.name}_{index + 1}"
                found[name] = _Of(index, quantity)
    return found


def with_settings(scenario: Scenario, values: Mapping[str, float | str]) -> Scenario:
    """A copy of `scenario` with `values` set by name; what counts something is rounded.

    Raises:
        ValueError: a name is unknown, a value out of range, or there is no stimulus to set.
    """
    for name, value in values.items():
        scenario = _with(scenario, name, value, values)
    return scenario


def counts_things(scenario: Scenario, name: str) -> bool:
    """Whether the setting is a whole number of something."""
    return _field(name) in binding_of(scenario.preparation).counts


def _with(
    scenario: Scenario, name: str, value: float | str, together: Mapping[str, float | str]
) -> Scenario:
    if name in binding_of(scenario.preparation).words:
        # The preparation itself says which words it knows.
        return msgspec.structs.replace(scenario, changes={**scenario.changes, name: value})
    known = settings_of(scenario)
    if name not in known:
        scenario = _with_pulse(scenario, name, together)
        known = settings_of(scenario)
    binding = binding_of(scenario.preparation)
    if not isinstance(value, str):
        number = known[name].check(value)
        value = float(round(number)) if counts_things(scenario, name) else value
    if name in binding.changes:
        if isinstance(value, str) and not (value == "rest" and name.startswith("frozen_")):
            known[name].check(value)
        return msgspec.structs.replace(scenario, changes={**scenario.changes, name: value})
    known[name].check(value)
    if name in ("duration_ms", "changes_from_ms"):
        return msgspec.structs.replace(scenario, **{name: value})
    if name == "level_mv":
        return _with_level(scenario, value)
    if not scenario.stimuli:
        scenario = msgspec.structs.replace(scenario, stimuli=(PulseSpec(),))
    return _with_stimulus(scenario, name, value)


def _with_pulse(scenario: Scenario, name: str, together: Mapping[str, float | str]) -> Scenario:
    """The scenario with a pulse that `name` can be set of, if a size is set with it.

    Raises:
        ValueError: the name is unknown, or no size is set.
    """
    binding = binding_of(scenario.preparation)
    of_pulse = {q.name for q in binding.settings_of(PulseSpec())}
    if scenario.stimuli or "pulse" not in binding.kinds or name not in of_pulse:
        raise ValueError(f"unknown setting {name!r}{meant(name, settings_of(scenario))}")
    if not set(PULSE_SIZES) & together.keys():
        raise ValueError(f"there is no pulse whose {name} could be set")
    return msgspec.structs.replace(scenario, stimuli=(PulseSpec(),))


def _with_stimulus(scenario: Scenario, name: str, value: object) -> Scenario:
    index, quantity = _of_stimuli(scenario)[name]
    spec: StimulusSpec = scenario.stimuli[index]
    fields = {quantity.name: value}
    if quantity.name in PULSE_SIZES and isinstance(spec, PulseSpec):
        fields = {**dict.fromkeys(PULSE_SIZES), **fields}
    changed = msgspec.structs.replace(spec, **fields)
    before, after = scenario.stimuli[:index], scenario.stimuli[index + 1 :]
    return msgspec.structs.replace(scenario, stimuli=(*before, changed, *after))


def _with_level(scenario: Scenario, value: object) -> Scenario:
    index = step_of_clamp(scenario)
    levels = list(scenario.clamp)
    levels[index] = msgspec.structs.replace(levels[index], level_mv=value)
    return msgspec.structs.replace(scenario, clamp=tuple(levels))


def step_of_clamp(scenario: Scenario) -> int:
    """Which level of the clamp is the step: the first, or that after the holding potential."""
    return int(len(scenario.clamp) > 1 and scenario.clamp[0].from_ms == 0)


def setting(scenario: Scenario, name: str) -> float:
    """The value that the setting `name` has in `scenario`; a gate held at rest gives it.

    Raises:
        KeyError: the scenario has no such setting.
    """
    binding = binding_of(scenario.preparation)
    if name in binding.changes:
        value = scenario.changes.get(name)
        if value is None:
            return binding.own_value(scenario, name)
        return binding.changes[name].default if isinstance(value, str) else float(value)
    match name:
        case "duration_ms":
            return binding.length_ms(scenario)
        case "changes_from_ms":
            return float(scenario.changes_from_ms)
        case "level_mv":
            return float(scenario.clamp[step_of_clamp(scenario)].level_mv)
    found = _of_stimuli(scenario).get(name)
    if found is None:
        default: float = settings_of(scenario)[name].default
        return default
    given = getattr(scenario.stimuli[found.place], found.quantity.name)
    # A place that has a name stands where a knob begins.
    return found.quantity.default if given is None or isinstance(given, str) else float(given)


def says_it(scenario: Scenario, name: str) -> bool:
    """Whether the scenario has a value of the setting, its own or the usual one.

    A pulse has one size of several that it might have, and some changes are not made unless set.
    """
    if name not in binding_of(scenario.preparation).changes and _field(name) in PULSE_SIZES:
        found = _of_stimuli(scenario).get(name)
        given = found and getattr(scenario.stimuli[found.place], found.quantity.name)
        return given is not None
    return name in scenario.changes or not settings_of(scenario)[name].optional


def _field(name: str) -> str:
    numbered = _NUMBERED.fullmatch(name)
    return numbered["field"] if numbered else name
