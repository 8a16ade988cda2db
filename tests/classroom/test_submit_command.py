"""`tutor open` and `tutor submit`, as learners and scripts type them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from at_work import opened, pick, sitting
from handouts import ADA, HandOut, hand_out
from terminal_driver import Terminal

from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.keeping import keep_assignment
from tutor.classroom.learner.sitting import Sitting
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal


def run(*words: str, folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutor", *words],
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with a Downloads folder."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    return folder


def test_the_commands_open_answer_and_hand_in_from_a_script(
    out: HandOut, tmp_path: Path, downloads: Path
) -> None:
    path = out.written(tmp_path / "class")
    folder = path.parent
    before = run("submit", folder=folder)
    assert (before.returncode, before.stdout) == (2, "")
    assert "open one with tutor open" in before.stderr
    typed = f"nobody\n{ADA}\nAda\n1\n1b 2a 3c 4d\nleave\nm\n"
    worked = run("open", path.name, "--plain", folder=folder, typed=typed)
    assert worked.returncode == 0, worked.stderr
    assert "'nobody' is not on the list" in " ".join(worked.stdout.split())
    path.unlink()
    handed = run("submit", "rest", folder=folder)
    assert handed.returncode == 0, handed.stderr
    assert "have no answer" in handed.stdout
    assert not [*folder.glob("*.submission")]
    (written,) = downloads.glob("*.submission")
    assert str(written) in " ".join(handed.stdout.split())
    first = opened(out, written).receipt
    assert first in handed.stdout
    plain = run("open", "--plain", folder=folder, typed="1\n2\ny\nm\nq\n")
    assert [*downloads.glob("*.submission")] == [written], plain.stdout
    assert opened(out, written).receipt != first
    handed = run("submit", "rest", "--out", ".", folder=folder)
    assert (folder / written.name).resolve() == next(folder.glob("*.submission")).resolve()
    written = folder / written.name
    assert opened(out, written).receipt in handed.stdout
    unknown = run("submit", "nope", folder=folder)
    assert unknown.returncode == 2
    assert "'Rest, week 3'" in unknown.stderr


def test_what_learners_are_told_to_type_works_from_home_with_the_file_among_the_downloads(
    out: HandOut, files: CourseFolder, downloads: Path
) -> None:
    home = downloads.parent
    path = out.written(downloads, "rest-week-3.assignment")
    hand_out(files, title="Rest, week 4", number=2).written(downloads, "other.assignment")
    for wanted in (path.name, "rest, week 3", out.assignment.id):
        shown = run("open", wanted, "--plain", folder=home, typed=f"{ADA}\n\nq\n")
        assert shown.returncode == 0, (wanted, shown.stderr)
        assert "Rest, week 3" in shown.stdout
    run("open", path.name, "--plain", folder=home, typed="1\n1b 2a 3c 4d\nq\n")
    for wanted in (path.name, "rest, week 3"):
        handed = run("submit", wanted, "--yes", folder=home)
        assert handed.returncode == 0, handed.stderr
    several = run("open", "rest", "--plain", folder=home)
    assert several.returncode == 2
    assert "'Rest, week 3' (" in several.stderr
    assert "'Rest, week 4' (" in several.stderr
    nothing = run("open", "peak.assignment", "--plain", folder=home)
    assert nothing.returncode == 1
    assert nothing.stderr.startswith("peak.assignment: no file has this name, nor any assignment")


def test_a_script_hands_in_nothing_but_blanks_only_when_told(
    out: HandOut, learner: Journal, tmp_path: Path, downloads: Path
) -> None:
    sitting(out, learner)
    keep_assignment(out.assignment, learner)
    blank = run("submit", folder=tmp_path)
    assert (blank.returncode, [*downloads.iterdir()]) == (2, [])
    assert "hand it in so with --yes" in blank.stderr
    meant = run("submit", "--yes", folder=tmp_path)
    assert (meant.returncode, len([*downloads.iterdir()])) == (0, 1)


@pytest.mark.parametrize(("typed", "code"), [("n", 2), ("y", 0), ("", 0)])
def test_in_a_terminal_it_is_asked_before_partly_answered_work_is_handed_in(
    out: HandOut, learner: Journal, own_data_folder: Path, downloads: Path, typed: str, code: int
) -> None:
    pick(sitting(out, learner))
    keep_assignment(out.assignment, learner)
    with Terminal(own_data_folder, "submit", *([] if typed else ["--yes"])) as terminal:
        if typed:
            terminal.until("Hand in all the same?")
            terminal.send(f"{typed}\n")
        assert terminal.end() == code
        assert terminal.text.count("have no answer") == 1
    assert len([*downloads.glob("*.submission")]) == (code == 0)


def test_a_bad_file_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "bad.assignment").write_text('{"format": "action-potential-tutor-assignment"')
    done = run("open", "bad.assignment", "--plain", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("bad.assignment: it is damaged")
    assert "Traceback" not in done.stderr


def test_a_kill_loses_no_answer(out: HandOut, own_data_folder: Path, tmp_path: Path) -> None:
    path = out.written(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "tutor", "open", str(path), "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{ADA}\n\n1\ngo 2\ngo 3\nf\ngo 4\nmap\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.lstrip().startswith("6. open"):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Journal.open(own_data_folder / "journal.sqlite3") as journal:
        work = Assigned(out.assignment, journal).go_on()
        assert isinstance(work, Sitting)
        assert work.spots[3].here
        assert work.spots[2].flagged
