"""Assignments in the app: the list, and the desk where one is begun, handed in and read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.classroom.files import FileProblem
from tutor.classroom.learner.desk import (
    Deed,
    Doable,
    as_sentence,
    asks_before,
    asks_before_keys,
    doable,
    reason_of,
    told,
)
from tutor.classroom.learner.desk import list_line as line_of
from tutor.classroom.learner.finding import (
    Found,
    Listed,
    hand_in_folder,
    listed,
    open_listed,
    usual_folders,
)
from tutor.classroom.learner.identity import Who, who_is_it
from tutor.journal.store import JournalError
from tutor.tui.bindings import ALL_KEYS
from tutor.tui.runner import Runner
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.screens.lab_dialogs import LineScreen, SureScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import assigned as words
from tutor.words import common

if TYPE_CHECKING:
    from tutor.classroom.learner.released import Marked
    from tutor.tui.app import TutorApp
    from tutor.tui.screens.assigned_work import Left

#: Folders are looked through so long after the first frame.
LOOK_S = 0.03
#: So many assignments are listed.
MOST_LISTED = 40


def open_assignments(app: TutorApp, path: Path | None = None) -> None:
    """Show the assignments there are, or open the one in a file."""
    app.push_screen(AssignmentsScreen())
    if path is not None:
        open_path(app, path)


def open_path(app: TutorApp, path: Path) -> None:
    """Open the assignment, or the release, that a file holds; what is wrong with it is told."""
    try:
        opened = app.reported(partial(open_listed, path, app.journal))
    except (FileProblem, OSError) as problem:
        app.complain(words.NOT_OPENED.format(name=path.name, reason=reason_of(problem)))
        return
    if opened is not None:
        app.push_screen(DeskScreen(*opened))


class AssignmentsScreen(TutorScreen):
    """The assignments on this machine; Enter opens one."""

    HELP = words.LIST_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,escape,b", "back", common.BACK, id="assignments.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        Binding(
            "q",
            "app.leave",
            common.QUIT,
            show=False,
            id="assignments.quit",
            tooltip=common.TO_QUIT,
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._listed: list[Listed] = []
        self._here = 0

    def compose(self) -> ComposeResult:
        """The list, and what could not be used."""
        yield Static(self.glyphs.text(common.ASSIGNMENTS, "bold"), id="title", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            yield Choices(self.glyphs, rows=MOST_LISTED, id="choices")
            yield Static(id="exam-note", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Look through the folders, once the screen stands."""
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """Look again: files may have come, and work gone on."""
        self.set_timer(LOOK_S, self._look)

    def _look(self) -> None:
        found = self.tutor.reported(lambda: listed(self.tutor.journal, usual_folders()))
        if found is None or not self.is_mounted:
            return
        self._listed, bad = found[0][:MOST_LISTED], found[1]
        lines = [self.glyphs.text(line_of(one)) for one in self._listed]
        self._here = min(self._here, max(0, len(lines) - 1))
        self.query_one(Choices).offer(lines, cursor=self._here if lines else None)
        self.query_one("#exam-note", Static).update(self.glyphs.text("\n".join(self._notes(bad))))

    def _notes(self, bad: list[Found]) -> list[str]:
        notes = [] if self._listed else [words.NONE_FOUND]
        changed = [one.changed.name for one in self._listed if one.changed is not None]
        notes += [words.OTHER_FILE.format(name=name) for name in changed]
        notes += [words.NOT_OPENED.format(name=one.path.name, reason=one.problem) for one in bad]
        return notes

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Remember where the cursor is."""
        self._here = message.index

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Open it."""
        if self.is_current and message.indices[0] < len(self._listed):
            one = self._listed[message.indices[0]]
            open_path(self.tutor, one.release or one.path)

    def action_back(self) -> None:
        """Leave."""
        close(self)


