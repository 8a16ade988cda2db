"""Scenarios bound to the simulator: what is run, in which words, and what can be measured."""

import re

import pytest

from simulator import CHANGES, TEXTBOOK, threshold
from tutor.course.bound.registry import binding_of
from tutor.course.expression import ExpressionError
from tutor.course.names import CONSTANTS, EXPERIMENTS
from tutor.course.scenario import (
    default_scenario,
    set_up_line,
    set_up_parts,
    setting,
    settings_of,
    simulate,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import PulseSpec, Scenario, StepSpec

PATCH_NAMES = [name for name in EXPERIMENTS if name != "threshold_na"] + list(CONSTANTS)
QUIET = Scenario(preparation="textbook", duration_ms=2)
SPIKE = default_scenario("textbook")


def _with_pulse(duration_ms=8.0, changes=None, **pulse):
    return Scenario(
        preparation="textbook",
        stimuli=(PulseSpec(**pulse),),
        duration_ms=duration_ms,
        changes=changes or {},
    )


def stimuli_of(scenario):
    return binding_of(scenario.preparation).stimuli(scenario)


@pytest.mark.parametrize("pulse_ms", [0.2, 0.5, 3.0])
def test_a_pulse_counts_in_thresholds_of_its_own_length(pulse_ms):
    spikes = [
        simulate(_with_pulse(25, pulse_ms=pulse_ms, times_threshold=times)).value("spike_count")
        for times in (0.99, 1.01)
    ]
    assert spikes == [0, 1]
    (pulse,) = stimuli_of(_with_pulse(pulse_ms=pulse_ms, times_threshold=1.5))
    weakest = threshold(TEXTBOOK, pulse_ms)
    assert weakest is not None
    assert pulse.amplitude_ua_cm2 == 1.5 * weakest.amplitude_ua_cm2
    assert pulse.duration_ms == pulse_ms


def test_a_longer_pulse_needs_less_current():
    short, long = (
        stimuli_of(_with_pulse(pulse_ms=ms, times_threshold=1))[0].amplitude_ua_cm2
        for ms in (0.2, 2.0)
    )
    assert short > 2 * long


def test_thresholds_are_those_of_the_unchanged_preparation():
    changed = _with_pulse(times_threshold=2, changes={"na_block": 0.5})
    assert stimuli_of(changed) == stimuli_of(_with_pulse(times_threshold=2))


def test_an_amplitude_is_taken_as_it_is():
    (pulse,) = stimuli_of(_with_pulse(amplitude_ua_cm2=-12, start_ms=3, pulse_ms=2))
    assert (pulse.start_ms, pulse.duration_ms, pulse.amplitude_ua_cm2) == (3, 2, -12)


def test_the_default_scenario_of_each_preparation_fires_once():
    for name in ("textbook", "squid"):
        assert simulate(default_scenario(name)).value("spike_count") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("na_block", 0.5),
        ("k_block", 1),
        ("e_na_shift_mv", -12),
        ("e_k_shift_mv", 7.5),
        ("pump", 0),
        ("frozen_m", 0.1),
        ("frozen_h", 0.2),
        ("frozen_n", 0.3),
        ("temperature_c", 37),
        ("leak_block", 0.25),
        ("k_out_mm", 6),
        ("na_out_mm", 120),
        ("m_shift_mv", 2),
        ("h_shift_mv", -5),
        ("n_shift_mv", 4),
        ("lasting_na", 0.02),
        ("ttx_nm", 2),
        ("tea_mm", 1),
        ("four_ap_mm", 0.1),
        ("ouabain_um", 1),
        ("digoxin_nm", 2),
        ("lidocaine_um", 50),
        ("times_threshold", 1.2),
        ("pulse_ms", 0.25),
        ("amplitude_ua_cm2", -8),
        ("start_ms", 2.5),
        ("duration_ms", 6),
        ("changes_from_ms", 4),
    ],
)
def test_a_setting_is_read_back_and_moves_nothing_else(name, value):
    changed = with_settings(SPIKE, {name: value})
    assert setting(changed, name) == value
    # The size of a pulse has two spellings, of which one holds.
    sizes = {"times_threshold", "amplitude_ua_cm2"}
    for other in settings_of(SPIKE).keys() - {name} - (sizes if name in sizes else set()):
        assert setting(changed, other) == setting(SPIKE, other), other
    simulate(changed)


