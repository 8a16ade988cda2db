"""What `tutor new` writes passes the content check as it stands."""

import re

import pytest
import yaml
from course_files import COURSE, MISCONCEPTIONS, SPARK, course_text, good_files, write_course
from quiet_course import QUIET

from tutor.authoring.check import check_course
from tutor.authoring.check.coverage import KINDS
from tutor.authoring.new import (
    CannotBegin,
    new_course,
    new_misconception,
    new_phase,
    new_question,
)
from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder

NAMES = ["first.q1", "first.q2"]


@pytest.fixture
def folder(tmp_path):
    new_course(tmp_path / "course", "A trial")
    return tmp_path / "course"


def assert_passes(folder):
    report = check_course(folder)
    assert [*map(str, (*report.errors, *report.warnings))] == []
    assert report.waived == ()


def questions_of(folder, phase_id="first"):
    return CourseFolder(folder).phase(phase_id).questions


def test_a_new_course_passes_the_check(folder):
    assert_passes(folder)
    assert CourseFolder(folder).course.title == "A trial"
    assert [question.id for question in questions_of(folder)] == NAMES


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_of_every_kind_passes_the_check(folder, kind):
    path, question_id = new_question(folder, "first", kind)
    assert path == folder / "phases/first.yaml"
    assert question_id == "first.q3"
    assert_passes(folder)
    *_, made = questions_of(folder)
    assert (made.id, made.kind) == ("first.q3", kind)


def test_templates_say_what_their_fields_are_for(folder):
    text = (folder / "phases/first.yaml").read_text("utf-8")
    assert text.count("#") > 15
    assert "«" not in text


def test_a_new_phase_passes_the_check_and_stands_in_the_course(folder):
    new_phase(folder, "second-one")
    assert_passes(folder)
    entry = CourseFolder(folder).entries["second-one"]
    assert entry.title == "Second one"


def test_many_phases_and_questions_pass_together(folder):
    for name in ("second", "third"):
        new_phase(folder, name, "Yes: a 'title'")
        for kind in KINDS:
            new_question(folder, name, kind)
    assert_passes(folder)
    assert CourseFolder(folder).phase_ids == ("first", "second", "third")


@pytest.mark.parametrize(
    "title",
    [
        "No: yes",
        "{peak_mv}",
        "'",
        '"',
        "# one",
        "- two",
        "Ünï «cödé»",
        "null",
        "1",
        "\x1b[31m",
        "",
    ],
)
def test_any_title_makes_a_course_that_can_be_read(tmp_path, title):
    new_course(tmp_path / "course", title or "x")
    new_phase(tmp_path / "course", "other", title)
    assert CourseFolder(tmp_path / "course").entries["other"].title


@pytest.mark.parametrize("name", ["Größe 7", "7", "UPPER case", "...", "a.b-c"])
def test_a_folder_of_any_name_makes_a_course(tmp_path, name):
    new_course(tmp_path / name)
    assert_passes(tmp_path / name)


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotBegin, match="is there already"):
        new_course(tmp_path)
    with pytest.raises(CannotBegin, match="is there already"):
        new_course(tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_people_have_written_stays_as_it_is(tmp_path):
    """Only lines are added, wherever comments, odd indents and other line ends stand."""
    write_course(tmp_path, {SPARK: QUIET})
    new_question(tmp_path, "spark")
    text = (tmp_path / SPARK).read_text("utf-8")
    head, tail = QUIET.split("summary: |")
    assert text.startswith(head.rstrip("\n"))
    assert text.endswith("\nsummary: |" + tail)
    assert [q.id for q in questions_of(tmp_path, "spark")] == ["spark.q1", "spark.q2", "spark.q3"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\ufeff" + text,
        lambda text: re.sub(r"(?m)^  (?=[- ] |  )", "", text),
        lambda text: text.replace("\nsummary:", "\n# Here the questions end.\nsummary:"),
        lambda text: text.replace("\nquestions:", "\nquestions:  # all of them"),
        lambda text: text.replace(
            "\n\nsummary:", "\n      and what followed\n      it\n\nsummary:"
        ),
    ],
    ids=[
        *["windows", "no last newline", "byte order mark", "no indent", "comment"],
        *["comment on it", "last line goes on"],
    ],
)
def test_a_question_fits_into_any_way_of_writing(tmp_path, change):
    assert yaml.safe_load(change(QUIET))
    write_course(tmp_path, {SPARK: change(QUIET)})
    new_question(tmp_path, "spark")
    assert len(questions_of(tmp_path, "spark")) == 3
    written = (tmp_path / SPARK).read_bytes()
    assert written.count(b"\r\n") in (0, written.count(b"\n"))
    report = check_course(tmp_path)
    assert [*map(str, report.errors)] == []


