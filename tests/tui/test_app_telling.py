"""What is told in the line under the plot stays there until the next key."""

import pytest
from app_driver import known_learner, started

from tutor.course.loader import CourseFolder
from tutor.course.scenario import RUNS
from tutor.journal.store import Journal
from tutor.session.picking import Picking


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def of_axons(files: CourseFolder, journal: Journal) -> None:
    """Leave only single choices on axons to review."""
    for banked in Picking(files, journal)._bank:
        question = banked.question
        if question.kind != "single" or question.scenario.preparation != "axon":
            journal.append("suspend", question_id=banked.id, data={"on": True})


async def test_that_a_question_is_left_out_is_still_told_when_the_next_one_has_its_run(
    files: CourseFolder, learner: Journal
) -> None:
    of_axons(files, learner)
    async with started(files, learner) as ui:
        await ui.press("r")
        screen = ui.lesson_screen
        await ui.until(lambda: screen.awaited() is None)
        first = ui.question.question.id
        RUNS.clear()
        made = RUNS.misses
        ui.rush("x")
        await ui.until(lambda: ui.question.question.id != first)
        await ui.until(lambda: screen.awaited() is None and not screen._wanted.busy)
        await ui.settle()
        assert RUNS.misses > made, "nothing had to be waited for"
        assert f"{first} is left out of review" in ui.static("#caption")
        assert ui.one("#caption").has_class("-remark")
        await ui.press("f")
        assert "left out" not in ui.static("#caption")
        assert not ui.one("#caption").has_class("-remark")


async def test_what_was_told_of_one_question_does_not_follow_to_the_next(
    files: CourseFolder, learner: Journal
) -> None:
    of_axons(files, learner)
    async with started(files, learner) as ui:
        await ui.press("r", "enter")
        assert "Pick an answer first" in ui.static("#caption")
        before = ui.question.question.id
        await ui.click(ui.choices[0])
        ui.lesson_screen.action_skip()
        await ui.until(lambda: ui.question.question.id != before)
        await ui.until(lambda: ui.lesson_screen.awaited() is None)
        await ui.settle()
        assert "Pick an answer" not in ui.static("#caption")
