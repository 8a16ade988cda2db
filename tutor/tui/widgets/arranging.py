"""Lines to put in order, and items to give their partners."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tutor.session.views import QuestionView
from tutor.tui.bindings import COMMIT, LEAVE
from tutor.tui.leaving import Leaving
from tutor.tui.widgets.answer_messages import AnswerChanged, Answered, Reminder
from tutor.tui.widgets.choices import ChoiceRow
from tutor.tui.widgets.text import Glyphs
from tutor.words import answer as words
from tutor.words import common


class _Rows(Leaving, Vertical, can_focus=True):
    """Rows with a cursor, and a line below that says how they are used."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="answer.up", tooltip=common.LINE_ABOVE),
        Binding("down", "move(1)", show=False, id="answer.down", tooltip=common.LINE_BELOW),
        COMMIT,
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(1, 10)),
    ]
    HINT: ClassVar[str] = ""

    def __init__(self, glyphs: Glyphs, view: QuestionView) -> None:
        super().__init__()
        self.glyphs = glyphs
        self.form = view.form
        self.cursor = 0
        self.wants_keys = False
        """Whether it is to have the keys once it stands."""
        self.ids = [choice.id for choice in view.form.choices]

    @property
    def takes_keys(self) -> Widget:
        """Which widget is to have the keys."""
        return self

    def compose(self) -> ComposeResult:
        """A row for each, and the hint."""
        for index in range(len(self.form.choices) + len(self.form.partners)):
            yield ChoiceRow(index)
        yield Static(self.glyphs.text(self.HINT, "$text-muted"), markup=False, classes="hint")

    def on_mount(self) -> None:
        """Show what was arranged so far."""
        self.paint()
        if self.wants_keys:
            self.wants_keys = False
            self.screen.set_focus(self, scroll_visible=False)  # What is asked stays in sight.

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor while the keys come here."""
        super().watch_has_focus(has_focus)
        self.paint()

    def changed(self) -> None:
        """Show the change, and tell it."""
        self.show_cursor()
        self.post_message(AnswerChanged())

    def show_cursor(self) -> None:
        """Show where the cursor has gone, and bring it into sight."""
        self.paint()
        for row in self.query(ChoiceRow):
            if row.has_class("-cursor"):
                row.scroll_visible(animate=False)

    def remind(self, text: str) -> None:
        """Say what is missing."""
        self.post_message(Reminder(text))

    def paint(self) -> None:
        """Fill the rows."""
        raise NotImplementedError

    def row(self, index: int, lead: str, text: str, *, here: bool, picked: bool = False) -> None:
        """Fill one row; the cursor stands before it while it is here."""
        for row in self.query(ChoiceRow):
            if row.index == index:
                sign = self.glyphs.mark("cursor") if here else " "
                row.paint(f"{sign}{lead} ", self.glyphs.text(text))
                row.set_class(here, "-cursor")
                row.set_class(picked, "-picked")


class OrderList(_Rows):
    """Lines that are carried to their places; the first step stands at the top.

    Each keeps its number. Digits, typed in the order of the steps, put lines in place one after
    the other; u and j carry the line under the cursor; a click or Space takes a line up, and
    the next one puts it down.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,shift+up", "carry(-1)", words.UP, id="answer.carry-up", tooltip=words.UP_TIP),
        Binding(
            "j,shift+down", "carry(1)", words.DOWN, id="answer.carry-down", tooltip=words.DOWN_TIP
        ),
        Binding("space", "hold", words.TAKE, id="answer.take", tooltip=words.TAKE_TIP),
    ]
    HINT = words.ORDER_HINT

    def __init__(self, glyphs: Glyphs, view: QuestionView) -> None:
        super().__init__(glyphs, view)
        kept = _known(view.draft, self.ids)
        self._order = [*kept, *(one for one in self.ids if one not in kept)]
        self._placed = len(kept)
        """So many lines at the top have been put in place by number."""
        self._moved = bool(kept)
        self._held = False
        self._reminded = False

    @property
    def draft(self) -> object:
        """The order so far; none before anything has moved."""
        return list(self._order) if self._moved or self._placed else None

    def action_digit(self, digit: int) -> None:
        """Put the line with this number in the next place, or take it back from its own."""
        if digit > len(self.ids):
            return
        line = self.ids[digit - 1]
        place = self._order.index(line)
        is_placed = place < self._placed and not self._moved
        if self._moved:
            self._placed, self._moved = 0, False
        self._order.remove(line)
        self._placed -= is_placed
        self._order.insert(self._placed, line)
        self.cursor = self._placed
        self._placed += not is_placed
        self.changed()

    def action_move(self, by: int) -> None:
        """Move the cursor, and the line that is held with it."""
        if self._held:
            self.action_carry(by)
        else:
            self.cursor = (self.cursor + by) % len(self._order)
            self.show_cursor()

    def action_carry(self, by: int) -> None:
        """Carry the line under the cursor up or down."""
        self._put(min(len(self._order) - 1, max(0, self.cursor + by)))

    def action_hold(self) -> None:
        """Take the line under the cursor up, or put it down."""
        self._held = not self._held
        self.show_cursor()

    def on_choice_row_clicked(self, message: ChoiceRow.Clicked) -> None:
        """Take the clicked line up, or put the held one there."""
        self.focus()
        if self._held:
            self._put(message.index)
        else:
            self.cursor = message.index
        self.action_hold()

    def action_commit(self) -> None:
        """Commit the order; one that was not arranged to its end only at the second asking."""
        if not self._moved and self._placed < len(self.ids) - 1 and not self._reminded:
            self._reminded = True
            self.remind(words.NOT_ALL_PLACED.format(placed=self._placed, count=len(self.ids)))
        else:
            self.post_message(Answered(self, list(self._order)))

    def _put(self, place: int) -> None:
        if place != self.cursor:
            self._order.insert(place, self._order.pop(self.cursor))
            self.cursor, self._moved = place, True
            self.changed()

    def paint(self) -> None:
        """Each line with its number, and the place that it has been given."""
        texts = {choice.id: choice.text for choice in self.form.choices}
        for place, line in enumerate(self._order):
            given = self._moved or place < self._placed or self._placed >= len(self._order) - 1
            here = place == self.cursor
            held = self.glyphs.mark("held") if here and self._held else " "
            lead = f"{held}{self.ids.index(line) + 1} [{place + 1 if given else ' '}]"
            self.row(place, lead, texts[line], here=here, picked=given)


