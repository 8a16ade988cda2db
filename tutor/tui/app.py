"""The app: opens screens, keeps the learner's settings, and reports what went wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal, TypeVar

from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.events import Event, InputEvent, Resize
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal, JournalError
from tutor.plot.figure import Mode
from tutor.session.profile import first_minute_is_due
from tutor.session.terminal import (
    MOTION,
    MOUSE,
    chosen_mode,
    chosen_theme,
    config_folder,
    is_on,
    mode_here,
    shown_in,
    turn,
)
from tutor.tui import themes
from tutor.tui.memory import (
    LONG_REST_S,
    REST_S,
    collect_all,
    collect_young,
    spare_from_now,
)
from tutor.tui.widgets.key_bar import key_name
from tutor.tui.widgets.text import Glyphs
from tutor.words import app as words
from tutor.words import common
from tutor.words import copying as copying_words

#: What a learner's own keys are read from, in the folder of what they write by hand.
KEYS_FILE = "keys.toml"
#: Below this the app offers lines of text.
SMALLEST = (60, 16)
#: Work beside the screen gives way to a key within this time, where Python would take 5 ms.
YIELD_S = 0.0005
#: So often it is looked whether the terminal is still there.
GONE_S = 2.0
#: A screen stands sooner than that, in s; one that does not shall not hold up the keys.
STANDS_S = 5.0
#: What the screen is called that does.
TOO_SMALL = "-too-small"

T = TypeVar("T")
Outcome = Literal["quit", "plain"]
#: Opens what comes first over the course map, in place of a phase.
First = Callable[["TutorApp"], None]


class _PlainBar(ScrollBarRender):
    """A scroll bar of spaces alone, which every terminal can show."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]


