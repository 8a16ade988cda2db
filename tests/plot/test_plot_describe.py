"""A run in a sentence, and the read-out at the cursor."""

from __future__ import annotations

import pytest

from simulator import SQUID, TEXTBOOK, Changes, Pulse, measure, run
from tutor.course.names import PREPARATION_NAMES, columns_of
from tutor.plot.describe import SYMBOLS, describe, value_text

PULSE = Pulse(start_ms=1.0, duration_ms=0.5, amplitude_ua_cm2=47.34)


def test_a_spike_is_told_from_rest_to_undershoot(textbook):
    m = measure(textbook)
    assert describe(textbook) == (
        f"The potential rests at {m['rest_mv']:+.1f} mV, is pushed to "
        f"{m['stimulus_end_mv']:+.1f} mV by a 0.5 ms pulse at 1 ms, rises to a peak of "
        f"{m['peak_mv']:+.1f} mV at {m['peak_ms']:.2f} ms, falls back past rest at "
        f"{m['recross_ms']:.2f} ms and undershoots to {m['undershoot_mv']:+.1f} mV."
    )


def test_the_textbook_sentence_has_the_textbook_numbers(textbook):
    sentence = describe(textbook)
    for text in ("-70.0 mV", "-46.8 mV", "+30.0 mV at 2.07 ms", "-77.5 mV"):
        assert text in sentence


def test_a_cell_left_alone_stays_at_rest():
    trace = run(TEXTBOOK)
    assert describe(trace) == (
        "The potential rests at -70.0 mV without a stimulus and stays there to the end at 20 ms."
    )
    zero = run(TEXTBOOK, [Pulse(1.0, 0.5, 0.0)])
    assert describe(zero) == describe(trace)
    late = run(TEXTBOOK, [Pulse(30.0, 0.5, 60.0)])
    assert describe(late) == describe(trace)


def test_a_cell_that_drifts_is_said_to_drift():
    trace = run(TEXTBOOK, changes=Changes(pump=0.0), changes_from_ms=2.0)
    end_mv = measure(trace)["end_mv"]
    assert describe(trace).endswith(f"and drifts without a spike to {end_mv:+.1f} mV at 20 ms.")


def test_a_pulse_below_threshold_fires_no_spike():
    trace = run(TEXTBOOK, [Pulse(1.0, 0.5, 20.0)])
    m = measure(trace)
    assert describe(trace) == (
        f"The potential rests at -70.0 mV, is pushed to {m['stimulus_end_mv']:+.1f} mV by a "
        f"0.5 ms pulse at 1 ms, fires no spike and is at {m['end_mv']:+.1f} mV when the run ends "
        "at 20 ms."
    )


def test_a_response_that_goes_on_rising_after_its_pulse_is_told():
    trace = run(TEXTBOOK, [Pulse(1.0, 0.5, 20.0), Pulse(2.0, 0.5, 10.0)])
    m = measure(trace)
    assert m["spike_count"] == 0
    assert (
        f"is pushed to {m['stimulus_end_mv']:+.1f} mV by a 0.5 ms pulse at 1 ms (the first of 2), "
        f"comes up to {m['peak_mv']:+.1f} mV at {m['peak_ms']:.2f} ms, fires no spike"
        in describe(trace)
    )


def test_several_spikes_are_counted_with_the_first_and_the_last():
    trace = run(TEXTBOOK, [PULSE, Pulse(12.0, 0.5, 60.0)])
    m = measure(trace)
    peak_ms, peak_mv = max(
        ((t, v) for t, v in zip(trace.column("time_ms"), trace.voltage_mv, strict=True) if t > 12),
        key=lambda sample: sample[1],
    )
    sentence = describe(trace)
    assert "by a 0.5 ms pulse at 1 ms (the first of 2) and fires 2 spikes" in sentence
    assert f"the first with a peak of {m['peak_mv']:+.1f} mV at {m['peak_ms']:.2f} ms" in sentence
    assert f"the last with {peak_mv:+.1f} mV at {peak_ms:.2f} ms" in sentence
    assert sentence.endswith(f"after the first it undershoots to {m['undershoot_mv']:+.1f} mV.")


