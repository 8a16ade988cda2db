"""Memory that a lesson leaves behind, given back to the system."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

from textual._styles_cache import StylesCache


def give_back() -> None:
    """Collect what nobody needs any more, and let the system have its pages.

    Runs leave holes all over the heap, which the C library of Linux keeps for itself unless it
    is asked; other systems have no such call, and need none.
    """
    with suppress(AttributeError):
        # Textual keeps what a method gave for the last thousand widgets, and with it all the
        # lines that those have drawn, long after they have gone.
        StylesCache.get_inner_outer.cache_clear()
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
