"""Experiments on the axon against the numbers of Hodgkin & Huxley 1952 and their solutions."""

import pytest

from simulator.cable.axon import Axon
from simulator.cable.axon_run import run_axon
from simulator.cable.conduction import (
    all_or_none,
    collision,
    refractory_pairs,
    velocity_by_diameter,
    velocity_by_temperature,
    velocity_m_s,
)
from simulator.changes import Changes
from simulator.measurements import measure
from simulator.progress import Cancelled


def test_the_standard_axon_conducts_at_18_7_m_s():
    # Hodgkin & Huxley 1952 by hand 18.8; solved exactly 18.7319 m/s.
    assert velocity_m_s() == pytest.approx(18.7319, rel=0.01)


def test_velocity_goes_with_the_root_of_the_diameter():
    diameters_um = [0.2, 1.0, 10.0, 100.0, 1000.0]
    found = velocity_by_diameter(diameters_um)
    assert found == pytest.approx([0.857 * d**0.5 for d in diameters_um], rel=0.01)


def test_warmth_speeds_a_wave_up_until_it_fails_to_recover_in_time():
    cold, cool, warm, warmest = velocity_by_temperature([6.3, 18.5, 30.0, 33.0])
    assert (cold, cool) == pytest.approx((12.3138, 18.7319), rel=0.01)
    assert warm > cool
    assert warmest < warm


def test_the_far_peak_is_the_same_whatever_starts_the_wave():
    too_weak, *waves = all_or_none([0.99, 1.001, 1.5, 4.0])
    assert too_weak.far_peak_mv is None
    peaks = [wave.far_peak_mv for wave in waves]
    assert max(peaks) - min(peaks) < 0.01
    # 25.355 +- 0.005 on a coarser grid; both within 1 %.
    assert peaks[0] == pytest.approx(25.355, rel=0.01)


def test_what_a_probe_recorded_is_measured_as_a_patch_is():
    # NEURON 9, secondorder=2, the same cable at 0.002 ms and 0.2 mm.
    found = measure(run_axon(dt_ms=0.005, space_mm=0.2).probe(50.0))
    assert found["spike_count"] == 1.0
    assert found["half_width_ms"] == pytest.approx(0.4926, rel=0.01)
    assert found["undershoot_mv"] == pytest.approx(-74.67, abs=0.1)
    assert "stimulus_ms" not in found


def test_the_second_of_two_pulses_needs_more_then_less_than_a_lone_one():
    # An independent solution to one step of 15 %: none at 2 ms, 3.75, 2.46, 0.93 x threshold.
    early, *pairs = refractory_pairs([2.0, 2.25, 3.0, 7.5])
    assert early.times_threshold is None
    for pair, published in zip(pairs, [3.75, 2.46, 0.93], strict=True):
        assert pair.times_threshold == pytest.approx(published, rel=0.15)


def test_waves_that_meet_end_each_other():
    assert [len(waves) for waves in collision().waves] == [1, 1, 1]


def test_an_axon_without_na_channels_has_none_of_it():
    blocked = Changes(na_block=1.0)
    assert velocity_m_s(Axon(), blocked) is None
    assert all_or_none([1.0], blocked) is None
    assert refractory_pairs([3.0], blocked) is None


@pytest.mark.parametrize(
    "experiment",
    [
        lambda progress: velocity_by_diameter([1.0, 10.0], progress=progress),
        lambda progress: velocity_by_temperature([6.3, 18.5], progress=progress),
        lambda progress: all_or_none([1.5, 2.0], progress=progress),
        lambda progress: refractory_pairs([3.0, 4.0], progress=progress),
    ],
)
def test_an_experiment_says_how_far_it_is_and_can_be_stopped(experiment):
    shares = []
    experiment(shares.append)
    assert shares[-1] == 1.0
    assert shares == sorted(shares)

    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        experiment(stop)