class TutorApp(App[Outcome]):
    """Shows sessions over one course and one journal."""

    CSS_PATH = "tutor.tcss"
    TITLE = words.TITLE
    ENABLE_COMMAND_PALETTE = False  # Ours comes with the key that asks for it.
    BINDINGS = [
        # Before the one that quits: it is left alone where nothing is selected.
        Binding(
            "ctrl+c,super+c",
            "copy_selected",
            copying_words.COPY,
            show=False,
            priority=True,
            id="app.copy-selected",
            tooltip=copying_words.SELECTED_TIP,
        ),
        Binding(
            "ctrl+q,ctrl+c",
            "leave",
            common.QUIT,
            show=False,
            priority=True,
            id="app.quit",
            tooltip=words.QUIT_TIP,
        ),
        Binding(
            "ctrl+p",
            "palette",
            common.FIND,
            show=False,
            id="app.find",
            tooltip=words.FIND_TIP,
        ),
        Binding(
            "ctrl+o",
            "toggle_motion",
            common.MOTION,
            show=False,
            id="app.motion",
            tooltip=words.MOTION_TIP,
        ),
        Binding(
            "question_mark,f1",
            "help",
            common.KEYS,
            show=False,
            id="app.keys",
            tooltip=words.KEYS_TIP,
        ),
    ]

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        start_phase: str | None,
        first: First | None = None,
    ) -> None:
        # Without colours none at all is sent, where Textual would send shades of grey.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.files = files
        self.journal = journal
        self.first = first or _opening(start_phase)
        """What is opened first over the course map; None for the map itself."""
        self.own_keys: dict[str, str] = {}
        self._rests: tuple[asyncio.TimerHandle, ...] = ()
        self.glyphs = Glyphs(mode_here(journal))
        self.set_motion(is_on(journal, MOTION))
        for theme in themes.ALL:
            self.register_theme(theme)
        # Before the style sheet is read, so that it need not be read again.
        self.set_reactive(App.theme, chosen_theme(journal))
        self.stylesheet.set_variables(self.get_css_variables())
        ScrollBar.renderer = _PlainBar

    def get_default_screen(self) -> Screen[Any]:
        """The course map where nothing comes before it: one screen less to lay out."""
        if not self.goes_home:
            return super().get_default_screen()
        from tutor.tui.screens.home import HomeScreen

        return HomeScreen()

    @property
    def goes_home(self) -> bool:
        """True where the learner has chosen a mode and met the first minute, or asks for more."""
        known = chosen_mode(self.journal) is not None
        return known and (self.first is not None or not first_minute_is_due(self.journal))

    def get_driver_class(self) -> type[Driver]:
        """The terminal's, where there are such; else Textual's own."""
        found = super().get_driver_class()
        if found.__module__ != "textual.drivers.linux_driver":
            return found
        from tutor.tui.driver import TerminalDriver

        return TerminalDriver

    def on_mount(self) -> None:
        """Show the first screen that is due."""
        sys.setswitchinterval(YIELD_S)
        self.set_interval(GONE_S, self._leave_what_has_gone)
        with suppress(NotImplementedError):  # Windows knows no such signal
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.action_leave)
        self.call_after_refresh(spare_from_now)
        self.call_after_refresh(self._check_clock)
        self.set_class(self.glyphs.mode == "ascii", "-plain-glyphs")
        if (config_folder() / KEYS_FILE).exists():
            from tutor.tui.keys import take_keys

            take_keys(self, config_folder() / KEYS_FILE)
        if self.first is not None or not self.goes_home:
            from tutor.tui.first_start import begin

            begin(self)

    async def on_event(self, event: Event) -> None:
        """Put off what can wait until the learner rests, and keys until their screen stands."""
        if isinstance(event, InputEvent):
            if self.screen_stack and not self.screen.is_mounted:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.screen._mounted_event.wait(), STANDS_S)
            for rest in self._rests:
                rest.cancel()
            later = asyncio.get_running_loop().call_later
            self._rests = later(REST_S, collect_young), later(LONG_REST_S, collect_all)
        await super().on_event(event)

    def _leave_what_has_gone(self) -> None:
        """End with the terminal, where nothing else ends the program then (as under nohup)."""
        if getattr(self._driver, "is_gone", False):
            self.action_leave()

    def _check_clock(self) -> None:
        """Say where the machine's clock stands before what was answered."""
        from tutor.journal.clock import clock_warning

        warning = self.reported(lambda: clock_warning(self.journal, self.journal.now()))
        if warning:
            self.complain(warning)

    def show_in(self, mode: Mode) -> None:
        """Take `mode` for all that is shown from now on."""
        self.glyphs = Glyphs(mode)
        self.set_class(mode == "ascii", "-plain-glyphs")

    def show_home(self) -> None:
        """Show the course map in place of whatever is open."""
        from tutor.tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            self.pop_screen()
        if not isinstance(self.screen, HomeScreen):
            self.push_screen(HomeScreen())

    def action_open(self, place: str) -> None:
        """Open a place by its name."""
        from tutor.tui.places import PLACES

        PLACES[place][1](self)

    def reported(self, act: Callable[[], T]) -> T | None:
        """Do `act`; where the course or the journal fails, say so and return None."""
        try:
            return act()
        except ContentErrors as errors:
            more = len(errors.errors) - 1
            others = f"\n{words.MORE_ERRORS.format(count=more)}" if more else ""
            self.complain(f"{errors.errors[0]}{others}")
        except JournalError as error:
            self.complain(str(error))
        return None

    def done(self, act: Callable[[], object]) -> bool:
        """Do `act` as `reported` does; True where nothing failed."""
        return self.reported(lambda: (act(), True)) is not None

    def complain(self, message: str) -> None:
        """Show what went wrong in place of earlier messages: together they hide the screen."""
        self.clear_notifications()
        message = shown_in(self.glyphs.mode, message)
        self.notify(message, severity="error", timeout=30, markup=False)

    def tell_of_file(self, said: str) -> None:
        """Say at length where a file is, or why there is none."""
        self.clear_notifications()
        self.notify(shown_in(self.glyphs.mode, said), timeout=10, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Send text to the terminal, as much as it takes, whoever asks for it."""
        from tutor.tui.copying import sendable

        super().copy_to_clipboard(sendable(text))

    def action_copy_selected(self) -> None:
        """Copy what is selected; the same key quits where nothing is."""
        from tutor.tui.copying import offer_selected

        offer_selected(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key to copy where something is selected."""
        if action != "copy_selected":
            return True
        return bool(self.screen.selections or getattr(self.focused, "selected_text", ""))

    def on_resize(self, event: Resize) -> None:
        """Offer plain lines while the terminal is too small."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if small != self.screen.has_class(TOO_SMALL):
            from tutor.tui.screens.small import show_small

            show_small(self, small)

    def action_leave(self) -> None:
        """Quit; everything answered is in the journal already."""
        self.exit("quit")

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from tutor.tui.screens.help import TextDialog, keys_of_screen

        if not isinstance(self.screen, TextDialog):
            self.push_screen(keys_of_screen(self))

    def action_palette(self) -> None:
        """Find things by name, but not before the first start is over, or over a dialog."""
        from tutor.tui.palette import Palette
        from tutor.tui.screens.base import TutorScreen

        if isinstance(self.screen, TutorScreen) and self.goes_home:
            self.push_screen(Palette())

    def get_key_display(self, binding: Binding) -> str:
        """A key as it stands on keyboards."""
        return binding.key_display or key_name(binding.key)

    def action_toggle_motion(self) -> None:
        """Let traces draw themselves, or show them at once."""
        self.set_motion(not self.motion)
        self.reported(lambda: turn(self.journal, MOTION, self.motion))
        self.notify(words.MOTION_ON if self.motion else words.MOTION_OFF, markup=False)

    def set_motion(self, on: bool) -> None:
        """Let traces draw themselves, and texts glide, or neither."""
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


def run_app(
    files: CourseFolder,
    journal: Journal,
    start_phase: str | None,
    first: First | None = None,
) -> Outcome:
    """Run the app until it is left; "plain" asks for lines of text in its place.

    Args:
        files: The course.
        journal: The learner's journal.
        start_phase: The phase to open first.
        first: Opens something else first.

    Raises:
        Exception: what a fault of the app raised.
    """
    app = TutorApp(files, journal, start_phase, first)
    outcome = app.run(mouse=is_on(journal, MOUSE))
    if app.fault is not None:
        raise app.fault
    return outcome or "quit"


def _opening(phase_id: str | None) -> First | None:
    if phase_id is None:
        return None

    def first(app: TutorApp) -> None:
        from tutor.tui.places import open_phase

        open_phase(app, phase_id)

    return first
