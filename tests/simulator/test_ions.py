"""Gradients, equilibrium potentials and fluxes of ions, against published and derived numbers.

`numbers 4b` is the course's table of reference numbers for mammals and the squid axon. Where a
test says derived, the number follows from another formula than the code's.
"""

import re
import subprocess
import sys
from math import exp, inf, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from scipy.integrate import quad

from simulator.ions import (
    ATP_KJ_MOL,
    MAMMAL,
    SQUID_AXON,
    Concentrations,
    Pathway,
    current_ua_cm2,
    ghk_mv,
    ions_pmol_cm2,
    mullins_noda_mv,
    nernst_mv,
    pump_speed,
    pump_work_kj_mol,
    sphere_mm,
    thermal_mv,
)

AVOGADRO = 6.02214076e23
K_LEAK = Pathway(4.5, 140.0, 1, 1e-6, 37.0)

concentrations = st.floats(1e-4, 1000.0)
voltages = st.floats(-1000.0, 1000.0)
temperatures = st.floats(0.0, 45.0)
pathways = st.builds(
    Pathway, concentrations, concentrations, st.sampled_from([-2, -1, 1, 2]), st.just(1e-6),
    temperatures,
)  # fmt: skip


def _rest_mv(**settings):
    outside = {name: settings.pop(name) for name in ("k_out_mm",) if name in settings}
    values = {"p_na": 0.04, "temperature_c": 37.0, **settings}
    return ghk_mv(replace(MAMMAL, **outside), **values)


@pytest.mark.parametrize(("temperature_c", "published"), [(37.0, 26.73), (6.3, 24.08)])
def test_rt_over_f_is_the_published_one(temperature_c, published):
    # Numbers 4b.
    assert thermal_mv(temperature_c) == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(("temperature_c", "published"), [(37.0, 61.5), (20.0, 58.2)])
def test_ten_times_the_gradient_adds_the_published_slope(temperature_c, published):
    # Numbers 4b: RT/F x 2.303.
    assert nernst_mv(100.0, 10.0, 1, temperature_c) == pytest.approx(published, abs=0.05)


@pytest.mark.parametrize(
    ("out_mm", "in_mm", "valence", "temperature_c", "published"),
    [
        # Numbers 4b, mammal: Na, K (also question 1 of the phase on rest), Cl, Ca.
        (145.0, 12.0, 1, 37.0, 67.0),
        (145.0, 15.0, 1, 37.0, 61.0),
        (4.0, 140.0, 1, 37.0, -95.0),
        (4.5, 140.0, 1, 37.0, -92.0),
        (5.0, 140.0, 1, 37.0, -89.0),
        (110.0, 7.0, -1, 37.0, -74.0),
        (110.0, 10.0, -1, 37.0, -64.0),
        (110.0, 30.0, -1, 37.0, -35.0),
        (1.2, 0.0001, 2, 37.0, 125.0),
        # Numbers 4b, squid axon at 18.5 degrees C.
        (440.0, 50.0, 1, 18.5, 55.0),
        (20.0, 400.0, 1, 18.5, -75.0),
        (560.0, 52.0, -1, 18.5, -60.0),
    ],
)
def test_an_equilibrium_potential_is_the_published_one(
    out_mm, in_mm, valence, temperature_c, published
):
    assert nernst_mv(out_mm, in_mm, valence, temperature_c) == pytest.approx(published, abs=0.6)


def test_the_two_animals_have_the_published_concentrations():
    # Numbers 4b and claim S1-04.
    assert Concentrations(145.0, 12.0, 4.5, 140.0, 110.0, 7.0) == MAMMAL
    assert Concentrations(440.0, 50.0, 20.0, 400.0, 560.0, 52.0) == SQUID_AXON


@pytest.mark.parametrize(
    ("settings", "published"),
    [
        # Numbers 4b, rest.
        ({}, -69.8),
        ({"p_cl": 0.45}, -70.8),
        # Claim S1-06.
        ({"p_na": 0.0}, -91.9),
        ({"p_na": 1.0}, -0.4),
        # Numbers 4b, K outside.
        ({"k_out_mm": 2.0}, -77.3),
        ({"k_out_mm": 3.0}, -74.0),
        ({"k_out_mm": 4.0}, -71.2),
        ({"k_out_mm": 5.0}, -68.6),
        ({"k_out_mm": 6.0}, -66.2),
        ({"k_out_mm": 8.0}, -62.0),
        ({"k_out_mm": 10.0}, -58.4),
        ({"k_out_mm": 20.0}, -45.3),
    ],
)
def test_the_constant_field_potential_is_the_published_one(settings, published):
    assert _rest_mv(**settings) == pytest.approx(published, abs=0.06)


