"""Cables in space and time: the potential along them at a moment, and as a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simulator import SpaceTimeTrace
from tutor.course.scenario import MeasuredRun
from tutor.plot.figure import Axis, Heat, Level, Plot, Series
from tutor.session.drawn import DrawnRun
from tutor.session.picture import GLYPHS, GUTTER, voltage_range
from tutor.words import run as words

#: A map has about so many rows of values; no terminal shows more.
MAP_ROWS = 150


def moment_ms(run: MeasuredRun) -> float:
    """When there is most to see along a cable: at the highest potential half way along it."""
    trace = _trace(run)
    middle = trace.voltage_mv[:, len(trace.x_mm) // 2]
    return float(np.argmax(middle)) * trace.dt_ms


def profile(drawn: Sequence[DrawnRun], title: str, now_ms: float | None) -> Plot:
    """The potential along the cables at `now_ms`, the watched places of the last one marked."""
    cables = [shown for shown in drawn if shown.run.space_time is not None]
    main = cables[-1].run
    time_ms = moment_ms(main) if now_ms is None else now_ms
    several = len(cables) > 1
    series = tuple(
        Series(
            _trace(shown.run).x_mm.tolist(),
            _at(shown.run, time_ms),
            GLYPHS[shown.role],
            shown.role,
            shown.label if several else "",
        )
        for shown in cables
    )
    trace = _trace(main)
    return Plot(
        series=series,
        x=_place_axis(trace),
        y=Axis(
            *voltage_range(cables, _extremes(cables)),
            "mV",
            words.AT_TIME.format(title=title, time_ms=time_ms),
        ),
        levels=(Level(main.measurements["rest_mv"], words.LEVELS["rest_mv"]),),
        marks=tuple(_marks(main, time_ms)),
        least_gutter=GUTTER,
        legend=several,
    )


def heat_map(shown: DrawnRun, title: str, cursor: float | None, drawn_until: float | None) -> Plot:
    """The potential at every place and time: across the cable, time downwards."""
    trace = _trace(shown.run)
    v = trace.voltage_mv
    starts = np.linspace(0, len(v), min(MAP_ROWS, len(v)), endpoint=False).astype(int)
    rows = np.maximum.reduceat(v, starts, axis=0)
    low, high = float(v.min()), float(v.max())
    m = shown.run.measurements
    if "velocity_m_s" in m:
        title = words.AT_VELOCITY.format(title=title, velocity_m_s=m["velocity_m_s"])
    arrivals = tuple(
        (x_mm, m[f"arrival_{number}_ms"], f"{m[f'arrival_{number}_ms']:.2f}")
        for number, x_mm in enumerate(watched_mm(shown.run), 1)
        if f"arrival_{number}_ms" in m
        and (drawn_until is None or m[f"arrival_{number}_ms"] <= drawn_until)
    )
    return Plot(
        series=(),
        x=_place_axis(trace),
        y=Axis(0.0, trace.duration_ms, "ms", title, falls=True),
        heat=Heat(rows.tolist(), low, high),
        levels=() if cursor is None else (Level(cursor, "", "cursor"),),
        marks=arrivals,
        drawn_until=drawn_until,
        least_gutter=GUTTER,
    )


def watched_mm(run: MeasuredRun) -> list[float]:
    """Where the recordings of a cable were made."""
    # The recording of a cell is that of its soma, at 0 mm.
    return [float(getattr(watched.recording, "x_mm", 0.0)) for watched in run.recordings]


def _marks(run: MeasuredRun, time_ms: float) -> Iterator[tuple[float, float, str]]:
    """The watched places on the curve of a moment."""
    for x_mm, watched in zip(watched_mm(run), run.recordings, strict=True):
        recording = watched.recording
        yield x_mm, recording.at("voltage_mv", min(time_ms, recording.duration_ms)), watched.label


def _extremes(cables: Sequence[DrawnRun]) -> list[float]:
    """The lowest and the highest potential of each, so that the axis stands still."""
    every = [_trace(shown.run).voltage_mv for shown in cables]
    return [float(v.min()) for v in every] + [float(v.max()) for v in every]


def _trace(run: MeasuredRun) -> SpaceTimeTrace:
    assert run.space_time is not None
    return run.space_time


def _at(run: MeasuredRun, time_ms: float) -> list[float]:
    trace = _trace(run)
    along: list[float] = trace.voltage_at(min(time_ms, trace.duration_ms)).tolist()
    return along


def _place_axis(trace: SpaceTimeTrace) -> Axis:
    return Axis(float(trace.x_mm[0]), float(trace.x_mm[-1]), "mm")
