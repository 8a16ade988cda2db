"""Panes: what stands below the voltage, one at a time, and which of them a run has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from tutor.course.names import columns_of
from tutor.plot.figure import Axis, Bar, Bars, Picture, Plot, Series
from tutor.plot.raster import nice_range
from tutor.session.drawn import DrawnRun
from tutor.session.picture import GUTTER, areas_plot, curves_plot, thinned, time_axis
from tutor.words import run as words

Kind = Literal["curves", "gates", "changes", "fluxes", "along", "map"]


class Pane(msgspec.Struct, frozen=True):
    """What can stand below the voltage.

    Attributes:
        kind: How it is drawn.
        title: What it shows; empty where the names of its curves say so.
        columns: The columns of the trace that it shows.
        share: How much of the height it takes beside the voltage.
    """

    kind: Kind
    title: str
    columns: tuple[str, ...] = ()
    share: float = 1 / 3

    @property
    def moves(self) -> bool:
        """Whether it is best seen in motion."""
        return self.kind == "along"


GATES = ("na_closed", "na_open", "na_inactivated")
CONCENTRATIONS = ("na_in_mm", "k_in_mm", "na_out_mm", "k_out_mm")
#: What may be looked at besides what a question prescribes, in this order: a run has the panes of
#: which it has two columns at least.
_PANES = (
    Pane("fluxes", words.NET_FLUX, ("flux_na", "flux_k", "flux_cl", "pump_na", "pump_k"), 0.5),
    Pane("gates", words.GATES, GATES, 0.4),
    Pane("curves", words.CONDUCTANCES, ("g_na", "g_k")),
    Pane("curves", words.SYNAPTIC_CONDUCTANCES, ("g_excitatory_ns", "g_inhibitory_ns")),
    Pane("curves", words.SYNAPTIC_CURRENTS, ("i_excitatory_na", "i_inhibitory_na")),
    Pane(
        "curves",
        words.CURRENTS,
        ("i_na", "i_k", "i_cl", "i_leak", "i_passive", "i_axial", "i_pump"),
    ),
    Pane("curves", words.DRIVING_FORCES, ("driving_na_mv", "driving_k_mv")),
    Pane("changes", words.CONCENTRATIONS, CONCENTRATIONS),
    Pane("curves", words.EQUILIBRIUM_POTENTIALS, ("e_na_mv", "e_k_mv", "e_cl_mv")),
    Pane("along", words.ALONG, share=0.5),
    Pane("map", words.MAP, share=0.6),
)
LEAST_COLUMNS = 2


def panes_of(drawn: Sequence[DrawnRun], prescribed: Sequence[str]) -> tuple[Pane, ...]:
    """The panes of the run on top, what is prescribed first; none before an answer."""
    if not drawn or not all(shown.tells_all for shown in drawn):
        return ()
    run = drawn[-1].run
    first = tuple(name for name in prescribed if name in run.trace.columns)
    found = [_prescribed(first)] if first else []
    for pane in _PANES:
        columns = tuple(name for name in pane.columns if name in run.trace.columns)
        if pane.columns and (len(columns) < LEAST_COLUMNS or set(columns) == set(first)):
            continue
        if not pane.columns and run.space_time is None:
            continue
        title = pane.title.format(cable=words.CABLES.get(run.scenario.preparation, ""))
        found.append(msgspec.structs.replace(pane, title=title, columns=columns))
    return tuple(found)


def _prescribed(columns: tuple[str, ...]) -> Pane:
    """What is prescribed as a pane of its own, or as the part of another one that it is."""
    of = next((pane for pane in _PANES if set(pane.columns) >= set(columns)), None)
    if of is None or len(columns) < LEAST_COLUMNS:
        return Pane("curves", "", columns)
    if set(of.columns) == set(columns):
        return of
    kind = of.kind if of.kind in ("changes", "fluxes") else "curves"
    return Pane(kind, of.title, columns, of.share)


def shown_by(pane: Pane, shown: DrawnRun) -> str:
    """What the pane shows of a run, in a few words."""
    columns = shown.run.trace.columns
    return pane.title or ", ".join(columns[name].title for name in pane.columns)


def pane_picture(
    pane: Pane,
    drawn: Sequence[DrawnRun],
    *,
    cursor: float | None = None,
    drawn_until: float | None = None,
) -> Picture:
    """The pane as a picture.

    Args:
        pane: One that the runs have.
        drawn: The runs.
        cursor: The time that is looked at, in ms.
        drawn_until: Time up to which the run is drawn, in ms.
    """
    now_ms = cursor if cursor is not None else drawn_until
    match pane.kind:
        case "gates":
            return areas_plot(drawn[-1], pane.title, cursor=cursor, drawn_until=drawn_until)
        case "changes":
            return _changes_plot(drawn, pane, cursor, drawn_until)
        case "fluxes":
            return _fluxes(drawn, pane, now_ms)
        case "along" | "map":
            from tutor.session import along

            if pane.kind == "along":
                return along.profile(drawn, pane.title, now_ms)
            return along.heat_map(drawn[-1], pane.title, cursor, drawn_until)
    return curves_plot(
        drawn, pane.columns, title=pane.title, cursor=cursor, drawn_until=drawn_until
    )


def _changes_plot(
    drawn: Sequence[DrawnRun], pane: Pane, cursor: float | None, drawn_until: float | None
) -> Plot:
    """Curves that begin at zero: a rise by 1 mM would not be seen beside 140 mM."""
    shown = drawn[-1]
    columns = columns_of(shown.run.scenario.preparation)
    series = []
    for glyph, name in zip("+x%&", pane.columns, strict=False):
        times, values = thinned(shown.run.trace.column(name), shown)
        changes = [value - values[0] for value in values]
        series.append(Series(times, changes, glyph, name, columns[name].title))
    every = [change for curve in series for change in curve.values]
    return Plot(
        series=tuple(series),
        x=time_axis(drawn),
        y=Axis(*nice_range(min(every), max(every)), "mM", pane.title),
        cursor=cursor,
        drawn_until=drawn_until,
        least_gutter=GUTTER,
        legend=True,
    )


def _fluxes(drawn: Sequence[DrawnRun], pane: Pane, now_ms: float | None) -> Bars:
    """In and out per ion at a time, or at the end of the run."""
    run = drawn[-1].run
    before = next((shown.run for shown in drawn if shown.role == "before"), None)
    time_ms = run.trace.duration_ms if now_ms is None else min(now_ms, run.trace.duration_ms)
    bars = []
    for name in pane.columns:
        value = run.trace.at(name, time_ms)
        earlier = None if before is None else before.trace.at(name, time_ms)
        bars.append(Bar(words.FLUXES[name], value, name, earlier))
    titled = words.FLUX_AT_END if now_ms is None else words.FLUX_AT_TIME
    title = titled.format(title=pane.title, time_ms=time_ms)
    return Bars(tuple(bars), "pmol/cm²/s", title, words.IN, words.OUT)


def pane_sentence(pane: Pane, drawn: Sequence[DrawnRun]) -> str:
    """What the pane shows of the run on top, in words."""
    from tutor.plot import describe_pane as told  # Only lines of text need it.

    run = drawn[-1].run
    match pane.kind:
        case "gates":
            return told.describe_gates(run)
        case "fluxes":
            return told.describe_fluxes(run, pane.columns)
        case "along" | "map":
            return told.describe_along(run)
    return told.describe_curves(run, pane.columns)
