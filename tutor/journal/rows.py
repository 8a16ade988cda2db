"""Rows of the journal as far as they matter to what is derived, and none that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from tutor.journal import kinds
from tutor.journal.store import Journal

ATTEMPTS = frozenset({kinds.ATTEMPT, kinds.SHOWN})
OF_QUESTIONS = ATTEMPTS | {kinds.FLAG, kinds.SUSPEND}
_READ = OF_QUESTIONS | {kinds.UNDO, kinds.POSITION, kinds.FINISHED}
_decode = msgspec.json.Decoder().decode


class Row(msgspec.Struct, frozen=True, order=True):
    """An event as far as it matters here; rows sort in the canonical order."""

    time: datetime
    id: str
    kind: str
    question_id: str | None
    data: dict[str, Any]


def last_event(journal: Journal) -> tuple[int, str]:
    """Sequence and id of the event that was kept last."""
    query = "SELECT sequence, id FROM events ORDER BY sequence DESC LIMIT 1"
    found = list(journal.read(query))
    return found[0] if found else (0, "")


def id_at(journal: Journal, sequence: int) -> str | None:
    """Id of the event with a sequence; None where there is none."""
    ids = [id_ for (id_,) in journal.read("SELECT id FROM events WHERE sequence = ?", sequence)]
    return ids[0] if ids else None


def rows_where(journal: Journal, condition: str, *values: object) -> list[Row]:
    """The rows that a condition in SQL is true for, in any order."""
    query = f"SELECT time, id, kind, question_id, data FROM events WHERE {condition}"
    found = []
    for time, id_, kind, question_id, data in journal.read(query, *values):
        when = _time(time)
        if when is not None and isinstance(id_, str):
            about = question_id if isinstance(question_id, str) else None
            found.append(Row(when, id_, kind, about, _data(data) if kind in _READ else {}))
    return found


def _time(text: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)  # type: ignore[arg-type]
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _data(text: object) -> dict[str, Any]:
    try:
        data = _decode(text)  # type: ignore[arg-type]
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
