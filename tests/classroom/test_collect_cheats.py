"""A learner who edits, swaps, replays or turns the clock back is caught, or it does no harm."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy
from msgspec.structs import replace
from nacl.public import PrivateKey

from tutor.classroom.collection.collecting import Collected, remark
from tutor.classroom.files import DEEPEST
from tutor.classroom.keys import public_text, sealed, signed
from tutor.classroom.register.register import Register, open_register
from tutor.classroom.register.tables import submissions
from tutor.classroom.submission import MOST_VALUES, Kept, Submission
from tutor.course.loader import CourseFolder
from tutor.journal.kinds import RELEASE

sys.path.insert(0, str(Path(__file__).parent))

from classes import Class
from handing import handed_in, kept, machine, submission_of, worked
from handouts import ADA, BOB, MADE, hand_out

DAY = timedelta(days=1)


@pytest.fixture
def register(tmp_path: Path) -> Any:
    with open_register(tmp_path / "register.sqlite3") as opened:
        yield opened


@pytest.fixture
def room(register: Register, files: CourseFolder, tmp_path: Path) -> Class:
    return Class(register, hand_out(files), tmp_path / "in")


def reasons(collected: Collected) -> dict[str, str]:
    return {Path(one.file).name: one.reason for one in collected.set_aside}


def notes(collected: Collected) -> dict[str, tuple[str, ...]]:
    return {one.learner: one.notes for result in collected.results for one in result.notes}


def edit(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    value = json.loads(path.read_bytes())
    change(value)
    path.write_bytes(json.dumps(value).encode())


def test_honest_work_has_no_notes(room: Class) -> None:
    room.hands_in(ADA)
    room.hands_in(BOB)
    collected = room.collect()
    assert notes(collected) == {}
    assert not collected.set_aside


def test_a_submission_that_was_edited_is_set_aside(room: Class) -> None:
    room.hands_in(ADA)
    path = next(room.folder.iterdir())
    good = path.read_bytes()

    def other_letter(value: dict[str, Any]) -> None:
        place = len(value["body"]) // 2
        letter = "A" if value["body"][place] != "A" else "B"
        value["body"] = value["body"][:place] + letter + value["body"][place + 1 :]

    edit(path, other_letter)
    (told,) = reasons(room.collect()).values()
    assert told == "it was changed after it was sealed, or is cut short"
    for cut in (40, 200, len(good) // 2, len(good) - 5):
        path.write_bytes(good[:cut])
        assert list(reasons(room.collect())) == [path.name], cut
    # What only says where it goes counts for nothing.
    path.write_bytes(good)
    edit(path, lambda value: value.update(assignment="another"))
    assert room.collect().results[0].found == 1


def test_who_seals_it_anew_without_the_learners_signature_gains_nothing(room: Class) -> None:
    done = room.hands_in(ADA)
    packed = zlib.compress(msgspec.json.encode(replace(done, name="changed")))
    key, signature = signed(b"something else", machine(ADA))
    letter = {"message": base64.b64encode(packed).decode(), "key": key, "signature": signature}
    for_tutors, body = sealed(json.dumps(letter).encode(), room.assignment.tutor_keys)
    for path in room.folder.iterdir():
        edit(path, lambda value: value.update(sealed_to=for_tutors, body=body))
    (told,) = reasons(room.collect()).values()
    assert told == "its signature does not fit: it was changed after it was handed in"


def test_a_copy_of_a_friends_file_is_the_friends(room: Class) -> None:
    room.hands_in(ADA)
    (room.folder / f"{BOB}.submission").write_bytes(next(room.folder.iterdir()).read_bytes())
    (result,) = room.collect().results
    assert result.found == 1
    assert room.stands(BOB) is None


def test_a_friends_answers_are_marked_with_ones_own_numbers_and_noted(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    room = Class(register, hand_out(files, ids=["rest.q10", "rest.q19"]), tmp_path / "in")
    of_ada = worked(room.assignment, ADA, room.right(ADA), MADE + DAY, drawn_for=ADA)
    copied = submission_of(room.assignment, BOB, of_ada)
    handed_in(room.folder, copied, room.assignment)
    collected = room.collect()
    assert room.stands(BOB).marks == 0
    assert notes(collected)[BOB] == (
        f"It was begun under another id: {ADA}.",
        f"Its questions were drawn for {ADA}.",
    )
    # Also where only an answer or two was taken over.
    own = worked(room.assignment, BOB, room.right(BOB), MADE + 2 * DAY)
    swapped = [
        *own[:2],
        replace(of_ada[2], time=own[2].time, data=own[2].data),
        *own[3:],
    ]
    handed_in(room.folder, submission_of(room.assignment, BOB, swapped, number=2), room.assignment)
    assert notes(room.collect())[BOB] == (f"Its questions were drawn for {ADA}.",)


def test_work_for_nobody_on_the_list_is_noted_and_marked_all_the_same(room: Class) -> None:
    right = room.right(ADA)
    events = worked(room.assignment, ADA, right, MADE + DAY, drawn_for="somebody")
    handed_in(room.folder, submission_of(room.assignment, ADA, events), room.assignment)
    collected = room.collect()
    assert notes(collected)[ADA] == ("Its questions were drawn for nobody on the list.",)
    assert room.stands(ADA).marks == room.stands(ADA).max_marks


def test_who_is_not_on_the_list_is_set_aside(room: Class) -> None:
    done = submission_of(room.assignment, "eve", [])
    handed_in(room.folder, done, room.assignment)
    handed_in(room.folder, replace(done, learner=" "), room.assignment, name="nobody")
    told = reasons(room.collect())
    assert told["eve-1.submission"] == "the id in it, eve, is not on the list of learners"
    assert told["nobody"] == "it says nobody's id"


def test_replaying_an_older_file_changes_nothing(room: Class) -> None:
    room.hands_in(ADA, MADE + DAY, number=1, name="old")
    old = (room.folder / "old").read_bytes()
    (room.folder / "old").unlink()
    room.hands_in(ADA, MADE + 2 * DAY, {}, number=2)
    room.collect()
    (room.folder / "zz newest (3).submission").write_bytes(old)
    room.collect()
    assert room.stands(ADA).number == 2
    assert room.states() == [(1, "replaced"), (2, "counts")]


def test_a_clock_that_was_set_back_gains_no_time(room: Class) -> None:
    due = room.assignment.due_at
    events = worked(room.assignment, ADA, room.right(ADA), due + timedelta(hours=2))
    # The last answers come after the clock was turned back by a day.
    turned = [*events[:6], *(replace(one, time=one.time - DAY) for one in events[6:])]
    done = submission_of(room.assignment, ADA, turned, handed_at=due - timedelta(hours=1))
    handed_in(room.folder, done, room.assignment)
    collected = room.collect(due + 2 * DAY)
    assert room.stands(ADA).late
    assert notes(collected)[ADA] == (
        "A clock was set back by 23 hours meanwhile: the latest time in it is taken.",
    )


def test_a_clock_that_was_set_back_for_handing_in_alone_gains_none_either(room: Class) -> None:
    due = room.assignment.due_at
    events = worked(room.assignment, ADA, room.right(ADA), due + timedelta(hours=2))
    done = submission_of(room.assignment, ADA, events, handed_at=due - timedelta(hours=1))
    handed_in(room.folder, done, room.assignment)
    collected = room.collect(due + 2 * DAY)
    assert room.stands(ADA).late
    assert notes(collected)[ADA][0].startswith("A clock was set back")


def test_a_clock_that_is_put_right_by_a_minute_is_no_matter(room: Class) -> None:
    events = worked(room.assignment, ADA, room.right(ADA), MADE + DAY)
    slipped = [*events[:6], *(replace(one, time=one.time - DAY / 1440) for one in events[6:])]
    handed_in(room.folder, submission_of(room.assignment, ADA, slipped), room.assignment)
    assert notes(room.collect()) == {}


def test_two_machines_with_clocks_apart_are_no_clock_set_back(room: Class) -> None:
    events = worked(room.assignment, ADA, room.right(ADA), MADE + DAY)
    apart = timedelta(hours=1)
    mixed = [
        replace(one, device="other", time=one.time - apart) if number % 2 else one
        for number, one in enumerate(events)
    ]
    handed_in(room.folder, submission_of(room.assignment, ADA, mixed), room.assignment)
    assert notes(room.collect()) == {}


def test_work_from_before_the_assignment_was_made_is_noted(room: Class) -> None:
    room.hands_in(ADA, MADE - DAY)
    assert notes(room.collect())[ADA] == (
        "It was begun before the assignment was made, so its clock was wrong.",
    )


def test_work_from_the_future_is_taken_as_of_its_collection(room: Class) -> None:
    due = room.assignment.due_at
    room.hands_in(ADA, due + 400 * DAY)
    collected = room.collect(due - DAY)
    assert not room.stands(ADA).late
    assert notes(collected)[ADA][0].startswith("Its clock was ahead")


def test_what_turns_up_after_a_collection_behind_the_deadline_is_noted(room: Class) -> None:
    due = room.assignment.due_at
    room.hands_in(BOB)
    room.collect(due + timedelta(hours=1))
    room.hands_in(ADA, due - DAY)
    collected = room.collect(due + DAY)
    assert notes(collected) == {
        ADA: (
            "It says that it was in time, but an earlier collection after the deadline had not "
            "seen it.",
        )
    }


def test_a_second_computer_is_noted_and_not_refused(room: Class) -> None:
    room.hands_in(ADA, number=1)
    events = worked(room.assignment, ADA, room.right(ADA), MADE + 2 * DAY, "desktop")
    done = submission_of(room.assignment, ADA, events, device="desktop")
    handed_in(room.folder, done, room.assignment, key=machine("desktop"), name="second")
    collected = room.collect()
    assert room.stands(ADA).device == "desktop"
    assert notes(collected)[ADA] == ("It comes from another machine than the one before it.",)


def test_one_machine_that_handed_in_for_two_is_noted_with_both(room: Class) -> None:
    for who in (ADA, BOB):
        events = worked(room.assignment, who, room.right(who), MADE + DAY)
        done = submission_of(room.assignment, who, events)
        handed_in(room.folder, done, room.assignment, key=machine("shared"))
    for _ in range(2):
        assert notes(room.collect()) == {
            ADA: (f"The same machine handed in for others: {BOB}.",),
            BOB: (f"The same machine handed in for others: {ADA}.",),
        }


def test_keys_that_were_opened_before_are_noted(room: Class) -> None:
    events = worked(room.assignment, ADA, room.right(ADA), MADE + DAY)
    seen = kept(RELEASE, MADE + DAY, "laptop", data={"assignment": room.assignment.id})
    handed_in(room.folder, submission_of(room.assignment, ADA, [seen, *events]), room.assignment)
    assert notes(room.collect())[ADA] == ("The keys had been opened before it was handed in.",)


def test_beginning_more_often_than_allowed_is_noted_and_the_last_one_counts(room: Class) -> None:
    first = worked(room.assignment, ADA, room.right(ADA), MADE + DAY)
    second = worked(room.assignment, ADA, {}, MADE + 2 * DAY)
    done = submission_of(room.assignment, ADA, [*first, *second])
    handed_in(room.folder, done, room.assignment)
    assert notes(room.collect())[ADA] == (
        "It was begun 2 times; 1 allowed.",
        "Nothing in it is answered.",
    )
    assert room.stands(ADA).marks == 0


HOSTILE: tuple[Any, ...] = (
    {"a": {"b": []}},
    [[["deep"]]],
    1e308,
    10**30,
    -1,
    True,
    "x" * 19_000,
    "((((" * 4000,
    "9" * 4000,
    "1e999999999",
    "\u202e\u0000\x1b]52;c;aGk=\x07",
    ["\ud800"] if False else ["𝒳" * 3000],
    {"time_ms": 1e308},
    {str(number): number for number in range(2000)},
    [None] * 5000,
    "",
)


@pytest.mark.parametrize("kind", ["graded", "practice"])
def test_no_answer_stops_the_collection(
    register: Register, files: CourseFolder, tmp_path: Path, kind: str
) -> None:
    kinds: dict[str, str] = {}
    for phase in ("rest", "threshold", "rising", "peak"):
        for question in files.phase(phase).questions:
            if not question.hides_set_up:
                kinds.setdefault(question.kind, question.id)
    room = Class(register, hand_out(files, kind, ids=[*kinds.values()], seats={}), tmp_path / "in")
    for number, answer in enumerate(HOSTILE):
        answers = dict.fromkeys(kinds.values(), answer)
        room.hands_in(f"l{number}", answers=answers)
    collected = room.collect()
    assert not collected.set_aside
    assert collected.results[0].found == len(HOSTILE)
    assert all(room.stands(f"l{number}").marks == 0 for number in range(len(HOSTILE)))


def test_hostile_text_is_harmless_wherever_it_stands(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    room = Class(register, hand_out(files, seats={}), tmp_path / "in")
    bad = "\x1b[2J\u202eeve\x00\n[@click=app.quit]x[/]'; DROP TABLE submissions; --" + "z" * 9000
    done = room.hands_in(ADA)
    worst = Submission(
        assignment=done.assignment,
        learner=bad,
        name=bad,
        number=10**18,
        handed_at=done.handed_at,
        device=bad,
        version=bad,
        events=tuple(replace(one, device=bad) for one in done.events),
    )
    handed_in(room.folder, worst, room.assignment, name="worst")
    assert room.collect().results[0].found == 2
    with register.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, name FROM learners ORDER BY id").all()
    assert len(rows) == 2
    assert all("\x1b" not in cell and "\x00" not in cell for row in rows for cell in row)
    assert all(len(cell) <= 100 for row in rows for cell in row)


def test_times_that_no_clock_shows_are_set_aside(room: Class) -> None:
    done = room.hands_in(ADA)
    ages = (datetime.min, datetime.max)
    for number, age in enumerate(ages):
        strange = replace(done, handed_at=age.replace(tzinfo=UTC), number=number + 2)
        handed_in(room.folder, strange, room.assignment)
    collected = room.collect()
    assert list(reasons(collected).values()) == ["its times are none that a clock shows"] * 2
    assert collected.results[0].found == 1


def test_events_of_any_shape_do_no_harm(room: Class) -> None:
    events = worked(room.assignment, ADA, room.right(ADA), MADE + DAY)
    data: list[dict[str, Any]] = [
        {},
        {"exam": 7, "at": "x"},
        {"assignment": ["a"], "exam": None, "ids": {}},
        {"exam": events[0].data["exam"], "at": -5, "number": "x"},
        {"assignment": room.assignment.id, "learner": 5, "ids": "x", "minutes": True},
        {"exam": events[0].data["exam"], "certainty": {"x": 1}, "at": 1e300},
    ]
    strange = [
        Kept(id="x", device="", time=MADE + DAY, kind=kind, question_id=question, data=one)
        for one in data
        for kind in {event.kind for event in events} | {"", "attempt", "undo", "release-opened"}
        for question in (None, "", room.assignment.excerpt.ids[0])
    ]
    handed_in(
        room.folder, submission_of(room.assignment, ADA, [*strange, *events]), room.assignment
    )
    collected = room.collect()
    assert collected.results[0].found == 1
    assert not collected.set_aside


def test_a_submission_for_another_tutor_is_set_aside(
    room: Class, files: CourseFolder, tmp_path: Path
) -> None:
    other = replace(room.assignment, tutor_keys=(public_text(PrivateKey.generate()),))
    events = worked(other, ADA, room.right(ADA), MADE + DAY)
    handed_in(room.folder, submission_of(other, ADA, events), other)
    assert list(reasons(room.collect()).values()) == ["it is sealed to another tutor's key"]


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def test_an_answer_that_is_nested_deep_is_set_aside(room: Class) -> None:
    for levels in (DEEPEST, 490):
        room.hands_in(ADA, answers={room.assignment.excerpt.ids[0]: nested(levels)})
        (told,) = reasons(room.collect()).values()
        assert told == f"what it holds is nested more than {DEEPEST} levels deep"


def test_a_kept_submission_that_cannot_be_read_any_more_stops_nobody(
    register: Register, room: Class
) -> None:
    room.hands_in(ADA)
    room.hands_in(BOB)
    room.collect()
    done = room.hands_in(ADA, answers={room.assignment.excerpt.ids[0]: nested(490)}, number=2)
    damaged = zlib.compress(msgspec.json.encode(done))
    with register.writing() as connection:
        whose = submissions.c.learner == room.stands(ADA).learner
        connection.execute(sqlalchemy.update(submissions).where(whose).values(packed=damaged))
        key = connection.scalar(sqlalchemy.select(submissions.c.assignment))
    assert key is not None
    assert remark(register, key).learners == 2
    assert room.stands(BOB).marks == room.stands(BOB).max_marks
    assert room.stands(ADA) is None
    with register.reading() as connection:
        told = connection.scalar(sqlalchemy.select(submissions.c.notes).where(whose))
    assert told is not None
    assert told.startswith("It counts for nothing, as it cannot be read any more: what it holds")


def test_a_small_file_of_very_many_values_is_set_aside_before_they_are_read(room: Class) -> None:
    room.hands_in(ADA, answers={room.assignment.excerpt.ids[0]: [[]] * MOST_VALUES})
    room.hands_in(BOB, answers={room.assignment.excerpt.ids[0]: " " * 5_000_000})
    told = reasons(room.collect())
    assert sorted(told.values()) == [
        f"it holds more than {MOST_VALUES} values",
        "it unpacks to more than 4 MB",
    ]
