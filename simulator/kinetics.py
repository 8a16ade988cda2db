"""Gating kinetics: opening and closing rates of the m, h and n gates."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import exp
from typing import NamedTuple

import msgspec

from simulator.ions import over_own_rise


class GateRates(NamedTuple):
    """Opening (alpha) and closing (beta) rates of the three gates, per ms."""

    alpha_m: float
    beta_m: float
    alpha_h: float
    beta_h: float
    alpha_n: float
    beta_n: float


class Gates(NamedTuple):
    """Open probability of each gate, 0 to 1 (h = 1: not inactivated)."""

    m: float
    h: float
    n: float


NO_SHIFT = Gates(0.0, 0.0, 0.0)
#: Beyond these potentials rates are taken as those at them: every gate has long ended its way,
#: and an exponential may overflow.
LOWEST_MV, HIGHEST_MV = -500.0, 500.0


class Kinetics(msgspec.Struct, frozen=True):
    """The gating of a membrane.

    Attributes:
        rates: Rates per ms at a voltage in mV, at `reference_c`.
        q10: Factor on every rate for 10 degrees C more.
        reference_c: Temperature at which `rates` holds, degrees C.
        m_gates: Number of m gates in a Na channel.
        shifts_mv: By how much the rates of each gate are moved along the voltage axis; positive
            makes the gate act at less negative potentials.
    """

    rates: Callable[[float], GateRates]
    q10: float
    reference_c: float
    m_gates: int = 3
    shifts_mv: Gates = NO_SHIFT

    def rates_at(self, voltage_mv: float) -> GateRates:
        """Rates per ms at `voltage_mv` and `reference_c`, each gate with its shift."""
        v = min(HIGHEST_MV, max(LOWEST_MV, voltage_mv))
        if self.shifts_mv == NO_SHIFT:
            return self.rates(v)
        m, h, n = (self.rates(v - shift) for shift in self.shifts_mv)
        return GateRates(m.alpha_m, m.beta_m, h.alpha_h, h.beta_h, n.alpha_n, n.beta_n)

    def speed(self, temperature_c: float) -> float:
        """Factor on every rate at `temperature_c` (degrees C)."""
        return float(self.q10 ** ((temperature_c - self.reference_c) / 10.0))

    def steady(self, voltage_mv: float) -> Gates:
        """Gates after a long time at `voltage_mv`; temperature does not move them."""
        am, bm, ah, bh, an, bn = self.rates_at(voltage_mv)
        return Gates(am / (am + bm), ah / (ah + bh), an / (an + bn))


Propagator = tuple[float, float, float, float, float, float]


class Propagators(dict[int, Propagator]):
    """Exact solution of the gate equations over one time step at a held voltage.

    A gate moves over one step as `x -> keep * x + add`. Rows `(keep_m, add_m, keep_h, add_h,
    keep_n, add_n)` are filled when first asked for, on a grid of `GRID_MV`: the grid moves the
    time of a peak by less than 0.001 ms and a threshold by less than 0.1 %. `exact` gives the
    row at any voltage, for experiments that decide a threshold.
    """

    GRID_MV = 0.05
    #: `int(voltage * CELLS_PER_MV + OFFSET)` rounds to the nearest cell above -10,000 mV.
    CELLS_PER_MV = 20.0
    OFFSET = 200_000.5

    def __init__(self, kinetics: Kinetics, temperature_c: float, dt_ms: float) -> None:
        super().__init__()
        self._rates = kinetics.rates_at
        self._step = -kinetics.speed(temperature_c) * dt_ms

    def exact(self, voltage_mv: float) -> Propagator:
        """The row at `voltage_mv`."""
        am, bm, ah, bh, an, bn = self._rates(voltage_mv)
        step = self._step
        m, h, n = am + bm, ah + bh, an + bn
        keep_m, keep_h, keep_n = exp(step * m), exp(step * h), exp(step * n)
        return (
            keep_m,
            am / m * (1.0 - keep_m),
            keep_h,
            ah / h * (1.0 - keep_h),
            keep_n,
            an / n * (1.0 - keep_n),
        )

    def __missing__(self, cell: int) -> Propagator:
        row = self[cell] = self.exact((cell - self.OFFSET + 0.5) / self.CELLS_PER_MV)
        return row


@lru_cache(maxsize=64)
def propagators(kinetics: Kinetics, temperature_c: float, dt_ms: float) -> Propagators:
    """The table of `Propagators` for these settings, shared by all runs that use them."""
    return Propagators(kinetics, temperature_c, dt_ms)


class Strides(dict[int, Propagators]):
    """Tables of `Propagators` by the number of half time steps that they span."""

    def __init__(self, kinetics: Kinetics, temperature_c: float, dt_ms: float) -> None:
        super().__init__()
        self._kinetics, self._temperature_c, self._dt_ms = kinetics, temperature_c, dt_ms

    def __missing__(self, halves: int) -> Propagators:
        spanned_ms = halves * self._dt_ms / 2.0
        table = self[halves] = propagators(self._kinetics, self._temperature_c, spanned_ms)
        return table


@lru_cache(maxsize=32)
def strides(kinetics: Kinetics, temperature_c: float, dt_ms: float) -> Strides:
    """The `Strides` for these settings, shared by all runs that use them."""
    return Strides(kinetics, temperature_c, dt_ms)


def hodgkin_huxley_rates(voltage_mv: float) -> GateRates:
    """Squid axon at 6.3 C, rest at -65 mV.

    Source: Hodgkin & Huxley 1952, J Physiol 117:500, eqs 12, 13, 20, 21, 23, 24, with their
    depolarisation turned into `-(V + 65)`.
    """
    v = voltage_mv + 65.0
    return GateRates(
        alpha_m=over_own_rise((v - 25.0) / 10.0),
        beta_m=4.0 * exp(-v / 18.0),
        alpha_h=0.07 * exp(-v / 20.0),
        beta_h=1.0 / (exp((30.0 - v) / 10.0) + 1.0),
        alpha_n=0.1 * over_own_rise((v - 10.0) / 10.0),
        beta_n=0.125 * exp(-v / 80.0),
    )


def traub_miles_rates(
    voltage_mv: float, shift_mv: float, h_speed: float, n_speed: float
) -> GateRates:
    """Central neuron kinetics of the Traub-Miles family.

    Args:
        voltage_mv: Membrane potential.
        shift_mv: The voltage V_T that the rates are counted from.
        h_speed: Factor on both rates of h.
        n_speed: Factor on both rates of n.

    Source: the form used by Pospischil et al. 2008, Biol Cybern 99:427.
    """
    v = voltage_mv - shift_mv
    return GateRates(
        alpha_m=1.28 * over_own_rise((v - 13.0) / 4.0),
        beta_m=1.4 * over_own_rise((40.0 - v) / 5.0),
        alpha_h=h_speed * 0.128 * exp((17.0 - v) / 18.0),
        beta_h=h_speed * 4.0 / (1.0 + exp((40.0 - v) / 5.0)),
        alpha_n=n_speed * 0.16 * over_own_rise((v - 15.0) / 5.0),
        beta_n=n_speed * 0.5 * exp((10.0 - v) / 40.0),
    )
