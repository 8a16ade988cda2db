"""Wrong ideas that a learner has shown: which are held still, which are cleared, and by what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from tutor.course.model import Misconception
from tutor.course.questions import ChoiceQuestion, Option
from tutor.journal.known import QuestionState
from tutor.session.bank import Banked

#: The mode of attempts whose verdicts are not seen at once.
_EXAM = "exam"


class Showing(msgspec.Struct, frozen=True):
    """A question whose answers showed a wrong idea.

    Attributes:
        question: Its id.
        times: How often.
        last: When last, in UTC.
    """

    question: str
    times: int
    last: datetime


class Idea(msgspec.Struct, frozen=True):
    """A wrong idea that was shown.

    Attributes:
        id: The misconception's id.
        name: What it is called.
        right: What is right.
        held: It was not cleared since it was shown last.
        refuted: The verdict that came with it had a run that refutes it; an exam gives none.
        shown: Which questions showed it, the latest first.
        cleared_by: The question that was answered right later and could have shown it.
        cleared_at: When, in UTC.
    """

    id: str
    name: str
    right: str
    held: bool
    refuted: bool
    shown: tuple[Showing, ...]
    cleared_by: str | None = None
    cleared_at: datetime | None = None


def ideas_of(
    known: Mapping[str, QuestionState],
    misconceptions: Mapping[str, Misconception],
    bank: Mapping[str, Banked],
) -> tuple[Idea, ...]:
    """The wrong ideas that were shown: those held first, then those cleared, the latest first.

    Args:
        known: What is known of each question; also of those that the course has lost.
        misconceptions: Those of the course; others are left out.
        bank: All questions of the course.
    """
    showing: dict[str, list[Showing]] = {}
    for question_id, state in known.items():
        for name, seen in state.misconceptions.items():
            if name in misconceptions:
                showing.setdefault(name, []).append(Showing(question_id, seen.count, seen.last))
    able: dict[str, list[str]] = {name: [] for name in showing}
    for banked in bank.values():
        for name in banked.misconceptions & able.keys():
            able[name].append(banked.id)
    found = [
        _idea(misconceptions[name], shown, able[name], known, bank)
        for name, shown in showing.items()
    ]
    found.sort(key=lambda idea: idea.id)
    found.sort(key=lambda idea: idea.cleared_at or idea.shown[0].last, reverse=True)
    return tuple(sorted(found, key=lambda idea: not idea.held))


def _idea(
    misconception: Misconception,
    shown: Collection[Showing],
    able: Collection[str],
    known: Mapping[str, QuestionState],
    bank: Mapping[str, Banked],
) -> Idea:
    in_order = sorted(shown, key=lambda one: one.question)
    in_order.sort(key=lambda one: one.last, reverse=True)
    latest = in_order[0].last
    clearing = [
        (state.right_at, question_id)
        for question_id in able
        if (state := known.get(question_id)) is not None
        and state.right_at is not None
        and state.right_at > latest
    ]
    cleared = max(clearing, default=None)
    return Idea(
        id=misconception.id,
        name=misconception.name,
        right=misconception.right,
        held=cleared is None,
        refuted=any(
            _was_refuted(misconception, one, known[one.question], bank.get(one.question))
            for one in in_order
        ),
        shown=tuple(in_order),
        cleared_by=cleared and cleared[1],
        cleared_at=cleared and cleared[0],
    )


def _was_refuted(
    misconception: Misconception, shown: Showing, state: QuestionState, banked: Banked | None
) -> bool:
    """Whether its verdict came with a run against it: an exam has no verdicts."""
    last = state.last
    if last is not None and last.time == shown.last and last.mode == _EXAM:
        return False
    own = (
        option.refutation is not None
        for option in _options(banked)
        if option.misconception == misconception.id
    )
    return misconception.refutation is not None or any(own)


def _options(banked: Banked | None) -> tuple[Option, ...]:
    question = banked.question if banked else None
    return question.options if isinstance(question, ChoiceQuestion) else ()
