"""Wrong input is refused with one sentence that names the quantity, the value and the range."""

import re
from math import inf, nan

import pytest

from simulator import (
    CHANGES,
    COLUMNS,
    DRUGS,
    SQUID,
    TEXTBOOK,
    Accounting,
    Axon,
    Changes,
    Dendrite,
    Member,
    MyelinatedFibre,
    Pulse,
    Quantity,
    RestingBench,
    all_or_none,
    axon_threshold,
    clamp,
    collision,
    family,
    fibre_threshold,
    frequency_current,
    gate_curves,
    ghk_mv,
    length_constants,
    measure_accounting,
    measure_dendrite,
    measure_ions,
    paired_pulse,
    refractory_curve,
    refractory_pairs,
    refractory_periods,
    rest,
    run,
    run_accounting,
    run_axon,
    run_dendrite,
    run_many,
    run_myelinated,
    run_resting,
    strength_duration,
    threshold,
    thresholds,
    velocity_by_diameter,
    velocity_by_temperature,
    velocity_m_s,
)

SHARE = "from 0 to 1"
DURATION = "above 0 and at most 2000 ms"
SEARCHED = "above 0 and at most 1985 ms"
STRENGTH = "above 0 and at most 50"
TIMES = "from 0 to 100"
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
    (lambda: threshold(TEXTBOOK, -1.0), "duration_ms", "-1", SEARCHED),
    (lambda: threshold(TEXTBOOK, nan), "duration_ms", "nan", SEARCHED),
    (lambda: threshold(TEXTBOOK, 1990.0), "duration_ms", "1990", SEARCHED),
    (lambda: thresholds(TEXTBOOK, ["long"]), "duration_ms", "'long'", SEARCHED),
    (lambda: strength_duration(SQUID, pulses_ms=5), "pulses_ms", "5", f"numbers {SEARCHED}"),
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
    (lambda: paired_pulse(TEXTBOOK, 5.0, nan), "strongest", "nan", STRENGTH),
    (lambda: paired_pulse(TEXTBOOK, 5.0, -1.0), "strongest", "-1", STRENGTH),
    (lambda: paired_pulse(TEXTBOOK, 5.0, "most"), "strongest", "'most'", STRENGTH),
    (lambda: refractory_curve(SQUID, 5), "intervals_ms", "5", "numbers from 0.5 to 50 ms"),
    (lambda: frequency_current(SQUID, 5), "currents_ua_cm2", "5", "from -200 to 2000 uA/cm2"),
    (
        lambda: frequency_current(SQUID, [5.0], counted_ms=2000.0),
        "counted_ms",
        "2000",
        "from 10 to 1900 ms",
    ),
    (lambda: gate_curves(SQUID, 5), "voltages_mv", "5", "numbers from -150 to 150 mV"),
    (lambda: gate_curves(SQUID, ["x"]), "level_mv", "'x'", "from -150 to 150 mV"),
    (lambda: family(SQUID, None), "levels_mv", "None", "numbers from -150 to 150 mV"),
    (lambda: clamp(SQUID, 5), "steps", "5", "a list of ClampStep"),
    (lambda: clamp(SQUID, [5]), "a step", "5", "ClampStep"),
    (lambda: velocity_by_diameter(5), "diameters_um", "5", "numbers from 0.2 to 1000 um"),
    (lambda: velocity_by_diameter([nan]), "diameter_um", "nan", "from 0.2 to 1000 um"),
    (lambda: velocity_by_temperature([None]), "temperature_c", "None", "from 0 to 45 degrees C"),
    (lambda: all_or_none(["x"]), "times_threshold", "'x'", TIMES),
    (lambda: all_or_none([-5]), "times_threshold", "-5", TIMES),
    (lambda: all_or_none(5), "times_threshold", "5", f"numbers {TIMES}"),
    (lambda: refractory_pairs(["x"]), "interval_ms", "'x'", "from 0.5 to 100 ms"),
    (lambda: refractory_pairs([nan]), "interval_ms", "nan", "from 0.5 to 100 ms"),
    (lambda: axon_threshold(strongest_na=nan), "strongest_na", "nan", "at most 1e+06 nA"),
    (lambda: axon_threshold(start_ms=nan), "start_ms", "nan", "from 0 to 100 ms"),
    (lambda: axon_threshold(before=None), "before", "None", "a list of Electrode(...)"),
    (lambda: run_axon(None, 5), "electrodes", "5", "a list of Electrode(...)"),
    (lambda: run_myelinated(None, ["x"]), "an electrode", "'x'", "Electrode(...)"),
    (lambda: run_dendrite(None, [5.0]), "a synapse", "5.0", "ampa(...) or gaba(...)"),
    (lambda: run_dendrite(electrodes=None), "electrodes", "None", "a list of Electrode(...)"),
    (lambda: Dendrite().place_mm(nan), "place_um", "nan", "from 0 to 2000 um"),
    (lambda: MyelinatedFibre().sheath(nan), "myelin_left", "nan", SHARE),
    (lambda: DRUGS["ttx_nm"].share(-5.1), "ttx_nm", "-5.1", "from 0 to 1000 nM"),
    (lambda: DRUGS["ttx_nm"].share(None), "ttx_nm", "None", "from 0 to 1000 nM"),
    (lambda: run_accounting(Accounting(), watch=5), "watch", "5", "a list of a whole number"),
    (
        lambda: run_accounting(Accounting(pulses=3), watch=[1.5]),
        "a number of watch",
        "1.5",
        "a whole number",
    ),
    (lambda: run_many(SQUID, 5), "members", "5", "a list of Member(stimuli, changes)"),
    (
        lambda: run_many(SQUID, [Member()], duration_ms=1.0).spike_counts("x"),
        "since_ms",
        "'x'",
        "from 0 to 2000 ms",
    ),
]


