"""Home: the spike as course map, and what to do next in the first line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tutor.session.home import HomeView, MapPhase
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.spine_strip import Lit, SpineStrip


class HomeScreen(TutorScreen):
    """The course map. Enter goes on with the lesson; digits and arrows pick a phase."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.leave", "Quit"),
        Binding("e", "exam", "Exam and date"),
        Binding("f", "first_minute", "First minute"),
        Binding("question_mark", "app.help", "Keys", key_display="?"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def __init__(self) -> None:
        super().__init__()
        self._pointed: int | None = None

    def compose(self) -> ComposeResult:
        """The next line, the map, the phases."""
        yield Static(id="title", markup=False)
        yield Static(id="next", markup=False)
        yield Static(id="opening", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            yield SpineStrip(self.glyphs, id="map")
            phases = len(self.tutor.files.entries)
            yield Choices(self.glyphs, rows=phases, id="phases")
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Put the cursor on what comes next."""
        self.query_one(Choices).focus(scroll_visible=False)

    def on_screen_resume(self) -> None:
        """Progress may have changed since."""
        self._show()

    def _show(self) -> None:
        view = self._view = self.tutor.home()
        number = self._pointed
        if number is None:
            number = [phase.id for phase in view.phases].index(view.next_phase.id)
        exam = f"   {view.exam_line}" if view.exam_line else ""
        self.query_one("#title", Static).update(
            Content.assemble(
                self.glyphs.text(view.title, "bold"), self.glyphs.text(exam, "$text-muted")
            )
        )
        self.query_one(SpineStrip).show(view.spine, _lit(view))
        self.query_one(Choices).offer([self._line(p) for p in view.phases], cursor=number)
        self._point(number)

    def _line(self, phase: MapPhase) -> Content:
        meter = self.glyphs.meter(phase.progress.mastery, 10)
        return self.glyphs.text(f"{meter}  {phase.title:<20} {phase.status}")

    def _point(self, number: int) -> None:
        phase = self._view.phases[number]
        self.query_one("#next", Static).update(
            self.glyphs.text(f"Enter: {phase.next_line}", "bold $text-primary")
        )
        self.query_one("#opening", Static).update(
            self.glyphs.text(f"{phase.module}: {phase.opening}")
        )

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Say what Enter does, and what the phase is about."""
        self._pointed = message.index
        self._point(message.index)

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Open the phase."""
        if self.is_current:
            self._pointed = None  # Coming back, the cursor is on what comes next.
            self.tutor.open_phase(self._view.phases[message.indices[0]].id)

    def action_exam(self) -> None:
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
            looks.append(Lit(*phase.window_ms, look, str(number)))
    return looks
