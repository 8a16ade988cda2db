"""Knobs: for every preparation what may be set in it, with name, unit, range and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.accounting.cell import ACCOUNTING
from simulator.cable.axon import AXON
from simulator.cable.dendrite import DENDRITE
from simulator.cable.myelinated import MYELINATED
from simulator.changes import CHANGES
from simulator.membrane import PREPARATIONS
from simulator.quantity import Quantity
from simulator.resting.bench import RESTING

#: The settings of each preparation by its name, then by theirs. Stimuli have their own; see
#: `stimulus`, `electrode` and `dendrite.SYNAPSE`.
KNOBS: Mapping[str, Mapping[str, Quantity]] = MappingProxyType(
    {
        "resting": RESTING,
        **dict.fromkeys(PREPARATIONS, CHANGES),
        "dendrite": {**DENDRITE, **CHANGES},
        "axon": {**AXON, **CHANGES},
        "myelinated": {**MYELINATED, **CHANGES},
        "accounting": ACCOUNTING,
    }
)
