"""Saving, opening and deleting set-ups of the lab by name."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from tutor.session.lab.bench import Lab
from tutor.session.lab.files import SetUps
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.lab_dialogs import LineScreen, Picked, PickScreen, SureScreen
from tutor.words import lab_screen as words


class Saving(TutorScreen):
    """A screen with a lab whose set-up is saved, and with keys that save and open."""

    lab: Lab

    def __init__(self) -> None:
        super().__init__()
        self._set_ups = SetUps()

    @abstractmethod
    def say(self, message: str) -> None:
        """A sentence on the screen."""

    @abstractmethod
    def use(self, act: Callable[[], None]) -> None:
        """Take a whole new set-up."""

    @abstractmethod
    def renamed(self, name: str) -> None:
        """The set-up is called otherwise."""

    def action_save(self) -> None:
        """Ask for a name, and before an older set-up is lost."""
        name = self.lab.title if self.lab.title in self._set_ups.names else ""

        def take(text: str | None) -> None:
            if not text:
                return
            try:
                taken = self._set_ups.has(text)
            except ValueError as error:
                self.say(str(error))
                return
            if not taken:
                self._save(text)
            else:
                asked = SureScreen(self.glyphs, words.SET_UP_EXISTS.format(name=text))
                self.app.push_screen(asked, lambda yes: self._save(text) if yes else None)

        self.app.push_screen(LineScreen(self.glyphs, words.WHICH_NAME, name), take)

    def _save(self, name: str) -> None:
        try:
            path = self._set_ups.save(name, self.lab.scenario)
        except ValueError as error:
            self.say(str(error))
            return
        self.renamed(path.stem)
        self.say(words.SAVED.format(file=path))

    def action_load(self) -> None:
        """Pick a set-up that was saved."""
        names = self._set_ups.names
        if not names:
            self.say(words.NOTHING_SAVED)
            return

        def take(picked: Picked | None) -> None:
            if picked is None:
                return
            name = names[picked[0]]
            if picked[1]:
                asked = SureScreen(self.glyphs, words.DELETE_FOR_GOOD.format(name=name))
                self.app.push_screen(asked, lambda yes: self._delete(name) if yes else None)
            else:
                self.use(lambda: self.lab.open(self._set_ups.load(name), name))

        lines = [(name, "") for name in names]
        self.app.push_screen(
            PickScreen(self.glyphs, words.WHICH_SET_UP, lines, deletes=True), take
        )

    def _delete(self, name: str) -> None:
        try:
            self._set_ups.delete(name)
        except ValueError as error:
            self.say(str(error))
            return
        self.say(words.DELETED.format(name=name))
