"""What is drawn of a question: before its answer as much as may be seen, then its runs."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.course.posed import Posed
from tutor.course.questions import ExperimentQuestion, Question
from tutor.course.scenario import (
    SET_UP_SEPARATOR,
    MeasuredRun,
    set_up_line,
    set_up_parts,
    with_settings,
)
from tutor.session.drawn import DrawnRun
from tutor.session.knobs import run_before, turned_run
from tutor.words import run as run_words
from tutor.words import verdict as verdict_words


def set_up_before(posed: Posed[Question], turned: Mapping[str, float]) -> str:
    """The set-up in a line as the knobs stand, as far as it may be known before the answer."""
    scenario = with_settings(posed.scenario, turned)
    if posed.question.hides_set_up:
        known = set_up_parts(scenario)[0]
        return f"{known}{SET_UP_SEPARATOR}{verdict_words.MORE_COMES_AFTER}"
    return set_up_line(scenario)


def seen_before(
    posed: Posed[Question], turned: Mapping[str, float], spine: MeasuredRun
) -> tuple[DrawnRun, ...]:
    """What may be seen before the answer."""
    question = posed.question
    if isinstance(question, ExperimentQuestion):
        return drawn_now(posed, turned)
    if question.seen == "spine":
        return (normal_run(posed, spine, names_stages=False),)
    run = posed.run
    if question.seen == "all":
        return (DrawnRun("run", run_words.THIS_RUN, run, names_stages=False),)
    until_ms = run.measurements.get("stimulus_ms", 0.0)
    return (DrawnRun("run", run_words.THIS_RUN, run, until_ms),)


def drawn_now(posed: Posed[Question], turned: Mapping[str, float]) -> tuple[DrawnRun, ...]:
    """The run as the knobs stand, over the one before they were turned."""
    run = DrawnRun("run", run_words.THIS_RUN, turned_run(posed.scenario, turned))
    return (*run_before(posed.scenario, turned), run)


def normal_run(
    posed: Posed[Question], spine: MeasuredRun, *, names_stages: bool = True
) -> DrawnRun:
    """The spine, as long as the question's own run."""
    shown_ms = posed.scenario.duration_ms
    return DrawnRun("spine", run_words.NORMAL, spine, shown_ms=shown_ms, names_stages=names_stages)
