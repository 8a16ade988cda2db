"""Numbers that a question draws anew for each attempt."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from tutor.course.questions import Drawn


def draw(draws: Mapping[str, Drawn], seed: int | str) -> dict[str, float]:
    """The values that `seed` gives; the same on every machine, whatever else is drawn."""
    values = {}
    for name, drawn in draws.items():
        # Decimals, because 0.1 + 2 x 0.1 is not 0.3 in binary.
        low, high, step = (Decimal(repr(x)) for x in (drawn.low, drawn.high, drawn.step))
        count = int((high - low) / step) + 1
        digest = hashlib.sha256(f"{seed}\0{name}".encode()).digest()
        values[name] = float(low + int.from_bytes(digest) % count * step)
    return values
