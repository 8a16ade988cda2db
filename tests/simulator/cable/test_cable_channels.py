"""One compartment of the cable kernel: what its channels do, against SciPy's own solution."""

import numpy as np
import pytest
from msgspec.structs import replace
from scipy.integrate import solve_ivp

from simulator.altered import alter
from simulator.cable.channels import Channels
from simulator.cable.kernel import Chain, Current, march, resting_state
from simulator.changes import Changes
from simulator.drugs import LIDOCAINE_OFF_PER_MS, LIDOCAINE_ON_PER_MS_UM
from simulator.kinetics import hodgkin_huxley_rates
from simulator.membrane import SQUID


def point(changes, temperature_c=6.3):
    """One compartment of 1 cm2, so that uA are uA/cm2."""
    membrane = alter(SQUID, changes)
    one = np.ones(1)
    channels = Channels.of(membrane, slice(0, 1), one, temperature_c)
    return Chain(
        one * 0.0, one, one, np.empty(0), one * membrane.g_leak,
        one * membrane.background_ua_cm2, (channels,),
    )  # fmt: skip


def point_solution(chain, ua, times_ms, *, m_gates=3, lasting=0.0, lidocaine_um=0.0):
    """One compartment under a steady current from rest, by LSODA."""
    channels = chain.channels[0]
    g_na, g_k = channels.g_na_ms[0], channels.g_k_ms[0]
    off = LIDOCAINE_OFF_PER_MS

    def on_per_ms(h):
        # Half at 10 uM where h = 0, at 440 uM where h = 1: Bean, Cohen & Tsien 1983.
        return off * lidocaine_um * ((1.0 - h) / 10.0 + h / 440.0)

    def slopes(_, state):
        v, m, h, n, bound = state
        am, bm, ah, bh, an, bn = hodgkin_huxley_rates(v)
        available = (lasting + (1.0 - lasting) * h) * (1.0 - bound)
        ionic = g_na * m**m_gates * available * (v - channels.e_na_mv)
        ionic += g_k * n**4 * (v - channels.e_k_mv) + chain.passive_ms[0] * v + chain.passive_ua[0]
        return (
            (ua - ionic) / chain.capacitance_uf[0],
            am * (1.0 - m) - bm * m,
            ah * (1.0 - h) - bh * h,
            an * (1.0 - n) - bn * n,
            on_per_ms(h) * (1.0 - bound) - off * bound,
        )

    v = resting_state(chain)[0]
    am, bm, ah, bh, an, bn = hodgkin_huxley_rates(v)
    h = ah / (ah + bh)
    bound = on_per_ms(h) / (on_per_ms(h) + off)
    state = (v, am / (am + bm), h, an / (an + bn), bound)
    return solve_ivp(
        slopes, (0.0, times_ms[-1]), state, "LSODA", t_eval=times_ms, rtol=1e-9, atol=1e-10
    ).y[0]


@pytest.mark.parametrize(
    ("changes", "extra"),
    [
        (Changes(), {}),
        (Changes(lasting_na=0.03), {"lasting": 0.03}),
        (Changes(lidocaine_um=40.0), {"lidocaine_um": 40.0}),
        (Changes(lasting_na=0.02, lidocaine_um=10.0), {"lasting": 0.02, "lidocaine_um": 10.0}),
    ],
)
def test_one_compartment_follows_scipys_solution_whatever_its_na_channels_do(changes, extra):
    chain, dt_ms = point(changes), 0.005
    steps = round(8.0 / dt_ms)
    expected = point_solution(chain, 15.0, np.linspace(0.0, 8.0, steps + 1), **extra)
    v = march(chain, steps, dt_ms, currents=[Current(0, np.full(steps, 15.0))])[:, 0]
    assert expected.max() - expected[0] > 5.0
    assert np.max(np.abs(v - expected)) < 0.3


def test_na_channels_may_have_two_m_gates():
    chain, dt_ms = point(Changes()), 0.005
    # With all its Na channels such a membrane would rest depolarised.
    two = replace(
        chain.channels[0], kinetics=replace(SQUID.kinetics, m_gates=2), g_na_ms=np.array([30.0])
    )
    chain = replace(chain, channels=(two,))
    steps = round(4.0 / dt_ms)
    expected = point_solution(chain, 20.0, np.linspace(0.0, 4.0, steps + 1), m_gates=2)
    v = march(chain, steps, dt_ms, currents=[Current(0, np.full(steps, 20.0))])[:, 0]
    assert expected.max() > 0.0
    assert np.max(np.abs(v - expected)) < 0.3


def test_lidocaine_binds_as_its_rates_say_while_a_gate_is_held():
    # dB/dt = on c (1 - h + h 10/440)(1 - B) - off B at a held h: an exponential (Starmer et al.
    # 1984).
    channels = point(Changes(lidocaine_um=100.0, frozen_h=0.2)).channels[0]
    bound, h = np.zeros(1), np.array([0.2])
    for _ in range(1000):
        channels.move_bound(bound, h, 0.5)
    on = LIDOCAINE_ON_PER_MS_UM * 100.0 * (0.8 + 0.2 * 10.0 / 440.0)
    total = on + LIDOCAINE_OFF_PER_MS
    assert bound[0] == pytest.approx(on / total * (1.0 - np.exp(-500.0 * total)), rel=1e-9)


@pytest.mark.parametrize(("h", "half_um"), [(0.0, 10.0), (1.0, 440.0)])
@pytest.mark.parametrize("concentration_um", [10.0, 440.0])
def test_a_compartment_is_half_blocked_where_bean_found_it(concentration_um, h, half_um):
    # Bean, Cohen & Tsien 1983, J Gen Physiol 81:613.
    channels = point(Changes(lidocaine_um=concentration_um)).channels[0]
    bound = channels.steady_bound(np.array([h]))[0]
    assert bound == pytest.approx(concentration_um / (concentration_um + half_um), rel=1e-9)


def test_a_gate_that_is_held_stays():
    chain = point(Changes(frozen_n=0.7))
    v = march(chain, 4000, 0.025)[-1, 0]
    m, h, _ = SQUID.kinetics.steady(v)
    current = 120.0 * m**3 * h * (v - 50.0) + 36.0 * 0.7**4 * (v + 77.0) + 0.3 * (v + 54.387)
    assert current == pytest.approx(0.0, abs=0.05)
