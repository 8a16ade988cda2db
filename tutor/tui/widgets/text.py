"""Text on the screen: the one place where strings become what Textual shows."""

from __future__ import annotations

import msgspec
from textual.content import Content

from tutor.plot.figure import Mode
from tutor.session.terminal import meter, shown_in

_STYLES = {"": "", "strong": "bold", "emphasis": "italic"}

#: What stands for a state, beside its colour.
_MARKS = {
    "right": ("✓", "+"),
    "wrong": ("✗", "x"),
    "partly": ("◐", "o"),
    "missed": ("○", "o"),
    "cursor": ("▸", ">"),
    "held": ("↕", "="),
    "more": ("↓", "v"),
}


class Glyphs(msgspec.Struct, frozen=True):
    """Text as the terminal can show it. Nothing in a string is ever markup."""

    mode: Mode

    def mark(self, name: str) -> str:
        """The sign for a state."""
        rich, plain = _MARKS[name]
        return plain if self.mode == "ascii" else rich

    def text(self, text: str, style: str = "") -> Content:
        """`text` in one style."""
        return Content.styled(shown_in(self.mode, text), style)

    def prose(self, markdown: str) -> Content:
        """Markdown as paragraphs with a blank line between, lists without."""
        from tutor.course.prose import blocks  # The first frame has no prose to parse.

        parts: list[Content] = []
        previous_marker = ""
        for block in blocks(markdown):
            if parts:
                parts.append(Content("\n" if block.marker and previous_marker else "\n\n"))
            if block.marker:
                parts.append(self.text(f"  {block.marker} "))
            parts += [self.text(span.text, _STYLES[span.style]) for span in block.spans]
            previous_marker = block.marker
        return Content.assemble(*parts)

    def meter(self, share: float, width: int) -> str:
        """A bar that is filled to `share`, 0 to 1."""
        return meter(share, width, plain=self.mode == "ascii")


def stacked(*parts: Content) -> Content:
    """The parts below each other with a blank line between; empty ones are left out."""
    return Content("\n\n").join(part for part in parts if part.plain)
