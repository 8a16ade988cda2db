"""The accounting preparation: a neuron whose ions move, and the pump that moves them back."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from simulator.ions import FARADAY_C_MOL, K_PER_CYCLE, MAMMAL, NA_PER_CYCLE, nernst_mv
from simulator.membrane import CORTICAL
from simulator.quantity import Quantity, check_names

Shape = Literal["sphere", "cylinder"]

#: The default pulse is about 1.6 x the weakest that fires, so that it still does where a busy
#: pump holds the cell 10 mV below rest.
ACCOUNTING: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity(
            "diameter_um",
            "um",
            0.2,
            500.0,
            20.0,
            "Diameter of the cell: the thinner, the less room for the ions that enter.",
            title="diameter",
        ),
        Quantity(
            "frequency_hz",
            "Hz",
            1.0,
            200.0,
            50.0,
            "Pulses in a second.",
            title="frequency",
        ),
        Quantity(
            "pulses",
            "",
            0.0,
            100_000.0,
            100.0,
            "Number of stimulus pulses; a fraction is cut off.",
            title="number of pulses",
        ),
        Quantity(
            "after_s",
            "s",
            0.0,
            1000.0,
            0.0,
            "Time without stimulus after the train.",
            title="time after the train",
        ),
        Quantity(
            "amplitude_ua_cm2",
            "uA/cm2",
            0.0,
            150.0,
            90.0,
            "Size of each pulse.",
            title="pulse size",
        ),
        Quantity(
            "duration_ms",
            "ms",
            0.1,
            1.0,
            0.5,
            "Length of each pulse.",
            title="pulse length",
        ),
        Quantity(
            "pump",
            "",
            0.0,
            2.0,
            1.0,
            "Density of pumps: 1 just makes good the leaks at rest, 0 is none.",
            title="pumps",
        ),
        Quantity(
            "electrogenic",
            "",
            0.0,
            1.0,
            1.0,
            "Share of the pumps that take in 2 K⁺ for 3 Na⁺, as real ones do, not 3.",
            title="pumps at 3:2",
        ),
        Quantity(
            "ouabain_from_s",
            "s",
            0.0,
            100_000.0,
            0.0,
            "When ouabain stops the pumps for good.",
            title="ouabain from",
            optional=True,
        ),
        Quantity(
            "space_um",
            "um",
            0.02,
            10.0,
            0.03,
            "Thickness of a narrow space around the cell.",
            title="space around the cell",
            optional=True,
        ),
        Quantity(
            "barrier_um_s",
            "um/s",
            0.05,
            100.0,
            0.6,
            "Permeability to Na and K of the sheath between that space and the bath.",
            title="sheath permeability",
        ),
    )
}

#: mM in a layer 1 um deep for 1 nC/cm2 of single charges.
MM_UM_PER_NC_CM2 = 10.0 / FARADAY_C_MOL
#: pmol/cm2 of single charges in 1 nC/cm2.
PMOL_PER_NC = 1e3 / FARADAY_C_MOL
#: The pump works where three Na inside and two K outside are bound, each at its own site, at
#: half saturation at these concentrations: the law of Kager, Wadman & Somjen 2000, J
#: Neurophysiol 84:495.
PUMP_HALF_NA_MM, PUMP_HALF_K_MM = 10.0, 3.5
#: The first pulse comes no earlier.
LEAD_MS = 100.0


class Accounting(msgspec.Struct, frozen=True):
    """A cortical neuron at 37 C in which every ion is counted, and the train that drives it.

    The channels are those of `CORTICAL`; the equilibrium potentials follow the concentrations.
    The leak is a K and a Na conductance that together are `CORTICAL`'s leak and without a pump
    reverse where that does, in a cell with the concentrations of `MAMMAL`. There is no Cl
    conductance: Cl at equilibrium would carry no net current at rest. The volume of the cell
    is constant. K carries the stimulus current from the electrode into the cell, as it carries
    most of the current inside an axon; without a carrier the cell would lose cations with each
    pulse.

    Attributes:
        shape: "sphere" (soma, surface over volume 6/d) or "cylinder" (axon, 4/d).
        ouabain_from_s: None: never. Up to then the pump works.
        space_um: None: the cell lies in a bath that does not change. Otherwise the narrow space
            of Frankenhaeuser & Hodgkin 1956, J Physiol 131:341, who found some 0.03 um round
            the squid axon, and a sheath with the permeability that is the default of
            `barrier_um_s`; the bath begins behind it.

    The range and the meaning of the numbers stand in `ACCOUNTING`.

    Raises:
        ValueError: a value is out of its range.
    """

    diameter_um: float = ACCOUNTING["diameter_um"].default
    shape: Shape = "sphere"
    frequency_hz: float = ACCOUNTING["frequency_hz"].default
    pulses: float = ACCOUNTING["pulses"].default
    after_s: float = ACCOUNTING["after_s"].default
    amplitude_ua_cm2: float = ACCOUNTING["amplitude_ua_cm2"].default
    duration_ms: float = ACCOUNTING["duration_ms"].default
    pump: float = ACCOUNTING["pump"].default
    electrogenic: float = ACCOUNTING["electrogenic"].default
    ouabain_from_s: float | None = None
    space_um: float | None = None
    barrier_um_s: float = ACCOUNTING["barrier_um_s"].default

    def __post_init__(self) -> None:
        for name, default in zip(self.__struct_fields__, self.__struct_defaults__, strict=True):
            value = getattr(self, name)
            if name in ACCOUNTING and value is not default:
                ACCOUNTING[name].check(value)
        if self.shape not in get_args(Shape):
            shapes = " or ".join(get_args(Shape))
            raise ValueError(f"shape is {self.shape!r}, but must be {shapes}")

    def with_values(self, values: Mapping[str, object]) -> Accounting:
        """A copy with `values` set by name.

        Raises:
            ValueError: a name is unknown, or a value is out of range.
        """
        check_names("setting", values, self.__struct_fields__)
        return replace(self, **values)

    @property
    def period_ms(self) -> float:
        """Time from pulse to pulse."""
        return 1e3 / self.frequency_hz

    @property
    def lead_periods(self) -> int:
        """Periods before the first pulse."""
        return ceil(LEAD_MS / self.period_ms)

    @property
    def pulse_count(self) -> int:
        """Number of pulses, whole."""
        return int(self.pulses)

    @property
    def periods(self) -> int:
        """Periods in the whole run: before, with and after pulses."""
        after = ceil(1e3 * self.after_s / self.period_ms)
        return self.lead_periods + self.pulse_count + after

    @property
    def depth_um(self) -> float:
        """Volume of the cell over its surface."""
        return self.diameter_um / (6.0 if self.shape == "sphere" else 4.0)

    @property
    def space_depth_um(self) -> float | None:
        """Volume of the space over the surface of the cell; None where there is only bath."""
        if self.space_um is None:
            return None
        wider = self.space_um / self.diameter_um
        bulge = 2.0 * wider + 4.0 / 3.0 * wider**2 if self.shape == "sphere" else wider
        return self.space_um * (1.0 + bulge)

    @property
    def k_per_cycle(self) -> float:
        """K taken in by one cycle of the pump, on average."""
        return NA_PER_CYCLE - self.electrogenic * (NA_PER_CYCLE - K_PER_CYCLE)


#: Equilibrium potentials before anything moved, in mV.
E_NA_MV = nernst_mv(MAMMAL.na_out_mm, MAMMAL.na_in_mm, 1, CORTICAL.default_c)
E_K_MV = nernst_mv(MAMMAL.k_out_mm, MAMMAL.k_in_mm, 1, CORTICAL.default_c)
#: The leak, in mS/cm2: its Na part is such that the two reverse at `CORTICAL.e_leak_mv`.
LEAK_NA = CORTICAL.g_leak * (CORTICAL.e_leak_mv - E_K_MV) / (E_NA_MV - E_K_MV)
LEAK_K = CORTICAL.g_leak - LEAK_NA


def pump_activity(na_in_mm: float, k_out_mm: float) -> float:
    """How fast the pump runs, 0 to 1 of its fastest."""
    na = na_in_mm / (na_in_mm + PUMP_HALF_NA_MM)
    k = k_out_mm / (k_out_mm + PUMP_HALF_K_MM)
    return na * na * na * k * k


def pump_capacity(cell: Accounting) -> float:
    """Cycles of the pump at its fastest, as the current of one charge a cycle in uA/cm2.

    With `pump` 1 the cell at rest gains by the leaks what it loses by the pump: Na leaks in at
    3 parts, K leaks out at `k_per_cycle` (Mullins & Noda 1963, J Gen Physiol 47:117, for ohmic
    leaks).
    """
    coupling = NA_PER_CYCLE / cell.k_per_cycle
    weight = coupling * LEAK_K
    rest_mv = (LEAK_NA * E_NA_MV + weight * E_K_MV) / (LEAK_NA + weight)
    balanced = LEAK_NA * (E_NA_MV - rest_mv) / NA_PER_CYCLE
    return cell.pump * balanced / pump_activity(MAMMAL.na_in_mm, MAMMAL.k_out_mm)


def resting_potential(pump_ua_cm2: float) -> float:
    """The potential in mV of leaks and pump with the concentrations of `MAMMAL`.

    The gated channels count for nothing there: together they pass less than 1e-4 uA/cm2.
    """
    return (LEAK_NA * E_NA_MV + LEAK_K * E_K_MV - pump_ua_cm2) / CORTICAL.g_leak
