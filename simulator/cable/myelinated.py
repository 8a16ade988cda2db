"""The myelinated fibre as a set of numbers: nodes, internodes, sheath, damage."""

from __future__ import annotations

from math import ceil, log, pi, sqrt
from typing import NamedTuple

import msgspec

from simulator.quantity import Quantity

MM_PER_UM = 1e-3
CM_PER_UM = 1e-4

#: One turn of the sheath is two membranes: human peripheral nerve, X-ray diffraction, 18.44 nm
#: ("An X-ray diffraction comparison of myelins from the human nervous system").
WRAP_UM = 0.01844
MEMBRANES_PER_WRAP = 2
#: The axon's own membrane under the sheath: the usual 1 uF/cm2, and the leak of an internode in
#: McIntyre, Richardson & Grill 2002, J Neurophysiol 87:995.
AXON_UF_CM2 = 1.0
AXON_MS_CM2 = 0.1

#: An internode is cut into pieces of at most this share of its length constant at 5 kHz, about
#: the pace of a node's upstroke (the measure of Hines & Carnevale 2001, Neuroscientist 7:123).
#: The time that a spike takes is then within 0.1 % of that with much finer pieces in a standard
#: fibre, and within 0.4 % where long or damaged internodes hold it up.
LONGEST_PIECE = 0.2
PACE_PER_S = 5000.0
FEWEST_PIECES = 4
#: An internode that would need more is too long for a spike to cross.
MOST_PIECES = 20

MYELINATED: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity(
            "diameter_um",
            "um",
            0.5,
            25.0,
            10.0,
            "Diameter of the fibre, its myelin included.",
            title="fibre diameter",
        ),
        Quantity(
            "g_ratio",
            "",
            0.4,
            0.95,
            0.7,
            "Diameter of the axon as a share of the diameter of the fibre.",
            title="g-ratio",
        ),
        Quantity(
            "internode_diameters",
            "",
            20.0,
            300.0,
            100.0,
            "Distance from node to node, in diameters of the fibre.",
            title="internode length / fibre diameter",
        ),
        Quantity("node_um", "um", 1.0, 2.5, 1.5, "Length of a node.", title="node length"),
        Quantity("nodes", "", 11.0, 101.0, 41.0, "Number of nodes.", title="nodes"),
        Quantity(
            "axoplasm_ohm_cm",
            "ohm cm",
            20.0,
            300.0,
            54.7,
            "Resistivity of the inside of the axon.",
            title="axoplasm resistivity",
        ),
        Quantity(
            "membrane_uf_cm2",
            "uF/cm2",
            0.05,
            50.0,
            0.5,
            "Capacitance of each membrane of the myelin.",
            title="capacitance of a myelin membrane",
        ),
        Quantity(
            "membrane_ms_cm2",
            "mS/cm2",
            0.01,
            100.0,
            1.0,
            "Conductance of each membrane of the myelin.",
            title="conductance of a myelin membrane",
        ),
        Quantity(
            "na_density",
            "",
            0.0,
            2.0,
            1.0,
            "Na channels in every node, as a share of the usual number.",
            title="Na⁺ channels in all nodes",
        ),
        Quantity(
            "damage_at",
            "",
            0.0,
            1.0,
            0.5,
            "Where along the fibre the damage lies: 0 at its start, 1 at its end.",
            title="place of the damage",
        ),
        Quantity(
            "damaged_internodes",
            "",
            0.0,
            20.0,
            1.0,
            "Number of internodes in a row whose myelin is damaged.",
            title="damaged internodes",
        ),
        Quantity(
            "myelin_left",
            "",
            0.0,
            1.0,
            1.0,
            "Share of the wraps that is left in the damaged internodes.",
            title="myelin left in them",
        ),
        Quantity(
            "damaged_nodes",
            "",
            0.0,
            20.0,
            1.0,
            "Number of nodes in a row that lose Na channels.",
            title="damaged nodes",
        ),
        Quantity(
            "na_left",
            "",
            0.0,
            1.0,
            1.0,
            "Share of the Na channels that is left in the damaged nodes.",
            title="Na⁺ channels left in them",
        ),
    )
}
#: These are counted.
WHOLE = ("nodes", "damaged_internodes", "damaged_nodes")


class Sheath(NamedTuple):
    """What lies between the inside of an axon and the outside, for 1 cm of an internode."""

    capacitance_uf_cm: float
    conductance_ms_cm: float


