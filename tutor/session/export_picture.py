"""Plots as SVG and PNG, drawn by matplotlib, which is an extra."""

from __future__ import annotations

import io
from importlib import import_module
from math import ceil
from typing import Any

from tutor.plot.figure import Axis, Plot, Strip
from tutor.words import export as words

WIDTH_IN, PLOT_IN, STRIP_IN, DOTS_PER_IN = 8.0, 3.6, 0.5, 150
#: Told apart without colour too: each curve has its own dashes.
_LOOKS = {
    "run": ("#1f4e9e", "-", 1.8),
    "spine": ("#808080", "--", 1.4),
    "before": ("#808080", "--", 1.4),
    "compare": ("#808080", "--", 1.4),
    "refutation": ("#b02a2a", "-.", 1.6),
}
_COLOURS = ("#1f4e9e", "#c46210", "#2e7d4f", "#8a2f7d", "#6b5b00", "#b02a2a", "#2b7a8c")
_DASHES = ("-", "--", "-.", ":")
_HATCHES = ("", "///", "...", "\\\\\\", "xxx")


def picture(
    title: str,
    plots: tuple[Plot, ...],
    form: str,
    *,
    width_in: float = WIDTH_IN,
    plot_in: float = PLOT_IN,
) -> bytes:
    """The plots below each other, as "svg" or "png".

    Raises:
        ValueError: matplotlib is not installed.
    """
    try:
        matplotlib: Any = import_module("matplotlib")
        figures: Any = import_module("matplotlib.figure")
    except ImportError:
        raise ValueError(words.NEEDS_MATPLOTLIB) from None
    strips = sum(len(plot.strips) for plot in plots)
    # Text is never a formula, and stays text in an SVG.
    quiet = {"text.parse_math": False, "svg.fonttype": "none", "font.size": 9.0}
    with matplotlib.rc_context(quiet):
        size = width_in, len(plots) * plot_in + strips * STRIP_IN
        figure = figures.Figure(figsize=size, dpi=DOTS_PER_IN, layout="constrained")
        figure.suptitle(title, fontsize=9.0, wrap=True)
        heights = [
            high for plot in plots for high in (plot_in, *[STRIP_IN / 2] * len(plot.strips))
        ]
        axes = figure.subplots(
            len(heights), 1, squeeze=False, gridspec_kw={"height_ratios": heights}
        )
        left = iter(axes[:, 0])
        for plot in plots:
            main = next(left)
            _draw(plot, main)
            for strip in plot.strips:
                _draw_strip(plot, strip, next(left))
        file = io.BytesIO()
        figure.savefig(file, format=form, metadata={"Date": None} if form == "svg" else None)
    return file.getvalue()


def _draw(plot: Plot, axes: Any) -> None:
    for number, series in enumerate(plot.series):
        colour = _COLOURS[number % len(_COLOURS)]
        look = colour, _DASHES[number % len(_DASHES)], 1.5
        colour, dashes, width = _LOOKS.get(series.role, look)
        times = [time / plot.x.per_label for time in series.times]
        axes.plot(times, series.values, dashes, color=colour, lw=width, label=series.label)
    for level in plot.levels:
        if not plot.y.low <= level.value <= plot.y.high:
            continue  # Room would be made for its label, and none be left for the curves.
        axes.axhline(level.value, color="#808080", lw=0.8, ls=":")
        at = (1.0, level.value)
        text = f"{level.label} {level.value:.3g}"
        axes.annotate(text, at, xycoords=("axes fraction", "data"), ha="right", va="bottom")
    for x, y, text in plot.marks:
        axes.plot([x / plot.x.per_label], [y], "o", color="black", ms=4.0)
        axes.annotate(text, (x / plot.x.per_label, y), xytext=(5, 5), textcoords="offset points")
    axes.set_xlim(plot.x.low / plot.x.per_label, plot.x.high / plot.x.per_label)
    axes.set_ylim(plot.y.low, plot.y.high)
    axes.set_xlabel(_label(plot.x))
    axes.set_ylabel(_label(plot.y))
    named = [series for series in plot.series if series.label]
    if plot.legend and named:
        axes.legend(frameon=False, ncols=ceil(len(named) / 8))


def _draw_strip(plot: Plot, strip: Strip, axes: Any) -> None:
    """A row of bands, told apart by hatching and their names."""
    for band in strip.bands:
        start, end = band.start / plot.x.per_label, band.end / plot.x.per_label
        hatch = _HATCHES[band.pattern % len(_HATCHES)]
        axes.axvspan(start, end, facecolor="white", edgecolor="#808080", hatch=hatch, lw=0.5)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        if band.end - band.start > 0.08 * (plot.x.high - plot.x.low):
            middle = (start + end) / 2.0
            axes.text(middle, 0.5, band.label, ha="center", va="center", bbox=box, fontsize=8.0)
    axes.set_xlim(plot.x.low / plot.x.per_label, plot.x.high / plot.x.per_label)
    axes.set_ylim(0.0, 1.0)
    axes.set_xticks([])
    axes.set_yticks([0.5], [strip.title])


def _label(axis: Axis) -> str:
    if axis.title and axis.unit:
        return f"{axis.title} ({axis.unit})"
    return axis.title or axis.unit
