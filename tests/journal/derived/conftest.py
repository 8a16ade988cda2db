"""The journal of one learner, and the clock it goes by."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.journal.store import Journal

sys.path.append(str(Path(__file__).parent))

from attempting import Clock


@pytest.fixture
def clock() -> Clock:
    """The clock the journal is told the time by."""
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal is."""
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path: Path, clock: Clock) -> Iterator[Journal]:
    """The journal, empty."""
    with Journal.open(path, clock=clock) as journal:
        yield journal
