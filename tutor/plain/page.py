"""Lines out, lines in: what the plain front end writes to and is answered on."""

from __future__ import annotations

import shutil
import textwrap
from typing import TextIO

from tutor.course.text import clean
from tutor.plot.figure import Mode
from tutor.session.drafts import LONGEST_ANSWER
from tutor.session.terminal import shown_in
from tutor.session.written.lines import Lines

LONGEST_LINE = 5_000_000
WIDEST = 100
NARROWEST = 40


class Closed(Exception):
    """There is no more input."""


class Page(Lines):
    """Writes to one stream and reads answers from another."""

    def __init__(
        self, reader: TextIO, writer: TextIO, letters: Mode, plot_mode: Mode, plots: bool
    ) -> None:
        """Take the streams.

        Args:
            reader: Where answers come from.
            writer: Where lines go.
            letters: The mode that text is spelt for.
            plot_mode: How runs are drawn.
            plots: Whether they are drawn at all.
        """
        super().__init__(writer, letters, plot_mode, plots)
        self._reader = reader
        self.kept_all = True
        """False once the journal could not keep what was answered, until it can again."""

    @property
    def width(self) -> int:
        """Columns to fill: those of the terminal, within reason."""
        columns = shutil.get_terminal_size((80, 24)).columns
        return max(NARROWEST, min(WIDEST, columns)) - 2

    def ask(self, prompt: str) -> str:
        """The next line of input, cleaned; a long prompt is wrapped as all text is.

        Raises:
            Closed: the input has ended.
        """
        lines = textwrap.wrap(shown_in(self._letters, prompt), self.width)
        self._writer.write("\n".join(lines) + " ")
        self._writer.flush()
        line = self._reader.readline(LONGEST_LINE)
        if not line or len(line) == LONGEST_LINE:
            # Nobody types that much in a line: this is a device that never ends.
            self._write("")
            raise Closed
        return clean(line, LONGEST_ANSWER).strip()
