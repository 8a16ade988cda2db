"""An exam in a real pseudo-terminal: killed half way, it goes on with its clock running."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.journal.store import Journal
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, choose_mode, turn

pytest.importorskip("pty", reason="there are no pseudo-terminals here")
pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from terminal_driver import Terminal


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a learner who has seen the first minute and chose ASCII."""
    folder = tmp_path / "learner"
    with Journal.open(folder / "journal.sqlite3") as journal:
        choose_mode(journal, "ascii")
        turn(journal, MOTION, False)
        journal.set_setting(FIRST_MINUTE, True)
    return folder


def title(terminal: Terminal) -> str:
    return " ".join(terminal.screen.display[0].split())


def answer(terminal: Terminal, number: int, key: str) -> None:
    """Answer the question with this number, and go on to the next one."""
    terminal.until(lambda: title(terminal).startswith(f"{number}/20"))
    terminal.send(key)
    terminal.until(lambda: f"{number} of 20 answered" in title(terminal))
    terminal.send("\r")


def test_a_candidate_killed_half_way_goes_on_and_hands_in(data: Path) -> None:
    with Terminal(data, "exam", "usmle", "--seed", "7") as terminal:
        terminal.until("Enter begins it")
        assert "Seed 7" in terminal.words
        terminal.send("\r")
        for number, key in enumerate("2131232123", 1):
            answer(terminal, number, key)
        terminal.until(lambda: title(terminal).startswith("11/20"))
        terminal.send("f")
        terminal.until("(flagged)")
        # No Enter: what is picked is an answer already.
        terminal.send("3")
        terminal.until(lambda: "11 of 20 answered" in title(terminal))
        shown = terminal.screen.display[1:10]
        terminal.kill(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Journal.open(data / "journal.sqlite3") as journal:
        (begun,) = journal.events(kind="exam")
        kept = {event.question_id: event.answer for event in journal.events(kind="exam-answer")}
        assert len(kept) == 11
    with Terminal(data, "exam") as terminal:
        terminal.until(lambda: title(terminal).startswith("11/20 (flagged)"))
        terminal.until(lambda: "11 of 20 answered" in title(terminal))
        assert "29 min left" in title(terminal) or "28 min left" in title(terminal)
        terminal.until(lambda: terminal.screen.display[1:10] == shown)
        terminal.send("n")
        answer(terminal, 12, "1")
        terminal.until(lambda: title(terminal).startswith("13/20"))
        terminal.send("e")
        terminal.until("8 questions are unanswered. 1 is flagged.")
        terminal.send("y")
        terminal.until("8 questions were left unanswered.")
        terminal.send("\r")
        terminal.until(lambda: title(terminal).startswith("1/20"))
        terminal.send("q")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.raw
    with Journal.open(data / "journal.sqlite3") as journal:
        attempts = {event.question_id: event for event in journal.events(kind="attempt")}
        assert len(attempts) == len(journal.events(kind="attempt")) == 12
        for question, given in kept.items():
            assert attempts[str(question)].answer == given
            assert attempts[str(question)].data["exam"] == begun.data["exam"]


def test_killed_and_left_until_its_time_is_up_it_is_handed_in_at_the_next_start(
    data: Path,
) -> None:
    with Terminal(data, "exam", "usmle", "--seed", "7") as terminal:
        terminal.until("Enter begins it")
        terminal.send("\r")
        answer(terminal, 1, "2")
        terminal.until(lambda: title(terminal).startswith("2/20"))
        terminal.kill(signal.SIGKILL)
        terminal.end()
    # Half an hour later: the same events, by a clock that stood half an hour behind.
    with Journal.open(data / "journal.sqlite3") as journal:
        events = journal.events()
    late = data.with_name("later")
    late.mkdir()
    (late / "device").write_bytes((data / "device").read_bytes())
    with Journal.open(late / "journal.sqlite3") as journal:
        earlier = timedelta(minutes=31)
        journal.add([event._replace(time=event.time - earlier) for event in events])
        (begun,) = journal.events(kind="exam")
        assert begun.time < datetime.now(UTC) - timedelta(minutes=30)
    with Terminal(late, "exam") as terminal:
        terminal.until("Time ran out after 30 min")
        terminal.send("q")
        assert terminal.end() == 0
    with Journal.open(late / "journal.sqlite3") as journal:
        assert len(journal.events(kind="attempt")) == 1
