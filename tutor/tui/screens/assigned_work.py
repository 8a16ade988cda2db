"""Working through an assignment: graded as an exam, practice as a quiz; its end is at the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.screen import Screen

from tutor.classroom.learner.desk import as_sentence, left_lines
from tutor.classroom.learner.sitting import Practice, Sitting
from tutor.session.views import EndView
from tutor.tui.screens.base import close
from tutor.tui.screens.exam import ExamScreen, QuitScreen
from tutor.tui.screens.lab_dialogs import Picked, SureScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.mixing import MixingScreen
from tutor.words import assigned as words
from tutor.words import common, exam_screen, lesson_screen

if TYPE_CHECKING:
    from tutor.classroom.learner.assigned import Assigned
    from tutor.tui.app import TutorApp

#: Why the work was left: as it stands, to hand it in, or because time is up.
Left = Literal["left", "to-hand-in", "time"]
#: Actions of an exam that are others here.
_OTHERS = ("leave", "hand_in", "ask_to_quit")


def ask_to_quit(app: TutorApp, assigned: Assigned) -> None:
    """Say what is still to be done with graded work, and quit once that is confirmed."""
    said = app.reported(partial(left_lines, assigned))
    if not said:
        app.action_leave()
        return
    asked = QuitScreen(app.glyphs, f"{said} {exam_screen.QUIT_AGAIN}")
    app.push_screen(asked, lambda sure: app.action_leave() if sure else None)


class SittingScreen(ExamScreen, inherit_bindings=False):
    """Graded work. Nothing is marked at its end."""

    HELP = words.WORK_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in ExamScreen.BINDINGS
            if not isinstance(binding, Binding) or binding.action not in _OTHERS
        ),
        Binding("h", "hint", lesson_screen.SHOW_HINT, id="work.hint", tooltip=words.HINT_TIP),
        Binding("e", "hand_in", exam_screen.HAND_IN, id="work.hand-in", tooltip=words.HAND_IN_TIP),
        Binding(
            "l", "leave", exam_screen.LEAVE, show=False, id="work.leave", tooltip=words.LEAVE_TIP
        ),
        Binding(
            "q",
            "ask_to_quit",
            common.QUIT,
            show=False,
            id="work.quit",
            tooltip=words.QUIT_TIP,
        ),
    ]

    def __init__(self, sitting: Sitting, left: Callable[[Left], None]) -> None:
        super().__init__(sitting)
        self.sitting = sitting
        self._left = left

    def anew(self) -> None:
        """It is gone on with from its desk."""

    @property
    def idle_keys(self) -> frozenset[str]:
        """The ids of keys that can do nothing here; hints may not be allowed."""
        hint = () if self.sitting.gives_hints else ("work.hint",)
        return super().idle_keys | frozenset(hint)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are shown."""
        allowed = {
            "hint": self.sitting.gives_hints,
            "back": self.sitting.goes_back,
            "question_map": self.sitting.goes_back,
        }
        if not allowed.get(action, True):
            return False
        waits = getattr(self._view, "committed", None) is not None
        return not waits if action == "hint" else super().check_action(action, parameters)

    def _move(self, act: Callable[[], None]) -> None:
        try:
            super()._move(act)
        except ValueError as error:
            self.tell(as_sentence(str(error)))

    def action_forward(self) -> None:
        """Go to the next question; where there is no way back, not without asking."""
        self._keep_draft()
        sitting = self.sitting
        if sitting.is_last:
            self._go_on()
        elif sitting.goes_back or sitting.answered:
            super().action_forward()
        else:
            asked = SureScreen(self.glyphs, words.LEAVE_FOR_GOOD)
            self.app.push_screen(asked, self._leave_open)

    def _leave_open(self, sure: bool | None) -> None:
        if sure:
            self._move(self.sitting.leave_open)

    def _jump(self, picked: Picked | None) -> None:
        if not self.sitting.is_over:
            super()._jump(picked)

    def _go_on(self) -> None:
        """After the last question the work is handed in, at the desk."""
        if self.sitting.is_last:
            self.action_hand_in()
        else:
            self.sitting.forward()

    def action_hand_in(self) -> None:
        """Go where it is handed in."""
        self._leave("to-hand-in")

    def action_leave(self) -> None:
        """Leave it as it stands."""
        self._leave("left")

    def action_ask_to_quit(self) -> None:
        """Quit; while something is to be done yet only once that is confirmed."""
        self._keep_draft()
        ask_to_quit(self.tutor, self.sitting.assigned)

    def _leave(self, why: Left) -> None:
        self._keep_draft()
        close(self)
        self._left(why)

    def _end(self) -> None:
        """Time is up: what stands is kept as the end."""
        self._keep_draft()
        self._is_handed_in = True
        if not self.tutor.done(self.sitting.hand_in):
            self._is_handed_in = self.sitting.is_over
            return
        while self.app.screen is not self and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        self.stop_waiting()
        self._leave("time")


class PracticeScreen(MixingScreen, inherit_bindings=False):
    """Practice, with feedback at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Screen.BINDINGS,
        *(
            binding
            for binding in (*MixingScreen.BINDINGS, *LessonScreen.BINDINGS)
            if not isinstance(binding, Binding) or binding.action != "map"
        ),
        Binding(
            "m,escape",
            "map",
            words.PRACTICE_MAP,
            id="work.back",
            tooltip=words.PRACTICE_MAP_TIP,
        ),
    ]

    def __init__(self, practice: Practice, left: Callable[[Left], None]) -> None:
        super().__init__(practice)
        self._left = left

    def anew(self) -> None:
        """It is gone on with from its desk."""

    def action_map(self) -> None:
        """Back to the assignment."""
        self._keep_draft()
        close(self)
        self._left("left")

    def _leave_end(self, view: EndView) -> None:
        close(self)
        self._left("to-hand-in")
