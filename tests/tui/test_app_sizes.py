"""Every screen at every size: all of it can be reached, and no size is a fault."""

import random

import pytest
from app_driver import (
    PHASE,
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
from msgspec.structs import replace
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.views import EndView, QuestionView, StepView, VerdictView
from tutor.tui.app import SMALLEST
from tutor.tui.screens.lesson import WIDE
from tutor.tui.widgets.answer_entry import AnswerLine, WrittenAnswer
from tutor.tui.widgets.arranging import MatchBoard
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.run_plot import RunPlot

SIZES: list[Size] = [SMALLEST, (80, 24), (100, 30), (120, 40), (200, 60)]
LEAST_PLOT_ROWS = 4

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


# What holds on every screen


def unkept(ui: Ui) -> QuestionView:
    """The question that is asked, whether or not what is picked has been kept meanwhile."""
    return replace(ui.question, draft=None)


def visible_rows(ui: Ui, widget: Widget) -> int:
    """How many rows of a widget are painted."""
    return ui.app.screen.find_widget(widget).visible_region.height


def assert_sound(ui: Ui) -> None:
    """Nothing is squeezed away or off the screen, the plot can be read, the keys are told."""
    assert ui.app.screen.max_scroll_y == 0, f"rows are missing\n{ui.text}"
    for widget in ui.app.screen.walk_children(with_self=False):
        if shows_something(widget):
            assert widget.size.height > 0, f"{widget} has no rows\n{ui.text}"
    # On the smallest screen a question takes the room of a plot that shows nothing yet.
    for plot in filter(shows_something, ui.app.screen.query(RunPlot)):
        assert visible_rows(ui, plot) >= LEAST_PLOT_ROWS, ui.text
    last = ui.rows[-1]
    active = ui.app.screen.active_bindings.values()
    shown = [binding for _, binding, enabled, _ in active if binding.show and enabled]
    missing = [binding.description for binding in shown if binding.description not in last]
    told = any(binding.action == "app.help" for binding in shown) and "? All keys" in last
    # On a narrow screen the keys that do not fit are told by the last one.
    assert not missing or (told and ui.app.size.width < WIDE), f"{missing}\n{ui.text}"


def shows_something(widget: Widget) -> bool:
    """True where a widget has something to say and nothing hides it."""
    if not all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget)):
        return False
    if isinstance(widget, Static):
        return isinstance(widget.content, Content) and bool(widget.content.plain)
    return isinstance(widget, RunPlot | Choices | Input | VerticalScroll)


async def assert_choices_within_reach(ui: Ui) -> None:
    """Arrow by arrow, each choice comes into sight and is marked."""
    for _ in ui.choices:
        await ui.press("down")
        (here,) = (row for row in ui.choices if row.has_class("-cursor"))
        box = here.parent.parent if isinstance(here.parent, Widget) else None
        assert isinstance(box, Widget)
        fits = min(here.size.height, box.size.height)
        assert visible_rows(ui, here) >= fits, f"choice {here.index + 1}\n{ui.text}"


async def assert_read_to_the_end(ui: Ui, selector: str, last_word: str) -> None:
    """The keys scroll the text to its last word."""
    box = ui.one(selector)
    box.focus()
    await ui.press("end")
    await ui.until(lambda: last_word in ui.told(selector))
    await ui.press("home")


def last_word(text: str) -> str:
    return text.split()[-1]


# The screens


@every_size
async def test_every_screen_of_the_first_start_is_whole(
    files: CourseFolder, journal: Journal, size: Size
) -> None:
    async with started(files, journal, size=size) as ui:
        assert_sound(ui)
        await assert_choices_within_reach(ui)
        await ui.press("3", "enter")
        assert_sound(ui)
        await assert_choices_within_reach(ui)
        await ui.press("enter")
        while ui.shows == "FirstMinuteScreen":
            assert_sound(ui)
            await ui.press("n")
        assert_sound(ui)
        await ui.press("1", "enter")
        assert_sound(ui)
        await assert_choices_within_reach(ui)
        await ui.press("enter")
        assert_sound(ui)
        await ui.press("x", "enter")
        assert "is no date" in ui.words
        assert_sound(ui)


