"""Finding spikes while many patches run, so that their potentials need not be kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.batch.kernel import Doubles, Indices, Singles
from simulator.measurements import SPIKE_MV, UPSTROKE_V_S
from simulator.trace import STEADY_MS

#: A crossing of `SPIKE_MV` on the way up: whose, when in steps, in which row of the stretch, and
#: what is known from the stretch before: how fast the ionic current charged in its last step, the
#: most positive potential since the crossing, whether there was an upstroke since, and whether
#: the current was steady.
_CROSSING = np.dtype(
    [
        ("member", np.intp),
        ("step", np.float64),
        ("row", np.intp),
        ("speed_v_s", np.float64),
        ("highest_mv", np.float32),
        ("upstroke", np.bool_),
        ("steady", np.bool_),
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
    later one is the highest since the crossing. Under a steady current a potential that rises
    faster than it did before has one as well.
    """

    def __init__(
        self, capacitance_uf_cm2: float, dt_ms: float, currents_alone: NDArray[np.bool_]
    ) -> None:
        """Watch N patches; `currents_alone`, (N,), says which are driven by nothing else."""
        self._rise = _SteadyRise(dt_ms, currents_alone)
        self._capacitance_uf_cm2, self._dt_ms = capacitance_uf_cm2, dt_ms
        self._open = np.empty(0, _CROSSING)
        self._spikes = [self._open]

    def spikes(self) -> tuple[Indices, Doubles]:
        """Whose spike it was, and when it crossed `SPIKE_MV`, in steps; in no order."""
        found = np.concatenate(self._spikes)
        return found["member"], found["step"]

    def look(self, stretch: Stretch) -> None:
        """Look at the next stretch."""
        rise = self._rise.over(stretch)
        fresh = _crossings(stretch)
        before = fresh["row"] - 1
        same_ms = rise.same_for(before, fresh["member"]) * self._dt_ms
        fresh["steady"] = (same_ms >= STEADY_MS) & (
            stretch.current[before, fresh["member"]] != 0.0
        )
        fresh["upstroke"] = (
            fresh["steady"] & rise.faster_of(fresh["member"])[before, np.arange(len(fresh))]
        )
        crossings = np.concatenate([self._open, fresh])
        v = stretch.voltage_mv[:, crossings["member"]]
        begun = np.arange(len(v))[:, None] >= crossings["row"]
        lasts = begun & np.logical_and.accumulate(~begun | (v >= SPIKE_MV))
        highest = np.maximum.accumulate(
            np.vstack([crossings["highest_mv"], np.where(lasts, v, -np.inf)])
        )
        # At a sample the speed is the mean of the steps before and after it: the last has none.
        speed = np.vstack([crossings["speed_v_s"], self._speed(stretch, crossings["member"])])
        fast = lasts[:-1] & ((speed[:-1] + speed[1:]) / 2.0 >= UPSTROKE_V_S)
        if crossings["steady"].any():
            fast |= lasts[:-1] & crossings["steady"] & rise.faster_of(crossings["member"])
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


class _Rise(NamedTuple):
    """What a `_SteadyRise` found in a stretch of S steps.

    Attributes:
        place: Where each patch is among the n that a current drives, (N,); -1 where it is not.
        since: For how many steps the current had been the same at the first step, (n,).
        changes: Whether the current is another than in the step before, (S, n).
        faster: Whether the potential rises faster by 10 V/s than it did before, (S, n).
    """

    place: Indices
    since: Indices
    changes: NDArray[np.bool_]
    faster: NDArray[np.bool_]

    def same_for(self, rows: Indices, members: Indices) -> Indices:
        """For how many steps a patch's current has been the same; -1 where none drives it."""
        same = np.full(len(rows), -1)
        for number, (row, place) in enumerate(zip(rows, self.place[members], strict=True)):
            if place >= 0:
                changed = np.flatnonzero(self.changes[: row + 1, place])
                same[number] = row - changed[-1] if changed.size else row + self.since[place]
        return same

    def faster_of(self, members: Indices) -> NDArray[np.bool_]:
        """`faster` of some patches, (S, members); false where no current drives one."""
        place = self.place[members]
        faster = np.zeros((len(self.faster), len(members)), np.bool_)
        faster[:, place >= 0] = self.faster[:, place[place >= 0]]
        return faster


class _SteadyRise:
    """Where potentials rise faster, by 10 V/s, than they did since their current changed."""

    def __init__(self, dt_ms: float, currents_alone: NDArray[np.bool_]) -> None:
        self._dt_ms, self._watched = dt_ms, currents_alone
        count = len(currents_alone)
        self._current = np.zeros(count, np.float32)
        self._since = np.zeros(count, np.intp)
        self._slowest = np.zeros(count, np.float32)

    def over(self, stretch: Stretch) -> _Rise:
        """Look at the next stretch."""
        driven = np.flatnonzero(self._watched & stretch.current.any(axis=0))
        place = np.full(len(self._watched), -1)
        place[driven] = np.arange(len(driven))
        # A slice is read far more quickly than a list of places.
        members = driven if len(driven) < len(place) else slice(None)
        current, v = stretch.current[:, members], stretch.voltage_mv[:, members]
        changes = np.empty(current.shape, np.bool_)
        changes[0] = current[0] != self._current[members]
        np.not_equal(current[1:], current[:-1], changes[1:])
        self._current[:] = stretch.current[-1]
        speed = np.diff(v, axis=0)
        speed /= np.float32(self._dt_ms)
        slowest = np.maximum(speed, np.float32(0.0))
        before = self._slowest[members]
        anew = np.flatnonzero(changes.any(axis=1)).tolist()
        for first, end in pairwise(sorted({0, *anew, len(current)})):
            part = slowest[first:end]
            np.minimum(part[0], before, out=part[0], where=~changes[first])
            np.minimum.accumulate(part, axis=0, out=part)
            before = part[-1]
        self._slowest[members] = before
        since = self._since[members]
        last = len(current) - 1 - np.argmax(changes[::-1], axis=0)
        self._since[members] = np.where(
            changes.any(axis=0), len(current) - last, since + len(current)
        )
        return _Rise(place, since, changes, speed - slowest >= UPSTROKE_V_S)


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
