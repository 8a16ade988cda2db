"""Runs of a cell with a dendrite: its compartments, and how they march."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, pi
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from simulator.altered import alter, bath_temperature, normal_rest
from simulator.cable.channels import Channels, Floats
from simulator.cable.dendrite import AXON_DIAMETER_UM, MM_PER_UM, SOMA_UM, Dendrite, Synapse
from simulator.cable.dendrite_trace import DendriteTrace, by_place, mean_ns
from simulator.cable.electrode import Electrode, currents_of
from simulator.cable.kernel import Chain, Conductance, march, resting_state, steps_of
from simulator.changes import Changes, checked_changes
from simulator.kinetics import Gates
from simulator.membrane import CORTICAL
from simulator.patch import RUN_DURATION, TIME_STEP
from simulator.progress import Progress, silent
from simulator.quantity import check_list, checked_or_default

CM_PER_UM = 1e-4
MS_PER_NS = 1e-6

#: No compartment of the dendrite is longer than this share of the length constant, nor longer
#: than 10 um; and none of the axon longer than 4.5 um, because the length constant of open
#: channels is some ten times shorter (the initial segment then has one in its middle). Against a
#: grid four times finer: a steady decay is right to 0.02 %, a postsynaptic potential to 0.4 %,
#: the threshold to 0.1 %, the time of a spike to 0.02 ms.
LONGEST_SHARE = 1.0 / 20.0
LONGEST_DENDRITE_UM = 10.0
LONGEST_AXON_UM = 4.5

STANDARD_MS = 30.0
STEP_MS = 0.025


class Stretch(NamedTuple):
    """A part of the cell: a cylinder, cut into compartments no longer than `longest_um`.

    `leak` and `channels` are densities as multiples of those of `CORTICAL`.
    """

    length_um: float
    diameter_um: float
    longest_um: float
    leak: float
    channels: float

    @property
    def compartments(self) -> int:
        """Into how many it is cut; a part that is left off has none."""
        return ceil(self.length_um / self.longest_um)


def chain_of(cell: Dendrite, changes: Changes) -> Chain:
    """The compartments of `cell`; 0 mm is the middle of the soma, the axon lies to the right.

    Raises:
        ValueError: the temperature is out of the preparation's range.
    """
    membrane, temperature_c = alter(CORTICAL, changes), bath_temperature(CORTICAL, changes)
    fine_um = min(LONGEST_DENDRITE_UM, LONGEST_SHARE * cell.length_constant_um)
    leak = 1.0 / (cell.rm_kohm_cm2 * CORTICAL.g_leak)
    soma, trigger = cell.soma_na_ms_cm2 / CORTICAL.g_na, cell.trigger_na_ms_cm2 / CORTICAL.g_na
    thin_um, beyond_um = AXON_DIAMETER_UM, cell.axon_um - cell.trigger_um
    parts = (
        Stretch(cell.length_um, cell.diameter_um, fine_um, leak, 0.0),
        Stretch(SOMA_UM, SOMA_UM, SOMA_UM, 1.0, soma),
        Stretch(cell.trigger_um, thin_um, LONGEST_AXON_UM, 1.0, trigger),
        Stretch(beyond_um, thin_um, LONGEST_AXON_UM, 1.0, 1.0),
    )
    counts = [part.compartments for part in parts]
    rows = [(p.length_um / max(1, n), *p[1:]) for p, n in zip(parts, counts, strict=True)]
    length_um, across_um, _, leaky, gated = np.repeat(np.array(rows), counts, axis=0).T

    length_cm, across_cm = CM_PER_UM * length_um, CM_PER_UM * across_um
    area_cm2 = pi * across_cm * length_cm
    half_ohm = cell.ri_ohm_cm * length_cm / 2.0 / (pi * across_cm**2 / 4.0)
    middle_um = np.cumsum(length_um) - length_um / 2.0
    # The pump goes with the leak: when it stops, every part depolarises alike.
    leak_cm2, gated_cm2 = leaky * area_cm2, gated * area_cm2
    edges = np.cumsum(counts)
    channels = []
    for (start, end), shift_mv in zip(
        pairwise(edges.tolist()), (0.0, cell.trigger_shift_mv, 0.0), strict=True
    ):
        if start < end:
            sites = slice(start, end)
            of_part = Channels.of(membrane, sites, gated_cm2[sites], temperature_c)
            channels.append(_shifted(of_part, shift_mv))
    return Chain(
        x_mm=MM_PER_UM * (middle_um - cell.length_um - SOMA_UM / 2.0),
        area_cm2=area_cm2,
        capacitance_uf=CORTICAL.capacitance_uf_cm2 * area_cm2,
        axial_ms=1e3 / (half_ohm[1:] + half_ohm[:-1]),
        passive_ms=membrane.g_leak * leak_cm2 + membrane.g_k_fixed * gated_cm2,
        passive_ua=membrane.background_ua_cm2 * leak_cm2
        - membrane.g_k_fixed * membrane.e_k_mv * gated_cm2,
        channels=tuple(channels),
    )


def _shifted(channels: Channels, shift_mv: float) -> Channels:
    """The same channels with all gates moved along the voltage axis."""
    kinetics = channels.kinetics
    shifts_mv = Gates(*(own_mv + shift_mv for own_mv in kinetics.shifts_mv))
    return replace(channels, kinetics=replace(kinetics, shifts_mv=shifts_mv))


def run_dendrite(
    cell: Dendrite | None = None,
    synapses: Sequence[Synapse] = (),
    changes: Changes | None = None,
    *,
    electrodes: Sequence[Electrode] = (),
    duration_ms: float = STANDARD_MS,
    dt_ms: float = STEP_MS,
    progress: Progress = silent,
) -> DendriteTrace:
    """Run a cell with a dendrite from its resting state.

    A cell that changes have robbed of a resting state starts where the normal one rests.

    Args:
        cell: The cell; the standard one by default.
        synapses: What opens, when and where; they add up.
        changes: Alterations of the channels of soma and axon and of the leak and the pump of
            the whole cell, present from the start.
        electrodes: Currents put in besides, at places counted from the middle of the soma: the
            dendrite lies at the negative ones.
        duration_ms: Length of the run.
        dt_ms: Time step.
        progress: Told the share of the run that is done.

    Raises:
        ValueError: a duration, a step or a change is out of range, or an electrode lies
            outside the cell.
    """
    cell = checked_or_default("cell", cell, Dendrite)
    check_list("synapses", synapses, "a synapse", Synapse, "Synapse(...), ampa(...) or gaba(...)")
    RUN_DURATION.check(duration_ms)
    TIME_STEP.check(dt_ms)
    chain = chain_of(cell, checked_changes(changes))
    steps = steps_of(duration_ms, dt_ms, chain, "a cell")
    opened = by_place(
        cell, chain, synapses, lambda synapse: MS_PER_NS * mean_ns(synapse, steps, dt_ms)
    )
    voltage_mv = march(
        chain,
        steps,
        dt_ms,
        currents=currents_of(chain, electrodes, steps, dt_ms),
        conductances=[
            Conductance(compartment, ms, reversal_mv)
            for (compartment, reversal_mv), ms in opened.items()
        ],
        rest_mv=_start_mv(chain),
        progress=progress,
    )
    return DendriteTrace(chain, dt_ms, voltage_mv, cell, tuple(synapses))


def _start_mv(chain: Chain) -> Floats:
    try:
        return resting_state(chain)
    except ValueError:
        return np.full(len(chain), normal_rest(CORTICAL)[0])
