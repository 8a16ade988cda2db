"""The lab on the screen: knobs, stimuli, runs, two of them, set-ups, with keys and mouse."""

import re

import pytest
from app_driver import LARGE, PHASE, SMALL, Size, known_learner, put_at, refutable, started
from lab_driver import bench, choose, in_lab, lab, ready
from msgspec.structs import replace

from tutor.course.loader import CourseFolder
from tutor.course.names import PREPARATION_NAMES
from tutor.journal.store import Journal
from tutor.session.views import StepView
from tutor.tui.widgets.lab_list import LabList
from tutor.tui.widgets.lab_readings import LabReadings

#: The smallest, the usual ones, a large one.
SIZES = [(60, 16), SMALL, LARGE, (200, 60)]


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_lab_opens_from_the_map_and_shows_run_knobs_and_numbers(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await in_lab(ui)
        assert "textbook" in ui.rows[0]
        assert ui.text.isascii()
        assert "E_Na +50" in ui.plot_text()
        assert "pulse size" in ui.told("#lab-list")
        assert "1.5 x threshold" in ui.told("#lab-list")
        if size[0] < 76:
            await ui.press("n")
        told = " ".join(ui.told("#lab-readings").split())
        assert "resting potential" in told
        assert not re.search(r"[a-z0-9]_[a-z]|\.\.", told), "in words, and in full"
        values = [row for row in ui.seen("#lab-readings") if re.search(r"\d", row)]
        assert len({len(row.rstrip()) for row in values}) == 1, "in a column"
        assert len(values) >= min(9, ui.one("#lab-readings").size.height - 1), "a line for each"
        await ui.press("escape")
        assert ui.shows == "HomeScreen"


async def test_resizing_through_every_size_keeps_the_lab_as_it_is(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "right", "right")
        before = lab(ui).scenario
        for size in ((100, 30), (99, 30), (76, 20), (60, 16), (200, 60), (80, 24)):
            await ui.resize(size)
            assert "pulse size" in ui.told("#lab-list")
            assert isinstance(ui.app.focused, LabList)
        await ui.resize((20, 5))
        await ui.resize(LARGE)
        assert lab(ui).scenario == before
        knobs, plot = ui.one("#lab-knobs").region, ui.plot.region
        assert knobs.right <= plot.x
        await ui.resize(SMALL)
        assert ui.plot.region.bottom <= ui.one("#lab-knobs").region.y


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
async def test_every_preparation_is_picked_and_runs(
    files: CourseFolder, learner: Journal, preparation: str
) -> None:
    async with started(files, learner) as ui:
        number = PREPARATION_NAMES.index(preparation) + 1
        await in_lab(ui, "p")
        assert preparation in ui.text
        await ui.press(str(number), "enter")
        await ready(ui)
        assert lab(ui).scenario.preparation == preparation
        told = " ".join(ui.told("#lab-readings").split())
        assert re.search("resting potential|first spike's velocity|potential at the", told)
        assert any(character in ui.plot_text() for character in "*+")


# Knobs


async def test_arrows_turn_a_knob_and_the_run_follows(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui)
        before = ui.plot_text()
        await ui.press("left", "left", "left", "left", "left", "left")
        assert "0.9 x threshold" in ui.told("#lab-list")
        assert "pulse 0.5 ms at 1 ms, 0.9 x threshold" in ui.static("#caption")
        assert lab(ui).run.measurements["spike_count"] == 0
        assert ui.plot_text() != before
        await ui.press("shift+right")
        assert "0.92 x threshold" in ui.told("#lab-list")
        await ui.press("0")
        assert "1.5 x threshold" in ui.told("#lab-list")


async def test_a_value_is_typed_and_what_is_none_is_said_and_changes_nothing(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "2")
        await ui.type(",25")
        await ui.press("enter")
        assert "2.25 x threshold" in ui.told("#lab-list")
        await ui.press("enter")
        assert "from 0 to 25" in ui.text
        await ui.type("lots")
        await ui.press("enter")
        assert "must be a number from 0 to 25" in ui.static("#caption")
        assert "2.25 x threshold" in ui.told("#lab-list")
        await ui.press("enter", "escape")
        assert "2.25 x threshold" in ui.told("#lab-list")


async def test_groups_open_and_changed_knobs_stay_in_sight_with_a_mark(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "down")
        assert "channels and drugs (16)" in ui.told("#lab-list")
        await ui.press("enter", "down", "right")
        assert "tetrodotoxin" in ui.told("#lab-list")
        assert "blocked" in ui.static("#caption")
        await ui.press("up", "enter")
        assert "tetrodotoxin" not in ui.told("#lab-list")
        assert "*Na+ channels blocked" in ui.told("#lab-list")
        await ui.press("z")
        assert lab(ui).scenario.changes == {}


async def test_a_search_lists_what_has_the_words_and_escape_ends_it(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui)
        await choose(ui, "tetro")
        assert [row.knob.name for row in bench(ui)._rows if row.knob] == ["ttx_nm"]
        await ui.press("right")
        assert lab(ui).scenario.changes == {"ttx_nm": 2.0}
        await ui.press("slash")
        await ui.type("xyz")
        assert "No knob has these words" in ui.told("#lab-hint")
        await ui.press("escape")
        assert "pulse size" in ui.told("#lab-list")
        assert ui.shows == "LabScreen"


async def test_the_mouse_chooses_sets_and_opens(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui)
        rows = ui.seen("#lab-list")
        place = next(y for y, row in enumerate(rows) if "pulse size" in row)
        meter = rows[place].index("#")
        await ui.click(bench(ui), (meter + 11, place))
        assert "3 x threshold" in ui.told("#lab-list")
        head = next(y for y, row in enumerate(rows) if "ions and pump" in row)
        await ui.click(bench(ui), (3, head))
        assert "K+ outside" in ui.told("#lab-list")


async def test_a_long_list_scrolls_with_the_cursor(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, size=(60, 16)) as ui:
        await in_lab(ui, "down", "enter", "pagedown", "pagedown", "pagedown")
        chosen = bench(ui).chosen
        assert chosen is not None
        assert any(">" in row for row in ui.seen("#lab-list"))


# Stimuli


async def test_stimuli_are_added_and_removed(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "a", "2", "enter")
        assert "3 pulses" in ui.told("#lab-list")
        assert len(lab(ui).stimuli) == 2
        await ui.press("x")
        assert len(lab(ui).stimuli) == 1
        await ui.press("a")
        await ui.type("6")
        await ui.press("enter")
        assert "voltage clamped at 0 mV" in ui.static("#caption") or lab(ui).scenario.clamp
        assert "clamped at" in ui.told("#lab-list")


# Runs that take long


async def test_a_slow_run_tells_its_progress_and_escape_puts_the_knob_back(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "p", "8", "enter")
        await ready(ui)
        await choose(ui, "fibre diameter")
        before = lab(ui).scenario
        ui.rush("right", "right", "right")
        await ui.until(lambda: "running" in ui.static("#caption"))
        ui.rush("escape")
        await ui.until(lambda: not lab(ui).is_stale)
        await ui.settle()
        assert lab(ui).scenario == before
        assert "10 um" in ui.told("#lab-list")
        ui.rush("right", "right", "right")
        await ui.until(lambda: not lab(ui).is_stale and lab(ui).scenario != before)
        await ui.settle()
        assert lab(ui).scenario.changes["diameter_um"] == 13.0


async def test_what_cannot_be_run_is_a_sentence_and_the_lab_goes_on(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "p", "8", "enter")
        await ready(ui)
        await choose(ui, "axoplasm")
        await ui.press("3")
        await ui.type("00")
        await ui.press("enter")
        await ui.until(lambda: "cannot be run" in ui.static("#caption"))
        assert "no pulse of 0.5 ms" in ui.static("#caption")
        assert lab(ui).scenario.changes == {}
        await ui.press("left")
        await ready(ui)
        assert lab(ui).scenario.changes["axoplasm_ohm_cm"] == 50.0


async def test_leaving_while_something_runs_stops_it(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("l")
        ui.rush("p", "8", "enter")
        await ui.settle()
        await ui.press("b")
        await ui.until(lambda: ui.shows == "HomeScreen")
        await ui.press("l")
        await ready(ui)


# Two set-ups


async def test_panes_of_the_run_are_shown_below_the_voltage(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui)
        before = ui.plot_text()
        await ui.press("v")
        assert ui.plot_text() != before


async def test_measurements_scroll_with_the_keyboard(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "tab")
        while not isinstance(ui.app.focused, LabReadings):
            await ui.press("tab")
        before = ui.told("#lab-readings")
        await ui.press("pagedown")
        await ui.until(lambda: ui.told("#lab-readings") != before)


async def test_the_keys_of_the_lab_are_told(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, size=(120, 60)) as ui:
        await in_lab(ui, "question_mark")
        for words in ("another preparation", "keep the run as A", "type the value of a knob"):
            assert words in ui.words


# From a lesson


async def test_a_step_and_a_verdict_open_in_the_lab_and_an_open_question_does_not(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        step = ui.lesson.view
        assert isinstance(step, StepView)
        await ui.press("o")
        await ready(ui)
        assert lab(ui).scenario == replace(step.step.demonstration.scenario, knobs={})
        await ui.press("escape")
        assert ui.shows == "LessonScreen"
        put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press("o")
        assert ui.asks
        assert ui.shows == "LessonScreen"
        await ui.press(ui.refuted, "enter", "o")
        await ready(ui)
        question = ui.lesson.view.question
        assert lab(ui).scenario == replace(question.scenario, knobs={})
        assert question.id in ui.rows[0]
        await ui.press("left", "escape")
        assert ui.lesson.view.question.id == question.id
