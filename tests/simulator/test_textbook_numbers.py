"""The textbook neuron against the table of its fit.

The published values are those of an independent reference program at dt 0.005 ms. They were
printed with the fit and stand here as literals. Where the strength is not said, the pulse is
0.5 ms long and 1.5 x threshold.
"""

import numpy as np
import pytest

from simulator import (
    TEXTBOOK,
    RefractoryPeriods,
    measure,
    paired_pulse,
    refractory_periods,
    run,
    threshold,
)


@pytest.fixture(scope="module")
def trace(spike):
    return spike(TEXTBOOK, 1.5)


@pytest.fixture(scope="module")
def measured(trace):
    return measure(trace)


def test_the_constants_are_those_of_the_fit():
    found = TEXTBOOK
    assert (found.g_na, found.g_k, found.g_leak) == (17.5, 12.0, 0.23)
    assert (found.e_na_mv, found.e_k_mv, found.e_leak_mv) == (50.0, -90.0, -70.0)
    assert found.capacitance_uf_cm2 == 1.0


def test_it_rests_at_minus_70_and_stays_silent():
    voltage = run(TEXTBOOK, duration_ms=500.0).numpy("voltage_mv")
    assert voltage[0] == pytest.approx(-70.0, abs=0.05)
    assert np.ptp(voltage) < 0.05


@pytest.mark.parametrize(
    ("pulse_ms", "published_mv"),
    [(0.1, -54.8), (0.2, -54.9), (0.5, -55.0), (1.0, -55.1), (2.0, -55.1), (5.0, -55.1)],
)
def test_threshold_is_near_minus_55_whatever_the_length_of_the_pulse(pulse_ms, published_mv):
    assert threshold(TEXTBOOK, pulse_ms).threshold_mv == pytest.approx(published_mv, abs=0.1)


@pytest.mark.parametrize(
    ("multiple", "published_mv"), [(1.2, 29.0), (1.5, 30.0), (2.0, 30.4), (3.0, 32.4)]
)
def test_the_peak_grows_a_little_with_the_stimulus(spike, multiple, published_mv):
    found = measure(spike(TEXTBOOK, multiple))["peak_mv"]
    assert found == pytest.approx(published_mv, abs=0.1)


def test_the_peak_just_above_threshold_is_that_of_the_fit(spike):
    # Here the peak rises by 0.5 mV for every 0.1 % of stimulus, so that the 0.05 % to which a
    # threshold is known at all leave 0.25 mV open. Published: 24.8 mV.
    assert measure(spike(TEXTBOOK, 1.001))["peak_mv"] == pytest.approx(24.8, abs=0.3)


def test_the_undershoot_is_7_and_a_half_mv_deep_1_9_ms_after_the_peak(measured):
    assert measured["undershoot_mv"] == pytest.approx(-77.5, abs=0.1)
    assert measured["undershoot_ms"] - measured["peak_ms"] == pytest.approx(1.9, abs=0.05)


def test_it_is_within_1_mv_of_rest_11_ms_after_the_peak(measured):
    assert measured["settled_ms"] - measured["peak_ms"] == pytest.approx(11.0, abs=0.2)


def test_the_spike_is_1_43_ms_wide_above_minus_55(trace):
    above = trace.numpy("voltage_mv") > -55.0
    assert above.sum() * trace.dt_ms == pytest.approx(1.43, abs=0.01)


def test_the_half_width_is_0_67_ms(measured):
    assert measured["half_width_ms"] == pytest.approx(0.67, abs=0.01)


@pytest.mark.parametrize(
    ("interval_ms", "published_multiple"), [(2.5, 2.1), (3.0, 1.7), (4.0, 1.5), (6.0, 1.3)]
)
def test_a_second_spike_needs_a_stronger_pulse_the_sooner_it_comes(
    interval_ms, published_multiple
):
    found = paired_pulse(TEXTBOOK, interval_ms)
    assert found == pytest.approx(published_multiple, rel=0.05)


@pytest.mark.parametrize("interval_ms", [0.8, 1.2])
def test_no_pulse_of_20_thresholds_starts_a_second_spike_within_1_2_ms(interval_ms):
    assert paired_pulse(TEXTBOOK, interval_ms) is None


def test_the_stored_refractory_periods_are_the_measured_ones():
    assert refractory_periods(TEXTBOOK) == TEXTBOOK.refractory


def test_the_refractory_periods_fit_the_published_second_pulses():
    # None up to 1.2 ms, 2.1 x threshold at 2.5 ms, still 1.3 x at 6 ms.
    assert isinstance(TEXTBOOK.refractory, RefractoryPeriods)
    assert 1.2 < TEXTBOOK.refractory.absolute_ms < 2.5
    assert TEXTBOOK.refractory.relative_ms > 6.0
