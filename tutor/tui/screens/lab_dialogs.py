"""What the lab asks over its screen: one of a list, a line, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tutor.course.text import clean
from tutor.tui.leaving import Leaving
from tutor.tui.screens.base import close
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.text import Glyphs
from tutor.tui.widgets.typing import Line
from tutor.words import common
from tutor.words import lab_screen as words

LONGEST_LINE = 300
#: What was picked, and whether it is to be deleted.
Picked = tuple[int, bool]


class PickScreen(Leaving, ModalScreen[Picked]):
    """A list, each line with a sentence. Enter picks, Escape leaves."""

    HELP = words.PICK_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q",
            "leave",
            common.BACK,
            key_display=common.ESC,
            id="pick.back",
            tooltip=common.GO_BACK,
        ),
        Binding("d,delete", "delete", words.DELETE, id="pick.delete", tooltip=words.DELETE_TIP),
    ]

    def __init__(
        self,
        glyphs: Glyphs,
        title: str,
        lines: Sequence[tuple[str, str]],
        here: int = 0,
        *,
        deletes: bool = False,
    ) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._asks = title
        self._offered = lines
        self._deletes = deletes
        self._here = here

    def compose(self) -> ComposeResult:
        """The title, the list, the keys."""
        with Vertical(id="pick"):
            yield Static(self._glyphs.text(self._asks, "bold"), id="pick-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Choices(self._glyphs, rows=len(self._offered))
        yield KeyBar(self._glyphs)

    def on_mount(self) -> None:
        """Offer the list."""
        texts = []
        for name, sentence in self._offered:
            told = self._glyphs.text(f"  {sentence}" if sentence else "")
            texts.append(self._glyphs.text(name, "bold").append(told))
        choices = self.query_one(Choices)
        choices.offer(texts, cursor=self._here)
        choices.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is saved can be deleted."""
        return action != "delete" or self._deletes

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Remember what is chosen."""
        self._here = message.index

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Give it back."""
        close(self, (message.indices[0], False))

    def action_delete(self) -> None:
        """Ask for it to be deleted."""
        close(self, (self._here, True))

    def action_leave(self) -> None:
        """Pick nothing."""
        close(self)


class SureScreen(Leaving, ModalScreen[bool]):
    """A question that is answered with yes or no."""

    HELP = words.SURE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", words.YES, id="sure.yes", tooltip=words.YES_TIP),
        Binding("n,escape", "answer(False)", words.NO, id="sure.no", tooltip=words.NO_TIP),
    ]

    def __init__(self, glyphs: Glyphs, text: str) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._text = text

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical(id="pick"):
            yield Static(self._glyphs.text(self._text, "bold"), markup=False)
        yield KeyBar(self._glyphs)

    def action_answer(self, yes: bool) -> None:
        """Give the answer back."""
        close(self, yes)


class LineScreen(Leaving, ModalScreen[str]):
    """A line that is typed. Enter gives it back, Escape leaves."""

    HELP = words.LINE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave",
            common.BACK,
            key_display=common.ESC,
            id="line.back",
            tooltip=words.NO_LINE_TIP,
        ),
    ]

    def __init__(self, glyphs: Glyphs, title: str, text: str = "") -> None:
        super().__init__()
        self._glyphs = glyphs
        self._asks = title
        self._text = text

    def compose(self) -> ComposeResult:
        """What is asked for, and the line."""
        with Vertical(id="pick"):
            yield Static(self._glyphs.text(self._asks, "bold"), id="pick-title", markup=False)
            yield Line(self._text, max_length=LONGEST_LINE, select_on_focus=False, compact=True)
        yield KeyBar(self._glyphs)

    def on_mount(self) -> None:
        """Go on behind what stands there."""
        line = self.query_one(Line)
        self.set_focus(line)
        line.cursor_position = len(self._text)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Give the line back."""
        close(self, clean(message.value, LONGEST_LINE).strip())

    def action_leave(self) -> None:
        """Give nothing back."""
        close(self)
