"""Each drug and each change does what its sentence says.

Numbers come from Ohm's and Nernst's laws, from one-to-one binding, and from the sources named
with the drugs; RT/F is 26.73 mV at 37 and 24.08 mV at 6.3 degrees C.
"""

from math import exp, log

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.optimize import brentq

from simulator import CHANGES, CORTICAL, SQUID, TEXTBOOK, Changes, Pulse, measure, run
from simulator.altered import alter
from simulator.curves import gate_curves
from simulator.drugs import DRUGS
from simulator.membrane import RECEPTOR
from simulator.voltage_clamp import ClampStep, clamp

RT_F_MV, COLD_RT_F_MV = 26.73, 24.08
MODELS = [TEXTBOOK, SQUID, CORTICAL]
in_each = pytest.mark.parametrize("preparation", MODELS, ids=lambda p: p.name)

#: Concentration that blocks half, and what the other way to block as much is.
HALF = {
    "ttx_nm": (5.1, {"na_block": 0.5}),  # Toxicon 1985, 23:725
    "tea_mm": (0.4, {"k_block": 0.5}),  # Hille 1967
    "four_ap_mm": (0.29, {"k_block": 0.5}),  # Grissmer et al. 1994
    "ouabain_um": (0.1, {"pump": 0.5}),
    "digoxin_nm": (100.0, {"pump": 0.5}),
}


def _pulse(preparation):
    return Pulse(1.0, 0.5, {TEXTBOOK: 47.3, SQUID: 19.9, CORTICAL: 64.0}[preparation])


def test_every_drug_is_tried_here():
    assert HALF.keys() == DRUGS.keys()


@in_each
@pytest.mark.parametrize("name", HALF)
def test_a_drug_blocks_half_at_its_half_concentration(preparation, name):
    half, equal = HALF[name]
    with_drug = run(preparation, [_pulse(preparation)], Changes(**{name: half}))
    blocked = run(preparation, [_pulse(preparation)], Changes(**equal))
    assert with_drug.voltage_mv == pytest.approx(blocked.voltage_mv, abs=1e-6)
    normal = run(preparation, [_pulse(preparation)])
    assert np.abs(with_drug.numpy("voltage_mv") - normal.numpy("voltage_mv")).max() > 0.1


@pytest.mark.parametrize("times", [0.1, 1.0, 3.0, 9.0])
@pytest.mark.parametrize("name", HALF)
def test_one_molecule_binds_one_site(name, times):
    half, _ = HALF[name]
    left = Changes(**{name: times * half}).left(DRUGS[name].blocks)
    assert left == pytest.approx(1.0 / (1.0 + times), rel=1e-9)


@pytest.mark.parametrize(
    ("together", "what", "left"),
    [
        ({"ttx_nm": 5.1, "na_block": 0.5}, "na", 0.25),
        ({"tea_mm": 0.4, "four_ap_mm": 0.29}, "k", 0.25),
        ({"tea_mm": 0.4, "four_ap_mm": 0.29, "k_block": 0.5}, "k", 0.125),
        ({"ouabain_um": 0.1, "digoxin_nm": 100.0}, "pump", 0.25),
        ({"ouabain_um": 0.1, "pump": 0.5}, "pump", 0.25),
        ({"ttx_nm": 5.1, "na_block": 1.0}, "na", 0.0),
        ({"ttx_nm": 5.1}, "k", 1.0),
    ],
)
def test_each_drug_blocks_its_share_of_what_the_others_leave(together, what, left):
    assert Changes(**together).left(what) == pytest.approx(left, abs=1e-9)


@in_each
def test_sodium_channels_that_are_plugged_carry_no_current(preparation):
    step = [ClampStep(2.0, 5.0, -10.0)]
    free = clamp(preparation, step, holding_mv=-90.0, duration_ms=8.0)
    plugged = clamp(preparation, step, Changes(ttx_nm=3 * 5.1), holding_mv=-90.0, duration_ms=8.0)
    assert plugged.numpy("g_na") == pytest.approx(0.25 * free.numpy("g_na"), abs=1e-12)
    assert plugged.numpy("na_open") == pytest.approx(free.numpy("na_open"))
    assert max(plugged.column("na_blocked")) == pytest.approx(0.75)


