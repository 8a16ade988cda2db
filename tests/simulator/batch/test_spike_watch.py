"""Spikes are found while the potentials come in, in stretches of any length."""

from array import array
from dataclasses import replace

import numpy as np
import pytest

from simulator import TEXTBOOK, run
from simulator.batch.spike_watch import SpikeWatch, Stretch
from simulator.measurements import find_spikes

DT_MS, STEPS, COUNT = 0.025, 400, 60


@pytest.fixture(scope="module")
def wandering():
    """Potentials that wander about the level of a spike, faster and slower than an upstroke."""
    random = np.random.default_rng(11)
    voltage_mv = np.empty((STEPS + 1, COUNT), np.float32)
    voltage_mv[0] = -22.0
    pace = np.geomspace(0.02, 1.0, COUNT)
    for step in range(STEPS):
        back = 0.02 * (-20.0 - voltage_mv[step])
        voltage_mv[step + 1] = voltage_mv[step] + back + random.normal(0.0, pace)
    return voltage_mv


def _with_upstroke(trace):
    """The spikes that the ionic current makes: under a steady current there are others too."""
    v, speed = trace.voltage_mv, trace.column("dvdt_v_s")
    return sum(
        any(v[i] >= -20.0 and speed[i] >= 10.0 for i in range(spike.upstroke, spike.peak))
        for spike in find_spikes(trace)
    )


def _measured(voltage_mv):
    """How many spikes the measurements find in the same potentials, and how many crossings."""
    silent = run(TEXTBOOK, duration_ms=STEPS * DT_MS, dt_ms=DT_MS)
    potentials = [array("d", own.tolist()) for own in voltage_mv.T]
    spikes = [_with_upstroke(replace(silent, voltage_mv=own)) for own in potentials]
    crossings = ((voltage_mv[:-1] < -20.0) & (voltage_mv[1:] >= -20.0)).sum()
    return spikes, crossings


@pytest.mark.parametrize("length", [1, 2, 3, 64, STEPS])
def test_spikes_are_those_of_the_measurements_wherever_a_stretch_ends(wandering, length):
    watch = SpikeWatch(TEXTBOOK.capacitance_uf_cm2, DT_MS)
    for first in range(0, STEPS, length):
        voltage_mv = wandering[first : first + length + 1]
        watch.look(Stretch(first, voltage_mv, np.zeros_like(voltage_mv[1:]), None))
    members, steps = watch.spikes()
    spikes, crossings = _measured(wandering)
    assert np.bincount(members, minlength=COUNT).tolist() == spikes
    assert 50 < len(members) < crossings - 50
    before = np.floor(steps).astype(int)
    assert (wandering[before, members] < -20.0).all()
    assert (wandering[before + 1, members] >= -20.0).all()
