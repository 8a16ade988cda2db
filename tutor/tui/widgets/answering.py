"""Where a question is answered, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tutor.session.views import QuestionView
from tutor.tui.leaving import Leaving
from tutor.tui.widgets.answer_messages import AnswerChanged, Answered
from tutor.tui.widgets.choices import ChoiceRow, Choices, Take
from tutor.tui.widgets.text import Glyphs
from tutor.words import forms

if TYPE_CHECKING:
    from tutor.tui.widgets.answer_entry import AnswerEntry
    from tutor.tui.widgets.arranging import MatchBoard, OrderList

_TAKES: dict[str, Take] = {"single": "one", "multi": "several"}


class AnswerPanel(Leaving, Vertical):
    """Offers what a question asks for; tells `AnswerChanged`, and in the end `Answered`.

    An experiment is answered with its knobs, which stand elsewhere.
    """

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._view: QuestionView | None = None
        self._choices = Choices(glyphs, id="choices")
        self._field: AnswerEntry | OrderList | MatchBoard | None = None

    def compose(self) -> ComposeResult:
        """Choices, which most questions have, kept for the next; other fields; how sure."""
        yield self._choices
        yield Vertical(id="entry")
        yield Static(self._glyphs.text(forms.HOW_SURE, "bold"), id="sure", markup=False)

    def ask(self, view: QuestionView | None) -> None:
        """Offer what `view` asks for, with what was answered so far; without a view nothing."""
        self._view, self._field = view, None
        self.query_one("#entry").remove_children()
        choices = self._choices
        choices.display = view is not None and view.form.kind in _TAKES
        self.hold(False)
        if not choices.display:
            choices.offer(())  # What was picked before answers nothing here.
        if view is None or view.form.kind == "experiment":
            return
        if choices.display:
            kept = view.draft if isinstance(view.draft, list) else []
            offered = view.form.choices
            texts = [self._glyphs.text(choice.text) for choice in offered]
            picked = [i for i, choice in enumerate(offered) if choice.id in kept]
            choices.offer(texts, take=_TAKES[view.form.kind], picked=picked)
        else:
            self._field = self._made(view)
            self.query_one("#entry").mount(self._field)

    def _made(self, view: QuestionView) -> AnswerEntry | OrderList | MatchBoard:
        from tutor.tui.widgets.answer_entry import AnswerEntry
        from tutor.tui.widgets.arranging import MatchBoard, OrderList

        if view.form.kind == "ordering":
            return OrderList(self._glyphs, view)
        if view.form.kind == "matching":
            return MatchBoard(self._glyphs, view)
        return AnswerEntry(self._glyphs, view)

    @property
    def quick(self) -> bool:
        """Whether a digit commits where one choice is right."""
        return self._choices.quick

    @quick.setter
    def quick(self, quick: bool) -> None:
        self._choices.quick = quick

    @property
    def entry(self) -> AnswerEntry | None:
        """Where times are typed or marked; none where the question asks for no time."""
        from tutor.tui.widgets.answer_entry import AnswerEntry

        field = self._field
        return field if isinstance(field, AnswerEntry) and field.takes_marks else None

    @property
    def draft(self) -> object:
        """What has been answered so far."""
        if self._field is not None:
            return self._field.draft
        if self._view is None:
            return None
        return [self._view.form.choices[index].id for index in self._choices.picked]

    @property
    def has_keys(self) -> bool:
        """Whether letters go into the answer, now or as soon as its field stands."""
        field = self._field
        if field is None or not self.is_attached:
            return False
        focused = self.screen.focused
        return field.wants_keys or (focused is not None and field in focused.ancestors_with_self)

    @property
    def is_left(self) -> bool:
        """Whether lines to type in have left the keys to the screen."""
        return self.is_typed and not self.has_keys

    @property
    def is_written(self) -> bool:
        """Whether several lines are being written."""
        return self._view is not None and self._view.form.kind == "text" and self.has_keys

    @property
    def has_typing(self) -> bool:
        """Whether an answer is being typed: the line that it goes to is kept in sight."""
        return self.is_typed and self.has_keys

    @property
    def is_typed(self) -> bool:
        """Whether the answer is typed in a field."""
        from tutor.tui.widgets.answer_entry import AnswerEntry

        return isinstance(self._field, AnswerEntry)

    @property
    def field(self) -> Widget:
        """What takes the answer; a new one is told of a refresh only once it stands."""
        return self._field or self._choices

    @property
    def first_row(self) -> Widget | None:
        """The first of what is picked from or typed in, once it stands."""
        from tutor.tui.widgets.answer_entry import AnswerEntry

        field = self.field
        rows = field.fields if isinstance(field, AnswerEntry) else field.query(ChoiceRow)
        return next((row for row in rows if row.display and row.size), None)

    def keep_in_sight(self) -> None:
        """Scroll to the line that is being typed in."""
        if self.has_typing and self.screen.focused is not None:
            self.screen.focused.scroll_visible(animate=False)

    def on_resize(self) -> None:
        """What is typed has grown, or has another width."""
        self.call_after_refresh(self.keep_in_sight)

    def takes(self, message: Answered) -> bool:
        """True where `message` answers what is asked now."""
        return message.source is (self._field or self._choices)

    def give_keys(self) -> None:
        """Give the keys to what takes the answer."""
        takes_keys = self._field.takes_keys if self._field is not None else self._choices
        if takes_keys.is_attached:
            # At once, not later on: the next key may be under way already. What is asked stays
            # in sight above the choices; what is typed is brought there.
            self.screen.set_focus(takes_keys, scroll_visible=self.is_typed)
        elif self._field is not None:
            self._field.wants_keys = True

    def digit(self, digit: int) -> None:
        """Take a digit that was pressed elsewhere; only what is typed can begin with 0."""
        if digit or self.is_typed:
            self.give_keys()
            (self._field or self._choices).action_digit(digit)

    def commit(self) -> None:
        """Commit what is picked from elsewhere; what is typed has to be in sight first."""
        self.give_keys()
        (self._field or self._choices).action_commit()

    def hold(self, waits: bool) -> None:
        """While the answer waits for how sure it is, nothing of it can be changed."""
        self._choices.disabled = waits
        self.query_one("#entry").disabled = waits
        self.query_one("#sure").display = waits

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Tell the ids that are picked."""
        message.stop()
        choices = self._choices
        if self._view is not None and self._field is None and choices.offers(message):
            picked = [self._view.form.choices[index].id for index in message.indices]
            self.post_message(Answered(choices, picked))

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Tell that another one is picked."""
        message.stop()
        self.post_message(AnswerChanged())
