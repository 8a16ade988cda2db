"""Exams by a clock that the tests set."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.blueprint import load_blueprint
from tutor.session.exam.drawing import draw_paper
from tutor.session.exam.exam import Exam
from tutor.session.exam.opening import begin_exam
from tutor.session.exam.record import exams_begun

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "course")]


class Clock:
    """A wall clock, and beside it a steady one that goes on as the wall clock is meant to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
        self.steady_s = 0.0

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        passed = timedelta(**time)
        self.now += passed
        self.steady_s += passed.total_seconds()

    def set_by(self, **time: float) -> None:
        """Set the wall clock forward, or back; no time passes."""
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "learner" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(path, clock=clock) as journal:
        yield journal


@pytest.fixture(scope="session")
def bank(files: CourseFolder) -> Bank:
    return Bank(files)


@pytest.fixture
def begin(files: CourseFolder, bank: Bank, journal: Journal, clock: Clock) -> Callable[..., Exam]:
    """Begins an exam of the course, as its steady clock has it."""

    def begin(name: str = "usmle", seed: int = 7, extra: float = 0) -> Exam:
        blueprint = load_blueprint(files, f"exams/{name}.yaml")
        begin_exam(files, journal, bank, draw_paper(bank, name, blueprint, seed), extra)
        return go_on()

    def go_on() -> Exam:
        begun = exams_begun(journal)[-1]
        return Exam(files, journal, bank, begun, lambda: clock.steady_s)

    begin.go_on = go_on  # type: ignore[attr-defined]
    return begin
