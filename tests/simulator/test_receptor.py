"""The sensory ending: a graded potential from pressure, and spikes whose rate tells the pressure.

The transducer's formulas are written out here once more: share P / (P + 30 kPa) of 0.3 mS/cm2,
opening within 1 ms, half of the response lost with 30 ms, reversal at 0 mV.
"""

from itertools import pairwise

import numpy as np
import pytest

from simulator import CORTICAL, Changes, Pulse, run
from simulator.measurements import find_spikes
from simulator.membrane import RECEPTOR
from simulator.stimulus import Pressure
from simulator.voltage_clamp import clamp

BLOCKED = Changes(na_block=1.0)
START_MS, LONG_MS = 5.0, 500.0


def _pressed(pressure_kpa, changes=None, duration_ms=LONG_MS):
    stimulus = Pressure(START_MS, duration_ms, pressure_kpa)
    return run(RECEPTOR, [stimulus], changes, duration_ms=START_MS + duration_ms + 40.0)


@pytest.fixture(scope="module")
def firing():
    """Times in ms and peaks in mV of the spikes under steady pressure, by pressure in kPa."""
    found = {}
    for pressure_kpa in (2.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 60.0):
        trace = _pressed(pressure_kpa)
        spikes = find_spikes(trace)
        times = [spike.peak * trace.dt_ms for spike in spikes]
        found[pressure_kpa] = times, [trace.voltage_mv[spike.peak] for spike in spikes]
    return found


def test_without_pressure_the_ending_is_a_cortical_membrane():
    pulses = [Pulse(1.0, 0.5, 60.0)]
    assert run(RECEPTOR, pulses).voltage_mv == run(CORTICAL, pulses).voltage_mv


def test_the_generator_potential_grows_with_pressure_in_steps_that_get_smaller():
    pressures = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
    rises = [
        max(trace.voltage_mv) - trace.voltage_mv[0]
        for trace in (_pressed(p, BLOCKED, 60.0) for p in pressures)
    ]
    assert rises[0] == pytest.approx(0.0, abs=1e-6)
    assert all(more > less + 1.0 for less, more in pairwise(rises))
    slopes = [(b - a) / (q - p) for (p, a), (q, b) in pairwise(zip(pressures, rises, strict=True))]
    assert all(later < earlier for earlier, later in pairwise(slopes))


def test_the_generator_potential_is_no_spike_and_has_no_threshold():
    trace = _pressed(60.0, BLOCKED)
    assert not find_spikes(trace)
    assert max(trace.voltage_mv) < 0.0


@pytest.mark.parametrize("pressure_kpa", [5.0, 30.0, 120.0])
def test_under_clamp_the_current_is_that_of_the_open_channels(pressure_kpa):
    trace = clamp(
        RECEPTOR,
        [],
        stimuli=[Pressure(2.0, 100.0, pressure_kpa)],
        holding_mv=-60.0,
        duration_ms=130.0,
    )
    share = pressure_kpa / (pressure_kpa + 30.0)

    def held(since_ms):
        return 0.3 * share * (1.0 - np.exp(-since_ms)) * (0.5 + 0.5 * np.exp(-since_ms / 30.0))

    current = trace.numpy("stimulus_ua_cm2")
    middle_ms = np.arange(len(trace)) * 0.01 + 0.005
    on = (middle_ms > 2.0) & (middle_ms < 102.0)
    assert current[on] == pytest.approx(60.0 * held(middle_ms[on] - 2.0), abs=1e-9)
    assert not current[middle_ms < 2.0].any()
    after = (middle_ms > 102.0) & (middle_ms < 120.0)
    fading = 60.0 * held(100.0) * np.exp(-(middle_ms[after] - 102.0))
    assert current[after] == pytest.approx(fading, abs=1e-9)


def test_at_the_reversal_potential_pressure_drives_nothing():
    levels = {}
    for level in (-20.0, 0.0, 20.0):
        trace = clamp(
            RECEPTOR,
            [],
            stimuli=[Pressure(2.0, 5.0, 50.0)],
            holding_mv=level,
            duration_ms=8.0,
        )
        levels[level] = trace.column("stimulus_ua_cm2")[500]
    assert levels[0.0] == 0.0
    assert levels[-20.0] == pytest.approx(-levels[20.0])
    assert levels[-20.0] > 0.0


@pytest.mark.parametrize("pressure_kpa", [2.0, 4.0])
def test_light_pressure_stays_below_threshold(firing, pressure_kpa):
    times, _ = firing[pressure_kpa]
    assert times == []


def test_the_harder_the_pressure_the_more_spikes(firing):
    counts = [len(times) for times, _ in firing.values()]
    assert counts[1] == 0
    assert all(more > fewer for fewer, more in pairwise(counts[1:]))


def test_the_harder_the_pressure_the_sooner_the_first_spike(firing):
    firsts = [times[0] for times, _ in firing.values() if times]
    assert all(later > sooner for later, sooner in pairwise(firsts))


@pytest.mark.parametrize("pressure_kpa", [8.0, 10.0, 15.0, 20.0, 30.0, 60.0])
def test_under_steady_pressure_the_rate_falls(firing, pressure_kpa):
    times, _ = firing[pressure_kpa]
    gaps = np.diff(times)
    assert gaps[-1] > 1.3 * gaps[0]
    # No spike comes much sooner after the one before than that one did; the first pair is apart,
    # as the channels are still opening.
    assert (np.diff(gaps[1:]) > -0.02).all()


def test_adaptation_is_the_transducer_s(firing):
    times, _ = firing[20.0]
    early = sum(time < START_MS + 100.0 for time in times)
    late = sum(time > START_MS + LONG_MS - 100.0 for time in times)
    assert late < 0.85 * early


@pytest.mark.parametrize("pressure_kpa", [6.0, 8.0, 10.0])
def test_the_size_of_the_spikes_does_not_tell_the_pressure(firing, pressure_kpa):
    _, peaks = firing[pressure_kpa]
    assert peaks == pytest.approx([47.0] * len(peaks), abs=0.5)


def test_the_first_spike_is_as_high_under_any_pressure(firing):
    firsts = [peaks[0] for _, peaks in firing.values() if peaks]
    assert max(firsts) - min(firsts) < 0.3


def test_when_the_pressure_ends_so_do_the_spikes(firing):
    for times, _ in firing.values():
        assert all(time < START_MS + LONG_MS + 5.0 for time in times)
    trace = _pressed(60.0)
    assert trace.voltage_mv[-1] == pytest.approx(trace.voltage_mv[0], abs=1.0)


def test_two_pressures_add_their_conductances():
    both = clamp(
        RECEPTOR,
        [],
        stimuli=[Pressure(1.0, 9.0, 15.0), Pressure(4.0, 9.0, 40.0)],
        duration_ms=15.0,
    )
    each = [clamp(RECEPTOR, [], stimuli=[stimulus], duration_ms=15.0) for stimulus in both.stimuli]
    total = sum(trace.numpy("stimulus_ua_cm2") for trace in each)
    assert both.numpy("stimulus_ua_cm2") == pytest.approx(total, abs=1e-9)


def test_a_membrane_without_a_transducer_refuses_pressure_at_once():
    sentence = "the cortical neuron feels no pressure; the preparation receptor does"
    for attempt in (run, lambda preparation, stimuli: clamp(preparation, [], stimuli=stimuli)):
        with pytest.raises(ValueError, match=sentence):
            attempt(CORTICAL, [Pressure(1.0, 5.0, 10.0)])
