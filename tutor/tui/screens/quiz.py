"""What to be asked in a quiz: a list, with the number and the kind of questions below it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.session.picking import Offer, Picking
from tutor.session.quiz import Quiz
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.screens.mixing import MixingScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import common
from tutor.words import quiz as quiz_words
from tutor.words import quiz_screen as words


class PickingScreen(TutorScreen):
    """Enter begins a quiz of what is marked, or goes on with the one that was left."""

    HELP = words.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,plus", "count(1)", words.MORE, id="quiz.more", tooltip=words.MORE_TIP),
        Binding("left,minus", "count(-1)", words.FEWER, id="quiz.fewer", tooltip=words.FEWER_TIP),
        Binding("k", "kind", words.KIND, id="quiz.kind", tooltip=words.KIND_TIP),
        Binding("m,escape,b", "back", common.BACK, id="quiz.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("quiz"),
    ]

    def __init__(self, picking: Picking) -> None:
        super().__init__()
        self._picking = picking
        self._offers: tuple[Offer, ...] = ()
        self._here = picking.usual

    def anew(self) -> PickingScreen:
        """The same offers, with what is picked."""
        return PickingScreen(self._picking)

    def compose(self) -> ComposeResult:
        """What can be picked, and how many questions of which kind are asked."""
        yield Static(self.glyphs.text(words.TITLE, "bold"), id="title", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            rows = len(self._picking.offers) + 1
            yield Choices(self.glyphs, rows=rows, id="choices")
        yield Static(id="next", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Offer it."""
        self.query_one(Choices).focus()
        self._show()

    def _show(self) -> None:
        picking = self._picking
        self._offers = picking.offers
        texts = [self.glyphs.text(picking.go_on_line)] if picking.begun else []
        for offer in self._offers:
            texts.append(self.glyphs.text(offer.line, "" if offer.count else "$text-muted"))
        self.query_one(Choices).offer(texts, cursor=self._here)
        asked = words.ASKED.format(count=picking.count, kind=picking.kind_named)
        self.query_one("#next", Static).update(self.glyphs.text(asked, "bold $text-primary"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was named beforehand has its kind."""
        return action != "kind" or self._picking.wanted is None

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Remember where the cursor is."""
        self._here = message.index

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Begin, or go on."""
        if not self.is_current:
            return
        begun = self._picking.begun
        place = message.indices[0] - (begun is not None)
        if place < 0 and begun is not None:
            self._open(begun)
        elif not self._offers[place].count:
            self.tell(f"{quiz_words.NOTHING_TO_ASK.capitalize()}.")
        else:
            quiz = self.tutor.reported(partial(self._picking.begin, self._offers[place]))
            if quiz is not None:
                self._open(quiz)

    def _open(self, quiz: Quiz) -> None:
        self.app.switch_screen(MixingScreen(quiz))

    def action_count(self, by: int) -> None:
        """Ask for more questions, or for fewer."""
        self._picking.change_count(by)
        self._show()

    def action_kind(self) -> None:
        """Ask for the next kind of question."""
        self._picking.change_kind()
        self._show()

    def action_back(self) -> None:
        """Leave."""
        close(self)
