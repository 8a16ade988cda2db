"""Resident memory of the app with a lesson open, on a real pseudo-terminal.

    python tests/benchmarks/memory.py

Read when the first lesson is on the screen, and again after some of it has been walked:
knobs turned, a question answered, the next one opened. The peak is the kernel's high-water
mark, where the system keeps one.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Budget, Row, Section, interleaved, script
from terminal import (
    BARE_APP,
    BARE_MARKER,
    HAS_PTY,
    NO_PTY,
    TUTOR,
    Terminal,
    returning_learner,
)

from tutor.course.loader import CourseFolder

ROUNDS = 15
BUDGET = Budget("p95", 70.0)

#: Two turns of a knob, the first question, its verdict, and on to the next item.
WALK = (b"k", b"\x1b[C", b"\x1b[C", b"\r", b"1", b"\r", b"\r")


def measure() -> Section:
    """Read the memory of both apps."""
    section = Section("Memory: resident set on a real terminal, 80x24")
    if not HAS_PTY:
        section.missing.append(f"the memory of an app {NO_PTY}")
        return section
    files = CourseFolder()
    first = files.phase_ids[0]
    title = files.phase(first).steps[0].title.encode()
    opened: list[float] = []
    peaks: list[float] = []

    def bare(environ: dict[str, str]) -> float:
        with Terminal(BARE_APP, environ) as terminal:
            terminal.until(BARE_MARKER)
            terminal.settle()
            return resident_mb(terminal.pid)[0]

    def tutor(environ: dict[str, str]) -> float:
        with Terminal([*TUTOR, "learn", first], environ) as terminal:
            terminal.until(title)
            terminal.settle()
            opened.append(resident_mb(terminal.pid)[0])
            for keys in WALK:
                terminal.press(keys, b"")
            now, peak = resident_mb(terminal.pid)
            peaks.append(peak)
            return now

    contenders = {"bare": partial(_with_new_journal, bare)}
    contenders["tutor"] = partial(_with_new_journal, tutor)
    values = interleaved(contenders, ROUNDS, warm_ups=0)
    base = values["bare"]
    section.rows = [
        Row("bare Textual app", base, "MB"),
        Row("tutor, a lesson open", opened, "MB", base, BUDGET),
        Row("tutor, three items later", values["tutor"], "MB", base, BUDGET),
        Row("tutor, its peak until then", peaks, "MB", base, BUDGET),
    ]
    return section


def _with_new_journal(act: Callable[[dict[str, str]], float]) -> float:
    """The lesson would open where the last run left it."""
    with TemporaryDirectory() as name:
        return act(returning_learner(Path(name), motion=False))


def resident_mb(pid: int) -> tuple[float, float]:
    """Resident memory of a process now and at its peak, in MB (10^6 bytes).

    Where the system keeps no peak, the present value stands for it.
    """
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        kib = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status.read_text(), re.M))
        return int(kib["VmRSS"]) * 1.024e-3, int(kib["VmHWM"]) * 1.024e-3
    listed = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    now = int(listed.stdout) * 1.024e-3
    return now, now


if __name__ == "__main__":
    script(measure)
