"""Patches of membrane in scenarios: textbook, squid, cortical and the sensory ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simulator import (
    CHANGES,
    DURATION,
    PREPARATIONS,
    RUN_DURATION,
    TIME_STEP,
    Changes,
    ClampStep,
    Progress,
    Pulse,
    Quantity,
    Ramp,
    RefractoryPeriods,
    Step,
    SynapticEvent,
    Trace,
    Train,
    clamp,
    measure,
    run,
    threshold,
)
from simulator import Pressure as PressureStimulus
from simulator import Stimulus as PatchStimulus
from simulator.altered import bath_temperature
from simulator.stages import StageSpan
from tutor.course.bound.binding import (
    PATCH_CONDUCTANCE,
    PULSE_MS,
    PULSE_UA_CM2,
    TIMES_THRESHOLD,
    Binding,
    refused,
)
from tutor.course.bound.measured import MeasuredRun, Watched, common
from tutor.course.bound.telling import told_membrane
from tutor.course.expression_tree import ExpressionError
from tutor.course.scenario_fields import (
    ClampLevel,
    PressureSpec,
    PulseSpec,
    RampSpec,
    Scenario,
    StepSpec,
    StimulusSpec,
    SynapseSpec,
    TrainSpec,
)
from tutor.words import missing as missing_words
from tutor.words import scenarios as words

if TYPE_CHECKING:
    from tutor.course.yaml_values import Path, Problems


class PatchBinding(Binding):
    """A patch of membrane."""

    kinds: tuple[str, ...] = ("pulse", "train", "ramp", "step", "synapse")
    duration = RUN_DURATION
    default_ms = 10.0
    clamps = True
    changes_late = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.preparation = PREPARATIONS[name]
        if self.preparation.transducer is not None:
            self.kinds = (*self.kinds, "pressure")
            self.default_ms = 80.0

    @property
    def changes(self) -> Mapping[str, Quantity]:
        """All changes; of the temperature only the preparation's own may be named."""
        return CHANGES

    def settings_of(self, spec: StimulusSpec) -> Iterator[Quantity]:
        """What can be set of a stimulus."""
        yield from super().settings_of(spec)
        if isinstance(spec, PulseSpec):
            yield PULSE_UA_CM2
        if isinstance(spec, SynapseSpec):
            from simulator import E_CL

            yield PATCH_CONDUCTANCE
            yield E_CL

    def own_value(self, scenario: Scenario, name: str) -> float:
        """The preparation's own temperature and concentrations."""
        return self.preparation.own_values.get(name, CHANGES[name].default)

    def default(self) -> Scenario:
        """A pulse of 1.5 x threshold, or pressure on a sensory ending."""
        if self.preparation.transducer is not None:
            touch = PressureSpec(start_ms=5.0, pressure_ms=50.0, pressure_kpa=30.0)
            return Scenario(preparation=self.name, stimuli=(touch,))
        return Scenario(
            preparation=self.name,
            stimuli=(PulseSpec(times_threshold=TIMES_THRESHOLD.default),),
            duration_ms=30.0 if self.name == "squid" else 20.0,
        )

    def problems(self, path: Path, scenario: Scenario) -> Problems:
        """What is wrong beyond the ranges of single values."""
        if scenario.watch:
            yield (*path, "watch"), "a patch has one place only; take `watch` away"
        for i, spec in enumerate(scenario.stimuli):
            here = (*path, "stimuli", i)
            if isinstance(spec, PulseSpec):
                if spec.place is not None:
                    yield (*here, "place"), "a patch has one place only; take `place` away"
                if spec.current_na is not None:
                    yield (*here, "current_na"), "in a patch the size is amplitude_ua_cm2"
                else:
                    yield from refused(here, _one_size, spec)
            if isinstance(spec, SynapseSpec):
                if spec.g_ns is not None:
                    yield (*here, "g_ns"), "on a patch the conductance is g_ms_cm2"
                elif spec.g_ms_cm2 is None:
                    yield here, "a synapse on a patch needs g_ms_cm2, its conductance"
                if spec.place is not None:
                    yield (*here, "place"), "a patch has one place only; take `place` away"
                if spec.type == "ampa" and spec.e_cl_mv is not None:
                    yield (*here, "e_cl_mv"), "AMPA receptors have no e_cl_mv; take it away"
            if scenario.clamp and not isinstance(spec, SynapseSpec | PressureSpec):
                yield here, words.CLAMP_AND_STIMULUS.format(kind=spec.kind)
        if scenario.clamp and scenario.changes_from_ms:
            yield (*path, "changes_from_ms"), words.CLAMP_AND_LATE_CHANGES

    def check_changes(self, changes: Mapping[str, object]) -> Changes:
        """The changes, at a temperature that the preparation stands."""
        found = Changes().with_values(changes)
        bath_temperature(self.preparation, found)
        return found

    def title(self, scenario: Scenario) -> str:
        """Its name and temperature."""
        temperature = scenario.changes.get("temperature_c", self.preparation.default_c)
        return f"{self.preparation.title}, {temperature:g} °C"

    def told_changes(self, scenario: Scenario) -> list[str]:
        """The changes in words."""
        return told_membrane(scenario.changes, CHANGES)

    def told_place(self, place: float | str) -> str:
        """A patch has no places."""
        return ""

    def stimuli(self, scenario: Scenario) -> list[PatchStimulus]:
        """The stimuli with their sizes in the simulator's units.

        Raises:
            ValueError: a size is missing, given twice, or out of range.
        """
        return [stimulus for spec in scenario.stimuli for stimulus in self._stimuli(spec)]

    def _stimuli(self, spec: StimulusSpec) -> Iterator[PatchStimulus]:
        match spec:
            case TrainSpec(start_ms=start_ms, pulse_ms=pulse_ms):
                size = self._size_ua_cm2(spec)
                yield Train(start_ms, pulse_ms, size, spec.interval_ms, spec.pulses)
            case PulseSpec(start_ms=start_ms, pulse_ms=pulse_ms):
                yield Pulse(start_ms, pulse_ms, self._size_ua_cm2(spec))
            case RampSpec(start_ms=start_ms):
                yield Ramp(start_ms, spec.ramp_ms, spec.start_ua_cm2, spec.end_ua_cm2)
            case StepSpec(start_ms=start_ms):
                yield Step(start_ms, spec.amplitude_ua_cm2)
            case PressureSpec(start_ms=start_ms):
                if "pressure" not in self.kinds:
                    raise ValueError("pressure is a stimulus for the receptor only")
                yield PressureStimulus(start_ms, spec.pressure_ms, spec.pressure_kpa)
            case SynapseSpec():
                yield from self._events(spec)

    def _events(self, spec: SynapseSpec) -> Iterator[SynapticEvent]:
        from simulator.cable.dendrite import AMPA_REVERSAL_MV, AMPA_TAU_MS, E_CL, GABA_TAU_MS

        excites = spec.type == "ampa"
        e_cl_mv = E_CL.default if spec.e_cl_mv is None else E_CL.check(spec.e_cl_mv)
        usual_ms = AMPA_TAU_MS if excites else GABA_TAU_MS
        for number in range(int(spec.openings)):
            yield SynapticEvent(
                spec.start_ms + number * spec.interval_ms,
                float(spec.g_ms_cm2 or 0.0) * spec.inputs,
                usual_ms if spec.tau_ms is None else spec.tau_ms,
                AMPA_REVERSAL_MV if excites else e_cl_mv,
            )

    def _size_ua_cm2(self, spec: PulseSpec) -> float:
        _one_size(spec)
        pulse_ms = PULSE_MS.check(spec.pulse_ms)
        if spec.times_threshold is None:
            return float(spec.amplitude_ua_cm2 or 0.0)
        single = threshold(self.preparation, pulse_ms)
        if single is None:
            title = self.preparation.title
            raise ValueError(
                words.NO_PULSE_FIRES_PATCH.format(pulse_ms=pulse_ms, preparation=title)
            )
        return TIMES_THRESHOLD.check(spec.times_threshold) * single.amplitude_ua_cm2

    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the patch, free or clamped."""
        dt_ms = TIME_STEP.default if dt_ms is None else dt_ms
        duration_ms = self.length_ms(scenario)
        changes, stimuli = self.check_changes(scenario.changes), self.stimuli(scenario)
        if scenario.clamp:
            holding_mv, steps = clamp_steps(scenario.clamp, duration_ms)
            held = clamp(
                self.preparation,
                steps,
                changes,
                stimuli=stimuli,
                holding_mv=holding_mv,
                duration_ms=duration_ms,
                dt_ms=dt_ms,
            )
            numbers = {**common(held), **held.measure()}
            if steps:
                numbers["stimulus_ms"] = steps[0].start_ms
            return PatchRun(scenario, held, numbers)
        trace = run(
            self.preparation,
            stimuli,
            changes,
            duration_ms=duration_ms,
            dt_ms=dt_ms,
            changes_from_ms=scenario.changes_from_ms,
        )
        return PatchRun(scenario, trace, measure(trace))


def clamp_steps(
    levels: tuple[ClampLevel, ...], duration_ms: float
) -> tuple[float | None, list[ClampStep]]:
    """The holding potential, None for rest, and the steps of a clamp.

    The first of several levels is the holding potential where it holds from 0 ms on.

    Raises:
        ValueError: a level is out of range, or does not follow the one before it.
    """
    starts = [float(level.from_ms) for level in levels]
    if sorted(set(starts)) != starts or not 0.0 <= starts[0] <= starts[-1] < duration_ms:
        raise ValueError(words.LEVELS_IN_ORDER.format(duration_ms=duration_ms))
    # Past the end, so that the last sample is held too.
    ends = [*starts[1:], min(duration_ms + 0.1, starts[-1] + DURATION.high)]
    steps = [
        ClampStep(start_ms, end_ms - start_ms, level.level_mv)
        for level, start_ms, end_ms in zip(levels, starts, ends, strict=True)
    ]
    if len(steps) > 1 and starts[0] == 0.0:
        return steps[0].level_mv, steps[1:]
    return None, steps


def _one_size(spec: PulseSpec) -> None:
    if (spec.times_threshold is None) == (spec.amplitude_ua_cm2 is None):
        raise ValueError("a pulse needs times_threshold or amplitude_ua_cm2, one of them")


class PatchRun(MeasuredRun):
    """A run of a patch."""

    def __init__(self, scenario: Scenario, trace: Trace, measurements: dict[str, float]) -> None:
        super().__init__(scenario, [Watched("", trace)], measurements)
        self.patch = trace

    @property
    def stages(self) -> tuple[StageSpan, ...]:
        """The stages of the spike; none where the potential is held."""
        return () if self.scenario.clamp else self.patch.stages

    @property
    def refractory(self) -> RefractoryPeriods | None:
        """The refractory periods; None where changes make them unknown."""
        return self.patch.refractory

    @property
    def threshold_is_known(self) -> bool:
        """Whether there is a pulse, and nothing is changed that would move its threshold."""
        pulses = [spec for spec in self.scenario.stimuli if isinstance(spec, PulseSpec)]
        return bool(pulses) and not self.patch.changes.active

    def _sought(self, name: str) -> float | None:
        from simulator import ION_MEASUREMENTS, measure_ions

        trace = self.patch
        if name in ION_MEASUREMENTS:
            self.measurements |= measure_ions(trace)
            return self.measurements.get(name)
        last, periods = trace.stretches[-1].membrane, trace.refractory
        match name:
            case "e_na_mv":
                return last.e_na_mv
            case "e_k_mv":
                return last.e_k_mv
            case "absolute_refractory_ms":
                return periods.absolute_ms if periods else None
            case "relative_refractory_ms":
                return periods.relative_ms if periods else None
            case "threshold_mv" | "threshold_ua_cm2":
                first = next((s for s in self.scenario.stimuli if isinstance(s, PulseSpec)), None)
                pulse_ms = PulseSpec().pulse_ms if first is None else first.pulse_ms
                found = threshold(trace.preparation, pulse_ms, trace.changes)
                if found is None:
                    raise ExpressionError(missing_words.NOTHING_FIRES.format(name=name))
                return found.threshold_mv if name == "threshold_mv" else found.amplitude_ua_cm2
        return None

    def _why_missing(self, name: str) -> str:
        from simulator import CLAMP_MEASUREMENTS

        if name.endswith("refractory_ms"):
            return missing_words.OF_UNCHANGED
        if name in CLAMP_MEASUREMENTS:
            return missing_words.NEEDS_CLAMP
        if self.scenario.clamp:
            return missing_words.POTENTIAL_HELD
        if name.startswith("stimulus"):
            return missing_words.NO_PULSE_WITHIN
        return super()._why_missing(name)


def bind(preparation: str) -> Binding:
    """The patch of this name."""
    return PatchBinding(preparation)
