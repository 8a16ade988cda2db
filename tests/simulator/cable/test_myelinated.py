"""The myelinated fibre against its published numbers, cable theory and an independent solution.

The numbers come from the course's reference runs of the same node (Chiu, Ritchie, Rogart &
Stagg 1979 in the form of Sweeney, Mortimer & Durand 1987) and from the physiology named at each
test. Myelin's membranes pass 1 mS/cm2 in McIntyre, Richardson & Grill 2002.
"""

from functools import cache
from math import acosh, cosh, exp, pi, sinh, sqrt

import numpy as np
import pytest
from msgspec.structs import replace

from simulator.cable.electrode import Electrode
from simulator.cable.myelinated import MYELINATED, MyelinatedFibre
from simulator.cable.myelinated_run import fibre_threshold, run_myelinated, usual_fibre_stimulus
from simulator.cable.node import RABBIT_NODE
from simulator.changes import CHANGES, Changes

SHORT = MyelinatedFibre(nodes=11)


@cache
def run_of(temperature_c=None, **settings_of_fibre):
    return run_myelinated(
        MyelinatedFibre(**settings_of_fibre), changes=Changes(temperature_c=temperature_c)
    )


def velocity(**settings_of_fibre):
    return run_of(**settings_of_fibre).conduction_m_s


def reaches_the_end(**settings_of_fibre):
    return run_of(**settings_of_fibre).arrivals_ms[-1] is not None


def test_a_fibre_without_stimulus_is_silent():
    trace = run_myelinated(SHORT, [], duration_ms=5.0, until_rest=False)
    np.testing.assert_allclose(trace.voltage_mv, trace.voltage_mv[:1] + 0 * trace.voltage_mv)
    assert trace.arrivals_ms == (None,) * 11
    assert trace.conduction_m_s is None
    assert trace.nodes_in_spike(2.0) == 0


@pytest.mark.parametrize("node_um", [1.5, 2.0])
def test_velocity_is_that_of_the_reference_runs(node_um):
    # 3.5 to 4.3 m/s per um of outer diameter.
    assert 3.5 <= velocity(node_um=node_um) / 10.0 <= 4.3


def test_velocity_is_proportional_to_diameter():
    # Internode length, axon and sheath scale with the fibre; the node's length does not.
    per_um = {d: velocity(diameter_um=d) / d for d in (1.0, 5.0, 10.0, 20.0)}
    assert per_um[5.0] == pytest.approx(per_um[20.0], rel=0.01)
    assert per_um[10.0] == pytest.approx(per_um[20.0], rel=0.005)
    assert per_um[1.0] == pytest.approx(per_um[20.0], rel=0.03)


def test_myelin_multiplies_the_velocity_of_a_fibre():
    # Unmyelinated: 0.857 m/s x sqrt(d / um), the squid axon's law at 18.5 degrees C; mammalian
    # C fibres of up to 1.5 um reach 0.5 to 2.5 m/s.
    assert velocity() > 10.0 * 0.857 * sqrt(10.0)
    assert velocity(diameter_um=1.0) > 2.5


