"""The votes of a room: a number for each option, or the answers that it gave with their numbers.

What is typed is taken as it comes, and marked once the room has seen its run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter, itemgetter
from string import ascii_uppercase
from textwrap import shorten
from typing import Literal

import msgspec
from msgspec.structs import replace

from tutor.course.posed import Posed
from tutor.course.questions import ChoiceQuestion, ExperimentQuestion, Question
from tutor.course.text import clean
from tutor.grading.fitting import refuse_unfit
from tutor.grading.marking import mark
from tutor.grading.verdict import Verdict
from tutor.session.drafts import LONGEST_ANSWER, cleaned
from tutor.session.form import form_of, shown_answer
from tutor.session.knobs import knob_set, knobs_of
from tutor.session.ready import refuse_unready
from tutor.words import votes as words

#: No room is larger.
MOST_VOTES = 9999
_EXAMPLE = ("12", "5", "0", "3", "7", "1", "4", "2", "6")
_LONGEST_QUOTED = 60


class Tally(msgspec.Struct, frozen=True):
    """An option or an answer with its votes, and what it is worth."""

    letter: str
    """Of an option; an answer has none."""
    text: str
    votes: int
    share: float
    """Its votes as a part of the highest number, 0 to 1."""
    worth: float
    """Its marks as a part of the full ones, 0 to 1."""

    @property
    def state(self) -> Literal["right", "partly", "wrong"]:
        """The same in a word."""
        return "right" if self.worth == 1.0 else "partly" if self.worth else "wrong"


class Ballot:
    """A number for each option.

    Attributes:
        asks: What the tutor is to type.
        so_far: The answers that were given so far, a line each: options have letters instead.
        parts: What answers are made of, with how many had it: options are whole.
    """

    so_far: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def __init__(self, posed: Posed[Question]) -> None:
        assert isinstance(posed.question, ChoiceQuestion)
        self._choices = form_of(posed).choices
        self._letters = ascii_uppercase[: len(self._choices)]
        self._right = {option.id for option in posed.question.options if option.correct}
        self._votes = [0] * len(self._choices)
        example = " ".join(_EXAMPLE[: len(self._choices)])
        self.asks = words.ASKS.format(letters=" ".join(self._letters), example=example)

    def take(self, line: str) -> bool:
        """Take a number for each option in the order of the letters, of nothing none.

        Returns:
            Whether that is all of them.

        Raises:
            ValueError: the line gives no votes; one clear sentence.
        """
        typed = line.replace(",", " ").split()
        votes = [count for word in typed if (count := _count(word)) is not None]
        options = len(self._choices)
        if typed and (len(votes), len(typed)) != (options, options):
            raise ValueError(words.NOT_VOTES.format(count=options, most=MOST_VOTES))
        self._votes = votes or [0] * options
        return True

    def take_back(self) -> None:
        """Nothing: the numbers are typed anew."""

    def mark(self) -> None:
        """Nothing: each option is right or wrong."""

    @property
    def answers(self) -> list[object]:
        """The answers of which the run may be wanted."""
        return [] if self.to_run is None else [self.to_run]

    @property
    def to_run(self) -> object:
        """What the run answers: the wrong option with the most votes, which it may refute."""
        return None if self._wrong is None else [self._choices[self._wrong].id]

    @property
    def called(self) -> str:
        """What that is called: its letter."""
        return "" if self._wrong is None else self._letters[self._wrong]

    @property
    def _wrong(self) -> int | None:
        voted = zip(range(len(self._votes)), self._votes, self._choices, strict=True)
        wrong = [(i, votes) for i, votes, one in voted if votes and one.id not in self._right]
        return max(wrong, key=itemgetter(1))[0] if wrong else None

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The options in their order; they tell the key."""
        worth = [float(choice.id in self._right) for choice in self._choices]
        texts = [choice.text for choice in self._choices]
        return _tallied(zip(self._letters, texts, self._votes, worth, strict=True))


class _Given(msgspec.Struct, frozen=True):
    """An answer with its votes, and what became of it."""

    answer: object
    text: str
    votes: int
    verdict: Verdict | None = None

    @property
    def worth(self) -> float:
        """Its marks as a part of the full ones, 0 to 1; none before it is marked."""
        return self.verdict.share if self.verdict else 0.0


