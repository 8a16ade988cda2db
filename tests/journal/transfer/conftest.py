"""The journal of one learner, and the file it goes out to or comes in from."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.journal.store import Journal

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal is, alone in its folder."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    """The journal, empty."""
    with Journal.open(path, device="desk") as journal:
        yield journal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file."""
    return tmp_path / "export.jsonl"
