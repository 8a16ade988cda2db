"""A register is made once, kept up to date, and says in a sentence what it cannot do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, inspect, select, text

from tutor.classroom.register import register as module
from tutor.classroom.register.failures import what_failed
from tutor.classroom.register.migrations import STEPS
from tutor.classroom.register.register import Register, RegisterError, open_register
from tutor.classroom.register.snapshot import snapshot_of
from tutor.classroom.register.tables import state, tables
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal

sys.path.insert(0, str(Path(__file__).parent))

from handing import registered
from handouts import hand_out
from postgres_server import PASSWORD, Server

OPENS = """
import sys
import psycopg
from tutor.classroom.register.register import open_register
print("ready", flush=True)
sys.stdin.readline()
with open_register(sys.argv[1]) as register:
    with register.reading() as connection:
        print(connection.exec_driver_sql("SELECT count(*) FROM state").scalar())
"""


def refusal(where: str | Path) -> str:
    with pytest.raises(RegisterError) as refused:
        open_register(where)
    told = str(refused.value)
    assert "\n" not in told
    assert told.endswith(".")
    return told


def test_a_new_register_has_every_table(register: Register) -> None:
    with register.reading() as connection:
        assert set(inspect(connection).get_table_names()) == set(tables.tables)
        assert connection.scalars(select(state.c.version)).all() == [len(STEPS) + 1]


def test_programs_that_open_a_new_register_at_once_make_it_once(where: str) -> None:
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", OPENS, where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in opening:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in opening:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    told = [one.communicate(timeout=60) for one in opening]
    assert [out.strip() for out, _ in told] == ["1"] * 4, told


def test_an_older_register_is_brought_up_to_date_and_keeps_what_it_holds(where: str) -> None:
    open_register(where).close()
    step = (
        "ALTER TABLE set_aside ADD COLUMN size INTEGER NOT NULL DEFAULT 7",
        "CREATE INDEX set_aside_seen ON set_aside (seen_at)",
    )
    with open_register(where) as register, register.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO set_aside (file, digest, reason, seen_at) "
                "VALUES ('a', 'b', 'c', '2026-01-01 00:00:00+00')"
            )
        )
    with open_register(where, steps=(*STEPS, step)) as register, register.reading() as connection:
        assert connection.execute(text("SELECT file, size FROM set_aside")).all() == [("a", 7)]
        assert connection.scalar(select(state.c.version)) == len(STEPS) + 2
    # And only once.
    open_register(where, steps=(*STEPS, step)).close()
    told = refusal(where)
    assert f"has format {len(STEPS) + 2} of a newer program" in told


def test_a_step_that_fails_leaves_the_register_as_it_was(where: str) -> None:
    open_register(where).close()
    step = ("ALTER TABLE set_aside ADD COLUMN size INTEGER", "ALTER TABLE nothing ADD COLUMN x")
    with pytest.raises(Exception, match="nothing"):
        open_register(where, steps=(*STEPS, step))
    with open_register(where) as register, register.reading() as connection:
        columns = {one["name"] for one in inspect(connection).get_columns("set_aside")}
        assert "size" not in columns
        assert connection.scalar(select(state.c.version)) == len(STEPS) + 1


def test_no_password_is_ever_told(postgres_server: Server) -> None:
    network = f"postgresql://tutor:hush-hush@127.0.0.1:{postgres_server.port}"
    for address in (
        f"{network}/postgres",
        f"{network}/no_such",
        "postgresql://me:hush-hush@127.0.0.1:1/register",
        "postgresql://me@127.0.0.1:1/register?password=hush-hush",
        "postgresql://me:hush-hush@[bad/register",
        "mysql://me:hush-hush@127.0.0.1/register",
    ):
        assert "hush-hush" not in refusal(address)
    with open_register(postgres_server.by_network("postgres")) as register:
        assert PASSWORD not in register.where


def test_what_a_driver_says_of_a_password_is_not_told() -> None:
    told = what_failed(psycopg.OperationalError("no host in hush-hush@x"), "hush-hush")
    assert told is not None
    assert "no host in ***@x" in told


def test_no_row_stands_without_what_it_belongs_to(register: Register) -> None:
    nobody = {"assignment": 99, "learner": "x", "id": "x", "name": "", "email": "", "team": ""}
    with pytest.raises(RegisterError), register.writing() as connection:
        connection.execute(insert(tables.tables["learners"]).values(**nobody))


def test_a_server_that_refuses_is_told_in_a_sentence(postgres_server: Server) -> None:
    assert "cannot be reached" in refusal("postgresql://me@127.0.0.1:1/register")
    wrong = postgres_server.by_network("postgres", "wrong")
    assert "lets nobody in with that name and password" in refusal(wrong)
    missing = postgres_server.by_network("no_such")
    assert "is not there" in refusal(missing)


def test_a_user_without_rights_is_told_so(postgres_server: Server) -> None:
    address = postgres_server.new_database()
    open_register(address).close()
    postgres_server.does("DROP ROLE IF EXISTS looker")
    postgres_server.does("CREATE ROLE looker LOGIN")
    told = refusal(address.replace("tutor@", "looker@"))
    assert "may not be changed by this user" in told


def test_a_connection_that_is_lost_is_told_in_a_sentence(postgres_server: Server) -> None:
    address = postgres_server.new_database()
    with open_register(address) as register:
        ends = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{register.engine.url.database}'"
        )
        postgres_server.does(ends)
        with pytest.raises(RegisterError, match="was lost on the way"), register.writing() as own:
            own.execute(select(state))


def test_without_the_driver_the_way_to_get_it_is_told(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from tutor.classroom.register.register import open_register\n"
        "open_register('postgresql://me@127.0.0.1/register')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert 'pip install "action-potential-tutor[postgres]"' in done.stderr.splitlines()[-1]


def test_files_that_are_no_register_are_left_as_they_are(tmp_path: Path) -> None:
    text_file = tmp_path / "text"
    text_file.write_text("not a database, however long this may be" * 100)
    assert "is not an SQLite database" in refusal(text_file)
    Journal.open(tmp_path / "journal.sqlite3").close()
    before = sorted(_names(tmp_path / "journal.sqlite3"))
    assert "is a database of another program" in refusal(tmp_path / "journal.sqlite3")
    assert sorted(_names(tmp_path / "journal.sqlite3")) == before
    assert "is a folder" in refusal(tmp_path)
    assert text_file.read_text().startswith("not a database")


def test_a_database_of_others_is_left_as_it_is(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE TABLE theirs (x int)")
    assert "is a database of another program" in refusal(postgres)


def test_a_damaged_register_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    open_register(path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    assert "is damaged" in refusal(path)


def test_a_full_disk_and_a_register_that_may_only_be_read_are_told(tmp_path: Path) -> None:
    filling = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) "
        "INSERT INTO set_aside (file, digest, reason, seen_at) "
        "SELECT randomblob(9000), hex(randomblob(8)), 'x', '2026-01-01' FROM n"
    )
    # What the file system would say, said by the database itself.
    with (
        open_register(tmp_path / "register.sqlite3") as register,
        register.engine.connect() as connection,
    ):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(RegisterError, match="disk is full"):
            connection.exec_driver_sql(filling)
        connection.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(RegisterError, match="is read-only"):
            connection.exec_driver_sql("DELETE FROM set_aside")


def test_a_register_that_another_program_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.sqlite3"
    open_register(path).close()
    monkeypatch.setattr(module, "BUSY_TIMEOUT_S", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "is locked by another program" in refusal(path)
    other.close()


def test_reading_keeps_nobody_from_writing_and_sees_one_state(register: Register) -> None:
    insert = text(
        "INSERT INTO set_aside (file, digest, reason, seen_at) "
        "VALUES ('a', 'b', 'c', '2026-01-01 00:00:00+00')"
    )
    count = text("SELECT count(*) FROM set_aside")
    with register.reading() as reading:
        assert reading.scalar(count) == 0
        with register.writing() as writing:
            writing.execute(insert)
        assert reading.scalar(count) == 0
    with register.reading() as reading:
        assert reading.scalar(count) == 1


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    open_register(tmp_path / "new" / "place" / "register.sqlite3").close()
    assert (tmp_path / "new" / "place" / "register.sqlite3").is_file()
    shutil.rmtree(tmp_path / "new")


def _names(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    return found


def test_a_file_of_another_program_keeps_every_byte(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE a (b)")
    before = other.read_bytes()
    with pytest.raises(RegisterError, match="another program"):
        open_register(other)
    assert other.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["other.db"]


def test_what_is_no_ordinary_file_is_no_register(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RegisterError, match="no ordinary file"):
        open_register(tmp_path / "pipe")


def test_a_version_that_is_text_and_questions_that_are_damaged_are_told(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    with open_register(path) as register:
        given = hand_out(CourseFolder())
        key = registered(register, given.assignment, given.in_full, {})
        with register.writing() as connection:
            connection.execute(text("UPDATE assignments SET in_full = x'00'"))
        with (
            register.reading() as connection,
            pytest.raises(RegisterError, match=r"register\.sqlite3 is damaged"),
        ):
            snapshot_of(connection, key)
        with register.writing() as connection:
            connection.execute(text(f"UPDATE {state.name} SET version = 'new'"))
    with pytest.raises(RegisterError, match="another program"):
        open_register(path)


def test_a_new_register_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with open_register(tmp_path / "own.sqlite3"):
        pass
    assert (tmp_path / "own.sqlite3").stat().st_mode & 0o077 == 0
