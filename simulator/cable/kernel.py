"""The cable kernel: compartments in a row, joined by axial resistances.

Everything is in absolute units (uF, mS, uA, mV, ms), not per area: only so is the matrix of
unequal compartments symmetric, which the solver needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from simulator.cable.channels import Channels as Channels
from simulator.cable.channels import Floats as Floats
from simulator.cable.channels import Gating
from simulator.cable.lapack import dptsv
from simulator.progress import Progress, silent
from simulator.quantity import Quantity

#: Steps between two looks at progress and at whether the run may end.
ASKED_EVERY = 20
#: A run is back at rest where every potential is this near to it, in mV, and moves no faster.
NEAR_REST_MV, STILL_MV_MS = 1.0, 0.5
#: A run of more samples than these, 4 bytes each, is refused: a run of 20 ms never has them.
MOST_SAMPLES = 70_000_000
#: A resting state is found when no potential moves by more than this, in mV.
SETTLED_MV = 1e-9


class Chain(msgspec.Struct, frozen=True, eq=False):
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

    @property
    def reach_mm(self) -> tuple[float, float]:
        """Where the chain ends: half a space beyond the outermost middles.

        A lone compartment, whose length is not known, stands for all within 1 mm.
        """
        x = self.x_mm
        if len(x) == 1:
            return float(x[0]) - 1.0, float(x[0]) + 1.0
        return float(1.5 * x[0] - 0.5 * x[1]), float(1.5 * x[-1] - 0.5 * x[-2])

    def check_place(self, x_mm: float) -> None:
        """Refuse a place that the chain does not reach.

        Raises:
            ValueError: the place is not within `reach_mm`.
        """
        low, high = self.reach_mm
        # An end is known to a rounding error only.
        slack = 1e-6 * (high - low)
        if not (isinstance(x_mm, float) and low - slack <= x_mm <= high + slack):
            low = low if abs(low) > slack else 0.0
            Quantity("x_mm", "mm", low, high, 0.0, "A place.").check(x_mm)

    def shares_at(self, x_mm: float) -> list[tuple[int, float]]:
        """The compartments whose middles lie about `x_mm`, and the share of each by distance.

        Raises:
            ValueError: the chain does not reach there.
        """
        self.check_place(x_mm)
        right = int(np.searchsorted(self.x_mm, x_mm))
        if right == 0 or right == len(self):
            return [(min(right, len(self) - 1), 1.0)]
        x0, x1 = self.x_mm[right - 1 : right + 1]
        share = float((x_mm - x0) / (x1 - x0))
        return [(i, s) for i, s in ((right - 1, 1.0 - share), (right, share)) if s > 1e-9]


class Current(NamedTuple):
    """Current put into a compartment: one value in uA for each step, positive depolarising."""

    compartment: int
    ua: Floats


class Conductance(NamedTuple):
    """Conductance opened in a compartment: one value in mS for each step, and its reversal."""

    compartment: int
    ms: Floats
    reversal_mv: float


def steps_of(duration_ms: float, dt_ms: float, chain: Chain, whose: str) -> int:
    """The number of time steps of a run.

    Raises:
        ValueError: it would have too many samples; `whose` names the preparation.
    """
    steps = max(1, round(duration_ms / dt_ms))
    if (steps + 1) * len(chain) > MOST_SAMPLES:
        most_ms = MOST_SAMPLES / len(chain) * dt_ms
        raise ValueError(
            f"duration_ms is {duration_ms:g}, but must be at most {most_ms:.3g} ms for {whose} of "
            f"{len(chain)} compartments in steps of {dt_ms:g} ms"
        )
    return steps


def march(
    chain: Chain,
    steps: int,
    dt_ms: float,
    *,
    currents: Sequence[Current] = (),
    conductances: Sequence[Conductance] = (),
    rest_mv: Floats | None = None,
    ends_early: Callable[[Floats], bool] | None = None,
    until_rest: bool = False,
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
        until_rest: End the run once all that was put in is over and every potential is back
            near its rest and still: the waves have left.
        progress: Told the share of the steps that is done.

    Returns:
        The potential at every step and compartment, (steps + 1, N) or shorter, in mV.

    Method: staggered Crank-Nicolson, second order, as in the scalar kernel; the whole membrane
    and the axial currents stand in one symmetric tridiagonal matrix for each step (Hines 1984,
    Int J Biomed Comput 15:69). To split the axial current off would give a wrong velocity.
    A conductance that rises at once would make it ring; such a step and the next are each done
    as two implicit half steps, which have the same matrix (Rannacher 1984, Numer Math 43:309).
    """
    v = (resting_state(chain) if rest_mv is None else rest_mv).astype(np.float64)
    voltage_mv = np.empty((steps + 1, len(chain)), np.float32)
    voltage_mv[0] = v
    inertia = 2.0 * chain.capacitance_uf / dt_ms
    # Rows: diagonal and right side. The right side is doubled, so that the system gives twice
    # the potential in the middle of the step: what the old and the new one add up to.
    still = np.array([inertia + chain.passive_ms + _axial_sum(chain), -2.0 * chain.passive_ua])
    carried_on = np.array([np.zeros(len(chain)), 2.0 * inertia])
    system = np.empty_like(still)
    diagonal, right = system
    channels = [_Loaded(each, v, system, dt_ms) for each in chain.channels]
    off_diagonal = _off_diagonal(chain)
    watch = _RestWatch(v, _last_input(currents, conductances), dt_ms) if until_rest else None
    injected = [(place, (2.0 * ua).tolist()) for place, ua in currents]
    damped = _rises(conductances)
    for step in range(steps):
        np.multiply(carried_on, v, system)
        np.add(system, still, system)
        for each in channels:
            each.step()
        for place, twice_ua in injected:
            right[place] += twice_ua[step]
        for place, ms, reversal_mv in conductances:
            diagonal[place] += ms[step]
            right[place] += 2.0 * ms[step] * reversal_mv
        if step in damped:
            second = system.copy()
            middle = _solve(diagonal, off_diagonal, right) / 2.0
            second[1] += carried_on[1] * (middle - v)
            np.multiply(_solve(second[0], off_diagonal, second[1]), 0.5, v)
        else:
            np.subtract(_solve(diagonal, off_diagonal, right), v, v)
        voltage_mv[step + 1] = v
        if step % ASKED_EVERY == 0:
            progress(step / steps)
            if (ends_early and ends_early(v)) or (watch and watch.ended(step, v)):
                voltage_mv = voltage_mv[: step + 2]
                break
    progress(1.0)
    return voltage_mv


