"""The verdict on an answer, one type for every kind of question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from tutor.course.questions import Board

#: *Missed*: not said, or not well enough. *Contradicted*: the answer says the contrary.
State = Literal["met", "missed", "contradicted"]


class PointVerdict(msgspec.Struct, frozen=True):
    """What became of one mark point.

    Attributes:
        id: The point's id within its question.
        text: The idea that the point asks for.
        state: Met, missed or contradicted.
        marks: Marks given for it; only a met point has any.
        evidence: The words or numbers of the answer that decided it.
        note: What is missing or wrong, or why it was accepted.
        credited_as: The wording that an exam board credits, where physiology words it otherwise.
        exactly: The exact statement beside it.

    Raises:
        ValueError: marks below 0, or marks for a point that is not met.
    """

    id: str
    text: str
    state: State
    marks: float = 0.0
    evidence: str = ""
    note: str = ""
    credited_as: str = ""
    exactly: str = ""

    def __post_init__(self) -> None:
        if self.marks < 0.0 or (self.marks and self.state != "met"):
            raise ValueError(f"point {self.id} is {self.state}; it cannot have {self.marks} marks")


class Verdict(msgspec.Struct, frozen=True):
    """What an answer is worth, and what it shows.

    Attributes:
        marks: Marks given, 0 to `max_marks`; a policy may give less than its points add up to.
        max_marks: Marks that the key gets.
        points: What became of each mark point.
        feedback: Sentences for the learner, the most useful first.
        misconceptions: Ids of the misconceptions that the answer shows.

    Raises:
        ValueError: the marks are not from 0 to `max_marks`.
    """

    marks: float
    max_marks: float
    points: tuple[PointVerdict, ...] = ()
    feedback: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.marks <= self.max_marks:
            raise ValueError(f"{self.marks} marks of {self.max_marks} cannot be given")

    @property
    def right(self) -> bool:
        """Full marks."""
        return self.marks == self.max_marks

    @property
    def share(self) -> float:
        """Marks as a share of the full ones, 0 to 1."""
        return self.marks / self.max_marks if self.max_marks else 1.0


def add_up(
    points: Sequence[PointVerdict],
    max_marks: float,
    feedback: Sequence[str] = (),
    misconceptions: Sequence[str] = (),
) -> Verdict:
    """The verdict whose marks are those of its points, never above `max_marks`.

    Each sentence of feedback and each misconception is kept once, empty ones not at all.
    """
    total = min(sum(point.marks for point in points), max_marks)
    return Verdict(
        # Thirds and sevenths of a mark must add up to whole marks again.
        marks=max_marks if max_marks - total < 1e-9 else total,
        max_marks=max_marks,
        points=tuple(points),
        feedback=tuple(dict.fromkeys(filter(None, feedback))),
        misconceptions=tuple(dict.fromkeys(filter(None, misconceptions))),
    )


def figure(value: float) -> str:
    """`value` as feedback writes it: to four significant figures."""
    return f"{float(f'{value:.4g}') + 0.0:g}"  # -0.0 would read as a sign error.


def marks_figure(marks: float) -> str:
    """Marks as a result writes them: to one decimal at the most."""
    return f"{round(marks, 1) + 0.0:g}"


def place_figure(value: float) -> str:
    """A time or place on a trace as feedback writes it: to hundredths, where that says enough."""
    return figure(round(value, 2) or value)


def is_credited(boards: Collection[Board], board: Board | None) -> bool:
    """Whether the board gives the mark; where none is chosen, any of them does."""
    return board in boards if board else bool(boards)
