"""A preparation with changes applied: the constants that the equations see."""

from __future__ import annotations

from functools import cache, lru_cache
from math import log

import msgspec
from msgspec.structs import replace

from simulator.changes import UNCHANGED, Changes, FrozenGate
from simulator.drugs import LIDOCAINE_AT_REST, LIDOCAINE_OFF_PER_MS, LIDOCAINE_ON_PER_MS_UM
from simulator.ions import thermal_mv
from simulator.kinetics import Gates, Kinetics
from simulator.membrane import Preparation

#: By so much a membrane is moved off a resting potential that it would not come back to. At the
#: potential itself it would stay, as no real one does, and the table of rates holds it there.
NUDGE_MV = 0.1


class AlteredMembrane(msgspec.Struct, frozen=True):
    """The constants of a stretch of a run.

    Conductances in mS/cm2, potentials in mV, currents in uA/cm2, positive outward. The K
    conductance is `g_k_free n^4 + g_k_fixed`: a K block moves conductance from the first to
    the second, at its resting level. The Na conductance is `g_na m^3 a`, where the available
    share `a` is `lasting_na + (1 - lasting_na) h`, less what lidocaine has bound.
    """

    preparation: Preparation
    kinetics: Kinetics
    g_na: float
    g_k_free: float
    g_k_fixed: float
    g_leak: float
    leak_shift_mv: float
    e_na_mv: float
    e_k_mv: float
    pump_ua_cm2: float
    frozen_m: float | None
    frozen_h: float | None
    frozen_n: float | None
    lasting_na: float
    lidocaine_um: float

    @property
    def background_ua_cm2(self) -> float:
        """Current of leak channels and pump together at 0 mV."""
        return self.leak_at_zero_ua_cm2 + self.pump_ua_cm2

    @property
    def leak_at_zero_ua_cm2(self) -> float:
        """Current of the leak channels alone at 0 mV."""
        published, unblocked = self.preparation, self.g_leak / self.preparation.g_leak
        return (
            -self.g_leak * (published.e_leak_mv + self.leak_shift_mv)
            - unblocked * published.pump_ua_cm2
        )

    def steady_gates(self, voltage_mv: float) -> Gates:
        """Gates after a long time at `voltage_mv`."""
        m, h, n = self.kinetics.steady(voltage_mv)
        return Gates(
            m if self.frozen_m is None else self.frozen_m,
            h if self.frozen_h is None else self.frozen_h,
            n if self.frozen_n is None else self.frozen_n,
        )

    def available_na(self, h: float, bound: float) -> float:
        """Share of the Na channels that activation can open."""
        return (self.lasting_na + (1.0 - self.lasting_na) * h) * (1.0 - bound)

    def steady_lidocaine(self, h: float) -> float:
        """Share of the Na channels that lidocaine has bound after a long time."""
        on = self._lidocaine_on_per_ms(h)
        return on / (on + LIDOCAINE_OFF_PER_MS)

    def lidocaine_binding(self, h: float, bound: float) -> float:
        """Share of the Na channels that lidocaine binds in a ms, less what comes off."""
        return self._lidocaine_on_per_ms(h) * (1.0 - bound) - LIDOCAINE_OFF_PER_MS * bound

    def _lidocaine_on_per_ms(self, h: float) -> float:
        open_to_it = 1.0 - h + LIDOCAINE_AT_REST * h
        return LIDOCAINE_ON_PER_MS_UM * self.lidocaine_um * open_to_it

    def resting_potential(self) -> float:
        """The most negative voltage in mV where the steady current passes from in to out.

        A membrane that passes no current anywhere stays where the preparation rests.
        """
        return _resting_potential(self)

    def starting_potential(self, temperature_c: float) -> float:
        """Where a run begins: at rest, or just off a rest that is not stable, in mV."""
        rest_mv = self.resting_potential()
        return rest_mv if is_stable(self, temperature_c) else rest_mv + NUDGE_MV

    def steady_current(self, voltage_mv: float) -> float:
        """Current in uA/cm2 after a long time at `voltage_mv`, positive outward."""
        m, h, n = self.steady_gates(voltage_mv)
        available = self.available_na(h, self.steady_lidocaine(h))
        return (
            self.g_na * m**self.kinetics.m_gates * available * (voltage_mv - self.e_na_mv)
            + (self.g_k_free * n**4 + self.g_k_fixed) * (voltage_mv - self.e_k_mv)
            + self.g_leak * voltage_mv
            + self.background_ua_cm2
        )


# An experiment runs one membrane many times, and the search takes as long as a short run.
@lru_cache(maxsize=64)
def _resting_potential(membrane: AlteredMembrane) -> float:
    # Below every reversal potential the current is inward, if there is any.
    reversals_mv = [membrane.e_na_mv, membrane.e_k_mv]
    if membrane.g_leak > 0.0:
        reversals_mv.append(-membrane.background_ua_cm2 / membrane.g_leak)
    high = lowest_mv = min(reversals_mv) - 1.0
    while membrane.steady_current(high) < 0.0:
        high += 1.0
    if high == lowest_mv:
        return normal_rest(membrane.preparation)[0]
    low = high - 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2.0
        if membrane.steady_current(middle) < 0.0:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=64)