@pytest.mark.parametrize(("p_na", "published"), [(0.01, -84.0), (0.02, -79.0), (0.05, -66.0)])
def test_the_constant_field_potential_follows_the_permeability_as_published(p_na, published):
    # Numbers 4b, given in whole mV.
    assert _rest_mv(p_na=p_na) == pytest.approx(published, abs=0.5)


@pytest.mark.parametrize(("p_na", "published"), [(12.0, 48.5), (20.0, 54.0)])
def test_the_sodium_permeability_of_a_peak_gives_the_published_potential(p_na, published):
    # Numbers 4b and claim S2-05.
    assert _rest_mv(p_na=p_na) == pytest.approx(published, abs=0.5)


def test_the_squid_axon_at_rest_and_at_its_peak_has_the_potentials_of_hodgkin_and_katz():
    # Their ratios 1:0.04:0.45 and 1:20:0.45, worked out by hand: RT/F is 25.13 mV at 18.5 C.
    rest, peak = (
        ghk_mv(SQUID_AXON, p_na=p_na, p_cl=0.45, temperature_c=18.5) for p_na in (0.04, 20.0)
    )
    assert rest == pytest.approx(25.13 * log(61.0 / 654.0), abs=0.02)
    assert peak == pytest.approx(25.13 * log(8843.4 / 1652.0), abs=0.02)


def test_only_the_ratios_of_the_permeabilities_count():
    assert _rest_mv(p_na=4e-300, p_k=1e-298) == pytest.approx(_rest_mv(), abs=1e-9)


def test_a_pump_that_just_balances_the_leaks_adds_the_published_part():
    # Numbers 4b and claim S1-05.
    with_pump = mullins_noda_mv(MAMMAL, p_na=0.04, coupling=1.5, temperature_c=37.0)
    assert with_pump == pytest.approx(-75.4, abs=0.05)
    assert 1.0 <= _rest_mv() - with_pump <= 6.0


def test_a_pump_that_exchanges_one_for_one_adds_nothing():
    assert mullins_noda_mv(MAMMAL, p_na=0.04, coupling=1.0, temperature_c=37.0) == _rest_mv()


def test_the_pump_s_part_nears_10_8_mv_and_never_passes_it():
    # Numbers 4b: RT/F ln 1.5, where K alone counts inside and Na alone outside.
    only = replace(MAMMAL, k_out_mm=1e-4, na_in_mm=1e-4)
    parts = [
        ghk_mv(cell, p_na=p_na, temperature_c=37.0)
        - mullins_noda_mv(cell, p_na=p_na, coupling=1.5, temperature_c=37.0)
        for cell in (MAMMAL, only)
        for p_na in (0.001, 0.01, 0.04, 0.1, 0.3, 1.0, 10.0)
    ]
    assert max(parts) == pytest.approx(10.8, abs=0.05)
    assert max(parts) <= thermal_mv(37.0) * log(1.5) + 1e-9


@given(pathways, st.floats(-300.0, 300.0))
def test_a_flux_solves_the_nernst_planck_equation_in_a_constant_field(path, voltage_mv):
    # Derived: P (c_in e^u - c_out) over the integral of e^(ux) across the membrane.
    u = path.valence * voltage_mv / thermal_mv(path.temperature_c)
    # Seen from the side of the lower potential energy, so that nothing overflows.
    field, _ = quad(lambda x: exp(-abs(u) * x), 0.0, 1.0, epsrel=1e-12)
    down, up = (path.in_mm, path.out_mm) if u > 0.0 else (path.out_mm, path.in_mm)
    expected = (down - up * exp(-abs(u))) / field * (1.0 if u > 0.0 else -1.0)
    scale = max(path.in_mm, path.out_mm) * (1.0 + abs(u))
    assert path.flux_pmol_cm2_s(voltage_mv) == pytest.approx(expected, abs=1e-9 * scale)


def test_without_a_voltage_a_flux_is_plain_diffusion():
    # 1e-6 cm/s over a difference of 135.5 mM is 135.5 pmol/cm2/s.
    assert K_LEAK.flux_pmol_cm2_s(0.0) == pytest.approx(135.5, rel=1e-12)
    for near in (1e-300, 1e-12, -1e-9):
        assert K_LEAK.flux_pmol_cm2_s(near) == pytest.approx(135.5, rel=1e-9)


