"""The cable kernel against cable theory and against SciPy's own solution of the same equations."""

from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.integrate import solve_ivp
from scipy.special import erfc

from simulator.altered import alter
from simulator.cable.channels import Channels
from simulator.cable.kernel import Chain, Conductance, Current, march, resting_state
from simulator.changes import Changes
from simulator.kinetics import hodgkin_huxley_rates
from simulator.membrane import SQUID
from simulator.progress import Cancelled

DIAMETER_CM, RI_OHM_CM, TEMPERATURE_C = 0.0476, 35.4, 18.5


def cable(count, length_cm, *, passive_g=None, changes=None, temperature_c=TEMPERATURE_C):
    """A squid axon cut into `count` pieces; with `passive_g` in mS/cm2 it has no channels."""
    step_cm = length_cm / count
    area = np.full(count, np.pi * DIAMETER_CM * step_cm)
    axial = 1e3 * np.pi * DIAMETER_CM**2 / 4.0 / (RI_OHM_CM * step_cm)
    membrane = alter(SQUID, changes or Changes())
    leak, background, channels = membrane.g_leak, membrane.background_ua_cm2, ()
    if passive_g is None:
        channels = (Channels.of(membrane, slice(0, count), area, temperature_c),)
    else:
        leak, background = passive_g, -passive_g * -65.0
    return Chain(
        x_mm=(np.arange(count) + 0.5) * step_cm * 10.0,
        area_cm2=area,
        capacitance_uf=1.0 * area,
        axial_ms=np.full(count - 1, axial),
        passive_ms=leak * area,
        passive_ua=background * area,
        channels=channels,
    )


def pulse(steps, dt_ms, start_ms, length_ms, ua):
    """Current of a pulse whose edges fall on steps."""
    current = np.zeros(steps)
    current[round(start_ms / dt_ms) : round((start_ms + length_ms) / dt_ms)] = ua
    return current


# Passive cables: closed solutions.

LAMBDA_CM = np.sqrt(DIAMETER_CM / (4.0 * RI_OHM_CM * 0.5e-3))
R_AXIAL_KOHM_CM = RI_OHM_CM / (np.pi * DIAMETER_CM**2 / 4.0) / 1e3


def steady_error(count):
    """Largest error of a steady profile, in shares of its greatest value.

    A current into the end of a sealed cable: V = I r lambda cosh((L - x)/lambda)/sinh(L/lambda)
    (Jack, Noble & Tsien 1975, Electric Current Flow in Excitable Cells, chapter 4). A compartment
    stands for its middle and the current enters it there.
    """
    length_cm = 2.0 * LAMBDA_CM
    chain = cable(count, length_cm, passive_g=0.5)
    v = march(chain, 1600, 0.05, currents=[Current(0, np.full(1600, 1.0))])[-1] + 65.0
    left_cm = length_cm - chain.x_mm / 10.0
    expected = R_AXIAL_KOHM_CM * LAMBDA_CM * np.cosh(left_cm / LAMBDA_CM)
    expected /= np.sinh(length_cm / LAMBDA_CM)
    return np.max(np.abs(v - expected)[2:]) / expected[0]


def test_a_steady_current_spreads_as_cable_theory_says():
    assert steady_error(64) < 1e-3


def test_halving_the_compartments_quarters_the_error():
    assert steady_error(8) / steady_error(16) == pytest.approx(4.0, rel=0.15)


def test_a_step_of_current_spreads_in_time_as_cable_theory_says():
    # Half-infinite cable, T = t/tau, X = x/lambda (Hodgkin & Rushton 1946):
    # V = I r lambda/2 (e^-X erfc(X/2sqrt(T) - sqrt(T)) - e^X erfc(X/2sqrt(T) + sqrt(T))).
    count, dt_ms = 400, 0.01
    chain = cable(count, 8.0 * LAMBDA_CM, passive_g=0.5)
    v = march(chain, 400, dt_ms, currents=[Current(0, np.full(400, 1.0))]) + 65.0
    root = np.sqrt(4.0 * 0.5)
    for here in (25, 50, 100):
        x = chain.x_mm[here] / 10.0 / LAMBDA_CM
        expected = np.exp(-x) * erfc(x / (2.0 * root) - root)
        expected -= np.exp(x) * erfc(x / (2.0 * root) + root)
        expected *= R_AXIAL_KOHM_CM * LAMBDA_CM / 2.0
        assert v[400, here] == pytest.approx(expected, rel=2e-3)


