"""The keys that do something now, in one line at the bottom; a click presses one."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from tutor.tui.widgets.text import Glyphs


class KeyBar(Static):
    """One line for all keys.

    Textual's Footer mounts a widget for each key, anew on every change: a fifth of the time to
    the first frame.
    """

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(markup=False)
        self._glyphs = glyphs
        self._note = ""

    def note(self, text: str) -> None:
        """Show a word before the keys."""
        if text != self._note:
            self._note = text
            self._show(self.screen)

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._show)
        self._show(self.screen)

    def _show(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        parts = [self._glyphs.text(f" {self._note} ", "bold $warning")] if self._note else []
        shown: set[str] = set()
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and enabled and binding.action not in shown:
                shown.add(binding.action)
                key = self._glyphs.text(f" {self.app.get_key_display(binding)}", "bold $accent")
                press = Style.from_meta({"@click": f"app.simulate_key('{binding.key}')"})
                label = self._glyphs.text(f" {binding.description} ")
                parts.append(key.append(label).stylize(press))
        self.update(Content("").join(parts))
