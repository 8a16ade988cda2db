"""The cell with a dendrite in scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from msgspec.structs import replace

from simulator import (
    CORTICAL,
    DENDRITE,
    E_CL,
    ELECTRODE,
    RUN_DURATION,
    SYNAPSE,
    Changes,
    Dendrite,
    Electrode,
    Progress,
    Quantity,
    Synapse,
    ampa,
    gaba,
    measure,
)
from simulator.altered import bath_temperature
from tutor.course.bound.binding import INTERVAL_MS, PULSE_MS, Binding, refused
from tutor.course.bound.cable import onsets, reversals
from tutor.course.bound.measured import MeasuredRun, Watched, common, value_in
from tutor.course.bound.telling import told_membrane
from tutor.course.expression_tree import ExpressionError
from tutor.course.names import AT_A_PLACE
from tutor.course.scenario_fields import Place, PulseSpec, Scenario, StimulusSpec, SynapseSpec
from tutor.words import common as common_words
from tutor.words import missing as missing_words
from tutor.words import scenarios as words

if TYPE_CHECKING:
    from simulator import DendriteTrace, Probe, Recording
    from tutor.course.yaml_values import Path, Problems

UM_PER_MM = 1000.0
#: The places that a cell has by name.
NAMED = ("tip", "synapse", "soma", "trigger", "axon")
#: Where the potential is drawn beside that of the soma, when nobody says where.
USUAL: tuple[Place, ...] = ("synapse", "trigger")
G_NS = SYNAPSE["g_ns"]
PLACE = Quantity("place", "mm", 0.0, 2.0, 0.0, words.DISTANCE_SENTENCE, words.DISTANCE)
CURRENT_NA = replace(ELECTRODE["current_na"], title=common_words.PULSE_SIZE)


class DendriteBinding(Binding):
    """A cell with a dendrite."""

    name = "dendrite"
    kinds = ("synapse", "pulse", "train")
    duration = RUN_DURATION
    default_ms = 30.0

    def settings_of(self, spec: StimulusSpec) -> Iterator[Quantity]:
        """What can be set of a stimulus; the size of a pulse is in nA."""
        for quantity in super().settings_of(spec):
            if quantity.name != "times_threshold":
                yield quantity
        yield PLACE
        if isinstance(spec, SynapseSpec):
            yield G_NS
            yield E_CL
        else:
            yield CURRENT_NA

    def default(self) -> Scenario:
        """A synapse half way along the dendrite, too weak to fire the cell."""
        synapse = SynapseSpec(start_ms=2.0, g_ns=5.0, place=0.5)
        return Scenario(preparation=self.name, stimuli=(synapse,))

    def problems(self, path: Path, scenario: Scenario) -> Problems:
        """What is wrong beyond the ranges of single values."""
        for i, place in enumerate(scenario.watch):
            yield from refused((*path, "watch", i), _known, place)
        for i, spec in enumerate(scenario.stimuli):
            here = (*path, "stimuli", i)
            if isinstance(spec, PulseSpec):
                yield from refused(here, _check_pulse, spec)
                yield from refused((*here, "place"), _um, spec.place)
            if isinstance(spec, SynapseSpec):
                yield from refused(here, _check_synapse, spec)
                yield from refused((*here, "place"), _um, spec.place)

    def _split(self, changes: Mapping[str, object]) -> tuple[Dendrite, Changes]:
        cell = {name: value for name, value in changes.items() if name in DENDRITE}
        others = {name: value for name, value in changes.items() if name not in DENDRITE}
        found = Changes().with_values(others)
        bath_temperature(CORTICAL, found)
        return Dendrite(**cell), found  # type: ignore[arg-type]

    def check_changes(self, changes: Mapping[str, object]) -> Changes:
        """Cell and membrane, both in range."""
        return self._split(changes)[1]

    def title(self, scenario: Scenario) -> str:
        """The dendrite's size."""
        cell = self._split(scenario.changes)[0]
        if not cell.length_um:
            return words.CELL_WITHOUT_DENDRITE.format(degrees=CORTICAL.default_c)
        return words.CELL.format(
            length_um=cell.length_um, diameter_um=cell.diameter_um, degrees=CORTICAL.default_c
        )

    def told_changes(self, scenario: Scenario) -> list[str]:
        """The changes in words, but for the dendrite's size."""
        return told_membrane(scenario.changes, self.changes, ("length_um", "diameter_um"))

    def told_place(self, place: float | str) -> str:
        """A place in words."""
        if isinstance(place, str):
            return words.ON_PLACE.format(place=place)
        return words.MM_FROM_SOMA.format(place=place) if place else words.ON_SOMA

    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the cell."""
        from simulator import run_dendrite

        cell, changes = self._split(scenario.changes)
        step = {} if dt_ms is None else {"dt_ms": dt_ms}
        synapses: list[Synapse] = []
        electrodes: list[Electrode] = []
        for spec in scenario.stimuli:
            if isinstance(spec, SynapseSpec):
                synapses += _opened(spec)
            elif isinstance(spec, PulseSpec):
                electrodes += _electrodes(spec, cell)
        trace = run_dendrite(
            cell,
            synapses,
            changes,
            electrodes=electrodes,
            duration_ms=self.length_ms(scenario),
            progress=progress,
            **step,
        )
        return CellRun(scenario, trace, changes)


def _um(place: Place | None) -> float:
    """How far along the dendrite a stimulus is.

    Raises:
        ValueError: a stimulus cannot be there.
    """
    if place is None or place == "soma":
        return 0.0
    if place == "tip":
        return DENDRITE["length_um"].high
    if isinstance(place, str):
        raise ValueError(words.NO_PLACE_OF_STIMULUS.format(place=place))
    return UM_PER_MM * PLACE.check(place)


def _known(place: Place) -> None:
    if isinstance(place, str):
        if place not in NAMED:
            raise ValueError(f"a cell has no {place!r}; give mm, or one of {', '.join(NAMED)}")
    else:
        PLACE.check(place)


def _check_pulse(spec: PulseSpec) -> None:
    if spec.current_na is None or spec.times_threshold is not None or spec.amplitude_ua_cm2:
        raise ValueError("a pulse into a cell with a dendrite needs current_na, and no other size")


def _check_synapse(spec: SynapseSpec) -> None:
    if spec.g_ns is None or spec.g_ms_cm2 is not None:
        raise ValueError("a synapse on a cell with a dendrite needs g_ns, and no other size")
    if spec.type == "ampa" and spec.e_cl_mv is not None:
        raise ValueError("e_cl_mv is of GABA receptors; AMPA receptors have none")


def _electrodes(spec: PulseSpec, cell: Dendrite) -> Iterator[Electrode]:
    _check_pulse(spec)
    x_mm = cell.place_mm(_um(spec.place))
    pulse_ms, current_na = PULSE_MS.check(spec.pulse_ms), spec.current_na or 0.0
    for start_ms, length_ms in onsets(spec, pulse_ms):
        yield Electrode(x_mm, start_ms, length_ms, current_na)


def _opened(spec: SynapseSpec) -> Iterator[Synapse]:
    """The simulator's synapses: the inputs together, in as few as it takes."""
    _check_synapse(spec)
    g_ns = G_NS.check(spec.g_ns)
    together_ns = g_ns * spec.inputs
    alike = max(1, ceil(together_ns / G_NS.high))
    tau = {} if spec.tau_ms is None else {"tau_ms": float(spec.tau_ms)}
    start_ms, each_ns, place_um = float(spec.start_ms), together_ns / alike, _um(spec.place)
    if spec.type == "ampa":
        synapse = ampa(start_ms, each_ns, place_um, **tau)
    else:
        e_cl_mv = E_CL.default if spec.e_cl_mv is None else float(spec.e_cl_mv)
        synapse = gaba(start_ms, each_ns, place_um, e_cl_mv=e_cl_mv, **tau)
    interval_ms = INTERVAL_MS.check(spec.interval_ms)
    for opened in synapse.train(int(spec.openings), interval_ms):
        yield from [opened] * alike


