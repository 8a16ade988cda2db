"""Which questions to review today, in what order, and what of them will be left on the exam day.

Pure: the time is given, nothing is read or kept. The rules, and why (tests/studies/exam_planner.md
holds them against other policies under memory models that are not FSRS):

- Without an exam a question is due when FSRS says so. With one it is also due as soon as more
  time has passed since its last review than is left until the exam: so no interval reaches past
  the exam, the last pass falls near it, and a question that was let lie long comes back first.
- What is due is asked in the order of its risk: how much recall on the exam day (or a month from
  now) is lost by waiting, where tomorrow is half a promise. What would add nothing can wait.
- Unseen questions come in at a pace that has them all seen well before the exam, ahead of reviews.
- A day never takes more than the daily cap; what does not fit waits for the next day, so a backlog
  after a break spreads out by itself. Siblings wait while there is anything else to ask.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from tutor.journal.projection import FIRST, if_right, if_wrong, recall_after
from tutor.journal.schedule import Card

#: Days ahead for which recall is weighed where there is no exam.
HORIZON_DAYS = 30
#: Unseen questions are brought in so that all would be seen in this share of the days left.
PACE = 0.5
#: Unseen questions a day where there is no exam.
NEW_A_DAY = 10
#: Questions a day where the learner set no cap.
CAP_ITEMS = 60
#: A review that the exam asks for, not FSRS, must be worth this much recall on the day.
WORTH = 0.01
#: Chance that what waits today is asked tomorrow.
TOMORROW = 0.5
#: Chance that a question is right at first sight, where the caller knows no better.
FIRST_RIGHT = 0.3


class Item(msgspec.Struct, frozen=True):
    """A question as the planner sees it.

    Attributes:
        id: Its id; no two items share one.
        card: What is remembered of it; None where it was never answered.
        minutes: What one answer takes.
        objectives: What it asks for; the forecast is summed by them.
        suspended: The learner left it out of review.
        siblings: Questions with the same key give each other away; None where there are none.
    """

    id: str
    card: Card | None = None
    minutes: float = 1.0
    objectives: tuple[str, ...] = ()
    suspended: bool = False
    siblings: str | None = None


class Terms(msgspec.Struct, frozen=True):
    """What the learner wants, and what of today's share is done.

    Attributes:
        exam: Day of the exam; one that is past counts as none.
        cap_items: The most questions a day.
        cap_minutes: The most minutes a day.
        asked_minutes: The most minutes for this sitting.
        done_items: Questions reviewed today already.
        done_minutes: Minutes spent on them.
        first_right: Chance that a question is right at first sight.
    """

    exam: date | None = None
    cap_items: int = CAP_ITEMS
    cap_minutes: float = math.inf
    asked_minutes: float = math.inf
    done_items: int = 0
    done_minutes: float = 0.0
    first_right: float = FIRST_RIGHT


class Plan(msgspec.Struct, frozen=True):
    """What to ask now.

    Attributes:
        ids: The questions in the order in which to ask them.
        new: Those of them that were never answered.
        minutes: What they take.
        waiting: Questions that are due as well and wait for the next sitting or day.
        unseen: Questions that were never answered, `new` among them.
        days_left: Days until the exam, 0 on its day; None without one.
    """

    ids: tuple[str, ...]
    new: tuple[str, ...]
    minutes: float
    waiting: int
    unseen: int
    days_left: int | None


class Memory:
    """One question in numbers of days, as the plan and the forecast move it on."""

    __slots__ = ("difficulty", "due", "item", "last", "outcomes", "reviews", "stability")

    def __init__(self, item: Item, today: int, now: datetime) -> None:
        self.item = item
        #: Reviews that the forecast gave it.
        self.reviews = 0
        #: Chance and stability of each way its last projected review can have gone.
        self.outcomes: tuple[tuple[float, float], ...] = ()
        self.stability = self.difficulty = 0.0
        self.last = self.due = today
        card = item.card
        if card is not None:
            self.stability, self.difficulty = card.stability, card.difficulty
            # A clock that was set back leaves reviews in the future: they count as of today.
            self.last = min(_day(card.last, now), today)
            self.due = self.last + max((card.due - card.last).days, 1)
            self.outcomes = ((1.0, self.stability),)

    @property
    def seen(self) -> bool:
        """It was answered, or the forecast has brought it in."""
        return bool(self.outcomes)

    def recall(self, day: int) -> float:
        """Chance of a right answer on a day if it is not reviewed before."""
        days = max(day - self.last, 0)
        chance = 0.0
        for p, stability in self.outcomes:
            chance += p * recall_after(stability, days)
        return chance

    def after(self, day: int, first_right: float) -> tuple[tuple[float, float], ...]:
        """The ways in which a review on a day can go: chance and stability of each."""
        if not self.seen:
            return ((first_right, FIRST[True][0]), (1 - first_right, FIRST[False][0]))
        p = self.recall(day)
        right = if_right(self.stability, self.difficulty, p)
        return ((p, right), (1 - p, if_wrong(self.stability, self.difficulty, p)))

    def worth(self, day: int, horizon: int, first_right: float) -> float:
        """Recall on the horizon day that a review on `day` adds to none at all."""
        added = -self.recall(horizon) if self.seen else -first_right
        for p, stability in self.after(day, first_right):
            added += p * recall_after(stability, horizon - day)
        return added


class Calendar:
    """The days of one plan as ordinals, and the rules that need only them."""

    def __init__(self, now: datetime, terms: Terms) -> None:
        self.today = now.date().toordinal()
        exam = terms.exam.toordinal() if terms.exam is not None else None
        self.exam = exam if exam is not None and exam >= self.today else None

    def horizon(self, day: int) -> int:
        """The day for which recall is weighed."""
        return self.exam if self.exam is not None else day + HORIZON_DAYS

    def due_risk(self, memory: Memory, day: int, first_right: float) -> float | None:
        """The risk of a seen question; None where it is not due on that day."""
        if day <= memory.last:
            return None
        by_exam = self.exam is not None and day - memory.last >= self.exam - day
        if memory.due > day and not by_exam:
            return None
        worth = memory.worth(day, self.horizon(day), first_right)
        if memory.due > day and worth < WORTH:
            return None
        return self._lost(memory, day, first_right, worth)

    def risk(self, memory: Memory, day: int, first_right: float) -> float:
        """Recall on the horizon day that is lost by waiting: tomorrow is half a promise."""
        worth = memory.worth(day, self.horizon(day), first_right)
        return self._lost(memory, day, first_right, worth)

    def _lost(self, memory: Memory, day: int, first_right: float, worth: float) -> float:
        horizon = self.horizon(day)
        if day + 1 >= horizon:
            return worth
        return worth - TOMORROW * memory.worth(day + 1, horizon, first_right)

    def next_due(self, memory: Memory) -> int:
        """The first day on which it can be due."""
        if self.exam is None:
            return memory.due
        return min(memory.due, max(memory.last + 1, (memory.last + self.exam + 1) // 2))

    def intake(self, day: int, unseen: int, begun: int) -> int:
        """How many more unseen questions to bring in on a day on which some were begun."""
        if self.exam is None:
            return min(unseen, max(NEW_A_DAY - begun, 0))
        left = self.exam - day
        if left == 0:  # on the day itself nothing new
            return 0
        return min(unseen, max(math.ceil((unseen + begun) / max(PACE * left, 1)) - begun, 0))


class _Room:
    """What is left of a day's cap."""

    def __init__(self, items: int, minutes: float) -> None:
        self.items, self.minutes = items, minutes

    def take(self, memory: Memory) -> bool:
        """Take a question in if it fits."""
        if self.items < 1 or memory.item.minutes > self.minutes + 1e-9:
            return False
        self.items -= 1
        self.minutes -= memory.item.minutes
        return True


