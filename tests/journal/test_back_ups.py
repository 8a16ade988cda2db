"""Back-ups of a journal: before an import, before it is begun anew."""

import json
import sqlite3
import stat
import sys
from datetime import UTC, datetime

import pytest

from tutor.journal.derived import derive
from tutor.journal.store import Journal, JournalError
from tutor.journal.transfer import TransferError, merge, reset

HEADER = '{"format": "action-potential-tutor-journal", "version": 1}\n'
ID = "1b4e28ba-2fa1-4d1f-a3f5-6a4bfc6ec2e9"
EVENT = {
    "id": ID,
    "device": "laptop",
    "time": "2026-05-01T09:30:00+00:00",
    "kind": "attempt",
    "question_id": "rising.q1",
    "revision": 1,
    "seed": 7,
    "answer": ["b"],
    "data": {"phase": "rising", "marks": 1, "max_marks": 1},
}


@pytest.fixture
def path(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture
def journal(path):
    with Journal.open(path, device="desk") as journal:
        yield journal


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.jsonl"


def _fill(journal, count=5):
    for number in range(count):
        data = {"phase": "rising", "marks": number % 2, "max_marks": 1}
        journal.append("attempt", question_id=f"q{number}", seed=number, answer=[1], data=data)
    journal.append("draft", question_id="q1", answer="\x1b]52;c;Y3VybA==\x07 é \u2028 {}\r\n")
    journal.append("finished")


def _kept(journal):
    """All events but for their sequences."""
    return sorted(event._replace(sequence=0) for event in journal.events())


def _back_ups(path):
    return sorted(p.name for p in path.parent.glob("journal-*"))


def _write(file, *events, header=HEADER):
    lines = [event if isinstance(event, str) else json.dumps(event) + "\n" for event in events]
    file.write_text(header + "".join(lines), encoding="utf-8")
    return file


def _refusal(journal, file):
    """Return why a file is refused, which must leave the journal and its folder as they were."""
    before, files = _kept(journal), sorted(journal.path.parent.iterdir())
    with pytest.raises(TransferError) as refused:
        merge(journal, file)
    assert _kept(journal) == before
    assert sorted(journal.path.parent.iterdir()) == files
    sentence = str(refused.value)
    assert sentence.startswith(f"{file} was not imported, nothing of it: ")
    assert sentence.endswith(".")
    return sentence.removeprefix(f"{file} was not imported, nothing of it: ")


# Out.


def test_a_reset_lays_all_events_aside_and_begins_anew(path, journal):
    _fill(journal)
    before = _kept(journal)
    with Journal.open(path) as open_elsewhere:
        assert derive(open_elsewhere).questions
        back_up = reset(journal)
        assert journal.events() == []
        assert derive(open_elsewhere).questions == derive(journal).questions == {}
        for number in range(9):  # as many as before, and more
            kept = open_elsewhere.append("attempt", question_id=f"new{number}", data=EVENT["data"])
        assert kept.sequence == 9
        assert len(derive(journal).questions) == len(derive(open_elsewhere).questions) == 9
    assert back_up.name.startswith("journal-before-reset-")
    with Journal.open(back_up) as old:
        assert _kept(old) == before
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        journal._connection.execute("DELETE FROM events")
    assert merge(journal, back_up).added == len(before)


def test_back_ups_of_the_same_second_are_kept_side_by_side(path):
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    with Journal.open(path, clock=lambda: noon) as journal:
        for number in range(3):
            journal.append("attempt", answer=number)
            reset(journal)
    stem = "journal-before-reset-20260501T120000Z"
    assert _back_ups(path) == [f"{stem}-2.sqlite3", f"{stem}-3.sqlite3", f"{stem}.sqlite3"]


def test_a_back_up_that_cannot_be_made_stops_an_import_and_a_reset(path, file):
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    _write(file, EVENT)
    with Journal.open(path, clock=lambda: noon) as journal:
        kept = journal.append("attempt")
        for label, act in (
            ("import", lambda: merge(journal, file)),
            ("reset", lambda: reset(journal)),
        ):
            path.with_name(f"journal-before-{label}-20260501T120000Z.sqlite3").mkdir()
            with pytest.raises(JournalError, match="cannot be opened"):
                act()
            assert journal.events() == [kept]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
def test_a_back_up_lies_in_the_folder_that_is_closed_to_others(tmp_path):
    path = tmp_path / "own" / "journal.sqlite3"
    with Journal.open(path) as journal:
        back_up = journal.back_up("mine")
    assert stat.S_IMODE(back_up.parent.stat().st_mode) == 0o700
