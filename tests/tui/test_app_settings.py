"""The settings: what is chosen shows, is kept, and leaves the learner where they were."""

from datetime import date

import pytest
from app_driver import PHASE, Size, known_learner, put_at, started

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.profile import Profile, load_profile, save_profile
from tutor.session.terminal import (
    CERTAINTY,
    MOTION,
    MOUSE,
    chosen_mode,
    chosen_theme,
    is_on,
)

THEME, MODE, MOVES, SURE, MICE, LINES, CAP, EXAM = (str(number) for number in range(1, 9))


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


async def test_a_theme_shows_at_once_and_is_there_at_the_next_start(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("comma", THEME, "right")
        assert ui.app.theme == "light"
        assert "light" in ui.marked_line("Theme")
        await ui.press("left", "left")
        assert "colour-blind" in ui.marked_line("Theme")
        await ui.press("escape")
        assert ui.shows == "HomeScreen"
    async with started(files, learner) as ui:
        assert ui.app.theme == "colour-blind"


async def test_every_switch_is_kept(files: CourseFolder, learner: Journal) -> None:
    before = [is_on(learner, name) for name in (MOTION, CERTAINTY, MOUSE)]
    async with started(files, learner) as ui:
        await ui.press("comma", MOVES, "enter", SURE, "enter", MICE, "enter")
        assert ui.app.motion is not before[0]
        assert "next start" in ui.told("#note")
    assert [is_on(learner, name) for name in (MOTION, CERTAINTY, MOUSE)] == [
        not on for on in before
    ]


async def test_another_mode_opens_the_lesson_anew_at_the_same_item(
    files: CourseFolder, learner: Journal
) -> None:
    question = put_at(files, learner)
    async with started(files, learner, PHASE) as ui:
        assert ui.text.isascii()
        await ui.press("comma", MODE, "right")
        assert "dots" in ui.marked_line("Curves and signs")
        await ui.press("escape")
        await ui.until(lambda: ui.shows == "LessonScreen")
        assert ui.question.question == question
        assert not ui.text.isascii()
        await ui.press("m")
        assert ui.shows == "HomeScreen"
        assert "▸" in ui.text
    assert chosen_mode(learner) == "braille"


async def test_the_exam_is_asked_for_and_told(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        await ui.press("comma", EXAM, "enter")
        assert ui.shows == "ProfileScreen"
        await ui.press("2", "enter", "enter")
        assert ui.shows == "SettingsScreen"
        assert "USMLE" in ui.marked_line("Exam and date")
    assert load_profile(learner).exam == "usmle"


async def test_what_was_wrong_with_a_date_is_gone_once_it_is_being_mended(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("d", "2", "enter")
        await ui.type("2026-13-01")
        await ui.press("enter")
        assert "is no date" in ui.words
        await ui.press("backspace")
        assert "is no date" not in ui.words
        assert ui.shows == "ProfileScreen"


async def test_a_journal_that_cannot_be_written_is_a_sentence_and_changes_nothing(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("comma")
        learner._connection.execute("PRAGMA query_only = on")
        await ui.press(THEME, "right")
        assert ui.toasts
        assert ui.app.theme == "dark"
        assert "dark" in ui.marked_line("Theme")
        learner._connection.execute("PRAGMA query_only = off")
        await ui.press("right")
        assert chosen_theme(learner) == "light"


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_all_settings_with_their_notes_fit(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await ui.press("comma")
        assert len(ui.choices) == 8
        for _ in ui.choices:
            assert ui.static("#note") == ui.told("#note")
            await ui.press("down")
        assert all(row.size.height == 1 for row in ui.choices)


async def test_what_was_told_before_is_offered_so_that_only_the_date_need_be_typed(
    files: CourseFolder, learner: Journal
) -> None:
    save_profile(learner, Profile("a-level", "ocr", date(2030, 5, 1)))
    async with started(files, learner) as ui:
        await ui.press("d", "enter", "enter")
        assert "2030-05-01" in ui.text
        await ui.press(*"2030-06-02", "enter")
        assert ui.shows == "HomeScreen"
    assert load_profile(learner) == Profile("a-level", "ocr", date(2030, 6, 2))
