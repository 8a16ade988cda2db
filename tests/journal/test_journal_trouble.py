"""Trouble of the real kind: two programs at once, a disk that is full, a clock set back."""

import contextlib
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.journal.clock import clock_warning
from tutor.journal.derived import Derived, derive
from tutor.journal.store import Journal, JournalError
from tutor.journal.transfer import TransferError, export, merge, reset

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
DATA = {"phase": "rising", "marks": 1, "max_marks": 1, "mode": "review", "seconds": 10}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite3"


# Two programs.

ANSWER_AND_DERIVE = """
import sys
from pathlib import Path
from tutor.journal import derived as module
from tutor.journal.store import Journal

name, count = sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
data = {"phase": "rising", "marks": 1, "max_marks": 1, "mode": "review", "seconds": 10}
for number in range(count):
    if number % 20 == 0:  # begins again, from the cache that either of them wrote
        journal = Journal.open(Path(sys.argv[1]))
    journal.append("attempt", question_id=f"both.q{number % 7}", data=data)
    own = journal.append("attempt", question_id=f"{name}.q{number % 7}", data=data)
    if number % 9 == 4:
        journal.append("undo", data={"of": own.id})
    derived = module.derive(journal)
    assert sum(s.attempts for id_, s in derived.questions.items() if id_.startswith(name)) == (
        number + 1 - (number + 5) // 9), number
print("done")
"""


def test_two_programs_answer_and_derive_on_one_journal(path):
    count = 120
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ANSWER_AND_DERIVE, str(path), name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "right")
    ]
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [p.communicate(timeout=120) for p in programs] == [("done\n", "")] * 2
    with Journal.open(path) as journal:
        derived, directly = derive(journal), Derived().refreshed(journal)
        assert len(journal.events(kind="attempt")) == 4 * count
    assert derived.questions == directly.questions
    assert list(derived.quarters()) == list(directly.quarters())
    both = sum(state.attempts for id_, state in derived.questions.items() if "both" in id_)
    assert both == 2 * count


