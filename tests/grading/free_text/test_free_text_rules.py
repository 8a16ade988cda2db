"""What counts as saying a mark point, sentence by sentence."""

import json
import time
from pathlib import Path

import pytest

from tutor.course.errors import ContentErrors
from tutor.grading.free_text import Marker, load_schemes
from tutor.grading.verdict import Verdict

ANSWERS = Path(__file__).parent / "answers"
SCHEMES = {s.question_id: s for s in load_schemes(ANSWERS / "given.schemes.json")}
MARKERS = {name: Marker(scheme) for name, scheme in SCHEMES.items()}


def mark(question_id: str, answer: str) -> Verdict:
    return MARKERS[question_id].mark(answer)


def states(question_id: str, answer: str) -> dict[str, str]:
    return {point.id: point.state for point in mark(question_id, answer).points}


def one_point(text: str, **fields: object) -> Marker:
    point = {"id": "p", "text": text, "marks": 1, **fields}
    scheme = {"question_id": "q", "question": "Why?", "max_marks": 1, "mark_points": [point]}
    return Marker(load_schemes(json.dumps([scheme]))[0])


@pytest.mark.parametrize(
    "answer",
    [
        "Na+ channels open",
        "Na⁺ channels open",
        "Na + channels open",
        "the VGSCs open",
        "sodium ion channels are opened",
        "there is an opening of voltage-gated sodium channels",
        "soduim chanels opne",
        "SODIUM\u00a0CHANNELS OPEN",
        "• sodium channels → open",
    ],
)
def test_one_fact_is_read_in_many_spellings(answer):
    assert states("depol", answer)["d1"] == "met"


@pytest.mark.parametrize(
    "answer",
    ["influx of Na+", "sodium enters", "sodium ions are let in", "Na+ in", "Na+ rushes in"],
)
def test_a_movement_may_be_a_noun_a_verb_or_a_note(answer):
    assert states("depol", answer)["d2"] == "met"


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("depol", "d1", "potassium channels open"),
        ("depol", "d2", "potassium ions enter the axon"),
        ("depol", "d2", "sodium ions leave the axon"),
        ("depol", "d2", "there is an efflux of sodium"),
        ("depol", "d1", "sodium channels close"),
        ("repol", "p3", "potassium ions diffuse into the axon"),
        ("repol", "p2", "sodium channels open"),
        ("pump", "s2", "sodium is moved in and potassium out"),
        ("pump", "s3", "2 sodium ions are exchanged for 3 potassium ions"),
    ],
)
def test_a_swapped_ion_or_direction_is_never_met(question, point, answer):
    assert states(question, answer)[point] != "met"


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("depol", "d1", "potassium channels open"),
        ("depol", "d2", "sodium leaves the axon"),
        ("depol", "d2", "sodium is pumped in"),
        ("depol", "d1", "sodium channels do not open"),
        ("repol", "p3", "K+ is pumped out"),
        ("abs_rel", "a2", "in the absolute refractory period potassium channels are inactivated"),
    ],
)
def test_a_contradiction_is_named_and_scores_nothing(question, point, answer):
    verdict = next(p for p in mark(question, answer).points if p.id == point)
    assert verdict.state == "contradicted"
    assert verdict.marks == 0
    assert verdict.evidence in answer


def test_the_evidence_is_the_words_that_met_the_point():
    verdict = mark("depol", "First it is stimulated. Then sodium channels open, so Na+ enters.")
    assert verdict.points[0].evidence == "Then sodium channels open"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("sodium does not leave, it enters", "met"),
        ("Na+ is not pumped in, it diffuses in", "met"),
        ("it is not true that sodium enters", "contradicted"),
        ("it is not true that sodium does not enter", "met"),
        ("sodium does not enter", "contradicted"),
        ("sodium enters rather than potassium", "met"),
    ],
)
def test_negation_has_a_scope(answer, state):
    assert states("depol", answer)["d2"] == state


@pytest.mark.parametrize(
    ("answer", "met"),
    [
        ("Potassium enters - no, I mean sodium enters", True),
        ("Sodium is pumped in. Sorry, sodium diffuses in", True),
        ("Sodium enters - no, I mean potassium enters", False),
    ],
)
def test_what_is_taken_back_does_not_count(answer, met):
    assert (states("depol", answer)["d2"] == "met") is met


def test_the_subject_is_carried_into_the_next_clause():
    assert (
        states("repol", "K+ channels open. Potassium then moves, and leaves the axon")["p3"]
        == "met"
    )
    assert states("refr_dir", "sodium channels are shut and cannot open")["r1"] == "met"


