"""What is read off a run of a cable, on traces drawn by hand and on one simulated spike."""

import numpy as np
import pytest

from simulator.cable.axon_run import Axon, run_axon
from simulator.cable.electrode import Electrode, currents_of
from simulator.cable.kernel import Chain
from simulator.cable.space_time import PROBE_COLUMNS, SpaceTimeTrace
from simulator.changes import Changes

DT_MS = 0.05
TIMES_MS = np.arange(400) * DT_MS


def bump(arrival_ms, height_mv=95.0):
    """A spike of the shape of a Gauss curve on -65 mV; its top is `arrival_ms`."""
    return height_mv * np.exp(-(((TIMES_MS - arrival_ms) / 0.3) ** 2))


def drawn(*columns, spacing_mm=1.0):
    """A trace without channels whose places have these potentials above -65 mV."""
    count = len(columns)
    ones = np.ones(count)
    chain = Chain(
        x_mm=(np.arange(count) + 0.5) * spacing_mm,
        area_cm2=ones,
        capacitance_uf=ones,
        axial_ms=np.full(count - 1, 2.0),
        passive_ms=0.1 * ones,
        passive_ua=6.5 * ones,
        channels=(),
    )
    return SpaceTimeTrace(chain, DT_MS, (np.array(columns).T - 65.0).astype(np.float32))


@pytest.fixture(scope="module")
def spike():
    """A wave from the left end of the standard axon."""
    return run_axon(dt_ms=0.0125, duration_ms=8.0)


def test_a_wave_is_timed_where_it_passes_minus_20_mv_and_measured_at_its_top():
    # 95 exp(-(t/0.3)^2) = 45 at t = 0.3 sqrt(ln(95/45)) before the top; the top, at 5.012 ms,
    # lies between two samples.
    (wave,) = drawn(bump(5.012), bump(6.0)).waves(0.5)
    assert wave.arrival_ms == pytest.approx(5.012 - 0.3 * np.sqrt(np.log(95.0 / 45.0)), abs=0.002)
    assert wave.peak_mv == pytest.approx(30.0, abs=0.005)


def test_every_wave_that_passes_is_counted():
    trace = drawn(bump(3.0) + bump(9.0) + bump(15.0, 60.0), bump(4.0), 0.0 * TIMES_MS)
    assert [len(trace.waves(x)) for x in (0.5, 1.5, 2.5)] == [3, 1, 0]
    assert trace.waves(0.5)[2].peak_mv == pytest.approx(-5.0, abs=0.01)


def test_a_wave_that_is_cut_off_by_the_end_of_the_run_is_taken_as_far_as_it_goes():
    late = bump(TIMES_MS[-1])
    (wave,) = drawn(late, late).waves(0.5)
    assert wave.peak_mv == pytest.approx(30.0, abs=0.01)


def test_a_slow_rise_is_no_wave():
    ramp = np.clip(TIMES_MS * 6.0, 0.0, 70.0)  # 6 V/s
    assert drawn(ramp, ramp).waves(0.5) == ()


def test_velocity_is_distance_over_time_and_negative_backwards():
    trace = drawn(bump(3.0), bump(3.5), bump(4.0))
    assert trace.velocity_m_s(0.5, 2.5) == pytest.approx(2.0, rel=1e-4)
    assert trace.velocity_m_s(2.5, 0.5) == pytest.approx(2.0, rel=1e-4)
    assert drawn(bump(4.0), bump(3.5), bump(3.0)).velocity_m_s(0.5, 2.5) == pytest.approx(-2.0)


def test_there_is_no_velocity_without_a_spike_at_both_places_or_where_both_come_at_once():
    trace = drawn(bump(3.0), 0.0 * TIMES_MS, bump(3.0))
    assert trace.velocity_m_s(0.5, 1.5) is None
    assert trace.velocity_m_s(0.5, 2.5) is None


def test_two_places_in_one_compartment_have_no_velocity():
    with pytest.raises(ValueError, match="lie in one compartment"):
        drawn(bump(3.0), bump(4.0)).velocity_m_s(0.1, 0.2)


