"""Scenarios bound to the simulator: what is run, in words, and as measured numbers."""

from __future__ import annotations

from collections import OrderedDict
from threading import Event, Lock

import msgspec

from simulator import Progress
from simulator.progress import silent
from tutor.course.bound.measured import MeasuredRun, Watched
from tutor.course.bound.registry import binding_of
from tutor.course.scenario_fields import Scenario
from tutor.course.settings import setting, settings_of, with_settings
from tutor.words import scenarios as words

__all__ = [
    "SET_UP_SEPARATOR",
    "MeasuredRun",
    "Watched",
    "default_scenario",
    "set_up_line",
    "set_up_parts",
    "setting",
    "settings_of",
    "simulate",
    "simulate_once",
    "with_settings",
]

#: Runs are kept up to this number, and up to this size: some twenty axons, or five myelinated
#: fibres. The last ones always are, as many as may stand in one picture.
MOST_RUNS, LEAST_RUNS = 64, 3
MOST_BYTES = 10_000_000
SET_UP_SEPARATOR = " · "


def default_scenario(preparation: str) -> Scenario:
    """A scenario that shows what `preparation` does: 1.5 x threshold, where there is one.

    Raises:
        ValueError: the preparation is unknown.
    """
    return binding_of(preparation).default()


def simulate(
    scenario: Scenario, dt_ms: float | None = None, progress: Progress = silent
) -> MeasuredRun:
    """Run `scenario`, in steps of `dt_ms` or else of the preparation's own.

    Raises:
        ValueError: the scenario names something unknown, or a value is out of range.
    """
    from tutor.course.scenario_rules import scenario_problems

    binding = binding_of(scenario.preparation)
    for _, message in scenario_problems((), scenario):
        raise ValueError(message)
    return binding.simulate(scenario, dt_ms, progress)


class RunCache:
    """The runs that were made last, as many as fit into the memory that they may take."""

    def __init__(self) -> None:
        self.misses = 0
        self._runs: OrderedDict[bytes, MeasuredRun] = OrderedDict()
        self._making: dict[bytes, Event] = {}
        # Runs are also made beside the thread that shows them.
        self._lock = Lock()

    def run(self, scenario: Scenario, progress: Progress = silent) -> MeasuredRun:
        """The run of `scenario`, made now or kept; what another thread makes is waited for.

        Raises:
            ValueError: it cannot be run.
            Cancelled: the progress callback stopped it.
        """
        scenario = _as_run(scenario)
        key = _key(scenario)
        while True:
            with self._lock:
                if key in self._runs:
                    self._runs.move_to_end(key)
                    return self._runs[key]
                made_elsewhere = self._making.get(key)
                if made_elsewhere is None:
                    self._making[key] = Event()
                    self.misses += 1
                    break
            made_elsewhere.wait()
        try:
            made = simulate(scenario, progress=progress)
            with self._lock:
                self._runs[key] = made
                while len(self._runs) > LEAST_RUNS and self._too_much:
                    self._runs.popitem(last=False)
        finally:
            with self._lock:
                self._making.pop(key).set()
        return made

    def keeps(self, scenario: Scenario) -> bool:
        """Whether the run of `scenario` is there."""
        with self._lock:
            return _key(_as_run(scenario)) in self._runs

    def clear(self) -> None:
        """Forget all runs."""
        with self._lock:
            self._runs.clear()

    @property
    def _too_much(self) -> bool:
        weight = sum(run.weight_bytes for run in self._runs.values())
        return len(self._runs) > MOST_RUNS or weight > MOST_BYTES


def _as_run(scenario: Scenario) -> Scenario:
    """What of a scenario makes its run: not what may be turned, which the lab lets go of."""
    return msgspec.structs.replace(scenario, knobs={})


def _key(scenario: Scenario) -> bytes:
    return msgspec.json.encode(scenario, order="deterministic")


RUNS = RunCache()


def simulate_once(scenario: Scenario, progress: Progress = silent) -> MeasuredRun:
    """Run `scenario`, or give back its run where it has been run before.

    Raises:
        ValueError: it cannot be run.
        Cancelled: the progress callback stopped it.
    """
    return RUNS.run(scenario, progress)


def set_up_line(scenario: Scenario) -> str:
    """The set-up in one line: preparation, stimuli, changes."""
    return SET_UP_SEPARATOR.join(set_up_parts(scenario))


def set_up_parts(scenario: Scenario) -> list[str]:
    """Preparation, stimuli and changes, each in a few words.

    Raises:
        ValueError: the preparation is unknown, or a change is out of range.
    """
    from tutor.course.bound.telling import told_clamp, told_stimulus

    binding = binding_of(scenario.preparation)
    told = [told_stimulus(spec, binding) for spec in scenario.stimuli]
    if scenario.clamp:
        told.append(told_clamp(scenario.clamp))
    if not told and binding.kinds:
        told = [words.NO_STIMULUS]
    changed = binding.told_changes(scenario)
    if changed and scenario.changes_from_ms:
        late = {1: words.CHANGE_LATE, 2: words.BOTH_LATE}.get(len(changed), words.ALL_LATE)
        changed[-1] = late.format(change=changed[-1], from_ms=scenario.changes_from_ms)
    return [binding.title(scenario), *told, *changed]
