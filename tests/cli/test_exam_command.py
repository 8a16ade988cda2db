"""`tutor exam` on the command line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


def tutor(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutor", "exam", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"TUTOR_DATA_DIR": str(folder)},
    )


def test_the_list_names_what_can_be_sat_and_what_was(tmp_path: Path) -> None:
    run = tutor(tmp_path, "--list")
    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "A-level paper, short, 30 min (a-level)",
        "A-level paper, long, 60 min (a-level-long)",
        "USMLE-style block, 20 questions, 30 min (usmle)",
        "USMLE-style block, 40 questions, 60 min (usmle-long)",
    ]
    tutor(tmp_path, "usmle", "--plain", typed="\nhand in\ny\nq\n")
    assert tutor(tmp_path, "--list").stdout.splitlines()[4].endswith("0/20, 0%")


def test_the_list_begins_with_the_exam_that_runs(tmp_path: Path) -> None:
    tutor(tmp_path, "usmle", "--plain", typed="\n1\nleave\n")
    first = tutor(tmp_path, "--list").stdout.splitlines()[0]
    told = r"Your exam goes on: USMLE-style block, 20 questions, (30|29) min left\."
    assert re.fullmatch(told, first)


def test_the_list_needs_no_textual(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['tutor', 'exam', '--list']\n"
        "from tutor.cli import main\n"
        "main()\n"
        "assert not [name for name in sys.modules if name.startswith('textual')]\n"
    )
    environ = os.environ | {"TUTOR_DATA_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=environ, check=True, capture_output=True)


def test_the_same_seed_gives_the_same_paper_to_two_learners(tmp_path: Path) -> None:
    def sat(name: str, seed: str) -> str:
        typed = "\n" + "\n" * 20
        run = tutor(tmp_path / name, "usmle", "--seed", seed, "--plain", typed=typed)
        return re.sub(r"\[[^]]*\]", "", run.stdout.split("Question 1/20")[1])  # without times

    assert sat("one", "31") == sat("two", "31") != sat("three", "32")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("usmel",), 2, "there is no exam 'usmel'; did you mean usmle?"),
        (("usmle", "--seed", "-1"), 2, "--seed"),
        (("usmle", "--extra", "500"), 2, "--extra"),
        (("none.yaml",), 1, "cannot be read"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    run = tutor(tmp_path, *arguments, "--plain")
    assert run.returncode == code
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_blueprint_of_ones_own_that_cannot_be_filled_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "title: Mine\nsays: Too much.\nminutes: 5\n"
        "sections:\n  - {title: Part, phases: [reading], kinds: [single], questions: 12}\n",
        encoding="utf-8",
    )
    run = tutor(tmp_path, str(path), "--plain")
    assert "asks for 12 questions and the course has 6" in " ".join(run.stdout.split())
