import json
import sqlite3
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import EVENT, HEADER, ID, all_kept, fill, written

from tutor.journal import transfer
from tutor.journal.derived import derive
from tutor.journal.store import Journal, JournalError
from tutor.journal.transfer import Merged, TransferError, export, exported, merge, reset


def _back_ups(path):
    return sorted(p.name for p in path.parent.glob("journal-*"))


# Out.


def test_an_export_says_what_it_is_and_holds_one_event_a_line(journal, file):
    fill(journal)
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
    fill(journal)
    (tmp_path / "there").mkdir()
    for file in (tmp_path / "there", tmp_path / "nowhere" / "export.jsonl"):
        with pytest.raises(TransferError, match="choose another place"):
            export(journal, file)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "there"]


def test_what_is_kept_while_it_is_given_out_is_left_for_the_next_time(journal):
    fill(journal)
    lines = []
    for line in exported(journal):
        lines.append(line)
        journal.append("finished")
    assert len(lines) == 1 + json.loads(lines[0])["events"] == 8


# In.


@pytest.mark.parametrize("as_journal", [True, False])
def test_an_export_or_a_journal_comes_in_whole_once_and_only_once(journal, tmp_path, as_journal):
    fill(journal)
    with Journal.open(tmp_path / "other" / "laptop.sqlite3") as other:
        fill(other, 8)
        file = other.path
        if not as_journal:
            file = tmp_path / "export.jsonl"
            export(other, file)
        before, theirs = all_kept(journal), all_kept(other)
        done = merge(journal, file)
        assert (done.added, done.known) == (10, 0)
        assert all_kept(journal) == sorted(before + theirs)
        back_ups = _back_ups(journal.path)
        assert merge(journal, file) == Merged(0, 10, None)
        assert _back_ups(journal.path) == back_ups == [done.back_up.name]
    with Journal.open(done.back_up) as back_up:
        assert all_kept(back_up) == before


def test_two_machines_that_merge_either_way_know_the_same(tmp_path):
    journals = [Journal.open(tmp_path / name / "journal.sqlite3") for name in ("desk", "laptop")]
    for number, journal in enumerate(journals):
        fill(journal, 6 + number)
    for number, journal in enumerate(journals):
        export(journal, tmp_path / f"{number}.jsonl")
    for number, journal in enumerate(journals):
        merge(journal, tmp_path / f"{1 - number}.jsonl")
    desk, laptop = map(derive, journals)
    assert all_kept(journals[0]) == all_kept(journals[1])
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
    written(file, later, "\r\n", least, "\n", header="\ufeff" + HEADER)
    assert merge(journal, file).added == 2
    first, second = journal.events()
    assert first.time == second.time == datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    assert (second.id, second.answer, second.data) == (ID.replace("1b", "2b"), None, {})


def test_an_event_that_is_twice_in_a_file_comes_in_once(journal, file):
    done = merge(journal, written(file, EVENT, EVENT | {"id": ID.upper()}))
    assert (done.added, done.known) == (1, 1)


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
    fill(journal)
    before = all_kept(journal)
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
        assert all_kept(old) == before
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
    written(file, EVENT)
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