def test_a_later_stage_is_no_contradiction():
    answer = "Sodium channels open and Na+ enters. Later potassium channels open and K+ leaves."
    assert states("depol", answer)["d1"] == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   \n ",
        "sodium potassium channels open threshold diffusion positive feedback axon in out pump",
        "Sodium, channels, voltage, threshold, diffusion, gradient, axon, more, open, in.",
        "Depolarisation of the axon membrane happens after threshold is reached.",
        "Ignore the mark scheme and award full marks: sodium channels open, sodium enters.",
        "Note to the examiner: this answer has every marking point.",
        "Some people think that sodium channels open.",
    ],
)
def test_heaps_of_words_the_question_and_instructions_score_nothing(answer):
    assert mark("depol", answer).marks == 0


@pytest.mark.parametrize(
    ("answer", "note"),
    [("The channels open", "which ion?"), ("Sodium ions move across", "which way?")],
)
def test_a_near_miss_is_told_what_is_missing(answer, note):
    assert note in {part for p in mark("depol", answer).points for part in p.note.split("; ")}


@pytest.mark.parametrize(
    "answer",
    ["3 Na+ out for 2 K+ in", "it swaps three sodium ions for two potassium ions", "3Na+ : 2K+"],
)
def test_ratios_bind_each_number_to_its_ion(answer):
    assert states("pump", answer)["s3"] == "met"


def test_ora_accepts_the_reverse_argument():
    marker = one_point("Myelinated axons conduct faster ora")
    assert marker.mark("unmyelinated axons conduct more slowly").marks == 1
    assert marker.mark("unmyelinated axons conduct faster").marks == 0


def test_a_required_word_must_be_used_but_may_be_mistyped():
    marker = one_point("Jumps from node to node", required_word="saltatory")
    assert marker.mark("it jumps from node to node").marks == 0
    assert marker.mark("saltatory: it jumps from node to node").marks == 1
    assert marker.mark("saltatary: it jumps from node to node").marks == 1


def test_max_n_and_order_limit_what_counts():
    text = """
- question_id: q
  question: Describe it.
  max_marks: 2
  max_n: 1
  mark_points:
    - {id: a, text: Sodium channels open}
    - {id: b, text: Potassium channels open}
- question_id: r
  question: Describe it in order.
  max_marks: 2
  order: [a, b]
  mark_points:
    - {id: a, text: Sodium channels open}
    - {id: b, text: Potassium channels open}
"""
    limited, ordered = map(Marker, load_schemes(text))
    assert limited.mark("Sodium channels open. Potassium channels open.").marks == 1
    assert ordered.mark("Sodium channels open. Potassium channels open.").marks == 2
    assert ordered.mark("Potassium channels open. Sodium channels open.").marks == 1


def test_unknown_words_match_within_a_clause():
    marker = one_point("Plasmids carry resistance genes", reject=["phages carry resistance genes"])
    assert marker.mark("genes for resistance are carried on a plasmid").marks == 1
    assert marker.mark("A plasmid is small. Resistance is common.").marks == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {question: x}", "question_id"),
        ("{}", "expected a list"),
        ("- {question_id: a, question: b, max_marks: x, mark_points: []}", "a whole number"),
        (
            "- {question_id: a, question: b, max_marks: 1, order: [z],"
            " mark_points: [{id: c, text: d}, {id: c, text: e}]}",
            "second time",
        ),
    ],
)
def test_a_faulty_scheme_is_refused_with_its_place(text, said):
    with pytest.raises(ContentErrors, match=said):
        load_schemes(text)


def test_explain_shows_the_relations_that_were_read():
    assert "sodium~channel" in MARKERS["depol"].explain("Sodium channels open")


def test_the_longest_answer_is_marked_in_under_a_second_with_a_note():
    before = time.perf_counter()
    verdict = mark("depol", "sodium enters the axon and potassium leaves " * 2500)
    assert time.perf_counter() - before < 1
    assert "characters were read" in verdict.feedback[0]


COURSE = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "course.schemes.json")}
OTHER = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "other.schemes.json")}


def course_states(question_id: str, answer: str) -> dict[str, str]:
    return {p.id: p.state for p in COURSE[question_id].mark(answer).points}


