"""One attempt into the journal, against a bare INSERT and COMMIT in SQLite.

    python tests/benchmarks/journal.py

Both files lie in the same temporary folder and are written with synchronous=FULL in WAL mode;
the bare table has the same columns without indexes and triggers. TMPDIR chooses the disk.
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Row, Section, interleaved, script, timed

from tutor.journal.progress import ATTEMPT, phase_progress
from tutor.journal.store import Journal

ROUNDS = 301
FILLED = 20_000
#: Until each file's log has reached its full length: appending to a growing one takes longer.
WARM_UPS = 400

_TABLE = """
CREATE TABLE events (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, device TEXT, time TEXT,
    kind TEXT, question_id TEXT, revision INTEGER, seed INTEGER, answer TEXT, data TEXT)
"""
_INSERT = (
    "INSERT INTO events (id, device, time, kind, question_id, revision, seed, answer, data) "
    "VALUES (?, ?, '2026-01-01T00:00:00+00:00', 'attempt', 'rising.q1', 1, 7, '[\"a\"]', ?)"
)
_DATA = {"phase": "rising", "marks": 1, "max_marks": 1, "misconceptions": [], "hint": False}
_DATA_TEXT = str(_DATA)


def measure() -> Section:
    """Time appends, to a new journal and to a long one, and reading the long one."""
    section = Section("Journal: one attempt, on the disk before its verdict")
    with TemporaryDirectory() as name:
        folder = Path(name)
        connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute(_TABLE)

        def bare() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_INSERT, (str(uuid.uuid4()), "device", _DATA_TEXT))
            connection.execute("COMMIT")

        path = folder / "long.sqlite3"
        with Journal.open(folder / "new.sqlite3") as new, Journal.open(path) as long:
            _fill(path, long.device)
            values = interleaved(
                {
                    "bare": timed(bare),
                    "new": timed(lambda: _attempt(new)),
                    "long": timed(lambda: _attempt(long)),
                },
                ROUNDS,
                warm_ups=WARM_UPS,
            )
            reading = interleaved({"read": timed(lambda: phase_progress(long))}, 15)
        connection.close()
    base = values["bare"]
    section.rows = [
        Row("sqlite3 INSERT and COMMIT", base),
        Row("Journal.append, new file", values["new"], base=base),
        Row(f"Journal.append, {FILLED:,} attempts before", values["long"], base=base),
        Row(f"progress from {FILLED:,} attempts", reading["read"]),
    ]
    return section


def _attempt(journal: Journal) -> None:
    journal.append(ATTEMPT, question_id="rising.q1", revision=1, seed=7, answer=["a"], data=_DATA)


def _fill(path: Path, device: str) -> None:
    """Put many attempts into a journal, in one transaction."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    data = '{"phase": "rising", "marks": 1, "max_marks": 1, "misconceptions": [], "hint": false}'
    connection.executemany(_INSERT, ((str(uuid.uuid4()), device, data) for _ in range(FILLED)))
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    script(measure)
