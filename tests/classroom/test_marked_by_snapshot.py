"""Marks follow what was handed out, whatever became of the course since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from classes import DAY
from commands import tutor
from course_files import phase_text, replaced, write_course
from handing import handed_in, right_answers, submission_of, worked
from nacl.public import PrivateKey
from sqlalchemy import select

from tutor.classroom.assignment import read_assignment
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.register import tables
from tutor.classroom.register.register import open_register
from tutor.classroom.register.snapshot import unpacked
from tutor.course.loader import CourseFolder
from tutor.course.model import Phase
from tutor.course.questions import ChoiceQuestion, Option

QUESTION = "spark.q1"


def options_of(phase: Phase) -> tuple[Option, ...]:
    question = phase.questions[0]
    assert isinstance(question, ChoiceQuestion)
    return question.options


@pytest.mark.parametrize("becomes", ["another key", "nothing"])
def test_work_is_marked_by_the_snapshot_though_the_course_was_changed_or_deleted(
    becomes: str, tmp_path: Path, tutor_key: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    course = write_course(tmp_path / "own")
    done = tutor(
        *("--course", course, "assign", "--question", QUESTION),
        *("--due", "2199-12-31", "--out", "w.assignment"),
    )
    assert done.returncode == 0, done.stderr
    given = read_assignment(Path("w.assignment"))
    where = str(tmp_path / "data" / "register.sqlite3")
    with open_register(where) as register, register.reading() as connection:
        in_full = unpacked(connection.scalars(select(tables.assignments.c.in_full)).one(), Excerpt)
    for who, right in (("ada", True), ("bob", False)):
        answers = right_answers(given, in_full, who)
        if not right:
            options = options_of(in_full.phases[0])
            answers[QUESTION] = [next(one.id for one in options if not one.correct)]
        events = worked(given, who, answers, given.made_at + DAY / 1440)
        handed_in(tmp_path / "in", submission_of(given, who, events), given)
    if becomes == "nothing":
        shutil.rmtree(course)
    else:
        right = "        correct: true\n"
        other = phase_text("spark").replace(right, "", 1)
        other = replaced(other, ("Nowhere at all\n", f"Nowhere at all\n{right}"))
        (course / "phases" / "spark.yaml").write_text(other)
        options = options_of(CourseFolder(course).phase("spark"))
        assert [one.id for one in options if one.correct] == ["c"]
    done = tutor("collect", "in")
    assert done.returncode == 0, done.stderr
    with open_register(where) as register, register.reading() as connection:
        rows = connection.execute(
            select(tables.learners.c.id, tables.attempts.c.marks)
            .join(tables.attempts, tables.attempts.c.learner == tables.learners.c.key)
            .order_by(tables.learners.c.id)
        )
        assert [tuple(row) for row in rows] == [("ada", 1.0), ("bob", 0.0)]
