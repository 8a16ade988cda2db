"""What a journal cannot do, said so that its owner knows what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.words import journal as words

_FAILURES = {
    sqlite3.SQLITE_BUSY: words.LOCKED,
    sqlite3.SQLITE_CANTOPEN: words.NOT_OPENED.format(may_write=words.MAY_WRITE),
    sqlite3.SQLITE_CORRUPT: words.DAMAGED,
    sqlite3.SQLITE_FULL: words.DISK_FULL,
    sqlite3.SQLITE_NOTADB: words.NO_DATABASE,
    sqlite3.SQLITE_READONLY: words.READ_ONLY.format(may_write=words.MAY_WRITE),
}


class JournalError(Exception):
    """The journal cannot be read or written; the message says where, why and what to do."""

    def __init__(self, path: Path, what_and_remedy: str) -> None:
        super().__init__(words.JOURNAL.format(path=path, what=what_and_remedy))


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into a JournalError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of the caller, such as a closed journal
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        otherwise = words.OTHERWISE.format(reason=error)
        raise JournalError(path, _FAILURES.get(code, otherwise)) from error
