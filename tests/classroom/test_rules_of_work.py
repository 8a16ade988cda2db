"""Rules of graded work: whose it is, sections, no way back, and deadlines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from handing import registered
from handouts import ADA, hand_out
from msgspec.structs import replace

from tutor.classroom.assignment import Seat, learner_seed, seat_of
from tutor.classroom.collection.extending import extend
from tutor.classroom.files import FileProblem
from tutor.classroom.handout.deadlines import read_deadline
from tutor.classroom.handout.roster import Enrolled, read_roster
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.handing_in import hand_in
from tutor.classroom.learner.identity import LONGEST_NAME, Who, remember, who_is_it
from tutor.classroom.learner.sitting import Sitting
from tutor.classroom.register.register import open_register
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def begun(files: CourseFolder, journal: Journal, **more: object) -> Sitting:
    one = Assigned(hand_out(files, **more).assignment, journal)
    one.sit_as(Who(ADA))
    work = one.begin()
    assert isinstance(work, Sitting)
    return work


@pytest.fixture
def further_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is two hours ahead of UTC."""
    monkeypatch.setenv("TZ", "EAST-2")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_numbers_follow_from_assignment_learner_and_a_key_that_nobody_can_guess(
    files: CourseFolder,
) -> None:
    one = hand_out(files).assignment
    others = (
        replace(one, variant_key="18" * 16),
        replace(one, id="00000000-0000-4000-8000-000000000009"),
    )
    seeds = {learner_seed(other, who) for other in (one, *others) for who in (ADA, "b22")}
    assert len(seeds) == 6
    assert learner_seed(one, f"  {ADA.upper()} ") == learner_seed(one, ADA)
    assert seat_of(one.salt, ADA.upper()) == seat_of(one.salt, ADA)
    assert len({seat_of(salt, ADA) for salt in (one.salt, "00" * 16)}) == 2


def test_no_id_at_all_is_nobody(learner: Journal) -> None:
    remember(learner, Who("", "Ada"))
    assert who_is_it(learner) is None
    remember(learner, Who(" A \x1b17", "Ada " * 99))
    known = who_is_it(learner)
    assert known is not None
    assert "\x1b" not in known.id
    assert len(known.name) <= LONGEST_NAME


def test_what_was_not_begun_cannot_be_handed_in(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    one = Assigned(hand_out(files).assignment, learner)
    one.sit_as(Who(ADA))
    with pytest.raises(FileProblem, match="begun"):
        hand_in(one, tmp_path)
    assert not [*tmp_path.glob("*.submission")]


def test_every_question_stands_in_one_section_and_once(
    files: CourseFolder, learner: Journal
) -> None:
    ids = hand_out(files).assignment.excerpt.ids
    work = begun(files, learner, sections=(("A", 2), ("B", 1), ("C", len(ids) - 3)))
    assert sorted(work.begun.ids) == sorted(ids)
    assert [set(work.begun.ids[:2]), work.begun.ids[2]] == [set(ids[:2]), ids[2]]
    assert set(work.begun.ids[3:]) == set(ids[3:])


def test_who_left_one_question_has_not_left_the_next(
    files: CourseFolder, learner: Journal
) -> None:
    work = begun(files, learner, skip=False)
    work.leave_open()
    with pytest.raises(ValueError, match="answer this question"):
        work.forward()


@pytest.mark.usefixtures("further_east")
def test_days_are_counted_from_the_day_of_this_machine() -> None:
    # It is Saturday here, and Friday still in UTC.
    assert read_deadline("saturday", NOW).date().isoformat() == "2026-11-28"
    assert read_deadline("sunday", NOW).date().isoformat() == "2026-11-22"


def test_a_bom_before_the_line_that_names_the_separator_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_bytes(b"\xef\xbb\xbfsep=;\r\nid;name\r\ns1;Novak, Ada\r\n")
    assert [(one.id, one.name) for one in read_roster(path, NOW).learners] == [
        ("s1", "Novak, Ada")
    ]


def test_extra_time_can_be_taken_back_and_a_new_name_is_no_other_deadline(
    files: CourseFolder, tmp_path: Path
) -> None:
    given = hand_out(files)
    with open_register(tmp_path / "register.sqlite3") as register:
        key = registered(register, given.assignment, given.in_full, {ADA: Seat(extra=25.0)})
        named = extend(register, key, [Enrolled(ADA, name="Ada")])
        assert (named.given, named.joined, named.unknown) == ({}, 0, ())
        assert len(extend(register, key, [Enrolled(ADA, extra=0.0)]).given) == 1
        assert extend(register, key, [Enrolled(ADA, extra=0.0)]).given == {}
        with register.reading() as connection:
            rows = connection.exec_driver_sql("SELECT name, extra FROM learners").all()
    assert [tuple(row) for row in rows] == [("Ada", 0.0)]
