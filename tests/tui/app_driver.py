"""Drives the app without a terminal: real keys in, the text of the whole screen out."""

from __future__ import annotations

import gc
import re
from asyncio import sleep
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from time import monotonic

from textual.content import Content
from textual.events import Key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.course.questions import Option, Question, SingleQuestion
from tutor.journal.store import Journal
from tutor.plot.figure import Mode
from tutor.session.lesson import Lesson
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, choose_mode, turn
from tutor.session.views import EndView, QuestionView, View
from tutor.tui.app import Outcome, TutorApp
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.answer_entry import AnswerLine, WrittenAnswer
from tutor.tui.widgets.choices import ChoiceRow
from tutor.tui.widgets.run_plot import RunPlot

SMALL, LARGE = (80, 24), (120, 40)
#: A phase with single and multi questions, refutations and knobs.
PHASE = "rising"

Size = tuple[int, int]
#: Characters whose keys have names.
_NAMES = {"-": "minus", " ": "space", "?": "question_mark", "!": "exclamation_mark"}


class Ui:
    """The app under test, as a learner meets it."""

    def __init__(self, pilot: Pilot[Outcome]) -> None:
        self.pilot = pilot
        assert isinstance(pilot.app, TutorApp)
        self.app = pilot.app

    async def press(self, *keys: str) -> None:
        """Press keys, one by one, and wait for what each does."""
        for key in keys:
            self.rush(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Press the keys of `text`."""
        for character in text:
            self.rush(character)
        await self.settle()

    def rush(self, *keys: str) -> None:
        """Send keys all at once, as a paste or a slow line does."""
        for key in keys:
            self.app.post_message(Key(_NAMES.get(key, key), key if len(key) == 1 else None))

    async def settle(self) -> None:
        """Wait until every message has been dealt with and the screen stands still."""
        for _ in range(4):
            await self._processed()
        before, now = [""], self.rows
        while now != before and not self.drawing:
            await self._processed()
            before, now = now, self.rows

    async def _processed(self) -> None:
        """Wait until every widget has dealt with what was sent to it so far, or has gone.

        Textual's pilot would wait in vain for one that goes meanwhile.
        """
        waiting: set[MessagePump] = set()

        def processed(node: MessagePump) -> None:
            waiting.discard(node)

        for node in (self.app, *self.app.screen.walk_children(with_self=True)):
            waiting.add(node)
            if not node.call_later(processed, node):
                waiting.discard(node)
        deadline = monotonic() + 30.0
        while any(not node._closed for node in waiting) and self.app._exception is None:
            assert monotonic() < deadline, f"{waiting} do nothing; it shows\n{self.text}"
            await sleep(0.001)
        await sleep(0)
        self.app.screen._on_timer_update()  # What is to be painted is, as by the pilot.

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for `condition`, ten seconds at the most."""
        deadline = monotonic() + 10.0
        while not condition():
            assert monotonic() < deadline, f"waited in vain; the screen shows\n{self.text}"
            await self.pilot.pause(0.005)

    async def resize(self, size: Size) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(*size)
        await self.until(lambda: self.app.screen.size == size)
        await self.settle()

    async def click(self, widget: Widget, offset: tuple[int, int] | None = None) -> None:
        """Click on a widget, in its middle unless told where."""
        if offset is None:
            await self.pilot.click(widget)
        else:
            await self.pilot.click(widget, offset=offset)
        await self.settle()

    @property
    def rows(self) -> list[str]:
        """The rows of the screen with toasts and scroll bars, as they are painted."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """The screen as lines."""
        return "\n".join(self.rows)

    @property
    def words(self) -> str:
        """The screen with wrapped lines joined."""
        return squeezed(self.text)

    def seen(self, selector: str) -> list[str]:
        """The rows of a widget, as far as they are painted."""
        region = self.one(selector).region
        return [self.rows[y][region.x : region.right] for y in region.line_range]

    def told(self, selector: str = "#text") -> str:
        """The words of a widget, as far as they are painted."""
        return squeezed(" ".join(self.seen(selector)))

    @property
    def toasts(self) -> list[str]:
        """Every message that was shown beside the screen."""
        return [notification.message for notification in self.app._notifications]

    @property
    def said(self) -> str:
        """What was said beside the screen, or in the line under a plot."""
        lines = [line.content for line in self.app.screen.query("#caption").results(Static)]
        return " ".join([*self.toasts, *(str(line) for line in lines)])

    @property
    def shows(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    def one(self, selector: str) -> Widget:
        """A widget of the screen on top."""
        return self.app.screen.query_one(selector)

    def static(self, selector: str) -> str:
        """The whole text of a Static, with what is scrolled out of sight."""
        content = self.app.screen.query_one(selector, Static).content
        assert isinstance(content, Content)
        return squeezed(content.plain)

    @property
    def drawing(self) -> bool:
        """True while a trace draws itself."""
        return any(plot.drawing for plot in self.app.screen.query(RunPlot))

    @property
    def plot(self) -> RunPlot:
        """The plot on the screen."""
        return self.app.screen.query_one(RunPlot)

    def plot_text(self) -> str:
        """The plot as it is painted."""
        rows = range(self.plot.size.height)
        return "\n".join(self.plot.render_line(row).text for row in rows)

    @property
    def choices(self) -> list[ChoiceRow]:
        """The choices that are offered."""
        return [row for row in self.app.screen.query(ChoiceRow) if row.display]

    def marks(self) -> list[str]:
        """What stands before each choice: cursor, number, box."""
        return self._marks(self.choices)

    def marks_below(self) -> list[str]:
        """The same of the lesson, whatever lies over it."""
        return self._marks([row for row in self.lesson_screen.query(ChoiceRow) if row.display])

    @staticmethod
    def _marks(rows: list[ChoiceRow]) -> list[str]:
        lines = [str(row.render()) for row in rows]
        found = [re.match(r"[ >]? ?\d+( \[[ x\d]\])?", line) for line in lines]
        return [match[0].strip() for match in found if match]

    def marked_line(self, words: str) -> str:
        """The first row of the screen that holds `words`."""
        return next(row for row in self.rows if words in row)

    @property
    def lesson(self) -> Lesson:
        """The lesson that is open."""
        return self.lesson_screen.asking

    @property
    def lesson_screen(self) -> LessonScreen:
        """Its screen."""
        (found,) = (s for s in self.app.screen_stack if isinstance(s, LessonScreen))
        return found

    @property
    def asks(self) -> bool:
        """True while a question is open."""
        return isinstance(self.lesson.view, QuestionView)

    @property
    def question(self) -> QuestionView:
        """The question that is asked."""
        view = self.lesson.view
        assert isinstance(view, QuestionView)
        return view

    def digits(self, wanted: Callable[[Option], bool]) -> list[str]:
        """The keys of the options that are `wanted`, as they are shown."""
        shown = enumerate(self.question.form.choices, 1)
        return [str(number) for number, option in shown if wanted(option)]

    def assert_answer_in_sight(self) -> None:
        """The first row of what answers the question is painted."""
        fields = [*self.app.screen.query(AnswerLine), *self.app.screen.query(WrittenAnswer)]
        knobs = [self.one("#knobs")] if self.question.form.kind == "experiment" else []
        first = [*knobs, *fields, *self.choices][0]
        seen = self.app.screen.find_widget(first).visible_region.height
        assert seen > 0, f"{self.question.question.id}\n{self.text}"

    @property
    def right(self) -> list[str]:
        """The keys of the right options."""
        return self.digits(lambda option: option.correct)

    @property
    def refuted(self) -> str:
        """The key of a wrong option that has a refutation."""
        return self.digits(lambda option: option.refutation is not None)[0]


@asynccontextmanager
async def started(
    files: CourseFolder, journal: Journal, phase: str | None = None, size: Size = SMALL
) -> AsyncIterator[Ui]:
    """The running app."""
    app = TutorApp(files, journal, phase)
    async with app.run_test(size=size, notifications=True) as pilot:
        ui = Ui(pilot)
        await ui.settle()
        yield ui
    gc.unfreeze()  # Else all that is garbage now stays, for as long as tests run here.


def known_learner(journal: Journal, *, mode: Mode = "ascii", motion: bool = False) -> Journal:
    """`journal` of a learner who has seen the first minute."""
    choose_mode(journal, mode)
    turn(journal, MOTION, motion)
    journal.set_setting(FIRST_MINUTE, True)
    return journal


def walk(lesson: Lesson) -> Iterator[View]:
    """The views of a phase, questions unanswered, up to its end."""
    while not isinstance(lesson.view, EndView):
        yield lesson.view
        lesson.forward()
    yield lesson.view


def put_at(
    files: CourseFolder,
    journal: Journal,
    wanted: Callable[[Question], bool] = lambda question: True,
    phase: str = PHASE,
) -> Question:
    """Leave the phase, in the journal, at its first question that is `wanted`."""
    for view in walk(Lesson(files, phase, journal)):
        if isinstance(view, QuestionView) and wanted(view.question):
            return view.question
    raise AssertionError(f"{phase} has no such question")


def refutable(question: Question) -> bool:
    """True for a single choice with a refutation and knobs."""
    if not isinstance(question, SingleQuestion):
        return False
    refuted = any(option.refutation for option in question.options)
    return refuted and bool(question.scenario.knobs)


def multi(question: Question) -> bool:
    """True where several options are right."""
    return question.kind == "multi"


def attempts(journal: Journal) -> list[object]:
    """The raw answers that the journal keeps."""
    return [event.answer for event in journal.events(kind="attempt")]


def squeezed(text: str) -> str:
    """`text` with every stretch of white space as one space."""
    return " ".join(text.split())
