"""Whatever a submission holds, it stops nobody's collection and harms nothing."""

from __future__ import annotations

import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy
from msgspec.structs import replace
from nacl.public import PrivateKey

from tutor.classroom.collection.collecting import remark
from tutor.classroom.files import DEEPEST
from tutor.classroom.keys import public_text
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import submissions
from tutor.classroom.submission import MOST_VALUES, Kept, Submission
from tutor.course.loader import CourseFolder

sys.path.insert(0, str(Path(__file__).parent))

from classes import IN_A_FILE, Class, reasons
from handing import handed_in, submission_of, worked
from handouts import ADA, BOB, MADE, hand_out

pytestmark = IN_A_FILE

DAY = timedelta(days=1)


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


@pytest.mark.parametrize("feedback", ["at-once", "at-end", "released"])
def test_no_answer_stops_the_collection(
    register: Register, files: CourseFolder, tmp_path: Path, feedback: str
) -> None:
    kinds: dict[str, str] = {}
    for phase in ("rest", "threshold", "rising", "peak"):
        for question in files.phase(phase).questions:
            if not question.hides_set_up:
                kinds.setdefault(question.kind, question.id)
    room = Class(
        register,
        hand_out(files, feedback=feedback, ids=[*kinds.values()], seats={}),
        tmp_path / "in",
    )
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


def test_a_file_with_more_than_a_seal_needs_is_set_aside_before_it_is_read(room: Class) -> None:
    room.hands_in(ADA, name="a")
    file = msgspec.json.decode((room.folder / "a").read_bytes())
    (room.folder / "a").write_bytes(msgspec.json.encode(file | {"more": [[]] * 1000}))
    assert [*reasons(room.collect()).values()] == ["it holds more than 1000 values"]
