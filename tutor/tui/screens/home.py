"""Home: the spike as course map, and what to do next in the first line."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from tutor.course.errors import ContentErrors
from tutor.journal.store import JournalError
from tutor.session.home import HomeView, MapPhase, home_view
from tutor.session.today import settle
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.places import is_offered, open_exam, open_phase, open_register
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.spine_strip import Lit, SpineStrip
from tutor.words import common
from tutor.words import home as words
from tutor.words.choices import COMMIT_TIP

#: After so long without a key the file of the marked phase is read.
READ_S = 0.3
#: Work that was under way in the lesson has ended so long after it was left.
TIDY_S = 1.5
#: The time that an exam has left is told anew so often.
TICK_S = 5.0
METER_WIDTH = 10


class PhaseList(Choices):
    """The phases; what Enter does is told above them, and needs no room among the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "commit", show=False, id="choices.commit", tooltip=COMMIT_TIP),
    ]

    def on_resize(self) -> None:
        """Keep the chosen phase in sight."""
        self.call_after_refresh(self.show_cursor)


class HomeScreen(TutorScreen):
    """The course map. Enter goes on with the lesson; digits and arrows pick a phase."""

    HELP = words.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "app.open('quiz')", common.QUIZ, id="home.quiz", tooltip=words.QUIZ_TIP),
        Binding(
            "r", "app.open('review')", common.REVIEW, id="home.review", tooltip=words.REVIEW_TIP
        ),
        Binding("e", "app.open('exam')", common.EXAM, id="home.exam", tooltip=words.EXAM_TIP),
        Binding(
            "a",
            "app.open('assignments')",
            common.ASSIGNMENTS,
            id="home.assignments",
            tooltip=words.ASSIGNMENTS_TIP,
        ),
        Binding(
            "p",
            "app.open('progress')",
            common.PROGRESS,
            id="home.progress",
            tooltip=words.PROGRESS_TIP,
        ),
        Binding("l", "app.open('lab')", common.LAB, id="home.lab", tooltip=words.LAB_TIP),
        Binding("t", "register", common.REGISTER, id="home.register", tooltip=words.REGISTER_TIP),
        quit_key("home"),
        Binding(
            "comma",
            "app.open('settings')",
            common.SETTINGS,
            id="home.settings",
            tooltip=common.TO_SETTINGS,
        ),
        Binding("d", "profile", show=False, id="home.profile", tooltip=words.PROFILE_TIP),
        Binding(
            "f",
            "first_minute",
            show=False,
            id="home.first-minute",
            tooltip=words.FIRST_MINUTE_TIP,
        ),
        ALL_KEYS,
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        self._pointed: int | None = None
        self._reading: Timer | None = None
        self._ticking: Timer | None = None
        self._stands = False

    def compose(self) -> ComposeResult:
        """What comes next, what is due, the map, the phases."""
        yield Static(id="title", markup=False)
        yield Static(id="next", markup=False)
        yield Static(id="today", markup=False)
        yield Static(id="opening", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            yield SpineStrip(self.glyphs, id="map")
            phases = len(self.tutor.files.entries)
            yield PhaseList(self.glyphs, rows=phases, id="phases")
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Put the cursor on what comes next."""
        self.query_one(Choices).focus(scroll_visible=False)

    async def renew(self) -> None:
        """Show all of it anew, as the terminal is to show it now."""
        await self.recompose()
        self.query_one(Choices).focus(scroll_visible=False)
        self._show()

    def on_screen_resume(self) -> None:
        """Progress may have changed since; without it the map stands as it was."""
        if self._stands:
            self.tutor.done(partial(self._show, back=True))
            # While a lesson goes on, what it leaves behind is let lie: no key has to wait for it.
            self.set_timer(TIDY_S, self._give_back)
        else:
            self._show()
            self._stands = True

    def _give_back(self) -> None:
        from tutor.tui.memory import give_back

        if self.is_current:
            give_back()

    def _show(self, *, back: bool = False) -> None:
        view = self._view = home_view(self.tutor.files, self.tutor.journal, date.today())
        if back and view.sitting:
            self._pointed = None  # Coming back, Enter goes on with the exam.
        number = self._pointed
        if number is None:
            number = [phase.id for phase in view.phases].index(view.next_phase.id)
        exam = f"   {view.exam}" if view.exam else ""
        self.query_one("#title", Static).update(
            Content.assemble(
                self.glyphs.text(view.title, "bold"), self.glyphs.text(exam, "$text-muted")
            )
        )
        self.query_one("#today", Static).update(self.glyphs.text(view.today_line))
        self.query_one(SpineStrip).show(view.spine, _lit(view))
        self.query_one(Choices).offer([self._line(p) for p in view.phases], cursor=number)
        self._point(number)
        self._tick_soon()

    def _tick_soon(self) -> None:
        """Tell the time that an exam has left anew after a while."""
        if self._ticking is not None:
            self._ticking.stop()
        self._ticking = self.set_timer(TICK_S, self._tick) if self._view.sitting else None

    def _tick(self) -> None:
        if self.is_current:
            self.tutor.done(self._show)
        else:
            self._tick_soon()

    def _line(self, phase: MapPhase) -> Content:
        share = phase.progress.mastery
        meter = self.glyphs.text(self.glyphs.meter(share, METER_WIDTH), "$text-muted")
        meter = meter.stylize("$text-success", 0, round(share * METER_WIDTH))
        return meter.append(self.glyphs.text(f"  {phase.title:<20} {phase.status}"))

    def _point(self, number: int) -> None:
        phase = self._view.phases[number]
        place = self._view.next_line if self._pointed is None else phase.next_line
        self.query_one("#next", Static).update(
            self.glyphs.text(common.ENTER_OPENS.format(place=place), "bold $text-primary")
        )
        advice = f"  {phase.advice[:1].upper()}{phase.advice[1:]}." if phase.advice else ""
        self.query_one("#opening", Static).update(
            self.glyphs.text(
                words.OPENING.format(module=phase.module, opening=phase.opening)
            ).append(self.glyphs.text(advice, "$text-muted"))
        )
        self._read_soon(phase)

    def _read_soon(self, phase: MapPhase) -> None:
        """Read the file of the phase while nobody presses a key: only then its length is known.

        Opening the phase is then a matter of showing it. Answers that wait to be taken into
        account are, too: the first frame does without.
        """
        if self._reading is not None:
            self._reading.stop()
        if phase.minutes is None or self._view.today.unsettled:
            self._reading = self.set_timer(READ_S, partial(self._read, phase.id))

    def _read(self, phase_id: str) -> None:
        with suppress(ContentErrors, JournalError):  # Said when the phase is opened.
            if self._view.today.unsettled:
                settle(self.tutor.journal)
            self.tutor.files.phase(phase_id)
            if self.is_current:
                self._show()

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Say what Enter does, and what the phase is about."""
        self._pointed = message.index
        self._point(message.index)

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Open the phase, or go on with the exam that runs."""
        if not self.is_current:
            return
        if self._view.sitting and self._pointed is None:
            open_exam(self.tutor)
        else:
            self._pointed = None  # Coming back, the cursor is on what comes next.
            open_phase(self.tutor, self._view.phases[message.indices[0]].id)

    @property
    def pointed(self) -> MapPhase:
        """The phase that the cursor is on."""
        return self._view.next_phase if self._pointed is None else self._view.phases[self._pointed]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A register has a key where there is one."""
        return action != "register" or is_offered(action)

    @property
    def idle_keys(self) -> frozenset[str]:
        """The ids of keys that can do nothing here."""
        return frozenset(() if is_offered("register") else ("home.register",))

    def action_register(self) -> None:
        """Open the tutor's register."""
        open_register(self.tutor)

    def action_profile(self) -> None:
        """Ask for exam, board and date again."""
        from tutor.tui.screens.profile import ProfileScreen

        self.app.push_screen(ProfileScreen())

    def action_first_minute(self) -> None:
        """Show the first minute again."""
        from tutor.tui.screens.first_minute import FirstMinuteScreen

        self.app.push_screen(FirstMinuteScreen())


def _lit(view: HomeView) -> list[Lit]:
    """The phases as stretches of the curve, with their numbers as marks."""
    looks = []
    for number, phase in enumerate(view.phases, 1):
        mastered = phase.progress.mastery >= 1.0
        begun = phase.progress.count > 0
        look = "mastered" if mastered else "begun" if begun else "new"
        if phase.window_ms is not None:
            share = phase.progress.mastery
            looks.append(Lit(*phase.window_ms, look, str(number), share))
    return looks
