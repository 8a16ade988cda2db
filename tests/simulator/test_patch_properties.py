"""What holds for any patch, whatever is set: finite traces, whole shares, charge that adds up."""

from functools import cache
from math import inf, isfinite, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import (
    CHANGES,
    CORTICAL,
    PREPARATIONS,
    SQUID,
    TEXTBOOK,
    Changes,
    Pulse,
    measure,
    run,
    threshold,
)
from simulator.altered import alter, bath_temperature, is_stable
from simulator.measurements import find_spikes, measure_ions
from simulator.membrane import RECEPTOR
from simulator.stimulus import (
    AMPLITUDE,
    CONDUCTANCE,
    DECAY,
    DURATION,
    END_AMPLITUDE,
    INTERVAL,
    PRESSURE,
    REVERSAL,
    START,
    Pressure,
    Ramp,
    Step,
    SynapticEvent,
    Train,
)
from simulator.voltage_clamp import ClampStep, clamp

quick = settings(max_examples=60, derandomize=True)
in_each = pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
RUN_MS = 12.0


def _range(preparation, name):
    """What may be set of a change in a preparation."""
    quantity = CHANGES[name]
    if name == "temperature_c":
        return preparation.temperature_range_c
    return quantity.low, quantity.high


def _whole(trace, columns=None):
    """Check what is true of every trace."""
    for name in columns or trace.columns:
        values = trace.numpy(name)
        assert len(values) == len(trace)
        assert np.isfinite(values).all(), name
    for name in ("m", "h", "n", "lidocaine", "na_blocked", "na_open", "na_closed"):
        values = trace.numpy(name)
        assert values.min() >= -1e-12, name
        assert values.max() <= 1.0 + 1e-12, name
    states = sum(trace.numpy(name) for name in ("na_open", "na_closed", "na_inactivated"))
    assert states == pytest.approx(1.0, abs=1e-9)
    assert all(isfinite(value) for value in measure(trace).values())
    assert all(isfinite(value) for value in measure_ions(trace).values())


def _size(quantity):
    low = quantity.low + (1e-6 if quantity.minimum_excluded else 0.0)
    return st.one_of(
        st.floats(low, quantity.high), st.sampled_from((low, quantity.default, quantity.high))
    )


#: Onsets within the run mostly, or anywhere.
onset = st.one_of(st.floats(0.0, RUN_MS), _size(START))
stimuli_for_all = st.one_of(
    st.builds(Pulse, onset, _size(DURATION), _size(AMPLITUDE)),
    st.builds(Ramp, onset, _size(DURATION), _size(AMPLITUDE), _size(END_AMPLITUDE)),
    st.builds(Step, onset, _size(AMPLITUDE)),
    st.builds(SynapticEvent, onset, _size(CONDUCTANCE), _size(DECAY), _size(REVERSAL)),
    st.builds(
        Train,
        st.floats(0.0, RUN_MS),
        st.floats(1e-6, 2.5),
        _size(AMPLITUDE),
        st.floats(1e-6, 1.9),
        st.floats(1.0, 1000.0),
    ),
)
pressures = st.builds(Pressure, onset, _size(DURATION), _size(PRESSURE))


@st.composite
def changes_of(draw, preparation):
    names = draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=6))
    values = {}
    for name in names:
        low, high = _range(preparation, name)
        values[name] = draw(st.one_of(st.floats(low, high), st.sampled_from((low, high))))
    return Changes(**values)


@in_each
@pytest.mark.parametrize("name", CHANGES)
def test_either_end_of_a_change_gives_a_whole_trace(preparation, name):
    for value in _range(preparation, name):
        changes = Changes(**{name: value})
        for onset_ms in (0.0, 3.0):
            trace = run(
                preparation,
                [Pulse(4.0, 0.5, 60.0)],
                changes,
                duration_ms=RUN_MS,
                dt_ms=0.025,
                changes_from_ms=onset_ms,
            )
            _whole(trace)


@in_each
@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize("stimulus", [-200.0, 2000.0])
def test_all_changes_at_one_end_give_a_whole_trace(preparation, end, frozen, stimulus):
    values = {
        name: _range(preparation, name)[end]
        for name in CHANGES
        if frozen or not name.startswith("frozen")
    }
    for dt_ms in (0.01, 0.05):
        _whole(
            run(
                preparation,
                [Pulse(2.0, 8.0, stimulus)],
                Changes(**values),
                duration_ms=RUN_MS,
                dt_ms=dt_ms,
            )
        )


