"""A wave along Hodgkin & Huxley's axon, 200 compartments, 20 ms: our cable and NEURON's.

    python tests/benchmarks/axon.py

Both do the same: 476 um x 100 mm, 35.4 ohm cm, 18.5 degrees C, one pulse at an end, 0.025 ms.
NEURON runs with second-order steps and computed rates, by the quickest way it has, and records
two places; we record all. Beside each time stands the velocity and its error, against the exact
one of the same equations at 18.5 and 6.3 degrees C. The rows below tell how the time grows with
the number of compartments.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from measuring import Budget, Row, Section, interleaved, script, timed
from peer import DT_MS, DURATION_MS, E_LEAK_MV, MISSING, REST_MV, SPIKE_MV

from simulator.cable.axon import Axon
from simulator.cable.axon_run import run_axon, usual_stimulus
from simulator.cable.space_time import SpaceTimeTrace
from simulator.changes import Changes

ROUNDS = 31
COUNT = 200
COUNTS = (50, 200, 500, 1000, 2000)
AXON = Axon()
PULSE = usual_stimulus(AXON)
UM_PER_MM = 1000.0
#: Middles of compartments of 0.5 mm, far from both ends.
FROM_MM, TO_MM = 40.25, 75.25
#: The exact velocities, by temperature in degrees C (hh-pulse by Chase and Hendrick).
EXACT_M_S = {18.5: 18.7319, 6.3: 12.3138}
WARM_C = 18.5


class NeuronAxon:
    """The same axon in NEURON."""

    def __init__(self, count: int) -> None:
        """Build it of `count` segments."""
        os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
        from neuron import h

        self._h: Any = h
        section = self._section = h.Section(name="axon")
        section.L, section.diam = AXON.length_mm * UM_PER_MM, AXON.diameter_um
        section.Ra, section.nseg = AXON.axoplasm_ohm_cm, count
        section.insert("hh")
        for segment in section:
            segment.hh.el = E_LEAK_MV
        self._clamp = h.IClamp(section(0))
        self._clamp.delay, self._clamp.dur = PULSE.start_ms, PULSE.duration_ms
        self._clamp.amp = PULSE.current_na
        places = (FROM_MM / AXON.length_mm, TO_MM / AXON.length_mm)
        self._voltages = [h.Vector().record(section(place)._ref_v) for place in places]
        self._parallel = h.ParallelContext()
        self._parallel.set_maxstep(10.0)

    def run(self, temperature_c: float = WARM_C) -> None:
        """Run from rest."""
        self._h.celsius = temperature_c
        self._h.secondorder, self._h.usetable_hh, self._h.dt = 2, 0, DT_MS
        self._h.finitialize(REST_MV)
        self._parallel.psolve(DURATION_MS)

    def velocity_m_s(self, temperature_c: float) -> float:
        """Velocity of the wave, timed as ours is."""
        self.run(temperature_c)
        first, last = (_arrival_ms(np.array(voltage)) for voltage in self._voltages)
        return (TO_MM - FROM_MM) / (last - first)


def measure() -> Section:
    """Time the contenders in turns, and hold their waves against the exact velocity."""
    section = Section(
        f"Axon: HH 1952, {COUNT} compartments, {WARM_C} C, 20 ms, one wave, dt 0.025 ms, warm"
    )
    ours, peer = "our cable, all 20 ms", "NEURON, psolve"
    finer = "our cable, dt 0.0125, until the wave has left"
    contenders: dict[str, Callable[[], object]] = {
        ours: lambda: _run(COUNT, until_rest=False),
        "our cable, until the wave has left": lambda: _run(COUNT, until_rest=True),
        finer: lambda: _run(COUNT, until_rest=True, dt_ms=DT_MS / 2.0),
    }
    velocities: dict[str, dict[float, float]] = {
        ours: {c: _velocity_m_s(c) for c in EXACT_M_S},
        finer: {c: _velocity_m_s(c, DT_MS / 2.0) for c in EXACT_M_S},
    }
    if find_spec("neuron"):
        axon = NeuronAxon(COUNT)
        contenders[peer] = axon.run
        velocities[peer] = {c: axon.velocity_m_s(c) for c in EXACT_M_S}
    else:
        section.missing.append(f"the ratio to NEURON; {MISSING}")
    values = interleaved({n: timed(act) for n, act in contenders.items()}, ROUNDS, warm_ups=3)
    base = values.get(peer)
    for name in contenders:
        section.rows.append(
            Row(
                name,
                values[name],
                base=None if name == peer else base,
                budget=Budget("ratio", 0.6) if name == ours and base else None,
                note=_accuracy(velocities.get(name, velocities[ours])),
            )
        )
    for count in COUNTS:
        times = interleaved({"": timed(lambda n=count: _run(n, until_rest=False))}, 5)[""]
        each_us = float(np.median(times)) * 1000.0 / (DURATION_MS / DT_MS)
        section.rows.append(
            Row(f"our cable, {count} compartments", times, note=f"{each_us:.1f} us a step")
        )
    section.notes.append("velocity at 18.5 and 6.3 C, and its error against the exact one")
    return section


def _run(count: int, *, until_rest: bool, dt_ms: float = DT_MS) -> SpaceTimeTrace:
    return run_axon(
        AXON,
        [PULSE],
        duration_ms=DURATION_MS,
        dt_ms=dt_ms,
        space_mm=AXON.length_mm / count,
        until_rest=until_rest,
    )


def _velocity_m_s(temperature_c: float, dt_ms: float = DT_MS) -> float:
    trace = run_axon(AXON, [PULSE], Changes(temperature_c=temperature_c), dt_ms=dt_ms)
    velocity = trace.velocity_m_s(FROM_MM, TO_MM)
    assert velocity
    return velocity


def _arrival_ms(v: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    up = int(np.flatnonzero((v[1:] >= SPIKE_MV) & (v[:-1] < SPIKE_MV))[0])
    return float(up + (SPIKE_MV - v[up]) / (v[up + 1] - v[up])) * DT_MS


def _accuracy(velocities: dict[float, float]) -> str:
    return "  ".join(
        f"{found:.2f} m/s {100.0 * (found / EXACT_M_S[c] - 1.0):+.1f} %"
        for c, found in velocities.items()
    )


if __name__ == "__main__":
    script(measure)
