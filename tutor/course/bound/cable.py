"""What axons and fibres have in common: places, electrodes, and what is measured along them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec.structs import replace

from simulator import ELECTRODE, Changes, Electrode, Preparation, Progress, Quantity, measure
from simulator.altered import alter, bath_temperature
from simulator.progress import one_of, silent
from tutor.course.bound.binding import PULSE_MS, TIMES_THRESHOLD, Binding, refused
from tutor.course.bound.measured import MeasuredRun, Watched, value_in
from tutor.course.bound.telling import told_membrane
from tutor.course.expression_tree import ExpressionError
from tutor.course.names import AT_A_PLACE
from tutor.course.scenario_fields import Place, PulseSpec, Scenario, StimulusSpec, TrainSpec
from tutor.words import common as common_words
from tutor.words import missing as missing_words
from tutor.words import scenarios as words

if TYPE_CHECKING:
    from simulator import Probe, SpaceTimeTrace, Wave
    from tutor.course.yaml_values import Path, Problems

C = TypeVar("C")

#: Where the potential is recorded when nobody says where, as shares of the length.
USUAL_SHARES = (0.25, 0.5, 0.75)
#: The velocity is taken between these shares of the way from the stimulus to the far end.
FROM_SHARE, TO_SHARE = 0.4, 0.8
#: The direction of a wave is told by its arrival at places this far apart, in compartments.
APART = 2
#: The longest pulse whose threshold is sought; a longer one needs no less.
LONGEST_PULSE_MS = 5.0
#: Pulses into a fibre may not need more electrodes than these.
MOST_PULSES = 1000
#: Up to this share of a run its threshold is searched for, unless it is known.
SEARCH_SHARE = 0.5
CURRENT_NA = replace(ELECTRODE["current_na"], title=common_words.PULSE_SIZE)


class CableBinding(Binding, Generic[C]):
    """A cable that spikes travel along."""

    kinds = ("pulse", "train")
    membrane: Preparation
    #: The quantities of the cable itself, by name.
    shape: Mapping[str, Quantity]

    @abstractmethod
    def cable(self, changes: Mapping[str, object]) -> C:
        """The cable with what the changes say of it.

        Raises:
            ValueError: a value is out of range.
        """

    @abstractmethod
    def length_mm(self, cable: C) -> float:
        """From its first place to its last."""

    @abstractmethod
    def place_mm(self, cable: C, place: Place) -> float:
        """Where a place is.

        Raises:
            ValueError: the cable has no such place.
        """

    @abstractmethod
    def threshold_na(
        self, cable: C, pulse_ms: float, at_end: bool, progress: Progress = silent
    ) -> float:
        """The normal threshold at an end, or far from both ends.

        Raises:
            ValueError: no pulse sends a spike along.
        """

    @abstractmethod
    def far_from_ends_mm(self, cable: C) -> float:
        """From an end to where the other side of the cable is as good as endless."""

    def settings_of(self, spec: StimulusSpec) -> Iterator[Quantity]:
        """What can be set of a stimulus."""
        yield from super().settings_of(spec)
        yield CURRENT_NA
        yield self.place

    @property
    @abstractmethod
    def place(self) -> Quantity:
        """The range of a place."""

    def split(self, changes: Mapping[str, object]) -> tuple[dict[str, object], Changes]:
        """What the changes say of the cable, and what of its membrane.

        Raises:
            ValueError: a value is out of range.
        """
        shape = {name: value for name, value in changes.items() if name in self.shape}
        others = {name: value for name, value in changes.items() if name not in self.shape}
        found = Changes().with_values(others)
        bath_temperature(self.membrane, found)
        return shape, found

    def check_changes(self, changes: Mapping[str, object]) -> Changes:
        """Cable and membrane, both in range."""
        self.cable(changes)
        return self.split(changes)[1]

    def temperature_c(self, scenario: Scenario) -> float | str:
        """The temperature of the bath."""
        return scenario.changes.get("temperature_c", self.membrane.default_c)

    def problems(self, path: Path, scenario: Scenario) -> Problems:
        """What is wrong beyond the ranges of single values."""
        try:
            cable = self.cable(scenario.changes)
        except (ValueError, TypeError):
            return  # It is told where the change stands.
        for i, place in enumerate(scenario.watch):
            yield from refused((*path, "watch", i), self.place_mm, cable, place)
        for i, spec in enumerate(scenario.stimuli):
            here = (*path, "stimuli", i)
            if not isinstance(spec, PulseSpec):
                continue
            if spec.amplitude_ua_cm2 is not None:
                yield (*here, "amplitude_ua_cm2"), "in a cable the size is current_na"
            else:
                yield from refused(here, one_size, spec)
            yield from refused((*here, "place"), self._at, cable, spec)

    def _at(self, cable: C, spec: PulseSpec) -> tuple[float, bool]:
        """Where the electrode is, and whether it is at an end.

        Raises:
            ValueError: the cable has no such place, or the threshold there is not known.
        """
        x_mm = self.place_mm(cable, "start" if spec.place is None else spec.place)
        end_mm, far_mm = self.length_mm(cable), self.far_from_ends_mm(cable)
        if min(x_mm, end_mm - x_mm) < 1e-6 * end_mm or spec.times_threshold is None:
            return x_mm, True
        if min(x_mm, end_mm - x_mm) < far_mm:
            raise ValueError(words.THRESHOLD_UNKNOWN.format(far_mm=far_mm))
        return x_mm, False

    def electrodes(
        self, scenario: Scenario, cable: C, progress: Progress = silent
    ) -> list[Electrode]:
        """The electrodes that the stimuli stand for, one for each pulse.

        `progress` is told of thresholds that have to be searched for.

        Raises:
            ValueError: a size is missing, given twice, or out of range.
        """
        found: list[Electrode] = []
        for number, spec in enumerate(scenario.stimuli):
            if not isinstance(spec, PulseSpec):
                raise ValueError(f"{spec.kind} is no stimulus of a cable")
            one_size(spec)
            x_mm, at_end = self._at(cable, spec)
            pulse_ms = PULSE_MS.check(spec.pulse_ms)
            if spec.times_threshold is None:
                size_na = float(spec.current_na or 0.0)
            else:
                times = TIMES_THRESHOLD.check(spec.times_threshold)
                told = one_of(progress, number, len(scenario.stimuli))
                size_na = times * self.threshold_na(cable, pulse_ms, at_end, told)
            for start_ms, length_ms in onsets(spec, pulse_ms):
                found.append(Electrode(x_mm, start_ms, length_ms, size_na))
        return found

    def told_changes(self, scenario: Scenario) -> list[str]:
        """The changes in words, but for the diameter, which stands in the title."""
        damage, named = self.told_damage(scenario.changes)
        without = ("diameter_um", *named)
        return [*damage, *told_membrane(scenario.changes, self.changes, without)]

    @abstractmethod
    def told_damage(self, changes: Mapping[str, float | str]) -> tuple[list[str], Sequence[str]]:
        """Changes that are told together, and their names."""


def one_size(spec: PulseSpec) -> None:
    """Refuse a pulse with no size or two.

    Raises:
        ValueError: it has not exactly one.
    """
    if (spec.times_threshold is None) == (spec.current_na is None):
        raise ValueError("a pulse needs times_threshold or current_na, one of them")


def onsets(spec: PulseSpec, pulse_ms: float) -> Iterator[tuple[float, float]]:
    """When each pulse of a stimulus begins, and how long it lasts.

    Raises:
        ValueError: there are too many.
    """
    if not isinstance(spec, TrainSpec):
        yield spec.start_ms, pulse_ms
        return
    pulses = int(spec.pulses)
    if pulses > MOST_PULSES:
        raise ValueError(words.TOO_MANY_PULSES.format(pulses=pulses, most=MOST_PULSES))
    for number in range(pulses):
        yield spec.start_ms + number * spec.interval_ms, min(pulse_ms, spec.interval_ms)


class CableRun(MeasuredRun):
    """A run of a cable: every place can be asked."""

    def __init__(
        self,
        scenario: Scenario,
        trace: SpaceTimeTrace,
        watched: Sequence[tuple[str, float]],
        place_mm: Callable[[Place], float],
    ) -> None:
        self.space_time = trace
        self.place_mm = place_mm
        self.watched_mm = tuple(x_mm for _, x_mm in watched)
        recordings = [Watched(label, trace.probe(x_mm)) for label, x_mm in watched]
        super().__init__(scenario, recordings, {})
        self.measurements = self._measured()

    @property
    def along(self) -> SpaceTimeTrace:
        """The potential at every place and time."""
        assert self.space_time is not None
        return self.space_time

    def _measured(self) -> dict[str, float]:
        found = self._at(self.watched_mm[0])
        if starts_ms := [float(spec.start_ms) for spec in self.scenario.stimuli]:
            found["stimulus_ms"] = min(starts_ms)
        for number, x_mm in enumerate(self.watched_mm, 1):
            here = self._at(x_mm)
            found[f"spikes_{number}"] = here["spike_count"]
            found[f"peak_{number}_mv"] = here["peak_mv"]
            if "arrival_ms" in here:
                found[f"arrival_{number}_ms"] = here["arrival_ms"]
        return found

    def _at(self, x_mm: float) -> dict[str, float]:
        """What is measured at one place; of spikes, those that are waves."""
        probe, waves = self.along.probe(x_mm), self.along.waves(x_mm)
        found = measure(probe) | {"spike_count": float(len(waves))}
        if waves:
            # Read more finely than a peak of a recording is.
            found |= {"arrival_ms": waves[0].arrival_ms, "peak_mv": waves[0].peak_mv}
        return found

    def value_at(self, name: str, place: Place) -> float:
        """A measurement of the potential at a place.

        Raises:
            ExpressionError: the cable has no such place, or nothing of the kind is there.
        """
        assert name in AT_A_PLACE
        found = self._at(self._known_mm(place))
        if name not in found:
            raise ExpressionError(missing_words.NONE_AT_PLACE.format(name=name, place=place))
        return found[name]

    def at_place(self, column: str, time_ms: float, place: Place) -> float:
        """A column at a time and place.

        Raises:
            ExpressionError: there is no such time, place or column.
        """
        return value_in(self.probe(place), column, time_ms)

    def probe(self, place: Place) -> Probe:
        """The recording at a place.

        Raises:
            ExpressionError: there is no such place.
        """
        return self.along.probe(self._known_mm(place))

    def _known_mm(self, place: Place) -> float:
        try:
            x_mm = self.place_mm(place)
            self.along.compartment(x_mm)
        except ValueError as error:
            raise ExpressionError(str(error)) from None
        return x_mm

    def _why_missing(self, name: str) -> str:
        if name.startswith(("spikes_", "peak_", "arrival_")) and name[-1] != "s":
            return missing_words.FEWER_PLACES
        if name.startswith("arrival"):
            return missing_words.NO_SPIKE_COMES
        if name == "stimulus_ms":
            return missing_words.NO_STIMULUS
        if name == "velocity_m_s":
            return missing_words.NO_SINGLE_SPIKE
        return super()._why_missing(name)


def travelling_waves(trace: SpaceTimeTrace, quarters_mm: tuple[float, float]) -> float:
    """How many spikes travel: rightward and leftward ones, each counted where it is seen.

    A spike that passes both places counts once; what two spikes pass on both sides of the place
    where they began, or will meet, counts twice.
    """
    rightward = [
        [_rightward(trace, x_mm, wave) for wave in trace.waves(x_mm)] for x_mm in quarters_mm
    ]
    right = max(sum(here) for here in rightward)
    left = max(len(here) - sum(here) for here in rightward)
    return float(right + left)


def _rightward(trace: SpaceTimeTrace, x_mm: float, wave: Wave) -> bool:
    here, x = trace.compartment(x_mm), trace.x_mm
    before, after = max(0, here - APART), min(len(x) - 1, here + APART)

    def nearest_ms(compartment: int) -> float:
        arrivals = [w.arrival_ms for w in trace.waves(float(x[compartment]))]
        return min(arrivals, key=lambda ms: abs(ms - wave.arrival_ms), default=wave.arrival_ms)

    return nearest_ms(before) <= nearest_ms(after)


def stretch_of_velocity(x_mm: float, length_mm: float) -> tuple[float, float]:
    """Between which places the velocity of a spike is taken that starts at `x_mm`."""
    end_mm = length_mm if x_mm <= length_mm / 2.0 else 0.0
    away_mm = end_mm - x_mm
    return x_mm + FROM_SHARE * away_mm, x_mm + TO_SHARE * away_mm


def reversals(membrane: Preparation, changes: Changes) -> dict[str, float]:
    """The equilibrium potentials of Na and K."""
    altered = alter(membrane, changes)
    return {"e_na_mv": altered.e_na_mv, "e_k_mv": altered.e_k_mv}