@pytest.mark.parametrize("voltage_mv", [-120.0, 0.0, 35.0])
def test_without_a_gradient_a_pathway_obeys_ohm(voltage_mv):
    # Derived: g = P z^2 F^2 c / RT.
    path = Pathway(100.0, 100.0, -2, 1e-6, 20.0)
    g_ms_cm2 = 1e-6 * 4.0 * 96485.33212**2 * 1e-4 / (8.314462618 * 293.15) * 1e3
    assert path.conductance_ms_cm2(voltage_mv) == pytest.approx(g_ms_cm2, rel=1e-9)
    assert path.current_ua_cm2(voltage_mv) == pytest.approx(g_ms_cm2 * voltage_mv, rel=1e-9)


@given(pathways, st.floats(-200.0, 200.0))
def test_the_one_way_fluxes_are_in_the_ratio_of_ussing(path, voltage_mv):
    # Ussing 1949: out / in = exp(z (V - E) / (RT/F)); their difference is the net flux.
    out, into = path.efflux_pmol_cm2_s(voltage_mv), path.influx_pmol_cm2_s(voltage_mv)
    driving = path.valence * (voltage_mv - path.equilibrium_mv) / thermal_mv(path.temperature_c)
    assert log(out / into) == pytest.approx(driving, abs=1e-6)
    assert path.flux_pmol_cm2_s(voltage_mv) == out - into


@given(pathways)
def test_an_ion_at_its_equilibrium_has_no_current_but_a_conductance(path):
    e = path.equilibrium_mv
    scale = path.efflux_pmol_cm2_s(e)
    assert abs(path.flux_pmol_cm2_s(e)) <= 1e-12 * scale
    # Its limit is the slope of the current there.
    slope = (path.current_ua_cm2(e + 0.01) - path.current_ua_cm2(e - 0.01)) / 0.02
    assert path.conductance_ms_cm2(e) == pytest.approx(slope, rel=1e-4)


@given(pathways, voltages)
def test_no_potential_overflows_and_a_current_flows_with_its_driving_force(path, voltage_mv):
    drive = voltage_mv - path.equilibrium_mv
    current = path.current_ua_cm2(voltage_mv)
    conductance = path.conductance_ms_cm2(voltage_mv)
    assert 0.0 < conductance < inf
    assert current == pytest.approx(conductance * drive, rel=1e-6, abs=1e-9 * conductance)


@pytest.mark.parametrize("voltage_mv", [-1000.0, 1000.0])
def test_next_to_absolute_zero_a_current_is_one_way_and_does_not_overflow(voltage_mv):
    # Derived: far from equilibrium P z^2 F^2 c V / RT, where c is that of the side it leaves.
    path = Pathway(4.5, 140.0, 1, 1e-6, -273.0)
    left_mm = 140.0 if voltage_mv > 0.0 else 4.5
    expected = 1e-6 * 96485.33212**2 * left_mm / (8.314462618 * 0.15) * voltage_mv / 1e3
    assert path.current_ua_cm2(voltage_mv) == pytest.approx(expected, rel=1e-9)
    assert 0.0 < path.conductance_ms_cm2(voltage_mv) < inf


def test_cl_leaving_is_an_inward_current():
    cl = Pathway(110.0, 7.0, -1, 1e-6, 37.0)
    assert cl.flux_pmol_cm2_s(-90.0) > 0.0 > cl.current_ua_cm2(-90.0)


@given(
    st.builds(Concentrations, *[concentrations] * 6),
    *[st.floats(0.01, 20.0)] * 3,
    temperatures,
)
def test_the_constant_field_potential_is_where_the_three_currents_cancel(
    cell, p_na, p_k, p_cl, temperature_c
):
    v = ghk_mv(cell, p_na=p_na, p_k=p_k, p_cl=p_cl, temperature_c=temperature_c)
    paths = [
        Pathway(cell.na_out_mm, cell.na_in_mm, 1, 1e-6 * p_na, temperature_c),
        Pathway(cell.k_out_mm, cell.k_in_mm, 1, 1e-6 * p_k, temperature_c),
        Pathway(cell.cl_out_mm, cell.cl_in_mm, -1, 1e-6 * p_cl, temperature_c),
    ]
    equilibria = [path.equilibrium_mv for path in paths]
    assert min(equilibria) - 1e-9 <= v <= max(equilibria) + 1e-9
    traffic = sum(current_ua_cm2(path.efflux_pmol_cm2_s(v)) for path in paths)
    assert abs(sum(path.current_ua_cm2(v) for path in paths)) <= 1e-9 * traffic


