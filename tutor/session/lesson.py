"""A lesson: the steps and questions of one phase, in the loop predict, run, compare, explain."""

from __future__ import annotations

from itertools import islice

from tutor.course.loader import CourseFolder
from tutor.course.model import Phase, Step
from tutor.course.questions import Question
from tutor.journal.kinds import FINISHED, POSITION
from tutor.journal.progress import phase_progress
from tutor.journal.store import Journal
from tutor.session.asking import Asking
from tutor.session.drawn import DrawnRun
from tutor.session.views import Counter, EndView
from tutor.words import common
from tutor.words import run as run_words

END = "end"


class Lesson(Asking):
    """Walks through one phase. Every answer is in the journal before its verdict is shown."""

    def __init__(self, files: CourseFolder, phase_id: str, journal: Journal) -> None:
        """Open the phase where the learner left it.

        Raises:
            ContentErrors: the phase's file is wrong.
            JournalError: the journal cannot be used.
        """
        super().__init__(files, journal)
        self._phase: Phase = files.phase(phase_id)
        self.title = files.entries[phase_id].title
        self.items = self._lesson_items
        self._index = 0
        self._question_count = sum(isinstance(item, Question) for item in self.items)
        self._resume()

    @property
    def phase(self) -> Phase:
        """The phase that is walked through."""
        return self._phase

    @property
    def _counter(self) -> Counter:
        step = self._step if self._verdict_left is not None else None
        place = self._index if step is None else self.items.index(step)
        return Counter(place + 1, len(self.items))

    def _following(self) -> Step | Question | None:
        return (*self.items[self._index + 1 :], None)[0]

    def _kept(self, question: Question) -> dict[str, object]:
        return {"phase": self.phase.id}

    # Moving and resuming.

    def _go_on(self) -> None:
        if self._index < len(self.items):
            self._go(self._index + 1)

    def _go_back(self) -> None:
        if self._index > 0:
            self._go(self._index - 1, back=True)

    def _go(self, index: int, *, back: bool = False) -> None:
        item = self.items[index] if index < len(self.items) else None
        asked = self._posed(item) if isinstance(item, Question) else None
        step = item if isinstance(item, Step) else None
        self._journal.append(
            POSITION,
            # Whoever comes back to an open question finds its numbers and order again.
            seed=asked.posed.seed if asked else None,
            data={
                "phase": self.phase.id,
                "item": item.id if item else END,
                "number": min(index + 1, len(self.items)),
                "count": len(self.items),
                "questions": self._question_count,
                "back": back,
            },
        )
        self._index = index
        self._show(asked or step)
        if item is None:
            self._journal.append(FINISHED, data={"phase": self.phase.id})
        if back:
            self._restore_since(0)

    def _resume(self) -> None:
        """Go where the learner left the phase, to the verdict if they had answered."""
        place = self._journal.latest(
            POSITION, where=lambda event: event.data.get("phase") == self.phase.id
        )
        ids = [item.id for item in self.items]
        item = place.data.get("item") if place else None
        if place is None or item not in ids:
            # A lesson that was finished, or whose item is gone, begins anew.
            self._go(0)
            return
        self._index = ids.index(str(item))
        shown = self.items[self._index]
        self._show(shown if isinstance(shown, Step) else self._posed(shown, place.seed))
        self._restore_since(0 if place.data.get("back") else place.sequence)

    def _end_view(self) -> EndView:
        progress = phase_progress(self._journal)[self.phase.id]
        after = self._files.phase_ids.index(self.phase.id) + 1
        right, questions = progress.right, self._question_count
        return EndView(
            title=self.title,
            right=right,
            questions=questions,
            lines=(common.RIGHT_AT_LAST.format(right=right, questions=questions),),
            prose=self.phase.summary,
            next_phase=next(islice(self._files.entries.values(), after, None), None),
            drawn=(DrawnRun("run", run_words.NORMAL, self._files.spine),),
        )
