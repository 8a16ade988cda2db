"""Memory that a lesson leaves behind, given back to the system."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Collect what nobody needs any more, and let the system have its pages.

    Runs leave holes all over the heap, which the C library of Linux keeps for itself unless it
    is asked; other systems have no such call, and need none.
    """
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
