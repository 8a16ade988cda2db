"""What the events of a journal say of an assignment, wherever they are read."""

from __future__ import annotations

from collections.abc import Iterable

from tutor.journal.event import Event
from tutor.journal.kinds import ASSIGNMENT


def is_of(event: Event, assignment: str) -> bool:
    """Whether an event belongs to the assignment with this id."""
    return event.data.get("assignment") == assignment


def newest_begun(events: Iterable[Event], assignment: str) -> Event | None:
    """Of events as they were kept, the last beginning of an assignment: the one that counts.

    Of one machine it is the one that it kept last, whatever its clock said; of several machines,
    the one with the latest time.
    """
    begun = {
        one.device: one for one in events if one.kind == ASSIGNMENT and is_of(one, assignment)
    }
    return max(begun.values(), key=lambda one: (one.time, one.id), default=None)
