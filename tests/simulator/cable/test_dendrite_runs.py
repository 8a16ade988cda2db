"""Runs of a cell with a dendrite: against LSODA, at every setting, and what they give back.

Traub-Miles rates as Pospischil et al. 2008 (Biol Cybern 99:427) print them, and the cell with
its cable equation, are written out here once more.
"""

import subprocess
import sys
from itertools import pairwise
from math import exp, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from simulator import CHANGES, Cancelled, Changes
from simulator.cable.dendrite import DENDRITE, E_CL, SYNAPSE, Dendrite, Synapse, ampa, gaba
from simulator.cable.dendrite_names import DENDRITE_MEASUREMENTS
from simulator.cable.dendrite_run import run_dendrite
from simulator.cable.dendrite_trace import CellRecording, measure_dendrite

BARE = Dendrite(length_um=0.0, axon_um=0.0)


def rates(v):
    """Traub-Miles, V_T = -58 mV; never called where a quotient is 0/0."""
    u = v + 58.0
    return np.array(
        [
            0.32 * (u - 13.0) / (1.0 - np.exp(-(u - 13.0) / 4.0)),
            0.28 * (u - 40.0) / (np.exp((u - 40.0) / 5.0) - 1.0),
            0.128 * np.exp(-(u - 17.0) / 18.0),
            4.0 / (1.0 + np.exp(-(u - 40.0) / 5.0)),
            0.032 * (u - 15.0) / (1.0 - np.exp(-(u - 15.0) / 5.0)),
            0.5 * np.exp(-(u - 10.0) / 40.0),
        ]
    )


def lsoda(length_um, d_um, dx_um, axon, synapses, duration_ms):
    """The cell written out again: capacities in pF, conductances in nS, V in mV.

    `axon` lists (Na density, shift) of pieces of 40/9 um by 1.5 um; the soma is one point.
    `synapses` lists (pieces away from the soma, onset, nS, decay, reversal).
    Returns times and the potentials of the soma and of the fifth piece of the axon.
    """
    n_d, n = round(length_um / dx_um), round(length_um / dx_um) + 1 + len(axon)
    soma_um = 1e4 * sqrt(1e-4 / pi)
    length = np.array([dx_um] * n_d + [soma_um] + [40.0 / 9.0] * len(axon))
    across = np.array([d_um] * n_d + [soma_um] + [1.5] * len(axon))
    pf = pi * length * across * 0.01
    leak_ns = pf * 0.1
    g_na = pf * np.array([0.0] * n_d + [50.0] + [na for na, _ in axon])
    shift = np.array([0.0] * (n_d + 1) + [mv for _, mv in axon])
    half_mohm = 1.0 * length / 2.0 / (pi * across**2 / 4.0)  # 100 ohm cm is 1 Mohm um.
    axial_ns = 1e3 / (half_mohm[1:] + half_mohm[:-1])

    def steady(v):
        a = rates(v - shift)
        return a[::2] / (a[::2] + a[1::2])

    def slopes(t, y, opened):
        v, m, h, k = y.reshape(n, 4).T
        a = rates(v - shift)
        i = g_na * m**3 * h * (v - 50.0) + g_na / 10.0 * k**4 * (v + 90.0) + leak_ns * (v + 70.0)
        flow = axial_ns * np.diff(v)
        i[:-1] -= flow
        i[1:] += flow
        for place, onset, g, tau, e in opened:
            here = n_d - place
            i[here] += g * exp(-(t - onset) / tau) * (v[here] - e)
        gates = np.array([m, h, k])
        return np.vstack([-i / pf, a[::2] * (1.0 - gates) - a[1::2] * gates]).T.ravel()

    v = np.full(n, -70.0)
    y = np.vstack([v, steady(v)]).T.ravel()
    edges = [-30.0, *sorted({s[1] for s in synapses}), duration_ms]
    bands = {"lband": 5, "uband": 5} if n > 1 else {}
    times, found = [], []
    for start, end in pairwise(edges):
        opened = [s for s in synapses if s[1] <= start]
        part = solve_ivp(
            slopes, (start, end), y, "LSODA", np.linspace(start, end, 4001),
            args=(opened,), rtol=1e-7, atol=1e-8, **bands,
        )  # fmt: skip
        assert part.success
        y = part.y[:, -1]
        times.append(part.t)
        found.append(part.y[::4][[n_d, min(n - 1, n_d + 5)]])
    return np.concatenate(times), np.concatenate(found, axis=1)