def test_every_setting_has_been_set_by_these_tests():
    mark = test_a_setting_is_read_back_and_moves_nothing_else.pytestmark[0]
    assert {name for name, _ in mark.args[1]} == set(settings_of(SPIKE))


def test_settings_that_nobody_made_have_the_preparations_values():
    assert setting(Scenario(preparation="squid"), "temperature_c") == 6.3
    assert setting(Scenario(preparation="squid"), "k_out_mm") == 20
    assert setting(Scenario(preparation="squid"), "na_out_mm") == 440
    # The quantities show the values of a mammal.
    for name, quantity in CHANGES.items():
        assert setting(QUIET, name) == quantity.default


def test_one_spelling_of_a_pulses_size_replaces_the_other():
    (pulse,) = with_settings(SPIKE, {"amplitude_ua_cm2": 40}).stimuli
    assert (pulse.amplitude_ua_cm2, pulse.times_threshold) == (40, None)
    (pulse,) = with_settings(_with_pulse(amplitude_ua_cm2=40), {"times_threshold": 2}).stimuli
    assert (pulse.amplitude_ua_cm2, pulse.times_threshold) == (None, 2)


def test_a_setting_changes_the_first_pulse_and_leaves_the_scenario_alone():
    two = Scenario(
        preparation="textbook",
        stimuli=(PulseSpec(times_threshold=1.5), PulseSpec(start_ms=8, times_threshold=2)),
        changes={"pump": 0},
    )
    changed = with_settings(two, {"times_threshold": 1.1, "na_block": 0.2, "frozen_h": "rest"})
    assert [pulse.times_threshold for pulse in changed.stimuli] == [1.1, 2]
    assert changed.changes == {"pump": 0, "na_block": 0.2, "frozen_h": "rest"}
    assert two.stimuli[0].times_threshold == 1.5
    assert two.changes == {"pump": 0}


def test_a_size_gives_a_pulse_where_there_was_none():
    assert simulate(with_settings(QUIET, {"times_threshold": 1.5, "start_ms": 0.5})).trace.stimuli


#: Settings that cannot be made, and words of the error.
WRONG_SETTINGS = [
    (SPIKE, {"na_blok": 1}, "unknown setting 'na_blok'; did you mean na_block?"),
    (SPIKE, {"na_block": 1.1}, "na_block is 1.1, but must be from 0 to 1"),
    (SPIKE, {"na_block": float("nan")}, "na_block is nan, but must be from 0 to 1"),
    (SPIKE, {"na_block": "much"}, "na_block is 'much', but must be a number"),
    (SPIKE, {"pulse_ms": 0}, "pulse_ms is 0, but must be from 0.01 to 2000 ms"),
    (SPIKE, {"times_threshold": -1}, "times_threshold is -1, but must be from 0 to 25"),
    (SPIKE, {"duration_ms": float("inf")}, "duration_ms is inf, but must be above 0"),
    (SPIKE, {"changes_from_ms": -1}, "changes_from_ms is -1, but must be from 0 to 2000 ms"),
    (QUIET, {"pulse_ms": 1}, "there is no pulse whose pulse_ms could be set"),
]