class _Loaded:
    """Some channels of a chain, moved and put into the system of every step."""

    def __init__(self, channels: Channels, v: Floats, system: Floats, dt_ms: float) -> None:
        """Watch `v`, (N,) in mV, and add to `system`: the diagonal and the right side."""
        self._gating = Gating(channels, v[channels.sites], dt_ms)
        self._system = system[:, channels.sites]
        #: Turns Na and K conductance into their sum and twice the current that they pass at 0 mV.
        self._terms = np.array([[1.0, 1.0], [2.0 * channels.e_na_mv, 2.0 * channels.e_k_mv]])
        self._summed = np.empty_like(self._system, order="C")

    def step(self) -> None:
        """Move the gates by one step and add their channels to the system."""
        self._gating.advance()
        self._terms.dot(self._gating.conductances_ms(), self._summed)
        np.add(self._system, self._summed, self._system)


class _RestWatch:
    """Tells when nothing is left of what was put into a chain."""

    def __init__(self, rest_mv: Floats, last_input: int | None, dt_ms: float) -> None:
        self._rest_mv = rest_mv.copy()
        self._last_input = last_input
        self._still_mv = STILL_MV_MS * ASKED_EVERY * dt_ms
        self._seen_mv = rest_mv.copy()

    def ended(self, step: int, voltage_mv: Floats) -> bool:
        """Asked every `ASKED_EVERY` steps."""
        if self._last_input is None or step <= self._last_input:
            return False
        moved = np.max(np.abs(voltage_mv - self._seen_mv))
        off = np.max(np.abs(voltage_mv - self._rest_mv))
        np.copyto(self._seen_mv, voltage_mv)
        return bool(moved < self._still_mv and off < NEAR_REST_MV)


def _last_input(currents: Sequence[Current], conductances: Sequence[Conductance]) -> int | None:
    """The last step in which anything is put in; None where nothing ever is."""
    inputs = [each.ua for each in currents] + [each.ms for each in conductances]
    return max((int(np.flatnonzero(each)[-1]) for each in inputs if np.any(each)), default=None)


def _rises(conductances: Sequence[Conductance]) -> set[int]:
    """The steps in which a conductance rises, and those that follow them."""
    rises: set[int] = set()
    for each in conductances:
        steps = np.flatnonzero(np.diff(each.ms, prepend=0.0) > 0.0)
        rises.update(steps.tolist(), (steps + 1).tolist())
    return rises


def resting_state(chain: Chain, near_mv: Floats | None = None) -> Floats:
    """The potential of each compartment when nothing has happened for long, (N,) in mV.

    Long implicit steps with the gates in their steady state lead there, from `near_mv`, (N,),
    or from -70 mV. They grow until one moves the potentials back, and are shortened there.

    Raises:
        ValueError: the chain has no resting state that such steps find.
    """
    still = chain.passive_ms + _axial_sum(chain)
    v = np.full(len(chain), -70.0) if near_mv is None else near_mv.astype(np.float64)
    # A step of about a membrane time constant first.
    inertia = chain.capacitance_uf / 10.0
    last_mv, off_diagonal = np.zeros(len(chain)), _off_diagonal(chain)
    for _ in range(2000):
        diagonal = still + inertia
        right = inertia * v - chain.passive_ua
        for channels in chain.channels:
            m, h, n = channels.steady_gates(v[channels.sites])
            na = channels.g_na_ms * m**channels.kinetics.m_gates
            na *= channels.available(h, channels.steady_bound(h))
            k = channels.g_k_ms * n**4
            diagonal[channels.sites] += na + k
            right[channels.sites] += na * channels.e_na_mv + k * channels.e_k_mv
        moved = _solve(diagonal, off_diagonal, right)
        change_mv = moved - v
        if np.max(np.abs(change_mv)) < SETTLED_MV:
            return moved
        v = moved
        inertia *= 0.8 if np.dot(change_mv, last_mv) >= 0.0 else 2.0
        last_mv = change_mv
    raise ValueError("this set-up has no resting state: it does not settle without a stimulus")


def _axial_sum(chain: Chain) -> Floats:
    total = np.zeros(len(chain))
    total[:-1] += chain.axial_ms
    total[1:] += chain.axial_ms
    return total


def _off_diagonal(chain: Chain) -> Floats:
    # LAPACK's wrapper wants one element even where there is no joint.
    return -chain.axial_ms if len(chain) > 1 else np.zeros(1)


def _solve(diagonal: Floats, off_diagonal: Floats, right: Floats) -> Floats:
    """Solve the symmetric tridiagonal system; `diagonal` and `right` are used up."""
    _, _, solution, info = dptsv(diagonal, off_diagonal, right, 1, 0, 1)
    if info:
        raise ArithmeticError(f"the cable's matrix is not positive definite (info {info})")
    return np.asarray(solution)
