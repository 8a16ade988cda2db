"""The lab's measurements in words, with those of the run that was kept beside them."""

from __future__ import annotations

from textwrap import wrap

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tutor.session.lab.compare import Reading
from tutor.tui.widgets.text import Glyphs


class LabReadings(VerticalScroll):
    """What is measured; the arrows scroll."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._readings: tuple[Reading, ...] = ()
        self._compares = False
        self._text = Static(markup=False)

    def compose(self) -> list[Static]:
        """One text."""
        return [self._text]

    def show(self, readings: tuple[Reading, ...], *, compares: bool) -> None:
        """Show what is measured."""
        self._readings, self._compares = readings, compares
        self._paint()

    def on_resize(self, event: Resize) -> None:
        """Wrap the meanings to the room there is."""
        self._paint()

    def _paint(self) -> None:
        width = self.scrollable_content_region.width
        longest = max((len(text) for r in self._readings for text in (r.text, r.other)), default=1)
        units = max((len(reading.unit) for reading in self._readings), default=0)
        lines = [self._row(reading, width, longest + 2, units) for reading in self._readings]
        if self._compares:
            head = f"{'B':>{longest + 2}}{'A':>{longest + 2}} {'':<{units}}"
            lines.insert(0, self._glyphs.text(head.rjust(width), "bold"))
        self._text.update(Content("\n").join(lines))

    def _row(self, reading: Reading, width: int, column: int, units: int) -> Content:
        """What is measured, on as many lines as it takes, and its value at the end of the last."""
        value = f"{reading.text or '-'} {reading.unit}".rstrip()
        if self._compares:
            value = f"{reading.text or '-':>{column}}{reading.other or '-':>{column}}"
            value = f"{value} {reading.unit:<{units}}".lstrip()
        mark = ("* " if reading.differs else "  ") if self._compares else ""
        *above, last = wrap(f"{mark}{reading.meaning}", max(20, width), subsequent_indent="  ")
        if len(last) + 1 + len(value) > width:
            above, last = [*above, last], ""
        text = "\n".join([*above, last + value.rjust(width - len(last))])
        return self._glyphs.text(text, "bold" if reading.differs else "")
