"""What a scenario needs to know of a preparation, and the quantities of its stimuli."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from simulator import AMPLITUDE, DURATION, START, Progress, Quantity
from simulator.stimulus import (
    CONDUCTANCE,
    DECAY,
    END_AMPLITUDE,
    INTERVAL,
    PRESSURE,
    PULSES,
)
from tutor.course.bound.measured import MeasuredRun
from tutor.course.scenario_fields import Scenario, StimulusSpec
from tutor.words import common as common_words
from tutor.words import scenarios as scenario_words

if TYPE_CHECKING:
    from tutor.course.yaml_values import Path, Problems

TIMES_THRESHOLD = Quantity(
    "times_threshold",
    "x threshold",
    0.0,
    25.0,
    1.5,
    scenario_words.PULSE_SIZE_SENTENCE,
    title=common_words.PULSE_SIZE,
)
PULSE_UA_CM2 = replace(AMPLITUDE, title=common_words.PULSE_SIZE)
PULSE_MS = replace(
    DURATION,
    name="pulse_ms",
    low=0.01,
    minimum_excluded=False,
    title=common_words.PULSE_LENGTH,
)
START_MS = replace(START, sentence=scenario_words.START_SENTENCE, title=scenario_words.START)
TAU_MS = replace(DECAY, title=scenario_words.DECAY)
INPUTS = Quantity(
    "inputs",
    "",
    1.0,
    100.0,
    1.0,
    scenario_words.INPUTS_SENTENCE,
    title=scenario_words.INPUTS,
)
OPENINGS = Quantity(
    "openings",
    "",
    1.0,
    100.0,
    1.0,
    scenario_words.OPENINGS_SENTENCE,
    title=scenario_words.OPENINGS,
)
INTERVAL_MS = replace(INTERVAL, title=common_words.INTERVAL)
#: Settings that count something, in most preparations.
COUNTS = ("inputs", "openings", "pulses", "nodes", "damaged_internodes", "damaged_nodes")

#: Of each kind of stimulus what can be set, wherever it may stand.
OF_KIND: Mapping[str, tuple[Quantity, ...]] = {
    "pulse": (PULSE_MS, TIMES_THRESHOLD),
    "train": (
        PULSE_MS,
        TIMES_THRESHOLD,
        replace(PULSES, title=scenario_words.PULSES),
        replace(INTERVAL_MS, sentence=scenario_words.INTERVAL_SENTENCE),
    ),
    "ramp": (
        replace(
            DURATION,
            name="ramp_ms",
            sentence=scenario_words.RAMP_SENTENCE,
            title=scenario_words.RAMP_LENGTH,
        ),
        replace(
            AMPLITUDE,
            name="start_ua_cm2",
            sentence=scenario_words.RAMP_FROM_SENTENCE,
            title=scenario_words.RAMP_FROM,
        ),
        replace(END_AMPLITUDE, title=scenario_words.RAMP_TO),
    ),
    "step": (
        replace(AMPLITUDE, sentence=scenario_words.CURRENT_SENTENCE, title=common_words.CURRENT),
    ),
    "synapse": (TAU_MS, INPUTS, OPENINGS, INTERVAL_MS),
    "pressure": (
        replace(
            DURATION,
            name="pressure_ms",
            sentence=scenario_words.PRESSURE_SENTENCE,
            title=scenario_words.PRESSURE_LASTS,
        ),
        replace(PRESSURE, title=scenario_words.PRESSURE_SIZE),
    ),
}
#: Ways to say how strong a pulse is, of which one holds.
PULSE_SIZES = ("times_threshold", "amplitude_ua_cm2", "current_na")
PATCH_CONDUCTANCE = replace(CONDUCTANCE, name="g_ms_cm2", title=scenario_words.CONDUCTANCE)


class Binding(ABC):
    """A preparation as scenarios know it.

    Attributes:
        name: What content calls it.
        kinds: The kinds of stimuli that it takes.
        counts: Settings that are whole numbers: a knob between two stands at the nearer one.
        words: Changes that are no number, and the words that they may be.
        duration: Length of a run; None where it follows from the other settings.
        default_ms: The length of a run that nobody has set.
        clamps: Whether it can be clamped.
        changes_late: Whether changes can set in during a run.
    """

    name: str
    kinds: tuple[str, ...] = ()
    counts: tuple[str, ...] = COUNTS
    words: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    duration: Quantity | None = None
    default_ms: float = 0.0
    clamps: ClassVar[bool] = False
    changes_late: ClassVar[bool] = False

    @property
    def changes(self) -> Mapping[str, Quantity]:
        """What may be changed in the preparation, by name."""
        from simulator import KNOBS

        return KNOBS[self.name]

    def settings_of(self, spec: StimulusSpec) -> Iterator[Quantity]:
        """What can be set of a stimulus."""
        yield START_MS
        yield from OF_KIND[spec.kind]

    def length_ms(self, scenario: Scenario) -> float:
        """How long the run is."""
        given = scenario.duration_ms
        return self.default_ms if given is None else float(given)

    def own_value(self, scenario: Scenario, name: str) -> float:
        """The value of a change where nobody sets it."""
        return self.changes[name].default

    @abstractmethod
    def default(self) -> Scenario:
        """A scenario that shows what the preparation does."""

    @abstractmethod
    def problems(self, path: Path, scenario: Scenario) -> Problems:
        """What is wrong in stimuli, changes and watched places, beyond their ranges."""

    @abstractmethod
    def check_changes(self, changes: Mapping[str, object]) -> object:
        """The simulator's own view of the changes.

        Raises:
            ValueError: a value is out of range, or they do not go together.
        """

    @abstractmethod
    def title(self, scenario: Scenario) -> str:
        """The preparation in a few words."""

    @abstractmethod
    def told_changes(self, scenario: Scenario) -> list[str]:
        """The changes, each in a few words; those that the title tells are left out."""

    @abstractmethod
    def told_place(self, place: float | str) -> str:
        """A place in words, with the preposition; empty where a patch has none."""

    @abstractmethod
    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the scenario; `dt_ms` None is the preparation's own step.

        Raises:
            ValueError: the scenario cannot be run.
        """


def refused(path: Path, check: object, *values: object) -> Problems:
    """The problem that `check` finds in the values, if it finds one."""
    assert callable(check)
    try:
        check(*values)
    except (ValueError, TypeError) as error:
        yield path, str(error)
