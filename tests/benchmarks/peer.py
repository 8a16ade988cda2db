"""The peer: NEURON's own Hodgkin-Huxley patch, and the run that both simulators do.

As a program it does the run once and prints its peak; with `threshold` it searches the
just-effective pulse first and runs 1.5 times that:

    python tests/benchmarks/peer.py [threshold]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from math import pi
from typing import Any

#: Hodgkin & Huxley 1952 at 6.3 degrees C: one pulse, one spike.
DURATION_MS = 20.0
DT_MS = 0.025
START_MS, PULSE_MS, PULSE_UA_CM2 = 1.0, 0.5, 30.0
#: The leak reversal that puts the paper's rest at -65 mV; NEURON's own is -54.3.
E_LEAK_MV = -54.387
REST_MV = -65.0
#: A spike passes this, and the threshold is known to this share.
SPIKE_MV, TOLERANCE = -20.0, 1e-4

MISSING = "NEURON is not installed: pip install 'action-potential-tutor[bench]'"


class NeuronPatch:
    """The patch in NEURON: second order in time, rates computed and not looked up."""

    def __init__(self, rest_mv: float = REST_MV) -> None:
        """Build it.

        Raises:
            ImportError: NEURON is not installed.
        """
        os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
        from neuron import h

        self._h: Any = h
        self._rest_mv = rest_mv
        self._section = h.Section(name="patch")
        self._section.L = self._section.diam = 10.0
        self._section.insert("hh")
        segment = self._section(0.5)
        segment.hh.el = E_LEAK_MV
        self._clamp = h.IClamp(segment)
        self._clamp.delay, self._clamp.dur = START_MS, PULSE_MS
        self.inject(PULSE_UA_CM2)
        self._voltage = h.Vector().record(segment._ref_v)
        h.celsius = 6.3
        h.secondorder = 2
        h.usetable_hh = 0
        h.dt = DT_MS
        self._parallel = h.ParallelContext()
        self._parallel.set_maxstep(10.0)

    def inject(self, amplitude_ua_cm2: float) -> None:
        """Set the size of the pulse."""
        area_cm2 = pi * self._section.L * self._section.diam * 1e-8
        self._clamp.amp = amplitude_ua_cm2 * area_cm2 * 1e3  # nA

    def run(self) -> Sequence[float]:
        """Run from rest by the quickest way there is; give the voltages in mV."""
        self._h.finitialize(self._rest_mv)
        self._parallel.psolve(DURATION_MS)
        return self._samples

    def run_usual(self) -> Sequence[float]:
        """Run as most scripts do, with the standard run library."""
        self._h.load_file("stdrun.hoc")
        self._h.finitialize(self._rest_mv)
        self._h.continuerun(DURATION_MS)
        return self._samples

    @property
    def _samples(self) -> Sequence[float]:
        samples: Sequence[float] = self._voltage
        return samples

    def threshold(self) -> float:
        """The just-effective pulse in uA/cm2, by doubling and bisection."""
        fails, fires = 0.0, 1.0
        while not self._fires(fires):
            fails, fires = fires, 2.0 * fires
        while fires - fails > TOLERANCE * fires:
            middle = (fails + fires) / 2.0
            if self._fires(middle):
                fires = middle
            else:
                fails = middle
        return fires

    def _fires(self, amplitude_ua_cm2: float) -> bool:
        self.inject(amplitude_ua_cm2)
        return max(self.run()) > SPIKE_MV


if __name__ == "__main__":
    patch = NeuronPatch()
    if "threshold" in sys.argv[1:]:
        patch.inject(1.5 * patch.threshold())
    print(f"peak {max(patch.run()):.1f} mV")
