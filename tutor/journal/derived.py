"""What all events of a journal say, kept up to date as events are added.

The result is the same as of one pass over all events in their canonical order, which is by time
and id, whatever order they were kept or merged in. What is counted (days, certainties) does not
depend on the order. What is known of a question does: an event that belongs before others of its
question has that one question read again.

A cache beside the journal spares reading the old events again. It is never trusted: a damaged,
foreign or newer one is ignored, and losing it loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import groupby
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec
from msgspec.structs import replace

from tutor.journal import kinds
from tutor.journal.cache import load, save
from tutor.journal.known import (
    Activity,
    Attempt,
    Place,
    QuestionState,
    Sureness,
    after_attempt,
    attempt_of,
    place_of,
)
from tutor.journal.rows import ATTEMPTS, OF_QUESTIONS, Row, id_at, last_event, rows_where
from tutor.journal.schedule import Card, reviewed
from tutor.journal.store import Journal

__all__ = ["Activity", "Attempt", "Derived", "Place", "QuestionState", "Sureness", "derive"]

#: To be raised whenever anything that is derived, or its structs, change: old caches are then
#: ignored.
VERSION = 1
_NOTHING = msgspec.msgpack.encode({})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER = timedelta(minutes=15)
#: Quarters of an hour.
_DAY = 24 * 4
_MONTH = 30 * _DAY
#: Events that are read at a time, so that a long journal needs no long list.
_CHUNK = 50_000
#: Events after which the cache is written again while a program runs.
_UNSAVED = 200
#: Attempts that may wait for their cards where cards are not asked for.
_WAITING = 2_000


class Grade(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An attempt that waits to move its card on."""

    time: datetime
    right: bool
    review: bool


