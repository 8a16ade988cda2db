"""What is read of a submission: times, limits, hints, and which attempt counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from classes import DAY, IN_A_FILE, Class
from handing import EACH_S, handed_in, kept, submission_of, worked
from handouts import ADA, MADE, hand_out
from msgspec.structs import replace

from tutor.classroom.collection.answers import GRACE_S
from tutor.classroom.collection.collecting import Collected
from tutor.classroom.collection.lateness import SLIP, clock_of
from tutor.classroom.register.register import Register
from tutor.classroom.submission import Kept
from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ASSIGNMENT, EXAM_ANSWER, EXAM_HANDED_IN, RELEASE, SHOWN

pytestmark = IN_A_FILE

Make = Callable[..., Class]
BEGUN = MADE + DAY


@pytest.fixture
def make(register: Register, files: CourseFolder, tmp_path: Path) -> Make:
    return lambda **more: Class(register, hand_out(files, **more), tmp_path / "in")


def taken_in(room: Class, events: list[Kept]) -> Collected:
    handed_in(room.folder, submission_of(room.assignment, ADA, events), room.assignment)
    return room.collect()


def notes(collected: Collected) -> tuple[str, ...]:
    return tuple(
        note for result in collected.results for one in result.notes for note in one.notes
    )


def answered(room: Class) -> int:
    return sum(one.answer is not None for one in room.attempts(ADA).values())


def test_at_the_very_deadline_it_is_in_time(make: Make) -> None:
    room = make(late="refuse")
    room.hands_in(ADA, handed_at=room.assignment.due_at)
    room.collect()
    assert not room.stands(ADA).late


def test_an_end_that_is_dated_when_time_was_up_is_no_clock_set_back(make: Make) -> None:
    room = make()
    events = worked(room.assignment, ADA, room.right(ADA), BEGUN)
    apart = (-2 * SLIP, 2 * DAY)
    for one in apart:
        ended = replace(events[-1], time=events[-2].time + one)
        assert ended.kind == EXAM_HANDED_IN
        handed_at = events[-2].time + timedelta(seconds=30)
        done = submission_of(room.assignment, ADA, [*events[:-1], ended], handed_at=handed_at)
        clock = clock_of(done, MADE, MADE + 9 * DAY)
        assert (clock.at, clock.set_back) == (handed_at, timedelta()), one


def test_an_answer_that_was_on_its_way_when_time_was_up_counts(make: Make) -> None:
    # The second answer comes so long after the limit.
    for over_s, count in ((GRACE_S - 1, 2), (GRACE_S + 1, 1)):
        room = make(minutes=(2 * EACH_S - over_s) / 60, number=count)
        room.hands_in(ADA)
        room.collect()
        assert answered(room) == count


def test_neither_of_the_two_clocks_gains_time_alone(make: Make) -> None:
    room = make(minutes=2.5)
    events = worked(room.assignment, ADA, room.right(ADA), BEGUN)
    # The clock on the wall was set back; the one that runs from the beginning was not.
    stood_still = [replace(one, time=BEGUN) for one in events]
    assert "4 answers came after the time limit" in notes(taken_in(room, stood_still))[0]
    assert answered(room) == 2


def test_hints_of_practice_are_told_and_what_was_shown_first_has_no_answer(make: Make) -> None:
    room = make(feedback="at-once")
    first, second, *_ = right = room.right(ADA)
    events = worked(room.assignment, ADA, right, BEGUN)
    events[1] = replace(events[1], data=events[1].data | {"hint": True})
    events[2] = replace(events[2], data=events[2].data | {"hint": False})
    own = {"assignment": room.assignment.id}
    shown = kept(SHOWN, BEGUN, "laptop", question_id=second, data=own)
    elsewhere = replace(shown, question_id=first, data={"assignment": "another"})
    assert notes(taken_in(room, [events[0], shown, elsewhere, *events[1:]])) == (
        "1 hint was shown.",
    )
    assert room.attempts(ADA)[first].marks > 0
    assert room.attempts(ADA)[second].answer is None


def test_where_it_may_be_begun_anew_at_will_nothing_is_noted(make: Make) -> None:
    room = make(attempts=0)
    events = worked(room.assignment, ADA, room.right(ADA), BEGUN)
    again = worked(room.assignment, ADA, room.right(ADA), BEGUN + DAY)
    assert notes(taken_in(room, [*events, *again])) == ()


def test_keys_that_were_opened_after_the_work_leave_it_as_it_was(make: Make) -> None:
    room = make()
    events = worked(room.assignment, ADA, room.right(ADA), BEGUN)
    own = {"assignment": room.assignment.id}
    seen = kept(RELEASE, events[-1].time, "laptop", data=own)
    collected = taken_in(room, [*events, seen])
    assert notes(collected) == ("The keys had been opened before it was handed in.",)
    assert room.stands(ADA).marks == room.stands(ADA).max_marks


def test_what_an_event_says_of_limit_extra_time_and_questions_is_not_believed(make: Make) -> None:
    room = make(minutes=2.2)
    events = worked(room.assignment, ADA, room.right(ADA), BEGUN)
    assert events[0].kind == ASSIGNMENT
    said = events[0].data | {"minutes": 100.0, "extra": 90.0}
    assert "4 answers" in notes(taken_in(room, [replace(events[0], data=said), *events[1:]]))[0]
    assert answered(room) == 2
    # Left out of its own list, a question is still asked, and its answer counts.
    less = events[0].data | {"ids": events[0].data["ids"][2:]}
    answer = next(one for one in events if one.kind == EXAM_ANSWER)
    taken_in(room, [replace(events[0], data=less), *events[1:]])
    assert room.attempts(ADA)[answer.question_id or ""].answer is not None
