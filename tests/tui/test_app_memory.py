"""What a lesson leaves behind once the learner is back on the course map: nothing."""

from __future__ import annotations

import gc
import time
from asyncio import sleep
from time import monotonic
from weakref import ref

import pytest
from app_driver import Ui, known_learner, put_at, started
from textual.dom import DOMNode

from simulator.kinetics import propagators
from simulator.progress import Progress
from tutor.course.loader import CourseFolder
from tutor.course.scenario import RUNS
from tutor.journal.store import Journal
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.answer_entry import WrittenAnswer


async def until_forgotten(ui: Ui, *left: ref[DOMNode]) -> None:
    """Wait until nothing holds on to what was left, half a minute at the most."""
    deadline = monotonic() + 30.0
    while still := [each() for each in left if each() is not None]:
        holders = [type(one).__name__ for one in gc.get_referrers(*still)]
        tasks = [one._task for one in still if one is not None]
        assert monotonic() < deadline, f"{still} are held by {holders}, with {tasks}"
        del still, tasks
        # Threads have to end their work first, which they cannot while garbage is collected; and
        # what Textual keeps of a frame that was painted goes with the next one.
        await sleep(0.2)
        await ui.press("down")
        gc.unfreeze()
        gc.collect()


@pytest.fixture
def at_written_question(files: CourseFolder, journal: Journal) -> Journal:
    put_at(files, known_learner(journal), lambda question: question.id == "peak.q12", "peak")
    return journal


async def test_a_lesson_that_was_left_is_forgotten_with_the_answer_written_in_it(
    files: CourseFolder, at_written_question: Journal
) -> None:
    async with started(files, at_written_question, "peak") as ui:
        await ui.type("the sodium channels inactivate")
        written = ref(ui.app.screen.query_one(WrittenAnswer))
        screen = ref(ui.app.screen)
        ui.app.show_home()
        await until_forgotten(ui, screen, written)


async def test_no_run_and_no_table_is_kept_once_the_map_has_given_memory_back(
    files: CourseFolder, journal: Journal
) -> None:
    async with started(files, known_learner(journal), "rising") as ui:
        await ui.until(lambda: RUNS.keeps(ui.lesson.view.drawn[0].run.scenario))
        shown = ui.lesson.view.drawn[0].run.scenario
        assert propagators.cache_info().currsize > 0
        ui.app.show_home()
        await ui.until(lambda: not RUNS.keeps(shown))
        assert propagators.cache_info().currsize == 0


async def test_a_thread_that_waits_for_work_does_not_keep_the_screen_it_worked_for(
    files: CourseFolder, at_written_question: Journal
) -> None:
    worked = []

    def work(_: Progress) -> None:
        time.sleep(0.05)
        worked.append(True)

    async with started(files, at_written_question, "peak") as ui:
        screen = ui.app.screen
        assert isinstance(screen, LessonScreen)
        screen._beside.wish(work, lambda _: None)
        await ui.until(lambda: bool(worked))
        left = ref(screen)
        del screen
        ui.app.show_home()
        await until_forgotten(ui, left)
