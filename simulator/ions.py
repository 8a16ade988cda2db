"""Ions: their gradients, the potentials they settle at and how they pass a membrane."""

from __future__ import annotations

from math import expm1, log, tanh

import msgspec
from msgspec.structs import replace

from simulator.quantity import Quantity, checked

#: CODATA 2018; exact since the SI of 2019.
GAS_CONSTANT_J_MOL_K = 8.31446261815324
FARADAY_C_MOL = 96485.33212331001
ZERO_CELSIUS_K = 273.15

#: The Na/K pump moves 3 Na out and 2 K in for one ATP (Post & Jolly 1957, Biochim Biophys Acta
#: 25:118, for the ions).
NA_PER_CYCLE = 3.0
K_PER_CYCLE = 2.0
#: What splitting ATP yields in a living cell, about.
ATP_KJ_MOL = 55.0

#: What the functions here accept. The knobs of a preparation have narrower ranges.
CONCENTRATION = Quantity(
    "concentration", "mM", 0.0, 1000.0, 100.0, "Concentration of an ion.", minimum_excluded=True
)
TEMPERATURE = Quantity(
    "temperature_c", "degrees C", -ZERO_CELSIUS_K, 100.0, 37.0, "Temperature.", "", True
)
VOLTAGE = Quantity("voltage_mv", "mV", -1000.0, 1000.0, -70.0, "Membrane potential.")
PERMEABILITY = Quantity("permeability_cm_s", "cm/s", 0.0, 1.0, 1e-6, "Permeability to an ion.")
RELATIVE_PERMEABILITY = Quantity(
    "relative permeability", "", 0.0, 1000.0, 1.0, "Permeability relative to that to K."
)
COUPLING = Quantity("coupling", "", 1.0, 10.0, 1.5, "Na ions pumped out for each K ion taken in.")
DIAMETER = Quantity(
    "diameter_um", "um", 0.0, 1000.0, 20.0, "Diameter of a sphere.", minimum_excluded=True
)


def _check(quantity: Quantity, name: str, value: object) -> None:
    """Check `value`; a refusal calls it by the `name` that the caller knows."""
    replace(quantity, name=name).check(value)


class Concentrations(msgspec.Struct, frozen=True):
    """Na, K and Cl on both sides of a membrane, in mM.

    Raises:
        ValueError: a concentration is not above 0 and at most 1000 mM.
    """

    na_out_mm: float
    na_in_mm: float
    k_out_mm: float
    k_in_mm: float
    cl_out_mm: float
    cl_in_mm: float

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            _check(CONCENTRATION, name, getattr(self, name))


def checked_concentrations(concentrations: object) -> Concentrations:
    """Return `concentrations`.

    Raises:
        TypeError: they are something else.
    """
    expected = "Concentrations(...), such as MAMMAL"
    return checked("concentrations", concentrations, Concentrations, expected)


#: Usual values for a mammalian neuron: Na 145 / 5-15, K 5 / 140, Cl 110 / 4-30 mM in Purves et
#: al., Neuroscience, chapter 2; the K outside is the middle of blood plasma's 3.5-5 mM.
MAMMAL = Concentrations(
    na_out_mm=145.0,
    na_in_mm=12.0,
    k_out_mm=4.5,
    k_in_mm=140.0,
    cl_out_mm=110.0,
    cl_in_mm=7.0,
)
#: Squid giant axon in sea water, after Hodgkin, in the table of Kandel et al., Principles of
#: Neural Science.
SQUID_AXON = Concentrations(
    na_out_mm=440.0,
    na_in_mm=50.0,
    k_out_mm=20.0,
    k_in_mm=400.0,
    cl_out_mm=560.0,
    cl_in_mm=52.0,
)


def thermal_mv(temperature_c: float) -> float:
    """RT/F in mV: the potential that carries one mole of charge at the energy RT.

    Raises:
        ValueError: the temperature is not above absolute zero.
    """
    TEMPERATURE.check(temperature_c)
    return 1e3 * GAS_CONSTANT_J_MOL_K * (temperature_c + ZERO_CELSIUS_K) / FARADAY_C_MOL