class TestAgainstLsoda:
    def test_the_bare_cell_follows_it_through_epsp_and_spike(self):
        synapses = [ampa(1.0, 6.0), gaba(3.0, 10.0, e_cl_mv=-80.0), ampa(12.0, 40.0)]
        t, (soma, _) = lsoda(
            0.0, 4.0, 10.0, [],
            [(0, s.start_ms, s.g_ns, s.tau_ms, s.reversal_mv) for s in synapses], 20.0,
        )  # fmt: skip
        trace = run_dendrite(BARE, synapses, duration_ms=20.0, dt_ms=0.01).recording
        v, at = trace.numpy("voltage_mv"), trace.numpy("time_ms")
        before = at < 12.5
        assert np.max(np.abs(v - np.interp(at, t, soma))[before]) < 0.01
        assert np.max(v) == pytest.approx(np.max(soma), abs=0.2)
        assert at[np.argmax(v)] == pytest.approx(t[np.argmax(soma)], abs=0.015)

    def test_the_whole_cell_follows_it_from_synapse_to_axon(self):
        cell = Dendrite(length_um=400.0, axon_um=120.0)
        zone, rest = (250.0, cell.trigger_shift_mv), (50.0, 0.0)
        # The middle of piece 11 of 20 um is at 210 um.
        t, (soma, trigger) = lsoda(
            400.0, 4.0, 20.0, [zone] * 9 + [rest] * 18, [(11, 1.0, 40.0, 2.0, 0.0)] * 2, 12.0
        )
        trace = run_dendrite(cell, [ampa(1.0, 40.0, 210.0)] * 2, duration_ms=12.0, dt_ms=0.005)
        found = measure_dendrite(trace)
        for name, v in (("soma", soma), ("trigger", trigger)):
            up = np.flatnonzero((v[1:] >= -20.0) & (v[:-1] < -20.0))[0]
            assert found[f"{name}_ms"] == pytest.approx(t[up], abs=0.02)
        assert np.max(trace.recording.numpy("voltage_mv")) == pytest.approx(np.max(soma), abs=0.5)


class TestEveryKnob:
    @settings(max_examples=25)
    @given(
        cell=st.builds(
            Dendrite,
            **{name: st.floats(q.low, q.high) for name, q in DENDRITE.items()},
        ),
        synapses=st.lists(
            st.builds(
                Synapse,
                **{name: st.floats(q.low, q.high) for name, q in SYNAPSE.items()}
                | {"start_ms": st.floats(0.0, 6.0)},
            ),
            max_size=4,
        ),
    )
    def test_anywhere_in_its_range_gives_finite_results(self, cell, synapses):
        trace = run_dendrite(cell, synapses, duration_ms=8.0, dt_ms=0.05)
        assert np.all(np.isfinite(trace.voltage_mv))
        assert np.min(trace.voltage_mv) > -125.0
        assert np.max(trace.voltage_mv) < 85.0
        for place in trace.places_mm:
            probe = trace.probe_at(place)
            assert all(np.all(np.isfinite(probe.numpy(name))) for name in probe.columns)
            for gate in ("m", "h", "n"):
                values = probe.numpy(gate)
                assert np.all((values >= 0.0) & (values <= 1.0))
        for column in CellRecording.columns:
            assert np.all(np.isfinite(trace.recording.numpy(column)))
        assert np.all(np.isfinite(list(measure_dendrite(trace).values())))

    def test_a_dendrite_or_axon_of_no_length_worth_the_name_is_left_off(self):
        assert Dendrite(length_um=5e-324, axon_um=1e-9) == Dendrite(length_um=0.0, axon_um=0.0)

    @pytest.mark.parametrize("name", sorted(CHANGES.keys() - {"temperature_c"}))
    def test_of_the_channels_gives_finite_results_at_both_ends(self, name):
        q = CHANGES[name]
        for value in (q.low, q.high):
            trace = run_dendrite(
                None, [ampa(1.0, 40.0)], Changes(**{name: value}), duration_ms=8.0, dt_ms=0.05
            )
            assert np.all(np.isfinite(trace.voltage_mv))
            assert np.all(np.isfinite(list(measure_dendrite(trace).values())))

    def test_can_be_read_without_loading_numpy(self):
        code = "import sys; import simulator.cable.dendrite; print('numpy' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout == "False\n"

    @pytest.mark.parametrize("name", DENDRITE)
    @pytest.mark.parametrize("beyond", [-1, 1])
    def test_of_the_cell_is_refused_out_of_range_by_name(self, name, beyond):
        q = DENDRITE[name]
        value = q.low - 1.0 if beyond < 0 else q.high + 1.0
        with pytest.raises(ValueError, match=f"^{name} is .* but must be {q.range_text}"):
            Dendrite(**{name: value})

    @pytest.mark.parametrize("name", SYNAPSE)
    def test_of_a_synapse_is_refused_out_of_range_by_name(self, name):
        usual = {"start_ms": 1.0, "g_ns": 1.0, "place_um": 0.0, "tau_ms": 2.0, "reversal_mv": 0.0}
        for value in (float("nan"), 1e9):
            with pytest.raises(ValueError, match=f"^{name} is .* but must be"):
                Synapse(**usual | {name: value})

    def test_of_inhibition_and_trains_is_refused_out_of_range(self):
        with pytest.raises(ValueError, match="e_cl_mv is -50, but must be from -80 to -60 mV"):
            gaba(1.0, 1.0, e_cl_mv=-50.0)
        assert gaba(1.0, 1.0).reversal_mv == E_CL.default
        for count, interval_ms, match in (
            (0, 1.0, "count"),
            (1.5, 1.0, "whole"),
            (2, -1.0, "interval_ms"),
            (3, 2000.0, "start_ms"),
        ):
            with pytest.raises(ValueError, match=match):
                ampa(1.0, 1.0).train(count, interval_ms)


