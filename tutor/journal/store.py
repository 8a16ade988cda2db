"""The learner's journal: an SQLite file to which events are only ever added."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tutor.journal.event import Event, clean, encode_json
from tutor.journal.failures import JournalError as JournalError
from tutor.journal.failures import reported
from tutor.journal.schema import APPLICATION_ID, MIGRATIONS, statements
from tutor.words import journal as words

BUSY_TIMEOUT_S = 5.0

_KEPT = "device, time, kind, question_id, revision, seed, answer, data"
_INSERT = f"INSERT INTO events (id, {_KEPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD = (
    f"INSERT INTO events (id, {_KEPT}) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? "
    "WHERE NOT EXISTS (SELECT 1 FROM events WHERE id = ?)"
)
_SELECT = f"SELECT id, sequence, {_KEPT} FROM events"


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
        self._migrations = migrations
        try:
            self._refuse_strange_file()
            self._choose_modes()
            self._migrate()
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
                raise JournalError(path, words.A_FOLDER)
        except OSError as error:
            reason = words.NO_PLACE.format(reason=error.strerror, may_write=words.MAY_WRITE)
            raise JournalError(path, reason) from error
        with reported(path):
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

    def now(self) -> datetime:
        """Return the time in UTC, by the clock that events get theirs from."""
        return self._clock().astimezone(UTC)

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
        event = Event(
            id=str(uuid.uuid4()),
            sequence=0,
            device=self.device,
            time=self.now(),
            kind=kind,
            question_id=question_id,
            revision=revision,
            seed=seed,
            answer=answer,
            data=data or {},
        )
        row = (event.id, *_row(event))
        try:
            with self._transaction("IMMEDIATE"):
                sequence = self._connection.execute(_INSERT, row).lastrowid
        except OverflowError as error:
            raise ValueError("A revision and a seed must fit 64 bits.") from error
        return Event.from_row((row[0], sequence, *row[1:]))

    def add(self, events: Iterable[Event]) -> int:
        """Keep events of other machines as they are, but for those that are here already.

        Each keeps its id, device and time, and gets a sequence of this journal. They are kept in
        one transaction: all of them, or none where something fails on the way.

        Returns:
            How many were new.

        Raises:
            JournalError: They could not be kept.
            ValueError: An answer or data is not JSON, or a number needs over 64 bits.
        """
        added = 0
        try:
            with self._transaction("IMMEDIATE"):
                for event in events:
                    row = (event.id, *_row(event))
                    added += self._connection.execute(_ADD, (*row, event.id)).rowcount
        except OverflowError as error:
            raise ValueError("A revision and a seed must fit 64 bits.") from error
        return added

    def back_up(self, label: str) -> Path:
        """Lay a copy beside the journal, with a label and the date in its name.

        Raises:
            JournalError: It could not be made.
        """
        with reported(self.path):
            return self._back_up(label)

    def begin_anew(self) -> Path:
        """Lay all events aside in a back-up, and go on with none; return where they are.

        Other programs that have the journal open go on with none too, and what they keep at
        this very moment is in the one or in the other.

        Raises:
            JournalError: It could not be done; everything is as it was.
        """
        with self._transaction("IMMEDIATE"):
            back_up = self._back_up("before-reset")
            self._connection.execute("DROP TABLE events")
            for script in self._migrations:
                for statement in statements(script):
                    self._connection.execute(statement)
        return back_up

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

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting, for this machine only where its name begins with "terminal.".

        Raises:
            JournalError: It could not be kept.
            ValueError: The value is not JSON.
        """
        self.append("setting", data={"name": name, "value": value})

    def settings(self) -> dict[str, object]:
        """Return the latest value of every setting that holds for this machine.

        Of one machine the value that it kept last counts, whatever its clock said; of several
        machines, the one with the latest time.
        """
        kept: dict[tuple[str, str], Event] = {}
        for event in self.events(kind="setting"):
            name = str(event.data.get("name"))
            if event.device == self.device or not name.startswith("terminal."):
                kept[name, event.device] = event
        in_time = sorted(kept.items(), key=lambda item: (item[1].time, item[1].id))
        return {name: event.data.get("value") for (name, _), event in in_time}

    def read(self, query: str, *values: object) -> Generator[tuple[Any, ...], None, None]:
        """Yield the rows that a query gives, for the modules of this folder."""
        with reported(self.path), closing(self._connection.execute(query, values)) as rows:
            yield from rows

    def _select(
        self, kind: str | None, question_id: str | None, order: str
    ) -> Generator[Event, None, None]:
        wanted = {"kind": kind, "question_id": question_id}
        values = {name: clean(value) for name, value in wanted.items() if value is not None}
        condition = " AND ".join(f"{name} = :{name}" for name in values) or "TRUE"
        query = f"{_SELECT} WHERE {condition} ORDER BY sequence {order}"
        with reported(self.path), closing(self._connection.execute(query, values)) as rows:
            for row in rows:
                yield Event.from_row(row)

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[None]:
        with reported(self.path):
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

    def _refuse_strange_file(self) -> None:
        newest = len(self._migrations)
        with self._transaction("DEFERRED"):  # one snapshot, whatever others are writing
            application = self._number("PRAGMA application_id")
            version = self._number("PRAGMA user_version")
            tables = self._number("SELECT count(*) FROM sqlite_master")
        if application != APPLICATION_ID and (application, version, tables) != (0, 0, 0):
            raise JournalError(self.path, words.OTHER_PROGRAM)
        if version > newest:
            raise JournalError(self.path, words.NEWER.format(version=version, newest=newest))

    def _choose_modes(self) -> None:
        with reported(self.path):
            self._connection.execute("PRAGMA synchronous=FULL")
            for mode in ("wal", "delete"):  # WAL is refused on some network file systems
                with suppress(sqlite3.OperationalError):  # a real fault shows again at BEGIN
                    answer = self._connection.execute(f"PRAGMA journal_mode={mode}").fetchone()
                    if answer == (mode,):
                        return

    def _migrate(self) -> None:
        first = True
        while True:
            with self._transaction("IMMEDIATE"):
                # Read under the lock: another process may have migrated meanwhile.
                version = self._number("PRAGMA user_version")
                if version >= len(self._migrations):
                    return
                if first and version > 0:
                    self._back_up(f"v{version}")
                first = False
                for statement in statements(self._migrations[version]):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version={version + 1}")
                self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")

    def _back_up(self, label: str) -> Path:
        stem = f"{self.path.stem}-{label}-{self.now():%Y%m%dT%H%M%SZ}"
        target = self.path.with_name(f"{stem}{self.path.suffix}")
        number = 1
        while target.is_file():  # an earlier one of the same second is not overwritten
            number += 1
            target = self.path.with_name(f"{stem}-{number}{self.path.suffix}")
        # A second connection reads: SQLite does not copy from one that holds a write lock.
        source, copy = sqlite3.connect(self.path), sqlite3.connect(target)
        try:
            with closing(source), closing(copy):
                source.backup(copy)
        except sqlite3.Error:
            target.unlink(missing_ok=True)  # half a back-up would pass for a whole one
            raise
        return target

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


def _row(event: Event) -> tuple[object, ...]:
    """The columns of an event, but for its id and sequence, as they are stored."""
    return (
        clean(event.device),
        event.time.astimezone(UTC).isoformat(timespec="microseconds"),
        clean(event.kind),
        None if event.question_id is None else clean(event.question_id),
        event.revision,
        event.seed,
        None if event.answer is None else encode_json(event.answer),
        encode_json(event.data),
    )


def default_path() -> Path:
    """Return where the journal is kept: in TUTOR_DATA_DIR, else in the user's data folder."""
    if folder := os.environ.get("TUTOR_DATA_DIR"):
        return Path(folder) / "journal.sqlite3"
    from platformdirs import user_data_path

    return user_data_path("action-potential-tutor", appauthor=False) / "journal.sqlite3"
