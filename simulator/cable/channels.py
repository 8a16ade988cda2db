"""Voltage-gated channels of the compartments of a cable, and how their gates move."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.altered import AlteredMembrane
from simulator.drugs import LIDOCAINE_AT_REST, LIDOCAINE_OFF_PER_MS, LIDOCAINE_ON_PER_MS_UM
from simulator.kinetics import NO_SHIFT, Kinetics

Floats = NDArray[np.float64]

#: Rates beyond these potentials, in mV, are taken as those at them: no gate moves there any more.
LOWEST_MV, HIGHEST_MV = -200.0, 200.0
CELLS_PER_MV = 20.0
#: `int(voltage * CELLS_PER_MV + FIRST_CELL)` rounds to the nearest cell.
FIRST_CELL = 0.5 - LOWEST_MV * CELLS_PER_MV


class Channels(msgspec.Struct, frozen=True, eq=False):
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
        lasting_na: Share of the Na channels that never inactivate.
        lidocaine_um: Concentration of lidocaine.
    """

    sites: slice
    kinetics: Kinetics
    temperature_c: float
    g_na_ms: Floats
    g_k_ms: Floats
    e_na_mv: float
    e_k_mv: float
    frozen: tuple[float | None, float | None, float | None] = (None, None, None)
    lasting_na: float = 0.0
    lidocaine_um: float = 0.0

    @classmethod
    def of(
        cls, membrane: AlteredMembrane, sites: slice, area_cm2: Floats, temperature_c: float
    ) -> Channels:
        """Those of `membrane`, on `area_cm2`, (n,), at each of the sites."""
        return cls(
            sites=sites,
            kinetics=membrane.kinetics,
            temperature_c=temperature_c,
            g_na_ms=membrane.g_na * area_cm2,
            g_k_ms=membrane.g_k_free * area_cm2,
            e_na_mv=membrane.e_na_mv,
            e_k_mv=membrane.e_k_mv,
            frozen=(membrane.frozen_m, membrane.frozen_h, membrane.frozen_n),
            lasting_na=membrane.lasting_na,
            lidocaine_um=membrane.lidocaine_um,
        )

    def steady_gates(self, voltage_mv: Floats) -> Floats:
        """m, h and n after a long time at each of the n potentials, (3, n)."""
        steady = _steady_table(self.kinetics)
        place = np.clip((voltage_mv - LOWEST_MV) * CELLS_PER_MV, 0.0, steady.shape[1] - 1.001)
        left = place.astype(np.intp)
        gates = steady[:, left] + (place - left) * (steady[:, left + 1] - steady[:, left])
        for i, value in enumerate(self.frozen):
            if value is not None:
                gates[i] = value
        return np.ascontiguousarray(gates)

    def steady_bound(self, h: Floats) -> Floats:
        """Share of the Na channels that lidocaine has bound after a long time at `h`, (n,)."""
        on = self._lidocaine_on_per_ms(h)
        return np.asarray(on / (on + LIDOCAINE_OFF_PER_MS))

    def move_bound(self, bound: Floats, h: Floats, dt_ms: float) -> None:
        """Let lidocaine bind and leave for a step while `h`, (n,), is held."""
        total = self._lidocaine_on_per_ms(h) + LIDOCAINE_OFF_PER_MS
        bound += (self.steady_bound(h) - bound) * -np.expm1(-dt_ms * total)

    def _lidocaine_on_per_ms(self, h: Floats) -> Floats:
        open_to_it = 1.0 - h + LIDOCAINE_AT_REST * h
        return np.asarray(LIDOCAINE_ON_PER_MS_UM * self.lidocaine_um * open_to_it)

    def available(self, h: Floats, bound: Floats | float) -> Floats:
        """Share of the Na channels that activation can open, (n,)."""
        return (self.lasting_na + (1.0 - self.lasting_na) * h) * (1.0 - bound)


