"""Knobs: the settings of a scenario, turned with the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.message import Message
from textual.widgets import Static

from tutor.course.text import pretty_unit
from tutor.session.views import Knob
from tutor.tui.leaving import Leaving
from tutor.tui.widgets.text import Glyphs
from tutor.tui.widgets.typing import do_in_turn
from tutor.words import common
from tutor.words import run_screen as words

METER_WIDTH = 12
#: What begins a typed value, and what it may hold.
BEGINS, HOLDS, LONGEST = "=.123456789", "0123456789.,-+e", 12


class KnobPanel(Leaving, Static, can_focus=True):
    """One line a knob. Left and right turn, up and down choose, 0 puts all back.

    A digit or = begins a value that is typed; Enter sets it, Escape leaves it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,minus",
            "turn(-1)",
            words.LESS,
            show=False,
            id="knobs.less",
            tooltip=words.LESS_TIP,
        ),
        Binding(
            "right,plus",
            "turn(1)",
            words.MORE,
            show=False,
            id="knobs.more",
            tooltip=words.MORE_TIP,
        ),
        Binding("up", "choose(-1)", show=False, id="knobs.up", tooltip=words.KNOB_ABOVE_TIP),
        Binding("down", "choose(1)", show=False, id="knobs.down", tooltip=words.KNOB_BELOW_TIP),
        Binding(
            "0",
            "reset",
            words.RESET,
            show=False,
            id="knobs.reset",
            tooltip=words.RESET_TIP,
        ),
        Binding("escape", "leave", common.KEYS, id="knobs.leave", tooltip=common.KEYS_TO_SCREEN),
    ]

    @dataclass
    class Turned(Message):
        """A knob asks to be set to a value."""

        name: str
        value: float

    class Reset(Message):
        """All knobs ask to be put back."""

    class Left(Message):
        """The keys are given back to the screen."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._glyphs = glyphs
        self._knobs: tuple[Knob, ...] = ()
        self._given: tuple[Knob, ...] = ()
        self._chosen = 0
        self._typed: str | None = None
        self._refused = False

    def show(self, knobs: tuple[Knob, ...]) -> None:
        """Show `knobs` as they stand; without any the panel is hidden."""
        if [knob.name for knob in knobs] != [knob.name for knob in self._knobs]:
            self._typed = None
        self._knobs = self._given = knobs
        self._chosen = min(self._chosen, max(0, len(knobs) - 1))
        self.display = bool(knobs)
        self._paint()

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs as they were shown last, whatever has been asked for since."""
        return self._given

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.post_message(self.Left())

    def action_turn(self, steps: int) -> None:
        """Ask for the chosen knob to be turned."""
        if self._knobs:
            knob = self._knobs[self._chosen]
            value = min(knob.high, max(knob.low, knob.value + steps * knob.step))
            self._ask(knob, value)

    def _ask(self, knob: Knob, value: float) -> None:
        """Ask for a knob to be set; the next key turns it on from there, answered or not."""
        turned = replace(knob, value=value)
        self._knobs = tuple(turned if each.name == knob.name else each for each in self._knobs)
        self._paint()
        self.post_message(self.Turned(knob.name, value))

    def action_choose(self, by: int) -> None:
        """Choose the next knob."""
        if self._knobs:
            self._chosen = (self._chosen + by) % len(self._knobs)
            self._paint()

    def action_reset(self) -> None:
        """Ask for all knobs to be put back."""
        self.post_message(self.Reset())

    async def on_key(self, event: Key) -> None:
        """Take the keys of a typed value, from the digit or = that begins it on."""
        character = event.character or ""
        if self._typed is None:
            if not self._knobs or not character or character not in BEGINS:
                await do_in_turn(self, event)
                return
            self._typed = character.strip("=")
        elif event.key == "enter":
            self._set_typed(self._typed)
        elif event.key == "escape":
            self._typed = None
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif character and character in HOLDS:
            self._typed = (self._typed + character)[:LONGEST]
        else:
            self._typed = None
            self._paint()
            await do_in_turn(self, event)  # The key does what it always does.
            return
        self._refused = self._refused and event.key == "enter"
        event.stop()
        event.prevent_default()
        self._paint()

    def _set_typed(self, typed: str) -> None:
        """Ask for the typed value; one out of range stays, to be mended."""
        knob = self._knobs[self._chosen]
        try:
            value = float(typed.replace(",", "."))
        except ValueError:
            value = nan
        self._refused = not knob.low <= value <= knob.high
        if not self._refused:
            self._typed = None
            self._ask(knob, value)

    def on_click(self, event: Click) -> None:
        """Choose the clicked knob; a click in its meter sets it."""
        clicked = event.get_content_offset(self)
        if clicked is None or not 0 <= clicked.y < len(self._knobs):
            return
        self._chosen = clicked.y
        knob = self._knobs[clicked.y]
        place = clicked.x - self._meter_start
        if 0 <= place < METER_WIDTH:
            value = knob.low + (knob.high - knob.low) * place / (METER_WIDTH - 1)
            self._ask(knob, value)
        self._paint()

    def on_resize(self) -> None:
        """Tell what has room."""
        self._paint()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Show which knob the keys turn, while they do."""
        super().watch_has_focus(_has_focus)
        self._typed = None
        self._paint()

    @property
    def _meter_start(self) -> int:
        return 3 + max(len(knob.title) for knob in self._knobs)

    def _paint(self) -> None:
        lines = []
        for i, knob in enumerate(self._knobs):
            here = i == self._chosen and self.has_focus
            lead = f"{self._glyphs.mark('cursor') if here else ' '} "
            name = knob.title.ljust(self._meter_start - 2)
            share = (knob.value - knob.low) / (knob.high - knob.low)
            meter = self._glyphs.meter(share, METER_WIDTH)
            text = f"{lead}{name}{meter} "
            room = self.content_size.width - len(text)
            text += self._told(knob, room) if here else _standing(knob)
            lines.append(self._glyphs.text(text, "bold" if here else ""))
        self.update(Content("\n").join(lines))

    def _told(self, knob: Knob, room: int) -> str:
        """Where the chosen knob stands, or what is typed for it; with room its range and keys."""
        reach = words.RANGE.format(low=knob.low, high=knob.high)
        if self._typed is None:
            stands = words.STANDS.format(value=_standing(knob), range=reach)
            tellings = words.HOW_TO_SET.format(stands=stands), stands
            return next((told for told in tellings if len(told) <= room), _standing(knob))
        told = words.OUT_OF_RANGE if self._refused else words.TYPED
        return told.format(typed=self._typed, range=reach)


def _standing(knob: Knob) -> str:
    """Where a knob stands, where it stood at first, and whether it goes no further."""
    text = f"{knob.value:.4g} {pretty_unit(knob.unit)}".rstrip()
    if abs(knob.value - knob.initial) >= 1e-9:
        text += f" {words.WAS.format(initial=knob.initial)}"
    if knob.value >= knob.high:
        return f"{text} {words.MOST}"
    return f"{text} {words.LEAST}" if knob.value <= knob.low else text
