"""Memory that is done with: looked for when nobody waits, and given back to the system."""

from __future__ import annotations

import gc
from contextlib import suppress

from textual._styles_cache import StylesCache

#: A key that is held down comes again sooner than that, in s; whoever types is seldom so quick.
REST_S = 0.05
#: A key makes some ten thousand objects, most of which are gone with the next one.
MANY = 5_000
#: Without a rest, as while a trace draws itself, so many are let be.
TOO_MANY = 100_000


def collect_from_now() -> None:
    """Collect garbage from now on, but not among what is there: that stays to the end."""
    gc.freeze()
    gc.set_threshold(TOO_MANY, 20, 20)
    gc.enable()


def collect_at_rest() -> None:
    """Collect what a key has left, where it is worth it: in the midst of one it would be late."""
    if gc.get_count()[0] > MANY:
        _forget_drawn()
        gc.collect()


def give_back() -> None:
    """Collect what nobody needs any more, and let the system have its pages.

    Runs leave holes all over the heap, which the C library of Linux keeps for itself unless it
    is asked; other systems have no such call, and need none.
    """
    import ctypes  # The first frame needs none.

    _forget_drawn()
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _forget_drawn() -> None:
    """Let go of the lines that widgets have drawn which are no more.

    Textual keeps what a method gave for the last thousand widgets, and with it the widgets.
    """
    with suppress(AttributeError):
        StylesCache.get_inner_outer.cache_clear()
