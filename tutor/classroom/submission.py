"""A submission: raw answers with all that the journal says of them, signed and sealed.

No marks are in it: it is marked where it is collected. The file is JSON; its body is the message
of the learner, packed, signed by the key of their machine and sealed to the tutors' keys. The
identity is inside, so a file may have any name.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from tutor.classroom.files import (
    MEGABYTE,
    FileProblem,
    Moment,
    cleaned,
    decoded,
    written_file,
)
from tutor.classroom.keys import is_signed, opened, sealed, signed
from tutor.course.text import one_line
from tutor.journal.event import Event
from tutor.words import classroom as words

FORMAT = "action-potential-tutor-submission"
ENDING = ".submission"
VERSION = 1
#: In place of a machine, where work comes from a Moodle quiz; no machine is called so.
MOODLE = "moodle"
#: Of the file, and of what it unpacks to.
LARGEST_MB, LARGEST_UNPACKED_MB = 8, 4
#: A value takes up to a hundred times its bytes once it is read; an event has at least five.
MOST_VALUES, VALUE_BYTES = 100_000, 100
#: Of the file itself: what it is, and a key for each tutor.
_MOST_PARTS = 1_000


class Kept(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event of the learner's journal, as `tutor.journal.event.Event` describes it."""

    id: str
    device: str
    time: Moment
    kind: str
    question_id: str | None = None
    revision: int | None = None
    seed: int | None = None
    answer: object = None
    data: dict[str, object] = {}

    @classmethod
    def of(cls, event: Event) -> Kept:
        """The event without its place in the learner's journal."""
        fields = event._asdict()
        del fields["sequence"]
        return cls(**fields)

    def event(self, sequence: int = 0) -> Event:
        """The event again."""
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        return Event(sequence=sequence, **fields)


class Submission(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a learner hands in.

    Attributes:
        assignment: The assignment's id.
        learner: The learner's id, as they typed it.
        name: Their name, as they typed it.
        number: Grows with each submission from one machine.
        handed_at: When, in UTC, by that machine's clock.
        device: The machine.
        version: The program's version.
        events: What the journal says of the work, in the order in which it was kept.
    """

    assignment: str
    learner: str
    name: str = ""
    number: int
    handed_at: Moment
    device: str
    version: str = ""
    events: tuple[Kept, ...]


class Opened(Struct, frozen=True):
    """A submission that was opened, and what shows whose it is.

    Attributes:
        submission: What was handed in.
        learner_key: The public key of the machine that signed it.
        digest: Of the signed message, in hex: two files with one digest are the same submission.
        packed: The message as it was signed, to be kept for marking it again.
        size: About how many bytes it takes once it is read.
    """

    submission: Submission
    learner_key: str
    digest: str
    packed: bytes
    size: int = 0

    @property
    def receipt(self) -> str:
        """The code that the learner was told."""
        return receipt_of(self.digest)


class _File(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    assignment: str
    sealed_to: dict[str, str]
    body: str


class _Told(Struct, frozen=True):
    """What is read of a submission's file that is not opened."""

    format: Literal["action-potential-tutor-submission"]
    assignment: str


class _Letter(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is sealed: the packed message in base64, its signature and whose that is."""

    message: str
    key: str
    signature: str


def receipt_of(digest: str) -> str:
    """A short code for a digest, as it is told to learner and tutor."""
    code = base64.b32encode(bytes.fromhex(digest)[:8]).decode().rstrip("=")
    return "-".join(code[place : place + 4] for place in range(0, 12, 4))


def write_submission(
    submission: Submission, path: Path, key: SigningKey, tutor_keys: Sequence[str]
) -> str:
    """Write a submission, whole or not at all; return its receipt code.

    Raises:
        FileProblem: a tutor's public key is none.
        OSError: it cannot be written.
    """
    packed = pack(submission)
    public, signature = signed(packed, key)
    letter = _Letter(
        message=base64.b64encode(packed).decode("ascii"), key=public, signature=signature
    )
    for_tutors, body = sealed(msgspec.json.encode(letter), tutor_keys)
    content = _File(assignment=submission.assignment, sealed_to=for_tutors, body=body)
    written_file(path, FORMAT, VERSION, content)
    return receipt_of(digest_of(packed))


def told_assignment(data: bytes) -> str | None:
    """The assignment that a submission's file says it is for, unopened; None where it is none."""
    try:
        return msgspec.json.decode(data, type=_Told).assignment
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def open_submission(data: bytes, keys: Iterable[PrivateKey]) -> Opened:
    """Open the bytes of a submission's file; every text in it is cleaned.

    Raises:
        FileProblem: it is none, damaged, changed, or sealed to another key.
    """
    if _values(data) > _MOST_PARTS:  # Counted at once: it may be anybody's file.
        raise FileProblem(words.TOO_MANY_VALUES.format(most=_MOST_PARTS))
    # The sealed body is one long text.
    file = decoded(data, FORMAT, VERSION, _File, LARGEST_MB, LARGEST_MB * MEGABYTE)
    try:
        letter = msgspec.json.decode(opened(file.sealed_to, file.body, keys), type=_Letter)
        packed = base64.b64decode(letter.message, validate=True)
    except FileProblem:
        raise
    except (msgspec.MsgspecError, ValueError):
        raise FileProblem(words.SEAL_BROKEN) from None
    if not is_signed(packed, letter.key, letter.signature):
        raise FileProblem(words.BAD_SIGNATURE)
    data = _inflated(packed)
    size = len(data) + VALUE_BYTES * _values(data)
    return Opened(_read(data), letter.key, digest_of(packed), packed, size)


def pack(submission: Submission) -> bytes:
    """The message that a submission makes, as it is signed."""
    return zlib.compress(msgspec.json.encode(submission), 9)


def digest_of(packed: bytes) -> str:
    """The digest of a packed message, in hex."""
    return hashlib.sha256(packed).hexdigest()


def unpacked(packed: bytes) -> Submission:
    """The submission that a packed message holds; every text in it is cleaned.

    Raises:
        FileProblem: it holds none, or unpacks to too much.
    """
    return _read(_inflated(packed))


def _inflated(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(packed, LARGEST_UNPACKED_MB * MEGABYTE)
        if unpacking.unconsumed_tail:
            raise FileProblem(words.TOO_MUCH.format(largest=LARGEST_UNPACKED_MB))
    except zlib.error as error:
        raise FileProblem(words.DAMAGED.format(reason=one_line(str(error), 200))) from None
    return data


def _values(data: bytes) -> int:
    """How many values there are, counted before any is made; those within texts count too."""
    return sum(map(data.count, (b",", b"[", b"{")))


def _read(data: bytes) -> Submission:
    if _values(data) > MOST_VALUES:
        raise FileProblem(words.TOO_MANY_VALUES.format(most=MOST_VALUES))
    try:
        return msgspec.convert(cleaned(msgspec.json.decode(data)), Submission)
    except FileProblem:
        raise
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        reason = one_line(str(error), 200)
        raise FileProblem(words.DAMAGED.format(reason=reason)) from None