def begun_on(today: int, memories: Iterable[Memory]) -> int:
    """Count the questions that were answered for the first time today."""
    cards = (m.item.card for m in memories if m.last == today)
    return sum(card is not None and card.reviews == 1 for card in cards)


def plan(items: Iterable[Item], now: datetime, terms: Terms | None = None) -> Plan:
    """Choose and order the questions for a sitting.

    Args:
        items: All questions, the unseen ones in the order in which to bring them in.
        now: The time in the learner's own zone (its date is today).
        terms: Exam, caps and minutes.
    """
    terms = terms or Terms()
    calendar = Calendar(now, terms)
    today, first = calendar.today, terms.first_right
    memories = [Memory(item, today, now) for item in items if not item.suspended]
    found = {m: calendar.due_risk(m, today, first) for m in memories if m.seen}
    risks = {m: risk for m, risk in found.items() if risk is not None}
    due = sorted(risks, key=lambda m: (-risks[m], m.item.id))
    unseen = [m for m in memories if not m.seen]
    intake = calendar.intake(today, len(unseen), begun_on(today, memories))
    room = _Room(terms.cap_items - terms.done_items, terms.cap_minutes - terms.done_minutes)
    asked = {m.item.siblings for m in memories if m.seen and m.last == today}
    chosen = _chosen(unseen, intake, due, room, asked)
    for memory in chosen:
        if not memory.seen:
            risks[memory] = calendar.risk(memory, today, first)
    sitting = _Room(len(chosen), terms.asked_minutes)
    # Siblings that found room come behind all others, whatever their risk.
    order = sorted(chosen, key=lambda m: (chosen[m], -risks[m], m.item.id))
    ask = [m for m in order if sitting.take(m)]
    return Plan(
        ids=tuple(m.item.id for m in ask),
        new=tuple(m.item.id for m in ask if not m.seen),
        minutes=sum(m.item.minutes for m in ask),
        waiting=len(due) + intake - len(ask),
        unseen=len(unseen),
        days_left=calendar.exam - today if calendar.exam is not None else None,
    )


def _chosen(
    unseen: Sequence[Memory],
    intake: int,
    due: Sequence[Memory],
    room: _Room,
    asked: set[str | None],
) -> dict[Memory, bool]:
    """Fill a day's room: new ones, what is due, then siblings (True) of what is asked."""
    chosen: dict[Memory, bool] = {}
    held: list[Memory] = []
    asked.discard(None)

    def take(memories: Iterable[Memory], most: int) -> None:
        taken = 0
        for memory in memories:
            if taken >= most or room.items < 1:
                return
            key = memory.item.siblings
            if key in asked:
                held.append(memory)
            elif room.take(memory):
                chosen[memory] = False
                taken += 1
                if key is not None:
                    asked.add(key)

    take(unseen, intake)
    brought = len(chosen)
    take(due, room.items)
    for memory in held:
        late = not memory.seen
        if late and brought >= intake:
            continue
        if room.take(memory):
            chosen[memory] = True
            brought += late
    return chosen


def _day(when: datetime, now: datetime) -> int:
    """The ordinal of a time's day in the learner's zone."""
    try:
        return when.astimezone(now.tzinfo).date().toordinal()
    except OverflowError:  # the first or the last day that there is
        return when.date().toordinal()
