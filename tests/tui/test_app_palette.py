"""The palette finds phases, screens and settings by name."""

from pathlib import Path

import pytest
from app_driver import PHASE, Size, Ui, known_learner, put_at, started
from course_files import COURSE, good_files, write_course
from lab_driver import in_lab, lab, ready

from tutor.course.loader import CourseFolder
from tutor.course.scenario import default_scenario
from tutor.journal.store import Journal
from tutor.session.terminal import CERTAINTY, MOTION, chosen_theme, is_on, turn


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


async def find(ui: Ui, words: str, found: str) -> None:
    """Open the palette and call what is found first."""
    await ui.press("ctrl+p")
    await ui.type(words)
    await ui.until(lambda: found in ui.text)
    await ui.press("enter")
    await ui.until(lambda: ui.shows != "Palette")
    await ui.settle()


async def test_a_phase_is_opened_by_a_part_of_its_name(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await find(ui, "repol", "Repolarisation")
        assert ui.shows == "LessonScreen"
        assert ui.lesson.phase.id == "repolarisation"
        await find(ui, "course m", "Course map")
        assert ui.shows == "HomeScreen"


@pytest.mark.parametrize(
    ("words", "found", "shows"),
    [
        ("settings", "Settings", "SettingsScreen"),
        ("keys of", "Keys of this screen", "HelpScreen"),
        ("exam, b", "Exam, board and date", "ProfileScreen"),
        ("quiz", "Quiz", "PickingScreen"),
        ("review", "Review", "ReviewScreen"),
        ("progr", "Progress", "ProgressScreen"),
        ("first min", "The first minute", "FirstMinuteScreen"),
        ("lab", "Lab", "LabScreen"),
    ],
)
async def test_screens_are_opened_by_name(
    files: CourseFolder, learner: Journal, words: str, found: str, shows: str
) -> None:
    async with started(files, learner) as ui:
        await find(ui, words, found)
        assert ui.shows == shows


async def test_settings_are_changed_by_name(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        await find(ui, "high contr", "Theme: high contrast")
        assert ui.app.theme == "contrast"
        await find(ui, "motion on", "Motion: on")
    assert chosen_theme(learner) == "contrast"
    assert is_on(learner, MOTION)


async def test_it_stays_closed_over_dialogs_and_before_the_first_start_is_over(
    files: CourseFolder, journal: Journal
) -> None:
    async with started(files, journal) as ui:
        await ui.press("ctrl+p")
        assert ui.shows == "WelcomeScreen"
    async with started(files, known_learner(journal)) as ui:
        await ui.press("question_mark", "ctrl+p")
        assert ui.shows == "HomeScreen"  # Any key closes the keys.
        await ui.press("ctrl+p", "ctrl+p")
        assert sum(type(screen).__name__ == "Palette" for screen in ui.app.screen_stack) == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_in_plain_characters_it_shows_plain_characters_alone(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await ui.press("ctrl+p")
        await ui.until(lambda: "Course map" in ui.text)
        assert ui.text.isascii()
        await ui.press("e", "x", "a")
        await ui.until(lambda: "Course map" not in ui.text)
        assert ui.text.isascii()
        for small in [(1, 24), (80, 1), (1, 1), (30, 10), size]:
            await ui.resize(small)
        assert ui.app.fault is None


async def test_what_a_course_calls_its_phases_is_never_markup(
    learner: Journal, tmp_path: Path
) -> None:
    title = "title: The spark"
    course = good_files()[COURSE].replace(title, 'title: "[@click=app.leave]spark[/b]"')
    assert course != good_files()[COURSE]
    folder = write_course(tmp_path / "course", {COURSE: course})
    async with started(CourseFolder(folder), learner) as ui:
        await ui.press("ctrl+p")
        await ui.until(lambda: "Phase 1: [@click=app.leave]spark[/b]" in ui.text)
        await ui.press("s", "p", "a", "r", "k")
        await ui.until(lambda: "Course map" not in ui.text)
        assert "Phase 1: [@click=app.leave]spark[/b]" in ui.text


async def test_another_theme_or_mode_leaves_the_lab_as_it_was_set_up(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "right", "right", "k", "right")
        set_up, kept = lab(ui).scenario, lab(ui).kept
        assert set_up != default_scenario("textbook")
        await find(ui, "light", "Theme: light")
        assert ui.app.theme == "light"
        await find(ui, "curves dots", "Curves and signs: dots")
        await ui.until(lambda: ui.shows == "LabScreen")
        await ready(ui)
        assert (lab(ui).scenario, lab(ui).kept) == (set_up, kept)
        assert "┤" in ui.plot_text()
        await ui.press("escape")
        assert ui.shows == "HomeScreen"
        assert "▸" in ui.text


@pytest.mark.parametrize(
    ("keys", "screens"),
    [
        (["p"], ["ProgressScreen"]),
        (["z"], ["PickingScreen"]),
        (["1", "enter", "o"], ["LessonScreen", "LabScreen"]),
        (["l", "e", "1", "enter"], ["LabScreen", "ExperimentScreen"]),
    ],
)
async def test_another_mode_shows_again_what_was_open(
    files: CourseFolder, learner: Journal, keys: list[str], screens: list[str]
) -> None:
    async with started(files, learner) as ui:
        await ui.press(*keys)
        await ui.until(lambda: ui.shows == screens[-1])
        await find(ui, "curves dots", "Curves and signs: dots")
        await ui.until(lambda: ui.shows == screens[-1])
        opened = [type(screen).__name__ for screen in ui.app.screen_stack]
        assert opened[1:] == screens
        await ui.until(lambda: not ui.text.isascii())


async def test_what_is_set_by_name_shows_on_the_settings(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("comma")
        await find(ui, "theme: light", "Theme: light")
        assert ui.app.theme == "light"
        assert "light" in ui.marked_line("Theme")


async def test_the_keys_of_certainty_are_told_to_whom_is_asked_for_it(
    files: CourseFolder, learner: Journal
) -> None:
    for asked in (False, True):
        turn(learner, CERTAINTY, asked)
        put_at(files, learner)
        async with started(files, learner, PHASE, (120, 60)) as ui:
            await ui.press("question_mark")
            assert ("certain" in ui.text) is asked


async def test_the_chosen_phase_stays_in_sight_on_a_smaller_screen(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("1", "0")
        await ui.resize((60, 16))
        assert ">10" in ui.text
