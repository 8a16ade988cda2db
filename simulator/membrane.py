"""Preparations: membranes with their channels, each with its source."""

from __future__ import annotations

from functools import partial

import msgspec
from msgspec.structs import replace

from simulator.ions import MAMMAL, SQUID_AXON
from simulator.kinetics import Kinetics, hodgkin_huxley_rates, traub_miles_rates
from simulator.quantity import checked

#: Cl's share of a mammal's leak. Fitted, not measured: with it, raised K outside moves the
#: cortical neuron as in the reference runs of the course (at 1.5 times the usual K it needs 27 in
#: place of 43 uA/cm2, at 2.5 times it fires by itself, at 4 times it is blocked). Without Cl it
#: would need 21, with a leak that follows Goldman's equation 32.
CL_SHARE, E_CL_MV = 0.25, -70.0


class RefractoryPeriods(msgspec.Struct, frozen=True):
    """When a second pulse can start a second spike, counted from the onset of the first pulse.

    Attributes:
        absolute_ms: Up to here no second pulse of at most 20 x threshold starts a spike.
        relative_ms: Up to here a second spike needs more than 1.05 x threshold.
    """

    absolute_ms: float
    relative_ms: float


class Transducer(msgspec.Struct, frozen=True):
    """Channels of a sensory ending that pressure opens.

    Attributes:
        conductance_ms_cm2: Conductance with all of them open.
        half_kpa: Pressure that opens half of them.
        reversal_mv: Potential at which they pass no current: cations of all kinds get through.
        opening_ms: Time constant with which they open, and close again.
        adapts_to: Share of the first response that is left when the pressure stays.
        adapting_ms: Time constant of this loss.
    """

    conductance_ms_cm2: float
    half_kpa: float
    reversal_mv: float
    opening_ms: float
    adapts_to: float
    adapting_ms: float


class Preparation(msgspec.Struct, frozen=True):
    """A space-clamped patch of membrane with Na, K and leak channels.

    Conductances are in mS/cm2, reversal potentials in mV, capacitance in uF/cm2, currents in
    uA/cm2 (positive outward).

    The published leak of such a model stands for everything that is not the two gated
    channels, the steady current of the Na/K pump included. `pump_ua_cm2` says how much of it
    the pump carries, so that the pump can be switched off: the leak channels alone pass
    `g_leak (V - e_leak) - pump_ua_cm2`.

    `k_out_mm` and `na_out_mm` are the concentrations outside, in mM, that `e_k_mv` and
    `e_na_mv` belong to. Where the leak channels pass K and Na, their reversal potential follows
    both concentrations; the rest of such a leak is Cl. A `transducer` lets pressure open channels.
    """

    name: str
    title: str
    note: str
    capacitance_uf_cm2: float
    g_na: float
    g_k: float
    g_leak: float
    e_na_mv: float
    e_k_mv: float
    e_leak_mv: float
    pump_ua_cm2: float
    kinetics: Kinetics
    default_c: float
    temperature_range_c: tuple[float, float]
    k_out_mm: float
    na_out_mm: float
    leak_passes_k_and_na: bool
    refractory: RefractoryPeriods
    transducer: Transducer | None = None

    @property
    def own_values(self) -> dict[str, float]:
        """The changes that are a value of the preparation's own where nobody sets them."""
        return {
            "temperature_c": self.default_c,
            "k_out_mm": self.k_out_mm,
            "na_out_mm": self.na_out_mm,
        }

    @property
    def leak_shares(self) -> tuple[float, float]:
        """Shares of K and Na in a leak conductance that both pass, by where it reverses."""
        reversal_mv = self.e_leak_mv + self.pump_ua_cm2 / self.g_leak
        both = 1.0 - CL_SHARE
        beyond_cl_mv = reversal_mv - CL_SHARE * E_CL_MV
        k = (beyond_cl_mv - both * self.e_na_mv) / (self.e_k_mv - self.e_na_mv)
        return k, both - k


