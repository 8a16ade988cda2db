"""Files that a learner asks for without naming them: each is a new one."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TextIO


def write_new(folder: Path, name: str, text: str) -> Path:
    """Write a file that was not there, called after `name` and the time; gives where it is.

    Half of it would pass for the whole, and so is taken away.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, file = _opened(folder, f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    try:
        with file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return path


def _opened(folder: Path, stem: str) -> tuple[Path, TextIO]:
    """The first file of that name that nobody has taken yet."""
    for number in count(1):
        path = folder / (f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt")
        with suppress(FileExistsError):
            return path, path.open("x", encoding="utf-8")
    raise AssertionError("numbers do not end")
