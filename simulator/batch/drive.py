"""The stimuli of many members of an ensemble, a stretch of steps at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simulator.batch.kernel import Doubles, Indices, Singles
from simulator.membrane import Preparation
from simulator.opened import opened_per_step
from simulator.stimulus import (
    TOTAL,
    Current,
    Pulse,
    Step,
    Stimulus,
    SynapticEvent,
    Train,
    current_per_step,
)


class Drive:
    """Stimuli of N members, kept as a few shapes in many sizes.

    Raises:
        ValueError: the stimuli of a member add up to more than the range allows.
    """

    def __init__(
        self,
        preparation: Preparation,
        stimuli: Sequence[Sequence[Stimulus]],
        steps: int,
        dt_ms: float,
    ) -> None:
        self._count = len(stimuli)
        sizes: dict[Stimulus, dict[int, float]] = defaultdict(dict)
        for member, own in enumerate(stimuli):
            for stimulus in own:
                shape, size = _shape_and_size(stimulus)
                sizes[shape][member] = sizes[shape].get(member, 0.0) + size
        self._waves: list[_Wave] = []
        for shape, size_of in sizes.items():
            if isinstance(shape, Current):
                self._add(np.array(current_per_step([shape], steps, dt_ms)), None, size_of)
            elif opened := opened_per_step([shape], preparation, steps, dt_ms):
                self._add(np.array(opened.driven), np.array(opened.conductance), size_of)
        self._firsts = np.array([wave.first for wave in self._waves])
        self._ends = np.array([wave.end for wave in self._waves])
        several = [member for member, own in enumerate(stimuli) if len(own) > 1]
        for member in self._suspects() if several else ():
            total = current_per_step(stimuli[member], steps, dt_ms)
            for together in (min(total), max(total)):
                TOTAL.check(round(together, 6))

    def _suspects(self) -> Indices:
        """Members whose current may be out of range, as it would if all peaks fell together."""
        lowest, highest = np.zeros(self._count), np.zeros(self._count)
        for wave in self._waves:
            if wave.opened is None:
                ends = np.outer([0.0, wave.current.min(), wave.current.max()], wave.sizes)
                lowest[wave.members] += ends.min(axis=0)
                highest[wave.members] += ends.max(axis=0)
        return np.flatnonzero((lowest < TOTAL.low) | (highest > TOTAL.high))

    def _add(self, current: Doubles, opened: Doubles | None, size_of: Mapping[int, float]) -> None:
        """Keep a shape from its first step to its last, with its size in each member."""
        inside = np.flatnonzero(current if opened is None else opened)
        if not inside.size:
            return
        part = slice(int(inside[0]), int(inside[-1]) + 1)
        members = np.fromiter(size_of, np.intp)
        sizes = np.fromiter(size_of.values(), np.float32)
        low, high = int(members.min()), int(members.max())
        where: slice | Indices = members
        # To add to a slice, with zeros for those between, is quicker unless few have the shape.
        if 8 * len(members) > high - low:
            where = slice(low, high + 1)
            dense = np.zeros(high - low + 1, np.float32)
            dense[members - low] = sizes
            sizes = dense
        self._waves.append(
            _Wave(
                part.start,
                current[part].astype(np.float32),
                None if opened is None else opened[part].astype(np.float32),
                where,
                sizes,
            )
        )

    def over(self, first: int, steps: int) -> tuple[Singles, Singles | None]:
        """What drives each member over each of `steps` steps, (steps, N).

        These are the current at 0 mV, in uA/cm2, and the conductance that is opened, in mS/cm2,
        or None where none is.
        """
        current = np.zeros((steps, self._count), np.float32)
        opened = None
        for number in np.flatnonzero((self._firsts < first + steps) & (self._ends > first)):
            wave = self._waves[number]
            start, end = max(wave.first, first), min(wave.end, first + steps)
            rows, part = (
                slice(start - first, end - first),
                slice(start - wave.first, end - wave.first),
            )
            current[rows, wave.members] += wave.current[part, None] * wave.sizes
            if wave.opened is not None:
                opened = np.zeros_like(current) if opened is None else opened
                opened[rows, wave.members] += wave.opened[part, None] * wave.sizes
        return current, opened


class _Wave(NamedTuple):
    """A shape from step `first` on, and its size in each of some members.

    `current` is in uA/cm2, at 0 mV; `opened` is a conductance in mS/cm2.
    """

    first: int
    current: Singles
    opened: Singles | None
    members: slice | Indices
    sizes: Singles

    @property
    def end(self) -> int:
        """The first step after it."""
        return self.first + len(self.current)


def _shape_and_size(stimulus: Stimulus) -> tuple[Stimulus, float]:
    """Stimuli that differ in amplitude only are one shape in several sizes."""
    match stimulus:
        case Pulse(start, duration, amplitude):
            return _unit(Pulse, start, duration, 1.0), amplitude
        case Train(start, duration, amplitude, interval, pulses):
            return _unit(Train, start, duration, 1.0, interval, pulses), amplitude
        case Step(start, amplitude):
            return _unit(Step, start, 1.0), amplitude
        case SynapticEvent(start, conductance, tau, reversal):
            return _unit(SynapticEvent, start, 1.0, tau, reversal), conductance
    return stimulus, 1.0


@lru_cache(maxsize=1024)
def _unit(kind: Callable[..., Stimulus], *settings: float) -> Stimulus:
    return kind(*settings)
