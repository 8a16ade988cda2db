"""Working ahead: the runs and numbers that the learner's next key may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tutor.course.loader import CourseFolder
from tutor.course.model import Question, Scenario, Step
from tutor.course.scenario import simulate_once
from tutor.session.refutation import filled

Work = Callable[[], object]


def work_ahead(
    files: CourseFolder, item: Step | Question, following: Step | Question | None
) -> Iterator[Work]:
    """What may be asked for after `item` is shown, the soonest first, in short pieces.

    Each piece leaves its run, columns and thresholds where the real question finds them.
    """
    if isinstance(item, Question):
        yield partial(_fill, files, item.decides, item.scenario, item.scenario)
        for option in item.options:
            if option.refutation is not None:
                told = option.refutation
                yield partial(_fill, files, told.says, told.scenario, item.scenario)
    if isinstance(following, Question):
        yield partial(simulate_once, following.scenario)
    elif following is not None:
        shown = following.demonstration
        yield partial(_fill, files, shown.caption, shown.scenario, shown.compare or shown.scenario)


def _fill(files: CourseFolder, text: str, scenario: Scenario, asked: Scenario) -> str:
    others = {"spine": files.spine, "asked": simulate_once(asked)}
    return filled(text, simulate_once(scenario), others)
