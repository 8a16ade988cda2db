"""What every screen of the app shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.events import ScreenResume
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tutor.tui.leaving import Leaving

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp
    from tutor.tui.widgets.answer_messages import Reminder
    from tutor.tui.widgets.text import Glyphs

T = TypeVar("T")


def close(screen: Screen[T], result: T | None = None) -> None:
    """Dismiss `screen` unless it has gone: keys can come faster than screens go."""
    if screen.app.screen is screen:
        screen.dismiss(result)


class TutorScreen(Leaving, Screen[None]):
    """A screen that knows its app.

    Attributes:
        HELP: How the screen is used, in a sentence or two above its keys.
    """

    HELP: ClassVar[str] = ""

    def _on_screen_resume(self, event: ScreenResume) -> None:  # The base's follows it.
        """Keep the styles that a screen has been mounted with when it first comes.

        Textual would work them out a second time, for a tenth of what opening a screen takes.
        """
        if not self.stack_updates:
            event.refresh_styles = False

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Give the keys to `widget`, unless it is being taken down: they would be lost there."""
        if widget is not None:
            # What comes to stand in a part that is already on its way out does not know of it.
            going = any(each._pruning for each in widget.ancestors_with_self)
            if going or widget._closed:
                return
        super().set_focus(widget, scroll_visible, from_app_focus)

    def anew(self) -> TutorScreen | None:
        """A screen of the same, to be shown in another mode; None where it is left for the map."""
        return None

    def on_reminder(self, message: Reminder) -> None:
        """Say what an answer lacks."""
        self.tell(message.text)

    def tell(self, text: str) -> None:
        """Say it beside the screen, in place of earlier messages."""
        self.app.clear_notifications()
        self.app.notify(self.glyphs.text(text).plain, markup=False)

    @property
    def tutor(self) -> TutorApp:
        """The app."""
        return cast("TutorApp", self.app)

    @property
    def glyphs(self) -> Glyphs:
        """Text as the terminal can show it."""
        return self.tutor.glyphs


class TutorDialog(Leaving, ModalScreen[None]):
    """A screen over another one."""

    @property
    def glyphs(self) -> Glyphs:
        """Text as the terminal can show it."""
        return cast("TutorApp", self.app).glyphs