@pytest.mark.parametrize(("scenario", "values", "words"), WRONG_SETTINGS)
def test_a_setting_that_cannot_be_made_is_named(scenario, values, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        with_settings(scenario, values)


#: Scenarios that cannot be run, and words of the error.
WRONG_SCENARIOS = [
    (
        Scenario(preparation="sqid"),
        "unknown preparation 'sqid'; did you mean squid?",
    ),
    (_with_pulse(), "a pulse needs times_threshold or amplitude_ua_cm2, one of them"),
    (_with_pulse(times_threshold=1, amplitude_ua_cm2=1), "times_threshold or amplitude_ua_cm2"),
    (_with_pulse(times_threshold=26), "times_threshold is 26, but must be from 0 to 25"),
    (
        Scenario(preparation="cortical", stimuli=(PulseSpec(times_threshold=1, pulse_ms=0.01),)),
        "no pulse of 0.01 ms fires the cortical neuron",
    ),
    (_with_pulse(times_threshold=20, pulse_ms=0.05), "amplitude_ua_cm2 is "),
    (_with_pulse(amplitude_ua_cm2=5000), "amplitude_ua_cm2 is 5000, but must be from -200 to"),
    (_with_pulse(amplitude_ua_cm2=5, start_ms=-1), "start_ms is -1, but must be from 0 to"),
    (_with_pulse(amplitude_ua_cm2=5, pulse_ms=-1), "pulse_ms is -1, but must be from 0.01 to"),
    (_with_pulse(duration_ms=0, amplitude_ua_cm2=5), "duration_ms is 0, but must be above 0"),
    (_with_pulse(amplitude_ua_cm2=5, changes={"na_blok": 1}), "unknown change 'na_blok'"),
    (_with_pulse(amplitude_ua_cm2=5, changes={"pump": "rest"}), "pump is 'rest', but must be"),
    (_with_pulse(amplitude_ua_cm2=5, changes={"temperature_c": 20}), "temperature_c is 20, but"),
    (
        Scenario(preparation="textbook", duration_ms=5, changes_from_ms=6),
        "changes_from_ms is 6, but must be from 0 to 5 ms",
    ),
]


@pytest.mark.parametrize(("scenario", "words"), WRONG_SCENARIOS)
def test_a_scenario_that_cannot_be_run_is_a_value_error_that_names_why(scenario, words):
    for run in (simulate, simulate_once):
        with pytest.raises(ValueError, match=re.escape(words)):
            run(scenario)


def test_a_scenario_is_run_once_however_often_it_is_asked_for():
    first = simulate_once(_with_pulse(times_threshold=1.5))
    assert simulate_once(_with_pulse(times_threshold=1.5)) is first
    assert simulate_once(_with_pulse(times_threshold=1.6)) is not first
    assert first.scenario == _with_pulse(times_threshold=1.5)


#: Scenarios and the line that tells what is set up.
SET_UPS = [
    (QUIET, "textbook neuron, 37 °C · no stimulus"),
    (SPIKE, "textbook neuron, 37 °C · pulse 0.5 ms at 1 ms, 1.5 × threshold"),
    (
        Scenario(
            preparation="squid",
            stimuli=(PulseSpec(amplitude_ua_cm2=-5.5), PulseSpec(start_ms=7, times_threshold=2)),
            changes={"temperature_c": 18.5},
        ),
        "squid giant axon, 18.5 °C · pulse 0.5 ms at 1 ms, -5.5 µA/cm² · "
        "pulse 0.5 ms at 7 ms, 2 × threshold",
    ),
    (
        Scenario(preparation="textbook", changes={"na_block": 0.9, "k_block": 1}),
        "textbook neuron, 37 °C · no stimulus · Na⁺ channels blocked 90% · "
        "voltage-gated K⁺ channels blocked 100%",
    ),
    (
        Scenario(preparation="textbook", changes={"e_na_shift_mv": -12, "e_k_shift_mv": 5}),
        "textbook neuron, 37 °C · no stimulus · E_Na moved by -12 mV · E_K moved by +5 mV",
    ),
    (
        Scenario(preparation="textbook", changes={"frozen_m": "rest", "frozen_h": 0.25}),
        "textbook neuron, 37 °C · no stimulus · Na⁺ activation gates (m) held at their "
        "resting value · Na⁺ inactivation gates (h) held at 0.25",
    ),
    (
        Scenario(preparation="textbook", changes={"pump": 0}, changes_from_ms=1),
        "textbook neuron, 37 °C · no stimulus · pump off from 1 ms on",
    ),
    (
        Scenario(preparation="textbook", changes={"pump": 0.5, "k_block": 1}, changes_from_ms=2.5),
        "textbook neuron, 37 °C · no stimulus · pump at 50% · "
        "voltage-gated K⁺ channels blocked 100%, both from 2.5 ms on",
    ),
    (
        Scenario(preparation="textbook", changes={"pump": 1}, changes_from_ms=1),
        "textbook neuron, 37 °C · no stimulus",
    ),
]


@pytest.mark.parametrize(("scenario", "line"), SET_UPS)
def test_the_set_up_line_says_what_is_run(scenario, line):
    assert set_up_line(scenario) == line
    assert " · ".join(set_up_parts(scenario)) == line


def test_every_change_that_matters_is_in_the_set_up_line():
    for name, quantity in CHANGES.items():
        far = next(
            v for v in (quantity.low, quantity.high) if v != quantity.default or "fro" in name
        )
        far = 20.0 if name == "temperature_c" else far
        plain, changed = (
            Scenario(preparation="squid"),
            Scenario(preparation="squid", changes={name: far}),
        )
        assert set_up_line(plain) != set_up_line(changed), name


def test_a_run_knows_its_measurements_experiments_and_constants():
    run = simulate(SPIKE)
    assert run.value("peak_mv") == run.measurements["peak_mv"] == pytest.approx(30, abs=0.5)
    assert run.value("threshold_mv") == pytest.approx(-55.0, abs=0.5)
    weakest = threshold(TEXTBOOK, 0.5)
    assert weakest is not None
    assert run.value("threshold_ua_cm2") == pytest.approx(weakest.amplitude_ua_cm2, rel=1e-3)
    assert (run.value("e_na_mv"), run.value("e_k_mv")) == (50, -90)
    assert run.value("absolute_refractory_ms") == TEXTBOOK.refractory.absolute_ms
    assert run.value("relative_refractory_ms") == TEXTBOOK.refractory.relative_ms
    for name in (*PATCH_NAMES, *run.measurements):
        assert isinstance(run.value(name), float), name


def test_constants_and_experiments_follow_the_changes():
    moved = Scenario(
        preparation="textbook",
        stimuli=SPIKE.stimuli,
        changes={"e_na_shift_mv": -10, "e_k_shift_mv": 4},
        changes_from_ms=2,
    )
    run = simulate(moved)
    assert (run.value("e_na_mv"), run.value("e_k_mv")) == (40, -86)
    half = simulate(_with_pulse(times_threshold=1.5, changes={"na_block": 0.3}))
    assert half.value("threshold_ua_cm2") > simulate(SPIKE).value("threshold_ua_cm2")


#: A run, what it lacks, and words of the error.
LACKS = [
    (QUIET, "stimulus_ms", "stimulus_ms: this run has none (there is no pulse"),
    (QUIET, "half_width_ms", "half_width_ms: this run has none (there is no spike)"),
    (_with_pulse(2.6, times_threshold=1.5), "undershoot_mv", "the run ends before it"),
    (_with_pulse(1.2, times_threshold=0.5), "stimulus_end_mv", "no pulse, or it outlasts the run"),
    (_with_pulse(times_threshold=1.5, changes={"na_block": 1}), "threshold_mv", "no pulse fires"),
    (
        _with_pulse(times_threshold=1.5, changes={"k_block": 0.5}),
        "absolute_refractory_ms",
        "it is known for the unchanged preparation only",
    ),
]


@pytest.mark.parametrize(("scenario", "name", "words"), LACKS)
def test_a_run_says_why_it_lacks_a_measurement(scenario, name, words):
    with pytest.raises(ExpressionError, match=re.escape(words)):
        simulate(scenario).value(name)


def test_columns_are_looked_up_in_time():
    run = simulate(SPIKE)
    assert run.at("voltage_mv", 0) == run.value("rest_mv")
    highest = run.extreme("highest", "voltage_mv", 0, 20)
    assert highest == max(run.trace.voltage_mv)
    moment = run.extreme("time_of_highest", "voltage_mv", 0, 20)
    assert run.at("voltage_mv", moment) == pytest.approx(highest)
    assert run.extreme("lowest", "voltage_mv", moment, 20) == min(run.trace.voltage_mv)
    assert run.extreme("highest", "voltage_mv", 0, 0.5) == pytest.approx(run.value("rest_mv"))


@pytest.mark.parametrize("times", [(3, 2), (-1, 2), (0, 21), (float("nan"), 2)])
def test_a_stretch_outside_the_run_is_an_error(times):
    with pytest.raises(ExpressionError, match="ms is no stretch of a run of 20 ms"):
        simulate(SPIKE).extreme("highest", "g_na", *times)


@pytest.mark.parametrize("time", [-0.1, 20.1, float("nan")])
def test_a_time_outside_the_run_is_an_error(time):
    with pytest.raises(ExpressionError, match="0 to 20 ms"):
        simulate(SPIKE).at("g_na", time)


def test_preparations_are_found_by_name():
    assert binding_of("textbook").preparation is TEXTBOOK


def test_the_size_of_a_step_can_be_set():
    step = Scenario(preparation="squid", stimuli=(StepSpec(amplitude_ua_cm2=5.0),))
    assert with_settings(step, {"amplitude_ua_cm2": 9.0}).stimuli[0].amplitude_ua_cm2 == 9.0
