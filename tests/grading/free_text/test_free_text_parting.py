"""Where statements part: ways and nouns of a line, conditions, denials, what none can lack."""

import json
from pathlib import Path

import pytest

from tutor.grading.free_text import Marker, load_schemes
from tutor.grading.free_text.alternatives import alternatives

ANSWERS = Path(__file__).parent / "answers"
GIVEN = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "given.schemes.json")}
PUPILS = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "pupils.schemes.json")}


def of(marker: Marker, point: str, answer: str) -> str:
    return next(p.state for p in marker.mark(answer).points if p.id == point)


def state(text: str, answer: str, **fields: object) -> str:
    point = {"id": "p", "text": text, "marks": 1, **fields}
    scheme = {"question_id": "q", "question": "Why?", "max_marks": 1, "mark_points": [point]}
    return of(Marker(load_schemes(json.dumps([scheme]))[0]), "p", answer)


@pytest.mark.parametrize(
    ("line", "wordings"),
    [
        (
            "osmosis moves water in or out of the cell",
            ["osmosis moves water into the cell", "osmosis moves water out of the cell"],
        ),
        (
            "it pushes substances / waste out of the cell",
            ["it pushes substances out of the cell", "it pushes waste out of the cell"],
        ),
        (
            "mRNA is translated / read at the ribosome",
            ["mRNA is translated at the ribosome", "mRNA read at the ribosome"],
        ),
        (
            "mRNA goes to the Golgi / lysosome to be translated",
            [
                "mRNA goes to the Golgi to be translated",
                "mRNA goes to the lysosome to be translated",
            ],
        ),
        ("the animal gulps / takes in liquid", ["the animal takes in liquid"]),
    ],
)
def test_each_piece_of_a_line_has_what_it_shares_with_the_others(line, wordings):
    found = [" ".join(wording.split()) for wording in alternatives(line, frozenset())]
    assert set(wordings) <= set(found)


@pytest.mark.parametrize(
    ("question", "point", "answer", "expected"),
    [
        ("membtrans", "k11", "Stuff goes in and out of the cell.", "missed"),
        ("membtrans", "k11", "Substances go in and out through protein channels.", "met"),
        ("protsyn", "y6", "Then the tRNA comes.", "missed"),
        ("protsyn", "y6", "The tRNA comes with an amino acid.", "met"),
    ],
)
def test_a_point_is_not_met_without_the_thing_that_all_its_wordings_name(
    question, point, answer, expected
):
    assert of(PUPILS[question], point, answer) == expected


@pytest.mark.parametrize("name", ["Exocytosis", "Endocytosis", "Phagocytosis"])
def test_a_name_before_a_colon_does_not_make_the_point_by_itself(name):
    line = f"{name}: a vesicle is formed round a large molecule"
    assert state(line, f"One way is {name.lower()}.") == "missed"


def test_a_word_outside_the_lexicon_counts_in_full_where_it_is_all_that_is_told_of():
    line = "passes out through the hatch"
    assert state(line, "It goes out.") == "missed"
    assert state(line, "It goes out through the hatch.") == "met"


def test_whose_a_thing_is_can_be_told_with_is():
    answer = "The anticodon of the tRNA pairs with the codon of the mRNA."
    assert of(PUPILS["protsyn"], "y4", answer) == "met"
    wrong = "The tRNA comes and its codon matches with the anticodon on the mRNA."
    assert of(PUPILS["protsyn"], "y4", wrong) == "contradicted"


@pytest.mark.parametrize(
    ("question", "point", "answer", "expected"),
    [
        ("threshold", "t2", "If you don't get to threshold there isn't an impulse.", "met"),
        ("threshold", "t2", "below -> no AP", "met"),
        (
            "threshold",
            "t2",
            "If it is below threshold then a small impulse is made.",
            "contradicted",
        ),
        ("threshold", "t3", "If it is below threshold then a small impulse is made.", "missed"),
        ("refr_dir", "r3", "The impulse travels both ways without colliding.", "contradicted"),
        ("pump", "s1", "If a poison stops the cell making ATP the gradients run down.", "missed"),
    ],
)
def test_a_condition_and_what_it_is_for_are_two_statements(question, point, answer, expected):
    assert of(GIVEN[question], point, answer) == expected


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("one_way", "u2", "Transmitter is not only released from the presynaptic neurone."),
        (
            "one_way",
            "u2",
            "Vesicles are in the postsynaptic neurone and receptors in the presynaptic.",
        ),
        (
            "one_way",
            "u3",
            "Receptors are in the presynaptic neurone and vesicles in the next one.",
        ),
        ("pump", "s2", "It does not move sodium out of the cell or potassium into the cell."),
        ("pump", "s1", "It is not active transport."),
        ("repol", "p4", "Sodium channels are slow to close, so it goes below resting potential."),
        ("threshold", "t1", "Threshold is the highest point that the action potential reaches."),
        ("repol", "p3", "The membrane is permeable to potassium, which does not flow out."),
    ],
)
def test_what_a_point_says_denied_or_exchanged_contradicts_it(question, point, answer):
    assert of(GIVEN[question], point, answer) == "contradicted"


def test_a_region_that_a_point_names_in_brackets_has_a_rival():
    ahead = "The sodium channels ahead of the action potential are inactivated."
    assert of(GIVEN["refr_dir"], "r1", ahead) != "met"
    behind = "The sodium channels behind the action potential are inactivated."
    assert of(GIVEN["refr_dir"], "r1", behind) == "met"


def test_channels_that_stay_open_do_not_open():
    answer = "The potassium channels stay open for too long."
    assert of(GIVEN["repol"], "p2", answer) == "missed"


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("threshold", "t3", "A biger stimulus does not give a biger action potential."),
        ("threshold", "t3", "The action potential is the same size no mater how strong it is."),
        ("summation", "m1", "EPSPs are sumed at the axon hillock."),
    ],
)
def test_a_letter_left_out_of_a_doubled_one_changes_no_mark(question, point, answer):
    assert of(GIVEN[question], point, answer) == "met"


def test_numbers_of_millivolts_are_no_ratio_of_ions():
    answer = "Na+ channels open, Na+ moves in, pd goes from -70 to +30"
    assert of(GIVEN["depol"], "d1", answer) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "no myelin sheath so no saltatory conduction",
        "lack of myelin and no nodes",
        "no sheath of myelin and so there is no jumping, and a thin axon",
    ],
)
def test_what_there_is_not_may_stand_beside_what_else_there_is_not(answer: str) -> None:
    assert state("They are unmyelinated", answer) == "met"


def test_after_what_there_is_not_comes_what_there_is() -> None:
    answer = "no myelin and so no nodes, and a thin axon"
    assert state("They have a small diameter", answer, accept=["they are thin"]) == "met"


def test_not_this_but_that_says_that() -> None:
    text = "Voltage-gated sodium channels inactivate / close"
    assert state(text, "The sodium channels do not close but inactivate.") == "met"
    assert state(text, "The sodium channels do not close but open.") == "contradicted"