@pytest.mark.parametrize("node_um", [1.0, 1.5, 2.5])
def test_velocity_is_greatest_at_a_g_ratio_of_about_two_thirds(node_um):
    shares = (0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
    speeds = [velocity(g_ratio=g, node_um=node_um) for g in shares]
    best = int(np.argmax(speeds))
    assert 0.6 <= shares[best] <= 0.75
    assert np.all(np.diff(speeds[: best + 1]) > 0.0)
    assert np.all(np.diff(speeds[best:]) < 0.0)


def test_60_percent_of_the_na_channels_conduct_and_50_do_not():
    assert velocity(na_density=0.6) < velocity(na_density=0.8) < velocity()
    assert not reaches_the_end(na_density=0.5)


def test_na_block_acts_like_fewer_channels():
    blocked = run_myelinated(changes=Changes(na_block=0.4)).conduction_m_s
    assert blocked == pytest.approx(velocity(na_density=0.6), rel=1e-6)
    assert run_myelinated(changes=Changes(na_block=0.5)).arrivals_ms[-1] is None


@pytest.mark.parametrize("drug", [{"ttx_nm": 20.0}, {"lidocaine_um": 500.0}])
def test_a_drug_that_blocks_na_channels_stops_the_spike(drug):
    # Four times the TTX, fifty times the lidocaine that half of the channels bind.
    assert run_myelinated(changes=Changes(**drug)).arrivals_ms[10:] == (None,) * 31


def test_one_internode_blocks_at_2_percent_of_its_wraps_and_three_at_5():
    for number, left in ((1, 0.02), (3, 0.05)):
        assert not reaches_the_end(damaged_internodes=number, myelin_left=left)
    # What stops a spike in three internodes lets it through one, late.
    healthy, damaged = run_of(), run_of(myelin_left=0.05)
    assert damaged.arrivals_ms[-1] > healthy.arrivals_ms[-1] + 0.1


def test_the_velocity_passes_over_a_damaged_node_where_the_spike_stays_low():
    trace = run_of(damaged_internodes=2, myelin_left=0.1)
    low = [k for k, t in enumerate(trace.arrivals_ms) if t is None]
    assert low == [20]
    top = trace.voltage_mv[:, trace.nodes].max(axis=0)
    assert -60.0 < top[20] < -20.0
    assert (np.delete(top, 20) > -20.0).all()
    # From a quarter of the 41 nodes to three quarters; the healthy ones conduct as ever.
    apart_mm = trace.node_mm[30] - trace.node_mm[10]
    took_ms = trace.arrivals_ms[30] - trace.arrivals_ms[10]
    assert trace.conduction_m_s == pytest.approx(apart_mm / took_ms)
    assert 0.7 * velocity() < trace.conduction_m_s < 0.9 * velocity()


def test_a_spike_stops_at_bare_internodes_where_they_are():
    trace = run_of(damaged_internodes=3, myelin_left=0.0, damage_at=0.25)
    assert [k for k, left in enumerate(trace.fibre.internodal_myelin) if left == 0.0] == [
        9,
        10,
        11,
    ]
    arrived = [t is not None for t in trace.arrivals_ms]
    assert all(arrived[:9])
    assert not any(arrived[11:])
    assert trace.conduction_m_s is None


def test_a_spike_does_not_pass_three_nodes_without_channels():
    trace = run_of(damaged_nodes=3, na_left=0.0)
    assert [k for k, na in enumerate(trace.fibre.nodal_na) if na == 0.0] == [19, 20, 21]
    arrived = [t is not None for t in trace.arrivals_ms]
    assert all(arrived[:19])
    assert not any(arrived[19:])


def test_warmth_blocks_a_damaged_fibre_that_conducts_when_cool():
    # In patients: Franssen, Wieneke & Wokke 1999, Muscle Nerve 22:166.
    damage = {"damaged_internodes": 3, "myelin_left": 0.06}
    assert run_of(30.0, **damage).arrivals_ms[-1] is not None
    assert run_of(37.0, **damage).arrivals_ms[-1] is None


def test_low_capacitance_makes_myelin_fast_more_than_high_resistance_does():
    lost_by = {
        name: 1.0 - velocity(**{name: 4.0 * MYELINATED[name].default}) / velocity()
        for name in ("membrane_uf_cm2", "membrane_ms_cm2")
    }
    assert lost_by["membrane_uf_cm2"] > 5.0 * lost_by["membrane_ms_cm2"] > 0.0


def test_resistive_axoplasm_slows_a_spike():
    assert velocity(axoplasm_ohm_cm=109.4) < 0.8 * velocity()


def test_conduction_is_faster_when_warmer_over_the_whole_range():
    low, high = RABBIT_NODE.temperature_range_c
    high = min(high, CHANGES["temperature_c"].high)
    speeds = [run_of(t).conduction_m_s for t in (low, 15.0, 25.0, high)]
    assert np.all(np.diff(speeds) > 0.0)


def test_a_spike_covers_many_nodes_at_once():
    trace = run_of()
    middle = trace.nodes[20]
    above = trace.voltage_mv[:, middle] - trace.voltage_mv[0, middle]
    lasts_ms = np.count_nonzero(above > 0.1 * above.max()) * trace.dt_ms
    covered = trace.nodes_in_spike(trace.arrivals_ms[20])
    assert covered == pytest.approx(lasts_ms * velocity() / trace.fibre.spacing_mm, abs=1.0)
    assert covered >= 10


def test_a_pulse_below_threshold_puts_no_node_in_a_spike():
    pulse = replace(usual_fibre_stimulus(SHORT), current_na=0.8 * fibre_threshold(SHORT))
    trace = run_myelinated(SHORT, [pulse])
    assert trace.nodes_in_spike(pulse.end_ms) == 0


def test_a_run_ends_when_the_spike_has_left_unless_told_otherwise():
    whole = run_myelinated(SHORT, duration_ms=3.0, until_rest=False)
    ended = run_myelinated(SHORT, duration_ms=3.0)
    assert whole.duration_ms == pytest.approx(3.0)
    assert ended.arrivals_ms[-1] < ended.duration_ms < 2.0
    np.testing.assert_array_equal(ended.voltage_mv, whole.voltage_mv[: len(ended)])


def test_a_steady_potential_falls_along_the_nodes_as_cable_theory_says():
    # A ladder of internodes (r along, g across) with the leak of a node at each rung.
    fibre = replace(SHORT, na_density=0.0)
    pulse = Electrode(0.0, 0.0, 10.0, -0.5)
    trace = run_myelinated(fibre, [pulse], duration_ms=9.0, dt_ms=0.005)
    below = trace.voltage_mv[-1, trace.nodes].astype(float) - trace.voltage_mv[0, 0]
    r = 54.7 / (pi * (7e-4) ** 2 / 4.0) * 1e-3
    membranes = 3.5 * np.log(1.0 / 0.7) / 9.22e-3
    g = pi * 7e-4 / (membranes / 1.0 + 1.0 / 0.1)
    electrotonic = (1000.0 - 1.5) * 1e-4 * sqrt(r * g)
    node = 128.0 * pi * 7e-4 * 1.5e-4
    per_node = acosh(cosh(electrotonic) + node / 2.0 * sqrt(r / g) * sinh(electrotonic))
    np.testing.assert_allclose(below[3:7] / below[2:6], exp(-per_node), rtol=2e-3)


def test_what_goes_in_charges_the_membrane_or_leaves_through_it():
    trace = run_myelinated(SHORT, duration_ms=0.9, until_rest=False)
    stayed = passed = sodium = 0.0
    for i, x in enumerate(trace.x_mm):
        probe = trace.probe(float(x))
        moved = probe.at("voltage_mv", probe.duration_ms) - probe.at("voltage_mv", 0.0)
        stayed += trace.chain.capacitance_uf[i] * moved
        i_na, i_passive = (
            trace.chain.area_cm2[i] * np.trapezoid(probe.numpy(name), dx=trace.dt_ms)
            for name in ("i_na", "i_passive")
        )
        passed += i_na + i_passive
        sodium += abs(i_na)
    pulse = usual_fibre_stimulus(SHORT)
    put_in = 1e-3 * pulse.current_na * pulse.duration_ms
    assert stayed + passed == pytest.approx(put_in, abs=1e-3 * sodium)
    assert sodium > put_in


def test_both_directions_are_alike():
    fibre = SHORT
    rightward = run_myelinated(fibre, duration_ms=0.8, until_rest=False)
    pulse = replace(usual_fibre_stimulus(fibre), x_mm=fibre.node_mm[-1])
    leftward = run_myelinated(fibre, [pulse], duration_ms=0.8, until_rest=False)
    np.testing.assert_allclose(leftward.voltage_mv[:, ::-1], rightward.voltage_mv, atol=1e-3)
    assert leftward.conduction_m_s == pytest.approx(-rightward.conduction_m_s, rel=1e-4)


def test_a_stimulus_in_the_middle_starts_two_waves():
    fibre = MyelinatedFibre()
    pulse = replace(usual_fibre_stimulus(fibre), x_mm=fibre.node_mm[20], current_na=8.0)
    arrivals = np.array(run_myelinated(fibre, [pulse]).arrivals_ms)
    assert np.all(np.diff(arrivals[20:]) > 0.0)
    np.testing.assert_allclose(arrivals, arrivals[::-1], atol=1e-4)


def test_waves_from_both_ends_end_where_they_meet():
    fibre = MyelinatedFibre()
    pulse = usual_fibre_stimulus(fibre)
    trace = run_myelinated(fibre, [pulse, replace(pulse, x_mm=fibre.node_mm[-1])])
    assert all(len(trace.waves(float(x))) == 1 for x in trace.node_mm[1:-1])
    assert trace.conduction_m_s is None


def test_the_height_of_a_distant_spike_does_not_depend_on_the_stimulus():
    threshold = fibre_threshold()
    peaks = [
        run_myelinated(electrodes=[Electrode(0.0, 0.1, 0.1, multiple * threshold)])
        .waves(MyelinatedFibre().node_mm[20])[0]
        .peak_mv
        for multiple in (1.05, 4.0)
    ]
    assert peaks[0] == pytest.approx(peaks[1], abs=0.05)


def test_threshold_divides_what_conducts_from_what_does_not():
    found = fibre_threshold(SHORT)
    for multiple, conducts in ((0.99, False), (1.01, True)):
        pulse = Electrode(0.0, 0.1, 0.1, multiple * found)
        arrivals = run_myelinated(SHORT, [pulse], dt_ms=0.0005).arrivals_ms
        assert (arrivals[-1] is not None) == conducts


def test_threshold_is_proportional_to_diameter():
    # Every conductance and capacitance of the fibre is.
    thin = fibre_threshold(replace(SHORT, diameter_um=5.0))
    assert 2.0 * thin == pytest.approx(fibre_threshold(SHORT), rel=0.01)


def test_a_short_pulse_needs_more_current_and_less_charge():
    brief, long = fibre_threshold(SHORT, 0.02), fibre_threshold(SHORT, 1.0)
    assert brief > 1.5 * long
    assert brief * 0.02 < long * 1.0


def test_a_blocked_fibre_has_no_threshold():
    assert fibre_threshold(replace(SHORT, na_density=0.0)) is None
    assert fibre_threshold(MyelinatedFibre(damaged_internodes=3, myelin_left=0.0)) is None
    # Here passive spread carries furthest.
    dense = replace(SHORT, internode_diameters=20.0, axoplasm_ohm_cm=20.0, node_um=1.0)
    assert fibre_threshold(dense) is not None
    assert fibre_threshold(replace(dense, na_density=0.0)) is None


def test_the_refractory_periods_are_those_stated():
    # Myelinated fibres: absolute 0.5 to 1 ms.
    stated = RABBIT_NODE.refractory
    single = fibre_threshold()
    first = Electrode(0.0, 0.0, 0.1, 1.5 * single)

    def second_spike(interval_ms, multiple):
        second = Electrode(0.0, interval_ms, 0.1, multiple * single)
        trace = run_myelinated(electrodes=[first, second])
        return len(trace.waves(float(trace.node_mm[-1]))) > 1

    strong = (1.2, 1.5, 3.0, 20.0)
    assert not any(second_spike(stated.absolute_ms - 0.1, m) for m in strong)
    assert any(second_spike(stated.absolute_ms, m) for m in strong)
    # The threshold falls slowly there: it is 1.05 times a single one's at the stated time.
    assert not second_spike(stated.relative_ms - 0.1, 1.05)
    assert second_spike(stated.relative_ms + 0.05, 1.05)


def test_the_error_falls_with_the_square_of_the_step():
    ends = [run_myelinated(SHORT, dt_ms=dt).arrivals_ms[-1] for dt in (0.008, 0.004, 0.002)]
    assert (ends[0] - ends[1]) / (ends[1] - ends[2]) == pytest.approx(4.0, rel=0.2)


def test_an_internode_has_no_channels_to_open():
    trace = run_myelinated(SHORT)
    between = trace.probe(trace.fibre.spacing_mm * 3.5)
    assert set(between.column("na_closed")) == {1.0}
    assert set(between.column("i_na")) == {0.0}
    node = trace.probe(trace.fibre.node_mm[3])
    assert max(node.column("na_open")) > 0.1


def test_nodes_lie_where_the_fibre_says():
    fibre = replace(SHORT, myelin_left=0.0, diameter_um=4.0, internode_diameters=70.0)
    trace = run_myelinated(fibre)
    np.testing.assert_allclose(trace.node_mm, fibre.node_mm, atol=1e-9)
    np.testing.assert_allclose(np.diff(trace.node_mm), 0.28)
