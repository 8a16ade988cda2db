"""What comes before the course map: at the first start, or where something else is asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tutor.plot.figure import Mode
from tutor.session.profile import first_minute_is_due
from tutor.session.terminal import choose_mode, chosen_mode
from tutor.tui.screens.welcome import WelcomeScreen

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


def begin(app: TutorApp) -> None:
    """Ask which curve looks right where that is not known, then go on."""
    if chosen_mode(app.journal) is None:
        app.push_screen(WelcomeScreen(app.files), partial(_mode_chosen, app))
    else:
        _go_on(app)


def _mode_chosen(app: TutorApp, mode: Mode | None) -> None:
    if mode is not None:
        app.show_in(mode)
        app.reported(lambda: choose_mode(app.journal, mode))
    _go_on(app)


def _go_on(app: TutorApp) -> None:
    """Open what was asked for, else the first minute where it is due, else the course map."""
    if app.first is None and first_minute_is_due(app.journal):
        from tutor.tui.screens.first_minute import FirstMinuteScreen

        app.push_screen(FirstMinuteScreen(), lambda _: _ask_profile(app))
        return
    app.show_home()
    if app.first is not None:
        app.first(app)


def _ask_profile(app: TutorApp) -> None:
    from tutor.tui.screens.profile import ProfileScreen

    app.push_screen(ProfileScreen(), lambda _: app.show_home())
