"""Finding what was handed in: files, folders, and archives as learning platforms give them out.

Nothing is ever unpacked onto the disk, so no name in an archive leads anywhere. What a file is
called says nothing either: a submission is known by its first line. A file without that line is
still told of, as it may be one that was damaged, unless it is plainly something that people and
systems leave beside their work.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from tutor.classroom.files import MEGABYTE
from tutor.classroom.submission import LARGEST_MB
from tutor.course.text import one_line
from tutor.words import collecting as words

#: In the first line of every file of this program.
MARK = b"action-potential-tutor-"
_HEAD = 1024
#: How files of this program begin that are no submissions.
_HANDED_OUT = re.compile(rb'\s*\{\s*"format":\s*"action-potential-tutor-(assignment|release)"')
_KEYS = (MARK + b"private-key", MARK + b"learner-key")
#: Of what is read out of all archives, and out of one that lies in another; how many files they
#: may hold together.
LARGEST_ARCHIVE_MB, LARGEST_INNER_MB, MOST_ENTRIES = 1024, 64, 20_000
#: What is sealed is packed already, so neither it nor an archive of it shrinks much more.
MOST_TIMES, _SMALL = 4, 64 * 1024
_ARCHIVE = b"PK\x03\x04"
_LOCKED = 0x1
#: What other files begin with, by their ending; texts are in no such list, but have no bytes 0.
_OTHERS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF",),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8",),
    ".jpeg": (b"\xff\xd8",),
    ".gif": (b"GIF8",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".docx": (_ARCHIVE,),
    ".odt": (_ARCHIVE,),
    ".pages": (_ARCHIVE,),
    ".xlsx": (_ARCHIVE,),
}
_TEXTS = frozenset({".txt", ".html", ".htm", ".md", ".csv", ".rtf"})
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError),
    *(RuntimeError, OSError, ValueError, OverflowError),
)


class Found(NamedTuple):
    """The bytes of what may be a submission, and where they were."""

    name: str
    data: bytes


class Refused(NamedTuple):
    """What was not read, and why; the digest tells it apart from others."""

    name: str
    reason: str
    digest: str


class Other(NamedTuple):
    """What is plainly no submission."""

    name: str


Gathered = Found | Refused | Other


class _TooMuch(Exception):
    """More was read out of archives than they may hold; the message is a sentence."""


class _Budget:
    """How much may still be read out of archives; what lies in others spends theirs too."""

    def __init__(self, megabytes: int, within: _Budget | None = None) -> None:
        self._largest = megabytes
        self._left = megabytes * MEGABYTE
        self._entries = MOST_ENTRIES
        self._within = within

    def read(self, file: IO[bytes], most: int) -> bytes:
        data = file.read(min(most, self._readable() + 1))
        self._spend(len(data), 0)
        return data

    def enter(self, entries: int) -> None:
        self._spend(0, entries)

    def _readable(self) -> int:
        return min(self._left, self._within._readable() if self._within else self._left)

    def _spend(self, size: int, entries: int) -> None:
        if self._within:
            self._within._spend(size, entries)
        if entries > self._entries:
            raise _TooMuch(words.TOO_MANY_ENTRIES.format(most=MOST_ENTRIES))
        self._entries -= entries
        left, self._left = self._left, max(0, self._left - size)
        if size > left:
            raise _TooMuch(words.ARCHIVE_TOO_LARGE.format(largest=self._largest))


def gather(paths: Iterable[Path]) -> Iterator[Gathered]:
    """All files at these places, whatever they are called, in the order of their names."""
    budget = _Budget(LARGEST_ARCHIVE_MB)
    for path in paths:
        if path.is_dir():
            yield from _folder(path, budget)
        else:
            # Whoever names a link means what it leads to.
            yield from _file(
                path.resolve() if path.is_symlink() else path, one_line(str(path)), budget
            )


def _folder(folder: Path, budget: _Budget) -> Iterator[Gathered]:
    failed: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=failed.append):
        here = Path(at)
        for name in list(folders):
            if _is_hidden(name):
                folders.remove(name)
                yield Other(_named(here / name))
        folders.sort()
        links = [name for name in folders if _is_link(here / name)]
        for name in sorted([*files, *links]):
            yield from _file(here / name, _named(here / name), budget)
    for error in failed:
        yield _refused(_named(Path(str(error.filename))), words.UNREADABLE, reason=error.strerror)


def _file(path: Path, name: str, budget: _Budget) -> Iterator[Gathered]:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            yield _refused(name, words.A_LINK)
        elif not stat.S_ISREG(mode):
            yield _refused(name, words.NO_FILE)
        else:
            with path.open("rb") as file:
                head = file.read(_HEAD)
                if _is_archive(path.name, head):
                    yield from _archive(file, name, budget)
                else:
                    yield _judged(name, head, file.read(_wanted(head)))
    except OSError as error:
        yield _refused(name, words.UNREADABLE, reason=error.strerror)


def _archive(
    file: IO[bytes], name: str, budget: _Budget, *, inner: bool = False
) -> Iterator[Gathered]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            budget.enter(len(entries))
            for entry in entries:
                if not entry.is_dir():
                    yield from _entry(archive, entry, name, budget, inner=inner)
    except _TooMuch as problem:
        yield _refused(name, str(problem))
    except _BROKEN:
        yield _refused(name, words.BROKEN_ARCHIVE)


def _entry(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    outer: str,
    budget: _Budget,
    *,
    inner: bool,
) -> Iterator[Gathered]:
    name = f"{outer}/{one_line(entry.filename, 300)}"
    if any(map(_is_hidden, Path(entry.filename).parts[:-1])):
        yield Other(name)
    elif entry.flag_bits & _LOCKED:
        yield _refused(name, words.LOCKED_ENTRY)
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Others let a few bytes grow without a bound on each step.
        yield _refused(name, words.OTHER_PACKING)
    else:
        try:
            with archive.open(entry) as file:
                head = budget.read(file, _HEAD)
                is_archive = _is_archive(entry.filename, head)
                if (is_archive or MARK in head) and _swells(entry):
                    yield _refused(name, words.SWELLS, head, times=MOST_TIMES)
                elif not is_archive:
                    yield _judged(name, head, budget.read(file, _wanted(head)))
                elif inner:
                    yield _refused(name, words.TOO_DEEP)
                else:
                    largest = LARGEST_INNER_MB * MEGABYTE
                    data = head + budget.read(file, largest)
                    if len(data) > largest:
                        yield _refused(name, words.ARCHIVE_TOO_LARGE, largest=LARGEST_INNER_MB)
                    else:
                        own = _Budget(LARGEST_INNER_MB, budget)
                        yield from _archive(BytesIO(data), name, own, inner=True)
        except _BROKEN:
            yield _refused(name, words.BROKEN_ENTRY)


def _swells(entry: zipfile.ZipInfo) -> bool:
    """Whether far more comes out of an entry than was put into it: then nobody handed it in."""
    return entry.file_size > MOST_TIMES * entry.compress_size + _SMALL


def _judged(name: str, head: bytes, rest: bytes) -> Gathered:
    """What a file is, by its first bytes and its name."""
    if _HANDED_OUT.match(head):
        return _refused(name, words.HANDED_OUT, head)
    if head.startswith(_KEYS):
        return _refused(name, words.A_KEY, head)
    if MARK in head:
        return Found(name, head + rest)
    if not head:
        return _refused(name, words.EMPTY)
    if _is_other(name, head):
        return Other(name)
    return _refused(name, words.NO_SUBMISSION, head)


def _is_other(name: str, head: bytes) -> bool:
    path = Path(name.casefold())
    if path.name.startswith(".") or path.name in _LEFT_BY_SYSTEMS:
        return True
    if path.suffix in _TEXTS:  # But not what may be the torn beginning of a submission.
        return b"\0" not in head and not head.lstrip().startswith(b"{")
    return head.startswith(_OTHERS.get(path.suffix, ()))


def _is_hidden(folder: str) -> bool:
    """Whether systems keep their own things in a folder of this name."""
    return folder == "__MACOSX" or (folder.startswith(".") and folder.strip(".") != "")


def _is_link(path: Path) -> bool:
    with suppress(OSError):  # What cannot be looked at is told of where it is looked into.
        return path.is_symlink()
    return False


def _is_archive(name: str, head: bytes) -> bool:
    suffix = Path(name).suffix.casefold()
    return suffix == ".zip" or (head.startswith(_ARCHIVE) and suffix not in _OTHERS)


def _wanted(head: bytes) -> int:
    """How much more of a file is read: of a submission all, and a byte that shows it too large."""
    return LARGEST_MB * MEGABYTE + 1 if MARK in head else 0


def _named(path: Path) -> str:
    return one_line(str(path), 300)


def _refused(name: str, sentence: str, head: bytes = b"", **values: object) -> Refused:
    digest = hashlib.sha256(name.encode(errors="replace") + b"\0" + head).hexdigest()
    return Refused(name, sentence.format(**values), digest)
