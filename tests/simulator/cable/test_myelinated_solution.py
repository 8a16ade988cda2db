"""The myelinated fibre and its node against an independent solution of the same equations."""

from math import pi

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from simulator.cable.myelinated import MyelinatedFibre
from simulator.cable.myelinated_run import run_myelinated
from simulator.cable.node import RABBIT_NODE, rabbit_node_rates
from simulator.changes import Changes

SHORT = MyelinatedFibre(nodes=11)


def rates_from_rest(v):
    """CRRSS as Rattay & Aberham 1993, IEEE Trans Biomed Eng 40:1201 print it, v from rest."""
    alpha_m = (97.0 + 0.363 * v) / (1.0 + np.exp((31.0 - v) / 5.3))
    beta_h = 15.6 / (1.0 + np.exp((24.0 - v) / 10.0))
    return (
        alpha_m,
        alpha_m / np.exp((v - 23.8) / 4.17),
        beta_h / np.exp((v - 5.5) / 5.0),
        beta_h,
    )


def solve_apart(pieces, until_ms):
    """The short fibre as plain differential equations, solved by LSODA.

    Returns times and the potential of its 11 nodes. Only the constants are shared with the
    code: 10 um, g-ratio 0.7, node 1.5 um, 1000 um from node to node, membranes of 9.22 nm with
    0.5 uF/cm2 and 1 mS/cm2 on an axon membrane of 1 uF/cm2 and 0.1 mS/cm2; 4 nA for 0.1 ms.
    """
    axon_cm, long_cm, node_cm = 7e-4, (1000.0 - 1.5) * 1e-4, 1.5e-4
    radius_um = np.linspace(3.5, 5.0, 20_001)
    turns = np.trapezoid(1.0 / (2.0 * pi * radius_um * 1e-4), radius_um) / 9.22e-3
    around_cm = pi * axon_cm
    sheath_uf = 1.0 / (turns / 0.5 + 1.0 / around_cm)
    sheath_ms = 1.0 / (turns / 1.0 + 1.0 / (0.1 * around_cm))
    length = np.array([node_cm, *([long_cm / pieces] * pieces + [node_cm]) * 10])
    node = np.arange(len(length)) % (pieces + 1) == 0
    area = around_cm * length
    capacitance = np.where(node, 2.5 * area, sheath_uf * length)
    leak = np.where(node, 128.0 * area, sheath_ms * length)
    sodium = np.where(node, 1445.0 * area, 0.0)
    ohm = 54.7 * (length[1:] + length[:-1]) / 2.0 / (pi * axon_cm**2 / 4.0)
    axial = 1e3 / ohm

    def change(t, state):
        v, m, h = state.reshape(-1, 3).T
        am, bm, ah, bh = rates_from_rest(v + 80.0)
        along = axial * np.diff(v)
        current = -leak * (v + 80.01) - sodium * m * m * h * (v - 35.64)
        current[:-1] += along
        current[1:] -= along
        if 0.1 <= t <= 0.2:
            current[0] += 4e-3
        return np.column_stack(
            [current / capacitance, am * (1.0 - m) - bm * m, ah * (1.0 - h) - bh * h]
        ).ravel()

    am, bm, ah, bh = rates_from_rest(0.0)
    state = np.tile([-80.0, am / (am + bm), ah / (ah + bh)], len(length))
    times, samples = [], []
    for start, end in ((0.0, 0.1), (0.1, 0.2), (0.2, until_ms)):
        # A hair's breadth inside, so that the pulse is on throughout or off throughout.
        part = solve_ivp(
            change,
            (start + 1e-9, end - 1e-9),
            state,
            "LSODA",
            np.linspace(start + 1e-9, end - 1e-9, round((end - start) / 5e-4)),
            rtol=1e-8,
            atol=1e-8,
            lband=3,
            uband=3,
        )
        assert part.success
        times.append(part.t)
        samples.append(part.y[::3][node])
        state = part.y[:, -1]
    return np.concatenate(times), np.concatenate(samples, axis=1)


def arrivals_and_peaks(times, potentials):
    first = np.argmax(potentials >= -20.0, axis=1)
    rows = np.arange(len(potentials))
    before, after = potentials[rows, first - 1], potentials[rows, first]
    share = (-20.0 - before) / (after - before)
    return times[first - 1] + share * (times[first] - times[first - 1]), potentials.max(axis=1)


@pytest.mark.parametrize("pieces", [4, 16])
def test_a_short_fibre_agrees_with_an_independent_solution(pieces):
    trace = run_myelinated(SHORT, dt_ms=0.0005)
    arrivals, peaks = arrivals_and_peaks(*solve_apart(pieces, 0.8))
    travelled = np.diff(trace.arrivals_ms[2:])
    # Four pieces are what the fibre is cut into; sixteen tell what that costs.
    np.testing.assert_allclose(
        travelled, np.diff(arrivals[2:]), rtol=1e-3 if pieces == 4 else 2e-3
    )
    np.testing.assert_allclose(
        trace.voltage_mv[:, trace.nodes].max(axis=0)[1:], peaks[1:], atol=0.1
    )


def test_the_rates_are_those_printed_for_potentials_from_rest():
    for v in range(-40, 121, 5):
        found = rabbit_node_rates(v - 80.0)
        np.testing.assert_allclose(found[:4], rates_from_rest(v), rtol=2e-3)
        assert found.alpha_n == 0.0


def test_the_node_rests_at_minus_80_mv():
    # Sweeney, Mortimer & Durand 1987.
    trace = run_myelinated(SHORT, [], duration_ms=5.0, until_rest=False)
    np.testing.assert_allclose(trace.voltage_mv, -80.0, atol=0.01)


def test_less_potassium_outside_moves_the_whole_fibre_alike():
    # Nernst: 26.73 mV x ln 2 for E_K at 37 degrees C, times K's share in a leak that reverses at
    # -80 mV. Cl passes a quarter of it at -70 mV, K and Na the rest at -90 and +35.6 mV.
    halved = Changes(k_out_mm=RABBIT_NODE.k_out_mm / 2.0)
    trace = run_myelinated(SHORT, [], halved, duration_ms=0.1)
    k_share = (80.0 - 0.25 * 70.0 + 0.75 * 35.6) / (90.0 + 35.6)
    moved = 26.73 * np.log(2.0) * k_share
    np.testing.assert_allclose(trace.voltage_mv[0], -80.0 - moved, atol=0.05)