# Active cables: the same equations written out once more and solved by LSODA.

COUNT, LENGTH_CM = 24, 1.2
PULSE_UA, PULSE_START, PULSE_MS = 15.0, 0.2, 0.2


def lines_solution(times_ms):
    """The potential of every compartment by the method of lines, (times, COUNT)."""
    chain = cable(COUNT, LENGTH_CM)
    area, axial = chain.area_cm2[0], chain.axial_ms[0]
    speed = 3.0 ** ((TEMPERATURE_C - 6.3) / 10.0)

    def rates(v):
        u = v + 65.0
        am = 0.1 * (25.0 - u) / np.expm1((25.0 - u) / 10.0)
        an = 0.01 * (10.0 - u) / np.expm1((10.0 - u) / 10.0)
        ah, bh = 0.07 * np.exp(-u / 20.0), 1.0 / (np.exp((30.0 - u) / 10.0) + 1.0)
        return am, 4.0 * np.exp(-u / 18.0), ah, bh, an, 0.125 * np.exp(-u / 80.0)

    def slopes(_, state, injected):
        v, m, h, n = state.reshape(COUNT, 4).T
        am, bm, ah, bh, an, bn = rates(v)
        ionic = 120.0 * m**3 * h * (v - 50.0) + 36.0 * n**4 * (v + 77.0) + 0.3 * (v + 54.387)
        flow = np.zeros(COUNT + 1)
        flow[1:-1] = axial * (v[:-1] - v[1:])
        total = (flow[:-1] - flow[1:]) / area - ionic
        total[0] += injected / area
        gates = [
            speed * (a * (1.0 - x) - b * x) for a, b, x in ((am, bm, m), (ah, bh, h), (an, bn, n))
        ]
        return np.array([total, *gates]).T.ravel()

    rest_mv = resting_state(chain)
    am, bm, ah, bh, an, bn = rates(rest_mv)
    state = np.array([rest_mv, am / (am + bm), ah / (ah + bh), an / (an + bn)]).T.ravel()
    found = np.empty((len(times_ms), COUNT))
    edges = (0.0, PULSE_START, PULSE_START + PULSE_MS, times_ms[-1])
    for start, end in pairwise(edges):
        inside = (times_ms >= start - 1e-9) & (times_ms <= end + 1e-9)
        solution = solve_ivp(
            slopes,
            (start, end),
            state,
            method="LSODA",
            t_eval=np.clip(times_ms[inside], start, end),
            args=(PULSE_UA if start == PULSE_START else 0.0,),
            rtol=1e-9,
            atol=1e-10,
            lband=4,
            uband=4,
        )
        found[inside] = solution.y.reshape(COUNT, 4, -1)[:, 0].T
        state = solution.y[:, -1]
    return found


def test_a_spike_follows_scipys_solution_to_second_order():
    duration_ms = 3.0
    reference = lines_solution(np.linspace(0.0, duration_ms, round(duration_ms / 0.025) + 1))
    errors = []
    for halvings in (1, 2, 3):
        dt_ms = 0.025 / 2**halvings
        steps = round(duration_ms / dt_ms)
        current = Current(0, pulse(steps, dt_ms, PULSE_START, PULSE_MS, PULSE_UA))
        v = march(cable(COUNT, LENGTH_CM), steps, dt_ms, currents=[current])
        errors.append(np.max(np.abs(v[:: 2**halvings] - reference)))
    assert reference.max() > 20.0
    assert errors[2] < 0.3
    assert errors[0] / errors[1] == pytest.approx(4.0, rel=0.15)
    assert errors[1] / errors[2] == pytest.approx(4.0, rel=0.15)


# Conservation and symmetry.


