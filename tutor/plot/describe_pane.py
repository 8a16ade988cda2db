"""Panes in words: what the curves, bars and maps below the voltage show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor.course.names import columns_of
from tutor.plot.describe import value_text
from tutor.plot.describe_run import describe_run
from tutor.words import traces as words

if TYPE_CHECKING:
    from tutor.course.scenario import MeasuredRun


def describe_gates(run: MeasuredRun) -> str:
    """The states of the Na channels at the start, at the most open, and at the end."""
    trace = run.trace
    opened = trace.column("na_open")
    most = max(range(len(opened)), key=opened.__getitem__)
    times = (
        (words.AT_START, 0),
        (words.AT_TIME.format(time_ms=most * trace.dt_ms), most),
        (words.AT_END.format(time_ms=trace.duration_ms), len(trace) - 1),
    )
    told = [
        words.STATES.format(
            when=when,
            closed=trace.column("na_closed")[sample],
            open=opened[sample],
            inactivated=trace.column("na_inactivated")[sample],
        )
        for when, sample in times
    ]
    return words.GATES.format(times="; ".join(told))


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
        return words.CURVE_STAYS.format(title=title, value=_said(name, first, column.unit))
    text = words.CURVE_AND_BACK if far < len(values) - 1 else words.CURVE
    return text.format(
        title=title,
        first=_said(name, first, column.unit),
        farthest=_said(name, values[far], column.unit),
        time_ms=far * trace.dt_ms,
        last=_said(name, last, column.unit),
    )


def _said(name: str, value: float, unit: str) -> str:
    return f"{value_text(name, value)} {unit}".rstrip()


def describe_fluxes(run: MeasuredRun, columns: Sequence[str]) -> str:
    """What crosses at the end of the run, by which way, in which direction."""
    trace = run.trace
    told = []
    for name in columns:
        value = trace.column(name)[-1]
        way, ion = name.split("_")
        by = words.BY_PUMP if way == "pump" else words.THROUGH_CHANNELS
        said = words.OUTWARD if value > 0.0 else words.INWARD
        if abs(value) < 0.005:
            said = words.NO_FLUX
        told.append(said.format(who=by.format(ion=ion.capitalize()), flux=abs(value)))
    return words.FLUXES.format(fluxes=", ".join(told))


def describe_along(run: MeasuredRun) -> str:
    """What comes by where and when; where nothing travels, how high each place gets."""
    if run.measurements.get("waves"):
        return describe_run(run)
    told = []
    for watched in run.recordings:
        v = watched.recording.voltage_mv
        most = max(range(len(v)), key=v.__getitem__)
        when = most * watched.recording.dt_ms
        told.append(
            words.PLACE.format(place=watched.label, start_mv=v[0], peak_mv=v[most], time_ms=when)
        )
    return words.ALONG.format(places="; ".join(told))