@pytest.mark.parametrize("x_mm", [-0.1, 3.1, float("nan"), float("inf")])
def test_a_place_off_the_cable_is_refused(x_mm):
    trace = drawn(bump(3.0), bump(4.0), bump(5.0))
    for act in (trace.waves, trace.probe, trace.compartment):
        with pytest.raises(ValueError, match="must be from 0 to 3 mm"):
            act(x_mm)


@pytest.mark.parametrize("time_ms", [-0.1, 20.1, float("nan")])
def test_a_time_outside_the_run_is_refused(time_ms):
    trace = drawn(bump(3.0), bump(4.0))
    for act in (trace.voltage_at, trace.axial_at, trace.gates_at, trace.refractory_zones):
        with pytest.raises(ValueError, match=r"must be from 0 to 19\.95 ms"):
            act(time_ms)


def test_axial_current_runs_from_the_more_positive_place_by_ohms_law():
    trace = drawn(bump(3.0), 0.0 * TIMES_MS, bump(3.0, 50.0))
    # 95 mV and -50 mV across 2 mS.
    np.testing.assert_allclose(trace.axial_at(3.0), [190.0, -100.0], rtol=1e-6)
    assert trace.axial_ua(0)[60] == pytest.approx(190.0)
    probe = trace.probe(1.5)
    assert probe.at("i_axial", 3.0) == pytest.approx(290.0, rel=1e-6)


def test_a_place_without_channels_has_closed_ones():
    probe = drawn(bump(3.0), bump(4.0)).probe(0.5)
    for name, expected in (
        ("na_closed", 1.0),
        ("na_open", 0.0),
        ("na_inactivated", 0.0),
        ("i_na", 0.0),
    ):
        assert set(probe.column(name)) == {expected}
    assert drawn(bump(3.0), bump(4.0)).refractory_zones(3.0) == ()


def test_a_probe_has_every_column_with_one_value_a_sample(spike):
    probe = spike.probe(50.0)
    for name in PROBE_COLUMNS:
        column = probe.numpy(name)
        assert column.shape == (len(spike),)
        assert np.all(np.isfinite(column))


@pytest.mark.parametrize("changes", [{}, {"lasting_na": 0.02}, {"lidocaine_um": 5.0}])
def test_the_states_of_the_na_channels_add_up_to_one(changes):
    probe = run_axon(changes=Changes(**changes), duration_ms=6.0).probe(50.0)
    assert max(probe.column("na_open")) > 0.1
    states = [probe.numpy(name) for name in ("na_open", "na_inactivated", "na_closed")]
    np.testing.assert_allclose(sum(states), 1.0, atol=1e-12)
    assert min(state.min() for state in states) > -1e-12


def test_gates_along_the_cable_are_those_of_the_probes(spike):
    gates = spike.gates_at(4.0)
    for x_mm in (30.25, 50.25, 90.25):
        probe = spike.probe(x_mm)
        here = gates[:, spike.compartment(x_mm)]
        expected = [probe.at(name, 4.0) for name in ("m", "h", "n")]
        np.testing.assert_allclose(here[:3], expected, rtol=1e-9)
        assert here[3] == here[1]


def test_the_currents_at_a_place_charge_its_membrane():
    # C dV/dt = what comes along the inside - what goes out through the membrane; over the
    # upstroke and over the fall, to 0.1 % of what the Na channels carry meanwhile.
    trace = run_axon(dt_ms=0.005, duration_ms=7.0)
    probe = trace.probe(50.25)
    net = probe.numpy("i_axial") - sum(probe.numpy(n) for n in ("i_na", "i_k", "i_passive"))
    v = probe.numpy("voltage_mv")
    charge = np.cumsum((net[1:] + net[:-1]) / 2.0) * trace.dt_ms
    carried = np.sum(np.abs(probe.numpy("i_na"))) * trace.dt_ms
    assert v.max() > 20.0
    np.testing.assert_allclose(charge, v[1:] - v[0], atol=1e-3 * carried)


