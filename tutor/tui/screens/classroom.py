"""A tutor's register in the app: the assignments that it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.classroom.collection.collecting import Collected, collect
from tutor.classroom.files import FileProblem
from tutor.classroom.keys import tutor_key
from tutor.classroom.register.housekeeping import (
    LONGEST_TITLE,
    Held,
    Typed,
    goes_line,
    held,
    remove,
    rename,
    to_type,
)
from tutor.classroom.register.listing import Overview, overview
from tutor.classroom.register.naming import find_assignment
from tutor.classroom.register.register import Register, open_register
from tutor.course.text import one_line
from tutor.journal.store import default_path
from tutor.session.slow import Work
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.runner import Runner
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.screens.lab_dialogs import LineScreen, SureScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import class_report, common, housekeeping, plural
from tutor.words import class_screen as words

#: So many assignments are listed.
MOST_LISTED = 60
T = TypeVar("T")


class ClassScreen(TutorScreen):
    """A screen that works with the register beside itself, and collects into it."""

    register: Register | None = None

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._doer = Runner(self), Runner(self)

    def on_unmount(self) -> None:
        """What is under way is wanted no more."""
        self._reader.cancel()
        self._doer.cancel()

    def beside(
        self, act: Callable[[], T], done: Callable[[T], None], *, changes: bool = False
    ) -> None:
        """Do `act` beside the screen, then `done` with what it gives; what fails is told.

        Reading again replaces what is being read, but nothing that changes the register.
        """
        found: list[T] = []

        def ended(error: str | None) -> None:
            if error is not None:
                self.tutor.complain(error)
                self.failed()
            else:
                done(found[0])

        runner = self._doer if changes else self._reader
        runner.wish(Work(lambda progress: found.append(act())), ended)

    def read(self) -> None:
        """Show the register as it is now."""
        raise NotImplementedError

    def failed(self) -> None:
        """Something was told that did not go well: say no more that it goes on."""

    def action_collect(self) -> None:
        """Ask for a place, and take in what is there."""
        if self.register is not None and not self._doer.busy:
            self.app.push_screen(LineScreen(self.glyphs, words.WHICH_PLACE), self._collect)

    def _collect(self, typed: str | None) -> None:
        register = self.register
        if not typed or register is None:
            return
        place = Path(typed).expanduser()
        if not place.exists():
            self.tutor.complain(words.NO_SUCH_PLACE.format(place=one_line(typed, 300)))
            return
        folder = default_path().parent

        def act() -> Collected:
            key = tutor_key(folder)
            if key is None:
                raise FileProblem(words.NO_KEY.format(command=words.KEY_COMMAND))
            return collect(register, [place], [key])

        def done(collected: Collected) -> None:
            self.tell(_told(collected))
            self.read()

        self.tell(words.COLLECTING.format(place=one_line(typed, 300)))
        self.beside(act, done, changes=True)

    def action_back(self) -> None:
        """Back to where it was opened."""
        close(self)


class RegisterScreen(ClassScreen):
    """The assignments of a register; Enter opens one."""

    HELP = words.REGISTER_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "collect", words.COLLECT, id="register.collect", tooltip=words.COLLECT_TIP),
        Binding("r", "rename", words.RENAME, id="register.rename", tooltip=words.RENAME_TIP),
        Binding("d", "delete", words.DELETE, id="register.delete", tooltip=words.DELETE_TIP),
        Binding("m,escape,b", "back", common.BACK, id="register.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("register"),
    ]

    def __init__(self, where: str | None = None) -> None:
        """Open a register once the screen stands.

        Args:
            where: A file or an address; None for the usual one.
        """
        super().__init__()
        self._where = where
        self._listed: list[Overview] = []
        self._here = 0

    def compose(self) -> ComposeResult:
        """The list, and what stands in its place while there is none."""
        yield Static(self.glyphs.text(words.REGISTER, "bold"), id="title", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            yield Choices(self.glyphs, rows=MOST_LISTED, id="choices")
            yield Static(self.glyphs.text(words.READING), id="class-note", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Open the register beside the screen."""
        self.query_one(Choices).focus()
        self.beside(lambda: open_register(self._where), self._opened)

    def on_unmount(self) -> None:
        """Close the register with the screen."""
        super().on_unmount()
        if self.register is not None:
            self.register.close()

    def on_screen_resume(self) -> None:
        """Something may have been collected or released since."""
        if self.register is not None:
            self.read()

    def _opened(self, register: Register) -> None:
        self.register = register
        title = f"{words.REGISTER}: {register.where}"
        self.query_one("#title", Static).update(self.glyphs.text(title, "bold"))
        self.read()

    def read(self) -> None:
        """List the assignments as they stand now."""
        register = self.register
        if register is not None:
            self.beside(lambda: overview(register), self._show)

    def failed(self) -> None:
        """Without a register there is nothing to read."""
        if self.register is None:
            self.query_one("#class-note", Static).update("")

    def _show(self, found: list[Overview]) -> None:
        self._listed = found[:MOST_LISTED]
        self._here = min(self._here, max(0, len(found) - 1))
        choices = self.query_one(Choices)
        choices.offer([self.glyphs.text(_line(one)) for one in self._listed], cursor=self._here)
        choices.display = bool(found)
        self.refresh_bindings()
        note = "" if found else words.EMPTY.format(assign=words.ASSIGN)
        self.query_one("#class-note", Static).update(self.glyphs.text(note))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is there is called otherwise, or deleted."""
        return action not in ("rename", "delete") or bool(self._listed)

    def action_rename(self) -> None:
        """Ask how the one that is marked is to be called."""
        register, chosen = self.register, self._listed[self._here]
        assert register is not None

        def take(typed: str | None) -> None:
            if not typed:
                return
            title = one_line(typed, LONGEST_TITLE)

            def act() -> None:
                with register.reading() as connection:
                    key = find_assignment(connection, chosen.id)
                rename(register, key, title)

            told = housekeeping.RENAMED.format(before=one_line(chosen.title, 80), title=title)
            self.beside(act, lambda _: self._changed(told), changes=True)

        line = LineScreen(self.glyphs, words.WHICH_TITLE, one_line(chosen.title, LONGEST_TITLE))
        self.app.push_screen(line, take)

    def action_delete(self) -> None:
        """Say what goes with the one that is marked, and ask twice."""
        register, chosen = self.register, self._listed[self._here]
        assert register is not None

        def look() -> tuple[int, Held, Typed]:
            with register.reading() as connection:
                key = find_assignment(connection, chosen.id)
                found = held(connection, key)
                return key, found, to_type(connection, found)

        def ask(looked: tuple[int, Held, Typed]) -> None:
            key, found, wanted = looked
            told = housekeeping.DELETED.format(title=one_line(found.title, LONGEST_TITLE))

            def take(typed: str | None) -> None:
                if typed and wanted.is_meant(typed):
                    act = partial(remove, register, key)
                    self.beside(act, lambda _: self._changed(told), changes=True)
                elif typed:
                    self.tutor.complain(words.PROBLEM.format(problem=wanted.otherwise))

            def sure(yes: bool | None) -> None:
                if yes:
                    self.app.push_screen(LineScreen(self.glyphs, wanted.asks), take)

            text = words.DELETE_SURE.format(goes=goes_line(found))
            self.app.push_screen(SureScreen(self.glyphs, text), sure)

        self.beside(look, ask)

    def _changed(self, told: str) -> None:
        self.tell(told)
        self.read()

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Remember what is marked."""
        self._here = message.index

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Open the report of one."""
        register, chosen = self.register, self._listed[message.indices[0]]
        if register is not None and self.query_one(Choices).offers(message):
            from tutor.tui.screens.classroom_report import ReportScreen

            self.app.push_screen(ReportScreen(register, chosen))


def _line(one: Overview) -> str:
    handed = words.HANDED_OF if one.learners else words.HANDED
    return words.LISTED.format(
        title=one_line(one.title, 80),
        due=one.due_at.astimezone().strftime(words.DAY),
        handed=handed.format(handed_in=one.handed_in, learners=one.learners, late=one.late),
        released=words.RELEASED if one.released_at else "",
    )


def _told(collected: Collected) -> str:
    results, aside = collected.results, len(collected.set_aside)
    if not results:
        return words.NOTHING_TAKEN_IN.format(aside=aside)
    contests = sum(len(one.contests) for one in results)
    resting = sum(len(one.resting) for one in results)
    told = [
        plural(count, *text).format(count=count)
        for count, text in ((contests, words.CONTESTS), (resting, words.RESTING))
        if count
    ]
    found = sum(one.found for one in results)
    learners = sum(one.learners for one in results)
    taken = words.TAKEN_IN.format(
        files=plural(found, *words.FILES).format(count=found),
        learners=plural(learners, *class_report.LEARNERS).format(n=learners),
        new=sum(one.new for one in results),
        aside=aside,
        late=sum(one.late for one in results),
    )
    return " ".join((*told, taken))
