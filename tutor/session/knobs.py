"""Knobs: the settings of a scenario that a learner may turn, and the run that follows."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.course.scenario import (
    MeasuredRun,
    setting,
    settings_of,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.course.settings import counts_things
from tutor.session.drawn import DrawnRun
from tutor.session.views import Knob
from tutor.words import run as words


def knobs_of(scenario: Scenario, turned: Mapping[str, float]) -> tuple[Knob, ...]:
    """The knobs of `scenario`, where `turned` has put them."""
    if not scenario.knobs:
        return ()
    # What counts something stands at a whole number wherever it has been turned to.
    now = with_settings(scenario, turned)
    known = settings_of(scenario)
    return tuple(
        Knob(
            name=name,
            title=known[name].title or name,
            unit=known[name].unit,
            sentence=known[name].sentence,
            low=low,
            high=high,
            value=setting(now, name),
            initial=setting(scenario, name),
            least_step=1.0 if counts_things(scenario, name) else 0.0,
        )
        for name, (low, high) in scenario.knobs.items()
    )


def kept_knobs(scenario: Scenario, kept: object) -> dict[str, float]:
    """The knobs of `scenario` as a journal kept them, within their ranges of today."""
    if not isinstance(kept, dict):
        return {}
    return {
        name: min(high, max(low, float(kept[name])))
        for name, (low, high) in scenario.knobs.items()
        if isinstance(kept.get(name), int | float)
    }


def turned_run(scenario: Scenario, turned: Mapping[str, float]) -> MeasuredRun:
    """The run of `scenario` with its knobs where `turned` has put them.

    Raises:
        ValueError: with these settings it cannot be run.
    """
    return simulate_once(with_settings(scenario, turned))


def run_before(scenario: Scenario, turned: Mapping[str, float]) -> tuple[DrawnRun, ...]:
    """The run before any knob was turned, to stand behind the one that follows them."""
    if all(setting(scenario, name) == value for name, value in turned.items()):
        return ()
    return (DrawnRun("before", words.BEFORE_TURNING, simulate_once(scenario)),)


def runs_for(scenario: Scenario, turned: Mapping[str, float]) -> tuple[Scenario, ...]:
    """What is run to show `scenario` with its knobs where `turned` has put them."""
    return (scenario, with_settings(scenario, turned))