def test_the_rate_of_change_is_that_of_the_potential(spike):
    probe = spike.probe(50.25)
    v = probe.numpy("voltage_mv")
    speed = probe.numpy("dvdt_v_s")
    i = int(np.argmax(speed))
    assert speed[i] == pytest.approx((v[i + 1] - v[i - 1]) / (2.0 * spike.dt_ms))


def test_axial_current_points_away_from_the_active_zone_on_both_sides(spike):
    time_ms = 3.5
    here = int(np.argmax(spike.voltage_at(time_ms)))
    axial = spike.axial_at(time_ms)
    assert 40 < here < 160
    assert np.all(axial[here : here + 20] > 0.0)
    assert np.all(axial[here - 20 : here - 1] < 0.0)


def test_the_refractory_zone_lies_behind_the_wave_and_is_longer_than_the_length_constant(spike):
    (zone,) = spike.refractory_zones(4.5)
    front_mm = spike.x_mm[int(np.argmax(spike.voltage_at(4.5)))]
    assert zone.to_mm == pytest.approx(front_mm, abs=3.0)
    assert zone.from_mm < zone.to_mm - 3.0 * 5.4
    # A time is a length to a wave that keeps its form: h is short for as long as the zone is.
    short_ms = np.count_nonzero(spike.probe(50.25).numpy("h") < 0.28) * spike.dt_ms
    velocity = spike.velocity_m_s(40.0, 75.0)
    assert zone.length_mm == pytest.approx(short_ms * velocity, rel=0.03)


def test_two_waves_have_two_refractory_zones():
    middle = Electrode(50.0, 0.5, 0.2, 10_000.0)
    trace = run_axon(Axon(), [middle], duration_ms=4.0)
    left, right = trace.refractory_zones(4.0)
    assert left.from_mm + right.to_mm == pytest.approx(100.0)
    assert left.to_mm < 50.0 < right.from_mm


@pytest.mark.parametrize("spacing_mm", [0.1, 1.0])
@pytest.mark.parametrize("x_mm", [0.0, 0.05, 0.13, 0.2])
def test_an_electrode_puts_its_whole_charge_where_it_is(spacing_mm, x_mm):
    chain = drawn(*[bump(3.0)] * 8, spacing_mm=spacing_mm).chain
    currents = currents_of(chain, [Electrode(x_mm, 0.33, 0.41, 50.0)], 100, DT_MS)
    charge_nc = sum(c.ua.sum() for c in currents) * DT_MS
    assert charge_nc == pytest.approx(0.050 * 0.41)
    middle = sum(c.ua.sum() * chain.x_mm[c.compartment] for c in currents) * DT_MS / charge_nc
    assert middle == pytest.approx(max(x_mm, chain.x_mm[0]))


def test_a_lone_compartment_is_the_place_of_everything():
    trace = drawn(bump(3.0))
    assert len(trace.waves(0.9)) == 1
    (current,) = currents_of(trace.chain, [Electrode(0.0, 0.0, 1.0, 5.0)], 40, DT_MS)
    assert current.compartment == 0


def test_electrodes_add_up_and_one_off_the_cable_is_refused():
    chain = drawn(bump(3.0), bump(4.0)).chain
    twice = currents_of(chain, [Electrode(0.0, 0.0, 1.0, 5.0)] * 2, 40, DT_MS)
    assert sum(c.ua[0] for c in twice) == pytest.approx(0.010)
    with pytest.raises(ValueError, match=r"x_mm is 2\.1, but must be from 0 to 2 mm"):
        currents_of(chain, [Electrode(2.1, 0.0, 1.0, 5.0)], 40, DT_MS)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ((float("nan"), 0.0, 1.0, 1.0), "x_mm"),
        ((0.0, -1.0, 1.0, 1.0), "start_ms"),
        ((0.0, 0.0, 0.0, 1.0), "duration_ms"),
        ((0.0, 0.0, 1.0, 1e7), "current_na"),
        ((0.0, 0.0, 1.0, True), "current_na"),
    ],
)
def test_an_electrode_says_what_is_wrong_with_it(values, name):
    with pytest.raises(ValueError, match=f"^{name} is .* must be"):
        Electrode(*values)
