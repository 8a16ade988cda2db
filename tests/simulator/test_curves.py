"""Strength-duration, frequency-current and gate curves against published numbers and formulas.

Published numbers were measured with an independent reference program: squid axon at 6.3 degrees
C rheobase 2.24 uA/cm2, chronaxie 1.65 ms and 6.5 nC/cm2 for brief pulses; cortical neuron
chronaxie 10.5 ms.
"""

from math import exp

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from simulator import (
    CORTICAL,
    SQUID,
    TEXTBOOK,
    Cancelled,
    Changes,
    Pulse,
    measure,
    run,
    threshold,
)
from simulator.curves import frequency_current, gate_curves, strength_duration
from simulator.experiments import refractory_curve, thresholds
from simulator.kinetics import hodgkin_huxley_rates
from simulator.measurements import find_spikes
from simulator.stimulus import Step

PULSES_MS = (0.05, 0.2, 1.0, 5.0, 20.0, 100.0)


@pytest.fixture(scope="module")
def squid():
    return strength_duration(SQUID)


@pytest.fixture(scope="module")
def cortical():
    return strength_duration(CORTICAL)


def test_the_squid_s_rheobase_is_2_24_and_its_chronaxie_1_65_ms(squid):
    assert squid.rheobase_ua_cm2 == pytest.approx(2.24, rel=0.03)
    assert squid.chronaxie_ms == pytest.approx(1.65, rel=0.03)


def test_brief_pulses_need_6_5_nc(squid):
    charges = [
        duration * amplitude
        for duration, amplitude in zip(squid.pulses_ms, squid.amplitudes_ua_cm2, strict=True)
        if duration <= 0.3
    ]
    assert len(charges) == 3
    assert charges == pytest.approx([6.5] * 3, rel=0.02)


def test_the_cortical_neuron_s_chronaxie_is_10_5_ms(cortical):
    assert cortical.chronaxie_ms == pytest.approx(10.5, rel=0.04)


def test_the_chronaxie_is_where_twice_the_rheobase_fires(squid, cortical):
    for curve, preparation in ((squid, SQUID), (cortical, CORTICAL)):
        needed = threshold(preparation, curve.chronaxie_ms).amplitude_ua_cm2
        assert needed == pytest.approx(2.0 * curve.rheobase_ua_cm2, rel=2e-3)


def test_the_longer_the_pulse_the_weaker_and_the_greater_its_charge(squid, cortical):
    for curve in (squid, cortical):
        amplitudes, lengths = np.array(curve.amplitudes_ua_cm2), np.array(curve.pulses_ms)
        assert (np.diff(amplitudes) <= 1e-3 * amplitudes[:-1]).all()
        assert (np.diff(amplitudes * lengths)[2:] > 0.0).all()


def test_the_fit_is_lapicque_s_curve_where_the_membrane_follows_it():
    # A membrane that fires at one potential, whatever the pulse: rheobase / (1 - 2^(-t/c)).
    times = np.array(PULSES_MS)
    found = strength_duration(CORTICAL, pulses_ms=PULSES_MS)
    assert found.pulses_ms == PULSES_MS
    fitted = found.fit_rheobase_ua_cm2 / (1.0 - 2.0 ** (-times / found.fit_chronaxie_ms))
    assert fitted == pytest.approx(found.amplitudes_ua_cm2, rel=0.1)
    # No other curve of this form is nearer, as shares of the thresholds.
    best = np.sum(np.log(fitted / found.amplitudes_ua_cm2) ** 2)
    for by in (0.97, 1.03):
        for rheobase, chronaxie in ((by, 1.0), (1.0, by)):
            other = (
                found.fit_rheobase_ua_cm2
                * rheobase
                / (1.0 - 2.0 ** (-times / (found.fit_chronaxie_ms * chronaxie)))
            )
            assert np.sum(np.log(other / found.amplitudes_ua_cm2) ** 2) > best


@pytest.mark.parametrize(
    ("preparation", "changes"),
    [
        (TEXTBOOK, Changes()),
        (SQUID, Changes(temperature_c=18.5)),
        (CORTICAL, Changes(na_block=0.3)),
        (TEXTBOOK, Changes(k_out_mm=5.5)),
    ],
    ids=["textbook", "warm squid", "blocked cortical", "textbook in potassium"],
)
def test_many_thresholds_at_once_are_those_found_one_by_one(preparation, changes):
    lengths = (0.1, 0.5, 5.0, 40.0)
    for pulse_ms, found in zip(lengths, thresholds(preparation, lengths, changes), strict=True):
        alone = threshold(preparation, pulse_ms, changes)
        assert found.amplitude_ua_cm2 == pytest.approx(alone.amplitude_ua_cm2, rel=3e-4)
        # In a longer pulse the response is under way, and a hair decides how far it got.
        if pulse_ms <= 0.5:
            assert found.threshold_mv == pytest.approx(alone.threshold_mv, abs=0.02)


