"""The resting bench at rest, against published and derived numbers.

`numbers 4b`, claims `S1-..` and phases are the course's tables of reference numbers. The bench's
own choices (P_K and the temperature factors) are named where a test builds on them.
"""

import re
from math import exp, inf, isfinite, log, nan

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.ions import MAMMAL, SQUID_AXON, sphere_mm
from simulator.resting.bench import (
    P_K_CM_S,
    RESTING,
    RESTING_MEASUREMENTS,
    RestingBench,
    rest,
)

RT_F = 8.314462618 * 310.15 / 96485.33212 * 1e3
NORMAL = RestingBench()
REAL_PUMP = RestingBench(electrogenic=1.0)

knobs = {name: st.floats(q.low, q.high).map(lambda x: round(x, 9)) for name, q in RESTING.items()}
ends = {name: st.sampled_from([q.low, q.high, q.default]) for name, q in RESTING.items()}
benches = st.one_of(st.fixed_dictionaries(knobs), st.fixed_dictionaries(ends)).map(
    NORMAL.with_values
)


def _rest_mv(bench=NORMAL, **values):
    return rest(bench.with_values(values)).rest_mv


def _net_current(state):
    return state.i_na_ua_cm2 + state.i_k_ua_cm2 + state.i_cl_ua_cm2 + state.i_pump_ua_cm2


def _traffic(bench, state):
    """Sum of the sizes of the currents, the scale for what counts as zero."""
    one_way = sum(
        P_K_CM_S * share * (inside + outside)
        for share, inside, outside in (
            (bench.p_na_ratio, bench.concentrations.na_in_mm, bench.concentrations.na_out_mm),
            (bench.leak_open, bench.concentrations.k_in_mm, bench.concentrations.k_out_mm),
            (bench.p_cl_ratio, bench.concentrations.cl_in_mm, bench.concentrations.cl_out_mm),
        )
    )
    return 1e6 * one_way + abs(state.i_pump_ua_cm2)


def _reversals(bench):
    """Where each current that can flow changes its sign."""
    state = rest(bench)
    found = [
        e
        for share, e in (
            (bench.p_na_ratio, state.e_na_mv),
            (bench.leak_open, state.e_k_mv),
            (bench.p_cl_ratio, state.e_cl_mv),
        )
        if share > 0.0
    ]
    if bench.pump * bench.electrogenic > 0.0:
        # 55 kJ/mol of ATP is 570.0 mV; a 3:2 cycle needs 3 (E_Na - V) + 2 (V - E_K).
        found.append(3.0 * state.e_na_mv - 2.0 * state.e_k_mv - 55e6 / 96485.33212)
    return found or [0.0]


@pytest.mark.parametrize(
    ("values", "published", "within"),
    [
        # Phase on rest: default, no Na permeability, questions 3, 4 and 8; claim S1-06.
        ({}, -69.8, 0.1),
        ({"p_na_ratio": 0.0}, -91.9, 0.05),
        ({"p_na_ratio": 0.04}, -70.0, 1.0),
        ({"k_out_mm": 15.8}, -50.0, 0.1),
        ({"p_na_ratio": 1.0}, -0.4, 0.05),
        # Numbers 4b.
        ({"p_cl_ratio": 0.45}, -70.8, 0.06),
        ({"k_out_mm": 2.0}, -77.3, 0.06),
        ({"k_out_mm": 10.0}, -58.4, 0.06),
        ({"k_out_mm": 20.0}, -45.3, 0.06),
        ({"p_na_ratio": 12.0}, 48.5, 0.5),
        ({"p_na_ratio": 20.0}, 54.0, 0.5),
    ],
)
def test_the_resting_potential_is_the_published_one(values, published, within):
    assert _rest_mv(**values) == pytest.approx(published, abs=within)


def test_half_the_sodium_outside_makes_the_rest_some_mv_more_negative():
    # Phase on rest, question 9; derived: RT/F ln((4.5 + 0.04 x 72.5) / (4.5 + 0.04 x 145)).
    change = _rest_mv(na_out_mm=72.5) - _rest_mv()
    assert change == pytest.approx(RT_F * log(7.4 / 10.3), abs=0.01)
    assert -20.0 < change < 0.0


def test_with_potassium_alone_and_no_pump_the_rest_is_its_equilibrium_potential():
    state = rest(RestingBench(p_na_ratio=0.0, pump=0.0, electrogenic=1.0))
    assert state.rest_mv == pytest.approx(RT_F * log(4.5 / 140.0), abs=1e-6)
    assert state.flux_k_pmol_cm2_s == pytest.approx(0.0, abs=1e-9)
    assert (state.share_na, state.share_k, state.share_cl) == (0.0, 1.0, 0.0)


def test_a_squid_axon_can_be_put_on_the_bench():
    # Hodgkin & Katz's 1:0.04:0.45, by hand; RT/F is 25.13 mV at 18.5 degrees C.
    squid = RestingBench(SQUID_AXON, p_cl_ratio=0.45, temperature_c=18.5)
    assert rest(squid).rest_mv == pytest.approx(25.13 * log(61.0 / 654.0), abs=0.02)


