"""Traces in words: a sentence for who cannot see the plot, and how single values are written."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from simulator.recording import Recording
    from simulator.stimulus import Stimulus
    from simulator.trace import Trace

#: Landmarks closer than this to the resting potential count as rest.
_REST_MV = 1.0
#: A dip below rest that is smaller than this would be printed as rest itself.
_DIP_MV = 0.05


class Symbol(NamedTuple):
    """How a column of a trace is named in a read-out, and how its values are written."""

    text: str
    decimals: int
    signed: bool = False


#: A symbol for every column of every recording, which has the units. Potentials, currents, fluxes
#: and rates carry their sign.
SYMBOLS: dict[str, Symbol] = {
    "time_ms": Symbol("t", 2),
    "voltage_mv": Symbol("V", 1, signed=True),
    "stimulus_ua_cm2": Symbol("Istim", 1, signed=True),
    "m": Symbol("m", 3),
    "h": Symbol("h", 3),
    "n": Symbol("n", 3),
    "na_available": Symbol("Na available", 3),
    "na_open": Symbol("Na open", 3),
    "na_inactivated": Symbol("Na inactivated", 3),
    "na_closed": Symbol("Na closed", 3),
    "na_blocked": Symbol("Na blocked", 3),
    "lidocaine": Symbol("Na with lidocaine", 3),
    "g_na": Symbol("gNa", 2),
    "g_k": Symbol("gK", 2),
    "i_na": Symbol("INa", 1, signed=True),
    "i_k": Symbol("IK", 1, signed=True),
    "i_leak": Symbol("Ileak", 2, signed=True),
    "i_pump": Symbol("Ipump", 2, signed=True),
    "i_ion": Symbol("Iion", 1, signed=True),
    "driving_na_mv": Symbol("V−ENa", 1, signed=True),
    "driving_k_mv": Symbol("V−EK", 1, signed=True),
    "dvdt_v_s": Symbol("dV/dt", 1, signed=True),
    "clamp_ua_cm2": Symbol("Iclamp", 1, signed=True),
    "i_passive": Symbol("Ipassive", 2, signed=True),
    "i_axial": Symbol("Iaxial", 1, signed=True),
    "tip_mv": Symbol("Vtip", 1, signed=True),
    "synapse_mv": Symbol("Vsynapse", 1, signed=True),
    "trigger_mv": Symbol("Vtrigger", 1, signed=True),
    "axon_mv": Symbol("Vaxon", 1, signed=True),
    "g_excitatory_ns": Symbol("gexc", 2),
    "g_inhibitory_ns": Symbol("ginh", 2),
    "i_excitatory_na": Symbol("Iexc", 3, signed=True),
    "i_inhibitory_na": Symbol("Iinh", 3, signed=True),
    "e_na_mv": Symbol("ENa", 1, signed=True),
    "e_k_mv": Symbol("EK", 1, signed=True),
    "e_cl_mv": Symbol("ECl", 1, signed=True),
    "flux_na": Symbol("Na flux", 2, signed=True),
    "flux_k": Symbol("K flux", 2, signed=True),
    "flux_cl": Symbol("Cl flux", 2, signed=True),
    "pump_na": Symbol("Na pumped", 2, signed=True),
    "pump_k": Symbol("K pumped", 2, signed=True),
    "i_cl": Symbol("ICl", 3, signed=True),
    "na_in_mm": Symbol("Na inside", 2),
    "k_in_mm": Symbol("K inside", 2),
    "na_out_mm": Symbol("Na outside", 2),
    "k_out_mm": Symbol("K outside", 2),
    "pump_na_pmol_cm2_s": Symbol("Na pumped", 2),
    "atp_pmol_cm2": Symbol("ATP used", 1),
}


def value_text(column: str, value: float) -> str:
    """A value of a column as it is read out, without its unit."""
    symbol = SYMBOLS[column]
    return _number(value, symbol.decimals, signed=symbol.signed)


def describe(trace: Recording) -> str:
    """One sentence that tells what the potential of `trace` does, with its measurements.

    Of a place of a cable, and of what has no spike to follow, it tells start, highest and end;
    `describe_run` tells more of a whole run.
    """
    from simulator.measurements import measure
    from simulator.trace import Trace

    if not isinstance(trace, Trace):
        return _outline(trace)
    measured = measure(trace)
    parts = _start(trace, measured)
    if measured["spike_count"] == 0:
        parts += _no_spike(trace, measured)
    elif measured["spike_count"] == 1:
        parts += _one_spike(trace, measured)
    else:
        parts.append(_several_spikes(trace, measured))
    return f"The potential {_list(parts)}."


def _outline(trace: Recording) -> str:
    v = trace.voltage_mv
    top = max(range(len(v)), key=v.__getitem__)
    parts = [f"begins at {_number(v[0], 1, signed=True)} mV"]
    if v[top] > max(v[0], v[-1]) + _REST_MV:
        highest = f"{_number(v[top], 1, signed=True)} mV at {_number(top * trace.dt_ms, 2)} ms"
        parts.append(f"rises to {highest}")
    parts.append(
        f"is at {_number(v[-1], 1, signed=True)} mV when the run ends at {trace.duration_ms:g} ms"
    )
    return f"The potential {_list(parts)}."


def _start(trace: Trace, measured: dict[str, float]) -> list[str]:
    """Rest, and what the first pulse does to it."""
    rest = f"rests at {_show('rest_mv', measured)}"
    first = _first_stimulus(trace)
    if first is None:
        return [f"{rest} without a stimulus"]
    lasting = "" if isinf(first.end_ms) else f"{first.end_ms - first.start_ms:g} ms "
    cause = f"a {lasting}{first.word} at {first.start_ms:g} ms"
    if len(trace.stimuli) > 1:
        cause += f" (the first of {len(trace.stimuli)})"
    if measured["spike_count"] > 0:
        upstroke_ms = measured.get("upstroke_ms", 0.0)
        if upstroke_ms < first.start_ms:
            return [rest]
        if upstroke_ms < first.end_ms and "upstroke_mv" in measured:
            return [
                rest,
                f"is driven to its upstroke at {_show('upstroke_mv', measured)} by {cause}",
            ]
    if "stimulus_end_mv" not in measured:
        return [rest, f"is under {cause} that outlasts the run"]
    return [rest, f"is pushed to {_show('stimulus_end_mv', measured)} by {cause}"]


def _no_spike(trace: Trace, measured: dict[str, float]) -> list[str]:
    end_mv, end_ms = _show("end_mv", measured), f"{measured['end_ms']:g} ms"
    if _first_stimulus(trace) is None:
        if abs(measured["end_mv"] - measured["rest_mv"]) <= _REST_MV:
            return [f"stays there to the end at {end_ms}"]
        return [f"drifts without a spike to {end_mv} at {end_ms}"]
    parts = ["fires no spike", f"is at {end_mv} when the run ends at {end_ms}"]
    pushed_mv = max(measured.get("stimulus_end_mv", measured["peak_mv"]), measured["rest_mv"])
    if measured["peak_mv"] > pushed_mv + _REST_MV:
        top = f"comes up to {_show('peak_mv', measured)} at {_show('peak_ms', measured)}"
        return [top, *parts]
    return parts


def _one_spike(trace: Trace, measured: dict[str, float]) -> list[str]:
    peak = f"to a peak of {_show('peak_mv', measured)} at {_show('peak_ms', measured)}"
    # A spike that a later pulse starts must not be put down to the first one.
    starts_ms = sorted(stimulus.start_ms for stimulus in trace.stimuli if stimulus.size)
    before_ms = [t for t in starts_ms[1:] if t < measured.get("upstroke_ms", 0.0)]
    rises = f"rises after the pulse at {before_ms[-1]:g} ms" if before_ms else "rises"
    return [f"{rises} {peak}", *_after_peak(measured)]


def _after_peak(measured: dict[str, float]) -> list[str]:
    """The way back: past rest and below it, just to rest, or not at all."""
    end = f"{_show('end_mv', measured)} when the run ends at {measured['end_ms']:g} ms"
    if "recross_ms" in measured:
        parts = [f"falls back past rest at {_show('recross_ms', measured)}"]
        if "undershoot_mv" not in measured:
            return [*parts, f"is still falling at {end}"]
        if measured["undershoot_mv"] < measured["rest_mv"] - _DIP_MV:
            return [*parts, f"undershoots to {_show('undershoot_mv', measured)}"]
        return [f"falls back to rest at {_show('recross_ms', measured)} without an undershoot"]
    if measured["end_mv"] - measured["rest_mv"] <= _REST_MV:
        return ["falls back to rest without an undershoot"]
    return [f"does not come back to rest: it is still at {end}"]


def _several_spikes(trace: Trace, measured: dict[str, float]) -> str:
    from simulator.measurements import find_spikes, summit

    spikes = find_spikes(trace)
    last_ms, last_mv = summit(trace.voltage_mv, spikes[-1].peak, trace.dt_ms)
    text = (
        f"fires {len(spikes)} spikes, the first with a peak of {_show('peak_mv', measured)} at "
        f"{_show('peak_ms', measured)}, the last with {_number(last_mv, 1, signed=True)} mV at "
        f"{_number(last_ms, 2)} ms"
    )
    if measured.get("undershoot_mv", 0.0) < measured["rest_mv"] - _DIP_MV:
        text += f"; after the first it undershoots to {_show('undershoot_mv', measured)}"
    return text


def _first_stimulus(trace: Trace) -> Stimulus | None:
    """The first stimulus, unless it cannot show in the run."""
    stimuli = [stimulus for stimulus in trace.stimuli if stimulus.start_ms < trace.duration_ms]
    if not any(stimulus.size for stimulus in stimuli):
        return None
    return min(stimuli, key=lambda stimulus: stimulus.start_ms)


def _show(name: str, measured: dict[str, float]) -> str:
    """A measurement with its unit, and with its sign if it is a potential."""
    from simulator.measurements import MEASUREMENTS

    unit, decimals = MEASUREMENTS[name].unit, MEASUREMENTS[name].decimals
    return f"{_number(measured[name], decimals, signed=unit == 'mV')} {unit}"


def _number(value: float, decimals: int, *, signed: bool = False) -> str:
    # Adding zero turns a negative zero, which would print its sign, into a positive one.
    rounded = round(value, decimals) + 0.0
    return f"{rounded:+.{decimals}f}" if signed else f"{rounded:.{decimals}f}"


def _list(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
