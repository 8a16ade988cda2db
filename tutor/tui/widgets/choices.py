"""Choices: numbered lines to pick from, with digits, arrows or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tutor.tui.leaving import Leaving
from tutor.tui.widgets.answer_messages import Reminder
from tutor.tui.widgets.text import Glyphs
from tutor.words import choices as words
from tutor.words import common

#: How many may be picked.
Take = Literal["one", "several"]
#: Digits that follow each other within so long are of one number.
BETWEEN_DIGITS_S = 1.0


class ChoiceRow(Widget):
    """One choice, with its number in a column of its own."""

    @dataclass
    class Clicked(Message):
        """The row was clicked, `chain` times in quick succession."""

        index: int
        chain: int

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index
        self._number = ""
        self._text = Content()

    def paint(self, number: str, text: Content) -> None:
        """Show the choice."""
        self._number, self._text = number, text
        self.refresh(layout=True)

    def render(self) -> Content:
        """The number before the first line of the text, blanks before the others."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the text needs."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        lead = len(self._number)
        lines = self._text.wrap(max(1, width - lead)) or [Content()]
        first = Content.styled(self._number, "bold").append(lines[0])
        return [first, *(Content(" " * lead).append(line) for line in lines[1:])]

    def on_click(self, event: Click) -> None:
        """Tell it."""
        event.stop()
        self.post_message(self.Clicked(self.index, event.chain))


class Choices(Leaving, Vertical, can_focus=True):
    """Numbered choices. Digits and arrows pick, Enter commits; where `quick`, a digit does too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="choices.up", tooltip=words.ABOVE_TIP),
        Binding("down", "move(1)", show=False, id="choices.down", tooltip=words.BELOW_TIP),
        Binding(
            "space",
            "pick_here",
            show=False,
            id="choices.pick",
            tooltip=words.PICK_TIP,
        ),
        Binding(
            "enter",
            "commit",
            common.OK,
            id="choices.commit",
            tooltip=words.COMMIT_TIP,
        ),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(10)),
    ]

    @dataclass
    class Committed(Message):
        """The learner committed the choices with these indices."""

        indices: tuple[int, ...]
        offer: int
        """Which offer they were picked from: keys can come faster than the next offer."""

    @dataclass
    class Pointed(Message):
        """The cursor is on this choice."""

        index: int

    def __init__(self, glyphs: Glyphs, *, rows: int = 9, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._rows = rows
        self.quick = False
        """Whether a digit commits where one is taken: who sets it lets that be undone."""
        self._digit = 0
        self._digit_at = 0.0
        self._texts: list[Content] = []
        self._take: Take = "one"
        self._cursor: int | None = None
        self._picked: list[int] = []
        self._offer = 0

    def compose(self) -> ComposeResult:
        """Rows are kept and filled again: mounting anew for each question would flicker."""
        for index in range(self._rows):
            yield ChoiceRow(index)

    def offer(
        self,
        texts: Sequence[Content],
        *,
        take: Take = "one",
        cursor: int | None = None,
        picked: Sequence[int] = (),
    ) -> None:
        """Show `texts`, of which some may be picked already."""
        self._texts = list(texts)[: self._rows]
        self._take = take
        self._picked = list(picked)
        self._offer += 1
        self._cursor = picked[0] if picked and take == "one" else cursor
        if cursor is not None and take == "one":
            self._picked = [cursor]
        self._paint()

    @property
    def picked(self) -> tuple[int, ...]:
        """The indices of what is picked."""
        return tuple(sorted(self._picked))

    def offers(self, message: Committed) -> bool:
        """True where `message` was picked from what is offered now."""
        return message.offer == self._offer

    def pick(self, index: int) -> None:
        """Pick a choice; where several may be chosen, picking again takes it back."""
        if index >= len(self._texts):
            return
        self._cursor = index
        if self._take == "one":
            self._picked = [index]
        elif index in self._picked:
            self._picked.remove(index)
        else:
            self._picked.append(index)
        self._paint()
        self.post_message(self.Pointed(index))

    def show_cursor(self) -> None:
        """Bring the row with the cursor into sight."""
        for row in self.query(ChoiceRow):
            if row.index == self._cursor:
                row.scroll_visible(animate=False)

    def on_choice_row_clicked(self, message: ChoiceRow.Clicked) -> None:
        """Pick the row, and commit it with a double click."""
        message.stop()
        self.focus()
        self.pick(message.index)
        if message.chain == 2:
            self.action_commit()

    def action_digit(self, digit: int) -> None:
        """Pick the choice with this number; two digits in quick succession make one."""
        now = monotonic()
        number = 10 * self._digit + digit
        if now - self._digit_at > BETWEEN_DIGITS_S or not 10 <= number <= len(self._texts):
            number = digit
        self._digit, self._digit_at = digit, now
        if not 1 <= number <= len(self._texts):
            return
        self.pick(number - 1)
        if self.quick and self._take == "one" and len(self._texts) < 10:
            self.action_commit()

    def action_move(self, by: int) -> None:
        """Move the cursor; where only one may be chosen it picks."""
        if not self._texts:
            return
        start = -1 if self._cursor is None and by > 0 else (self._cursor or 0)
        self._cursor = (start + by) % len(self._texts)
        if self._take == "one":
            self._picked = [self._cursor]
        self._paint()
        self.post_message(self.Pointed(self._cursor))

    def action_pick_here(self) -> None:
        """Pick, or take back, the choice under the cursor."""
        if self._cursor is not None:
            self.pick(self._cursor)

    def action_commit(self) -> None:
        """Commit what is picked."""
        if not self._picked:
            self._remind(words.NOTHING_PICKED)
        else:
            self.post_message(self.Committed(self.picked, self._offer))

    def _remind(self, text: str) -> None:
        """Say what is missing."""
        self.post_message(Reminder(text))

    def _box(self, index: int) -> str:
        """What stands between number and text where several may be picked."""
        if self._take == "one":
            return ""
        return "[x] " if index in self._picked else "[ ] "

    def _paint(self) -> None:
        for row in self.query(ChoiceRow):
            row.display = row.index < len(self._texts)
            if not row.display:
                continue
            picked, here = row.index in self._picked, row.index == self._cursor
            box = self._box(row.index)
            cursor = self._glyphs.mark("cursor") if here else " "
            number = str(row.index + 1).rjust(len(str(len(self._texts))))
            row.paint(f"{cursor}{number} {box}", self._texts[row.index])
            row.set_class(picked, "-picked")
            row.set_class(here, "-cursor")
            if here:
                row.scroll_visible(animate=False)
