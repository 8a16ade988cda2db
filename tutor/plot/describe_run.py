"""Whole runs in words: a sentence or two on what travels, opens, leaks or is counted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from tutor.plot.axes import round_up
from tutor.plot.describe import describe
from tutor.words import plural
from tutor.words import traces as words

if TYPE_CHECKING:
    from tutor.course.scenario import MeasuredRun

#: So many readings of a curve are read out at most.
MOST_READINGS = 40
#: A rest that moves by less has stayed.
_STAYED_MV = 0.05


def describe_run(run: MeasuredRun) -> str:
    """One sentence or two that tell what happens in `run`, with its measurements."""
    tell = _TELLERS.get(run.scenario.preparation)
    if tell is not None:
        return tell(run)
    return _clamped(run) if run.scenario.clamp else describe(run.trace)


def readings(run: MeasuredRun) -> str:
    """The potential at even times, which says what the curve shows and draws no conclusion."""
    trace = run.trace
    step_ms = round_up(trace.duration_ms / MOST_READINGS)
    times = [step_ms * i for i in range(int(trace.duration_ms / step_ms + 1e-9) + 1)]
    values = ", ".join(f"{trace.at('voltage_mv', t):.0f}" for t in times)
    return words.EVERY.format(step_ms=step_ms, end_ms=times[-1], values=values)


def _clamped(run: MeasuredRun) -> str:
    m, clamp = run.measurements, run.scenario.clamp
    level = clamp[1] if len(clamp) > 1 and clamp[0].from_ms == 0 else clamp[0]
    text = words.HELD.format(level_mv=level.level_mv, from_ms=level.from_ms)
    if "inward_ua_cm2" in m:
        text += words.HELD_INWARD.format(current=m["inward_ua_cm2"], time_ms=m["inward_ms"])
    if "final_ua_cm2" in m:
        text += words.HELD_FINAL.format(current=m["final_ua_cm2"])
    return f"{text}."


def _along(run: MeasuredRun) -> str:
    m = run.measurements
    waves = int(m["waves"])
    lead = words.AT_REST.format(rest_mv=m["rest_mv"])
    if waves == 0:
        place = run.recordings[0].label
        return f"{lead} {words.NOTHING_TRAVELS.format(place=place, peak_mv=m['peak_mv'])}"
    said = plural(waves, *(words.TRAVELS_AT if "velocity_m_s" in m else words.TRAVELS))
    told = said.format(count=waves, velocity_m_s=m.get("velocity_m_s", 0.0), passes=_passed(run))
    return f"{lead} {told}"


def _passed(run: MeasuredRun) -> str:
    """Where a spike comes by, and when."""
    m = run.measurements
    told: list[tuple[float, str]] = []
    for number, watched in enumerate(run.recordings, 1):
        arrival_ms = m.get(f"arrival_{number}_ms")
        if arrival_ms is None:
            told.append((math.inf, words.NONE_COMES.format(place=watched.label)))
        else:
            said = words.IT_PASSES if m["waves"] == 1 else words.FIRST_PASSES
            peak_mv = m[f"peak_{number}_mv"]
            passes = said.format(place=watched.label, time_ms=arrival_ms, peak_mv=peak_mv)
            told.append((arrival_ms, passes))
    return "; ".join(said for _, said in sorted(told))  # In the order of time.


def _cell(run: MeasuredRun) -> str:
    m = run.measurements
    lead = words.SOMA_AT_REST.format(rest_mv=m["rest_mv"])
    if "start_um" in m:
        begins = words.BEGINS_IN_AXON if m["start_um"] else words.BEGINS_IN_SOMA
        parts = [begins.format(start_um=m["start_um"])]
        for name, comes in (
            ("trigger_ms", words.COMES_TO_TRIGGER),
            ("soma_ms", words.COMES_TO_SOMA),
            ("axon_ms", words.COMES_TO_AXON_END),
        ):
            if name in m:
                parts.append(comes.format(time_ms=m[name]))
        return f"{lead} {', '.join(parts)}."
    if "soma_psp_mv" in m:
        said = words.POSTSYNAPTIC_SHARE if "reaching_share" in m else words.POSTSYNAPTIC
        told = said.format(
            synapse_mv=m["synapse_psp_mv"],
            soma_mv=m["soma_psp_mv"],
            share=m.get("reaching_share", 0.0),
        )
        return f"{lead} {told}"
    if abs(m["peak_mv"] - m["rest_mv"]) < _STAYED_MV:
        return f"{lead} {words.DOES_NOT_MOVE}"
    quiet = words.DOES_NOT_FIRE.format(peak_mv=m["peak_mv"], peak_ms=m["peak_ms"])
    return f"{lead} {quiet}"


def _bench(run: MeasuredRun) -> str:
    m = run.measurements
    start_mv, end_mv = m["start_mv"], m["end_mv"]
    if abs(end_mv - start_mv) < _STAYED_MV:
        said = words.BENCH_STAYS
    elif abs(m["rest_mv"] - end_mv) < _STAYED_MV:
        said = words.BENCH_GOES
    else:
        said = words.BENCH_ON_ITS_WAY
    does = said.format(start_mv=start_mv, end_mv=end_mv, rest_mv=m["rest_mv"])
    return words.BENCH.format(does=does, e_k_mv=m["e_k_mv"], e_na_mv=m["e_na_mv"])


def _counted(run: MeasuredRun) -> str:
    m = run.measurements
    pulses, fired = m["pulses"], m["spikes_fired"]
    ions = (words.IONS_AND_REST if "rest_shift_mv" in m else words.IONS).format(
        na_mm=m["na_in_mm"], k_mm=m["k_in_mm"], shift_mv=m.get("rest_shift_mv", 0.0)
    )
    return words.COUNTED.format(
        train=(words.PULSES_FIRE if pulses else words.NO_PULSE).format(fired=fired, pulses=pulses),
        seconds=m["end_ms"] / 1000.0,
        ions=ions,
        atp=m["atp_pmol_cm2"],
    )


_TELLERS: dict[str, Callable[[MeasuredRun], str]] = {
    "axon": _along,
    "myelinated": _along,
    "dendrite": _cell,
    "resting": _bench,
    "accounting": _counted,
}