def nernst_mv(out_mm: float, in_mm: float, valence: int, temperature_c: float) -> float:
    """The equilibrium potential of an ion in mV, inside minus outside.

    Source: Nernst 1888, E = RT/zF ln(out / in).

    Raises:
        ValueError: a concentration is not above 0 mM, or the valence is 0.
    """
    _check(CONCENTRATION, "out_mm", out_mm)
    _check(CONCENTRATION, "in_mm", in_mm)
    return thermal_mv(temperature_c) / _charge(valence) * log(out_mm / in_mm)


def ghk_mv(
    concentrations: Concentrations,
    *,
    p_na: float,
    p_k: float = 1.0,
    p_cl: float = 0.0,
    temperature_c: float,
) -> float:
    """The potential in mV at which Na, K and Cl together carry no current.

    Args:
        concentrations: Both sides.
        p_na: Permeability to Na; only the ratios of the three count.
        p_k: Permeability to K.
        p_cl: Permeability to Cl.
        temperature_c: Temperature.

    Source: Goldman 1943, J Gen Physiol 27:37; Hodgkin & Katz 1949, J Physiol 108:37.

    Raises:
        ValueError: a value is out of range, or every permeability is 0.
    """
    for name, value in (("p_na", p_na), ("p_k", p_k), ("p_cl", p_cl)):
        _check(RELATIVE_PERMEABILITY, name, value)
    largest = max(p_na, p_k, p_cl)
    if largest == 0.0:
        raise ValueError("p_na, p_k and p_cl are all 0, but one must be above 0")
    c = checked_concentrations(concentrations)
    na, k, cl = p_na / largest, p_k / largest, p_cl / largest
    pulls_up = na * c.na_out_mm + k * c.k_out_mm + cl * c.cl_in_mm
    pulls_down = na * c.na_in_mm + k * c.k_in_mm + cl * c.cl_out_mm
    return thermal_mv(temperature_c) * log(pulls_up / pulls_down)


def mullins_noda_mv(
    concentrations: Concentrations, *, p_na: float, coupling: float, temperature_c: float
) -> float:
    """The potential in mV of a membrane whose pump just makes good its leaks of Na and K.

    Args:
        concentrations: Both sides.
        p_na: Permeability to Na relative to that to K.
        coupling: Na ions pumped out for each K ion taken in; 1.5 is the pump's 3:2, 1 gives
            the potential of `ghk_mv`.
        temperature_c: Temperature.

    Source: Mullins & Noda 1963, J Gen Physiol 47:117.

    Raises:
        ValueError: a value is out of range.
    """
    COUPLING.check(coupling)
    _check(RELATIVE_PERMEABILITY, "p_na", p_na)
    return ghk_mv(concentrations, p_na=p_na / coupling, temperature_c=temperature_c)


