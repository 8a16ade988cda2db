"""Runs on the resting bench: how the potential settles after a change of the set-up."""

import re
from math import exp, isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from simulator.progress import Cancelled
from simulator.resting.bench import P_K_CM_S, RESTING, RestingBench, rest
from simulator.resting.run import RESTING_COLUMNS, RESTING_TIME_STEP, run_resting

RT_F = 8.314462618 * 310.15 / 96485.33212 * 1e3
NORMAL = RestingBench()
REAL_PUMP = RestingBench(electrogenic=1.0)

knobs = {name: st.floats(q.low, q.high).map(lambda x: round(x, 9)) for name, q in RESTING.items()}
ends = {name: st.sampled_from([q.low, q.high, q.default]) for name, q in RESTING.items()}
benches = st.one_of(st.fixed_dictionaries(knobs), st.fixed_dictionaries(ends)).map(
    NORMAL.with_values
)


def _ghk_ua_cm2(voltage_mv, out_mm, in_mm, ratio):
    """The constant-field current of Na or K as the books print it (V not 0)."""
    u = voltage_mv / RT_F
    fluxes = u * (in_mm - out_mm * exp(-u)) / (1.0 - exp(-u))
    return P_K_CM_S * ratio * 96485.33212 * fluxes


@pytest.mark.parametrize("dt_ms", [0.01, 0.1, 1.0])
@pytest.mark.parametrize(
    ("values", "k_out_mm", "na_ratio", "k_ratio"),
    [
        ({"k_out_mm": 15.8}, 15.8, 0.04, 1.0),
        ({"p_na_ratio": 12.0}, 4.5, 12.0, 1.0),
        ({"leak_open": 0.1}, 4.5, 0.04, 0.1),
        ({"p_na_ratio": 0.0}, 4.5, 0.0, 1.0),
    ],
)
def test_the_way_to_a_new_rest_is_that_of_the_exact_equation(
    values, k_out_mm, na_ratio, k_ratio, dt_ms
):
    changed = NORMAL.with_values(values)
    trace = run_resting(NORMAL, changed, changes_from_ms=5.0, duration_ms=60.0, dt_ms=dt_ms)
    exact = solve_ivp(
        lambda t, v: [
            -_ghk_ua_cm2(v[0], 145.0, 12.0, na_ratio) - _ghk_ua_cm2(v[0], k_out_mm, 140.0, k_ratio)
        ],
        (0.0, 55.0),
        [trace.voltage_mv[0]],
        method="LSODA",
        t_eval=[1.0, 2.0, 10.0, 55.0],
        rtol=1e-10,
        atol=1e-10,
    )
    found = [trace.at("voltage_mv", 5.0 + t) for t in exact.t]
    assert found == pytest.approx(list(exact.y[0]), abs=0.02)


def test_switching_a_real_pump_off_makes_one_fast_step_of_some_mv_and_nothing_more():
    # Claim S1-05: -75.4 to -69.8 mV in a cell of 0.1 mS/cm2, with a time constant of 10 ms.
    trace = run_resting(
        REAL_PUMP, REAL_PUMP.with_values({"pump": 0.0}), changes_from_ms=50.0, duration_ms=1000.0
    )
    assert trace.at("voltage_mv", 50.0) == trace.voltage_mv[0] == pytest.approx(-75.4, abs=0.05)
    left = trace.at("voltage_mv", 60.0) - trace.voltage_mv[-1]
    assert left / (trace.voltage_mv[0] - trace.voltage_mv[-1]) == pytest.approx(exp(-1), abs=0.03)
    assert trace.at("voltage_mv", 150.0) == pytest.approx(-69.8, abs=0.05)
    assert trace.voltage_mv[-1] - trace.at("voltage_mv", 250.0) == pytest.approx(0.0, abs=1e-6)
    assert set(trace.column("e_k_mv")) == {rest(REAL_PUMP).e_k_mv}


def test_switching_an_even_pump_off_leaves_the_potential_alone():
    trace = run_resting(NORMAL, NORMAL.with_values({"pump": 0.0}), changes_from_ms=10.0)
    assert max(trace.voltage_mv) - min(trace.voltage_mv) < 1e-9
    assert trace.at("pump_na", 9.0) > 10.0
    assert trace.at("pump_na", 11.0) == 0.0


