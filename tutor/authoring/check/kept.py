"""Outcomes of earlier checks, kept for parts that have not changed."""

from __future__ import annotations

import hashlib
import os
import platform
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from tutor.course.yaml_values import Problem

_ROOT = Path(__file__).resolve().parents[3]
#: Whatever in the program decides on an outcome.
_SOURCES = ("simulator", "tutor/course", "tutor/grading", "tutor/authoring/check")
_LIBRARIES = ("msgspec", "numpy", "scipy", "rapidfuzz", "snowballstemmer")


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """What is on disk: outcomes by what they depend on, made by one version of the program."""

    source: str
    outcomes: dict[str, list[tuple[list[str | int], str]]]


def default_cache() -> Path:
    """Where outcomes are kept; the folder may be deleted at any time."""
    if folder := os.environ.get("TUTOR_DATA_DIR"):
        return Path(folder) / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("action-potential-tutor", appauthor=False)


@cache
def source_hash() -> str:
    """Changes whenever the program might come to another outcome."""
    digest = hashlib.sha256(platform.python_version().encode() + platform.machine().encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for folder in _SOURCES:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(f"{path.relative_to(_ROOT).as_posix()}\n".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Kept:
    """The outcomes for one course, in a file of its own; a file that cannot be read is none."""

    def __init__(self, folder: Path | None, course: Path) -> None:
        """Read the course's file in `folder`; None to read and keep nothing."""
        name = hashlib.sha256(str(course.resolve()).encode()).hexdigest()[:16]
        self._path = None if folder is None else folder / f"check-{name}.json"
        self._earlier = self._read()
        self._now: dict[str, list[tuple[list[str | int], str]]] = {}

    def get(self, encoded: bytes) -> list[Problem] | None:
        """What was found in the part that is encoded so; None where it was not checked."""
        key = _key(encoded)
        found = self._earlier.get(key)
        if found is None:
            return None
        self._now[key] = found
        return [(tuple(path), message) for path, message in found]

    def put(self, encoded: bytes, problems: list[Problem]) -> None:
        """Keep what was found."""
        self._now[_key(encoded)] = [(list(path), message) for path, message in problems]

    def save(self, *, whole: bool) -> None:
        """Write the outcomes; after a check of the `whole` course, no others.

        A disk that cannot be written costs the next check its time, and nothing else.
        """
        outcomes = self._now if whole else {**self._earlier, **self._now}
        if self._path is None or outcomes == self._earlier:
            return
        data = msgspec.json.encode(_File(source_hash(), outcomes))
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._path.parent, delete=False) as file:
                file.write(data)
            # In one step, because another check may be reading it.
            os.replace(file.name, self._path)  # noqa: PTH105

    def _read(self) -> dict[str, list[tuple[list[str | int], str]]]:
        if self._path is None:
            return {}
        try:
            found = msgspec.json.decode(self._path.read_bytes(), type=_File)
        except (OSError, msgspec.MsgspecError, ValueError):
            return {}
        return found.outcomes if found.source == source_hash() else {}


def _key(encoded: bytes) -> str:
    return hashlib.sha256(encoded).hexdigest()
