"""Working ahead: the runs and numbers that the learner's next key may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tutor.course.loader import CourseFolder
from tutor.course.model import Question, Step
from tutor.course.scenario import simulate_once
from tutor.course.scenario_fields import Scenario
from tutor.session.refutation import filled

Work = Callable[[], object]


def work_ahead(
    files: CourseFolder, item: Step | Question, following: Step | Question | None
) -> Iterator[Work]:
    """What may be asked for after `item` is shown, the soonest first, in short pieces.

    Each piece leaves its run, columns and thresholds where the real question finds them.
    """
    if isinstance(item, Question):
        yield partial(_prepare, files, item.decides, item.scenario, item.scenario, item.show)
        for option in item.options:
            if (told := option.refutation) is not None:
                shown = told.show or item.show
                yield partial(_prepare, files, told.says, told.scenario, item.scenario, shown)
    if isinstance(following, Question):
        yield partial(simulate_once, following.scenario)
    elif following is not None:
        demo = following.demonstration
        asked = demo.compare or demo.scenario
        yield partial(_prepare, files, demo.caption, demo.scenario, asked, demo.show)


def _prepare(
    files: CourseFolder, text: str, scenario: Scenario, asked: Scenario, shown: tuple[str, ...]
) -> None:
    """Make the run, the numbers of its text, and what its plots draw."""
    run = simulate_once(scenario)
    filled(text, run, {"spine": files.spine, "asked": simulate_once(asked)})
    for curve in shown:
        run.trace.column(curve)
    _ = run.trace.stages
