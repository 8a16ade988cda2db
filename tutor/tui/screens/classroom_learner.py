"""A learner of a class in the app: what was handed in, each answer, and its marks."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tutor.classroom.register.register import Register
from tutor.classroom.report.blocks import Part
from tutor.classroom.report.learner import learner_part
from tutor.classroom.report.lines import part_lines
from tutor.classroom.report.view import ClassReport, LearnerView
from tutor.session.terminal import shown_in
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.classroom import ClassScreen
from tutor.tui.screens.classroom_report import look_on
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import class_learner as words
from tutor.words import class_screen, common


class LearnerScreen(ClassScreen):
    """A learner's page."""

    HELP = words.LEARNER_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "learner(1)",
            words.NEXT_LEARNER,
            id="learner.next",
            tooltip=words.NEXT_LEARNER_TIP,
        ),
        Binding(
            "p", "learner(-1)", show=False, id="learner.before", tooltip=words.LAST_LEARNER_TIP
        ),
        Binding("m,escape,b", "back", common.BACK, id="learner.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("learner"),
    ]

    def __init__(self, register: Register, report: ClassReport, place: int) -> None:
        """Read a learner's page once the screen stands.

        Args:
            register: Where their work is kept.
            report: The report on the assignment.
            place: Which of its learners, from 0.
        """
        super().__init__()
        self.register = register
        self._report = report
        self._place = place
        self._part: Part | None = None

    def compose(self) -> ComposeResult:
        """The title, the text, the keys."""
        yield Static(id="title", markup=False)
        with VerticalScroll(id="report"):
            yield Static(self.glyphs.text(class_screen.READING), id="parts", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Read beside the screen."""
        box = self.query_one("#report", VerticalScroll)
        self.query_one(KeyBar).follow(box)
        box.focus()
        self.read()

    def on_resize(self, event: Resize) -> None:
        """Wrap it anew."""
        self._lay_out()

    def read(self) -> None:
        """Show the learner as the register has them now."""
        register, report = self.register, self._report
        assert register is not None
        title = words.LEARNER_TITLE.format(
            title=report.title, number=self._place + 1, count=len(report.learners)
        )
        shown = shown_in(self.glyphs.mode, title)
        self.query_one("#title", Static).update(self.glyphs.text(shown, "bold"))
        self.beside(partial(_read, register, report, report.learners[self._place]), self._show)

    def failed(self) -> None:
        """Say no more that it goes on."""
        if self._part is None:
            self.query_one("#parts", Static).update("")

    def _show(self, part: Part) -> None:
        self._part = part
        self._lay_out()
        self.query_one("#report", VerticalScroll).scroll_home(animate=False)

    def _lay_out(self) -> None:
        if self._part is not None:
            lines = "\n".join(part_lines(self._part, look_on(self)))
            self.query_one("#parts", Static).update(self.glyphs.text(lines))

    def action_learner(self, by: int) -> None:
        """Show the learner after, or before."""
        self._place = (self._place + by) % len(self._report.learners)
        self.read()


def _read(register: Register, report: ClassReport, learner: LearnerView) -> Part:
    with register.reading() as connection:
        return learner_part(connection, report, learner)
