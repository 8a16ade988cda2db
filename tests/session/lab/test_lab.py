"""The lab's set-ups: every preparation, stimulus and knob, and two of them side by side."""

import msgspec
import pytest

from simulator import KNOBS, Cancelled
from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import default_scenario, set_up_line, simulate_once
from tutor.course.scenario_fields import PulseSpec, Scenario, SynapseSpec
from tutor.course.scenario_rules import scenario_problems
from tutor.session.export import sheet_of_runs
from tutor.session.lab.bench import PREPARATIONS, Lab
from tutor.session.lab.knobs import CHANNELS, GEOMETRY, GROUPS, IONS, STIMULUS, TEMPERATURE
from tutor.session.lab.stimuli import MOST_STIMULI

every_preparation = pytest.mark.parametrize("preparation", PREPARATION_NAMES)


def lab_of(preparation: str) -> Lab:
    lab = Lab()
    lab.use(preparation)
    return lab


def refused(act, *arguments, **named) -> str:
    """The sentence with which the lab refuses something."""
    with pytest.raises(ValueError, match=r"\w") as caught:
        act(*arguments, **named)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def shown(lab: Lab, name: str) -> str:
    return next(knob.shown for knob in lab.knobs if knob.name == name)


def value_of(lab: Lab, name: str) -> float:
    return next(knob.value for knob in lab.knobs if knob.name == name)


# Preparations and their knobs


def test_all_nine_preparations_are_offered_with_a_sentence() -> None:
    assert tuple(PREPARATIONS) == PREPARATION_NAMES
    assert all(sentence.endswith(".") for sentence in PREPARATIONS.values())


@every_preparation
def test_a_preparation_runs_as_it_is_and_is_measured(preparation: str) -> None:
    lab = lab_of(preparation)
    lab.make()
    view = lab.view
    assert not view.is_stale
    assert view.drawn[-1].run.scenario.preparation == preparation
    assert {"rest_mv", "peak_mv"} <= {reading.name for reading in view.readings}
    assert not any(reading.differs for reading in view.readings)


@every_preparation
def test_every_setting_of_the_preparation_is_a_knob_with_range_unit_and_sentence(
    preparation: str,
) -> None:
    knobs = {knob.name: knob for knob in lab_of(preparation).knobs}
    assert set(KNOBS[preparation]) <= set(knobs)
    for knob in knobs.values():
        assert knob.group in GROUPS
        assert knob.title
        assert knob.sentence
        assert knob.range_text
        assert knob.low < knob.high
        assert knob.low <= knob.value <= knob.high


@every_preparation
def test_every_knob_can_be_turned_from_one_end_to_the_other(preparation: str) -> None:
    for knob in lab_of(preparation).knobs:
        if knob.words:
            continue
        for direction, end in ((1.0, knob.high), (-1.0, knob.low)):
            lab = lab_of(preparation)
            lab.set(knob.name, end)
            lab.turn(knob.name, direction)
            assert value_of(lab, knob.name) == pytest.approx(end)
            lab.turn(knob.name, -direction)
            assert value_of(lab, knob.name) * direction < end * direction


def test_turning_passes_over_places_where_the_threshold_is_not_known() -> None:
    lab = lab_of("axon")
    lab.turn("place", 1.0)
    assert shown(lab, "place") == "20 mm"
    assert "give current_na" in refused(lab.set, "place", "5")


def test_a_knob_turns_to_round_numbers_and_finely_to_a_fifth_of_them() -> None:
    lab = lab_of("textbook")
    lab.set("k_out_mm", 4.5)
    lab.turn("k_out_mm", 1.0)
    assert shown(lab, "k_out_mm") == "5 mM"
    lab.turn("k_out_mm", 0.2)
    assert shown(lab, "k_out_mm") == "5.2 mM"


def test_knobs_are_grouped_as_a_bench_is() -> None:
    groups = {
        (preparation, knob.name): knob.group
        for preparation in PREPARATION_NAMES
        for knob in lab_of(preparation).knobs
    }
    assert groups["textbook", "ttx_nm"] == CHANNELS
    assert groups["textbook", "na_out_mm"] == IONS
    assert groups["textbook", "tea_mm"] == CHANNELS
    assert groups["squid", "temperature_c"] == TEMPERATURE
    assert groups["axon", "diameter_um"] == GEOMETRY
    assert groups["myelinated", "na_density"] == CHANNELS
    assert groups["myelinated", "myelin_left"] == GEOMETRY
    assert groups["accounting", "frequency_hz"] == STIMULUS
    assert groups["accounting", "shape"] == GEOMETRY


