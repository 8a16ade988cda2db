"""The patch kernel's strides and its ways of being driven, against an independent solution.

The equations are written out here once more, from Hodgkin & Huxley 1952 (J Physiol 117:500, in
the paper's own sign: depolarisation negative) and from Pospischil et al. 2008 (Biol Cybern
99:427), and solved by LSODA to a relative tolerance of 1e-10, piece by piece between the times
at which something is switched on or off.
"""

from itertools import pairwise
from math import ceil, exp, floor, inf

import numpy as np
import pytest
from scipy.integrate import odeint
from scipy.optimize import brentq

from simulator import CORTICAL, SQUID, TEXTBOOK, Changes, Pulse, run, threshold
from simulator.stimulus import Ramp, Step, SynapticEvent, Train

#: Samples of the solution; every step that is tried is a whole multiple of it.
FINE_MS = 0.0025


def _squid_rates(voltage_mv):
    v = -(voltage_mv + 65.0)
    return (
        0.1 * (v + 25.0) / (exp((v + 25.0) / 10.0) - 1.0),
        4.0 * exp(v / 18.0),
        0.07 * exp(v / 20.0),
        1.0 / (exp((v + 30.0) / 10.0) + 1.0),
        0.01 * (v + 10.0) / (exp((v + 10.0) / 10.0) - 1.0),
        0.125 * exp(v / 80.0),
    )


def _central_rates(shift_mv, h_speed, n_speed):
    def rates(voltage_mv):
        v = voltage_mv - shift_mv
        return (
            0.32 * (v - 13.0) / (1.0 - exp(-(v - 13.0) / 4.0)),
            0.28 * (v - 40.0) / (exp((v - 40.0) / 5.0) - 1.0),
            h_speed * 0.128 * exp(-(v - 17.0) / 18.0),
            h_speed * 4.0 / (1.0 + exp(-(v - 40.0) / 5.0)),
            n_speed * 0.032 * (v - 15.0) / (1.0 - exp(-(v - 15.0) / 5.0)),
            n_speed * 0.5 * exp(-(v - 10.0) / 40.0),
        )

    return rates


#: Rates, then conductance in mS/cm2 and reversal in mV of Na, K and leak; 1 uF/cm2.
EQUATIONS = {
    SQUID: (_squid_rates, (120.0, 50.0), (36.0, -77.0), (0.3, -54.387)),
    TEXTBOOK: (_central_rates(-67.2, 1.12, 0.82), (17.5, 50.0), (12.0, -90.0), (0.23, -70.0)),
    CORTICAL: (_central_rates(-58.0, 1.0, 1.0), (50.0, 50.0), (5.0, -90.0), (0.1, -70.0)),
}
Q10, REFERENCE_C = 3.0, 6.3


def _current(stimulus, time_ms, within_ms):
    """Current at `time_ms`, in the stretch between two switches in which `within_ms` lies."""
    if isinstance(stimulus, SynapticEvent):
        return 0.0
    if isinstance(stimulus, Train):
        since_ms = (within_ms - stimulus.start_ms) % stimulus.interval_ms
        on = stimulus.start_ms < within_ms < stimulus.end_ms and since_ms < stimulus.duration_ms
        return stimulus.amplitude_ua_cm2 if on else 0.0
    if not stimulus.start_ms < within_ms < stimulus.end_ms:
        return 0.0
    if isinstance(stimulus, Ramp):
        gone = (time_ms - stimulus.start_ms) / stimulus.duration_ms
        return stimulus.start_ua_cm2 + gone * (stimulus.end_ua_cm2 - stimulus.start_ua_cm2)
    return stimulus.amplitude_ua_cm2


def _switches(stimuli, duration_ms):
    times = {0.0, duration_ms}
    for stimulus in stimuli:
        if isinstance(stimulus, Train):
            for number in range(stimulus.pulses):
                onset_ms = stimulus.start_ms + number * stimulus.interval_ms
                times |= {onset_ms, onset_ms + stimulus.duration_ms}
        else:
            times |= {stimulus.start_ms, getattr(stimulus, "end_ms", inf)}
    return sorted(time for time in times if time <= duration_ms)


