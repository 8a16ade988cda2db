"""A batch takes for a spike what a single run takes for one, whatever the current."""

import numpy as np
import pytest

from simulator import (
    CORTICAL,
    SQUID,
    TEXTBOOK,
    Changes,
    Member,
    Pulse,
    Ramp,
    Step,
    SynapticEvent,
    run,
    run_many,
)
from simulator.measurements import SPIKE_MV, find_spikes

SIZES = (-50.0, 2.0, 5.0, 10.0, 20.0, 30.0, 50.0, 60.0, 80.0, 100.0, 120.0, 150.0, 300.0, 1000.0)
LENGTHS_MS = (0.5, 1.9, 2.1, 3.0, 10.0, 40.0)
SETTINGS = {"duration_ms": 50.0, "dt_ms": 0.025}


def counted(preparation, members):
    return run_many(preparation, members, keep_every=None, **SETTINGS).spike_counts().tolist()


def found(preparation, member):
    return find_spikes(run(preparation, member.stimuli, member.changes, **SETTINGS))


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID, CORTICAL], ids=lambda p: p.name)
def test_a_batch_counts_the_spikes_of_pulses_of_any_size_and_length(preparation):
    members = [Member([Pulse(1.0, ms, size)]) for ms in LENGTHS_MS for size in SIZES]
    members += [Member([Step(start, size)]) for start in (0.0, 5.0) for size in SIZES]
    expected = [len(found(preparation, member)) for member in members]
    assert counted(preparation, members) == expected
    assert {0, 1, 2} <= set(expected)


def test_a_batch_counts_the_spikes_of_currents_that_change_and_of_altered_membranes():
    members = [
        Member([Step(0.0, 40.0), Pulse(10.0, 5.0, 30.0)]),
        Member([Step(0.0, 60.0), Step(10.0, -55.0), Step(20.0, 60.0)]),
        Member([Ramp(0.0, 40.0, 0.0, 120.0)]),
        Member([Ramp(0.0, 20.0, 0.0, 80.0), Step(20.0, 80.0)]),
        Member([Step(1.0, 60.0), SynapticEvent(5.0, 1.0)]),
        Member([SynapticEvent(5.0, 5.0)]),
        # It charges along one exponential, past -20 mV after 2.3 ms at 16 V/s.
        Member([Step(1.0, 28.0)], Changes(na_block=1.0, frozen_n=0.0)),
        *(
            Member([Step(1.0, size)], changes)
            for size in (20.0, 60.0, 120.0)
            for changes in (Changes(na_block=1.0), Changes(k_block=0.5), Changes(lasting_na=0.1))
        ),
    ]
    expected = [len(found(TEXTBOOK, member)) for member in members]
    assert counted(TEXTBOOK, members) == expected


def test_spikes_under_a_strong_steady_current_have_their_times():
    # The ionic current alone charges these by less than 10 V/s once they are past -20 mV.
    member = Member([Step(1.0, 50.0)])
    trace = run(TEXTBOOK, member.stimuli, **SETTINGS)
    v = np.array(trace.voltage_mv)
    passes_ms = [
        trace.dt_ms * (up + (SPIKE_MV - v[up]) / (v[up + 1] - v[up]))
        for up in np.flatnonzero((v[:-1] < SPIKE_MV) & (v[1:] >= SPIKE_MV))
    ]
    assert len(passes_ms) == len(find_spikes(trace)) > 10
    times_ms = run_many(TEXTBOOK, [member], keep_every=None, **SETTINGS).spike_times_ms(0)
    assert times_ms == pytest.approx(passes_ms, abs=0.1)
