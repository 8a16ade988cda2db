"""A learner who goes through the whole course twice, in one app, and what memory it takes.

    python tests/benchmarks/whole_course.py [phase ...]

Without a terminal, at 80x24, every question answered wrongly where that is easily done, so that
its refutations run, and a knob turned wherever there is one. Prints the resident memory in MB
at the end of each phase, a line each.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic

sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[1] / "tui"))

from answers import keys_for, wrong_answer
from app_driver import Ui, known_learner, started
from memory import resident_mb

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.views import Counter, EndView, QuestionView
from tutor.tui.places import open_phase

WALKS = 2
PATIENCE_S = 20.0


async def walk(phases: list[str]) -> None:
    """Go through `phases` as often as `WALKS`, and print what they take."""
    files = CourseFolder()
    async with started(files, known_learner(Journal.in_memory(), mode="braille")) as ui:
        print(f"0 home {resident_mb(os.getpid())[0]:.1f}", flush=True)
        for number in range(1, WALKS + 1):
            for phase_id in phases or files.phase_ids:
                open_phase(ui.app, phase_id)
                await ui.settle()
                await _through(ui)
                ui.app.show_home()
                await ui.settle()
                print(f"{number} {phase_id} {resident_mb(os.getpid())[0]:.1f}", flush=True)


async def _through(ui: Ui) -> None:
    while not isinstance(ui.lesson_screen._view, EndView):
        view = ui.lesson_screen._view
        if isinstance(view, QuestionView):
            await ui.press(*keys_for(view, _answer(ui)))
            await _until(lambda: not isinstance(ui.lesson_screen._view, QuestionView))
            view = ui.lesson_screen._view
        assert not isinstance(view, EndView)
        if view.knobs:
            await ui.press("k", "right", "left")
        await ui.press("n")
        await _until(partial(_is_past, ui, view.counter))


def _is_past(ui: Ui, place: Counter) -> bool:
    view = ui.lesson_screen._view
    return isinstance(view, EndView) or view.counter != place


def _answer(ui: Ui) -> object:
    posed: Posed[Question] = ui.lesson._question.posed
    try:
        return wrong_answer(posed)
    except StopIteration:
        return model_answer(posed)


async def _until(condition: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE_S
    while not condition():
        if monotonic() > deadline:
            raise TimeoutError("the walk got stuck")
        await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(walk(sys.argv[1:]))
