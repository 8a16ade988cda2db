"""What is copied goes to a file and to the terminal, which tells nobody what it does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from tutor.course.text import clean
from tutor.session.written.copying import Copy, copy_text
from tutor.words import copying as words

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

#: Terminals drop or cut what is longer: xterm takes some 74 kB in base64, which adds a third.
MOST_BYTES = 36_000


def sendable(text: str) -> str:
    """As much of `text` as terminals take, without what could act where it is pasted."""
    cleaned = clean(text[:MOST_BYTES], 2 * MOST_BYTES)
    return cleaned.encode()[:MOST_BYTES].decode(errors="ignore")


def offer(app: TutorApp, copy: Copy) -> str:
    """Send a copy to the terminal; what has happened, in sentences."""
    sent = sendable(copy.text)
    app.copy_to_clipboard(sent)
    said = (words.SENT_TOO if copy.is_kept else words.SENT_ALONE).format(kept=copy.kept)
    if len(sent) < len(copy.text):
        said = f"{said}\n{words.CUT.format(count=len(sent))}"
    return said


def offer_selected(app: TutorApp) -> None:
    """Copy what is selected, which no longer is: the same key then quits again."""
    field = app.focused
    selected = app.screen.get_selected_text() or getattr(field, "selected_text", "")
    app.screen.clear_selection()
    if isinstance(field, Input):
        field.cursor_position = field.cursor_position
    elif isinstance(field, TextArea):
        field.cursor_location = field.cursor_location
    if selected:
        app.tell_of_file(offer(app, copy_text("selection", selected)))
