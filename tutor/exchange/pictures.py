"""Plots for foreign formats: PNG or SVG where matplotlib is there, else plain characters."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import Literal

import msgspec

from tutor.plot.figure import Plot
from tutor.plot.raster import render

Form = Literal["png", "svg"]

#: Cells of a plot of characters; a telephone held upright shows as many.
TEXT_WIDTH, TEXT_HEIGHT = 46, 15
#: Inches of a picture: its letters stay readable at the width of a telephone.
WIDTH_IN, PLOT_IN = 4.2, 2.6


def can_draw() -> bool:
    """Whether plots can become PNG or SVG here."""
    try:
        import_module("matplotlib")
    except ImportError:
        return False
    return True


def as_text(plots: tuple[Plot, ...]) -> str:
    """The plots below each other in plain characters."""
    rows = [
        row.rstrip()
        for plot in plots
        for row in render(plot, TEXT_WIDTH, TEXT_HEIGHT, "ascii").rows
    ]
    return "\n".join(rows)


def as_image(plots: tuple[Plot, ...], form: Form) -> bytes:
    """The plots below each other as a picture.

    Raises:
        ValueError: matplotlib is not installed.
    """
    from tutor.session.export_picture import picture

    return picture("", plots, form, width_in=WIDTH_IN, plot_in=PLOT_IN)


class Album:
    """The pictures of one export, each drawn once and named by what it shows."""

    def __init__(self, form: Form = "png") -> None:
        """Begin without any; each is to be drawn in this form."""
        self.files: dict[str, bytes] = {}
        self._form = form

    def add(self, plots: tuple[Plot, ...]) -> str:
        """Draw the plots where they are not there yet; gives the name of their file.

        Raises:
            ValueError: matplotlib is not installed.
        """
        digest = hashlib.sha256(msgspec.msgpack.encode(plots)).hexdigest()
        name = f"tutor-{digest[:20]}.{self._form}"
        if name not in self.files:
            self.files[name] = as_image(plots, self._form)
        return name
