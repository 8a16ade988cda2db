"""Measurements: named numbers of a trace."""

from __future__ import annotations

from array import array
from math import inf
from typing import NamedTuple

from simulator.ions import NA_PER_CYCLE, ions_pmol_cm2
from simulator.quantity import checked
from simulator.recording import Recording
from simulator.trace import Trace

#: A spike passes this potential on the way up, and has an upstroke.
SPIKE_MV = -20.0
#: The upstroke begins where the ionic current alone charges the membrane this fast.
UPSTROKE_V_S = 10.0
#: A spike that ends less than this below rest has no undershoot: two cells of the rate table,
#: which moves a resting potential by as much as half a cell.
UNDERSHOOT_MV = 0.1
#: Where a curve bends this much more than on both sides together, it has a corner.
CORNER = 2.0


class Measurement(NamedTuple):
    """What a measurement means, its unit and the decimals it is shown with."""

    meaning: str
    unit: str
    decimals: int


#: The measurements that a trace can have; those after `end_mv` need a spike, and are of the
#: first one, or of all of them.
MEASUREMENTS: dict[str, Measurement] = {
    "rest_mv": Measurement("resting potential", "mV", 1),
    "stimulus_ms": Measurement("onset of the first pulse", "ms", 2),
    "stimulus_end_ms": Measurement("end of the first pulse", "ms", 2),
    "stimulus_end_mv": Measurement("potential at the end of the first pulse", "mV", 1),
    "spike_count": Measurement("number of spikes", "", 0),
    "peak_mv": Measurement("most positive potential", "mV", 1),
    "peak_ms": Measurement("time of the peak", "ms", 2),
    "end_ms": Measurement("end of the run", "ms", 2),
    "end_mv": Measurement("potential at the end", "mV", 1),
    "upstroke_mv": Measurement("potential where the upstroke begins", "mV", 1),
    "upstroke_ms": Measurement("start of the upstroke", "ms", 2),
    "max_dvdt_v_s": Measurement("steepest rise", "V/s", 0),
    "max_dvdt_ms": Measurement("time of the steepest rise", "ms", 2),
    "half_width_ms": Measurement("half-width of the spike", "ms", 2),
    "recross_ms": Measurement("first return to rest", "ms", 2),
    "undershoot_mv": Measurement("bottom of the undershoot", "mV", 1),
    "undershoot_ms": Measurement("time of the undershoot", "ms", 2),
    "settled_ms": Measurement("within 1 mV of rest from", "ms", 2),
    "rate_hz": Measurement("mean rate of the spikes", "Hz", 0),
    "last_peak_mv": Measurement("peak of the last spike", "mV", 1),
    "last_peak_ms": Measurement("time of the last peak", "ms", 2),
}

#: What the whole run moves, over what flows at rest in the same time: see `measure_ions`.
ION_MEASUREMENTS: dict[str, Measurement] = {
    "na_in_pmol_cm2": Measurement("Na that came in through channels", "pmol/cm2", 2),
    "k_out_pmol_cm2": Measurement("K that left through channels", "pmol/cm2", 2),
    "pump_na_pmol_cm2": Measurement("Na that the pump took out in the whole run", "pmol/cm2", 3),
    "least_na_pmol_cm2": Measurement(
        "charge that the rise from rest to peak needs, as ions", "pmol/cm2", 2
    ),
    "na_excess": Measurement("Na that came in, in multiples of the least that is needed", "", 1),
}


class Spike(NamedTuple):
    """Samples of a spike: where its upstroke begins, its peak, and where the next one may be."""

    upstroke: int
    peak: int
    end: int


