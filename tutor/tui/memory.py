"""Memory that is done with: looked for when nobody waits, and given back to the system."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress

from textual._styles_cache import StylesCache

#: A key that is held down comes again sooner than that, in s; whoever types is seldom so quick.
REST_S = 0.05
#: Whoever reads presses no key for so long, in s.
LONG_REST_S = 1.0
#: A key makes some ten thousand objects, most of which are gone with the next one.
MANY = 5_000
#: After so many collections of what is young all is due, also for whoever never rests for long.
MOST_YOUNG = 4
#: glibc's names for what `mallopt` sets, from its malloc.h.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
#: Larger blocks than this, in bytes, go back to the system as soon as they are free. It is where
#: glibc begins; it would raise it to the largest array that was ever freed.
LARGE = 128 * 1024
#: Without a rest, as while a trace draws itself, so many are let be.
TOO_MANY = 100_000


def spare_from_now() -> None:
    """Let runs leave no holes, and collect garbage, but not among what is there: that stays."""
    _ask_glibc("mallopt", M_MMAP_THRESHOLD, LARGE)
    _ask_glibc("mallopt", M_ARENA_MAX, 1)  # Threads that make runs would have heaps of their own.
    gc.freeze()
    gc.set_threshold(TOO_MANY, 20, 20)
    gc.enable()


def collect_young() -> None:
    """Collect what a key has left, where it is worth it: in the midst of one it would be late."""
    if gc.get_count()[2] >= MOST_YOUNG:
        collect_all()
    elif gc.get_count()[0] > MANY:
        gc.collect(1)


def collect_all() -> None:
    """Collect what has lived for longer too, such as the widgets of an answer; this takes time.

    What was in use between what still is goes back to the system.
    """
    if gc.get_count()[2]:  # What is young has been collected since.
        _forget_drawn()
        gc.collect()
        _ask_glibc("malloc_trim", 0)


def give_back() -> None:
    """Forget runs and what was worked out for them, and let the system have its pages."""
    scenario = sys.modules.get("tutor.course.scenario")
    if scenario is not None:  # Where nothing has run there is no need to load what runs.
        scenario.RUNS.clear()
    _forget_worked_out()
    _forget_drawn()
    gc.collect()
    _ask_glibc("malloc_trim", 0)


def _forget_worked_out() -> None:
    """Empty the caches of our functions: tables of rates, schemes of marks, made again at need."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("simulator", "tutor"):
            for value in list(vars(module).values()):
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()


def _forget_drawn() -> None:
    """Let go of the lines that widgets have drawn which are no more.

    Textual keeps what a method gave for the last thousand widgets, and with it the widgets.
    """
    with suppress(AttributeError):
        StylesCache.get_inner_outer.cache_clear()


def _ask_glibc(call: str, *numbers: int) -> None:
    """Ask the C library of Linux; on other systems nothing is asked."""
    import ctypes  # The first frame needs none.

    with suppress(OSError, AttributeError, TypeError):
        getattr(ctypes.CDLL(None), call)(*numbers)
