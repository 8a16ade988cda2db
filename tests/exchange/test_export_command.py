"""`tutor export` on the command line."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from course_files import write_course
from every_kind import kinds_course
from learners import answer


def export(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutor", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environ,
    )


def without(tmp_path: Path, *modules: str) -> str:
    """A PYTHONPATH on which these are not to be had."""
    folder = tmp_path / "missing"
    folder.mkdir()
    for module in modules:
        (folder / f"{module}.py").write_text(f"raise ImportError('no {module}')\n")
    return str(folder)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def test_a_deck_of_mistakes_is_written_and_told(course: Path, tmp_path: Path) -> None:
    answer(course, "spark.q1", ["b"])
    file = tmp_path / "deck.apkg"
    done = export("--course", course, "export", "anki", "--mistakes", file)
    assert done.returncode == 0, done
    assert done.stdout == f"Wrote 1 card on 1 question to {file}.\n"
    assert done.stderr == ""
    with zipfile.ZipFile(file) as archive:
        assert {"collection.anki2", "media", "0"} <= set(archive.namelist())


@pytest.mark.parametrize("form", ["anki", "moodle", "gift", "csv"])
def test_questions_are_taken_by_their_ids_alone_or_besides(form: str, tmp_path: Path) -> None:
    kinds_course(tmp_path / "course")
    file = tmp_path / f"q{ENDING[form]}"

    def written(*options: str) -> str:
        text = ["--text"] if form == "anki" else []
        done = export("--course", tmp_path / "course", "export", form, *text, *options, file)
        assert done.returncode == 0, done
        return done.stdout

    two = ("--question", "kinds.single", "--question", "kinds.multi")
    assert "2 questions" in written(*two)
    assert "2 questions" in written("--all", "--kind", "ordering", *two[2:])


ENDING = {"anki": ".csv", "moodle": ".xml", "gift": ".gift", "csv": ".csv"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--mistakes"], "no answer of yours is wrong as it stands."),
        (["--unsure"], "no right answer of yours was a guess."),
        (["--mistakes", "--unsure"], "no answer of yours is wrong or a guess."),
        (["--phase", "first"], "no answer of yours is wrong as it stands among these questions."),
        (["--all", "--kind", "text"], "no question is like that."),
    ],
)
def test_nothing_to_export_is_one_sentence_and_no_file(
    course: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    answer(course, "spark.q1", ["a"], certainty=3)
    file = tmp_path / "deck.apkg"
    file.write_bytes(b"what was there")
    done = export("--course", course, "export", "anki", *options, file)
    assert (done.returncode, done.stdout) == (1, "")
    remedy = "" if "--all" in options else " --all takes questions whatever you answered."
    assert done.stderr == f"There is nothing to export: {said}{remedy}\n"
    assert file.read_bytes() == b"what was there"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--all", "--phase", "spork", "d.apkg"], "no module or phase 'spork'; did you mean"),
        (["--question", "nope", "d.apkg"], "no question 'nope'"),
        (["--all", "--misconception", "M9", "d.apkg"], "no misconception 'M9'"),
        (["--all", "--objective", "x", "d.apkg"], "no objective 'x'"),
        (["--all", "d.csv"], "should end in .apkg"),
        (["--all", "--text", "d.apkg"], "should end in .csv"),
        (["--all", "--mistakes", "d.apkg"], "leave the others out"),
        (["--all", "nowhere/d.apkg"], "there is no folder"),
        (["--all"], "Missing argument"),
    ],
)
def test_wrong_use_is_one_sentence(
    course: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    file = [str(tmp_path / name) if "." in name else name for name in options]
    done = export("--course", course, "export", "anki", *file)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_without_genanki_it_says_what_to_install_or_to_do(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.apkg"
    path = without(tmp_path, "genanki")
    done = export("--course", course, "export", "anki", "--all", file, PYTHONPATH=path)
    assert done.returncode == 2
    assert "pip install 'action-potential-tutor[anki]'" in done.stderr
    assert "--text" in done.stderr
    assert not file.exists()
    file = tmp_path / "d.csv"
    done = export("--course", course, "export", "anki", "--all", "--text", file, PYTHONPATH=path)
    assert done.returncode == 0, done
    assert file.exists()


def test_without_matplotlib_the_plots_are_plain_characters(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.apkg"
    path = without(tmp_path, "matplotlib")
    done = export("--course", course, "export", "anki", "--all", file, PYTHONPATH=path)
    assert done.returncode == 0, done
    assert "pip install 'action-potential-tutor[plots]'" in done.stderr
    with zipfile.ZipFile(file) as archive:
        assert set(archive.namelist()) == {"collection.anki2", "media"}
        assert b"<pre>" in archive.read("collection.anki2")


def test_a_question_that_cannot_be_run_is_named_with_its_place(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    phase = course / "phases" / "spark.yaml"
    text = phase.read_text(encoding="utf-8")
    phase.write_text(text.replace("decides: The peak is {peak_mv}", "decides: At {at(g_na, 99)}"))
    done = export("--course", course, "export", "anki", "--all", tmp_path / "d.apkg")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "phases/spark.yaml" in done.stderr or "With these settings" in done.stderr


def test_an_export_loads_no_screen_and_leaves_no_file_behind(course: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [
        "tutor",
        "--course",
        str(course),
        "export",
        "anki",
        "--all",
        str(tmp_path / "d.apkg"),
    ]
    code = f"""
import sys
from tutor.cli import main
sys.argv = {command!r}
main()
assert "genanki" in sys.modules and "textual" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TMPDIR": str(scratch)},
    )
    assert done.returncode == 0, done
    assert not [path for path in scratch.rglob("*") if path.is_file()]
