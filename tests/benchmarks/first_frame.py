"""From the start of the process to the first screen on a real pseudo-terminal, 80x24.

    python tests/benchmarks/first_frame.py

`tutor` of a learner who has been here before, so that the home screen comes at once, against
a bare Textual app on the same terminal; then `tutor --plain` to its first line, and what the
imports cost.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from measuring import ROOT, Budget, Row, Section, interleaved, script
from terminal import (
    BARE_APP,
    BARE_MARKER,
    HAS_PTY,
    NO_PTY,
    TUTOR,
    Terminal,
    environment,
    returning_learner,
)

from tutor.course.loader import CourseFolder

ROUNDS = 21
OURS = ("tutor", "simulator")


def home_markers() -> tuple[bytes, ...]:
    """The first and the last line of the home screen: with both, all of it is there."""
    entries = list(CourseFolder().entries.values())
    return f"Enter: begin {entries[0].title}".encode(), entries[-1].title.encode(), b"Keys"


def measure() -> Section:
    """Time the starts."""
    section = Section("First frame: process start to the home screen")
    with TemporaryDirectory() as name:
        folder = Path(name)
        if HAS_PTY:
            environ = returning_learner(folder)
            _on_the_screen(section, environ)
            _imports(section, environ)
        else:
            section.missing.append(f"the first frame {NO_PTY}")
        _plain(section, environment(folder))
    return section


def _on_the_screen(section: Section, environ: dict[str, str]) -> None:
    markers = home_markers()

    def bare() -> float:
        with Terminal(BARE_APP, environ) as terminal:
            return terminal.until(BARE_MARKER)

    def tutor() -> float:
        with Terminal(TUTOR, environ) as terminal:
            return terminal.until(*markers)

    values = interleaved({"bare": bare, "tutor": tutor}, ROUNDS)
    section.rows += [
        Row("bare Textual app", values["bare"]),
        Row(
            "tutor, home screen", values["tutor"], base=values["bare"], budget=Budget("ratio", 1.6)
        ),
    ]


def _plain(section: Section, environ: dict[str, str]) -> None:
    values = interleaved(
        {
            "python": lambda: _first_line([sys.executable, "-c", "print()"], environ),
            "plain": lambda: _first_line([*TUTOR, "--plain"], environ),
        },
        ROUNDS,
    )
    section.rows += [
        Row("python -c print()", values["python"]),
        Row("tutor --plain, first line", values["plain"], base=values["python"]),
    ]


def _first_line(argv: list[str], environ: dict[str, str]) -> float:
    """Time in ms until the first line of output."""
    began = perf_counter()
    process = subprocess.Popen(
        argv, env=environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    elapsed = (perf_counter() - began) * 1000.0
    process.kill()
    process.communicate()
    return elapsed


def _imports(section: Section, environ: dict[str, str]) -> None:
    """What the start imports beyond a bare app; the tracing makes every import dearer."""
    traced = [sys.executable, "-X", "importtime"]
    bare = _import_times([*traced, *BARE_APP[1:]], environ, (BARE_MARKER,))
    ours = _import_times([*traced, *TUTOR[1:]], environ, home_markers())
    extra = {name: time_ms for name, time_ms in ours.items() if name not in bare}
    packages: Counter[str] = Counter()
    for name, time_ms in extra.items():
        packages[name.split(".")[0]] += time_ms  # type: ignore[assignment]
    modules = Counter({n: t for n, t in extra.items() if n.split(".")[0] in OURS})
    section.notes += [
        f"-X importtime, ms in all: bare app {sum(bare.values()):.0f} ({len(bare)} modules), "
        f"tutor {sum(ours.values()):.0f} ({len(ours)} modules)",
        f"beyond the bare app, by package: {_listed(packages, 9)}",
        f"our dearest modules themselves: {_listed(modules, 9)}",
    ]


def _import_times(
    argv: list[str], environ: dict[str, str], markers: tuple[bytes, ...]
) -> dict[str, float]:
    """Own time in ms of each module imported until the markers are shown."""
    with Terminal(argv, environ) as terminal:
        terminal.until(*markers)
        lines = re.findall(rb"import time: +(\d+) \| +\d+ \| +(\S+)", terminal.output)
    return {name.decode(): int(time_us) / 1000.0 for time_us, name in lines}


def _listed(times: Counter[str], count: int) -> str:
    return ", ".join(f"{name} {time_ms:.1f}" for name, time_ms in times.most_common(count))


if __name__ == "__main__":
    script(measure)
