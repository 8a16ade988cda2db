"""The kernel against an independent solution of the same equations.

The equations are written out here once more, from Hodgkin & Huxley 1952 (J Physiol 117:500, in
the paper's own sign: depolarisation negative) and from the formulas printed with the textbook
fit, and solved by LSODA to a relative tolerance of 1e-10, piece by piece between the edges of
the pulses.
"""

from itertools import pairwise
from math import ceil, exp, floor

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from simulator import SQUID, TEXTBOOK, Changes, Pulse, measure, paired_pulse, run, threshold

#: Fine samples for a peak time; every step that is tried is a whole multiple of it.
FINE_MS = 0.0025


def _squid_rates(voltage_mv):
    v = -(voltage_mv + 65.0)
    return (
        0.1 * (v + 25.0) / (exp((v + 25.0) / 10.0) - 1.0),
        4.0 * exp(v / 18.0),
        0.07 * exp(v / 20.0),
        1.0 / (exp((v + 30.0) / 10.0) + 1.0),
        0.01 * (v + 10.0) / (exp((v + 10.0) / 10.0) - 1.0),
        0.125 * exp(v / 80.0),
    )


def _textbook_rates(voltage_mv):
    v = voltage_mv + 67.2
    return (
        0.32 * (v - 13.0) / (1.0 - exp(-(v - 13.0) / 4.0)),
        0.28 * (v - 40.0) / (exp((v - 40.0) / 5.0) - 1.0),
        1.12 * 0.128 * exp(-(v - 17.0) / 18.0),
        1.12 * 4.0 / (1.0 + exp(-(v - 40.0) / 5.0)),
        0.82 * 0.032 * (v - 15.0) / (1.0 - exp(-(v - 15.0) / 5.0)),
        0.82 * 0.5 * exp(-(v - 10.0) / 40.0),
    )


class Reference:
    """A membrane of 1 uF/cm2: published leak, with changes as plain numbers."""

    def __init__(self, rates, na, k, leak, speed=1.0, na_left=1.0, k_left=1.0, extra=0.0):
        self.rates, self.speed = rates, speed
        (self.g_na, self.e_na), (self.g_k, self.e_k), (self.g_leak, self.e_leak) = na, k, leak
        self.na_left, self.k_left, self.extra, self.k_fixed = na_left, 1.0, 0.0, 0.0
        self.normal_rest_mv = self.rest()
        n = self.steady(self.normal_rest_mv)[2]
        self.k_left, self.k_fixed, self.extra = k_left, self.g_k * (1.0 - k_left) * n**4, extra

    def steady(self, v):
        a_m, b_m, a_h, b_h, a_n, b_n = self.rates(v)
        return a_m / (a_m + b_m), a_h / (a_h + b_h), a_n / (a_n + b_n)

    def currents(self, v, m, h, n):
        return (
            self.na_left * self.g_na * m**3 * h * (v - self.e_na),
            (self.k_left * self.g_k * n**4 + self.k_fixed) * (v - self.e_k),
            self.g_leak * (v - self.e_leak) + self.extra,
        )

    def rest(self):
        return brentq(lambda v: sum(self.currents(v, *self.steady(v))), -79.9, -55.1, xtol=1e-12)

    def slopes(self, state, injected):
        v, m, h, n = state
        a_m, b_m, a_h, b_h, a_n, b_n = self.rates(v)
        return (
            injected - sum(self.currents(v, m, h, n)),
            self.speed * (a_m * (1.0 - m) - b_m * m),
            self.speed * (a_h * (1.0 - h) - b_h * h),
            self.speed * (a_n * (1.0 - n) - b_n * n),
        )

    def solve(self, pulses, duration_ms, dt_ms=FINE_MS):
        """V, m, h and n, shape (4, N), at samples `dt_ms` apart."""
        rest = self.rest()
        state = np.array([rest, *self.steady(rest)])
        edges = {0.0, duration_ms, *(p.start_ms for p in pulses), *(p.end_ms for p in pulses)}
        edges = sorted(edge for edge in edges if edge <= duration_ms)
        samples = np.empty((4, round(duration_ms / dt_ms) + 1))
        for start, end in pairwise(edges):
            on = sum(p.amplitude_ua_cm2 for p in pulses if p.start_ms <= start and p.end_ms >= end)
            piece = solve_ivp(
                lambda _, state, on=on: self.slopes(state, on),
                (start, end),
                state,
                method="LSODA",
                rtol=1e-10,
                atol=1e-10,
                dense_output=True,
            )
            first, last = ceil(start / dt_ms - 1e-9), floor(end / dt_ms + 1e-9)
            times = np.clip(np.arange(first, last + 1) * dt_ms, start, end)
            samples[:, first : last + 1] = piece.sol(times)
            state = piece.y[:, -1]
        return samples


def _squid(e_na=50.0, e_k=-77.0, **changed):
    return Reference(_squid_rates, (120.0, e_na), (36.0, e_k), (0.3, -54.387), **changed)


def _textbook(e_na=50.0, e_k=-90.0, **changed):
    return Reference(_textbook_rates, (17.5, e_na), (12.0, e_k), (0.23, -70.0), **changed)


