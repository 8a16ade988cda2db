"""Runs of a myelinated fibre, and what they tell: arrivals, velocity, threshold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import pi

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.altered import alter, bath_temperature
from simulator.cable.channels import Channels, Floats
from simulator.cable.electrode import Electrode, currents_of
from simulator.cable.kernel import Chain, march, resting_state, steps_of
from simulator.cable.myelinated import CM_PER_UM, MM_PER_UM, MyelinatedFibre
from simulator.cable.node import RABBIT_NODE
from simulator.cable.space_time import SpaceTimeTrace
from simulator.changes import Changes, checked_changes
from simulator.measurements import SPIKE_MV
from simulator.patch import RUN_DURATION, TIME_STEP
from simulator.progress import Progress, part, searched, silent
from simulator.quantity import Quantity, checked, checked_or_default

#: At this step the velocity of a standard fibre is within 0.1 % of that at much shorter ones.
FIBRE_STEP = replace(TIME_STEP, high=0.01, default=0.001)
FIBRE_RUN = replace(RUN_DURATION, high=100.0)
#: The usual stimulus: when it begins, how long it lasts and, for each um of the fibre's diameter,
#: how strong it is; about three times the threshold of a standard fibre of any diameter.
PULSE_START_MS, PULSE_MS = 0.1, 0.1
PULSE_NA_PER_UM = 0.4
#: Far longer than the node takes to charge: a longer pulse needs the same current.
THRESHOLD_PULSE = Quantity(
    "pulse_ms", "ms", 0.0, 5.0, PULSE_MS, "How long the pulse lasts.", minimum_excluded=True
)
#: A node belongs to a spike from this share of the spike's height on.
SPIKE_FOOT = 0.1
#: A threshold is known to this share, and sought up to so many of the usual pulses.
TOLERANCE = 1e-3
STRONGEST = 5.0


@dataclass(eq=False)
class MyelinatedTrace(SpaceTimeTrace):
    """A run of a myelinated fibre; x = 0 is the middle of its first node.

    Attributes:
        fibre: The fibre.
        nodes: Which compartments are the nodes, (nodes,).
    """

    fibre: MyelinatedFibre
    nodes: NDArray[np.intp]

    @property
    def node_mm(self) -> Floats:
        """Where the nodes lie, (nodes,) in mm."""
        return self.x_mm[self.nodes]

    @cached_property
    def arrivals_ms(self) -> tuple[float | None, ...]:
        """When the first spike comes to each node; None where none comes.

        Under an electrode the stimulus itself can look like a spike.
        """
        first = (self.waves(float(x))[:1] for x in self.node_mm)
        return tuple(wave[0].arrival_ms if wave else None for wave in first)

    @property
    def conduction_m_s(self) -> float | None:
        """Velocity of the first spike over the middle half of the nodes, in m/s.

        Negative where it runs towards the first node. A damaged node that the spike passes
        below -20 mV is passed over. None where it does not come to both ends of this half, or
        not in the order of the nodes: it was stopped, or two spikes met.
        """
        start, end = len(self.nodes) // 4, 3 * len(self.nodes) // 4
        arrivals = self.arrivals_ms[start : end + 1]
        first, last = arrivals[0], arrivals[-1]
        if first is None or last is None:
            return None
        delays = np.diff([t for t in arrivals if t is not None])
        if not (np.all(delays > 0.0) or np.all(delays < 0.0)):
            return None
        return float((self.node_mm[end] - self.node_mm[start]) / (last - first))

    def nodes_in_spike(self, time_ms: float) -> int:
        """How many nodes are depolarised by a spike at one and the same time.

        A node counts from a tenth of the height that the spike has at that time; where no node
        is above -20 mV there is no spike.

        Raises:
            ValueError: the time is outside the run.
        """
        v = self.voltage_mv[self.sample(time_ms), self.nodes]
        if np.max(v) < SPIKE_MV:
            return 0
        above = v - self.voltage_mv[0, self.nodes]
        return int(np.count_nonzero(above > SPIKE_FOOT * np.max(above)))


def usual_fibre_stimulus(fibre: MyelinatedFibre) -> Electrode:
    """A pulse at the first node, about three times as strong as it needs to be."""
    checked("fibre", fibre, MyelinatedFibre, "MyelinatedFibre(...)")
    return Electrode(0.0, PULSE_START_MS, PULSE_MS, PULSE_NA_PER_UM * fibre.diameter_um)


def run_myelinated(
    fibre: MyelinatedFibre | None = None,
    electrodes: Sequence[Electrode] | None = None,
    changes: Changes | None = None,
    *,
    duration_ms: float = FIBRE_RUN.default,
    dt_ms: float = FIBRE_STEP.default,
    until_rest: bool = True,
    progress: Progress = silent,
) -> MyelinatedTrace:
    """Simulate a myelinated fibre from its resting state.

    Args:
        fibre: The fibre; the standard one by default.
        electrodes: Stimuli; they add up. By default one pulse at the first node.
        changes: Alterations of the nodes, present from the start.
        duration_ms: Length of the run.
        dt_ms: Time step.
        until_rest: End the run once the stimuli are over and the spikes have left.
        progress: Told the share of the run that is done.

    Raises:
        ValueError: a value is out of range, an electrode lies outside the fibre, the run is too
            large, or the fibre has no resting state.
    """
    fibre = checked_or_default("fibre", fibre, MyelinatedFibre)
    if electrodes is None:
        electrodes = [usual_fibre_stimulus(fibre)]
    FIBRE_RUN.check(duration_ms)
    FIBRE_STEP.check(dt_ms)
    chain, nodes = chain_of(fibre, checked_changes(changes))
    steps = steps_of(duration_ms, dt_ms, chain, "a fibre")
    voltage_mv = march(
        chain,
        steps,
        dt_ms,
        currents=currents_of(chain, electrodes, steps, dt_ms),
        until_rest=until_rest,
        progress=progress,
    )
    return MyelinatedTrace(chain, dt_ms, voltage_mv, fibre, nodes)


def chain_of(fibre: MyelinatedFibre, changes: Changes) -> tuple[Chain, NDArray[np.intp]]:
    """The compartments of `fibre`, and which of them are nodes.

    Raises:
        ValueError: the temperature is out of the node's range.
    """
    node = alter(RABBIT_NODE, changes)
    temperature_c = bath_temperature(RABBIT_NODE, changes)
    myelin = fibre.internodal_myelin
    pieces = np.array([fibre.pieces(left) for left in myelin])
    nodes = np.concatenate([[0], np.cumsum(pieces + 1)])
    is_node = np.zeros(nodes[-1] + 1, bool)
    is_node[nodes] = True

    length_cm = np.full(len(is_node), fibre.node_um * CM_PER_UM)
    length_cm[~is_node] = np.repeat(fibre.internode_um * CM_PER_UM / pieces, pieces)
    walls = [fibre.sheath(left) for left in myelin]
    capacitance_uf_cm, conductance_ms_cm = np.repeat(np.array(walls), pieces, axis=0).T

    axon_cm = fibre.axon_um * CM_PER_UM
    area_cm2 = pi * axon_cm * length_cm
    capacitance_uf = RABBIT_NODE.capacitance_uf_cm2 * area_cm2
    capacitance_uf[~is_node] = capacitance_uf_cm * length_cm[~is_node]
    passive_ms = node.g_leak * area_cm2
    passive_ms[~is_node] = conductance_ms_cm * length_cm[~is_node]
    # The current of the sheath turns where that of the nodes' leak does.
    passive_ua = -(RABBIT_NODE.e_leak_mv + node.leak_shift_mv) * passive_ms
    passive_ua[is_node] = node.background_ua_cm2 * area_cm2[is_node]
    # As much membrane of the usual density as each node's channels would fill.
    carrying_cm2 = np.zeros(len(is_node))
    carrying_cm2[is_node] = area_cm2[is_node] * fibre.nodal_na

    half_ohm = fibre.axoplasm_ohm_cm * length_cm / 2.0 / (pi * axon_cm**2 / 4.0)
    middle_cm = np.cumsum(length_cm) - length_cm / 2.0
    return (
        Chain(
            x_mm=(middle_cm - middle_cm[0]) / CM_PER_UM * MM_PER_UM,
            area_cm2=area_cm2,
            capacitance_uf=capacitance_uf,
            axial_ms=1e3 / (half_ohm[1:] + half_ohm[:-1]),
            passive_ms=passive_ms,
            passive_ua=passive_ua,
            channels=tuple(
                Channels.of(node, sites, carrying_cm2[sites], temperature_c)
                for sites in _evenly_spaced(nodes, pieces)
            ),
        ),
        nodes,
    )


def _evenly_spaced(nodes: NDArray[np.intp], pieces: NDArray[np.intp]) -> Iterator[slice]:
    """The compartments of the nodes, in runs with the same number of pieces after each node."""
    starts = [0, *(np.flatnonzero(np.diff(pieces)) + 1)]
    for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True):
        yield slice(nodes[start], nodes[end - 1] + 1, pieces[start] + 1)


def fibre_threshold(
    fibre: MyelinatedFibre | None = None,
    pulse_ms: float = PULSE_MS,
    changes: Changes | None = None,
    *,
    progress: Progress = silent,
) -> float | None:
    """The weakest pulse at the first node, in nA, that sends a spike to the last node.

    None where no pulse of up to five times the usual one does; far stronger ones would lift a
    short fibre's end without any spike.

    Raises:
        ValueError: the duration or a change is out of range.
    """
    fibre = checked_or_default("fibre", fibre, MyelinatedFibre)
    THRESHOLD_PULSE.check(pulse_ms)
    chain, _ = chain_of(fibre, checked_changes(changes))
    rest_mv = resting_state(chain)
    dt_ms = FIBRE_STEP.default
    steps = round((pulse_ms + FIBRE_RUN.default) / dt_ms)

    def conducts(current_na: float, share: float) -> bool:
        voltage_mv = march(
            chain,
            steps,
            dt_ms,
            currents=currents_of(chain, [Electrode(0.0, 0.0, pulse_ms, current_na)], steps, dt_ms),
            rest_mv=rest_mv,
            ends_early=lambda v: bool(v[-1] > SPIKE_MV),
            until_rest=True,
            progress=part(progress, share, 0.0),
        )
        return bool(voltage_mv[-1, -1] > SPIKE_MV)

    strongest = STRONGEST * PULSE_NA_PER_UM * fibre.diameter_um
    fails, fires = 0.0, strongest
    if not conducts(strongest, 0.0):
        return None
    while fires - fails > TOLERANCE * fires:
        middle = (fails + fires) / 2.0
        if conducts(middle, searched(strongest, fires - fails, TOLERANCE * fires)):
            fires = middle
        else:
            fails = middle
    progress(1.0)
    return fires