class DeskScreen(TutorScreen):
    """One assignment: what it is, how it stands, and what can be done with it."""

    HELP = words.DESK_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,escape,b", "back", common.BACK, id="desk.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        Binding(
            "q",
            "ask_to_quit",
            common.QUIT,
            show=False,
            id="desk.quit",
            tooltip=words.QUIT_TIP,
        ),
    ]

    def __init__(self, listed: Listed, note: str = "") -> None:
        super().__init__()
        self._listed = listed
        self._assigned = listed.assigned
        self._note = note
        self._doable: tuple[Doable, ...] = ()
        self._wish: Deed | None = None
        self._runner = Runner(self, self._tell_progress)

    def compose(self) -> ComposeResult:
        """What it is, what can be done, what was done last."""
        title = self.glyphs.text(self._assigned.title, "bold")
        yield Static(title, id="title", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            yield Static(id="desk-told", markup=False)
            yield Choices(self.glyphs, rows=4, id="choices")
            yield Static(id="exam-note", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Ask first whose it is, where that is not known."""
        self.query_one(Choices).focus()
        if self.tutor.reported(lambda: self._assigned.who or "") == "":
            self._ask_who()

    def on_screen_resume(self) -> None:
        """Tell how it stands now."""
        self._show()

    def _show(self) -> None:
        self.tutor.done(self._tell)

    def _tell(self) -> None:
        glyphs = self.glyphs
        self.query_one("#desk-told", Static).update(glyphs.text("\n".join(told(self._listed))))
        self._doable = doable(self._listed)
        deeds = [one.deed for one in self._doable]
        here = deeds.index(self._wish) if self._wish in deeds else 0
        choices = self.query_one(Choices)
        choices.offer([glyphs.text(one.says) for one in self._doable], cursor=here)
        note = self.query_one("#exam-note", Static)
        note.update(glyphs.text(self._note))
        self.call_after_refresh(choices.show_cursor)
        if self._note:
            self.call_after_refresh(note.scroll_visible, animate=False)

    def _say(self, note: str) -> None:
        self._note = note
        self._show()

    # What can be done.

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Do it."""
        if not self.is_current or message.indices[0] >= len(self._doable):
            return
        self._wish = None
        deeds: dict[Deed, Callable[[], None]] = {
            "work": self._work,
            "hand-in": self._hand_in,
            "read": self._read,
            "anew": self._anew,
            "who": self._ask_who,
        }
        deeds[self._doable[message.indices[0]].deed]()

    def _done(self, act: Callable[[], None]) -> None:
        """Do something; why it could not be done is told."""
        try:
            act()
        except JournalError as error:
            self.tutor.complain(str(error))
        except (ValueError, OSError) as problem:
            self._say(as_sentence(reason_of(problem)))

    def _work(self) -> None:
        def open_work() -> None:
            from tutor.classroom.learner.sitting import Sitting
            from tutor.tui.screens.assigned_work import PracticeScreen, SittingScreen

            assigned = self._assigned
            if assigned.who is None:
                self._ask_who()
                return
            work = assigned.begin() if assigned.begun is None else assigned.go_on()
            self._note = ""
            if isinstance(work, Sitting):
                self.app.push_screen(SittingScreen(work, self._was_left))
            else:
                self.app.push_screen(PracticeScreen(work, self._was_left))

        self._done(open_work)

    def _was_left(self, why: Left) -> None:
        """Hand it in next, where all was answered or time is up."""
        self._wish = "work" if why == "left" else "hand-in"
        clock = self._assigned.assignment.policy.minutes is not None and why != "time"
        said = words.TIME_RAN_OUT if why == "time" else words.LEFT_CLOCK if clock else words.LEFT
        self._say(said)

    def _anew(self) -> None:
        def begin(sure: bool | None) -> None:
            if sure:
                self._done(lambda: self._begin_anew())

        self.app.push_screen(SureScreen(self.glyphs, words.ANEW_SURE), begin)

    def _begin_anew(self) -> None:
        self._assigned.begin()
        self._work()

    def _hand_in(self) -> None:
        question = self.tutor.reported(partial(asks_before, self._assigned))
        if question:
            asked = SureScreen(self.glyphs, question)
            self.app.push_screen(asked, lambda sure: self._write() if sure else None)
        elif question is not None:
            self._write()

    def _write(self) -> None:
        def write() -> None:
            from tutor.classroom.learner.handing_in import hand_in, handed_lines

            handed = hand_in(self._assigned, hand_in_folder())
            self._say("\n".join(handed_lines(self._assigned, handed)))

        self._done(write)

    # Its keys.

    def _read(self) -> None:
        question = self.tutor.reported(partial(asks_before_keys, self._assigned))
        if question:
            asked = SureScreen(self.glyphs, question)
            self.app.push_screen(asked, lambda sure: self._open_keys() if sure else None)
        elif question is not None:
            self._open_keys()

    def _open_keys(self) -> None:
        def read() -> None:
            from tutor.classroom.learner.released import open_keys, runs_of

            marked = open_keys(self._assigned, self._listed.release)
            work = runs_of(self._assigned, marked)
            if work is None:
                self._report(marked)
            else:
                self._tell_progress(0.0)
                self._runner.wish(work, lambda _: self._report(marked))

        self._done(read)

    def _report(self, marked: Marked) -> None:
        def show() -> None:
            from tutor.classroom.learner.released import mark_work
            from tutor.tui.screens.exam_report import ExamReportScreen

            mark_work(self._assigned, marked)
            self._note = ""
            self.app.push_screen(ExamReportScreen(marked.files, marked.begun, marked.given))

        self._done(show)

    def _tell_progress(self, share: float) -> None:
        meter = self.glyphs.meter(share, 16)
        self.query_one("#exam-note", Static).update(
            self.glyphs.text(common.RUNNING.format(meter=meter, share=share))
        )

    def on_unmount(self) -> None:
        """Stop what goes on beside the screen."""
        self._runner.cancel()

    # Whose it is.

    def _ask_who(self, asks: str = words.ASK_ID) -> None:
        who = self.tutor.reported(lambda: who_is_it(self.tutor.journal) or Who(""))
        if who is not None:
            line = LineScreen(self.glyphs, asks, who.id)
            self.app.push_screen(line, partial(self._take_id, who.name))

    def _take_id(self, name: str, typed: str | None) -> None:
        if typed is None:
            self._show()
        elif problem := self._assigned.refusal(typed):
            said = as_sentence(problem)
            self._ask_who(words.ASK_AGAIN.format(problem=said, asks=words.ASK_ID))
        else:
            line = LineScreen(self.glyphs, words.ASK_NAME, name)
            self.app.push_screen(line, partial(self._take_name, typed))

    def _take_name(self, learner: str, name: str | None) -> None:
        self._note = ""
        self._done(lambda: self._assigned.sit_as(Who(learner, name or "")))
        self._show()

    def action_ask_to_quit(self) -> None:
        """Quit; where something is to be handed in only once that is confirmed."""
        from tutor.tui.screens.assigned_work import ask_to_quit

        ask_to_quit(self.tutor, self._assigned)

    def action_back(self) -> None:
        """Leave."""
        close(self)