@in_each
def test_a_block_of_the_voltage_gated_k_channels_spares_what_is_open_at_rest(preparation):
    normal = run(preparation, [_pulse(preparation)])
    blocked = run(preparation, [_pulse(preparation)], Changes(k_block=1.0))
    assert blocked.voltage_mv[0] == pytest.approx(normal.voltage_mv[0], abs=1e-6)
    assert blocked.numpy("g_k") == pytest.approx(normal.column("g_k")[0], rel=1e-4)
    still = run(preparation, (), Changes(k_block=1.0), duration_ms=5.0)
    assert np.ptp(still.numpy("voltage_mv")) < 0.02


@pytest.mark.parametrize("name", ["ouabain_um", "digoxin_nm"])
def test_a_glycoside_stops_the_pump_and_rest_rises_by_its_current_over_the_conductance(name):
    # Only leak and pump: 0.5 uA/cm2 over 0.23 mS/cm2.
    quiet = Changes(na_block=1.0, frozen_n=0.0)
    stopped = quiet.with_values({name: CHANGES[name].high})
    rests = [alter(TEXTBOOK, changes).resting_potential() for changes in (quiet, stopped)]
    left = HALF[name][0] / (HALF[name][0] + CHANGES[name].high)
    assert rests[0] == pytest.approx(-70.0, abs=1e-6)
    assert rests[1] - rests[0] == pytest.approx((1.0 - left) * 0.5 / 0.23, rel=1e-6)


# --- leak and concentrations ---


@in_each
def test_a_leak_block_takes_its_share_of_the_leak_current(preparation):
    step = [ClampStep(1.0, 2.0, -20.0)]
    whole = clamp(preparation, step, duration_ms=4.0, holding_mv=-75.0)
    part = clamp(preparation, step, Changes(leak_block=0.7), duration_ms=4.0, holding_mv=-75.0)
    assert part.numpy("i_leak") == pytest.approx(0.3 * whole.numpy("i_leak"), abs=1e-9)
    # The pump makes good what leaks: its steady current goes with the leak.
    assert part.numpy("i_pump") == pytest.approx(0.3 * whole.numpy("i_pump"))


@pytest.mark.parametrize("block", [0.3, 0.7, 0.95, 1.0])
def test_a_leak_block_brings_the_squid_s_rest_nearer_to_the_k_potential(block):
    # Hodgkin & Huxley 1952 with less of their leak, which the pump is part of.
    def current(v):
        u = v + 65.0
        a_m, b_m = 0.1 * (25.0 - u) / (exp((25.0 - u) / 10.0) - 1.0), 4.0 * exp(-u / 18.0)
        a_h, b_h = 0.07 * exp(-u / 20.0), 1.0 / (exp((30.0 - u) / 10.0) + 1.0)
        a_n, b_n = 0.01 * (10.0 - u) / (exp((10.0 - u) / 10.0) - 1.0), 0.125 * exp(-u / 80.0)
        m, h, n = a_m / (a_m + b_m), a_h / (a_h + b_h), a_n / (a_n + b_n)
        na, k = 120.0 * m**3 * h * (v - 50.0), 36.0 * n**4 * (v + 77.0)
        return na + k + (1.0 - block) * 0.3 * (v + 54.387)

    rest_mv = alter(SQUID, Changes(leak_block=block)).resting_potential()
    assert rest_mv == pytest.approx(brentq(current, -77.0, -60.0), abs=1e-6)


@pytest.mark.parametrize("preparation", [TEXTBOOK, CORTICAL, RECEPTOR], ids=lambda p: p.name)
@pytest.mark.parametrize("block", [0.3, 0.9])
def test_less_of_a_mammal_s_leak_hardly_moves_its_rest(preparation, block):
    # Leak and pump together reverse at -70 mV, and hardly anything else is open there.
    rest_mv = alter(preparation, Changes(leak_block=block)).resting_potential()
    assert rest_mv == pytest.approx(-70.0, abs=0.1)
    without = alter(preparation, Changes(leak_block=block, pump=0.0)).resting_potential()
    assert without > rest_mv + 1.0


