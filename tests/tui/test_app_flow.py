"""From the first start to home, between the screens, and out again."""

from datetime import date, timedelta

import pytest
from app_driver import (
    LARGE,
    PHASE,
    SMALL,
    Size,
    Ui,
    attempts,
    known_learner,
    put_at,
    refutable,
    started,
)
from textual.widgets import Input

from tutor.course.expression import Template
from tutor.course.loader import CourseFolder
from tutor.course.text import to_ascii
from tutor.journal.store import Journal
from tutor.session.lesson import Lesson
from tutor.session.profile import load_profile
from tutor.session.terminal import MOTION, chosen_mode, is_on

both_sizes = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


# The first start


@both_sizes
async def test_the_first_start_leads_from_glyphs_to_first_minute_to_profile_to_home(
    files: CourseFolder, journal: Journal, size: Size
) -> None:
    captions = files.course.first_minute.captions
    async with started(files, journal, size=size) as ui:
        assert ui.shows == "WelcomeScreen"
        assert "Which curve looks right" in ui.text
        await ui.press("3", "enter")
        assert chosen_mode(journal) == "ascii"
        assert ui.shows == "FirstMinuteScreen"
        assert files.course.first_minute.ask in ui.words
        await ui.press("2", "enter")
        assert f"2/{len(captions) + 2}" in ui.text
        await ui.press("enter")
        for number, caption in enumerate(captions, 3):
            assert f"{number}/{len(captions) + 2}" in ui.text
            told = to_ascii(Template(caption.text).fill(files.spine))
            assert ui.static("#before") == told
            assert told in ui.words
            await ui.press("enter")
        assert ui.shows == "ProfileScreen"
        await ui.press("escape")
        assert ui.shows == "HomeScreen"
        assert f"Enter: begin {first_title(files)}" in ui.text
    assert len(captions) == 6


def first_title(files: CourseFolder) -> str:
    return files.course.modules[0].phases[0].title


async def test_one_key_fires_the_neuron_and_the_run_draws_itself(
    files: CourseFolder, journal: Journal
) -> None:
    known_learner(journal, motion=True)
    journal.set_setting("first-minute", None)
    async with started(files, journal) as ui:
        before = ui.plot_text()
        await ui.press("1")
        assert ui.shows == "FirstMinuteScreen"
        assert ui.plot_text() == before, "nothing runs before Enter"
        await ui.press("enter")
        assert ui.plot.drawing
        await ui.press("right")
        assert ui.plot_text() != before


async def test_the_first_minute_waits_for_a_prediction(
    files: CourseFolder, journal: Journal
) -> None:
    known_learner(journal)
    journal.set_setting("first-minute", None)
    async with started(files, journal) as ui:
        await ui.press("n", "enter")
        assert "1/8" in ui.text
        assert "Pick an answer first" in ui.rows[-1]


async def test_every_part_of_the_first_start_can_be_skipped(
    files: CourseFolder, journal: Journal
) -> None:
    async with started(files, journal) as ui:
        await ui.press("enter", "s", "escape")
        assert ui.shows == "HomeScreen"
    async with started(files, journal) as ui:
        assert ui.shows == "HomeScreen"


