"""What must hold for any unmyelinated axon and at every one of its knobs."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cable.axon import AXON, Axon
from simulator.cable.axon_run import (
    AXON_MEMBRANE,
    AXON_RUN,
    chain_of,
    run_axon,
    usual_stimulus,
)
from simulator.cable.electrode import Electrode
from simulator.changes import CHANGES, Changes

STANDARD = Axon()

# What must hold for any cable.


def test_stimuli_that_mirror_each_other_give_mirrored_runs():
    runs = [
        run_axon(electrodes=[usual_stimulus(STANDARD, x)], duration_ms=5.0) for x in (20.3, 79.7)
    ]
    np.testing.assert_allclose(runs[0].voltage_mv, runs[1].voltage_mv[:, ::-1], atol=0.05)


def test_a_later_stimulus_gives_the_same_wave_later():
    runs = [run_axon(electrodes=[usual_stimulus(STANDARD, start_ms=t)]) for t in (0.5, 4.5)]
    (early,), (late,) = (run.waves(60.0) for run in runs)
    assert late.arrival_ms - early.arrival_ms == pytest.approx(4.0, abs=2e-3)
    assert late.peak_mv == pytest.approx(early.peak_mv, abs=0.01)


def test_an_axon_without_a_stimulus_is_silent():
    trace = run_axon(electrodes=[])
    assert trace.duration_ms == pytest.approx(20.0)
    assert np.max(np.abs(trace.voltage_mv + 65.0)) < 0.03


def test_an_axon_with_a_blocked_patch_is_silent_too():
    trace = run_axon(Axon(blocked_share=1.0, blocked_mm=20.0), [])
    assert np.ptp(trace.voltage_mv[0]) > 0.5
    assert np.max(np.abs(trace.voltage_mv - trace.voltage_mv[0])) < 0.05


def test_a_run_ends_once_the_wave_has_left_and_not_before():
    trace = run_axon()
    assert 8.0 < trace.duration_ms < 15.0
    assert len(trace.waves(100.0)) == 1
    assert np.max(np.abs(trace.voltage_mv[-1] - trace.voltage_mv[0])) < 1.0
    probe = trace.probe(95.0)
    assert min(probe.voltage_mv) < -73.0


def test_the_grid_follows_the_axon_and_can_be_set():
    assert len(run_axon(duration_ms=1.0).chain) == 200
    assert len(run_axon(duration_ms=1.0, space_mm=2.0).chain) == 50
    thin = chain_of(Axon(diameter_um=4.76, length_mm=10.0), Changes())
    assert len(thin) == 200
    chain = chain_of(Axon(length_mm=33.3), Changes())
    assert chain.reach_mm == pytest.approx((0.0, 33.3))
    assert max(b - a for a, b in pairwise(chain.x_mm)) <= 0.5


# Knobs.


@pytest.mark.parametrize("name", list(AXON))
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -1.0, 1e9, "thick", None])
def test_a_bad_number_is_named_with_its_range(name, bad):
    with pytest.raises(ValueError, match=f"^{name} is .* must be"):
        Axon(**{name: bad})


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"duration_ms": 0.0}, "duration_ms"),
        ({"duration_ms": 101.0}, "duration_ms"),
        ({"dt_ms": 0.0}, "dt_ms"),
        ({"space_mm": 0.0}, "space_mm"),
        ({"space_mm": float("nan")}, "space_mm"),
    ],
)
def test_a_bad_setting_of_the_run_is_named_with_its_range(settings, name):
    with pytest.raises(ValueError, match=f"^{name} is .* must be"):
        run_axon(**settings)


def test_a_run_too_large_to_keep_is_refused():
    with pytest.raises(ValueError, match=r"duration_ms is 100, but must be at most .* ms for an"):
        run_axon(Axon(diameter_um=0.2, axoplasm_ohm_cm=100.0), duration_ms=100.0, dt_ms=0.005)


def test_the_thinnest_and_longest_axon_in_warmth_fits_the_usual_duration():
    changes = Changes(temperature_c=33.0)
    chain = chain_of(Axon(diameter_um=0.2, axoplasm_ohm_cm=100.0), changes)
    assert AXON_RUN.default == 20.0
    assert len(chain) * (20.0 / 0.005 + 1) < 70e6


def knobs(quantities, size):
    """Some of the quantities at values in their ranges, the ends among them."""
    return st.lists(st.sampled_from(sorted(quantities)), max_size=size, unique=True).flatmap(
        lambda names: st.fixed_dictionaries(
            {
                name: st.sampled_from([quantities[name].low, quantities[name].high])
                | st.floats(quantities[name].low, quantities[name].high)
                for name in names
            }
        )
    )


@settings(max_examples=60, derandomize=True)
@given(
    axon=knobs(
        set(AXON) - {"length_mm"} and {k: q for k, q in AXON.items() if k != "length_mm"}, 4
    ),
    changes=knobs({k: q for k, q in CHANGES.items() if k != "temperature_c"}, 4),
    temperature_c=st.floats(0.0, 33.0),
    x=st.floats(0.0, 1.0),
    current_na=st.sampled_from([-1e6, -1000.0, 0.0, 1000.0, 1e6]),
)
def test_every_knob_gives_finite_numbers_and_gates_between_0_and_1(
    axon, changes, temperature_c, x, current_na
):
    # A few length constants: a long thin axon takes seconds.
    scale = Axon(**axon).scale
    axon = Axon(**axon, length_mm=min(100.0, max(1.0, 30.0 * scale)))
    trace = run_axon(
        axon,
        [Electrode(x * axon.length_mm, 0.5, 0.5, current_na)],
        Changes(**changes, temperature_c=temperature_c),
        duration_ms=3.0,
    )
    assert np.all(np.isfinite(trace.voltage_mv))
    gates = trace.gates_at(trace.duration_ms / 2.0)
    assert np.all((gates >= 0.0) & (gates <= 1.0))
    probe = trace.probe(axon.length_mm / 2.0)
    states = sum(probe.numpy(n) for n in ("na_open", "na_inactivated", "na_closed"))
    np.testing.assert_allclose(states, 1.0, atol=1e-9)
    for name in ("i_na", "i_k", "i_passive", "i_axial", "dvdt_v_s"):
        assert np.all(np.isfinite(probe.numpy(name)))
    trace.waves(0.0)


def test_the_standard_axon_is_squid_membrane():
    assert (AXON_MEMBRANE.g_na, AXON_MEMBRANE.g_k, AXON_MEMBRANE.default_c) == (120.0, 36.0, 18.5)
