"""A learner's journal given out, brought in from a file or another machine, and begun anew.

An export is a text file with one JSON object a line. The first line says what it is:

    {"format": "action-potential-tutor-journal", "version": 1, "events": 2}

`events` is how many follow, and may be left out. Every further line is one event:

    {"id": "1b4e28ba-2fa1-4d1f-a3f5-6a4bfc6ec2e9", "device": "laptop",
     "time": "2026-05-01T09:30:00.000000+00:00", "kind": "attempt",
     "question_id": "rising.q1", "revision": 1, "seed": 7, "answer": ["b"],
     "data": {"phase": "rising", "marks": 1, "max_marks": 1}}

`id` is a UUID: an event with an id that is here already is not brought in again. `time` has its
zone. `question_id`, `revision`, `seed` and `answer` may be null or left out, `data` left out;
other names are ignored, and so are empty lines. The order of the lines does not matter.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tutor.journal.derived import derive
from tutor.journal.event import Event, encode_json
from tutor.journal.schema import APPLICATION_ID, MIGRATIONS
from tutor.journal.store import Journal, JournalError
from tutor.words import journal as words

FORMAT = "action-potential-tutor-journal"
VERSION = 1
#: A longer line is refused before it is read into memory.
LONGEST_LINE_MB = 16
_LONGEST_LINE = LONGEST_LINE_MB * 1024 * 1024
_SQLITE = b"SQLite format 3\0"
_NAMES = ("device", "time", "kind", "question_id", "revision", "seed", "answer", "data")
_SELECT = f"SELECT sequence, id, {', '.join(_NAMES)} FROM events ORDER BY sequence"


class TransferError(Exception):
    """A file cannot be brought in or written; the message says what is wrong, and the remedy."""


class Merged(NamedTuple):
    """What an import brought.

    Attributes:
        added: Events that were new.
        known: Events that were here already.
        back_up: The journal as it was before; None where nothing was new.
    """

    added: int
    known: int
    back_up: Path | None


def exported(journal: Journal) -> Iterator[str]:
    """Give the lines of an export, each with its line feed.

    Raises:
        JournalError: The journal cannot be read.
    """
    ((end, count),) = journal.read("SELECT ifnull(max(sequence), 0), count(*) FROM events")
    yield json.dumps({"format": FORMAT, "version": VERSION, "events": count}) + "\n"
    for sequence, id_, *values in journal.read(_SELECT):
        if sequence > end:
            return  # kept since the first line was given
        fields = {"id": id_, **dict(zip(_NAMES, values, strict=True))}
        try:
            for name in ("answer", "data"):
                fields[name] = fields[name] and json.loads(fields[name])
            yield json.dumps(fields, allow_nan=False) + "\n"
        except (ValueError, TypeError, RecursionError) as error:
            reason = words.UNREADABLE_EVENT.format(number=sequence)
            raise JournalError(journal.path, reason) from error


def export(journal: Journal, file: Path) -> None:
    """Write an export to a file, which is there either whole or not at all.

    Raises:
        JournalError: The journal cannot be read.
        TransferError: The file cannot be written.
    """
    partial = file.with_name(file.name + ".partial")
    try:
        try:
            with partial.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(exported(journal))
            partial.replace(file)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise
    except OSError as error:
        raise TransferError(words.NOT_EXPORTED.format(file=file, reason=error.strerror)) from error


def merge(journal: Journal, file: Path) -> Merged:
    """Bring in the events of an export or of another journal, but for those that are here.

    All of them are brought in, or none where anything is wrong with the file. A back-up is laid
    beside the journal before.

    Raises:
        JournalError: The journal cannot be read or written.
        TransferError: The file cannot be brought in.
    """
    back_up = None if str(journal.path) == ":memory:" else journal.back_up("before-import")
    added = found = 0

    def counted(events: Iterable[Event]) -> Iterator[Event]:
        nonlocal found
        for event in events:
            found += 1
            yield event

    try:
        try:
            with file.open("rb") as content:
                if journal.path.exists() and file.samefile(journal.path):
                    raise _refused(file, words.IS_ITSELF)
                is_journal = content.read(len(_SQLITE)) == _SQLITE
                content.seek(0)
                events = (
                    _events_of_journal(file) if is_journal else _events_of_lines(file, content)
                )
                added = journal.add(counted(events))
        finally:
            if not added and back_up is not None:
                with suppress(OSError):
                    back_up.unlink()
    except OSError as error:
        raise _refused(file, words.FILE_UNREADABLE.format(reason=error.strerror)) from error
    derive(journal)  # reading many events takes its time here, not where the next screen opens
    return Merged(added, found - added, back_up if added else None)


def reset(journal: Journal) -> Path:
    """Begin anew: all events are laid aside in a dated back-up, which is returned.

    Raises:
        JournalError: It could not be done; everything is as it was.
    """
    return journal.begin_anew()


def _refused(file: Path, what: str) -> TransferError:
    return TransferError(words.IMPORT.format(file=file, what=what))


def _events_of_lines(file: Path, content: BinaryIO) -> Iterator[Event]:
    """Read an export line by line."""
    number = found = 0
    expected: object = None
    while line := content.readline(_LONGEST_LINE + 1):
        number += 1
        try:
            if number == 1:
                expected = _header(file, line).get("events")
            elif line.strip():
                found += 1
                yield _event(_object(line))
        except ValueError as error:
            raise _refused(file, words.LINE.format(line=number, what=error)) from error
    if number == 0:
        raise _refused(file, words.NO_HEADER.format(format=FORMAT))
    if type(expected) is int and found != expected:
        raise _refused(file, words.CUT_SHORT.format(count=expected, found=found))


def _header(file: Path, line: bytes) -> dict[str, Any]:
    with suppress(ValueError):
        header = _object(line.removeprefix(b"\xef\xbb\xbf"))
        version = header.get("version")
        if header.get("format") == FORMAT and type(version) is int and version > 0:
            if version > VERSION:
                newer = words.FILE_NEWER.format(version=version, newest=VERSION)
                raise _refused(file, newer)
            return header
    raise _refused(file, words.NO_HEADER.format(format=FORMAT))


def _events_of_journal(file: Path) -> Iterator[Event]:
    """Read another journal, which is left as it is."""
    try:
        with closing(_read_only(file)) as other:
            (application,) = other.execute("PRAGMA application_id").fetchone()
            (version,) = other.execute("PRAGMA user_version").fetchone()
            if application != APPLICATION_ID:
                raise _refused(file, words.NO_HEADER.format(format=FORMAT))
            if version > len(MIGRATIONS):
                newer = words.FILE_NEWER.format(version=version, newest=len(MIGRATIONS))
                raise _refused(file, newer)
            for sequence, id_, *values in other.execute(_SELECT):
                fields = {"id": id_, **dict(zip(_NAMES, values, strict=True))}
                try:
                    for name in ("answer", "data"):
                        if fields[name] is not None:
                            fields[name] = _json(fields[name])
                    yield _event(fields)
                except ValueError as error:
                    raise _refused(
                        file, words.EVENT.format(number=sequence, what=error)
                    ) from error
    except sqlite3.Error as error:
        raise _refused(file, words.FILE_UNREADABLE.format(reason=error)) from error


def _read_only(file: Path) -> sqlite3.Connection:
    """Open a file without writing to it or beside it, where that can be."""
    uri = file.resolve().as_uri() + "?mode=ro"
    connection = sqlite3.connect(uri, uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if file.with_name(file.name + "-wal").exists():
            raise
        # On a medium that is read-only, the files cannot be made that WAL needs.
        connection = sqlite3.connect(uri + "&immutable=1", uri=True)
    return connection


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise ValueError(words.TOO_LONG.format(most=LONGEST_LINE_MB))
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(words.NOT_UTF8) from error
    value = _json(text)
    if not isinstance(value, dict):
        raise ValueError(words.NO_OBJECT)
    return value


def _json(text: object) -> Any:
    try:
        return json.loads(text)  # type: ignore[arg-type]
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(words.NOT_JSON) from error


def _event(fields: dict[str, Any]) -> Event:
    """Check the fields of an event.

    Raises:
        ValueError: one is not what it should be; the message says which.
    """
    data = fields.get("data")
    if data is not None and not isinstance(data, dict):
        raise ValueError(words.WRONG_DATA)
    for name in ("answer", "data"):
        try:
            encode_json(fields.get(name))
        except ValueError as error:
            raise ValueError(words.NO_JSON_VALUE.format(name=name)) from error
    return Event(
        id=_uuid(fields.get("id")),
        sequence=0,
        device=_text(fields, "device"),
        time=_time(fields.get("time")),
        kind=_text(fields, "kind"),
        question_id=None if fields.get("question_id") is None else _text(fields, "question_id"),
        revision=_number(fields, "revision"),
        seed=_number(fields, "seed"),
        answer=fields.get("answer"),
        data=data or {},
    )


def _uuid(value: object) -> str:
    try:
        return str(uuid.UUID(value))  # type: ignore[arg-type]
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(words.WRONG_ID) from error


def _time(value: object) -> datetime:
    try:
        time = datetime.fromisoformat(value)  # type: ignore[arg-type]
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError(words.WRONG_TIME)


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(words.WRONG_TEXT.format(name=name))
    return value


def _number(fields: dict[str, Any], name: str) -> int | None:
    value = fields.get(name)
    if value is None or (type(value) is int and -(2**63) <= value < 2**63):
        return value
    raise ValueError(words.WRONG_NUMBER.format(name=name))