def test_all_charge_that_enters_is_found_again():
    # Injected charge = charge on the membrane + charge that the ions carried, over the cable.
    dt_ms, steps = 0.01, 300
    chain = cable(40, 2.0)
    current = pulse(steps, dt_ms, 0.2, 0.2, 10.0)
    v = march(chain, steps, dt_ms, currents=[Current(20, current)]).astype(float)
    membrane = alter(SQUID, Changes())
    ionic = carried = 0.0
    channels = chain.channels[0]
    gates = channels.steady_gates(v[0])
    speed = SQUID.kinetics.speed(TEMPERATURE_C)
    for old, new in pairwise(v):
        # The gates move by the exact solution at the old potential; then the ions flow.
        for i, (a, b) in enumerate(((0, 1), (2, 3), (4, 5))):
            rates = np.array([hodgkin_huxley_rates(x) for x in old.tolist()]).T
            total = rates[a] + rates[b]
            gates[i] += (rates[a] / total - gates[i]) * -np.expm1(-speed * dt_ms * total)
        middle = (old + new) / 2.0
        m, h, n = gates
        g_na, g_k = channels.g_na_ms * m**3 * h, channels.g_k_ms * n**4
        na, k = g_na * (middle - membrane.e_na_mv), g_k * (middle - membrane.e_k_mv)
        rest = chain.passive_ms * middle + chain.passive_ua
        ionic += np.sum(na + k + rest) * dt_ms
        carried += np.sum(np.abs(na)) * dt_ms
    stored = np.sum(chain.capacitance_uf * (v[-1] - v[0]))
    assert current.sum() * dt_ms - ionic == pytest.approx(stored, abs=1e-3 * carried)
    assert carried > 10.0 * current.sum() * dt_ms


def test_a_mirrored_cable_gives_the_mirrored_answer():
    rng = np.random.default_rng(1)
    factor = rng.uniform(0.5, 2.0, 40)
    straight = cable(40, 2.0)
    channels = straight.channels[0]
    uneven = replace(
        straight,
        capacitance_uf=straight.capacitance_uf * factor,
        axial_ms=straight.axial_ms * rng.uniform(0.5, 2.0, 39),
        channels=(replace(channels, g_na_ms=channels.g_na_ms * factor),),
    )
    mirrored = replace(
        uneven,
        capacitance_uf=uneven.capacitance_uf[::-1],
        axial_ms=uneven.axial_ms[::-1],
        channels=(replace(channels, g_na_ms=uneven.channels[0].g_na_ms[::-1]),),
    )
    current = pulse(120, 0.025, 0.5, 0.2, 15.0)
    v = march(uneven, 120, 0.025, currents=[Current(3, current)])
    w = march(mirrored, 120, 0.025, currents=[Current(36, current)])
    assert v.max() > 0.0
    np.testing.assert_allclose(w, v[:, ::-1], atol=0.05)


def test_a_later_stimulus_gives_the_same_answer_later():
    chain, rest = cable(40, 2.0), resting_state(cable(40, 2.0))
    runs = [
        march(chain, 160, 0.025, currents=[Current(0, pulse(160, 0.025, t, 0.2, 15.0))])
        for t in (0.0, 1.0)
    ]
    assert runs[0].max() > 0.0
    np.testing.assert_allclose(runs[1][40:], runs[0][:-40], atol=0.05)
    np.testing.assert_allclose(runs[1][:40], np.tile(rest, (40, 1)), atol=0.02)


def test_nothing_happens_without_a_stimulus():
    v = march(cable(40, 2.0), 800, 0.025)
    # The table of rates moves the potential by half a cell of 0.05 mV at most.
    assert np.max(np.abs(v + 65.0)) < 0.03


def test_two_kinds_of_channels_side_by_side_are_as_one():
    chain = cable(40, 2.0)
    whole = chain.channels[0]
    halves = tuple(
        replace(whole, sites=sites, g_na_ms=whole.g_na_ms[sites], g_k_ms=whole.g_k_ms[sites])
        for sites in (slice(0, 40, 2), slice(1, 40, 2))
    )
    current = [Current(0, pulse(120, 0.025, 0.2, 0.2, 15.0))]
    v = march(chain, 120, 0.025, currents=current)
    np.testing.assert_allclose(
        march(replace(chain, channels=halves), 120, 0.025, currents=current), v
    )


# Synapses, resting states, and how a run is watched and ended.


def test_an_open_conductance_draws_the_potential_to_the_weighted_mean():
    chain = cable(1, 0.1, passive_g=0.5)
    own = chain.passive_ms[0]
    v = march(chain, 4000, 0.05, conductances=[Conductance(0, np.full(4000, 3.0 * own), -5.0)])
    assert v[-1, 0] == pytest.approx((-65.0 - 3.0 * 5.0) / 4.0, rel=1e-4)


