"""The real program on a real pseudo-terminal, with the bytes that keys send."""

import shutil
import signal
from pathlib import Path

import pytest
from course_files import COURSE, good_files, replaced, write_course

from tutor.course.loader import default_folder
from tutor.journal.store import Journal
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import MOTION, choose_mode, chosen_mode, turn

pytest.importorskip("pty", reason="there are no pseudo-terminals here")
pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from terminal_driver import LEFT_ALT_SCREEN, SHOWN_CURSOR, Terminal

CLIPBOARD = b"\x1b]52"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A learner's data folder, not made yet."""
    return tmp_path / "learner"


@pytest.fixture
def known(data: Path) -> Path:
    """The data folder of a learner who has seen the first minute and chose ASCII."""
    with Journal.open(data / "journal.sqlite3") as journal:
        choose_mode(journal, "ascii")
        turn(journal, MOTION, False)
        journal.set_setting(FIRST_MINUTE, True)
    return data


def title(terminal: Terminal) -> str:
    return terminal.screen.display[0]


def to_a_question(terminal: Terminal) -> None:
    """From the map into the fifth phase and to its first question, a choice."""
    terminal.until("Enter: ")
    terminal.send("5")
    terminal.until("Enter: begin Rising phase")
    terminal.send("\r")
    terminal.until(lambda: " 1/" in title(terminal))
    while ".q" not in title(terminal):
        before = title(terminal)
        terminal.send("\r")
        terminal.until(lambda before=before: title(terminal) != before)


def to_a_verdict(terminal: Terminal) -> None:
    """On to the verdict of that question, right or wrong."""
    to_a_question(terminal)
    terminal.send("1")
    terminal.until(">1")
    terminal.send("\r")
    terminal.until(lambda: has_verdict(terminal))


def has_verdict(terminal: Terminal) -> bool:
    return any(words in terminal.text for words in ("+ Right", "x Partly right", "x Not what"))


def assert_left_sane(terminal: Terminal) -> None:
    """The shell gets its screen, its cursor and its echo back."""
    assert LEFT_ALT_SCREEN in terminal.raw
    assert terminal.raw.rindex(SHOWN_CURSOR) > terminal.raw.rindex(b"\x1b[?25l")
    assert terminal.echoes
    assert b"Traceback" not in terminal.raw


# A learner


def test_from_the_first_start_to_the_first_verdict_and_out(data: Path) -> None:
    with Terminal(data) as terminal:
        terminal.until("Which curve looks right")
        terminal.send("3\r")
        terminal.until("What happens next?")
        terminal.send("2")
        terminal.until(">2")
        terminal.send("\r")
        terminal.until("Enter Next")
        terminal.send("s")
        terminal.until("What do you prepare for?")
        terminal.send("\x1b")
        to_a_verdict(terminal)
        terminal.send("q")
        assert terminal.end() == 0
        assert_left_sane(terminal)
        assert CLIPBOARD not in terminal.raw


