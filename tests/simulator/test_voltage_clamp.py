"""Voltage clamp against formulas: Ohm's law, single exponentials, and the published currents."""

import re
from math import exp, nan

import numpy as np
import pytest

from simulator import CORTICAL, SQUID, TEXTBOOK, Changes, Pulse
from simulator.membrane import PREPARATIONS
from simulator.stimulus import SynapticEvent
from simulator.voltage_clamp import (
    CLAMP_COLUMNS,
    CLAMP_MEASUREMENTS,
    ClampStep,
    clamp,
    family,
)

QUIET = Changes(na_block=1.0, frozen_n=0.0)


def _squid_gates(voltage_mv):
    """Steady values and time constants in ms at 6.3 degrees C: Hodgkin & Huxley 1952."""
    v = -(voltage_mv + 65.0)
    rates = (
        (0.1 * (v + 25.0) / (exp((v + 25.0) / 10.0) - 1.0), 4.0 * exp(v / 18.0)),
        (0.07 * exp(v / 20.0), 1.0 / (exp((v + 30.0) / 10.0) + 1.0)),
        (0.01 * (v + 10.0) / (exp((v + 10.0) / 10.0) - 1.0), 0.125 * exp(v / 80.0)),
    )
    return [(a / (a + b), 1.0 / (a + b)) for a, b in rates]


# --- the shape of the command ---


def test_the_potential_is_where_the_clamp_holds_it():
    steps = [ClampStep(1.0, 4.0, 10.0), ClampStep(3.0, 1.0, -30.0)]
    trace = clamp(SQUID, steps, holding_mv=-80.0, duration_ms=8.0)
    for time_ms, held in ((0.5, -80), (1.5, 10), (3.5, -30), (4.5, 10), (6.0, -80)):
        assert trace.at("voltage_mv", time_ms) == held
    assert len(trace) == 801


@pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
def test_held_at_rest_nothing_has_to_be_passed(preparation):
    trace = clamp(preparation, [], duration_ms=20.0)
    assert np.abs(trace.numpy("clamp_ua_cm2")).max() < 0.01
    assert trace.measure() == {}


# --- a passive membrane ---


@pytest.mark.parametrize("level_mv", [-120.0, -70.0, -20.0, 40.0])
def test_a_passive_membrane_obeys_ohm_and_charges_at_once(level_mv):
    trace = clamp(
        TEXTBOOK, [ClampStep(2.0, 5.0, level_mv)], QUIET, holding_mv=-70.0, duration_ms=9.0
    )
    current = trace.numpy("clamp_ua_cm2")
    inside = current[200:699]
    assert inside == pytest.approx(0.23 * (level_mv + 70.0), abs=1e-9)
    # Beside Ohm's current, the charge C dV passes in the sample before, and comes back.
    assert current[199] * 0.01 == pytest.approx(1.0 * (level_mv + 70.0), abs=1e-9)
    returned = (current[699] - 0.23 * (level_mv + 70.0)) * 0.01
    assert returned == pytest.approx(-(level_mv + 70.0), abs=1e-9)
    assert np.abs(current[700:]).max() < 1e-9


@pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
def test_the_clamp_passes_the_ionic_and_the_capacitive_current(preparation):
    steps = [ClampStep(1.0, 3.0, 0.0), ClampStep(6.0, 2.0, -100.0)]
    trace = clamp(preparation, steps, holding_mv=-75.0, duration_ms=10.0)
    moved = trace.numpy("clamp_ua_cm2") - trace.numpy("i_ion")
    jumps = np.append(np.diff(trace.numpy("voltage_mv")), 0.0)
    assert moved * trace.dt_ms == pytest.approx(jumps, abs=1e-9)
    assert np.count_nonzero(jumps) == 4


# --- gates and currents after a step ---


@pytest.mark.parametrize("level_mv", [-45.0, -20.0, 0.0, 30.0])
def test_gates_go_to_their_new_values_along_one_exponential_each(level_mv):
    trace = clamp(
        SQUID, [ClampStep(1.0, 6.0, level_mv)], holding_mv=-65.0, duration_ms=7.0, dt_ms=0.005
    )
    # The gates are solved with each sample's potential from half a step before it on.
    since = (np.arange(len(trace)) * 0.005 - 1.0 + 0.0025)[200:1400]
    courses = []
    for gate, (start, _), (end, tau_ms) in zip(
        "mhn", _squid_gates(-65.0), _squid_gates(level_mv), strict=True
    ):
        expected = end + (start - end) * np.exp(-since / tau_ms)
        assert trace.numpy(gate)[200:1400] == pytest.approx(expected, abs=2e-3)
        courses.append(expected)
    m, h, n = courses
    inside = slice(200, 1399)
    for name, conductance, reversal in (
        ("i_na", 120.0 * m**3 * h, 50.0),
        ("i_k", 36.0 * n**4, -77.0),
    ):
        expected = (conductance * (level_mv - reversal))[:-1]
        most = np.abs(expected).max()
        assert trace.numpy(name)[inside] == pytest.approx(expected, abs=5e-3 * most)


