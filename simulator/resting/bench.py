"""The resting bench: a membrane with leak channels and a pump, at fixed concentrations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace

from simulator.ions import (
    ATP_KJ_MOL,
    K_PER_CYCLE,
    MAMMAL,
    NA_PER_CYCLE,
    Concentrations,
    Pathway,
    checked_concentrations,
    current_ua_cm2,
    ions_pmol_cm2,
    mullins_noda_mv,
    pump_speed,
    pump_work_kj_mol,
    sphere_mm,
)
from simulator.measurements import Measurement
from simulator.quantity import Quantity, check_name, check_names, checked

#: That of biological membranes, squid axon first (Curtis & Cole 1938, J Gen Physiol 21:757).
CAPACITANCE_UF_CM2 = 1.0
#: Permeability to K with every leak channel open, at 37 degrees C. Not a measured cell's: chosen
#: for a slope conductance at rest of about 0.1 mS/cm2, a time constant of 10 ms.
P_K_CM_S = 1e-6
#: Factors on the leak and on the pump for 10 degrees C more, within the usual 1.3-1.5 for open
#: channels and 2-3 for the pump.
LEAK_Q10 = 1.4
PUMP_Q10 = 2.5
#: K that an imagined pump takes in which moves no net charge.
K_PER_EVEN_CYCLE = NA_PER_CYCLE
#: The sphere whose cations the charge on the membrane is compared with.
SPHERE_UM = 20.0
#: Half the distance between two potentials for the slope of the current.
SLOPE_MV = 0.01
OF_K = "relative to that to K⁺ with every K⁺ leak channel open"
EVEN_OR_3_TO_2 = "Share of the pumps that take in 2 K⁺ for 3 Na⁺, as real ones do, not 3."


def _share(name: str, high: float, default: float, sentence: str, title: str) -> Quantity:
    return Quantity(name, "", 0.0, high, default, sentence, title)


def _of_mammal(name: str, low: float, high: float, sentence: str, title: str) -> Quantity:
    return Quantity(name, "mM", low, high, getattr(MAMMAL, name), sentence, title)


#: The knobs. The ranges hold a squid axon too.
RESTING: dict[str, Quantity] = {
    q.name: q
    for q in (
        _of_mammal("na_out_mm", 10.0, 500.0, "Concentration of Na⁺ outside.", "Na⁺ outside"),
        _of_mammal("na_in_mm", 1.0, 150.0, "Concentration of Na⁺ inside.", "Na⁺ inside"),
        _of_mammal("k_out_mm", 1.0, 150.0, "Concentration of K⁺ outside.", "K⁺ outside"),
        _of_mammal("k_in_mm", 10.0, 500.0, "Concentration of K⁺ inside.", "K⁺ inside"),
        _of_mammal("cl_out_mm", 10.0, 600.0, "Concentration of Cl⁻ outside.", "Cl⁻ outside"),
        _of_mammal("cl_in_mm", 1.0, 150.0, "Concentration of Cl⁻ inside.", "Cl⁻ inside"),
        _share("p_na_ratio", 20.0, 0.04, f"Permeability to Na⁺ {OF_K}.", "P_Na / P_K"),
        _share("p_cl_ratio", 10.0, 0.0, f"Permeability to Cl⁻ {OF_K}.", "P_Cl / P_K"),
        _share("leak_open", 1.0, 1.0, "Share of the K⁺ leak channels open.", "K⁺ leak open"),
        _share("pump", 2.0, 1.0, "Speed of the pump: 1 normal, 0 off.", "pump running"),
        _share("electrogenic", 1.0, 0.0, EVEN_OR_3_TO_2, "pumps at 3:2"),
        Quantity("temperature_c", "degrees C", 0.0, 45.0, 37.0, "Temperature.", "temperature"),
    )
}


class RestingBench(msgspec.Struct, frozen=True):
    """A set-up of the bench; the ranges and meanings of its numbers stand in `RESTING`.

    By default the pump exchanges one for one, so that it moves no charge, the constant-field
    equation alone gives the potential, and the gradients hold. With `electrogenic` at 1 they
    hold too, at the potential of Mullins & Noda: the pump's speed 1 is what the leaks of the
    normal cell need at 37 degrees C.

    Raises:
        ValueError: a value is out of its range.
    """

    concentrations: Concentrations = MAMMAL
    p_na_ratio: float = RESTING["p_na_ratio"].default
    p_cl_ratio: float = RESTING["p_cl_ratio"].default
    leak_open: float = RESTING["leak_open"].default
    pump: float = RESTING["pump"].default
    electrogenic: float = RESTING["electrogenic"].default
    temperature_c: float = RESTING["temperature_c"].default

    def __post_init__(self) -> None:
        checked_concentrations(self.concentrations)
        for name, quantity in RESTING.items():
            quantity.check(self.value(name))

    def value(self, name: str) -> float:
        """The number that the knob `name` of `RESTING` stands at.

        Raises:
            ValueError: there is no such knob.
        """
        check_name("knob", name, RESTING)
        own = name in self.__struct_fields__
        number: float = getattr(self if own else self.concentrations, name)
        return number

    def with_values(self, values: Mapping[str, float]) -> RestingBench:
        """A copy with `values` set by name.

        Raises:
            ValueError: a name is unknown, or a value is out of range.
        """
        check_names("knob", values, RESTING)
        for name, value in values.items():
            RESTING[name].check(value)
        own = {name: value for name, value in values.items() if name in self.__struct_fields__}
        inside_out = {name: value for name, value in values.items() if name not in own}
        return replace(self, concentrations=replace(self.concentrations, **inside_out), **own)


class RestingMembrane:
    """The currents of a bench at any potential."""

    def __init__(self, bench: RestingBench) -> None:
        checked("bench", bench, RestingBench, "RestingBench(...)")
        warmer = (bench.temperature_c - NORMAL.temperature_c) / 10.0
        self.temperature_c = bench.temperature_c
        self.paths = _pathways(bench, P_K_CM_S * float(LEAK_Q10**warmer))
        self.e_na_mv = self.paths["na"].equilibrium_mv
        self.e_k_mv = self.paths["k"].equilibrium_mv
        speed = bench.pump * float(PUMP_Q10**warmer)
        self._cycles, self._even_cycles = (speed * c for c in _normal_cycles(bench.electrogenic))
        self._open_paths = [p for p in self.paths.values() if p.permeability_cm_s > 0.0]

    def work_kj_mol(self, voltage_mv: float, k_ions: float = K_PER_CYCLE) -> float:
        """Work of a pump cycle."""
        return pump_work_kj_mol(voltage_mv, self.e_na_mv, self.e_k_mv, k_ions)

    def charging_cycles(self, voltage_mv: float) -> float:
        """Pump cycles that move a net charge, in pmol/cm2/s."""
        return self._cycles * pump_speed(self.work_kj_mol(voltage_mv), self.temperature_c)

    def even_cycles(self, voltage_mv: float) -> float:
        """Pump cycles that move no net charge, in pmol/cm2/s."""
        work = self.work_kj_mol(voltage_mv, K_PER_EVEN_CYCLE)
        return self._even_cycles * pump_speed(work, self.temperature_c)

    def pump_flux(self, voltage_mv: float, ion: str) -> float:
        """Flux of `ion` through the pump in pmol/cm2/s, positive outward."""
        charging, even = self.charging_cycles(voltage_mv), self.even_cycles(voltage_mv)
        if ion == "na":
            return NA_PER_CYCLE * (charging + even)
        return -(K_PER_CYCLE * charging + K_PER_EVEN_CYCLE * even)

    def pump_ua_cm2(self, voltage_mv: float) -> float:
        """Current of the pump, positive outward."""
        return current_ua_cm2(self.charging_cycles(voltage_mv) * (NA_PER_CYCLE - K_PER_CYCLE))

    def current_ua_cm2(self, voltage_mv: float) -> float:
        """Net current of channels and pump, positive outward."""
        through = sum(path.current_ua_cm2(voltage_mv) for path in self._open_paths)
        return through + (self.pump_ua_cm2(voltage_mv) if self._cycles else 0.0)

    def slope_ms_cm2(self, voltage_mv: float) -> float:
        """How the net current grows with the potential."""
        above = self.current_ua_cm2(voltage_mv + SLOPE_MV)
        return (above - self.current_ua_cm2(voltage_mv - SLOPE_MV)) / (2.0 * SLOPE_MV)

    def rest_mv(self) -> float:
        """The potential without net current; 0 where nothing crosses that could charge it.

        Each current is inward below its own reversal potential and outward above, so the rest
        lies between the lowest and the highest of them.
        """
        ends = [path.equilibrium_mv for path in self._open_paths]
        if self._cycles:
            at_zero = self.work_kj_mol(0.0)
            ends.append((ATP_KJ_MOL - at_zero) / (self.work_kj_mol(1.0) - at_zero))
        low, high = min(ends, default=0.0), max(ends, default=0.0)
        while low < (middle := (low + high) / 2.0) < high:
            if self.current_ua_cm2(middle) < 0.0:
                low = middle
            else:
                high = middle
        return middle


def _pathways(bench: RestingBench, p_k_cm_s: float) -> dict[str, Pathway]:
    c, t = bench.concentrations, bench.temperature_c
    return {
        "na": Pathway(c.na_out_mm, c.na_in_mm, 1, p_k_cm_s * bench.p_na_ratio, t),
        "k": Pathway(c.k_out_mm, c.k_in_mm, 1, p_k_cm_s * bench.leak_open, t),
        "cl": Pathway(c.cl_out_mm, c.cl_in_mm, -1, p_k_cm_s * bench.p_cl_ratio, t),
    }


NORMAL = RestingBench()


@lru_cache(maxsize=64)
def _normal_cycles(electrogenic: float) -> tuple[float, float]:
    """Unloaded speed in pmol/cm2/s of the 3:2 and the even pumps that hold the normal gradients.

    At the potential of Mullins & Noda the pumps take out the Na that leaks in; by its
    definition they then take in the K that leaks out.
    """
    k_per_cycle = electrogenic * K_PER_CYCLE + (1.0 - electrogenic) * K_PER_EVEN_CYCLE
    steady_mv = mullins_noda_mv(
        NORMAL.concentrations,
        p_na=NORMAL.p_na_ratio,
        coupling=NA_PER_CYCLE / k_per_cycle,
        temperature_c=NORMAL.temperature_c,
    )
    paths = _pathways(NORMAL, P_K_CM_S)
    cycles = -paths["na"].flux_pmol_cm2_s(steady_mv) / NA_PER_CYCLE
    speed, even_speed = (
        pump_speed(
            pump_work_kj_mol(
                steady_mv, paths["na"].equilibrium_mv, paths["k"].equilibrium_mv, k_ions
            ),
            NORMAL.temperature_c,
        )
        for k_ions in (K_PER_CYCLE, K_PER_EVEN_CYCLE)
    )
    return electrogenic * cycles / speed, (1.0 - electrogenic) * cycles / even_speed


def _measured(meaning: str, unit: str, decimals: int) -> Any:
    return field(metadata={"measurement": Measurement(meaning, unit, decimals)})


@dataclass(frozen=True, slots=True)
class RestingState:
    """A membrane at rest; `RESTING_MEASUREMENTS` says the same of each number in data.

    Fluxes and currents are positive outward. The shares are of chord conductances, current over
    driving force; they are 0 where no channel is open. Where the pump runs backward, its numbers
    turn their sign.
    """

    rest_mv: float = _measured("resting potential", "mV", 1)
    e_na_mv: float = _measured("equilibrium potential of Na", "mV", 1)
    e_k_mv: float = _measured("equilibrium potential of K", "mV", 1)
    e_cl_mv: float = _measured("equilibrium potential of Cl", "mV", 1)
    flux_na_pmol_cm2_s: float = _measured("net Na through channels", "pmol/cm2/s", 2)
    flux_k_pmol_cm2_s: float = _measured("net K through channels", "pmol/cm2/s", 2)
    flux_cl_pmol_cm2_s: float = _measured("net Cl through channels", "pmol/cm2/s", 2)
    pump_na_pmol_cm2_s: float = _measured("Na through the pump", "pmol/cm2/s", 2)
    pump_k_pmol_cm2_s: float = _measured("K through the pump", "pmol/cm2/s", 2)
    i_na_ua_cm2: float = _measured("Na current through channels", "uA/cm2", 3)
    i_k_ua_cm2: float = _measured("K current through channels", "uA/cm2", 3)
    i_cl_ua_cm2: float = _measured("Cl current through channels", "uA/cm2", 3)
    i_pump_ua_cm2: float = _measured("pump current", "uA/cm2", 3)
    share_na: float = _measured("share of Na in the conductance of all channels", "", 3)
    share_k: float = _measured("share of K in the conductance of all channels", "", 3)
    share_cl: float = _measured("share of Cl in the conductance of all channels", "", 3)
    slope_ms_cm2: float = _measured("growth of the net current with the potential", "mS/cm2", 3)
    electrogenic_mv: float = _measured("part of the rest that the pump current adds", "mV", 1)
    atp_pmol_cm2_s: float = _measured("ATP that the pump splits", "pmol/cm2/s", 2)
    work_kj_mol: float = _measured("work to take 3 Na out and 2 K in", "kJ/mol", 1)
    charge_uc_cm2: float = _measured("charge on either side of the membrane", "uC/cm2", 4)
    charge_pmol_cm2: float = _measured("that charge in single charges", "pmol/cm2", 3)
    charge_share: float = _measured("that charge as a share of Na and K in a 20 um sphere", "", 7)

    @property
    def measurements(self) -> dict[str, float]:
        """Every number of the state by name."""
        return {name: getattr(self, name) for name in RESTING_MEASUREMENTS}


RESTING_MEASUREMENTS: dict[str, Measurement] = {
    f.name: f.metadata["measurement"] for f in fields(RestingState)
}


def rest(bench: RestingBench) -> RestingState:
    """The state in which `bench` carries no net current.

    Its potential is 0 where nothing crosses the membrane that could charge it.
    """
    membrane = RestingMembrane(bench)
    v = membrane.rest_mv()
    na, k, cl = (membrane.paths[ion] for ion in ("na", "k", "cl"))
    conductances = [path.conductance_ms_cm2(v) for path in (na, k, cl)]
    total = sum(conductances)
    shares = [g / total if total else 0.0 for g in conductances]
    charge_uc_cm2 = abs(v) * CAPACITANCE_UF_CM2 * 1e-3
    charge_pmol_cm2 = ions_pmol_cm2(charge_uc_cm2)
    cations_mm = na.in_mm + k.in_mm
    return RestingState(
        rest_mv=v,
        e_na_mv=na.equilibrium_mv,
        e_k_mv=k.equilibrium_mv,
        e_cl_mv=cl.equilibrium_mv,
        flux_na_pmol_cm2_s=na.flux_pmol_cm2_s(v),
        flux_k_pmol_cm2_s=k.flux_pmol_cm2_s(v),
        flux_cl_pmol_cm2_s=cl.flux_pmol_cm2_s(v),
        pump_na_pmol_cm2_s=membrane.pump_flux(v, "na"),
        pump_k_pmol_cm2_s=membrane.pump_flux(v, "k"),
        i_na_ua_cm2=na.current_ua_cm2(v),
        i_k_ua_cm2=k.current_ua_cm2(v),
        i_cl_ua_cm2=cl.current_ua_cm2(v),
        i_pump_ua_cm2=membrane.pump_ua_cm2(v),
        share_na=shares[0],
        share_k=shares[1],
        share_cl=shares[2],
        slope_ms_cm2=membrane.slope_ms_cm2(v),
        electrogenic_mv=v - RestingMembrane(replace(bench, pump=0.0)).rest_mv(),
        atp_pmol_cm2_s=membrane.charging_cycles(v) + membrane.even_cycles(v),
        work_kj_mol=membrane.work_kj_mol(v),
        charge_uc_cm2=charge_uc_cm2,
        charge_pmol_cm2=charge_pmol_cm2,
        charge_share=sphere_mm(charge_pmol_cm2, SPHERE_UM) / cations_mm,
    )