class TestWhatARunGives:
    def test_places_have_names_and_probes(self):
        trace = run_dendrite(None, [ampa(1.0, 5.0, 500.0), ampa(1.0, 5.0)])
        places = trace.places_mm
        order = [places[name] for name in ("tip", "synapse", "soma", "trigger", "axon")]
        assert order == sorted(order)
        assert places["tip"] - places["synapse"] == pytest.approx(-0.5)
        # The middle of 40 um, and the end of 300 um, beyond a soma of 100 pF at 1 uF/cm2.
        edge_mm = sqrt(1e-4 / pi) * 10.0 / 2.0
        assert places["trigger"] == pytest.approx(edge_mm + 0.02)
        assert places["axon"] == pytest.approx(edge_mm + 0.3)
        assert trace.probe_at("trigger").column("voltage_mv") == trace.recording.column(
            "trigger_mv"
        )
        assert np.max(trace.probe_at("synapse").numpy("m")) == 0.0
        with pytest.raises(ValueError, match="unknown place 'knee'; known: tip, synapse, soma"):
            trace.probe_at("knee")
        with pytest.raises(ValueError, match="unknown place 'knee'"):
            trace.spikes("knee")

    def test_conductances_and_currents_of_both_kinds_stand_side_by_side(self):
        synapses = [ampa(1.0, 5.0, 300.0), ampa(1.0, 5.0), gaba(2.0, 8.0, e_cl_mv=-60.0)]
        recording = run_dendrite(None, synapses).recording
        assert recording.at("g_excitatory_ns", 1.0) == pytest.approx(10.0)
        assert recording.at("g_excitatory_ns", 3.0) == pytest.approx(10.0 * exp(-1.0))
        assert recording.at("g_inhibitory_ns", 1.9) == 0.0
        assert recording.at("g_inhibitory_ns", 10.0) == pytest.approx(8.0 * exp(-1.0))
        assert recording.at("i_excitatory_na", 1.0) == pytest.approx(-0.7, rel=0.01)
        assert recording.at("i_inhibitory_na", 5.0) < 0.0

    def test_measurements_keep_to_their_names_and_order(self):
        for synapses in ([], [ampa(1.0, 1.0)], [ampa(1.0, 40.0)] * 2):
            found = list(measure_dendrite(run_dendrite(None, synapses)))
            assert found == [name for name in DENDRITE_MEASUREMENTS if name in found]

    def test_a_decay_is_measured_to_37_percent(self):
        # Long after the synapse has closed a point cell decays with its time constant.
        cell = Dendrite(length_um=0.0, axon_um=0.0, soma_na_ms_cm2=0.0)
        found = measure_dendrite(run_dendrite(cell, [ampa(1.0, 1.0, tau_ms=0.1)]))
        assert found["psp_decay_ms"] == pytest.approx(10.0, rel=0.05)

    def test_a_run_too_large_to_keep_is_refused(self):
        pieces = len(run_dendrite(duration_ms=1.0).chain)
        for dt_ms, most_ms in ((0.0005, 70e6 / pieces * 0.0005), (0.001, 70e6 / pieces * 0.001)):
            with pytest.raises(ValueError, match="duration_ms is 2000, but must be") as refused:
                run_dendrite(duration_ms=2000.0, dt_ms=dt_ms)
            assert f"at most {most_ms:.3g} ms for a cell of {pieces}" in str(refused.value)

    def test_a_run_can_be_stopped(self):
        def stop(share):
            raise Cancelled

        with pytest.raises(Cancelled):
            run_dendrite(progress=stop)
