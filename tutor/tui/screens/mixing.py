"""Quiz and review on a screen: a lesson's, quicker, with a way back."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tutor.session.mixing import Mixing
from tutor.session.views import QuestionView, VerdictView
from tutor.tui.screens.lesson import LessonScreen
from tutor.words import common
from tutor.words import mixing as words


class MixingScreen(LessonScreen):
    """A digit answers at once where one choice is right, as every answer can be taken back."""

    HELP = words.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", common.UNDO, id="lesson.undo", tooltip=words.UNDO_TIP),
    ]

    def __init__(self, mixing: Mixing) -> None:
        super().__init__(mixing)
        self._mixing = mixing
        self._answers.quick = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Besides the lesson's, a key to take back where there is something."""
        if action == "undo":
            waits = getattr(self._view, "committed", None) is not None
            return not waits and self._mixing.can_undo
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Take the last answer back, and ask again."""
        self._keep_draft()
        if self._do(self._mixing.undo) and isinstance(self._view, QuestionView):
            self.tell(words.UNDONE.format(question=self._view.question.id))

    @property
    def _question_id(self) -> str | None:
        """The question that is asked, or was answered."""
        view = self._view
        return view.question.id if isinstance(view, QuestionView | VerdictView) else None
