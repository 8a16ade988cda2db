"""Runs of a patch: a passive membrane against its formulas, and where pieces of a run meet.

A membrane without Na channels and with its K channels held is linear, and its response is
written down.
"""

import numpy as np
import pytest
from scipy.integrate import odeint

from simulator import CORTICAL, SQUID, TEXTBOOK, Changes, Pulse, run
from simulator.measurements import find_spikes
from simulator.membrane import RECEPTOR
from simulator.stimulus import Pressure, Ramp, Step, SynapticEvent, Train


def _top_ms(voltage, dt_ms):
    """Time of the highest sample, refined by a parabola."""
    i = int(np.argmax(voltage))
    a, b, c = voltage[i - 1 : i + 2]
    return (i + (a - c) / (2.0 * (a - 2.0 * b + c))) * dt_ms


# --- a membrane that is only a resistor and a capacitor ---

QUIET = Changes(na_block=1.0, frozen_n=0.0)


@pytest.mark.parametrize("exact", [True, False])
def test_a_ramp_into_a_passive_membrane_is_followed_with_a_lag_of_one_time_constant(exact):
    ramp = Ramp(2.0, 15.0, 0.0, 6.0)
    trace = run(TEXTBOOK, [ramp], QUIET, duration_ms=17.0, exact=exact)
    conductance, slope, tau_ms = 0.23, 6.0 / 15.0, 1.0 / 0.23
    since = np.maximum(0.0, np.arange(len(trace)) * 0.01 - 2.0)
    lag = tau_ms * (1.0 - np.exp(-since / tau_ms))
    expected = -70.0 + slope / conductance * (since - lag)
    # The mean of a piece of 0.1 ms is ahead of the ramp in its first half and behind it in its
    # second: the potential by at most slope x 0.1^2 ms2 / 8 C, and by nothing at its end.
    ahead_mv = 0.0 if exact else slope * 0.1**2 / 8.0
    assert trace.numpy("voltage_mv") == pytest.approx(expected, abs=ahead_mv + 1e-4)


@pytest.mark.parametrize("dt_ms", [0.01, 0.05])
def test_a_ramp_of_2000_ms_is_taken_in_long_strides_to_where_it_leads(dt_ms):
    ramp = Ramp(0.0, 2000.0, 0.0, 1.5)
    whole = run(CORTICAL, [ramp], QUIET, duration_ms=2000.0, dt_ms=dt_ms)
    # Far behind its beginning the lag is one time constant of 10 ms: -70 mV + 15 (1 - 10/2000).
    assert whole.voltage_mv[-1] == pytest.approx(-55.075, abs=1e-3)
    assert max(np.diff(whole.numpy("stimulus_ua_cm2")[:-1])) < 1e-4


def test_a_step_into_a_passive_membrane_charges_it_by_one_exponential():
    trace = run(CORTICAL, [Step(1.0, 1.5)], QUIET, duration_ms=60.0)
    since = np.maximum(0.0, np.arange(len(trace)) * 0.01 - 1.0)
    expected = -70.0 + 15.0 * (1.0 - np.exp(-since / 10.0))
    assert trace.numpy("voltage_mv") == pytest.approx(expected, abs=0.01)
    every_step = run(CORTICAL, [Step(1.0, 1.5)], QUIET, duration_ms=60.0, exact=True)
    assert every_step.numpy("voltage_mv") == pytest.approx(expected, abs=1e-5)


def test_one_nanosiemens_onto_a_cell_of_100_pf_and_10_ns_gives_an_epsp_of_0_93_mv_at_4_ms():
    # 1 nS, 100 pF and 10 nS are 0.01 mS/cm2, 1 uF/cm2 and 0.1 mS/cm2 on 1e-4 cm2.
    trace = run(CORTICAL, [SynapticEvent(0.0, 0.01, 2.0, 0.0)], QUIET, duration_ms=30.0)
    voltage = trace.numpy("voltage_mv")
    assert voltage.max() + 70.0 == pytest.approx(0.93, abs=0.01)
    assert voltage.argmax() * 0.01 == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("preparation", [SQUID, TEXTBOOK, CORTICAL, RECEPTOR])
def test_a_picocoulomb_on_100_picofarad_is_10_mv(preparation):
    # 1 pC on 1e-4 cm2 is 10 nC/cm2; every conductance is shut.
    shut = Changes(na_block=1.0, frozen_n=0.0, leak_block=1.0, pump=0.0)
    trace = run(preparation, [Pulse(5.0, 0.5, 20.0)], shut, duration_ms=300.0)
    assert trace.voltage_mv[-1] - trace.voltage_mv[0] == pytest.approx(10.0, abs=1e-6)


# --- pieces, switches and ends ---


