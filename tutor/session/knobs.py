"""Knobs: the settings of a scenario that a learner may turn, and the run that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from tutor.course.scenario import (
    MeasuredRun,
    setting,
    settings_of,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.course.settings import counts_things
from tutor.course.text import pretty_unit, to_ascii
from tutor.session.drawn import DrawnRun
from tutor.session.views import Knob
from tutor.words import common, forms
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


K = TypeVar("K", bound=Knob)


def knob_called(knobs: Sequence[K], called: str) -> K | None:
    """The knob that a learner means: by name, title or number, or how only one of them begins.

    Where there is a single knob, nothing at all means it.
    """
    wanted = _typed(called)
    if not wanted:
        return knobs[0] if len(knobs) == 1 else None
    ways = [(knob, (str(n), knob.name, _typed(knob.title))) for n, knob in enumerate(knobs, 1)]
    exactly = [knob for knob, names in ways if wanted in names]
    begun = [knob for knob, names in ways if any(name.startswith(wanted) for name in names[1:])]
    found = exactly or begun
    return found[0] if len(found) == 1 else None


def knob_and_value(knobs: Sequence[K], words: Sequence[str]) -> tuple[K, str] | None:
    """The knob that the first of `words` name, and the value that is the rest of them."""
    for end in range(len(words) - 1, -1, -1):
        knob = knob_called(knobs, " ".join(words[:end]))
        if knob is not None:
            return knob, " ".join(words[end:])
    return None


def knob_set(knobs: Sequence[Knob], words: Sequence[str]) -> tuple[Knob, float]:
    """The knob that the first of `words` name, and the number that the rest of them is.

    Raises:
        ValueError: they name no knob or give no number, or it is out of the knob's range.
    """
    try:
        knob, text = knob_and_value(knobs, words) or (None, "")
        value = float(text.replace(",", "."))
    except ValueError:
        knob = None
    if knob is None:
        known = ", ".join(told_range(knob) for knob in knobs)
        raise ValueError(forms.KNOBS_HERE.format(knobs=known or common.NONE))
    if not knob.low <= value <= knob.high:
        raise ValueError(told_range(knob, forms.KNOB_GOES))
    return knob, value


def told_range(knob: Knob, sentence: str = forms.KNOB_RANGE) -> str:
    """The range of a knob in words."""
    unit = told_unit(knob)
    return sentence.format(knob=knob.title, low=knob.low, high=knob.high, unit=unit)


def told_unit(knob: Knob) -> str:
    """The unit of a knob with its blank; nothing where it has none."""
    return f" {pretty_unit(knob.unit)}" if knob.unit else ""


def _typed(text: str) -> str:
    """As it is typed on any keyboard: K+ for K⁺."""
    return " ".join(to_ascii(text).casefold().split())


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
