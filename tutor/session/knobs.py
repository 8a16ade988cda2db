"""Knobs: the settings of a scenario that a learner may turn, and the run that follows."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.course.scenario import (
    SETTINGS,
    MeasuredRun,
    setting,
    simulate,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.session.views import Knob


def knobs_of(scenario: Scenario, turned: Mapping[str, float]) -> tuple[Knob, ...]:
    """The knobs of `scenario`, where `turned` has put them."""
    return tuple(
        Knob(
            name=name,
            title=SETTINGS[name].title or name,
            unit=SETTINGS[name].unit,
            sentence=SETTINGS[name].sentence,
            low=low,
            high=high,
            value=turned.get(name, setting(scenario, name)),
            initial=setting(scenario, name),
        )
        for name, (low, high) in scenario.knobs.items()
    )


def turned_run(scenario: Scenario, turned: Mapping[str, float]) -> MeasuredRun:
    """The run of `scenario` with its knobs where `turned` has put them."""
    if not turned:
        return simulate_once(scenario)
    return simulate(with_settings(scenario, turned))