def test_a_real_pump_adds_the_published_part():
    # Numbers 4b and claim S1-05: Mullins & Noda -75.4 against -69.8 mV.
    state = rest(REAL_PUMP)
    assert state.rest_mv == pytest.approx(-75.4, abs=0.05)
    assert 1.0 <= -state.electrogenic_mv <= 6.0
    assert _rest_mv(REAL_PUMP, pump=0.0) == pytest.approx(-69.8, abs=0.05)


@pytest.mark.parametrize("electrogenic", [0.0, 0.3, 1.0])
def test_the_normal_cell_keeps_its_gradients(electrogenic):
    state = rest(RestingBench(electrogenic=electrogenic))
    assert state.flux_na_pmol_cm2_s + state.pump_na_pmol_cm2_s == pytest.approx(0.0, abs=1e-9)
    assert state.flux_k_pmol_cm2_s + state.pump_k_pmol_cm2_s == pytest.approx(0.0, abs=1e-9)
    # K in for Na out: 2:3 for a real pump, 1:1 for the even one.
    ratio = -state.pump_k_pmol_cm2_s / state.pump_na_pmol_cm2_s
    assert ratio == pytest.approx(1.0 - electrogenic / 3.0)
    assert state.atp_pmol_cm2_s == pytest.approx(state.pump_na_pmol_cm2_s / 3.0)


def test_the_fluxes_at_rest_are_of_the_measured_size():
    # Numbers 4b: Hodgkin & Keynes 1955, Sepia: K in 15-30, K out 20-40, active K uptake about
    # 20 pmol/cm2/s; measuring trap 5: Na leak 10-30; capacity of the pump 75.
    for bench in (NORMAL, REAL_PUMP):
        state = rest(bench)
        u = state.rest_mv / RT_F
        out = P_K_CM_S * 1e6 * 140.0 * u / (1.0 - exp(-u))
        into = P_K_CM_S * 1e6 * 4.5 * -u / (1.0 - exp(u)) - state.pump_k_pmol_cm2_s
        assert 20.0 <= out <= 40.0
        assert 15.0 <= into <= 30.0
        assert 10.0 <= -state.pump_k_pmol_cm2_s <= 20.0
        assert 10.0 <= -state.flux_na_pmol_cm2_s <= 30.0
        assert state.pump_na_pmol_cm2_s < 75.0


def test_the_membrane_at_rest_conducts_a_tenth_of_a_ms():
    # The leaky cell of claim S1-05 has 0.1 mS/cm2.
    assert rest(NORMAL).slope_ms_cm2 == pytest.approx(0.1, rel=0.1)


def test_the_shares_of_conductance_weigh_the_equilibrium_potentials_to_the_rest():
    # Derived: the chord conductance equation of a membrane without pump current.
    state = rest(RestingBench(p_cl_ratio=0.45))
    weighed = (
        state.share_na * state.e_na_mv
        + state.share_k * state.e_k_mv
        + state.share_cl * state.e_cl_mv
    )
    assert state.share_na + state.share_k + state.share_cl == pytest.approx(1.0)
    assert weighed == pytest.approx(state.rest_mv, abs=1e-6)
    assert state.share_k > state.share_cl > state.share_na > 0.0


def test_few_ions_make_the_resting_potential():
    # Claim S1-01, for -70 mV: 0.07 uC/cm2, 0.73 pmol/cm2, less than 2e-5 of a 20 um sphere.
    state = rest(NORMAL)
    assert state.charge_uc_cm2 == pytest.approx(0.07, abs=0.0005)
    assert state.charge_pmol_cm2 == pytest.approx(0.73, abs=0.01)
    # Derived: 0.7238 pmol/cm2 x 6 / 20 um is 2.171 uM; the cations are 152 mM.
    assert state.charge_share == pytest.approx(2.171e-3 / 152.0, rel=1e-3)
    assert state.charge_share < 2e-5


def test_e_k_would_move_less_than_0_1_mv_in_the_first_second_without_a_pump():
    # Claim S1-05, for the 20 um soma of the tables; the bench itself holds concentrations.
    lost_mm = sphere_mm(rest(RestingBench(pump=0.0)).flux_k_pmol_cm2_s * 1.0, 20.0)
    assert 0.0 < RT_F * log(140.0 / (140.0 - lost_mm)) < 0.1


def test_a_pump_cycle_at_rest_takes_the_published_work():
    # Numbers 4b.
    assert rest(NORMAL).work_kj_mol == pytest.approx(44.0, abs=0.3)


def test_in_the_cold_a_real_pump_adds_less():
    warm, cold = (rest(REAL_PUMP.with_values({"temperature_c": t})) for t in (37.0, 10.0))
    assert 0.0 < -cold.electrogenic_mv < -warm.electrogenic_mv / 2.0


def test_shutting_the_leak_channels_takes_the_resting_potential_away():
    assert _rest_mv(leak_open=0.0) == pytest.approx(RT_F * log(145.0 / 12.0), abs=1e-6)
    assert _rest_mv(REAL_PUMP, leak_open=0.0) > -20.0