def test_the_list_begins_with_stimuli_and_what_is_changed_and_opens_a_group_on_demand() -> None:
    lab = lab_of("myelinated")
    assert len(lab.knobs) > 35
    assert len(lab.view.rows()) < 12
    lab.set("na_block", 0.5)
    listed = [row.knob.name for row in lab.view.rows() if row.knob]
    assert "na_block" in listed
    assert "k_block" not in listed
    opened = [row.knob.name for row in lab.view.rows((CHANNELS,)) if row.knob]
    assert {"na_block", "k_block", "ttx_nm"} <= set(opened)


def test_a_search_finds_knobs_of_all_groups_by_the_words_of_name_title_or_sentence() -> None:
    view = lab_of("textbook").view
    found = [row.knob.name for row in view.rows(search="Pump") if row.knob]
    assert {"pump", "ouabain_um", "digoxin_nm"} <= set(found)
    assert view.rows(search="no such word") == ()


# Setting


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2", "2 × threshold"),
        ("1,25", "1.25 × threshold"),
        ("1.5x", "1.5 × threshold"),
        ("20 uA", "20 µA/cm²"),
        ("20µA/cm²", "20 µA/cm²"),
    ],
)
def test_the_size_of_a_pulse_is_typed_in_thresholds_or_with_its_unit(
    typed: str, told: str
) -> None:
    lab = lab_of("textbook")
    lab.set("size", typed)
    assert told in lab.view.set_up


def test_another_way_to_say_the_size_can_be_set_by_its_name() -> None:
    lab = lab_of("axon")
    lab.set("current_na", "3000")
    assert "3000 nA" in lab.view.set_up


def test_a_place_can_be_a_word() -> None:
    lab = lab_of("axon")
    lab.set("place", "middle")
    assert "at the middle" in lab.view.set_up
    assert shown(lab, "place") == "middle"


def test_words_are_set_and_turned() -> None:
    lab = lab_of("accounting")
    lab.turn("shape", 1.0)
    assert shown(lab, "shape") == "cylinder"
    lab.set("shape", "sphere")
    assert shown(lab, "shape") == "sphere"
    assert "one of sphere, cylinder" in refused(lab.set, "shape", "cube")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("k_block", "2", "from 0 to 1"),
        ("k_block", "nan", "from 0 to 1"),
        ("k_block", "much", "a number from 0 to 1"),
        ("kblock", "1", "did you mean k_block"),
        ("size", "", "such as 1.5x"),
        ("start", "9999999", "from 0 to 2000"),
        ("changes_from_ms", "50", "within the run"),
        ("current_na", "2", "current_na"),
        ("place", "moon", "place"),
    ],
)
def test_what_cannot_be_set_is_one_sentence_and_changes_nothing(
    name: str, value: str, says: str
) -> None:
    lab = lab_of("textbook")
    before = lab.scenario
    assert says in refused(lab.set, name, value)
    assert lab.scenario == before


def test_a_knob_is_put_back_alone_and_all_changes_together() -> None:
    lab = lab_of("squid")
    lab.set("k_block", 0.5)
    lab.set("temperature_c", 20.0)
    lab.set("frozen_h", "rest")
    lab.set("duration_ms", 50.0)
    lab.reset("k_block")
    assert "k_block" not in lab.scenario.changes
    assert [k.name for k in lab.knobs if k.is_changed] == [
        "frozen_h",
        "temperature_c",
        "duration_ms",
    ]
    lab.reset("duration_ms")
    lab.reset_all()
    assert not [knob for knob in lab.knobs if knob.is_changed]
    assert lab.scenario.stimuli


# Stimuli


@every_preparation
def test_every_stimulus_that_a_preparation_takes_can_be_added_and_removed(
    preparation: str,
) -> None:
    for kind in lab_of(preparation).kinds:
        lab = lab_of(preparation)
        count = len(lab.stimuli)
        lab.add(kind)
        assert not list(scenario_problems((), lab.scenario))
        # Under voltage clamp what drives a current is taken away.
        assert (
            len(lab.stimuli) == (1 if kind == "clamp" else count + 1) or preparation == "receptor"
        )
        while lab.stimuli:
            lab.remove(1)
        lab.make()


def test_a_stimulus_is_added_with_what_is_typed_of_it_after_those_that_are_there() -> None:
    lab = lab_of("textbook")
    lab.add("pulse")
    lab.add("train", pulses="4", interval="5", size="20uA", start="13")
    assert lab.scenario.stimuli[1].start_ms > lab.scenario.stimuli[0].start_ms
    assert "4 pulses of 0.5 ms from 13 ms on, 5 ms apart, 20 µA/cm²" in lab.view.set_up
    lab.remove(1)
    assert len(lab.stimuli) == 2


def test_what_is_wrong_with_a_new_stimulus_is_told_and_nothing_is_added() -> None:
    lab = lab_of("textbook")
    assert "takes no 'pressure'" in refused(lab.add, "pressure")
    assert "known: pulse" in refused(lab.add, "laser")
    assert "colour" in refused(lab.add, "pulse", colour="2")
    assert "from 0 to 25" in refused(lab.add, "pulse", size="99x")
    assert "there is no stimulus 7" in refused(lab.remove, 7)
    assert len(lab.stimuli) == 1
    for _ in range(MOST_STIMULI - 1):
        lab.add("pulse", size="5uA")
    assert "at most 9" in refused(lab.add, "pulse")


