"""Runs the real program on a real pseudo-terminal and reads the screen back."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from types import TracebackType

import pyte

#: Long enough for a loaded machine; no test waits for it unless it fails.
DEADLINE_S = 20.0
ENTERED_ALT_SCREEN, LEFT_ALT_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
SHOWN_CURSOR = b"\x1b[?25h"

# Terminals of today show a frame at once when asked to; the app asks whether this one does.
_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"


class Terminal:
    """A terminal with the program in it."""

    def __init__(
        self,
        data: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str | None] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Start the program with its data folder; `None` takes a variable away."""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._shown = 0  # So many bytes of `raw` are on the screen.
        self._master, slave = pty.openpty()
        self._set_size(size)
        wanted = {"TERM": "xterm-256color", "TUTOR_DATA_DIR": str(data), **(environ or {})}
        inherited = {name: value for name, value in os.environ.items() if name not in wanted}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tutor", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            cwd=folder,
            env=inherited | {name: value for name, value in wanted.items() if value is not None},
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(DEADLINE_S)
        self.vanish()

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    @property
    def words(self) -> str:
        """The same with wrapped lines joined."""
        return " ".join(self.text.split())

    @property
    def echoes(self) -> bool:
        """True where the terminal is as a shell wants it: echo, and lines."""
        flags = termios.tcgetattr(self._master)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def until(self, condition: str | Callable[[], bool]) -> None:
        """Read what the program writes until the screen shows it."""
        deadline = monotonic() + DEADLINE_S
        met = (lambda: condition in self.text) if isinstance(condition, str) else condition
        while not met():
            assert self._read() or met(), f"it ended with\n{self.text}"
            assert monotonic() < deadline, f"waited in vain for {condition}\n{self.text}"

    def end(self) -> int:
        """Read to the end; the exit code, negative after a signal."""
        deadline = monotonic() + DEADLINE_S
        while self._read():
            assert monotonic() < deadline, f"it does not end\n{self.text}"
        return self.process.wait(DEADLINE_S)

    def kill(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def vanish(self) -> None:
        """Take the terminal away, as closing its window does; doing it twice does no harm."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size, as dragging its window does."""
        self.screen.resize(lines=size[1], columns=size[0])
        self._set_size(size)
        self.kill(signal.SIGWINCH)

    def _set_size(self, size: tuple[int, int]) -> None:
        packed = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, packed)

    def _read(self) -> bool:
        """Take what has been written; False after the end."""
        ready, _, _ = select.select([self._master], [], [], 0.05)
        if not ready:
            return self.process.poll() is None
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.raw += data
        if _ASKS_FOR_FRAMES in data:
            os.write(self._master, _HAS_FRAMES)
        self._show()
        return bool(data)

    def _show(self) -> None:
        """Put what has been written on the screen, but no part of a frame that is not whole."""
        begun, ended = self.raw.rfind(_FRAME_BEGINS), self.raw.rfind(_FRAME_ENDS)
        whole = begun if begun > ended else len(self.raw)
        if whole > self._shown:
            self._stream.feed(self.raw[self._shown : whole])
            self._shown = whole