class MyelinatedFibre(msgspec.Struct, frozen=True):
    """A myelinated fibre; the range and the meaning of each field stand in `MYELINATED`.

    The defaults are those of Sweeney, Mortimer & Durand 1987 (node 1.5 um long and as wide as
    the axon, 100 diameters from node to node, axoplasm 54.7 ohm cm) but for the g-ratio, 0.7
    for their 0.6, and for the sheath, which they took for a perfect insulator. Its membranes
    pass 1 mS/cm2 (McIntyre, Richardson & Grill 2002); with 0.5 uF/cm2 the sheath of a standard
    fibre holds 0.8 pF/mm.

    Damage that would reach beyond an end of the fibre is moved inward; more than all is all.

    Raises:
        ValueError: a value is out of its range, or no whole number where things are counted.
    """

    diameter_um: float = MYELINATED["diameter_um"].default
    g_ratio: float = MYELINATED["g_ratio"].default
    internode_diameters: float = MYELINATED["internode_diameters"].default
    node_um: float = MYELINATED["node_um"].default
    nodes: float = MYELINATED["nodes"].default
    axoplasm_ohm_cm: float = MYELINATED["axoplasm_ohm_cm"].default
    membrane_uf_cm2: float = MYELINATED["membrane_uf_cm2"].default
    membrane_ms_cm2: float = MYELINATED["membrane_ms_cm2"].default
    na_density: float = MYELINATED["na_density"].default
    damage_at: float = MYELINATED["damage_at"].default
    damaged_internodes: float = MYELINATED["damaged_internodes"].default
    myelin_left: float = MYELINATED["myelin_left"].default
    damaged_nodes: float = MYELINATED["damaged_nodes"].default
    na_left: float = MYELINATED["na_left"].default

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = MYELINATED[name].check(getattr(self, name))
            if name in WHOLE and value != round(value):
                raise ValueError(f"{name} is {value:g}, but must be a whole number")

    @property
    def axon_um(self) -> float:
        """Diameter of the axon, and of its nodes."""
        return self.g_ratio * self.diameter_um

    @property
    def wraps(self) -> float:
        """Turns of myelin in a sheath that is not damaged."""
        return (self.diameter_um - self.axon_um) / 2.0 / WRAP_UM

    @property
    def spacing_mm(self) -> float:
        """From the middle of a node to the middle of the next."""
        return self.internode_diameters * self.diameter_um * MM_PER_UM

    @property
    def internode_um(self) -> float:
        """Length of the myelin between two nodes."""
        return self.internode_diameters * self.diameter_um - self.node_um

    @property
    def node_mm(self) -> tuple[float, ...]:
        """Where the middle of each node lies; the first at 0."""
        return tuple(k * self.spacing_mm for k in range(int(self.nodes)))

    @property
    def nodal_na(self) -> tuple[float, ...]:
        """Na channels of each node, as a share of the usual number."""
        damaged = self._damaged(self.damaged_nodes, int(self.nodes))
        left = self.na_density * self.na_left
        return tuple(left if k in damaged else self.na_density for k in range(int(self.nodes)))

    @property
    def internodal_myelin(self) -> tuple[float, ...]:
        """Share of the wraps that each internode has."""
        count = int(self.nodes) - 1
        damaged = self._damaged(self.damaged_internodes, count)
        return tuple(self.myelin_left if k in damaged else 1.0 for k in range(count))

    def _damaged(self, number: float, of: int) -> range:
        number = min(int(number), of)
        first = round((of - number) * self.damage_at)
        return range(first, first + number)

    def sheath(self, myelin: float) -> Sheath:
        """The wall of an internode that has the share `myelin` of its wraps.

        The membranes are nested cylinders in series with the membrane of the axon. Capacitances
        and conductances are each taken in series, as if wall and axon charged at one pace; the
        capacitances, which decide the velocity, are exact.

        Raises:
            ValueError: `myelin` is not from 0 to 1.
        """
        MYELINATED["myelin_left"].check(myelin)
        radius_um = self.axon_um / 2.0
        around_cm = 2.0 * pi * radius_um * CM_PER_UM
        thickness_um = WRAP_UM / MEMBRANES_PER_WRAP
        outer_um = radius_um + myelin * (self.diameter_um / 2.0 - radius_um)
        # As many membranes of this circumference as the nested cylinders amount to.
        membranes = radius_um * log(outer_um / radius_um) / thickness_um
        elastance = (1.0 / AXON_UF_CM2 + membranes / self.membrane_uf_cm2) / around_cm
        resistance = (1.0 / AXON_MS_CM2 + membranes / self.membrane_ms_cm2) / around_cm
        return Sheath(1.0 / elastance, 1.0 / resistance)

    def pieces(self, myelin: float) -> int:
        """Compartments that an internode with the share `myelin` of its wraps is cut into."""
        around_cm = pi * self.axon_um * CM_PER_UM
        farad_cm2 = self.sheath(myelin).capacitance_uf_cm / around_cm * 1e-6
        slope = pi * PACE_PER_S * self.axoplasm_ohm_cm * farad_cm2
        length_constant_cm = sqrt(self.axon_um * CM_PER_UM / slope) / 2.0
        needed = ceil(self.internode_um * CM_PER_UM / (LONGEST_PIECE * length_constant_cm))
        return min(max(needed, FEWEST_PIECES), MOST_PIECES)
