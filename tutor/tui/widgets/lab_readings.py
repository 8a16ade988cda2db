"""The lab's measurements: one line each, with those of the run that was kept beside them."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tutor.session.lab.compare import Reading
from tutor.tui.widgets.text import Glyphs

#: From which width on meanings stand in place of names, and how wide a unit may then be.
FOR_MEANINGS, UNIT_WIDTH = 58, 10


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
        """Names and meanings by the room there is."""
        self._paint()

    def _paint(self) -> None:
        width = self.scrollable_content_region.width
        longest = max((len(text) for r in self._readings for text in (r.text, r.other)), default=1)
        lines = [self._line(reading, width, longest + 2) for reading in self._readings]
        if self._compares:
            # Where names stand, they tell the unit.
            unit = UNIT_WIDTH if width >= FOR_MEANINGS else 0
            head = f"{'B':>{longest + 2}}{'A':>{longest + 2}}{'':<{unit}}"
            lines.insert(0, self._glyphs.text(head.rjust(width), "bold"))
        self._text.update(Content("\n").join(lines))

    def _line(self, reading: Reading, width: int, column: int) -> Content:
        wide = width >= FOR_MEANINGS
        name = reading.meaning if wide else reading.name
        value = f"{reading.text or '-'} {reading.unit}".rstrip()
        if self._compares:
            value = f"{reading.text or '-':>{column}}{reading.other or '-':>{column}}"
            value += f" {reading.unit}".ljust(UNIT_WIDTH) if wide else ""
        room = max(6, width - len(value) - 3)
        name = name if len(name) <= room else f"{name[: room - 2]}.."
        mark = "*" if reading.differs else " "
        text = f"{mark} {name}".ljust(width - len(value)) + value
        return self._glyphs.text(text, "bold" if reading.differs else "")