def test_a_comment_in_the_last_question_stays_with_it(tmp_path):
    mine = "    # waive: {W01: Not yet.}\n\n    # and more\n"
    text = QUIET.replace("\nsummary: |", f"{mine}\n# The end.\nsummary: |")
    write_course(tmp_path, {SPARK: text})
    new_question(tmp_path, "spark")
    written = (tmp_path / SPARK).read_text("utf-8")
    assert written.index("# and more") < written.index("id: spark.q3") < written.index("# The end")


def test_a_new_misconception_passes_the_check_and_has_the_next_id(folder):
    assert new_misconception(folder)[1] == "M2"
    bank = folder / MISCONCEPTIONS
    bank.write_text(bank.read_text("utf-8").replace("M2", "M41"), "utf-8")
    assert new_misconception(folder) == (bank, "M42")
    assert_passes(folder)
    assert [*CourseFolder(folder).misconceptions] == ["M1", "M41", "M42"]


def test_a_course_without_misconceptions_is_given_the_first(folder):
    (folder / MISCONCEPTIONS).unlink()
    assert new_misconception(folder)[1] == "M1"
    assert_passes(folder)


def test_questions_of_a_phase_that_no_module_names_are_not_begun(folder):
    (folder / "phases/first.yaml").rename(folder / "phases/extra.yaml")
    with pytest.raises(ContentErrors, match=r"phases/extra.yaml:1:1: no module of course.yaml"):
        new_question(folder, "extra")


def test_questions_at_the_end_of_a_file_are_followed_by_the_new_one(tmp_path):
    start = QUIET.index("questions:")
    end = QUIET.index("summary: |")
    write_course(tmp_path, {SPARK: QUIET[:start] + QUIET[end:] + "\n" + QUIET[start:end].rstrip()})
    new_question(tmp_path, "spark")
    assert len(questions_of(tmp_path, "spark")) == 3


def test_a_list_that_stands_in_brackets_is_left_to_its_author(tmp_path):
    frame = course_text()
    start = frame.index("    phases:")
    entry = "{id: spark, title: T, opening: O., window: ['0', '1']}"
    frame = f"{frame[:start]}    phases: [{entry}]\n"
    write_course(tmp_path, {COURSE: frame})
    with pytest.raises(CannotBegin, match="no list of phases with an item a line"):
        new_phase(tmp_path, "glow")
    assert (tmp_path / COURSE).read_text() == frame
    assert not (tmp_path / "phases/glow.yaml").exists()


def test_ids_that_are_in_use_or_were_are_not_given_again(tmp_path):
    write_course(tmp_path, {COURSE: good_files()[COURSE] + "retired: [spark.q3]\n"})
    assert new_question(tmp_path, "spark")[1] == "spark.q4"
    for taken in ("spark.q1", "spark.q3", "spark.s1", "spark.height", "No Id", "x" * 99 + "!"):
        with pytest.raises(CannotBegin, match="cannot be the id"):
            new_question(tmp_path, "spark", "single", taken)


@pytest.mark.parametrize("name", ["first", "No Id", "../first", ""])
def test_a_phase_that_is_there_or_has_no_id_is_not_written(folder, name):
    before = sorted(path.read_bytes() for path in folder.rglob("*.yaml"))
    with pytest.raises(CannotBegin):
        new_phase(folder, name)
    assert sorted(path.read_bytes() for path in folder.rglob("*.yaml")) == before


def test_a_course_without_misconceptions_says_what_to_write_first(folder):
    (folder / MISCONCEPTIONS).write_text("misconceptions: []\n")
    with pytest.raises(CannotBegin, match="holds none yet"):
        new_question(folder, "first", "single")
    new_question(folder, "first", "numeric")