#: The refractory periods of the preparations are measured by `experiments.paired_pulse` with
#: 0.5 ms pulses, the first at 1.5 x threshold; tests measure them again.
TEXTBOOK = Preparation(
    name="textbook",
    title="textbook neuron",
    note="a teaching fit to the numbers that textbooks print, not a measured cell",
    capacitance_uf_cm2=1.0,
    g_na=17.5,
    g_k=12.0,
    g_leak=0.23,
    e_na_mv=50.0,
    e_k_mv=-90.0,
    e_leak_mv=-70.0,
    pump_ua_cm2=0.5,
    kinetics=Kinetics(
        partial(traub_miles_rates, shift_mv=-67.2, h_speed=1.12, n_speed=0.82), 3.0, 37.0
    ),
    default_c=37.0,
    temperature_range_c=(37.0, 37.0),
    k_out_mm=MAMMAL.k_out_mm,
    na_out_mm=MAMMAL.na_out_mm,
    leak_passes_k_and_na=True,
    refractory=RefractoryPeriods(absolute_ms=2.2, relative_ms=13.1),
)

#: A mammalian neuron with the kinetics of the Traub-Miles family in the form of Pospischil et al.
#: 2008; its conductances are those that the reference runs of the course were made with.
CORTICAL = Preparation(
    name="cortical",
    title="cortical neuron",
    note="mammalian channels at body temperature in one compartment; a model, not one cell",
    capacitance_uf_cm2=1.0,
    g_na=50.0,
    g_k=5.0,
    g_leak=0.1,
    e_na_mv=50.0,
    e_k_mv=-90.0,
    e_leak_mv=-70.0,
    pump_ua_cm2=0.5,
    kinetics=Kinetics(
        partial(traub_miles_rates, shift_mv=-58.0, h_speed=1.0, n_speed=1.0), 3.0, 37.0
    ),
    default_c=37.0,
    temperature_range_c=(37.0, 37.0),
    k_out_mm=MAMMAL.k_out_mm,
    na_out_mm=MAMMAL.na_out_mm,
    leak_passes_k_and_na=True,
    refractory=RefractoryPeriods(absolute_ms=1.9, relative_ms=2.9),
)

#: Hodgkin & Huxley 1952, with the resting potential put at -65 mV.
SQUID = Preparation(
    name="squid",
    title="squid giant axon",
    note="Hodgkin and Huxley's measured axon; a cold-water animal, not a mammal",
    capacitance_uf_cm2=1.0,
    g_na=120.0,
    g_k=36.0,
    g_leak=0.3,
    e_na_mv=50.0,
    e_k_mv=-77.0,
    e_leak_mv=-54.387,
    pump_ua_cm2=1.0,
    kinetics=Kinetics(hodgkin_huxley_rates, 3.0, 6.3),
    default_c=6.3,
    temperature_range_c=(0.0, 33.0),
    k_out_mm=SQUID_AXON.k_out_mm,
    na_out_mm=SQUID_AXON.na_out_mm,
    leak_passes_k_and_na=False,
    refractory=RefractoryPeriods(absolute_ms=6.0, relative_ms=16.3),
)

#: The channels of the cortical neuron in the ending of a touch fibre. The transducer is a
#: teaching model: its constants are chosen so that light pressure stays below threshold and
#: firm pressure drives the ending at rates that such fibres reach.
RECEPTOR = replace(
    CORTICAL,
    name="receptor",
    title="sensory ending",
    note="a model of a touch receptor's ending; its transducer is a teaching fit",
    transducer=Transducer(
        conductance_ms_cm2=0.3,
        half_kpa=30.0,
        reversal_mv=0.0,
        opening_ms=1.0,
        adapts_to=0.5,
        adapting_ms=30.0,
    ),
)

PREPARATIONS: dict[str, Preparation] = {p.name: p for p in (TEXTBOOK, SQUID, CORTICAL, RECEPTOR)}


def checked_preparation(preparation: object) -> Preparation:
    """Return `preparation`.

    Raises:
        TypeError: it is something else, such as a name.
    """
    expected = "one of PREPARATIONS, such as TEXTBOOK"
    return checked("preparation", preparation, Preparation, expected)
