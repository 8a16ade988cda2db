import json
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.journal import transfer
from tutor.journal.derived import derive
from tutor.journal.store import Journal, JournalError
from tutor.journal.transfer import Merged, TransferError, export, exported, merge, reset

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


def test_an_export_says_what_it_is_and_holds_one_event_a_line(journal, file):
    _fill(journal)
    export(journal, file)
    header, *lines = file.read_bytes().decode("ascii").split("\n")
    assert json.loads(header) == json.loads(HEADER) | {"events": 7}
    assert lines.pop() == ""
    assert [json.loads(line)["id"] for line in lines] == [event.id for event in journal.events()]
    assert json.loads(lines[1])["data"] == {"phase": "rising", "marks": 1, "max_marks": 1}


def test_the_example_in_the_documentation_can_be_imported(journal, file):
    text = transfer.__doc__
    lines = [part for part in text.split("\n\n") if part.startswith("    {")]
    header, event = (json.dumps(json.loads(part)) for part in lines)
    file.write_text(f"{header}\n{event}\n{event.replace('1b4e', '2b4e')}\n")
    assert merge(journal, file).added == 2


def test_an_export_that_cannot_be_written_leaves_no_half_of_it(journal, tmp_path):
    _fill(journal)
    (tmp_path / "there").mkdir()
    for file in (tmp_path / "there", tmp_path / "nowhere" / "export.jsonl"):
        with pytest.raises(TransferError, match="choose another place"):
            export(journal, file)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "there"]


def test_what_is_kept_while_it_is_given_out_is_left_for_the_next_time(journal):
    _fill(journal)
    lines = []
    for line in exported(journal):
        lines.append(line)
        journal.append("finished")
    assert len(lines) == 1 + json.loads(lines[0])["events"] == 8


# In.


@pytest.mark.parametrize("as_journal", [True, False])
def test_an_export_or_a_journal_comes_in_whole_once_and_only_once(journal, tmp_path, as_journal):
    _fill(journal)
    with Journal.open(tmp_path / "other" / "laptop.sqlite3") as other:
        _fill(other, 8)
        file = other.path
        if not as_journal:
            file = tmp_path / "export.jsonl"
            export(other, file)
        before, theirs = _kept(journal), _kept(other)
        done = merge(journal, file)
        assert (done.added, done.known) == (10, 0)
        assert _kept(journal) == sorted(before + theirs)
        back_ups = _back_ups(journal.path)
        assert merge(journal, file) == Merged(0, 10, None)
        assert _back_ups(journal.path) == back_ups == [done.back_up.name]
    with Journal.open(done.back_up) as back_up:
        assert _kept(back_up) == before


def test_two_machines_that_merge_either_way_know_the_same(tmp_path):
    journals = [Journal.open(tmp_path / name / "journal.sqlite3") for name in ("desk", "laptop")]
    for number, journal in enumerate(journals):
        _fill(journal, 6 + number)
    for number, journal in enumerate(journals):
        export(journal, tmp_path / f"{number}.jsonl")
    for number, journal in enumerate(journals):
        merge(journal, tmp_path / f"{1 - number}.jsonl")
    desk, laptop = map(derive, journals)
    assert _kept(journals[0]) == _kept(journals[1])
    assert desk.questions == laptop.questions
    assert list(desk.quarters()) == list(laptop.quarters())
    for journal in journals:
        journal.close()


