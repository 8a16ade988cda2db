"""Where an answer is typed: a line, a line for each part, or lines for a written answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.widgets import Input, Static, TextArea

from tutor.course.text import clean
from tutor.session.drafts import LONGEST_ANSWER
from tutor.session.views import QuestionView
from tutor.tui.bindings import COMMIT, LEAVE
from tutor.tui.leaving import Leaving
from tutor.tui.widgets.answer_messages import AnswerChanged, Answered
from tutor.tui.widgets.text import Glyphs
from tutor.tui.widgets.typing import do_at_once
from tutor.words import answer as words
from tutor.words import common, plural

if TYPE_CHECKING:
    from textual._types import WatchCallbackType
    from textual.dom import DOMNode


class WrittenAnswer(Leaving, TextArea):
    """Several lines. Enter commits, Ctrl+J begins a new line, Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        COMMIT,
        Binding(
            "ctrl+j",
            "new_line",
            words.NEW_LINE,
            key_display="^J",
            id="answer.new-line",
            tooltip=words.NEW_LINE_TIP,
        ),
        Binding("ctrl+z", "undo", common.UNDO, id="answer.undo", tooltip=words.UNDO_TIP),
        LEAVE,
    ]

    def __init__(self, entry: AnswerEntry, text: str) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", compact=True)
        self._entry = entry

    def watch(
        self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True
    ) -> None:
        """Watch another object, but not the app: it would keep every answer's widget for good.

        A text area watches the app's theme. Its colours follow without: each drawing takes them.
        """
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    async def _on_key(self, event: Key) -> None:
        await do_at_once(self, event)
        if event.key == "enter":
            event.prevent_default()  # It is a binding here, and no new line.

    def _on_paste(self, event: Paste) -> None:  # type: ignore[override]  # The base's follows it.
        event.text = clean(event.text, LONGEST_ANSWER)

    def on_resize(self) -> None:
        """Paint what is wrapped anew: the base class only reckons it."""
        self.refresh(layout=True)

    def action_commit(self) -> None:
        """Commit what is written."""
        self.post_message(Answered(self._entry, self.text, typed=True))

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.screen.set_focus(None)


class AnswerLine(Leaving, Input):
    """One line. Enter commits or goes to the next one, Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        COMMIT,
        Binding(
            "question_mark",
            "units",
            words.UNITS,
            key_display="?",
            id="answer.units",
            tooltip=words.UNITS_TIP,
        ),
        Binding("up", "line(-1)", show=False, id="answer.up", tooltip=common.LINE_ABOVE),
        Binding("down", "line(1)", show=False, id="answer.down", tooltip=common.LINE_BELOW),
        LEAVE,
    ]

    def __init__(self, entry: AnswerEntry, text: str, such: str) -> None:
        super().__init__(text, placeholder=such, select_on_focus=False, compact=True)
        # It may be asked for its keys when it has just been taken out of there.
        self._entry = entry

    async def _on_key(self, event: Key) -> None:  # The base's follows it.
        await do_at_once(self, event)
        if event.key == "question_mark" and self._entry.form.asks_numbers:
            event.prevent_default()  # It is a binding here, and no character.

    def _on_paste(self, event: Paste) -> None:
        event.text = clean(event.text, LONGEST_ANSWER)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Units are told where they matter; elsewhere the key is the screen's."""
        return action != "units" or self._entry.form.asks_numbers

    def action_commit(self) -> None:
        """Commit what is typed, or go on to the next line."""
        self._entry.entered(self)

    def action_line(self, by: int) -> None:
        """Go to the line above or below."""
        self._entry.step(self, by)

    def action_units(self) -> None:
        """Tell which units are understood."""
        self._entry.tell_units()

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.screen.set_focus(None)


