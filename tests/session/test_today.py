"""The second line of the course map: what is due, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, SUSPEND
from tutor.journal.store import Journal
from tutor.session.settings import REVIEW_CAP
from tutor.session.today import Today, settle, today_of


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", clock=clock) as journal:
        yield journal


def answered(journal: Journal, name: str, *, phase: str = "rest", **data: object) -> None:
    said = {"phase": phase, "marks": 1, "max_marks": 1, "seconds": 120, **data}
    journal.append(ATTEMPT, question_id=name, revision=1, seed=1, answer=["a"], data=said)


def test_nobody_who_has_answered_nothing_is_told_that_nothing_is_due(
    files: CourseFolder, journal: Journal
) -> None:
    line = today_of(files, journal).line("")
    assert line == "Today: what you answer comes back here for review"


def test_what_was_answered_comes_due_and_takes_as_long_as_it_took(
    files: CourseFolder, kept: Journal, clock: Clock
) -> None:
    answered(kept, "a.q1")
    answered(kept, "a.q2", seconds=300)
    assert today_of(files, kept).unsettled
    settle(kept)
    now = today_of(files, kept)
    assert now == Today(due=0, minutes=1, answered=True, unsettled=False)
    assert now.line("3 days left") == "Today: nothing due, 3 days left"
    clock.time += timedelta(days=20)
    assert today_of(files, kept).line("3 days left") == "Today: 2 due (7 min), 3 days left"


def test_a_question_that_was_just_answered_is_due_no_more(
    files: CourseFolder, kept: Journal, clock: Clock
) -> None:
    for name in ("a.q1", "a.q2"):
        answered(kept, name)
    settle(kept)
    clock.time += timedelta(days=20)
    answered(kept, "a.q1", mode="review")
    assert today_of(files, kept).due == 1
    settle(kept)
    assert today_of(files, kept).due == 1


def test_what_is_suspended_or_of_a_lost_phase_is_not_due(
    files: CourseFolder, kept: Journal, clock: Clock
) -> None:
    answered(kept, "a.q1")
    answered(kept, "a.q2", phase="gone")
    answered(kept, "a.q3")
    kept.append(SUSPEND, question_id="a.q1", data={"on": True})
    settle(kept)
    clock.time += timedelta(days=20)
    assert today_of(files, kept).due == 1


def test_no_more_is_due_than_the_days_cap_leaves(
    files: CourseFolder, kept: Journal, clock: Clock
) -> None:
    kept.set_setting(REVIEW_CAP, 20)
    for number in range(30):
        answered(kept, f"a.q{number}")
    settle(kept)
    clock.time += timedelta(days=20)
    assert today_of(files, kept).due == 20
    for number in range(15):
        answered(kept, f"a.q{number}", mode="review")
    assert today_of(files, kept).due == 5