def test_a_journal_that_is_open_elsewhere_comes_in_with_what_was_kept_last(journal, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        for number in range(5):
            other.append("attempt", answer=number)
            assert merge(journal, other.path).added == 1  # still in its write-ahead log


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no mode there")
def test_a_journal_on_a_medium_that_is_read_only_comes_in():
    with tempfile.TemporaryDirectory() as name:
        stick = Path(name) / "stick"
        with Journal.open(stick / "journal.sqlite3") as other:
            other.append("attempt")
        (stick / "journal.sqlite3").chmod(0o444)
        stick.chmod(0o555)
        Path(name).chmod(0o755)
        code = (
            "import os, sys\n"
            "from pathlib import Path\n"
            "from tutor.journal.store import Journal\n"
            "from tutor.journal.transfer import merge\n"
            "journal = Journal.in_memory()\n"
            "journal.append('draft', answer='é')  # loads what only root may read\n"
            "if os.getuid() == 0: os.setuid(65534)  # root may write anywhere\n"
            "print(merge(journal, Path(sys.argv[1]) / 'stick' / 'journal.sqlite3').added)\n"
        )
        command = [sys.executable, "-c", code, name]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        stick.chmod(0o755)
    assert run.stdout == "1\n", run.stderr


def test_settings_of_a_terminal_stay_with_their_machine_and_others_go_by_their_time(
    journal, tmp_path
):
    def at(day):
        return lambda: datetime(2026, 5, day, tzinfo=UTC)

    with Journal.open(tmp_path / "other.sqlite3", device="laptop", clock=at(2)) as other:
        other.set_setting("terminal.glyphs", "ascii")
        other.set_setting("board", "OCR")
        other.set_setting("motion", False)
    with Journal.open(journal.path, device="desk", clock=at(1)) as early:
        early.set_setting("board", "AQA")
    with Journal.open(journal.path, device="desk", clock=at(3)) as late:
        late.set_setting("motion", True)
        merge(late, tmp_path / "other.sqlite3")
        assert late.settings() == {"board": "OCR", "motion": True}


def test_a_setting_holds_although_the_clock_was_set_back(journal):
    for day, glyphs in ((9, "ascii"), (2, "braille")):
        clock = datetime(2026, 5, day, tzinfo=UTC)
        with Journal.open(journal.path, device="desk", clock=lambda clock=clock: clock) as today:
            today.set_setting("terminal.glyphs", glyphs)
    assert journal.settings() == {"terminal.glyphs": "braille"}


def test_zones_byte_order_marks_and_empty_lines_are_no_matter(journal, file):
    later = EVENT | {"time": "2026-05-01T11:30:00+02:00"}
    least = {name: EVENT[name] for name in ("device", "time", "kind")}
    least["id"] = ID.upper().replace("1B", "2B")
    _write(file, later, "\r\n", least, "\n", header="\ufeff" + HEADER)
    assert merge(journal, file).added == 2
    first, second = journal.events()
    assert first.time == second.time == datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    assert (second.id, second.answer, second.data) == (ID.replace("1b", "2b"), None, {})


def test_an_event_that_is_twice_in_a_file_comes_in_once(journal, file):
    done = merge(journal, _write(file, EVENT, EVENT | {"id": ID.upper()}))
    assert (done.added, done.known) == (1, 1)


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
    _fill(journal)
    other = EVENT | {"id": ID.replace("1b", "2b")}
    reason = _refusal(journal, _write(file, other, EVENT | change))
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
    assert _refusal(journal, file).startswith(f"line 2 {what}; mend that line")


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
    assert _refusal(journal, file) == (
        "it is neither an export of a journal nor a journal: its first line would say "
        '"action-potential-tutor-journal"; choose another file.'
    )


def test_a_file_of_a_newer_version_is_refused(journal, file, tmp_path):
    _write(file, header=HEADER.replace("1}", "2}"))
    expected = "it has format {} of a newer program, this one knows 1: update this program."
    assert _refusal(journal, file) == expected.format(2)
    with Journal.open(tmp_path / "other" / "new.sqlite3") as other:
        other._connection.execute("PRAGMA user_version = 99")
    assert _refusal(journal, other.path) == expected.format(99)


def test_a_file_that_was_cut_between_two_lines_is_refused(journal, file, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        _fill(other)
        export(other, file)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-2]))
    assert _refusal(journal, file) == (
        "it should hold 7 events and holds 5: it was cut short or changed; export it again."
    )


def test_other_files_are_refused(journal, tmp_path):
    for file, reason in (
        (tmp_path / "nowhere", "it cannot be read (No such file or directory): see that"),
        (tmp_path, "it cannot be read (Is a directory): see that it is there and whole."),
        (journal.path, "it is the journal itself: choose another file."),
    ):
        assert _refusal(journal, file).startswith(reason)
    anki = tmp_path / "anki.db"
    with closing(sqlite3.connect(anki)) as other:
        other.execute("CREATE TABLE cards (front, back)")
    assert _refusal(journal, anki).startswith("it is neither an export of a journal nor a journal")


def test_a_damaged_journal_is_refused(journal, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        for _ in range(50):
            other.append("attempt", answer="x" * 5_000)
    content = bytearray(other.path.read_bytes())
    content[20_000:60_000] = b"\xa5" * 40_000
    other.path.write_bytes(content)
    assert _refusal(journal, other.path).startswith("it cannot be read (database disk image is")


def test_a_row_of_another_journal_that_is_no_event_is_named(journal, tmp_path):
    with Journal.open(tmp_path / "other.sqlite3") as other:
        other.append("attempt")
        values = (ID, "laptop", "yesterday", "attempt", "{}")
        insert = "INSERT INTO events (id, device, time, kind, data) VALUES (?, ?, ?, ?, ?)"
        other._connection.execute(insert, values)
    reason = _refusal(journal, other.path)
    assert reason.startswith('its event 2 has no date and time with a zone as its "time"')


SMALL_MEMORY = """
import resource, sys
from pathlib import Path
from tutor.journal.store import Journal
from tutor.journal.transfer import TransferError, merge

with Journal.open(Path(sys.argv[1])) as journal:
    resource.setrlimit(resource.RLIMIT_AS, (160_000_000, 160_000_000))
    try:
        print(merge(journal, Path(sys.argv[2])).added)
    except TransferError as error:
        print(error)
"""


def _in_small_memory(path, file):
    command = [sys.executable, "-c", SMALL_MEMORY, str(path), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on memory there")
def test_a_line_of_two_gigabytes_is_refused_before_it_is_in_memory(path, file):
    with file.open("wb") as out:
        out.write(HEADER.encode())
        out.truncate(2_000_000_000)  # a hole: takes no room
    assert _in_small_memory(path, file) == (
        f"{file} was not imported, nothing of it: line 2 is longer than 16 MB; "
        "mend that line or leave it out, then import again."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on memory there")
def test_many_lines_come_in_one_by_one(path, file):
    count = 8_000  # 120 MB; a million takes no more memory, only longer
    padding = "x" * 15_000
    with file.open("w") as out:
        out.write(HEADER)
        for number in range(count):
            event = EVENT | {"id": f"{number:032x}", "kind": "draft", "answer": padding}
            out.write(json.dumps(event) + "\n")
    assert _in_small_memory(path, file) == str(count)


# Anew.


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