def test_a_membrane_that_nothing_crosses_holds_no_charge_of_its_own():
    sealed = rest(RestingBench(p_na_ratio=0.0, leak_open=0.0, pump=0.0))
    assert sealed.rest_mv == 0.0
    assert sealed.slope_ms_cm2 == 0.0
    assert (sealed.share_na, sealed.share_k, sealed.share_cl) == (0.0, 0.0, 0.0)


def test_a_pump_behind_a_sealed_membrane_stops_where_atp_is_used_up():
    # Derived: 3 (66.60 - V) + 2 (V + 91.87) = 570.0 mV.
    state = rest(RestingBench(p_na_ratio=0.0, leak_open=0.0, electrogenic=1.0))
    assert state.rest_mv == pytest.approx(3 * 66.598 + 2 * 91.875 - 570.03, abs=0.05)
    assert state.work_kj_mol == pytest.approx(55.0, abs=1e-6)


@settings(max_examples=150)
@given(benches)
def test_any_set_up_has_a_finite_rest_without_net_current_between_the_reversals(bench):
    state = rest(bench)
    assert list(state.measurements) == list(RESTING_MEASUREMENTS)
    assert all(isfinite(value) for value in state.measurements.values())
    assert abs(_net_current(state)) <= 1e-9 * _traffic(bench, state) + 1e-12
    found = _reversals(bench)
    assert min(found) - 1e-6 <= state.rest_mv <= max(found) + 1e-6


@pytest.mark.parametrize("share", [5e-324, 1e-310, 1e-300, 1e-30])
@pytest.mark.parametrize("name", ["p_na_ratio", "p_cl_ratio", "leak_open", "pump", "electrogenic"])
def test_the_smallest_shares_alone_have_a_finite_rest(name, share):
    nothing = {"p_na_ratio": 0.0, "p_cl_ratio": 0.0, "leak_open": 0.0, "pump": 0.0}
    for others in (nothing, {**nothing, "pump": 1.0}, {**nothing, "electrogenic": 1.0}, {}):
        state = rest(NORMAL.with_values({**others, name: share}))
        assert all(isfinite(value) for value in state.measurements.values())


@settings(max_examples=100)
@given(benches, st.floats(1.0, 150.0), st.floats(1.0, 150.0))
def test_more_potassium_outside_never_lowers_the_rest(bench, one_mm, other_mm):
    # Of the channels alone: a real pump works against less with more K outside.
    even = bench.with_values({"electrogenic": 0.0})
    low, high = (_rest_mv(even, k_out_mm=k) for k in sorted((one_mm, other_mm)))
    assert low <= high + 1e-9


@settings(max_examples=100)
@given(benches, knobs["p_na_ratio"], knobs["p_na_ratio"])
def test_more_sodium_permeability_never_takes_the_rest_away_from_e_na(bench, one, other):
    less, more = (_rest_mv(bench, p_na_ratio=p) for p in sorted((one, other)))
    sealed = bench.leak_open + bench.p_cl_ratio + bench.pump * bench.electrogenic == 0.0
    assume(not sealed)
    e_na = rest(bench).e_na_mv
    assert abs(more - e_na) <= abs(less - e_na) + 1e-9


def test_the_real_pump_leaves_both_monotonic_in_the_normal_cell():
    for name, values in (
        ("k_out_mm", [1.0 + i for i in range(150)]),
        ("p_na_ratio", [0.1 * i for i in range(201)]),
    ):
        potentials = [_rest_mv(REAL_PUMP, **{name: value}) for value in values]
        assert potentials == sorted(potentials)


def test_every_knob_names_a_number_of_the_bench_and_is_its_default():
    for name, quantity in RESTING.items():
        assert quantity.name == name
        assert quantity.low < quantity.high
        assert quantity.sentence.endswith(".")
        assert quantity.title
        assert quantity.check(NORMAL.value(name)) == quantity.default
        assert NORMAL.with_values({name: quantity.high}).value(name) == quantity.high
    assert NORMAL.concentrations == MAMMAL


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: RestingBench(pump=2.1), "pump is 2.1, but must be from 0 to 2"),
        (lambda: RestingBench(leak_open=-0.1), "leak_open is -0.1, but must be from 0 to 1"),
        (lambda: RestingBench(electrogenic=True), "electrogenic is True"),
        (lambda: RestingBench(p_na_ratio=nan), "p_na_ratio is nan"),
        (lambda: RestingBench(p_cl_ratio="much"), "p_cl_ratio is 'much'"),
        (
            lambda: RestingBench(temperature_c=46.0),
            "temperature_c is 46, but must be from 0 to 45 degrees C",
        ),
        (
            lambda: NORMAL.with_values({"k_out_mm": 0.5}),
            "k_out_mm is 0.5, but must be from 1 to 150 mM",
        ),
        (lambda: NORMAL.with_values({"na_out_mm": inf}), "na_out_mm is inf"),
        (
            lambda: NORMAL.with_values({"ca_out_mm": 1.2}),
            "unknown knob 'ca_out_mm'; known: na_out",
        ),
    ],
)
def test_a_wrong_setting_is_refused_by_name(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()