def test_a_threshold_lies_between_a_pulse_that_fails_and_one_that_fires():
    for pulse_ms, just in zip((0.2, 2.0), thresholds(TEXTBOOK, (0.2, 2.0)), strict=True):
        fired = []
        for share in (0.999, 1.0):
            pulse = Pulse(0.0, pulse_ms, share * just.amplitude_ua_cm2)
            trace = run(TEXTBOOK, [pulse], duration_ms=17.0, dt_ms=0.025, exact=True)
            fired.append(bool(find_spikes(trace)))
        assert fired == [False, True]


def test_where_nothing_fires_there_is_no_curve():
    blocked = Changes(na_block=1.0)
    assert thresholds(SQUID, [0.5, 5.0], blocked) == [None, None]
    assert strength_duration(SQUID, blocked, (0.5, 1.0, 2.0)) is None


@pytest.mark.parametrize(
    ("preparation", "changes"),
    [
        (CORTICAL, Changes(k_out_mm=11.25)),
        (TEXTBOOK, Changes(m_shift_mv=-10.0)),
        (SQUID, Changes(m_shift_mv=-10.0)),
        (SQUID, Changes(k_out_mm=40.0)),
    ],
    ids=["cortical in potassium", "textbook", "squid", "squid in potassium"],
)
def test_a_membrane_that_fires_on_its_own_has_no_threshold(preparation, changes):
    for exact in (True, False):
        trace = run(preparation, (), changes, duration_ms=300.0, dt_ms=0.025, exact=exact)
        assert len(find_spikes(trace)) > 3
    assert threshold(preparation, 0.5, changes) is None
    assert thresholds(preparation, [0.5, 5.0], changes) == [None, None]


def test_a_membrane_that_only_swings_on_its_own_has_no_threshold_either():
    # Squid axon in 2.5 times its K: waves that do not reach 0 mV.
    swings = Changes(k_out_mm=50.0)
    assert -20.0 < max(run(SQUID, (), swings, duration_ms=100.0).voltage_mv) < -10.0
    assert threshold(SQUID, 0.5, swings) is None
    assert thresholds(SQUID, [0.5, 5.0], swings) == [None, None]


@pytest.mark.parametrize("share", [0.995, 1.0006, 1.005])
def test_a_threshold_next_to_the_strongest_current_is_found_and_beyond_it_there_is_none(share):
    # So brief a pulse counts by its charge alone: at most 2000 uA/cm2 times its length.
    needs_2000_ms = 0.02 * threshold(CORTICAL, 0.02).amplitude_ua_cm2 / 2000.0
    found = threshold(CORTICAL, share * needs_2000_ms)
    if share < 1.0:
        assert found is None
    else:
        assert found.amplitude_ua_cm2 == pytest.approx(2000.0 / share, rel=3e-4)


def test_a_curve_needs_three_lengths():
    with pytest.raises(ValueError, match="pulses_ms has 2 different values, but"):
        strength_duration(SQUID, pulses_ms=(1.0, 2.0, 1.0))


