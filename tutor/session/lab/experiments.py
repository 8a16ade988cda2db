"""The experiments of the lab: what there is, on what, and how it is done."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from simulator import Progress
from simulator.progress import silent
from tutor.course.scenario_fields import Scenario
from tutor.session.lab.finding import Finding
from tutor.words import experiments as words

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
        listed = words.THERE_ARE.format(names=", ".join(known)) if known else words.THERE_IS_NONE
        raise ValueError(
            words.NO_EXPERIMENT.format(
                name=name[:40], preparation=scenario.preparation, known=listed
            )
        )
    return known[name].do(scenario, progress)


#: In the order in which they are offered; on different preparations two may have one name.
EXPERIMENTS = (
    Experiment(
        "threshold",
        words.THRESHOLD_TITLE,
        words.PATCH_THRESHOLD,
        PATCHES,
        "on_patch.just_fires",
    ),
    Experiment(
        "threshold",
        words.THRESHOLD_TITLE,
        words.CABLE_THRESHOLD,
        ("axon", "myelinated"),
        "conduction.threshold",
    ),
    Experiment(
        "strength-duration",
        words.DURATION_TITLE,
        words.DURATION,
        PATCHES,
        "on_patch.by_duration",
    ),
    Experiment(
        "refractory",
        words.REFRACTORY_TITLE,
        words.PATCH_REFRACTORY,
        PATCHES,
        "on_patch.second_pulse",
    ),
    Experiment(
        "refractory",
        words.REFRACTORY_TITLE,
        words.AXON_REFRACTORY,
        ("axon",),
        "conduction.pairs",
    ),
    Experiment(
        "f-i",
        words.FREQUENCY_TITLE,
        words.FREQUENCY,
        PATCHES,
        "on_patch.by_current",
    ),
    Experiment(
        "gates",
        words.GATES_TITLE,
        words.GATES,
        PATCHES,
        "on_patch.over_potential",
    ),
    Experiment(
        "clamp",
        words.CLAMP_TITLE,
        words.CLAMP,
        PATCHES,
        "on_patch.held",
    ),
    Experiment(
        "all-or-none",
        words.ALL_OR_NONE_TITLE,
        words.ALL_OR_NONE,
        ("axon",),
        "conduction.far_peaks",
    ),
    Experiment(
        "diameter",
        words.DIAMETER_TITLE,
        words.DIAMETER,
        ("axon", "myelinated"),
        "conduction.by_diameter",
    ),
    Experiment(
        "temperature",
        words.TEMPERATURE_TITLE,
        words.TEMPERATURE,
        ("axon", "myelinated"),
        "conduction.by_temperature",
    ),
)
