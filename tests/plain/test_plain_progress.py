"""Progress as lines of text: which parts are shown, and how one leaves."""

import io

import pytest

from tests.session.progress.learner import Learner, able_to_show
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.app import page_of
from tutor.plain.page import Closed
from tutor.plain.progress import run_progress
from tutor.session.terminal import PLOTS, choose_mode, turn
from tutor.words import progress as words


def said(files: CourseFolder, journal: Journal, *lines: str) -> tuple[str, str]:
    """What is printed to someone who types `lines`, and where they go then."""
    out = io.StringIO()
    page = page_of(journal, io.StringIO("".join(f"{line}\n" for line in lines)), out)
    went = run_progress(page, files, journal)
    return out.getvalue(), went


@pytest.fixture
def learner(journal: Journal) -> Learner:
    learner = Learner(journal)
    learner.answer("rest.q1", certainty=3, seconds=30)
    question = able_to_show("M1")[0]
    learner.answer(question, right=False, misconceptions=["M1"], certainty=2)
    return learner


def test_what_comes_next_and_the_forecast_are_said_at_once(
    files: CourseFolder, learner: Learner
) -> None:
    text, went = said(files, learner.journal, "")
    assert text.index("Next: ") < text.index("No exam date is set") < text.index("1) Progress")
    assert went == "home"


def test_a_part_is_shown_by_its_number_and_all_by_a_letter(
    files: CourseFolder, learner: Learner
) -> None:
    ideas, _ = said(files, learner.journal, "5", "b")
    assert "The pump ends the spike (M1)" in ideas
    everything, _ = said(files, learner.journal, "a", "b")
    for title in (words.MASTERY, words.SURENESS, words.TIME, words.DAYS, words.EXAMS):
        assert f"\n{title}\n-" in everything
    assert max(map(len, everything.splitlines())) <= 80


def test_the_curve_is_drawn_where_plots_are_wanted(files: CourseFolder, learner: Learner) -> None:
    drawn, _ = said(files, learner.journal, "4", "b")
    assert "100 %" in drawn
    turn(learner.journal, PLOTS, False)
    bare, _ = said(files, learner.journal, "4", "b")
    assert "100 %" not in bare
    assert "Certain: 1 answer, 100% right" in bare


def test_plain_characters_are_all_that_is_written_where_they_were_chosen(
    files: CourseFolder, learner: Learner
) -> None:
    choose_mode(learner.journal, "ascii")
    text, _ = said(files, learner.journal, "a", "b")
    assert text.isascii()
    assert "?" not in text.replace("? ", "")


def test_what_is_no_part_is_said_and_q_quits(files: CourseFolder, learner: Learner) -> None:
    text, went = said(files, learner.journal, "9", "0", "x", "q")
    assert text.count("That is none of the keys here.") == 3
    assert went == "quit"


def test_the_end_of_the_input_ends_it(files: CourseFolder, learner: Learner) -> None:
    with pytest.raises(Closed):
        said(files, learner.journal)


def test_an_empty_journal_has_a_page_too(files: CourseFolder, journal: Journal) -> None:
    text, _ = said(files, journal, "a", "")
    assert words.NOTHING_ANSWERED in " ".join(text.split())
