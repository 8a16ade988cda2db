from pathlib import Path

import pytest
from course_files import MARK

from tutor.course.errors import ContentErrors, Place
from tutor.course.loader import CourseFolder
from tutor.session.exam.blueprint import file_of, load_blueprint, ready_made

GOOD = """\
title: A paper
says: What it is like.
minutes: 30
sections:
  - title: All
    questions: 3
"""


def test_the_course_has_papers_for_a_level_and_usmle(files: CourseFolder) -> None:
    found = {name: blueprint.minutes for name, blueprint in ready_made(files).items()}
    assert found == {"a-level": 30, "a-level-long": 60, "usmle": 30, "usmle-long": 60}


def test_a_usmle_block_gives_ninety_seconds_for_each_single_best_answer(
    files: CourseFolder,
) -> None:
    for name, count in (("usmle", 20), ("usmle-long", 40)):
        (section,) = ready_made(files)[name].sections
        assert (section.questions, section.kinds, section.track) == (count, ("single",), "M")
        assert ready_made(files)[name].minutes * 60 == 90 * count


def test_a_path_of_ones_own_can_be_given(files: CourseFolder, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_blueprint(files, file_of(files, str(path))).title == "A paper"


def test_an_unknown_name_is_told_with_the_nearest(files: CourseFolder) -> None:
    with pytest.raises(ValueError, match="there is no exam 'usmel'; did you mean usmle"):
        file_of(files, "usmel")


@pytest.mark.parametrize(
    ("line", "spoilt", "said"),
    [
        ("minutes: 30", f"minutes: {MARK}0", "must be >= 1, found 0"),
        ("minutes: 30", f"minutes: {MARK}30 min", "write the number alone, without a unit"),
        ("minutes: 30", f"minutes: {MARK}1e9", "expected a whole number"),
        ("minutes: 30", f"minutes: {MARK}.nan", "expected a whole number"),
        ("minutes: 30", f"minuets: {MARK}30", "unknown field 'minuets'; did you mean minutes?"),
        ("questions: 3", f"questions: {MARK}201", "must be <= 200, found 201"),
        ("questions: 3", f"questions: {MARK}-1", "must be >= 1, found -1"),
        ("questions: 3", f"questions: {MARK}true", "expected a whole number; found true"),
        ("questions: 3", f"marks: {MARK}[1]", "expected a whole number; found a list of 1"),
        (
            "questions: 3",
            f"kinds: [{MARK}singel]\n    questions: 3",
            "found 'singel'; did you mean single?",
        ),
        ("questions: 3", f"difficulty: [{MARK}4]\n    questions: 3", "4"),
        ("questions: 3", f"phases: [{MARK}risng]\n    questions: 3", "did you mean rising?"),
        ("questions: 3", f"modules: [{MARK}spikes]\n    questions: 3", "did you mean spike?"),
        (
            "questions: 3",
            f"objectives: [{MARK}nothing.o1]\n    questions: 3",
            "there is no objective 'nothing.o1'",
        ),
        ("questions: 3", f"track: {MARK}X\n    questions: 3", "expected one of A, M; found 'X'"),
        ("sections:", "sections: &all", "anchor"),
        ("title: A paper", "title: !!python/object:os.system {}", "tag"),
        ("title: A paper", "title: \x1b[2J", "U+001B is not allowed"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_value(
    files: CourseFolder, tmp_path: Path, line: str, spoilt: str, said: str
) -> None:
    text = GOOD.replace(line, spoilt)
    before, mark, _ = text.partition(MARK)
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(MARK, ""), encoding="utf-8")
    with pytest.raises(ContentErrors) as caught:
        load_blueprint(files, str(path))
    assert said in str(caught.value)
    if mark and "unknown field" not in said:
        lines = before.splitlines()
        assert caught.value.errors[0].place == Place(len(lines), len(lines[-1]) + 1)


def test_a_section_says_how_many_questions_or_marks_it_has(
    files: CourseFolder, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace("questions: 3", "kinds: [text]"), encoding="utf-8")
    with pytest.raises(ContentErrors, match="say how many `questions` the section has"):
        load_blueprint(files, str(path))


def test_a_paper_needs_a_section(files: CourseFolder, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.split("sections:")[0] + "sections: []\n", encoding="utf-8")
    with pytest.raises(ContentErrors, match="a paper needs a section"):
        load_blueprint(files, str(path))


def test_a_file_that_cannot_be_read_is_told(files: CourseFolder, tmp_path: Path) -> None:
    with pytest.raises(ContentErrors, match="cannot be read"):
        load_blueprint(files, file_of(files, str(tmp_path / "none.yaml")))
    with pytest.raises(ContentErrors, match="cannot be read"):
        load_blueprint(files, str(tmp_path))


@pytest.mark.parametrize("text", ["", "[", "- 1", "just words", "\0", "title: 'A"])
def test_a_file_that_is_no_blueprint_is_told(
    files: CourseFolder, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentErrors):
        load_blueprint(files, str(path))
