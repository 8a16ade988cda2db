"""Keys that come in one burst, as over a slow line: each does what it does in its turn."""

from __future__ import annotations

from asyncio import sleep
from pathlib import Path
from random import Random

import pytest
from app_driver import Ui, known_learner, put_at, started
from textual.events import Paste

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, DRAFT
from tutor.journal.store import Journal
from tutor.tui.screens.lab_dialogs import LineScreen

BACK = ("backspace", "backspace")


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def ask(ui: Ui) -> list[str | None]:
    """Ask for a line in which something stands; what is given back will be in the list."""
    given: list[str | None] = []
    ui.app.push_screen(LineScreen(ui.app.glyphs, "?", "a1"), given.append)
    return given


@pytest.mark.parametrize("stands", [True, False])
async def test_a_line_is_mended_and_given_back_in_one_burst(
    files: CourseFolder, learner: Journal, *, stands: bool
) -> None:
    async with started(files, learner) as ui:
        given = ask(ui)
        if stands:
            await ui.until(lambda: ui.shows == "LineScreen")
            await ui.settle()
        ui.rush(*BACK, *"1001", "enter")
        await ui.until(lambda: bool(given))
        assert given == ["1001"]


@pytest.mark.parametrize("kind", ["text", "numeric"])
async def test_an_answer_is_mended_in_one_burst(
    files: CourseFolder, learner: Journal, kind: str
) -> None:
    put_at(files, learner, lambda question: question.kind == kind, "peak")
    async with started(files, learner, "peak") as ui:
        await ui.settle()
        ui.rush(*"123", *BACK, *"45")
        await ui.settle()
        await ui.press("escape", "s")
    assert [event.answer for event in learner.events(kind=DRAFT)][-1] == "145"


@pytest.mark.parametrize("rests", [False, True])
async def test_a_time_is_typed_and_committed_from_the_plot_in_one_burst(
    files: CourseFolder, learner: Journal, *, rests: bool
) -> None:
    put_at(files, learner, lambda question: question.kind == "point", "restoration")
    async with started(files, learner, "restoration") as ui:
        await ui.settle()
        assert ui.plot.has_focus
        ui.rush(*"2.91", "backspace")
        if rests:
            await ui.settle()
        ui.rush("5", "enter")
        await ui.until(lambda: bool(learner.events(kind=ATTEMPT)))
        await ui.settle()
        assert "marked" in ui.plot_text(), "also where the line told late that it had changed"
    assert [event.answer for event in learner.events(kind=ATTEMPT)] == [{"time_ms": 2.95}]


async def test_a_time_is_pasted_from_the_plot_and_from_nowhere(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.kind == "point", "restoration")
    async with started(files, learner, "restoration") as ui:
        assert ui.plot.has_focus
        ui.app.post_message(Paste("2."))
        await ui.settle()
        await ui.press("escape")
        ui.app.post_message(Paste("95"))
        await ui.settle()
        await ui.press("enter")
    assert [event.answer for event in learner.events(kind=ATTEMPT)] == [{"time_ms": 2.95}]


async def test_a_line_that_has_gone_does_not_get_the_keys(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.kind == "numeric", "peak")
    async with started(files, learner, "peak") as ui:
        line = ui.one("AnswerLine")
        await ui.one("AnswerEntry").remove()
        ui.app.screen.set_focus(line)
        assert ui.app.screen.focused is not line
        await ui.press("m")
        assert ui.shows == "HomeScreen", "the keys do what they do on the screen"


#: Keys of all screens, but for those that leave the app.
KEYS = (
    *"1230ramsboluxknhztwpcvegf",
    *("comma", "enter", "escape", "backspace", "left", "right", "up", "down", "tab"),
    *("question_mark", "equals_sign", "full_stop"),
)


@pytest.mark.parametrize("seed", [4, 5, 6])
async def test_keys_that_come_faster_than_screens_come_and_go_do_no_harm(
    files: CourseFolder,
    learner: Journal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.chdir(tmp_path)  # Among what the keys may do is to write a file.
    rolled = Random(seed)
    async with started(files, learner, size=[(80, 24), (120, 40), (60, 16)][seed % 3]) as ui:
        for _ in range(100):
            ui.rush(*rolled.choices(KEYS, k=rolled.randint(1, 6)))
            await sleep(rolled.choice([0, 0, 0.01, 0.03, 0.1]))
        await sleep(0.5)
        await ui.press("escape", "escape", "escape", "escape", "escape")
        assert ui.app._exception is None


async def test_knobs_are_chosen_and_typed_in_one_burst(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.id == "peak.q15", "peak")
    async with started(files, learner, "peak") as ui:
        await ui.settle()
        ui.rush(*"=.5", "enter", "down", *"=1", "enter", "down", "0", *"=.25", "enter")
        await ui.settle()
        assert {knob.name: knob.value for knob in ui.question.knobs} == {
            "lasting_na": 0.0,
            "k_block": 0.0,
            "pump": 0.25,
        }
        ui.rush("up", *"=1", "enter", "up", *"=.5", "enter")
        await ui.settle()
        assert [knob.value for knob in ui.question.knobs] == [0.5, 1.0, 0.25]
