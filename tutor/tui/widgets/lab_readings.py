"""The lab's measurements in words, with those of the run that was kept beside them."""

from __future__ import annotations

from functools import partial
from textwrap import wrap

from textual.containers import VerticalScroll
from textual.content import Content

from tutor.session.lab.compare import Reading
from tutor.tui.widgets.fitted import FittedText
from tutor.tui.widgets.text import Glyphs


class LabReadings(VerticalScroll):
    """What is measured; the arrows scroll."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._text = FittedText()

    def compose(self) -> list[FittedText]:
        """One text."""
        return [self._text]

    def show(self, readings: tuple[Reading, ...], *, compares: bool) -> None:
        """Show what is measured."""
        self._text.show(partial(self._lines, readings, compares))

    def _lines(self, readings: tuple[Reading, ...], compares: bool, width: int) -> Content:
        longest = max((len(text) for r in readings for text in (r.text, r.other)), default=1)
        units = max((len(reading.unit) for reading in readings), default=0)
        column = longest + 2 if compares else 0
        lines = [self._row(reading, width, column, units) for reading in readings]
        if compares:
            head = f"{'B':>{column}}{'A':>{column}} {'':<{units}}"
            lines.insert(0, self._glyphs.text(head.rjust(width), "bold"))
        return Content("\n").join(lines)

    def _row(self, reading: Reading, width: int, column: int, units: int) -> Content:
        """What is measured, on as many lines as it takes, and its value at the end of the last.

        With a `column` for the run and one for the kept run, those stand beside each other.
        """
        value = f"{reading.text or '-'} {reading.unit}".rstrip()
        if column:
            value = f"{reading.text or '-':>{column}}{reading.other or '-':>{column}}"
            value = f"{value} {reading.unit:<{units}}".lstrip()
        mark = ("* " if reading.differs else "  ") if column else ""
        *above, last = wrap(f"{mark}{reading.meaning}", max(20, width), subsequent_indent="  ")
        if len(last) + 1 + len(value) > width:
            above, last = [*above, last], ""
        text = "\n".join([*above, last + value.rjust(width - len(last))])
        return self._glyphs.text(text, "bold" if reading.differs else "")
