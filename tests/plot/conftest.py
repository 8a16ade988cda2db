"""Plots to draw, and the comparison with stored pictures."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from simulator import TEXTBOOK, Changes, Pulse, Trace, run
from tutor.plot.raster import Axis, Band, Level, Plot, Raster, Series, Strip

GOLDEN = Path(__file__).parent / "golden"
PULSE = Pulse(start_ms=1.0, duration_ms=0.5, amplitude_ua_cm2=47.34)
STAGES = ("rest", "stimulus", "rising", "falling", "undershoot")


@pytest.fixture
def looks_like_golden() -> Callable[[str, Raster], None]:
    """Compare a raster with golden/NAME.txt and print the difference.

    A missing file is written, and the test fails, so that somebody looks at it: to renew a
    picture delete its file, run twice, and look.
    """

    def compare(name: str, raster: Raster) -> None:
        path = GOLDEN / f"{name}.txt"
        # Blanks at the end of a line are no part of the picture, and editors eat them.
        drawn = [row.rstrip() for row in raster.rows]
        if not path.exists():
            path.write_text("\n".join(drawn) + "\n", encoding="utf-8")
            pytest.fail(f"{path} was missing and has been written: look at it")
        kept = path.read_text(encoding="utf-8").splitlines()
        if drawn != kept:
            difference = unified_diff(kept, drawn, str(path), "drawn now", lineterm="")
            pytest.fail("\n".join(difference), pytrace=False)

    return compare


@pytest.fixture(scope="session")
def textbook() -> Trace:
    """The spike of the textbook neuron at 1.5 x threshold."""
    return run(TEXTBOOK, [PULSE])


@pytest.fixture(scope="session")
def without_k_channels() -> Trace:
    """The same stimulus with the voltage-gated K conductance blocked."""
    return run(TEXTBOOK, [PULSE], Changes(k_block=1.0))


@pytest.fixture(scope="session")
def spike_plot(textbook: Trace) -> Plot:
    """The textbook spike with the levels, stages and refractory periods of a lesson."""
    refractory = textbook.refractory
    assert refractory is not None
    absolute_end = PULSE.start_ms + refractory.absolute_ms
    stages = tuple(
        Band(
            span.start * textbook.dt_ms,
            span.end * textbook.dt_ms,
            span.stage,
            STAGES.index(span.stage),
            span.stage,
        )
        for span in textbook.stages
    )
    return Plot(
        series=(voltage(textbook, "*", "voltage", "textbook"),),
        x=Axis(0.0, 20.0, "ms", "time"),
        y=Axis(-100.0, 60.0, "mV", "membrane potential"),
        levels=(
            Level(-55.0, "threshold"),
            Level(-70.0, "rest"),
            Level(TEXTBOOK.e_na_mv, "E_Na"),
            Level(TEXTBOOK.e_k_mv, "E_K"),
        ),
        strips=(
            Strip(stages, "stage"),
            Strip(
                (
                    Band(PULSE.start_ms, absolute_end, "absolute", 1, "absolute"),
                    Band(
                        absolute_end,
                        PULSE.start_ms + refractory.relative_ms,
                        "relative refractory",
                        0,
                        "relative",
                    ),
                ),
                "refractory",
            ),
        ),
    )


def voltage(trace: Trace, glyph: str, role: str, label: str) -> Series:
    """The potential of `trace` as a series."""
    return Series(trace.column("time_ms"), trace.voltage_mv, glyph, role, label)


@pytest.fixture(scope="session")
def overlay_plot(spike_plot: Plot, without_k_channels: Trace) -> Plot:
    """The textbook spike and its refutation run, with legend, cursor and a mark."""
    refutation = voltage(without_k_channels, "o", "refutation", "K channels blocked")
    return Plot(
        series=(*spike_plot.series, refutation),
        x=spike_plot.x,
        y=spike_plot.y,
        levels=spike_plot.levels,
        strips=spike_plot.strips,
        cursor=8.0,
        marks=((2.07, 30.0, "your peak"),),
        legend=True,
    )


@pytest.fixture
def small_plot() -> Plot:
    """A made-up spike of seven samples."""
    return Plot(
        series=(Series((0, 3, 4, 5, 6, 8, 10), (0, 0, 10, 0, -2, 0, 0), "*", "voltage"),),
        x=Axis(0, 10, "ms"),
        y=Axis(-4, 12, "mV"),
        levels=(Level(8, "high"), Level(0, "rest")),
        strips=(
            Strip((Band(0, 3, "rest", 0), Band(3, 5, "spike", 2), Band(5, 10, "rest", 0)), ""),
        ),
    )
