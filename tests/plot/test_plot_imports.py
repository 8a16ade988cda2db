"""The rasteriser costs nothing to import."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("tutor.plot.raster", ["numpy", "textual", "rich", "simulator"]),
        ("tutor.plot.describe", ["numpy", "textual", "rich", "simulator"]),
    ],
)
def test_plots_import_no_numbers_library_no_screen_library_and_no_simulator(module, forbidden):
    code = f"import sys, {module}; print([m for m in {forbidden} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
