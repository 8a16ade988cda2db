import random
import sqlite3
import subprocess
import sys
import threading
import time

from tutor.journal.store import Journal

APPEND_FOR_EVER = """
import sys
from pathlib import Path
from tutor.journal.store import Journal

with Journal.open(Path(sys.argv[1])) as journal:
    while True:
        print(journal.append("attempt", answer="sodium " * 50).id, flush=True)
"""

APPEND_200 = """
import sys
from pathlib import Path
from tutor.journal.store import Journal

sys.stdin.readline()
with Journal.open(Path(sys.argv[1])) as journal:
    for number in range(200):
        journal.append("attempt", answer=number, data={"terminal": sys.argv[2]})
    print(journal.device)
"""


def _integrity(path):
    raw = sqlite3.connect(path)
    (words,) = raw.execute("PRAGMA integrity_check").fetchone()
    raw.close()
    return words


def _kill_after(path, delay_s):
    """Start a process that appends; kill it that long after its first event; return its ids."""
    command = [sys.executable, "-c", APPEND_FOR_EVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline() if delay_s >= 0 else ""
        time.sleep(abs(delay_s))
        process.kill()
        rest = process.stdout.read()
    return (first + rest).split()


def test_an_event_that_was_returned_survives_a_kill_at_any_moment(tmp_path):
    path = tmp_path / "journal.sqlite3"
    chance = random.Random(1952)
    returned = []
    # Negative: counted from the start of the process, so that some die while they open the file.
    delays = [chance.uniform(0, 0.03) for _ in range(18)] + [-0.06, -0.08, -0.1, -0.12, -0.14]
    chance.shuffle(delays)
    for delay_s in delays:
        returned += _kill_after(path, delay_s)
        with Journal.open(path) as journal:
            kept = {event.id for event in journal.events()}
        assert kept.issuperset(returned)
        # At most the one event that was committed but not yet printed is more.
        assert len(kept) <= len(returned) + len(delays)
        assert _integrity(path) == "ok"
    assert len(returned) >= 18


def test_two_terminals_append_to_one_new_journal_at_the_same_time(tmp_path):
    path = tmp_path / "journal.sqlite3"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", APPEND_200, str(path), terminal],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for terminal in ("left", "right")
    ]
    time.sleep(0.3)  # both wait for their line, so both open the file that is not there yet
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [errors for _, errors in outputs] == ["", ""]
    with Journal.open(path) as journal:
        assert {device.strip() for device, _ in outputs} == {journal.device}
        events = journal.events()
    assert len({event.id for event in events}) == 400
    for terminal in ("left", "right"):
        own = [event.answer for event in events if event.data["terminal"] == terminal]
        assert own == list(range(200))
    assert _integrity(path) == "ok"


def test_append_waits_for_another_terminal_to_finish_its_write(tmp_path):
    path = tmp_path / "journal.sqlite3"
    with Journal.open(path) as journal:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.execute, ["COMMIT"])
        release.start()
        kept = journal.append("attempt")
        release.join()
        other.close()
        assert journal.events() == [kept]
