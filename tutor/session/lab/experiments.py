"""The experiments of the lab: what there is, on what, and how it is done."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from simulator import Progress
from simulator.progress import silent
from tutor.course.scenario_fields import Scenario
from tutor.session.lab.finding import Finding

PATCHES = ("textbook", "squid", "cortical", "receptor")


class Experiment(NamedTuple):
    """An experiment: what it is, on what, and which function does it.

    What an experiment takes of the simulator is loaded only when it is done: the lab opens
    without it in half the time.
    """

    name: str
    title: str
    sentence: str
    preparations: tuple[str, ...]
    function: str

    def do(self, scenario: Scenario, progress: Progress = silent) -> Finding:
        """Do it on the preparation and changes of `scenario`; its stimuli are not used.

        Raises:
            ValueError: it cannot be done on them; one sentence.
            Cancelled: `progress` has stopped it.
        """
        module, _, name = self.function.partition(".")
        found = getattr(import_module(f"tutor.session.lab.{module}"), name)(scenario, progress)
        assert isinstance(found, Finding)
        return found


def experiments_for(preparation: str) -> dict[str, Experiment]:
    """What can be done on a preparation, by name."""
    return {one.name: one for one in EXPERIMENTS if preparation in one.preparations}


def experiment(name: str, scenario: Scenario, progress: Progress = silent) -> Finding:
    """Do an experiment by its name.

    Raises:
        ValueError: there is none of this name, or it cannot be done; one sentence.
        Cancelled: `progress` has stopped it.
    """
    known = experiments_for(scenario.preparation)
    if name not in known:
        listed = f"there are: {', '.join(known)}" if known else "there is none"
        raise ValueError(f"no experiment {name[:40]!r} on {scenario.preparation}; {listed}")
    return known[name].do(scenario, progress)


#: In the order in which they are offered; on different preparations two may have one name.
EXPERIMENTS = (
    Experiment(
        "threshold",
        "Threshold",
        "The weakest pulse that fires, and the runs just below and just above it.",
        PATCHES,
        "on_patch.just_fires",
    ),
    Experiment(
        "threshold",
        "Threshold",
        "The weakest pulse that sends a spike along, and what one just below it does.",
        ("axon", "myelinated"),
        "conduction.threshold",
    ),
    Experiment(
        "strength-duration",
        "Strength and duration",
        "How strong a pulse must be by its length: rheobase and chronaxie.",
        PATCHES,
        "on_patch.by_duration",
    ),
    Experiment(
        "refractory",
        "Refractory curve",
        "How strong a second pulse must be by its interval from the first.",
        PATCHES,
        "on_patch.second_pulse",
    ),
    Experiment(
        "refractory",
        "Refractory curve",
        "How strong a second pulse must be to send a second spike along.",
        ("axon",),
        "conduction.pairs",
    ),
    Experiment(
        "f-i",
        "Frequency and current",
        "How fast it fires by how strong a steady current is.",
        PATCHES,
        "on_patch.by_current",
    ),
    Experiment(
        "gates",
        "Gates over potential",
        "Where the gates m, h and n go at each potential, and how fast.",
        PATCHES,
        "on_patch.over_potential",
    ),
    Experiment(
        "clamp",
        "Voltage clamp at many potentials",
        "The currents at held potentials, as Hodgkin and Huxley measured them.",
        PATCHES,
        "on_patch.held",
    ),
    Experiment(
        "all-or-none",
        "All or none",
        "The peak far away by how strong the pulse is.",
        ("axon",),
        "conduction.far_peaks",
    ),
    Experiment(
        "diameter",
        "Velocity and diameter",
        "How fast the spike travels by how thick the fibre is.",
        ("axon", "myelinated"),
        "conduction.by_diameter",
    ),
    Experiment(
        "temperature",
        "Velocity and temperature",
        "How fast the spike travels by how warm it is.",
        ("axon", "myelinated"),
        "conduction.by_temperature",
    ),
)