def find_spikes(trace: Recording) -> list[Spike]:
    """The spikes of `trace`, in order: upward crossings of `SPIKE_MV` that have an upstroke.

    A pulse strong enough to lift the potential past `SPIKE_MV` on its own makes no spike. Under
    a current that has long been steady, which would hide an upstroke of the ionic current, the
    potential itself must speed up as much, against the slowest it was since it last fell or the
    current changed.
    """
    v = trace.voltage_mv
    crossings = [i for i in range(1, len(v)) if v[i - 1] < SPIKE_MV <= v[i]]
    if not crossings:
        return []  # Half the runs of a threshold search: they need no column.
    speed = trace.column("dvdt_v_s")
    spikes = []
    for crossing, end in zip(crossings, [*crossings[1:], len(v)], strict=False):
        peak = _top(v, crossing, end)
        upstroke = crossing
        while upstroke < peak and speed[upstroke] < UPSTROKE_V_S:
            upstroke += 1
        if upstroke < peak:
            while upstroke > 0 and speed[upstroke - 1] >= UPSTROKE_V_S:
                upstroke -= 1
            spikes.append(Spike(upstroke, peak, end))
        elif isinstance(trace, Trace) and (steady := trace.steady_from(crossing - 1)) is not None:
            sped_up = _speeds_up(v, steady, crossing - 1, peak, trace.dt_ms)
            if sped_up is not None:
                spikes.append(Spike(sped_up, peak, end))
    return spikes


def measure(trace: Recording) -> dict[str, float]:
    """The measurements that `trace` has, by the names of `MEASUREMENTS`.

    It may be a run of a patch, or what a probe in a cable has recorded, which has no numbers of
    a stimulus. Where there is no spike, `peak_mv` and `peak_ms` are of the largest response and
    the spike's own measurements are missing; a landmark that the run does not reach is missing.

    Raises:
        ValueError: `trace` is something else.
    """
    if not isinstance(trace, Recording) or "dvdt_v_s" not in trace.columns:
        raise ValueError(
            f"trace is {type(trace).__name__}, but must be a trace of a patch, or what a probe "
            "recorded in a cable: trace.probe(x_mm)"
        )
    v = trace.voltage_mv
    found = {"rest_mv": v[0], "end_ms": trace.duration_ms, "end_mv": v[-1]}
    if isinstance(trace, Trace) and trace.stimuli:
        first = min(trace.stimuli, key=lambda pulse: pulse.start_ms)
        if first.start_ms <= trace.duration_ms:
            found["stimulus_ms"] = first.start_ms
        if first.end_ms <= trace.duration_ms:
            found["stimulus_end_ms"] = first.end_ms
            found["stimulus_end_mv"] = trace.at("voltage_mv", first.end_ms)
    spikes = find_spikes(trace)
    found["spike_count"] = float(len(spikes))
    if spikes:
        found |= _of_spike(trace, spikes[0])
        if len(spikes) > 1:
            last_ms, last_mv = summit(v, spikes[-1].peak, trace.dt_ms)
            found["last_peak_ms"], found["last_peak_mv"] = last_ms, last_mv
            found["rate_hz"] = 1000.0 * (len(spikes) - 1) / (last_ms - found["peak_ms"])
    else:
        found["peak_ms"], found["peak_mv"] = summit(v, _top(v, 0, len(v)), trace.dt_ms)
    return {name: found[name] for name in MEASUREMENTS if name in found}


def measure_ions(trace: Trace) -> dict[str, float]:
    """The `ION_MEASUREMENTS` of `trace`; they need the currents, so they take longer.

    Leak channels are left out: what they pass is not told apart by ion.

    Raises:
        TypeError: `trace` is not a trace of a patch.
    """
    checked("trace", trace, Trace, "a trace of a patch, as run(...) returns")
    end_ms = trace.duration_ms

    def beyond_rest(current: str) -> float:
        at_rest_nc_cm2 = trace.column(current)[0] * end_ms
        return trace.moved_pmol_cm2(current, 0.0, end_ms) - ions_pmol_cm2(at_rest_nc_cm2 / 1000.0)

    rise_v = (max(trace.voltage_mv) - trace.voltage_mv[0]) / 1000.0
    least = ions_pmol_cm2(trace.preparation.capacitance_uf_cm2 * rise_v)
    na_in = -beyond_rest("i_na")
    found = {
        "na_in_pmol_cm2": na_in,
        "k_out_pmol_cm2": beyond_rest("i_k"),
        "pump_na_pmol_cm2": NA_PER_CYCLE * trace.moved_pmol_cm2("i_pump", 0.0, end_ms),
        "least_na_pmol_cm2": least,
    }
    if least > 0.0:
        found["na_excess"] = na_in / least
    return found


