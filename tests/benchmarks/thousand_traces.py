"""A thousand Hodgkin & Huxley patches at once, each with a pulse of its own: 6.3 C, 20 ms.

    python tests/benchmarks/thousand_traces.py

The peer is NEURON with a thousand cells in one run, second-order steps and computed rates; both
keep the voltage of every cell at every step, and both again without. Then the cost against the
number of traces, beside the scalar kernel run as often: it shows from where the batch pays.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from math import pi
from typing import Any

import numpy as np
from measuring import Budget, Row, Section, interleaved, script, timed
from numpy.typing import NDArray
from peer import DT_MS, DURATION_MS, E_LEAK_MV, MISSING, PULSE_MS, START_MS

from simulator import SQUID, Pulse, run
from simulator.batch.drive import Drive
from simulator.batch.ensemble import Ensemble, Member, run_many
from simulator.measurements import SPIKE_MV, summit

COUNT = 1000
#: From well below threshold to seven times it, in uA/cm2.
WEAKEST, STRONGEST = 5.0, 100.0
ROUNDS = 15
#: How often each number of traces is run: the scalar kernel takes long for the last ones.
ROUNDS_OF = {1: 31, 10: 15, 100: 7, 1000: 3, 10_000: 2}
STEPS = round(DURATION_MS / DT_MS)
REST_MV = run(SQUID, duration_ms=DT_MS).voltage_mv[0]

Voltages = NDArray[np.floating[Any]]


class NeuronPatches:
    """A thousand patches in NEURON, all in one run."""

    def __init__(self, amplitudes_ua_cm2: Sequence[float], *, recorded: bool) -> None:
        """Build them.

        Raises:
            ImportError: NEURON is not installed.
        """
        os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
        from neuron import h

        self._h: Any = h
        self._patches = []
        self._voltages = []
        area_cm2 = pi * 10.0 * 10.0 * 1e-8
        for amplitude in amplitudes_ua_cm2:
            section = h.Section()
            section.L = section.diam = 10.0
            section.insert("hh")
            segment = section(0.5)
            segment.hh.el = E_LEAK_MV
            clamp = h.IClamp(segment)
            clamp.delay, clamp.dur = START_MS, PULSE_MS
            clamp.amp = amplitude * area_cm2 * 1e3  # nA
            self._patches.append((section, clamp))
            if recorded:
                self._voltages.append(h.Vector().record(segment._ref_v))
        h.celsius = 6.3
        h.secondorder = 2
        h.usetable_hh = 0
        h.dt = DT_MS
        self._parallel = h.ParallelContext()
        self._parallel.set_maxstep(10.0)

    def run(self) -> None:
        """Run all from rest by the quickest way there is."""
        self._h.finitialize(REST_MV)
        self._parallel.psolve(DURATION_MS)

    def voltages(self) -> Voltages:
        """The voltages of the last run, a row for each patch, in mV."""
        return np.array([vector.as_numpy() for vector in self._voltages])

    def remove(self) -> None:
        """Take them out of NEURON, which runs all that there are."""
        self._voltages.clear()
        self._patches.clear()


def measure() -> Section:
    """Time both in turns, then our own two kernels for every number of traces."""
    section = Section(f"Thousand traces: HH 1952, {COUNT:,} pulses, 20 ms, dt 0.025 ms, warm")
    _against_neuron(section)
    _against_ourselves(section)
    return section


def _against_neuron(section: Section) -> None:
    for kept, words in ((True, "every sample kept"), (False, "spikes only")):
        contenders: dict[str, Callable[[], object]] = {
            f"our batch, {words}": _ours(_members(COUNT), 1 if kept else None)
        }
        ours, peer = f"our batch, {words}", f"NEURON, {words}"
        if find_spec("neuron"):
            patches = NeuronPatches(_amplitudes(COUNT), recorded=kept)
            contenders[peer] = patches.run
        else:
            section.missing.append(f"the ratio to NEURON, {words}; {MISSING}")
        values = interleaved({n: timed(act) for n, act in contenders.items()}, ROUNDS, warm_ups=2)
        base = values.get(peer)
        budget = Budget("ratio", 0.2) if base and kept else None
        section.rows.append(Row(ours, values[ours], base=base, budget=budget))
        if base:
            section.rows.append(Row(peer, base))
            if kept:
                section.notes.append(_agreement(patches.voltages()))
            patches.remove()
    stimuli = [member.stimuli for member in _members(COUNT)]

    def currents() -> None:
        drive = Drive(SQUID, stimuli, STEPS, DT_MS)
        for first in range(0, STEPS, 64):
            drive.over(first, min(64, STEPS - first))

    alone = interleaved({"currents": timed(currents)}, ROUNDS)["currents"]
    base = next(row.values for row in section.rows if row.what.startswith("our batch"))
    section.rows.append(Row("of it, the stimulus currents", alone, base=base))


def _agreement(theirs: Voltages) -> str:
    """How far the spikes of the two simulators are apart."""
    ours = _ours(_members(COUNT), 1)().voltage_mv
    tops = [(_top(a), _top(b)) for a, b in zip(ours, theirs, strict=True) if b.max() > SPIKE_MV]
    apart = np.abs(np.diff(np.array(tops), axis=1)[:, 0])
    count = int((ours.max(axis=1) > SPIKE_MV).sum())
    middle, most = np.median(apart, axis=0), apart.max(axis=0)
    return (
        f"past {SPIKE_MV:g} mV: ours {count}, NEURON {len(tops)}; peaks apart by median "
        f"{middle[0]:.5f} ms, {middle[1]:.4f} mV, at most {most[0]:.4f} ms, {most[1]:.3f} mV"
    )


def _top(voltages: Voltages) -> tuple[float, float]:
    return summit(array("d", voltages.tolist()), int(voltages.argmax()), DT_MS)


def _against_ourselves(section: Section) -> None:
    for count, rounds in ROUNDS_OF.items():
        members = _members(count)

        def loop(members: Sequence[Member] = members) -> None:
            for member in members:
                run(SQUID, member.stimuli, duration_ms=DURATION_MS, dt_ms=DT_MS)

        contenders = {"loop": timed(loop), "batch": timed(_ours(members, 1))}
        values = interleaved(contenders, rounds)
        for name, words in (("loop", "scalar kernel in a loop"), ("batch", "batch")):
            base = values["loop"] if name == "batch" else None
            row = Row(f"{words}, {count:,}", values[name], base=base)
            each_us = 1000.0 * row.median / count
            section.rows.append(
                Row(row.what, row.values, base=base, note=f"{each_us:,.1f} us a trace")
            )


def _amplitudes(count: int) -> list[float]:
    return np.linspace(STRONGEST, WEAKEST, count).tolist()


def _members(count: int) -> list[Member]:
    return [Member([Pulse(START_MS, PULSE_MS, size)]) for size in _amplitudes(count)]


def _ours(members: Sequence[Member], keep_every: int | None) -> Callable[[], Ensemble]:
    return lambda: run_many(
        SQUID, members, duration_ms=DURATION_MS, dt_ms=DT_MS, keep_every=keep_every
    )


if __name__ == "__main__":
    script(measure)
