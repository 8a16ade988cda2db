"""The learner's journal: an SQLite file to which events are only ever added."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tutor.journal.event import Event, clean, encode_json

APPLICATION_ID = 0x4150544A  # "APTJ": tells a journal from the SQLite files of other programs
BUSY_TIMEOUT_S = 5.0

# Script n takes a file from schema version n to n + 1. A released script is never edited.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE events (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        device TEXT NOT NULL,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        question_id TEXT,
        revision INTEGER,
        seed INTEGER,
        answer TEXT,
        data TEXT NOT NULL
    );
    CREATE INDEX events_by_kind ON events (kind);
    CREATE INDEX events_by_question ON events (question_id, kind);
    CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
    CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
    -- INSERT OR REPLACE deletes the old row without asking the trigger above.
    CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id OR sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
    """,
)

_KEPT = "device, time, kind, question_id, revision, seed, answer, data"
_INSERT = f"INSERT INTO events (id, {_KEPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = f"SELECT id, sequence, {_KEPT} FROM events"

_MAY_WRITE = "get the right to write to it and its folder, or set TUTOR_DATA_DIR to another folder"
_FAILURES = {
    sqlite3.SQLITE_BUSY: "is locked by another program: close that program and try again",
    sqlite3.SQLITE_CANTOPEN: f"cannot be opened: {_MAY_WRITE}",
    sqlite3.SQLITE_CORRUPT: "is damaged: put a back-up in its place, or move it away to start new",
    sqlite3.SQLITE_FULL: "cannot be written because the disk is full: free some space, try again",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database: move that file away and start again",
    sqlite3.SQLITE_READONLY: f"is read-only: {_MAY_WRITE}",
}