def test_after_kill_9_the_same_verdict_is_back(known: Path) -> None:
    with Terminal(known) as terminal:
        to_a_verdict(terminal)
        shown = terminal.screen.display[:6]
        terminal.kill(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(known) as terminal:
        terminal.until("Enter: continue")
        terminal.send("\r")
        terminal.until(lambda: has_verdict(terminal))
        assert terminal.screen.display[:6] == shown


def test_keys_typed_ahead_do_no_harm(known: Path) -> None:
    with Terminal(known) as terminal:
        terminal.send("\r\r1\r\r\r?xhh" * 5)
        terminal.until("Enter")
        terminal.send("\x03")
        assert terminal.end() == 0
        assert_left_sane(terminal)


def test_the_terminal_may_change_its_size_at_any_time(known: Path) -> None:
    with Terminal(known) as terminal:
        to_a_verdict(terminal)
        terminal.resize((120, 40))
        terminal.until(lambda: "Enter Next" in terminal.screen.display[39])
        terminal.resize((40, 10))
        terminal.until("Too small")
        terminal.resize((80, 24))
        terminal.until(lambda: "Enter Next" in terminal.screen.display[23])
        assert has_verdict(terminal)
        terminal.resize((40, 10))
        terminal.until("Too small")
        terminal.send("p")
        terminal.until(lambda: b"The run decides" in terminal.raw.split(LEFT_ALT_SCREEN)[-1])


# Terminals that cannot


@pytest.mark.parametrize("term", ["dumb", None])
def test_without_screen_control_there_are_plain_lines_and_one_notice(
    data: Path, term: str | None
) -> None:
    with Terminal(data, environ={"TERM": term}) as terminal:
        terminal.until("s skip")
        terminal.send("s\n\nq\n")
        assert terminal.end() == 0
    assert terminal.raw.count(b"as lines of text") == 1
    assert b"\x1b" not in terminal.raw


def test_in_the_c_locale_plain_characters_are_offered_first(data: Path) -> None:
    with Terminal(data, environ={"LANG": "C"}) as terminal:
        terminal.until(">3")
        terminal.send("\r")
        terminal.until(lambda: "s Skip" in terminal.text and terminal.text.isascii())
    with Journal.open(data / "journal.sqlite3") as journal:
        assert chosen_mode(journal) == "ascii"


# Ends that nobody wished for


def test_a_polite_kill_gives_the_terminal_back(known: Path) -> None:
    with Terminal(known) as terminal:
        to_a_verdict(terminal)
        terminal.kill(signal.SIGTERM)
        assert terminal.end() == 0
        assert_left_sane(terminal)


def test_a_hang_up_ends_it_without_a_traceback(known: Path) -> None:
    with Terminal(known) as terminal:
        to_a_verdict(terminal)
        terminal.kill(signal.SIGHUP)
        terminal.end()
        assert b"Traceback" not in terminal.raw
    with Journal.open(known / "journal.sqlite3") as journal:
        assert len(journal.events(kind="attempt")) == 1


def test_it_ends_with_its_terminal_even_where_hang_ups_are_ignored(known: Path) -> None:
    with Journal.open(known / "journal.sqlite3") as journal:
        turn(journal, MOTION, True)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # inherited, as under nohup
    try:
        terminal = Terminal(known)
    finally:
        signal.signal(signal.SIGHUP, before)
    with terminal:
        to_a_verdict(terminal)  # The run is drawing itself.
        terminal.vanish()
        assert terminal.process.wait(10.0) == 0
    assert not (known / "fault.txt").exists()
    with Journal.open(known / "journal.sqlite3") as journal:
        assert len(journal.events(kind="attempt")) == 1


def test_a_fault_is_one_sentence_with_a_report_in_a_file(known: Path, tmp_path: Path) -> None:
    root = default_folder().parents[1]
    broken = tmp_path / "program"
    for package in ("tutor", "simulator", "content"):
        shutil.copytree(root / package, broken / package)
    screen = broken / "tutor" / "tui" / "screens" / "answering.py"
    source = screen.read_text()
    assert source.count("self.asking.hint()") == 1
    screen.write_text(
        source.replace("self.asking.hint()", 'raise RuntimeError("[/b] \\x1b]52;c;eA==")')
    )
    with Terminal(known, folder=broken, environ={"PYTHONPATH": str(broken)}) as terminal:
        to_a_question(terminal)
        terminal.send("h")
        assert terminal.end() == 1
        assert_left_sane(terminal)
    said = terminal.raw.split(LEFT_ALT_SCREEN)[-1]
    assert said.count(b"tutor: a fault in the program (RuntimeError: [/b]") == 1
    assert said.count(b"\r\n") == 1
    assert CLIPBOARD not in terminal.raw
    assert "Traceback" in (known / "fault.txt").read_text()


# Hostile courses


def test_a_course_with_escape_sequences_is_refused_in_words(known: Path, tmp_path: Path) -> None:
    course = replaced(good_files()[COURSE], ("A tiny course", '"A \\e]52;c;eA==\\a course"'))
    folder = write_course(tmp_path / "course", {COURSE: course})
    with Terminal(known, "--course", str(folder)) as terminal:
        assert terminal.end() == 1
    assert b"U+001B" in terminal.raw
    assert b"\x1b" not in terminal.raw


def test_a_phase_with_escape_sequences_is_refused_on_the_map(known: Path, tmp_path: Path) -> None:
    phase = replaced(
        good_files()["phases/spark.yaml"], ("One pulse, one spike", '"\\e]52;c;eA==\\a"')
    )
    folder = write_course(tmp_path / "course", {"phases/spark.yaml": phase})
    with Terminal(known, "--course", str(folder)) as terminal:
        terminal.until("Enter: begin The spark")
        terminal.send("\r")
        terminal.until("U+001B")
        terminal.send("q")
        assert terminal.end() == 0
    assert CLIPBOARD not in terminal.raw
