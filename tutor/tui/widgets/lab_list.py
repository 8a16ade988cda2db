"""The lab's list: stimuli and knobs in groups, turned with the arrow keys or the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.widgets import Static

from tutor.session.lab.knobs import LabKnob
from tutor.session.lab.rows import LabRow
from tutor.tui.leaving import Leaving
from tutor.tui.widgets.text import Glyphs
from tutor.words import common
from tutor.words import lab_screen as words

#: Cells for the meter where the list is narrow, or wide.
METERS = (6, 12)
#: From this width on it is wide.
WIDE = 50
#: Cells for a value with its unit, such as 1.5 x threshold, at the most.
VALUE_WIDTH = 16
#: A finer turn is so much of a usual one.
FINE = 0.2
#: What begins a value when it is typed over a knob.
_BEGINS = "123456789-."


class LabList(Leaving, Static, can_focus=True):
    """Up and down choose a row, left and right turn a knob; what does not fit scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", show=False, id="bench.up", tooltip=words.ROW_ABOVE_TIP),
        Binding("down", "choose(1)", show=False, id="bench.down", tooltip=words.ROW_BELOW_TIP),
        Binding("pageup", "choose(-8)", show=False, id="bench.page-up", tooltip=words.PAGE_UP_TIP),
        Binding(
            "pagedown", "choose(8)", show=False, id="bench.page-down", tooltip=words.PAGE_DOWN_TIP
        ),
        Binding("left", "turn(-1.0)", show=False, id="bench.less", tooltip=words.LESS_TIP),
        Binding("right", "turn(1.0)", show=False, id="bench.more", tooltip=words.MORE_TIP),
        Binding(
            "shift+left,less_than_sign",
            f"turn(-{FINE})",
            show=False,
            id="bench.little-less",
            tooltip=words.LITTLE_LESS_TIP,
        ),
        Binding(
            "shift+right,greater_than_sign",
            f"turn({FINE})",
            show=False,
            id="bench.little-more",
            tooltip=words.LITTLE_MORE_TIP,
        ),
        Binding(
            "enter,equals_sign",
            "act",
            words.SET,
            key_display=common.ENTER,
            id="bench.set",
            tooltip=words.SET_TIP,
        ),
        Binding("0", "reset", show=False, id="bench.reset", tooltip=words.RESET_TIP),
        Binding(
            "x,delete",
            "remove",
            words.REMOVE,
            id="bench.remove",
            tooltip=common.TAKE_STIMULUS_AWAY,
        ),
        *(Binding(_key, f"begin('{_key}')", show=False) for _key in _BEGINS[:9]),
        Binding("minus", "begin('-')", show=False),
        Binding("full_stop", "begin('.')", show=False),
    ]

    @dataclass
    class Turned(Message):
        """A knob asks to be turned by so many steps."""

        name: str
        steps: float

    @dataclass
    class Placed(Message):
        """A knob asks to be set to a value."""

        name: str
        value: float

    @dataclass
    class Typed(Message):
        """The value of a knob is to be typed, beginning with `text`."""

        knob: LabKnob
        text: str

    @dataclass
    class Reset(Message):
        """A knob asks to be put back."""

        name: str

    @dataclass
    class Opened(Message):
        """A group asks to be opened, or closed."""

        group: str

    @dataclass
    class Removed(Message):
        """A stimulus asks to be removed."""

        number: int

    @dataclass
    class Pointed(Message):
        """Another row is chosen."""

        row: LabRow | None

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._glyphs = glyphs
        self._rows: tuple[LabRow, ...] = ()
        self._chosen = 0
        self._top = 0

    def show(self, rows: tuple[LabRow, ...]) -> None:
        """Show `rows`; the chosen one stays chosen, wherever it now stands."""
        before = self.chosen
        self._rows = rows
        found = [i for i, row in enumerate(rows) if before is not None and _same(row, before)]
        place = found[0] if found else self._chosen
        self._chosen = max(0, min(place, len(rows) - 1))
        self._paint()
        self.post_message(self.Pointed(self.chosen))

    @property
    def chosen(self) -> LabRow | None:
        """The row under the cursor."""
        return self._rows[self._chosen] if self._chosen < len(self._rows) else None

    def choose_first_knob(self) -> None:
        """Put the cursor on the first knob: on the size of a pulse, where there is one."""
        names = [row.knob.title if row.knob else "" for row in self._rows]
        if any(names):
            first = next(i for i, name in enumerate(names) if name)
            size = common.PULSE_SIZE
            self._chosen = names.index(size) if size in names else first
            self._paint()
            self.post_message(self.Pointed(self.chosen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the chosen row can do."""
        row = self.chosen
        if action == "remove":
            return row is not None and bool(self._number(row))
        if action in ("turn", "reset", "begin"):
            return row is not None and row.knob is not None
        return True

    def action_choose(self, by: int) -> None:
        """Choose another row; one step beyond an end leads to the other."""
        if not self._rows:
            return
        last = len(self._rows) - 1
        place = self._chosen + by
        if abs(by) == 1:
            place %= last + 1
        self._chosen = max(0, min(last, place))
        self._moved()

    def action_turn(self, steps: float) -> None:
        """Turn the chosen knob."""
        if self.chosen is not None and self.chosen.knob is not None:
            self.post_message(self.Turned(self.chosen.knob.name, steps))

    def action_act(self) -> None:
        """Type a value, or open or close the group."""
        row = self.chosen
        if row is None:
            return
        if row.knob is not None and row.knob.words:
            self.action_turn(1.0)
        elif row.knob is not None:
            self.post_message(self.Typed(row.knob, ""))
        elif not row.is_fixed:
            self.post_message(self.Opened(row.group))

    def action_begin(self, text: str) -> None:
        """Type a value that begins so."""
        if self.chosen is not None and self.chosen.knob is not None:
            self.post_message(self.Typed(self.chosen.knob, text))

    def action_reset(self) -> None:
        """Put the chosen knob back."""
        if self.chosen is not None and self.chosen.knob is not None:
            self.post_message(self.Reset(self.chosen.knob.name))

    def action_remove(self) -> None:
        """Take the stimulus away that the chosen row belongs to."""
        if self.chosen is not None and (number := self._number(self.chosen)):
            self.post_message(self.Removed(number))

    def _number(self, row: LabRow) -> int:
        """The number of the stimulus that a row belongs to: that of the head above it."""
        if row.number or row.knob is None or not row.knob.stimulus:
            return row.number
        place = self._rows.index(row)
        return next((r.number for r in reversed(self._rows[:place]) if r.number), 0)

    def _moved(self) -> None:
        self._paint()
        self.post_message(self.Pointed(self.chosen))

    def on_resize(self, event: Resize) -> None:
        """Keep the chosen row in sight."""
        self._paint()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.action_choose(-3)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.action_choose(3)

    def on_click(self, event: Click) -> None:
        """Choose the clicked row; a click in a meter sets it, on a head opens its group."""
        at = event.get_content_offset(self)
        place = self._top + at.y if at is not None else len(self._rows)
        if at is None or place >= len(self._rows):
            return
        self._chosen = place
        self._moved()
        knob, meter_at = self._rows[place].knob, self._title_width + 3
        if knob is None:
            self.action_act()
        elif knob.words:
            self.action_turn(1.0)
        elif meter_at <= at.x < meter_at + self._meter_width:
            share = (at.x - meter_at) / (self._meter_width - 1)
            value = knob.low + (knob.high - knob.low) * share
            # Where a key would have come too: at a number that can be read.
            value = min(knob.high, max(knob.low, round(round(value / knob.step) * knob.step, 9)))
            self.post_message(self.Placed(knob.name, value))
        elif event.chain == 2:
            self.action_act()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show which row the keys are for, while they are."""
        super().watch_has_focus(has_focus)
        self._paint()

    @property
    def _meter_width(self) -> int:
        return METERS[self.size.width >= WIDE]

    @property
    def _title_width(self) -> int:
        knobs = [row.knob for row in self._rows if row.knob]
        values = max((len(knob.shown) for knob in knobs), default=0)
        titles = max((len(knob.title) for knob in knobs), default=0)
        room = self.size.width - self._meter_width - min(values, VALUE_WIDTH) - 4
        return max(8, min(titles, room))

    def _paint(self) -> None:
        height = max(1, self.size.height)
        lowest = max(0, len(self._rows) - height)
        # The head of a knob's group stays in sight where that is possible.
        self._top = min(self._top, self._chosen, lowest)
        self._top = max(self._top, self._chosen - height + 1)
        shown = self._rows[self._top : self._top + height]
        lines = [self._line(row, self._top + i == self._chosen) for i, row in enumerate(shown)]
        if self._top:
            lines[0] = lines[0].append(self._glyphs.text("  ^" if lines else "", "$warning"))
        if self._top + height < len(self._rows):
            lines[-1] = lines[-1].append(self._glyphs.text("  v", "$warning"))
        self.update(Content("\n").join(lines), layout=False)  # Its size is not for it to say.

    def _line(self, row: LabRow, here: bool) -> Content:
        here = here and self.has_focus
        cursor = self._glyphs.mark("cursor") if here else " "
        style = "bold reverse" if here else ""
        if row.knob is None:
            sign = "" if row.is_fixed else "- " if row.is_open else "+ "
            number = f"{row.number} " if row.number else ""
            text = _cut(f"{cursor}{sign}{number}{row.text}", self.size.width)
            return self._glyphs.text(text, style or "bold")
        knob = row.knob
        mark = "*" if knob.is_changed else " "
        width = self._title_width
        title = _cut(knob.title, width).ljust(width)
        share = (knob.value - knob.low) / (knob.high - knob.low) if knob.is_set else 0.0
        meter = self._glyphs.meter(share, self._meter_width)
        text = f"{cursor}{mark}{title} {meter} {_cut(knob.shown, VALUE_WIDTH)}"
        text = text.ljust(self.size.width) if here else text
        return self._glyphs.text(text, style or ("bold" if knob.is_changed else ""))


def _same(row: LabRow, other: LabRow) -> bool:
    if row.knob is not None and other.knob is not None:
        return row.knob.name == other.knob.name
    return row.knob is other.knob and (row.group, row.number) == (other.group, other.number)


def _cut(text: str, width: int) -> str:
    """`text` in so many cells, with two dots where it goes on."""
    return text if len(text) <= width else f"{text[: max(0, width - 2)]}.."
