"""What is derived is cached beside the journal, and progress read without what is slow."""

import os
import subprocess
import sys

import pytest
from attempting import attempt, state

from tutor.journal import derived as derived_module
from tutor.journal.derived import Derived, derive
from tutor.journal.progress import last_phase, phase_progress
from tutor.journal.store import Journal


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


HOME = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tutor.journal.event import Event
from tutor.journal.progress import phase_progress
from tutor.journal.store import Journal

with Journal.open(Path(sys.argv[1])) as journal:
    for number in range(int(sys.argv[2])):
        data = {"phase": "rising", "marks": 1, "max_marks": 1, "mode": "review"}
        time = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
        id_ = f"{number:08}-0000-4000-8000-000000000000"
        event = Event(id_, 0, "desk", time, "attempt", f"rising.q{number % 5}", 1, 1, None, data)
        journal.add([event])
    journal.append("position", data={"phase": "rising", "number": 2, "count": 5})
    print(phase_progress(journal)["rising"].right, "fsrs" in sys.modules)
"""


@pytest.mark.parametrize("attempts", [5, 250])
def test_progress_in_phases_loads_no_scheduler_and_loses_no_review(path, attempts):
    command = [sys.executable, "-c", HOME, str(path), str(attempts)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout == "5 False\n"
    assert path.with_suffix(".derived").exists() == (attempts > 200)
    with Journal.open(path) as journal:
        derived = derive(journal)
        assert {state.card.reviews for state in derived.questions.values()} == {attempts // 5}
    with Journal.open(path) as journal:  # from the cache
        assert derive(journal) == derived


def test_the_phase_that_was_left_last_is_known_with_its_place(journal, clock):
    assert last_phase(journal) is None
    for phase, number in (("rest", 4), ("peak", 2), ("rest", 5)):
        data = {"phase": phase, "number": number, "count": 9, "questions": 3}
        journal.append("position", data=data)
        clock.later(minutes=1)
    attempt(journal, 1, "rest.q1", phase="rest")
    attempt(journal, 0, "rest.q2", phase="rest")
    journal.append("finished", data={"phase": "peak"})
    progress = phase_progress(journal)
    rest = progress["rest"]
    assert (rest.number, rest.count, rest.right, rest.answered, rest.finished) == (
        5,
        9,
        1,
        2,
        False,
    )
    assert progress["peak"].finished
    assert last_phase(journal) == "rest"
