"""The cable kernel: compartments in a row, joined by axial resistances.

Everything is in absolute units (uF, mS, uA, mV, ms), not per area: only so is the matrix of
unequal compartments symmetric, which the solver needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dptsv

from simulator.kinetics import Kinetics
from simulator.progress import Progress, silent

Floats = NDArray[np.float64]

#: Rates beyond these potentials, in mV, are taken as those at them: no gate moves there any more.
LOWEST_MV, HIGHEST_MV = -200.0, 200.0
CELLS_PER_MV = 20.0
#: Steps between two looks at progress and at whether the run may end.
ASKED_EVERY = 20
#: A resting state is found when no potential moves by more than this, in mV.
SETTLED_MV = 1e-9


@dataclass(frozen=True, eq=False)
class Channels:
    """Voltage-gated channels of one kind in some of the compartments of a chain.

    Attributes:
        sites: Which compartments have them, n in number.
        kinetics: Their gating.
        temperature_c: Temperature of the gates, degrees C.
        g_na_ms: Na conductance with all gates open, (n,) in mS.
        g_k_ms: K conductance with all gates open, (n,) in mS.
        e_na_mv: Equilibrium potential of Na.
        e_k_mv: Equilibrium potential of K.
        frozen: Values at which m, h and n are held; None where they move.
    """

    sites: slice
    kinetics: Kinetics
    temperature_c: float
    g_na_ms: Floats
    g_k_ms: Floats
    e_na_mv: float
    e_k_mv: float
    frozen: tuple[float | None, float | None, float | None] = (None, None, None)


@dataclass(frozen=True, eq=False)
class Chain:
    """N compartments in a row with sealed ends.

    Attributes:
        x_mm: Where the middle of each compartment lies, (N,) in mm, rising.
        area_cm2: Membrane area of each, (N,) in cm2.
        capacitance_uf: Membrane capacitance of each, (N,) in uF.
        axial_ms: Conductance between each and the next, (N-1,) in mS.
        passive_ms: Conductance of the channels that no voltage gates, (N,) in mS.
        passive_ua: Current that these and the pump pass at 0 mV, (N,) in uA, outward positive.
        channels: The voltage-gated channels.
    """

    x_mm: Floats
    area_cm2: Floats
    capacitance_uf: Floats
    axial_ms: Floats
    passive_ms: Floats
    passive_ua: Floats
    channels: tuple[Channels, ...]

    def __len__(self) -> int:
        return len(self.x_mm)


class Current(NamedTuple):
    """Current put into a compartment: one value in uA for each step, positive depolarising."""

    compartment: int
    ua: Floats


class Conductance(NamedTuple):
    """Conductance opened in a compartment: one value in mS for each step, and its reversal."""

    compartment: int
    ms: Floats
    reversal_mv: float


class _Gating:
    """The gates of some channels while a run goes on; arrays of shape (3, n) for m, h and n."""

    def __init__(self, channels: Channels, voltage_mv: Floats, dt_ms: float) -> None:
        self.channels = channels
        self._table = _propagator_table(channels.kinetics, channels.temperature_c, dt_ms)
        self._cells = np.empty(len(channels.g_na_ms), np.intp)
        self._rows = np.empty((2, 3, len(channels.g_na_ms)))
        self.gates = steady_gates(channels, voltage_mv[channels.sites])
        self._held = [(i, value) for i, value in enumerate(channels.frozen) if value is not None]

    def advance(self, voltage_mv: Floats) -> None:
        """Move the gates by one step at the potential of every compartment."""
        place = voltage_mv[self.channels.sites] - LOWEST_MV
        place *= CELLS_PER_MV
        place += 0.5
        self._cells[:] = place
        np.take(self._table, self._cells, axis=2, out=self._rows, mode="clip")
        self.gates *= self._rows[0]
        self.gates += self._rows[1]
        for gate, value in self._held:
            self.gates[gate] = value

    def conductances(self) -> tuple[Floats, Floats]:
        """Na and K conductance of each compartment that has the channels, in mS."""
        m, h, n = self.gates
        na = m * m
        if self.channels.kinetics.m_gates == 3:
            na *= m
        na *= h
        na *= self.channels.g_na_ms
        k = n * n
        k *= k
        k *= self.channels.g_k_ms
        return na, k


@lru_cache(maxsize=4)
def _rate_table(kinetics: Kinetics) -> Floats:
    """Rates per ms at the reference temperature, (2, 3, cells): opening and closing; m, h, n."""
    cells = round((HIGHEST_MV - LOWEST_MV) * CELLS_PER_MV) + 1
    rows = np.array([kinetics.rates(LOWEST_MV + i / CELLS_PER_MV) for i in range(cells)])
    return rows.T.reshape(3, 2, cells).swapaxes(0, 1)


@lru_cache(maxsize=4)
def _steady_table(kinetics: Kinetics) -> Floats:
    """Gates after a long time at each potential, (3, cells)."""
    opening, closing = _rate_table(kinetics)
    return np.asarray(opening / (opening + closing))


@lru_cache(maxsize=8)
def _propagator_table(kinetics: Kinetics, temperature_c: float, dt_ms: float) -> Floats:
    """What a gate keeps over a step and what is added, (2, 3, cells)."""
    opening, closing = _rate_table(kinetics)
    total = opening + closing
    keep = np.exp(-kinetics.speed(temperature_c) * dt_ms * total)
    return np.ascontiguousarray([keep, opening / total * (1.0 - keep)])


def steady_gates(channels: Channels, voltage_mv: Floats) -> Floats:
    """Gates after a long time at each of the n potentials, (3, n)."""
    steady = _steady_table(channels.kinetics)
    place = np.clip((voltage_mv - LOWEST_MV) * CELLS_PER_MV, 0.0, steady.shape[1] - 1.001)
    left = place.astype(np.intp)
    gates = steady[:, left] + (place - left) * (steady[:, left + 1] - steady[:, left])
    for i, value in enumerate(channels.frozen):
        if value is not None:
            gates[i] = value
    return np.ascontiguousarray(gates)


def gates_along(channels: Channels, voltage_mv: Floats, dt_ms: float) -> Floats:
    """Gates at every sample of the potential of one compartment, (3, samples).

    They follow from the potential alone, so a run need not keep them.
    """
    table = _propagator_table(channels.kinetics, channels.temperature_c, dt_ms)
    cells = ((voltage_mv - LOWEST_MV) * CELLS_PER_MV + 0.5).astype(np.intp)
    keep, add = table[:, :, np.clip(cells, 0, table.shape[2] - 1)]
    half = np.empty((3, len(voltage_mv) + 1))
    half[:, 0] = steady_gates(channels, voltage_mv[:1])[:, 0]
    for i in range(len(voltage_mv)):
        half[:, i + 1] = half[:, i] * keep[:, i] + add[:, i]
    for gate, value in enumerate(channels.frozen):
        if value is not None:
            half[gate] = value
    return np.asarray((half[:, 1:] + half[:, :-1]) / 2.0)


def march(
    chain: Chain,
    steps: int,
    dt_ms: float,
    *,
    currents: Sequence[Current] = (),
    conductances: Sequence[Conductance] = (),
    rest_mv: Floats | None = None,
    ends_early: Callable[[Floats], bool] | None = None,
    progress: Progress = silent,
) -> NDArray[np.float32]:
    """Run a chain from its resting state.

    Args:
        chain: The compartments.
        steps: Number of time steps.
        dt_ms: Time step.
        currents: Currents put in.
        conductances: Synapses and the like.
        rest_mv: The resting state, (N,) in mV, where it is known already.
        ends_early: Asked now and then with the potentials, (N,) in mV; the run ends once it
            answers true.
        progress: Told the share of the steps that is done.

    Returns:
        The potential at every step and compartment, (steps + 1, N) or shorter, in mV.

    Method: staggered Crank-Nicolson, second order, as in the scalar kernel; the whole membrane
    and the axial currents stand in one symmetric tridiagonal matrix for each step (Hines 1984,
    Int J Biomed Comput 15:69). To split the axial current off would give a wrong velocity.
    """
    v = (resting_state(chain) if rest_mv is None else rest_mv).astype(np.float64)
    voltage_mv = np.empty((steps + 1, len(chain)), np.float32)
    voltage_mv[0] = v
    gatings = [_Gating(channels, v, dt_ms) for channels in chain.channels]
    inertia = 2.0 * chain.capacitance_uf / dt_ms
    still = inertia + chain.passive_ms + _axial_sum(chain)
    off_diagonal = -chain.axial_ms
    for step in range(steps):
        diagonal = still.copy()
        right = inertia * v
        right -= chain.passive_ua
        for gating in gatings:
            gating.advance(v)
            na, k = gating.conductances()
            sites, channels = gating.channels.sites, gating.channels
            diagonal[sites] += na
            diagonal[sites] += k
            na *= channels.e_na_mv
            k *= channels.e_k_mv
            na += k
            right[sites] += na
        for place, ua in currents:
            right[place] += ua[step]
        for place, ms, reversal_mv in conductances:
            diagonal[place] += ms[step]
            right[place] += ms[step] * reversal_mv
        middle = _solve(diagonal, off_diagonal, right)
        middle *= 2.0
        middle -= v
        v = middle
        voltage_mv[step + 1] = v
        if step % ASKED_EVERY == 0:
            progress(step / steps)
            if ends_early and ends_early(v):
                return voltage_mv[: step + 2]
    progress(1.0)
    return voltage_mv


def resting_state(chain: Chain) -> Floats:
    """The potential of each compartment when nothing has happened for long, (N,) in mV.

    Long implicit steps with the gates in their steady state lead there.

    Raises:
        ValueError: the chain has no resting state that such steps find.
    """
    still = chain.passive_ms + _axial_sum(chain)
    v = np.full(len(chain), -70.0)
    # A step of about a membrane time constant first, longer ones later.
    inertia = chain.capacitance_uf / 10.0
    for _ in range(2000):
        diagonal = still + inertia
        right = inertia * v - chain.passive_ua
        for channels in chain.channels:
            m, h, n = steady_gates(channels, v[channels.sites])
            na = channels.g_na_ms * m**channels.kinetics.m_gates * h
            k = channels.g_k_ms * n**4
            diagonal[channels.sites] += na + k
            right[channels.sites] += na * channels.e_na_mv + k * channels.e_k_mv
        moved = _solve(diagonal, -chain.axial_ms, right)
        if np.max(np.abs(moved - v)) < SETTLED_MV:
            return moved
        v = moved
        inertia = inertia * 0.8
    raise ValueError("this set-up has no resting state: it does not settle without a stimulus")


def _axial_sum(chain: Chain) -> Floats:
    total = np.zeros(len(chain))
    total[:-1] += chain.axial_ms
    total[1:] += chain.axial_ms
    return total


def _solve(diagonal: Floats, off_diagonal: Floats, right: Floats) -> Floats:
    """Solve the symmetric tridiagonal system; `diagonal` and `right` are used up."""
    _, _, solution, info = dptsv(diagonal, off_diagonal, right, overwrite_d=1, overwrite_b=1)
    if info:
        raise ArithmeticError(f"the cable's matrix is not positive definite (info {info})")
    return np.asarray(solution)
