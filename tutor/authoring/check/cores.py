"""Checking many parts at once, on all cores."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context

from tutor.authoring.check.parts import Part, check_part
from tutor.course.yaml_values import Problem

Outcome = tuple[list[Problem], bool]
#: Told how many parts are done, and of how many.
Progress = Callable[[int, int], None]
#: Fewer parts are done before another process has started.
FEW = 6


def check_parts(
    parts: Sequence[Part],
    done: Callable[[int, Outcome], None],
    progress: Progress,
    processes: int | None = None,
) -> None:
    """Check the parts, in whatever order; `done` takes each outcome with the part's number."""
    wanted = processes or os.cpu_count() or 1
    left = dict(enumerate(parts))
    if wanted > 1 and len(parts) >= FEW:
        # Where a process is ended from outside, what is left is done here.
        with suppress(BrokenProcessPool):
            _spread(left, min(wanted, len(parts)), done, progress)
    for i in list(left):
        done(i, check_part(left.pop(i)))
        progress(len(parts) - len(left), len(parts))


def _spread(
    left: dict[int, Part],
    processes: int,
    done: Callable[[int, Outcome], None],
    progress: Progress,
) -> None:
    """Take parts out of `left` as they are done by `processes` of their own."""
    count = len(left)
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _leave_interrupts)
    try:
        with _without_interrupts():  # Processes that start here never see them.
            futures = {pool.submit(check_part, left[i]): i for i in _longest_first(left)}
        for future in as_completed(futures):
            i = futures[future]
            done(i, future.result())
            del left[i]
            progress(count - len(left), count)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _longest_first(parts: dict[int, Part]) -> list[int]:
    """The numbers of the parts, those that take long before the others.

    A long one that begins last would leave the other cores idle.
    """
    return sorted(parts, key=lambda i: _weight(parts[i]), reverse=True)


def _weight(part: Part) -> int:
    """About how long the part's runs take, from what they are of and how often they are made."""
    encoded = part.encoded
    cables = (b'"axon"', b'"myelinated"', b'"dendrite"', b'"accounting"')
    slow = sum(encoded.count(name) for name in cables)
    runs = encoded.count(b'"preparation"') + 10 * encoded.count(b'"sets":{"')
    return runs + 10 * slow


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that the author started; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Nothing is interrupted meanwhile, in this process or in those that it starts."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Interrupts come to the main thread alone, which alone may turn them off.
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
