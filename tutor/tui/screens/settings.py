"""The settings: one line each, changed in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.session.settings import EXAM, Setting, Settings
from tutor.session.terminal import MOTION, chosen_theme, is_on, mode_here
from tutor.tui.bindings import ALL_KEYS
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.screens.home import HomeScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import common
from tutor.words import settings_screen as words

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


def apply(app: TutorApp, *, mode: bool = True) -> None:
    """Show what is chosen; another mode opens what is open anew, from the map on."""
    app.theme = chosen_theme(app.journal)
    app.set_motion(is_on(app.journal, MOTION))
    if isinstance(app.screen, SettingsScreen):
        app.screen.show_lines()
    chosen = mode_here(app.journal)
    if not mode or chosen == app.glyphs.mode:
        return
    app.show_in(chosen)
    opened = [screen for screen in app.screen_stack if isinstance(screen, TutorScreen)]
    app.show_home()
    assert isinstance(app.screen, HomeScreen)
    app.call_next(app.screen.renew)
    for screen in opened:
        app.call_next(_open_anew, app, screen)


def _open_anew(app: TutorApp, screen: TutorScreen) -> None:
    again = screen.anew()
    if again is not None:
        app.push_screen(again)


class SettingsScreen(TutorScreen):
    """Arrows choose a setting and what it is set to; each change is kept at once."""

    HELP = words.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right",
            "change(1)",
            common.CHANGE,
            key_display=common.ENTER,
            id="settings.next",
            tooltip=words.NEXT_TIP,
        ),
        Binding(
            "left",
            "change(-1)",
            show=False,
            id="settings.previous",
            tooltip=words.PREVIOUS_TIP,
        ),
        Binding(
            "escape,b,m",
            "back",
            common.BACK,
            id="settings.back",
            tooltip=words.BACK_TIP,
        ),
        ALL_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._settings: Settings | None = None
        self._lines: tuple[Setting, ...] = ()
        self._here = 0

    def compose(self) -> ComposeResult:
        """The settings, and what the chosen one does."""
        yield Static(self.glyphs.text(common.SETTINGS, "bold"), id="title", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            yield Choices(self.glyphs, id="choices")
        yield Static(id="note", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Read them."""
        self._settings = Settings(self.tutor.journal)
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """The profile may have been changed over this screen."""
        self.show_lines()

    def show_lines(self) -> None:
        """Show the settings as they are kept."""
        assert self._settings is not None
        settings = self._settings
        lines = self.tutor.reported(lambda: settings.lines)
        if lines is None:
            return
        self._lines = lines
        width = max(len(line.title) for line in lines)
        texts = [self.glyphs.text(f"{line.title:<{width}}  {line.words}") for line in lines]
        self.query_one(Choices).offer(texts, cursor=self._here)
        self._point()

    def _point(self) -> None:
        line = self._lines[self._here]
        offered = " · ".join(line.offered) if len(line.offered) > 1 else words.ENTER_CHANGES
        self.query_one("#note", Static).update(
            self.glyphs.text(f"{offered}\n").append(self.glyphs.text(line.note, "$text-muted"))
        )

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Say what the setting does."""
        self._here = message.index
        self._point()

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Enter takes what is offered next."""
        self._here = message.indices[0]
        self.action_change(1)

    def action_change(self, by: int) -> None:
        """Take what is offered `by` places further on."""
        name = self._lines[self._here].name
        if name == EXAM:
            from tutor.tui.screens.profile import ProfileScreen

            self.app.push_screen(ProfileScreen())
            return
        assert self._settings is not None
        if self.tutor.done(partial(self._settings.change, name, by)):
            apply(self.tutor, mode=False)

    def action_back(self) -> None:
        """Leave."""
        close(self)
