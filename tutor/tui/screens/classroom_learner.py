"""A learner of a class in the app: what was handed in, each answer, and its marks."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tutor.classroom.collection.choosing import logged_in
from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.extending import extend, too_early
from tutor.classroom.collection.preferring import CannotPrefer, Work, prefer, works_of
from tutor.classroom.handout.deadlines import read_deadline
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.register.register import Register
from tutor.classroom.register.resting import resting_in
from tutor.classroom.report.blocks import Part
from tutor.classroom.report.learner import learner_part
from tutor.classroom.report.lines import part_lines
from tutor.classroom.report.view import ClassReport, LearnerView
from tutor.course.text import one_line
from tutor.session.terminal import shown_in
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.classroom import ClassScreen
from tutor.tui.screens.classroom_item import LONGEST_WHY
from tutor.tui.screens.classroom_report import look_on, read_report
from tutor.tui.screens.lab_dialogs import LineScreen, Picked, PickScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import class_learner as words
from tutor.words import class_screen, collecting, common, plural


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
        Binding("t", "longer", words.LONGER, id="learner.longer", tooltip=words.LONGER_TIP),
        Binding("w", "work", words.WORK, id="learner.work", tooltip=words.WORK_TIP),
        Binding("m,escape,b", "back", common.BACK, id="learner.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("learner"),
    ]

    def __init__(self, register: Register, key: int, report: ClassReport, place: int) -> None:
        """Read a learner's page once the screen stands.

        Args:
            register: Where their work is kept.
            key: The assignment's key there.
            report: The report on it.
            place: Which of its learners, from 0.
        """
        super().__init__()
        self.register: Register = register
        self._key = key
        self._report = report
        self._place = place
        self._part: Part | None = None
        self._works: tuple[Work, ...] = ()

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
        title = words.LEARNER_TITLE.format(
            title=report.title, number=self._place + 1, count=len(report.learners)
        )
        shown = shown_in(self.glyphs.mode, title)
        self.query_one("#title", Static).update(self.glyphs.text(shown, "bold"))
        self.beside(partial(_read, register, report, self.learner), self._show)

    @property
    def learner(self) -> LearnerView:
        """Whose page it is."""
        return self._report.learners[self._place]

    def failed(self) -> None:
        """Say no more that it goes on."""
        if self._part is None:
            self.query_one("#parts", Static).update("")

    def _show(self, found: tuple[Part, tuple[Work, ...]]) -> None:
        self._part, self._works = found
        self.refresh_bindings()
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is one work alone, there is nothing to choose."""
        return action != "work" or len(self._works) > 1

    def action_longer(self) -> None:
        """Ask for a later deadline, and mark what is there by it."""
        register, key, learner = self.register, self._key, self.learner

        def act(due_at: datetime) -> str:
            longer = [Enrolled(learner.id, due_at=due_at)]
            if too_early(register, key, longer):
                raise ValueError(words.EARLIER.format(due=_day(due_at)))
            given = extend(register, key, longer).given
            if not given:
                return collecting.NOT_EXTENDED
            remark(register, key, [*given])
            told = plural(1, *collecting.EXTENDED)
            return self._and_resting(told.format(count=1, names=one_line(learner.id, 80)), learner)

        def take(typed: str | None) -> None:
            if not typed:
                return
            try:
                due_at = read_deadline(typed, datetime.now(UTC))
            except ValueError as problem:
                self.tutor.complain(class_screen.PROBLEM.format(problem=problem))
                return
            self.beside(partial(act, due_at), self._changed, changes=True)

        asks = words.UNTIL.format(id=one_line(learner.id, 80))
        self.app.push_screen(LineScreen(self.glyphs, asks), take)

    def action_work(self) -> None:
        """Ask which work counts, and why."""
        learner, works = self.learner, self._works

        def take(picked: Picked | None) -> None:
            if picked is not None:
                receipt = works[picked[0]].receipt
                asks = LineScreen(self.glyphs, class_screen.WHY)
                self.app.push_screen(asks, partial(self._prefer, learner, receipt))

        count = len(self._report.items)
        lines = [
            (
                one_line(one.receipt, 80),
                words.ONE_WORK.format(
                    at=_day(one.handed_at),
                    answered=one.answered,
                    count=count,
                    state=words.STATES[one.state],
                ),
            )
            for one in works
        ]
        asks = words.WHICH_WORK.format(id=one_line(learner.id, 80))
        self.app.push_screen(PickScreen(self.glyphs, asks, lines), take)

    def _prefer(self, learner: LearnerView, receipt: str, typed: str | None) -> None:
        why = one_line(typed or "", LONGEST_WHY)
        if not why:
            return

        def act() -> str:
            who = logged_in()
            try:
                row = prefer(self.register, self._key, learner.id, receipt, who, why)
            except CannotPrefer as problem:
                raise ValueError(class_screen.PROBLEM.format(problem=problem)) from None
            told = collecting.CHOSEN.format(
                receipt=row.receipt,
                learner=one_line(learner.id, 80),
                marks=row.marks or 0.0,
                most=row.max_marks or 0.0,
            )
            return self._and_resting(told, learner)

        self.beside(act, self._changed, changes=True)

    def _and_resting(self, told: str, learner: LearnerView) -> str:
        """What was done, and for which questions a tutor's marks rest now."""
        with self.register.reading() as connection:
            resting = resting_in(connection, self._key, learner.key)
        named = (words.RESTING.format(questions=", ".join(one.questions)) for one in resting)
        return " ".join((told, *named))

    def _changed(self, told: str) -> None:
        """Say what was done, and show the learner as they stand now."""

        def show(report: ClassReport) -> None:
            self._report = report
            self.read()

        self.tell(told)
        self.beside(lambda: read_report(self.register, self._report.id).report, show)


def _read(
    register: Register, report: ClassReport, learner: LearnerView
) -> tuple[Part, tuple[Work, ...]]:
    with register.reading() as connection:
        return learner_part(connection, report, learner), works_of(connection, learner.key)


def _day(moment: datetime) -> str:
    return moment.astimezone().strftime(class_screen.DAY)
