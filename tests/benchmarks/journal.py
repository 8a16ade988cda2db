"""The journal: keeping one attempt, and opening what many of them say.

    python tests/benchmarks/journal.py

An append is held against a bare INSERT and COMMIT in SQLite: both files lie in the same temporary
folder and are written with synchronous=FULL in WAL mode; the bare table has the same columns
without indexes and triggers. TMPDIR chooses the disk. What is derived is opened from its cache,
as a program does that starts, in journals of 10,000 and of 100,000 attempts at the same course.
"""

from __future__ import annotations

import json
import random
import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from measuring import Budget, Row, Section, interleaved, script, timed

from tutor.journal.derived import Derived, derive
from tutor.journal.kinds import ATTEMPT, UNDO
from tutor.journal.progress import last_phase, phase_progress
from tutor.journal.store import Journal

ROUNDS = 301
OPENINGS = 41
FEW, MANY = 10_000, 100_000
QUESTIONS = 600
HEAT_MAP = timedelta(weeks=26)
#: Until each file's log has reached its full length: appending to a growing one takes longer.
WARM_UPS = 400

_TABLE = """
CREATE TABLE events (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, device TEXT, time TEXT,
    kind TEXT, question_id TEXT, revision INTEGER, seed INTEGER, answer TEXT, data TEXT)
"""
_INSERT = (
    "INSERT INTO events (id, device, time, kind, question_id, revision, seed, answer, data) "
    "VALUES (?, ?, ?, ?, ?, 1, 7, '[\"a\"]', ?)"
)
_DATA = {"phase": "rising", "marks": 1, "max_marks": 1, "misconceptions": [], "hint": False}
_DATA_TEXT = json.dumps(_DATA)
_TIME = "2026-01-01T00:00:00.000000+00:00"


def measure() -> Section:
    """Time appends to new and long journals, and what it takes to open what is derived."""
    section = Section("Journal: one attempt on the disk before its verdict; opening what is known")
    with TemporaryDirectory() as name:
        folder = Path(name)
        connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute(_TABLE)

        def bare() -> None:
            connection.execute("BEGIN IMMEDIATE")
            row = (str(uuid.uuid4()), "device", _TIME, ATTEMPT, "rising.q1", _DATA_TEXT)
            connection.execute(_INSERT, row)
            connection.execute("COMMIT")

        few, many = folder / "few" / "journal.sqlite3", folder / "many" / "journal.sqlite3"
        now = datetime(2026, 1, 1, tzinfo=UTC)
        _fill(few, FEW, now)
        _fill(many, MANY, now)
        rebuilt = [_rebuilding(many)]
        _rebuilding(few)
        opened = interleaved(
            {
                "few": lambda: _opening(few, lambda journal: derive(journal).due(now)),
                "many": lambda: _opening(many, lambda journal: derive(journal).due(now)),
                "few days": lambda: _opening(few, lambda journal: _progress(journal, now)),
                "many days": lambda: _opening(many, lambda journal: _progress(journal, now)),
                "few home": lambda: _opening(few, _home),
                "many home": lambda: _opening(many, _home),
            },
            OPENINGS,
            warm_ups=5,
        )
        with (
            Journal.open(folder / "new.sqlite3") as new,
            Journal.open(few) as shorter,
            Journal.open(many) as longer,
        ):
            kept = interleaved(
                {
                    "bare": timed(bare),
                    "new": timed(lambda: _attempt(new)),
                    "few": timed(lambda: _attempt(shorter)),
                    "many": timed(lambda: _attempt(longer)),
                },
                ROUNDS,
                warm_ups=WARM_UPS,
            )
            answered = interleaved({"answer": lambda: _answering(longer)}, 41)
        connection.close()
    base, twice = kept["bare"], Budget("ratio", 2)
    grows = Budget("ratio", 1.5)
    section.rows = [
        Row("sqlite3 INSERT and COMMIT", base),
        Row("Journal.append, new file", kept["new"], base=base, budget=twice),
        Row(f"Journal.append, {FEW:,} attempts before", kept["few"], base=base, budget=twice),
        Row(f"Journal.append, {MANY:,} attempts before", kept["many"], base=base, budget=twice),
        Row(f"what is known and due, {FEW:,} attempts", opened["few"]),
        Row(
            f"what is known and due, {MANY:,} attempts",
            opened["many"],
            base=opened["few"],
            budget=grows,
        ),
        Row(f"the same with the days of half a year, {FEW:,} attempts", opened["few days"]),
        Row(
            f"the same with the days of half a year, {MANY:,} attempts",
            opened["many days"],
            base=opened["few days"],
            budget=grows,
        ),
        Row(f"progress of the home screen, {FEW:,} attempts", opened["few home"]),
        Row(
            f"progress of the home screen, {MANY:,} attempts",
            opened["many home"],
            base=opened["few home"],
            budget=grows,
        ),
        Row(f"what one more answer changes, {MANY:,} attempts", answered["answer"]),
        Row(f"all of it anew without a cache, {MANY:,} attempts", rebuilt),
    ]
    section.notes = [
        f"{QUESTIONS} questions, forty attempts a day; the cache is read each time.",
    ]
    return section


