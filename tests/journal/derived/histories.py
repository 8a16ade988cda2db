"""Random histories of a learner, and one direct pass over all of their events."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from tutor.journal.event import Event
from tutor.journal.known import Activity, Attempt, Place, QuestionState, Seen, Sureness
from tutor.journal.schedule import reviewed
from tutor.journal.store import Journal

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
QUESTIONS = ("rising.q1", "rising.q2", "peak.q1", "gone.q9")
MODES = ("lesson", "quiz", "review", "exam")
#: What other versions and machines may have written in place of what belongs there.
GARBAGE = (None, "2", -1, 1e400, float("nan"), True, [], {"a": 1}, 10**30, 0, "x" * 50, 3.5)


_reviewed = lru_cache(1_000)(reviewed)  # one history is passed over several times


def in_memory(device: str = "desk") -> Journal:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    return Journal(connection, Path(":memory:"), device)


def history(chance: random.Random, count: int, others: list[str]) -> list[Event]:
    """Events of one machine in the order in which it keeps them, whatever its clock says.

    Args:
        chance: What they come from.
        count: How many.
        others: Ids of events of any machine, some of which are undone; the new ones are added.
    """
    time = START + timedelta(hours=chance.randrange(48))
    events = []
    for _ in range(count):
        time += chance.choice(_STEPS)
        id_ = str(uuid.UUID(int=chance.getrandbits(128)))
        kind, question_id, data = _happening(chance, others)
        others.append(id_)
        events.append(Event(id_, 0, "d", time, kind, question_id, 1, 7, None, data))
    return events


_STEPS = (
    *(timedelta(seconds=seconds) for seconds in (0, 0, 20, 45, 400, 3_600, 30_000)),
    *(timedelta(days=days) for days in (1, 1, 2, 3, 9, 60)),
    timedelta(minutes=-90),  # a clock set back
    timedelta(days=-4),
)


def _happening(
    chance: random.Random, others: list[str]
) -> tuple[str, str | None, dict[str, object]]:
    roll = chance.random()
    question = chance.choice(QUESTIONS)
    if roll < 0.6:
        return "attempt", question, _attempt(chance)
    if roll < 0.66:
        return "answer-shown", question, {"phase": "rising", "seconds": 4}
    if roll < 0.8:
        of = chance.choice(others) if others and chance.random() < 0.9 else str(chance.random())
        return "undo", chance.choice([None, question]), {"of": of}
    if roll < 0.86:
        return chance.choice(["flag", "suspend"]), question, {"on": chance.random() < 0.6}
    if roll < 0.92:
        phase = chance.choice(["rising", "peak"])
        counts = {"number": chance.randrange(9), "count": 9, "questions": 5}
        return chance.choice(["position", "finished"]), None, {"phase": phase, **counts}
    if roll < 0.95:
        return "draft", question, {"phase": "rising"}
    names = ("phase", "marks", "max_marks", "misconceptions", "seconds", "of", "on", "mode")
    kinds = ("attempt", "undo", "flag", "position", "finished", "unheard-of")
    return chance.choice(kinds), question, {name: _garbage(chance) for name in names}


def _garbage(chance: random.Random) -> object:
    value = chance.choice(GARBAGE)
    # What JSON cannot hold never reaches a journal.
    return None if isinstance(value, float) and not abs(value) < 1e300 else value


def _attempt(chance: random.Random) -> dict[str, object]:
    most = chance.choice([1, 1, 4])
    data: dict[str, object] = {
        "phase": chance.choice(["rising", "peak"]),
        "marks": chance.randint(0, most),
        "max_marks": most,
        "misconceptions": chance.sample(["pump", "leak", "charge"], chance.choice([0, 0, 1, 2])),
        "hint": chance.random() < 0.1,
    }
    if chance.random() < 0.7:
        data |= {"mode": chance.choice(MODES), "delayed": chance.random() < 0.5}
    if chance.random() < 0.5:
        data |= {"certainty": chance.choice([1, 2, 3, 4]), "seconds": chance.uniform(-5, 900)}
    return data


def direct_pass(events: Iterable[Event]) -> dict[str, object]:
    """What `Derived` should hold, from all events at once, written as plainly as can be."""
    in_order = sorted(events, key=lambda event: (event.time, event.id))
    undone = {
        event.data["of"]
        for event in in_order
        if event.kind == "undo" and isinstance(event.data.get("of"), str)
    }
    attempts = {"attempt", "answer-shown"}
    counts = [e for e in in_order if e.id not in undone or e.kind not in attempts]
    questions: dict[str, QuestionState] = {}
    sureness: dict[int, list[Attempt]] = {}
    quarters: dict[int, list[Attempt]] = {}
    for question_id in {event.question_id for event in counts if event.question_id}:
        mine = [event for event in counts if event.question_id == question_id]
        state = _question(mine)
        if state is not None:
            questions[question_id] = state
        for attempt in filter(None, map(_read, mine)):
            if attempt.certainty is not None:
                sureness.setdefault(attempt.certainty, []).append(attempt)
            quarters.setdefault(int(attempt.time.timestamp() // 900), []).append(attempt)
    return {
        "questions": questions,
        "places": _places(in_order),
        "finished": {
            event.data["phase"]
            for event in in_order
            if event.kind == "finished" and isinstance(event.data.get("phase"), str)
        },
        "sureness": {
            certainty: Sureness(
                len(found),
                sum(attempt.right for attempt in found),
                sum(round(attempt.share * 1e6) for attempt in found),
            )
            for certainty, found in sureness.items()
        },
        "activity": {
            quarter: Activity(
                len(found),
                sum(attempt.right for attempt in found),
                sum(attempt.seconds for attempt in found),
                sum(attempt.mode == "review" for attempt in found),
            )
            for quarter, found in quarters.items()
        },
        "total": Activity(
            sum(map(len, quarters.values())),
            *(
                sum(getattr(attempt, name) for found in quarters.values() for attempt in found)
                for name in ("right", "seconds")
            ),
            sum(attempt.mode == "review" for found in quarters.values() for attempt in found),
        ),
        "newest": max((event.time for event in in_order), default=None),
        "undone": undone,
        "waiting": {},
    }


def _read(event: Event) -> Attempt | None:
    """An attempt as the house plan reads it."""
    data = event.data
    shown = event.kind == "answer-shown"
    if event.kind != "attempt" and not shown:
        return None
    marks, most = (0, 0) if shown else (data.get("marks"), data.get("max_marks"))
    if not shown:
        if any(isinstance(n, bool) or not isinstance(n, int | float) for n in (marks, most)):
            return None
        if not 0 <= marks <= most or most <= 0:
            return None
    seconds = data.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        seconds = 0
    listed = data.get("misconceptions")
    return Attempt(
        id=event.id,
        time=event.time,
        right=not shown and marks / most >= 0.8 and not data.get("hint"),
        marks=float(marks),
        max_marks=float(most),
        certainty=data.get("certainty") if data.get("certainty") in (1, 2, 3) else None,
        mode=data["mode"] if isinstance(data.get("mode"), str) else "lesson",
        delayed=data.get("delayed") is True,
        seconds=round(min(seconds, 600)),
        phase=data["phase"] if isinstance(data.get("phase"), str) else "",
        misconceptions=tuple(sorted(listed)) if isinstance(listed, list) else (),
        shown=shown,
    )


def _question(events: list[Event]) -> QuestionState | None:
    """All that one question's events say, in their order; None where they say nothing."""
    attempts = [attempt for attempt in map(_read, events) if attempt is not None]
    marks = [event for event in events if event.kind in ("flag", "suspend")]
    if not attempts and not marks:
        return None
    card = None
    for attempt in attempts:
        if card is None or attempt.mode == "review" or attempt.time >= card.due:
            card = _reviewed(card, attempt.right, attempt.time)
    rights = [attempt for attempt in attempts if attempt.right]
    wrongs = [attempt for attempt in attempts if not attempt.right]
    since = attempts[attempts.index(wrongs[-1]) + 1 :] if wrongs else attempts
    mixed = [a.time for a in since if a.delayed and a.mode in ("quiz", "review", "exam")]
    shows = [(name, a.time) for a in attempts for name in a.misconceptions]
    on = {event.kind: event.data.get("on") is True for event in marks}
    stamps = [(a.time, a.id) for a in attempts] + [(e.time, e.id) for e in marks]
    return QuestionState(
        card=card,
        attempts=len(attempts),
        right=len(rights),
        seconds=sum(attempt.seconds for attempt in attempts),
        last=attempts[-1] if attempts else None,
        right_at=rights[-1].time if rights else None,
        wrong_at=wrongs[-1].time if wrongs else None,
        mixed_right_at=mixed[-1] if mixed else None,
        misconceptions={
            name: Seen(
                sum(shown == name for shown, _ in shows),
                max(time for shown, time in shows if shown == name),
            )
            for name in {name for name, _ in shows}
        },
        suspended=on.get("suspend", False),
        flagged=on.get("flag", False),
        stamp=max(stamps),
    )


def _places(events: list[Event]) -> dict[str, Place]:
    places = {}
    for event in events:
        phase = event.data.get("phase")
        if event.kind == "position" and isinstance(phase, str):
            counts = [event.data.get(name) for name in ("number", "count", "questions")]
            read = [n if type(n) is int and 0 <= n <= 1_000_000 else 0 for n in counts]
            places[phase] = Place(*read, (event.time, event.id))
    return places
