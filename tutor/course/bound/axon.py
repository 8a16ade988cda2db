"""The unmyelinated axon in scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from simulator import AXON, RUN_DURATION, Axon, Changes, Progress, Quantity
from simulator.cable.axon import AXON_MEMBRANE
from simulator.progress import Meter, part, silent
from tutor.course.bound.binding import Binding
from tutor.course.bound.cable import (
    LONGEST_PULSE_MS,
    SEARCH_SHARE,
    USUAL_SHARES,
    CableBinding,
    CableRun,
    reversals,
    stretch_of_velocity,
    travelling_waves,
)
from tutor.course.bound.measured import MeasuredRun
from tutor.course.expression_tree import ExpressionError
from tutor.course.scenario_fields import Place, PulseSpec, Scenario
from tutor.words import missing as missing_words
from tutor.words import scenarios as words

#: How far from an end, in the standard axon, the other side is endless: three length constants.
FAR_MM = 20.0


class AxonBinding(CableBinding[Axon]):
    """The unmyelinated axon."""

    name = "axon"
    membrane = AXON_MEMBRANE
    shape = AXON
    #: As long as `simulator.AXON_RUN`, whose module takes a library of numbers.
    duration = Quantity(
        "duration_ms", "ms", 0.0, 100.0, 100.0, RUN_DURATION.sentence, minimum_excluded=True
    )
    #: No spike needs longer; the run ends once the axon is back at rest.
    default_ms = 100.0

    @property
    def place(self) -> Quantity:
        """The range of a place."""
        most_mm = AXON["length_mm"].high
        return Quantity("place", "mm", 0.0, most_mm, 0.0, words.PLACE_SENTENCE, words.PLACE)

    def default(self) -> Scenario:
        """The squid axon, fired at its start."""
        return Scenario(preparation=self.name, stimuli=(PulseSpec(times_threshold=1.5),))

    def own_value(self, scenario: Scenario, name: str) -> float:
        """Of the length that which fits the diameter."""
        if name == "length_mm":
            return float(self.cable(scenario.changes).length_mm)
        return super().own_value(scenario, name)

    def cable(self, changes: Mapping[str, object]) -> Axon:
        """The axon with what the changes say of it.

        Of no length given it has as many length constants as the standard axon: a thin one is
        then as soon run, and its spike as far on its way, as a thick one's.
        """
        axon = Axon(**self.split(changes)[0])  # type: ignore[arg-type]
        if "length_mm" in changes:
            return axon
        length = AXON["length_mm"]
        fitting_mm = min(length.high, max(length.low, length.default * axon.scale))
        return replace(axon, length_mm=fitting_mm)

    def length_mm(self, cable: Axon) -> float:
        """Its length."""
        return float(cable.length_mm)

    def far_from_ends_mm(self, cable: Axon) -> float:
        """Three length constants."""
        return FAR_MM * cable.scale

    def place_mm(self, cable: Axon, place: Place) -> float:
        """Where a place is."""
        match place:
            case "start":
                return 0.0
            case "middle":
                return cable.length_mm / 2.0
            case "end":
                return float(cable.length_mm)
            case str():
                raise ValueError(words.NO_PLACE_OF_AXON.format(place=place))
        if not 0.0 <= place <= cable.length_mm:
            raise ValueError(words.PAST_AXON.format(place=place, end=cable.length_mm))
        return float(place)

    def threshold_na(
        self, cable: Axon, pulse_ms: float, at_end: bool, progress: Progress = silent
    ) -> float:
        """The threshold of an axon so thick, long and unchanged.

        By cable theory it goes with the current that the end takes, as the usual stimulus does;
        far from both ends current goes both ways, and so it takes twice as much.
        """
        from simulator import usual_stimulus

        load = usual_stimulus(cable).current_na / usual_stimulus(Axon()).current_na
        single_na = _threshold_na(Axon(), pulse_ms, Changes(), progress)
        if single_na is None:
            raise ValueError(words.NO_PULSE_FIRES_AXON.format(pulse_ms=pulse_ms))
        return (1.0 if at_end else 2.0) * load * single_na

    def title(self, scenario: Scenario) -> str:
        """Thickness, length and temperature."""
        axon = self.cable(scenario.changes)
        return words.AXON.format(
            diameter_um=axon.diameter_um,
            length_mm=axon.length_mm,
            degrees=self.temperature_c(scenario),
        )

    def told_damage(self, changes: Mapping[str, float | str]) -> tuple[list[str], Sequence[str]]:
        """The patch with TTX."""
        named = ("length_mm", "blocked_share", "blocked_from_mm", "blocked_mm")
        axon = self.cable(changes)
        covered = axon.blocked_share and axon.blocked_mm
        if not covered or axon.blocked_from_mm >= axon.length_mm:
            return [], named
        until_mm = min(axon.length_mm, axon.blocked_from_mm + axon.blocked_mm)
        blocked = words.TTX.format(
            share=axon.blocked_share, start_mm=axon.blocked_from_mm, end_mm=until_mm
        )
        return [blocked], named

    def told_place(self, place: float | str) -> str:
        """A place in words."""
        return (words.AT_PLACE if isinstance(place, str) else words.AT_MM).format(place=place)

    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the axon; without a length given, until it is back at rest."""
        from simulator import run_axon

        changes = self.check_changes(scenario.changes)
        axon = self.cable(scenario.changes)
        places = scenario.watch or tuple(s * axon.length_mm for s in USUAL_SHARES)
        watched = [
            (f"{x_mm:.4g} mm", x_mm) for x_mm in (self.place_mm(axon, place) for place in places)
        ]
        meter = Meter(progress)
        trace = run_axon(
            axon,
            self.electrodes(scenario, axon, part(meter, 0.0, SEARCH_SHARE)),
            changes,
            duration_ms=self.length_ms(scenario),
            dt_ms=dt_ms,
            until_rest=scenario.duration_ms is None,
            progress=meter.rest,
        )
        run = AxonRun(scenario, trace, watched, lambda place: self.place_mm(axon, place))
        run.measure_travel(axon, changes)
        return run


