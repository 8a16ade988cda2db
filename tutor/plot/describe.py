"""Traces in words: a sentence for who cannot see the plot, and how single values are written."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import TYPE_CHECKING, NamedTuple

from tutor.words import common
from tutor.words import traces as words

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
    signed: bool


#: Of every column of every recording the decimals of its values, and whether they carry their
#: sign: potentials, currents, fluxes and rates do.
_WRITTEN = {
    "time_ms": (2, False),
    "voltage_mv": (1, True),
    "stimulus_ua_cm2": (1, True),
    "m": (3, False),
    "h": (3, False),
    "n": (3, False),
    "na_available": (3, False),
    "na_open": (3, False),
    "na_inactivated": (3, False),
    "na_closed": (3, False),
    "na_blocked": (3, False),
    "lidocaine": (3, False),
    "g_na": (2, False),
    "g_k": (2, False),
    "i_na": (1, True),
    "i_k": (1, True),
    "i_leak": (2, True),
    "i_pump": (2, True),
    "i_ion": (1, True),
    "driving_na_mv": (1, True),
    "driving_k_mv": (1, True),
    "dvdt_v_s": (1, True),
    "clamp_ua_cm2": (1, True),
    "i_passive": (2, True),
    "i_axial": (1, True),
    "tip_mv": (1, True),
    "synapse_mv": (1, True),
    "trigger_mv": (1, True),
    "axon_mv": (1, True),
    "g_excitatory_ns": (2, False),
    "g_inhibitory_ns": (2, False),
    "i_excitatory_na": (3, True),
    "i_inhibitory_na": (3, True),
    "e_na_mv": (1, True),
    "e_k_mv": (1, True),
    "e_cl_mv": (1, True),
    "flux_na": (2, True),
    "flux_k": (2, True),
    "flux_cl": (2, True),
    "pump_na": (2, True),
    "pump_k": (2, True),
    "i_cl": (3, True),
    "na_in_mm": (2, False),
    "k_in_mm": (2, False),
    "na_out_mm": (2, False),
    "k_out_mm": (2, False),
    "pump_na_pmol_cm2_s": (2, False),
    "atp_pmol_cm2": (1, False),
}
#: Their symbols; the recordings have the units.
SYMBOLS = {
    column: Symbol(words.SYMBOLS[column], decimals, signed)
    for column, (decimals, signed) in _WRITTEN.items()
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
    return words.POTENTIAL.format(does=_list(parts))


def _outline(trace: Recording) -> str:
    v = trace.voltage_mv
    top = max(range(len(v)), key=v.__getitem__)
    parts = [words.BEGINS.format(potential=_mv(v[0]))]
    if v[top] > max(v[0], v[-1]) + _REST_MV:
        parts.append(words.GETS_UP.format(potential=_mv(v[top]), time=_ms(top * trace.dt_ms)))
    parts.append(words.ENDS.format(potential=_mv(v[-1]), time=f"{trace.duration_ms:g} ms"))
    return words.POTENTIAL.format(does=_list(parts))


def _start(trace: Trace, measured: dict[str, float]) -> list[str]:
    """Rest, and what the first pulse does to it."""
    rest_mv = _show("rest_mv", measured)
    rest = words.RESTS.format(potential=rest_mv)
    first = _first_stimulus(trace)
    if first is None:
        return [words.RESTS_ALONE.format(potential=rest_mv)]
    cause = (words.CAUSE if isinf(first.end_ms) else words.CAUSE_LASTING).format(
        lasts=f"{first.end_ms - first.start_ms:g} ms",
        word=first.word,
        time=f"{first.start_ms:g} ms",
    )
    if len(trace.stimuli) > 1:
        cause = words.FIRST_OF.format(cause=cause, count=len(trace.stimuli))
    if measured["spike_count"] > 0:
        upstroke_ms = measured.get("upstroke_ms", 0.0)
        if upstroke_ms < first.start_ms:
            return [rest]
        if upstroke_ms < first.end_ms and "upstroke_mv" in measured:
            upstroke_mv = _show("upstroke_mv", measured)
            return [rest, words.DRIVEN.format(potential=upstroke_mv, cause=cause)]
    if "stimulus_end_mv" not in measured:
        return [rest, words.OUTLASTED.format(cause=cause)]
    pushed_mv = _show("stimulus_end_mv", measured)
    return [rest, words.PUSHED.format(potential=pushed_mv, cause=cause)]


def _no_spike(trace: Trace, measured: dict[str, float]) -> list[str]:
    end_mv, end_ms = _show("end_mv", measured), f"{measured['end_ms']:g} ms"
    if _first_stimulus(trace) is None:
        if abs(measured["end_mv"] - measured["rest_mv"]) <= _REST_MV:
            return [words.STAYS.format(time=end_ms)]
        return [words.DRIFTS.format(potential=end_mv, time=end_ms)]
    parts = [words.NO_SPIKE, words.ENDS.format(potential=end_mv, time=end_ms)]
    pushed_mv = max(measured.get("stimulus_end_mv", measured["peak_mv"]), measured["rest_mv"])
    if measured["peak_mv"] > pushed_mv + _REST_MV:
        peak_mv, peak_ms = _show("peak_mv", measured), _show("peak_ms", measured)
        return [words.COMES_UP.format(potential=peak_mv, time=peak_ms), *parts]
    return parts


def _one_spike(trace: Trace, measured: dict[str, float]) -> list[str]:
    # A spike that a later pulse starts must not be put down to the first one.
    starts_ms = sorted(stimulus.start_ms for stimulus in trace.stimuli if stimulus.size)
    before_ms = [t for t in starts_ms[1:] if t < measured.get("upstroke_ms", 0.0)]
    peak = (words.PEAK_AFTER_PULSE if before_ms else words.PEAK).format(
        pulse=f"{before_ms[-1]:g} ms" if before_ms else "",
        potential=_show("peak_mv", measured),
        time=_show("peak_ms", measured),
    )
    return [peak, *_after_peak(measured)]


def _after_peak(measured: dict[str, float]) -> list[str]:
    """The way back: past rest and below it, just to rest, or not at all."""
    end_mv, end_ms = _show("end_mv", measured), f"{measured['end_ms']:g} ms"
    if "recross_ms" in measured:
        recross_ms = _show("recross_ms", measured)
        past = words.FALLS_PAST_REST.format(time=recross_ms)
        if "undershoot_mv" not in measured:
            return [past, words.STILL_FALLING.format(potential=end_mv, time=end_ms)]
        if measured["undershoot_mv"] < measured["rest_mv"] - _DIP_MV:
            undershoot_mv = _show("undershoot_mv", measured)
            return [past, words.UNDERSHOOTS.format(potential=undershoot_mv)]
        return [words.TO_REST_AT.format(time=recross_ms)]
    if measured["end_mv"] - measured["rest_mv"] <= _REST_MV:
        return [words.TO_REST]
    return [words.NOT_TO_REST.format(potential=end_mv, time=end_ms)]


def _several_spikes(trace: Trace, measured: dict[str, float]) -> str:
    from simulator.measurements import find_spikes, summit

    spikes = find_spikes(trace)
    last_ms, last_mv = summit(trace.voltage_mv, spikes[-1].peak, trace.dt_ms)
    text = words.SPIKES.format(
        count=len(spikes),
        potential=_show("peak_mv", measured),
        time=_show("peak_ms", measured),
        last_potential=_mv(last_mv),
        last_time=_ms(last_ms),
    )
    if measured.get("undershoot_mv", 0.0) < measured["rest_mv"] - _DIP_MV:
        undershoot_mv = _show("undershoot_mv", measured)
        text = words.SPIKES_UNDERSHOOT.format(spikes=text, potential=undershoot_mv)
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


def _mv(value: float) -> str:
    return f"{_number(value, 1, signed=True)} mV"


def _ms(value: float) -> str:
    return f"{_number(value, 2)} ms"


def _number(value: float, decimals: int, *, signed: bool = False) -> str:
    # Adding zero turns a negative zero, which would print its sign, into a positive one.
    rounded = round(value, decimals) + 0.0
    return f"{rounded:+.{decimals}f}" if signed else f"{rounded:.{decimals}f}"


def _list(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return common.AND.join([", ".join(parts[:-1]), parts[-1]])
