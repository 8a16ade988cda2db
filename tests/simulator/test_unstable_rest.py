"""A rest that a membrane would not come back to: how it is told, and that a run leaves it.

The reference for stability are the eigenvalues of the Jacobian of V, m, h and n, differentiated
by central differences; for the runs it is LSODA on the equations of Hodgkin & Huxley 1952, which
are written out here once more, from 0.1 mV above the same rest.
"""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from simulator import CHANGES, PREPARATIONS, SQUID, Changes, run
from simulator.altered import alter, bath_temperature, is_stable
from simulator.measurements import find_spikes

GATES = "mhn"


def _slopes(membrane, speed, bound, state):
    """dV/dt and the rates of change of the three gates, as the docstrings describe them."""
    v, m, h, n = state
    a_m, b_m, a_h, b_h, a_n, b_n = membrane.kinetics.rates_at(v)
    available = (membrane.lasting_na + (1.0 - membrane.lasting_na) * h) * (1.0 - bound)
    outward = membrane.g_na * m**3 * available * (v - membrane.e_na_mv)
    outward += (membrane.g_k_free * n**4 + membrane.g_k_fixed) * (v - membrane.e_k_mv)
    outward += membrane.g_leak * v + membrane.background_ua_cm2
    return np.array(
        [
            -outward / membrane.preparation.capacitance_uf_cm2,
            speed * (a_m * (1.0 - m) - b_m * m),
            speed * (a_h * (1.0 - h) - b_h * h),
            speed * (a_n * (1.0 - n) - b_n * n),
        ]
    )


def _growth_per_ms(membrane, temperature_c):
    """The greatest real part of the eigenvalues at rest; gates that are held do not move."""
    rest_mv = membrane.resting_potential()
    state = np.array([rest_mv, *membrane.steady_gates(rest_mv)])
    bound = membrane.steady_lidocaine(state[2])
    speed = membrane.kinetics.speed(temperature_c)
    jacobian = np.empty((4, 4))
    for column, step in enumerate((1e-3, 1e-5, 1e-5, 1e-5)):
        ahead, behind = state.copy(), state.copy()
        ahead[column] += step
        behind[column] -= step
        rise = _slopes(membrane, speed, bound, ahead) - _slopes(membrane, speed, bound, behind)
        jacobian[:, column] = rise / (2.0 * step)
    free = [0, *(i for i in (1, 2, 3) if getattr(membrane, f"frozen_{GATES[i - 1]}") is None)]
    return np.linalg.eigvals(jacobian[np.ix_(free, free)]).real.max()


@st.composite
def _changes(draw, preparation):
    names = draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=4))
    values = {}
    for name in names:
        low, high = CHANGES[name].low, CHANGES[name].high
        if name == "temperature_c":
            low, high = preparation.temperature_range_c
        values[name] = draw(st.floats(low, high) | st.sampled_from((low, high)))
    # More often than chance would have it, near the border between rest and firing.
    values["k_out_mm"] = preparation.k_out_mm * draw(st.floats(0.8, 4.0))
    return Changes(**values)


@pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
def test_a_rest_is_stable_where_no_eigenvalue_grows(preparation):
    seen = set()

    @settings(max_examples=250, derandomize=True)
    @given(_changes(preparation))
    def anything(changes):
        membrane = alter(preparation, changes)
        temperature_c = bath_temperature(preparation, changes)
        growth = _growth_per_ms(membrane, temperature_c)
        # So slow a growth, a factor e in a second or more, is lost in the differences.
        if abs(growth) > 1e-3:
            assert is_stable(membrane, temperature_c) == (growth < 0.0)
            seen.add(growth < 0.0)

    anything()
    assert seen == {True, False}


@pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
def test_every_preparation_itself_is_stable(preparation):
    for temperature_c in preparation.temperature_range_c:
        assert is_stable(alter(preparation, Changes()), temperature_c)


@pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
def test_a_membrane_with_everything_shut_stays_where_the_preparation_rests(preparation):
    shut = Changes(na_block=1.0, frozen_n=0.0, leak_block=1.0)
    normal_mv = run(preparation, duration_ms=1.0).voltage_mv[0]
    trace = run(preparation, (), shut, duration_ms=50.0)
    assert trace.numpy("voltage_mv") == pytest.approx(normal_mv, abs=1e-6)


