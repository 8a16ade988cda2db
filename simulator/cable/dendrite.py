"""A cell with a dendrite and its synapses, as sets of numbers."""

from __future__ import annotations

from math import pi, sqrt

import msgspec
from msgspec.structs import force_setattr, replace

from simulator.membrane import CORTICAL
from simulator.quantity import Quantity
from simulator.stimulus import START

MM_PER_UM = 1e-3

#: Excitatory transmitter channels pass Na and K alike: their current turns near 0 mV (Hille,
#: Ion Channels of Excitable Membranes, 3rd ed., ch. 6).
AMPA_REVERSAL_MV = 0.0
AMPA_TAU_MS = 2.0
#: With this decay, and an onset 2 ms before the excitation, inhibition has the effects on the
#: excitation that is needed to fire which the reference runs of the course state.
GABA_TAU_MS = 8.0

#: The soma: 100 pF, and with the leak of `CORTICAL` 10 nS; a cylinder as long as it is thick.
SOMA_PF = 100.0
SOMA_CM2 = 1e-6 * SOMA_PF / CORTICAL.capacitance_uf_cm2
SOMA_UM = 1e4 * sqrt(SOMA_CM2 / pi)
#: The initial segment of a pyramidal cell is 20 to 60 um long and 1 to 2 um thick (Kole & Stuart
#: 2012, Neuron 73:235). The axon goes on as thick here.
TRIGGER_UM = 40.0
AXON_DIAMETER_UM = 1.5
#: A shorter dendrite or axon is none.
SHORTEST_UM = 0.1

DENDRITE: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity(
            "length_um",
            "um",
            0.0,
            2000.0,
            1000.0,
            "Length of the dendrite; 0 leaves it off.",
            title="dendrite length",
        ),
        Quantity(
            "diameter_um",
            "um",
            0.5,
            10.0,
            4.0,
            "Diameter of the dendrite.",
            title="dendrite diameter",
        ),
        Quantity(
            "rm_kohm_cm2",
            "kohm cm2",
            2.0,
            50.0,
            10.0,
            "Resistance of the dendrite's membrane times its area.",
            title="membrane resistance",
        ),
        Quantity(
            "ri_ohm_cm",
            "ohm cm",
            50.0,
            300.0,
            100.0,
            "Resistivity of the inside of dendrite and axon.",
            title="inside resistivity",
        ),
        Quantity(
            "soma_na_ms_cm2",
            "mS/cm2",
            0.0,
            100.0,
            CORTICAL.g_na,
            "Na conductance of the soma with all channels open; 0 makes it passive.",
            title="Na⁺ channels of the soma",
        ),
        # 2,500 pS/um2 in the initial segment: Kole et al. 2008, Nat Neurosci 11:178.
        Quantity(
            "trigger_na_ms_cm2",
            "mS/cm2",
            0.0,
            500.0,
            250.0,
            "Na conductance of the trigger zone (the initial segment of the axon) with all "
            "channels open.",
            title="Na⁺ channels of the trigger zone",
        ),
        # Half of the channels open up to 14 mV lower along the initial segment than in the soma:
        # Hu et al. 2009, Nat Neurosci 12:996.
        Quantity(
            "trigger_shift_mv",
            "mV",
            -12.0,
            0.0,
            -10.0,
            "By how much the channels of the trigger zone work at more negative potentials than "
            "those of the soma.",
            title="gates of the trigger zone moved by",
        ),
        Quantity(
            "axon_um",
            "um",
            0.0,
            1000.0,
            300.0,
            "Length of the axon, its initial segment of 40 um included; 0 leaves it off.",
            title="axon length",
        ),
    )
}

SYNAPSE: dict[str, Quantity] = {
    q.name: q
    for q in (
        replace(START, sentence="When the synapse opens."),
        Quantity(
            "g_ns",
            "nS",
            0.0,
            40.0,
            1.0,
            "Conductance that the synapse opens at once.",
            title="synaptic conductance",
        ),
        Quantity(
            "place_um",
            "um",
            0.0,
            2000.0,
            0.0,
            "Distance from the soma along the dendrite; 0 is on the soma.",
            title="distance from the soma",
        ),
        Quantity(
            "tau_ms",
            "ms",
            0.1,
            100.0,
            AMPA_TAU_MS,
            "Time in which the opened conductance falls to 37 %.",
            title="synaptic decay",
        ),
        Quantity(
            "reversal_mv",
            "mV",
            -120.0,
            80.0,
            AMPA_REVERSAL_MV,
            "Potential at which the synaptic current turns round.",
            title="synaptic reversal",
        ),
    )
}
#: The reversal of a GABA synapse is the equilibrium potential of Cl.
E_CL = Quantity(
    "e_cl_mv",
    "mV",
    -80.0,
    -60.0,
    -70.0,
    "Equilibrium potential of Cl, towards which inhibition pulls.",
    title="E_Cl",
)
REPEATS = Quantity("count", "", 1.0, 1000.0, 10.0, "Number of times that a synapse opens.")
INTERVAL = Quantity(
    "interval_ms", "ms", 0.0, 2000.0, 10.0, "From one opening of a synapse to the next."
)


