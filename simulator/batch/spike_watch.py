"""Finding spikes while many patches run, so that their potentials need not be kept."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.batch.kernel import Doubles, Indices, Singles
from simulator.measurements import SPIKE_MV, UPSTROKE_V_S

#: A crossing of `SPIKE_MV` on the way up: whose, when in steps, in which row of the stretch, and
#: what is known from the stretch before: how fast the ionic current charged in its last step, the
#: most positive potential since the crossing, and whether there was an upstroke since.
_CROSSING = np.dtype(
    [
        ("member", np.intp),
        ("step", np.float64),
        ("row", np.intp),
        ("speed_v_s", np.float64),
        ("highest_mv", np.float32),
        ("upstroke", np.bool_),
    ]
)
_Crossings = NDArray[Any]


class Stretch(NamedTuple):
    """Samples of N patches that follow each other, and what was put in between them.

    Attributes:
        first: The number of the first sample, which is the last one of the stretch before.
        voltage_mv: The potentials, (steps + 1, N).
        current: Stimulus current at 0 mV over each step, (steps, N) in uA/cm2.
        synapses: Conductance that stimuli open over each step, (steps, N) in mS/cm2, or None.
    """

    first: int
    voltage_mv: Singles
    current: Singles
    synapses: Singles | None


class SpikeWatch:
    """Finds the spikes of N patches while they run: those of `measurements.find_spikes`.

    A crossing is a spike if, before the potential falls back, a sample has an upstroke and a
    later one is the highest since the crossing.
    """

    def __init__(self, capacitance_uf_cm2: float, dt_ms: float) -> None:
        self._capacitance_uf_cm2, self._dt_ms = capacitance_uf_cm2, dt_ms
        self._open = np.empty(0, _CROSSING)
        self._spikes = [self._open]

    def spikes(self) -> tuple[Indices, Doubles]:
        """Whose spike it was, and when it crossed `SPIKE_MV`, in steps; in no order."""
        found = np.concatenate(self._spikes)
        return found["member"], found["step"]

    def look(self, stretch: Stretch) -> None:
        """Look at the next stretch."""
        crossings = np.concatenate([self._open, _crossings(stretch)])
        v = stretch.voltage_mv[:, crossings["member"]]
        begun = np.arange(len(v))[:, None] >= crossings["row"]
        lasts = begun & np.logical_and.accumulate(~begun | (v >= SPIKE_MV))
        highest = np.maximum.accumulate(
            np.vstack([crossings["highest_mv"], np.where(lasts, v, -np.inf)])
        )
        # At a sample the speed is the mean of the steps before and after it: the last has none.
        speed = np.vstack([crossings["speed_v_s"], self._speed(stretch, crossings["member"])])
        fast = lasts[:-1] & ((speed[:-1] + speed[1:]) / 2.0 >= UPSTROKE_V_S)
        upstroke = np.logical_or.accumulate(np.vstack([crossings["upstroke"], fast]))
        spikes = (lasts & (v > highest[:-1]) & upstroke).any(axis=0)
        self._spikes.append(crossings[spikes])
        crossings["row"] = 0
        crossings["speed_v_s"] = speed[-1]
        crossings["highest_mv"] = highest[-1]
        crossings["upstroke"] = upstroke[-1]
        self._open = crossings[lasts[-1] & ~spikes]

    def _speed(self, stretch: Stretch, members: Indices) -> Doubles:
        """How fast the ionic current alone charges n patches in each step, (steps, n) in V/s."""
        v = stretch.voltage_mv[:, members].astype(np.float64)
        stimulus = stretch.current[:, members].astype(np.float64)
        if stretch.synapses is not None:
            stimulus -= stretch.synapses[:, members] * v[:-1]
        return np.asarray(np.diff(v, axis=0) / self._dt_ms - stimulus / self._capacitance_uf_cm2)


def _crossings(stretch: Stretch) -> _Crossings:
    """Where the potentials of a stretch pass `SPIKE_MV`, by the sample after it."""
    voltage_mv = stretch.voltage_mv
    above = voltage_mv >= SPIKE_MV
    # Places in one row after the other are found much more quickly than rows and columns.
    rows, members = np.divmod(np.flatnonzero(above[1:] > above[:-1]), voltage_mv.shape[1])
    before, after = voltage_mv[rows, members], voltage_mv[rows + 1, members]
    found = np.zeros(len(rows), _CROSSING)
    found["member"] = members
    found["step"] = stretch.first + rows + (SPIKE_MV - before) / (after - before)
    found["row"] = rows + 1
    found["highest_mv"] = -np.inf
    return found
