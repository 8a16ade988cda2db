"""An assignment: what a tutor hands out, as one file for the whole class.

The file is JSON, so that it can be looked into. A graded one carries neither keys nor anything
that would show them (`tutor.classroom.handout.stripping`); a practice assignment carries both.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tutor.classroom.excerpt import Excerpt
from tutor.classroom.files import Moment, read_file, written_file
from tutor.session.exam.drawing import LARGEST_SEED
from tutor.session.exam.report import Given

FORMAT = "action-potential-tutor-assignment"
ENDING = ".assignment"
VERSION = 1
LARGEST_MB = 32

Kind = Literal["graded", "practice"]
#: When a learner is told keys and feedback: with each answer, once the work has ended, or with the
#: tutor's release, before which nobody but the tutor has them.
Feedback = Literal["at-once", "at-end", "released"]


class Policy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How it may be worked through, and what counts.

    Attributes:
        attempts: How often it may be begun anew; 0 is as often as one likes.
        hints: Hints may be asked for.
        certainty: It is asked with each answer how sure the learner is.
        skip: A question may be left open and come back to.
        feedback: When the learner is told keys and feedback.
        minutes: Time limit in minutes, without anyone's extra time; None for none.
        late: What becomes of a submission after the deadline.
        late_percent: What a late one loses for each day begun, in percent of its marks.
    """

    attempts: int = 1
    hints: bool = False
    certainty: bool = False
    skip: bool = True
    feedback: Feedback = "released"
    minutes: float | None = None
    late: Literal["accept", "refuse", "reduce"] = "accept"
    late_percent: float = 0.0


class Seat(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the file says of one learner, who is known in it by a salted hash of their id.

    Attributes:
        extra: Extra time in percent.
        due_at: Their own deadline, in UTC; None for everyone's.
    """

    extra: float = 0.0
    due_at: Moment | None = None


class Assignment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An assignment as its file holds it.

    Attributes:
        id: A UUID.
        title: What it is called.
        tutor: Who hands it out, as learners read it.
        made_at: When it was made, in UTC.
        due_at: The deadline, in UTC.
        policy: How it may be worked through.
        release_key: The public key that a release of it is signed with, in base64.
        tutor_keys: Public keys that submissions are sealed to.
        variant_key: What each learner's order and numbers follow from, in hex.
        salt: What the hashes of ids are salted with, in hex.
        seats: The learners it is for, by `seat_of`; empty where anyone may hand it in.
        sections: Title of each section, and how many of the questions it has.
        excerpt: The questions.
    """

    id: str
    title: str
    tutor: str = ""
    made_at: Moment
    due_at: Moment
    policy: Policy
    release_key: str
    tutor_keys: tuple[str, ...]
    variant_key: str
    salt: str
    seats: dict[str, Seat] = {}
    sections: tuple[tuple[str, int], ...] = ()
    excerpt: Excerpt

    @property
    def kind(self) -> Kind:
        """Graded, or practice, whose file carries keys and feedback."""
        return "graded" if self.policy.feedback == "released" else "practice"

    def seat(self, learner: str) -> Seat | None:
        """What is said of a learner; None where the assignment is not for them."""
        if not self.seats:
            return Seat()
        return self.seats.get(seat_of(self.salt, learner))


def same_id(typed: str) -> str:
    """A learner's id as it is compared: without spaces round it, and whatever its case."""
    return " ".join(typed.split()).casefold()


def seat_of(salt: str, learner: str) -> str:
    """The name that the file has for a learner's id."""
    return hashlib.blake2b(
        same_id(learner).encode(), key=bytes.fromhex(salt), digest_size=16
    ).hexdigest()


def learner_seed(assignment: Assignment, learner: str) -> int:
    """What the order and the numbers of a learner's questions follow from.

    An exam draws each question's seed from it (`tutor.session.exam.drawing.question_seed`).
    """
    digest = hashlib.blake2b(
        f"{assignment.id}\0{same_id(learner)}".encode(),
        key=bytes.fromhex(assignment.variant_key),
        digest_size=8,
    ).digest()
    return int.from_bytes(digest, "big") % (LARGEST_SEED + 1)


def write_assignment(assignment: Assignment, path: Path) -> None:
    """Write an assignment's file, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    written_file(path, FORMAT, VERSION, assignment)


def read_assignment(path: Path) -> Assignment:
    """Read an assignment's file; every text in it is cleaned.

    Raises:
        FileProblem: it is none, or damaged.
        OSError: it cannot be read.
    """
    return read_file(path, FORMAT, VERSION, Assignment, LARGEST_MB)


class Release(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What unlocks keys and feedback of a graded assignment, one file for the whole class.

    Attributes:
        assignment: The assignment's id.
        released_at: When, in UTC.
        excerpt: The same questions with all that was left out.
        given: By `seat_of`, of those whose marks are not those of the marking.
        signature: Of all the rest, in base64; see `tutor.classroom.genuine`.
    """

    assignment: str
    released_at: Moment
    excerpt: Excerpt
    given: dict[str, Given] = {}
    signature: str = ""


RELEASE_FORMAT = "action-potential-tutor-release"
RELEASE_ENDING = ".release"


def write_release(release: Release, path: Path) -> None:
    """Write a release's file, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    written_file(path, RELEASE_FORMAT, VERSION, release)


def read_release(path: Path) -> Release:
    """Read a release's file; every text in it is cleaned.

    Raises:
        FileProblem: it is none, or damaged.
        OSError: it cannot be read.
    """
    return read_file(path, RELEASE_FORMAT, VERSION, Release, LARGEST_MB)
