"""A teaching step as it is shown: its demonstration with the knobs where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tutor.course.model import Step
from tutor.course.scenario import MeasuredRun, set_up_line, simulate_once, with_settings
from tutor.session.drawn import DrawnRun
from tutor.session.knobs import knobs_of, run_before, turned_run
from tutor.session.refutation import filled
from tutor.session.views import Counter, StepView
from tutor.words import run as run_words


def step_outline(
    step: Step, turned: Mapping[str, float], counter: Counter, *, looked_up: bool
) -> StepView:
    """The step before its runs are there: without plot and numbers."""
    shown = step.demonstration
    return StepView(
        counter=counter,
        step=step,
        set_up=set_up_line(with_settings(shown.scenario, turned)),
        caption="",
        drawn=(),
        curves=shown.show,
        knobs=knobs_of(shown.scenario, turned),
        looked_up=looked_up,
    )


def with_runs(outline: StepView, turned: Mapping[str, float], spine: MeasuredRun) -> StepView:
    """The whole of a step."""
    shown = outline.step.demonstration
    run = turned_run(shown.scenario, turned)
    others = {"spine": spine}
    drawn = [*run_before(shown.scenario, turned), DrawnRun("run", run_words.THIS_RUN, run)]
    if shown.compare is not None:
        others["asked"] = simulate_once(shown.compare)
        drawn.insert(0, DrawnRun("compare", run_words.TO_COMPARE, others["asked"]))
    caption = filled(None, shown.caption, run, others)
    return replace(outline, caption=caption, drawn=tuple(drawn))
