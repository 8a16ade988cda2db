"""Lets the tests import the small courses, and what reads decks here."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "course"))
sys.path.insert(0, str(Path(__file__).parent))

from anki_reader import Reader


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Reader]:
    """A fresh collection of Anki."""
    reader = Reader(tmp_path / "anki")
    yield reader
    reader.close()
