"""A lesson on the screen: predict, run, compare, explain, with keys and mouse."""

import re

import pytest
from app_driver import (
    LARGE,
    PHASE,
    SMALL,
    Size,
    Ui,
    attempts,
    known_learner,
    multi,
    put_at,
    refutable,
    squeezed,
    started,
)
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.course.text import to_ascii
from tutor.journal.store import Journal
from tutor.session.views import StepView, VerdictView
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.knobs import METER_WIDTH, KnobPanel
from tutor.tui.widgets.run_plot import RunPlot

both_sizes = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def verdict(ui: Ui) -> VerdictView:
    view = ui.lesson.view
    assert isinstance(view, VerdictView)
    return view


# Predict


@both_sizes
async def test_a_step_leads_to_its_question_and_a_digit_picks(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, PHASE, size) as ui:
        view = ui.lesson.view
        assert isinstance(view, StepView)
        assert view.step.title in ui.text
        assert to_ascii(view.caption) in ui.static("#before")
        await ui.press("enter")
        assert to_ascii(squeezed(ui.question.question.stem)) in ui.told()
        assert ui.question.question.id in ui.text
        assert [mark[0] for mark in ui.marks()] == [str(n + 1) for n in range(len(ui.choices))]
        await ui.press("2")
        assert ui.marks()[1] == ">2"


