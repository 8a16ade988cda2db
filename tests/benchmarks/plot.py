"""Frames of the plot: 2 curves of 2000 points in 80x24, in each mode.

    python tests/benchmarks/plot.py

Beside them the lesson's own picture, voltage and curves from a run that has been simulated:
what a frame of a trace that draws itself takes, of the 33 ms between two frames.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from measuring import Row, Section, interleaved, script, timed

from tutor.course.loader import CourseFolder
from tutor.plot.figure import Axis, Level, Mode, Plot, Series
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import curves_plot, voltage_plot
from tutor.session.terminal import MODES

ROUNDS = 101
POINTS = 2000
SIZE = (80, 24)


def measure() -> Section:
    """Time whole frames."""
    section = Section(f"Plot: a frame of 2 x {POINTS} points, 80x24")
    plot = two_curves()
    contenders = {str(mode): timed(_frame(plot, mode)) for mode in MODES}
    for mode, values in interleaved(contenders, ROUNDS, warm_ups=3).items():
        section.rows.append(Row(mode, values))
    spine = DrawnRun("run", "", CourseFolder().spine)
    half_ms = spine.run.trace.duration_ms / 2.0

    def lesson_frame() -> None:
        curves = curves_plot((spine,), ("g_na", "g_k"), drawn_until=half_ms)
        assert curves is not None
        render(voltage_plot((spine,), drawn_until=half_ms), 80, 16, "braille")
        render(curves, 80, 8, "braille")

    taken = interleaved({"lesson": timed(lesson_frame)}, ROUNDS, warm_ups=3)["lesson"]
    section.rows.append(Row("a lesson's voltage and two curves, half drawn", taken))
    return section


def two_curves() -> Plot:
    """A spike and its mirror image, sampled finely."""
    times = [20.0 * i / (POINTS - 1) for i in range(POINTS)]
    spike = [-70.0 + 100.0 * math.exp(-(((t - 4.0) / 0.5) ** 2)) for t in times]
    mirror = [-40.0 - v for v in spike]
    return Plot(
        series=(Series(times, spike, "*", "run", "a"), Series(times, mirror, "o", "spine", "b")),
        x=Axis(0.0, 20.0, "ms"),
        y=Axis(-100.0, 60.0, "mV"),
        levels=(Level(-70.0, "rest"), Level(50.0, "E_Na"), Level(-90.0, "E_K")),
        legend=True,
    )


def _frame(plot: Plot, mode: Mode) -> Callable[[], object]:
    return lambda: render(plot, *SIZE, mode)


if __name__ == "__main__":
    script(measure)
