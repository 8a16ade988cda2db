"""Spikes are found while the potentials come in, in stretches of any length."""

from array import array
from dataclasses import replace

import numpy as np
import pytest

from simulator import TEXTBOOK, Pulse, Step, run
from simulator.batch.spike_watch import SpikeWatch, Stretch
from simulator.measurements import find_spikes

DT_MS, STEPS, COUNT = 0.025, 400, 60
#: In turn patches have no current, one from one step on, and one that ends at another.
ONSET, END, SIZE = 40, 200, 15.0
STIMULI = ([], [Step(ONSET * DT_MS, SIZE)], [Pulse(ONSET * DT_MS, (END - ONSET) * DT_MS, SIZE)])


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


def _measured(voltage_mv):
    """How many spikes the measurements find in the same potentials, and how many crossings."""
    silent = run(TEXTBOOK, duration_ms=STEPS * DT_MS, dt_ms=DT_MS)
    spikes = []
    for number, own in enumerate(voltage_mv.T):
        stimuli = STIMULI[number % len(STIMULI)]
        drawn = replace(silent, voltage_mv=array("d", own.tolist()), stimuli=stimuli)
        spikes.append(len(find_spikes(drawn)))
    crossings = ((voltage_mv[:-1] < -20.0) & (voltage_mv[1:] >= -20.0)).sum()
    return spikes, crossings


@pytest.mark.parametrize("length", [1, 2, 3, 64, STEPS])
def test_spikes_are_those_of_the_measurements_wherever_a_stretch_ends(wandering, length):
    watch = SpikeWatch(TEXTBOOK.capacitance_uf_cm2, DT_MS, np.ones(COUNT, np.bool_))
    current = np.zeros((STEPS, COUNT), np.float32)
    current[ONSET:, 1::3] = SIZE
    current[ONSET:END, 2::3] = SIZE
    for first in range(0, STEPS, length):
        voltage_mv = wandering[first : first + length + 1]
        watch.look(Stretch(first, voltage_mv, current[first : first + length], None))
    members, steps = watch.spikes()
    spikes, crossings = _measured(wandering)
    assert np.bincount(members, minlength=COUNT).tolist() == spikes
    assert 50 < len(members) < crossings - 50
    before = np.floor(steps).astype(int)
    assert (wandering[before, members] < -20.0).all()
    assert (wandering[before + 1, members] >= -20.0).all()
