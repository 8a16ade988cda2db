"""The terminal itself: a driver that outlives it, so that the app can end in order."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any, TextIO

from textual.drivers.linux_driver import LinuxDriver


class TerminalDriver(LinuxDriver):
    """Textual's driver, but a terminal that has gone (its window closed) stops nothing.

    Textual's would stop writing at the first fault, and the app would wait for it for good.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._file: Any = _Heedless(self._file)

    @property
    def is_gone(self) -> bool:
        """Whether the terminal has gone; reading then gives nothing at once, over and over."""
        return self.input_tty and not os.isatty(self.fileno)


class _Heedless:
    """A file; what can no longer be written to it is let go."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()
