"""Set-ups in words: stimuli and changes as a textbook would name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator import Quantity
from tutor.course.bound.binding import Binding
from tutor.course.scenario_fields import (
    ClampLevel,
    PressureSpec,
    PulseSpec,
    RampSpec,
    StepSpec,
    StimulusSpec,
    SynapseSpec,
    TrainSpec,
)
from tutor.course.text import pretty_unit
from tutor.words import scenarios as words


def told_change(name: str, value: float | str, quantities: Mapping[str, Quantity]) -> str:
    """A change in a few words; empty where it changes nothing that is worth a word."""
    if name.startswith("frozen_"):
        at = words.RESTING_VALUE if value == "rest" else f"{value:g}"
        return words.GATES_HELD.format(gates=words.GATES[name.removeprefix("frozen_")], at=at)
    if isinstance(value, str):
        return f"{name} {value}"
    if name in words.SHARES:
        return words.SHARES[name].format(share=value)
    if name in words.SHIFTS:
        return words.SHIFTS[name].format(shift_mv=value)
    if name == "pump":
        said = words.PUMP_OFF if value == 0.0 else "" if value == 1.0 else words.PUMP_AT
        return said.format(share=value)
    quantity = quantities.get(name)
    if quantity is None:
        return f"{name} {value:g}"
    return f"{quantity.title or name} {value:g} {pretty_unit(quantity.unit)}".rstrip()


def told_membrane(
    changes: Mapping[str, float | str],
    quantities: Mapping[str, Quantity],
    without: tuple[str, ...] = (),
) -> list[str]:
    """All changes but the temperature, which stands beside the preparation, and `without`."""
    told = [
        told_change(name, value, quantities)
        for name, value in changes.items()
        if name != "temperature_c" and name not in without
    ]
    return [text for text in told if text]


def told_stimulus(spec: StimulusSpec, binding: Binding) -> str:
    """A stimulus in a few words."""
    tell = _TELLERS[type(spec)]
    return tell(spec, binding)


def _size(spec: PulseSpec) -> str:
    if spec.times_threshold is not None:
        return words.TIMES_THRESHOLD.format(times=spec.times_threshold)
    if spec.current_na is not None:
        return f"{spec.current_na:g} nA"
    if spec.amplitude_ua_cm2 is None:
        return words.OF_NO_SIZE
    return f"{spec.amplitude_ua_cm2:g} µA/cm²"


def _where(spec: PulseSpec | SynapseSpec, binding: Binding) -> str:
    return "" if spec.place is None else binding.told_place(spec.place)


def _pulse(spec: PulseSpec, binding: Binding) -> str:
    return words.PULSE.format(
        pulse_ms=spec.pulse_ms,
        where=_where(spec, binding),
        start_ms=spec.start_ms,
        size=_size(spec),
    )


def _train(spec: TrainSpec, binding: Binding) -> str:
    return words.TRAIN.format(
        pulses=spec.pulses,
        pulse_ms=spec.pulse_ms,
        where=_where(spec, binding),
        start_ms=spec.start_ms,
        interval_ms=spec.interval_ms,
        size=_size(spec),
    )


def _ramp(spec: RampSpec, binding: Binding) -> str:
    return words.RAMP.format(
        low=spec.start_ua_cm2, high=spec.end_ua_cm2, ramp_ms=spec.ramp_ms, start_ms=spec.start_ms
    )


def _step(spec: StepSpec, binding: Binding) -> str:
    return words.STEP.format(size=spec.amplitude_ua_cm2, start_ms=spec.start_ms)


def _synapse(spec: SynapseSpec, binding: Binding) -> str:
    size = f"{spec.g_ms_cm2:g} mS/cm²" if spec.g_ms_cm2 is not None else f"{spec.g_ns or 0:g} nS"
    one, several = words.SYNAPSES[spec.type]
    what = (several if spec.inputs > 1 else one).format(count=spec.inputs, size=size)
    when = (words.OPENS_OFTEN if spec.openings > 1 else words.OPENS).format(
        count=spec.openings, start_ms=spec.start_ms, interval_ms=spec.interval_ms
    )
    reversal = "" if spec.e_cl_mv is None else f", E_Cl {spec.e_cl_mv:g} mV"
    where = f",{_where(spec, binding)}" if spec.place is not None else ""
    return f"{what}{where}, {when}{reversal}"


def _pressure(spec: PressureSpec, binding: Binding) -> str:
    return words.PRESSURE.format(
        size=spec.pressure_kpa, pressure_ms=spec.pressure_ms, start_ms=spec.start_ms
    )


_TELLERS: dict[type[StimulusSpec], Callable[..., str]] = {
    PulseSpec: _pulse,
    TrainSpec: _train,
    RampSpec: _ramp,
    StepSpec: _step,
    SynapseSpec: _synapse,
    PressureSpec: _pressure,
}


def told_clamp(levels: tuple[ClampLevel, ...]) -> str:
    """A voltage clamp in a few words."""
    parts = [
        (words.LEVEL_LATE if level.from_ms else words.LEVEL).format(
            level_mv=level.level_mv, from_ms=level.from_ms
        )
        for level in levels
    ]
    return words.CLAMPED.format(levels=words.THEN.join(parts))
