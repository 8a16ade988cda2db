"""From runs to plots: axes, levels, stage and refractory strips, and curves below."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from math import ceil, floor

from simulator import STAGES
from simulator.measurements import SPIKE_MV
from tutor.course.expression import ExpressionError
from tutor.course.names import columns_of
from tutor.course.scenario import MeasuredRun
from tutor.course.text import pretty_unit
from tutor.plot.figure import Area, Axis, Band, Level, Plot, Series, Strip
from tutor.plot.raster import nice_range
from tutor.session.drawn import DrawnRun
from tutor.words import run as words

#: The voltage axis shows at least this, so that pictures can be compared at a glance.
VOLTAGE_MV = (-100.0, 60.0)
#: Cells for the numbers left of a plot: voltage and curves share one time axis.
GUTTER = 6
#: Smaller values than this are drawn flat: what is next to nothing should look like it.
LEAST_RANGE = {"": 0.1, "mS/cm2": 0.1, "uA/cm2": 1.0, "V/s": 1.0}
#: Units whose zero says something, and so is in the picture; others are drawn close up.
FROM_ZERO = ("", "mS/cm2", "uA/cm2", "V/s", "nS", "nA", "pmol/cm2/s", "pmol/cm2")
#: Preparations whose small potentials are what it is about: drawn close up, at least so many mV.
SLOW, LEAST_SLOW_MV = ("dendrite", "resting"), 10.0
#: A membrane above this is depolarised before anything happens to it.
RESTS_BELOW_MV = -55.0
#: A longer run has its axis in seconds.
LONG_MS, MS_PER_S = 5000.0, 1000.0
#: Curves are thinned to about this many samples; no terminal shows more.
SAMPLES = 1500

#: What draws each run in plain characters, and stands for it in legends and read-outs.
GLYPHS = {"run": "*", "spine": ".", "compare": ".", "refutation": "o", "before": ":"}
_CURVE_GLYPHS = "+x%&@"
#: Of the places of a cable, in the order in which they are watched.
PLACE_GLYPHS = "*+x%&@"


def voltage_plot(
    drawn: Sequence[DrawnRun], *, cursor: float | None = None, drawn_until: float | None = None
) -> Plot:
    """The membrane potential of `drawn`, the last one on top.

    A single run of a cable is drawn at every place that is watched, several runs at the first.

    Args:
        drawn: The runs.
        cursor: Time of a vertical line, in ms.
        drawn_until: Time up to which the curves are drawn, in ms.
    """
    main = _main(drawn)
    series = _places(main) if len(drawn) == 1 else tuple(_voltage_series(one) for one in drawn)
    low, high = voltage_range(drawn, [v for curve in series for v in curve.values])
    # Where several places are drawn, the legend names them.
    place = main.run.recordings[0].label if len(drawn) > 1 or len(series) == 1 else ""
    return Plot(
        series=series,
        x=time_axis(drawn),
        y=Axis(low, high, "mV", words.AT_PLACE.format(place=place) if place else ""),
        levels=_levels(main),
        strips=_strips(main) if main.until_ms is None else (),
        cursor=cursor,
        drawn_until=drawn_until,
        least_gutter=GUTTER,
        legend=len(series) > 1,
    )


def curves_plot(
    drawn: Sequence[DrawnRun],
    curves: Sequence[str],
    *,
    title: str = "",
    cursor: float | None = None,
    drawn_until: float | None = None,
) -> Plot:
    """The columns `curves`, one at least, on the same time axis; under a title by short names.

    A single curve is drawn for every run, several only for the run on top.
    """
    runs = drawn if len(curves) == 1 else drawn[-1:]
    series = []
    columns = columns_of(drawn[-1].run.scenario.preparation)
    unit = columns[curves[0]].unit
    values: list[float] = [0.0, LEAST_RANGE.get(unit, 0.0)] if unit in FROM_ZERO else []
    for shown in runs:
        for glyph, name in zip(_CURVE_GLYPHS, curves, strict=False):
            if name not in shown.run.trace.columns:
                continue  # A run of another preparation.
            times, column = thinned(shown.run.trace.column(name), shown)
            own = shown.role == "run" or len(curves) > 1
            named = words.SHORT_NAMES.get(name) if title else None
            label = (named or columns[name].title) if own else shown.label
            series.append(
                Series(
                    times,
                    column,
                    glyph if own else GLYPHS[shown.role],
                    name if own else shown.role,
                    label,
                )
            )
            values += column
    return Plot(
        series=tuple(series),
        x=time_axis(drawn),
        y=Axis(*nice_range(min(values), max(values)), pretty_unit(unit), title),
        cursor=cursor,
        drawn_until=drawn_until,
        least_gutter=GUTTER,
        legend=True,
    )


def areas_plot(
    shown: DrawnRun,
    title: str,
    *,
    cursor: float | None = None,
    drawn_until: float | None = None,
) -> Plot:
    """The states of the Na channels as shares of all of them, stacked over time."""
    areas = []
    for pattern, (name, letter) in enumerate(words.STATE_LETTERS.items()):
        times, values = thinned(shown.run.trace.column(name), shown)
        percent = [100.0 * value for value in values]
        areas.append(Area(times, percent, letter, pattern, name, words.SHORT_NAMES[name]))
    return Plot(
        series=(),
        areas=tuple(areas),
        x=time_axis((shown,)),
        y=Axis(0.0, 100.0, "%", title),
        cursor=cursor,
        drawn_until=drawn_until,
        least_gutter=GUTTER,
        legend=True,
    )


def strip_plot(run: MeasuredRun) -> Plot:
    """The spine as a bare curve, from rest to well into the undershoot."""
    shown = DrawnRun("spine", "", run)
    times, values = thinned(run.trace.voltage_mv, shown)
    # Without its long tail the spike is wide enough to be read in a few rows.
    landmarks = run.measurements
    end_ms = 2.0 * landmarks.get("undershoot_ms", run.trace.duration_ms / 2.0)
    return Plot(
        series=(Series(times, values, "*", "run"),),
        x=Axis(0.0, min(end_ms, run.trace.duration_ms), "ms"),
        y=Axis(min(values), max(values), "mV"),
        bare=True,
    )


def voltage_range(drawn: Sequence[DrawnRun], voltages: Sequence[float]) -> tuple[float, float]:
    """The usual range, or a closer one where nothing fires and the whole run may be seen."""
    lowest, highest = min(voltages), max(voltages)
    if highest < SPIKE_MV and all(d.run.scenario.preparation in SLOW for d in drawn):
        middle = (lowest + highest) / 2.0
        half = max(LEAST_SLOW_MV / 2.0, highest - middle + 1.0)
        return nice_range(middle - half, middle + half)
    if highest < SPIKE_MV and all(shown.until_ms is None for shown in drawn):
        return 10.0 * floor((lowest - 4.0) / 10.0), max(-50.0, 10.0 * ceil(highest / 10.0 + 0.4))
    low, high = min(VOLTAGE_MV[0], lowest), max(VOLTAGE_MV[1], highest)
    return 10.0 * floor(low / 10.0), 10.0 * ceil(high / 10.0)


def _main(drawn: Sequence[DrawnRun]) -> DrawnRun:
    """The run that levels and strips belong to."""
    return next((shown for shown in drawn if shown.role == "run"), drawn[-1])


def _end_ms(drawn: Sequence[DrawnRun]) -> float:
    return max(shown.shown_ms or shown.run.trace.duration_ms for shown in drawn)


def time_axis(drawn: Sequence[DrawnRun]) -> Axis:
    """The time of the longest run, in seconds where there are many."""
    end_ms = _end_ms(drawn)
    if end_ms > LONG_MS:
        return Axis(0.0, end_ms, "s", per_label=MS_PER_S)
    return Axis(0.0, end_ms, "ms")


def _places(shown: DrawnRun) -> tuple[Series, ...]:
    """One curve for each place that the run was recorded at."""
    recordings = shown.run.recordings
    if len(recordings) == 1:
        return (_voltage_series(shown),)
    curves = []
    for number, (glyph, watched) in enumerate(zip(PLACE_GLYPHS, recordings, strict=False)):
        times, values = thinned(watched.recording.voltage_mv, shown)
        role = shown.role if number == 0 else f"place {number + 1}"
        curves.append(Series(times, values, glyph, role, watched.label))
    return tuple(curves)


def _voltage_series(shown: DrawnRun) -> Series:
    times, values = thinned(shown.run.trace.voltage_mv, shown)
    return Series(times, values, GLYPHS[shown.role], shown.role, shown.label)


def thinned(values: Sequence[float], shown: DrawnRun) -> tuple[list[float], list[float]]:
    """Every k-th sample with its time, as far as the run may be seen."""
    trace = shown.run.trace
    stop = len(values)
    if shown.until_ms is not None:
        stop = min(stop, round(shown.until_ms / trace.dt_ms) + 1)
    samples = range(0, stop, max(1, len(values) // SAMPLES))
    return [i * trace.dt_ms for i in samples], [values[i] for i in samples]


def _levels(main: DrawnRun) -> tuple[Level, ...]:
    run = main.run
    if main.until_ms is not None and run.scenario.preparation == "resting":
        return ()  # Where these lie is what the bench is asked for.
    levels = [
        Level(run.measurements["rest_mv"], words.LEVELS["rest_mv"]),
        Level(run.value("e_na_mv"), words.LEVELS["e_na_mv"]),
        Level(run.value("e_k_mv"), words.LEVELS["e_k_mv"]),
    ]
    if run.threshold_is_known:
        with suppress(ExpressionError):  # Nothing so short may fire it.
            levels.insert(1, Level(run.value("threshold_mv"), words.LEVELS["threshold_mv"]))
    return tuple(levels)


def _strips(main: DrawnRun) -> tuple[Strip, ...]:
    if not main.names_stages or not main.run.stages:
        return ()
    if main.run.measurements["rest_mv"] > RESTS_BELOW_MV:
        return ()  # Its swings are no stages of a spike that begins and ends at rest.
    return (Strip(_stage_bands(main.run), words.STAGE_STRIP), *_refractory_strip(main.run))


def _stage_bands(run: MeasuredRun) -> tuple[Band, ...]:
    dt_ms = run.trace.dt_ms
    return tuple(
        Band(
            span.start * dt_ms,
            span.end * dt_ms,
            label,
            STAGES.index(span.stage),
            span.stage,
            letter,
        )
        for span in run.stages
        for label, letter in (words.STAGES[span.stage],)
    )


def _refractory_strip(run: MeasuredRun) -> tuple[Strip, ...]:
    """The refractory periods of a plain run that fires once, from the onset of its pulse."""
    periods, stimuli = run.refractory, run.scenario.stimuli
    if periods is None or run.measurements["spike_count"] != 1:
        return ()
    if [stimulus.kind for stimulus in stimuli] != ["pulse"]:
        return ()
    start_ms, end_ms = run.value("stimulus_ms"), run.trace.duration_ms
    absolute_ms = min(end_ms, start_ms + periods.absolute_ms)
    relative_ms = min(end_ms, start_ms + periods.relative_ms)
    bands = (
        Band(start_ms, absolute_ms, words.ABSOLUTE, 0, "absolute", words.ABSOLUTE_LETTER),
        Band(absolute_ms, relative_ms, words.RELATIVE, 1, "relative"),
    )
    return (Strip(bands, words.REFRACTORY_STRIP),)