class Derived(msgspec.Struct, dict=True):
    """What is known; `derive` gives it, `refreshed` takes in what is new, in place.

    Attributes:
        questions: What is known of each question that any event is about, by id: also of
            questions that the course no longer has.
        places: Where each phase was left, by id.
        finished: The phases whose end was reached.
        sureness: The answers given with each certainty, by certainty.
        newest: The latest time of any event; None for an empty journal.
        undone: The ids of the attempts that count for nothing.
        waiting: Attempts that have yet to move the card of their question on.
        head: The sequence up to which events are in here.
        head_id: The id of that event.
        months: What was done in each thirty days from 1970, as it was last saved: it grows with
            the time that is spent, so that it is decoded only where it is asked for; see `days`.
        total: What was done in all.
    """

    questions: dict[str, QuestionState] = {}
    places: dict[str, Place] = {}
    finished: set[str] = set()
    sureness: dict[int, Sureness] = {}
    newest: datetime | None = None
    undone: set[str] = set()
    waiting: dict[str, list[Grade]] = {}
    head: int = 0
    head_id: str = ""
    months: dict[int, bytes] = {}
    total: Activity = Activity()

    def saved(self, path: Path) -> None:
        """Write the cache; where that cannot be, nothing happens."""
        for number, quarters in self._decoded.items():
            self.months[number] = msgspec.msgpack.encode(quarters)
        save(path, self, VERSION)

    def quarters(self, since: int | None = None) -> Iterator[tuple[int, Activity]]:
        """Give what was done in each quarter of an hour, counted from 1970 in UTC, in order."""
        for number in sorted(self.months.keys() | self._decoded.keys()):
            if since is None or (number + 1) * _MONTH > since:
                yield from sorted(self._month(number).items())

    def days(self, zone: tzinfo | None = None, since: date | None = None) -> dict[date, Activity]:
        """What was done on each day with an attempt, oldest first.

        Events have the time in UTC, but a learner's day ends at their own midnight, and they may
        travel. So what is kept is by quarter of an hour, which begin and end with the hours of
        every zone, and becomes days only here.

        Args:
            zone: Whose days; by default the zone of this machine.
            since: The first day that is asked for; the days before are not even decoded.
        """
        epoch = _EPOCH.toordinal()
        first = None if since is None else (since.toordinal() - epoch - 1) * _DAY
        found: dict[date, Activity] = {}
        for utc_day, quarters in groupby(self.quarters(first), lambda one: one[0] // _DAY):
            ends = {_offset(utc_day * _DAY, zone), _offset((utc_day + 1) * _DAY, zone)}
            for quarter, activity in quarters:
                # Few days have a change of the clocks; on the others no time is asked again.
                offset = min(ends) if len(ends) == 1 else _offset(quarter, zone)
                ordinal = epoch + (quarter * 900 + offset) // 86_400
                day = date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
                if since is None or day >= since:
                    found[day] = _sum(found[day], activity) if day in found else activity
        return found

    def due(self, when: datetime) -> list[str]:
        """The ids of the questions that FSRS would ask by then, the longest due first."""
        cards = [
            (state.card.due, id_)
            for id_, state in self.questions.items()
            if state.card is not None and state.card.due <= when and not state.suspended
        ]
        return [id_ for _, id_ in sorted(cards)]

    def refreshed(self, journal: Journal, *, cards: bool = True) -> Derived:
        """Take in the events that are new, and return this same object.

        Args:
            journal: The journal that this was derived from.
            cards: Whether cards are moved on too, for which `fsrs` is imported; left out, what
                moves them waits.

        Raises:
            JournalError: The journal cannot be read.
        """
        try:
            self._take_in_all(journal)
        except BaseException:
            self._forget()  # what was taken in by halves is read again
            raise
        if cards or sum(map(len, self.waiting.values())) > _WAITING:
            self._move_cards()
        return self

    def _take_in_all(self, journal: Journal) -> None:
        if self.head and id_at(journal, self.head) != self.head_id:  # begun anew meanwhile
            self._forget()
        end, end_id = last_event(journal)
        again: set[str] = set()
        while self.head < end:
            until = min(end, self.head + _CHUNK)
            again |= self._take_in(journal, until)
            self.head = until
        self.head_id = end_id
        for question_id in again:
            self._read_again(journal, question_id)

    @cached_property
    def _decoded(self) -> dict[int, dict[int, Activity]]:
        return {}

    def _month(self, number: int) -> dict[int, Activity]:
        if number not in self._decoded:
            quarters = self.months.get(number, _NOTHING)
            self._decoded[number] = msgspec.msgpack.decode(quarters, type=dict[int, Activity])
        return self._decoded[number]

    def _forget(self) -> None:
        empty = Derived()
        self.__dict__.clear()
        for name in self.__struct_fields__:
            setattr(self, name, getattr(empty, name))

    def _take_in(self, journal: Journal, until: int) -> set[str]:
        """Take in the next events up to a sequence; give the questions to be read again."""
        rows = rows_where(journal, "sequence > ? AND sequence <= ?", self.head, until)
        rows.sort()
        again: set[str] = set()
        for row in rows:
            self.newest = row.time if self.newest is None else max(self.newest, row.time)
            if row.kind == kinds.UNDO:
                again |= self._undo(journal, row.data.get("of"))
        for row in rows:
            if row.kind == kinds.POSITION:
                self._go_to(row)
            elif row.kind == kinds.FINISHED and isinstance(phase := row.data.get("phase"), str):
                self.finished.add(phase)
            elif row.question_id is not None and row.kind in OF_QUESTIONS:
                attempt = self._attempt(row)
                if attempt is None and row.kind in ATTEMPTS:
                    continue
                if attempt is not None:
                    self._count(attempt, 1)
                if not self._add(row, attempt):
                    again.add(row.question_id)
        return again

    def _undo(self, journal: Journal, of: object) -> set[str]:
        """Let an attempt count for nothing, whether it was taken in already or is to come."""
        if not isinstance(of, str) or of in self.undone:
            return set()
        again: set[str] = set()
        for row in rows_where(journal, "id = ? AND sequence <= ?", of, self.head):
            attempt = self._attempt(row)
            if attempt is not None and row.question_id is not None:
                self._count(attempt, -1)
                again.add(row.question_id)
        self.undone.add(of)
        return again

    def _attempt(self, row: Row) -> Attempt | None:
        if row.kind not in ATTEMPTS or row.id in self.undone:
            return None
        return attempt_of(row.id, row.time, row.data, shown=row.kind == kinds.SHOWN)

    def _count(self, attempt: Attempt, sign: int) -> None:
        """Add an attempt to what does not depend on the order, or take it away."""
        quarter = (attempt.time - _EPOCH) // _QUARTER
        one = Activity(1, int(attempt.right), attempt.seconds, int(attempt.mode == kinds.REVIEW))
        self.total = _sum(self.total, one, sign)
        quarters = self._month(quarter // _MONTH)
        activity = _sum(quarters.pop(quarter, Activity()), one, sign)
        if activity.attempts:
            quarters[quarter] = activity
        if (certainty := attempt.certainty) is not None:
            before = self.sureness.pop(certainty, Sureness())
            after = Sureness(
                before.answers + sign,
                before.right + sign * attempt.right,
                before.millionths + sign * round(attempt.share * 1e6),
            )
            if after.answers:
                self.sureness[certainty] = after

    def _add(self, row: Row, attempt: Attempt | None) -> bool:
        """Add an event to its question; False where it belongs before what is there."""
        assert row.question_id is not None
        state = self.questions.get(row.question_id, QuestionState())
        stamp = (row.time, row.id)
        if state.stamp is not None and stamp <= state.stamp:
            return False
        if attempt is not None:
            state = after_attempt(state, attempt)
            grade = Grade(row.time, attempt.right, attempt.mode == kinds.REVIEW)
            self.waiting.setdefault(row.question_id, []).append(grade)
        elif row.kind == kinds.FLAG:
            state = replace(state, flagged=row.data.get("on") is True, stamp=stamp)
        else:
            state = replace(state, suspended=row.data.get("on") is True, stamp=stamp)
        self.questions[row.question_id] = state
        return True

    def _read_again(self, journal: Journal, question_id: str) -> None:
        """Derive one question from all of its events."""
        self.questions.pop(question_id, None)
        self.waiting.pop(question_id, None)
        mine = "question_id = ? AND +sequence <= ?"  # the index to use is the question's
        for row in sorted(rows_where(journal, mine, question_id, self.head)):
            attempt = self._attempt(row)
            if attempt is not None or row.kind in OF_QUESTIONS - ATTEMPTS:
                self._add(row, attempt)

    def _go_to(self, row: Row) -> None:
        phase = row.data.get("phase")
        if not isinstance(phase, str):
            return
        place = place_of((row.time, row.id), row.data)
        if phase not in self.places or self.places[phase].stamp < place.stamp:
            self.places[phase] = place

    def _move_cards(self) -> None:
        for question_id, grades in self.waiting.items():
            state = self.questions[question_id]
            self.questions[question_id] = replace(state, card=_moved(state.card, grades))
        self.waiting = {}


class _Use(msgspec.Struct):
    """What is derived from a journal that is open, and what of it is in the cache."""

    derived: Derived
    head: int
    settled: bool
    first: bool = True


_in_use: WeakKeyDictionary[Journal, _Use] = WeakKeyDictionary()


def derive(journal: Journal, *, cards: bool = True) -> Derived:
    """Return what all events say, up to now: for one journal always the same object.

    Args:
        journal: The journal.
        cards: Whether cards are moved on too; left out, `fsrs` is not imported.

    Raises:
        JournalError: The journal cannot be read. The cache is another matter: it may be missing.
    """
    cache = None if str(journal.path) == ":memory:" else journal.path.with_suffix(".derived")
    use = _in_use.get(journal)
    if use is None:
        derived = (cache and load(cache, Derived, VERSION)) or Derived()
        use = _in_use[journal] = _Use(derived, derived.head, not derived.waiting)
    derived = use.derived.refreshed(journal, cards=cards)
    # Replacing a file takes a disk some ms, so that not every look writes what it took in.
    unsaved = abs(derived.head - use.head) > (0 if cards and use.first else _UNSAVED)
    use.first = use.first and not cards
    if cache and (unsaved or (not use.settled and not derived.waiting)):
        derived.saved(cache)
        use.head, use.settled = derived.head, not derived.waiting
    return derived


def _moved(card: Card | None, grades: Iterable[Grade]) -> Card | None:
    """A card after attempts: more practice than is due does not move it on."""
    for grade in grades:
        if card is None or grade.review or grade.time >= card.due:
            card = reviewed(card, grade.right, grade.time)
    return card


def _sum(one: Activity, other: Activity, sign: int = 1) -> Activity:
    return Activity(
        one.attempts + sign * other.attempts,
        one.right + sign * other.right,
        one.seconds + sign * other.seconds,
        one.reviews + sign * other.reviews,
    )


def _offset(quarter: int, zone: tzinfo | None) -> int:
    """What a zone's clocks are ahead of UTC at the start of a quarter of an hour, in seconds."""
    try:
        offset = (_EPOCH + quarter * _QUARTER).astimezone(zone).utcoffset()
    except (OverflowError, ValueError, OSError):  # a time that no clock shows
        offset = None
    return int(offset.total_seconds()) if offset else 0
