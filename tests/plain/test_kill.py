"""kill -9 at random moments of a scripted run: nothing that was answered is lost."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tutor.journal.store import Journal

RUNS = 50
#: From map to the end of a phase: every item gets an answer or a move.
SCRIPT = "s\n\n\n" + "1\n\n" * 12 + "m\nq\n"


def start(folder: Path) -> subprocess.Popen[bytes]:
    environ = os.environ | {"TUTOR_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "tutor", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environ,
    )


def feed(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(SCRIPT.encode())
        process.stdin.close()
    except BrokenPipeError:
        pass


def verdicts(output: str) -> list[str]:
    """The questions whose verdict was printed, in order."""
    heading = r"^(?:Right|Partly right: .*|Not what the neuron does) \(.*, ([a-z.0-9]+)\)$"
    return re.findall(heading, output, re.M)


@pytest.fixture(scope="module")
def whole_run_s(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the script takes when nobody kills it; it must show several verdicts."""
    began = time.monotonic()
    process = start(tmp_path_factory.mktemp("whole"))
    feed(process)
    assert process.stdout is not None
    assert len(verdicts(process.stdout.read().decode())) >= 3
    assert process.wait(30) == 0
    return time.monotonic() - began


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_no_shown_verdict_is_lost_to_fifty_kills(tmp_path: Path, whole_run_s: float) -> None:
    moments = random.Random(20261122)
    shown_in_all = 0
    for number in range(RUNS):
        folder = tmp_path / str(number)
        process = start(folder)
        feed(process)
        time.sleep(moments.uniform(0.2, 1.0) * whole_run_s)
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        shown = verdicts(process.stdout.read().decode(errors="replace"))
        process.wait()
        path = folder / "journal.sqlite3"
        if not path.exists():
            assert shown == []
            continue
        with Journal.open(path) as journal:
            kept = [event.question_id for event in journal.events(kind="attempt")]
        assert kept[: len(shown)] == shown
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        shown_in_all += len(shown)
    assert shown_in_all > 0, "every run was killed before its first verdict"