#: Preparation, its reference, and a pulse of about 1.2, 1.5 and 2 x threshold (or a long one).
CASES = {
    "textbook 1.2": (TEXTBOOK, _textbook, Pulse(1.0, 0.5, 37.9)),
    "textbook 1.5": (TEXTBOOK, _textbook, Pulse(1.0, 0.5, 47.3)),
    "textbook 2": (TEXTBOOK, _textbook, Pulse(1.0, 0.5, 63.1)),
    "squid 1.2": (SQUID, _squid, Pulse(1.0, 0.5, 15.9)),
    "squid 1.5": (SQUID, _squid, Pulse(1.0, 0.5, 19.9)),
    "squid 2": (SQUID, _squid, Pulse(1.0, 0.5, 26.5)),
}
in_each_case = pytest.mark.parametrize(
    ("preparation", "membrane", "pulse"), CASES.values(), ids=CASES
)


@pytest.fixture(scope="module")
def solution():
    """V, m, h and n of each case over 20 ms, solved once."""
    solved = {}

    def solve(membrane, pulse):
        key = (membrane, pulse)
        if key not in solved:
            solved[key] = membrane().solve([pulse], 20.0)
        return solved[key]

    return solve


def _peak_ms(voltage, dt_ms):
    """Time of the peak, by a parabola through the three samples around it."""
    i = int(np.argmax(voltage))
    a, b, c = voltage[i - 1 : i + 2]
    return (i + (a - c) / (2.0 * (a - 2.0 * b + c))) * dt_ms


@in_each_case
def test_voltage_and_peak_time_follow_the_solution(preparation, membrane, pulse, solution):
    trace = run(preparation, [pulse], dt_ms=0.01, exact=True)
    exact = solution(membrane, pulse)[0]
    error = trace.numpy("voltage_mv") - exact[:: round(0.01 / FINE_MS)]
    assert np.sqrt(np.mean(error**2)) < 0.03
    assert np.abs(error).max() < 0.2
    assert measure(trace)["peak_ms"] == pytest.approx(_peak_ms(exact, FINE_MS), abs=0.002)
    assert measure(trace)["peak_mv"] == pytest.approx(exact.max(), abs=0.02)


@in_each_case
def test_the_error_falls_fourfold_when_the_step_is_halved(preparation, membrane, pulse, solution):
    exact = solution(membrane, pulse)[0]
    errors = []
    for dt_ms in (0.02, 0.01, 0.005):
        trace = run(preparation, [pulse], dt_ms=dt_ms, exact=True)
        error = trace.numpy("voltage_mv") - exact[:: round(dt_ms / FINE_MS)]
        errors.append(np.sqrt(np.mean(error**2)))
    assert errors[0] / errors[1] == pytest.approx(4.0, abs=0.2)
    assert errors[1] / errors[2] == pytest.approx(4.0, abs=0.2)


@in_each_case
def test_the_rate_table_moves_a_peak_by_less_than_0_002_ms(preparation, membrane, pulse, solution):
    exact_ms = measure(run(preparation, [pulse], dt_ms=0.01, exact=True))["peak_ms"]
    table_ms = measure(run(preparation, [pulse], dt_ms=0.01))["peak_ms"]
    assert table_ms == pytest.approx(exact_ms, abs=0.002)
    assert table_ms == pytest.approx(_peak_ms(solution(membrane, pulse)[0], FINE_MS), abs=0.002)


@in_each_case
def test_gates_belong_to_the_same_moment_as_the_voltage(preparation, membrane, pulse, solution):
    # Half a step late, m would be off by 0.010 (squid) to 0.016 (textbook).
    trace = run(preparation, [pulse], dt_ms=0.01, exact=True)
    exact = solution(membrane, pulse)[:, :: round(0.01 / FINE_MS)]
    for row, gate in enumerate(("m", "h", "n"), start=1):
        assert np.abs(trace.numpy(gate) - exact[row])[:-1].max() < 0.003


@in_each_case
def test_currents_are_those_of_the_solution(preparation, membrane, pulse, solution):
    trace = run(preparation, [pulse], dt_ms=0.005, exact=True)
    exact = solution(membrane, pulse)[:, :: round(0.005 / FINE_MS)]
    sodium, potassium, leak = membrane().currents(*exact)
    ours = {name: trace.numpy(name) for name in ("i_na", "i_k", "i_leak", "i_pump")}
    for found, right in (
        (ours["i_na"], sodium),
        (ours["i_k"], potassium),
        (ours["i_leak"] + ours["i_pump"], leak),
    ):
        assert np.abs(found - right)[:-1].max() < 0.005 * np.abs(right).max()


def test_pulses_that_overlap_add_up():
    pulses = [Pulse(1.0, 1.0, 10.0), Pulse(1.505, 0.5, 12.0), Pulse(8.0, 2.0, -5.0)]
    trace = run(SQUID, pulses, dt_ms=0.01, exact=True)
    error = trace.numpy("voltage_mv") - _squid().solve(pulses, 20.0, 0.01)[0]
    assert np.abs(error).max() < 0.2


