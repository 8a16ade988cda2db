"""Panes as lines of text: drawn, and said in a sentence."""

import io

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import PLOTS, turn

NOTHING = "There is nothing more to be seen of this run before the answer."


@pytest.fixture
def typed(files: CourseFolder, journal: Journal):
    """Types lines in a phase and gives back what was printed."""
    journal.set_setting(FIRST_MINUTE, True)

    def run(phase: str, *lines: str) -> str:
        out = io.StringIO()
        run_plain(files, journal, io.StringIO("\n".join(lines) + "\n"), out, phase)
        return out.getvalue()

    return run


def test_v_goes_through_the_panes_of_the_run_and_begins_again(typed) -> None:
    text = typed("rising", *["v"] * 4, "v", "q")
    assert "Share of the Na" in text
    assert "Of the Na channels: at the start 100% closed" in " ".join(text.split())
    assert "Conductances: Na conductance begins at" in " ".join(text.split())
    assert text.count("Na conductance begins at") >= 3, "prescribed, among others, and again"


def test_the_wave_along_an_axon_is_drawn_and_said(typed) -> None:
    text = " ".join(typed("propagation", *["v"] * 5, "q").split())
    assert "Potential along the axon: The membrane rests at -65.0 mV. 1 spike travels" in text
    assert "mV potential along the axon at" in text
    assert "time downwards" in text


def test_without_plots_a_pane_is_said_all_the_same(typed, journal: Journal) -> None:
    turn(journal, PLOTS, False)
    text = typed("rising", "v", "q")
    assert "Of the Na channels" in text
    assert "50+" not in text


def test_before_the_answer_there_is_nothing_more_to_be_seen(typed) -> None:
    assert " ".join(typed("rising", "", "v", "q").split()).count(NOTHING) == 1


def test_the_run_before_a_turned_knob_is_drawn_and_not_told_again(typed) -> None:
    text = typed("rising", "set times_threshold 1.3", "q")
    after = text.partition("pulse size: 1.3 ")[2]
    assert ": before" in after
    assert "Before: " not in after
    assert "This run: " in after