# --- squid axon in raised K ---


def _ionic(v, m, h, n, e_k_mv):
    return 120.0 * m**3 * h * (v - 50.0) + 36.0 * n**4 * (v - e_k_mv) + 0.3 * (v + 54.387)


def _rates(v):
    u = v + 65.0
    return (
        (0.1 * (25.0 - u) / (exp((25.0 - u) / 10.0) - 1.0), 4.0 * exp(-u / 18.0)),
        (0.07 * exp(-u / 20.0), 1.0 / (exp((30.0 - u) / 10.0) + 1.0)),
        (0.01 * (10.0 - u) / (exp((10.0 - u) / 10.0) - 1.0), 0.125 * exp(-u / 80.0)),
    )


def _steady(v):
    return [a / (a + b) for a, b in _rates(v)]


def _reference(k_times, duration_ms):
    """Samples 0.01 ms apart from 0.1 mV above rest."""
    # RT/F is 24.08 mV at 6.3 degrees C.
    e_k_mv = -77.0 + 24.08 * log(k_times)
    rest_mv = brentq(lambda v: _ionic(v, *_steady(v), e_k_mv), -76.0, -45.0, xtol=1e-12)

    def slopes(_, state):
        v, *gates = state
        moving = [a * (1.0 - x) - b * x for x, (a, b) in zip(gates, _rates(v), strict=True)]
        return [-_ionic(v, *gates, e_k_mv), *moving]

    return solve_ivp(
        slopes,
        (0.0, duration_ms),
        [rest_mv + 0.1, *_steady(rest_mv)],
        method="LSODA",
        t_eval=np.arange(round(duration_ms / 0.01) + 1) * 0.01,
        rtol=1e-10,
        atol=1e-10,
    ).y[0]


def _passes_ms(voltage_mv):
    return np.flatnonzero((voltage_mv[:-1] < -20.0) & (voltage_mv[1:] >= -20.0)) * 0.01


@pytest.mark.parametrize("k_times", [1.6, 1.8, 2.0])
def test_the_squid_axon_in_raised_potassium_fires_as_the_solution_does(k_times):
    raised = Changes(k_out_mm=k_times * 20.0)
    expected = _reference(k_times, 150.0)
    passes = _passes_ms(expected)
    assert len(passes) > 3
    exact, usual = (
        run(SQUID, (), raised, duration_ms=150.0, exact=exact).numpy("voltage_mv")
        for exact in (True, False)
    )
    assert exact[0] == usual[0] == pytest.approx(expected[0], abs=2e-3)
    assert _passes_ms(exact) == pytest.approx(passes, abs=0.1)
    # The first spike grows out of 0.1 mV, two cells of the table of rates, which makes it earlier
    # or, so near the border, later by a swing; then the table changes nothing.
    found = _passes_ms(usual)
    assert found[0] == pytest.approx(passes[0], abs=0.5 if k_times > 1.6 else 21.0)
    apart = np.diff(passes)[-1]
    assert len(found) >= len(passes) - 1
    assert np.diff(found)[1:] == pytest.approx(apart, abs=0.1)
    assert usual.max() == pytest.approx(expected.max(), abs=0.1)
    assert exact.max() == pytest.approx(expected.max(), abs=0.1)


def test_the_squid_axon_at_one_and_a_half_times_its_potassium_stays_at_its_stable_rest():
    # There are two states, and only a change during the run leads to the firing.
    raised = Changes(k_out_mm=30.0)
    assert is_stable(alter(SQUID, raised), 6.3)
    for exact in (True, False):
        still = run(SQUID, (), raised, duration_ms=150.0, exact=exact).numpy("voltage_mv")
        assert still[0] == alter(SQUID, raised).resting_potential()
        assert np.ptp(still) < 0.05
    assert len(find_spikes(run(SQUID, (), raised, duration_ms=150.0, changes_from_ms=5.0))) > 4
