"""The review screen: a quiz's, and a question can be left out from now on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tutor.session.review import Review
from tutor.tui.screens.mixing import MixingScreen
from tutor.words import mixing as words


class ReviewScreen(MixingScreen):
    """Shows a review."""

    HELP = f"{words.HELP} {words.REVIEW_HELP}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "suspend", words.SUSPEND, id="lesson.suspend", tooltip=words.SUSPEND_TIP),
    ]

    def __init__(self, review: Review) -> None:
        super().__init__(review)
        self._review = review

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key to leave out where there is a question."""
        if action == "suspend":
            waits = getattr(self._view, "committed", None) is not None
            return not waits and self._question_id is not None
        return super().check_action(action, parameters)

    def action_suspend(self) -> None:
        """Leave the question out of review, and go on."""
        question_id = self._question_id
        self._keep_draft()
        if self._do(self._review.suspend):
            undo = words.UNDO_WHILE_TYPING if self._answers.has_keys else "u"
            self.tell(words.SUSPENDED.format(question=question_id, undo=undo))