def _attempt(journal: Journal) -> None:
    journal.append(ATTEMPT, question_id="rising.q1", revision=1, seed=7, answer=["a"], data=_DATA)


def _opening(path: Path, act: Callable[[Journal], object]) -> float:
    """The time that `act` takes on a journal that was opened just now, in ms."""
    with Journal.open(path) as journal:
        began = perf_counter()
        act(journal)
        return (perf_counter() - began) * 1000.0


def _home(journal: Journal) -> None:
    phase_progress(journal)
    last_phase(journal)


def _progress(journal: Journal, now: datetime) -> None:
    derived = derive(journal)
    derived.due(now)
    derived.days(since=now.date() - HEAT_MAP)


def _answering(journal: Journal) -> float:
    """The time to take in one more attempt while a program runs, in ms."""
    derive(journal)
    _attempt(journal)
    began = perf_counter()
    derive(journal)
    return (perf_counter() - began) * 1000.0


def _rebuilding(path: Path) -> float:
    """The time that a direct pass takes, in ms; leaves the cache behind."""
    with Journal.open(path) as journal:
        began = perf_counter()
        Derived().refreshed(journal)
        taken = (perf_counter() - began) * 1000.0
        derive(journal)
    return taken


def _fill(path: Path, count: int, until: datetime) -> None:
    """Fill a journal with attempts, forty a day, up to a time."""
    chance, time = random.Random(7), until - timedelta(days=count / 40 + 1)
    rows: list[tuple[object, ...]] = []

    def keep(kind: str, question_id: str | None, data: dict[str, object]) -> None:
        id_ = str(uuid.UUID(int=chance.getrandbits(128)))
        stamp = time.isoformat(timespec="microseconds")
        rows.append((id_, "device", stamp, kind, question_id, json.dumps(data)))

    for number in range(count):
        time += timedelta(seconds=45) if number % 40 else timedelta(hours=23.5)
        question = chance.randrange(QUESTIONS)
        phase, right = f"phase{question // 30}", chance.random() < 0.75
        shown = [] if right else [f"m{question}.{chance.randrange(3)}"]
        keep(
            ATTEMPT,
            f"{phase}.q{question}",
            _DATA
            | {"phase": phase, "marks": int(right), "misconceptions": shown}
            | {"mode": chance.choice(["lesson", "quiz", "review", "exam"])}
            | {"delayed": chance.random() < 0.3, "certainty": chance.choice([1, 2, 3])}
            | {"seconds": chance.uniform(5, 80)},
        )
        if number % 100 == 50:
            keep(UNDO, None, {"of": rows[-1][0]})
        if number % 4 == 0:
            place = {"phase": phase, "number": number % 30, "count": 30, "questions": 30}
            keep("position", None, place)
    Journal.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    connection.executemany(_INSERT, rows)
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    script(measure)
