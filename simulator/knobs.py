"""Knobs: for every preparation what may be set in it, with name, unit, range and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.accounting import ACCOUNTING
from simulator.axon import AXON
from simulator.changes import CHANGES
from simulator.dendrite import DENDRITE
from simulator.membrane import PREPARATIONS
from simulator.myelinated import MYELINATED
from simulator.quantity import Quantity
from simulator.resting import RESTING

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
