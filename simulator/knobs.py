"""Knobs: for every preparation what may be set in it, with name, unit, range and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace

from simulator.accounting.cell import ACCOUNTING
from simulator.cable.axon import AXON, AXON_MEMBRANE
from simulator.cable.dendrite import DENDRITE
from simulator.cable.myelinated import MYELINATED
from simulator.cable.node import RABBIT_NODE
from simulator.changes import CHANGES
from simulator.membrane import CORTICAL, PREPARATIONS, Preparation
from simulator.quantity import Quantity
from simulator.resting.bench import RESTING


def _changes_of(preparation: Preparation) -> dict[str, Quantity]:
    """The changes with the values that are this preparation's own; no knob that cannot turn."""
    own = {
        name: replace(quantity, default=preparation.own_values.get(name, quantity.default))
        for name, quantity in CHANGES.items()
    }
    low, high = preparation.temperature_range_c
    warmth = replace(own.pop("temperature_c"), low=low, high=high)
    return own if low == high else {**own, "temperature_c": warmth}


#: The settings of each preparation by its name, then by theirs. Stimuli have their own; see
#: `stimulus`, `cable.electrode` and `cable.dendrite.SYNAPSE`.
KNOBS: Mapping[str, Mapping[str, Quantity]] = MappingProxyType(
    {
        "resting": RESTING,
        **{name: _changes_of(preparation) for name, preparation in PREPARATIONS.items()},
        "dendrite": {**DENDRITE, **_changes_of(CORTICAL)},
        "axon": {**AXON, **_changes_of(AXON_MEMBRANE)},
        "myelinated": {**MYELINATED, **_changes_of(RABBIT_NODE)},
        "accounting": ACCOUNTING,
    }
)
