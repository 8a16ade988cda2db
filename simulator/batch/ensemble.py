"""Ensembles: many space-clamped patches of one preparation at once, for sweeps.

Every NumPy call moves all members by one step, and until there are some hundreds of members it
is the calls that cost: a few dozen short runs are as quick with `patch.run`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace

from simulator.altered import alter
from simulator.batch.drive import Drive
from simulator.batch.kernel import Doubles, Gating, Indices, Singles, WideKernel
from simulator.batch.spike_watch import SpikeWatch, Stretch
from simulator.changes import Changes, checked_changes
from simulator.membrane import Preparation, checked_preparation
from simulator.patch import RUN_DURATION, TIME_STEP
from simulator.progress import Progress, silent
from simulator.quantity import check_list, check_number
from simulator.stimulus import AMPLITUDE, DURATION, Current, Pulse, Stimulus, check_stimuli

#: Members that need different tables of rates, of 0.5 MB each, run together up to this many.
TABLES_AT_ONCE = 32
#: Potentials between two looks at spikes and progress, all members together: they stay in cache.
STRETCH_VALUES = 65_536
SHORTEST_STRETCH, LONGEST_STRETCH = 16, 256
#: Amplitudes that bracket a threshold: steps of 22 % from the weakest one, in uA/cm2, up to the
#: strongest that is allowed, then steps of 1 % between two of them.
WEAKEST_TRY, COARSE_TRIES, FINE_TRIES = 0.1, 50, 24
#: Table and single precision together move a threshold by less than half of this share.
MARGIN = 0.002


#: More samples than these, 4 bytes each, are not kept.
MOST_SAMPLES = 100_000_000
SINCE = replace(RUN_DURATION, name="since_ms", default=0.0, minimum_excluded=False)


class Member(NamedTuple):
    """One patch of an ensemble: what is put in, and what is altered from the start on."""

    stimuli: Sequence[Stimulus] = ()
    changes: Changes = Changes()


class Ensemble(msgspec.Struct, frozen=True, eq=False):
    """What a run of N members gives back.

    Attributes:
        preparation: The membrane.
        members: Stimuli and changes of each.
        dt_ms: Time step of the run.
        time_ms: When the samples that were kept were taken, (samples,).
        voltage_mv: The samples that were kept, (N, samples).
        rest_mv: The resting potential of each member, (N,).
    """

    preparation: Preparation
    members: tuple[Member, ...]
    dt_ms: float
    time_ms: Doubles
    voltage_mv: Singles
    rest_mv: Singles
    _peaks_mv: Singles
    #: All spikes, in no order.
    _spike_members: Indices
    _spike_times_ms: Doubles

    def peaks_mv(self) -> Singles:
        """The most positive potential of each member at any step, kept or not, (N,) in mV."""
        return self._peaks_mv

    def spike_counts(self, since_ms: float = 0.0) -> Indices:
        """The number of spikes of each member from `since_ms` on, (N,).

        A spike is what `measurements.find_spikes` takes for one. Its time is when it passes
        `measurements.SPIKE_MV`.

        Raises:
            ValueError: `since_ms` is no time that a run can have.
        """
        SINCE.check(since_ms)
        counted = self._spike_members[self._spike_times_ms >= since_ms]
        return np.bincount(counted, minlength=len(self.members))

    def spike_times_ms(self, member: int) -> Doubles:
        """When each spike of one member passed `measurements.SPIKE_MV`, in order, in ms.

        Raises:
            ValueError: there is no member with this number, counted from 0.
        """
        check_number("member", member, 0, len(self.members) - 1)
        return np.sort(self._spike_times_ms[self._spike_members == member])


def run_many(
    preparation: Preparation,
    members: Sequence[Member],
    *,
    duration_ms: float = RUN_DURATION.default,
    dt_ms: float = TIME_STEP.default,
    keep_every: int | None = 1,
    progress: Progress = silent,
) -> Ensemble:
    """Simulate many patches, each from its own resting state.

    Args:
        preparation: The membrane that all members have.
        members: Stimuli and changes of each.
        duration_ms: Length of the run.
        dt_ms: Time step.
        keep_every: A sample is kept every so many steps; None keeps none. Peaks and spikes are
            those of all steps.
        progress: Told the share that is done.

    Raises:
        TypeError: `preparation` is no preparation.
        ValueError: a value is out of range; the message names it.

    The method is that of `patch.run` with its table of rates, in single precision: good for
    sweeps, while a threshold that `bracket_thresholds` has narrowed is decided by exact rates.
    """
    checked_preparation(preparation)
    RUN_DURATION.check(duration_ms)
    TIME_STEP.check(dt_ms)
    if keep_every is not None and (
        type(keep_every) is not int or not 1 <= keep_every <= MOST_SAMPLES
    ):
        raise ValueError(
            f"keep_every is {keep_every!r}, but must be None or a whole number from 1"
        )
    check_list("members", members, "a member", Member, "Member(stimuli, changes)")
    members = tuple(Member(own, checked_changes(changes)) for own, changes in members)
    if not members:
        raise ValueError("members is empty, but must hold at least one member")
    steps = max(1, round(duration_ms / dt_ms))
    for member in members:
        check_stimuli(member.stimuli)
    kept = len(members) * (steps // keep_every + 1 if keep_every else 0)
    if kept > MOST_SAMPLES:
        raise ValueError(
            f"members would keep {kept:,} samples, but may keep {MOST_SAMPLES:,}: raise keep_every"
        )
    kinds = _Kinds(preparation, members)
    batches = kinds.batches()
    drives = [
        Drive(preparation, [members[i].stimuli for i in batch], steps, dt_ms) for batch in batches
    ]
    samples = steps // keep_every + 1 if keep_every else 0
    voltage_mv = np.empty((samples, len(members)), np.float32)
    rest_mv = np.empty(len(members), np.float32)
    peaks_mv = np.full(len(members), -np.inf, np.float32)
    spike_members, spike_steps = [], []
    done = 0
    for batch, drive in zip(batches, drives, strict=True):
        # A slice is written far more quickly than a list of places.
        columns = batch if len(batches) > 1 else slice(None)
        currents = [all(isinstance(s, Current) for s in members[i].stimuli) for i in batch]
        watch = SpikeWatch(preparation.capacitance_uf_cm2, dt_ms, np.array(currents))
        for stretch in kinds.stretches(batch, drive, steps, dt_ms):
            watch.look(stretch)
            voltage, first = stretch.voltage_mv, stretch.first
            if first == 0:
                rest_mv[columns] = voltage[0]
            peaks_mv[columns] = np.maximum(peaks_mv[columns], voltage.max(axis=0))
            if keep_every:
                rows = voltage[-first % keep_every :: keep_every]
                place = -(-first // keep_every)
                voltage_mv[place : place + len(rows), columns] = rows
            done += (len(voltage) - 1) * len(batch)
            progress(done / (steps * len(members)))
        whose, when = watch.spikes()
        spike_members.append(batch[whose])
        spike_steps.append(when)
    return Ensemble(
        preparation=preparation,
        members=members,
        dt_ms=dt_ms,
        time_ms=np.arange(samples, dtype=np.float64) * ((keep_every or 1) * dt_ms),
        voltage_mv=voltage_mv.T,
        rest_mv=rest_mv,
        _peaks_mv=peaks_mv,
        _spike_members=np.concatenate(spike_members),
        _spike_times_ms=np.concatenate(spike_steps) * dt_ms,
    )


def bracket_thresholds(
    preparation: Preparation,
    pulses_ms: Sequence[float],
    changes: Sequence[Changes],
    *,
    patience_ms: float,
    dt_ms: float,
    progress: Progress = silent,
) -> list[tuple[float, float] | None]:
    """Two amplitudes in uA/cm2, 2 % apart at most, that hold each threshold between them.

    Args:
        preparation: The membrane.
        pulses_ms: Length of the pulse of each case; it begins at 0.
        changes: The changes of each case.
        patience_ms: How long after its end a pulse may fire a spike.
        dt_ms: Time step.
        progress: Told the share that is done.

    Returns:
        For each case the bracket; None where no pulse fires, or where the membrane does so
        without one.

    Raises:
        ValueError: a value is out of range, or there are not as many pulses as changes.
    """
    if not len(pulses_ms) == len(changes) > 0:
        raise ValueError(
            f"changes has length {len(changes)}, but must be as long as pulses_ms, "
            f"which has length {len(pulses_ms)}, and not empty"
        )
    cases = list(zip(pulses_ms, changes, strict=True))
    ends_ms = np.array([DURATION.check(pulse_ms) + patience_ms for pulse_ms in pulses_ms])

    def first_that_fires(sizes: Doubles, half: int) -> Indices:
        """For each case, (cases, tries) in uA/cm2, the number of the first that fires, or -1."""
        ensemble = run_many(
            preparation,
            [
                Member([Pulse(0.0, pulse_ms, size)], changed)
                for (pulse_ms, changed), tries in zip(cases, sizes.tolist(), strict=True)
                for size in tries
            ],
            duration_ms=ends_ms.max(),
            dt_ms=dt_ms,
            keep_every=None,
            progress=lambda share: progress((half + share) / 2.0),
        )
        whose = ensemble._spike_members
        in_time = ensemble._spike_times_ms <= ends_ms[whose // sizes.shape[1]]
        fires = np.bincount(whose[in_time], minlength=sizes.size).reshape(sizes.shape) > 0
        return np.where(fires.any(axis=1), fires.argmax(axis=1), -1)

    coarse = np.concatenate([[0.0], np.geomspace(WEAKEST_TRY, AMPLITUDE.high, COARSE_TRIES)])
    top = first_that_fires(np.tile(coarse, (len(cases), 1)), 0)
    known = top > 0
    fine = np.linspace(coarse[top - 1], coarse[top], FINE_TRIES, axis=1)
    fine[~known] = 0.0
    place = first_that_fires(fine, 1)
    return [
        ((1.0 - MARGIN) * tries[i - 1], (1.0 + MARGIN) * tries[i]) if found else None
        for tries, i, found in zip(fine.tolist(), place.tolist(), known.tolist(), strict=True)
    ]


class _Kinds:
    """The different membranes among the members of an ensemble, and which of them each has."""

    def __init__(self, preparation: Preparation, members: Sequence[Member]) -> None:
        numbers: dict[Changes, int] = {}
        places = [numbers.setdefault(member.changes, len(numbers)) for member in members]
        self._of_member = np.array(places)
        self._altered = [alter(preparation, changes) for changes in numbers]
        pairs = zip(self._altered, numbers, strict=True)
        self._gatings = [Gating.of(membrane, changes) for membrane, changes in pairs]

    def batches(self) -> list[Indices]:
        """The numbers of the members, in batches that need `TABLES_AT_ONCE` tables at most."""
        tables = {gating: i for i, gating in enumerate(dict.fromkeys(self._gatings))}
        batch = np.array([tables[gating] // TABLES_AT_ONCE for gating in self._gatings])
        of_member = batch[self._of_member]
        return [np.flatnonzero(of_member == number) for number in range(batch.max() + 1)]

    def stretches(
        self, members: Indices, drive: Drive, steps: int, dt_ms: float
    ) -> Iterator[Stretch]:
        """Run some members; each stretch is written over the one before."""
        length = min(max(STRETCH_VALUES // len(members), SHORTEST_STRETCH), LONGEST_STRETCH)
        used, kinds = np.unique(self._of_member[members], return_inverse=True)
        kernel = WideKernel(
            [self._altered[kind] for kind in used],
            [self._gatings[kind] for kind in used],
            kinds,
            length,
            dt_ms,
        )
        for first in range(0, steps, length):
            taken = min(length, steps - first)
            current, synapses = drive.over(first, taken)
            kernel.advance(current, synapses)
            yield Stretch(first, kernel.voltage_mv[: taken + 1], current, synapses)
            kernel.voltage_mv[0] = kernel.voltage_mv[taken]
