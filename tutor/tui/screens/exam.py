"""The exam screen: a question as in a lesson, the time that is left, and the map."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tutor.grading.confidence import kept_certainty
from tutor.grading.verdict import marks_figure
from tutor.journal.store import JournalError
from tutor.session.exam.exam import Exam
from tutor.session.exam.telling import hand_in_question, spot_line
from tutor.session.slow import Work
from tutor.session.views import QuestionView
from tutor.tui.bindings import ALL_KEYS
from tutor.tui.screens.answering import LATEST_S
from tutor.tui.screens.base import close
from tutor.tui.screens.lab_dialogs import Picked, PickScreen, SureScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.running import RUN_KEYS
from tutor.tui.widgets.answer_messages import AnswerChanged
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.title import Part
from tutor.words import answer as answer_words
from tutor.words import common, plural
from tutor.words import exam as exam_words
from tutor.words import exam_screen as words
from tutor.words import lesson_screen as lesson_words

TICK_S = 0.5
#: Answers of these kinds can be taken before the run is there.
_WITHOUT_RUN = ("single", "multi", "ordering", "matching")
#: From this width on it is told beside the time how many are answered.
ROOMY = 72
#: Keys by their ids: those that serve where it is asked how sure, and where there are knobs.


class QuestionMap(PickScreen):
    """All questions; there are more of them than rows."""

    def on_mount(self) -> None:
        """Bring the one that is shown into sight, once the rows have their places."""
        self.call_after_refresh(self.query_one(Choices).show_cursor)


class QuitScreen(SureScreen, inherit_bindings=False):
    """Asks before the program is left while a clock runs: the same key again does it."""

    HELP = words.QUIT_AGAIN
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "answer(True)", common.QUIT, id="exam.quit", tooltip=words.QUIT_TIP),
    ]

    def on_key(self, event: Key) -> None:
        """Any other key stays."""
        pressed = self.active_bindings.get(event.key)
        if pressed is None or pressed.node is not self:
            event.stop()
            close(self, False)


class ExamScreen(LessonScreen, inherit_bindings=False):
    """Sends an exam what the candidate answers, and hands it in when its time is up."""

    HELP = words.HELP
    KEYS = "exam"
    BINDINGS: ClassVar[list[BindingType]] = [
        *Screen.BINDINGS,
        Binding("n,ctrl+n", "forward", common.NEXT, id="exam.next", tooltip=words.NEXT_TIP),
        Binding("b,ctrl+b", "back", common.BACK, id="exam.back", tooltip=words.BACK_TIP),
        Binding(
            "m,escape", "question_map", lesson_words.MAP, id="exam.map", tooltip=words.MAP_TIP
        ),
        Binding("1", "sure(1)", lesson_words.GUESS, id="exam.guess", tooltip=words.GUESS_TIP),
        Binding("2", "sure(2)", lesson_words.FAIRLY, id="exam.fairly", tooltip=words.FAIRLY_TIP),
        Binding(
            "3", "sure(3)", lesson_words.CERTAIN, id="exam.certain", tooltip=words.CERTAIN_TIP
        ),
        Binding(
            "enter",
            "sure(0)",
            lesson_words.NOT_SAID,
            id="exam.not-said",
            tooltip=words.NOT_SAID_TIP,
        ),
        Binding(
            "escape",
            "take_back",
            common.CHANGE,
            id="exam.take-back",
            tooltip=words.TAKE_BACK_TIP,
        ),
        Binding("f", "flag", lesson_words.FLAG, id="exam.flag", tooltip=words.FLAG_TIP),
        Binding("e", "hand_in", words.HAND_IN, id="exam.hand-in", tooltip=words.HAND_IN_TIP),
        Binding(
            "x",
            "take_away",
            answer_words.CLEAR,
            show=False,
            id="exam.clear",
            tooltip=words.TAKE_AWAY_TIP,
        ),
        *RUN_KEYS,
        Binding("h", "leave", words.LEAVE, show=False, id="exam.leave", tooltip=words.LEAVE_TIP),
        ALL_KEYS,
        Binding(
            "q",
            "ask_to_quit",
            common.QUIT,
            show=False,
            id="exam.quit",
            tooltip=words.QUIT_TIP,
        ),
        # The choices take these keys themselves, unless something else has the focus.
        Binding(
            "enter", "commit", lesson_words.COMMIT, id="exam.commit", tooltip=words.COMMIT_TIP
        ),
        *(Binding(str(digit), f"pick({digit})", show=False) for digit in range(10)),
    ]

    def __init__(self, exam: Exam) -> None:
        super().__init__(exam)
        self.exam = exam
        self._ticking: Timer | None = None
        self._is_handed_in = False

    # What is shown.

    def _beside_title(self) -> Widget:
        """The time that is left."""
        return Static(id="time", markup=False)

    def _orient(self) -> None:
        """Nothing lights where on the spine it is: that may be what is asked."""

    def on_mount(self) -> None:
        """Begin to tell the time."""
        self._ticking = self.set_interval(TICK_S, self._tick)

    def _title(self) -> tuple[Part, ...]:
        """Which question, and what it is worth; its id might tell too much."""
        view = self._view
        assert isinstance(view, QuestionView)
        flag = f" {lesson_words.FLAGGED}" if view.flagged else ""
        marks = plural(round(self.exam.marks), *exam_words.WORTH).format(
            marks=marks_figure(self.exam.marks)
        )
        section = ((self.exam.section, ""),) if self.exam.section else ()
        counted = f"{view.counter}{flag}  {marks}", "bold"
        return counted, *section, (self.exam.title, "$text-muted")

    def _show(self, *, draw: bool) -> None:
        """Lay out the question, and the time with it."""
        super()._show(draw=draw)
        self._tell_time()

    def _tell_time(self) -> None:
        spots = self.exam.spots
        said = self.exam.time_left
        if self.size.width >= ROOMY or not self.size.width:
            answered = sum(spot.answered for spot in spots)
            many = exam_words.ANSWERED.format(answered=answered, count=len(spots))
            said = f"{many}  {said}"
        self.query_one("#time", Static).update(self.glyphs.text(f"{said} ", "bold"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are shown."""
        waits = getattr(self._view, "committed", None) is not None
        shown = {
            "sure": waits,
            "take_back": waits,
            "commit": not waits,
            "pick": not waits,
            "question_map": not waits,
            "knobs": bool(getattr(self._view, "knobs", ())),
        }
        if action in shown:
            return shown[action]
        return super().check_action(action, parameters) if action == "pane" else True

    # The clock.

    def _tick(self) -> None:
        """Tell the time; keep what is typed towards the end, and hand in when time is up."""
        if self._is_handed_in or not self.is_mounted:
            return
        left_s = self.tutor.reported(lambda: self.exam.left_s)
        if left_s is None:
            return
        self._tell_time()
        if left_s <= 0.0:
            self._end()
        elif left_s <= LATEST_S:
            self._keep_draft()

    def _end(self) -> None:
        """Hand in, mark what stands as soon as its runs are there, and show the report."""
        self._keep_draft()
        self._is_handed_in = True
        if not self.tutor.done(self.exam.hand_in):
            self._is_handed_in = self.exam.is_over  # Its end is kept at the next start.
            return
        while self.app.screen is not self and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        self.stop_waiting()
        work = self.tutor.reported(self.exam.to_mark)
        if work is None:
            self._marked()
        else:
            self._tell_progress(0.0)
            self._wanted.wish(work, self._marked)

    def _marked(self, _error: str | None = None) -> None:
        from tutor.tui.screens.exam_report import ExamReportScreen

        if self.tutor.done(self.exam.mark):
            self.app.switch_screen(ExamReportScreen(self.exam.files, self.exam.begun))

    # What the candidate does.

    def _commit(
        self, commit: Callable[[], None], marking: Callable[[], Work | None] | None = None
    ) -> None:
        """Keep an answer and go on to the next question, unless it is asked how sure it is.

        It is marked when all of them are.
        """

        def kept() -> None:
            commit()
            if not self.exam.is_committed:
                self._go_on()

        assert isinstance(self._view, QuestionView)
        if self._view.form.kind in _WITHOUT_RUN:
            self._mark(kept)
        else:
            super()._commit(kept)

    def _go_on(self) -> None:
        """After an answer to the last question, say how to end."""
        if self.exam.is_last:
            self.tell(words.WAS_LAST)
        self.exam.forward()

    def on_answer_changed(self, _message: AnswerChanged) -> None:
        """What is picked is kept at once; what is typed after a pause."""
        if isinstance(self._view, QuestionView) and self._view.form.kind in ("single", "multi"):
            self._keep_draft()
            self._tell_time()

    def action_sure(self, certainty: int) -> None:
        """Say how sure the answer is, or leave it out; then go on."""

        def kept() -> None:
            self.exam.sure(kept_certainty(certainty))
            self._go_on()

        self._mark(kept)

    def action_forward(self) -> None:
        """Go to the next question; what stands is kept."""
        self._move(self.exam.forward)

    def action_back(self) -> None:
        """Go to the question before; what stands is kept."""
        self._move(self.exam.back)

    def _move(self, act: Callable[[], None]) -> None:
        self._keep_draft()
        if self.exam.is_committed:
            self.exam.take_back()
        self._do(act)

    def action_question_map(self) -> None:
        """Show every question and how it stands, to go to one of them."""
        self._keep_draft()
        spots = self.exam.spots
        lines = [spot_line(spot) for spot in spots]
        here = next(i for i, spot in enumerate(spots) if spot.here)
        title = words.MAP_TITLE.format(left=self.exam.time_left)
        self.app.push_screen(QuestionMap(self.glyphs, title, lines, here), self._jump)

    def _jump(self, picked: Picked | None) -> None:
        if picked is not None:
            self._move(partial(self.exam.go, picked[0] + 1))

    def action_take_away(self) -> None:
        """Leave the question unanswered again."""
        self._mark(self.exam.take_away)

    def action_hand_in(self) -> None:
        """Hand in, once that is confirmed."""
        self._keep_draft()
        said = hand_in_question(self.exam)
        self.app.push_screen(SureScreen(self.glyphs, said), self._hand_in)

    def _hand_in(self, sure: bool | None) -> None:
        if sure and not self._is_handed_in:
            self._end()

    def action_leave(self) -> None:
        """Back to the course map; the clock runs on."""
        self._keep_draft()
        self.tutor.show_home()
        self.tutor.notify(self.glyphs.text(words.CLOCK_RUNS_ON).plain, markup=False)

    def action_ask_to_quit(self) -> None:
        """Say that the clock runs on, and quit once that is confirmed."""
        self._keep_draft()
        said = f"{words.CLOCK_RUNS_ON} {words.QUIT_AGAIN}"
        self.app.push_screen(QuitScreen(self.glyphs, said), self._quit)

    def _quit(self, sure: bool | None) -> None:
        if sure:
            self.tutor.action_leave()

    def action_map(self) -> None:
        """Back to the course map."""
        self.action_leave()

    def on_unmount(self) -> None:
        """Keep that nobody looks at it any more."""
        with suppress(JournalError):  # Nobody is there any more to be told.
            self.exam.keep_draft(self._answers.draft)
            self.exam.leave()