class MatchBoard(_Rows):
    """Items with their partners' letters beside them.

    Up and down choose an item, a letter gives it its partner, and a click on either does too.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left",
            "turn(-1)",
            show=False,
            id="answer.partner-before",
            tooltip=words.PARTNER_BEFORE_TIP,
        ),
        Binding(
            "right",
            "turn(1)",
            words.PARTNER,
            id="answer.partner",
            tooltip=words.PARTNER_TIP,
        ),
        Binding(
            "backspace,delete",
            "clear",
            words.CLEAR,
            key_display=words.CLEAR_KEY,
            id="answer.clear",
            tooltip=words.CLEAR_TIP,
        ),
        LEAVE,
        *(Binding(x, f"pair({n})", show=False) for n, x in enumerate(ascii_lowercase)),
    ]
    HINT = words.MATCH_HINT

    def __init__(self, glyphs: Glyphs, view: QuestionView) -> None:
        super().__init__(glyphs, view)
        partners = [partner.id for partner in view.form.partners]
        kept = view.draft if isinstance(view.draft, dict) else {}
        self._partners: dict[str, str] = {
            item: kept[item] for item in self.ids if kept.get(item) in partners
        }

    @property
    def draft(self) -> object:
        """The pairs so far."""
        return dict(self._partners)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters beyond the partners are the screen's."""
        match parameters:
            case (int(number),) if action == "pair":
                return number < len(self.form.partners)
        return True

    def action_digit(self, digit: int) -> None:
        """Choose the item with this number."""
        if digit <= len(self.ids):
            self.cursor = digit - 1
            self.show_cursor()

    def action_move(self, by: int) -> None:
        """Choose the next item."""
        self.cursor = (self.cursor + by) % len(self.ids)
        self.show_cursor()

    def action_turn(self, by: int) -> None:
        """Give the item the next partner."""
        ids = [partner.id for partner in self.form.partners]
        now = self._partners.get(self.ids[self.cursor])
        place = ids.index(now) + by if now else (0 if by > 0 else -1)
        self._partners[self.ids[self.cursor]] = ids[place % len(ids)]
        self.changed()

    def action_pair(self, number: int) -> None:
        """Give the item a partner, and go on to the next that has none."""
        self._partners[self.ids[self.cursor]] = self.form.partners[number].id
        after = [*range(self.cursor + 1, len(self.ids)), *range(self.cursor)]
        self.cursor = next((i for i in after if self.ids[i] not in self._partners), self.cursor)
        self.changed()

    def action_clear(self) -> None:
        """Take the item's partner away."""
        self._partners.pop(self.ids[self.cursor], None)
        self.changed()

    def action_leave(self) -> None:
        """Give the letters back to the screen."""
        self.screen.set_focus(None)

    def on_choice_row_clicked(self, message: ChoiceRow.Clicked) -> None:
        """Choose the clicked item, or give the chosen one the clicked partner."""
        self.focus()
        if message.index < len(self.ids):
            self.cursor = message.index
            self.show_cursor()
        else:
            self.action_pair(message.index - len(self.ids))

    def action_commit(self) -> None:
        """Commit the pairs, when every item has its partner."""
        missing = [item for item in self.ids if item not in self._partners]
        if missing:
            self.cursor = self.ids.index(missing[0])
            self.show_cursor()
            self.remind(words.NOT_ALL_PAIRED.format(count=len(missing)))
        else:
            self.post_message(Answered(self, dict(self._partners)))

    def paint(self) -> None:
        """Items with their letters, then the partners."""
        letters = dict(zip([p.id for p in self.form.partners], ascii_lowercase, strict=False))
        for index, item in enumerate(self.form.choices):
            letter = letters.get(self._partners.get(item.id, ""), " ")
            here, picked = index == self.cursor, letter != " "
            self.row(index, f" {index + 1} [{letter}]", item.text, here=here, picked=picked)
        for number, partner in enumerate(self.form.partners):
            lead = f"    {ascii_lowercase[number]}"
            self.row(len(self.ids) + number, lead, partner.text, here=False)


def _known(draft: object, ids: Iterable[str]) -> list[str]:
    """The ids of a draft that are still there, each once."""
    kept = draft if isinstance(draft, list) else []
    return [one for one in dict.fromkeys(map(str, kept)) if one in ids]
