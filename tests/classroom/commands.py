"""The command line without a process of its own, whose start takes longer than most commands.

The tutors' guide is gone through with real processes (`test_tutors_guide`).
"""

from __future__ import annotations

import io
import sys
from subprocess import CompletedProcess

import pytest

from tutor.cli import main


def tutor(*arguments: object) -> CompletedProcess[str]:
    """What the program says to these arguments with nothing to read, and its exit code."""
    words = ["tutor", *map(str, arguments)]
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8") for name in ("stdout", "stderr")}
    code: object = None
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(sys, "argv", words)
        changed.setattr(sys, "stdin", io.StringIO())
        for name, stream in streams.items():
            changed.setattr(sys, name, stream)
        try:
            main()
        except SystemExit as end:
            code = end.code
    for stream in streams.values():
        stream.seek(0)
    told = {name: stream.read() for name, stream in streams.items()}
    return CompletedProcess(words, code or 0, **told)
