"""`tutor check` as authors meet it: on the command line, in a terminal, and in CI."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from course_files import SPARK, good_files, phase_text, replaced, write_course
from test_commands import refused, tutor

NAMED = (
    ("feedback: The pulse alone moves it.\n", "The pulse alone moves it."),
    ("feedback: They only shape the fall.\n", "They only shape the fall."),
)
QUIET = phase_text()
for old, feedback in NAMED:
    QUIET = replaced(
        QUIET,
        (old, f"feedback: {feedback}\n        misconception: M1\n        no_run: None can.\n"),
    )


def course(folder: Path, *changes: tuple[str, str]) -> Path:
    return write_course(folder / "course", {SPARK: replaced(QUIET, *changes)})


def test_a_course_that_passes_says_so_and_ends_with_zero(tmp_path):
    done = tutor("check", str(course(tmp_path)))
    assert done.returncode == 0, done
    last = f"{tmp_path / 'course'}: 1 phase, 2 questions: all proved, no errors"
    assert done.stdout.endswith(f"{last}\n")
    assert "objectives: 1 of 1 asked twice or more" in done.stdout
    assert done.stderr == ""
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if line != last)


def test_without_a_path_the_course_in_the_present_folder_is_checked(tmp_path):
    folder = course(tmp_path)
    done = tutor("check", cwd=folder)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        f"{folder}: 1 phase, 2 questions: all proved, no errors",
    )
    assert tutor("check", "phases/spark.yaml", cwd=folder).stdout == (
        "phases/spark.yaml: 1 phase, 2 questions: all proved, no errors\n"
    )


def test_a_file_of_banks_is_not_said_to_be_proved(tmp_path):
    done = tutor("check", "misconceptions.yaml", cwd=course(tmp_path))
    assert (done.returncode, done.stdout) == (0, "misconceptions.yaml: no errors\n")


def test_an_error_names_its_place_and_ends_with_one(tmp_path):
    done = tutor("check", str(course(tmp_path, ("- peak_mv > 0\n", "- peak_mv > 99\n"))))
    assert done.returncode == 1
    assert done.stdout.startswith(f"{SPARK}:40:9: spark.q1: not true")
    assert done.stdout.endswith(": 1 error\n")


def test_a_warning_ends_with_one_until_it_is_waived(tmp_path):
    never = ("text: Nowhere at all", "text: Never")
    done = tutor("check", str(course(tmp_path, never)))
    assert done.returncode == 1
    assert "spark.q1: W01 'Never'" in done.stdout
    assert done.stdout.endswith("all proved, no errors, 1 warning\n")
    waived = ("    hint: Look at the peak.\n", "    hint: Look.\n    waive: {W01: A trial.}\n")
    done = tutor("check", str(course(tmp_path, never, waived)))
    assert done.returncode == 0
    assert done.stdout.endswith("all proved, no errors, 1 waived\n")


def test_json_holds_all_that_was_found_and_the_coverage(tmp_path):
    changes = [("- peak_mv > 0\n", "- peak_mv > 99\n"), ("text: Nowhere at all", "text: Never")]
    done = tutor("check", str(course(tmp_path, *changes)), "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    (error,) = found["errors"]
    assert (error["file"], error["line"], error["item"]) == (SPARK, 40, "spark.q1")
    (warning,) = found["warnings"]
    assert (warning["code"], warning["item"]) == ("W01", "spark.q1")
    assert found["coverage"]["objectives"] == {"spark.height": 2}
    assert found["coverage"]["phases"][0]["difficulty"] == {"1": 1, "2": 1, "3": 0}
    assert (found["passed"], found["waived"]) == (False, [])


def test_one_file_is_checked_and_the_faults_of_the_banks_are_counted(tmp_path):
    folder = course(tmp_path)
    bank = good_files()["misconceptions.yaml"] + "  - {id: M3}\n"
    (folder / "misconceptions.yaml").write_text(bank)
    assert tutor("check", str(folder)).returncode == 1
    done = tutor("check", SPARK, cwd=folder)
    assert (done.returncode, done.stdout) == (
        1,
        f"{SPARK}: 1 phase, 2 questions: all proved, no errors\n"
        f"Beside it 4 errors in misconceptions.yaml: tutor check {folder}\n",
    )
    assert json.loads(tutor("check", SPARK, "--json", cwd=folder).stdout)["elsewhere"] == {
        "misconceptions.yaml": 4
    }
    (folder / SPARK).write_text(QUIET.replace("- peak_mv > 0\n", "- peak_mv > 99\n"))
    assert "spark.q1: not true" in tutor("check", str(folder / SPARK)).stdout


def test_one_file_of_a_course_whose_frame_is_wrong_tells_that(tmp_path):
    folder = course(tmp_path)
    (folder / "course.yaml").write_text("id: x\n")
    done = tutor("check", str(folder / SPARK))
    assert done.returncode == 1
    assert done.stdout.startswith("course.yaml:1:1: x: the field 'title' is missing")


def test_a_file_of_no_course_is_wrong_use(tmp_path):
    (tmp_path / "alone.yaml").write_text(QUIET)
    assert "belongs to no course" in refused("check", str(tmp_path / "alone.yaml"))


def test_a_folder_that_is_none_says_so(tmp_path):
    done = tutor("check", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "there is no such folder" in done.stdout


def test_no_cache_runs_everything_and_leaves_nothing_behind(tmp_path, own_data_folder):
    assert tutor("check", "--no-cache", str(course(tmp_path))).returncode == 0
    assert not own_data_folder.exists()
    assert tutor("check", str(course(tmp_path))).returncode == 0
    assert [path.parent.name for path in own_data_folder.rglob("check-*.json")] == ["cache"]


def test_a_full_disk_is_explained(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is always full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "check", str(course(tmp_path))],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


SLOW = "times_threshold: 1.6}]\n      changes: {na_block: 1.0}\n      duration_ms: 4"
LONG = SLOW.replace("duration_ms: 4", "duration_ms: 1900\n      knobs: {times_threshold: [1, 2]}")


def many(folder: Path) -> Path:
    """A course with so much to run that it can be interrupted."""
    from course_files import course_text

    names = [f"spark-{letter}" for letter in "abcdefgh"]
    text = replaced(QUIET, (SLOW, LONG))
    files = {f"phases/{name}.yaml": text.replace("spark", name) for name in names}
    write_course(folder / "many", {"course.yaml": course_text(*names), **files})
    (folder / "many" / SPARK).unlink()
    return folder / "many"


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_on_a_terminal_a_bar_shows_how_far_it_is_and_ctrl_c_ends_it_clearly(tmp_path):
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tutor", "check", str(many(tmp_path))],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    while b"Checking [" not in seen:
        seen += os.read(ours, 1000)
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    try:
        while more := os.read(ours, 1000):
            seen += more
    except OSError:
        pass  # The other end is closed.
    os.close(ours)
    assert b"/25" in seen
    assert seen.rstrip().endswith(b"tutor: Stopped.")
    assert b"Traceback" not in seen
