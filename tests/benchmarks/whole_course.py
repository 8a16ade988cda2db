"""A learner who goes through the whole course twice, in one app, and what memory it takes.

    python tests/benchmarks/whole_course.py [phase ...]

On a real pseudo-terminal, 80x24, with the keys of `latency`: knobs turned, questions answered, the
lab opened from each item. Prints the resident memory in MB, a line each: at the end of a phase,
and on the course map after it, once the map has given back what the lesson took.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

sys.path.append(str(Path(__file__).resolve().parents[1]))

from latency import ESCAPE, Walk
from measuring import Section
from memory import resident_mb
from terminal import TUTOR, Terminal, returning_learner

from tutor.course.loader import CourseFolder
from tutor.tui.screens.home import TIDY_S

WALKS = 2
SIZE = (80, 24)


def walk(phases: list[str]) -> None:
    """Go through `phases`, or all of them, as often as `WALKS`, and print what they take."""
    files = CourseFolder()
    section = Section("")
    with TemporaryDirectory() as name:
        environ = returning_learner(Path(name), motion=False)
        with Terminal(TUTOR, environ, SIZE) as terminal:
            terminal.until(files.course.title.encode())
            terminal.settle()
            print(f"0 home {_mb(terminal):.1f}", flush=True)
            for number in range(1, WALKS + 1):
                for phase_id in phases or files.phase_ids:
                    place = files.phase_ids.index(phase_id) + 1
                    terminal.press(str(place).encode(), b"")
                    terminal.press(b"\r", b"")
                    Walk(files, phase_id, environ, SIZE, defaultdict(list), section).through(
                        terminal
                    )
                    ended_mb = _mb(terminal)
                    terminal.press(ESCAPE, b"")
                    sleep(TIDY_S + 1.0)
                    print(f"{number} {phase_id} {ended_mb:.1f} {_mb(terminal):.1f}", flush=True)
    print(*section.missing, sep="\n")


def _mb(terminal: Terminal) -> float:
    return resident_mb(terminal.pid)[0]


if __name__ == "__main__":
    walk(sys.argv[1:])
