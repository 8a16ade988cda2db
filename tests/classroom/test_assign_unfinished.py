"""Handing out from a course of one's own with a phase that is not finished, such as an import."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import tutor
from course_files import write_course
from nacl.public import PrivateKey

from tutor.classroom.assignment import read_assignment

BLUEPRINT = """
title: A paper
says: All of it.
minutes: 30
sections:
  - title: All of it
    marks: 2
"""


@pytest.fixture
def course(tmp_path: Path, tutor_key: PrivateKey, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with a finished phase, and a list that was taken in beside it."""
    monkeypatch.chdir(tmp_path)
    folder = write_course(tmp_path / "own")
    (tmp_path / "list.gift").write_text("What leaves? {=potassium ~sodium}\n")
    done = tutor("import", "gift", "list.gift", folder / "phases" / "taken.yaml")
    assert done.returncode == 0, done.stderr
    assert "handed out with tutor assign" in done.stdout
    return folder


@pytest.mark.parametrize("wanted", [["spark"], ["--question", "spark.q2"]])
def test_what_is_finished_can_be_handed_out(course: Path, wanted: list[str]) -> None:
    out = ("--due", "2199-12-31", "--out", "w.assignment")
    done = tutor("--course", course, "assign", *wanted, *out)
    assert done.returncode == 0, done.stderr
    assert "spark.q2" in read_assignment(Path("w.assignment")).excerpt.ids


@pytest.mark.parametrize("wanted", [["taken"], ["--question", "nowhere.q1"]])
def test_what_is_not_finished_is_told_with_its_place(course: Path, wanted: list[str]) -> None:
    done = tutor("--course", course, "assign", *wanted, "--due", "2199-12-31")
    assert done.returncode == 1
    assert done.stderr.startswith("phases/taken.yaml:")


def test_a_paper_of_the_whole_course_says_that_it_needs_all_of_it(course: Path) -> None:
    (course / "exams").mkdir()
    (course / "exams" / "own.yaml").write_text(BLUEPRINT)
    done = tutor("--course", course, "assign", "--exam", "own", "--due", "2199-12-31")
    assert done.returncode == 1
    assert done.stderr.startswith("--exam draws from the whole course")
    assert "\nphases/taken.yaml:" in done.stderr
