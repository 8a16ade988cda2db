"""The wide kernel: many space-clamped patches of membrane, one step of all at a time.

The scheme is that of the scalar kernel in `patch.py`, with its table of rates, in single
precision. A step takes some twenty-five NumPy calls that all work in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.altered import AlteredMembrane, bath_temperature
from simulator.changes import Changes
from simulator.drugs import LIDOCAINE_AT_REST, LIDOCAINE_OFF_PER_MS, LIDOCAINE_ON_PER_MS_UM
from simulator.kinetics import (
    HIGHEST_MV,
    LOWEST_MV,
    GateRates,
    Kinetics,
    Propagators,
)

Singles = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.intp]

PER_MV = Propagators.CELLS_PER_MV
CELLS = round((HIGHEST_MV - LOWEST_MV) * PER_MV) + 1
_GRID_MV = LOWEST_MV + np.arange(CELLS) / PER_MV


class Gating(NamedTuple):
    """What decides the table of rates: patches with the same gating share one."""

    kinetics: Kinetics
    temperature_c: float
    #: Whether m, n and h stay as they are.
    frozen: tuple[bool, ...]

    @staticmethod
    def of(membrane: AlteredMembrane, changes: Changes) -> Gating:
        """The gating of a membrane that has been altered by `changes`.

        Raises:
            ValueError: the preparation is not valid at the temperature asked for.
        """
        frozen = (membrane.frozen_m, membrane.frozen_n, membrane.frozen_h)
        held = tuple(value is not None for value in frozen)
        return Gating(membrane.kinetics, bath_temperature(membrane.preparation, changes), held)


@lru_cache(maxsize=4)
def _plain_rates(rates: Callable[[float], GateRates]) -> Doubles:
    """Rates without shifts, per ms at the reference temperature, in the order of `GateRates`."""
    return np.array([rates(v) for v in _GRID_MV.tolist()]).T


@lru_cache(maxsize=8)
def _steady_and_speed(kinetics: Kinetics) -> tuple[Singles, Singles]:
    """Where m, n and h go and how fast, per ms at the reference temperature, (3, CELLS) each."""
    plain = _plain_rates(kinetics.rates).reshape(3, 2, CELLS)
    m, h, n = (
        # Between cells by a straight line, which is off by less than 1 in 10,000: rates grow by
        # a factor e in 4 mV at most.
        [np.interp(_GRID_MV - shift_mv, _GRID_MV, row) for row in rows] if shift_mv else rows
        for rows, shift_mv in zip(plain, kinetics.shifts_mv, strict=True)
    )
    opening, closing = np.stack([m, n, h], axis=1)
    speed = opening + closing
    return (opening / speed).astype(np.float32), speed.astype(np.float32)


@lru_cache(maxsize=8)
def _propagator_table(gating: Gating, dt_ms: float) -> Singles:
    """What a gate keeps over a step, and what is added, (2, 3, CELLS); m, n, h."""
    steady, speed = _steady_and_speed(gating.kinetics)
    table = np.empty((2, 3, CELLS), np.float32)
    keep, add = table
    np.exp(speed * np.float32(-gating.kinetics.speed(gating.temperature_c) * dt_ms), keep)
    # From the rounded share that is kept: where it is close to 1, rounding both on their own
    # would move the value that the gate goes to.
    np.multiply(steady, 1.0 - keep, add)
    held = list(gating.frozen)
    keep[held], add[held] = 1.0, 0.0
    return table


class WideKernel:
    """N patches of one preparation, and the arithmetic of a step.

    The equation of the scalar kernel is divided by twice its inertia, which saves the calls for
    factors: with q = dt / 2C, conductances here carry q/2, potentials 2 and currents q. Gates
    stand in the order m, n, h, so that one call serves the Na and the K conductance.

    Attributes:
        voltage_mv: Potentials of a stretch of samples, (steps + 1, N).
    """

    def __init__(
        self,
        altered: Sequence[AlteredMembrane],
        gatings: Sequence[Gating],
        kinds: Indices,
        longest: int,
        dt_ms: float,
    ) -> None:
        """Prepare for stretches of at most `longest` steps, from the resting state.

        Patch i is the membrane `altered[kinds[i]]`, with its gating.
        """
        self._dt_ms, self._count = dt_ms, len(kinds)
        rests = [membrane.resting_potential() for membrane in altered]
        gates = [m.steady_gates(rest) for m, rest in zip(altered, rests, strict=True)]
        bound = [m.steady_lidocaine(g.h) for m, g in zip(altered, gates, strict=True)]

        def each(values: Iterable[float]) -> Singles:
            return np.array(list(values))[kinds].astype(np.float32)

        self.voltage_mv = np.empty((longest + 1, self._count), np.float32)
        self.voltage_mv[0] = each(
            membrane.starting_potential(gating.temperature_c)
            for membrane, gating in zip(altered, gatings, strict=True)
        )
        self._gates = np.stack([each(getattr(g, name) for g in gates) for name in "mnh"])
        tables = {gating: number for number, gating in enumerate(dict.fromkeys(gatings))}
        self._table = np.concatenate([_propagator_table(g, dt_ms) for g in tables], axis=2)
        starts = np.array([tables[gating] * CELLS for gating in gatings])
        self._table_start = starts[kinds] if len(tables) > 1 else None
        self._q = q = dt_ms / (2.0 * altered[0].preparation.capacitance_uf_cm2)
        self._full = np.stack(
            [each(q / 2.0 * m.g_na for m in altered), each(q / 2.0 * m.g_k_free for m in altered)]
        )
        self._reversal = np.stack(
            [each(2.0 * m.e_na_mv for m in altered), each(2.0 * m.e_k_mv for m in altered)]
        )
        self._passive = each(0.5 + q / 2.0 * (m.g_leak + m.g_k_fixed) for m in altered)
        self._fixed = each(q * (m.g_k_fixed * m.e_k_mv - m.background_ua_cm2) for m in altered)
        self._lasting = each(m.lasting_na for m in altered)
        self._binding = each(LIDOCAINE_ON_PER_MS_UM * m.lidocaine_um * dt_ms for m in altered)
        self._bound = each(bound)

    def advance(self, current: Singles, synapses: Singles | None) -> None:
        """Fill the rows of `voltage_mv` after the first, one for each of `current`.

        Args:
            current: What stimuli put in at 0 mV over each step, (steps, N) in uA/cm2.
            synapses: Conductance that they open, (steps, N) in mS/cm2; None where none do.
        """
        table, start, full, reversal = self._table, self._table_start, self._full, self._reversal
        gates = self._gates
        m_and_n, (m, _, h) = gates[:2], gates
        cells = np.empty(self._count, np.intp)
        keep, new = rows = np.empty((2, 3, self._count), np.float32)
        (na, k), (na_product, k_product) = powers, products = np.empty((2, *full.shape), "f4")
        right = np.empty(self._count, np.float32)
        # A Python float would make some calls slower.
        per_mv, middle = np.float32(PER_MV), np.float32(0.5 - LOWEST_MV * PER_MV)
        first_cell, last_cell = np.float32(0), np.float32(CELLS - 1)
        unusual = bool(self._lasting.any() or self._binding.any())
        add, multiply = np.add, np.multiply
        source = current * np.float32(self._q) + self._fixed
        opened: Iterable[Singles] = repeat(self._passive)
        if synapses is not None:
            opened = synapses * np.float32(self._q / 2.0) + self._passive
        v = self.voltage_mv[0]
        for injected, passive, next_v in zip(source, opened, self.voltage_mv[1:], strict=False):
            multiply(v, per_mv, right)
            add(right, middle, right)
            if start is None:
                np.copyto(cells, right, "unsafe")
            else:
                np.clip(right, first_cell, last_cell, right)
                np.copyto(cells, right, "unsafe")
                add(cells, start, cells)
            table.take(cells, 2, rows, "clip")  # The other modes would copy `rows`.
            multiply(gates, keep, gates)
            add(gates, new, gates)
            multiply(m_and_n, m_and_n, powers)
            multiply(na, m, na)
            multiply(na, self._available(h) if unusual else h, na)
            multiply(k, k, k)
            multiply(powers, full, powers)
            multiply(powers, reversal, products)
            add(v, injected, right)
            add(right, na_product, right)
            add(right, k_product, right)
            add(na, k, na)
            add(na, passive, na)
            np.divide(right, na, right)
            np.subtract(right, v, next_v)
            v = next_v

    def _available(self, h: Singles) -> Singles:
        """The share of Na channels that activation can open; lidocaine binds for a step."""
        free = 1.0 - self._bound
        available = (self._lasting + (1.0 - self._lasting) * h) * free
        coming_off = np.float32(LIDOCAINE_OFF_PER_MS * self._dt_ms) * self._bound
        open_to_it = 1.0 - np.float32(1.0 - LIDOCAINE_AT_REST) * h
        self._bound += self._binding * open_to_it * free - coming_off
        return np.asarray(available)
