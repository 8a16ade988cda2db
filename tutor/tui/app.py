"""The app: opens screens, keeps the learner's settings, and reports what went wrong."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from textual.app import App
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal, JournalError
from tutor.plot.figure import Mode
from tutor.session.profile import first_minute_is_due
from tutor.session.terminal import (
    MOTION,
    choose_mode,
    chosen_mode,
    default_mode,
    is_on,
    shown_in,
    turn,
)
from tutor.tui.widgets.text import Glyphs

if TYPE_CHECKING:
    from tutor.session.home import HomeView

#: Below this the app offers lines of text.
SMALLEST = (60, 16)
TOO_SMALL = "-too-small"

T = TypeVar("T")
Outcome = Literal["quit", "plain"]


class _PlainBar(ScrollBarRender):
    """A scroll bar of spaces alone, which every terminal can show."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]


class TutorApp(App[Outcome]):
    """Shows sessions over one course and one journal."""

    CSS_PATH = "tutor.tcss"
    TITLE = "Action potential tutor"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("ctrl+q,ctrl+c", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+o", "toggle_motion", "Motion on or off", show=False),
        Binding("f1,question_mark", "help", "Help", show=False),
    ]

    def __init__(self, files: CourseFolder, journal: Journal, start_phase: str | None) -> None:
        super().__init__()
        self.files = files
        self.journal = journal
        self._start_phase = start_phase
        self.glyphs = Glyphs(chosen_mode(journal) or default_mode())
        self._set_motion(is_on(journal, MOTION))
        ScrollBar.renderer = _PlainBar

    def get_default_screen(self) -> Screen[Any]:
        """The course map where nothing comes before it: one screen less to lay out."""
        if not self._goes_home:
            return super().get_default_screen()
        from tutor.tui.screens.home import HomeScreen

        return HomeScreen()

    @property
    def _goes_home(self) -> bool:
        """True where the learner has chosen a mode and met the first minute."""
        return chosen_mode(self.journal) is not None and not first_minute_is_due(self.journal)

    def on_mount(self) -> None:
        """Show the first screen that is due."""
        with suppress(NotImplementedError):  # Windows knows no such signal
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.action_leave)
        self.call_after_refresh(_collect_garbage)
        self.set_class(self.glyphs.mode == "ascii", "-plain-glyphs")
        if chosen_mode(self.journal) is None:
            from tutor.tui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self.files), self._mode_chosen)
        else:
            self._show_next()

    def _mode_chosen(self, mode: Mode | None) -> None:
        if mode is not None:
            self.glyphs = Glyphs(mode)
            self.set_class(mode == "ascii", "-plain-glyphs")
            self.reported(lambda: choose_mode(self.journal, mode))
        self._show_next()

    def _show_next(self) -> None:
        if self._start_phase is not None:
            self.show_home()
            self.open_phase(self._start_phase)
        elif first_minute_is_due(self.journal):
            from tutor.tui.screens.first_minute import FirstMinuteScreen

            self.push_screen(FirstMinuteScreen(), lambda _: self._ask_profile())
        else:
            self.show_home()

    def _ask_profile(self) -> None:
        from tutor.tui.screens.profile import ProfileScreen

        self.push_screen(ProfileScreen(), lambda _: self.show_home())

    def show_home(self) -> None:
        """Show the course map in place of whatever is open."""
        from tutor.tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            self.pop_screen()
        if not isinstance(self.screen, HomeScreen):
            self.push_screen(HomeScreen())

    def home(self) -> HomeView:
        """What the home screen shows now."""
        from tutor.session.home import home_view

        return home_view(self.files, self.journal, date.today())

    def open_phase(self, phase_id: str) -> None:
        """Open the lesson of a phase over the home screen."""
        from tutor.session.lesson import Lesson
        from tutor.tui.screens.lesson import LessonScreen

        lesson = self.reported(lambda: Lesson(self.files, phase_id, self.journal))
        if lesson is not None:
            self.push_screen(LessonScreen(lesson))

    def reported(self, act: Callable[[], T]) -> T | None:
        """Do `act`; where the course or the journal fails, say so and return None."""
        try:
            return act()
        except ContentErrors as errors:
            more = len(errors.errors) - 1
            others = f"\nIt has {more} more; `tutor check` lists them." if more else ""
            self._complain(f"{errors.errors[0]}{others}")
        except JournalError as error:
            self._complain(str(error))
        return None

    def _complain(self, message: str) -> None:
        """Show what went wrong in place of earlier messages: together they hide the screen."""
        self.clear_notifications()
        message = shown_in(self.glyphs.mode, message)
        self.notify(message, severity="error", timeout=30, markup=False)

    def on_resize(self, event: Resize) -> None:
        """Offer plain lines while the terminal is too small."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        shows_small = self.screen.has_class(TOO_SMALL)
        if small and not shows_small:
            from tutor.tui.screens.small import SmallScreen

            self.push_screen(SmallScreen(classes=TOO_SMALL))
        elif not small and shows_small:
            self.pop_screen()

    def action_leave(self) -> None:
        """Quit; everything answered is in the journal already."""
        self.exit("quit")

    def action_help(self) -> None:
        """Show the keys."""
        from tutor.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.glyphs))

    def action_toggle_motion(self) -> None:
        """Let traces draw themselves, or show them at once."""
        self._set_motion(not self.motion)
        self.reported(lambda: turn(self.journal, MOTION, self.motion))
        self.notify(f"Motion {'on' if self.motion else 'off'}", markup=False)

    def _set_motion(self, on: bool) -> None:
        self.motion = on
        self.animation_level = "full" if on else "none"  # of scrolling

    @property
    def fault(self) -> Exception | None:
        """The exception that ended the app, if one did."""
        return self._exception

    def _print_error_renderables(self) -> None:
        """Report a fault of the app in a sentence, where Textual prints a traceback."""
        # `run_app` raises the exception again, and the command line reports it.
        self._exit_renderables.clear()


def run_app(files: CourseFolder, journal: Journal, start_phase: str | None) -> Outcome:
    """Run the app until it is left; "plain" asks for lines of text in its place.

    Raises:
        Exception: what a fault of the app raised.
    """
    app = TutorApp(files, journal, start_phase)
    outcome = app.run()
    if app.fault is not None:
        raise app.fault
    return outcome or "quit"


def _collect_garbage() -> None:
    """From the first frame on, but not among what was made before it: that stays to the end.

    To look through all of it again and again would make one key in twenty late, and a key makes
    some ten thousand objects, most of which are gone with the next one.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
