"""Answers that are typed on low and narrow screens: in sight, and with keys of their own."""

from __future__ import annotations

import pytest
from app_driver import PHASE, SMALL, Size, Ui, attempts, known_learner, put_at, started

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.terminal import choose_mode
from tutor.tui.app import SMALLEST

LONG = "The sodium gates close with depolarisation and the potassium gates open rather slowly then"


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def written(files: CourseFolder, journal: Journal) -> None:
    """Leave the phase at a question whose stem and plot fill a low screen."""
    put_at(files, journal, lambda question: question.id == "peak.q12", "peak")


async def test_what_is_written_is_in_sight_on_the_smallest_screen(
    files: CourseFolder, learner: Journal
) -> None:
    written(files, learner)
    async with started(files, learner, "peak", SMALLEST) as ui:
        assert "0 words" in ui.text
        assert not ui.plot.display or not ui.plot.region
        for word in LONG.split():
            await ui.type(f"{word} ")
            assert word in ui.text.split()
        await ui.press("ctrl+j")
        await ui.type("ENDS")
        assert "ENDS" in ui.text
        await ui.press("escape")
        assert ui.plot.region.height >= 5, "the plot is back"


async def test_what_is_written_stays_in_sight_when_the_screen_becomes_low(
    files: CourseFolder, learner: Journal
) -> None:
    written(files, learner)
    async with started(files, learner, "peak", (120, 40)) as ui:
        await ui.type("Sodium ENDS")
        await ui.resize(SMALLEST)
        assert "ENDS" in ui.text


async def test_no_word_is_left_over_where_lines_are_wrapped_anew(
    files: CourseFolder, learner: Journal
) -> None:
    written(files, learner)
    async with started(files, learner, "peak", SMALL) as ui:
        await ui.type(LONG)
        for size in ((60, 24), SMALL, (60, 24), SMALLEST, (70, 20)):
            await ui.resize(size)
            assert shown_in_box(ui) == LONG.split(), ui.text


def shown_in_box(ui: Ui) -> list[str]:
    return ui.told("WrittenAnswer").split()


async def test_after_escape_a_digit_types_nothing_and_enter_gives_the_keys_back(
    files: CourseFolder, learner: Journal
) -> None:
    written(files, learner)
    async with started(files, learner, "peak") as ui:
        await ui.type("Sodium")
        assert "Enter Type" not in ui.rows[-1]
        await ui.press("escape", "3", "f")
        assert "flagged" in ui.rows[0]
        assert shown_in_box(ui) == ["Sodium"]
        assert "Enter Type" in ui.rows[-1]
        await ui.press("enter", "3")
        assert shown_in_box(ui) == ["Sodium3"]
        assert not attempts(learner)


async def test_what_an_answer_lacks_is_told_in_a_line_where_the_plot_has_given_way(
    files: CourseFolder, learner: Journal
) -> None:
    written(files, learner)
    async with started(files, learner, "peak", SMALLEST) as ui:
        await ui.press("enter")
        assert "There is no answer yet" in ui.told("#caption")
        assert not ui.toasts
        await ui.type("Sodium ENDS")
        assert "ENDS" in ui.text


@pytest.mark.parametrize("size", [SMALLEST, SMALL])
async def test_to_pick_first_is_told_in_a_line_and_not_over_the_question(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    unseen = put_at(
        files, learner, lambda one: one.kind == "single" and one.seen == "start", PHASE
    )
    async with started(files, learner, PHASE, size) as ui:
        assert ui.question.question.id == unseen.id
        await ui.press("enter")
        assert "Pick an answer first" in ui.told("#caption")
        assert not ui.toasts


async def test_in_the_first_minute_to_pick_first_is_told_in_the_line_of_the_keys(
    files: CourseFolder, journal: Journal
) -> None:
    choose_mode(journal, "ascii")
    async with started(files, journal, size=SMALLEST) as ui:
        while ui.shows != "FirstMinuteScreen":
            await ui.press("enter")
        await ui.press("enter")
        assert "Pick an answer first" in ui.rows[-1]
        assert not ui.toasts
        await ui.press("2")
        assert "Pick an answer" not in ui.text