class JournalError(Exception):
    """The journal cannot be read or written; the message says where, why and what to do."""

    def __init__(self, path: Path, what_and_remedy: str) -> None:
        super().__init__(f"The journal {path} {what_and_remedy}.")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """The events of one learner. Each is on the disk before `append` returns it.

    Several processes may have the same file open. Every method that reads or writes raises
    JournalError when the file does not allow it.

    Attributes:
        path: The file, or ":memory:".
        device: The id of this machine.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        device: str | None = None,
        clock: Callable[[], datetime] = _utc_now,
        migrations: tuple[str, ...] = MIGRATIONS,
    ) -> None:
        """Take over a connection without implicit transactions; see `open` and `in_memory`."""
        self.path = path
        self._connection = connection
        self._clock = clock
        try:
            self._refuse_strange_file(len(migrations))
            self._choose_modes()
            self._migrate(migrations)
            self.device = device or self._own_device()
        except BaseException:
            connection.close()
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        device: str | None = None,
        clock: Callable[[], datetime] = _utc_now,
        migrations: tuple[str, ...] = MIGRATIONS,
    ) -> Journal:
        """Open a journal, made on first use together with its folder.

        A file of an older version is brought up to date after a back-up is laid beside it.

        Args:
            path: The file.
            device: The id of this machine; by default the one in the file `device` beside the
                journal, written on first use.
            clock: Gives the time of an event, with its zone.
            migrations: The SQL scripts from each version to the next.

        Raises:
            JournalError: The file or its folder cannot be used, or is not a journal, or was
                written by a newer version; it is left as it was.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.is_dir():
                raise JournalError(path, "is a folder: move it away and start again")
        except OSError as error:
            reason = f"cannot be kept in that place ({error.strerror})"
            raise JournalError(path, f"{reason}: {_MAY_WRITE}") from error
        with _reported(path):
            connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        return cls(connection, path, device, clock, migrations)

    @classmethod
    def in_memory(cls) -> Journal:
        """Return a journal that is forgotten when it is closed, for previews."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        return cls(connection, Path(":memory:"), device=str(uuid.uuid4()))

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._connection.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(
        self,
        kind: str,
        *,
        question_id: str | None = None,
        revision: int | None = None,
        seed: int | None = None,
        answer: object = None,
        data: dict[str, object] | None = None,
    ) -> Event:
        """Keep an event and return it once it is committed; lone surrogates are replaced.

        Raises:
            JournalError: It could not be kept.
            ValueError: The answer or the data is not JSON, or a number needs over 64 bits.
        """
        row = (
            str(uuid.uuid4()),
            self.device,
            self._clock().astimezone(UTC).isoformat(timespec="microseconds"),
            clean(kind),
            None if question_id is None else clean(question_id),
            revision,
            seed,
            None if answer is None else encode_json(answer),
            encode_json(data or {}),
        )
        try:
            with self._transaction("IMMEDIATE"):
                sequence = self._connection.execute(_INSERT, row).lastrowid
        except OverflowError as error:
            raise ValueError("A revision and a seed must fit 64 bits.") from error
        return Event.from_row((row[0], sequence, *row[1:]))

    def events(self, *, kind: str | None = None, question_id: str | None = None) -> list[Event]:
        """Return the events of a kind, of a question, of both or all, oldest first."""
        return list(self._select(kind, question_id, "ASC"))

    def latest(
        self,
        kind: str,
        *,
        question_id: str | None = None,
        where: Callable[[Event], bool] | None = None,
    ) -> Event | None:
        """Return the newest event of a kind, and of a question, for which `where` is true."""
        with closing(self._select(kind, question_id, "DESC")) as newest_first:
            return next((event for event in newest_first if where is None or where(event)), None)

    def newest(self, kind: str, *, by: str | None = None) -> list[Event]:
        """Return the newest event of a kind for each question, oldest first.

        Args:
            kind: The kind.
            by: In place of the question, the name of what tells them apart in their data.
        """
        group = "question_id" if by is None else "json_extract(data, :path)"
        query = (
            f"{_SELECT} WHERE sequence IN (SELECT max(sequence) FROM events WHERE kind = :kind "
            f"GROUP BY {group}) ORDER BY sequence"
        )
        values = {"kind": clean(kind), "path": f'$."{by}"'}
        with _reported(self.path), closing(self._connection.execute(query, values)) as rows:
            return [Event.from_row(row) for row in rows]

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting, for this machine only where its name begins with "terminal.".

        Raises:
            JournalError: It could not be kept.
            ValueError: The value is not JSON.
        """
        self.append("setting", data={"name": name, "value": value})

    def settings(self) -> dict[str, object]:
        """Return the latest value of every setting that holds for this machine."""
        found: dict[str, object] = {}
        for event in self.events(kind="setting"):
            name = str(event.data.get("name"))
            if event.device == self.device or not name.startswith("terminal."):
                found[name] = event.data.get("value")
        return found

    def _select(
        self, kind: str | None, question_id: str | None, order: str
    ) -> Generator[Event, None, None]:
        wanted = {"kind": kind, "question_id": question_id}
        values = {name: clean(value) for name, value in wanted.items() if value is not None}
        condition = " AND ".join(f"{name} = :{name}" for name in values) or "TRUE"
        query = f"{_SELECT} WHERE {condition} ORDER BY sequence {order}"
        with _reported(self.path), closing(self._connection.execute(query, values)) as rows:
            for row in rows:
                yield Event.from_row(row)

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[None]:
        with _reported(self.path):
            try:
                self._connection.execute(f"BEGIN {mode}")
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite ends it by itself on some errors
                    self._connection.execute("ROLLBACK")
                raise

    def _number(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])

    def _refuse_strange_file(self, newest: int) -> None:
        with self._transaction("DEFERRED"):  # one snapshot, whatever others are writing
            application = self._number("PRAGMA application_id")
            version = self._number("PRAGMA user_version")
            tables = self._number("SELECT count(*) FROM sqlite_master")
        if application != APPLICATION_ID and (application, version, tables) != (0, 0, 0):
            remedy = "move that file away, or set TUTOR_DATA_DIR to another folder"
            raise JournalError(self.path, f"is a database of another program: {remedy}")
        if version > newest:
            reason = f"has format {version} of a newer program, this one knows {newest}"
            raise JournalError(self.path, f"{reason}: update this program")

    def _choose_modes(self) -> None:
        with _reported(self.path):
            self._connection.execute("PRAGMA synchronous=FULL")
            for mode in ("wal", "delete"):  # WAL is refused on some network file systems
                with suppress(sqlite3.OperationalError):  # a real fault shows again at BEGIN
                    answer = self._connection.execute(f"PRAGMA journal_mode={mode}").fetchone()
                    if answer == (mode,):
                        return

    def _migrate(self, migrations: tuple[str, ...]) -> None:
        first = True
        while True:
            with self._transaction("IMMEDIATE"):
                # Read under the lock: another process may have migrated meanwhile.
                version = self._number("PRAGMA user_version")
                if version >= len(migrations):
                    return
                if first and version > 0:
                    self._back_up(version)
                first = False
                for statement in _statements(migrations[version]):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version={version + 1}")
                self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")

    def _back_up(self, version: int) -> None:
        stamp = f"{self._clock().astimezone(UTC):%Y%m%dT%H%M%SZ}"
        target = self.path.with_name(f"{self.path.stem}-v{version}-{stamp}{self.path.suffix}")
        # A second connection reads: SQLite does not copy from one that holds a write lock.
        source, copy = sqlite3.connect(self.path), sqlite3.connect(target)
        try:
            with closing(source), closing(copy):
                source.backup(copy)
        except sqlite3.Error:
            target.unlink(missing_ok=True)  # half a back-up would pass for a whole one
            raise

    def _own_device(self) -> str:
        file = self.path.with_name("device")
        device = str(uuid.uuid4())
        with self._transaction("IMMEDIATE"):  # of two processes that start together, one writes
            with suppress(OSError, ValueError):
                return str(uuid.UUID(file.read_text(encoding="ascii").strip()))
            with suppress(OSError):
                partial = file.with_name("device.partial")
                partial.write_text(device + "\n", encoding="ascii")
                partial.replace(file)
        return device


def default_path() -> Path:
    """Return where the journal is kept: in TUTOR_DATA_DIR, else in the user's data folder."""
    if folder := os.environ.get("TUTOR_DATA_DIR"):
        return Path(folder) / "journal.sqlite3"
    from platformdirs import user_data_path

    return user_data_path("action-potential-tutor", appauthor=False) / "journal.sqlite3"


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into a JournalError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of the caller, such as a closed journal
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        remedy = "see that its disk works and has room, or set TUTOR_DATA_DIR to another folder"
        otherwise = f"cannot be read or written ({error}): {remedy}"
        raise JournalError(path, _FAILURES.get(code, otherwise)) from error


def _statements(script: str) -> Iterator[str]:
    """Split a script; `executescript` would commit the transaction it is called in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
