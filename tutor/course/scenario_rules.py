"""What must hold in a scenario, beyond the types of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.course.bound.binding import Binding, refused
from tutor.course.bound.patch import clamp_steps
from tutor.course.bound.registry import binding_of
from tutor.course.errors import meant
from tutor.course.names import columns_of
from tutor.course.scenario_fields import Scenario
from tutor.course.settings import says_it, setting, settings_of

if TYPE_CHECKING:
    from tutor.course.yaml_values import Path, Problems


def scenario_problems(path: Path, scenario: Scenario) -> Problems:
    """What is wrong in the scenario that stands at `path`."""
    try:
        binding = binding_of(scenario.preparation)
    except ValueError as error:
        yield (*path, "preparation"), str(error)
        return
    yield from _run(path, scenario, binding)
    found = [*_stimuli(path, scenario, binding), *_changes(path, scenario, binding)]
    yield from found
    yield from _clamp(path, scenario, binding)
    if not found:
        yield from binding.problems(path, scenario)
    for name, (low, high) in scenario.knobs.items():
        yield from _knob((*path, "knobs", name), scenario, name, low, high)


def curve_problems(path: Path, scenario: Scenario, curves: tuple[str, ...]) -> Problems:
    """Curves that a run of the scenario has not."""
    known = columns_of(scenario.preparation)
    for i, curve in enumerate(curves):
        if curve not in known or (curve == "clamp_ua_cm2" and not scenario.clamp):
            yield (*path, i), f"a run of {scenario.preparation!r} has no curve {curve!r}"


def _run(path: Path, scenario: Scenario, binding: Binding) -> Problems:
    if scenario.duration_ms is not None:
        if binding.duration is None:
            yield (
                (*path, "duration_ms"),
                "how long this run is follows from its changes; take duration_ms away",
            )
        else:
            yield from refused(
                (*path, "duration_ms"), binding.duration.check, scenario.duration_ms
            )
    if not scenario.changes_from_ms:
        return
    here, length_ms = (*path, "changes_from_ms"), binding.length_ms(scenario)
    if not binding.changes_late:
        yield here, "here changes hold from the start; take changes_from_ms away"
    elif not 0.0 <= scenario.changes_from_ms <= length_ms:
        yield (
            here,
            f"changes_from_ms is {scenario.changes_from_ms:g}, but must be from 0 to "
            f"{length_ms:g} ms: the changes must set in within the run",
        )


def _stimuli(path: Path, scenario: Scenario, binding: Binding) -> Iterator[tuple[Path, str]]:
    for i, spec in enumerate(scenario.stimuli):
        here = (*path, "stimuli", i)
        if spec.kind not in binding.kinds:
            known = f"known: {', '.join(binding.kinds)}"
            if not binding.kinds:
                known = "what drives it stands in its changes"
            yield (*here, "kind"), f"{scenario.preparation!r} takes no {spec.kind}; {known}"
            continue
        for quantity in binding.settings_of(spec):
            value = getattr(spec, quantity.name, None)
            if value is not None and not isinstance(value, str):
                yield from refused((*here, quantity.name), quantity.check, value)


def _changes(path: Path, scenario: Scenario, binding: Binding) -> Iterator[tuple[Path, str]]:
    here = (*path, "changes")
    known = [*binding.changes, *binding.words]
    unknown = [name for name in scenario.changes if name not in known]
    for name in unknown:
        yield (*here, name), f"unknown change {name!r}{meant(name, known)}"
    rest = {name: value for name, value in scenario.changes.items() if name in known}
    if together := [*refused(here, binding.check_changes, rest)]:
        alone = [
            problem
            for name, value in rest.items()
            for problem in refused((*here, name), binding.check_changes, {name: value})
        ]
        yield from alone or together


def _clamp(path: Path, scenario: Scenario, binding: Binding) -> Problems:
    if not scenario.clamp:
        return
    if not binding.clamps:
        yield (*path, "clamp"), "only a patch of membrane can be clamped"
        return
    yield from refused((*path, "clamp"), clamp_steps, scenario.clamp, binding.length_ms(scenario))


def _knob(path: Path, scenario: Scenario, name: str, low: float, high: float) -> Problems:
    known = settings_of(scenario)
    if name not in known:
        yield path, f"unknown knob {name!r}{meant(name, known)}"
        return
    for value in (low, high):
        yield from refused(path, known[name].check, value)
    if low >= high:
        yield path, f"the knob goes from {low:g} to {high:g}; the first must be the smaller"
        return
    if not says_it(scenario, name):
        return
    own, slack = setting(scenario, name), 1e-9 * (high - low)
    if not low - slack <= own <= high + slack:
        yield (
            path,
            f"the knob goes from {low:g} to {high:g}, and the scenario has {own:g}; the range "
            "must hold what the scenario has",
        )
