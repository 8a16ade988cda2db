"""Taking in what a class handed in, 30, 300 and 3,000 submissions of 40 answers, and its report.

    python tests/benchmarks/collect.py [SIZE]...

What is held against it is the least that any collection has to do with the same files: open the
seal, decode, and keep as many rows in SQLite, a transaction for each submission. The rest is
marking. The report is the whole of it, built and written as a page. Every learner's written
answers are their own, so no two of them are alike. TMPDIR chooses the disk.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, NamedTuple

from measuring import ROOT, Budget, Row, Section, script

sys.path.insert(0, str(ROOT / "tests" / "classroom"))

from handing import handed_in, registered, right_answers, submission_of, worked
from handouts import MADE, HandOut, hand_out
from sqlalchemy import select

from tutor.classroom.collection.collecting import Collected, collect
from tutor.classroom.register.register import open_register
from tutor.classroom.register.tables import assignments
from tutor.classroom.report.html import as_html
from tutor.classroom.report.reading import report_of
from tutor.classroom.submission import open_submission
from tutor.course.loader import CourseFolder

SIZES = (30, 300, 3000)
QUESTIONS = 40
#: Of the 40 so many of each kind, of phases whose runs take milliseconds.
KINDS = {"single": 15, "multi": 6, "ordering": 4, "matching": 3, "numeric": 6, "text": 6}
PHASES = ("rest", "threshold", "rising", "peak", "repolarisation")
#: How many times as long each submission may take in the largest class as in the smaller ones.
GROWS = 1.5


def measure(sizes: Sequence[int] = SIZES) -> Section:
    """Collect classes of each size, and one of 300 with four bad files among them."""
    section = Section("Collect: seconds for a class, each with 40 answers")
    files = CourseFolder()
    given = hand_out(files, ids=_ids(files), seats={})
    warm = _each(given, 3)  # Lexicon and modules.
    each_ms: dict[int, float] = {}
    report_ms: dict[int, float] = {}
    for size in sizes:
        began = process_time()
        taken_s, bare_s, again_s, reports = _each(given, size)
        each_ms[size] = 1000.0 * (process_time() - began - reports.processor_s) / size
        report_ms[size] = 1000.0 * reports.processor_s / size
        section.rows += [
            Row(f"{size:,}: open, decode and keep alone", [bare_s], "s"),
            Row(f"{size:,}: collect", [taken_s], "s", base=[bare_s]),
            Row(f"{size:,}: collect again", [again_s], "s", base=[bare_s]),
            Row(f"{size:,}: build the whole report", [reports.built_s], "s", base=[bare_s]),
            Row(f"{size:,}: write it as a page", [reports.page_s], "s", base=[bare_s]),
        ]
    smallest, largest = min(sizes), max(sizes)
    section.rows += [
        # What else the machine does falls on one size more than on another.
        Row(
            f"{what} for one of {largest:,}, of the processor",
            [of_each[largest]],
            base=[of_each[smallest]],
            budget=Budget("ratio", GROWS),
            note=f"against one of {smallest:,}",
        )
        for what, of_each in (("all of collecting", each_ms), ("report and page", report_ms))
    ]
    section.notes = [_accidents(given), f"the first three took {warm[0]:.1f} s, lexicon and all"]
    return section


def _ids(files: CourseFolder) -> list[str]:
    ids: list[str] = []
    for kind, count in KINDS.items():
        of_kind = [
            question.id
            for phase in PHASES
            for question in files.phase(phase).questions
            if question.kind == kind and not question.hides_set_up
        ]
        ids += of_kind[:count]
    assert len(ids) == QUESTIONS, len(ids)
    return ids


class Reports(NamedTuple):
    """Seconds to build a report and to write it as a page, and of the processor for both."""

    built_s: float
    page_s: float
    processor_s: float


def _each(given: HandOut, size: int) -> tuple[float, float, float, Reports]:
    """Seconds to collect a new class, for the bare work, to collect it again, and to report."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _hand_in(given, size, folder / "in")
        with open_register(folder / "register.sqlite3") as register:
            registered(register, given.assignment, given.in_full, {})
        taken_s, collected = _collecting(given, folder)
        assert collected.results[0].new == size
        bare_s = _bare(given, folder)
        again_s, again = _collecting(given, folder)
        assert (again.results[0].found, again.results[0].new) == (size, 0)
        reports = _reporting(given, folder, size)
    return taken_s, bare_s, again_s, reports


def _reporting(given: HandOut, folder: Path, size: int) -> Reports:
    with open_register(folder / "register.sqlite3") as register, register.reading() as connection:
        key = connection.execute(select(assignments.c.key)).scalar_one()
        began, processor_began = perf_counter(), process_time()
        report = report_of(connection, key, given.assignment.due_at)
        built = perf_counter()
        page = as_html(report)
        done = Reports(built - began, perf_counter() - built, process_time() - processor_began)
    assert report.n == size
    assert page
    return done


