"""The table of events, and what brings it from one version to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

APPLICATION_ID = 0x4150544A  # "APTJ": tells a journal from the SQLite files of other programs

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


def statements(script: str) -> Iterator[str]:
    """Split a script; `executescript` would commit the transaction it is called in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