class AnswerEntry(Leaving, Vertical):
    """Holds the line or the lines that a question asks for, with what was typed so far."""

    def __init__(self, glyphs: Glyphs, view: QuestionView) -> None:
        super().__init__(classes="-parts" if view.form.parts else "")
        self._glyphs = glyphs
        self._question = view.question
        self.form = form = view.form
        self.wants_keys = False
        """Whether it is to have the keys once it stands."""
        self.fields: tuple[WrittenAnswer, ...] | tuple[AnswerLine, ...]
        if form.kind == "text":
            begun = "" if view.draft is None else form.written(view.draft)
            self.fields = (WrittenAnswer(self, begun),)
        else:
            lines = zip(self._begun(view.draft), form.example.split("; "), strict=True)
            self.fields = tuple(self._line(text, example) for text, example in lines)
        self._below = Static(id="count", markup=False)
        self._tell(words.MARKING.get(form.kind, ""))

    def compose(self) -> ComposeResult:
        """The fields, each with what it asks, and below them a word of help."""
        for number, field in enumerate(self.fields, 1):
            if self.form.parts:
                asks = self._glyphs.text(f"{number}) {self.form.parts[number - 1]}")
                yield Static(asks, markup=False, classes="asks")
            yield field
        yield self._below

    def on_mount(self) -> None:
        """Go on where the learner left."""
        field = self.fields[0]
        if isinstance(field, WrittenAnswer):
            field.move_cursor(field.document.end)
            self.on_text_area_changed()
        if self.wants_keys:
            self.wants_keys = False
            self.screen.set_focus(self.takes_keys)

    @property
    def draft(self) -> object:
        """What is typed so far: a line, a text, or the lines of the parts."""
        if self.form.parts:
            return [_text(field) for field in self.fields]
        return _text(self.fields[0])

    @property
    def takes_keys(self) -> WrittenAnswer | AnswerLine:
        """The field that is to be filled next."""
        return next((field for field in self.fields if not _text(field)), self.fields[0])

    def action_digit(self, digit: int) -> None:
        """Begin to type a number."""
        field = self.takes_keys
        if isinstance(field, AnswerLine):
            field.insert_text_at_cursor(str(digit))

    def action_commit(self) -> None:
        """From elsewhere Enter only comes back here, so that nothing goes off unseen."""

    def entered(self, field: AnswerLine) -> None:
        """Go on from `field` to the next, or commit after the last."""
        if field is not self.fields[-1]:
            self.step(field, 1)
        elif self.form.parts:
            self.post_message(Answered(self, self.draft))
        else:
            self.post_message(Answered(self, field.value, typed=True))

    def step(self, field: AnswerLine, by: int) -> None:
        """Go from `field` to the one above or below, where there is one."""
        place = next(i for i, each in enumerate(self.fields) if each is field) + by
        if 0 <= place < len(self.fields):
            self.fields[place].focus()

    def tell_units(self) -> None:
        """Show which units are understood, or hide it."""
        from tutor.session.unit_help import unit_help

        self._tell("" if self._below.display else unit_help(self._question))
        self.call_after_refresh(self._below.scroll_visible, animate=False)

    def mark(self, time_ms: float) -> None:
        """Take a time that was marked on the trace; a stretch takes two."""
        field = self.fields[0]
        assert isinstance(field, AnswerLine)
        before = list(self.times_ms)
        needed = 2 if self.form.kind == "interval" else 1
        times = sorted([*(before if len(before) < needed else []), time_ms])
        field.value = " ".join(f"{each:.3f}" for each in times)
        field.cursor_position = len(field.value)
        if len(times) == needed:
            field.focus()

    @property
    def takes_marks(self) -> bool:
        """Whether times may be marked on the trace."""
        return self.form.kind in words.MARKING

    @property
    def times_ms(self) -> tuple[float, ...]:
        """The times that are typed or marked, as far as they are numbers."""
        most = 2 if self.form.kind == "interval" else 1
        return tuple(_numbers(_text(self.fields[0])))[:most]

    def on_text_area_changed(self) -> None:
        """Count the words."""
        count = len(_text(self.fields[0]).split())
        self._tell(plural(count, *words.WORDS).format(count=count))
        self.post_message(AnswerChanged())

    def on_input_changed(self) -> None:
        """Tell that something is typed."""
        self.post_message(AnswerChanged())

    def _tell(self, text: str) -> None:
        self._below.update(self._glyphs.text(text))
        self._below.display = bool(text)

    def _begun(self, draft: object) -> list[str]:
        """What stands in each line at first."""
        if not self.form.parts:
            return ["" if draft is None else self.form.written(draft)]
        begun = [str(part) for part in draft] if isinstance(draft, list) else []
        return (begun + [""] * len(self.form.parts))[: len(self.form.parts)]

    def _line(self, text: str, example: str) -> AnswerLine:
        such = self._glyphs.text(words.EXAMPLE.format(example=example)).plain
        return AnswerLine(self, text, such)


def _text(field: WrittenAnswer | AnswerLine) -> str:
    return field.text if isinstance(field, WrittenAnswer) else field.value


def _numbers(line: str) -> Iterator[float]:
    for word in line.replace(",", ".").removesuffix("ms").split():
        with suppress(ValueError):
            number = float(word)
            if isfinite(number):
                yield number
