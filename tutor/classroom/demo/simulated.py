"""A simulated class: known abilities, questions of known facility, planted misconceptions.

Who holds a misconception gives an answer that shows it wherever a question allows that, and is
sure of it. All else follows the two-parameter logistic model (Birnbaum 1968).
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from statistics import fmean

from msgspec import Struct

from tutor.classroom.demo.wrong_answers import marked_wrong_answers
from tutor.classroom.handout.stripping import shows_what_it_hides
from tutor.course.posed import Posed
from tutor.course.questions import Question, SingleQuestion
from tutor.grading.confidence import Certainty, best_certainty
from tutor.grading.marking import full_marks, model_answer
from tutor.session.bank import Bank, Banked

#: Preparations whose runs take milliseconds.
_QUICK = frozenset({"textbook", "resting", "receptor", "squid"})
#: The share of the class that holds each planted misconception, and in how many single choices
#: each can show itself.
SHARES = (0.5, 0.42, 0.35, 0.3)
_SHOWN_IN = 4
#: Chances that who holds a misconception sees through it this once, and that a question stays
#: open.
_SEES_THROUGH, _LEFT_OPEN = 0.1, 0.02
#: Difficulties go so far up and down; the facility of the hardest and the easiest question lies so
#: far from those that the two ends would give it.
_STEEPEST, _MARGIN = 4.0, 0.1
#: Seconds that a question and each further mark take; spread of their logarithm.
_QUESTION_S, _MARK_S, _SPREAD = 30.0, 30.0, 0.45


class Pupil(Struct, frozen=True):
    """A simulated learner.

    Attributes:
        ability: In standard deviations of all learners.
        holds: Ids of the misconceptions that they hold.
        slowness: What their times are multiplied with.
        boldness: What is added to their chance of being right before they say how sure they are;
            None for who never says.
    """

    ability: float
    holds: frozenset[str]
    slowness: float
    boldness: float | None


class Done(Struct, frozen=True):
    """What a pupil did with a question; without an answer they left it open."""

    answer: object
    certainty: Certainty | None
    seconds: float


class _Wrong(Struct, frozen=True):
    """A wrong answer, the share of the marks it gets, and planted and other ideas it shows."""

    answer: object
    share: float
    shows: frozenset[str]
    others: int


class Task:
    """A question as a class meets it.

    Attributes:
        question: The question, with its key.
        discrimination: How steeply the chance of being right rises with ability.
        difficulty: The ability that has an even chance of being right.
        expected: The share of the marks that the class gets on average.
    """

    def __init__(self, question: Question, planted: frozenset[str], discrimination: float) -> None:
        """Take the question; `make_easy` makes it as hard as it is to be."""
        self.question = question
        self.discrimination = discrimination
        self.difficulty = self.expected = 0.0
        self._planted = planted

    @cached_property
    def _typical(self) -> tuple[_Wrong, ...]:
        return self._wrong(0)

    @cached_property
    def shows(self) -> frozenset[str]:
        """The planted misconceptions that an answer may show."""
        return frozenset(one for wrong in self._typical for one in wrong.shows)

    def make_easy(self, share: float, pupils: Sequence[Pupil]) -> None:
        """Make it as easy as a class can find it (1), as hard (0), or anything between."""
        low, high = -_STEEPEST, _STEEPEST
        easiest, hardest = self._facility(low, pupils), self._facility(high, pupils)
        wanted = hardest + share * (easiest - hardest)
        for _ in range(30):
            middle = (low + high) / 2.0
            if self._facility(middle, pupils) > wanted:
                low = middle
            else:
                high = middle
        self.difficulty = low
        self.expected = self._facility(low, pupils)

    def done_by(self, pupil: Pupil, seed: int, chance: random.Random) -> Done:
        """What a pupil does with the question as `seed` poses it."""
        sure_of_it = self._chance(self.difficulty, pupil)
        is_held = not self.shows.isdisjoint(pupil.holds)
        seconds = (_QUESTION_S + _MARK_S * (full_marks(self.question) - 1.0)) * pupil.slowness
        seconds *= chance.lognormvariate(0.0, _SPREAD)
        if chance.random() < _LEFT_OPEN:
            return Done(None, None, seconds / 3.0)
        if chance.random() < sure_of_it:
            answer = model_answer(Posed(self.question, seed))
        else:
            drawn = self._wrong(seed) if self.question.draws else self._typical
            answer = chance.choice(self._pool(pupil, drawn)).answer
        if is_held:  # They think that they know.
            sure_of_it = 0.9
        certainty: Certainty | None = None
        if pupil.boldness is not None:
            felt = sure_of_it + pupil.boldness + chance.gauss(0.0, 0.12)
            certainty = best_certainty(min(1.0, max(0.0, felt)))
        return Done(answer, certainty, seconds)

    def _chance(self, difficulty: float, pupil: Pupil) -> float:
        """The chance that the answer is right."""
        chance = 1.0 / (1.0 + math.exp(self.discrimination * (difficulty - pupil.ability)))
        return chance if self.shows.isdisjoint(pupil.holds) else chance * _SEES_THROUGH

    def _facility(self, difficulty: float, pupils: Sequence[Pupil]) -> float:
        def expected(pupil: Pupil) -> float:
            chance = self._chance(difficulty, pupil)
            partly = fmean(wrong.share for wrong in self._pool(pupil, self._typical))
            return (1.0 - _LEFT_OPEN) * (chance + (1.0 - chance) * partly)

        return fmean(map(expected, pupils))

    def _pool(self, pupil: Pupil, wrong: Sequence[_Wrong]) -> list[_Wrong]:
        """Wrong answers that a pupil may give: what shows what they hold, or as little as can be.

        Otherwise some idea that was never planted would come up as often as those that were.
        """
        holding = [one for one in wrong if not one.shows.isdisjoint(pupil.holds)]
        if holding:
            return holding
        least = min((len(one.shows), one.others) for one in wrong)
        return [one for one in wrong if (len(one.shows), one.others) == least]

    def _wrong(self, seed: int) -> tuple[_Wrong, ...]:
        marked = marked_wrong_answers(Posed(self.question, seed))
        return tuple(
            _Wrong(answer, verdict.share, shows, len(verdict.misconceptions) - len(shows))
            for answer, verdict in marked
            for shows in [self._planted.intersection(verdict.misconceptions)]
        )


def pupils(count: int, planted: Sequence[str], chance: random.Random) -> list[Pupil]:
    """A class; each planted misconception is held by its share of it."""
    holds: list[set[str]] = [set() for _ in range(count)]
    for misconception, share in zip(planted, SHARES, strict=False):
        for number in chance.sample(range(count), round(count * share)):
            holds[number].add(misconception)
    return [
        Pupil(
            ability=chance.gauss(0.0, 1.0),
            holds=frozenset(held),
            slowness=chance.lognormvariate(0.0, 0.25),
            boldness=chance.gauss(0.05, 0.1) if chance.random() < 0.85 else None,
        )
        for held in holds
    ]


def tasks(
    questions: Sequence[Question],
    planted: Sequence[str],
    pupils: Sequence[Pupil],
    chance: random.Random,
) -> list[Task]:
    """The questions, from easy to hard for this class, in no order of difficulty."""
    held = frozenset(planted)
    made = [Task(one, held, chance.lognormvariate(0.2, 0.25)) for one in questions]
    share = (1.0 - 2.0 * _MARGIN) / max(1, len(made) - 1)
    shares = [_MARGIN + number * share for number in range(len(made))]
    chance.shuffle(shares)
    for task, easy in zip(made, shares, strict=True):
        # What shows a planted misconception is not hard for those who do not hold it.
        task.make_easy((1.0 + easy) / 2.0 if task.shows else easy, pupils)
    return made


def choose(bank: Bank, count: int) -> tuple[list[str], list[str]]:
    """Quick questions of all kinds, in the order of the course, and misconceptions to plant.

    Args:
        bank: The questions of a course.
        count: How many are wanted; a small course may have fewer.
    """
    quick = [
        one
        for one in bank
        if one.question.scenario.preparation in _QUICK and not shows_what_it_hides(one.question)
    ]
    planted, chosen = _planted(quick)
    phases = Counter(one.phase for one in chosen)
    kinds = Counter({one.question.kind: 0 for one in quick if one not in chosen})
    shown = Counter(name for one in chosen for name in one.misconceptions)

    def cost(banked: Banked) -> tuple[int, int]:
        # Nothing else is to show itself as often as what is planted.
        others = [shown[name] for name in banked.misconceptions]
        return max(others, default=0), phases[banked.phase]

    while kinds and len(chosen) < count:
        kind = min(kinds, key=lambda one: kinds[one])
        left = [one for one in quick if one.question.kind == kind and one not in chosen]
        if not left:
            del kinds[kind]
            continue
        best = min(left, key=cost)
        chosen.append(best)
        kinds[kind] += 1
        phases[best.phase] += 1
        shown.update(best.misconceptions)
    ids = {one.id for one in chosen}
    return [one.id for one in bank if one.id in ids], planted


def _planted(quick: Sequence[Banked]) -> tuple[list[str], list[Banked]]:
    """Misconceptions that enough single choices of their own can show, and these choices."""
    showing: dict[str, list[Banked]] = {}
    for one in quick:
        if not isinstance(one.question, SingleQuestion):
            continue
        wrong = [option.misconception for option in one.question.options if not option.correct]
        for name in sorted(one.misconceptions):
            # Who does not hold it must not all come to the same wrong answer.
            if len([other for other in wrong if other != name]) > 1:
                showing.setdefault(name, []).append(one)
    planted: list[str] = []
    chosen: list[Banked] = []

    def spread(name: str) -> tuple[float, str]:
        # What many phases touch on is no idea of its own.
        return len({one.phase for one in showing[name]}) / len(showing[name]), name

    for name in sorted(showing, key=spread):
        own = [
            one
            for one in showing[name]
            if one not in chosen and one.misconceptions.isdisjoint(planted)
        ]
        if len(own) >= _SHOWN_IN and len(planted) < len(SHARES):
            planted.append(name)
            chosen += own[:_SHOWN_IN]
    return planted, chosen
