"""A question of a class in the app: what was answered to it, and other marks for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tutor.classroom.collection.choosing import ALL, CannotGive, Choice, choose, logged_in
from tutor.classroom.register.register import Register
from tutor.classroom.report.asked import each_question
from tutor.classroom.report.blocks import Part
from tutor.classroom.report.lines import part_lines
from tutor.classroom.report.view import ClassReport, ItemView
from tutor.course.text import one_line
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.classroom import ClassScreen
from tutor.tui.screens.classroom_report import look_on, read_report
from tutor.tui.screens.lab_dialogs import LineScreen, Picked, PickScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import class_report as report_words
from tutor.words import class_screen as words
from tutor.words import common, exam_screen

LONGEST_WHY = 1000
_OTHER = {"met": "missed", "missed": "met", "contradicted": "met"}


class _Group(Struct, frozen=True):
    """Answers that are alike, and what gives them other marks; without `marks` that is asked."""

    says: str
    n: int
    choice: Choice
    has_given: bool = False


class ItemScreen(ClassScreen):
    """What was answered to a question."""

    HELP = words.ITEM_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "item(1)", words.NEXT_QUESTION, id="item.next", tooltip=words.NEXT_QUESTION_TIP
        ),
        Binding("p", "item(-1)", show=False, id="item.before", tooltip=exam_screen.BACK_TIP),
        Binding("o", "override", words.OVERRIDE, id="item.marks", tooltip=words.OVERRIDE_TIP),
        Binding("m,escape,b", "back", common.BACK, id="item.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("item"),
    ]

    def __init__(self, register: Register, key: int, report: ClassReport, place: int) -> None:
        """Show a question.

        Args:
            register: Where other marks are kept.
            key: The assignment's key there.
            report: The report on it.
            place: Which of its questions, from 0.
        """
        super().__init__()
        self.register = register
        self._key = key
        self._report = report
        self._place = place

    def compose(self) -> ComposeResult:
        """The title, the text, the keys."""
        yield Static(id="title", markup=False)
        with VerticalScroll(id="report"):
            yield Static(id="parts", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Show the question."""
        box = self.query_one("#report", VerticalScroll)
        self.query_one(KeyBar).follow(box)
        box.focus()
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Wrap it anew."""
        self._show()

    @property
    def item(self) -> ItemView:
        """The question."""
        return self._report.items[self._place]

    def _show(self) -> None:
        report, item = self._report, self.item
        title = words.ITEM_TITLE.format(
            title=report.title, number=item.number, count=len(report.items)
        )
        self.query_one("#title", Static).update(self.glyphs.text(title, "bold"))
        blocks = each_question(replace(report, items=(item,)), report.id[:8])
        lines = part_lines(Part("", tuple(blocks)), look_on(self))
        self.query_one("#parts", Static).update(self.glyphs.text("\n".join([*lines][3:])))

    def action_item(self, by: int) -> None:
        """Show the question after, or before."""
        self._place = (self._place + by) % len(self._report.items)
        self._show()
        self.query_one("#report", VerticalScroll).scroll_home(animate=False)

    def action_override(self) -> None:
        """Ask which answers are to have other marks."""
        groups = [*_groups(self.item)]
        if not groups:
            self.tell(words.NOTHING_TO_OVERRIDE)
            return

        def take(picked: Picked | None) -> None:
            if picked is not None:
                self._ask_marks(groups[picked[0]])

        lines = [(one_line(one.says, 200), words.GROUP_SIZE.format(n=one.n)) for one in groups]
        self.app.push_screen(PickScreen(self.glyphs, words.WHICH_ANSWERS, lines), take)

    def _ask_marks(self, group: _Group) -> None:
        if group.choice.point is not None:
            self._ask_why(group.choice)
            return

        def take(typed: str | None) -> None:
            if not typed:
                return
            if group.has_given and typed.strip().casefold() == words.TAKE_BACK:
                self._ask_why(replace(group.choice, withdraw=True))
                return
            try:
                marks = float(typed.replace(",", "."))
            except ValueError:
                self.tutor.complain(words.NO_MARKS.format(most=self.item.max_marks))
                return
            self._ask_why(replace(group.choice, marks=marks))

        asks = words.WHICH_MARKS_NOW if group.has_given else words.WHICH_MARKS
        asks = asks.format(n=group.n, most=self.item.max_marks, key=words.TAKE_BACK)
        self.app.push_screen(LineScreen(self.glyphs, asks), take)

    def _ask_why(self, choice: Choice) -> None:
        def take(typed: str | None) -> None:
            if typed:
                self._give(choice, one_line(typed, LONGEST_WHY))

        self.app.push_screen(LineScreen(self.glyphs, words.WHY), take)

    def _give(self, choice: Choice, why: str) -> None:
        register = self.register
        assert register is not None

        def act() -> int:
            try:
                return choose(register, self._key, choice, logged_in(), why)[0]
            except CannotGive as problem:
                raise ValueError(words.PROBLEM.format(problem=problem)) from None

        def done(count: int) -> None:
            if count:
                told = words.TAKEN_BACK if choice.withdraw else words.OVERRIDDEN
                self.tell(told.format(n=count))
                self.read()
            else:
                self.tutor.complain(words.NOTHING_CHANGED)

        self.beside(act, done, changes=True)

    def read(self) -> None:
        """Show the question as it stands now."""
        register, assignment = self.register, self._report.id
        assert register is not None

        def show(report: ClassReport) -> None:
            self._report = report
            self._show()

        self.beside(lambda: read_report(register, assignment).report, show)


def _groups(item: ItemView) -> Iterator[_Group]:
    """The answers that are alike; of a mark point those that meet it, or miss it, together."""
    for point in item.points:
        for state, named in report_words.POINT_STATES.items():
            answers = getattr(point, state)
            other = report_words.POINT_STATES[_OTHER[state]].lower()
            says = words.GROUP_OF_POINT.format(state=named, other=other, point=point.text)
            choice = Choice(ALL, item.id, point=point.id, state=_OTHER[state])
            if state != "contradicted":
                if answers:
                    yield _Group(says, sum(one.n for one in answers), choice)
                continue
            for one in answers:  # Each for itself: it is not one slip of the marking.
                alike = replace(choice, learner=one.learners[0], same_answer=True)
                yield _Group(f"{says} | {one.text}", one.n, alike)
    for one in item.to_mark:
        given = bool(one.overridden)
        says = words.GROUP_GIVEN.format(marks=one.marks, text=one.text) if given else one.text
        yield _Group(says, one.n, Choice(one.learners[0], item.id, same_answer=True), given)
