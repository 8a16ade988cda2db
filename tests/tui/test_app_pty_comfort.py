"""The real program on terminals that cannot do all, and for learners who want less of it."""

import re
from pathlib import Path

import pytest

from tutor.journal.store import Journal
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, MOUSE, THEME, THEMES, choose_mode, turn

pytest.importorskip("pty", reason="there are no pseudo-terminals here")
pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from terminal_driver import Terminal

#: A colour in any of its spellings: of 8, 16, 256 or all.
COLOUR = re.compile(rb"\x1b\[[0-9;:]*?(?<![0-9])(3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)[;:m]")
TRUE_COLOUR = re.compile(rb"[34]8;2;")
MOUSE_ON = b"\x1b[?1000h"


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """The data folder of a learner who has seen the first minute and chose dots."""
    folder = tmp_path / "learner"
    with Journal.open(folder / "journal.sqlite3") as journal:
        choose_mode(journal, "braille")
        journal.set_setting(FIRST_MINUTE, True)
    return folder


def kept(folder: Path) -> Journal:
    return Journal.open(folder / "journal.sqlite3")


def into_a_lesson(terminal: Terminal) -> None:
    """From the map to the first step of the fifth phase."""
    terminal.until("Enter: ")
    terminal.send("5")
    terminal.until("Enter: begin Rising phase")
    terminal.send("\r")
    terminal.until(lambda: "1/" in terminal.screen.display[0])


def test_no_color_sends_no_colour_at_all_and_marks_by_signs(known: Path) -> None:
    with Terminal(known, environ={"NO_COLOR": "1", "COLORTERM": "truecolor"}) as terminal:
        into_a_lesson(terminal)
        terminal.send("?")
        terminal.until("Predict, then see the run")
        terminal.send("?")
        terminal.until(lambda: "1/" in terminal.screen.display[0])
        terminal.send("m")
        terminal.until("▸ 5")
        terminal.send("q")
        assert terminal.end() == 0
    assert COLOUR.search(terminal.raw) is None


def test_with_colours_that_search_finds_them(known: Path) -> None:
    with Terminal(known, environ={"COLORTERM": "truecolor"}) as terminal:
        into_a_lesson(terminal)
        terminal.send("\x03")
        terminal.end()
    assert COLOUR.search(terminal.raw)
    assert TRUE_COLOUR.search(terminal.raw)


@pytest.mark.parametrize("theme", THEMES)
def test_a_terminal_of_16_colours_shows_no_text_on_its_own_colour(known: Path, theme: str) -> None:
    with kept(known) as journal:
        journal.set_setting(THEME, theme)
    environ = {"TERM": "xterm", "COLORTERM": None}
    with Terminal(known, size=(120, 40), environ=environ) as terminal:
        into_a_lesson(terminal)
        assert TRUE_COLOUR.search(terminal.raw) is None
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
        written = [cell for cell in cells if cell.data.strip()]
        assert written
        hidden = [cell for cell in written if cell.fg == cell.bg]
        assert hidden == []
        terminal.send("\x03")
        terminal.end()


def test_in_the_c_locale_all_is_plain_characters(known: Path) -> None:
    with kept(known) as journal:
        choose_mode(journal, "ascii")
    with Terminal(known, environ={"LANG": "C", "LC_ALL": "C"}) as terminal:
        into_a_lesson(terminal)
        terminal.send("\x10")
        terminal.until("Course map")
        terminal.send("\x1b")
        terminal.until(lambda: "1/" in terminal.screen.display[0])
        terminal.send("\x03")
        assert terminal.end() == 0
    assert terminal.raw.isascii()


def test_a_dumb_terminal_gets_lines_of_text_with_the_settings_among_them(known: Path) -> None:
    with Terminal(known, environ={"TERM": "dumb"}) as terminal:
        terminal.until("q quit")
        terminal.send(",\n6\n\nq\n")
        assert terminal.end() == 0
    said = " ".join(terminal.raw.decode().split())
    assert b"\x1b" not in terminal.raw
    assert "Plots as lines: off." in said


def is_drawn(terminal: Terminal) -> bool:
    """True where the curve, below rest in the end, has come to the right edge."""
    return any(row.rstrip().endswith("⠉⠉") for row in terminal.screen.display)


def test_with_motion_off_the_run_is_there_at_once(known: Path) -> None:
    """A run that draws itself reaches the right edge too, but in some thirty frames."""
    sent = []
    for motion in (False, True):
        with kept(known) as journal:
            turn(journal, MOTION, motion)
        with Terminal(known, "learn", "rising", environ={"COLORTERM": None}) as terminal:
            terminal.until(lambda t=terminal: is_drawn(t))
            sent.append(len(terminal.raw))
            terminal.send("\x03")
            terminal.end()
    assert sent[0] < sent[1]


def test_the_mouse_is_left_to_the_terminal_where_the_learner_wants_that(known: Path) -> None:
    for on in (True, False):
        with kept(known) as journal:
            turn(journal, MOUSE, on)
        with Terminal(known) as terminal:
            terminal.until("Enter: ")
            terminal.send("\x03")
            terminal.end()
        assert (MOUSE_ON in terminal.raw) is on


def test_present_runs_on_a_terminal_and_leaves_with_q(known: Path) -> None:
    with Terminal(known, "present", "rising.q1") as terminal:
        terminal.until("Charge that is left over")
        terminal.send("\r")
        terminal.until("Count")
        terminal.send("9 1 0 3\r")
        terminal.until("E_Na")
        terminal.send(" \r")
        terminal.until("━━━━")
        terminal.send("q")
        assert terminal.end() == 0


def test_a_terminal_of_40_columns_gets_lines_that_fit(known: Path) -> None:
    with Terminal(known, "--plain", size=(40, 60)) as terminal:
        terminal.until(lambda: "q quit]" in terminal.words)
        terminal.send("5\n")
        terminal.until(lambda: b"Rising phase 1/" in terminal.raw)  # It may have scrolled away.
        terminal.send("\n")
        terminal.until("? keys]")  # Who types sooner has no end of the line after it.
        terminal.send("q\n")
        assert terminal.end() == 0
    lines = terminal.raw.decode().splitlines()
    assert [line for line in lines if len(line) > 40] == []
