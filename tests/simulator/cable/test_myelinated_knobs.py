"""The settings of a myelinated fibre: what they refuse, and that every one of them runs."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cable.myelinated import MYELINATED, WHOLE, MyelinatedFibre
from simulator.cable.myelinated_run import fibre_threshold, run_myelinated
from simulator.changes import Changes
from simulator.progress import Cancelled

SHORT = MyelinatedFibre(nodes=11)


def test_damage_is_kept_within_the_fibre():
    fibre = MyelinatedFibre(
        nodes=11,
        damaged_internodes=20,
        myelin_left=0.5,
        damaged_nodes=3,
        na_left=0.0,
        damage_at=1.0,
    )
    assert fibre.internodal_myelin == (0.5,) * 10
    assert fibre.nodal_na == (1.0,) * 8 + (0.0,) * 3


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("g_ratio", 1.0, "g_ratio is 1, but must be from 0.4 to 0.95"),
        ("diameter_um", float("nan"), "diameter_um is nan, but must be from 0.5 to 25 um"),
        ("nodes", 20.5, "nodes is 20.5, but must be a whole number"),
        ("node_um", "2", "node_um is '2', but must be a number from 1 to 2.5 um"),
    ],
)
def test_a_wrong_setting_is_named(name, value, message):
    with pytest.raises(ValueError, match=message):
        MyelinatedFibre(**{name: value})


def test_a_wrong_run_is_named():
    with pytest.raises(ValueError, match="temperature_c is 2, but must be from 5 to 45 degrees C"):
        run_myelinated(changes=Changes(temperature_c=2.0))
    with pytest.raises(ValueError, match=r"dt_ms is 0\.05"):
        run_myelinated(dt_ms=0.05)
    many = MyelinatedFibre(nodes=101, membrane_uf_cm2=50.0, internode_diameters=300.0)
    with pytest.raises(ValueError, match=r"duration_ms is 100, but must be at most 33\.3 ms"):
        run_myelinated(many, duration_ms=100.0)
    with pytest.raises(ValueError, match="pulse_ms is 0"):
        fibre_threshold(pulse_ms=0.0)
    with pytest.raises(ValueError, match="time_ms is 50"):
        run_myelinated(SHORT).nodes_in_spike(50.0)


def test_progress_is_told_and_stops_the_work():
    of_run, of_search = [], []
    run_myelinated(SHORT, duration_ms=0.5, progress=of_run.append)
    fibre_threshold(SHORT, progress=of_search.append)
    for shares in (of_run, of_search):
        assert len(shares) > 5
        assert 0.0 <= shares[0] < 0.5
        assert shares == sorted(shares)
        assert shares[-1] == 1.0

    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        run_myelinated(progress=stop)
    with pytest.raises(Cancelled):
        fibre_threshold(progress=stop)


@st.composite
def fibres(draw):
    def value(quantity):
        if quantity.name in WHOLE:
            return draw(st.integers(int(quantity.low), int(quantity.high)))
        return draw(st.floats(quantity.low, quantity.high))

    return MyelinatedFibre(**{name: value(quantity) for name, quantity in MYELINATED.items()})


@settings(max_examples=40)
@given(fibres(), st.floats(5.0, 37.0))
def test_any_fibre_gives_finite_potentials_and_gates_between_0_and_1(fibre, temperature_c):
    trace = run_myelinated(
        fibre, changes=Changes(temperature_c=temperature_c), duration_ms=1.0, dt_ms=0.005
    )
    assert np.all(np.isfinite(trace.voltage_mv))
    for x in fibre.node_mm[:2]:
        probe = trace.probe(x)
        for gate in ("m", "h", "na_open"):
            assert 0.0 <= min(probe.column(gate)) <= max(probe.column(gate)) <= 1.0
    assert trace.conduction_m_s is None or np.isfinite(trace.conduction_m_s)


@pytest.mark.parametrize("name", MYELINATED)
def test_each_knob_may_stand_at_its_ends(name):
    for value in (MYELINATED[name].low, MYELINATED[name].high):
        trace = run_myelinated(MyelinatedFibre(**{name: value}), duration_ms=2.0, dt_ms=0.005)
        assert np.all(np.isfinite(trace.voltage_mv))


def test_the_knobs_are_known_without_numpy():
    program = (
        "import sys, simulator.cable.myelinated, simulator.cable.node; "
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