def test_a_leak_block_makes_the_membrane_slower_and_its_response_larger():
    quiet = {"na_block": 1.0, "frozen_n": 0.0, "pump": 0.0}
    sizes = []
    for block in (0.0, 0.5):
        changes = Changes(leak_block=block, **quiet)
        trace = run(CORTICAL, [Pulse(0.0, 190.0, 0.5)], changes, duration_ms=190.0)
        sizes.append(trace.voltage_mv[-1] - trace.voltage_mv[0])
    assert sizes == pytest.approx([5.0, 10.0], rel=1e-3)


def _reversal_mv(preparation, changes, current):
    """Where a current column changes its sign under clamp."""
    found = []
    for level in (-100.0, 100.0):
        trace = clamp(preparation, [ClampStep(0.0, 5.0, level)], changes, duration_ms=2.0)
        found.append(trace.column(current)[50])
    return -100.0 + 200.0 * found[0] / (found[0] - found[1])


@pytest.mark.parametrize(
    ("preparation", "normal_mm", "rt_f_mv"),
    [(TEXTBOOK, 4.5, RT_F_MV), (CORTICAL, 4.5, RT_F_MV), (SQUID, 20.0, COLD_RT_F_MV)],
    ids=lambda p: getattr(p, "name", p),
)
@pytest.mark.parametrize("times", [0.5, 1.0, 2.0, 8.0])
def test_potassium_outside_moves_its_potential_by_nernst(preparation, normal_mm, rt_f_mv, times):
    trace = clamp(preparation, [], Changes(k_out_mm=times * normal_mm), duration_ms=1.0)
    e_k_mv = trace.voltage_mv[0] - trace.column("driving_k_mv")[0]
    assert e_k_mv - preparation.e_k_mv == pytest.approx(rt_f_mv * log(times), rel=1e-3, abs=1e-9)
    e_na_mv = trace.voltage_mv[0] - trace.column("driving_na_mv")[0]
    assert e_na_mv == pytest.approx(preparation.e_na_mv)


@pytest.mark.parametrize(
    ("preparation", "normal_mm", "rt_f_mv"),
    [(TEXTBOOK, 145.0, RT_F_MV), (CORTICAL, 145.0, RT_F_MV), (SQUID, 440.0, COLD_RT_F_MV)],
    ids=lambda p: getattr(p, "name", p),
)
@pytest.mark.parametrize("times", [0.1, 0.6, 1.3])
def test_sodium_outside_moves_its_potential_by_nernst(preparation, normal_mm, rt_f_mv, times):
    trace = clamp(preparation, [], Changes(na_out_mm=times * normal_mm), duration_ms=1.0)
    e_na_mv = trace.voltage_mv[0] - trace.column("driving_na_mv")[0]
    assert e_na_mv - preparation.e_na_mv == pytest.approx(rt_f_mv * log(times), rel=1e-3)


def test_the_temperature_of_the_bath_counts_in_nernst_s_law():
    changes = Changes(k_out_mm=40.0, temperature_c=20.0)
    trace = clamp(SQUID, [], changes, duration_ms=1.0)
    e_k_mv = trace.voltage_mv[0] - trace.column("driving_k_mv")[0]
    # RT/F at 20 degrees C is 58.2 mV for a factor of ten.
    assert e_k_mv + 77.0 == pytest.approx(58.2 * log(2.0) / log(10.0), rel=2e-3)


@pytest.mark.parametrize("preparation", [TEXTBOOK, CORTICAL, RECEPTOR], ids=lambda p: p.name)
@pytest.mark.parametrize(("k_times", "na_times"), [(2.0, 1.0), (1.0, 0.5), (4.0, 0.3)])
def test_a_leak_of_potassium_and_sodium_follows_both(preparation, k_times, na_times):
    # Three conductances side by side, a quarter of it Cl at -70 mV, whose currents cancel where
    # the leak's own current reverses.
    own_mv = -70.0 + 0.5 / preparation.g_leak
    sums, totals = [[1.0, 1.0, 1.0], [-90.0, 50.0, -70.0], [0.0, 0.0, 1.0]], [1.0, own_mv, 0.25]
    k_part, na_part, _ = np.linalg.solve(sums, totals)
    moved = k_part * RT_F_MV * log(k_times) + na_part * RT_F_MV * log(na_times)
    changes = Changes(k_out_mm=4.5 * k_times, na_out_mm=145.0 * na_times)
    found = _reversal_mv(preparation, changes, "i_leak")
    assert found == pytest.approx(own_mv + moved, abs=0.01)


