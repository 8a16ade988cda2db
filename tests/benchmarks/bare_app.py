"""The least that a Textual app can be: one text, and a count of the keys pressed."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class BareApp(App[None]):
    """Shows how many keys have been pressed."""

    count = 0

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("bare app, key 0")

    def on_key(self, event: Key) -> None:
        """Count the key."""
        self.count += 1
        self.query_one(Static).update(f"bare app, key {self.count}")


if __name__ == "__main__":
    BareApp().run()
