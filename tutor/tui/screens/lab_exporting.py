"""Writing what a screen shows into a file that the learner names."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path

from tutor.session.export import Sheet, export, target, written_here
from tutor.session.slow import Work
from tutor.tui.runner import Runner
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.lab_dialogs import LineScreen, SureScreen
from tutor.words import lab_screen as words


class Exporting(TutorScreen):
    """A screen with a key that exports what it shows."""

    _writing: Runner | None = None

    @abstractmethod
    def sheet(self) -> Sheet | None:
        """What is exported; None, with a word on the screen, where it is not there yet."""

    @property
    @abstractmethod
    def file_name(self) -> str:
        """What it is called unless it is told otherwise."""

    @abstractmethod
    def say(self, message: str) -> None:
        """A sentence on the screen."""

    def action_export(self) -> None:
        """Ask for a file, and before an older one is lost."""
        sheet = self.sheet()
        if sheet is None:
            return
        endings = " ".join(f".{ending}" for ending in written_here())
        asks = words.WHICH_FILE.format(endings=endings)
        shown = LineScreen(self.glyphs, asks, self.file_name)
        self.app.push_screen(shown, lambda text: self._take(sheet, text))

    def _take(self, sheet: Sheet, text: str | None) -> None:
        if not text:
            return
        try:
            path = target(text)
        except ValueError as error:
            self.say(str(error))
            return
        if not path.exists():
            self._write(sheet, path)
        else:
            asked = SureScreen(self.glyphs, words.FILE_EXISTS.format(file=path))
            self.app.push_screen(asked, lambda yes: self._write(sheet, path) if yes else None)

    def _write(self, sheet: Sheet, path: Path) -> None:
        """Write beside the screen: pictures and all measurements take their time."""
        mode = self.glyphs.mode
        self._writing = self._writing or Runner(self)
        self.say(words.WRITING.format(file=path))
        work = Work(lambda progress: export(sheet, path, mode))
        self._writing.wish(work, lambda error: self.say(error or words.WRITTEN.format(file=path)))