def test_the_squid_s_leak_does_not_follow_the_bath():
    found = _reversal_mv(SQUID, Changes(k_out_mm=80.0, na_out_mm=100.0), "i_leak")
    assert found == pytest.approx(-54.387 + 1.0 / 0.3, abs=1e-6)


@pytest.mark.parametrize("preparation", [*MODELS, RECEPTOR], ids=lambda p: p.name)
def test_a_preparation_s_own_values_change_nothing(preparation):
    own = alter(preparation, Changes(**preparation.own_values))
    assert own == alter(preparation, Changes())


@in_each
def test_shifts_of_the_potentials_are_added(preparation):
    trace = clamp(preparation, [], Changes(e_na_shift_mv=-13.0, e_k_shift_mv=7.0), duration_ms=1.0)
    assert trace.voltage_mv[0] - trace.column("driving_na_mv")[0] == pytest.approx(37.0)
    assert trace.voltage_mv[0] - trace.column("driving_k_mv")[0] == pytest.approx(
        preparation.e_k_mv + 7.0
    )


# --- gates ---

VOLTAGES = tuple(range(-95, 46, 5))


@in_each
@pytest.mark.parametrize(("row", "gate"), [(0, "m"), (1, "h"), (2, "n")])
@pytest.mark.parametrize("shift", [-30.0, -7.5, 30.0])
def test_a_shift_moves_the_curves_of_its_gate_by_exactly_so_much(preparation, row, gate, shift):
    moved = gate_curves(preparation, VOLTAGES, Changes(**{f"{gate}_shift_mv": shift}))
    normal = gate_curves(preparation, VOLTAGES)
    before = gate_curves(preparation, [v - shift for v in VOLTAGES])
    for curves in ("steady", "tau_ms"):
        for other in range(3):
            expected = before if other == row else normal
            assert getattr(moved, curves)[other] == pytest.approx(
                getattr(expected, curves)[other], rel=1e-12
            )


@pytest.mark.parametrize("gate", "mhn")
def test_a_shifted_gate_runs_as_if_the_potential_were_less_by_the_shift(gate):
    levels = (-80.0, -20.0)
    shifted, normal = (
        clamp(
            SQUID,
            [ClampStep(1.0, 5.0, level + by)],
            Changes(**{f"{gate}_shift_mv": by}),
            holding_mv=hold + by,
            duration_ms=7.0,
        ).numpy(gate)
        for by in (10.0, 0.0)
        for hold, level in (levels,)
    )
    assert shifted == pytest.approx(normal, abs=1e-9)


@in_each
def test_a_gate_frozen_at_rest_is_where_it_rests_normally_whatever_else_is_changed(preparation):
    rest = run(preparation, duration_ms=1.0)
    moved = Changes(frozen_n="rest", frozen_h="rest", e_k_shift_mv=15.0, n_shift_mv=20.0)
    trace = run(preparation, [_pulse(preparation)], moved)
    assert trace.numpy("n") == pytest.approx(rest.column("n")[0], abs=1e-4)
    assert trace.numpy("h") == pytest.approx(rest.column("h")[0], abs=1e-4)


@in_each
@pytest.mark.parametrize("lasting", [0.02, 0.3, 1.0])
def test_channels_that_never_inactivate_go_on_carrying_current(preparation, lasting):
    step = [ClampStep(1.0, 60.0, 20.0)]
    trace = clamp(preparation, step, Changes(lasting_na=lasting), duration_ms=55.0, dt_ms=0.025)
    end = -1
    m, h = trace.column("m")[end], trace.column("h")[end]
    assert m > 0.98
    assert trace.column("na_open")[end] == pytest.approx(m**3 * (lasting + (1.0 - lasting) * h))
    assert trace.column("na_available")[end] >= lasting


