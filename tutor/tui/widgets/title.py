"""The line above a screen, as much of it as has room."""

from __future__ import annotations

from textwrap import shorten

from textual.content import Content
from textual.widgets import Static

from tutor.tui.widgets.text import Glyphs

#: A text, and the style that it is shown in.
Part = tuple[str, str]
GAP, CUT = "  ", " .."


class TitleLine(Static):
    """Parts beside each other, what says most first. The last that has room may be shortened."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="title", markup=False)
        self._glyphs = glyphs
        self._parts: tuple[Part, ...] = ()

    def show(self, *parts: Part) -> None:
        """Show `parts` from now on."""
        self._parts = parts
        self.update(self._line(None))

    def render(self) -> Content:
        """As much as has room now."""
        return self._line(self.content_size.width)

    def _line(self, room: int | None) -> Content:
        line = Content()
        for text, style in self._parts:
            told = self._glyphs.text(f"{GAP if line else ''}{text}", style)
            free = told.cell_length if room is None else room - line.cell_length
            if told.cell_length > free:
                return line.append(Content.styled(_shortened(told.plain, free), style))
            line = line.append(told)
        return line


def _shortened(text: str, room: int) -> str:
    """The first words of `text`, if that is half of it at least; else nothing."""
    lead = text[: len(text) - len(text.lstrip())]
    if room < len(text) / 2 or room <= len(lead) + len(CUT):
        return ""
    return lead + shorten(text.strip(), room - len(lead), placeholder=CUT)
