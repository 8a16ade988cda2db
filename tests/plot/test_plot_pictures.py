"""What plots look like: compared with pictures that were looked at."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tutor.plot.raster import Axis, Plot, render

MODES = ["braille", "half-block", "ascii"]


@pytest.mark.parametrize("mode", MODES)
def test_a_made_up_spike_looks_as_it_did(small_plot, mode, looks_like_golden):
    looks_like_golden(f"small-{mode}", render(small_plot, 40, 12, mode))


@pytest.mark.parametrize("mode", MODES)
def test_the_textbook_spike_looks_as_it_did(spike_plot, mode, looks_like_golden):
    looks_like_golden(f"textbook-{mode}", render(spike_plot, 80, 20, mode))


@pytest.mark.parametrize("mode", MODES)
def test_a_refutation_run_over_the_spike_looks_as_it_did(overlay_plot, mode, looks_like_golden):
    looks_like_golden(f"refutation-{mode}", render(overlay_plot, 80, 24, mode))


def test_the_first_milliseconds_look_as_they_did(spike_plot, looks_like_golden):
    closer = replace(spike_plot, x=Axis(0.0, 6.0, "ms", "time"))
    looks_like_golden("first-6-ms-braille", render(closer, 80, 20, "braille"))


@pytest.mark.parametrize(
    ("width", "height"), [(40, 10), (24, 8), (80, 6), (30, 5), (80, 4), (12, 3)]
)
def test_a_small_plot_gives_up_parts_and_stays_readable(
    spike_plot: Plot, width, height, looks_like_golden
):
    looks_like_golden(f"textbook-{width}x{height}", render(spike_plot, width, height, "braille"))