def test_without_a_change_the_membrane_stays_at_rest():
    trace = run_resting(NORMAL, duration_ms=5.0)
    assert set(trace.voltage_mv) == {rest(NORMAL).rest_mv}
    assert trace.duration_ms == pytest.approx(5.0)


def test_a_sealed_membrane_keeps_the_charge_it_has():
    sealed = RestingBench(p_na_ratio=0.0, leak_open=0.0, pump=0.0)
    assert set(run_resting(NORMAL, sealed).voltage_mv) == {rest(NORMAL).rest_mv}


def test_the_columns_begin_with_the_state_of_the_first_set_up_and_end_with_that_of_the_second():
    changed = REAL_PUMP.with_values({"k_out_mm": 10.0, "p_cl_ratio": 0.45})
    trace = run_resting(REAL_PUMP, changed, changes_from_ms=10.0, duration_ms=400.0)
    for place, state in ((0, rest(REAL_PUMP)), (-1, rest(changed))):
        for name, value in (
            ("voltage_mv", state.rest_mv),
            ("e_na_mv", state.e_na_mv),
            ("e_k_mv", state.e_k_mv),
            ("e_cl_mv", state.e_cl_mv),
            ("flux_na", state.flux_na_pmol_cm2_s),
            ("flux_k", state.flux_k_pmol_cm2_s),
            ("flux_cl", state.flux_cl_pmol_cm2_s),
            ("pump_na", state.pump_na_pmol_cm2_s),
            ("pump_k", state.pump_k_pmol_cm2_s),
            ("i_na", state.i_na_ua_cm2),
            ("i_k", state.i_k_ua_cm2),
            ("i_cl", state.i_cl_ua_cm2),
            ("i_pump", state.i_pump_ua_cm2),
            ("i_ion", 0.0),
        ):
            assert trace.column(name)[place] == pytest.approx(value, abs=1e-6), name
    assert trace.column("time_ms")[-1] == pytest.approx(400.0)
    assert trace.at("e_k_mv", 9.9) < trace.at("e_k_mv", 10.0) - 10.0


def test_the_net_current_charges_the_membrane():
    # dV/dt = -I/C with 1 uF/cm2, half way between two samples.
    trace = run_resting(NORMAL, NORMAL.with_values({"k_out_mm": 15.8}), dt_ms=0.01)
    v, i = trace.voltage_mv, trace.column("i_ion")
    for sample in (0, 100, 1000):
        speed = (v[sample + 1] - v[sample]) / 0.01
        assert speed == pytest.approx(-(i[sample] + i[sample + 1]) / 2.0, rel=1e-4)


@settings(max_examples=60)
@given(benches, benches, st.sampled_from([RESTING_TIME_STEP.low, 0.1, RESTING_TIME_STEP.high]))
def test_any_change_leads_straight_from_one_rest_to_the_other(bench, changed, dt_ms):
    trace = run_resting(bench, changed, changes_from_ms=1.0, duration_ms=5.0, dt_ms=dt_ms)
    start, target = rest(bench).rest_mv, rest(changed).rest_mv
    voltage = list(trace.voltage_mv)
    assert voltage[0] == start
    assert voltage == sorted(voltage, reverse=target < start)
    assert min(start, target) - 1e-9 <= voltage[-1] <= max(start, target) + 1e-9
    for name in RESTING_COLUMNS:
        assert all(map(isfinite, trace.column(name))), name


def test_a_long_run_says_how_far_it_is_and_can_be_stopped():
    shut = NORMAL.with_values({"leak_open": 0.0})
    shares = []
    run_resting(NORMAL, shut, duration_ms=500.0, progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 2
    assert 0.0 < shares[0] < shares[-1] <= 1.0

    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        run_resting(NORMAL, shut, duration_ms=500.0, progress=stop)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: run_resting(NORMAL, duration_ms=0.0), "duration_ms is 0, but must be above 0"),
        (lambda: run_resting(NORMAL, duration_ms=2001.0), "duration_ms is 2001"),
        (lambda: run_resting(NORMAL, dt_ms=1.1), "dt_ms is 1.1, but must be from 0.01 to 1 ms"),
        (
            lambda: run_resting(NORMAL, changes_from_ms=101.0),
            "changes_from_ms is 101, but must be from 0 to 100 ms",
        ),
        (lambda: run_resting(NORMAL).column("m"), "unknown column 'm'; known: time_ms"),
    ],
)
def test_a_wrong_run_setting_is_refused_by_name(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()
