"""Assignments of a register are renamed and deleted, with all that belongs to them or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from classes import Class
from commands import tutor
from handouts import ADA, BOB, hand_out
from nacl.public import PrivateKey
from rows import NOW
from sqlalchemy import func, insert, select, text
from terminal_driver import Terminal

from tutor.classroom.collection.choosing import Choice, choose
from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.intake import Intake
from tutor.classroom.register.housekeeping import Held, held, remove, rename
from tutor.classroom.register.place import FILE_NAME
from tutor.classroom.register.register import Register, RegisterError, open_register
from tutor.classroom.register.snapshot import snapshot_of
from tutor.classroom.register.tables import (
    choices,
    learners,
    set_aside,
    state,
    submissions,
    tables,
)
from tutor.course.loader import CourseFolder

TEXT = "rest.q8"


def in_class(files: CourseFolder, register: Register, folder: Path, number: int) -> Class:
    """A class of two who handed in, one of them with other marks, and a file set aside."""
    out = hand_out(files, ids=[TEXT, "rest.q9"], number=number, title=f"Week {number}")
    room = Class(register, out, folder / str(number))
    for learner in (ADA, BOB):
        room.hands_in(learner)
    room.hands_in(BOB, number=2, name="again")
    (room.folder / "bad.submission").write_bytes(f"{number}".encode())
    room.collect()
    choose(register, room.key, Choice(BOB, TEXT, 1.0), "Dr Katz", "said otherwise")
    of_it = {"who": "Dr Katz", "why": "why", "made_at": NOW}
    with register.writing() as connection:
        own = submissions.c.assignment == room.key
        stands = connection.execute(select(submissions).where(own)).all()[0]
        chosen = {"learner": stands.learner, "submission": stands.key, "newest": stands.key}
        connection.execute(insert(choices).values(**chosen, **of_it))
        aside = {"assignment": room.key, "file": "f", "digest": f"d{number}", "reason": "r"}
        connection.execute(insert(set_aside).values(**aside, seen_at=NOW))
    return room


def rows(register: Register) -> dict[str, int]:
    with register.reading() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.tables.items()
            if table is not state
        }


def test_an_assignment_goes_with_all_that_it_has_and_the_others_stay(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    first = in_class(files, register, tmp_path, 1)
    alone = rows(register)
    second = in_class(files, register, tmp_path, 2)
    # So that a table that is new one day is not forgotten.
    assert {name for name, count in rows(register).items() if not count} == {"shown"}
    with register.reading() as connection:
        assert held(connection, second.key) == Held(second.assignment.id, "Week 2", 3, 1)
    remove(register, second.key)
    left = rows(register)
    # A file that is no submission is of no assignment, and stays.
    assert left.pop("set_aside") == alone.pop("set_aside") + 1
    assert left == alone
    assert first.stands(BOB).state == "counts"
    remove(register, first.key)
    assert {name for name, count in rows(register).items() if count} == {"set_aside"}


def test_it_goes_as_a_whole_or_not_at_all(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    room = in_class(files, register, tmp_path, 1)
    before = rows(register)
    with register.writing() as connection:
        connection.execute(
            text("CREATE TABLE later (assignment INTEGER REFERENCES assignments (key))")
            if not register.is_shared
            else text("CREATE TABLE later (assignment BIGINT REFERENCES assignments (key))")
        )
        connection.execute(text("INSERT INTO later VALUES (:key)"), {"key": room.key})
    with pytest.raises(RegisterError, match="try again"):
        remove(register, room.key)
    assert rows(register) == before


def test_what_is_taken_in_for_an_assignment_that_was_deleted_is_told_in_a_sentence(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    room = in_class(files, register, tmp_path, 1)
    remove(register, room.key)
    with pytest.raises(RegisterError, match="who deleted an assignment"), register.writing() as c:
        c.execute(insert(learners).values(assignment=room.key, learner="x", id="x"))


def test_a_new_title_stands_in_the_register_and_marking_goes_on(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    room = in_class(files, register, tmp_path, 1)
    rename(register, room.key, "Rest, again")
    with register.reading() as connection:
        assert snapshot_of(connection, room.key).title == "Rest, again"
    assert remark(register, room.key).learners == 2
    assert room.collect().results[0].title == "Rest, again"


# The commands.


@pytest.fixture
def data(
    files: CourseFolder, own_data_folder: Path, tutor_key: PrivateKey, tmp_path: Path
) -> Path:
    """The data folder of a tutor with a class."""
    with open_register(own_data_folder / FILE_NAME) as register:
        in_class(files, register, tmp_path, 1)
    return own_data_folder


def run(*arguments: str, code: int = 0) -> str:
    done = tutor("register", *arguments)
    assert done.returncode == code, done.stderr
    return " ".join((done.stdout + done.stderr).split())


def test_the_commands_rename_and_delete_by_title(data: Path) -> None:
    assert "Week 1 is called Rest, again now" in run("rename", "week 1", "Rest,\n again")
    assert "give it a title" in run("rename", "rest", "  ", code=2)
    assert "there is no assignment 'week 1'" in run("delete", "week 1", code=2)
    goes = "With Rest, again go 3 submissions and 1 mark that was given by a tutor, for good."
    told = run("delete", "rest", code=2)
    assert goes in told
    assert "--yes deletes it without" in told
    assert "Rest, again" in run("list")
    assert f"{goes} Rest, again is deleted." in run("delete", "rest", "--yes")
    assert "Nothing has been assigned yet." in run("list")


@pytest.mark.parametrize(("typed", "code", "left"), [("week", 2, 1), ("week 1", 0, 0)])
def test_deleting_asks_for_the_title(data: Path, typed: str, code: int, left: int) -> None:
    with Terminal(data, "register", "delete", "week") as terminal:
        terminal.until("Type its title")
        terminal.send(f"{typed}\n")
        assert terminal.end() == code
    with open_register(data / FILE_NAME) as register:
        assert rows(register)["assignments"] == left


def test_who_marks_again_what_another_deletes_meanwhile_is_told(
    register: Register, files: CourseFolder, tmp_path: Path, where: str
) -> None:
    room = in_class(files, register, tmp_path, 1)
    with register.reading() as connection:
        snapshot = snapshot_of(connection, room.key)
        listed = connection.scalars(select(learners.c.key)).all()
    again = Intake(register, snapshot)
    with open_register(where) as other:
        remove(other, room.key)
    for act in (lambda: again.settle(listed), lambda: remark(register, room.key)):
        with pytest.raises(RegisterError, match="changed by someone else at the same moment"):
            act()


def test_a_title_that_another_assignment_has_is_told_with_the_id(
    data: Path, files: CourseFolder, tmp_path: Path
) -> None:
    """The ids that the tests give begin alike; that of this one does not."""
    other = "feedbeef-0000-4000-8000-000000000002"
    with open_register(data / FILE_NAME) as register:
        Class(register, hand_out(files, ids=[TEXT], id=other, title="Week 2"), tmp_path / "2")
    assert "Another assignment" not in run("rename", "week 2", "Week 3")
    told = run("rename", "feedbeef", " WEEK 1 ")
    assert (
        "Another assignment is called WEEK 1, too: 00000000. Commands tell them apart by their "
        "ids; this one is feedbeef." in told
    )
    with Terminal(data, "register", "delete", "feedb") as terminal:
        terminal.until("Type its id, feedbeef")
        terminal.send("week 1\n")
        assert terminal.end() == 2
    with Terminal(data, "register", "delete", "feedb") as terminal:
        terminal.until("Type its id, feedbeef")
        terminal.send("FEEDBEEF\n")
        assert terminal.end() == 0
    assert "feedbeef" not in run("list")


def test_handing_out_under_a_title_that_is_taken_is_told(data: Path, tmp_path: Path) -> None:
    words = ("assign", "--question", TEXT, "--due", "2099-12-01", "--title", "week 1")
    done = tutor(*words, "--out", tmp_path / "a.assignment")
    assert done.returncode == 0, done.stderr
    (told,) = done.stderr.splitlines()
    assert told.startswith("Another assignment is called week 1, too: 00000000. Commands tell ")
    third = tutor(*words, "--out", tmp_path / "b.assignment").stderr
    assert third.startswith("Other assignments are called week 1, too: ")
