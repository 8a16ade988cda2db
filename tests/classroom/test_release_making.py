"""Releasing: after everyone's deadline, one file for the class with all that was left out."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from classes import DAY, Class
from click.testing import CliRunner
from handouts import ADA, BOB, MADE, hand_out
from sqlalchemy import select, update

from tutor.classroom.assignment import read_release, seat_of
from tutor.classroom.collection.choosing import Choice, choose
from tutor.classroom.genuine import is_genuine
from tutor.classroom.handout.releasing import NotReleased, Released, TooEarly, release
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import assignments, learners
from tutor.cli.commands import tutor
from tutor.course.loader import CourseFolder
from tutor.session.exam.report import Given

AFTER = MADE + 20 * DAY


def released(
    room: Class, path: Path | None, at: datetime = AFTER, *, early: bool = False
) -> Released:
    return release(room.register, room.key, path, at, early)


def released_at(room: Class) -> Any:
    with room.register.reading() as connection:
        return connection.scalar(select(assignments.c.released_at))


def test_the_file_unlocks_the_questions_that_were_handed_out(room: Class, tmp_path: Path) -> None:
    path = tmp_path / "a.release"
    found = released(room, path)
    assert (found.still_open, found.released_at) == (0, AFTER)
    read = read_release(path)
    assert read.assignment == room.assignment.id
    assert read.released_at == AFTER == released_at(room)
    assert read.excerpt == room.given.in_full
    assert is_genuine(read, room.assignment)


def test_before_the_deadline_it_takes_a_word(room: Class, tmp_path: Path) -> None:
    path = tmp_path / "a.release"
    with pytest.raises(TooEarly, match=r"is due .*, and keys are for after that$"):
        released(room, path, MADE + DAY)
    assert not path.exists()
    assert released_at(room) is None
    assert released(room, path, MADE + DAY, early=True).still_open == 2
    assert path.exists()


def test_who_has_longer_is_named_and_waited_for(room: Class, tmp_path: Path) -> None:
    with room.register.writing() as connection:
        connection.execute(update(learners).where(learners.c.id == BOB).values(due_at=AFTER + DAY))
    room.hands_in(ADA)
    room.hands_in(BOB)
    room.collect()
    path = tmp_path / "a.release"
    with pytest.raises(TooEarly) as refused:
        released(room, path)
    assert f"{BOB} (until " in str(refused.value)
    assert ", has handed in)" in str(refused.value)
    assert ADA not in str(refused.value)
    assert released(room, path, early=True).still_open == 1
    assert released(room, path, AFTER + 2 * DAY).still_open == 0


def test_once_more_writes_the_same_file_and_keeps_the_first_moment(
    room: Class, tmp_path: Path
) -> None:
    path = tmp_path / "a.release"
    released(room, path)
    before = path.read_bytes()
    assert released(room, path, AFTER + DAY).released_at == AFTER
    assert path.read_bytes() == before


def test_marks_that_were_given_and_what_late_work_keeps_go_out_by_hash(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    out = hand_out(files, late="reduce", late_percent=10.0)
    room = Class(register, out, tmp_path / "in")
    room.hands_in(ADA)
    room.hands_in(BOB, out.assignment.due_at + DAY / 2)
    room.collect(AFTER)
    question = out.assignment.excerpt.ids[0]
    path = tmp_path / "a.release"
    released(room, path)
    seat = {one: seat_of(out.assignment.salt, one) for one in (ADA, BOB)}
    assert read_release(path).given == {seat[BOB]: Given(share=0.9)}
    choose(register, room.key, Choice(ADA, question, 0.5), "Dr Katz", "a slip of the pen")
    released(room, path)
    assert read_release(path).given == {
        seat[ADA]: Given({question: 0.5}),
        seat[BOB]: Given(share=0.9),
    }
    told = path.read_text()
    assert not [one for one in ("Dr Katz", "a slip", f'"{ADA}"') if one in told]


def test_no_other_file_is_written_over(room: Class, tmp_path: Path) -> None:
    path = tmp_path / "a.release"
    path.write_text("a letter")
    with pytest.raises(NotReleased, match="is there already, and is another file"):
        released(room, path)
    assert path.read_text() == "a letter"
    assert released_at(room) is None


def test_what_cannot_be_written_was_not_released(room: Class, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        released(room, tmp_path / "nowhere" / "a.release")
    assert released_at(room) is None


def test_practice_has_nothing_to_release(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    room = Class(register, hand_out(files, feedback="at-once"), tmp_path / "in")
    with pytest.raises(NotReleased, match="its file carries keys and feedback"):
        released(room, tmp_path / "a.release")


def test_the_command_says_what_learners_do_with_it(
    room: Class, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with room.register.writing() as connection:
        connection.execute(update(assignments).values(due_at=MADE - 4000 * DAY))
    done = CliRunner().invoke(tutor, ["release", "rest", "--register", where])
    assert done.exit_code == 0, done.output
    assert "Learners open it with: tutor open rest-week-3.release" in done.output
    assert read_release(tmp_path / "rest-week-3.release").assignment == room.assignment.id
    unknown = CliRunner().invoke(tutor, ["release", "peak", "--register", where])
    assert unknown.exit_code == 2
    assert "there is no assignment 'peak'" in unknown.output
