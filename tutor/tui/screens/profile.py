"""What the learner prepares for: exam, board, date; each can be skipped."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from tutor.session.profile import Profile, load_profile, parse_exam_date, save_profile
from tutor.tui.bindings import ALL_KEYS
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import common
from tutor.words import profile as named
from tutor.words import start as words


class ProfileScreen(TutorScreen):
    """Three short questions, one after the other."""

    HELP = words.PROFILE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "skip",
            common.SKIP,
            id="profile.skip",
            tooltip=words.SKIP_PROFILE_TIP,
        ),
        ALL_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._before = load_profile(self.tutor.journal)
        self._exam = ""
        self._board = ""
        self._offered: list[str] = []

    def compose(self) -> ComposeResult:
        """One list of choices, used twice, and a line for the date."""
        yield Static(id="title", markup=False)
        yield Static(id="before", markup=False)
        yield Choices(self.glyphs, id="choices")
        yield Input(placeholder=words.DATE_PLACEHOLDER, max_length=40, id="date")
        yield Static(id="after", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Ask for the exam."""
        self.query_one(Input).display = False
        self._offer(words.WHICH_EXAM, named.EXAMS, self._before.exam)

    def _offer(self, title: str, names: dict[str, str], before: str) -> None:
        """Offer names with the cursor on the one that was told `before`: Enter leaves it so."""
        self._offered = [*names, ""]
        self.query_one("#title", Static).update(self.glyphs.text(title, "bold"))
        choices = self.query_one(Choices)
        texts = [self.glyphs.text(name) for name in [*names.values(), words.SKIP_THIS]]
        choices.offer(texts, cursor=[*names].index(before) if before in names else None)
        choices.focus()

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Take the exam, then the board where there is one, then ask for the date."""
        if not self.query_one(Choices).offers(message):
            return
        picked = self._offered[message.indices[0]]
        if not self._exam:
            self._exam = picked
            if not picked:
                self._save(None)
            elif picked == "a-level":
                self._offer(words.WHICH_BOARD, named.BOARDS, self._before.board)
            else:
                self._ask_date()
        else:
            self._board = picked
            self._ask_date()

    def _ask_date(self) -> None:
        self.query_one(Choices).display = False
        self.query_one("#title", Static).update(self.glyphs.text(words.WHEN, "bold"))
        self.query_one("#before", Static).update(self.glyphs.text(words.HOW_TO_WRITE_DATE))
        line = self.query_one(Input)
        line.display = True
        if self._before.exam_date is not None:
            line.value = self._before.exam_date.isoformat()
        line.focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take the date, or say what is wrong with it."""
        try:
            self._save(parse_exam_date(message.value, date.today()))
        except ValueError as error:
            self.query_one("#after", Static).update(self.glyphs.text(f"{error}.", "$text-error"))

    def on_input_changed(self) -> None:
        """What was wrong with the date is being mended."""
        self.query_one("#after", Static).update("")

    def action_skip(self) -> None:
        """Leave with what has been told so far; what was told before stays."""
        if self._exam:
            self._save(self._before.exam_date)
        else:
            close(self)

    def _save(self, exam_date: date | None) -> None:
        profile = Profile(self._exam, self._board, exam_date)
        self.tutor.reported(lambda: save_profile(self.tutor.journal, profile))
        close(self)
