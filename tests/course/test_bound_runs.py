"""Every preparation runs from a scenario, and gives the numbers that the simulator gives."""

import pytest

import simulator as s
from tutor.course.bound.registry import binding_of
from tutor.course.expression import Expression, ExpressionError
from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import default_scenario, simulate, with_settings
from tutor.course.scenario_fields import (
    ClampLevel,
    PressureSpec,
    PulseSpec,
    RampSpec,
    Scenario,
    StepSpec,
    SynapseSpec,
    TrainSpec,
)

PULSE = PulseSpec(times_threshold=1.5)


def _run(preparation, *stimuli, **fields):
    return simulate(Scenario(preparation=preparation, stimuli=stimuli, **fields))


def _value(run, text):
    return Expression(text).evaluate(run)


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_preparation_shows_something_by_default(preparation):
    run = simulate(default_scenario(preparation))
    for name in ("rest_mv", "peak_mv", "peak_ms", "end_ms", "end_mv", "e_na_mv", "e_k_mv"):
        assert isinstance(run.value(name), float), name
    assert len({len(watched.recording) for watched in run.recordings}) == 1
    assert run.trace is run.recordings[0].recording


def test_the_bench_measures_the_state_that_it_comes_to():
    state = s.rest(s.RestingBench().with_values({"k_out_mm": 15.8}))
    run = _run("resting", changes={"k_out_mm": 15.8}, changes_from_ms=10, duration_ms=200)
    assert run.value("rest_mv") == state.rest_mv
    assert run.value("e_k_mv") == state.e_k_mv
    assert run.value("start_mv") == s.rest(s.RestingBench()).rest_mv
    assert run.value("end_mv") == pytest.approx(state.rest_mv, abs=0.05)
    assert run.value("stimulus_ms") == 10.0
    assert run.at("voltage_mv", 9.9) == run.value("start_mv")


def test_the_bench_knows_the_equations_beside_the_membrane():
    # P_K : P_Na = 1 : 0.04 at 4.5/140 and 145/12 mM, 37 degrees C: -69.8 mV (claims, S1-02).
    run = _run("resting")
    assert run.value("ghk_mv") == pytest.approx(-69.8, abs=0.5)
    assert run.value("ghk_mv") == pytest.approx(run.value("rest_mv"), abs=0.01)
    even = _run("resting", changes={"electrogenic": 1.0})
    assert even.value("mullins_noda_mv") == pytest.approx(even.value("rest_mv"), abs=0.05)
    with pytest.raises(ExpressionError, match="too little through"):
        _run("resting", changes={"leak_open": 0, "p_na_ratio": 0}).value("ghk_mv")


def test_pressure_fires_the_ending_as_it_does_in_the_simulator():
    run = _run("receptor", PressureSpec(start_ms=5, pressure_ms=50, pressure_kpa=40))
    direct = s.run(s.RECEPTOR, [s.Pressure(5, 50, 40)], duration_ms=80)
    assert run.measurements == s.measure(direct)
    assert run.value("spike_count") >= 5


def test_a_train_a_ramp_and_a_step_are_the_simulators():
    weakest = s.threshold(s.TEXTBOOK, 0.5).amplitude_ua_cm2
    train = _run(
        "textbook",
        TrainSpec(times_threshold=1.5, pulses=3, interval_ms=15),
        duration_ms=50,
    )
    direct = s.run(s.TEXTBOOK, [s.Train(1, 0.5, 1.5 * weakest, 15, 3)], duration_ms=50)
    assert train.trace.voltage_mv == direct.voltage_mv
    ramp = _run("squid", RampSpec(ramp_ms=30, end_ua_cm2=6), duration_ms=40)
    direct = s.run(s.SQUID, [s.Ramp(1, 30, 0, 6)], duration_ms=40)
    assert ramp.trace.voltage_mv == direct.voltage_mv
    step = _run("squid", StepSpec(amplitude_ua_cm2=10), duration_ms=40)
    direct = s.run(s.SQUID, [s.Step(1, 10)], duration_ms=40)
    assert step.trace.voltage_mv == direct.voltage_mv


def test_synapses_on_a_patch_reverse_where_their_channels_do():
    both = _run(
        "cortical",
        SynapseSpec(start_ms=2, g_ms_cm2=0.05, inputs=2),
        SynapseSpec(type="gaba", start_ms=1, g_ms_cm2=0.1, e_cl_mv=-80, openings=2, interval_ms=3),
    )
    direct = s.run(
        s.CORTICAL,
        [
            s.SynapticEvent(2, 0.1, 2.0, 0.0),
            s.SynapticEvent(1, 0.1, 8.0, -80),
            s.SynapticEvent(4, 0.1, 8.0, -80),
        ],
        duration_ms=10,
    )
    assert both.trace.voltage_mv == direct.voltage_mv


