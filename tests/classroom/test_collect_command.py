"""`tutor collect` and `tutor register`: what a tutor reads, and the exit codes."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from tutor.classroom.keys import public_text
from tutor.classroom.register.register import open_register
from tutor.course.loader import CourseFolder

sys.path.insert(0, str(Path(__file__).parent))

from classes import Class
from commands import tutor
from handouts import ADA, BOB, hand_out

#: The commands go by the clock of this machine.
MADE = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def room(
    files: CourseFolder, tmp_path: Path, own_data_folder: Path, tutor_key: PrivateKey
) -> Class:
    """A class whose register and key are where the commands look for them."""
    keys = (public_text(tutor_key),)
    given = hand_out(files, tutor_keys=keys, late="refuse", made_at=MADE, due_at=MADE + 14 * DAY)
    (tmp_path / "handed in").mkdir()
    with open_register() as register:
        return Class(register, given, tmp_path / "handed in")


def test_what_was_taken_in_and_what_was_not_is_told(room: Class) -> None:
    room.hands_in(ADA, MADE + DAY, number=1)
    room.hands_in(ADA, MADE + 2 * DAY, number=2)
    room.hands_in(BOB, MADE - DAY)
    (room.folder / "torn \x1b[2J.submission").write_bytes(b'{"format": "action-potential-tutor-')
    (room.folder / "notes.pdf").write_bytes(b"%PDF-1.7")
    (room.folder / "rest.assignment").write_text(
        '{\n "format": "action-potential-tutor-assignment"'
    )
    (room.folder / "key.txt").write_text("action-potential-tutor-private-key\nAAAA\n")
    done = tutor("collect", room.folder)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Rest, week 3: 2 of 2 learners in "
        "(3 new files, 1 file replaced an earlier one, 3 files set aside).",
        "Set aside:",
        f"  {room.folder}/torn \ufffd[2J.submission: it is damaged, or no file of this program",
        f"  {room.folder}/key.txt: it is a key: keep it to yourself",
        f"  {room.folder}/rest.assignment: it is what you hand out, not what comes back",
        f"1 other file, plainly no submission, was left alone: {room.folder}/notes.pdf.",
        "Notes on submissions for Rest, week 3:",
        f"  {BOB}: It was begun before the assignment was made, so its clock was wrong.",
    ]
    assert done.stderr == ""
    (room.folder / "torn \x1b[2J.submission").unlink()
    (room.folder / "rest.assignment").unlink()
    (room.folder / "key.txt").unlink()
    again = tutor("collect", room.folder, "--assignment", "rest, w", "--json")
    assert again.returncode == 0
    told = json.loads(again.stdout)
    (result,) = told["results"]
    assert (result["found"], result["new"], result["replaced"]) == (3, 0, 0)
    assert (told["set_aside"], told["others"]) == ([], 1)


def test_deadlines_of_their_own_can_be_given_with_it_or_afterwards(
    room: Class, tmp_path: Path
) -> None:
    room.hands_in(ADA, room.assignment.due_at + timedelta(hours=2))
    room.hands_in(BOB, room.assignment.due_at + timedelta(hours=2))
    listed = tmp_path / "more time.csv"
    listed.write_text(f"id;due;extra\n{ADA};2030-01-01;25\nzoe;2030-01-01;\n")
    done = tutor("collect", room.folder, "--extensions", listed)
    assert (
        done.stdout.splitlines()[0]
        == "Rest, week 3: 1 of 2 learners in (2 new files, 1 file refused as late)."
    )
    assert "Nobody with the id zoe" in done.stderr
    assert done.returncode == 1
    listed.write_text(f"id,due\n{ADA},\n{BOB},2025-12-01\n")
    for refused in (
        tutor("register", "extend", "Rest", listed),
        tutor("collect", room.folder, "--extensions", listed),
    ):
        assert refused.returncode == 2
        assert f"more time.csv, line 3: the deadline of {BOB}, Mon 01 Dec" in refused.stderr
    listed.write_text(f"id,due\n{BOB},2030-01-01\n")
    done = tutor("register", "extend", "Rest", listed)
    assert done.stdout == f"1 learner has another deadline or extra time now: {BOB}.\n"
    assert done.returncode == 0
    told = tutor("register", "list")
    assert "2 of 2 in, 0 of them late" in told.stdout


def test_files_that_were_in_before_count_as_that_and_nothing_else(room: Class) -> None:
    late = room.assignment.due_at + timedelta(hours=2)
    room.hands_in(ADA, MADE + DAY, number=1)
    room.hands_in(ADA, MADE + 2 * DAY, number=2)
    room.hands_in(BOB, late)
    first = tutor("collect", room.folder).stdout.splitlines()[0]
    assert "(3 new files, 1 file replaced an earlier one, 1 file refused as late)" in first
    again = tutor("collect", room.folder).stdout.splitlines()[0]
    assert again == "Rest, week 3: 1 of 2 learners in (3 files had been in before)."
    room.hands_in(ADA, MADE + 3 * DAY, number=3)
    newer = tutor("collect", room.folder).stdout.splitlines()[0]
    assert "(1 new file, 1 file replaced an earlier one, 3 files had been in before)" in newer


def test_whom_a_list_gave_more_time_is_told_by_name_and_that_it_changed_nothing(
    room: Class, files: CourseFolder, tmp_path: Path
) -> None:
    room.hands_in(ADA, MADE + DAY)
    listed = tmp_path / "more.csv"
    listed.write_text(f"id,due\n{ADA},2030-01-01\n{BOB},2030-01-01\n")
    # With two assignments it is for that of which something came.
    with open_register() as register:
        keys = room.assignment.tutor_keys
        peak = hand_out(files, number=2, title="Peak", tutor_keys=keys)
        other = Class(register, peak, tmp_path / "other")
    done = tutor("collect", room.folder, "--extensions", listed)
    told = f"2 learners have another deadline or extra time now: {ADA}, {BOB}."
    assert done.returncode == 0, done.stderr
    assert told in done.stdout.splitlines()
    assert tutor("register", "extend", "rest, week", listed).stdout == (
        "No learner has another deadline or extra time than before.\n"
    )
    # Where it may be for either, both are named, and nothing is changed.
    other.hands_in(ADA, MADE + DAY, {})
    listed.write_text(f"id,due\n{ADA},2031-01-01\n")
    for places in ((room.folder, other.folder), (listed,)):
        done = tutor("collect", *places, "--extensions", listed)
        assert done.returncode == 2
        assert all(title in done.stderr for title in ("Peak (", "Rest, week 3 ("))
        assert "say with --assignment which assignment the list is for" in done.stderr
        assert not done.stdout


def test_the_register_lists_its_assignments_and_marks_them_again(room: Class) -> None:
    room.hands_in(ADA, MADE + DAY)
    tutor("collect", room.folder)
    (one,) = json.loads(tutor("register", "list", "--json").stdout)["assignments"]
    assert (one["title"], one["learners"], one["handed_in"]) == ("Rest, week 3", 2, 1)
    done = tutor("register", "remark", one["id"][:8])
    assert done.stdout == "1 learner was marked again; with other marks: 0.\n"
    wrong = tutor("register", "remark", "peak")
    assert wrong.returncode == 2
    assert "'peak'" in wrong.stderr
    assert "Rest, week 3 (00000000), due Thu 04 Dec 2025" in wrong.stderr
    assert "1 of 2 in" in wrong.stderr


def test_an_assignment_is_found_by_any_part_of_its_title(room: Class) -> None:
    # Ids begin alike here; the part stands nowhere but in the title.
    for part in ("WEEK 3", ", week", "rest"):
        assert tutor("register", "remark", part).returncode == 0, part
    assert tutor("register", "remark", " ").returncode == 2


def test_learners_who_joined_later_come_in_with_a_list(room: Class, tmp_path: Path) -> None:
    room.hands_in("zoe", MADE + DAY)
    assert "is not on the list of learners" in tutor("collect", room.folder).stdout
    listed = tmp_path / "class.csv"
    listed.write_text("ID number,First name,Last name\nzoe,Zoe,Zeta\n")
    done = tutor("collect", room.folder, "--roster", listed)
    assert done.stdout == "Rest, week 3: 1 of 3 learners in (1 new file).\n"


def test_learners_are_told_of_the_list_whichever_collection_they_came_in_with(
    room: Class, tmp_path: Path
) -> None:
    room.hands_in(ADA, MADE + DAY)
    assert "1 of 2 learners in (1 new file)" in tutor("collect", room.folder).stdout
    for file in room.folder.iterdir():
        file.unlink()
    room.hands_in(BOB, MADE + DAY)
    assert "2 of 2 learners in (1 new file)" in tutor("collect", room.folder).stdout


def test_without_a_list_the_learners_that_were_found_are_counted(
    files: CourseFolder, tmp_path: Path, own_data_folder: Path, tutor_key: PrivateKey
) -> None:
    keys = (public_text(tutor_key),)
    given = hand_out(files, tutor_keys=keys, seats={}, made_at=MADE, due_at=MADE + 14 * DAY)
    with open_register() as register:
        room = Class(register, given, tmp_path / "in")
    room.hands_in(ADA, MADE + DAY)
    assert tutor("collect", room.folder).stdout == "Rest, week 3: 1 learner in (1 new file).\n"


def test_without_the_tutors_key_the_way_to_bring_it_back_is_told(
    room: Class, own_data_folder: Path
) -> None:
    (own_data_folder / "tutor-key.txt").unlink()
    done = tutor("collect", room.folder)
    assert done.returncode == 2
    assert "tutor register key --restore FILE" in done.stderr


def test_a_register_that_cannot_be_used_is_one_sentence(room: Class, tmp_path: Path) -> None:
    for where in ("postgresql://me:hush-hush@127.0.0.1:1/x", tmp_path):
        done = tutor("collect", room.folder, "--register", where)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "hush-hush" not in done.stderr
        assert done.stderr.startswith("tutor: The register ")


def test_collecting_in_postgresql_by_its_address(
    room: Class, files: CourseFolder, tmp_path: Path, postgres: str
) -> None:
    with open_register(postgres) as register:
        shared = Class(register, room.given, tmp_path / "shared")
    shared.hands_in(ADA, MADE + DAY)
    done = tutor("collect", shared.folder, "--register", postgres)
    assert done.stdout == "Rest, week 3: 1 of 2 learners in (1 new file).\n"
    assert done.returncode == 0
