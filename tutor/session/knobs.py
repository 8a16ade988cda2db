"""Knobs: the settings of a scenario that a learner may turn, and the run that follows."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.course.scenario import (
    MeasuredRun,
    setting,
    settings_of,
    simulate,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.course.settings import counts_things
from tutor.session.views import Knob


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


def turned_run(scenario: Scenario, turned: Mapping[str, float]) -> MeasuredRun:
    """The run of `scenario` with its knobs where `turned` has put them."""
    if not turned:
        return simulate_once(scenario)
    return simulate(with_settings(scenario, turned))
