"""The screens as they were looked at and found good; `pytest --snapshot-update` takes new ones.

They hold what is painted, without its colours: whoever changes a screen sees here what a learner
will see. A new look is looked at before it is taken.
"""

import pytest
from app_driver import LARGE, SMALL, Size, known_learner, started
from syrupy.assertion import SnapshotAssertion

from tests.answers import keys_for, wrong_answer
from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.kinds import POSITION
from tutor.journal.store import Journal
from tutor.plot.figure import Mode


def learner_at(journal: Journal, phase: str = "", item: str = "", mode: Mode = "ascii") -> Journal:
    """The journal of a learner who has left the phase at an item, in a known order."""
    known_learner(journal, mode=mode)
    if phase:
        journal.append(POSITION, seed=1, data={"phase": phase, "item": item})
    return journal


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_course_map(
    files: CourseFolder, journal: Journal, size: Size, snapshot: SnapshotAssertion
) -> None:
    files.phase(files.phase_ids[0])  # Its minutes are known once it has been read.
    async with started(files, learner_at(journal), size=size) as ui:
        assert ui.text == snapshot


@pytest.mark.parametrize("mode", ["ascii", "braille"])
async def test_a_step(
    files: CourseFolder, journal: Journal, mode: Mode, snapshot: SnapshotAssertion
) -> None:
    journal = learner_at(journal, "rising", "threshold-passed", mode)
    async with started(files, journal, "rising", LARGE) as ui:
        assert ui.text == snapshot


async def test_a_question_before_its_answer(
    files: CourseFolder, journal: Journal, snapshot: SnapshotAssertion
) -> None:
    async with started(files, learner_at(journal, "rising", "rising.q1"), "rising") as ui:
        assert ui.text == snapshot


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_wrong_answer_and_the_run_that_refutes_it(
    files: CourseFolder, journal: Journal, size: Size, snapshot: SnapshotAssertion
) -> None:
    async with started(files, learner_at(journal, "rising", "rising.q1"), "rising", size) as ui:
        await ui.press(*keys_for(ui.question, wrong_answer(ui.lesson._asked.posed)))
        assert ui.text == snapshot


async def test_a_right_order(
    files: CourseFolder, journal: Journal, snapshot: SnapshotAssertion
) -> None:
    question = next(q for q in files.phase("whole-event").questions if q.kind == "ordering")
    journal = learner_at(journal, "whole-event", question.id)
    async with started(files, journal, "whole-event", LARGE) as ui:
        await ui.press(*keys_for(ui.question, model_answer(ui.lesson._asked.posed)))
        assert ui.text == snapshot


async def test_the_lab(files: CourseFolder, journal: Journal, snapshot: SnapshotAssertion) -> None:
    async with started(files, learner_at(journal, mode="braille"), size=LARGE) as ui:
        await ui.press("l")
        assert ui.text == snapshot


async def test_the_settings(
    files: CourseFolder, journal: Journal, snapshot: SnapshotAssertion
) -> None:
    async with started(files, learner_at(journal)) as ui:
        await ui.press("comma")
        assert ui.text == snapshot