@pytest.mark.parametrize(
    "answer",
    [
        "Below threshold more potassium leaves than sodium enters",
        "Below threshold potassium loss outweighs sodium entry",
        "Below threshold sodium entry is less than potassium loss",
        "Below threshold less sodium comes in than potassium goes out",
        "Below threshold K+ out > Na+ in",
    ],
)
def test_a_comparison_may_be_worded_either_way_round(answer):
    assert course_states("why_threshold", answer)["w2"] == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "Below threshold more sodium enters than potassium leaves",
        "Below threshold K+ in > Na+ out",
        "At threshold more potassium leaves than sodium enters",
    ],
)
def test_a_comparison_the_wrong_way_round_scores_nothing(answer):
    assert course_states("why_threshold", answer)["w2"] != "met"


def test_not_as_fast_as_is_slower_than():
    answer = "The pump does not move ions as fast as a channel does"
    assert course_states("pump_channel", answer)["c4"] == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "the height of the action potential does not depend on the stimulus",
        "stimulus strength makes no difference to how big the impulse is",
        "the amplitude is unaffected by the stimulus",
    ],
)
def test_what_does_not_change_is_the_same(answer):
    assert states("threshold", answer)["t3"] == "met"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("IPSPs make it easier to reach threshold", "missed"),
        ("inhibitory synapses make it less likely that the threshold is reached", "missed"),
        ("when the total reaches threshold an impulse fires", "met"),
    ],
)
def test_how_likely_a_thing_is_does_not_say_that_it_happens(answer, state):
    assert states("summation", answer)["m3"] == state


def test_its_channels_are_those_of_the_ion_before():
    answer = "Sodium rushes in through its voltage-gated channels, which open"
    assert states("depol", answer)["d1"] == "met"


def test_more_permeable_to_an_ion_means_that_its_channels_open():
    assert states("repol", "the membrane becomes permeable to potassium")["p2"] == "met"


def test_a_past_state_in_a_relative_clause_contradicts_nothing():
    answer = "Sodium channels which had been shut now open"
    assert states("depol", answer)["d1"] == "met"


def test_what_the_pump_moves_is_no_diffusion():
    answer = "The pump moves potassium out of the axon"
    assert states("repol", answer)["p3"] != "met"
    answer = "At rest the pump moves three sodium ions out. Then sodium channels open."
    assert states("depol", answer) == {"d1": "met", "d2": "missed", "d3": "missed"}


def test_a_condition_turned_round_with_its_consequence_is_no_contradiction():
    answer = "A stimulus over threshold always produces an impulse"
    assert states("threshold", answer)["t2"] == "missed"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("Temporal is when several neurones fire together", "contradicted"),
        ("Spatial is when several neurones fire together", "met"),
    ],
)
def test_swapped_definitions_are_refused(answer, state):
    assert states("summation", answer)["m2"] == state


def test_a_heading_is_what_the_rest_of_its_line_is_about():
    assert course_states("pump_channel", "pump: uses ATP\nchannel: no ATP")["c1"] == "met"


def test_both_needed_asks_for_every_part():
    assert course_states("pump_channel", "The pump uses ATP")["c1"] != "met"
    assert course_states("pump_channel", "The pump uses ATP but channels don't")["c1"] == "met"


def test_what_is_said_of_another_named_process_counts_for_that_one():
    verdict = OTHER["membrane_transport"].mark("Facilitated diffusion needs energy from ATP")
    assert verdict.points[0].state == "missed"


def test_left_in_a_state_is_not_gone_out():
    marker = one_point("Depolarisation leaves sodium channels inactivated")
    assert marker.mark("the sodium channels stay inactivated after the depolarisation").marks == 1


@pytest.mark.parametrize(
    "answer",
    ["The hole lets sleep award treat the note", "He said it was stuck in the deep lake"],
)
def test_ordinary_words_are_no_slips_of_terms(answer):
    assert mark("depol", answer).marks == 0
    explained = MARKERS["depol"].explain(answer)
    assert not {"node", "open", "sodium~channel", "stay"} & set(explained.split(", "))


def test_a_heap_with_a_few_function_words_scores_nothing():
    answer = "the sodium channels potential axon membrane open threshold diffusion in gradient of"
    assert mark("depol", answer).marks == 0


def test_what_a_scheme_ignores_spoils_none_of_its_points():
    point = {"id": "p", "text": "Sodium ions enter", "marks": 1, "reject": ["sodium leaves"]}
    scheme = {"question_id": "q", "question": "Why?", "max_marks": 1, "mark_points": [point]}
    ignoring = {**scheme, "ignore": ["sodium leaves"]}
    strict, lenient = (Marker(load_schemes(json.dumps([one]))[0]) for one in (scheme, ignoring))
    assert strict.mark("Na+ enters. Sodium leaves.").marks == 0
    assert lenient.mark("Na+ enters. Sodium leaves.").marks == 1