ALTERED = {
    "18.5 degrees": (
        SQUID,
        Changes(temperature_c=18.5),
        lambda: _squid(speed=3.0 ** ((18.5 - 6.3) / 10.0)),
        30.0,
    ),
    "a fifth of Na channels blocked": (
        SQUID,
        Changes(na_block=0.2),
        lambda: _squid(na_left=0.8),
        20.0,
    ),
    "half of the K rise blocked": (SQUID, Changes(k_block=0.5), lambda: _squid(k_left=0.5), 20.0),
    "squid without pump": (SQUID, Changes(pump=0.0), lambda: _squid(extra=-1.0), 20.0),
    "E_Na lower": (SQUID, Changes(e_na_shift_mv=-12.0), lambda: _squid(e_na=38.0), 20.0),
    "E_K higher": (SQUID, Changes(e_k_shift_mv=5.0), lambda: _squid(e_k=-72.0), 20.0),
    "textbook K rise blocked": (
        TEXTBOOK,
        Changes(k_block=0.7),
        lambda: _textbook(k_left=0.3),
        47.3,
    ),
    "textbook without pump": (TEXTBOOK, Changes(pump=0.0), lambda: _textbook(extra=-0.5), 47.3),
}


@pytest.mark.parametrize(
    ("preparation", "changes", "membrane", "amplitude"), ALTERED.values(), ids=ALTERED
)
def test_changes_alter_the_equations_as_their_names_say(preparation, changes, membrane, amplitude):
    pulse = Pulse(1.0, 0.5, amplitude)
    trace = run(preparation, [pulse], changes, dt_ms=0.005, exact=True)
    exact = membrane().solve([pulse], 20.0, 0.005)[0]
    assert trace.at("voltage_mv", 0.0) == pytest.approx(exact[0], abs=1e-6)
    assert np.abs(trace.numpy("voltage_mv") - exact).max() < 0.1
    assert exact.max() > 0.0


@pytest.mark.parametrize(
    ("preparation", "membrane"),
    [(TEXTBOOK, _textbook), (SQUID, _squid)],
    ids=["textbook", "squid"],
)
@pytest.mark.parametrize("pulse_ms", [0.1, 0.5, 5.0])
def test_the_threshold_divides_firing_from_failing_in_the_solution(
    preparation, membrane, pulse_ms
):
    found = threshold(preparation, pulse_ms)
    below, above = (
        membrane().solve(
            [Pulse(0.0, pulse_ms, share * found.amplitude_ua_cm2)], pulse_ms + 15.0, 0.01
        )[0]
        for share in (0.999, 1.001)
    )
    assert below.max() < -20.0 < above.max()
    end = round(pulse_ms / 0.01)
    assert below[end] < found.threshold_mv < above[end]


@pytest.mark.parametrize(
    ("preparation", "membrane"),
    [(TEXTBOOK, _textbook), (SQUID, _squid)],
    ids=["textbook", "squid"],
)
def test_the_relative_refractory_period_ends_where_it_does_in_the_solution(
    preparation, membrane, shock
):
    # 0.3 ms earlier 1.05 x threshold is not enough for a second spike, 0.3 ms later it is.
    end_ms = preparation.refractory.relative_ms
    fired = []
    for interval_ms in (end_ms - 0.3, end_ms + 0.3):
        pulses = [shock(preparation, 1.5, 0.0), shock(preparation, 1.05, interval_ms)]
        voltage = membrane().solve(pulses, interval_ms + 15.0, 0.01)[0]
        fired.append(voltage[round(interval_ms / 0.01) :].max() > -20.0)
    assert fired == [False, True]


@pytest.mark.parametrize("interval_ms", [7.0, 10.0])
def test_a_second_pulse_needs_as_much_as_in_the_solution(interval_ms, shock):
    multiple = paired_pulse(SQUID, interval_ms)
    fired = []
    for share in (0.97, 1.01):
        pulses = [shock(SQUID, 1.5, 0.0), shock(SQUID, multiple * share, interval_ms)]
        voltage = _squid().solve(pulses, interval_ms + 15.0, 0.01)[0]
        fired.append(voltage[round(interval_ms / 0.01) :].max() > -20.0)
    assert fired == [False, True]


@pytest.mark.parametrize(("amplitude", "lasting"), [(6.0, False), (7.0, True), (10.0, True)])
def test_a_sustained_current_gives_the_same_spikes_at_the_same_times(amplitude, lasting):
    # The squid axon fires on only above a critical current (Rinzel 1978, Fed Proc 37:2793).
    pulse = Pulse(1.0, 119.0, amplitude)
    trace = run(SQUID, [pulse], duration_ms=120.0, dt_ms=0.01, exact=True)
    exact = _squid().solve([pulse], 120.0, 0.01)[0]
    ours, theirs = (
        np.flatnonzero((v[:-1] < -20.0) & (v[1:] >= -20.0)) * 0.01
        for v in (trace.numpy("voltage_mv"), exact)
    )
    assert ours == pytest.approx(theirs, abs=0.03)
    assert measure(trace)["spike_count"] == len(theirs)
    assert bool(theirs[-1] > 100.0) == lasting
