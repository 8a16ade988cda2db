"""Lidocaine binds above all to inactivated Na channels, so that its block grows with use.

Bean, Cohen & Tsien 1983 (J Gen Physiol 81:613): half at 10 uM where all channels are
inactivated, at about 440 uM where none is, and 1 to 2 s to come off.
"""

from itertools import pairwise
from math import exp

import numpy as np
import pytest

from simulator import CORTICAL, SQUID, TEXTBOOK, Changes, Pulse, run, threshold
from simulator.batch.ensemble import Member, run_many
from simulator.measurements import find_spikes
from simulator.stimulus import Train
from simulator.voltage_clamp import ClampStep, clamp

in_each = pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID, CORTICAL], ids=lambda p: p.name)


def _bound(concentration_um, inactivated, off_per_ms=1e-3):
    on = off_per_ms * concentration_um * (inactivated / 10.0 + (1.0 - inactivated) / 440.0)
    return on / (on + off_per_ms), on + off_per_ms


@pytest.mark.parametrize("concentration_um", [1.0, 10.0, 100.0])
def test_lidocaine_binds_half_of_inactivated_channels_at_10_um(concentration_um):
    # At 0 mV every channel is inactivated.
    changes = Changes(lidocaine_um=concentration_um)
    trace = clamp(SQUID, [], changes, holding_mv=0.0, duration_ms=1.0)
    expected = concentration_um / (concentration_um + 10.0)
    assert trace.column("lidocaine")[0] == pytest.approx(expected, abs=0.005)


@in_each
@pytest.mark.parametrize("concentration_um", [10.0, 440.0, 5000.0])
def test_lidocaine_binds_half_of_the_channels_that_are_not_inactivated_at_440_um(
    preparation, concentration_um
):
    # At -150 mV no channel is inactivated.
    changes = Changes(lidocaine_um=concentration_um)
    trace = clamp(preparation, [], changes, holding_mv=-150.0, duration_ms=1.0)
    expected = concentration_um / (concentration_um + 440.0)
    assert trace.column("lidocaine")[0] == pytest.approx(expected, abs=1e-4)


@in_each
@pytest.mark.parametrize(("held_h", "half_um"), [(0.0, 10.0), (1.0, 440.0)])
def test_members_of_a_batch_bind_as_much(preparation, held_h, half_um):
    # As much as at rest stays bound for a second, if as much binds as comes off.
    changes = Changes(lidocaine_um=100.0, frozen_h=held_h)
    share = 100.0 / (100.0 + half_um)
    expected = Changes(na_block=share, frozen_h=held_h)
    members = [Member([Pulse(1000.0, 0.5, 100.0)], c) for c in (changes, expected)]
    ran = run_many(preparation, members, duration_ms=1003.0, dt_ms=0.05, keep_every=2)
    drugged, blocked = ran.voltage_mv
    assert drugged[-15] > drugged[9000] + 5.0
    assert np.abs(drugged - blocked).max() < 0.2


@in_each
def test_the_block_at_rest_is_that_of_the_channels_inactivated_there(preparation):
    trace = run(preparation, (), Changes(lidocaine_um=50.0), duration_ms=1.0)
    expected, _ = _bound(50.0, trace.column("na_inactivated")[0])
    assert trace.column("lidocaine")[0] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("preparation", [TEXTBOOK, CORTICAL], ids=lambda p: p.name)
def test_a_depolarised_membrane_is_blocked_more(preparation):
    bound = [
        run(preparation, (), Changes(lidocaine_um=100.0, k_out_mm=k), duration_ms=1.0).column(
            "lidocaine"
        )[0]
        for k in (4.5, 7.0, 10.0)
    ]
    # Bound over free is c/440 where no channel is inactivated; what is beyond it grows with
    # their share.
    beyond = [share / (1.0 - share) - 100.0 / 440.0 for share in bound]
    assert 0.0 < beyond[0] < 0.02
    assert beyond[1] > 4.0 * beyond[0]
    assert beyond[2] > 4.0 * beyond[1]


