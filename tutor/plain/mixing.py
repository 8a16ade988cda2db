"""Quiz and review as lines of text: what may be typed besides."""

from __future__ import annotations

from tutor.plain.page import Page
from tutor.session.mixing import Mixing
from tutor.session.views import QuestionView, VerdictView
from tutor.words import mixing as words


class MixingKeys:
    """Takes an answer back."""

    def __init__(self, mixing: Mixing) -> None:
        self._mixing = mixing

    def told(self) -> str:
        """What the prompt says of it."""
        offered = [] if self._mixing.is_committed else self._offered()
        return f"[{' · '.join(offered)}]" if offered else ""

    def _offered(self) -> list[str]:
        return [words.UNDO_KEY] if self._mixing.can_undo else []

    def obey(self, page: Page, command: str) -> bool | None:
        """Do what was typed; None where it is for others."""
        if command.lower() != "undo" or self._mixing.is_committed:
            return None
        if not self._mixing.can_undo:
            page.say(f"{words.NOTHING_TO_UNDO.capitalize()}.")
            return False
        self._mixing.undo()
        page.say(words.UNDONE.format(question=self._question_id))
        return True

    @property
    def _question_id(self) -> str | None:
        """The question that is asked, or was answered."""
        view = self._mixing.view
        return view.question.id if isinstance(view, QuestionView | VerdictView) else None