def _of_spike(trace: Recording, spike: Spike) -> dict[str, float]:
    v, dt, rest = trace.voltage_mv, trace.dt_ms, trace.voltage_mv[0]
    speed = trace.column("dvdt_v_s")
    found: dict[str, float] = {}
    found["peak_ms"], found["peak_mv"] = summit(v, spike.peak, dt)
    if spike.upstroke > 0:
        first = spike.upstroke
        passes = speed[first - 1] < UPSTROKE_V_S <= speed[first]
        place = _crossing(speed, first - 1, UPSTROKE_V_S) if passes else float(first)
        found["upstroke_ms"] = place * dt
        found["upstroke_mv"] = trace.at("voltage_mv", found["upstroke_ms"])
    steepest = _top(speed, spike.upstroke, spike.peak + 1)
    found["max_dvdt_ms"], found["max_dvdt_v_s"] = summit(speed, steepest, dt)
    half = (rest + found["peak_mv"]) / 2.0
    rise = next((i for i in range(spike.peak, -1, -1) if v[i] < half), None)
    fall = _first_below(v, spike, half)
    if rise is not None and fall is not None:
        found["half_width_ms"] = (_crossing(v, fall - 1, half) - _crossing(v, rise, half)) * dt
    lowest = min(range(spike.peak, spike.end), key=v.__getitem__)
    back = _first_below(v, spike, rest)
    if back is not None and v[lowest] < rest - UNDERSHOOT_MV:
        found["recross_ms"] = _crossing(v, back - 1, rest) * dt
        if lowest < len(v) - 1:
            found["undershoot_ms"], found["undershoot_mv"] = summit(v, lowest, dt)
    settled = len(v)
    while settled > 0 and abs(v[settled - 1] - rest) <= 1.0:
        settled -= 1
    if 0 < settled < len(v):
        found["settled_ms"] = settled * dt
    return found


def _speeds_up(v: array[float], steady: int, crossing: int, end: int, dt_ms: float) -> int | None:
    """From where on the potential rises faster, by `UPSTROKE_V_S`, than before.

    Looked for from `crossing` on, against the slowest it moved upward since `steady`: 0 where
    it fell.
    """
    slowest, i = inf, crossing
    while i > steady and slowest > 0.0:
        i -= 1
        slowest = max(0.0, min(slowest, (v[i + 1] - v[i]) / dt_ms))
    for i in range(crossing, end):
        speed = (v[i + 1] - v[i]) / dt_ms
        slowest = max(0.0, min(slowest, speed))
        if speed - slowest >= UPSTROKE_V_S:
            while i > steady and (v[i] - v[i - 1]) / dt_ms - slowest >= UPSTROKE_V_S:
                i -= 1
            return i
    return None


def _top(values: array[float], start: int, end: int) -> int:
    return max(range(start, end), key=values.__getitem__)


def summit(values: array[float], i: int, dt_ms: float) -> tuple[float, float]:
    """Time in ms and value of the extremum near sample `i`, by a parabola through three.

    A corner, where a strong pulse ends, is taken as it is: the curve bends there far more than
    on either side, and a parabola would overshoot it.
    """
    if not 1 < i < len(values) - 2:
        return i * dt_ms, values[i]
    bends = [values[k - 1] - 2.0 * values[k] + values[k + 1] for k in (i - 1, i, i + 1)]
    before, here, after = values[i - 1], values[i], values[i + 1]
    bend = bends[1]
    if bend == 0.0 or abs(bend) > CORNER * (abs(bends[0]) + abs(bends[2])):
        return i * dt_ms, here
    shift = (before - after) / (2.0 * bend)
    if abs(shift) > 1.0:
        return i * dt_ms, here
    return (i + shift) * dt_ms, here - (before - after) * shift / 4.0


def _crossing(values: array[float], i: int, level: float) -> float:
    """Place between samples `i` and `i + 1` where the straight line passes `level`."""
    return i + (level - values[i]) / (values[i + 1] - values[i])


def _first_below(values: array[float], spike: Spike, level: float) -> int | None:
    return next((i for i in range(spike.peak, spike.end) if values[i] < level), None)