class Gating:
    """The gates of some channels while a run goes on.

    They live half a step off the potential and move by the exact solution at the potential in
    between. All arrays and views are made once: at a few hundred compartments a step takes as
    long as the calls that it makes.
    """

    def __init__(self, channels: Channels, voltage_mv: Floats, dt_ms: float) -> None:
        """Watch `voltage_mv`, (n,) in mV, which is at rest now and changes in place."""
        self._channels = channels
        self._dt_ms = dt_ms
        self._voltage_mv = voltage_mv
        self._table = _propagator_table(channels.kinetics, channels.temperature_c, dt_ms)
        self._held = [(i, value) for i, value in enumerate(channels.frozen) if value is not None]
        self._m_cubed = channels.kinetics.m_gates == 3
        self._all_open_ms = np.array([channels.g_na_ms, channels.g_k_ms])
        count = len(voltage_mv)
        self._place = np.empty(count)
        self._cells = np.empty(count, np.intp)
        self._rows = np.empty((2, 3, count))
        self._keep, self._add = self._rows
        #: m, h and n, (3, n).
        self.gates = channels.steady_gates(voltage_mv)
        self._m, self._h, _ = self.gates
        self._m_and_n = self.gates[::2]
        self._bound = channels.steady_bound(self._h) if channels.lidocaine_um else None
        #: Share of the Na channels that activation can open, (n,); most often it is h.
        self.available = self._h
        if channels.lidocaine_um or channels.lasting_na:
            self.available = np.empty(count)
            self._find_available()
        # Rows m2, n2 and what is left of the Na channels: the first two times the last two,
        # taken backwards.
        powers = np.empty((3, count))
        self._squares, self._rest_of_na, self._others = powers[:2], powers[2], powers[:0:-1]
        self._conductances_ms = np.empty((2, count))

    def advance(self) -> None:
        """Move the gates by one step."""
        place, gates = self._place, self.gates
        h_before = self._h.copy() if self._bound is not None else None
        np.multiply(self._voltage_mv, CELLS_PER_MV, place)
        np.add(place, FIRST_CELL, place)
        np.copyto(self._cells, place, "unsafe")
        self._table.take(self._cells, 2, self._rows, "clip")
        np.multiply(gates, self._keep, gates)
        np.add(gates, self._add, gates)
        for gate, value in self._held:
            gates[gate] = value
        if self._bound is not None and h_before is not None:
            self._channels.move_bound(self._bound, (h_before + self._h) / 2.0, self._dt_ms)
        if self.available is not self._h:
            self._find_available()

    def conductances_ms(self) -> Floats:
        """Na and K conductance of each compartment, (2, n) in mS; used again by the next step."""
        np.multiply(self._m_and_n, self._m_and_n, self._squares)
        if self._m_cubed:
            np.multiply(self._m, self.available, self._rest_of_na)
        else:
            np.copyto(self._rest_of_na, self.available)
        np.multiply(self._squares, self._others, self._conductances_ms)
        np.multiply(self._conductances_ms, self._all_open_ms, self._conductances_ms)
        return self._conductances_ms

    def _find_available(self) -> None:
        bound = 0.0 if self._bound is None else self._bound
        np.copyto(self.available, self._channels.available(self._h, bound))


def gates_along(
    channels: Channels, voltage_mv: NDArray[np.float32], dt_ms: float
) -> Iterator[Floats]:
    """m, h, n and the available share of the Na channels at every sample, each (4, n).

    Args:
        channels: The channels.
        voltage_mv: The potential of their n compartments, (samples, n), from rest on.
        dt_ms: Time between two samples.

    They follow from the potential alone, so a run need not keep them.
    """
    v = voltage_mv[0].astype(np.float64)
    gating = Gating(channels, v, dt_ms)
    before = np.vstack([gating.gates, gating.available])
    for row in voltage_mv:
        v[:] = row
        gating.advance()
        after = np.vstack([gating.gates, gating.available])
        yield (before + after) / 2.0
        before = after


@lru_cache(maxsize=4)
def _rate_table(kinetics: Kinetics) -> Floats:
    """Rates per ms at the reference temperature, (2, 3, cells): opening and closing; m, h, n."""
    grid_mv = np.arange(LOWEST_MV, HIGHEST_MV + 0.5 / CELLS_PER_MV, 1.0 / CELLS_PER_MV)
    if kinetics.shifts_mv == NO_SHIFT:
        rows = np.array([kinetics.rates(v) for v in grid_mv.tolist()])
        return rows.T.reshape(3, 2, len(grid_mv)).swapaxes(0, 1)
    # A knob moves the shifts, and computing all rates again would take longer than the run.
    rates = _rate_table(replace(kinetics, shifts_mv=NO_SHIFT))
    moved = np.empty_like(rates)
    for gate, shift_mv in enumerate(kinetics.shifts_mv):
        for way in range(2):
            moved[way, gate] = np.interp(grid_mv - shift_mv, grid_mv, rates[way, gate])
    return moved


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
