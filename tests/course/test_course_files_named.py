"""Phases and their files: each is named in course.yaml, and each name has its file."""

import pytest
from course_files import COURSE, SPARK, course_text, load_errors, phase_text, write_course

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder


def test_a_phase_without_a_file_is_an_error_where_it_is_named(tmp_path):
    (write_course(tmp_path) / SPARK).unlink()
    (error,) = load_errors(tmp_path)
    assert (error.file, error.item) == (COURSE, "spark")
    line = course_text().split("\n")[error.place.line - 1]
    assert line[error.place.column - 1 :] == "spark"
    assert error.message == (
        "there is no file phases/spark.yaml; write it, or take the phase out here"
    )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("glow", "write `- id: glow`, with a title and an opening, under `phases:` there"),
        ("sprak", "it names spark, which has no file; let both have one name"),
    ],
)
def test_a_phase_that_no_module_names_is_not_opened(tmp_path, name, remedy):
    write_course(tmp_path, {f"phases/{name}.yaml": phase_text(name)})
    if name == "sprak":
        (tmp_path / SPARK).unlink()
    with pytest.raises(ContentErrors) as raised:
        CourseFolder(tmp_path).phase(name)
    (error,) = raised.value.errors
    assert error.file == f"phases/{name}.yaml"
    assert error.message == f"no module of course.yaml names {name}; {remedy}"


def test_a_folder_inside_a_course_is_told_to_be_so(tmp_path):
    write_course(tmp_path)
    with pytest.raises(ContentErrors, match="in the folder above; give that one, /"):
        _ = CourseFolder(tmp_path / "phases").course