def solve(preparation, stimuli, duration_ms, temperature_c=None):
    """The potential at samples `FINE_MS` apart."""
    rates, (g_na, e_na), (g_k, e_k), (g_leak, e_leak) = EQUATIONS[preparation]
    speed = 1.0 if temperature_c is None else Q10 ** ((temperature_c - REFERENCE_C) / 10.0)
    synapses = [s for s in stimuli if isinstance(s, SynapticEvent)]

    def ionic(v, m, h, n):
        return g_na * m**3 * h * (v - e_na) + g_k * n**4 * (v - e_k) + g_leak * (v - e_leak)

    def steady(v):
        a_m, b_m, a_h, b_h, a_n, b_n = rates(v)
        return a_m / (a_m + b_m), a_h / (a_h + b_h), a_n / (a_n + b_n)

    rest_mv = brentq(lambda v: ionic(v, *steady(v)), -79.9, -56.1, xtol=1e-12)
    state = np.array([rest_mv, *steady(rest_mv)])
    voltage = np.empty(round(duration_ms / FINE_MS) + 1)
    for start, end in pairwise(_switches(stimuli, duration_ms)):
        middle = (start + end) / 2.0

        def slopes(state, t, middle=middle, start=start):
            v, m, h, n = state
            a_m, b_m, a_h, b_h, a_n, b_n = rates(v)
            driven = sum(_current(s, t, middle) for s in stimuli)
            for s in synapses:
                if s.start_ms <= start:
                    opened = s.conductance_ms_cm2 * exp(-(t - s.start_ms) / s.tau_ms)
                    driven += opened * (s.reversal_mv - v)
            return (
                driven - ionic(v, m, h, n),
                speed * (a_m * (1.0 - m) - b_m * m),
                speed * (a_h * (1.0 - h) - b_h * h),
                speed * (a_n * (1.0 - n) - b_n * n),
            )

        first, last = ceil(start / FINE_MS - 1e-9), floor(end / FINE_MS + 1e-9)
        samples = np.arange(first, last + 1) * FINE_MS
        samples[np.abs(samples - start) < 1e-9] = start
        samples[np.abs(samples - end) < 1e-9] = end
        times = np.unique(np.concatenate(([start], samples, [end])))
        solved = odeint(slopes, state, times, rtol=1e-10, atol=1e-10, tcrit=[end], mxstep=100_000)
        voltage[first : last + 1] = solved[np.searchsorted(times, samples), 0]
        state = solved[-1]
    return voltage


def _top_ms(voltage, dt_ms):
    """Time of the highest sample, refined by a parabola."""
    i = int(np.argmax(voltage))
    a, b, c = voltage[i - 1 : i + 2]
    return (i + (a - c) / (2.0 * (a - 2.0 * b + c))) * dt_ms


def _passes_ms(voltage, dt_ms):
    """Times at which the potential rises through -20 mV."""
    at = np.flatnonzero((voltage[:-1] < -20.0) & (voltage[1:] >= -20.0))
    return (at + (-20.0 - voltage[at]) / (voltage[at + 1] - voltage[at])) * dt_ms


PREPARATIONS_AT = {
    "textbook": (TEXTBOOK, None),
    "squid 6.3": (SQUID, 6.3),
    "squid 18.5": (SQUID, 18.5),
    "cortical": (CORTICAL, None),
}
in_each = pytest.mark.parametrize(
    ("preparation", "temperature_c"), PREPARATIONS_AT.values(), ids=PREPARATIONS_AT
)


@pytest.fixture(scope="module")
def solution():
    """Solutions that several tests look at, solved once."""
    solved = {}

    def look_up(preparation, stimuli, duration_ms, temperature_c=None):
        key = (preparation, tuple(stimuli), duration_ms, temperature_c)
        if key not in solved:
            solved[key] = solve(*key)
        return solved[key]

    return look_up


#: Step in ms, then bounds: time of the peak in ms, error of V as rms and where the spike is not
#: rising or falling faster than 20 V/s, in mV. A step of 0.01 ms is as true as the peer program's
#: (0.0008 ms and 0.076 mV at 1.5 x threshold) but where threshold is near and time stretches.
BOUNDS = {
    1.2: {0.01: (0.002, 0.06, 0.06), 0.025: (0.01, 0.3, 0.2)},
    1.5: {0.01: (0.001, 0.04, 0.06), 0.025: (0.006, 0.2, 0.12)},
    3.0: {0.01: (0.001, 0.03, 0.06), 0.025: (0.006, 0.15, 0.12)},
}


