"""The run on the screen: its drawing, its panes and its cursor."""

import re

import pytest
from app_driver import (
    LARGE,
    PHASE,
    SMALL,
    Size,
    known_learner,
    put_at,
    refutable,
    started,
)

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.views import StepView
from tutor.tui.widgets.drawing import SPEEDS, Drawing

every_size = pytest.mark.parametrize(
    "size",
    [(60, 16), SMALL, LARGE, (200, 60)],
    ids=["60x16", "80x24", "120x40", "200x60"],
)


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


# Drawing.


def test_a_drawing_goes_from_nothing_to_the_whole_in_its_time():
    drawing = Drawing()
    drawing.begin(10.0)
    drawing.advance(10.5, lasts_s=2.0)
    assert drawing.share == pytest.approx(0.25)
    drawing.advance(12.1, lasts_s=2.0)
    assert (drawing.share, drawing.running, drawing.paused) == (None, False, False)


def test_a_pause_costs_nothing_of_the_drawing():
    drawing = Drawing()
    drawing.begin(0.0)
    drawing.advance(0.5, lasts_s=1.0)
    drawing.pause()
    drawing.advance(50.0, lasts_s=1.0)
    assert drawing.paused
    assert drawing.share == pytest.approx(0.5)
    drawing.go_on(60.0)
    drawing.advance(60.25, lasts_s=1.0)
    assert drawing.share == pytest.approx(0.75)


def test_the_speed_changes_what_comes_and_not_what_is_drawn():
    drawing = Drawing()
    drawing.begin(0.0)
    drawing.advance(0.2, lasts_s=1.0)
    drawing.change_speed(1)
    assert drawing.share == pytest.approx(0.2)
    drawing.advance(0.3, lasts_s=1.0)
    assert drawing.share == pytest.approx(0.4)
    drawing.change_speed(-99)
    assert drawing.speed == SPEEDS[0]
    drawing.change_speed(99)
    assert drawing.speed == SPEEDS[-1]


async def test_space_pauses_the_drawing_goes_on_with_it_and_draws_again(
    files: CourseFolder, learner: Journal
) -> None:
    known_learner(learner, motion=True)
    async with started(files, learner, PHASE) as ui:
        assert ui.plot.drawing
        await ui.press("space")
        assert ui.plot.paused
        held = ui.plot_text()
        assert "paused at" in held
        await ui.pilot.pause(0.1)
        assert ui.plot_text() == held
        await ui.press("space")
        assert ui.plot.drawing
        await ui.until(lambda: not ui.plot.drawing)
        whole = ui.plot_text()
        assert "paused" not in whole
        await ui.press("space")
        assert ui.plot.drawing
        assert ui.plot_text() != whole
        await ui.press("x")
        assert not ui.plot.drawing, "any other key ends it"
        assert ui.plot_text() == whole


async def test_plus_and_minus_change_the_speed_and_do_not_end_the_drawing(
    files: CourseFolder, learner: Journal
) -> None:
    known_learner(learner, motion=True)
    async with started(files, learner, PHASE) as ui:
        await ui.press("minus", "minus", "minus")
        assert ui.plot.drawing
        assert "speed 0.125" in ui.plot_text()
        await ui.press("plus")
        assert "speed 0.25" in ui.plot_text()


async def test_an_answer_can_be_given_while_the_run_is_paused(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, known_learner(learner, motion=True), refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter", "space")
        assert ui.plot.paused
        await ui.press("enter")
        assert not ui.plot.paused
        assert ui.lesson.view.counter.number == 3


async def test_without_motion_space_draws_nothing(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, PHASE) as ui:
        whole = ui.plot_text()
        await ui.press("space")
        assert not ui.plot.drawing
        assert ui.plot_text() == whole


# Panes.


@pytest.mark.parametrize("size", [LARGE, (200, 60)], ids=["120x40", "200x60"])
async def test_v_shows_one_pane_after_the_other_below_the_voltage(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, PHASE, size) as ui:
        first = ui.plot_text()
        assert "Na conductance" in first, "what the step prescribes"
        seen = []
        for _ in range(5):
            await ui.press("v")
            assert "mV" in ui.plot_text().splitlines()[0], "the voltage stays"
            seen.append(ui.plot_text())
        assert "share of the Na+ channels" in seen[0]
        assert "conductances" in seen[1]
        assert "currents" in seen[2]
        assert "driving forces" in seen[3]
        assert "Na+" not in seen[4], "then the voltage alone"
        await ui.press("v")
        assert ui.plot_text() == first


@pytest.mark.parametrize("size", [(60, 16), SMALL], ids=["60x16", "80x24"])
async def test_where_both_do_not_fit_a_pane_takes_the_place_of_the_voltage(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, PHASE, size) as ui:
        voltage = ui.plot_text()
        assert "mV" in voltage
        await ui.press("v")
        assert "Na conductance" in ui.plot_text(), "what the step prescribes comes first"
        assert "mV" not in ui.plot_text()
        await ui.press(*["v"] * 5)
        assert ui.plot_text() == voltage


@pytest.mark.parametrize(
    ("size", "said"),
    [((60, 16), False), (SMALL, True), (LARGE, False)],
    ids=["60x16", "80x24", "120x40"],
)
async def test_what_a_step_prescribes_is_named_where_the_voltage_hides_it(
    files: CourseFolder, learner: Journal, size: Size, said: bool
) -> None:
    hint = "Panes: Na conductance"
    async with started(files, learner, PHASE, size) as ui:
        assert (hint in ui.plot_text()) == said, "with a row to spare, and not where it is shown"
        await ui.press("v")
        assert hint not in ui.plot_text()


async def test_a_pane_stays_while_knobs_turn_and_goes_with_the_item(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE, LARGE) as ui:
        await ui.press("v", "k", "left")
        assert "share of the Na+ channels" in ui.plot_text()
        await ui.press("enter", "b")
        assert "share of the Na+ channels" not in ui.plot_text()
        assert "Na conductance" in ui.plot_text(), "again what the step prescribes"


async def test_an_open_question_has_no_panes(files: CourseFolder, learner: Journal) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE, LARGE) as ui:
        before = ui.plot_text()
        assert "Panes" not in ui.text
        await ui.press("v")
        assert ui.plot_text() == before
        await ui.press(ui.right[0], "enter")
        assert "Panes" in ui.text


