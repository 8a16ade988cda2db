"""Wrong input is refused with one sentence that names the quantity, the value and the range."""

import re
from math import inf, nan

import pytest

from simulator import (
    CHANGES,
    COLUMNS,
    SQUID,
    TEXTBOOK,
    Changes,
    Pulse,
    Quantity,
    frequency_current,
    gate_curves,
    paired_pulse,
    run,
    run_axon,
    run_dendrite,
    run_myelinated,
    threshold,
)
from simulator.batch.ensemble import Member, run_many

SHARE = "from 0 to 1"
DURATION = "above 0 and at most 2000 ms"
STIMULI = "Pulse, Train, Ramp, Step, SynapticEvent or Pressure"
CHANGES_OR_NONE = "Changes(...) or None"
REFUSED = [
    # what is tried, and the quantity, the value and the range that the sentence must name
    (lambda: Pulse(0.0, -1.0, 5.0), "duration_ms", "-1", DURATION),
    (lambda: Pulse(0.0, 0.0, 5.0), "duration_ms", "0", DURATION),
    (lambda: Pulse(0.0, 2001.0, 5.0), "duration_ms", "2001", DURATION),
    (lambda: Pulse(-0.5, 1.0, 5.0), "start_ms", "-0.5", "from 0 to 2000 ms"),
    (lambda: Pulse(0.0, 1.0, 2001.0), "amplitude_ua_cm2", "2001", "from -200 to 2000 uA/cm2"),
    (lambda: Pulse(0.0, 1.0, -201.0), "amplitude_ua_cm2", "-201", "from -200 to 2000 uA/cm2"),
    (lambda: Pulse(0.0, 1.0, nan), "amplitude_ua_cm2", "nan", "from -200 to 2000 uA/cm2"),
    (lambda: Pulse(0.0, inf, 5.0), "duration_ms", "inf", DURATION),
    (lambda: Pulse(True, 1.0, 5.0), "start_ms", "True", "from 0 to 2000 ms"),
    (lambda: Pulse(0.0, "long", 5.0), "duration_ms", "'long'", DURATION),
    (lambda: Pulse(0.0, 1.0, None), "amplitude_ua_cm2", "None", "from -200 to 2000 uA/cm2"),
    (lambda: Pulse(0.0, 1.0, 10**400), "amplitude_ua_cm2", "1000", "from -200 to 2000 uA/cm2"),
    (lambda: Changes(na_block=1.01), "na_block", "1.01", SHARE),
    (lambda: Changes(na_block=-0.01), "na_block", "-0.01", SHARE),
    (lambda: Changes(k_block=1.5), "k_block", "1.5", SHARE),
    (lambda: Changes(k_block=nan), "k_block", "nan", SHARE),
    (lambda: Changes(k_block=None), "k_block", "None", SHARE),
    (lambda: Changes(k_block="rest"), "k_block", "'rest'", SHARE),
    (lambda: Changes(pump=2), "pump", "2", SHARE),
    (lambda: Changes(pump=False), "pump", "False", SHARE),
    (lambda: Changes(e_na_shift_mv=-61.0), "e_na_shift_mv", "-61", "from -60 to 60 mV"),
    (lambda: Changes(e_k_shift_mv=inf), "e_k_shift_mv", "inf", "from -60 to 60 mV"),
    (lambda: Changes(frozen_m=1.1), "frozen_m", "1.1", SHARE),
    (lambda: Changes(frozen_h="open"), "frozen_h", "'open'", SHARE),
    (lambda: Changes(frozen_n=True), "frozen_n", "True", SHARE),
    (lambda: Changes(temperature_c=46.0), "temperature_c", "46", "from 0 to 45 degrees C"),
    (lambda: Changes(temperature_c="warm"), "temperature_c", "'warm'", "from 0 to 45 degrees C"),
    (lambda: Changes().with_values({"na_block": 7}), "na_block", "7", SHARE),
    (lambda: run(TEXTBOOK, duration_ms=0.0), "duration_ms", "0", DURATION),
    (lambda: run(TEXTBOOK, duration_ms=-3.0), "duration_ms", "-3", DURATION),
    (lambda: run(TEXTBOOK, duration_ms=nan), "duration_ms", "nan", DURATION),
    (lambda: run(TEXTBOOK, duration_ms=1e9), "duration_ms", "1e+09", DURATION),
    (lambda: run(TEXTBOOK, dt_ms=0.1), "dt_ms", "0.1", "from 0.0005 to 0.05 ms"),
    (lambda: run(TEXTBOOK, dt_ms=0.0), "dt_ms", "0", "from 0.0005 to 0.05 ms"),
    (lambda: run(TEXTBOOK, dt_ms="fine"), "dt_ms", "'fine'", "from 0.0005 to 0.05 ms"),
    (
        lambda: run(TEXTBOOK, changes=Changes(temperature_c=20.0)),
        "temperature_c",
        "20",
        "37 degrees C for the textbook neuron",
    ),
    (
        lambda: run(SQUID, changes=Changes(temperature_c=34.0)),
        "temperature_c",
        "34",
        "from 0 to 33 degrees C for the squid giant axon",
    ),
    (
        lambda: run(TEXTBOOK, duration_ms=5.0, changes_from_ms=6.0),
        "changes_from_ms",
        "6",
        "from 0 to 5 ms",
    ),
    (
        lambda: run(TEXTBOOK, changes_from_ms=-1.0),
        "changes_from_ms",
        "-1",
        "from 0 to 20 ms",
    ),
    (
        lambda: run(TEXTBOOK, [Pulse(0.0, 5.0, -200.0)] * 5),
        "the sum of amplitude_ua_cm2",
        "-1000",
        "from -200 to 2000 uA/cm2",
    ),
    (
        lambda: run(TEXTBOOK, [Pulse(0.0, 5.0, 1500.0), Pulse(4.0, 5.0, 1500.0)]),
        "the sum of amplitude_ua_cm2",
        "3000",
        "from -200 to 2000 uA/cm2",
    ),
    (lambda: threshold(TEXTBOOK, -1.0), "duration_ms", "-1", DURATION),
    (lambda: threshold(TEXTBOOK, nan), "duration_ms", "nan", DURATION),
    (lambda: paired_pulse(TEXTBOOK, 0.4), "interval_ms", "0.4", "from 0.5 to 50 ms"),
    (lambda: paired_pulse(TEXTBOOK, 51.0), "interval_ms", "51", "from 0.5 to 50 ms"),
    (lambda: run(TEXTBOOK, None), "stimuli", "None", f"a list of {STIMULI}"),
    (lambda: run(TEXTBOOK, "Pulse"), "stimuli", "'Pulse'", f"a list of {STIMULI}"),
    (lambda: run(TEXTBOOK, Pulse(0.0, 1.0, 5.0)), "stimuli", "Pulse(", f"a list of {STIMULI}"),
    (lambda: run(TEXTBOOK, [Pulse(0.0, 1.0, 5.0), 5.0]), "a stimulus", "5.0", STIMULI),
    (lambda: run(TEXTBOOK, [None]), "a stimulus", "None", STIMULI),
    (lambda: run(TEXTBOOK, (), {"pump": 0}), "changes", "{'pump': 0}", CHANGES_OR_NONE),
    (lambda: run(TEXTBOOK, (), 0), "changes", "0", CHANGES_OR_NONE),
    (lambda: threshold(TEXTBOOK, 0.5, "none"), "changes", "'none'", CHANGES_OR_NONE),
    (lambda: run_axon(changes=0), "changes", "0", CHANGES_OR_NONE),
    (lambda: run_myelinated(changes=0), "changes", "0", CHANGES_OR_NONE),
    (lambda: run_dendrite(changes=0), "changes", "0", CHANGES_OR_NONE),
    (lambda: frequency_current(SQUID, [5.0], 0), "changes", "0", CHANGES_OR_NONE),
    (lambda: gate_curves(SQUID, [0.0], 0), "changes", "0", CHANGES_OR_NONE),
]


