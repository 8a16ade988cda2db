"""The cache of what is known: it saves reading, and losing it loses nothing."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from tutor.journal import derived as derived_module
from tutor.journal.derived import Derived, derive
from tutor.journal.store import Journal

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.time = START

    def __call__(self):
        return self.time

    def later(self, **gap):
        self.time += timedelta(**gap)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path, clock):
    with Journal.open(path, clock=clock) as journal:
        yield journal


def attempt(journal, marks=1, question_id="rising.q1", **data):
    data = {"phase": "rising", "marks": marks, "max_marks": 1, **data}
    return journal.append("attempt", question_id=question_id, data=data)


def state(journal, question_id="rising.q1"):
    return derive(journal).questions[question_id]


def _cache(path):
    return path.with_suffix(".derived")


def test_the_cache_saves_reading_what_has_been_read(path, journal, clock):
    attempt(journal)
    first = derive(journal)
    journal.close()
    with Journal.open(path, clock=clock) as again:
        loaded = derived_module.load(_cache(path), Derived, derived_module.VERSION)
        assert loaded.head == first.head == 1
        clock.later(days=1)
        attempt(again, 0, mode="review")
        derived = derive(again)
        assert derived.head == 2
        assert list(derived.quarters()) == list(Derived().refreshed(again).quarters())
        assert derived.questions == Derived().refreshed(again).questions
        assert len(list(derived.quarters())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:40],
        lambda content: b"notes " * 100,
        lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        lambda content: os.urandom(5000),
    ],
)
def test_a_damaged_cache_is_ignored_and_replaced(path, journal, clock, damage):
    attempt(journal)
    first = derive(journal)
    journal.close()
    whole = _cache(path).read_bytes()
    _cache(path).write_bytes(damage(whole))
    with Journal.open(path, clock=clock) as again:
        assert derive(again) == first
    assert _cache(path).read_bytes() == whole


def test_a_cache_of_another_version_is_ignored(path, journal, monkeypatch):
    attempt(journal)
    first = derive(journal)
    journal.close()
    first.undone.add("what a newer program derived")
    for version in (derived_module.VERSION + 1, 0):
        derived_module.save(_cache(path), first, version)
        with Journal.open(path) as again:
            assert derive(again).undone == set()


def test_a_cache_of_another_journal_is_ignored(path, journal, tmp_path):
    attempt(journal)
    derive(journal)
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / path.name
    _cache(other).write_bytes(_cache(path).read_bytes())
    with Journal.open(other) as elsewhere:
        assert derive(elsewhere).questions == {}
        attempt(elsewhere, question_id="peak.q1")
        assert derive(elsewhere).questions.keys() == {"peak.q1"}


def test_a_cache_that_cannot_be_written_is_no_matter(path, journal):
    _cache(path).mkdir()
    (_cache(path) / "full").touch()
    attempt(journal)
    assert state(journal).attempts == 1
    assert not _cache(path).with_name(_cache(path).name + ".partial").exists()


def test_a_journal_in_memory_has_no_cache(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Journal.in_memory() as journal:
        attempt(journal)
        assert state(journal).attempts == 1
    assert list(tmp_path.iterdir()) == []


def test_a_long_run_is_cached_now_and_then(path, journal, clock):
    derive(journal)
    for _ in range(450):
        clock.later(minutes=1)
        attempt(journal)
        derive(journal)
    loaded = derived_module.load(_cache(path), Derived, derived_module.VERSION)
    assert loaded.head == 402


# The home screen.