def test_a_clamp_holds_the_level_from_its_time_on_and_measures_the_step():
    levels = (
        ClampLevel(from_ms=0, level_mv=-80),
        ClampLevel(from_ms=1, level_mv=0),
        ClampLevel(from_ms=9, level_mv=-65),
    )
    run = simulate(Scenario(preparation="squid", clamp=levels, duration_ms=12))
    steps = [s.ClampStep(1, 8, 0), s.ClampStep(9, 5, -65)]
    direct = s.clamp(s.SQUID, steps, holding_mv=-80, duration_ms=12)
    assert run.trace.voltage_mv == direct.voltage_mv
    for name, value in direct.measure().items():
        assert run.value(name) == value, name
    assert run.value("stimulus_ms") == 1.0
    assert run.at("clamp_ua_cm2", 8) == direct.at("clamp_ua_cm2", 8)
    turned = simulate(with_settings(run.scenario, {"level_mv": 20}))
    assert turned.at("voltage_mv", 5) == 20
    assert turned.at("voltage_mv", 0.5) == -80


def test_a_clamp_that_begins_from_rest_holds_the_rest_first():
    levels = (ClampLevel(from_ms=2, level_mv=0),)
    run = simulate(Scenario(preparation="squid", clamp=levels, duration_ms=12))
    assert run.at("voltage_mv", 1) == pytest.approx(-65, abs=0.1)
    assert run.at("voltage_mv", 12) == 0.0
    with pytest.raises(ExpressionError, match="the potential is held"):
        run.value("half_width_ms")


def test_ions_of_a_spike_are_counted_when_they_are_asked_for():
    run = simulate(default_scenario("squid"))
    direct = s.measure_ions(
        s.run(s.SQUID, binding_of("squid").stimuli(run.scenario), duration_ms=30)
    )
    assert run.value("na_in_pmol_cm2") == direct["na_in_pmol_cm2"]
    assert run.value("na_excess") == direct["na_excess"] > 1.0


def test_a_synapse_on_a_dendrite_is_the_simulators():
    run = _run(
        "dendrite",
        SynapseSpec(start_ms=2, g_ns=22, place=0.3),
        SynapseSpec(type="gaba", g_ns=10, place="soma", e_cl_mv=-80, start_ms=0),
        changes={"length_um": 800},
    )
    direct = s.run_dendrite(
        s.Dendrite(length_um=800), [s.ampa(2, 22, 300), s.gaba(0, 10, 0, e_cl_mv=-80)]
    )
    for name, value in s.measure_dendrite(direct).items():
        assert run.value(name) == value, name
    at_tip = direct.probe_at("tip").at("voltage_mv", 5)
    assert _value(run, "at(voltage_mv, 5, tip)") == at_tip
    assert _value(run, "at(voltage_mv, 5, 0.8)") == at_tip
    assert _value(run, "at(tip_mv, 5)") == pytest.approx(at_tip)
    assert [watched.label for watched in run.recordings] == ["soma", "synapse", "trigger"]


def test_inputs_that_open_together_add_up_and_fire_the_cell_again_and_again():
    spec = SynapseSpec(g_ns=1, inputs=60, openings=3, interval_ms=15, start_ms=2)
    run = _run("dendrite", spec, duration_ms=60)
    synapses = s.ampa(2, 30).train(3, 15) * 2
    direct = s.measure_dendrite(s.run_dendrite(None, synapses, duration_ms=60))
    assert run.value("spike_count") == direct["spike_count"] == 3
    assert run.value("trigger_ms") == pytest.approx(direct["trigger_ms"], abs=1e-6)


def test_a_current_into_the_soma_is_put_there():
    run = _run("dendrite", PulseSpec(pulse_ms=5, current_na=0.05))
    direct = s.run_dendrite(None, [], electrodes=[s.Electrode(0, 1, 5, 0.05)])
    assert run.at("voltage_mv", 6) == direct.recording.at("voltage_mv", 6)


def test_an_axon_conducts_as_hodgkin_and_huxley_calculated():
    # Hodgkin & Huxley 1952 calculated 18.8 m/s; NEURON gives 18.6 (numbers).
    run = _run("axon", PULSE)
    assert run.value("velocity_m_s") == pytest.approx(18.7, abs=0.3)
    assert run.value("waves") == 1
    assert run.value("velocity_m_s") == pytest.approx(s.velocity_m_s(), rel=0.01)
    between = _value(run, "(75 - 25) / (arrival_ms(75) - arrival_ms(25))")
    assert between == pytest.approx(run.value("velocity_m_s"), rel=0.01)
    assert _value(run, "arrival_1_ms == arrival_ms(25) and spikes_3 == spike_count(75)")


