"""Progress: how a long run or experiment says how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from math import log

#: Called now and then with the share that is done, 0 to 1. To stop, it raises `Cancelled`.
Progress = Callable[[float], object]


class Cancelled(Exception):
    """Raised by a progress callback to stop what it reports on."""


def silent(share: float) -> None:
    """The progress callback that nobody watches."""


def part(progress: Progress, done: float, share: float) -> Progress:
    """The progress of a part that makes up `share` of a whole of which `done` is over."""
    return lambda of_part: progress(done + share * of_part)


def one_of(progress: Progress, number: int, count: int) -> Progress:
    """The progress of one of `count` equal parts; the first has the number 0."""
    return lambda of_part: progress((number + of_part) / count)


def searched(widest: float, left: float, enough: float) -> float:
    """The share of a search that is done once bisection has narrowed `widest` to `left`.

    It ends at `enough`.
    """
    return min(1.0, log(widest / left) / log(widest / enough)) if enough < widest else 1.0


class Meter:
    """Passes progress on, and knows how far it came.

    For a whole whose first part may have nothing to do: what follows takes the `rest`.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._share = 0.0

    def __call__(self, share: float) -> None:
        """Tell the share of the whole that is done."""
        self._share = share
        self._progress(share)

    @property
    def rest(self) -> Progress:
        """The progress of all that is left."""
        return part(self._progress, self._share, 1.0 - self._share)
