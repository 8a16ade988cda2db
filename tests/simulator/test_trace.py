"""Columns of a trace: what must hold whatever is done to the membrane."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import COLUMNS, SQUID, TEXTBOOK, Changes, Pulse, measure, run

a_share = st.floats(0.0, 1.0)
a_gate = st.none() | st.just("rest") | a_share
some_changes = st.builds(
    Changes,
    na_block=a_share,
    k_block=a_share,
    e_na_shift_mv=st.floats(-60.0, 60.0),
    e_k_shift_mv=st.floats(-60.0, 60.0),
    pump=a_share,
    frozen_m=a_gate,
    frozen_h=a_gate,
    frozen_n=a_gate,
)
a_pulse = st.builds(Pulse, st.floats(0.0, 6.0), st.floats(0.05, 3.0), st.floats(-50.0, 150.0))


@settings(max_examples=40, derandomize=True, database=None)
@given(
    preparation=st.sampled_from([TEXTBOOK, SQUID]),
    pulses=st.lists(a_pulse, max_size=3).filter(
        lambda pulses: sum(p.amplitude_ua_cm2 for p in pulses) > -200.0
    ),
    changes=some_changes,
    changes_from_ms=st.floats(0.0, 5.0),
)
def test_shares_and_currents_add_up_whatever_is_done(
    preparation, pulses, changes, changes_from_ms
):
    trace = run(
        preparation, pulses, changes, duration_ms=6.0, dt_ms=0.02, changes_from_ms=changes_from_ms
    )
    columns = {name: trace.numpy(name) for name in COLUMNS}
    assert {len(values) for values in columns.values()} == {len(trace)}
    assert all(np.isfinite(values).all() for values in columns.values())
    for gate in ("m", "h", "n", "na_open", "na_inactivated", "na_closed"):
        assert columns[gate].min() >= -1e-12
        assert columns[gate].max() <= 1.0 + 1e-12
    shares = columns["na_open"] + columns["na_inactivated"] + columns["na_closed"]
    assert shares == pytest.approx(1.0, abs=1e-9)
    currents = columns["i_na"] + columns["i_k"] + columns["i_leak"] + columns["i_pump"]
    assert columns["i_ion"] == pytest.approx(currents, abs=1e-9)
    assert trace.stages[0].start == 0
    assert trace.stages[-1].end == len(trace)
    assert measure(trace)["rest_mv"] == trace.voltage_mv[0]


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
def test_the_net_ionic_current_is_what_the_voltage_does_without_the_stimulus(spike, preparation):
    # C dV/dt = stimulus - i_ion, dV/dt by central differences (steepest: 300 V/s).
    trace = spike(preparation, 1.5)
    voltage, stimulus = trace.numpy("voltage_mv"), trace.numpy("stimulus_ua_cm2")
    speed = (voltage[2:] - voltage[:-2]) / (2.0 * trace.dt_ms)
    injected = (stimulus[:-2] + stimulus[1:-1]) / 2.0
    charging = preparation.capacitance_uf_cm2 * speed
    assert np.abs(charging - (injected - trace.numpy("i_ion")[1:-1])).max() < 0.3


def test_the_voltage_moves_as_the_ionic_current_says(spike):
    trace = spike(SQUID, 1.5)
    found = trace.numpy("dvdt_v_s")
    by_current = -trace.numpy("i_ion") / SQUID.capacitance_uf_cm2
    # The first is a difference of voltages, the second comes from the gates.
    assert found == pytest.approx(by_current, abs=0.001 * found.max())


def test_conductances_and_currents_follow_ohms_law(spike):
    trace = spike(SQUID, 1.5, e_na_shift_mv=-10.0, e_k_shift_mv=5.0)
    voltage = trace.numpy("voltage_mv")
    assert trace.numpy("g_na") == pytest.approx(120.0 * trace.numpy("m") ** 3 * trace.numpy("h"))
    assert trace.numpy("g_k") == pytest.approx(36.0 * trace.numpy("n") ** 4)
    assert trace.numpy("i_na") == pytest.approx(trace.numpy("g_na") * (voltage - 40.0))
    assert trace.numpy("i_k") == pytest.approx(trace.numpy("g_k") * (voltage + 72.0))


def test_channel_shares_are_the_three_states_of_the_gates(spike):
    trace = spike(SQUID, 1.5)
    m, h = trace.numpy("m"), trace.numpy("h")
    assert trace.numpy("na_open") == pytest.approx(m**3 * h)
    assert trace.numpy("na_inactivated") == pytest.approx(1.0 - h)
    assert trace.numpy("na_closed") == pytest.approx(h * (1.0 - m**3))


@pytest.mark.parametrize("start_ms", [1.0, 1.003, 1.0077])
@pytest.mark.parametrize("duration_ms", [0.004, 0.5, 1.2345])
def test_the_charge_of_a_pulse_is_exact_whatever_the_step(start_ms, duration_ms):
    trace = run(TEXTBOOK, [Pulse(start_ms, duration_ms, 10.0)], duration_ms=3.0, dt_ms=0.01)
    charge = trace.numpy("stimulus_ua_cm2").sum() * trace.dt_ms
    assert charge == pytest.approx(10.0 * duration_ms)


def test_overlapping_pulses_add_up_in_the_stimulus_column():
    trace = run(TEXTBOOK, [Pulse(1.0, 2.0, 3.0), Pulse(2.0, 2.0, -5.0)], duration_ms=5.0)
    found = [trace.at("stimulus_ua_cm2", t) for t in (0.5, 1.5, 2.5, 3.5, 4.5)]
    assert found == pytest.approx([0.0, 3.0, -2.0, -5.0, 0.0])


@pytest.mark.parametrize("name", COLUMNS)
def test_a_numpy_view_shares_the_memory_of_its_column(spike, name):
    trace = spike(TEXTBOOK, 1.5)
    view = trace.numpy(name)
    assert view.shape == (len(trace),)
    assert view.dtype == np.float64
    assert np.shares_memory(view, np.frombuffer(trace.column(name)))
    assert np.shares_memory(view, trace.numpy(name))


def test_samples_are_a_step_apart_from_0_to_the_end_of_the_run():
    trace = run(TEXTBOOK, duration_ms=3.0, dt_ms=0.02)
    assert len(trace) == 151
    assert trace.duration_ms == pytest.approx(3.0)
    assert trace.numpy("time_ms") == pytest.approx(np.arange(151) * 0.02)


def test_a_column_is_read_between_samples_along_a_straight_line(drawn):
    trace = drawn((0.0, -70.0), (1.0, 30.0))
    assert trace.at("voltage_mv", 0.333) == pytest.approx(-36.7)
    assert trace.at("voltage_mv", 0.0) == -70.0
    assert trace.at("voltage_mv", 1.0) == pytest.approx(30.0)


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID], ids=lambda p: p.name)
def test_before_changes_set_in_the_run_is_the_unchanged_one(shock, preparation):
    pulse = shock(preparation, 1.5)
    normal = run(preparation, [pulse])
    changed = run(preparation, [pulse], Changes(na_block=0.5), changes_from_ms=2.0)
    at = round(2.0 / normal.dt_ms)
    assert changed.voltage_mv[: at + 1] == normal.voltage_mv[: at + 1]
    assert changed.voltage_mv[at + 1] < normal.voltage_mv[at + 1]
    share = changed.at("g_na", 2.0) / changed.at("na_open", 2.0)
    assert share == pytest.approx(preparation.g_na / 2.0)


@pytest.mark.parametrize(("gate", "held"), [("m", 0.2), ("h", 1.0), ("n", 0.5)])
def test_a_frozen_gate_keeps_its_value(spike, gate, held):
    trace = spike(SQUID, 1.5, **{f"frozen_{gate}": held})
    assert trace.numpy(gate) == pytest.approx(held)


@pytest.mark.parametrize("gate", ["m", "h", "n"])
def test_a_gate_frozen_at_rest_keeps_its_resting_value(spike, gate):
    rest = spike(SQUID, 1.5).at(gate, 0.0)
    assert spike(SQUID, 1.5, **{f"frozen_{gate}": "rest"}).numpy(gate) == pytest.approx(
        rest, rel=1e-5
    )


def test_only_what_was_altered_counts_as_active():
    assert Changes().active == {}
    changed = Changes().with_values({"na_block": 0.5, "frozen_h": "rest"})
    assert changed.active == {"na_block": 0.5, "frozen_h": "rest"}