@in_each
def test_anything_set_together_gives_a_whole_trace(preparation):
    feels = preparation.transducer is not None
    driven = st.one_of(stimuli_for_all, pressures) if feels else stimuli_for_all

    @quick
    @given(
        changes_of(preparation),
        st.lists(driven, max_size=3),
        st.sampled_from((0.01, 0.05)),
        st.sampled_from((0.0, 5.0)),
        st.booleans(),
    )
    def anything(changes, stimuli, dt_ms, onset_ms, exact):
        try:
            trace = run(
                preparation,
                stimuli,
                changes,
                duration_ms=RUN_MS,
                dt_ms=dt_ms,
                changes_from_ms=onset_ms,
                exact=exact,
            )
        except ValueError as refused:
            # Only currents that overlap can be too much.
            assert str(refused).startswith("the sum of amplitude_ua_cm2 is ")  # noqa: PT017
            return
        _whole(trace)

    anything()


@in_each
def test_anything_under_clamp_gives_a_whole_trace(preparation):
    levels = st.floats(-150.0, 150.0)

    @quick
    @given(changes_of(preparation), levels, levels, st.floats(1e-3, 20.0))
    def anything(changes, holding_mv, level_mv, length_ms):
        step = ClampStep(2.0, length_ms, level_mv)
        trace = clamp(
            preparation, [step], changes, holding_mv=holding_mv, duration_ms=RUN_MS, dt_ms=0.025
        )
        _whole(trace)
        assert all(isfinite(value) for value in trace.measure().values())

    anything()


def test_a_membrane_rests_on_k_channels_where_its_leak_and_so_its_pump_are_gone():
    gone = Changes(leak_block=1.0, n_shift_mv=-22.0)
    assert alter(SQUID, gone).resting_potential() == pytest.approx(-77.0, abs=0.1)


@in_each
def test_a_resting_potential_is_one_where_no_current_flows(preparation):
    @quick
    @given(changes_of(preparation))
    def anything(changes):
        membrane = alter(preparation, changes)
        rest_mv = membrane.resting_potential()
        # No current but a pump's can lead beyond what the ions would do alone.
        ends_mv = [membrane.e_na_mv, membrane.e_k_mv, preparation.e_leak_mv]
        if membrane.g_leak:
            ends_mv.append(-membrane.background_ua_cm2 / membrane.g_leak)
        assert min(ends_mv) - 1e-6 <= rest_mv <= max(ends_mv) + 1e-6
        assert membrane.steady_current(rest_mv) == pytest.approx(0.0, abs=1e-5)
        still = run(preparation, (), changes, duration_ms=0.1, exact=True)
        if is_stable(membrane, bath_temperature(preparation, changes)):
            assert still.voltage_mv[0] == rest_mv
            assert still.voltage_mv[1] == pytest.approx(rest_mv, abs=1e-5)
        else:
            assert still.voltage_mv[0] == pytest.approx(rest_mv + 0.1, abs=1e-9)

    anything()


def test_a_long_run_of_the_strongest_current_into_a_shut_membrane_stays_finite():
    shut = Changes(na_block=1.0, k_block=1.0, leak_block=1.0, frozen_n=0.0)
    trace = run(RECEPTOR, [Step(0.0, 2000.0)], shut, duration_ms=200.0, dt_ms=0.05)
    _whole(trace)


@pytest.mark.parametrize("name", [n for n in CHANGES if n not in ("k_out_mm", "na_out_mm")])
@pytest.mark.parametrize("value", [nan, inf, -inf, "much", True, 1e9])
def test_a_change_out_of_range_is_refused_by_name_value_and_range(name, value):
    quantity = CHANGES[name]
    with pytest.raises(ValueError, match=rf"^{name} is ") as refused:
        Changes(**{name: value})
    sentence = str(refused.value)
    assert repr(value) in sentence or f"{value:g}" in sentence
    assert sentence.endswith(quantity.range_text)


@pytest.mark.parametrize("name", ["k_out_mm", "na_out_mm"])
@pytest.mark.parametrize("value", [0.0, -1.0, nan, 1e9, "salt"])
def test_a_concentration_out_of_range_is_refused_by_name_value_and_range(name, value):
    with pytest.raises(ValueError, match=rf"^{name} is ") as refused:
        Changes(**{name: value})
    assert str(refused.value).endswith(" mM")


# --- charge ---


def _imbalance(trace):
    """What the membrane's charge lacks of what came in, as a share of all that moved."""
    voltage, dt = trace.numpy("voltage_mv"), trace.dt_ms
    ionic = trace.numpy("i_ion")
    came = np.sum(trace.numpy("stimulus_ua_cm2")[:-1]) * dt
    left = np.trapezoid(ionic, dx=dt)
    stored = trace.preparation.capacitance_uf_cm2 * (voltage[-1] - voltage[0])
    moved = np.trapezoid(np.abs(trace.numpy("i_na")), dx=dt)
    return abs(came - left - stored) / max(moved, abs(stored))


