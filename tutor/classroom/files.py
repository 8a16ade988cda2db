"""Files that travel between tutor and learner: JSON with a line that says what it is.

Whoever sent them, their text is cleaned before anything else sees it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from tutor.course.text import LONGEST, clean, one_line, to_ascii
from tutor.words import classroom as words

S = TypeVar("S", bound=msgspec.Struct)
MEGABYTE = 1024 * 1024
#: So many levels of lists and objects; no file of this program comes near.
DEEPEST = 30
#: A moment in any other year is none that a clock shows.
YEARS = range(2000, 2200)
#: A moment with its zone.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


def file_stem(text: str, otherwise: str, longest: int) -> str:
    """A text as the name of a file, or a part of it, on any system.

    Args:
        text: Such as a title.
        otherwise: Stands for a text without any letter or figure that all systems can write.
        longest: So many characters at the most.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", to_ascii(text).lower()).strip("-")
    return plain[:longest].rstrip("-") or otherwise


class FileProblem(ValueError):
    """A file that is not what it should be; the message is a sentence."""


def written_file(path: Path, form: str, version: int, content: msgspec.Struct) -> None:
    """Write `content` with what it is, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    head = {"format": form, "version": version}
    value = {**head, **msgspec.to_builtins(content)}
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
        partial.replace(path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def read_file(path: Path, form: str, version: int, struct: type[S], largest_mb: int) -> S:
    """Read a file of a form.

    Raises:
        FileProblem: it is none, too new, too large or damaged.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(largest_mb * MEGABYTE + 1)
    return decoded(data, form, version, struct, largest_mb)


def decoded(
    data: bytes,
    form: str,
    version: int,
    struct: type[S],
    largest_mb: int,
    longest: int = LONGEST,
) -> S:
    """The content of a file's bytes, its texts cut to `longest`.

    Raises:
        FileProblem: they are none of this form, too new, too many or damaged.
    """
    if len(data) > largest_mb * MEGABYTE:
        raise FileProblem(words.TOO_LARGE.format(largest=largest_mb))
    try:
        value = cleaned(msgspec.json.decode(data), longest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise FileProblem(words.NOT_JSON) from None
    if not isinstance(value, dict) or value.pop("format", None) != form:
        raise FileProblem(words.OTHER_FORM)
    found = value.pop("version", None)
    if type(found) is not int or found < 1:
        raise FileProblem(words.OTHER_FORM)
    try:
        content = msgspec.convert(value, struct)
    except (msgspec.ValidationError, ValueError) as error:
        if found > version:
            raise FileProblem(words.TOO_NEW) from None
        raise FileProblem(words.DAMAGED.format(reason=one_line(str(error), 200))) from None
    if found > version:  # Newer ones have something that this one has not.
        raise FileProblem(words.OTHER_VERSION)
    return content


def cleaned(value: Any, longest: int = LONGEST, deepest: int = DEEPEST) -> Any:
    """JSON with every text in it made safe to show and keep, and cut to `longest`.

    Raises:
        FileProblem: it is nested more than `deepest` levels deep.
    """
    if isinstance(value, str):
        return clean(value, longest)
    if isinstance(value, list | dict) and not deepest:
        raise FileProblem(words.NESTED.format(deepest=DEEPEST))
    if isinstance(value, list):
        return [cleaned(one, longest, deepest - 1) for one in value]
    if isinstance(value, dict):
        return {clean(name): cleaned(one, longest, deepest - 1) for name, one in value.items()}
    return value
