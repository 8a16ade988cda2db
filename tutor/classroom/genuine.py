"""Whether a release is its tutor's: signed with a key that only the assignment's register makes.

The keys that submissions are sealed to cannot sign, and several graders may have one each; the
register's secret is one for all of them. A release that was passed on tells nothing of it.
"""

from __future__ import annotations

import hashlib

import msgspec
from msgspec.structs import replace
from nacl.signing import SigningKey

from tutor.classroom.assignment import Assignment, Release
from tutor.classroom.files import cleaned
from tutor.classroom.keys import is_signed, signed

#: So many bytes has the secret of an assignment.
SECRET_BYTES = 32


def release_key(secret: bytes) -> str:
    """The public key of an assignment's releases, as the assignment names it."""
    return signed(b"", _key(secret))[0]


def signed_release(release: Release, secret: bytes) -> Release:
    """A release that those who have its assignment can tell from any other."""
    return replace(release, signature=signed(_message(release), _key(secret))[1])


def is_genuine(release: Release, assignment: Assignment) -> bool:
    """Whether a release was made with the secret of the assignment, and is as it was made."""
    return is_signed(_message(release), assignment.release_key, release.signature)


def _key(secret: bytes) -> SigningKey:
    return SigningKey(hashlib.blake2b(secret, digest_size=32, person=b"release").digest())


def _message(release: Release) -> bytes:
    """All that is signed, as it is once its file was written and read."""
    read = cleaned(msgspec.to_builtins(replace(release, signature="")))
    return msgspec.json.encode(msgspec.convert(read, Release))
