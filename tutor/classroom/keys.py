"""Keys: submissions are sealed to tutors' keys and signed by learners' keys.

A tutor's private key opens what is handed in; whoever loses it cannot read submissions any more,
so making one asks for a place for a copy. A learner's key is made unasked, and shows that two
submissions come from the same machine.
"""

from __future__ import annotations

import base64
import binascii
import errno
import hashlib
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

from tutor.classroom.files import FileProblem
from tutor.course.text import one_line
from tutor.words import classroom as words

TUTOR_KEY_FILE = "tutor-key.txt"
LEARNER_KEY_FILE = "learner-key.txt"
_TUTOR, _LEARNER = "action-potential-tutor-private-key", "action-potential-tutor-learner-key"


def public_text(key: PrivateKey) -> str:
    """A tutor's public key, as assignments name it."""
    return _text(bytes(key.public_key))


def key_name(public: str) -> str:
    """A short name for a public key, for people to compare; too long to look for a like one."""
    code = base64.b32encode(hashlib.blake2b(public.encode(), digest_size=8).digest())
    letters = code.decode().lower()
    return "-".join(letters[place : place + 4] for place in (0, 4, 8))


def tutor_key(folder: Path) -> PrivateKey | None:
    """The tutor's key that is kept in a folder; None where there is none.

    Raises:
        FileProblem: the file holds none.
        OSError: it cannot be read.
    """
    found = _read(folder / TUTOR_KEY_FILE, _TUTOR)
    return None if found is None else PrivateKey(found)


def make_tutor_key(folder: Path, *copies: Path) -> PrivateKey:
    """Make a tutor's key and keep it in a folder, and in each file of `copies`.

    Raises:
        FileExistsError: there is a key, or a file of a copy, already.
        OSError: it cannot be kept.
    """
    key = PrivateKey.generate()
    # The copies first: a key that only one file holds is what they are to prevent.
    for path in (*copies, folder / TUTOR_KEY_FILE):
        _write(path, _TUTOR, bytes(key))
    return key


def bring_back(folder: Path, copy: Path) -> PrivateKey:
    """Keep the tutor's key that a copy holds in a folder.

    Raises:
        FileProblem: the copy holds none.
        FileExistsError: there is a key already.
        OSError: it cannot be read or kept.
    """
    found = _read(copy, _TUTOR, words.NO_KEY_IN_COPY)
    if found is None:
        raise FileProblem(words.NO_KEY_THERE.format(file=one_line(str(copy), 300)))
    _write(folder / TUTOR_KEY_FILE, _TUTOR, found)
    return PrivateKey(found)


def learner_key(folder: Path) -> SigningKey:
    """The learner's key of this machine; made where there is none.

    Raises:
        FileProblem: the file holds none.
        OSError: it cannot be read or kept.
    """
    path = folder / LEARNER_KEY_FILE
    found = _read(path, _LEARNER)
    if found is None:
        key = SigningKey.generate()
        with suppress(FileExistsError):  # Another program was quicker; its key is the one.
            _write(path, _LEARNER, bytes(key))
        found = _read(path, _LEARNER) or bytes(key)
    return SigningKey(found)


def signed(message: bytes, key: SigningKey) -> tuple[str, str]:
    """The learner's public key, and the signature on a message."""
    return _text(bytes(key.verify_key)), _text(key.sign(message).signature)


def is_signed(message: bytes, public: str, signature: str) -> bool:
    """Whether the owner of a public key has signed exactly this message."""
    try:
        VerifyKey(_bytes(public)).verify(message, _bytes(signature))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def sealed(message: bytes, tutor_keys: Iterable[str]) -> tuple[dict[str, str], str]:
    """A message that each of the tutors can open: the message's key for each, and its body.

    Raises:
        FileProblem: a public key is none.
    """
    secret = random(SecretBox.KEY_SIZE)
    for_tutors = {}
    for public in tutor_keys:
        try:
            for_tutors[public] = _text(SealedBox(PublicKey(_bytes(public))).encrypt(secret))
        except (CryptoError, ValueError, TypeError):
            raise FileProblem(words.NO_PUBLIC_KEY) from None
    return for_tutors, _text(SecretBox(secret).encrypt(message))


def opened(for_tutors: dict[str, str], body: str, keys: Iterable[PrivateKey]) -> bytes:
    """The message, opened by the first of the keys that it was sealed to.

    Raises:
        FileProblem: it was sealed to other keys, or changed since.
    """
    for key in keys:
        own = for_tutors.get(public_text(key))
        if own is None:
            continue
        try:
            return SecretBox(SealedBox(key).decrypt(_bytes(own))).decrypt(_bytes(body))
        except (CryptoError, ValueError, TypeError):
            raise FileProblem(words.SEAL_BROKEN) from None
    raise FileProblem(words.OTHER_KEY)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("this is no base64") from None


def _read(path: Path, what: str, otherwise: str = words.NO_KEY) -> bytes | None:
    try:
        lines = path.read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        lines = []
    with suppress(ValueError):
        if len(lines) == 2 and lines[0] == what and len(_bytes(lines[1])) == 32:
            return _bytes(lines[1])
    raise FileProblem(otherwise.format(file=one_line(str(path), 300)))


def _write(path: Path, what: str, key: bytes) -> None:
    """Put a key where there is none: whole or not at all, for another program may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    # Nobody else's to read, from the moment that it is there.
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{what}\n{_text(key)}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(partial, path)
        except OSError as error:  # It is there, or this file system has no links.
            if path.exists():
                message = os.strerror(errno.EEXIST)
                raise FileExistsError(errno.EEXIST, message, str(path)) from error
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
