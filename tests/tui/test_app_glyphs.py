"""What a terminal with ASCII alone, or without colours, is shown."""

import pytest
from app_driver import (
    PHASE,
    Size,
    Ui,
    known_learner,
    multi,
    put_at,
    refutable,
    started,
)
from rich.segment import Segment
from textual.widgets import Input

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plot.figure import Mode
from tutor.session.lesson import Lesson

SIZES: list[Size] = [(60, 16), (120, 40)]
sizes = pytest.mark.parametrize("size", SIZES, ids=["60x16", "120x40"])


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute and chose ASCII."""
    return known_learner(journal)


def assert_ascii(ui: Ui) -> None:
    strange = sorted({character for character in ui.text if not character.isascii()})
    assert not strange, f"{strange}\n{ui.text}"


# ASCII alone


async def test_dots_chosen_elsewhere_are_not_sent_under_a_plain_locale(
    files: CourseFolder, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    async with started(files, known_learner(journal, mode="braille"), PHASE) as ui:
        assert_ascii(ui)


@sizes
async def test_the_first_start_is_ascii_once_ascii_is_chosen(
    files: CourseFolder, journal: Journal, size: Size
) -> None:
    async with started(files, journal, size=size) as ui:
        await ui.press("3", "enter")
        assert_ascii(ui)
        await ui.press("2", "enter")
        while ui.shows == "FirstMinuteScreen":
            assert_ascii(ui)
            await ui.press("right")
            assert_ascii(ui)
            await ui.press("n")
        assert_ascii(ui)
        await ui.press("1", "enter", "1", "enter")
        assert_ascii(ui)
        ui.app.screen.query_one(Input).value = "2027–05–14"
        await ui.press("enter")
        assert "is no date" in ui.words
        ui.app.screen.query_one(Input).value = ""
        assert_ascii(ui)


@sizes
async def test_every_state_of_a_lesson_is_ascii(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    known_learner(learner, motion=True)
    put_at(files, learner, multi)
    async with started(files, learner, PHASE, size) as ui:
        for keys in [("1", "3"), ("h",), ("enter",), ("space",), ("k", "right"), ("v",)]:
            await ui.press(*keys)
            assert_ascii(ui)
        for keys in [("c", "right"), ("r",), ("t",), ("a",), ("question_mark",), ("end",), ("x",)]:
            await ui.press(*keys)
            assert_ascii(ui)
        await ui.press("m")
        assert_ascii(ui)
        await ui.resize((30, 8))
        assert_ascii(ui)


async def test_toasts_and_scroll_bars_are_ascii(files: CourseFolder, learner: Journal) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE, (60, 16)) as ui:
        await ui.press("enter", "ctrl+o")
        assert len(ui.toasts) == 1
        assert "Motion on" in ui.text
        assert_ascii(ui)
        await ui.press(ui.refuted, "enter")
        assert ui.one("#text").show_vertical_scrollbar
        assert_ascii(ui)


async def test_the_end_of_a_phase_is_ascii(files: CourseFolder, learner: Journal) -> None:
    lesson = Lesson(files, PHASE, learner)
    for _ in lesson.items[1:]:
        lesson.forward()
    async with started(files, learner, PHASE) as ui:
        await ui.press("s" if ui.asks else "n")
        assert "End of" in ui.text
        assert_ascii(ui)


@pytest.mark.parametrize(
    ("mode", "first", "last"), [("braille", 0x2800, 0x28FF), ("half-block", 0x2580, 0x259F)]
)
async def test_the_chosen_glyphs_draw_the_curve(
    files: CourseFolder, learner: Journal, mode: Mode, first: int, last: int
) -> None:
    known_learner(learner, mode=mode)
    async with started(files, learner, PHASE) as ui:
        assert any(first <= ord(character) <= last for character in ui.plot_text())


# Without colours


@pytest.fixture
def no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """What people set who see no colours, or want none."""
    monkeypatch.setenv("NO_COLOR", "1")


def segments(ui: Ui, selector: str) -> list[Segment]:
    """The painted segments of a widget."""
    region = ui.one(selector).region
    strips = ui.app.screen._compositor.render_strips()
    return [s for y in region.line_range for s in strips[y].crop(region.x, region.right)]


@pytest.mark.usefixtures("no_colour")
async def test_without_colours_only_greys_are_painted(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter")
        colours = {segment.style.color for segment in segments(ui, "#text") if segment.style}
        triplets = [colour.get_truecolor() for colour in colours if colour]
        assert triplets
        assert all(red == green == blue for red, green, blue in triplets)


@pytest.mark.usefixtures("no_colour")
async def test_the_lit_window_of_the_spine_is_reversed(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, PHASE) as ui:
        lit = [s.text for s in segments(ui, "#spine") if s.style and s.style.reverse]
        dark = [s.text for s in segments(ui, "#spine") if not (s.style and s.style.reverse)]
        assert lit
        assert len("".join(dark)) > len("".join(lit))


@pytest.mark.usefixtures("no_colour")
async def test_states_are_told_apart_by_signs(files: CourseFolder, learner: Journal) -> None:
    put_at(files, learner, multi)
    async with started(files, learner, PHASE) as ui:
        wrong = ui.digits(lambda option: not option.correct)[0]
        await ui.press(ui.right[0], wrong)
        assert ui.marks()[int(ui.right[0]) - 1] == f"{ui.right[0]} [x]"
        assert ui.marks()[int(wrong) - 1] == f">{wrong} [x]"
        await ui.press("enter")
        told = ui.static("#before")
        assert "x Not what" in told or "x Partly right" in told
        for sign in ("+ ", "x ", "o "):
            assert sign in told
        await ui.press("m")
        assert any(">" in mark for mark in ui.marks())
