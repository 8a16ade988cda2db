"""The real program on a real pseudo-terminal: what a terminal is sent by the keys that copy."""

import base64
import re
from pathlib import Path

import pytest

from tutor.journal.store import Journal
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, MOUSE, choose_mode, turn

pytest.importorskip("pty", reason="there are no pseudo-terminals here")
pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from terminal_driver import Terminal

#: What asks a terminal to put text on its clipboard.
SENT = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """The data folder of a learner who has seen the first minute."""
    folder = tmp_path / "learner"
    with Journal.open(folder / "journal.sqlite3") as journal:
        choose_mode(journal, "braille")
        turn(journal, MOTION, False)
        journal.set_setting(FIRST_MINUTE, True)
    return folder


def sent_by(terminal: Terminal) -> list[str]:
    return [
        base64.b64decode(found, validate=True).decode() for found in SENT.findall(terminal.raw)
    ]


def copies(folder: Path) -> list[str]:
    files = sorted((folder / "copies").glob("*"))
    return [file.read_text(encoding="utf-8") for file in files]


def in_a_lesson(terminal: Terminal) -> None:
    terminal.until(lambda: "1/26" in terminal.screen.display[0])


def click(terminal: Terminal, kind: int, x: int, y: int, end: str = "M") -> None:
    """Send what a terminal sends of its mouse."""
    terminal.send(f"\x1b[<{kind};{x};{y}{end}")


def test_what_the_terminal_is_sent_is_what_the_file_has(known: Path) -> None:
    with Terminal(known, "learn", "rising") as terminal:
        in_a_lesson(terminal)
        terminal.send("y")
        terminal.until("clipboard")
        terminal.send("n")
        terminal.until(lambda: "2/26" in terminal.text and "clipboard" not in terminal.text)
        terminal.send("y")
        terminal.until("clipboard")
        terminal.send("q")
        assert terminal.end() == 0
    sent = sent_by(terminal)
    assert len(sent) == 2
    assert sorted(sent) == sorted(copies(known))
    assert "Rising phase 1/26" in sent[0]
    assert "rising.q1" in sent[1]


def test_what_the_mouse_selects_is_sent_and_the_next_time_the_key_quits(known: Path) -> None:
    with Terminal(known, "learn", "rising") as terminal:
        in_a_lesson(terminal)
        row = next(n for n, line in enumerate(terminal.screen.display, 1) if "threshold" in line)
        shown = terminal.screen.display[row - 1]
        click(terminal, 0, 2, row)
        click(terminal, 32, 12, row)
        click(terminal, 0, 12, row, "m")
        terminal.send("\x03")
        terminal.until("clipboard")
        terminal.send("\x03")
        assert terminal.end() == 0
    (selected,) = sent_by(terminal)
    assert selected
    assert selected in shown
    assert copies(known) == [selected]


def test_with_the_mouse_off_the_key_quits_and_nothing_is_sent(known: Path) -> None:
    with Journal.open(known / "journal.sqlite3") as journal:
        turn(journal, MOUSE, False)
    with Terminal(known, "learn", "rising") as terminal:
        in_a_lesson(terminal)
        assert b"\x1b[?1000h" not in terminal.raw
        terminal.send("\x03")
        assert terminal.end() == 0
    assert not sent_by(terminal)
    assert not copies(known)
