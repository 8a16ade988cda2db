"""A program on a real pseudo-terminal: its keys, its bytes, and when they came."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType

from measuring import HERE, ROOT

from tutor.journal.store import Journal
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, choose_mode, turn

try:
    import fcntl
    import pty
    import termios
except ImportError:  # Windows
    HAS_PTY = False
else:
    HAS_PTY = True

NO_PTY = "needs a pseudo-terminal, which this system has not"
TUTOR = (sys.executable, "-m", "tutor")
BARE_APP = (sys.executable, str(HERE / "bare_app.py"))
#: What the bare app shows first.
BARE_MARKER = b"bare app, key 0"

PATIENCE_S = 30.0
#: A screen is taken as settled when nothing has come for this long.
QUIET_S = 0.1

# Terminals of today draw a frame at once when asked to; the app asks whether this one does.
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"
_HAS_FRAMES = b"\x1b[?2026;2$y"


def environment(data_folder: Path) -> dict[str, str]:
    """The environment of a learner whose journal is in `data_folder`.

    Python's own settings are left out: without them it keeps compiled modules, as an installed
    program has them.
    """
    unset = ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLUMNS", "LINES", "COLORTERM")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in unset and not name.startswith("PYTHON")
    }
    return kept | {
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TUTOR_DATA_DIR": str(data_folder),
    }


def returning_learner(data_folder: Path, *, motion: bool = True) -> dict[str, str]:
    """The environment of a learner who goes straight to the home screen, in braille."""
    environ = environment(data_folder)
    with Journal.open(data_folder / "journal.sqlite3") as journal:
        choose_mode(journal, "braille")
        turn(journal, MOTION, motion)
        journal.set_setting(FIRST_MINUTE, True)
    return environ


@dataclass(frozen=True)
class Response:
    """What came back after a key: when it showed what was awaited, and when it was done."""

    shown_ms: float
    settled_ms: float


class Terminal:
    """A program that runs on a pseudo-terminal of a given size."""

    def __init__(
        self, argv: Sequence[str], environ: dict[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        """Start `argv` on a terminal of `size` columns and rows."""
        self.output = b""
        columns, rows = size
        self._fd, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = perf_counter()
        self._process = subprocess.Popen(
            argv,
            env=environ,
            cwd=ROOT,
            preexec_fn=lambda: os.login_tty(slave),
            pass_fds=(slave,),
        )
        os.close(slave)

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program, without its farewell."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._fd)

    def until(self, *markers: bytes) -> float:
        """Wait until all `markers` have been written; ms since the start.

        Raises:
            TimeoutError: they were not, or the program ended.
        """
        while not all(marker in self.output for marker in markers):
            if not self._read(PATIENCE_S):
                raise TimeoutError(f"no {markers} in {_readable(self.output)!r}")
        return (perf_counter() - self.started) * 1000.0

    def settle(self, quiet_s: float = 3 * QUIET_S) -> None:
        """Wait until nothing has been written for `quiet_s`."""
        while self._read(quiet_s):
            pass

    def press(self, keys: bytes, awaited: bytes, *, at_most_s: float = PATIENCE_S) -> Response:
        """Press `keys`; wait for the pattern `awaited`, and until the screen has settled.

        A screen that has shown it and goes on changing is left after `at_most_s`.

        Raises:
            TimeoutError: the pattern did not come.
        """
        pattern = re.compile(awaited)
        self.output = b""
        pressed = last = perf_counter()
        shown: float | None = None
        os.write(self._fd, keys)
        while self._read(QUIET_S if shown is not None else PATIENCE_S):
            last = perf_counter()
            if shown is None and pattern.search(self.output):
                shown = last
            # A caret blinks on for ever.
            if last - pressed > (PATIENCE_S if shown is None else at_most_s):
                break
        if shown is None:
            raise TimeoutError(f"{keys!r}: no {awaited!r} in {_readable(self.output)!r}")
        return Response((shown - pressed) * 1000.0, (last - pressed) * 1000.0)

    def _read(self, wait_s: float) -> bool:
        """Read what there is; False where nothing comes in time, or ever again."""
        if not select.select([self._fd], [], [], wait_s)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # The program has closed its terminal.
            return False
        if _ASKS_FOR_FRAMES in data:
            os.write(self._fd, _HAS_FRAMES)
        self.output += data
        return bool(data)


def _readable(output: bytes) -> str:
    """The end of the output without escape sequences, for an error message."""
    text = re.sub(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z]", b"", output).decode(errors="replace")
    return " ".join(text.split())[-800:]