@every_size
async def test_the_space_and_time_of_an_axon_are_shown_in_every_size(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, "propagation", size) as ui:
        await ui.until(lambda: "running" not in ui.text)
        assert ui.plot.has_panes
        seen = ""
        for _ in range(7):
            await ui.press("v")
            seen += ui.plot_text()
        assert "potential along the axon at" in seen
        assert "time downwards" in seen
        assert "mm" in seen
        assert "@" in seen


async def test_the_cursor_steps_through_the_time_of_a_moving_wave(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, "propagation", LARGE) as ui:
        await ui.until(lambda: "running" not in ui.text)
        while "potential along the axon at" not in ui.plot_text():
            await ui.press("v")
        await ui.press("c")

        def shown() -> tuple[float, float]:
            at_ms = re.search(r"axon at ([0-9.]+) ms", ui.plot_text())
            highest = re.search(r"highest .* mV at ([0-9.]+) mm", ui.plot_text())
            assert at_ms
            assert highest
            return float(at_ms[1]), float(highest[1])

        before = shown()
        await ui.press(*["right"] * 5)
        after = shown()
        assert after[0] > before[0]
        assert after[1] > before[1], "the wave has gone on"


async def test_what_moves_begins_to_move_when_it_is_shown(
    files: CourseFolder, learner: Journal
) -> None:
    known_learner(learner, motion=True)
    async with started(files, learner, "propagation", LARGE) as ui:
        await ui.until(lambda: "running" not in ui.text)
        await ui.press("x")
        while "potential along the axon at" not in ui.plot_text():
            await ui.press("v")
        assert ui.plot.drawing


async def test_a_click_in_a_map_reads_the_time_of_its_row(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, "propagation", LARGE) as ui:
        await ui.until(lambda: "running" not in ui.text)
        while "time downwards" not in ui.plot_text():
            await ui.press("v")
        rows = ui.plot_text().splitlines()
        top = next(i for i, row in enumerate(rows) if "time downwards" in row)
        times = []
        for row in (top + 2, top + 8):
            await ui.click(ui.plot, (30, row))
            times.append(float(ui.plot.read_out.split()[1]))
        assert times[0] < times[1]


async def test_the_read_out_has_the_values_of_every_curve(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE, LARGE) as ui:
        await ui.press("v", "v", "c")
        assert re.fullmatch(
            r"t [0-9.]+ ms  V \S+ mV  gNa \S+ mS/cm²  gK \S+ mS/cm²", ui.plot.read_out
        )
        await ui.press("v")
        assert "INa" in ui.plot.read_out
        assert "Ileak" in ui.plot.read_out
        words = " ".join(ui.plot_text().split())
        for part in ui.plot.read_out.replace("µ", "u").replace("²", "2").split("  "):
            assert part in words, "a long read-out takes a second row"


async def test_what_was_marked_stays_on_the_verdict_and_is_not_on_a_step_that_is_looked_up(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.kind == "point", "restoration")
    async with started(files, learner, "restoration") as ui:
        await ui.press("2", "enter")
        assert "marked" in ui.plot_text()
        await ui.press("l")
        assert isinstance(ui.lesson.view, StepView)
        assert "marked" not in ui.plot_text()
        await ui.press("enter")
        assert "marked" in ui.plot_text(), "back on the verdict"
    async with started(files, learner, "restoration") as ui:
        assert "marked" in ui.plot_text(), "the verdict that was left is opened again"
