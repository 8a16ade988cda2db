"""Reports of a Moodle quiz that come one after the other: which counts, and when it was done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from classes import IN_A_FILE, Class
from handouts import ADA, BOB, MADE
from moodle_quiz import AT, Quiz, taken, written

from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.moodle_times import read_moment
from tutor.classroom.submission import MOODLE

#: Later than the other, each before the report is taken in.
FIRST, SECOND = "20 November 2026  3:00 PM", "21 November 2026  9:30 AM"
UNREADABLE = "poniedziałek"


@pytest.fixture(autouse=True)
def in_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def answers(quiz: Quiz, *, wrong: bool) -> list[str]:
    return [quiz.right(one, wrong=wrong) for one in quiz.questions]


def report(quiz: Quiz, path: Path, *attempts: tuple[str, bool]) -> Path:
    """A report of attempts of one learner: when each was completed, and whether it is wrong."""
    lines = [
        line
        for completed, wrong in attempts
        for line in quiz.responses({ADA: answers(quiz, wrong=wrong)}, Completed=completed)
    ]
    return written(path, lines)


def has_all(room: Class) -> bool:
    stands = room.stands(ADA)
    return bool(stands.marks == stands.max_marks)


@pytest.mark.parametrize("times", [(FIRST, SECOND), (UNREADABLE, f"{UNREADABLE} 2"), ("", "")])
def test_a_later_attempt_takes_the_place_of_an_earlier_one(
    room: Class, quiz: Quiz, tmp_path: Path, times: tuple[str, str]
) -> None:
    first = report(quiz, tmp_path / "1.csv", (times[0], True))
    second = report(quiz, tmp_path / "2.csv", (times[1], False))
    taken(room, first)
    assert not has_all(room)
    taken(room, second)
    assert has_all(room)
    before = room.stands(ADA), room.states()
    assert before[1] == [(1, "replaced"), (2, "counts")]
    # Neither the same nor an older report changes anything.
    taken(room, second)
    taken(room, first)
    remark(room.register, room.key)
    assert has_all(room)
    assert (room.stands(ADA).key, room.states()) == (before[0].key, before[1])


@IN_A_FILE
def test_a_fuller_report_of_the_same_attempt_counts(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    lines = quiz.responses({ADA: answers(quiz, wrong=False)}, texts=False)
    taken(room, written(tmp_path / "1.csv", lines))
    assert room.stands(ADA).answered == 4
    lines = quiz.responses({ADA: answers(quiz, wrong=False)})
    taken(room, written(tmp_path / "2.csv", lines))
    assert room.stands(ADA).answered == 6


@IN_A_FILE
def test_a_third_attempt_with_the_answers_of_the_first_counts(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    third = "21 November 2026  10:00 AM"
    for number, attempt in enumerate([(FIRST, False), (SECOND, True), (third, False)]):
        taken(room, report(quiz, tmp_path / f"{number}.csv", attempt))
    assert has_all(room)
    assert room.stands(ADA).number == 3


@IN_A_FILE
@pytest.mark.parametrize("newest_last", [True, False])
def test_of_two_attempts_in_a_report_the_one_that_was_completed_last_counts(
    room: Class, quiz: Quiz, tmp_path: Path, newest_last: bool
) -> None:
    attempts = [(FIRST, True), (SECOND, False)]
    found = taken(room, report(quiz, tmp_path / "r.csv", *attempts[:: 1 if newest_last else -1]))
    assert found.taken == 1
    assert has_all(room)


@IN_A_FILE
def test_own_work_takes_the_place_of_every_attempt_in_moodle(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    for number, when in enumerate((FIRST, SECOND)):
        taken(room, report(quiz, tmp_path / f"{number}.csv", (when, number == 0)))
    room.hands_in(ADA, MADE + timedelta(minutes=5))
    room.collect()
    assert room.stands(ADA).device != MOODLE
    assert room.stands(ADA).handed_at < datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@IN_A_FILE
def test_who_only_used_moodle_has_no_notes(room: Class, quiz: Quiz, tmp_path: Path) -> None:
    # Before the assignment was made, and after a collection that closed it.
    taken(room, report(quiz, tmp_path / "1.csv", ("19 November 2026  3:00 PM", True)))
    assert room.stands(ADA).notes == ""
    closed = room.assignment.due_at + timedelta(hours=1)
    room.hands_in(BOB)
    room.collect(closed)
    taken(room, report(quiz, tmp_path / "2.csv", (SECOND, False)), closed + timedelta(hours=1))
    remark(room.register, room.key)
    assert has_all(room)
    assert room.stands(ADA).notes == ""


@IN_A_FILE
@pytest.mark.parametrize(
    ("completed", "at"),
    [
        (FIRST, datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
        (UNREADABLE, AT),
        # The site is in another zone, and its clock ahead.
        ("25 November 2026  3:00 PM", AT),
    ],
)
def test_it_was_handed_in_when_the_quiz_was_completed_or_else_when_it_was_taken_in(
    room: Class, quiz: Quiz, tmp_path: Path, completed: str, at: datetime
) -> None:
    taken(room, report(quiz, tmp_path / "r.csv", (completed, False)))
    stands = room.stands(ADA)
    assert (stands.handed_at, stands.late, stands.share) == (at, False, 1.0)


@IN_A_FILE
def test_the_time_is_found_where_grades_were_not_exported(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    (line,) = quiz.responses({ADA: answers(quiz, wrong=False)}, Completed=FIRST)
    del line["Grade/10.00"]
    taken(room, written(tmp_path / "r.csv", [line]))
    assert room.stands(ADA).handed_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@IN_A_FILE
def test_an_attempt_after_the_deadline_keeps_its_marks_as_moodle_has_a_deadline_of_its_own(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    past = room.assignment.due_at + timedelta(days=20)
    path = report(quiz, tmp_path / "r.csv", (f"{past:%d} December 2026  {past:%H:%M}", False))
    assert past.month == 12
    taken(room, path, past + timedelta(days=1))
    stands = room.stands(ADA)
    assert (stands.handed_at, stands.late, stands.share) == (past, False, 1.0)
    assert has_all(room)


@pytest.mark.parametrize(
    "text",
    [
        "20 November 2026  3:05 PM",
        "November 20  2026  3:05 PM",
        "20. November 2026  15:05",
        "20 novembre 2026  15:05",
        "20 de noviembre de 2026  15:05",
        "20 de novembro de 2026  15:05",
        "20 november 2026  15:05:00",
        "20 listopada 2026  15:05",
        "2026-11-20 15:05",
    ],
)
def test_moments_are_read_in_the_languages_of_moodle(text: str) -> None:
    assert read_moment(text) == datetime(2026, 11, 20, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", UNREADABLE, "40 mins", "31 November 2026 10:00", "20 November 2026"),
        *("20 November 0001 10:00", "20 November 9999 10:00", "20/11/2026 10:00"),
        *("20 November 2026 25:00", "٢٠ November 2026 10:00", "9" * 5000),
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None


def test_every_month_is_told_from_the_others() -> None:
    months = (
        "January Januar janvier enero gennaio janeiro januari stycznia",
        "February Februar février febrero febbraio fevereiro februari lutego",
        "March März mars marzo marzo março maart marca",
        "April April avril abril aprile abril april kwietnia",
        "May Mai mai mayo maggio maio mei maja",
        "June Juni juin junio giugno junho juni czerwca",
        "July Juli juillet julio luglio julho juli lipca",
        "August August août agosto agosto agosto augustus sierpnia",
        "September September septembre septiembre settembre setembro september września",
        "October Oktober octobre octubre ottobre outubro oktober października",
        "November November novembre noviembre novembre novembro november listopada",
        "December Dezember décembre diciembre dicembre dezembro december grudnia",
    )
    for number, names in enumerate(months, 1):
        for name in names.split():
            found = read_moment(f"7 {name} 2026  10:00")
            assert found is not None, name
            assert found.month == number, name
