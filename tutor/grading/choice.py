"""Single and multiple choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tutor.course.model import Option, Question


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth, and what it shows.

    Attributes:
        marks: Marks given.
        max_marks: Marks that the key gets.
        chosen: The chosen options, in the question's order.
        missed: Correct options that were not chosen.
    """

    marks: int
    max_marks: int
    chosen: tuple[Option, ...]
    missed: tuple[Option, ...]

    @property
    def right(self) -> bool:
        """Full marks."""
        return self.marks == self.max_marks

    @property
    def wrong_choices(self) -> tuple[Option, ...]:
        """The chosen options that are not correct."""
        return tuple(option for option in self.chosen if not option.correct)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """Ids of the misconceptions that the wrong choices show."""
        return tuple(option.misconception for option in self.wrong_choices if option.misconception)


def mark_choice(question: Question, chosen: Collection[str]) -> Verdict:
    """Mark the option ids in `chosen`.

    Single choice: 1 mark or none. Multiple choice: a mark for each correct option chosen, less
    one for each wrong one, never below none.

    Raises:
        ValueError: an option is unknown, or a single choice has not one option.
    """
    known = {option.id for option in question.options}
    for option_id in chosen:
        if option_id not in known:
            raise ValueError(f"question {question.id} has no option {option_id!r}")
    if question.kind == "single" and len(set(chosen)) != 1:
        raise ValueError(f"question {question.id} takes one option, not {len(set(chosen))}")
    picked = tuple(option for option in question.options if option.id in chosen)
    correct = sum(option.correct for option in picked)
    return Verdict(
        marks=max(0, 2 * correct - len(picked)),
        max_marks=sum(option.correct for option in question.options),
        chosen=picked,
        missed=tuple(o for o in question.options if o.correct and o.id not in chosen),
    )