def is_stable(membrane: AlteredMembrane, temperature_c: float) -> bool:
    """True where the membrane does not leave its resting potential from close by.

    No solution of the linearised equations of V, m, h and n grows, by the criterion of Routh and
    Hurwitz.
    """
    v = membrane.resting_potential()
    capacitance = membrane.preparation.capacitance_uf_cm2
    gates = membrane.steady_gates(v)
    bound = membrane.steady_lidocaine(gates.h)

    def current(voltage_mv: float, m: float, h: float, n: float) -> float:
        open_na = m**membrane.kinetics.m_gates * membrane.available_na(h, bound)
        g_k = membrane.g_k_free * n**4 + membrane.g_k_fixed
        return (
            membrane.g_na * open_na * (voltage_mv - membrane.e_na_mv)
            + g_k * (voltage_mv - membrane.e_k_mv)
            + membrane.g_leak * voltage_mv
        )

    step_mv, share = 0.01, 1e-6
    here = current(v, *gates)
    by_voltage = -(current(v + step_mv, *gates) - here) / step_mv / capacitance
    rates = membrane.kinetics.rates_at(v)
    speed = membrane.kinetics.speed(temperature_c)
    beyond = membrane.steady_gates(v + step_mv)
    r, loop = [], []
    for i in range(3):
        r.append(speed * (rates[2 * i] + rates[2 * i + 1]))
        moved = [gate + share * (i == j) for j, gate in enumerate(gates)]
        by_gate = -(current(v, *moved) - here) / share / capacitance
        loop.append(by_gate * r[i] * (beyond[i] - gates[i]) / step_mv)
    e1, e2, e3 = sum(r), r[0] * r[1] + r[0] * r[2] + r[1] * r[2], r[0] * r[1] * r[2]
    a3 = e1 - by_voltage
    a2 = e2 - by_voltage * e1 - sum(loop)
    a1 = e3 - by_voltage * e2 - sum(w * (e1 - ri) for w, ri in zip(loop, r, strict=True))
    a0 = -by_voltage * e3 - sum(w * e3 / ri for w, ri in zip(loop, r, strict=True))
    # Where no current flows at any potential, a0 is 0: such a membrane stays wherever it is.
    return min(a3, a2, a1) > 0.0 <= a0 and a3 * a2 * a1 > a1 * a1 + a3 * a3 * a0


@cache
def normal_rest(preparation: Preparation) -> tuple[float, Gates]:
    """Resting potential in mV and gates of the unchanged preparation."""
    voltage_mv = _build(preparation, UNCHANGED, None).resting_potential()
    return voltage_mv, preparation.kinetics.steady(voltage_mv)


@lru_cache(maxsize=64)
def alter(preparation: Preparation, changes: Changes) -> AlteredMembrane:
    """Apply `changes` to `preparation`."""
    return _build(preparation, changes, normal_rest(preparation)[1])


def _build(preparation: Preparation, changes: Changes, rest: Gates | None) -> AlteredMembrane:
    def held(value: FrozenGate, gate: str) -> float | None:
        return getattr(rest, gate) if value == "rest" else value

    def by_nernst(out_mm: float | None, normal_mm: float) -> float:
        temperature_c = changes.temperature_c
        warmth = preparation.default_c if temperature_c is None else temperature_c
        return thermal_mv(warmth) * log(out_mm / normal_mm) if out_mm else 0.0

    na_moved_mv = by_nernst(changes.na_out_mm, preparation.na_out_mm)
    k_moved_mv = by_nernst(changes.k_out_mm, preparation.k_out_mm)
    k_share, na_share = preparation.leak_shares
    leak_moved_mv = k_share * k_moved_mv + na_share * na_moved_mv
    k_left, leak_left = changes.left("k"), 1.0 - changes.leak_block
    shifts_mv = Gates(changes.m_shift_mv, changes.h_shift_mv, changes.n_shift_mv)
    return AlteredMembrane(
        preparation=preparation,
        kinetics=replace(preparation.kinetics, shifts_mv=shifts_mv),
        g_na=preparation.g_na * changes.left("na"),
        g_k_free=preparation.g_k * k_left,
        g_k_fixed=preparation.g_k * (1.0 - k_left) * rest.n**4 if rest else 0.0,
        g_leak=preparation.g_leak * leak_left,
        leak_shift_mv=leak_moved_mv if preparation.leak_passes_k_and_na else 0.0,
        e_na_mv=preparation.e_na_mv + changes.e_na_shift_mv + na_moved_mv,
        e_k_mv=preparation.e_k_mv + changes.e_k_shift_mv + k_moved_mv,
        # A pump that has less leak to make good is slower: its steady current goes with it.
        pump_ua_cm2=preparation.pump_ua_cm2 * changes.left("pump") * leak_left,
        frozen_m=held(changes.frozen_m, "m"),
        frozen_h=held(changes.frozen_h, "h"),
        frozen_n=held(changes.frozen_n, "n"),
        lasting_na=changes.lasting_na,
        lidocaine_um=changes.lidocaine_um,
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