def test_binding_and_release_follow_one_exponential_each():
    # Held at -120 mV, at 0 mV for 600 ms, back at -120 mV.
    trace = clamp(
        CORTICAL,
        [ClampStep(10.0, 600.0, 0.0)],
        Changes(lidocaine_um=30.0),
        holding_mv=-120.0,
        duration_ms=2000.0,
        dt_ms=0.05,
    )
    (most, rate), (least, rate_at_rest) = _bound(30.0, 1.0), _bound(30.0, 0.0)
    assert trace.column("lidocaine")[0] == pytest.approx(least, abs=1e-4)
    for since_ms in (100.0, 300.0, 599.0):
        expected = most + (least - most) * exp(-rate * since_ms)
        assert trace.at("lidocaine", 10.0 + since_ms) == pytest.approx(expected, abs=0.005)
    first, later = trace.at("lidocaine", 620.0), trace.at("lidocaine", 1620.0)
    fallen = (first - least) / (later - least)
    assert fallen == pytest.approx(exp(1000.0 * rate_at_rest), rel=0.01)


@pytest.fixture(scope="module")
def used():
    """Fifty spikes at 50 Hz under lidocaine, and a second of rest."""
    train = Train(5.0, 0.5, 47.3, 20.0, 50)
    return run(TEXTBOOK, [train], Changes(lidocaine_um=100.0), duration_ms=2000.0)


def test_the_block_grows_with_every_spike_of_a_train(used):
    spikes = find_spikes(used)
    peaks = [used.voltage_mv[spike.peak] for spike in spikes]
    assert len(peaks) == 50
    assert all(later < earlier for earlier, later in pairwise(peaks))
    # The first spike finds the channels as a toxin on as many of them would leave them.
    at_rest = Changes(na_block=used.column("lidocaine")[0])
    (alone,) = find_spikes(trace := run(TEXTBOOK, [Pulse(5.0, 0.5, 47.3)], at_rest))
    assert peaks[0] == pytest.approx(trace.voltage_mv[alone.peak], abs=1.0)
    assert peaks[-1] < peaks[0] - 10.0


def test_the_channels_are_free_again_after_some_seconds_of_rest(used):
    first, later = used.at("lidocaine", 1000.0), used.at("lidocaine", 2000.0)
    rest = used.column("lidocaine")[0]
    assert first > 0.5
    _, rate = _bound(100.0, used.column("na_inactivated")[0])
    assert (first - rest) / (later - rest) == pytest.approx(exp(1000.0 * rate), rel=0.05)


def test_a_toxin_that_plugs_whatever_the_gates_do_blocks_the_first_spike_like_the_last():
    train = Train(5.0, 0.5, 60.0, 20.0, 20)
    trace = run(TEXTBOOK, [train], Changes(ttx_nm=2.0), duration_ms=410.0)
    peaks = [trace.voltage_mv[spike.peak] for spike in find_spikes(trace)]
    assert len(peaks) == 20
    assert max(peaks) - min(peaks) < 1.0


def test_lidocaine_that_has_bound_blocks_like_as_much_of_any_other_block():
    # In the squid, whose channels are 40 % inactivated at rest; nothing comes off in 5 ms.
    with_it = run(SQUID, [Pulse(1.0, 0.5, 60.0)], Changes(lidocaine_um=20.0), duration_ms=5.0)
    bound = with_it.column("lidocaine")[0]
    assert 0.4 < bound < 0.5
    blocked = run(SQUID, [Pulse(1.0, 0.5, 60.0)], Changes(na_block=bound), duration_ms=5.0)
    difference = with_it.numpy("voltage_mv") - blocked.numpy("voltage_mv")
    assert np.abs(difference).max() < 1.0
    assert with_it.voltage_mv[0] == pytest.approx(blocked.voltage_mv[0], abs=1e-6)


def test_enough_of_either_leaves_nothing_that_could_fire():
    for changes in (Changes(lidocaine_um=5000.0), Changes(ttx_nm=1000.0)):
        assert threshold(SQUID, 0.5, changes) is None
        with_it = run(SQUID, [Pulse(1.0, 0.5, 60.0)], changes)
        none = run(SQUID, [Pulse(1.0, 0.5, 60.0)], Changes(na_block=1.0))
        assert np.abs(with_it.numpy("voltage_mv") - none.numpy("voltage_mv")).max() < 2.5