def test_a_curve_says_how_far_it_is_and_can_be_stopped():
    told = []
    strength_duration(SQUID, pulses_ms=(0.5, 5.0, 30.0), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 2

    def stop(_):
        raise Cancelled

    for work in (
        lambda: strength_duration(SQUID, pulses_ms=(0.5, 5.0, 30.0), progress=stop),
        lambda: frequency_current(SQUID, [5.0], counted_ms=50.0, progress=stop),
        lambda: refractory_curve(TEXTBOOK, [5.0], progress=stop),
    ):
        with pytest.raises(Cancelled):
            work()


# --- rate over current ---


@pytest.mark.parametrize(
    ("preparation", "weak", "rising", "blocking"),
    [
        (SQUID, (0.0, 5.0), (8.0, 15.0, 30.0, 60.0), (150.0, 250.0)),
        (CORTICAL, (0.0, 1.0), (2.0, 4.0, 10.0, 30.0), (150.0, 250.0)),
    ],
    ids=["squid", "cortical"],
)
def test_the_rate_rises_with_the_current_and_then_there_is_block(
    preparation, weak, rising, blocking
):
    found = frequency_current(preparation, [*weak, *rising, *blocking], counted_ms=200.0)
    rates = [point.rate_hz for point in found]
    assert rates[:2] == [0.0, 0.0]
    assert 0.0 < rates[2] < rates[3] < rates[4] < rates[5]
    assert rates[6:] == [0.0, 0.0]
    # In block the membrane has fired once and stays depolarised.
    held = run(preparation, [Step(0.0, blocking[-1])], duration_ms=110.0)
    assert max(held.voltage_mv) > 40.0
    assert -45.0 < found[-1].lowest_mv <= found[-1].highest_mv < 0.0
    assert found[-1].highest_mv == pytest.approx(held.voltage_mv[-1], abs=0.1)
    assert found[-1].lowest_mv == pytest.approx(held.voltage_mv[-1], abs=0.1)


def test_a_rate_is_that_of_a_single_run():
    current = 10.0
    (found,) = frequency_current(SQUID, [current], counted_ms=300.0)
    trace = run(SQUID, [Step(0.0, current)], duration_ms=400.0, dt_ms=0.025, exact=True)
    count = sum(spike.upstroke * 0.025 >= 100.0 for spike in find_spikes(trace))
    assert found.rate_hz == pytest.approx(1000.0 * count / 300.0, abs=3.4)
    counted = trace.voltage_mv[4000:]
    assert found.highest_mv == pytest.approx(max(counted), abs=0.2)
    assert found.lowest_mv == pytest.approx(min(counted), abs=0.2)
    assert found.current_ua_cm2 == current


def _squid_under(current):
    """Hodgkin & Huxley's axon at 6.3 degrees C from 100 to 600 ms of a current, by LSODA."""

    def slopes(_, state):
        v, m, h, n = state
        ionic = 120.0 * m**3 * h * (v - 50.0) + 36.0 * n**4 * (v + 77.0) + 0.3 * (v + 54.387)
        am, bm, ah, bh, an, bn = hodgkin_huxley_rates(v)
        return (
            current - ionic,
            am * (1.0 - m) - bm * m,
            ah * (1.0 - h) - bh * h,
            an * (1.0 - n) - bn * n,
        )

    times = np.arange(100.0, 600.0, 0.025)
    start = (-65.0, 0.0529, 0.596, 0.318)
    return solve_ivp(slopes, (0.0, 600.0), start, "LSODA", t_eval=times, rtol=1e-10, atol=1e-10).y[
        0
    ]


@pytest.fixture(scope="module")
def strong():
    """The squid axon under strong currents, where the stimulus hides the ionic upstroke."""
    currents = (60.0, 80.0, 100.0, 140.0, 160.0)
    return {point.current_ua_cm2: point for point in frequency_current(SQUID, currents)}


@pytest.mark.parametrize(("current", "swings"), [(60.0, 62), (80.0, 68), (100.0, 0)])
def test_spikes_under_a_strong_steady_current_are_all_counted(strong, current, swings):
    v = _squid_under(current)
    passes = np.count_nonzero((v[1:] >= -20.0) & (v[:-1] < -20.0))
    assert passes == pytest.approx(swings, abs=1)
    assert strong[current].rate_hz == pytest.approx(2.0 * passes, abs=2.0)
    trace = run(SQUID, [Step(0.0, current)], duration_ms=600.0, dt_ms=0.025)
    counted = sum(spike.peak * 0.025 >= 100.0 for spike in find_spikes(trace))
    assert counted == pytest.approx(passes, abs=1)


@pytest.mark.parametrize("current", [60.0, 80.0, 100.0, 140.0])
def test_the_potentials_of_a_rate_are_those_after_the_first_100_ms(strong, current):
    v = _squid_under(current)
    assert strong[current].lowest_mv == pytest.approx(v.min(), abs=0.2)
    assert strong[current].highest_mv == pytest.approx(v.max(), abs=0.2)


def test_the_squid_axon_no_longer_swings_beyond_154(strong):
    # Hassard 1978, J Theor Biol 71:401: the oscillation ends at 154.5 uA/cm2.
    below, above = strong[140.0], strong[160.0]
    assert below.highest_mv - below.lowest_mv > 10.0
    assert above.highest_mv - above.lowest_mv < 2.0
    assert (below.rate_hz, above.rate_hz) == (0.0, 0.0)


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID, CORTICAL], ids=lambda p: p.name)
def test_a_passive_membrane_has_no_rate_however_strong_the_current(preparation):
    found = frequency_current(preparation, (20.0, 200.0, 2000.0), Changes(na_block=1.0))
    assert [point.rate_hz for point in found] == [0.0] * 3
    assert found[-1].highest_mv > -10.0
    assert found[-1].highest_mv - found[-1].lowest_mv < 0.1


