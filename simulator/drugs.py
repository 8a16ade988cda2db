"""Drugs: what each does to a membrane, and at which concentration it does half of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from simulator.quantity import Quantity


class Drug(msgspec.Struct, frozen=True):
    """A drug that blocks one thing by binding to it, one molecule to one site.

    Attributes:
        quantity: Its concentration, as it may be set.
        blocks: What it blocks; a block of "k" acts on the voltage-gated K channels.
        half: The concentration that blocks half, in the unit of `quantity`.
    """

    quantity: Quantity
    blocks: Literal["na", "k", "pump"]
    half: float

    def share(self, concentration: float) -> float:
        """The share that is blocked at `concentration`, 0 to 1.

        Raises:
            ValueError: the concentration is out of the range of `quantity`.
        """
        self.quantity.check(concentration)
        return concentration / (concentration + self.half)


DRUGS: dict[str, Drug] = {
    drug.quantity.name: drug
    for drug in (
        # Toxicon 1985, 23:725: half of the squid axon's Na current at 5.1 nM.
        Drug(
            Quantity(
                "ttx_nm",
                "nM",
                0.0,
                1000.0,
                0.0,
                "Tetrodotoxin: plugs the Na channel from outside, whatever its gates do.",
                title="tetrodotoxin",
            ),
            "na",
            5.1,
        ),
        # Hille 1967, J Gen Physiol 50:1287: node of Ranvier, 0.4 mM outside.
        Drug(
            Quantity(
                "tea_mm",
                "mM",
                0.0,
                50.0,
                0.0,
                "Tetraethylammonium: plugs voltage-gated K channels.",
                title="TEA",
            ),
            "k",
            0.4,
        ),
        # Grissmer et al. 1994, Mol Pharmacol 45:1227: Kv1.1.
        Drug(
            Quantity(
                "four_ap_mm",
                "mM",
                0.0,
                10.0,
                0.0,
                "4-aminopyridine (fampridine): blocks voltage-gated K channels.",
                title="4-aminopyridine",
            ),
            "k",
            0.29,
        ),
        # Both glycosides: a round figure for the human pump with some mM of K outside, which
        # hinders their binding; published values lie within a factor of several.
        Drug(
            Quantity(
                "ouabain_um",
                "uM",
                0.0,
                1000.0,
                0.0,
                "Ouabain: stops the Na/K pump.",
                title="ouabain",
            ),
            "pump",
            0.1,
        ),
        Drug(
            Quantity(
                "digoxin_nm",
                "nM",
                0.0,
                10000.0,
                0.0,
                "Digoxin: stops the Na/K pump; patients have 1 to 2 nM.",
                title="digoxin",
            ),
            "pump",
            100.0,
        ),
    )
}

#: Lidocaine binds above all to inactivated Na channels, with the constants that Bean, Cohen &
#: Tsien 1983, J Gen Physiol 81:613 found in heart: half at 10 uM where all channels are
#: inactivated and at about 440 uM where none is, and 1 to 2 s to come off. It comes off all
#: channels equally fast here.
LIDOCAINE = Quantity(
    "lidocaine_um",
    "uM",
    0.0,
    5000.0,
    0.0,
    "Lidocaine: binds to inactivated Na channels, so that block grows with use.",
    title="lidocaine",
)
LIDOCAINE_HALF_UM, LIDOCAINE_HALF_AT_REST_UM = 10.0, 440.0
LIDOCAINE_OFF_PER_MS = 1e-3
LIDOCAINE_ON_PER_MS_UM = LIDOCAINE_OFF_PER_MS / LIDOCAINE_HALF_UM
#: How fast it binds a channel that is not inactivated, as a share of the rate at one that is.
LIDOCAINE_AT_REST = LIDOCAINE_HALF_UM / LIDOCAINE_HALF_AT_REST_UM


def blocked(name: Literal["na", "k", "pump"], concentrations: dict[str, float]) -> float:
    """The share of "na", "k" or "pump" that the drugs block together, 0 to 1.

    Each drug blocks its share of what the others leave.
    """
    left = 1.0
    for drug_name, drug in DRUGS.items():
        if drug.blocks == name:
            left *= 1.0 - drug.share(concentrations[drug_name])
    return 1.0 - left
