"""Text that is laid out for the width it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import zip_longest

from textual.content import Content
from textual.geometry import Size
from textual.visual import Visual
from textual.widgets import Static

#: Columns narrower than this are harder to read than texts below each other.
LEAST_COLUMN = 23
GAP = 2


class FittedText(Static):
    """Asks anew for its text at each width; its `content` is the text where there is none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._at: Callable[[int], Content] = lambda width: Content()

    def show(self, lay_out: Callable[[int], Content]) -> None:
        """Show what `lay_out` gives for a width."""
        self._at = lru_cache(maxsize=2)(lay_out)  # With a scroll bar beside it, and without.
        self.clear_cached_dimensions()
        self.update(lay_out(0))

    @property
    def visual(self) -> Visual:
        """The text at the width that the widget has."""
        return self._at(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines it takes at a width that the widget may get."""
        return self._at(width).get_height({}, width) if width else 0


def beside(texts: Sequence[Content], width: int) -> Content:
    """The texts in columns; nothing where `width` has no room for them, or it is one."""
    room = (width + GAP) // max(1, len(texts)) - GAP
    if room < LEAST_COLUMN or len(texts) < 2:
        return Content()
    columns = [text.wrap(room) for text in texts]
    rows = zip_longest(*columns, fillvalue=Content())
    return Content("\n").join(map(partial(_row, room), rows))


def hanging(sign: Content, text: Content, width: int) -> Content:
    """`text` behind a sign of two cells, which has a column of its own; without a width a line."""
    lines = text.wrap(max(LEAST_COLUMN, width - GAP)) if width else [text]
    indent = Content(" " * GAP)
    return Content("\n").join((indent if i else sign) + line for i, line in enumerate(lines))


def _row(room: int, cells: Sequence[Content]) -> Content:
    *before, last = cells
    padded = [cell.pad_right(room + GAP - cell.cell_length) for cell in before]
    return Content.assemble(*padded, last)