def test_the_threshold_of_an_axon_is_that_of_its_end_and_twice_that_of_its_middle():
    weakest = s.axon_threshold(s.Axon(diameter_um=50, length_mm=32), 0.5)
    for place, share in ((None, 1), ("end", 1), ("middle", 2)):
        pulse = PulseSpec(times_threshold=1.0, place=place)
        scenario = Scenario(preparation="axon", stimuli=(pulse,), changes={"diameter_um": 50})
        binding = binding_of("axon")
        (electrode,) = binding.electrodes(scenario, binding.cable(scenario.changes))
        assert electrode.current_na == pytest.approx(share * weakest, rel=1e-3)
    for place in ("end", "middle"):
        below, above = (
            _run("axon", PulseSpec(times_threshold=times, place=place)).value("waves")
            for times in (0.98, 1.02)
        )
        assert (below, above) == (0, 2 if place == "middle" else 1)


def test_waves_are_counted_by_where_they_run():
    # Claims S1-43: a stimulus in the middle sends two; two that meet end each other.
    middle = _run("axon", PulseSpec(times_threshold=1.5, place="middle"))
    assert middle.value("waves") == 2
    assert middle.value("velocity_m_s") == pytest.approx(18.6, abs=0.3)
    both = _run("axon", PULSE, PulseSpec(times_threshold=1.5, place="end"))
    assert [both.value(f"spikes_{n}") for n in (1, 2, 3)] == [1, 1, 1]
    assert both.value("waves") == 2
    with pytest.raises(ExpressionError, match="velocity_m_s: this run has none"):
        both.value("velocity_m_s")
    # numbers: a TTX patch of 4 mm is jumped, one of 6 mm blocks (squid, 18.5 degrees C).
    for blocked_mm, passed in ((4, 1), (6, 0)):
        blocked = _run("axon", PULSE, changes={"blocked_share": 1, "blocked_mm": blocked_mm})
        assert (blocked.value("waves"), blocked.value("spikes_3")) == (1, passed)
    pair = _run("axon", PULSE, PulseSpec(times_threshold=3, start_ms=5))
    assert pair.value("waves") == 2


def test_velocity_goes_with_the_root_of_the_diameter():
    thin, thick = (
        _run("axon", PULSE, changes={"diameter_um": d}).value("velocity_m_s") for d in (20, 80)
    )
    assert thick / thin == pytest.approx(2.0, rel=0.01)


def test_a_thin_axon_is_as_long_in_length_constants_unless_a_length_is_given():
    def scenario(**changes):
        return Scenario(preparation="axon", stimuli=(PULSE,), changes=changes)

    axon = binding_of("axon")
    assert axon.cable(scenario().changes).length_mm == 100
    thin = axon.cable(scenario(diameter_um=119).changes)
    assert thin.length_mm == pytest.approx(50)
    assert axon.cable({"diameter_um": 119, "length_mm": 30}).length_mm == 30


def test_length_constants_and_thresholds_are_found_when_asked_for():
    run = _run("axon", PULSE)
    assert run.value("length_constant_mm") == s.length_constants().chord_mm
    assert run.value("steady_length_constant_mm") == s.length_constants().steady_mm
    assert run.value("threshold_na") == s.axon_threshold(pulse_ms=0.5)
    fibre = _run("myelinated", PULSE)
    assert fibre.value("threshold_na") == s.fibre_threshold(pulse_ms=0.5)


def test_a_fibre_conducts_from_node_to_node():
    run = _run("myelinated", PULSE)
    direct = s.run_myelinated()
    assert run.value("velocity_m_s") == pytest.approx(direct.conduction_m_s, rel=1e-3)
    # The nodes of a fibre of 10 um are 1 mm apart.
    assert run.value("node_delay_ms") == pytest.approx(1 / run.value("velocity_m_s"), rel=1e-3)
    assert run.value("longest_node_delay_ms") >= run.value("node_delay_ms")
    assert run.value("nodes_reached") == 41
    assert [watched.label for watched in run.recordings] == ["node 11", "node 21", "node 31"]
    delay = _value(run, "arrival_ms(31) - arrival_ms(11)")
    assert delay == pytest.approx(20 * run.value("node_delay_ms"), rel=0.02)
    backward = _run("myelinated", PulseSpec(times_threshold=1.5, place="end"))
    assert _value(backward, "arrival_ms(11) > arrival_ms(31)")


def test_a_pulse_in_the_middle_of_a_fibre_counts_in_thresholds_of_the_middle():
    below, above = (
        _run("myelinated", PulseSpec(times_threshold=times, place="middle"))
        for times in (0.97, 1.03)
    )
    assert (below.value("waves"), above.value("waves")) == (0, 2)