def test_the_voltage_itself_is_solved_with_the_channels_that_never_inactivate():
    # Na through m alone against the leak: a potential that the two currents agree on.
    changes = Changes(lasting_na=1.0, frozen_m=0.3, frozen_n=0.0)
    g_na = 17.5 * 0.3**3
    expected = (g_na * 50.0 + 0.23 * -70.0) / (g_na + 0.23)
    for onset_ms in (0.0, 2.0):
        trace = run(TEXTBOOK, (), changes, duration_ms=60.0, changes_from_ms=onset_ms)
        assert trace.voltage_mv[-1] == pytest.approx(expected, abs=0.01)


# --- every change, by what it does to a spike ---

UP, DOWN = 1, -1
#: What is set, in which preparation, which number it moves, and which way.
MOVES = {
    "na_block": ({"na_block": 0.4}, TEXTBOOK, "peak_mv", DOWN),
    "k_block": ({"k_block": 0.6}, TEXTBOOK, "half_width_ms", UP),
    "leak_block": ({"leak_block": 0.5}, SQUID, "rest_mv", DOWN),
    "e_na_shift_mv": ({"e_na_shift_mv": -15.0}, TEXTBOOK, "peak_mv", DOWN),
    "e_k_shift_mv": ({"e_k_shift_mv": -10.0}, SQUID, "undershoot_mv", DOWN),
    "k_out_mm": ({"k_out_mm": 6.0}, TEXTBOOK, "rest_mv", UP),
    "na_out_mm": ({"na_out_mm": 90.0}, TEXTBOOK, "max_dvdt_v_s", DOWN),
    "pump": ({"pump": 0.0}, TEXTBOOK, "rest_mv", UP),
    "m_shift_mv": ({"m_shift_mv": 5.0}, TEXTBOOK, "upstroke_mv", UP),
    "h_shift_mv": ({"h_shift_mv": 10.0}, TEXTBOOK, "max_dvdt_v_s", UP),
    "n_shift_mv": ({"n_shift_mv": 10.0}, TEXTBOOK, "half_width_ms", UP),
    "lasting_na": ({"lasting_na": 0.05}, TEXTBOOK, "half_width_ms", UP),
    "frozen_m": ({"frozen_m": "rest"}, TEXTBOOK, "spike_count", DOWN),
    "frozen_h": ({"frozen_h": 0.05}, TEXTBOOK, "spike_count", DOWN),
    "frozen_n": ({"frozen_n": "rest"}, SQUID, "half_width_ms", UP),
    "ttx_nm": ({"ttx_nm": 4.0}, TEXTBOOK, "peak_mv", DOWN),
    "tea_mm": ({"tea_mm": 0.4}, TEXTBOOK, "half_width_ms", UP),
    "four_ap_mm": ({"four_ap_mm": 0.3}, TEXTBOOK, "half_width_ms", UP),
    "ouabain_um": ({"ouabain_um": 10.0}, TEXTBOOK, "rest_mv", UP),
    "digoxin_nm": ({"digoxin_nm": 1000.0}, TEXTBOOK, "rest_mv", UP),
    "lidocaine_um": ({"lidocaine_um": 5.0}, SQUID, "max_dvdt_v_s", DOWN),
    "temperature_c": ({"temperature_c": 10.0}, SQUID, "half_width_ms", DOWN),
}


def test_every_change_is_tried_here():
    assert MOVES.keys() == CHANGES.keys()


@pytest.mark.parametrize("name", MOVES)
def test_a_change_moves_what_its_sentence_says(name):
    values, preparation, number, way = MOVES[name]
    assert values.keys() == {name}
    pulse = replace(_pulse(preparation), amplitude_ua_cm2=1.2 * _pulse(preparation).size)
    normal, changed = (
        measure(run(preparation, [pulse], changes, duration_ms=40.0))[number]
        for changes in (Changes(), Changes(**values))
    )
    assert (changed - normal) * way > 0.02 * abs(normal) / (10.0 if number == "rest_mv" else 1.0)