BALANCED = {
    "textbook": (TEXTBOOK, [Pulse(1.0, 0.5, 47.3)], Changes()),
    "squid": (SQUID, [Pulse(1.0, 0.5, 19.9)], Changes()),
    "warm squid": (SQUID, [Pulse(1.0, 0.5, 19.9)], Changes(temperature_c=18.5)),
    "cortical": (CORTICAL, [Pulse(1.0, 0.5, 64.0)], Changes()),
    "a ramp and a train": (
        CORTICAL,
        [Ramp(1.0, 9.0, 0.0, 3.0), Train(2.0, 0.5, 50.0, 9.0, 3)],
        Changes(),
    ),
    "a synapse": (TEXTBOOK, [SynapticEvent(1.0, 0.6, 2.0)], Changes()),
    "pressure": (RECEPTOR, [Pressure(1.0, 20.0, 40.0)], Changes()),
    "half its K": (TEXTBOOK, [Pulse(1.0, 0.5, 47.3)], Changes(k_block=0.5, pump=0.0)),
    "salt": (TEXTBOOK, [Pulse(1.0, 0.5, 47.3)], Changes(k_out_mm=5.0, na_out_mm=120.0)),
    "channel disease": (TEXTBOOK, [Pulse(1.0, 0.5, 47.3)], Changes(lasting_na=0.03)),
    "lidocaine": (SQUID, [Pulse(1.0, 0.5, 30.0)], Changes(lidocaine_um=8.0)),
}


@pytest.mark.parametrize(("preparation", "stimuli", "changes"), BALANCED.values(), ids=BALANCED)
def test_no_charge_is_lost(preparation, stimuli, changes):
    trace = run(preparation, stimuli, changes, duration_ms=30.0, dt_ms=0.005, exact=True)
    assert find_spikes(trace)
    assert _imbalance(trace) < 1e-3


@pytest.mark.parametrize(("preparation", "stimuli", "changes"), BALANCED.values(), ids=BALANCED)
def test_strides_lose_hardly_any_charge(preparation, stimuli, changes):
    assert _imbalance(run(preparation, stimuli, changes, duration_ms=30.0)) < 5e-3


# --- time, and silence ---


@cache
def _early(preparation, stimulus):
    return run(preparation, [stimulus(2.0)], duration_ms=22.0, exact=True).numpy("voltage_mv")


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID, CORTICAL], ids=lambda p: p.name)
@pytest.mark.parametrize(
    "stimulus",
    [
        lambda at: Pulse(at, 0.5, 66.0),
        lambda at: SynapticEvent(at, 1.5, 2.0),
        lambda at: Ramp(at, 4.0, 0.0, 30.0),
    ],
    ids=["pulse", "synapse", "ramp"],
)
@pytest.mark.parametrize("later_ms", [0.01, 7.3, 60.0])
def test_a_later_stimulus_gives_the_same_spike_later(preparation, stimulus, later_ms):
    early = _early(preparation, stimulus)
    late = run(
        preparation, [stimulus(2.0 + later_ms)], duration_ms=22.0 + later_ms, exact=True
    ).numpy("voltage_mv")[round(later_ms / 0.01) :]
    assert early.max() > 0.0
    assert np.abs(late - early).max() < 1e-3


@in_each
@pytest.mark.parametrize("dt_ms", [0.01, 0.05])
def test_without_a_stimulus_an_unchanged_membrane_is_silent(preparation, dt_ms):
    low, high = preparation.temperature_range_c
    for temperature_c in {low, preparation.default_c, high}:
        trace = run(
            preparation, (), Changes(temperature_c=temperature_c), duration_ms=200.0, dt_ms=dt_ms
        )
        assert np.ptp(trace.numpy("voltage_mv")) < 0.05
        assert not find_spikes(trace)


@pytest.mark.parametrize("preparation", [TEXTBOOK, SQUID, CORTICAL], ids=lambda p: p.name)
def test_a_longer_run_begins_like_a_shorter_one(preparation):
    pulse = Pulse(1.0, 0.5, 1.2 * threshold(preparation, 0.5).amplitude_ua_cm2)
    short, long = (run(preparation, [pulse], duration_ms=t) for t in (8.0, 20.0))
    assert long.voltage_mv[: len(short)] == pytest.approx(short.voltage_mv, abs=0.05)


def test_intervals_and_pulses_of_a_train_may_go_to_their_ends():
    for train in (
        Train(0.0, 2000.0, 5.0, INTERVAL.high, 1),
        Train(0.0, 1e-3, 2000.0, 2.0, 1000),
        Train(0.0, 2.0, 5.0, 2.0, 1000),
        Train(2000.0, 2000.0, 5.0, INTERVAL.high, 1000),
    ):
        _whole(run(TEXTBOOK, [train], duration_ms=50.0, dt_ms=0.05))