@in_each
@pytest.mark.parametrize("multiple", BOUNDS)
def test_strides_keep_to_the_solution(preparation, temperature_c, multiple, shock, solution):
    pulse = shock(preparation, multiple, temperature_c=temperature_c)
    exact = solution(preparation, [pulse], 20.0, temperature_c)
    for dt_ms, (late_ms, rms_mv, most_mv) in BOUNDS[multiple].items():
        trace = run(preparation, [pulse], Changes(temperature_c=temperature_c), dt_ms=dt_ms)
        right = exact[:: round(dt_ms / FINE_MS)]
        error = trace.numpy("voltage_mv") - right
        gentle = np.abs(np.gradient(right, dt_ms)) < 20.0
        assert _top_ms(trace.voltage_mv, dt_ms) == pytest.approx(
            _top_ms(exact, FINE_MS), abs=late_ms
        )
        assert np.sqrt(np.mean(error**2)) < rms_mv
        assert np.abs(error[gentle]).max() < most_mv


@in_each
@pytest.mark.parametrize(
    ("dt_ms", "late_ms", "rms_mv", "most_mv"), [(0.01, 0.008, 0.25, 0.15), (0.025, 0.03, 1.0, 1.3)]
)
def test_close_to_the_threshold_strides_scatter_about_the_solution(
    preparation, temperature_c, dt_ms, late_ms, rms_mv, most_mv, shock, solution
):
    # There time stretches: a step of 0.025 ms delays the warm squid's spike by 0.023 ms even if
    # no step is left out. And the last digits of a strength decide which cells of the table of
    # rates are met, so that one strength tells nothing: half of them keep within the bounds, and
    # all within two and a half times as much.
    late, rms, most = [], [], []
    for share in np.linspace(0.999, 1.001, 9):
        pulse = shock(preparation, 1.02 * share, temperature_c=temperature_c)
        exact = solution(preparation, [pulse], 20.0, temperature_c)
        trace = run(preparation, [pulse], Changes(temperature_c=temperature_c), dt_ms=dt_ms)
        right = exact[:: round(dt_ms / FINE_MS)]
        error = trace.numpy("voltage_mv") - right
        most.append(np.abs(error[np.abs(np.gradient(right, dt_ms)) < 20.0]).max())
        late.append(abs(_top_ms(trace.voltage_mv, dt_ms) - _top_ms(exact, FINE_MS)))
        rms.append(np.sqrt(np.mean(error**2)))
    assert np.median(late) < late_ms
    assert np.median(rms) < rms_mv
    assert np.median(most) < most_mv
    assert max(late) < 2.5 * late_ms
    assert max(rms) < 2.5 * rms_mv


@in_each
def test_strides_keep_to_a_run_with_a_twentieth_of_the_step(preparation, temperature_c, shock):
    pulse, changes = (
        shock(preparation, 1.2, temperature_c=temperature_c),
        Changes(temperature_c=temperature_c),
    )
    fine = run(preparation, [pulse], changes, duration_ms=8.0, dt_ms=0.0005, exact=True)
    usual = run(preparation, [pulse], changes, duration_ms=8.0)
    fine_mv = fine.numpy("voltage_mv")[::20]
    error = usual.numpy("voltage_mv") - fine_mv
    assert _top_ms(usual.voltage_mv, 0.01) == pytest.approx(
        _top_ms(fine.voltage_mv, 0.0005), abs=0.002
    )
    assert np.sqrt(np.mean(error**2)) < 0.1


#: Slow responses, in which long strides have most time to lose; the bound is on the first spike.
SLOW = {
    "squid just above rheobase": (SQUID, [Step(1.0, 2.3)], 40.0, 0.015),
    "squid firing on": (SQUID, [Step(1.0, 7.0)], 60.0, 0.005),
    "squid after an anode": (SQUID, [Pulse(1.0, 30.0, -3.0)], 60.0, 0.045),
    "squid after a falling ramp": (SQUID, [Ramp(1.0, 25.0, 0.0, -6.0)], 50.0, 0.02),
    "textbook firing on": (TEXTBOOK, [Step(1.0, 6.0)], 60.0, 0.005),
    "cortical firing on": (CORTICAL, [Step(1.0, 3.0)], 60.0, 0.01),
}


