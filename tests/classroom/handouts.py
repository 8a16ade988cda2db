"""Assignments as a tutor hands them out, over a few questions that need no long run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from nacl.public import PrivateKey

from tutor.classroom.assignment import (
    Assignment,
    Policy,
    Release,
    Seat,
    seat_of,
    write_assignment,
    write_release,
)
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.genuine import release_key, signed_release
from tutor.classroom.handout.selecting import excerpt_of
from tutor.classroom.handout.stripping import stripped, with_opaque_ids
from tutor.classroom.keys import public_text
from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank
from tutor.session.exam.report import Given

#: One of each of the commonest kinds, of quick phases.
KINDS = ("single", "multi", "ordering", "matching", "numeric", "text")
SALT = "5a" * 16
#: What the tutor signs releases with.
SECRET = b"kept in the register" + bytes(12)
ADA, BOB = "a17", "b22"
MADE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    """A learner's clock, which stands still until it is set."""

    def __init__(self) -> None:
        self.now = MADE + timedelta(days=1)

    def __call__(self) -> datetime:
        return self.now


class HandOut(Struct):
    """An assignment with what its tutor keeps of it."""

    assignment: Assignment
    in_full: Excerpt
    key: PrivateKey

    def written(self, folder: Path, name: str = "from the tutor.assignment") -> Path:
        """Its file in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        write_assignment(self.assignment, folder / name)
        return folder / name

    def released(
        self, folder: Path, name: str = "keys.release", given: dict[str, Given] | None = None
    ) -> Path:
        """The file that releases it, with marks that were given to learners by their ids."""
        folder.mkdir(parents=True, exist_ok=True)
        release = Release(
            assignment=self.assignment.id,
            released_at=MADE,
            excerpt=self.in_full,
            given={seat_of(SALT, id_): one for id_, one in (given or {}).items()},
        )
        write_release(signed_release(release, SECRET), folder / name)
        return folder / name


def some_ids(files: CourseFolder, phases: Sequence[str] = ("rest",), each: int = 1) -> list[str]:
    """So many questions of each of the commonest kinds."""
    found: list[str] = []
    for kind in KINDS:
        of_kind = [
            question.id
            for phase in phases
            for question in files.phase(phase).questions
            if question.kind == kind and not question.hides_set_up
        ]
        found += of_kind[:each]
    return found


def hand_out(
    files: CourseFolder,
    ids: Sequence[str] | None = None,
    number: int = 1,
    **more: Any,
) -> HandOut:
    """An assignment for Ada and Bob that is due in two weeks."""
    key = PrivateKey(bytes([number]) * 32)
    by_id = Bank(files).by_id
    full = excerpt_of(files, [by_id[one] for one in (some_ids(files) if ids is None else ids)])
    policy = Policy(**{name: more.pop(name) for name in Policy.__struct_fields__ if name in more})
    graded = policy.feedback == "released"
    if graded:
        full = with_opaque_ids(full, b"secret")
    seats = {seat_of(SALT, ADA): Seat(), seat_of(SALT, BOB): Seat(extra=25.0)}
    fields: dict[str, Any] = {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "title": "Rest, week 3",
        "tutor": "Dr Hodgkin",
        "made_at": MADE,
        "due_at": MADE + timedelta(days=14, hours=6),
        "policy": policy,
        "release_key": release_key(SECRET),
        "tutor_keys": (public_text(key),),
        "variant_key": "17" * 16,
        "salt": SALT,
        "seats": seats,
        "excerpt": stripped(full, hints=policy.hints) if graded else full,
    }
    return HandOut(Assignment(**(fields | more)), full, key)
