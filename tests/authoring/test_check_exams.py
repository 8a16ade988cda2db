"""The content check reads the blueprints of exams too."""

from pathlib import Path

import pytest
from course_files import good_files, write_course

from tutor.authoring.check import check_course
from tutor.authoring.check.exams import exam_errors
from tutor.course.loader import CourseFolder

FILE = "exams/mine.yaml"
GOOD = "title: Mine\nsays: All.\nminutes: 5\nsections:\n  - {title: All, questions: 2}\n"


def found(folder: Path, blueprint: str) -> list[str]:
    write_course(folder, good_files())
    path = folder / FILE
    path.parent.mkdir()
    path.write_text(blueprint, encoding="utf-8")
    return [str(error) for error in check_course(folder, only=FILE).errors]


def test_the_blueprints_of_the_course_are_right(files: CourseFolder) -> None:
    assert [*exam_errors(files)] == []


def test_a_right_one_passes(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("minutes: 5", "minutes: many"), f"{FILE}:3:10: expected a whole number"),
        (GOOD.replace("questions: 2", "questions: 99"), "asks for 99 questions"),
        (GOOD.replace("questions: 2", "phases: [spork], questions: 1"), "did you mean spark?"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (error,) = found(tmp_path, text)
    assert said in error
