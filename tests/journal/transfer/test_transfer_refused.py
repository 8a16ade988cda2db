"""Files that are no journal, or damaged, are refused with a reason; nothing of them comes in."""

import sqlite3
from contextlib import closing

import pytest
from exports import EVENT, HEADER, ID, fill, refusal, written

from tutor.journal.store import Journal
from tutor.journal.transfer import export


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"id": "1"}, 'has no UUID as its "id"'),
        ({"id": None}, 'has no UUID as its "id"'),
        ({"time": "yesterday"}, 'has no date and time with a zone as its "time", such as'),
        ({"time": "2026-05-01T09:30:00"}, "has no date and time with a zone"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "has no date and time with a zone"),
        ({"time": 3}, "has no date and time with a zone"),
        ({"kind": ""}, 'has no text as its "kind"'),
        ({"device": 7}, 'has no text as its "device"'),
        ({"question_id": ["a"]}, 'has no text as its "question_id"'),
        ({"seed": 2**63}, 'has no whole number of 64 bits as its "seed"'),
        ({"revision": True}, 'has no whole number of 64 bits as its "revision"'),
        ({"data": [1]}, 'has no JSON object as its "data"'),
        ({"answer": float("nan")}, 'has in its "answer" what JSON cannot hold'),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_nothing_comes_in(journal, file, change, what):
    fill(journal)
    other = EVENT | {"id": ID.replace("1b", "2b")}
    reason = refusal(journal, written(file, other, EVENT | change))
    assert reason.startswith(f"line 3 {what}")
    assert reason.endswith("; mend that line or leave it out, then import again.")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"no JSON\n", "is not JSON"),
        (b"[" * 200_000 + b"\n", "is not JSON"),
        (b'{"seed": ' + b"9" * 10_000 + b"}\n", "is not JSON"),
        (b"[1]\n", "is not a JSON object"),
        (b"\xff\xfe\n", "is not UTF-8 text"),
        (b'{"id": "' + ID.encode() + b'", "device": "d', "is not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(journal, file, line, what):
    file.write_bytes(HEADER.encode() + line)
    assert refusal(journal, file).startswith(f"line 2 {what}; mend that line")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "id,device\n",
        '{"format": "another", "version": 1}\n',
        "[]\n",
        '{"version": 1}',
        "{",
    ],
)
def test_a_file_that_is_no_export_is_refused(journal, file, content):
    file.write_text(content)
    assert refusal(journal, file) == (
        "it is neither an export of a journal nor a journal: its first line would say "
        '"action-potential-tutor-journal"; choose another file.'
    )


def test_a_file_of_a_newer_version_is_refused(journal, file, tmp_path):
    written(file, header=HEADER.replace("1}", "2}"))
    expected = "it has format {} of a newer program, this one knows 1: update this program."
    assert refusal(journal, file) == expected.format(2)
    with Journal.open(tmp_path / "other" / "new.sqlite3") as other:
        other._connection.execute("PRAGMA user_version = 99")
    assert refusal(journal, other.path) == expected.format(99)


def test_a_file_that_was_cut_between_two_lines_is_refused(journal, file, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        fill(other)
        export(other, file)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-2]))
    assert refusal(journal, file) == (
        "it should hold 7 events and holds 5: it was cut short or changed; export it again."
    )


def test_other_files_are_refused(journal, tmp_path):
    for file, reason in (
        (tmp_path / "nowhere", "it cannot be read (No such file or directory): see that"),
        (tmp_path, "it cannot be read (Is a directory): see that it is there and whole."),
        (journal.path, "it is the journal itself: choose another file."),
    ):
        assert refusal(journal, file).startswith(reason)
    anki = tmp_path / "anki.db"
    with closing(sqlite3.connect(anki)) as other:
        other.execute("CREATE TABLE cards (front, back)")
    assert refusal(journal, anki).startswith("it is neither an export of a journal nor a journal")


def test_a_damaged_journal_is_refused(journal, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        for _ in range(50):
            other.append("attempt", answer="x" * 5_000)
    content = bytearray(other.path.read_bytes())
    content[20_000:60_000] = b"\xa5" * 40_000
    other.path.write_bytes(content)
    assert refusal(journal, other.path).startswith("it cannot be read (database disk image is")


def test_a_row_of_another_journal_that_is_no_event_is_named(journal, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        other.append("attempt")
        values = (ID, "laptop", "yesterday", "attempt", "{}")
        insert = "INSERT INTO events (id, device, time, kind, data) VALUES (?, ?, ?, ?, ?)"
        other._connection.execute(insert, values)
    reason = refusal(journal, other.path)
    assert reason.startswith('its event 2 has no date and time with a zone as its "time"')