def test_the_squid_axon_fires_on_above_a_critical_current():
    # Rinzel 1978, Fed Proc 37:2793: at 6.3 degrees C somewhat above 6 uA/cm2, and at once at
    # more than 50 a second.
    below, above = frequency_current(SQUID, [6.0, 7.0], counted_ms=300.0)
    assert below.rate_hz == 0.0
    assert above.rate_hz > 50.0


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda: frequency_current(SQUID, [2001.0]), "amplitude_ua_cm2 is 2001"),
        (lambda: frequency_current(SQUID, [5.0], counted_ms=5.0), "counted_ms is 5"),
        (lambda: frequency_current(SQUID, []), "members is empty|no current|at least"),
        (lambda: gate_curves(SQUID, [200.0]), "level_mv is 200"),
        (lambda: thresholds(SQUID, [0.0, 1.0]), "duration_ms is 0"),
        (lambda: refractory_curve(SQUID, [0.4]), "interval_ms is 0.4"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(attempt, sentence):
    with pytest.raises(ValueError, match=sentence):
        attempt()


# --- gates ---


def test_the_squid_s_gates_at_minus_65_are_the_published_ones():
    steady = gate_curves(SQUID, [-65.0]).steady[:, 0]
    assert steady == pytest.approx([0.0529, 0.596, 0.318], rel=0.01)


@pytest.mark.parametrize(("temperature_c", "speed"), [(6.3, 1.0), (16.3, 3.0), (18.5, 3.0**1.22)])
def test_the_squid_s_curves_are_hodgkin_and_huxley_s(temperature_c, speed):
    voltages = [-99.0, -77.3, -65.0, -51.1, -33.0, -12.2, 0.0, 21.7, 59.0]
    curves = gate_curves(SQUID, voltages, Changes(temperature_c=temperature_c))
    assert curves.voltage_mv.tolist() == voltages
    for column, voltage_mv in enumerate(voltages):
        v = -(voltage_mv + 65.0)
        rates = (
            (0.1 * (v + 25.0) / (exp((v + 25.0) / 10.0) - 1.0), 4.0 * exp(v / 18.0)),
            (0.07 * exp(v / 20.0), 1.0 / (exp((v + 30.0) / 10.0) + 1.0)),
            (0.01 * (v + 10.0) / (exp((v + 10.0) / 10.0) - 1.0), 0.125 * exp(v / 80.0)),
        )
        for row, (opening, closing) in enumerate(rates):
            total = opening + closing
            assert curves.steady[row, column] == pytest.approx(opening / total, rel=1e-9)
            assert curves.tau_ms[row, column] == pytest.approx(1.0 / (speed * total), rel=1e-9)


def test_a_frozen_gate_is_shown_where_it_is_held():
    voltages = [-90.0, -65.0, 0.0, 40.0]
    normal = gate_curves(SQUID, voltages)
    held = gate_curves(SQUID, voltages, Changes(frozen_m=0.25, frozen_n="rest"))
    assert held.steady[0].tolist() == [0.25] * 4
    # Hodgkin & Huxley 1952: n is 0.318 at rest.
    assert held.steady[2] == pytest.approx([0.318] * 4, abs=5e-4)
    assert held.steady[1].tolist() == normal.steady[1].tolist()


def test_the_slowest_time_constants_are_the_published_ones():
    # Hodgkin & Huxley 1952 at 6.3 degrees C: tau_m up to 0.5, tau_n 1 to 5.5, tau_h up to 8.5 ms.
    curves = gate_curves(SQUID)
    m, h, n = curves.tau_ms.max(axis=1)
    assert m == pytest.approx(0.5, abs=0.02)
    assert h == pytest.approx(8.6, abs=0.2)
    assert 5.4 < n < 6.0
    assert (curves.steady > 0.0).all()
    assert (curves.steady < 1.0).all()


def test_gates_of_a_mammal_are_faster():
    assert gate_curves(CORTICAL).tau_ms[0].max() < 0.2


# --- refractoriness, from the same pulses ---


def test_the_shorter_the_interval_the_stronger_the_second_pulse():
    needed = refractory_curve(TEXTBOOK, [1.0, 3.0, 6.0, 14.0])
    assert needed[0] is None
    assert needed[1] > needed[2] > needed[3]
    assert needed[3] < 1.06


def test_a_pair_of_pulses_at_the_needed_strength_gives_two_spikes():
    first = 1.5 * threshold(TEXTBOOK, 0.5).amplitude_ua_cm2
    (needed,) = refractory_curve(TEXTBOOK, [6.0])
    for share, count in ((1.01, 2.0), (0.96, 1.0)):
        second = share * needed * threshold(TEXTBOOK, 0.5).amplitude_ua_cm2
        trace = run(TEXTBOOK, [Pulse(0.0, 0.5, first), Pulse(6.0, 0.5, second)], duration_ms=20.0)
        assert measure(trace)["spike_count"] == count
