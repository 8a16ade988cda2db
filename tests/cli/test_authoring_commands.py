"""`tutor new` and `tutor preview` on the command line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from course_files import SPARK, write_course
from test_commands import refused, tutor

from tutor.authoring.check.coverage import KINDS
from tutor.cli.options import QUESTION_KINDS


def test_from_nothing_to_a_checked_question(tmp_path):
    folder = tmp_path / "course"
    assert tutor("new", "course", str(folder), "--title", "A trial").returncode == 0
    assert tutor("new", "phase", "second", str(folder)).returncode == 0
    second = folder / "phases" / "second.yaml"
    done = tutor("new", "question", str(second), "--kind", "ordering")
    assert done.stdout.startswith(f"wrote second.q3 at the end of {second}")
    assert tutor("check", str(folder)).returncode == 0
    assert "Put what happens in a spike in order." in tutor("preview", str(second)).stdout


def test_the_command_knows_every_kind_of_question():
    assert set(QUESTION_KINDS) == set(KINDS)


def test_hostile_paths_are_never_sent_back_to_the_terminal(tmp_path):
    hostile = str(tmp_path / "\x1b]52;c;aGFja2Vk\x07 \u202e")
    told = ""
    for arguments in (["new", "course", hostile], ["new", "phase", "glow", hostile]):
        done = tutor(*arguments)
        assert done.returncode == 0, done
        told += done.stdout
    for arguments in (["new", "question", f"{hostile}/x"], ["preview", f"{hostile}/x"]):
        told += tutor(*arguments).stderr
    for character in ("\x1b", "\x07", "\u202e"):
        assert character not in told


def test_a_phase_goes_into_the_course_that_is_named_before(tmp_path):
    folder = write_course(tmp_path)
    assert tutor("--course", str(folder), "new", "phase", "glow").returncode == 0
    assert (folder / "phases" / "glow.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new",), "Missing command"),
        (("new", "course", "{}"), "is there already"),
        (("new", "phase", "glow", "{}/phases"), "there is no course.yaml"),
        (("new", "phase", "Glow", "{}"), "cannot be an id"),
        (("new", "question", "{}/course.yaml"), "is no phase's file"),
        (("new", "question", "{}/phases/none.yaml"), "is no phase's file"),
        (("new", "question", "{}/phases/spark.yaml", "--kind", "riddle"), "riddle"),
        (("new", "question", "{}/phases/spark.yaml", "--id", "spark.q1"), "cannot be the id"),
        (("preview", "{}/phases/none.yaml"), "there is no file"),
        (("preview", "{}/course.yaml"), "is no phase's file"),
        (("grade", "{}", "answers.csv"), "is a folder; give a file of it, such as phases/peak"),
        (("preview", "{}/phases/spark.yaml", "spark.q7"), "no step or question 'spark.q7'"),
    ],
)
def test_wrong_use_gets_one_clear_sentence(tmp_path, arguments, words):
    write_course(tmp_path)
    assert words in refused(*(argument.replace("{}", str(tmp_path)) for argument in arguments))


def test_a_preview_prints_question_and_verdicts_as_the_plain_front_end_does(tmp_path):
    done = tutor("preview", str(write_course(tmp_path) / SPARK), "spark.q1")
    assert done.returncode == 0
    assert "How high does the spike go?" in done.stdout
    assert "The key: Past zero" in done.stdout
    assert "Wrong: Nowhere at all" in done.stdout
    assert "Without a spike it gets to" in done.stdout
    assert "One pulse, one spike" not in done.stdout


def test_a_preview_says_first_what_is_not_right(tmp_path):
    path = write_course(tmp_path) / SPARK
    path.write_text(path.read_text().replace("- peak_mv > 0\n", "- peak_mv > 99\n"))
    done = tutor("preview", str(path), "spark.q1")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "Not right yet: phases/spark.yaml:40:9: spark.q1: not true: peak_"
    )
    assert "The key: Past zero" in done.stdout


def test_a_misconception_goes_into_the_course_in_the_present_folder(tmp_path):
    folder = write_course(tmp_path)
    done = tutor("new", "misconception", cwd=folder)
    assert done.stdout.startswith("wrote M3 at the end of misconceptions.yaml\n")
    assert "there is no course.yaml" in refused("new", "misconception", str(folder / "phases"))


def test_a_preview_of_a_file_prints_all_that_is_in_it(tmp_path):
    done = tutor("preview", str(write_course(tmp_path) / SPARK))
    for words in ("One pulse, one spike", "How high does", "Which of these keep"):
        assert words in done.stdout


def test_a_preview_of_a_file_that_is_wrong_tells_where(tmp_path):
    path = write_course(tmp_path) / SPARK
    path.write_text(path.read_text().replace("difficulty: 1", "difficulty: 7"))
    assert "phases/spark.yaml:" in refused("preview", str(path), code=1)


def lines_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process prints up to a line with these words."""
    seen = ""
    assert process.stdout is not None
    while words not in seen:
        line = process.stdout.readline()
        assert line, seen
        seen += line
    return seen


@pytest.mark.skipif(os.name == "nt", reason="ends by a signal")
def test_watching_prints_what_changes_until_ctrl_c(tmp_path):
    path = write_course(tmp_path) / SPARK
    text = path.read_text()
    process = subprocess.Popen(
        [sys.executable, "-m", "tutor", "preview", str(path), "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    waiting = "Watching for changes"
    assert "How high does the spike go?" in lines_until(process, waiting)

    replace(path, text.replace("How high does", "How far up does"))
    seen = lines_until(process, waiting)
    assert "How far up does" in seen
    assert "Which of these keep" not in seen  # It has not changed.

    replace(path, "id: [spark")
    assert "phases/spark.yaml:1:5: not valid YAML" in lines_until(process, waiting)
    path.unlink()
    replace(path, text)
    assert "How high does the spike go?" in lines_until(process, waiting)

    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "No longer watching." in out
    assert errors == ""


def replace(path: Path, text: str) -> None:
    """Write as editors do: a new file in place of the old one."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)
