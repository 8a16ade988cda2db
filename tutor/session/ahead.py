"""Working ahead: the runs and numbers that the learner's next key may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tutor.course.loader import CourseFolder
from tutor.course.model import Step
from tutor.course.posed import Posed
from tutor.course.questions import (
    ChoiceQuestion,
    Question,
    Refutation,
    TextQuestion,
    misconceptions_named,
)
from tutor.course.scenario import simulate_once
from tutor.course.scenario_fields import Scenario
from tutor.grading.marking import marker_of
from tutor.session.refutation import filled

Work = Callable[[], object]


def work_ahead(
    files: CourseFolder,
    asked: Posed[Question] | None,
    following: Step | Question | None,
) -> Iterator[Work]:
    """What may be asked for next, the soonest first, in short pieces.

    `asked` is the question that is shown, if one is, `following` the item that comes after.

    Each piece leaves its run, columns and thresholds where the real question finds them.
    """
    if asked is not None:
        question, scenario = asked.question, asked.scenario
        prepare = partial(_prepare, files, asked)
        yield partial(prepare, question.decides, scenario, scenario, question.show)
        if isinstance(question, TextQuestion):
            yield partial(marker_of, question)
        for told in _refutations(files, question):
            yield partial(prepare, told.says, told.scenario, scenario, told.show or question.show)
    if isinstance(following, Question):
        if not following.sets:  # Else its run follows from numbers drawn when it comes.
            yield partial(simulate_once, following.scenario)
    elif following is not None:
        demo = following.demonstration
        compared = demo.compare or demo.scenario
        yield partial(_prepare, files, None, demo.caption, demo.scenario, compared, demo.show)


def _refutations(files: CourseFolder, question: Question) -> Iterator[Refutation]:
    """The refutations that an answer may call for."""
    if isinstance(question, ChoiceQuestion):
        yield from (option.refutation for option in question.options if option.refutation)
    for _, misconception_id in misconceptions_named(question):
        known = files.misconceptions.get(misconception_id)
        if known is not None and known.refutation is not None:
            yield known.refutation


def _prepare(
    files: CourseFolder,
    posed: Posed[Question] | None,
    text: str,
    scenario: Scenario,
    asked: Scenario,
    shown: tuple[str, ...],
) -> None:
    """Make the run, the numbers of its text, and what its plots draw."""
    run = simulate_once(scenario)
    filled(posed, text, run, {"spine": files.spine, "asked": simulate_once(asked)})
    for curve in shown:
        if curve in run.trace.columns:
            run.trace.column(curve)
    _ = run.stages
