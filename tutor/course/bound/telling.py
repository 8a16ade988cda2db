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

_GATES = {
    "m": "Na⁺ activation gates (m)",
    "h": "Na⁺ inactivation gates (h)",
    "n": "K⁺ gates (n)",
}
_PERCENT: Mapping[str, str] = {
    "na_block": "Na⁺ channels blocked {:.0%}",
    "k_block": "voltage-gated K⁺ channels blocked {:.0%}",
    "leak_block": "leak channels blocked {:.0%}",
    "lasting_na": "{:.0%} of the Na⁺ channels never inactivate",
    "leak_open": "{:.0%} of the K⁺ leak channels open",
    "electrogenic": "{:.0%} of the pumps at 3 Na⁺ : 2 K⁺",
    "na_density": "{:.0%} of the usual Na⁺ channels in every node",
}
_MOVED: Mapping[str, str] = {
    "e_na_shift_mv": "E_Na moved by {:+g} mV",
    "e_k_shift_mv": "E_K moved by {:+g} mV",
    "m_shift_mv": "Na⁺ activation moved by {:+g} mV",
    "h_shift_mv": "Na⁺ inactivation moved by {:+g} mV",
    "n_shift_mv": "K⁺ activation moved by {:+g} mV",
    "trigger_shift_mv": "channels of the trigger zone moved by {:+g} mV",
}


def told_change(name: str, value: float | str, quantities: Mapping[str, Quantity]) -> str:
    """A change in a few words; empty where it changes nothing that is worth a word."""
    if name.startswith("frozen_"):
        at = "their resting value" if value == "rest" else f"{value:g}"
        return f"{_GATES[name.removeprefix('frozen_')]} held at {at}"
    if isinstance(value, str):
        return f"{name} {value}"
    if name in _PERCENT:
        return _PERCENT[name].format(value)
    if name in _MOVED:
        return _MOVED[name].format(value)
    if name == "pump":
        return "pump off" if value == 0.0 else "" if value == 1.0 else f"pump at {value:.0%}"
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
        return f"{spec.times_threshold:g} × threshold"
    if spec.current_na is not None:
        return f"{spec.current_na:g} nA"
    return "of no size" if spec.amplitude_ua_cm2 is None else f"{spec.amplitude_ua_cm2:g} µA/cm²"


def _where(spec: PulseSpec | SynapseSpec, binding: Binding) -> str:
    return "" if spec.place is None else binding.told_place(spec.place)


def _pulse(spec: PulseSpec, binding: Binding) -> str:
    where = _where(spec, binding)
    return f"pulse {spec.pulse_ms:g} ms{where} at {spec.start_ms:g} ms, {_size(spec)}"


def _train(spec: TrainSpec, binding: Binding) -> str:
    where = _where(spec, binding)
    return (
        f"{spec.pulses:g} pulses of {spec.pulse_ms:g} ms{where} from {spec.start_ms:g} ms on, "
        f"{spec.interval_ms:g} ms apart, {_size(spec)}"
    )


def _ramp(spec: RampSpec, binding: Binding) -> str:
    return (
        f"ramp from {spec.start_ua_cm2:g} to {spec.end_ua_cm2:g} µA/cm² in {spec.ramp_ms:g} ms, "
        f"from {spec.start_ms:g} ms on"
    )


def _step(spec: StepSpec, binding: Binding) -> str:
    return f"steady current {spec.amplitude_ua_cm2:g} µA/cm² from {spec.start_ms:g} ms on"


def _synapse(spec: SynapseSpec, binding: Binding) -> str:
    size = f"{spec.g_ms_cm2:g} mS/cm²" if spec.g_ms_cm2 is not None else f"{spec.g_ns or 0:g} nS"
    what = "excitatory synapse" if spec.type == "ampa" else "inhibitory synapse"
    if spec.inputs > 1:
        what, size = f"{spec.inputs:g} {what}s", f"of {size}"
    when = f"at {spec.start_ms:g} ms"
    if spec.openings > 1:
        when = (
            f"{spec.openings:g} times from {spec.start_ms:g} ms on, {spec.interval_ms:g} ms apart"
        )
    reversal = "" if spec.e_cl_mv is None else f", E_Cl {spec.e_cl_mv:g} mV"
    where = f",{_where(spec, binding)}" if spec.place is not None else ""
    return f"{what} {size}{where}, {when}{reversal}"


def _pressure(spec: PressureSpec, binding: Binding) -> str:
    return (
        f"pressure {spec.pressure_kpa:g} kPa for {spec.pressure_ms:g} ms "
        f"from {spec.start_ms:g} ms on"
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
        f"{level.level_mv:g} mV" + (f" from {level.from_ms:g} ms on" if level.from_ms else "")
        for level in levels
    ]
    return f"voltage clamped at {', then '.join(parts)}"
