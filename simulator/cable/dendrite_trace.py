"""What a run of a cell with a dendrite gives back, and what is measured of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import ceil, exp

import numpy as np

from simulator.cable.channels import Floats
from simulator.cable.dendrite import AMPA_REVERSAL_MV, E_CL, MM_PER_UM, SOMA_UM, Dendrite, Synapse
from simulator.cable.kernel import Chain
from simulator.cable.space_time import Probe, SpaceTimeTrace, Wave
from simulator.measurements import summit
from simulator.quantity import check_name, checked
from simulator.recording import Column, Recording

NA_PER_PA = 1e-3
PC_PER_FC = 1e-3
#: A smaller postsynaptic potential in the soma has no shape that could be measured, in mV.
SMALLEST_MV = 1e-3
OF_RUN = "a trace as run_dendrite(...) returns"


@dataclass(eq=False)
class DendriteTrace(SpaceTimeTrace):
    """A run of a cell with a dendrite.

    Attributes:
        cell: The cell.
        synapses: Its synapses, in the order in which they were given.
    """

    cell: Dendrite
    synapses: tuple[Synapse, ...]

    @property
    def places_mm(self) -> dict[str, float]:
        """The places of the cell that have a name, in mm from the middle of the soma.

        `synapse` is the place of the first one, the soma where there is none; `tip` the end of
        the dendrite, `trigger` the middle of the initial segment, `axon` the end of the axon.
        Places on a part that is left off are on the soma.
        """
        cell = self.cell
        first_um = self.synapses[0].place_um if self.synapses else 0.0
        edge_um = SOMA_UM / 2.0 if cell.axon_um else 0.0
        return {
            "tip": cell.place_mm(cell.length_um),
            "synapse": cell.place_mm(first_um),
            "soma": 0.0,
            "trigger": MM_PER_UM * (edge_um + cell.trigger_um / 2.0),
            "axon": MM_PER_UM * (edge_um + cell.axon_um),
        }

    def probe_at(self, place: str) -> Probe:
        """The recording at one of the named places.

        Raises:
            ValueError: there is no such place.
        """
        return self.probe(self._place_mm(place))

    @cached_property
    def recording(self) -> CellRecording:
        """Potentials of the named places and synaptic currents side by side."""
        return CellRecording(self)

    def spikes(self, place: str) -> tuple[Wave, ...]:
        """The spikes at one of the named places.

        They pass 0 mV, to where no AMPA synapse can lift the potential.

        Raises:
            ValueError: there is no such place.
        """
        return _spikes(self, self._place_mm(place))

    def _place_mm(self, place: str) -> float:
        check_name("place", place, self.places_mm)
        return self.places_mm[place]

    @cached_property
    def start_mm(self) -> float | None:
        """Where the first spike crosses -20 mV first, in mm; None without a spike.

        Looked for where there are voltage-gated channels: in soma, initial segment and axon.
        """
        excitable = self.x_mm[self.chain.channels[0].sites.start :]
        found = [
            (spikes[0].arrival_ms, x_mm)
            for x_mm in map(float, excitable)
            if (spikes := _spikes(self, x_mm))
        ]
        return min(found)[1] if found else None

    def beyond_soma_um(self, x_mm: float) -> float:
        """How far along the axon a place is, negative in the soma.

        Raises:
            ValueError: the cell does not reach there.
        """
        self.chain.check_place(x_mm)
        return x_mm / MM_PER_UM - SOMA_UM / 2.0

    @property
    def start_site(self) -> str | None:
        """Where the first spike begins: `soma`, `trigger` or `axon`; None without a spike."""
        if self.start_mm is None:
            return None
        beyond_um = self.beyond_soma_um(self.start_mm)
        if beyond_um < 0.0:
            return "soma"
        return "trigger" if beyond_um < self.cell.trigger_um else "axon"


def _spikes(trace: SpaceTimeTrace, x_mm: float) -> tuple[Wave, ...]:
    return tuple(wave for wave in trace.waves(x_mm) if wave.peak_mv > AMPA_REVERSAL_MV)


class CellRecording(Recording):
    """Several places of a cell with a dendrite on one time axis; the potential is the soma's.

    A synapse counts as inhibitory where its reversal is within the range of E_Cl or below.
    """

    columns = {
        "time_ms": Column("time", "ms"),
        "voltage_mv": Column("potential of the soma", "mV"),
        "tip_mv": Column("potential of the tip of the dendrite", "mV"),
        "synapse_mv": Column("potential at the first synapse", "mV"),
        "trigger_mv": Column("potential of the trigger zone", "mV"),
        "axon_mv": Column("potential of the end of the axon", "mV"),
        "g_excitatory_ns": Column("excitatory conductance", "nS"),
        "g_inhibitory_ns": Column("inhibitory conductance", "nS"),
        "i_excitatory_na": Column("excitatory current", "nA"),
        "i_inhibitory_na": Column("inhibitory current", "nA"),
    }

    def __init__(self, trace: DendriteTrace) -> None:
        checked("trace", trace, DendriteTrace, OF_RUN)
        self.trace = trace
        self.dt_ms = trace.dt_ms
        self.voltage_mv = array("d", self._potential("soma"))

    def _potential(self, place: str) -> Floats:
        compartment = self.trace.compartment(self.trace.places_mm[place])
        return self.trace.voltage_mv[:, compartment].astype(np.float64)

    def _values(self, name: str) -> Iterable[float]:
        times_ms = np.arange(len(self)) * self.dt_ms
        if name == "time_ms":
            return times_ms
        if name.endswith("_mv"):
            return self._potential(name.removesuffix("_mv"))

        def open_ns(synapse: Synapse) -> Floats:
            since_ms = times_ms - synapse.start_ms
            decayed = synapse.g_ns * np.exp(-np.maximum(since_ms, 0.0) / synapse.tau_ms)
            return np.where(since_ms > -1e-9, decayed, 0.0)

        inhibitory = "inhibitory" in name
        synapses = [s for s in self.trace.synapses if (s.reversal_mv <= E_CL.high) == inhibitory]
        total = np.zeros(len(self))
        opened = by_place(self.trace.cell, self.trace.chain, synapses, open_ns)
        for (compartment, reversal_mv), ns in opened.items():
            v = self.trace.voltage_mv[:, compartment].astype(np.float64)
            # nS times mV is pA.
            total += ns if name.startswith("g_") else NA_PER_PA * ns * (v - reversal_mv)
        return total


def measure_dendrite(trace: DendriteTrace) -> dict[str, float]:
    """The measurements that `trace` has, by the names of `DENDRITE_MEASUREMENTS`.

    A postsynaptic potential is the largest departure from rest, negative where it goes down.

    Raises:
        TypeError: `trace` is not of a cell with a dendrite.
    """
    checked("trace", trace, DendriteTrace, OF_RUN)
    recording = trace.recording
    current_na = recording.numpy("i_excitatory_na") + recording.numpy("i_inhibitory_na")
    found = {
        "rest_mv": recording.voltage_mv[0],
        "length_constant_um": trace.cell.length_constant_um,
        "synaptic_na": float(current_na[np.argmax(np.abs(current_na))]),
        "synaptic_pc": _charge_pc(trace),
        "spike_count": float(len(trace.spikes("trigger"))),
        "axon_fired": float(bool(trace.spikes("axon"))),
    }
    if trace.start_mm is not None:
        found["start_um"] = max(0.0, trace.beyond_soma_um(trace.start_mm))
        first = {place: trace.spikes(place)[:1] for place in ("trigger", "soma", "axon")}
        found |= {f"{place}_ms": waves[0].arrival_ms for place, waves in first.items() if waves}
        if first["soma"] and first["trigger"] and trace.cell.axon_um:
            found["soma_delay_ms"] = found["soma_ms"] - found["trigger_ms"]
    elif trace.synapses:
        found |= _of_psp(trace)
    return found


def _charge_pc(trace: DendriteTrace) -> float:
    """What the mean conductances of the steps pass at the potentials in their middle."""
    opened = by_place(
        trace.cell,
        trace.chain,
        trace.synapses,
        lambda synapse: mean_ns(synapse, len(trace) - 1, trace.dt_ms),
    )
    charge_pc = 0.0
    for (compartment, reversal_mv), ns in opened.items():
        v = trace.voltage_mv[:, compartment].astype(np.float64)
        # pA times ms is fC.
        charge_pc += PC_PER_FC * trace.dt_ms * float(ns @ ((v[1:] + v[:-1]) / 2.0 - reversal_mv))
    return charge_pc


def _of_psp(trace: DendriteTrace) -> dict[str, float]:
    recording, dt_ms = trace.recording, trace.dt_ms

    def largest(column: str) -> tuple[float, float]:
        """Time of the largest departure from rest, and how large it is."""
        v = recording.numpy(column)
        top = int(np.argmax(np.abs(v - v[0])))
        time_ms, peak_mv = summit(recording.column(column), top, dt_ms)
        return time_ms, peak_mv - float(v[0])

    peak_ms, soma_mv = largest("voltage_mv")
    found = {
        "synapse_psp_mv": largest("synapse_mv")[1],
        "soma_psp_mv": soma_mv,
        "trigger_psp_mv": largest("trigger_mv")[1],
    }
    if min(abs(soma_mv), abs(found["synapse_psp_mv"])) < SMALLEST_MV:
        return found
    found["reaching_share"] = soma_mv / found["synapse_psp_mv"]
    found["psp_peak_ms"] = peak_ms - min(synapse.start_ms for synapse in trace.synapses)
    share = (recording.numpy("voltage_mv") - recording.voltage_mv[0]) / soma_mv
    below = np.flatnonzero(share[ceil(peak_ms / dt_ms) :] < exp(-1.0))
    if below.size:
        found["psp_decay_ms"] = (ceil(peak_ms / dt_ms) + int(below[0])) * dt_ms - peak_ms
    return found


def mean_ns(synapse: Synapse, steps: int, dt_ms: float) -> Floats:
    """Mean conductance of a synapse over each step in nS: its sum is exact whatever the step."""
    since_ms = np.maximum(np.arange(steps + 1) * dt_ms - synapse.start_ms, 0.0)
    passed = -np.expm1(-since_ms / synapse.tau_ms) * synapse.tau_ms * synapse.g_ns
    return np.asarray(np.diff(passed) / dt_ms)


def by_place(
    cell: Dendrite, chain: Chain, synapses: Iterable[Synapse], of: Callable[[Synapse], Floats]
) -> dict[tuple[int, float], Floats]:
    """Sums of what `of` tells of each synapse, by compartment and reversal potential."""
    sums: dict[tuple[int, float], Floats] = {}
    for synapse in synapses:
        values = of(synapse)
        for compartment, share in chain.shares_at(cell.place_mm(synapse.place_um)):
            key = compartment, synapse.reversal_mv
            sums[key] = sums.get(key, 0.0) + share * values
    return sums
