"""Refutations: the runs that answer a wrong choice, with the number that settles it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tutor.course.expression import ExpressionError, Template
from tutor.course.loader import CourseFolder
from tutor.course.model import Question
from tutor.course.scenario import SET_UP_SEPARATOR, MeasuredRun, set_up_parts, simulate_once
from tutor.course.scenario_fields import Scenario
from tutor.grading.choice import Verdict
from tutor.session.views import RefutationView


def refutation_views(
    files: CourseFolder, question: Question, verdict: Verdict, met: Collection[str]
) -> tuple[RefutationView, ...]:
    """One view for each wrong choice that has a refutation; `met` holds options seen before."""
    others = {"spine": files.spine, "asked": simulate_once(question.scenario)}
    views = []
    for option in verdict.wrong_choices:
        if option.refutation is None:
            continue
        run = simulate_once(option.refutation.scenario)
        views.append(
            RefutationView(
                option=option,
                misconception=files.misconceptions.get(option.misconception or ""),
                says=filled(option.refutation.says, run, others),
                set_up=_difference(option.refutation.scenario, question.scenario),
                run=run,
                curves=option.refutation.show,
                seen_before=option.id in met,
            )
        )
    return tuple(views)


def _difference(scenario: Scenario, asked: Scenario) -> str:
    """What the set-up adds to the question's, and which of its changes it leaves out."""
    known, parts = set_up_parts(asked), set_up_parts(scenario)
    added = [part for part in parts if part not in known]
    changes = known[1 + max(1, len(asked.stimuli)) :]
    missing = [f"without: {change}" for change in changes if change not in parts]
    return SET_UP_SEPARATOR.join(added + missing or parts)


def filled(text: str, run: MeasuredRun, others: Mapping[str, MeasuredRun]) -> str:
    """The sentence with its numbers; a turned knob may leave a run without one of them."""
    try:
        return Template(text).fill(run, others)
    except ExpressionError as error:
        return f"With these settings: {error}."
