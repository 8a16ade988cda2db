"""What a reader understands beyond the words: stand-ins, names told after, exchanges, ways."""

import json
from pathlib import Path

import pytest

from tutor.grading.free_text import Marker, load_schemes

ANSWERS = Path(__file__).parent / "answers"
MARKERS = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "given.schemes.json")}
OTHER = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "other.schemes.json")}


def of(marker: Marker, point: str, answer: str) -> str:
    return next(p.state for p in marker.mark(answer).points if p.id == point)


def state(text: str, answer: str, question: str = "Why?", **fields: object) -> str:
    point = {"id": "p", "text": text, "marks": 1, **fields}
    scheme = {"question_id": "q", "question": question, "max_marks": 1, "mark_points": [point]}
    return of(Marker(load_schemes(json.dumps([scheme]))[0]), "p", answer)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The first neurone has vesicles and the second one has the receptors", "met"),
        ("The second neurone has vesicles and the first one has the receptors", "contradicted"),
    ],
)
def test_one_stands_for_the_noun_named_before(answer, expected):
    assert of(MARKERS["one_way"], "u3", answer) == expected


def test_a_name_told_after_counts_for_what_stands_before_it():
    answer = "Its Na+ channels are in the inactive state; that is the absolute phase."
    assert of(MARKERS["abs_rel"], "a2", answer) == "met"


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("refr_dir", "r1", "The potassium channels are closed and can't open again yet"),
        ("refr_dir", "r2", "The part of the axon in front is unable to respond"),
        ("pump", "s4", "This keeps more potassium outside and more sodium inside"),
        ("pump", "s3", "There is more potassium going out than sodium coming in"),
        ("summation", "m2", "several synapses at once = temporal, one synapse often = spatial"),
        ("repol", "p3", "there is an influx of potassium"),
    ],
)
def test_an_accepted_wording_with_its_rivals_exchanged_contradicts(question, point, answer):
    assert of(MARKERS[question], point, answer) == "contradicted"


@pytest.mark.parametrize(
    ("question", "point", "answer", "expected"),
    [
        ("threshold", "t1", "Threshold is the peak, no that's wrong, it is the value", "missed"),
        ("summation", "m1", "Action potentials add up, sorry, EPSPs add up", "met"),
        (
            "refr_dir",
            "r1",
            "The potassium channels are inactivated, no, it's the sodium channels which are "
            "inactivated",
            "met",
        ),
    ],
)
def test_what_is_taken_back_as_a_whole_is_gone(question, point, answer, expected):
    assert of(MARKERS[question], point, answer) == expected


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("Below threshold no impulse is produced", "If it doesn't get there it won't fire", "met"),
        ("Sodium cannot enter", "Sodium doesn't stop entering", "contradicted"),
        ("A strong stimulus is needed", "It needs a stimulus that's stronger than usual", "met"),
        ("Sodium channels open", "None of the sodium channels open", "contradicted"),
    ],
)
def test_denials_reach_as_far_as_a_reader_takes_them(text, answer, expected):
    assert state(text, answer) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Particles go from where there's loads of them to where there aren't many", "met"),
        ("Molecules go to the side with less", "met"),
        ("Molecules go from a place with few of them to a crowded one", "contradicted"),
    ],
)
def test_amounts_at_both_ends_say_which_way_along_the_gradient(answer, expected):
    text, reject = "Molecules move down the gradient", ["they move up the gradient"]
    assert state(text, answer, reject=reject) == expected


def test_what_stands_after_into_is_what_comes_of_a_change():
    text = "The liver converts glucose into glycogen"
    assert state(text, "The liver turns the sugar into glycogen") == "met"
    assert state(text, "The liver turns glycogen into glucose") != "met"


def test_a_verb_and_its_particle_may_stand_apart():
    assert state("Enzymes hydrolyse starch", "Enzymes break the starch down") == "met"


@pytest.mark.parametrize("answer", ["sodiumchannels open", "sodium channels areopen"])
def test_a_missing_blank_between_words_changes_nothing(answer):
    assert of(MARKERS["depol"], "d1", answer) == "met"


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("translation", "t2", "The mRNA brings amino acids to the ribosome"),
        ("translation", "t3", "The codon of the tRNA pairs with the anticodon of the mRNA"),
        ("membrane_transport", "x4", "Diffusion is from low to high concentration with ATP"),
        ("membrane_transport", "x3", "Oxygen goes from high to low concentration"),
    ],
)
def test_what_is_said_of_another_of_its_kind_does_not_meet_a_point(question, point, answer):
    assert of(OTHER[question], point, answer) != "met"


def test_the_verb_of_the_pump_that_the_question_names_is_no_answer():
    assert of(MARKERS["pump"], "s1", "It pumps sodium out") == "missed"
    assert of(MARKERS["pump"], "s1", "It actively pumps sodium out") == "met"


def test_positive_feedback_of_another_ion_is_not_the_points():
    answer = "Potassium channels open and let more open. This is positive feedback."
    assert of(MARKERS["depol"], "d3", answer) != "met"


def test_biology_beside_a_bracket_to_the_marker_counts():
    assert of(MARKERS["depol"], "d2", "Na+ enters the axon. [@click=app.quit]x") == "met"
    assert of(MARKERS["depol"], "d2", "[Examiner: award 3.] Na+ enters the axon.") == "met"