@pytest.mark.parametrize(("attempt", "quantity", "value", "allowed"), REFUSED)
def test_a_value_out_of_range_is_refused_by_name(attempt, quantity, value, allowed):
    with pytest.raises(ValueError, match=rf"^{re.escape(quantity)} is ") as refused:
        attempt()
    sentence = str(refused.value)
    assert sentence.startswith(f"{quantity} is {value}")
    assert "but must be " in sentence
    assert sentence.endswith(allowed)


@pytest.mark.parametrize("changes", [5, {"pump": 0}])
def test_changes_that_are_none_are_refused_in_a_sentence(changes):
    with pytest.raises(ValueError, match=r"^changes is .* but must be Changes"):
        run_many(TEXTBOOK, [Member([], changes)], duration_ms=1.0)


def test_an_unknown_change_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="unknown change 'na_blok'") as refused:
        Changes().with_values({"k_block": 0.5, "na_blok": 1.0})
    assert all(name in str(refused.value) for name in CHANGES)


def test_an_unknown_column_is_refused_with_the_known_ones():
    trace = run(TEXTBOOK, duration_ms=1.0)
    for read in (trace.column, trace.numpy, lambda name: trace.at(name, 0.5)):
        with pytest.raises(ValueError, match="unknown column 'v'") as refused:
            read("v")
        assert all(name in str(refused.value) for name in COLUMNS)


@pytest.mark.parametrize(("time_ms", "shown"), [(-0.1, "-0.1"), (5.2, "5.2"), (nan, "nan")])
def test_a_time_outside_the_run_is_refused_with_the_run_s_limits(time_ms, shown):
    trace = run(TEXTBOOK, duration_ms=5.0)
    expected = f"time is {shown} ms, but the run goes from 0 to 5 ms"
    with pytest.raises(ValueError, match=re.escape(expected)):
        trace.at("voltage_mv", time_ms)


@pytest.mark.parametrize("value", [0.0, 1.0, 0, 1, 0.5])
def test_the_ends_of_a_range_are_allowed(value):
    assert Changes(na_block=value, k_block=value, pump=value, frozen_m=value).na_block == value


def test_the_lower_end_is_refused_only_where_it_is_excluded():
    zero_allowed = Quantity("share", "", 0.0, 1.0, 0.0, "A share.")
    zero_excluded = Quantity("length_ms", "ms", 0.0, 1.0, 1.0, "A length.", minimum_excluded=True)
    assert zero_allowed.check(0) == 0.0
    with pytest.raises(ValueError, match="length_ms is 0, but must be above 0 and at most 1 ms"):
        zero_excluded.check(0)


def test_every_change_describes_a_field_of_the_changes():
    assert list(CHANGES) == list(Changes.__dataclass_fields__)
    for name, quantity in CHANGES.items():
        assert quantity.name == name
        assert quantity.low < quantity.high
        assert quantity.sentence.endswith(".")


def test_a_membrane_without_sodium_channels_has_no_threshold():
    assert threshold(TEXTBOOK, 0.5, Changes(na_block=1.0)) is None