@every_size
async def test_home_shows_its_first_line_and_every_phase(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        assert_sound(ui)
        assert ui.rows[1].strip().startswith("Enter: ")
        marks = next(row for row in ui.seen("#map")[::-1] if row.strip())
        for number, entry in enumerate(files.entries.values(), 1):
            on_map = entry.window is not None
            assert not on_map or str(number) in marks, f"{entry.title} is not there\n{ui.text}"
        await assert_choices_within_reach(ui)


@every_size
async def test_every_screen_of_a_lesson_is_whole(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, PHASE, size) as ui:
        assert_sound(ui)
        view = ui.lesson.view
        assert isinstance(view, StepView)
        await assert_read_to_the_end(ui, "#text", last_word(view.caption))
        await ui.press("enter")
        assert_sound(ui)
        await assert_choices_within_reach(ui)
        await ui.press("h")
        await assert_read_to_the_end(ui, "#text", last_word(ui.question.question.hint))
        await ui.press("1", "enter")
        assert_sound(ui)
        source = ui.static("#after")
        await assert_read_to_the_end(ui, "#text", last_word(source))


@every_size
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
async def test_a_verdict_with_its_curves_knobs_and_cursor_is_whole(
    files: CourseFolder, learner: Journal, size: Size, right: bool
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE, size) as ui:
        await ui.press(ui.right[0] if right else ui.refuted, "enter")
        assert_sound(ui)
        await ui.press("v")
        assert_sound(ui)
        await ui.press("k", "right")
        assert_sound(ui)
        assert "(was " in ui.told("#knobs") or size[0] < 80
        await ui.press("c")
        assert_sound(ui)
        assert ui.plot.read_out[:20] in ui.text


@every_size
async def test_help_can_be_read_to_its_end(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await ui.press("question_mark")
        assert "Enter opens the phase" in ui.words
        await ui.press("end")
        await ui.until(lambda: "any other key closes" in ui.words)
        assert ui.shows == "HelpScreen"


@pytest.mark.parametrize("phase", CourseFolder().phase_ids)
async def test_every_item_of_the_course_fits_the_smallest_screen_in_plain_characters(
    files: CourseFolder, learner: Journal, phase: str
) -> None:
    async with started(files, learner, phase, SMALLEST) as ui:
        while not isinstance(ui.lesson.view, EndView):
            assert_sound(ui)
            assert ui.text.isascii()
            if isinstance(ui.lesson.view, QuestionView):
                ui.assert_answer_in_sight()
                if ui.question.form.kind in ("single", "multi"):
                    await ui.press("1", "enter")
                else:
                    typing = isinstance(ui.app.focused, AnswerLine | WrittenAnswer | MatchBoard)
                    await ui.press(*(("escape", "a") if typing else ("a",)))
                # An answer to a slow question is marked when its run is there.
                await ui.until(lambda: isinstance(ui.lesson.view, VerdictView))
                await ui.settle()
                assert_sound(ui)
                assert ui.text.isascii()
            await ui.press("n")
        assert_sound(ui)
        assert ui.text.isascii()


async def test_a_plot_that_gave_way_to_the_choices_comes_back_with_the_cursor_on_it(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.id == "peak.q8", "peak")
    async with started(files, learner, "peak", SMALLEST) as ui:
        assert not ui.plot.region
        await ui.press("c")
        assert visible_rows(ui, ui.plot) >= LEAST_PLOT_ROWS
        await ui.press("1")
        assert not ui.plot.region
        ui.assert_answer_in_sight()
        await ui.resize((80, 24))
        assert visible_rows(ui, ui.plot) >= LEAST_PLOT_ROWS
        ui.assert_answer_in_sight()
        await ui.resize(SMALLEST)
        ui.assert_answer_in_sight()


# Too small


@pytest.mark.parametrize("size", [(59, 16), (60, 15), (20, 5), (1, 1)])
async def test_a_small_terminal_offers_lines_of_text(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, PHASE) as ui:
        await ui.resize(size)
        assert ui.shows == "SmallScreen"
        await ui.press("p")
        assert ui.app.return_value == "plain"


async def test_what_is_picked_survives_a_small_terminal(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, multi)
    async with started(files, learner, PHASE) as ui:
        await ui.press("1", "3", "h")
        picked, asked = ui.marks(), unkept(ui)
        for size in [(30, 10), (80, 24), (60, 15), (120, 40)]:
            await ui.resize(size)
        assert ui.shows == "LessonScreen"
        assert (ui.marks(), unkept(ui)) == (picked, asked)
        await ui.press("2")
        assert ui.marks() != picked


async def test_keys_on_the_small_screen_do_not_reach_the_question_below(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, multi)
    async with started(files, learner, PHASE) as ui:
        await ui.press("1")
        picked, asked = ui.marks(), unkept(ui)
        await ui.resize((59, 24))
        await ui.press("2", "s", "question_mark", "n", "escape", "space")
        await ui.resize((80, 24))
        assert (ui.marks(), unkept(ui)) == (picked, asked)
    assert attempts(learner) == []


async def test_the_verdict_its_knobs_and_its_cursor_survive_a_small_terminal(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter", "k", "right", "c")
        before = ui.static("#before"), ui.static("#knobs"), ui.plot.read_out, ui.plot_text()
        await ui.resize((40, 12))
        await ui.resize((80, 24))
        now = ui.static("#before"), ui.static("#knobs"), ui.plot.read_out, ui.plot_text()
        assert now == before


async def test_a_start_in_a_small_terminal_waits_for_a_larger_one(
    files: CourseFolder, journal: Journal
) -> None:
    async with started(files, journal, size=(30, 5)) as ui:
        assert ui.shows == "SmallScreen"
        await ui.resize((80, 24))
        assert ui.shows == "WelcomeScreen"
        await ui.press("3")
        await ui.resize((30, 5))
        await ui.resize((100, 30))
        assert ui.marks() == ["1", "2", ">3"]


async def test_help_below_a_small_screen_is_still_there_after_it(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("question_mark")
        await ui.resize((30, 5))
        assert ui.shows == "SmallScreen"
        await ui.resize((80, 24))
        assert ui.shows == "HelpScreen"


# Resizing


async def test_resizes_in_quick_succession_while_a_trace_draws_itself_do_no_harm(
    files: CourseFolder, learner: Journal
) -> None:
    known_learner(learner, motion=True)
    put_at(files, learner, refutable)
    chance = random.Random(1952)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter")
        for _ in range(15):
            size = (
                chance.choice((1, 2, 59, 60, 99, 100, 200)),
                chance.choice((1, 2, 15, 16, 22, 50)),
            )
            await ui.pilot.resize_terminal(*size)
            if chance.random() < 0.3:
                ui.rush("space")
        await ui.resize((80, 24))
        await ui.until(lambda: not ui.drawing)
        assert ui.app.fault is None
        assert ui.shows == "LessonScreen"
        assert_sound(ui)


@pytest.mark.parametrize("keys", [(), ("question_mark",), ("e",), ("f",), ("enter",), ("comma",)])
async def test_no_screen_minds_one_column_or_one_row(
    files: CourseFolder, learner: Journal, keys: tuple[str, ...]
) -> None:
    async with started(files, learner) as ui:
        await ui.press(*keys)
        before = ui.shows
        for size in [(1, 24), (80, 1), (1, 1), (2, 2)]:
            await ui.resize(size)
        await ui.resize((80, 24))
        assert ui.app.fault is None
        assert ui.shows == before


@pytest.mark.parametrize("kind", ["single", "multi", "ordering", "matching"])
async def test_what_is_asked_stands_first_and_the_keys_bring_the_lines_below_into_sight(
    files: CourseFolder, learner: Journal, kind: str
) -> None:
    question = put_at(files, learner, lambda question: question.kind == kind, "peak")
    async with started(files, learner, "peak", SMALLEST) as ui:
        first = squeezed(question.stem.replace("*", "")).split()[:3]
        assert ui.told().split()[:3] == first, ui.text
        await ui.press("down", "down", "down")
        (here,) = (row for row in ui.choices if row.has_class("-cursor"))
        assert visible_rows(ui, here) == here.size.height