# A full disk.


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one and a half megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can be made on Linux by root only")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill_up(folder):
    """Take all the room that is left."""
    with (folder / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


def _append_for_ever(journal, kept):
    while True:
        kept.append(journal.append("attempt", answer="x" * 50_000))


def test_on_a_full_disk_each_act_fails_with_a_sentence_and_loses_nothing(small_disk, tmp_path):
    path = small_disk / "journal.sqlite3"
    with Journal.open(tmp_path / "other" / "journal.sqlite3") as other:
        for _ in range(10):
            other.append("draft", answer="x" * 40_000)
    with Journal.open(path) as journal:
        kept = [journal.append("attempt", question_id=f"q{n}", data=DATA) for n in range(50)]
        derive(journal)
        _fill_up(small_disk)
        with pytest.raises(JournalError) as refused:
            _append_for_ever(journal, kept)
        assert str(refused.value) == (
            f"The journal {path} cannot be written because the disk is full: "
            "free some space, try again."
        )
        for act in (lambda: merge(journal, other.path), lambda: reset(journal)):
            with pytest.raises(JournalError, match=r"disk is full|disk I/O error"):
                act()
        with pytest.raises(TransferError, match=r"was not written \(No space left on device\)"):
            export(journal, small_disk / "export.jsonl")
        files = {"device", "filler", "journal.derived"}
        left = {p.name for p in small_disk.iterdir()}
        assert left - {"journal.sqlite3-wal", "journal.sqlite3-shm"} == files | {"journal.sqlite3"}
        assert journal.events() == kept
        assert derive(journal).questions == Derived().refreshed(journal).questions
    (small_disk / "filler").unlink()
    with Journal.open(path) as journal:
        assert journal.events() == kept
        journal.append("attempt", question_id="q1", data=DATA)
        assert derive(journal).questions["q1"].attempts == 2


def test_an_import_that_fills_the_disk_half_way_brings_nothing_in(small_disk, tmp_path):
    with Journal.open(tmp_path / "other" / "journal.sqlite3") as other:
        for _ in range(40):
            other.append("draft", answer="x" * 50_000)
    with Journal.open(small_disk / "journal.sqlite3") as journal:
        kept = journal.append("attempt", question_id="q1", data=DATA)
        with pytest.raises(JournalError, match=r"disk is full|disk I/O error"):
            merge(journal, other.path)
        assert journal.events() == [kept]
        assert not list(small_disk.glob("journal-before-*"))
        assert journal.append("attempt", question_id="q1", data=DATA)
    with Journal.open(small_disk / "journal.sqlite3") as journal:
        assert len(journal.events()) == 2


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tutor.journal.derived import derive
from tutor.journal.store import Journal, JournalError
from tutor.journal.transfer import TransferError, export, merge

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal = Journal.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
print(len(derive(journal).questions))
for act in (lambda: merge(journal, Path(sys.argv[2])),
            lambda: export(journal, Path(sys.argv[2] + ".copy"))):
    try:
        act()
    except (JournalError, TransferError) as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_where_no_file_may_grow_what_is_known_can_still_be_read(path, tmp_path):
    with Journal.open(path) as journal:
        for number in range(100):
            journal.append("attempt", question_id=f"q{number}", data=DATA)
    file = tmp_path / "export.jsonl"
    with Journal.open(tmp_path / "other" / "journal.sqlite3") as other:
        other.append("attempt")
        export(other, file)
    command = [sys.executable, "-c", LIMITED, str(path), str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    known, merging, exporting = run.stdout.splitlines()
    assert known == "100"
    assert merging.startswith(f"The journal {path} cannot be ")
    assert exporting.startswith(f"{file}.copy was not written (File too large): choose another")
    names = {p.name for p in tmp_path.iterdir() if not p.name.startswith("journal.sqlite3")}
    assert names == {"device", "export.jsonl", "other"}
    with Journal.open(path) as journal:
        assert len(journal.events()) == 100


# A folder that is read-only.


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from tutor.journal.store import Journal
from tutor.journal.transfer import TransferError, export

journal = Journal.in_memory()
journal.append("draft", answer="\\u00e9")  # loads what only root may read
if os.getuid() == 0:
    os.setuid(65534)  # root may write anywhere
try:
    export(journal, Path(sys.argv[1]) / "export.jsonl")
except TransferError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no mode there")
def test_an_export_into_a_read_only_folder_says_so():
    # Not in tmp_path: its parents are closed to the user that root becomes here.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        command = [sys.executable, "-c", UNPRIVILEGED, name]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        Path(name).chmod(0o755)
    assert run.stdout == (
        f"{name}/export.jsonl was not written (Permission denied): "
        "choose another place, or make room there.\n"
    )


# A file that is damaged.


def test_a_journal_that_is_damaged_inside_says_so_and_is_left_as_it_is(path):
    with Journal.open(path) as journal:
        for number in range(40):
            answer = "x" * 2_000
            journal.append("attempt", question_id=f"q{number}", answer=answer, data=DATA)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 16 * 4096] = b"\xa5" * 16 * 4096
    path.write_bytes(content)
    sentence = (
        f"The journal {path} is damaged: put a back-up in its place, or move it away to start new."
    )
    with Journal.open(path) as journal:
        for act in (lambda: derive(journal), lambda: export(journal, path.with_name("out"))):
            with pytest.raises(JournalError) as refused:
                act()
            assert str(refused.value) == sentence
    assert not path.with_suffix(".derived").exists()
    assert path.read_bytes()[:middle] == content[:middle]


def test_reading_that_breaks_off_at_any_point_leaves_nothing_half_done(path):
    with Journal.open(path) as journal:
        ids = [journal.append("attempt", question_id=f"q{n}", data=DATA).id for n in range(3)]
        derived = Derived().refreshed(journal)
        broken = 0
        for steps in [2**power for power in range(5, 14)] * 6:
            for id_ in (ids.pop(), journal.append("attempt", question_id="q1", data=DATA).id):
                journal.append("undo", data={"of": id_})
            ids.append(journal.append("attempt", question_id="q2", data=DATA).id)
            allowed = iter(range(steps))
            journal._connection.set_progress_handler(lambda left=allowed: next(left, -1) < 0, 1)
            try:
                derived.refreshed(journal)
            except JournalError:
                broken += 1
            journal._connection.set_progress_handler(None, 1)
            derived.refreshed(journal)
            directly = Derived().refreshed(journal)
            assert derived.questions == directly.questions
            assert derived.total == directly.total
    assert 10 < broken < 50


# The clock.


def _at(path, time):
    return Journal.open(path, clock=lambda: time)


def test_a_clock_that_was_set_back_is_told_until_it_is_right_again(path):
    with _at(path, START + timedelta(days=400)) as journal:
        journal.append("attempt", question_id="q1", data=DATA)
        assert clock_warning(journal, START + timedelta(days=400)) is None
    with _at(path, START) as journal:
        journal.append("attempt", question_id="q1", data=DATA)  # kept, whatever the clock says
        sentence = clock_warning(journal, START)
        assert sentence == (
            "An answer is dated 2027-06-05 09:00 UTC, but this computer's clock says "
            "2026-05-01 09:00 UTC: set the clock right. Nothing is lost; until then, what to "
            "review when is not right."
        )
        assert derive(journal).questions["q1"].attempts == 2
        assert clock_warning(journal, START + timedelta(days=401)) is None


def test_clocks_that_differ_by_minutes_are_no_matter(path):
    with _at(path, START) as journal:
        assert clock_warning(journal, START) is None
        journal.append("attempt", question_id="q1", data=DATA)
        assert clock_warning(journal, START - timedelta(minutes=9)) is None
        assert clock_warning(journal, START - timedelta(minutes=11)) is not None


def test_what_was_answered_with_the_clock_set_back_counts(path):
    for days in (0, 3, -20, 1):
        with _at(path, START + timedelta(days=days)) as journal:
            journal.append("attempt", question_id="q1", data=DATA)
            state = derive(journal).questions["q1"]
    assert (state.attempts, state.card.reviews) == (4, 4)
    assert state.last.time == START + timedelta(days=3)
    with Journal.open(path) as journal:
        assert Derived().refreshed(journal).questions["q1"] == state
