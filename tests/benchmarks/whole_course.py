"""A learner who goes through the whole course twice, in one app, and what memory it takes.

    python tests/benchmarks/whole_course.py [phase ...]

On a real pseudo-terminal, 80x24, with the keys of `latency`: knobs turned, questions answered, the
lab opened from each item. Read at the end of each phase, and on the course map after it, once the
map has given back what the lesson took; the notes have each phase's. The second walk is held
against the first on the map: what is kept for ever would show there.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

sys.path.append(str(Path(__file__).resolve().parents[1]))

from latency import ESCAPE, Walk
from measuring import Budget, Row, Section
from memory import resident_mb
from terminal import HAS_PTY, NO_PTY, TUTOR, Terminal, returning_learner

from tutor.course.loader import CourseFolder
from tutor.tui.screens.home import TIDY_S

WALKS = 2
SIZE = (80, 24)
BUDGET = Budget("p95", 110.0)
NO_GROWTH = Budget("ratio", 1.1)


def measure(phases: Sequence[str] = ()) -> Section:
    """Go through `phases`, or all of them, as often as `WALKS`."""
    section = Section("Memory: the whole course on a real terminal, 80x24, twice")
    if not HAS_PTY:
        section.missing.append(f"the memory of an app {NO_PTY}")
        return section
    ended: dict[int, list[float]] = defaultdict(list)
    on_map: dict[int, list[float]] = defaultdict(list)
    for walk, phase_id, end_mb, map_mb in _walked(phases, section):
        ended[walk].append(end_mb)
        on_map[walk].append(map_mb)
        section.notes.append(f"{walk} {phase_id}: {end_mb:.1f} MB, on the map {map_mb:.1f}")
    section.rows = [
        Row("first walk, at the end of a phase", ended[1], "MB"),
        Row("first walk, on the map after it", on_map[1], "MB", budget=BUDGET),
        Row("second walk, at the end of a phase", ended[2], "MB", ended[1]),
        Row("second walk, on the map after it", on_map[2], "MB", budget=BUDGET),
        Row("the same against the end of the first", on_map[2], "MB", on_map[1][-1:], NO_GROWTH),
    ]
    return section


def _walked(phases: Sequence[str], section: Section) -> Iterator[tuple[int, str, float, float]]:
    """For each walk and phase, what the app takes at its end, and on the map then, in MB."""
    files = CourseFolder()
    with TemporaryDirectory() as name:
        environ = returning_learner(Path(name), motion=False)
        with Terminal(TUTOR, environ, SIZE) as terminal:
            terminal.until(files.course.title.encode())
            terminal.settle()
            for walk in range(1, WALKS + 1):
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
                    yield walk, phase_id, ended_mb, _mb(terminal)


def _mb(terminal: Terminal) -> float:
    return resident_mb(terminal.pid)[0]


if __name__ == "__main__":
    measure(sys.argv[1:]).print()