class Answers:
    """The answers to a question without options, as each is typed, with how many gave it."""

    def __init__(self, posed: Posed[Question]) -> None:
        self._posed = posed
        self._form = form_of(posed)
        self._knobs = knobs_of(posed.scenario, {})
        self._taken: list[tuple[object, int]] = []
        self._marked: list[_Given] = []
        example = self._form.example
        if self._is_experiment:
            example = "; ".join(f"{n} {knob.value:g}" for n, knob in enumerate(self._knobs, 1))
        self._example = words.GIVEN.format(answer=example, votes=_EXAMPLE[0])
        self.asks = words.ASKS_ANSWERS.format(example=self._example)

    @property
    def _is_experiment(self) -> bool:
        return isinstance(self._posed.question, ExperimentQuestion)

    def take(self, line: str) -> bool:
        """Take an answer, a colon and its votes, which add up; an empty line ends them.

        Returns:
            Whether that is all of them.

        Raises:
            ValueError: the line gives no votes; one clear sentence.
        """
        if not line.strip():
            return True
        typed, _, number = clean(line, LONGEST_ANSWER).rpartition(":")
        votes = _count(number.strip())
        if not typed.strip() or not votes:
            raise ValueError(words.NOT_GIVEN.format(most=MOST_VOTES, example=self._example))
        answer = cleaned(self._read(" ".join(typed.split())))
        refuse_unready(self._posed.question, answer)
        refuse_unfit(self._posed, answer)
        self._taken.append((answer, votes))
        return False

    def _read(self, typed: str) -> object:
        if not self._is_experiment:
            return self._form.read(typed)
        found: dict[str, object] = {}
        for part in typed.split(";"):
            knob, value = knob_set(self._knobs, part.split())
            if knob.name in found:
                raise ValueError(words.SET_TWICE.format(title=knob.title))
            found[knob.name] = value
        return found

    def take_back(self) -> None:
        """Forget what was typed last: an answer, or the votes that were added to one."""
        del self._taken[-1:]

    def mark(self) -> None:
        """Mark what was taken.

        Raises:
            ValueError: an answer cannot be run.
        """
        self._marked = [
            replace(given, verdict=mark(self._posed, given.answer)) for given in self._given
        ]

    @property
    def _given(self) -> list[_Given]:
        """Each answer with all its votes, the commonest first."""
        found: list[_Given] = []
        for answer, _ in self._taken:
            if all(answer != given.answer for given in found):
                votes = sum(count for other, count in self._taken if other == answer)
                found.append(_Given(answer, shown_answer(self._posed, answer), votes))
        return sorted(found, key=attrgetter("votes"), reverse=True)

    @property
    def so_far(self) -> tuple[str, ...]:
        """The answers that were given so far, a line each."""
        given = self._given
        return tuple(words.GIVEN.format(answer=one.text, votes=one.votes) for one in given)

    @property
    def answers(self) -> list[object]:
        """The answers of which the run may be wanted: it takes their runs to mark them."""
        return [given.answer for given in self._given]

    @property
    def to_run(self) -> object:
        """What the run answers: the commonest proposal, or else the commonest wrong answer."""
        return None if self._chosen is None else self._chosen.answer

    @property
    def called(self) -> str:
        """What that is called, as much of it as a sentence bears."""
        text = "" if self._chosen is None else self._chosen.text
        return shorten(text, _LONGEST_QUOTED, placeholder="…").rstrip(".?!")

    @property
    def _chosen(self) -> _Given | None:
        # Of an experiment the run is what the room would do, and whether it is right.
        wrong = [one for one in self._marked if one.worth < 1.0 and not self._is_experiment]
        return next(iter(wrong or self._marked), None)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The answers, the commonest first; they tell the key."""
        return _tallied(("", given.text, given.votes, given.worth) for given in self._marked)

    @property
    def parts(self) -> tuple[str, ...]:
        """What answers are made of, with how many had it; nothing where that is one thing."""
        marked = [(one.verdict.points, one.votes) for one in self._marked if one.verdict]
        met: Counter[str] = Counter()
        for points, votes in marked:
            met.update({p.text: votes if p.state == "met" else 0 for p in points})
        if len(met) < 2:
            return ()
        room = sum(votes for _, votes in marked)
        return tuple(words.HAD_PART.format(part=p, votes=met[p], all=room) for p in met)


Votes = Ballot | Answers


def votes_on(posed: Posed[Question]) -> Votes:
    """The votes that a room has on a question: on its options, where it has any."""
    return Ballot(posed) if isinstance(posed.question, ChoiceQuestion) else Answers(posed)


def _tallied(counted: Iterable[tuple[str, str, int, float]]) -> tuple[Tally, ...]:
    rows = list(counted)
    most = max((votes for _, _, votes, _ in rows), default=0) or 1
    return tuple(
        Tally(letter, text, votes, votes / most, worth) for letter, text, votes, worth in rows
    )


def _count(word: str) -> int | None:
    """The votes that a word gives; None where it gives none."""
    is_count = word.isascii() and word.isdigit() and len(word) <= len(str(MOST_VOTES))
    return int(word) if is_count else None
