"""Registers of version 1 stay usable: whatever changes in the tables needs a step."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Inspector, inspect, select

from tutor.classroom.register.migrations import STEPS
from tutor.classroom.register.register import Register, open_register
from tutor.classroom.register.tables import state


@pytest.fixture
def of_version_1(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A register as version 1 made it, beside the new one; what made it is never to be changed."""
    kind = "postgresql" if "://" in where else "sqlite"
    made = Path(__file__).with_name(f"register_version_1.{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        old = str(tmp_path / "old.sqlite3")
        connection = sqlite3.connect(old)
        connection.executescript(made)
        connection.close()
        return old
    address: str = request.getfixturevalue("postgres_server").new_database()
    with psycopg.connect(address) as shared:
        shared.execute(made.encode())
    return address


def test_a_register_of_version_1_that_is_brought_up_to_date_is_like_a_new_one(
    register: Register, of_version_1: str
) -> None:
    with open_register(of_version_1) as old:
        with old.reading() as connection:
            assert connection.scalars(select(state.c.version)).all() == [len(STEPS) + 1]
        # Where they differ, a step in tutor/classroom/register/migrations.py is missing.
        assert schema(old) == schema(register)


def schema(register: Register) -> dict[str, dict[str, Any]]:
    """Columns, keys and indexes of every table, in whatever order they came to be."""
    with register.reading() as connection:
        found = inspect(connection)
        return {table: _parts(found, table) for table in found.get_table_names()}


def _parts(found: Inspector, table: str) -> dict[str, Any]:
    return {
        "columns": {
            one["name"]: (str(one["type"]), one["nullable"], one["default"])
            for one in found.get_columns(table)
        },
        "primary": found.get_pk_constraint(table)["constrained_columns"],
        "foreign": sorted(
            (one["constrained_columns"], one["referred_table"], str(one["options"]))
            for one in found.get_foreign_keys(table)
        ),
        "unique": sorted(one["column_names"] for one in found.get_unique_constraints(table)),
        "indexes": sorted((one["name"], one["column_names"]) for one in found.get_indexes(table)),
    }
