"""Opening lists that come from anywhere: every file that is none is refused in a sentence."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import msgspec

from tutor.course.fields import Id
from tutor.course.text import one_line
from tutor.words import exchange as words

#: A list with its pictures, and one of text alone, in bytes.
LARGEST_WITH_PICTURES, LARGEST = 64_000_000, 8_000_000
#: More questions than that belong into several files.
MOST_QUESTIONS = 2_000
#: How archives begin: zip, gzip, bzip2, xz, 7z, rar, zstd.
_PACKED = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"),
    b"\x28\xb5\x2f\xfd",
)


def read_list(path: Path, most: int = LARGEST) -> str:
    """The text of a list.

    Raises:
        ValueError: there is none, or it is too large, packed or no text.
        OSError: it cannot be read.
    """
    name = named(path)
    if not path.is_file():
        raise ValueError(words.NO_FILE.format(file=name))
    with path.open("rb") as file:
        data = file.read(most + 1)
    if data.startswith(_PACKED):
        raise ValueError(words.PACKED.format(file=name))
    if len(data) > most:
        raise ValueError(words.TOO_LARGE.format(file=name, most=most))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(words.NOT_UTF8.format(file=name, byte=error.start + 1)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def named(path: Path) -> str:
    """A file as a sentence calls it."""
    return one_line(str(path), 300)


def refuse_many(count: int, path: Path) -> None:
    """Refuse a list that goes on and on.

    Raises:
        ValueError: it has more than `MOST_QUESTIONS`.
    """
    if count > MOST_QUESTIONS:
        raise ValueError(words.TOO_MANY.format(file=named(path), most=MOST_QUESTIONS))


def id_of(*names: str) -> str:
    """The first of the names that can be the id of a question here, or nothing."""
    for name in names:
        try:
            return msgspec.convert(name.strip(), Id)
        except msgspec.ValidationError:
            continue
    return ""


def number_of(text: str) -> float | None:
    """The number that a list writes, if it is one."""
    text = text.strip().replace("−", "-")
    if re.fullmatch(r"[-+]?\d{1,30}(,\d{1,30})?", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d{1,30}\.?\d{0,30}|\.\d{1,30})([eE][-+]?\d{1,2})?", text):
        return None
    return float(text)