class CellRun(MeasuredRun):
    """A run of a cell with a dendrite; what is drawn first is the soma."""

    def __init__(self, scenario: Scenario, trace: DendriteTrace, changes: Changes) -> None:
        from simulator import measure_dendrite

        self.space_time = trace
        self.cell_trace = trace
        self.changes = changes
        usual: Sequence[Place] = USUAL if trace.synapses else ("tip", "trigger")
        watched = [place for place in scenario.watch or usual if place not in ("soma", 0)]
        recordings = [Watched("soma", trace.recording)]
        recordings += [Watched(_label(place), self.probe(place)) for place in watched]
        found = {**common(trace.recording), **measure_dendrite(trace)}
        found |= reversals(CORTICAL, changes)
        if starts_ms := [float(spec.start_ms) for spec in scenario.stimuli]:
            found["stimulus_ms"] = min(starts_ms)
        super().__init__(scenario, recordings, found)
        for number, place in enumerate(["soma", *watched], 1):
            here = self._at(place)
            found[f"spikes_{number}"] = here["spike_count"]
            found[f"peak_{number}_mv"] = here["peak_mv"]
            if "arrival_ms" in here:
                found[f"arrival_{number}_ms"] = here["arrival_ms"]

    def _at(self, place: Place) -> dict[str, float]:
        waves = self.cell_trace.waves(self._mm(place))
        found = measure(self.probe(place)) | {"spike_count": float(len(waves))}
        if waves:
            found |= {"arrival_ms": waves[0].arrival_ms, "peak_mv": waves[0].peak_mv}
        return found

    def _mm(self, place: Place) -> float:
        """Where a place is in the simulator's count: the dendrite lies at negative mm.

        Raises:
            ExpressionError: the cell has no such place.
        """
        try:
            _known(place)
        except ValueError as error:
            raise ExpressionError(str(error)) from None
        trace = self.cell_trace
        if isinstance(place, str):
            return trace.places_mm[place]
        return trace.cell.place_mm(UM_PER_MM * place)

    def probe(self, place: Place) -> Probe:
        """The recording at a place.

        Raises:
            ExpressionError: there is no such place.
        """
        return self.cell_trace.probe(self._mm(place))

    def value_at(self, name: str, place: Place) -> float:
        """A measurement of the potential at a place.

        Raises:
            ExpressionError: there is no such place, or nothing of the kind is there.
        """
        assert name in AT_A_PLACE
        found = self._at(place)
        if name not in found:
            raise ExpressionError(missing_words.NONE_AT_PLACE.format(name=name, place=place))
        return found[name]

    def at_place(self, column: str, time_ms: float, place: Place) -> float:
        """A column at a time and place.

        Raises:
            ExpressionError: there is no such time, place or column.
        """
        recording: Recording = self.probe(place)
        return value_in(recording, column, time_ms)

    def _why_missing(self, name: str) -> str:
        if "psp" in name or name == "reaching_share":
            return missing_words.NO_SYNAPSE
        if name.startswith(("arrival", "peak_", "spikes_")):
            return missing_words.NO_SPIKE_COMES
        return super()._why_missing(name)


def _label(place: Place) -> str:
    return place if isinstance(place, str) else f"{place:g} mm"


def bind(preparation: str) -> Binding:
    """The cell with a dendrite."""
    return DendriteBinding()
