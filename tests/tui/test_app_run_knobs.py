"""Knobs on the screen: typed values, their ends, and runs that take their time or fail."""

import re
from collections.abc import Callable
from threading import Event

import pytest
from app_driver import LARGE, PHASE, SMALL, Ui, known_learner, put_at, started
from textual.widgets import Static

from simulator.progress import Cancelled, Progress
from tutor.course import scenario as scenarios
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.slow import Work
from tutor.session.views import StepView
from tutor.tui.runner import Runner
from tutor.tui.widgets.knobs import KnobPanel


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


@pytest.fixture(autouse=True)
def nothing_is_kept():
    scenarios.RUNS.clear()


def knob(ui: Ui):
    return ui.lesson.knobs[0]


def line(ui: Ui) -> str:
    return ui.static("#knobs")


def caption(ui: Ui) -> str:
    return ui.static("#caption")


# Typed values.


async def test_a_value_is_typed_after_a_digit_or_an_equals_sign(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("k")
        await ui.type("1.3")
        assert "= 1.3_" in line(ui)
        assert knob(ui).value == 1.5, "nothing turns before Enter"
        await ui.press("enter")
        assert knob(ui).value == 1.3
        assert "1.3 x threshold (was 1.5)" in line(ui)
        await ui.press("equals_sign")
        await ui.type("=")
        await ui.type("1,45")
        await ui.press("enter")
        assert knob(ui).value == 1.45
        assert ui.lesson.view.counter.number == 1, "Enter set the value and went nowhere"


async def test_the_set_up_below_the_run_follows_the_knob_of_an_experiment(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.id == "threshold.q12", "threshold")
    async with started(files, learner, "threshold", SMALL) as ui:
        await ui.press("k")
        assert "pulse size" in line(ui)
        assert "20 uA/cm2" in caption(ui)
        await ui.type("26")
        await ui.press("enter")
        await ui.until(lambda: "26 uA/cm2" in caption(ui))
        assert "20 uA/cm2" not in caption(ui)
        assert "amplitude" not in ui.text


async def test_a_typed_value_out_of_range_is_refused_and_can_be_mended(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("k")
        await ui.type("12")
        await ui.press("enter")
        assert "= 12_ * 1.2 to 1.6 only" in line(ui)
        await ui.press("backspace")
        await ui.type(".4")
        await ui.press("enter")
        assert knob(ui).value == 1.4
        await ui.type("=")
        await ui.type("--")
        await ui.press("enter")
        assert "only" in line(ui)
        await ui.press("escape")
        assert "1.4 x threshold" in line(ui)
        assert ui.shows == "LessonScreen"


async def test_other_keys_leave_a_typed_value_and_do_what_they_always_do(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.press("k")
        await ui.type("1.3")
        await ui.press("left")
        assert "_" not in line(ui)
        assert knob(ui).value == pytest.approx(1.48)


async def test_a_knob_shows_its_range_and_that_it_goes_no_further(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        assert "1.2 to 1.6" not in line(ui)
        await ui.press("k")
        assert "1.2 to 1.6" in line(ui)
        await ui.press(*["right"] * 6)
        assert "1.6 x threshold (was 1.5) most" in line(ui)
        await ui.press(*["left"] * 21)
        assert "1.2 x threshold (was 1.5) least" in line(ui)
        await ui.press("0")
        assert "1.5 x threshold *" in line(ui)


async def test_the_run_before_stays_behind_the_one_that_a_knob_has_made(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE, LARGE) as ui:
        assert ": before" not in ui.plot_text()
        await ui.press("k", "left")
        assert ": before   * this run" in ui.plot_text()
        await ui.press("0")
        assert ": before" not in ui.plot_text()


# Slow runs.


class Gate:
    """Holds slow runs until it is opened, and counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[float] = []
        self.opened = Event()
        self.fails = False
        inner = scenarios.simulate

        def held(scenario, dt_ms=None, progress: Progress = lambda share: None):
            if scenario.preparation == "axon":
                self.asked.append(scenario.stimuli[0].times_threshold or 0.0)
                share = 0.0
                while not self.opened.wait(0.01):
                    progress(share := min(0.4, share + 0.1))
                if self.fails:
                    raise ValueError("the axon is on strike")
            return inner(scenario, dt_ms, progress)

        monkeypatch.setattr(scenarios, "simulate", held)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch):
    made = Gate(monkeypatch)
    yield made
    made.opened.set()


async def test_an_item_with_a_slow_run_shows_its_text_at_once_and_then_its_plot(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        assert "A spike belongs to one stretch of membrane" in ui.words
        await ui.until(lambda: "40%" in caption(ui))
        assert "running" in caption(ui)
        assert "Esc" not in caption(ui)
        assert not ui.plot_text().strip()
        gate.opened.set()
        await ui.until(lambda: "running" not in caption(ui))
        assert "mV at 30 mm" in ui.plot_text()
        view = ui.lesson.view
        assert isinstance(view, StepView)
        assert view.caption.split()[0] in ui.static("#before")


async def test_an_answer_that_is_given_while_the_run_is_made_is_marked_when_it_is_there(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await ui.press("enter")
        assert "propagation.q1" in ui.static("#title")
        await ui.press("1", "enter")
        assert not learner.events(kind="attempt")
        gate.opened.set()
        await ui.until(lambda: "The run decides" in ui.static("#before"))
        assert len(learner.events(kind="attempt")) == 1


async def test_going_on_does_not_wait_for_a_slow_run(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await ui.press("enter", "s", "s")
        assert ui.static("#title").startswith("4/")


async def turning(ui: Ui, gate: Gate) -> None:
    """Let the first run be made, then hold the next ones and turn the knob."""
    gate.opened.set()
    await ui.until(lambda: "mV at 30 mm" in ui.plot_text())
    gate.opened.clear()
    gate.asked.clear()
    await ui.press("k", "right")


async def test_while_a_slow_run_is_made_the_knob_has_turned_and_the_old_trace_stands(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await turning(ui, gate)
        await ui.until(lambda: "40%" in caption(ui))
        assert "running" in caption(ui)
        assert "Esc stops it" in caption(ui)
        assert "(was 1.5)" in line(ui)
        assert "mV at 30 mm" in ui.plot_text()
        assert ": before" not in ui.plot_text()
        gate.opened.set()
        await ui.until(lambda: "running" not in caption(ui))
        assert ": before" in ui.plot_text()


async def test_of_many_turns_only_the_last_is_run_to_its_end(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await turning(ui, gate)
        ui.rush(*["right"] * 12)
        await ui.until(lambda: knob(ui).value == pytest.approx(1.5 + 13 * knob(ui).step))
        wanted = knob(ui).value
        # Begun while the gate is shut: what was under way has been stopped for it.
        await ui.until(lambda: gate.asked[-1:] == [pytest.approx(wanted)])
        gate.opened.set()
        await ui.until(lambda: "running" not in caption(ui))
        assert len(gate.asked) < 13, "what was overtaken was stopped, or never begun"
        view = ui.lesson.view
        assert view.drawn[-1].run.scenario.stimuli[0].times_threshold == pytest.approx(wanted)


async def test_escape_stops_a_slow_run_and_puts_the_knob_back(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await turning(ui, gate)
        await ui.press("right")
        await ui.press("escape")
        assert ui.shows == "LessonScreen"
        assert knob(ui).value == 1.5
        assert "(was " not in line(ui)
        assert "running" not in caption(ui)
        assert "mV at 30 mm" in ui.plot_text()
        assert ": before" not in ui.plot_text()
        await ui.press("escape")
        assert ui.shows == "LessonScreen", "with nothing to stop, Escape leaves the knobs"
        assert not ui.app.screen.query_one(KnobPanel).has_focus
        await ui.press("escape")
        assert ui.shows == "HomeScreen", "and then it leads to the map"


async def test_a_slow_run_that_fails_says_a_sentence_and_puts_the_knob_back(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await turning(ui, gate)
        gate.fails = True
        gate.opened.set()
        await ui.until(lambda: "strike" in caption(ui))
        assert caption(ui) == (
            "This cannot be run: the axon is on strike. The knob is back where it was."
        )
        assert knob(ui).value == 1.5
        gate.fails = False
        await ui.press("right")
        await ui.until(lambda: ": before" in ui.plot_text())


async def test_an_item_whose_run_fails_can_be_read_and_left(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    gate.fails = True
    gate.opened.set()
    async with started(files, learner, "propagation") as ui:
        await ui.until(lambda: "strike" in caption(ui))
        assert "A spike belongs to one stretch of membrane" in ui.words
        await ui.press("m")
        assert ui.shows == "HomeScreen"


async def test_a_quick_run_that_fails_says_a_sentence_and_puts_the_knob_back(
    files: CourseFolder, learner: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = scenarios.simulate

    def fails(scenario, *rest, **options):
        if any(getattr(s, "times_threshold", 0.0) == 1.3 for s in scenario.stimuli):
            raise ValueError("no pulse of 0.5 ms fires it")
        return inner(scenario, *rest, **options)

    monkeypatch.setattr(scenarios, "simulate", fails)
    async with started(files, learner, PHASE, SMALL) as ui:
        await ui.press("k")
        await ui.type("1.3")
        await ui.press("enter")
        assert "no pulse of 0.5 ms fires it" in caption(ui)
        assert ui.told("#caption"), "also where the line has no room of its own"
        assert knob(ui).value == 1.5
        assert ": before" not in ui.plot_text()
        await ui.press("left")
        assert knob(ui).value == pytest.approx(1.48)
        assert "cannot" not in caption(ui)


async def test_the_app_can_be_left_while_a_slow_run_is_made(
    files: CourseFolder, learner: Journal, gate: Gate
) -> None:
    async with started(files, learner, "propagation") as ui:
        await ui.press("q")
        assert not ui.app.is_running or ui.app._exit


# The runner by itself.


async def test_the_runner_drops_what_was_overtaken(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        runner = Runner(ui.app.screen)
        go_on, ended = Event(), []

        def slow(name: str) -> Callable[[Progress], object]:
            def act(progress: Progress) -> None:
                while not go_on.wait(0.005):
                    progress(0.5)

            return act

        for name in "abc":
            runner.wish(Work(slow(name)), lambda error, name=name: ended.append(name))
        assert runner.busy
        go_on.set()
        await ui.until(lambda: not runner.busy)
        await ui.settle()
        assert ended == ["c"]


async def test_whatever_goes_wrong_beside_the_screen_is_told_on_it(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        runner, said = Runner(ui.app.screen), []

        def act(progress: Progress) -> None:
            raise ZeroDivisionError

        runner.wish(Work(act), said.append)
        await ui.until(lambda: bool(said))
        assert said == ["ZeroDivisionError"]
        assert ui.app.fault is None


async def test_work_that_stops_itself_is_told_to_nobody(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        runner, said = Runner(ui.app.screen), []

        def act(progress: Progress) -> None:
            raise Cancelled

        runner.wish(Work(act), said.append)
        await ui.until(lambda: not runner.busy)
        await ui.settle()
        assert said == []
        assert ui.app.screen.query(Static)


async def test_a_knob_tells_its_keys_where_there_is_room_and_is_never_cut(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE, SMALL) as ui:
        await ui.press("k")
        assert "= types * 0 resets" in ui.told("#knobs")
        await ui.press("right")
        told = ui.seen("#knobs")[0].rstrip()
        assert re.search(r"\(was [\d.]+\) \* [\d.]+ to [\d.]+$", told), told
        await ui.resize(LARGE)
        told = ui.seen("#knobs")[0].rstrip()
        assert re.search(r"x threshold \(was [\d.]+\)$", told), told
