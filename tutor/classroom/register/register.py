"""A tutor's register: an SQLite file, or a PostgreSQL database that several graders use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import NoResultFound, SQLAlchemyError

from tutor.classroom.register.failures import RegisterError as RegisterError
from tutor.classroom.register.failures import what_failed
from tutor.classroom.register.migrations import STEPS, Step
from tutor.classroom.register.place import default_register
from tutor.classroom.register.tables import assignments, state, tables
from tutor.course.text import one_line
from tutor.words import collecting as words
from tutor.words import journal as journal_words

BUSY_TIMEOUT_S = 30.0
CONNECT_TIMEOUT_S = 10
#: Of two programs that make or migrate a register in PostgreSQL at once, one waits for this lock.
_LOCK = 0x61707472


class Register:
    """The register, open. Whatever goes wrong in its database is raised as RegisterError.

    Attributes:
        engine: For statements of one's own; on SQLite each of its transactions may write.
        where: Its file, or its address without a password.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        """Take over an engine; see `open_register`."""
        self.engine = engine
        self.where = where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the register, and keeps nobody from writing."""
        options: dict[str, Any] = {"reads_only": True}
        if self.is_shared:  # SQLite does it for every transaction.
            options["isolation_level"] = "REPEATABLE READ"
        begun = self.engine.connect().execution_options(**options)
        with self._told(), begun as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept as a whole, or not at all."""
        with self._told(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What is looked for by its key was there before: whoever misses it is told so."""
        try:
            yield
        except NoResultFound:
            raise RegisterError(self.where, words.GONE_MEANWHILE) from None

    @property
    def is_shared(self) -> bool:
        """Whether it is in PostgreSQL."""
        return self.engine.dialect.name == "postgresql"

    def close(self) -> None:
        """Close it; closing twice does no harm."""
        self.engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_register(where: str | Path | None = None, *, steps: tuple[Step, ...] = STEPS) -> Register:
    """Open a register, made on first use; one of an older version is brought up to date.

    Args:
        where: A file or a postgresql:// address; left out, the one of `default_register`.
        steps: From each version to the next.

    Raises:
        RegisterError: it cannot be used, is none, or was written by a newer program.
    """
    named = str(where or default_register())
    url = _address(named) if "://" in named else _file(Path(named))
    shown = _shown(url)
    try:
        engine = _engine(url, shown)
    except ModuleNotFoundError:
        raise RegisterError(shown, words.NO_DRIVER) from None
    register = Register(engine, shown)
    try:
        _bring_up_to_date(register, steps)
    except BaseException:
        register.close()
        raise
    return register


def _file(path: Path) -> URL:
    where = str(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_dir():
            raise RegisterError(where, journal_words.A_FOLDER)
        if path.exists() and not path.is_file():
            raise RegisterError(where, words.NO_FILE_THERE.format(another=words.ANOTHER))
        if path.exists() and _is_of_others(path):
            raise RegisterError(where, words.OTHER_PROGRAM.format(another=words.ANOTHER))
    except OSError as error:
        reason = error.strerror or str(error)
        told = words.NO_PLACE.format(reason=reason, another=words.ANOTHER)
        raise RegisterError(where, told) from None
    # Names and marks are nobody else's to read; what goes wrong shows when it is opened.
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    return URL.create("sqlite+pysqlite", database=where)


def _is_of_others(path: Path) -> bool:
    """Whether a file has other tables; told without a change to it, which setting up makes."""
    # What cannot be looked at shows its fault when it is opened.
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=1, uri=True)) as it,
    ):
        there = {name for (name,) in it.execute("SELECT name FROM sqlite_master")}
        return bool(there) and not {state.name, assignments.name} <= there
    return False


def _address(typed: str) -> URL:
    kind, _, rest = typed.partition("://")
    try:
        if kind not in ("postgresql", "postgres"):
            raise ValueError
        return make_url(f"postgresql+psycopg://{rest}")
    except (SQLAlchemyError, ValueError):
        # Whatever it is, there may be a password in it.
        raise RegisterError(f"{one_line(kind, 40)}://***", words.OTHER_ADDRESS) from None


def _shown(url: URL) -> str:
    """The register's name as it may be told."""
    if url.get_backend_name() == "sqlite":
        return one_line(str(url.database), 300)
    if "password" in url.query:
        url = url.update_query_dict({"password": "***"})
    named = url.set(drivername="postgresql").render_as_string(hide_password=True)
    return one_line(named, 300)


def _engine(url: URL, shown: str) -> Engine:
    """An engine whose faults are sentences.

    Raises:
        ModuleNotFoundError: the driver is not installed.
    """
    is_file = url.get_backend_name() == "sqlite"
    # Answers do not belong in messages.
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_S}
        if is_file
        else {"connect_timeout": CONNECT_TIMEOUT_S},
    )
    secret = str(url.password or url.query.get("password") or "")

    @event.listens_for(engine, "handle_error")
    def told(context: ExceptionContext) -> None:
        what = what_failed(context.original_exception, secret)
        if what is not None:
            raise RegisterError(shown, what) from None

    if is_file:
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions would begin at the first change, after what it follows from
    # was read.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    for mode in ("wal", "delete"):  # WAL is refused on some network file systems
        with suppress(sqlite3.OperationalError):  # a real fault shows again at BEGIN
            if connection.execute(f"PRAGMA journal_mode={mode}").fetchone() == (mode,):
                return


def _begin(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _bring_up_to_date(register: Register, steps: tuple[Step, ...]) -> None:
    """Make the tables, or change them step by step, whoever else does so at the same time."""
    with register.writing() as connection:
        if register.is_shared:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        newest = len(steps) + 1
        there = set(inspect(connection).get_table_names())
        if not there:
            tables.create_all(connection, checkfirst=False)
            connection.execute(insert(state).values(version=newest))
            return
        if not {state.name, assignments.name} <= there:
            _refuse(register, words.OTHER_PROGRAM.format(another=words.ANOTHER))
        version: Any = connection.scalar(select(state.c.version))
        if type(version) is not int or version < 1:
            _refuse(register, words.OTHER_PROGRAM.format(another=words.ANOTHER))
        if version > newest:
            _refuse(register, journal_words.NEWER.format(version=version, newest=newest))
        for step in steps[version - 1 :]:
            for statement in step:
                connection.execute(text(statement))
        if version < newest:
            connection.execute(update(state).values(version=newest))


def _refuse(register: Register, what: str) -> NoReturn:
    raise RegisterError(register.where, what)