@pytest.mark.parametrize(("attempt", "quantity", "value", "allowed"), REFUSED)
def test_a_value_out_of_range_is_refused_by_name(attempt, quantity, value, allowed):
    with pytest.raises(ValueError, match=rf"^{re.escape(quantity)} is ") as refused:
        attempt()
    sentence = str(refused.value)
    assert sentence.startswith(f"{quantity} is {value}")
    assert "but must be " in sentence
    assert sentence.endswith(allowed)


PREPARATION = "give one of PREPARATIONS, such as TEXTBOOK, not"
WRONG_OBJECTS = [
    # what is tried, and what the sentence must say
    (lambda: run("textbook"), f"preparation: {PREPARATION} 'textbook'"),
    (lambda: run([]), f"preparation: {PREPARATION} []"),
    (lambda: clamp(None, []), f"preparation: {PREPARATION} None"),
    (lambda: family("squid", [0.0]), f"preparation: {PREPARATION} 'squid'"),
    (lambda: threshold([], 0.5), f"preparation: {PREPARATION} []"),
    (lambda: thresholds("squid", [0.5]), f"preparation: {PREPARATION} 'squid'"),
    (lambda: paired_pulse("squid", 5.0), f"preparation: {PREPARATION} 'squid'"),
    (lambda: refractory_periods("squid"), f"preparation: {PREPARATION} 'squid'"),
    (lambda: gate_curves("squid"), f"preparation: {PREPARATION} 'squid'"),
    (lambda: frequency_current("squid", [5.0]), f"preparation: {PREPARATION} 'squid'"),
    (lambda: run_many("squid", [Member()]), f"preparation: {PREPARATION} 'squid'"),
    (lambda: run_axon(SQUID), "axon: give Axon(...) or None, not Preparation("),
    (lambda: run_axon(0), "axon: give Axon(...) or None, not 0"),
    (lambda: axon_threshold([]), "axon: give Axon(...) or None, not []"),
    (lambda: velocity_m_s("thin"), "axon: give Axon(...) or None, not 'thin'"),
    (lambda: collision(5), "axon: give Axon(...) or None, not 5"),
    (lambda: length_constants(5), "axon: give Axon(...) or None, not 5"),
    (lambda: run_dendrite(Axon()), "cell: give Dendrite(...) or None, not Axon("),
    (lambda: run_myelinated(Axon()), "fibre: give MyelinatedFibre(...) or None, not Axon("),
    (lambda: fibre_threshold(Axon()), "fibre: give MyelinatedFibre(...) or None, not Axon("),
    (lambda: rest(TEXTBOOK), "bench: give RestingBench(...), not Preparation("),
    (lambda: run_resting(RestingBench(), 0), "bench: give RestingBench(...), not 0"),
    (lambda: RestingBench(None), "concentrations: give Concentrations(...), such as MAMMAL"),
    (lambda: ghk_mv({}, p_na=0.1, temperature_c=37.0), "concentrations: give Concentrations"),
    (lambda: run_accounting(5), "cell: give Accounting(...), not 5"),
    (lambda: Changes().with_values(5), "values: give a dict of values by name, not 5"),
    (lambda: measure_ions(5), "trace: give a trace of a patch, as run(...) returns, not 5"),
    (lambda: measure_dendrite(5), "trace: give a trace as run_dendrite(...) returns, not 5"),
    (lambda: measure_accounting(5), "trace: give a trace as run_accounting(...) returns, not 5"),
]