class Synapse(msgspec.Struct, frozen=True):
    """A synapse that opens once: its conductance rises at once and decays exponentially.

    Several add up, at one place and time or at many. Where the dendrite ends before
    `place_um`, the synapse is at its tip; without a dendrite it is on the soma.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    start_ms: float
    g_ns: float
    place_um: float
    tau_ms: float
    reversal_mv: float

    def __post_init__(self) -> None:
        for name, quantity in SYNAPSE.items():
            quantity.check(getattr(self, name))

    def train(self, count: int, interval_ms: float) -> tuple[Synapse, ...]:
        """The synapse opened `count` times, `interval_ms` from onset to onset.

        Raises:
            ValueError: a value is out of range, or an onset is.
        """
        if REPEATS.check(count) != int(count):
            raise ValueError(f"count is {count:g}, but must be a whole number")
        INTERVAL.check(interval_ms)
        return tuple(
            replace(self, start_ms=self.start_ms + number * interval_ms)
            for number in range(int(count))
        )


def ampa(
    start_ms: float, g_ns: float, place_um: float = 0.0, tau_ms: float = AMPA_TAU_MS
) -> Synapse:
    """An excitatory synapse with AMPA receptors: its current turns round at 0 mV."""
    return Synapse(start_ms, g_ns, place_um, tau_ms, AMPA_REVERSAL_MV)


def gaba(
    start_ms: float,
    g_ns: float,
    place_um: float = 0.0,
    tau_ms: float = GABA_TAU_MS,
    e_cl_mv: float = E_CL.default,
) -> Synapse:
    """An inhibitory synapse with GABA-A receptors, which are Cl channels.

    Raises:
        ValueError: `e_cl_mv` or another value is out of range.
    """
    return Synapse(start_ms, g_ns, place_um, tau_ms, E_CL.check(e_cl_mv))


class Dendrite(msgspec.Struct, frozen=True):
    """A cell in one unbranched row: dendrite, soma, initial segment, axon.

    The fields are the knobs of `DENDRITE`. The dendrite is passive. The soma has 100 pF and a
    leak of 10 nS; soma and axon have the channels of `CORTICAL`, whose K conductance always
    goes with the Na conductance in that preparation's proportion. Beyond the initial segment
    the axon has the channel densities of `CORTICAL`.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    length_um: float = DENDRITE["length_um"].default
    diameter_um: float = DENDRITE["diameter_um"].default
    rm_kohm_cm2: float = DENDRITE["rm_kohm_cm2"].default
    ri_ohm_cm: float = DENDRITE["ri_ohm_cm"].default
    soma_na_ms_cm2: float = DENDRITE["soma_na_ms_cm2"].default
    trigger_na_ms_cm2: float = DENDRITE["trigger_na_ms_cm2"].default
    trigger_shift_mv: float = DENDRITE["trigger_shift_mv"].default
    axon_um: float = DENDRITE["axon_um"].default

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            DENDRITE[name].check(getattr(self, name))
        for name in ("length_um", "axon_um"):
            if getattr(self, name) < SHORTEST_UM:
                force_setattr(self, name, 0.0)

    @property
    def length_constant_um(self) -> float:
        """Distance in which a steady potential falls to 37 % along an endless such dendrite.

        Source: cable theory, sqrt(d Rm / 4 Ri); Rall 1959, Exp Neurol 1:491.
        """
        ohm_cm2 = 1e3 * self.rm_kohm_cm2
        return 1e4 * sqrt(1e-4 * self.diameter_um * ohm_cm2 / (4.0 * self.ri_ohm_cm))

    @property
    def trigger_um(self) -> float:
        """Length of the initial segment."""
        return min(TRIGGER_UM, self.axon_um)

    def place_mm(self, place_um: float) -> float:
        """Where a place is along the row, in mm from the middle of the soma.

        Args:
            place_um: Distance from the edge of the soma, along the dendrite; 0 is the middle
                of the soma itself. Beyond the tip of the dendrite is at its tip.

        Raises:
            ValueError: the place is out of the range of `SYNAPSE`.
        """
        along_um = min(SYNAPSE["place_um"].check(place_um), self.length_um)
        return -MM_PER_UM * (SOMA_UM / 2.0 + along_um) if along_um > 0.0 else 0.0