def test_lost_myelin_blocks_the_fibre():
    changes = {"damaged_internodes": 3, "myelin_left": 0.02}
    run = _run("myelinated", PULSE, changes=changes)
    direct = s.run_myelinated(s.MyelinatedFibre(**changes), duration_ms=20)
    assert run.value("spikes_3") == 0
    assert direct.arrivals_ms[-1] is None
    with pytest.raises(ExpressionError, match="no spike comes"):
        run.value("arrival_3_ms")


def test_ions_are_counted_over_a_train():
    changes = {"shape": "cylinder", "diameter_um": 1, "pulses": 50, "pump": 0}
    run = _run("accounting", changes=changes)
    direct = s.run_accounting(s.Accounting().with_values(changes))
    for name, value in s.measure_accounting(direct).items():
        assert run.value(name) == value, name
    assert run.value("peak_mv") == run.value("overshoot_first_mv")


def test_a_knob_that_counts_stands_at_whole_numbers():
    scenario = Scenario(preparation="myelinated", stimuli=(PULSE,))
    turned = with_settings(scenario, {"nodes": 20.4, "damaged_internodes": 1.5})
    assert turned.changes == {"nodes": 20.0, "damaged_internodes": 2.0}
    synapse = Scenario(preparation="dendrite", stimuli=(SynapseSpec(g_ns=1),))
    assert with_settings(synapse, {"inputs": 11.7}).stimuli[0].inputs == 12


def test_settings_of_a_second_stimulus_have_its_number():
    pair = Scenario(preparation="axon", stimuli=(PULSE, PulseSpec(times_threshold=2, start_ms=6)))
    turned = with_settings(pair, {"start_ms_2": 4, "times_threshold_2": 3, "pulse_ms": 0.2})
    first, second = turned.stimuli
    assert (first.start_ms, first.pulse_ms) == (1.0, 0.2)
    assert (second.start_ms, second.times_threshold, second.pulse_ms) == (4, 3, 0.5)


def test_places_of_an_axon_have_names_and_numbers():
    run = _run("axon", PULSE, watch=("end", 10))
    assert [watched.label for watched in run.recordings] == ["100 mm", "10 mm"]
    assert _value(run, "arrival_ms(end)") == run.value("arrival_ms") == run.value("arrival_1_ms")
    assert _value(run, "at(voltage_mv, 3, middle)") == _value(run, "at(voltage_mv, 3, 50)")
    for text, words in (
        ("peak_mv(101)", "from 0 to 100 mm"),
        ("peak_mv(tip)", "an axon has no 'tip'"),
        ("at(voltage_mv, 3, 0 - 1)", "from 0 to 100 mm"),
        ("at(i_pump, 3, 50)", "unknown column 'i_pump'"),
        ("arrival_4_ms", "fewer places are watched"),
        ("e_cl_mv", "a run of 'axon' has no such number \\(did you mean e_k_mv"),
    ):
        with pytest.raises(ExpressionError, match=words):
            _value(run, text)


def test_a_run_of_one_place_takes_no_place():
    run = simulate(default_scenario("textbook"))
    with pytest.raises(ExpressionError, match="of one place only"):
        _value(run, "peak_mv(3)")


def test_a_run_as_long_as_its_author_says_is_not_cut_short():
    assert _run("axon", PULSE, duration_ms=20).value("end_ms") == pytest.approx(20)
    assert _run("axon", PULSE).value("end_ms") < 20


def test_stopping_a_long_run_stops_it():
    def stop(share):
        raise s.Cancelled

    with pytest.raises(s.Cancelled):
        simulate(Scenario(preparation="axon", stimuli=(PULSE,)), progress=stop)


def test_a_threshold_that_has_to_be_searched_for_is_part_of_the_progress_and_can_be_stopped():
    middle = PulseSpec(times_threshold=2.0, place="middle")
    thin = Scenario(preparation="myelinated", stimuli=(middle,), changes={"diameter_um": 2.5})
    first, again = [], []

    def stop(share):
        first.append(share)
        if share > 0.3:  # In the second search, that of the middle.
            raise s.Cancelled

    with pytest.raises(s.Cancelled):
        simulate(thin, progress=stop)
    assert len([share for share in first if share < 0.25]) > 20
    assert first == sorted(first)
    simulate(thin, progress=again.append)
    assert again == sorted(again)
    assert again[0] < 0.3, "the middle is searched for anew"
    known = []
    simulate(thin, progress=known.append)
    assert known[0] == 0.0
    assert known[-1] == again[-1] == 1.0
    assert len(known) < len(again) / 2


def test_a_threshold_is_searched_for_once(monkeypatch):
    found = _run("axon", PULSE, changes={"diameter_um": 123}).value("threshold_na")
    monkeypatch.setattr(s, "axon_threshold", None)
    assert _run("axon", PULSE, changes={"diameter_um": 123}).value("threshold_na") == found