@pytest.mark.parametrize(
    ("level_mv", "published"), [(-30.0, 11.1), (-20.0, 16.2), (-10.0, 20.6), (0.0, 24.1)]
)
def test_the_k_conductance_rises_far_below_plus_30_mv(level_mv, published):
    # Measured with an independent reference program: gK after 8 ms in the squid axon.
    (trace,) = family(SQUID, [level_mv])
    assert trace.measure()["final_g_k"] == pytest.approx(published, abs=0.1)


def test_measurements_of_a_step_are_those_of_the_formulas():
    (trace,) = family(SQUID, [-10.0])
    found = trace.measure()
    assert list(found) == list(CLAMP_MEASUREMENTS)
    since = np.arange(0.0, 8.0, 0.0005)
    start, end = _squid_gates(trace.voltage_mv[0]), _squid_gates(-10.0)
    m, h, n = (
        e + (s - e) * np.exp(-since / tau) for (s, _), (e, tau) in zip(start, end, strict=True)
    )
    g_na, g_k = 120.0 * m**3 * h, 36.0 * n**4
    total = g_na * -60.0 + g_k * 67.0 + 0.3 * 44.387
    assert found["inward_ua_cm2"] == pytest.approx(total.min(), rel=1e-3)
    assert found["inward_ms"] == pytest.approx(1.0 + since[total.argmin()], abs=0.011)
    assert found["highest_g_na"] == pytest.approx(g_na.max(), rel=1e-3)
    assert found["final_g_k"] == pytest.approx(g_k[-1], rel=1e-3)
    assert found["final_ua_cm2"] == pytest.approx(total[-1], rel=1e-3)
    assert found["charge_nc_cm2"] == pytest.approx(total.sum() * 0.0005, rel=5e-3)


def test_the_early_current_is_sodium_s_and_reverses_at_its_potential():
    inward = {
        level: min(trace.column("i_na")[100:900], key=lambda i: -abs(i))
        for level, trace in zip(
            (30.0, 49.0, 51.0, 70.0), family(SQUID, [30.0, 49.0, 51.0, 70.0]), strict=True
        )
    }
    assert inward[30.0] < inward[49.0] < 0.0 < inward[51.0] < inward[70.0]


@pytest.mark.parametrize("level_mv", [50.0, 90.0])
def test_where_nothing_flows_inward_there_is_no_inward_current_to_measure(level_mv):
    # At and beyond the Na potential every current of the squid axon is outward.
    at_30, beyond = (trace.measure() for trace in family(SQUID, [30.0, level_mv]))
    assert list(at_30) == list(CLAMP_MEASUREMENTS)
    left = [name for name in CLAMP_MEASUREMENTS if not name.startswith("inward")]
    assert list(beyond) == left
    assert len(left) == len(CLAMP_MEASUREMENTS) - 2


def test_a_toxin_takes_the_inward_current_and_tea_the_outward_one():
    normal, toxin, tea = (
        family(SQUID, [-10.0], changes)[0].measure()
        for changes in (Changes(), Changes(ttx_nm=1000.0), Changes(tea_mm=50.0))
    )
    assert normal["inward_ua_cm2"] < -1000.0
    assert not {"inward_ua_cm2", "inward_ms"} & toxin.keys()
    assert toxin["final_ua_cm2"] == pytest.approx(normal["final_ua_cm2"], rel=0.03)
    assert tea["inward_ua_cm2"] < normal["inward_ua_cm2"]
    assert tea["final_ua_cm2"] < 0.05 * normal["final_ua_cm2"]


def test_warmth_speeds_the_currents_up_and_leaves_their_conductances():
    cold, warm = (
        family(SQUID, [0.0], Changes(temperature_c=t), step_ms=20.0)[0].measure()
        for t in (6.3, 16.3)
    )
    assert warm["final_g_k"] == pytest.approx(cold["final_g_k"], rel=0.01)
    assert (cold["inward_ms"] - 1.0) / (warm["inward_ms"] - 1.0) == pytest.approx(3.0, rel=0.05)


def test_channels_that_are_held_inactivated_give_no_early_current():
    held = [
        clamp(CORTICAL, [ClampStep(1.0, 5.0, 0.0)], holding_mv=v, duration_ms=7.0).measure()
        for v in (-90.0, -10.0)
    ]
    assert held[1]["highest_g_na"] < 0.02 * held[0]["highest_g_na"]


# --- synaptic currents ---


def _epsc(level_mv, reversal_mv):
    """The current that a synaptic event adds to what the clamp passes."""
    event = SynapticEvent(2.0, 0.4, 2.0, reversal_mv)
    with_it, without = (
        clamp(CORTICAL, [], stimuli=stimuli, holding_mv=level_mv, duration_ms=20.0)
        for stimuli in ([event], [])
    )
    return with_it.numpy("clamp_ua_cm2") - without.numpy("clamp_ua_cm2")


