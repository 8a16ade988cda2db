"""Where an answer is typed: a line, or lines for a written answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from tutor.session.form import Form
from tutor.tui.widgets.text import Glyphs

#: Longer answers are cut when they are marked.
LONGEST_LINE = 300


@dataclass
class Committed(Message):
    """The learner committed what they typed."""

    line: str


class WrittenAnswer(TextArea):
    """Several lines. Enter commits, Ctrl+J begins a new line, Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "commit", "OK", key_display="Enter", priority=True),
        Binding("ctrl+j", "new_line", "New line", key_display="^J", priority=True),
        Binding("escape", "leave", "Keys", key_display="Esc"),
    ]

    def action_commit(self) -> None:
        """Commit what is written."""
        self.post_message(Committed(self.text))

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.screen.set_focus(None)


class AnswerLine(Input):
    """One line. Enter commits, Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "commit", "OK", key_display="Enter", priority=True),
        Binding("escape", "leave", "Keys", key_display="Esc"),
    ]

    def action_commit(self) -> None:
        """Commit what is typed."""
        self.post_message(Committed(self.value))

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.screen.set_focus(None)


class AnswerEntry(Vertical):
    """Holds the line or the lines that a form asks for."""

    def __init__(self, glyphs: Glyphs, form: Form, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        is_written = form.kind == "text"
        self.field: WrittenAnswer | AnswerLine
        if is_written:
            self.field = WrittenAnswer(soft_wrap=True, tab_behavior="focus", compact=True)
        else:
            example = glyphs.text(f"such as {form.example}").plain
            self.field = AnswerLine(placeholder=example, max_length=LONGEST_LINE, compact=True)
        self._count = Static(id="count", markup=False)
        self._count.display = is_written

    def compose(self) -> ComposeResult:
        """The field, and below a written answer its number of words."""
        yield self.field
        yield self._count

    def on_text_area_changed(self) -> None:
        """Count the words."""
        assert isinstance(self.field, WrittenAnswer)
        words = len(self.field.text.split())
        self._count.update(self._glyphs.text(f"{words} word{'' if words == 1 else 's'}"))