def test_a_conductance_that_opens_at_once_does_not_make_the_potential_ring():
    # One compartment: V = E + (rest - E) exp(-t/tau), tau = C/(g + own). At 25 tau in a step a
    # plain Crank-Nicolson step would swing to and fro by almost the whole way.
    chain = cable(1, 0.1, passive_g=0.5)
    ms = np.full(60, 1000.0 * chain.capacitance_uf[0])
    v = march(chain, 60, 0.05, conductances=[Conductance(0, ms, 0.0)])[:, 0]
    steady_mv = -65.0 * 0.5 / 1000.5
    assert v.max() < 1.0
    assert np.max(np.abs(v[3:] - steady_mv)) < 1.0


def test_an_uneven_cable_stays_in_the_resting_state_that_is_found_for_it():
    chain = cable(40, 2.0)
    channels = chain.channels[0]
    blocked = replace(channels, g_na_ms=channels.g_na_ms * np.linspace(0.0, 1.0, 40))
    chain = replace(chain, channels=(blocked,))
    rest_mv = resting_state(chain)
    assert np.ptp(rest_mv) > 0.2
    v = march(chain, 800, 0.025, rest_mv=rest_mv)
    assert np.max(np.abs(v - rest_mv)) < 0.05


@pytest.mark.parametrize(
    "changes",
    [
        Changes(),
        Changes(lidocaine_um=200.0),
        Changes(lasting_na=0.3),
        Changes(e_k_shift_mv=-10.0, frozen_m=0.2),
        Changes(m_shift_mv=5.0, h_shift_mv=-7.0, n_shift_mv=3.0),
    ],
)
def test_an_even_cable_rests_where_a_patch_of_its_membrane_does(changes):
    # The patch's steady current is brought to zero by bisection, with exact rates.
    rest_mv = resting_state(cable(20, 1.0, changes=changes))
    np.testing.assert_allclose(rest_mv, alter(SQUID, changes).resting_potential(), atol=1e-3)


def test_a_run_until_rest_is_the_long_run_cut_where_nothing_is_left():
    chain, currents = cable(40, 2.0), [Current(0, pulse(1200, 0.025, 0.2, 0.2, 15.0))]
    long = march(chain, 1200, 0.025, currents=currents)
    short = march(chain, 1200, 0.025, currents=currents, until_rest=True)
    assert 200 < len(short) < 1000
    np.testing.assert_array_equal(short, long[: len(short)])
    assert np.max(np.abs(long[len(short) :] - long[0])) < 1.0


def test_a_run_until_rest_awaits_the_last_stimulus():
    late = [Current(0, pulse(1200, 0.025, t, 0.2, 15.0)) for t in (0.2, 25.0)]
    v = march(cable(40, 2.0), 1200, 0.025, currents=late, until_rest=True)
    assert v[1000:].max() > 0.0


def test_a_run_until_rest_goes_on_where_nothing_was_put_in():
    assert len(march(cable(40, 2.0), 400, 0.025, until_rest=True)) == 401


def test_a_run_ends_when_it_is_told_to():
    v = march(cable(40, 2.0), 400, 0.025, ends_early=lambda v: True)
    assert len(v) == 2


def test_progress_is_told_in_rising_shares_and_can_stop_the_run():
    told = []
    march(cable(40, 2.0), 100, 0.025, progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(set(told)) == 6

    def stop(share):
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        march(cable(40, 2.0), 100, 0.025, progress=stop)


def test_a_current_beyond_all_reason_leaves_finite_numbers():
    current = [Current(0, pulse(400, 0.025, 0.2, 0.2, 1e7))]
    v = march(cable(40, 2.0), 400, 0.025, currents=current)
    assert np.all(np.isfinite(v))


def test_a_matrix_that_cannot_be_solved_is_reported():
    chain = cable(4, 0.2, passive_g=0.5)
    with pytest.raises(ArithmeticError, match="not positive definite"):
        march(replace(chain, passive_ms=-1e6 * chain.passive_ms), 1, 0.025, rest_mv=np.zeros(4))
