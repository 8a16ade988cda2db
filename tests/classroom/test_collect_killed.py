"""A collection that is killed at any moment and run again comes to the same register."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

from tutor.classroom.collection.collecting import collect
from tutor.classroom.register.register import Register, open_register
from tutor.course.loader import CourseFolder

sys.path.insert(0, str(Path(__file__).parent))

from classes import Class, dump
from handing import handed_in, machine, submission_of, worked
from handouts import MADE, HandOut, hand_out

COUNT = 25
#: Says that it begins, then collects what lies in a folder. Killed somewhere on the way.
COLLECTS = """
import sys
from datetime import datetime
from pathlib import Path
from nacl.public import PrivateKey
from tutor.classroom.collection.collecting import collect
from tutor.classroom.register.register import Register, open_register

where, folder, key, now = sys.argv[1:]
with open_register(where) as register:
    print("begins", flush=True)
    clock = lambda: datetime.fromisoformat(now)
    collect(register, [Path(folder)], [PrivateKey(bytes.fromhex(key))], clock=clock)
"""


def collecting(where: str, given: HandOut, folder: Path) -> subprocess.Popen[str]:
    now = given.assignment.due_at + timedelta(hours=1)
    arguments = [where, str(folder), bytes(given.key).hex(), now.isoformat()]
    process = subprocess.Popen(
        [sys.executable, "-c", COLLECTS, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def a_class(where: str, given: HandOut, folder: Path) -> None:
    with open_register(where) as register:
        room = Class(register, given, folder)
    first = next(iter(room.right("l0")))
    for number in range(COUNT):
        who = f"l{number}"
        for copy in range(1 + number % 2):
            answers: dict[str, Any] = (
                {**room.right(who), first: ["?"]} if copy else room.right(who)
            )
            events = worked(given.assignment, who, answers, MADE + timedelta(days=1 + copy))
            done = submission_of(given.assignment, who, events, number=copy + 1)
            key = machine("shared" if number % 5 == 0 else f"{number}{copy}")
            handed_in(folder, done, given.assignment, key=key)
    (folder / "torn.submission").write_bytes(b'{"format": "action-potential-tutor-submission"')


def everything(where: str) -> dict[str, Any]:
    with open_register(where) as register:
        return dump(register)


def test_killed_and_run_again_it_comes_to_the_same(
    where: str, files: CourseFolder, tmp_path: Path
) -> None:
    kinds = ("single", "multi", "ordering", "matching", "text")
    ids = [next(q.id for q in files.phase("rest").questions if q.kind == kind) for kind in kinds]
    given = hand_out(files, ids=ids, seats={})
    folder = tmp_path / "in"
    a_class(where, given, folder)
    whole = str(tmp_path / "whole.sqlite3")
    with open_register(whole) as register:
        Class(register, given, folder).collect()
    expected = everything(whole)
    assert len(expected["submissions"]) == COUNT + COUNT // 2

    total = len(expected["submissions"])
    for kept in sorted(random.Random().sample(range(1, total - 2), 2)):
        process = collecting(where, given, folder)
        with open_register(where) as register:
            while process.poll() is None and _count(register) < kept:
                sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        with open_register(where) as register, register.reading() as connection:
            half = connection.exec_driver_sql(
                "SELECT count(*) FROM submissions s WHERE s.state = 'counts' AND s.marks IS NULL "
                "OR (s.state = 'counts' AND (SELECT count(*) FROM attempts a "
                f"WHERE a.submission = s.key) <> {len(ids)})"
            ).scalar()
            assert half == 0
        assert kept <= len(everything(where)["submissions"]) < total
    with open_register(where) as register:
        now = given.assignment.due_at + timedelta(hours=1)
        collect(register, [folder], [given.key], clock=lambda: now)
    assert everything(where) == expected


def _count(register: Register) -> int:
    with register.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM submissions").scalar() or 0)
