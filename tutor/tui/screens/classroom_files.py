"""Files that are written from a report in the app: a page, the gradebook, the release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.text import one_line
from tutor.session.lab.files import write_whole
from tutor.tui.screens.classroom import ClassScreen
from tutor.tui.screens.lab_dialogs import LineScreen, SureScreen
from tutor.words import class_report, lab_screen
from tutor.words import class_screen as words

if TYPE_CHECKING:
    from tutor.tui.screens.classroom_report import Read


class Writing(ClassScreen):
    """A screen with a report that can be written into files."""

    found: Read | None

    def action_html(self) -> None:
        """Write the page."""
        from tutor.classroom.report.html import as_html

        found = self.found
        if found is not None:
            report = found.report
            self._ask(
                words.WHICH_HTML,
                words.HTML_FILE,
                self._write(lambda path: write_whole(path, as_html(report).encode())),
            )

    def action_grades(self) -> None:
        """Write the gradebook."""
        from tutor.classroom.report.gradebook import as_gradebook

        found = self.found
        if found is not None:
            report = found.report
            self._ask(
                words.WHICH_GRADES,
                words.GRADES_FILE,
                self._write(lambda path: write_whole(path, as_gradebook(report))),
            )

    def action_release(self) -> None:
        """Write the file that gives learners keys and feedback, once nobody may hand in."""
        from tutor.classroom.handout.releasing import NotReleased, TooEarly, release

        found, register = self.found, self.register
        if found is None or register is None:
            return

        def write(path: Path, early: bool) -> str:
            """Write it; what is to be asked first, where someone may still hand in."""
            try:
                release(register, found.key, path, datetime.now(UTC), early=early)
            except TooEarly as reason:
                return words.EARLY_SURE.format(reason=_sentence(reason))
            except NotReleased as problem:
                raise ValueError(words.PROBLEM.format(problem=problem)) from None
            return ""

        def put(path: Path, *, early: bool = False) -> None:
            def done(question: str) -> None:
                if question:
                    sure = SureScreen(self.glyphs, question)
                    self.app.push_screen(sure, lambda yes: put(path, early=True) if yes else None)
                else:
                    self._written(path)

            self.beside(lambda: write(path, early), done, changes=True)

        asks = words.WHICH_RELEASE.format(open=words.OPEN_COMMAND)
        self._ask(asks, words.RELEASE_FILE, put)

    def _ask(self, asks: str, name: str, put: Callable[[Path], None]) -> None:
        """Ask for a file, and before an older one is lost."""

        def take(typed: str | None) -> None:
            if not typed:
                return
            path = Path(typed).expanduser()
            if path.exists():
                sure = lab_screen.FILE_EXISTS.format(file=one_line(str(path), 300))
                self.app.push_screen(
                    SureScreen(self.glyphs, sure), lambda yes: put(path) if yes else None
                )
            else:
                put(path)

        self.app.push_screen(LineScreen(self.glyphs, asks, name), take)

    def _write(self, write: Callable[[Path], object]) -> Callable[[Path], None]:
        """What writes beside the screen, and then says so."""
        return lambda path: self.beside(
            lambda: write(path), lambda _: self._written(path), changes=True
        )

    def _written(self, path: Path) -> None:
        file = one_line(str(path.resolve()), 300)
        self.tell(class_report.WRITTEN.format(file=file))
        self.read()


def _sentence(reason: Exception) -> str:
    """A reason, with the capital and the stop of a sentence."""
    text = str(reason)
    return f"{text[:1].upper()}{text[1:]}."
