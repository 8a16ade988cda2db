import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from tutor.journal import store
from tutor.journal.store import Journal, JournalError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite3"


def _refusal(path):
    """Return the sentence with which a file is refused, which must leave it unchanged."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(JournalError) as refused:
        Journal.open(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    return str(refused.value)


def test_a_text_file_is_refused(path):
    path.write_text("My notes on sodium channels.\n" * 100)
    assert _refusal(path) == (
        f"The journal {path} is not an SQLite database: move that file away and start again."
    )


def test_a_database_of_another_program_is_refused(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE cards (front, back)")
    sentence = (
        f"The journal {path} is a database of another program: "
        "move that file away, or set TUTOR_DATA_DIR to another folder."
    )
    assert _refusal(path) == sentence
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA application_id = 77")
    assert _refusal(path) == sentence


def test_an_empty_file_becomes_a_journal(path):
    path.touch()
    with Journal.open(path) as journal:
        journal.append("started")


def test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is(path):
    with Journal.open(path) as journal:
        journal.append("attempt")
        journal._connection.execute("PRAGMA user_version = 99")
    newest = len(store.MIGRATIONS)
    assert _refusal(path) == (
        f"The journal {path} has format 99 of a newer program, this one knows {newest}: "
        "update this program."
    )
    assert sorted(p.name for p in path.parent.iterdir()) == ["device", "journal.sqlite3"]


def test_a_folder_is_refused(path):
    path.mkdir()
    assert _refusal(path) == f"The journal {path} is a folder: move it away and start again."


@pytest.mark.parametrize("below", ["journal.sqlite3", "deeper/journal.sqlite3"])
def test_a_place_where_no_folder_can_be_made_is_refused(tmp_path, below):
    (tmp_path / "file").write_text("not a folder")
    path = tmp_path / "file" / below
    with pytest.raises(JournalError) as refused:
        Journal.open(path)
    assert str(refused.value).startswith(f"The journal {path} cannot be kept in that place (")
    assert str(refused.value).endswith(
        "): get the right to write to it and its folder, or set TUTOR_DATA_DIR to another folder."
    )


def test_a_damaged_journal_is_refused(path):
    with Journal.open(path) as journal:
        journal.append("attempt", answer="x" * 50_000)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xa5" * 3996  # the page that lists the tables
    path.write_bytes(content)
    with pytest.raises(JournalError) as refused:
        Journal.open(path)
    assert str(refused.value) == (
        f"The journal {path} is damaged: put a back-up in its place, or move it away to start new."
    )


def test_a_locked_journal_is_reported_when_waiting_did_not_help(path, monkeypatch):
    monkeypatch.setattr(store, "BUSY_TIMEOUT_S", 0.05)
    sentence = (
        f"The journal {path} is locked by another program: close that program and try again."
    )
    with Journal.open(path) as journal, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(JournalError) as refused:
            journal.append("attempt")
        assert str(refused.value) == sentence
        with pytest.raises(JournalError) as refused:
            Journal.open(path)
        assert str(refused.value) == sentence
        other.rollback()
        kept = journal.append("attempt")
        assert journal.events() == [kept]


def test_a_full_disk_is_reported_and_the_journal_goes_on_once_there_is_room(path):
    with Journal.open(path) as journal:
        kept = journal.append("attempt")
        pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
        journal._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalError) as refused:
            journal.append("attempt", answer="x" * 100_000)
        assert str(refused.value) == (
            f"The journal {path} cannot be written because the disk is full: "
            "free some space, try again."
        )
        assert journal.events() == [kept]
        journal._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        again = journal.append("attempt", answer="x" * 100_000)
        assert journal.events() == [kept, again]


LIMITED = """
import resource, sys
from pathlib import Path
from tutor.journal.store import Journal, JournalError

journal = Journal.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
kept = 0
try:
    while True:
        journal.append("attempt", answer="x" * 10_000)
        kept += 1
except JournalError as error:
    print(kept, error, sep="\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_write_that_the_system_refuses_is_reported_and_nothing_kept_is_lost(path):
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True
    )
    kept, sentence = run.stdout.splitlines()
    assert sentence == (
        f"The journal {path} cannot be read or written (disk I/O error): see that its disk works "
        "and has room, or set TUTOR_DATA_DIR to another folder."
    )
    with Journal.open(path) as journal:
        assert len(journal.events()) == int(kept) > 0


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from tutor.journal.store import Journal, JournalError

if os.getuid() == 0:
    os.setuid(65534)  # root may write anywhere
try:
    Journal.open(Path(sys.argv[1])).append("attempt")
except JournalError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "reason"),
    [
        (0o444, 0o555, "is read-only"),
        (0o444, 0o755, "is read-only"),
        (0o666, 0o555, "is read-only"),
        (0o000, 0o755, "cannot be opened"),
        (0o666, 0o000, "cannot be kept in that place (Permission denied)"),
    ],
)
def test_a_place_without_the_rights_is_reported(file_mode, folder_mode, reason):
    # Not in tmp_path: its parents are closed to the user that root becomes here.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "journal.sqlite3"
        Journal.open(path).close()
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        command = [sys.executable, "-c", UNPRIVILEGED, str(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        folder.chmod(0o755)
    assert run.stderr == ""
    assert run.stdout == (
        f"The journal {path} {reason}: get the right to write to it and its folder, "
        "or set TUTOR_DATA_DIR to another folder.\n"
    )