class AxonRun(CableRun):
    """A run of an axon."""

    def measure_travel(self, axon: Axon, changes: Changes) -> None:
        """Add what is of the whole axon."""
        self.axon, self.changes = axon, changes
        trace, length_mm = self.along, axon.length_mm
        found = self.measurements
        found |= reversals(AXON_MEMBRANE, changes)
        found["waves"] = travelling_waves(trace, (length_mm / 4.0, 3.0 * length_mm / 4.0))
        places = {spec.place for spec in self.scenario.stimuli if isinstance(spec, PulseSpec)}
        if len(places) == 1:
            x_mm = self.place_mm(places.pop() or "start")
            from_mm, to_mm = stretch_of_velocity(x_mm, length_mm)
            velocity = trace.velocity_m_s(from_mm, to_mm)
            if velocity is not None and (velocity > 0.0) == (to_mm > from_mm):
                found["velocity_m_s"] = abs(velocity)

    def _sought(self, name: str) -> float | None:
        from simulator import length_constants

        try:
            match name:
                case "length_constant_mm":
                    return length_constants(self.axon, self.changes).chord_mm
                case "steady_length_constant_mm":
                    return length_constants(self.axon, self.changes).steady_mm
                case "threshold_na":
                    return _threshold_na(self.axon, self._pulse_ms, self.changes)
        except ValueError as error:
            raise ExpressionError(f"{name}: {error}") from None
        return None

    @property
    def _pulse_ms(self) -> float:
        first = next((s for s in self.scenario.stimuli if isinstance(s, PulseSpec)), PulseSpec())
        return float(first.pulse_ms)

    def _why_missing(self, name: str) -> str:
        if name == "threshold_na":
            return missing_words.NO_PULSE_TRAVELS
        if name == "steady_length_constant_mm":
            return missing_words.CHANNELS_AMPLIFY
        return super()._why_missing(name)


#: The thresholds that have been found, by what they are of.
_FOUND: dict[tuple[Axon, float, Changes], float | None] = {}


def _threshold_na(
    axon: Axon, pulse_ms: float, changes: Changes, progress: Progress = silent
) -> float | None:
    from simulator import axon_threshold

    case = axon, min(pulse_ms, LONGEST_PULSE_MS), changes
    if case not in _FOUND:
        _FOUND[case] = axon_threshold(*case, progress=progress)
    return _FOUND[case]


def bind(preparation: str) -> Binding:
    """The axon."""
    return AxonBinding()
