import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from tutor.journal.store import MIGRATIONS, Journal, JournalError

SECOND = """
-- A column; a trigger, whose body holds semicolons.
ALTER TABLE events ADD COLUMN mood TEXT;
CREATE TRIGGER no_bad_mood BEFORE INSERT ON events WHEN NEW.mood = 'bad'
    BEGIN SELECT 1; SELECT RAISE(ABORT, 'bad mood'); END;
"""
BROKEN = SECOND + "INSERT INTO no_such_table VALUES (1);\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite3"


def _clock():
    return datetime(2025, 3, 14, 9, 26, 53, tzinfo=UTC)


def _version_and_columns(path):
    with closing(sqlite3.connect(path)) as raw:
        (version,) = raw.execute("PRAGMA user_version").fetchone()
        return version, [row[1] for row in raw.execute("PRAGMA table_info(events)")]


def _back_ups(path):
    return sorted(p.name for p in path.parent.glob("journal-*"))


def test_a_new_journal_has_the_newest_version_and_needs_no_back_up(path):
    Journal.open(path, migrations=(*MIGRATIONS, SECOND)).close()
    version, columns = _version_and_columns(path)
    assert version == len(MIGRATIONS) + 1
    assert "mood" in columns
    assert _back_ups(path) == []


def test_an_older_journal_is_migrated_and_keeps_its_events(path):
    with Journal.open(path) as journal:
        kept = [journal.append("attempt", answer=n) for n in range(10)]
    with Journal.open(path, migrations=(*MIGRATIONS, SECOND)) as journal:
        assert journal.events() == kept
        assert journal.append("attempt").sequence == 11
    version, columns = _version_and_columns(path)
    assert version == len(MIGRATIONS) + 1
    assert "mood" in columns


def test_a_back_up_of_the_old_version_is_laid_beside_a_migrated_journal(path):
    # The old program is still open: its events are in the write-ahead log, not in the file.
    with Journal.open(path) as old:
        kept = [old.append("attempt", answer=n) for n in range(10)]
        Journal.open(path, clock=_clock, migrations=(*MIGRATIONS, SECOND)).close()
    old_version = len(MIGRATIONS)
    name = f"journal-v{old_version}-20250314T092653Z.sqlite3"
    assert _back_ups(path) == [name]
    back_up = path.with_name(name)
    assert _version_and_columns(back_up)[0] == old_version
    assert "mood" not in _version_and_columns(back_up)[1]
    with Journal.open(back_up) as journal:
        assert journal.events() == kept


def test_one_back_up_is_enough_for_several_migrations_in_a_row(path):
    Journal.open(path).close()
    third = "CREATE INDEX events_by_device ON events (device);"
    Journal.open(path, migrations=(*MIGRATIONS, SECOND, third)).close()
    assert _version_and_columns(path)[0] == len(MIGRATIONS) + 2
    assert len(_back_ups(path)) == 1


def test_a_migration_that_fails_leaves_the_journal_as_it_was(path):
    with Journal.open(path) as journal:
        kept = journal.append("attempt")
    before = _version_and_columns(path)
    with pytest.raises(JournalError, match=r"cannot be read or written \(no such table"):
        Journal.open(path, migrations=(*MIGRATIONS, BROKEN))
    assert _version_and_columns(path) == before
    with Journal.open(path) as journal:
        assert journal.events() == [kept]


def test_a_back_up_that_cannot_be_made_stops_the_migration(path):
    with Journal.open(path) as journal:
        kept = journal.append("attempt")
    before = _version_and_columns(path)
    path.with_name(f"journal-v{before[0]}-20250314T092653Z.sqlite3").mkdir()
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal.open(path, clock=_clock, migrations=(*MIGRATIONS, SECOND))
    assert _version_and_columns(path) == before
    with Journal.open(path) as journal:
        assert journal.events() == [kept]


def test_terminals_that_start_together_migrate_once(path):
    with Journal.open(path) as journal:
        kept = journal.append("attempt")

    def start(_):
        with Journal.open(path, migrations=(*MIGRATIONS, SECOND)) as journal:
            return journal.events()

    with ThreadPoolExecutor(8) as terminals:
        assert list(terminals.map(start, range(8))) == [[kept]] * 8
    assert _version_and_columns(path)[0] == len(MIGRATIONS) + 1
    assert len(_back_ups(path)) == 1
