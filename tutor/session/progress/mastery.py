"""How well an objective is mastered: it rises with right answers, and falls with forgetting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from tutor.journal.known import QuestionState
from tutor.journal.schedule import recall

#: The mean recall over the answered questions from which an objective may be mastered.
MASTERED_FROM = 0.8


class Mastery(msgspec.Struct, frozen=True):
    """How well the questions of an objective, a phase or a module are known.

    Attributes:
        questions: How many there are.
        answered: How many were ever attempted, or had their answer shown.
        wrong: How many were not right the last time.
        share: The mean over all of them of what is remembered, 0 to 1: 0 for a question that was
            never answered, or was wrong the last time.
        answered_share: The same over those that were answered; 0 where none was.
        proved: Since the last wrong answer one was right among mixed questions, after a day or
            so without this objective.
        mastered: Remembered well, nothing wrong, and proved.
    """

    questions: int
    answered: int
    wrong: int
    share: float
    answered_share: float
    proved: bool
    mastered: bool


def mastery_of(states: Iterable[QuestionState | None], when: datetime) -> Mastery:
    """The mastery of questions, from what is known of each; None where nothing is.

    Args:
        states: What is known, with the cards moved on.
        when: The time for which recall is asked.
    """
    questions, remembered = 0, []
    wrong = 0
    proofs: list[datetime] = []
    slips: list[datetime] = []
    for state in states:
        questions += 1
        if state is None or state.last is None:
            continue
        wrong += not state.last.right
        remembered.append(recalled(state, when))
        if state.mixed_right_at is not None:
            proofs.append(state.mixed_right_at)
        if state.wrong_at is not None:
            slips.append(state.wrong_at)
    answered, total = len(remembered), sum(remembered)
    over = total / answered if answered else 0.0
    # Another question of the objective may have been wrong since: then it has to be shown anew.
    proved = bool(proofs) and (not slips or max(proofs) > max(slips))
    return Mastery(
        questions=questions,
        answered=answered,
        wrong=wrong,
        share=total / questions if questions else 0.0,
        answered_share=over,
        proved=proved,
        mastered=proved and not wrong and over >= MASTERED_FROM,
    )


def recalled(state: QuestionState | None, when: datetime) -> float:
    """What is remembered of a question, 0 to 1: nothing where it was wrong the last time."""
    if state is None or state.last is None or state.card is None or not state.last.right:
        return 0.0
    return recall(state.card, when)