async def test_nothing_is_committed_before_enter_and_another_digit_undoes_a_mis_key(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        (right,) = ui.right
        await ui.press(ui.refuted, "down", "up", right)
        assert attempts(learner) == []
        assert [mark for mark in ui.marks() if mark.startswith(">")] == [f">{right}"]
        await ui.press("enter")
        assert verdict(ui).headline == "Right"
    assert len(attempts(learner)) == 1


@pytest.mark.parametrize("key", ["0", "9", "z", "y"])
async def test_other_keys_pick_nothing(files: CourseFolder, learner: Journal, key: str) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(key, "enter")
        assert ui.asks
        assert not [mark for mark in ui.marks() if mark.startswith(">")]
        assert "Pick an answer first" in ui.said


async def test_a_multi_choice_toggles_and_takes_all_that_is_picked(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, multi)
    async with started(files, learner, PHASE) as ui:
        wrong = ui.digits(lambda option: not option.correct)[0]
        assert all(mark.endswith("[ ]") for mark in ui.marks())
        await ui.press(*ui.right, wrong)
        assert ui.marks()[int(wrong) - 1] == f">{wrong} [x]"
        await ui.press("space")
        assert ui.marks()[int(wrong) - 1] == f">{wrong} [ ]"
        await ui.press("enter")
        assert verdict(ui).headline == "Right"


async def test_a_hint_keeps_what_is_picked(files: CourseFolder, learner: Journal) -> None:
    question = put_at(files, learner, multi)
    async with started(files, learner, PHASE) as ui:
        await ui.press("1", "3")
        picked = ui.marks()
        await ui.press("h")
        assert to_ascii(question.hint) in ui.told()
        assert ui.marks() == picked


async def test_a_click_picks_and_a_double_click_commits(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        row = ui.choices[int(ui.right[0]) - 1]
        await ui.click(row)
        assert ui.marks()[row.index].startswith(">")
        assert ui.asks
        await ui.pilot.click(row, times=2)
        await ui.settle()
        assert verdict(ui).headline == "Right"


@pytest.mark.parametrize("keys", [("tab",), ("c",), ("shift+tab",)])
async def test_digits_and_enter_answer_wherever_the_focus_is(
    files: CourseFolder, learner: Journal, keys: tuple[str, ...]
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(*keys)
        assert not isinstance(ui.app.focused, Choices)
        await ui.press(ui.right[0])
        await ui.press(*keys, "enter")
        assert verdict(ui).headline == "Right"


# Compare and explain


@both_sizes
async def test_a_right_answer_shows_verdict_and_deciding_number_and_does_not_block(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    known_learner(learner, motion=True)
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE, size) as ui:
        await ui.press(ui.right[0], "enter")
        assert ui.plot.drawing
        assert "+ Right" in ui.text
        assert to_ascii(verdict(ui).decides) in ui.told()
        item = verdict(ui).counter.number
        await ui.press("enter")
        assert ui.lesson.view.counter.number == item + 1


@both_sizes
async def test_a_wrong_answer_shows_its_refutation_and_draws_it_over_the_run(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE, size) as ui:
        await ui.press(ui.refuted, "enter")
        (refutation,) = verdict(ui).refutations
        assert to_ascii(f"Refutation: {refutation.says}") in ui.told()
        assert "o refutation" in ui.plot_text()
        drawn = ui.plot_text()
        await ui.press("r")
        assert "refutation" not in ui.plot_text()
        await ui.press("r")
        assert ui.plot_text() == drawn


async def test_a_refutation_seen_before_is_one_line_until_r_draws_it(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        wrong = next(option for option in ui.question.form.choices if option.refutation)
        for _ in range(2):
            await ui.press(ui.digits(lambda option: option == wrong)[0], "enter")
            told, drawn = ui.static("#before"), ui.plot_text()
            await ui.press("t")
        assert "Refuted before:" in told
        assert "(r draws it)" in told
        assert "refutation" not in drawn


async def test_what_was_missed_is_named(files: CourseFolder, learner: Journal) -> None:
    put_at(files, learner, multi)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.right[0], "enter")
        assert "Partly right: 1 of" in ui.text
        assert verdict(ui).verdict is not None
        missed = [point for point in verdict(ui).verdict.points if point.state == "missed"]
        assert missed
        for point in missed:
            assert f"o Also right: {to_ascii(point.text)}" in ui.static("#before")


async def test_the_answer_can_be_shown_without_an_attempt(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        key = next(option.text for option in ui.question.form.choices if option.correct)
        await ui.press("a")
        assert "Answer shown" in ui.text
        assert to_ascii(key) in ui.words
    assert attempts(learner) == []


async def test_skip_and_back_move_without_an_attempt(
    files: CourseFolder, learner: Journal
) -> None:
    question = put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        number = ui.question.counter.number
        await ui.press("s")
        assert ui.lesson.view.counter.number == number + 1
        await ui.press("b")
        assert ui.question.question.id == question.id
    assert attempts(learner) == []


async def test_try_again_asks_with_nothing_picked(files: CourseFolder, learner: Journal) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter", "t")
        assert ui.asks
        assert not [mark for mark in ui.marks() if mark.startswith(">")]
        await ui.press(ui.right[0], "enter")
        assert verdict(ui).headline == "Right"
    assert len(attempts(learner)) == 2


async def test_map_and_back_resume_at_the_same_verdict(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter")
        told = ui.static("#before")
        await ui.press("m")
        assert ui.shows == "HomeScreen"
        await ui.press("enter")
        assert ui.static("#before") == told


async def test_keys_of_a_question_do_nothing_at_a_verdict_and_the_other_way_round(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        asked = ui.question
        await ui.press("t", "r", "k", "n")
        assert ui.question == asked
        await ui.press(ui.right[0], "enter")
        told = ui.static("#before")
        await ui.press("h", "s", "a", "1", "2")
        assert ui.static("#before") == told


# Knobs


def knob_line(ui: Ui) -> str:
    return ui.static("#knobs")


@both_sizes
async def test_a_knob_changes_run_and_deciding_number_and_0_puts_it_back(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    put_at(files, learner, lambda q: refutable(q) and "e_na_shift_mv" in q.scenario.knobs)
    async with started(files, learner, PHASE, size) as ui:
        await ui.press(ui.right[0], "enter")
        at_first = knob_line(ui), ui.plot_text(), verdict(ui).decides
        await ui.press("k", "left", "left", "left")
        assert "(was " in knob_line(ui)
        assert ui.plot_text() != at_first[1]
        assert verdict(ui).decides != at_first[2]
        assert to_ascii(verdict(ui).decides) in ui.told()
        await ui.press("0", "shift+tab")
        assert (knob_line(ui), ui.plot_text(), verdict(ui).decides) == at_first


async def test_a_knob_stops_at_the_ends_of_its_range(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("k")
        await ui.press(*["right"] * 6)
        (knob,) = ui.lesson.view.knobs
        assert knob.value == knob.high
        await ui.press(*["left"] * 21)
        (knob,) = ui.lesson.view.knobs
        assert knob.value == knob.low


async def test_clicks_at_the_ends_of_the_meter_set_the_ends_of_the_range(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        panel = ui.one("#knobs")
        first = ui.seen("#knobs")[0].index("#")
        await ui.click(panel, (first, 0))
        assert ui.lesson.view.knobs[0].value == ui.lesson.view.knobs[0].low
        await ui.click(panel, (first + METER_WIDTH - 1, 0))
        assert ui.lesson.view.knobs[0].value == ui.lesson.view.knobs[0].high


async def test_a_knob_turned_in_the_same_breath_as_going_on_does_no_harm(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("k")
        ui.lesson_screen.query_one(KnobPanel).action_turn(1)
        ui.lesson_screen.action_forward()
        await ui.settle()
        assert ui.asks
        assert ui.app.fault is None


# The cursor


def cursor_ms(ui: Ui) -> float:
    found = re.match(r"t ([0-9.]+) ms", ui.plot.read_out)
    assert found is not None
    return float(found[1])


async def test_arrows_move_a_cursor_that_reads_the_values_out(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("c")
        peak_ms = ui.lesson.view.drawn[-1].run.measurements["peak_ms"]
        assert f"{peak_ms:.2f} ms" in ui.plot.read_out
        assert to_ascii(ui.plot.read_out)[:40] in ui.text
        at_peak = ui.plot.read_out
        await ui.press("right")
        assert ui.plot.read_out != at_peak
        await ui.press("left")
        assert ui.plot.read_out == at_peak
        await ui.press("escape")
        assert ui.plot.read_out == ""
        assert ui.shows == "LessonScreen"
        await ui.press("escape")
        assert ui.shows == "HomeScreen"


@both_sizes
async def test_a_click_on_the_plot_puts_the_cursor_there(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, PHASE, size) as ui:
        await ui.click(ui.plot, (ui.plot.size.width // 3, 2))
        early = cursor_ms(ui)
        await ui.click(ui.plot, (2 * ui.plot.size.width // 3, 2))
        late = cursor_ms(ui)
        assert 0.0 < early < late < ui.lesson.view.drawn[-1].run.trace.duration_ms


async def test_a_run_that_may_not_be_seen_yet_is_not_read_out(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.seen == "start")
    async with started(files, learner, PHASE) as ui:
        await ui.press("c", "right")
        await ui.click(ui.plot, (ui.plot.size.width // 2, 2))
        assert ui.plot.read_out == ""


async def test_tab_goes_through_text_plot_and_knobs(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner, PHASE) as ui:
        met = {type(ui.app.focused)}
        for _ in range(3):
            await ui.press("tab")
            met.add(type(ui.app.focused))
        assert met == {VerticalScroll, RunPlot, KnobPanel}
        assert isinstance(ui.one("#caption"), Static)
