"""A learner who edits, swaps, replays or turns the clock back is caught, or it does no harm."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from tutor.classroom.keys import sealed, signed
from tutor.classroom.register.register import Register
from tutor.course.loader import CourseFolder
from tutor.journal.kinds import RELEASE

sys.path.insert(0, str(Path(__file__).parent))

from classes import IN_A_FILE, Class, notes, reasons
from handing import handed_in, kept, machine, submission_of, worked
from handouts import ADA, BOB, MADE, hand_out

pytestmark = IN_A_FILE

DAY = timedelta(days=1)


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
