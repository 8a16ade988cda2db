"""Working ahead: the runs and numbers that the learner's next key may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from simulator.progress import Progress
from tutor.course.loader import CourseFolder
from tutor.course.model import Step
from tutor.course.posed import Posed
from tutor.course.questions import Question, TextQuestion
from tutor.course.scenario import MeasuredRun, simulate_once
from tutor.course.scenario_fields import Scenario
from tutor.grading.marking import marker_of
from tutor.session.drawn import DrawnRun
from tutor.session.picture import voltage_plot
from tutor.session.refutation import filled, possible_refutations
from tutor.session.slow import Work


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
        yield _prepared(files, asked, question.decides, scenario, scenario, question.show)
        if isinstance(question, TextQuestion):
            yield Work(lambda _: marker_of(question))
        if "misconceptions" not in files.__dict__:
            yield Work(lambda _: files.misconceptions)
        for told in possible_refutations(files, question):
            shown = told.show or question.show
            yield _prepared(files, asked, told.says, told.scenario, scenario, shown)
    if isinstance(following, Question):
        if not following.sets:  # Else its run follows from numbers drawn when it comes.
            yield Work(partial(_plotted, following.scenario))
    elif following is not None:
        demo = following.demonstration
        compared = demo.compare or demo.scenario
        yield _prepared(files, None, demo.caption, demo.scenario, compared, demo.show)


def _prepared(
    files: CourseFolder,
    posed: Posed[Question] | None,
    text: str,
    scenario: Scenario,
    asked: Scenario,
    shown: tuple[str, ...],
) -> Work:
    """Work that makes the run, the numbers of its text, and what its plots draw."""

    def prepare(progress: Progress) -> None:
        run = _plotted(scenario, progress)
        others = {"spine": files.spine, "asked": simulate_once(asked, progress)}
        filled(posed, text, run, others)
        for curve in shown:
            if curve in run.trace.columns:
                run.trace.column(curve)

    return Work(prepare)


def _plotted(scenario: Scenario, progress: Progress) -> MeasuredRun:
    """The run, with what its plot measures: its levels and stages."""
    run = simulate_once(scenario, progress)
    voltage_plot((DrawnRun("run", "", run),))
    return run
