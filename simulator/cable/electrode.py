"""Electrodes: currents put into a cable at a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from simulator.quantity import Quantity, check_list
from simulator.stimulus import DURATION, START, Pulse, current_per_step

if TYPE_CHECKING:
    from simulator.cable.kernel import Chain, Current

UA_PER_NA = 1e-3

PLACE = Quantity("x_mm", "mm", -1000.0, 1000.0, 0.0, "Where the electrode is.", title="place")
#: A giant axon of 1 mm takes 0.4 mA at 25 times its threshold.
CURRENT = Quantity(
    "current_na",
    "nA",
    -1e6,
    1e6,
    0.0,
    "Current that the electrode puts in; positive depolarises.",
    title="stimulus current",
)
ELECTRODE: dict[str, Quantity] = {q.name: q for q in (PLACE, START, DURATION, CURRENT)}


class Electrode(msgspec.Struct, frozen=True):
    """A rectangular pulse of current at one place of a cable; several add up.

    Raises:
        ValueError: a value is not finite or out of range.
    """

    x_mm: float
    start_ms: float
    duration_ms: float
    current_na: float

    def __post_init__(self) -> None:
        for name, quantity in ELECTRODE.items():
            quantity.check(getattr(self, name))

    @property
    def end_ms(self) -> float:
        """When the pulse is over."""
        return self.start_ms + self.duration_ms


def currents_of(
    chain: Chain, electrodes: Sequence[Electrode], steps: int, dt_ms: float
) -> list[Current]:
    """The currents of `electrodes` into the compartments of `chain`, for each of `steps` steps.

    Between the middles of two compartments a current is shared by distance, so that its place
    and its charge are exact whatever the grid; beyond the last middle it goes into the last
    compartment. A pulse edge within a step counts for its share of the step.

    Raises:
        ValueError: they are no electrodes, or one lies outside the chain.
    """
    check_list("electrodes", electrodes, "an electrode", Electrode, "Electrode(...)")
    import numpy as np

    from simulator.cable.kernel import Current

    currents = []
    for electrode in electrodes:
        pulse = Pulse(electrode.start_ms, electrode.duration_ms, 1.0)
        ua = np.array(current_per_step([pulse], steps, dt_ms))
        ua *= electrode.current_na * UA_PER_NA
        for compartment, share in chain.shares_at(electrode.x_mm):
            currents.append(Current(compartment, share * ua))
    return currents
