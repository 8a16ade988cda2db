"""A file that spares work and may be lost at any time: it is never trusted, and never missed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import msgspec

_MAGIC = b"action-potential-tutor cache\n"

T = TypeVar("T")


def load(path: Path, kind: type[T], version: int) -> T | None:
    """Return what was saved; None where it is not there, damaged or of another version."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, body = content[: len(_head(b"", version))], content[len(_head(b"", version)) :]
    if head != _head(body, version):
        return None
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
        return None


def save(path: Path, value: object, version: int) -> None:
    """Put a value in the place of what was saved; where that cannot be, nothing happens."""
    body = msgspec.msgpack.encode(value)
    partial = path.with_name(path.name + ".partial")
    with suppress(OSError):
        try:
            partial.write_bytes(_head(body, version) + body)
            partial.replace(path)
        except OSError:
            partial.unlink(missing_ok=True)  # a disk that is full needs the room


def _head(body: bytes, version: int) -> bytes:
    return _MAGIC + version.to_bytes(4, "big") + crc32(body).to_bytes(4, "big")