def _collecting(given: HandOut, folder: Path) -> tuple[float, Collected]:
    now = given.assignment.due_at
    with open_register(folder / "register.sqlite3") as register:
        began = perf_counter()
        collected = collect(register, [folder / "in"], [given.key], clock=lambda: now)
        return perf_counter() - began, collected


def _bare(given: HandOut, folder: Path) -> float:
    """Seconds to open and decode the same files, and keep as many rows of the same size."""
    with sqlite3.connect(folder / "register.sqlite3") as source:
        count = source.execute("SELECT count(*) FROM attempts").fetchone()[0]
        attempts = source.execute("SELECT * FROM attempts LIMIT 40").fetchall()
        points = source.execute(
            "SELECT p.* FROM points p JOIN attempts a ON a.key = p.attempt "
            "WHERE a.submission = (SELECT min(key) FROM submissions)"
        ).fetchall()
    target = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    target.execute("PRAGMA journal_mode=wal")
    target.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"c{number}" for number in range(len(attempts[0]) - 1))
    target.execute(f"CREATE TABLE attempts (key INTEGER PRIMARY KEY, {columns})")
    target.execute("CREATE TABLE points (attempt, point, state, marks, evidence)")
    target.execute("CREATE TABLE submissions (digest TEXT UNIQUE, packed BLOB)")
    marks = ", ".join("?" * (len(attempts[0]) - 1))
    began = perf_counter()
    for path in sorted((folder / "in").iterdir()):
        opened = open_submission(path.read_bytes(), [given.key])
        target.execute("BEGIN IMMEDIATE")
        target.execute("INSERT INTO submissions VALUES (?, ?)", (opened.digest, opened.packed))
        target.executemany(
            f"INSERT INTO attempts VALUES (NULL, {marks})", [row[1:] for row in attempts]
        )
        target.executemany("INSERT INTO points VALUES (?, ?, ?, ?, ?)", points)
        target.execute("COMMIT")
    taken = perf_counter() - began
    assert target.execute("SELECT count(*) FROM attempts").fetchone()[0] == count
    target.close()
    return taken


def _hand_in(given: HandOut, size: int, folder: Path) -> None:
    chance = random.Random(size)
    for number in range(size):
        who = f"learner{number:05}"
        answers = right_answers(given.assignment, given.in_full, who)
        _answer_otherwise(given, answers, chance)
        events = worked(given.assignment, who, answers, MADE + timedelta(days=1))
        handed_in(folder, submission_of(given.assignment, who, events), given.assignment)


def _answer_otherwise(given: HandOut, answers: dict[str, Any], chance: random.Random) -> None:
    """Wrong choices for some, and words of their own for everyone."""
    for phase in given.in_full.phases:
        for question in phase.questions:
            if question.kind == "text":
                words = str(answers[question.id]).split()
                kept = sorted(chance.sample(range(len(words)), len(words) * 2 // 3))
                answers[question.id] = " ".join(words[place] for place in kept)
            elif question.kind == "single" and chance.random() < 0.4:
                answers[question.id] = [chance.choice(getattr(question, "options", ())).id]


def _accidents(given: HandOut) -> str:
    """What becomes of 300 files of which four are bad."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _hand_in(given, 300, folder / "in")
        corrupt, tampered, foreign, truncated = sorted((folder / "in").iterdir())[:200:50]
        data = bytearray(corrupt.read_bytes())
        data[150:170] = bytes(range(128, 148))
        corrupt.write_bytes(bytes(data))
        data = bytearray(tampered.read_bytes())
        data[-200] = ord("A") if data[-200] != ord("A") else ord("B")
        tampered.write_bytes(bytes(data))
        other = hand_out(CourseFolder(), ids=given.assignment.excerpt.ids[:1], number=2)
        events = worked(other.assignment, "learner", {}, MADE)
        submission = submission_of(other.assignment, "learner", events)
        handed_in(folder / "in", submission, other.assignment, name=foreign.name)
        truncated.write_bytes(truncated.read_bytes()[:1500])
        with open_register(folder / "register.sqlite3") as register:
            registered(register, given.assignment, given.in_full, {})
        _, collected = _collecting(given, folder)
        named = {Path(one.file).name for one in collected.set_aside}
        assert named == {one.name for one in (corrupt, tampered, foreign, truncated)}, named
        assert (collected.results[0].found, collected.results[0].new) == (296, 296)
    return f"of 300 with four bad files: {collected.results[0].found} in, {len(named)} named"


if __name__ == "__main__":
    chosen = tuple(int(size) for size in sys.argv[1:]) or SIZES
    script(lambda: measure(chosen))
