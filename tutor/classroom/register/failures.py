"""What a register cannot do, said so that a tutor knows what to do about it."""

from __future__ import annotations

import re
import sqlite3

from tutor.course.text import one_line
from tutor.words import collecting as words
from tutor.words import journal as journal_words

_ANOTHER = {"another": words.ANOTHER}
_SQLITE = {
    sqlite3.SQLITE_BUSY: journal_words.LOCKED,
    sqlite3.SQLITE_CANTOPEN: words.NOT_OPENED.format(**_ANOTHER),
    sqlite3.SQLITE_CORRUPT: journal_words.DAMAGED,
    sqlite3.SQLITE_FULL: journal_words.DISK_FULL,
    sqlite3.SQLITE_NOTADB: journal_words.NO_DATABASE,
    sqlite3.SQLITE_READONLY: words.READ_ONLY.format(**_ANOTHER),
}
#: By the beginning of PostgreSQL's code.
_POSTGRESQL = {
    "28": words.WRONG_PASSWORD,
    "3D": words.NO_DATABASE_THERE,
    "53100": words.SERVER_FULL,
    "42501": words.NO_RIGHT,
    "25006": words.READ_ONLY,
    "08": words.CONNECTION_LOST,
    "23503": words.GONE_MEANWHILE,
    "57P": words.CONNECTION_LOST,
}
#: A connection that never came about has no code, and only the server's words tell why.
_CONNECTING = (
    (re.compile(r"authentication|no password|pg_hba|role .* not exist"), words.WRONG_PASSWORD),
    (re.compile(r"database .* does not exist"), words.NO_DATABASE_THERE),
    (re.compile(r"closed the connection|connection is lost|was lost"), words.CONNECTION_LOST),
)


class RegisterError(Exception):
    """The register cannot be read or written; the message says where, why and what to do."""

    def __init__(self, where: str, what_and_remedy: str) -> None:
        super().__init__(words.REGISTER.format(where=where, what=what_and_remedy))


def what_failed(error: BaseException, secret: str) -> str | None:
    """What a driver's error means, with a remedy; None for a mistake of the program.

    Args:
        error: What the driver raised.
        secret: A password that must not be told, or "".
    """
    reason = _reason(error, secret)
    if isinstance(error, sqlite3.Error):
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            return words.GONE_MEANWHILE
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            return None
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        otherwise = words.OTHERWISE.format(reason=reason, **_ANOTHER)
        return _SQLITE.get(code, otherwise)
    code = getattr(error, "sqlstate", None) or ""
    for beginning, told in _POSTGRESQL.items():
        if code.startswith(beginning):
            return told.format(reason=reason, **_ANOTHER)
    if type(error).__name__ not in ("OperationalError", "ConnectionTimeout") or code:
        return None
    told = next((told for known, told in _CONNECTING if known.search(reason)), words.REFUSED)
    return told.format(reason=reason)


def _reason(error: BaseException, secret: str) -> str:
    """What the driver says, on one line and without a password."""
    said = one_line((str(error).strip().splitlines() or [""])[0], 300)
    if secret:
        said = said.replace(secret, "***")
    return said.rstrip(".")
