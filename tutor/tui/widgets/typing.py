"""Keys of a field that is typed into, dealt with in the order in which they came."""

from __future__ import annotations

from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from tutor.tui.leaving import Leaving


async def do_at_once(field: Widget, event: Key) -> None:
    """Do what a key of the field's own does, unless it is a character, which is typed."""
    if not event.is_printable:
        await do_in_turn(field, event)


async def do_in_turn(field: Widget, event: Key) -> None:
    """Do what a key of the field's own does before the next key is looked at.

    Textual lets such a key first rise to the app. Characters that came in the same burst, as over
    a slow line, would be there before it: the backspace would take away what was typed after it.
    """
    for node, bindings in field.screen._modal_binding_chain:  # With the learner's own keys in it.
        if node is field:
            for binding in bindings.key_to_bindings.get(event.key, ()):
                if await field.app.run_action(binding.action, field):
                    event.stop()
                    event.prevent_default()
                    return


async def type_on(widget: Widget, event: Key) -> None:
    """Let a number be typed from `widget`: its first digit gives the keys to a line.

    What had come to the widget by then, in the same burst, goes on to the line.
    """
    focused = widget.screen.focused
    if focused is not None and focused is not widget:
        event.stop()
        event.prevent_default()
        focused._forward_event(Key(event.key, event.character))
    elif event.key.isdigit():
        await do_in_turn(widget.screen, event)


class Line(Leaving, Input):
    """A line whose keys do what they do in the order in which they came."""

    async def _on_key(self, event: Key) -> None:
        await do_at_once(self, event)
