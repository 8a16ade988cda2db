"""Panes in words: what the curves, bars and maps below the voltage show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor.course.names import columns_of
from tutor.plot.describe import value_text
from tutor.plot.describe_run import describe_run

if TYPE_CHECKING:
    from tutor.course.scenario import MeasuredRun


def describe_gates(run: MeasuredRun) -> str:
    """The states of the Na channels at the start, at the most open, and at the end."""
    trace = run.trace
    opened = trace.column("na_open")
    most = max(range(len(opened)), key=opened.__getitem__)
    places = [("at the start", 0), (f"at {most * trace.dt_ms:.2f} ms", most)]
    places.append((f"at the end, {trace.duration_ms:g} ms,", len(trace) - 1))
    sentences = []
    for when, sample in places:
        closed, open_now, inactivated = (
            f"{trace.column(name)[sample]:.0%}"
            for name in ("na_closed", "na_open", "na_inactivated")
        )
        sentences.append(f"{when} {closed} closed, {open_now} open, {inactivated} inactivated")
    return f"Of the Na channels: {'; '.join(sentences)}."


def describe_curves(run: MeasuredRun, columns: Sequence[str]) -> str:
    """Of each curve where it begins, its farthest value, and where it ends."""
    return " ".join(_curve(run, name) for name in columns)


def _curve(run: MeasuredRun, name: str) -> str:
    trace = run.trace
    column = columns_of(run.scenario.preparation)[name]
    values = trace.column(name)
    first, last = values[0], values[-1]
    far = max(range(len(values)), key=lambda i: abs(values[i] - first))
    title = f"{column.title[:1].upper()}{column.title[1:]}"
    if value_text(name, values[far]) == value_text(name, first):
        return f"{title} stays at {_said(name, first, column.unit)}."
    text = f"{title} begins at {_said(name, first, column.unit)}"
    if far < len(values) - 1:
        text += f", gets to {_said(name, values[far], column.unit)} at {far * trace.dt_ms:.2f} ms"
    return f"{text} and ends at {_said(name, last, column.unit)}."


def _said(name: str, value: float, unit: str) -> str:
    return f"{value_text(name, value)} {unit}".rstrip()


def describe_fluxes(run: MeasuredRun, columns: Sequence[str]) -> str:
    """What crosses at the end of the run, by which way, in which direction."""
    trace = run.trace
    told = []
    for name in columns:
        value = trace.column(name)[-1]
        way, ion = name.split("_")
        who = f"{ion.capitalize()} {'by the pump' if way == 'pump' else 'through channels'}"
        if abs(value) < 0.005:
            told.append(f"{who} none")
        else:
            told.append(f"{who} {abs(value):.2f} {'out' if value > 0.0 else 'in'}")
    return f"At the end cross, in pmol/cm2/s: {', '.join(told)}."


def describe_along(run: MeasuredRun) -> str:
    """What comes by where and when; where nothing travels, how high each place gets."""
    if run.measurements.get("waves"):
        return describe_run(run)
    told = []
    for watched in run.recordings:
        v = watched.recording.voltage_mv
        most = max(range(len(v)), key=v.__getitem__)
        when = most * watched.recording.dt_ms
        told.append(f"{watched.label} {v[0]:+.1f} mV, at most {v[most]:+.1f} mV at {when:.2f} ms")
    return f"Along the cable: {'; '.join(told)}."
