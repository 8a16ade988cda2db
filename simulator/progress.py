"""Progress: how a long run or experiment says how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

#: Called now and then with the share that is done, 0 to 1. To stop, it raises `Cancelled`.
Progress = Callable[[float], object]


class Cancelled(Exception):
    """Raised by a progress callback to stop what it reports on."""


def silent(share: float) -> None:
    """The progress callback that nobody watches."""


def part(progress: Progress, done: float, share: float) -> Progress:
    """The progress of a part that makes up `share` of a whole of which `done` is over."""
    return lambda of_part: progress(done + share * of_part)
