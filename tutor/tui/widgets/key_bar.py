"""The keys that do something now, in one line at the bottom; a click presses one."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from tutor.tui.widgets.text import Glyphs
from tutor.words import common

#: Keys as they stand on keyboards, where Textual calls them otherwise.
_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "slash": "/",
    "backslash": "\\",
    "semicolon": ";",
    "colon": ":",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "number_sign": "#",
    "asterisk": "*",
    "underscore": "_",
    **common.KEY_NAMES,
}

#: The action of the key that tells of all others.
HELP = "app.help"


def key_name(key: str) -> str:
    """A key of a binding as a reader knows it, such as ^P, Enter, Shift+Left or ?."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last if len(last) == 1 else last.capitalize())
    if "ctrl" in modifiers:
        name = f"^{name.upper()}"
    return "+".join([*(m.capitalize() for m in modifiers if m != "ctrl"), name])


class KeyBar(Widget):
    """One line for all keys; those that do not fit are told by the one that tells of all.

    Textual's Footer mounts a widget for each key, anew on every change: a fifth of the time to
    the first frame.
    """

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._note = ""

    def note(self, text: str) -> None:
        """Show a word before the keys."""
        if text != self._note:
            self._note = text
            self.refresh()

    def follow(self, box: VerticalScroll) -> None:
        """Say that the text in `box` goes on below, while it does."""

        def tell() -> None:
            more = box.show_vertical_scrollbar and box.max_scroll_y - box.scroll_y >= 1
            self.note(f"{self._glyphs.mark('more')} {common.MORE}" if more else "")

        self.watch(box, "show_vertical_scrollbar", tell)
        self.watch(box, "scroll_y", tell)
        self.watch(box, "virtual_size", tell)

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._change)

    def _change(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh()

    def render(self) -> Content:
        """As many keys as fit, worked out when they are painted: bindings change in bursts."""
        note = self._glyphs.text(f" {self._note} " if self._note else "", "bold $warning")
        bindings: dict[str, Binding] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled:
                bindings.setdefault(binding.action, binding)
        telling = bindings.pop(HELP, None)
        keys = [self._key(binding, binding.description) for binding in bindings.values()]
        # The key that tells of all others is the last one, and the last to go.
        last = self._key(telling, telling.description) if telling else Content()
        room = self.app.size.width - note.cell_length
        if telling and sum(key.cell_length for key in (*keys, last)) > room:
            last = self._key(telling, common.ALL_KEYS)
        room -= last.cell_length
        shown = [note]
        for key in keys:
            room -= key.cell_length
            if room >= 0:
                shown.append(key)
        return Content("").join([*shown, last])

    def _key(self, binding: Binding, label: str) -> Content:
        """A key and what it does."""
        key = self._glyphs.text(f" {self.app.get_key_display(binding)}", "bold $accent")
        press = Style.from_meta({"@click": f"app.simulate_key('{binding.key}')"})
        return key.append(self._glyphs.text(f" {label} ")).stylize(press)
