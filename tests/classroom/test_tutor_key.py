"""The key that submissions are sealed to: made with a copy, shown, put back, never lost."""

import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess
from threading import Barrier
from time import sleep

import pytest
from commands import tutor
from terminal_driver import Terminal

from tutor.classroom.keys import key_name, learner_key, public_text, tutor_key


def run(*arguments: str) -> CompletedProcess[str]:
    return tutor("register", "key", *arguments)


def public(folder: Path) -> str:
    key = tutor_key(folder)
    assert key is not None
    return public_text(key)


def test_a_script_makes_a_key_with_a_copy_and_then_it_is_shown(
    own_data_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "stick" / "key.txt"
    done = run("--copy", str(copy))
    assert done.returncode == 0, done.stderr
    name = key_name(public(own_data_folder))
    assert f"Made your key {name} in {own_data_folder / 'tutor-key.txt'}." in done.stdout
    assert f"A copy of it is in {copy}" in done.stdout
    assert copy.read_bytes() == (own_data_folder / "tutor-key.txt").read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = run()
    assert again.stdout.splitlines()[-1] == public(own_data_folder)
    # The private half is never shown.
    assert copy.read_text().split()[1] not in done.stdout + again.stdout


def test_a_key_without_a_copy_is_made_only_where_that_is_said(own_data_folder: Path) -> None:
    done = run()
    assert done.returncode == 2
    assert "--no-copy if you must" in done.stderr
    assert tutor_key(own_data_folder) is None
    done = run("--no-copy")
    assert done.returncode == 0
    assert "There is no copy of it" in done.stdout
    assert tutor_key(own_data_folder) is not None


def test_a_key_is_put_back_from_its_copy(own_data_folder: Path, tmp_path: Path) -> None:
    run("--copy", str(tmp_path / "copy"))
    before = public(own_data_folder)
    (own_data_folder / "tutor-key.txt").unlink()
    done = run("--restore", str(tmp_path / "copy"))
    assert done.returncode == 0
    assert f"Put the key {key_name(before)} back" in done.stdout
    assert public(own_data_folder) == before


@pytest.mark.parametrize("arguments", [["--copy", "x"], ["--no-copy"], ["--restore", "copy"]])
def test_a_key_is_never_overwritten(
    arguments: list[str], own_data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("--copy", "copy")
    before = public(own_data_folder)
    done = run(*arguments)
    assert done.returncode == 2
    assert "you have a key already" in done.stderr
    assert public(own_data_folder) == before
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--copy", "there"], "there is there already and is not overwritten"),
        (["--copy", "x" * 300], "cannot be written (File name too long); name another file"),
        (["--restore", "there"], "tutor: there holds no key; give the copy that was made with it"),
        (["--restore", "there", "--new"], "makes no new key"),
        (["--restore", "nowhere"], "nowhere: there is no such file"),
        (["--copy", "a", "--no-copy"], "contradict each other"),
        (["--restore", "there", "--no-copy"], "makes no new key"),
    ],
)
def test_what_cannot_be_is_told_and_no_key_is_made(
    arguments: list[str],
    told: str,
    own_data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").write_text("something else")
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "there").read_text() == "something else"
    assert tutor_key(own_data_folder) is None


def test_no_new_key_is_made_unasked_where_submissions_are_sealed_to_a_lost_one(
    own_data_folder: Path, tmp_path: Path
) -> None:
    run("--copy", str(tmp_path / "copy"))
    before = public(own_data_folder)
    for title in ("First", "Second"):
        arguments = ("--due", "2199-12-31", "--title", title, "--out", tmp_path / title)
        done = tutor("assign", "rest", *arguments)
        if title == "First":
            assert done.returncode == 0, done.stderr
            (own_data_folder / "tutor-key.txt").unlink()
    keys = [run(), run("--no-copy"), run("--copy", str(tmp_path / "other"))]
    for refused in (done, *keys):
        assert refused.returncode == 2
        assert f"sealed to one ({key_name(before)}): First. " in refused.stderr
        # Whoever lost it, and who joins a register that others have begun.
        assert "it was yours, or was given to you to mark with" in refused.stderr
        assert "put its copy back with `tutor register key --restore FILE`" in refused.stderr
        assert "you are another tutor, or no copy is left" in refused.stderr
        assert "with `tutor register key --new --copy FILE`" in refused.stderr
    assert tutor_key(own_data_folder) is None
    assert not (tmp_path / "other").exists()
    assert run("--new", "--no-copy").returncode == 0
    assert public(own_data_folder) != before


def test_a_damaged_key_is_told_and_left_as_it_is(own_data_folder: Path) -> None:
    own_data_folder.mkdir()
    (own_data_folder / "tutor-key.txt").write_text("half a k")
    for arguments in ([], ["--no-copy"]):
        done = run(*arguments)
        assert done.returncode == 2
        assert "holds no key; put back a copy of it" in done.stderr
    assert (own_data_folder / "tutor-key.txt").read_text() == "half a k"


def test_the_first_assignment_asks_where_to_keep_a_copy_of_the_new_key(
    own_data_folder: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "taken").touch()
    arguments = ("assign", "rest", "--due", "2199-12-31")
    with Terminal(own_data_folder, *arguments, size=(160, 24), folder=here) as terminal:
        terminal.until("File for a copy of it")
        assert "sealed to a key, which only you hold" in terminal.words
        assert tutor_key(own_data_folder) is None
        terminal.send("no/such/folder\r")
        terminal.until("there is no folder no/such;")
        terminal.send("taken\r")
        terminal.until("taken is there already")
        # Leaving it out is asked twice.
        terminal.send("\r")
        terminal.until("Make the key without a copy?")
        terminal.send("n\r")
        terminal.until(lambda: terminal.text.count("File for a copy of it") == 4)
        # A folder, such as a stick's, will do.
        (here / "stick").mkdir()
        terminal.send("stick\r")
        assert terminal.end() == 0
    assert (here / "stick" / "tutor-key.txt").is_file()
    assert (here / "rest.assignment").is_file()
    assert key_name(public(own_data_folder)) in terminal.words


def test_who_wants_no_copy_says_so_twice(own_data_folder: Path) -> None:
    with Terminal(own_data_folder, "register", "key", size=(120, 24)) as terminal:
        terminal.until("File for a copy of it")
        terminal.send("\r")
        terminal.until("Make the key without a copy?")
        terminal.send("y\r")
        assert terminal.end() == 0
    assert "There is no copy of it" in terminal.words


def test_stopping_at_the_question_makes_no_key(own_data_folder: Path) -> None:
    with Terminal(own_data_folder, "register", "key", size=(120, 24)) as terminal:
        terminal.until("File for a copy of it")
        while terminal.process.poll() is None:
            # Python misses one that comes just before it begins to wait for a line.
            terminal.kill(signal.SIGINT)
            sleep(0.2)
        assert terminal.end() == 130
    assert tutor_key(own_data_folder) is None


def test_programs_that_sign_for_the_first_time_at_once_have_one_key(tmp_path: Path) -> None:
    at_once = Barrier(8)

    def key(folder: Path) -> bytes:
        at_once.wait()
        return bytes(learner_key(folder))

    with ThreadPoolExecutor(8) as pool:
        for number in range(30):
            folder = tmp_path / str(number)
            assert len(set(pool.map(key, [folder] * 8))) == 1
            assert [path.name for path in folder.iterdir()] == ["learner-key.txt"]
