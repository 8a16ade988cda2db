"""The course map and the settings as lines of text."""

import io
from pathlib import Path

import pytest
from course_files import good_files, replaced, write_course

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.session.profile import FIRST_MINUTE, load_profile
from tutor.session.terminal import MOTION, chosen_mode, chosen_theme, is_on


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    journal.set_setting(FIRST_MINUTE, True)
    return journal


def said(files: CourseFolder, journal: Journal, *lines: str) -> str:
    """What the tutor prints to someone who types `lines`."""
    out = io.StringIO()
    run_plain(files, journal, io.StringIO("".join(f"{line}\n" for line in lines)), out)
    return " ".join(out.getvalue().split())


def test_the_map_says_first_what_comes_next_and_how_long_it_takes(learner: Journal) -> None:
    text = said(CourseFolder(), learner, "q")
    assert text.index("Enter: begin Reading a trace (") < text.index("1) Reading a trace")
    assert " min)" in text


def test_what_a_phase_is_best_done_after_is_said_when_it_is_picked(
    files: CourseFolder, learner: Journal
) -> None:
    text = said(files, learner, "4", "q")
    assert "Threshold is best after Rest and Graded potentials" in text
    assert "Threshold 1/" in text


def test_settings_are_changed_by_number_and_said(files: CourseFolder, learner: Journal) -> None:
    text = said(files, learner, "settings", "1", "3", "2", "0", "x", "", "q")
    assert "Theme: light." in text
    assert "Motion: off." in text
    assert text.count("That is none of the numbers here.") == 2
    assert chosen_theme(learner) == "light"
    assert not is_on(learner, MOTION)
    assert chosen_mode(learner) is not None


def test_another_mode_is_spoken_from_then_on(files: CourseFolder, learner: Journal) -> None:
    text = said(files, learner, ",", "2", "2", "", "q")
    before, now = text.split("Curves and signs: plain characters.")
    assert not before.isascii()
    assert "1-8 changes it" in now
    assert now.isascii()


def test_the_exam_is_among_the_settings(files: CourseFolder, learner: Journal) -> None:
    text = said(files, learner, ",", "8", "2", "2099-01-01", "", "q")
    assert "Exam and date: USMLE" in text
    assert load_profile(learner).exam == "usmle"


def test_help_comes_on_a_question_mark(files: CourseFolder, learner: Journal) -> None:
    assert "Everything you answer is kept" in said(files, learner, "?", "q")


def test_a_broken_phase_is_told_and_leaves_the_map(learner: Journal, tmp_path: Path) -> None:
    phase = replaced(good_files()["phases/spark.yaml"], ("One pulse, one spike", "3"))
    folder = write_course(tmp_path / "course", {"phases/spark.yaml": phase})
    text = said(CourseFolder(folder), learner, "1", "?", "q")
    assert "phases/spark.yaml" in text
    assert "Everything you answer is kept" in text.split("phases/spark.yaml")[1]


def test_enter_in_the_first_minute_says_what_is_wanted(
    files: CourseFolder, journal: Journal
) -> None:
    text = said(files, journal, "", "s", "", "q")
    assert text.count("What happens next?") == 1
    assert "Type a number from 1 to 3, or s to skip." in text
