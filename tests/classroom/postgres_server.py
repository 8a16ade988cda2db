"""A PostgreSQL server of the tests' own, in a folder that is forgotten, reached from here."""

from __future__ import annotations

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NoReturn

import psycopg
import pytest

#: Whether a test may do without it.
MUST_RUN = "TUTOR_TESTS_MUST_RUN"
PASSWORD = "not-to-be-told"
_START_S = 60.0
#: Nothing here outlives a crash.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Server:
    """A server that runs. Its superuser is `tutor`, let in by the socket without a password."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def url(self, database: str) -> str:
        """The address of a database, by the socket."""
        return f"postgresql://tutor@/{database}?host={self.folder}&port={self.port}"

    def by_network(self, database: str, password: str = PASSWORD) -> str:
        """The same by the loopback, where a password is asked for."""
        return f"postgresql://tutor:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"register_{uuid.uuid4().hex}"
        self.does(f"CREATE DATABASE {name} STRATEGY file_copy")
        return self.url(name)

    def new_schema(self) -> str:
        """The address of a new, empty schema: as good as a database, and made in no time."""
        name = f"register_{uuid.uuid4().hex}"
        self.does(f"CREATE SCHEMA {name}")
        return f"{self.url('postgres')}&options=-csearch_path%3D{name}"

    def does(self, statement: str) -> None:
        """Have a statement done as the superuser."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL there is."""
    found = shutil.which("postgres")
    if found and shutil.which("initdb"):
        return Path(found).parent
    installed = [
        path.parent
        for pattern in ("/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb")
        for path in Path("/").glob(pattern.lstrip("/"))
        if path.with_name("postgres").exists()
    ]
    return max(installed, key=lambda path: int(_digits(path)), default=None)


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """A server that is stopped at the end; `settings` are such as `shared_buffers=1GB`.

    Skips the test where none can be had, or fails it where it must run.
    """
    programs = binaries()
    if programs is None:
        without("there is no PostgreSQL here; install the package postgresql")
    # The path of a socket is short, and nobody but root looks into root's temporary folders.
    folder = Path(tempfile.mkdtemp(prefix="tutor-pg-"))
    owner = _owner()
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        data = folder / "data"
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="ascii")
        secret.chmod(0o644)
        made = subprocess.run(
            [
                *(programs / "initdb", "-D", data, "-U", "tutor", "--pwfile", secret),
                *("--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"),
                *("--encoding=UTF8", "--locale=C"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            **owner,
        )
        if made.returncode:
            without(f"initdb refused: {made.stderr.strip()[-400:]}")
        with _started(programs, folder, data, (*_QUICK, *settings), owner) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def shared(folder: Path) -> Iterator[Server]:
    """The one server of several processes: the first that needs it starts it, for all of them.

    Args:
        folder: Known to all of them; whoever started the server stops it once nobody uses it.
    """
    told = folder / "postgres"
    with (
        (folder / "postgres.users").open("w") as users,
        (folder / "postgres.lock").open("w") as one,
    ):
        fcntl.flock(users, fcntl.LOCK_SH)
        fcntl.flock(one, fcntl.LOCK_EX)
        if told.exists():
            where, port = told.read_text(encoding="utf-8").splitlines()
            fcntl.flock(one, fcntl.LOCK_UN)
            yield Server(Path(where), int(port))
            return
        with running() as server:
            told.write_text(f"{server.folder}\n{server.port}\n", encoding="utf-8")
            fcntl.flock(one, fcntl.LOCK_UN)
            yield server
            fcntl.flock(users, fcntl.LOCK_EX)


@contextmanager
def _started(
    programs: Path, folder: Path, data: Path, settings: tuple[str, ...], owner: dict[str, Any]
) -> Iterator[Server]:
    port = _free_port()
    options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    told = (folder / "log").open("wb")
    process = subprocess.Popen(
        [programs / "postgres", "-D", data]
        + [part for option in (*options, *settings) for part in ("-c", option)],
        stdout=told,
        stderr=told,
        cwd=folder,
        preexec_fn=_ends_with_us,
        **owner,
    )
    server = Server(folder, port)
    try:
        _await(process, server, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)
        told.close()


def without(reason: str) -> NoReturn:
    """Leave a test out and say so; where it must run, fail it."""
    if os.environ.get(MUST_RUN):
        pytest.fail(f"NOT TESTED ON POSTGRESQL: {reason}")
    pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")


def _await(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    until = monotonic() + _START_S
    while monotonic() < until and process.poll() is None:
        with suppress(psycopg.OperationalError):
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
            return
        sleep(0.02)
    without(f"the server did not start: {log.read_text(errors='replace')[-400:]}")


def _owner() -> dict[str, Any]:
    """Who runs it: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    without("root may not run it, and there is no other user")


def _ends_with_us() -> None:
    """Stop the server where the tests are killed."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _digits(path: Path) -> str:
    return "".join(c for c in str(path) if c.isdigit()) or "0"
