"""A quiz: questions that the learner picked, from all over the course, in a mixed order."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence

from tutor.course.loader import CourseFolder
from tutor.course.questions import Question
from tutor.journal.derived import derive
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, QUIZ, QUIZ_END, QUIZ_POSITION
from tutor.journal.known import attempt_of
from tutor.journal.progress import left_quiz
from tutor.journal.store import Journal
from tutor.session.bank import Bank, Banked, mixed
from tutor.session.drawn import DrawnRun
from tutor.session.mixing import Mixing
from tutor.session.views import Counter, EndView
from tutor.words import common
from tutor.words import mixing as mixing_words
from tutor.words import quiz as words
from tutor.words import run as run_words


class Quiz(Mixing):
    """Walks through a quiz. What is not due is extra practice: it leaves the schedule alone."""

    mode = "quiz"

    def __init__(self, files: CourseFolder, journal: Journal, bank: Bank, begun: Event) -> None:
        """Go on with a quiz where it was left.

        Raises:
            JournalError: the journal cannot be used.
        """
        super().__init__(files, journal, bank)
        self.title = str(begun.data.get("title") or common.QUIZ)
        self._begun = begun
        self._quiz = str(begun.data.get("quiz"))
        ids = begun.data.get("ids")
        listed = ids if isinstance(ids, list) else []
        # The course may have lost a question since.
        self._questions = tuple(bank.by_id[one] for one in listed if one in bank.by_id)
        self._index = 0
        self._resume()

    @property
    def _counter(self) -> Counter:
        return Counter(min(self._index + 1, len(self._questions)), len(self._questions))

    @property
    def place(self) -> Counter:
        """Which of the questions this is."""
        return self._counter

    @property
    def has_ended(self) -> bool:
        """Whether there is nothing more to ask."""
        return self._index >= len(self._questions)

    @property
    def is_answered(self) -> bool:
        """Whether every question has been answered."""
        return all(self._was_right(banked) is not None for banked in self._questions)

    def _following(self) -> Question | None:
        after = self._questions[self._index + 1 : self._index + 2]
        return after[0].question if after else None

    def _kept(self, question: Question) -> dict[str, object]:
        return {**super()._kept(question), "quiz": self._quiz}

    def _go_on(self) -> None:
        if self._index < len(self._questions):
            self._go(self._index + 1)

    def _go_back(self) -> None:
        if self._index > 0:
            self._go(self._index - 1)
            self._restore_since(self._begun.sequence)

    def _go(self, index: int) -> None:
        """Go to a question, or behind the last one to the end."""
        asked = None
        if index < len(self._questions):
            asked = self._posed(self._questions[index].question)
        self._journal.append(
            QUIZ_POSITION,
            seed=asked.posed.seed if asked else None,
            data={"quiz": self._quiz, "number": index},
        )
        self._index = index
        self._show(asked)
        if asked is None:
            self._journal.append(QUIZ_END, data={"quiz": self._quiz})

    def _resume(self) -> None:
        place = self._journal.latest(QUIZ_POSITION, where=self._is_of_quiz)
        number = place.data.get("number") if place else None
        if place is None or not isinstance(number, int):
            self._go(0)
            return
        if number >= len(self._questions):
            self._go(len(self._questions))
            return
        self._index = max(0, number)
        self._ask(self._questions[self._index], place.seed)
        self._restore_since(place.sequence)

    def _is_of_quiz(self, event: Event) -> bool:
        return event.data.get("quiz") == self._quiz

    def _is_here(self, attempt: Event) -> bool:
        undone = derive(self._journal, cards=False).undone
        return self._is_of_quiz(attempt) and attempt.id not in undone

    @property
    def can_undo(self) -> bool:
        """Whether the answer to the question that is shown can be taken back."""
        return self._asked is not None and self._asked.result is not None

    def undo(self) -> None:
        """Take that answer back, as if it had never been given, and ask again.

        Raises:
            ValueError: nothing is answered here.
            JournalError: the journal cannot be written.
        """
        result = self._asked.result if self._asked else None
        if result is None:
            raise ValueError(mixing_words.NOTHING_TO_UNDO)
        self._undo(result)
        self._go(self._index)

    def _end_view(self) -> EndView:
        results = [self._was_right(banked) for banked in self._questions]
        wrong = [one for one, was in zip(self._questions, results, strict=True) if was is False]
        right = results.count(True)
        lines = [words.RIGHT_OF.format(right=right, questions=len(self._questions))]
        if wrong:
            lines.append(words.AGAIN.format(questions=", ".join(one.id for one in wrong)))
        if None in results:
            lines.append(words.LEFT_OUT.format(count=results.count(None)))
        if self._begun.seed is not None:
            lines.append(words.SEED.format(seed=self._begun.seed))
        return EndView(
            title=self.title,
            right=right,
            questions=len(self._questions),
            lines=tuple(lines),
            prose=self._missed(wrong),
            next_phase=None,
            drawn=(DrawnRun("run", run_words.NORMAL, self._files.spine),),
        )

    def _was_right(self, banked: Banked) -> bool | None:
        """How the question was answered last in this quiz; None where it was not."""
        last = self._journal.latest(ATTEMPT, question_id=banked.id, where=self._is_here)
        attempt = last and attempt_of(last.id, last.time, last.data, shown=False)
        return attempt.right if attempt else None

    def _missed(self, wrong: Sequence[Banked]) -> str:
        """What was asked for in vain, as a list."""
        texts = self._bank.objectives
        missed = dict.fromkeys(one for banked in wrong for one in banked.question.objectives)
        if not missed:
            return ""
        listed = (f"- {texts[objective]}" for objective in missed)
        return "\n".join([words.TO_LOOK_AT, "", *listed])


def begin_quiz(
    files: CourseFolder,
    journal: Journal,
    bank: Bank,
    questions: Sequence[Banked],
    count: int,
    title: str = common.QUIZ,
    seed: int | None = None,
) -> Quiz:
    """Begin a quiz of `count` of the questions, mixed by `seed`; left out, a new one.

    Raises:
        ValueError: there is no question to ask.
        JournalError: the journal cannot be used.
    """
    if not questions:
        raise ValueError(words.NOTHING_TO_ASK)
    seed = secrets.randbelow(2**31) if seed is None else seed
    ids = [banked.id for banked in mixed(questions, count, seed)]
    data: dict[str, object] = {"quiz": str(uuid.uuid4()), "title": title, "ids": ids}
    return Quiz(files, journal, bank, journal.append(QUIZ, seed=seed, data=data))


def open_quiz(files: CourseFolder, journal: Journal, bank: Bank) -> Quiz | None:
    """The last quiz where it was left; None where it has ended, or there was none.

    Raises:
        JournalError: the journal cannot be used.
    """
    begun = left_quiz(journal)
    return Quiz(files, journal, bank, begun) if begun else None
