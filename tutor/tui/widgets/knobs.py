"""Knobs: the settings of a scenario, turned with the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from tutor.course.text import pretty_unit
from tutor.session.views import Knob
from tutor.tui.widgets.text import Glyphs

METER_WIDTH = 12


class KnobPanel(Static, can_focus=True):
    """One line a knob. Left and right turn, up and down choose, 0 puts all back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "turn(-1)", "Less", show=False),
        Binding("right,plus", "turn(1)", "More", show=False),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("0", "reset", "Reset", show=False),
    ]

    @dataclass
    class Turned(Message):
        """A knob asks to be set to a value."""

        name: str
        value: float

    class Reset(Message):
        """All knobs ask to be put back."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._glyphs = glyphs
        self._knobs: tuple[Knob, ...] = ()
        self._chosen = 0

    def show(self, knobs: tuple[Knob, ...]) -> None:
        """Show `knobs` as they stand; without any the panel is hidden."""
        self._knobs = knobs
        self._chosen = min(self._chosen, max(0, len(knobs) - 1))
        self.display = bool(knobs)
        self._paint()

    def action_turn(self, steps: int) -> None:
        """Ask for the chosen knob to be turned."""
        if self._knobs:
            knob = self._knobs[self._chosen]
            value = min(knob.high, max(knob.low, knob.value + steps * knob.step))
            self.post_message(self.Turned(knob.name, value))

    def action_choose(self, by: int) -> None:
        """Choose the next knob."""
        if self._knobs:
            self._chosen = (self._chosen + by) % len(self._knobs)
            self._paint()

    def action_reset(self) -> None:
        """Ask for all knobs to be put back."""
        self.post_message(self.Reset())

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
            self.post_message(self.Turned(knob.name, value))
        self._paint()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Show which knob the keys turn, while they do."""
        super().watch_has_focus(_has_focus)
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
            changed = "" if abs(knob.value - knob.initial) < 1e-9 else f" (was {knob.initial:g})"
            value = f" {knob.value:.4g} {pretty_unit(knob.unit)}".rstrip() + changed
            style = "bold" if here else ""
            lines.append(self._glyphs.text(f"{lead}{name}{meter}{value}", style))
        self.update(Content("\n").join(lines))