def test_a_charge_is_the_published_number_of_ions():
    # Numbers 4b: 100 mV on 1 uF/cm2; question 1 of the phase on the pump: 120 mV.
    assert ions_pmol_cm2(0.1) == pytest.approx(1.036, abs=0.0005)
    assert ions_pmol_cm2(0.1) * 1e-12 * AVOGADRO / 1e8 == pytest.approx(6240.0, abs=5.0)
    assert ions_pmol_cm2(0.12) == pytest.approx(1.24, abs=0.005)


def test_one_ua_of_pump_current_takes_out_31_pmol_of_sodium():
    # Numbers 4b: three Na for each net charge.
    assert current_ua_cm2(31.0 / 3.0) == pytest.approx(1.0, rel=0.005)


def test_a_spike_s_sodium_makes_9_um_in_a_sphere_of_10_um():
    # Question 7 of the phase on the pump: 1.5 pmol/cm2, surface over volume 6/d.
    assert sphere_mm(1.5, 10.0) == pytest.approx(9.0e-3, rel=1e-9)


def test_a_pump_cycle_takes_44_kj_and_atp_pays_for_it():
    # Numbers 4b: 3 (67 + 70) + 2 (92 - 70) mV.
    work = pump_work_kj_mol(-70.0, 67.0, -92.0)
    assert work == pytest.approx(44.0, abs=0.2)
    assert work < ATP_KJ_MOL


def test_a_pump_slows_with_its_load_stalls_where_atp_is_used_up_and_then_runs_backward():
    # Derived: forward over backward steps are exp(energy left / RT); 10 kJ/mol at 37 C is 3.878.
    ratio = exp(10.0 / (8.314462618e-3 * 310.15))
    assert pump_speed(ATP_KJ_MOL - 10.0, 37.0) == pytest.approx((ratio - 1.0) / (ratio + 1.0))
    assert pump_speed(ATP_KJ_MOL, 37.0) == 0.0
    assert pump_speed(ATP_KJ_MOL + 10.0, 37.0) == -pump_speed(ATP_KJ_MOL - 10.0, 37.0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: nernst_mv(0.0, 140.0, 1, 37.0), "out_mm is 0, but must be above 0"),
        (lambda: nernst_mv(5.0, -1.0, 1, 37.0), "in_mm is -1, but must be above 0 and at most"),
        (lambda: nernst_mv(5.0, nan, 1, 37.0), "in_mm is nan"),
        (lambda: nernst_mv(5.0, "140", 1, 37.0), "in_mm is '140'"),
        (lambda: nernst_mv(5.0, 140.0, 0, 37.0), "valence is 0"),
        (lambda: nernst_mv(5.0, 140.0, True, 37.0), "valence is True"),
        (lambda: nernst_mv(5.0, 140.0, 1.5, 37.0), "valence is 1.5"),
        (lambda: thermal_mv(-273.15), "temperature_c is -273.15, but must be above -273.15"),
        (lambda: thermal_mv(inf), "temperature_c is inf"),
        (lambda: replace(MAMMAL, k_out_mm=0.0), "k_out_mm is 0, but must be above 0"),
        (lambda: replace(MAMMAL, cl_in_mm=1001.0), "cl_in_mm is 1001"),
        (lambda: _rest_mv(p_na=-0.1), "p_na is -0.1, but must be from 0 to 1000"),
        (lambda: _rest_mv(p_na=0.0, p_k=0.0), "p_na, p_k and p_cl are all 0"),
        (
            lambda: mullins_noda_mv(MAMMAL, p_na=0.04, coupling=0.5, temperature_c=37.0),
            "coupling is 0.5, but must be from 1 to 10",
        ),
        (lambda: Pathway(4.5, 140.0, 1, -1e-6, 37.0), "permeability_cm_s is -1e-06"),
        (lambda: Pathway(4.5, 140.0, 0, 1e-6, 37.0), "valence is 0"),
        (lambda: K_LEAK.flux_pmol_cm2_s(nan), "voltage_mv is nan"),
        (lambda: K_LEAK.conductance_ms_cm2(1001.0), "voltage_mv is 1001"),
        (lambda: sphere_mm(1.0, 0.0), "diameter_um is 0, but must be above 0"),
    ],
)
def test_a_wrong_value_is_refused_by_name(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()


def test_ions_and_the_resting_bench_need_no_numpy():
    program = (
        "import sys, simulator.ions, simulator.resting.run\nassert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
