"""The first minute: rest, a stimulus, one prediction, then the whole event in captions."""

from __future__ import annotations

import msgspec

from tutor.course.expression import Expression, Template
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.drawn import DrawnRun
from tutor.session.profile import FIRST_MINUTE
from tutor.words import run as words


class FirstMinuteView(msgspec.Struct, frozen=True):
    """What is shown: a text, choices where a prediction is asked, and the run so far."""

    text: str
    choices: tuple[str, ...]
    drawn: DrawnRun
    number: int
    count: int


class FirstMinute:
    """Walks a newcomer through the spine once."""

    def __init__(self, files: CourseFolder, journal: Journal) -> None:
        self._content = files.course.first_minute
        self._spine = files.spine
        self._journal = journal
        self._stage = 0
        self._reply = ""

    @property
    def done(self) -> bool:
        """True after the last caption."""
        return self._stage > len(self._content.captions) + 1

    @property
    def asks(self) -> bool:
        """True while the prediction is open."""
        return self._stage == 0

    @property
    def view(self) -> FirstMinuteView:
        """What to show now: the question, the reply over the whole run, then the captions."""
        captions = self._content.captions
        count = len(captions) + 2
        if self._stage == 0:
            text = f"{self._content.opening}\n\n{self._content.ask}"
            choices = tuple(choice.text for choice in self._content.choices)
            until_ms = self._spine.value("stimulus_end_ms")
            return self._shown(text, choices, until_ms, 1, count)
        if self._stage == 1:
            return self._shown(self._reply, (), None, 2, count)
        caption = captions[self._stage - 2]
        until_ms = Expression(caption.until).evaluate(self._spine)
        return self._shown(self._filled(caption.text), (), until_ms, self._stage + 1, count)

    def predict(self, choice: int) -> None:
        """Commit the prediction with index `choice`.

        Raises:
            ValueError: there is no such choice, or it has been made.
        """
        if not self.asks or not 0 <= choice < len(self._content.choices):
            raise ValueError("there is no such choice here")
        self._reply = self._filled(self._content.choices[choice].reply)
        self._stage = 1

    def forward(self) -> None:
        """Go on to the next caption; not past an open prediction."""
        if not self.asks and not self.done:
            self._stage += 1

    def finish(self) -> None:
        """Remember that it was seen or skipped.

        Raises:
            JournalError: the journal cannot be written.
        """
        self._stage = len(self._content.captions) + 2
        self._journal.set_setting(FIRST_MINUTE, True)

    def _filled(self, text: str) -> str:
        return Template(text).fill(self._spine)

    def _shown(
        self, text: str, choices: tuple[str, ...], until_ms: float | None, number: int, count: int
    ) -> FirstMinuteView:
        return FirstMinuteView(
            text, choices, DrawnRun("run", words.THIS_RUN, self._spine, until_ms), number, count
        )