BRIEF = {
    "a step of its own": lambda at: Pulse(at, 0.01, 1500.0),
    "less than a step": lambda at: Pulse(at + 0.0037, 0.002, 1500.0),
    "a pulse": lambda at: Pulse(at, 0.5, 40.0),
    "a synaptic event": lambda at: SynapticEvent(at, 20.0, 0.02),
    "two sorts": lambda at: Train(at, 0.004, 1000.0, 0.1, 3),
}


@pytest.mark.parametrize("stimulus", BRIEF.values(), ids=BRIEF)
@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID, CORTICAL])
def test_a_brief_stimulus_after_a_long_rest_does_what_it_does_at_once(preparation, stimulus):
    early = run(preparation, [stimulus(1.0)], duration_ms=10.0).numpy("voltage_mv")
    late = run(preparation, [stimulus(301.0)], duration_ms=310.0).numpy("voltage_mv")[30_000:]
    # The rate table moves a long rest by less than half a cell.
    assert early.max() - early[0] > 2.0
    assert np.sqrt(np.mean((late - early) ** 2)) < 0.1
    assert late.max() == pytest.approx(early.max(), abs=0.05)


@pytest.mark.parametrize("rest_ms", [0.03, 0.17, 1.0, 90.0])
def test_a_pump_switched_off_lets_go_of_its_current_at_its_sample(rest_ms):
    trace = run(
        TEXTBOOK, (), Changes(pump=0.0), duration_ms=100.0, changes_from_ms=rest_ms, exact=True
    )
    switch = round(rest_ms / 0.01)
    before, after = trace.voltage_mv[: switch + 1], trace.voltage_mv[switch + 1]
    assert max(before) - min(before) < 1e-6
    # 0.5 uA/cm2 outward is lost: 0.5 mV/ms, less the little that the leak takes in a step.
    assert after - before[-1] == pytest.approx(0.005, rel=0.01)


@pytest.mark.parametrize(
    "changes",
    [
        Changes(m_shift_mv=-10.0),
        Changes(n_shift_mv=20.0),
        Changes(frozen_n=0.0),
    ],
    ids=["m", "n", "frozen"],
)
@pytest.mark.parametrize("dt_ms", [0.01, 0.04])
def test_changed_gates_act_from_their_sample_on_after_a_long_rest(changes, dt_ms):
    given = {"duration_ms": 45.0, "changes_from_ms": 30.0}
    fine = run(SQUID, (), changes, dt_ms=0.0005, exact=True, **given)
    trace = run(SQUID, (), changes, dt_ms=dt_ms, **given)
    # Half a step is left to chance: the gates live half a step off the samples.
    assert _top_ms(trace.voltage_mv, dt_ms) == pytest.approx(
        _top_ms(fine.voltage_mv, 0.0005), abs=dt_ms / 2.0 + 0.003
    )


@pytest.mark.parametrize("exact", [True, False])
def test_a_run_ends_soon_after_it_is_told_to(exact):
    pulse = Pulse(1.0, 0.5, 60.0)
    whole = run(TEXTBOOK, [pulse], exact=exact)
    passed = next(i for i, v in enumerate(whole.voltage_mv) if v > -20.0)
    part = run(TEXTBOOK, [pulse], exact=exact, ends_early=lambda v: max(v) > -20.0)
    assert passed < len(part) <= passed + 22
    assert part.voltage_mv == pytest.approx(whole.voltage_mv[: len(part)], abs=1e-5)
    assert find_spikes(whole)


def test_a_run_that_is_never_told_to_end_goes_on_to_its_end():
    assert len(run(TEXTBOOK, duration_ms=7.0, ends_early=lambda _: False)) == 701


def test_pressure_on_an_ending_opens_its_channels_as_they_are_described():
    # 30 kPa opens half of 0.3 mS/cm2; all but the leak is shut, so V follows one linear equation.
    trace = run(RECEPTOR, [Pressure(2.0, 20.0, 30.0)], QUIET, duration_ms=40.0)
    times = np.arange(len(trace)) * 0.01
    held = 0.15 * (1.0 - np.exp(-(times - 2.0))) * (0.5 + 0.5 * np.exp(-(times - 2.0) / 30.0))
    at_end = 0.15 * (1.0 - np.exp(-20.0)) * (0.5 + 0.5 * np.exp(-20.0 / 30.0))
    opened = np.where(times < 2.0, 0.0, np.where(times < 22.0, held, 0.0))
    opened = np.where(times >= 22.0, at_end * np.exp(-(times - 22.0)), opened)

    def slope(v, t):
        return -0.1 * (v + 70.0) - np.interp(t, times, opened) * v

    expected = odeint(slope, -70.0, times, rtol=1e-8, atol=1e-8, hmax=0.1)[:, 0]
    assert trace.numpy("voltage_mv") == pytest.approx(expected, abs=0.02)
