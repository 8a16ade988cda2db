"""No theme puts text on its own colour, in however few colours the terminal shows it."""

from collections.abc import AsyncIterator

import pytest
from app_driver import PHASE, Ui, known_learner, put_at, refutable, started
from rich.color import Color, ColorSystem
from rich.segment import Segment

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.terminal import THEME, THEMES
from tutor.tui.places import open_phase

#: What WCAG 2.2 asks of large or bold text (1.4.3), and of lines and marks (1.4.11).
LEAST_CONTRAST = 3.0
SYSTEMS = [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD]


def luminance(colour: Color) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [part / 255.0 for part in colour.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def written(ui: Ui) -> list[Segment]:
    """Every piece of text on the screen that is not blank, as it is painted."""
    strips = ui.app.screen._compositor.render_strips()
    return [segment for strip in strips for segment in strip if segment.text.strip()]


async def screens(ui: Ui) -> AsyncIterator[str]:
    """The screens that a learner meets, by name."""
    yield "map"
    await ui.press("comma")
    yield "settings"
    await ui.press("escape", "question_mark")
    yield "keys"
    await ui.press("escape", "ctrl+p")
    await ui.until(lambda: "Course map" in ui.text)
    yield "palette"
    await ui.press("escape")
    open_phase(ui.app, PHASE)
    await ui.settle()
    yield "question"
    await ui.press(ui.refuted, "enter")
    yield "verdict with refutation"


@pytest.mark.parametrize("theme", THEMES)
async def test_text_stands_out_from_what_is_behind_it(
    files: CourseFolder, journal: Journal, theme: str
) -> None:
    known_learner(journal)
    journal.set_setting(THEME, theme)
    put_at(files, journal, refutable)
    async with started(files, journal, size=(120, 40)) as ui:
        assert ui.app.theme == theme
        async for screen in screens(ui):
            for segment in written(ui):
                style = segment.style
                assert style is not None
                assert style.color is not None
                assert style.bgcolor is not None
                where = f"{screen}: {segment.text!r} {style}"
                assert contrast(style.color, style.bgcolor) >= LEAST_CONTRAST, where
                for system in SYSTEMS:
                    on, behind = (
                        colour.downgrade(system) for colour in (style.color, style.bgcolor)
                    )
                    assert on.number != behind.number, f"{system.name}, {where}"
