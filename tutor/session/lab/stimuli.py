"""The stimuli that can be added to a set-up of the lab."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tutor.course.bound.registry import binding_of
from tutor.course.scenario_fields import (
    ClampLevel,
    PressureSpec,
    PulseSpec,
    RampSpec,
    Scenario,
    StepSpec,
    Stimulus,
    SynapseSpec,
    TrainSpec,
)
from tutor.course.scenario_fields import StimulusSpec as AnyStimulus
from tutor.words import lab as words

#: As many stimuli have settings with names of their own.
MOST_STIMULI = 9
#: The clamp is offered among the stimuli, as that is what one looks for it under.
CLAMP_KIND = "clamp"

#: What can be added, each with a sentence.
KINDS = words.STIMULI
#: The threshold of a cell with a dendrite is not known beforehand; this fires it.
_DENDRITE_NA = 2.0
_AFTER_MS = 10.0
_DEFAULTS: Mapping[str, Stimulus] = {
    "pulse": PulseSpec(times_threshold=1.5),
    "train": TrainSpec(times_threshold=1.5, pulses=3),
    "ramp": RampSpec(end_ua_cm2=20.0),
    "step": StepSpec(amplitude_ua_cm2=10.0),
    "synapse": SynapseSpec(g_ms_cm2=0.5),
    "pressure": PressureSpec(start_ms=5.0, pressure_kpa=30.0),
}


def kinds_for(preparation: str) -> tuple[str, ...]:
    """What can be added to `preparation`."""
    binding = binding_of(preparation)
    return (*binding.kinds, *([CLAMP_KIND] if binding.clamps else []))


def fresh_stimulus(preparation: str, kind: str) -> Stimulus:
    """A stimulus of a kind as it is when it is added.

    Raises:
        ValueError: the preparation takes none of this kind.
    """
    binding = binding_of(preparation)
    if kind not in binding.kinds:
        takes = ", ".join(kinds_for(preparation)) or words.DRIVEN_BY_SETTINGS
        raise ValueError(
            words.TAKES_NONE.format(preparation=preparation, kind=kind[:40], kinds=takes)
        )
    spec = _DEFAULTS[kind]
    if preparation != "dendrite":
        return spec
    if isinstance(spec, SynapseSpec):
        return msgspec.structs.replace(spec, g_ms_cm2=None, g_ns=5.0, place=0.5)
    return msgspec.structs.replace(spec, times_threshold=None, current_na=_DENDRITE_NA)


def fresh_of(scenario: Scenario) -> tuple[AnyStimulus, ...]:
    """Of each stimulus of `scenario` one as it is when it is added."""
    return tuple(fresh_stimulus(scenario.preparation, spec.kind) for spec in scenario.stimuli)


def with_added(scenario: Scenario, kind: str) -> Scenario:
    """`scenario` with one stimulus more, after those that it has.

    Under voltage clamp pulses do nothing: whichever is added, the others go.

    Raises:
        ValueError: the preparation takes none of this kind, or it has as many as it may.
    """
    if kind == CLAMP_KIND and binding_of(scenario.preparation).clamps:
        return _with_clamp(scenario)
    spec = fresh_stimulus(scenario.preparation, kind)
    if len(scenario.stimuli) >= MOST_STIMULI:
        raise ValueError(words.TOO_MANY_STIMULI.format(most=MOST_STIMULI))
    if scenario.stimuli:
        last_ms = max(float(stimulus.start_ms) for stimulus in scenario.stimuli)
        most_ms = binding_of(scenario.preparation).length_ms(scenario)
        start_ms = last_ms + _AFTER_MS
        start_ms = start_ms if start_ms < most_ms else (last_ms + most_ms) / 2.0
        spec = msgspec.structs.replace(spec, start_ms=round(start_ms, 1))
    clamp = scenario.clamp if kind in ("synapse", "pressure") else ()
    return msgspec.structs.replace(scenario, stimuli=(*scenario.stimuli, spec), clamp=clamp)


def _with_clamp(scenario: Scenario) -> Scenario:
    """One level more: after those that there are."""
    if len(scenario.clamp) >= MOST_STIMULI:
        raise ValueError(words.TOO_MANY_LEVELS.format(most=MOST_STIMULI))
    length_ms = binding_of(scenario.preparation).length_ms(scenario)
    # The first soon, so that what it does is in the run; further ones half way to the end.
    from_ms = min(1.0, length_ms / 2.0)
    if scenario.clamp:
        from_ms = round((float(scenario.clamp[-1].from_ms) + length_ms) / 2.0, 2)
    return msgspec.structs.replace(
        scenario,
        clamp=(*scenario.clamp, ClampLevel(from_ms=from_ms, level_mv=0.0)),
        stimuli=tuple(s for s in scenario.stimuli if isinstance(s, SynapseSpec | PressureSpec)),
        changes_from_ms=0.0,
    )


def without(scenario: Scenario, number: int) -> Scenario:
    """`scenario` without its stimulus of this number; levels of a clamp are counted after them.

    Raises:
        ValueError: there is none of this number.
    """
    count = len(scenario.stimuli)
    most = count + len(scenario.clamp)
    if not 1 <= number <= most:
        raise ValueError(words.NO_STIMULUS_NUMBER.format(number=number, count=most))
    if number > count:
        place = number - count - 1
        clamp = (*scenario.clamp[:place], *scenario.clamp[place + 1 :])
        return msgspec.structs.replace(scenario, clamp=clamp)
    stimuli = (*scenario.stimuli[: number - 1], *scenario.stimuli[number:])
    return msgspec.structs.replace(scenario, stimuli=stimuli)