@pytest.mark.parametrize(("attempt", "sentence"), WRONG_OBJECTS)
def test_an_object_of_another_kind_is_refused_with_what_to_give_instead(attempt, sentence):
    with pytest.raises(TypeError, match=f"^{re.escape(sentence)}"):
        attempt()


@pytest.fixture(scope="module")
def wave():
    return run_axon(Axon(length_mm=20.0), duration_ms=3.0)


ASKED_OF_A_WAVE = [
    (lambda wave: wave.probe("x"), "x_mm is 'x', but must be a number from 0 to 20 mm"),
    (lambda wave: wave.probe(True), "x_mm is True, but must be a number from 0 to 20 mm"),
    (lambda wave: wave.waves(nan), "x_mm is nan, but must be from 0 to 20 mm"),
    (lambda wave: wave.velocity_m_s(1.0, None), "x_mm is None, but must be a number from 0"),
    (lambda wave: wave.axial_ua(1e9), "joint is 1000000000.0, but must be a whole number"),
    (lambda wave: wave.axial_ua(-1), "joint is -1, but must be a whole number from 0 to 38"),
    (lambda wave: wave.voltage_at("x"), "time_ms is 'x', but must be a number from 0 to 3 ms"),
    (lambda wave: wave.refractory_zones(1.0, nan), "available is nan, but must be from 0 to 1"),
    (lambda wave: wave.probe(5.0).column([]), r"unknown column []; known: time_ms"),
]


@pytest.mark.parametrize(("ask", "sentence"), ASKED_OF_A_WAVE)
def test_a_trace_of_a_cable_refuses_places_and_times_that_it_does_not_have(wave, ask, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        ask(wave)


def test_the_ions_of_a_cable_are_not_measured(wave):
    for other in (wave, wave.probe(5.0)):
        with pytest.raises(TypeError, match="trace: give a trace of a patch"):
            measure_ions(other)


def test_only_a_current_moves_ions_and_only_within_the_run():
    trace = run(TEXTBOOK, duration_ms=5.0)
    for name in ("voltage_mv", "m", "g_na", "x", None):
        with pytest.raises(ValueError, match=f"unknown current {name!r}; known: stimulus_ua_cm2"):
            trace.moved_pmol_cm2(name, 0.0, 1.0)
    with pytest.raises(ValueError, match="end_ms is 6, but must be from 0 to 5 ms"):
        trace.moved_pmol_cm2("i_na", 0.0, 6.0)
    with pytest.raises(ValueError, match="start_ms is None, but must be a number from 0 to 5 ms"):
        trace.moved_pmol_cm2("i_na", None, 1.0)


def test_a_curve_of_one_length_of_pulse_is_refused():
    sentence = "pulses_ms has 1 different values, but a curve needs at least 3"
    with pytest.raises(ValueError, match=sentence):
        strength_duration(SQUID, pulses_ms=[1, 1, 1])


@pytest.mark.parametrize("place", [[], None, {"soma": 1}])
def test_a_name_that_is_no_text_is_refused_as_an_unknown_one(place):
    trace = run_dendrite(duration_ms=0.1)
    with pytest.raises(ValueError, match=r"unknown place .*; known: tip, synapse"):
        trace.spikes(place)
    with pytest.raises(ValueError, match=r"unknown knob .*; known: na_out_mm"):
        RestingBench().value(place)
    with pytest.raises(ValueError, match=r"unknown target .*; known: na, k, pump"):
        Changes().left(place)


def test_a_member_without_changes_has_none():
    together = run_many(TEXTBOOK, [Member([Pulse(1.0, 0.5, 50.0)], None)], duration_ms=5.0)
    assert together.spike_counts().tolist() == [1]


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


def test_a_time_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="time_ms is 'x', but must be a number from 0 to 20 ms"):
        run(TEXTBOOK).at("voltage_mv", "x")


@pytest.mark.parametrize(("time_ms", "shown"), [(-0.1, "-0.1"), (5.2, "5.2"), (nan, "nan")])
def test_a_time_outside_the_run_is_refused_with_the_run_s_limits(time_ms, shown):
    trace = run(TEXTBOOK, duration_ms=5.0)
    expected = f"time_ms is {shown}, but must be from 0 to 5 ms"
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
    assert list(CHANGES) == list(Changes.__struct_fields__)
    for name, quantity in CHANGES.items():
        assert quantity.name == name
        assert quantity.low < quantity.high
        assert quantity.sentence.endswith(".")


def test_a_membrane_without_sodium_channels_has_no_threshold():
    assert threshold(TEXTBOOK, 0.5, Changes(na_block=1.0)) is None
