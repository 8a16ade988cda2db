"""A question as one attempt meets it: numbers drawn, scenario set, items shuffled."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Generic, TypeVar

from tutor.course.draws import draw
from tutor.course.expression import Expression, ExpressionError, Template
from tutor.course.questions import Question
from tutor.course.scenario import MeasuredRun, simulate_once, with_settings
from tutor.course.scenario_fields import Scenario

Q = TypeVar("Q", bound=Question, covariant=True)
T = TypeVar("T")


class Posed(Generic[Q]):
    """`question` with the numbers and the order that `seed` gives; nothing of it is stored."""

    def __init__(self, question: Q, seed: int) -> None:
        """Draw the numbers.

        Raises:
            ExpressionError: a setting cannot be computed from them.
            ValueError: a setting is out of its range.
        """
        self.question = question
        self.seed = seed
        self.drawn = draw(question.draws, seed)

    def with_numbers(self, numbers: Mapping[str, float]) -> Posed[Q]:
        """The same with further numbers that expressions may name; its run is kept."""
        further = Posed(self.question, self.seed)
        further.drawn = {**self.drawn, **numbers}
        further.__dict__.update({name: getattr(self, name) for name in ("scenario", "run")})
        return further

    @cached_property
    def scenario(self) -> Scenario:
        """The question's scenario with what it sets from the drawn numbers."""
        sets = self.question.sets
        if not sets:
            return self.question.scenario
        names = self.drawn
        values = {
            n: Expression(text, names).evaluate(None, {}, self.drawn) for n, text in sets.items()
        }
        return with_settings(self.question.scenario, values)

    @cached_property
    def run(self) -> MeasuredRun:
        """The run of the scenario."""
        return simulate_once(self.scenario)

    @property
    def stem(self) -> str:
        """The stem with its numbers in it."""
        stem = self.question.stem
        return self.says(stem) if "{" in stem else stem  # Most need no run.

    def number(self, text: str) -> float:
        """The value of an expression over the run and the drawn numbers.

        Raises:
            ExpressionError: it has none.
        """
        expression = Expression(text, self.drawn)
        with suppress(ExpressionError):  # Most need no run, and some take long.
            return expression.evaluate(None, {}, self.drawn)
        return expression.evaluate(self.run, {}, self.drawn)

    def says(
        self,
        text: str,
        run: MeasuredRun | None = None,
        others: Mapping[str, MeasuredRun] | None = None,
    ) -> str:
        """A sentence with its numbers, those of `run` or else of the question's own run.

        Raises:
            ExpressionError: a number is not to be had.
        """
        template = Template(text, self.drawn)
        if run is None:  # Most need none, and some take long.
            with suppress(ExpressionError):
                return template.fill(None, others or {}, self.drawn)
        return template.fill(run or self.run, others or {}, self.drawn)

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in this attempt's order."""
        order = list(items)
        random.Random(self.seed).shuffle(order)
        return tuple(order)
