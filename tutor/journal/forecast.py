"""How much will be remembered on the exam day if the plan is kept: the plan, run ahead.

Each day until the exam takes what `planning` would take, within the daily cap; what each review
will bring is weighed by its chances. Siblings are not held apart here: that moves a review by a
day, not the sum. FSRS with its general parameters is too hopeful for some learners and too gloomy
for others, so the forecast is moved by how right it was about the learner's own reviews.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from tutor.journal.planning import Calendar, Item, Memory, Terms, begun_on
from tutor.journal.projection import FIRST, difficulty_after

#: The learner's last reviews that are held against what was foreseen of them, and how many of them
#: weigh as much as the general parameters.
_RECENT, _PRIOR = 60, 20
#: Only a question that was reviewed so often before tells how hopeful the forecast is: the first
#: reviews of a new question say more about how well it was explained.
_SETTLED = 2
#: Chances are kept off 0 and 1 by this much before they are bent.
_EDGE = 0.01
_STEPS = 12
#: Questions too long for a day's minutes that are passed over before the day is full.
_MOST_PASSED = 20


class Review(msgspec.Struct, frozen=True):
    """A past review on a later day than the one before it.

    Attributes:
        chance: What `schedule.recall` gave just before.
        right: The answer was right.
        before: How often the question had been reviewed.
    """

    chance: float
    right: bool
    before: int


class Outlook(msgspec.Struct, frozen=True):
    """What becomes of one question until the exam day.

    Attributes:
        id: The question.
        recall: Chance that it is right on the exam day under the plan.
        unreviewed: The same if nothing more is reviewed.
        reviews: Reviews that the plan gives it until then.
    """

    id: str
    recall: float
    unreviewed: float
    reviews: int


def correction(record: Iterable[Review]) -> float:
    """Learn from past reviews, oldest first, by how much to move the log-odds of a forecast."""
    settled = [r for r in record if r.before >= _SETTLED][-_RECENT:]
    # Newton's method for one number, pulled to 0 as if _PRIOR even reviews had gone as foreseen.
    hold, moved = _PRIOR / 4, 0.0
    for _ in range(_STEPS):
        slope, bend = -hold * moved, hold
        for review in settled:
            chance = corrected(review.chance, moved)
            slope += review.right - chance
            bend += chance * (1 - chance)
        moved += max(-1.0, min(1.0, slope / bend))
    return moved


def corrected(chance: float, moved: float) -> float:
    """The chance with its log-odds moved."""
    chance = min(max(chance, _EDGE), 1 - _EDGE)
    return 1 / (1 + (1 - chance) / chance * math.exp(-moved))


def forecast(
    items: Iterable[Item],
    now: datetime,
    terms: Terms,
    moved: float = 0.0,
) -> tuple[Outlook, ...]:
    """Foresee each question's recall on the exam day, in the order of the items.

    Args:
        items: All questions, as for `plan`.
        now: The time in the learner's own zone.
        terms: Exam and caps, as for `plan`.
        moved: What `correction` learned.

    Returns:
        One outlook a question, suspended ones without reviews; nothing where no exam is ahead.
    """
    calendar = Calendar(now, terms)
    if calendar.exam is None:
        return ()
    memories = [Memory(item, calendar.today, now) for item in items]
    before = [_on(m, calendar.exam, terms) for m in memories]
    _run_ahead([m for m in memories if not m.item.suspended], calendar, calendar.exam, terms)
    return tuple(
        Outlook(
            id=m.item.id,
            recall=corrected(_on(m, calendar.exam, terms), moved) if m.seen else terms.first_right,
            unreviewed=corrected(unreviewed, moved) if m.item.card is not None else unreviewed,
            reviews=m.reviews,
        )
        for m, unreviewed in zip(memories, before, strict=True)
    )


def by_objective(items: Iterable[Item], outlooks: Iterable[Outlook]) -> dict[str, float]:
    """The mean recall on the exam day of each objective's questions."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    recall = {outlook.id: outlook.recall for outlook in outlooks}
    for item in items:
        for objective in item.objectives:
            if item.id in recall:
                found[objective].append(recall[item.id])
    return {name: sum(chances) / len(chances) for name, chances in found.items()}


def _run_ahead(memories: Sequence[Memory], calendar: Calendar, exam: int, terms: Terms) -> None:
    """Move the memories on, day by day, as the plan would."""
    first = terms.first_right
    falling_due: defaultdict[int, list[Memory]] = defaultdict(list)
    for memory in memories:
        if memory.seen:
            falling_due[max(calendar.next_due(memory), calendar.today)].append(memory)
    unseen = [m for m in reversed(memories) if not m.seen]
    waiting: list[tuple[float, str, Memory]] = []
    for day in range(calendar.today, exam):
        for memory in falling_due.pop(day, ()):
            risk = calendar.due_risk(memory, day, first)
            if risk is not None:
                heapq.heappush(waiting, (-risk, memory.item.id, memory))
            else:
                falling_due[min(memory.due, (day + exam + 1) // 2)].append(memory)
        items, minutes, begun = terms.cap_items, terms.cap_minutes, 0
        if day == calendar.today:
            items, minutes = items - terms.done_items, minutes - terms.done_minutes
            begun = begun_on(day, memories)
        intake = calendar.intake(day, len(unseen), begun)
        passed: list[tuple[float, str, Memory]] = []
        while items >= 1 and (intake or waiting) and len(passed) < _MOST_PASSED:
            entry = (0.0, "", unseen[-1]) if intake else heapq.heappop(waiting)
            memory = entry[2]
            if memory.item.minutes > minutes:
                if not intake:
                    passed.append(entry)
                intake = 0
                continue
            if intake:
                unseen.pop()
                intake -= 1
            items, minutes = items - 1, minutes - memory.item.minutes
            _review(memory, day, first)
            falling_due[calendar.next_due(memory)].append(memory)
        for entry in passed:
            heapq.heappush(waiting, entry)


def _on(memory: Memory, day: int, terms: Terms) -> float:
    """The chance that a question is right on a day."""
    return memory.recall(day) if memory.seen else terms.first_right


def _review(memory: Memory, day: int, first_right: float) -> None:
    """Move one memory on by a review whose outcome is not known."""
    outcomes = memory.after(day, first_right)
    right = outcomes[0][0]
    if memory.seen:
        ways = [difficulty_after(memory.difficulty, way) for way in (True, False)]
    else:
        ways = [FIRST[True][1], FIRST[False][1]]
    memory.difficulty = right * ways[0] + (1 - right) * ways[1]
    memory.outcomes = outcomes
    # Stabilities grow by factors, so their middle is the geometric mean.
    memory.stability = math.exp(sum(p * math.log(s) for p, s in outcomes))
    memory.last, memory.due = day, day + max(1, round(memory.stability))
    memory.reviews += 1
