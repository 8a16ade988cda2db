"""What to do next, in one line: what is due, what is open, or what is weakest."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

from tutor.session.bank import Bank
from tutor.session.progress.facts import Facts
from tutor.session.progress.mastery import MASTERED_FROM, Mastery
from tutor.words import plural
from tutor.words import progress as words


class Weighed(Protocol):
    """An objective with its mastery."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def mastery(self) -> Mastery:
        """How well it is known."""


class NextStep(msgspec.Struct, frozen=True):
    """The most useful thing to do.

    Attributes:
        what: "review", "phase", "quiz", or "nothing" in a course without questions.
        target: The id of the phase or objective; empty for a review.
        minutes: About how long it takes.
        text: It in a line.
        command: What starts it on the command line.
    """

    what: Literal["review", "phase", "quiz", "nothing"]
    target: str
    minutes: int
    text: str
    command: str


def next_step(facts: Facts, bank: Bank, objectives: Iterable[Weighed]) -> NextStep:
    """Choose: what is due, what is begun, what was wrong, what is new, what is weakest."""
    due, minutes = facts.today.due, facts.today.minutes
    if due:
        text = plural(due, words.REVIEW_ONE, words.REVIEW).format(count=due, minutes=minutes)
        return NextStep("review", "", minutes, text, words.COMMANDS["review"])
    phase = facts.next_phase
    begun = bool(phase.progress.count) and not phase.progress.finished
    answered = [one for one in objectives if one.mastery.answered]
    weakest = min(answered, key=lambda one: (one.mastery.answered_share, one.id), default=None)
    is_weak = weakest is not None and weakest.mastery.answered_share < MASTERED_FROM
    if not begun and weakest is not None and (is_weak or phase.progress.finished):
        ids = [banked.id for banked in bank.by_objective[weakest.id]]
        minutes = _minutes(bank, ids)
        text = words.QUIZ.format(objective=weakest.text, minutes=minutes)
        return NextStep(
            "quiz", weakest.id, minutes, text, words.COMMANDS["quiz"].format(target=weakest.id)
        )
    if phase.progress.finished:
        return NextStep("nothing", "", 0, words.NOTHING, words.COMMANDS["nothing"])
    minutes = phase.progress.minutes_left if begun else phase.minutes or 0
    return NextStep(
        "phase",
        phase.id,
        minutes,
        phase.next_line,
        words.COMMANDS["phase"].format(target=phase.id),
    )


def _minutes(bank: Bank, ids: Iterable[str]) -> int:
    return max(1, math.ceil(sum(bank.by_id[id_].minutes for id_ in ids)))