async def test_the_glyphs_begin_at_what_the_locale_can_show(
    files: CourseFolder, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    async with started(files, journal) as ui:
        await ui.press("enter")
        assert chosen_mode(journal) == "ascii"


# The profile


async def to_the_date(ui: Ui) -> None:
    """Open the profile and go past exam and board."""
    await ui.press("d", "1", "enter", "2", "enter")
    assert isinstance(ui.app.focused, Input)


async def test_exam_board_and_date_are_kept_and_shown(
    files: CourseFolder, learner: Journal
) -> None:
    day = date.today() + timedelta(days=30)
    async with started(files, learner) as ui:
        await to_the_date(ui)
        await ui.type(day.isoformat())
        await ui.press("enter")
        assert "A-level" in ui.text
        assert "OCR" in ui.text
        assert "30 days left" in ui.text
    assert load_profile(learner).exam_date == day


@pytest.mark.parametrize(
    ("typed", "words"),
    [("14/05/2027", "is no date; write year-month-day"), ("2020-01-01", "is in the past")],
)
async def test_a_wrong_date_is_explained_and_can_be_mended(
    files: CourseFolder, learner: Journal, typed: str, words: str
) -> None:
    async with started(files, learner) as ui:
        await to_the_date(ui)
        ui.app.screen.query_one(Input).value = typed
        await ui.press("enter")
        assert ui.shows == "ProfileScreen"
        assert words in ui.words
        ui.app.screen.query_one(Input).value = ""
        await ui.press("enter")
        assert ui.shows == "HomeScreen"


async def test_escape_from_the_profile_changes_nothing_that_was_told_before(
    files: CourseFolder, learner: Journal
) -> None:
    day = date.today() + timedelta(days=30)
    async with started(files, learner) as ui:
        await to_the_date(ui)
        await ui.type(day.isoformat())
        await ui.press("enter")
        kept = load_profile(learner)
        await ui.press("d", "escape")
        assert ui.shows == "HomeScreen"
        assert load_profile(learner) == kept
        await ui.press("d", "2", "enter", "escape")
        assert load_profile(learner).exam == "usmle"
        assert load_profile(learner).exam_date == day


async def test_a_second_enter_in_the_same_breath_does_not_answer_the_next_question(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("d")
        ui.rush("1", "enter", "enter")
        await ui.settle()
        assert "Which board?" in ui.text
        await ui.press("escape")
        assert load_profile(learner).board == ""


# Home


async def test_a_second_start_goes_home_and_enter_continues_where_the_learner_left(
    files: CourseFolder, learner: Journal
) -> None:
    question = put_at(files, learner, refutable)
    async with started(files, learner) as ui:
        assert ui.shows == "HomeScreen"
        assert f"Enter: continue {files.entries[PHASE].title}" in ui.text
        await ui.press("enter")
        assert ui.question.question.id == question.id
        assert question.id in ui.text


async def test_two_digits_in_quick_succession_are_one_number(
    files: CourseFolder, learner: Journal
) -> None:
    titles = [entry.title for entry in files.entries.values()]
    async with started(files, learner) as ui:
        await ui.press("1", "2")
        assert ui.static("#next").startswith(f"Enter: begin {titles[11]}")
        await ui.press("3")
        assert ui.static("#next").startswith(f"Enter: begin {titles[2]}")


async def test_the_first_line_says_what_enter_does_for_the_phase_under_the_cursor(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        for number, entry in enumerate(files.entries.values()):
            if number:
                await ui.press("down")
            assert ui.static("#next").startswith(f"Enter: begin {entry.title}")
            assert to_ascii(entry.opening) in ui.words
        await ui.press("1", "enter")
        assert ui.lesson.phase.id == files.phase_ids[0]


async def test_help_opened_from_home_leaves_the_cursor_where_it_was(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("2")
        picked = ui.marks()
        await ui.press("question_mark")
        assert ui.shows == "HelpScreen"
        await ui.press("x")
        assert ui.marks() == picked


async def test_the_first_minute_can_be_seen_again_from_home(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("f")
        assert ui.shows == "FirstMinuteScreen"
        await ui.press("escape")
        assert ui.shows == "HomeScreen"


@both_sizes
async def test_the_end_of_a_phase_leads_into_the_next(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    first, second = files.phase_ids[:2]
    lesson = Lesson(files, first, learner)
    for _ in lesson.items[1:]:
        lesson.forward()
    async with started(files, learner, first, size) as ui:
        await ui.press("s" if ui.asks else "n")
        assert f"End of {files.entries[first].title}" in ui.text
        assert f"Enter: {files.entries[second].title}" in ui.words
        await ui.press("enter")
        assert ui.lesson.phase.id == second
        await ui.press("m")
        assert "seen" in ui.marked_line(files.entries[first].title)


async def test_the_end_of_the_last_phase_leads_to_the_map(
    files: CourseFolder, learner: Journal
) -> None:
    last = files.phase_ids[-1]
    lesson = Lesson(files, last, learner)
    for _ in lesson.items[1:]:
        lesson.forward()
    async with started(files, learner, last) as ui:
        await ui.press("s" if ui.asks else "n")
        assert "Enter: the course map" in ui.text
        await ui.press("enter")
        assert ui.shows == "HomeScreen"


# Help


@pytest.mark.parametrize("key", ["x", "escape", "enter", "q", "question_mark", "s", "1"])
async def test_the_key_that_closes_help_does_nothing_else(
    files: CourseFolder, learner: Journal, key: str
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press("2", "question_mark")
        assert "Nothing counts before Enter" in ui.words
        picked, item = ui.marks_below(), ui.question
        await ui.press(key)
        assert ui.shows == "LessonScreen"
        assert ui.question == item
        assert ui.marks() == picked


async def test_keys_that_come_faster_than_help_closes_do_no_harm(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("question_mark")
        ui.rush("x", "y", "z", "escape")
        await ui.settle()
        assert ui.app.fault is None
        assert ui.shows in ("LessonScreen", "HomeScreen")


# Leaving


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_keeps_everything(files: CourseFolder, learner: Journal, key: str) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.right[0], "enter", key)
        assert ui.app.return_value == "quit"
    assert len(attempts(learner)) == 1
    async with started(files, learner) as ui:
        await ui.press("enter")
        assert "Right" in ui.text


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_the_app_can_be_left_from_a_line_of_input_and_from_help(
    files: CourseFolder, learner: Journal, key: str
) -> None:
    async with started(files, learner) as ui:
        await to_the_date(ui)
        await ui.press("q")
        assert ui.app.return_value is None, "q is a letter here"
        await ui.press(key)
        assert ui.app.return_value == "quit"
    async with started(files, learner) as ui:
        await ui.press("question_mark", key)
        assert ui.app.return_value == "quit"


# Motion


async def test_motion_is_kept_and_said(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("ctrl+o")
        assert ui.toasts == ["Motion on"]
        assert is_on(learner, MOTION)
        await ui.press("ctrl+o")
        assert not is_on(learner, MOTION)


async def test_without_motion_no_trace_is_ever_drawn_in_time(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter")
        assert not ui.plot.drawing
        whole = ui.plot_text()
        await ui.press("r", "r")
        assert ui.plot_text() == whole


async def test_the_words_of_a_phase_are_shown_over_the_lesson(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        before = ui.text
        await ui.press("g")
        assert ui.shows == "GlossaryScreen"
        assert "Words of Rising phase" in ui.text
        first = files.phase(PHASE).glossary[0]
        assert to_ascii(first.term) in ui.text
        await ui.press("x")
        assert ui.text == before
