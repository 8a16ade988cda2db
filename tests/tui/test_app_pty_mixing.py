"""Quiz and review in the real program, killed half way."""

import re
import signal
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, QUIZ
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, choose_mode, turn

pytest.importorskip("pty", reason="there are no pseudo-terminals here")
pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from terminal_driver import ENTERED_ALT_SCREEN, Terminal

SIZES = [(60, 16), (80, 24), (120, 40)]


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """The data folder of a learner who has seen the first minute and chose ASCII."""
    data = tmp_path / "learner"
    with Journal.open(data / "journal.sqlite3") as journal:
        choose_mode(journal, "ascii")
        turn(journal, MOTION, False)
        journal.set_setting(FIRST_MINUTE, True)
        for banked in Bank(CourseFolder()):  # A review of choices alone.
            if banked.question.kind != "single" or banked.phase not in ("reading", "rest"):
                journal.append("suspend", question_id=banked.id, data={"on": True})
    return data


def title(terminal: Terminal) -> str:
    return terminal.screen.display[0]


def has_verdict(terminal: Terminal) -> bool:
    return any(words in terminal.text for words in ("+ Right", "x Partly right", "x Not what"))


def answered(data: Path) -> list[str | None]:
    with Journal.open(data / "journal.sqlite3") as journal:
        return [event.question_id for event in journal.events(kind=ATTEMPT)]


def at_rest(terminal: Terminal) -> list[str]:
    """The screen, once nothing has been painted for a while."""
    quiet, before = 0, b""
    while quiet < 8:
        terminal._read()
        quiet = quiet + 1 if terminal.raw == before else 0
        before = terminal.raw
    return terminal.screen.display[:4]


def asks(terminal: Terminal, place: str) -> bool:
    return title(terminal).startswith(f" {place} ") and "h Hint" in terminal.text


@pytest.mark.parametrize("size", SIZES)
def test_a_quiz_killed_at_its_second_question_goes_on_there(
    known: Path, size: tuple[int, int]
) -> None:
    named = ("quiz", "reading", "--kind", "single", "--count", "3", "--seed", "4")
    with Terminal(known, *named, size=size) as terminal:
        terminal.until(lambda: asks(terminal, "1/3"))
        terminal.send("1")
        terminal.until(lambda: has_verdict(terminal))
        terminal.send("\r")
        terminal.until(lambda: asks(terminal, "2/3"))
        shown = at_rest(terminal)
        terminal.kill(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(known, "quiz", size=size) as terminal:
        terminal.until("Go on with Quiz: Reading a trace, one choice, 2/3")
        terminal.send("\r")
        terminal.until(lambda: asks(terminal, "2/3"))
        assert at_rest(terminal) == shown
        terminal.send("1")
        terminal.until(lambda: has_verdict(terminal))
        before = at_rest(terminal)
        terminal.kill(signal.SIGKILL)
        terminal.end()
    with Terminal(known, "quiz", size=size) as terminal:
        terminal.until("2/3")
        terminal.send("\r")
        terminal.until(lambda: has_verdict(terminal))
        assert at_rest(terminal) == before
        terminal.send("b")
        terminal.until(lambda: title(terminal).startswith(" 1/3 "))
        assert has_verdict(terminal)
    assert len(answered(known)) == 2
    with Journal.open(known / "journal.sqlite3") as journal:
        assert len(journal.events(kind=QUIZ)) == 1


def test_a_review_killed_at_a_verdict_has_kept_it_and_asks_the_next(known: Path) -> None:
    with Terminal(known, "review") as terminal:
        terminal.until(lambda: "h Hint" in terminal.text and ".q" in title(terminal))
        first = re.findall(r"[a-z]+\.q\d+", title(terminal))
        terminal.send("1")
        terminal.until(lambda: has_verdict(terminal))
        terminal.kill(signal.SIGKILL)
        terminal.end()
    assert answered(known) == first
    with Terminal(known, "review") as terminal:
        terminal.until(lambda: "h Hint" in terminal.text and ".q" in title(terminal))
        assert re.findall(r"[a-z]+\.q\d+", title(terminal)) != first
        terminal.send("q")
        assert terminal.end() == 0


def test_keys_typed_ahead_do_no_harm(known: Path) -> None:
    with Terminal(known, "review") as terminal:
        terminal.send("1\ru1\rxu\r11111\r\ruxb?x" * 3)
        terminal.until(lambda: ENTERED_ALT_SCREEN in terminal.raw)
        at_rest(terminal)  # On a question, its verdict or the help that a `?` has opened.
        terminal.send("\x03")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.raw