def test_a_spike_that_never_repolarises_is_said_to_stay_up(without_k_channels):
    m = measure(without_k_channels)
    assert describe(without_k_channels).endswith(
        f"rises to a peak of {m['peak_mv']:+.1f} mV at {m['peak_ms']:.2f} ms and does not come "
        f"back to rest: it is still at {m['end_mv']:+.1f} mV when the run ends at 20 ms."
    )


def test_a_run_that_ends_in_the_undershoot_is_said_to_be_falling():
    trace = run(TEXTBOOK, [PULSE], duration_ms=3.3)
    m = measure(trace)
    assert describe(trace).endswith(
        f"falls back past rest at {m['recross_ms']:.2f} ms and is still falling at "
        f"{m['end_mv']:+.1f} mV when the run ends at 3.3 ms."
    )


def test_a_spike_without_an_undershoot_is_said_to_have_none():
    # A second pulse in the falling phase holds the potential above rest.
    trace = run(TEXTBOOK, [PULSE, Pulse(3.0, 0.5, 47.0)])
    assert "undershoot_mv" not in measure(trace)
    assert describe(trace).endswith("and falls back to rest without an undershoot.")


def test_a_spike_during_its_pulse_is_told_by_its_upstroke():
    trace = run(TEXTBOOK, [Pulse(1.0, 10.0, 15.0)])
    m = measure(trace)
    assert m["upstroke_ms"] < 11.0
    assert (
        f"is driven to its upstroke at {m['upstroke_mv']:+.1f} mV by a 10 ms pulse at 1 ms"
        in describe(trace)
    )


def test_a_spike_after_a_second_pulse_is_not_put_down_to_the_first():
    trace = run(TEXTBOOK, [Pulse(1.0, 0.5, 28.0), Pulse(3.0, 0.5, 30.0)])
    m = measure(trace)
    assert m["spike_count"] == 1
    assert (
        f"rises after the pulse at 3 ms to a peak of {m['peak_mv']:+.1f} mV at "
        f"{m['peak_ms']:.2f} ms" in describe(trace)
    )


def test_a_pulse_that_outlasts_the_run_is_told_without_its_end():
    trace = run(TEXTBOOK, [Pulse(1.0, 100.0, 1.0)])
    assert "is under a 100 ms pulse at 1 ms that outlasts the run, fires no spike" in describe(
        trace
    )


def test_a_spike_before_the_stimulus_is_not_put_down_to_it():
    trace = run(SQUID, [Pulse(18.0, 0.5, 5.0)], Changes(e_k_shift_mv=25.0), changes_from_ms=1.0)
    m = measure(trace)
    assert m["spike_count"] >= 1
    assert m["peak_ms"] < 18.0
    assert "pulse" not in describe(trace)


@pytest.mark.parametrize("amplitude", [-200.0, -5.0, 5.0, 33.0, 200.0, 2000.0])
@pytest.mark.parametrize("duration_ms", [0.01, 1.2, 2.0, 4.0])
def test_every_run_has_one_sentence(amplitude, duration_ms):
    sentence = describe(run(TEXTBOOK, [Pulse(1.0, 0.5, amplitude)], duration_ms=duration_ms))
    assert sentence.startswith("The potential ")
    assert sentence.endswith(".")
    assert "nan" not in sentence


def test_every_column_has_a_symbol():
    every = {name for preparation in PREPARATION_NAMES for name in columns_of(preparation)}
    assert set(SYMBOLS) == every


def test_a_value_that_rounds_to_zero_has_no_minus_sign():
    at_rest = run(TEXTBOOK)
    values = {name: at_rest.at(name, 1.0) for name in ("i_ion", "dvdt_v_s")}
    assert min(values.values()) < 0.0
    assert {value_text(name, value) for name, value in values.items()} == {"+0.0"}


def test_potentials_currents_and_rates_carry_their_sign():
    signed = {name for name, symbol in SYMBOLS.items() if symbol.signed}
    units = {n: c.unit for name in PREPARATION_NAMES for n, c in columns_of(name).items()}
    with_signs = ("mV", "uA/cm2", "V/s", "nA", "pmol/cm2/s")
    only_out = {"pump_na_pmol_cm2_s"}
    assert signed == {n for n, unit in units.items() if unit in with_signs} - only_out