def test_an_inhibitory_synapse_has_a_chloride_potential_that_an_excitatory_one_has_not() -> None:
    lab = lab_of("dendrite")
    assert "e_cl_mv" not in [knob.name for knob in lab.knobs]
    lab.set("type", "gaba")
    lab.set("e_cl_mv", "-65")
    assert "inhibitory synapse" in lab.view.set_up
    lab.turn("type", 1.0)
    assert isinstance(lab.scenario.stimuli[0], SynapseSpec)
    assert lab.scenario.stimuli[0].e_cl_mv is None
    lab.make()


def test_a_clamp_is_added_level_by_level_turned_and_taken_away() -> None:
    lab = lab_of("squid")
    lab.set("changes_from_ms", "10")
    lab.add("clamp")
    lab.add("clamp")
    assert lab.scenario.stimuli == ()
    assert lab.scenario.changes_from_ms == 0.0
    lab.set("level_mv", "-100")
    lab.set("level_mv_2", "20")
    lab.turn("from_ms_2", 1.0)
    lab.make()
    assert "inward_ua_cm2" in {reading.name for reading in lab.view.readings}
    assert "follow each other" in refused(lab.set, "from_ms", "29")
    lab.remove(2)
    assert len(lab.scenario.clamp) == 1
    lab.add("pulse")
    assert lab.scenario.clamp == ()


# Running


def test_a_run_follows_the_set_up_and_a_stopped_one_puts_it_back() -> None:
    lab = lab_of("axon")
    assert lab.awaited is not None
    lab.make()
    assert lab.awaited is None
    lab.set("diameter_um", 300.0)
    assert lab.is_stale

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        lab.make(stop)
    assert not lab.is_stale
    assert "diameter_um" not in lab.scenario.changes


def test_what_cannot_be_run_is_told_and_put_back() -> None:
    lab = lab_of("textbook")
    lab.make()
    before = lab.run
    lab.set("pulse_ms", 0.01)
    assert "amplitude_ua_cm2 is 2299" in refused(lab.make)
    assert lab.run is before
    assert not lab.is_stale


# Comparing


def test_two_set_ups_are_compared_by_what_differs_in_them_and_in_their_numbers() -> None:
    lab = lab_of("textbook")
    assert "not ready" in refused(lab.keep)
    lab.make()
    lab.keep()
    lab.set("k_block", 0.9)
    lab.make()
    view = lab.view
    assert [drawn.label for drawn in view.drawn] == ["A", "B"]
    assert view.kept is not None
    assert view.kept.only_a == ()
    assert view.kept.only_b == ("voltage-gated K⁺ channels blocked 90%",)
    marked = {reading.name for reading in view.readings if reading.differs}
    assert {"half_width_ms", "undershoot_mv"} <= marked
    assert not {"rest_mv", "e_na_mv"} & marked
    gone = next(reading for reading in view.readings if reading.name == "undershoot_mv")
    assert (gone.text, bool(gone.other)) == ("", True)
    lab.let_go()
    assert not any(reading.differs for reading in lab.view.readings)


def test_runs_of_different_preparations_and_lengths_can_be_compared() -> None:
    lab = lab_of("textbook")
    lab.make()
    lab.keep()
    lab.use("resting")
    lab.make()
    assert lab.view.kept is not None
    assert "run of 20 ms" in lab.view.kept.only_a
    assert any(reading.differs for reading in lab.view.readings)


def test_the_knobs_of_a_question_bind_no_one_in_the_lab() -> None:
    scenario = Scenario(
        preparation="textbook",
        stimuli=(PulseSpec(times_threshold=1.5),),
        knobs={"times_threshold": (1.2, 2.0)},
    )
    lab = Lab(scenario, "rising.q1")
    lab.set("size", "3x")
    assert "3 × threshold" in set_up_line(lab.scenario)
    assert lab.view.title == "rising.q1"


def test_the_run_of_a_question_is_not_made_anew_in_the_lab() -> None:
    asked = msgspec.structs.replace(default_scenario("squid"), knobs={"k_block": (0.0, 0.31)})
    run = simulate_once(asked)
    lab = Lab(asked)
    lab.make()
    assert lab.run is run
    assert not lab.is_stale


def test_under_voltage_clamp_the_current_is_drawn_below_the_voltage() -> None:
    lab = lab_of("squid")
    lab.make()
    assert lab.view.curves == ()
    lab.add("clamp")
    lab.make()
    assert lab.view.curves == ("clamp_ua_cm2",)
    assert [plot.y.unit for plot in sheet_of_runs(lab.view.drawn).plots] == ["mV", "µA/cm²"]