@pytest.mark.parametrize(
    ("preparation", "stimuli", "duration_ms", "late_ms"), SLOW.values(), ids=SLOW
)
@pytest.mark.parametrize("dt_ms", [0.01, 0.025])
def test_strides_do_not_delay_a_slow_response(
    preparation, stimuli, duration_ms, late_ms, dt_ms, solution
):
    exact = _passes_ms(solution(preparation, stimuli, duration_ms), FINE_MS)
    trace = run(preparation, stimuli, duration_ms=duration_ms, dt_ms=dt_ms)
    found = _passes_ms(trace.numpy("voltage_mv"), dt_ms)
    assert len(found) == len(exact) > 0
    assert found[0] == pytest.approx(exact[0], abs=late_ms)
    assert found == pytest.approx(exact, abs=0.06)


DRIVEN = {
    "a ramp": (SQUID, [Ramp(1.0, 12.0, 0.0, 8.0)]),
    "a falling ramp and a pulse": (TEXTBOOK, [Ramp(2.0, 8.0, 3.0, -4.0), Pulse(11.0, 0.5, 60.0)]),
    "a train": (TEXTBOOK, [Train(1.0, 0.5, 40.0, 9.0, 3)]),
    "a train off the grid": (CORTICAL, [Train(1.003, 0.302, 90.0, 7.001, 3)]),
    "an excitatory event": (CORTICAL, [SynapticEvent(2.0, 0.5, 2.0)]),
    "a brief event": (CORTICAL, [SynapticEvent(2.0, 2.0, 0.3)]),
    "an event too weak": (CORTICAL, [SynapticEvent(2.0, 0.05, 5.0)]),
    "excitation and inhibition": (
        SQUID,
        [SynapticEvent(2.0, 0.5, 2.0), SynapticEvent(2.5, 0.2, 5.0, -75.0)],
    ),
    "all together": (
        CORTICAL,
        [Ramp(0.5, 10.0, 0.0, 2.0), Step(3.0, 1.0), SynapticEvent(5.0, 0.3, 3.0, -10.0)],
    ),
}
driven_by = pytest.mark.parametrize(("preparation", "stimuli"), DRIVEN.values(), ids=DRIVEN)


@driven_by
def test_a_run_follows_the_solution_whatever_drives_it(preparation, stimuli, solution):
    exact = solution(preparation, stimuli, 24.0)
    for all_steps in (True, False):
        trace = run(preparation, stimuli, duration_ms=24.0, exact=all_steps)
        error = trace.numpy("voltage_mv") - exact[::4]
        assert np.sqrt(np.mean(error**2)) < 0.1
        assert _passes_ms(trace.numpy("voltage_mv"), 0.01) == pytest.approx(
            _passes_ms(exact, FINE_MS), abs=0.003
        )


@driven_by
def test_the_error_falls_fourfold_with_half_the_step_whatever_drives_it(
    preparation, stimuli, solution
):
    exact = solution(preparation, stimuli, 24.0)
    on_the_grid = all(round(s.start_ms / 0.01, 6).is_integer() for s in stimuli)
    errors = []
    for dt_ms in (0.01, 0.005):
        trace = run(preparation, stimuli, duration_ms=24.0, dt_ms=dt_ms, exact=True)
        error = trace.numpy("voltage_mv") - exact[:: round(dt_ms / FINE_MS)]
        errors.append(np.sqrt(np.mean(error**2)))
    # Within a step an edge is known only by its charge, so that its place makes some difference.
    assert errors[0] / errors[1] == pytest.approx(4.0, abs=0.3 if on_the_grid else 1.0)


def test_thresholds_hold_for_the_solution_of_the_cortical_neuron():
    for pulse_ms in (0.1, 0.5, 5.0):
        just = threshold(CORTICAL, pulse_ms).amplitude_ua_cm2
        below, above = (
            solve(CORTICAL, [Pulse(0.0, pulse_ms, share * just)], pulse_ms + 15.0).max()
            for share in (0.999, 1.001)
        )
        assert below < -20.0 < above
