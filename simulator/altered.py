"""A preparation with changes applied: the constants that the equations see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from simulator.changes import Changes, FrozenGate
from simulator.kinetics import Gates
from simulator.membrane import Preparation


@dataclass(frozen=True, slots=True)
class AlteredMembrane:
    """The constants of a stretch of a run.

    Conductances in mS/cm2, potentials in mV, currents in uA/cm2, positive outward. The K
    conductance is `g_k_free n^4 + g_k_fixed`: a K block moves conductance from the first to
    the second, at its resting level.
    """

    preparation: Preparation
    g_na: float
    g_k_free: float
    g_k_fixed: float
    g_leak: float
    e_na_mv: float
    e_k_mv: float
    pump_ua_cm2: float
    frozen_m: float | None
    frozen_h: float | None
    frozen_n: float | None

    @property
    def background_ua_cm2(self) -> float:
        """Current of leak channels and pump together at 0 mV."""
        leak_at_zero = -self.g_leak * self.preparation.e_leak_mv - self.preparation.pump_ua_cm2
        return leak_at_zero + self.pump_ua_cm2

    def steady_gates(self, voltage_mv: float) -> Gates:
        """Gates after a long time at `voltage_mv`."""
        m, h, n = self.preparation.kinetics.steady(voltage_mv)
        return Gates(
            m if self.frozen_m is None else self.frozen_m,
            h if self.frozen_h is None else self.frozen_h,
            n if self.frozen_n is None else self.frozen_n,
        )

    def resting_potential(self) -> float:
        """The most negative voltage in mV where the steady current passes from in to out."""
        return _resting_potential(self)

    def steady_current(self, voltage_mv: float) -> float:
        """Current in uA/cm2 after a long time at `voltage_mv`, positive outward."""
        m, h, n = self.steady_gates(voltage_mv)
        return (
            self.g_na * m**3 * h * (voltage_mv - self.e_na_mv)
            + (self.g_k_free * n**4 + self.g_k_fixed) * (voltage_mv - self.e_k_mv)
            + self.g_leak * voltage_mv
            + self.background_ua_cm2
        )


# An experiment runs one membrane many times, and the search takes as long as a short run.
@lru_cache(maxsize=64)
def _resting_potential(membrane: AlteredMembrane) -> float:
    high = -200.0
    while membrane.steady_current(high) < 0.0:
        high += 1.0
    low = high - 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2.0
        if membrane.steady_current(middle) < 0.0:
            low = middle
        else:
            high = middle
    return high


@cache
def normal_rest(preparation: Preparation) -> tuple[float, Gates]:
    """Resting potential in mV and gates of the unchanged preparation."""
    voltage_mv = _build(preparation, Changes(), None).resting_potential()
    return voltage_mv, preparation.kinetics.steady(voltage_mv)


def alter(preparation: Preparation, changes: Changes) -> AlteredMembrane:
    """Apply `changes` to `preparation`."""
    return _build(preparation, changes, normal_rest(preparation)[1])


def _build(preparation: Preparation, changes: Changes, rest: Gates | None) -> AlteredMembrane:
    def held(value: FrozenGate, gate: str) -> float | None:
        return getattr(rest, gate) if value == "rest" else value

    return AlteredMembrane(
        preparation=preparation,
        g_na=preparation.g_na * (1.0 - changes.na_block),
        g_k_free=preparation.g_k * (1.0 - changes.k_block),
        g_k_fixed=preparation.g_k * changes.k_block * rest.n**4 if rest else 0.0,
        g_leak=preparation.g_leak,
        e_na_mv=preparation.e_na_mv + changes.e_na_shift_mv,
        e_k_mv=preparation.e_k_mv + changes.e_k_shift_mv,
        pump_ua_cm2=preparation.pump_ua_cm2 * changes.pump,
        frozen_m=held(changes.frozen_m, "m"),
        frozen_h=held(changes.frozen_h, "h"),
        frozen_n=held(changes.frozen_n, "n"),
    )


def bath_temperature(preparation: Preparation, changes: Changes) -> float:
    """Temperature of the run in degrees C.

    Raises:
        ValueError: the preparation is not valid at the temperature asked for.
    """
    if changes.temperature_c is None:
        return preparation.default_c
    low, high = preparation.temperature_range_c
    if not low <= changes.temperature_c <= high:
        span = f"from {low:g} to {high:g}" if low < high else f"{low:g}"
        raise ValueError(
            f"temperature_c is {changes.temperature_c:g}, but must be {span} degrees C "
            f"for the {preparation.title}"
        )
    return changes.temperature_c
