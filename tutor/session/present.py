"""A question before a room: the stem, the votes, the run, then the verdict on the votes."""

from __future__ import annotations

import zlib
from string import ascii_uppercase
from typing import Literal

import msgspec

from tutor.course.errors import meant
from tutor.course.loader import CourseFolder
from tutor.course.questions import ChoiceQuestion, Question
from tutor.course.text import one_line
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.drawn import DrawnRun
from tutor.session.views import Counter, QuestionView, VerdictView
from tutor.words import votes as vote_words

Stage = Literal["question", "votes", "run", "verdict"]
STAGES: tuple[Stage, ...] = ("question", "votes", "run", "verdict")
#: No room is larger.
MOST_VOTES = 9999
_EXAMPLE = ("12", "5", "0", "3", "7", "1", "4", "2", "6")


class Tally(msgspec.Struct, frozen=True):
    """One option with its votes. Nothing is said of the key before the verdict."""

    letter: str
    text: str
    votes: int = 0
    share: float = 0.0
    """Its votes as a part of the highest number, 0 to 1."""
    right: bool | None = None


class PresentView(msgspec.Struct, frozen=True):
    """What the room sees now."""

    stage: Stage
    question_id: str
    stem: str
    options: tuple[Tally, ...]
    set_up: str
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...] = ()
    decides: str = ""
    refuted: str = ""
    """What answers the commonest wrong option; empty where nobody chose one."""
    explanation: str = ""

    @property
    def asks(self) -> str:
        """What the tutor is to type, with the letters in their order."""
        letters = " ".join(option.letter for option in self.options)
        example = " ".join(_EXAMPLE[: len(self.options)])
        return vote_words.ASKS.format(letters=letters, example=example)


class Present:
    """Leads through one question. It knows the room's votes, and keeps nothing of them."""

    def __init__(self, files: CourseFolder, question_id: str) -> None:
        """Find the question.

        Raises:
            ContentErrors: a file of the course is wrong.
            ValueError: there is no such question, or it has no options to vote for.
        """
        question = _question(files, question_id)
        if not isinstance(question, ChoiceQuestion):
            raise ValueError(vote_words.NO_VOTING.format(question=question_id, kind=question.kind))
        self._question = question
        self._files = files
        # The same letters each time, on the handout and on the screen.
        self._seed = zlib.crc32(question.id.encode())
        shown = self._posed().view(_ONLY)
        assert isinstance(shown, QuestionView)
        self._shown = shown
        self._choices = shown.form.choices
        self._asked = self._posed()
        self._votes: tuple[int, ...] = ()
        self._stage = 0

    @property
    def stage(self) -> Stage:
        """Where the room is."""
        return STAGES[self._stage]

    def forward(self) -> None:
        """Go on; votes that nobody typed are none."""
        if self.stage == "votes":
            self.count("")
        elif self.stage != "verdict":
            self._stage += 1

    def back(self) -> None:
        """Go back by one."""
        self._stage = max(0, self._stage - 1)

    def count(self, line: str) -> None:
        """Take the votes, one number an option in the order of the letters.

        Raises:
            ValueError: the line gives no votes; one clear sentence.
        """
        words = line.replace(",", " ").split()
        options = len(self._choices)
        digits = [word for word in words if word.isascii() and word.isdigit()]
        votes = [int(word) for word in digits if len(word) <= len(str(MOST_VOTES))]
        if words and (len(votes), len(words)) != (options, options):
            raise ValueError(vote_words.NOT_VOTES.format(count=options, most=MOST_VOTES))
        self._votes = tuple(votes)
        self._asked = self._posed()
        wrong = self._commonest_wrong()
        if wrong is None:
            self._asked.show_answer()
        else:
            self._asked.answer([wrong])
        self._stage = STAGES.index("run")

    @property
    def view(self) -> PresentView:
        """What to show now."""
        shown = self._shown
        if self._stage < STAGES.index("run"):
            return PresentView(
                self.stage,
                self._question.id,
                shown.stem,
                self._tallies(),
                self._question.setup,
                shown.drawn,
            )
        told = self._asked.view(_ONLY)
        assert isinstance(told, VerdictView)
        own = tuple(drawn for drawn in told.drawn if drawn.role != "refutation")
        if self.stage == "run":
            return PresentView(
                self.stage, self._question.id, shown.stem, self._tallies(), told.set_up, own
            )
        return PresentView(
            stage=self.stage,
            question_id=self._question.id,
            stem=shown.stem,
            options=self._tallies(told=True),
            set_up=told.set_up,
            drawn=told.drawn,
            curves=told.curves,
            decides=told.decides,
            refuted=self._refuted(told),
            explanation=told.explanation,
        )

    def _refuted(self, told: VerdictView) -> str:
        if not told.refutations:
            return ""
        place = [choice.id for choice in self._choices].index(self._commonest_wrong() or "")
        says = told.refutations[0].says
        return vote_words.REFUTED.format(letter=ascii_uppercase[place], says=says)

    def _posed(self) -> Asked:
        return Asked(self._files, Journal.in_memory(), self._question, {}, seed=self._seed)

    def _tallies(self, *, told: bool = False) -> tuple[Tally, ...]:
        choices = self._choices
        votes = self._votes or (0,) * len(choices)
        most = max(1, *votes)
        right = {option.id: option.correct for option in self._question.options}
        return tuple(
            Tally(letter, choice.text, count, count / most, right[choice.id] if told else None)
            for letter, choice, count in zip(ascii_uppercase, choices, votes, strict=False)
        )

    def _commonest_wrong(self) -> str | None:
        """The wrong option with the most votes: that one is worth refuting."""
        right = {option.id for option in self._question.options if option.correct}
        voted = zip(self._votes, self._choices, strict=False)
        wrong = [(count, choice.id) for count, choice in voted if count and choice.id not in right]
        return max(wrong, key=lambda pair: pair[0])[1] if wrong else None


_ONLY = Counter(1, 1)


def _question(files: CourseFolder, question_id: str) -> Question:
    """The question with this id, whichever phase has it; ids begin with that of their phase."""
    by_likeness = sorted(files.phase_ids, key=lambda phase: not question_id.startswith(phase))
    known: list[str] = []
    for phase_id in by_likeness:
        questions = {question.id: question for question in files.phase(phase_id).questions}
        if question_id in questions:
            return questions[question_id]
        known += questions
    raise ValueError(
        vote_words.NO_QUESTION.format(
            question=one_line(question_id, 60), meant=meant(question_id, known)
        )
    )