@pytest.mark.parametrize("level_mv", [-80.0, -40.0, 30.0])
def test_a_synaptic_current_is_conductance_times_driving_force(level_mv):
    current = _epsc(level_mv, 0.0)
    steps = np.arange(200, 2000) * 0.01
    opened = 0.4 * 2.0 / 0.01 * (np.exp(-(steps - 2.0) / 2.0) - np.exp(-(steps - 1.99) / 2.0))
    assert current[200:2000] == pytest.approx(opened * level_mv, abs=1e-9)
    assert not current[:200].any()


@pytest.mark.parametrize("reversal_mv", [-75.0, 0.0, 60.0])
def test_a_synaptic_current_reverses_at_the_reversal_potential_of_its_channels(reversal_mv):
    below, at, above = (_epsc(reversal_mv + by, reversal_mv)[250] for by in (-2.0, 0.0, 2.0))
    assert below < 0.0 < above
    assert at == pytest.approx(0.0, abs=1e-9)


def test_an_excitatory_current_reverses_at_0_mv_and_not_at_the_sodium_potential():
    assert _epsc(-2.0, 0.0)[250] < 0.0 < _epsc(2.0, 0.0)[250]
    assert _epsc(60.0, 0.0)[250] > 0.0


def test_an_injected_current_is_taken_off_what_the_clamp_passes():
    with_it = clamp(TEXTBOOK, [], stimuli=[Pulse(1.0, 1.0, 5.0)], duration_ms=4.0)
    assert with_it.at("clamp_ua_cm2", 1.5) == pytest.approx(-5.0, abs=0.01)
    assert with_it.at("clamp_ua_cm2", 3.0) == pytest.approx(0.0, abs=0.01)


# --- limits ---


def test_a_step_that_the_run_cuts_off_or_never_reaches_is_measured_as_far_as_it_goes():
    cut = clamp(SQUID, [ClampStep(1.0, 50.0, 0.0)], duration_ms=5.0)
    assert cut.measure()["final_g_k"] == pytest.approx(cut.column("g_k")[-1])
    assert clamp(SQUID, [ClampStep(9.0, 5.0, 0.0)], duration_ms=5.0).measure() == {}
    assert clamp(SQUID, [ClampStep(1.0, 0.01, 0.0)], duration_ms=5.0).measure() == {}


def test_what_is_measured_is_the_step_that_begins_first_whatever_the_order():
    first, second = ClampStep(1.0, 8.0, -10.0), ClampStep(12.0, 8.0, 20.0)
    alone = clamp(SQUID, [first], holding_mv=-65.0, duration_ms=10.0).measure()
    for steps in ([first, second], [second, first]):
        trace = clamp(SQUID, steps, holding_mv=-65.0, duration_ms=22.0)
        assert trace.measure() == pytest.approx(alone)


def test_every_column_of_a_clamp_can_be_read():
    trace = clamp(SQUID, [ClampStep(1.0, 2.0, 0.0)], duration_ms=4.0)
    for name in CLAMP_COLUMNS:
        assert np.isfinite(trace.numpy(name)).all()
        assert len(trace.column(name)) == len(trace)


LEVELS = "from -150 to 150 mV"
STIMULI = "Pulse, Train, Ramp, Step, SynapticEvent or Pressure"


@pytest.mark.parametrize(
    ("attempt", "quantity", "value", "allowed"),
    [
        (lambda: ClampStep(1.0, 5.0, 151.0), "level_mv", "151", LEVELS),
        (lambda: ClampStep(1.0, 5.0, nan), "level_mv", "nan", LEVELS),
        (lambda: ClampStep(-1.0, 5.0, 0.0), "start_ms", "-1", "from 0 to 2000 ms"),
        (lambda: ClampStep(1.0, 0.0, 0.0), "duration_ms", "0", "above 0 and at most 2000 ms"),
        (lambda: clamp(SQUID, [], holding_mv=-151.0), "holding_mv", "-151", LEVELS),
        (lambda: clamp(SQUID, [], dt_ms=0.1), "dt_ms", "0.1", "from 0.0005 to 0.05 ms"),
        (lambda: family(SQUID, [0.0, 200.0]), "level_mv", "200", LEVELS),
        (lambda: clamp(SQUID, [], stimuli=5), "stimuli", "5", f"a list of {STIMULI}"),
        (lambda: clamp(SQUID, [], stimuli=[5]), "a stimulus", "5", STIMULI),
        (
            lambda: clamp(SQUID, [], stimuli=[ClampStep(1.0, 5.0, 0.0)]),
            "a stimulus",
            "ClampStep(",
            STIMULI,
        ),
        (lambda: clamp(SQUID, [], {"pump": 0}), "changes", "{'pump': 0}", "Changes(...) or None"),
        (
            lambda: clamp(TEXTBOOK, [], Changes(temperature_c=20.0)),
            "temperature_c",
            "20",
            "37 degrees C for the textbook neuron",
        ),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(attempt, quantity, value, allowed):
    with pytest.raises(ValueError, match=rf"^{re.escape(quantity)} is {re.escape(value)}") as no:
        attempt()
    assert "but must be " in str(no.value)
    assert str(no.value).endswith(allowed)
