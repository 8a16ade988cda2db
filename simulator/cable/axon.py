"""The unmyelinated axon as a set of numbers: Hodgkin and Huxley's squid axon, of any thickness."""

from __future__ import annotations

from math import sqrt

import msgspec
from msgspec.structs import replace

from simulator.membrane import SQUID
from simulator.quantity import Quantity

UM_PER_CM, MM_PER_CM = 1e4, 10.0

#: The membrane at the temperature of the axon whose velocity Hodgkin & Huxley 1952 calculated
#: (J Physiol 117:500): 18.5 degrees C, diameter 476 um, axoplasm 35.4 ohm cm. With these rates
#: a wave still travels at 33 degrees C and no more at 35.
AXON_MEMBRANE = replace(SQUID, default_c=18.5)
CONDUCTS_UP_TO_C = AXON_MEMBRANE.temperature_range_c[1]

_LENGTH = Quantity("length_mm", "mm", 1.0, 100.0, 100.0, "Length of the axon.", title="length")

AXON: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity(
            "diameter_um",
            "um",
            0.2,
            1000.0,
            476.0,
            "Diameter of the axon.",
            title="axon diameter",
        ),
        _LENGTH,
        Quantity(
            "axoplasm_ohm_cm",
            "ohm cm",
            20.0,
            100.0,
            35.4,
            "Resistivity of the inside of the axon.",
            title="axoplasm resistivity",
        ),
        Quantity(
            "blocked_share",
            "",
            0.0,
            1.0,
            0.0,
            "Share of the Na channels that TTX shuts in a patch of the axon.",
            title="Na⁺ channels blocked in the patch",
        ),
        replace(
            _LENGTH,
            name="blocked_from_mm",
            low=0.0,
            default=50.0,
            sentence="Where the patch with TTX begins.",
            title="start of the patch with TTX",
        ),
        replace(
            _LENGTH,
            name="blocked_mm",
            low=0.0,
            default=6.0,
            sentence="Length of the patch with TTX.",
            title="length of the patch with TTX",
        ),
    )
}


class Axon(msgspec.Struct, frozen=True):
    """An unmyelinated axon with sealed ends at 0 and `length_mm`.

    The range and the meaning of each field stand in `AXON`. A patch with TTX that reaches past
    the end of the axon ends there.

    Raises:
        ValueError: a value is out of its range.
    """

    diameter_um: float = AXON["diameter_um"].default
    length_mm: float = AXON["length_mm"].default
    axoplasm_ohm_cm: float = AXON["axoplasm_ohm_cm"].default
    blocked_share: float = AXON["blocked_share"].default
    blocked_from_mm: float = AXON["blocked_from_mm"].default
    blocked_mm: float = AXON["blocked_mm"].default

    def __post_init__(self) -> None:
        for name, quantity in AXON.items():
            quantity.check(getattr(self, name))

    @property
    def scale(self) -> float:
        """How the axon's lengths compare with those of the standard axon.

        Cable theory: with one and the same membrane, length constants and velocities go with
        the root of diameter / axoplasm resistivity.
        """
        thickness = self.diameter_um / AXON["diameter_um"].default
        return sqrt(thickness / (self.axoplasm_ohm_cm / AXON["axoplasm_ohm_cm"].default))
