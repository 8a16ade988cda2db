"""One event of the journal, and the JSON and text that may be kept in it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple


class Event(NamedTuple):
    """Something that happened, as it was kept; nothing ever changes it.

    Attributes:
        id: A random UUID, the same wherever the event is copied to.
        sequence: Grows with every event of a journal: the order in which they were kept.
        device: The machine that kept it.
        time: When, in UTC, by that machine's clock; clocks jump, so `sequence` gives the order.
        kind: What happened, such as "attempt" or "setting".
        question_id: The question it is about, if any.
        revision: The revision of that question.
        seed: What a shuffle or a random choice started from.
        answer: The learner's answer as given: any JSON value.
        data: All the rest.
    """

    id: str
    sequence: int
    device: str
    time: datetime
    kind: str
    question_id: str | None
    revision: int | None
    seed: int | None
    answer: object
    data: dict[str, object]

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> Event:
        """Decode a row of the table `events`, its columns in the order of the attributes."""
        id_, sequence, device, time, *question, answer, data = row
        decoded = (answer and json.loads(answer), json.loads(data))
        return cls(*(id_, sequence, device, datetime.fromisoformat(time), *question, *decoded))


def clean(text: str) -> str:
    """Return text that UTF-8 can hold: surrogate pairs joined, lone surrogates replaced."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def encode_json(value: object) -> str:
    """Return a value as JSON text that UTF-8 can hold.

    Raises:
        ValueError: The value is not JSON: of another type, NaN or infinite, a key that is not
            text, nested without end or too deep.
    """
    try:
        encoded = json.dumps(value, ensure_ascii=False, allow_nan=False)
        if _has_foreign_key(value):
            raise TypeError("every key of an object must be text")
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"The journal keeps JSON values only: {error}.") from error
    return clean(encoded)


def _has_foreign_key(value: object) -> bool:
    """Look for keys that json.dumps would silently turn into text, so that 1 and "1" collide."""
    if isinstance(value, dict):
        return any(not isinstance(key, str) or _has_foreign_key(value[key]) for key in value)
    return isinstance(value, list | tuple) and any(map(_has_foreign_key, value))
