"""Whole runs in words: a sentence or two on what travels, opens, leaks or is counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tutor.plot.axes import round_up
from tutor.plot.describe import describe

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
    return f"Every {step_ms:g} ms from 0 to {times[-1]:g} ms, in mV: {values}."


def _clamped(run: MeasuredRun) -> str:
    m, clamp = run.measurements, run.scenario.clamp
    level = clamp[1] if len(clamp) > 1 and clamp[0].from_ms == 0 else clamp[0]
    text = f"The potential is held at {level.level_mv:g} mV from {level.from_ms:g} ms on"
    if "inward_ua_cm2" in m:
        text += (
            f"; the current is most inward, {m['inward_ua_cm2']:+.1f} uA/cm2, at "
            f"{m['inward_ms']:.2f} ms"
        )
    if "final_ua_cm2" in m:
        text += f"; at the end of the step it is {m['final_ua_cm2']:+.1f} uA/cm2"
    return f"{text}."


def _along(run: MeasuredRun) -> str:
    m = run.measurements
    waves = int(m["waves"])
    lead = f"The membrane rests at {m['rest_mv']:+.1f} mV. "
    if waves == 0:
        text = f"No spike travels; at {run.recordings[0].label} the potential gets to "
        return f"{lead}{text}{m['peak_mv']:+.1f} mV."
    lead += f"{waves} spike{' travels' if waves == 1 else 's travel'}"
    if "velocity_m_s" in m:
        lead += f" at {m['velocity_m_s']:.1f} m/s"
    return f"{lead}: {_passed(run)}."


def _passed(run: MeasuredRun) -> str:
    """Where a spike comes by, and when."""
    m, told = run.measurements, []
    for number, watched in enumerate(run.recordings, 1):
        arrival_ms = m.get(f"arrival_{number}_ms")
        if arrival_ms is None:
            told.append(f"none comes to {watched.label}")
        else:
            peak_mv = m[f"peak_{number}_mv"]
            who = "it" if m["waves"] == 1 else "the first"
            told.append(
                f"{who} passes {watched.label} at {arrival_ms:.2f} ms, up to {peak_mv:+.1f} mV"
            )
    return "; ".join(told)


def _cell(run: MeasuredRun) -> str:
    m = run.measurements
    lead = f"The soma rests at {m['rest_mv']:+.1f} mV. "
    if "start_um" in m:
        where = f"{m['start_um']:.0f} um along the axon" if m["start_um"] else "in the soma"
        parts = [f"The cell fires: the spike begins {where}"]
        for name, place in (
            ("trigger_ms", "the trigger zone"),
            ("soma_ms", "the soma"),
            ("axon_ms", "the end of the axon"),
        ):
            if name in m:
                parts.append(f"comes to {place} at {m[name]:.2f} ms")
        return f"{lead}{', '.join(parts)}."
    if "soma_psp_mv" in m:
        text = (
            f"The postsynaptic potential is {m['synapse_psp_mv']:+.2f} mV at the synapse and "
            f"{m['soma_psp_mv']:+.2f} mV in the soma"
        )
        if "reaching_share" in m:
            text += f", {m['reaching_share']:.0%} of it"
        return f"{lead}{text}; the cell does not fire."
    return f"{lead}It gets to {m['peak_mv']:+.1f} mV at {m['peak_ms']:.2f} ms and does not fire."


def _bench(run: MeasuredRun) -> str:
    m = run.measurements
    start_mv, end_mv = m["start_mv"], m["end_mv"]
    if abs(end_mv - start_mv) < _STAYED_MV:
        text = f"The membrane rests at {start_mv:+.1f} mV and stays there"
    else:
        text = f"The membrane goes from {start_mv:+.1f} mV to {end_mv:+.1f} mV"
        if abs(m["rest_mv"] - end_mv) >= _STAYED_MV:
            text += f", on its way to {m['rest_mv']:+.1f} mV"
    return f"{text}; E_K is {m['e_k_mv']:+.1f} mV, E_Na {m['e_na_mv']:+.1f} mV."


def _counted(run: MeasuredRun) -> str:
    m = run.measurements
    pulses, fired = m["pulses"], m["spikes_fired"]
    train = f"{fired:.0f} of {pulses:.0f} pulses fire" if pulses else "No pulse is given"
    text = (
        f"{train} in {m['end_ms'] / 1000.0:g} s. Na inside goes to {m['na_in_mm']:.2f} mM, "
        f"K inside to {m['k_in_mm']:.2f} mM"
    )
    if "rest_shift_mv" in m:
        text += f", and the rest moves by {m['rest_shift_mv']:+.1f} mV"
    return f"{text}; {m['atp_pmol_cm2']:.1f} pmol/cm2 of ATP are used."


_TELLERS: dict[str, Callable[[MeasuredRun], str]] = {
    "axon": _along,
    "myelinated": _along,
    "dendrite": _cell,
    "resting": _bench,
    "accounting": _counted,
}