class Pathway:
    """The way of one ion through open channels, by the constant-field equation.

    Source: Goldman 1943; Hodgkin & Katz 1949. Net currents and fluxes are positive outward.

    Attributes:
        out_mm: Concentration outside.
        in_mm: Concentration inside.
        valence: Charge of the ion.
        permeability_cm_s: Permeability of the membrane to it.
        temperature_c: Temperature.
        equilibrium_mv: The potential at which as much leaves as enters.

    Raises:
        ValueError: a value is out of range.
    """

    def __init__(
        self,
        out_mm: float,
        in_mm: float,
        valence: int,
        permeability_cm_s: float,
        temperature_c: float,
    ) -> None:
        self.out_mm, self.in_mm, self.valence = out_mm, in_mm, valence
        self.permeability_cm_s = PERMEABILITY.check(permeability_cm_s)
        self.temperature_c = temperature_c
        self.equilibrium_mv = nernst_mv(out_mm, in_mm, valence, temperature_c)
        # Computed once: a run asks for the current thousands of times.
        self._thermal_mv = thermal_mv(temperature_c) / valence

    def efflux_pmol_cm2_s(self, voltage_mv: float) -> float:
        """What leaves, return traffic not counted, in pmol/cm2/s."""
        return self._one_way(self.in_mm, self._reduced(voltage_mv))

    def influx_pmol_cm2_s(self, voltage_mv: float) -> float:
        """What enters, return traffic not counted, in pmol/cm2/s."""
        return self._one_way(self.out_mm, -self._reduced(voltage_mv))

    def flux_pmol_cm2_s(self, voltage_mv: float) -> float:
        """Net flux in pmol/cm2/s."""
        reduced = self._reduced(voltage_mv)
        return self._one_way(self.in_mm, reduced) - self._one_way(self.out_mm, -reduced)

    def current_ua_cm2(self, voltage_mv: float) -> float:
        """Net current in uA/cm2."""
        return self.valence * current_ua_cm2(self.flux_pmol_cm2_s(voltage_mv))

    def conductance_ms_cm2(self, voltage_mv: float) -> float:
        """Current over driving force (chord conductance) in mS/cm2, its limit included."""
        reduced = self._reduced(voltage_mv)
        # flux = P in phi(u) (1 - exp(-w)) where w is u counted from the equilibrium; of this
        # and the same formula seen from outside, the one that cannot overflow.
        beyond = reduced - self.equilibrium_mv / self._thermal_mv
        if beyond < 0.0:
            flux_over_drive = self._one_way(self.out_mm, -reduced) / over_own_rise(-beyond)
        else:
            flux_over_drive = self._one_way(self.in_mm, reduced) / over_own_rise(beyond)
        return self.valence * current_ua_cm2(flux_over_drive) / self._thermal_mv

    def _reduced(self, voltage_mv: float) -> float:
        return VOLTAGE.check(voltage_mv) / self._thermal_mv

    def _one_way(self, from_mm: float, drive: float) -> float:
        # cm/s times mM is umol/cm2/s.
        return 1e6 * self.permeability_cm_s * from_mm * over_own_rise(drive)


def over_own_rise(x: float) -> float:
    """`x / (1 - exp(-x))`, with its limits where the quotient is 0/0 or overflows."""
    if x == 0.0:
        return 1.0
    if x < -700.0:
        return 0.0
    return x / -expm1(-x)


def current_ua_cm2(flux_pmol_cm2_s: float) -> float:
    """The current in uA/cm2 of single charges that pass at `flux_pmol_cm2_s`."""
    return flux_pmol_cm2_s * FARADAY_C_MOL * 1e-6


def ions_pmol_cm2(charge_uc_cm2: float) -> float:
    """The number of single charges, in pmol/cm2, in a charge in uC/cm2."""
    return charge_uc_cm2 / FARADAY_C_MOL * 1e6


def sphere_mm(amount_pmol_cm2: float, diameter_um: float) -> float:
    """What `amount_pmol_cm2` through the surface of a sphere is inside it, in mM.

    Raises:
        ValueError: the diameter is not above 0 um.
    """
    DIAMETER.check(diameter_um)
    # Surface over volume is 6 / diameter; 1 pmol/cm2 over 1 um is 0.01 mM.
    return 0.01 * amount_pmol_cm2 * 6.0 / diameter_um


def pump_work_kj_mol(
    voltage_mv: float, e_na_mv: float, e_k_mv: float, k_ions: float = K_PER_CYCLE
) -> float:
    """Work in kJ/mol of a pump cycle that takes 3 Na out and `k_ions` K in at `voltage_mv`."""
    against_mv = NA_PER_CYCLE * (e_na_mv - voltage_mv) + k_ions * (voltage_mv - e_k_mv)
    return against_mv * FARADAY_C_MOL * 1e-6


def pump_speed(work_kj_mol: float, temperature_c: float) -> float:
    """Speed of a pump against the work of a cycle, as a share of its speed without load.

    A reversible engine: its forward and backward steps are in the ratio that the energy left
    over sets, and their sum is fixed. So it stalls where a cycle takes all that ATP yields,
    and runs backward beyond.
    """
    thermal_kj_mol = thermal_mv(temperature_c) * FARADAY_C_MOL * 1e-6
    return tanh((ATP_KJ_MOL - work_kj_mol) / (2.0 * thermal_kj_mol))


def _charge(valence: int) -> int:
    if isinstance(valence, bool) or not isinstance(valence, int) or not 0 < abs(valence) <= 4:
        raise ValueError(f"valence is {valence!r}, but must be a whole number, 1 to 4 or -4 to -1")
    return valence
