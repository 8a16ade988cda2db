"""Screens and their parts that are being taken down: what still comes to them is too late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import messages
from textual.events import Event, InputEvent, Timer
from textual.message import Message

if TYPE_CHECKING:
    from textual.widget import Widget
else:
    # Textual takes keys and styles from the first base that is a widget: that is to be another.
    Widget = object

#: What says that something is to be done; other events tell of coming and going.
_TO_DO = InputEvent, Timer


class Leaving(Widget):
    """Does nothing more once it is being taken down.

    Textual goes on with what was sent until then, such as keys that come faster than a screen
    goes, though the parts that it asks for are no longer there.
    """

    async def _on_message(self, message: Message) -> None:
        if isinstance(message, Event):
            late = isinstance(message, _TO_DO)
        else:
            late = type(message).__module__ != messages.__name__  # Textual's own take it down.
        if not (late and self._pruning):
            await super()._on_message(message)

    def call_after_refresh(
        self, callback: Callable[..., object], *arguments: object, **named: object
    ) -> bool:
        """Call `callback` after the next painting, unless this is no longer there then."""
        then = partial(callback, *arguments, **named)
        return super().call_after_refresh(lambda: None if self._pruning else then())
