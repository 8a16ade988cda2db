"""Collecting once more, and several assignments in one register, leave alone what is there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from classes import DAY, IN_A_FILE, Class, notes
from handing import handed_in, submission_of
from handouts import ADA, BOB, MADE, hand_out
from msgspec.structs import replace
from nacl.public import PrivateKey
from sqlalchemy import select, update

from tutor.classroom.collection.collecting import collect
from tutor.classroom.collection.extending import extend
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.register.listing import files_set_aside, overview
from tutor.classroom.register.naming import find_assignment, newest_assignment
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import snapshot_of
from tutor.classroom.register.tables import attempts, learners, questions, set_aside
from tutor.classroom.submission import receipt_of
from tutor.course.loader import CourseFolder

pytestmark = IN_A_FILE


def aside(register: Register) -> set[str]:
    with register.reading() as connection:
        return {Path(name).name for name in connection.scalars(select(set_aside.c.file))}


def test_what_is_there_already_is_not_marked_again(room: Class) -> None:
    room.hands_in(ADA)
    room.collect()
    with room.register.writing() as connection:
        connection.execute(update(attempts).values(feedback="as it was"))
    room.hands_in(BOB)
    room.collect()
    assert {row.feedback for row in room.attempts(ADA).values()} == {"as it was"}
    assert "as it was" not in {row.feedback for row in room.attempts(BOB).values()}


def test_what_was_set_aside_is_told_until_it_is_gone_or_good(room: Class, tmp_path: Path) -> None:
    def bad(path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b'{"format": "action-potential-tutor-submission" %s' % path.name.encode())

    room.hands_in(ADA)
    bad(room.folder / "first")
    bad(room.folder / "bob")
    bad(tmp_path / "elsewhere" / "third")
    room.collect()
    collect(room.register, [tmp_path / "elsewhere"], [room.given.key])
    room.collect()
    assert aside(room.register) == {"first", "bob", "third"}
    (room.folder / "first").unlink()
    bad(room.folder / "second")
    room.hands_in(BOB, name="bob")
    room.collect()
    assert aside(room.register) == {"second", "third"}
    # What was done with the file elsewhere shows where that is gone through.
    (tmp_path / "elsewhere" / "third").unlink()
    collect(room.register, [tmp_path / "elsewhere"], [room.given.key])
    assert aside(room.register) == {"second"}


def test_what_was_set_aside_first_came_when_it_was_seen_first(room: Class) -> None:
    room.hands_in(ADA)
    seen = room.assignment.due_at - DAY
    other = PrivateKey.generate()
    assert collect(room.register, [room.folder], [other], clock=lambda: seen).set_aside
    room.collect(room.assignment.due_at + DAY)
    assert room.stands(ADA).collected_at == seen


def test_what_was_set_aside_stands_with_its_assignment_alone(
    room: Class, files: CourseFolder, tmp_path: Path
) -> None:
    other = Class(room.register, hand_out(files, number=2), tmp_path / "other")
    stranger = submission_of(room.assignment, "eve", [])
    handed_in(room.folder, stranger, room.assignment)
    (room.folder / "torn").write_bytes(b'{"format": "action-potential-tutor-submission"')
    room.collect()
    with room.register.reading() as connection:
        of = [
            {Path(name).name for name, _ in files_set_aside(connection, key)}
            for key in (room.key, other.key)
        ]
    assert of == [{"eve-1.submission", "torn"}, {"torn"}]


def test_marks_stand_with_the_questions_of_their_own_assignment(
    room: Class, files: CourseFolder, tmp_path: Path
) -> None:
    other = Class(room.register, hand_out(files, number=2), tmp_path / "other")
    for one in (room, other):
        one.hands_in(ADA)
        one.collect()
    with room.register.reading() as connection:
        found = connection.execute(
            select(attempts.c.assignment, questions.c.assignment.label("of")).join(
                questions, questions.c.key == attempts.c.question
            )
        ).all()
    assert {row.assignment for row in found} == {room.key, other.key}
    assert all(row.assignment == row.of for row in found)


def test_what_is_due_first_stands_first_in_the_list(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    first = hand_out(files).assignment
    for number, days in ((1, 3), (2, 1), (3, 2)):
        due = {"due_at": first.due_at.replace(day=days), "title": f"Due {days}"}
        Class(register, hand_out(files, number=number, **due), tmp_path)
    assert [one.title for one in overview(register)] == ["Due 1", "Due 2", "Due 3"]


def test_a_whole_title_goes_before_one_that_begins_so_and_that_before_any_that_holds_it(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    titles = ("Rest again", "Rest", "Arrest", "Reagents", "Thread")
    keys = []
    for number, title in enumerate(titles, 1):
        keys.append(Class(register, hand_out(files, number=number, title=title), tmp_path).key)
        with register.reading() as connection, pytest.raises(ValueError, match="Rest again"):
            find_assignment(connection, " ")  # Not even where there is only one.
    with register.reading() as connection:
        found = {
            part: find_assignment(connection, part) for part in ("REST", "rea", "again", "arr")
        }
        assert found == {"REST": keys[1], "rea": keys[3], "again": keys[0], "arr": keys[2]}
        with pytest.raises(ValueError, match="Arrest") as several:
            find_assignment(connection, "es")
    assert "Reagents" not in str(several.value)


def test_the_newest_is_the_one_that_was_made_last_and_its_questions_stand_in_order(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    given = [
        hand_out(files, number=number, made_at=MADE + days * DAY)
        for number, days in ((1, 0), (2, 2), (3, 1))
    ]
    mixed = given[1].assignment.excerpt.ids[::-1]
    given[1].in_full = replace(given[1].in_full, ids=mixed)
    keys = [Class(register, one, tmp_path).key for one in given]
    with register.reading() as connection:
        assert newest_assignment(connection) == keys[1]
        assert tuple(snapshot_of(connection, keys[1]).rows) == mixed


def test_who_handed_in_first_and_joined_later_is_on_the_list_from_then_on(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    room = Class(register, hand_out(files, seats={}), tmp_path / "in")
    room.hands_in(ADA)
    room.collect()
    for joining in (False, True):
        extend(register, room.key, [Enrolled(ADA)], joining=joining)
        with register.reading() as connection:
            assert connection.scalars(select(learners.c.enrolled)).all() == [joining]


def test_who_has_longer_than_the_first_collection_is_in_time_after_it(room: Class) -> None:
    longer = room.assignment.due_at + 5 * DAY
    extend(room.register, room.key, [Enrolled(BOB, due_at=longer)])
    room.hands_in(ADA)
    room.collect()
    room.hands_in(BOB, longer - DAY)
    assert notes(room.collect(longer + DAY)) == {}
    assert not room.stands(BOB).late


def test_notes_are_told_of_what_counts_alone(room: Class) -> None:
    room.hands_in(ADA, MADE - DAY, number=1)
    room.hands_in(ADA, MADE + DAY, number=2)
    assert notes(room.collect()) == {}


def test_a_deadline_is_the_same_moment_whatever_zone_it_was_given_in(room: Class) -> None:
    due_at = datetime(2027, 1, 5, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    extend(room.register, room.key, [Enrolled(ADA, due_at=due_at)])
    with room.register.reading() as connection:
        (kept,) = connection.scalars(select(learners.c.due_at).where(learners.c.id == ADA))
    assert (kept, kept.utcoffset()) == (due_at, timedelta())


def test_a_receipt_is_a_code_that_can_be_read_aloud(room: Class) -> None:
    room.hands_in(ADA)
    room.collect()
    receipt = room.stands(ADA).receipt
    assert re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){2}", receipt)
    assert receipt == receipt_of(room.stands(ADA).digest)


def test_progress_is_told_while_many_files_are_gone_through(room: Class) -> None:
    room.folder.mkdir()
    for number in range(251):
        (room.folder / f"{number}.pdf").write_bytes(b"%PDF")
    told: list[int] = []
    collect(room.register, [room.folder], [room.given.key], progress=told.append)
    assert told == [250, 251]
