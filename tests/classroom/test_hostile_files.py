"""Whoever wrote a file: what is in it is cleaned or refused, and leads to no other file."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from handing import handed_in, machine, submission_of, worked
from handouts import ADA, MADE, hand_out
from nacl.public import PrivateKey

from tutor.classroom.assignment import LARGEST_MB, VERSION, read_assignment
from tutor.classroom.files import MEGABYTE, FileProblem
from tutor.classroom.keys import (
    bring_back,
    learner_key,
    make_tutor_key,
    opened,
    public_text,
    sealed,
    signed,
    tutor_key,
)
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.finding import MOST_FOUND, found_in, listed, open_file
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment, kept, kept_folder
from tutor.classroom.learner.released import open_keys
from tutor.classroom.submission import open_submission, unpacked
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal

BAD = "\x1b]52;c;aGk=\x07\u202eevil\x00"


def texts(value: Any) -> list[str]:
    """Every text in JSON, names of fields among them."""
    if isinstance(value, dict):
        return [*value, *(text for one in value.values() for text in texts(one))]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def change(path: Path, **fields: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def is_clean(struct: msgspec.Struct) -> bool:
    found = texts(msgspec.to_builtins(struct))
    assert any("evil" in text for text in found)
    return not any(c in text for text in found for c in "\x1b\x07\u202e\x00")


def test_every_text_of_an_assignment_is_cleaned(files: CourseFolder, tmp_path: Path) -> None:
    path = hand_out(files, feedback="at-once").written(tmp_path)
    content = json.loads(path.read_text())
    question = content["excerpt"]["phases"][0]["questions"][0]
    question.update(stem=BAD, explanation=BAD)
    change(path, title=BAD, excerpt=content["excerpt"], seats={BAD: {}})
    assert is_clean(read_assignment(path))


def test_every_text_of_a_submission_is_cleaned(files: CourseFolder, tmp_path: Path) -> None:
    out = hand_out(files)
    first = out.assignment.excerpt.ids[0]
    answers = {first: {BAD: [BAD]}}
    events = worked(out.assignment, ADA, answers, MADE)
    done = submission_of(out.assignment, ADA, events, device=BAD)
    path = handed_in(tmp_path, done, out.assignment)
    found = open_submission(path.read_bytes(), [out.key])
    assert is_clean(found.submission)
    assert is_clean(unpacked(found.packed))


@pytest.mark.parametrize("message", [b"no json", b'{"assignment": 5}', b"[" * 90_000])
def test_a_message_that_is_no_submission_is_refused_though_it_is_signed(
    files: CourseFolder, tmp_path: Path, message: bytes
) -> None:
    out = hand_out(files)
    path = handed_in(tmp_path, submission_of(out.assignment, ADA, []), out.assignment)
    packed = zlib.compress(message)
    key, signature = signed(packed, machine(ADA))
    letter = {"message": packed, "key": key, "signature": signature}
    for_tutors, body = sealed(msgspec.json.encode(letter), out.assignment.tutor_keys)
    change(path, sealed_to=for_tutors, body=body)
    with pytest.raises(FileProblem, match="it is damaged"):
        open_submission(path.read_bytes(), [out.key])


def test_the_key_that_it_was_sealed_to_is_found_among_others() -> None:
    keys = [PrivateKey(bytes([number]) * 32) for number in (1, 2, 3)]
    letter = sealed(b"to you", [public_text(keys[1]), public_text(keys[2])])
    assert opened(*letter, keys) == b"to you"
    assert opened(*letter, keys[::-1]) == b"to you"
    with pytest.raises(FileProblem, match="another tutor's key"):
        opened(*letter, keys[:1])


@pytest.mark.parametrize("key", ["AAAA", "A" * 43 + "=\nmore", "A" * 60])
def test_a_file_that_holds_no_whole_key_is_told(own_data_folder: Path, key: str) -> None:
    own_data_folder.mkdir()
    for name, what in (("tutor-key.txt", "private"), ("learner-key.txt", "learner")):
        (own_data_folder / name).write_text(f"action-potential-tutor-{what}-key\n{key}\n")
    for read in (tutor_key, learner_key):
        with pytest.raises(FileProblem, match="holds no key"):
            read(own_data_folder)


def test_a_tutors_key_is_no_learners_key(own_data_folder: Path) -> None:
    make_tutor_key(own_data_folder)
    (own_data_folder / "tutor-key.txt").rename(own_data_folder / "learner-key.txt")
    with pytest.raises(FileProblem, match="holds no key"):
        learner_key(own_data_folder)
    with pytest.raises(FileProblem, match="holds no key"):
        bring_back(own_data_folder, Path(__file__))


def test_a_newer_version_is_told_from_a_number_that_was_changed(
    files: CourseFolder, tmp_path: Path
) -> None:
    path = hand_out(files).written(tmp_path)
    change(path, version=VERSION + 1)
    with pytest.raises(FileProblem, match="damaged or forged"):
        open_file(path)
    change(path, something="new")
    with pytest.raises(FileProblem, match="bring this one up to date"):
        open_file(path)


@pytest.mark.parametrize("version", [0, VERSION + 1, True, "1", None])
def test_a_file_of_a_version_that_is_not_known_is_refused(
    files: CourseFolder, tmp_path: Path, version: object
) -> None:
    path = hand_out(files).written(tmp_path)
    change(path, version=version)
    with pytest.raises(FileProblem):
        open_file(path)


def test_a_question_for_an_objective_that_is_not_there_is_refused(
    files: CourseFolder, tmp_path: Path
) -> None:
    path = hand_out(files).written(tmp_path)
    content = json.loads(path.read_text())
    content["excerpt"]["phases"][0]["questions"][0]["objectives"] = ["nowhere"]
    change(path, excerpt=content["excerpt"])
    with pytest.raises(FileProblem, match="objective"):
        open_file(path)


@pytest.mark.parametrize("worth", [0, -1])
def test_a_question_that_is_worth_nothing_is_refused(
    files: CourseFolder, tmp_path: Path, worth: float
) -> None:
    path = hand_out(files).written(tmp_path)
    content = json.loads(path.read_text())
    content["excerpt"]["marks"][content["excerpt"]["ids"][0]] = worth
    change(path, excerpt=content["excerpt"])
    with pytest.raises(FileProblem, match="marks"):
        open_file(path)


def test_nothing_is_opened_by_an_id_that_is_none(files: CourseFolder, learner: Journal) -> None:
    one = hand_out(files).assignment
    keep_assignment(one, learner)
    assert kept(one.id) == one
    beside = kept_folder().parent / "beside.assignment"
    beside.write_bytes((kept_folder() / f"{one.id}.assignment").read_bytes())
    assert kept("../beside") is None


def test_what_is_kept_is_looked_at_again_before_it_is_used(
    files: CourseFolder, learner: Journal
) -> None:
    one = hand_out(files).assignment
    keep_assignment(one, learner)
    change(kept_folder() / f"{one.id}.assignment", salt="zz")
    assert kept(one.id) is None


def test_another_file_of_the_same_assignment_is_named_beside_the_kept_one(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    keep_assignment(hand_out(files).assignment, learner)
    same = hand_out(files).written(tmp_path, "same")
    (entry,), _ = listed(learner, [tmp_path])
    assert entry.changed is None
    same.unlink()
    other = hand_out(files, title="Another title").written(tmp_path, "other")
    (entry,), _ = listed(learner, [tmp_path])
    assert (entry.changed, entry.assigned.title) == (other, "Rest, week 3")


def test_so_many_files_are_read_at_the_most(tmp_path: Path) -> None:
    for number in range(MOST_FOUND + 5):
        (tmp_path / str(number)).write_text('{"format": "action-potential-tutor-assignment"}')
    assert len([*found_in([tmp_path])]) == MOST_FOUND


def test_a_file_that_is_too_large_is_not_read_at_all(files: CourseFolder, tmp_path: Path) -> None:
    path = hand_out(files).written(tmp_path)
    assert len([*found_in([tmp_path])]) == 1
    with path.open("r+b") as file:
        file.truncate(LARGEST_MB * MEGABYTE + 1)  # A hole takes no room.
    assert [*found_in([tmp_path])] == []
    with pytest.raises(FileProblem, match=f"{LARGEST_MB} MB"):
        open_file(path)


def test_the_release_of_another_assignment_opens_nothing(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    own, other = hand_out(files), hand_out(files, number=2)
    for one in (own, other):
        keep_assignment(one.assignment, learner)
    assigned = Assigned(own.assignment, learner)
    assigned.sit_as(Who(ADA))
    assigned.begin()
    with pytest.raises(FileProblem, match="another assignment"):
        open_keys(assigned, other.released(tmp_path))
    assert not assigned.was_released


def test_a_release_is_nobodys_before_it_is_said_who_reads_it(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    own = hand_out(files)
    keep_assignment(own.assignment, learner)
    assigned = Assigned(own.assignment, learner)
    with pytest.raises(FileProblem, match="say who you are"):
        open_keys(assigned, own.released(tmp_path))
    assert (assigned.begun, assigned.was_released) == (None, False)
