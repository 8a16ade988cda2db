"""What a line of a scheme asks for: its rarest words, its things, what its pieces share."""

import json
from pathlib import Path

import pytest

from tutor.grading.free_text import Marker, load_schemes
from tutor.grading.free_text.alternatives import alternatives

ANSWERS = Path(__file__).parent / "answers"
SCHOOL = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "school.schemes.json")}
GIVEN = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "given.schemes.json")}


def states(points: dict[str, str], answer: str, question: str = "Describe it.") -> dict[str, str]:
    lines = [{"id": id_, "text": text, "marks": 1} for id_, text in points.items()]
    scheme = {"question_id": "q", "question": question, "max_marks": 3, "mark_points": lines}
    return {
        p.id: p.state for p in Marker(load_schemes(json.dumps([scheme]))[0]).mark(answer).points
    }


def of(question: str, point: str, answer: str) -> str:
    return next(p.state for p in GIVEN[question].mark(answer).points if p.id == point)


@pytest.mark.parametrize(
    ("line", "second"),
    [
        ("mRNA binds / attaches to a ribosome", "mRNA attaches to a ribosome"),
        ("mRNA goes to / binds to a ribosome", "mRNA binds to a ribosome"),
        ("tRNA brings / carries the amino acid", "tRNA carries the amino acid"),
        (
            "As it warms the particles have more energy / move faster",
            "As it warms the particles move faster",
        ),
        (
            "the substrate does not fit and the reaction slows / ends",
            "the substrate does not fit and the reaction ends",
        ),
    ],
)
def test_pieces_between_slashes_share_the_subject_and_the_object(line, second):
    found = [" ".join(wording.split()) for wording in alternatives(line, frozenset())]
    assert found[1] == second


def test_a_verb_without_its_object_is_no_wording_of_a_line():
    points = {"a": "tRNA brings / carries the amino acid"}
    assert states(points, "The tRNA brings the message.") == {"a": "missed"}


def test_which_of_like_things_does_it_must_be_said():
    points = {"a": "tRNA carries the amino acid"}
    assert states(points, "Something carries the amino acid.") == {"a": "missed"}
    assert states(points, "The tRNA carries an amino acid.") == {"a": "met"}


@pytest.mark.parametrize(
    ("question", "point", "answer", "expected"),
    [
        ("enzyme_temp", "en2", "There is more of the enzyme and the substrate", "missed"),
        ("enzyme_temp", "en2", "Particles bump into each other more often", "met"),
        ("protein_synthesis", "ps1", "The mRNA leaves the nucleus", "missed"),
        ("protein_synthesis", "ps1", "The mRNA goes out through a hole in the nucleus", "met"),
        ("protein_synthesis", "ps3", "The tRNA reads it", "missed"),
        ("protein_synthesis", "ps3", "The mRNA is read in threes", "met"),
        ("protein_synthesis", "ps7", "The amino acids are joined in order", "missed"),
    ],
)
def test_what_sets_a_line_apart_must_be_said_and_what_all_share_need_not(
    question, point, answer, expected
):
    assert next(p.state for p in SCHOOL[question].mark(answer).points if p.id == point) == expected


@pytest.mark.parametrize(
    ("question", "point", "answer", "expected"),
    [
        ("refr_dir", "r2", "The part that has just fired will fire again", "contradicted"),
        ("refr_dir", "r2", "The part that has just fired cannot fire again", "met"),
        ("one_way", "u2", "Vesicles are only in the knob of the second neurone", "contradicted"),
        ("one_way", "u3", "vesicles pre only, receptors post only", "met"),
        ("one_way", "u3", "vesicles post only, receptors pre only", "contradicted"),
        ("depol", "d2", "There is more sodium outside, so the ions rush in", "met"),
        ("depol", "d2", "Sodium crosses from the tissue fluid into the axoplasm", "met"),
        ("depol", "d2", "Sodium crosses from the axoplasm into the tissue fluid", "contradicted"),
        ("depol", "d1", "The sodium doors fly open", "met"),
        (
            "summation",
            "m3",
            "If it reaches threshold there is no action potential",
            "contradicted",
        ),
        ("summation", "m1", "Marks please :) The EPSPs join forces at the hillock", "met"),
        ("threshold", "t2", "If the stimulus fails to reach it there is no impulse", "met"),
    ],
)
def test_a_reader_takes_it_as_it_was_meant(question, point, answer, expected):
    assert of(question, point, answer) == expected


def test_what_is_denied_by_name_is_not_met_by_what_follows():
    answer = "The sodium channels fail to open. Na+ enters, which opens more of the same channels."
    assert of("depol", "d1", answer) == "contradicted"


def test_an_idea_named_and_then_told_the_wrong_way_round_is_contradicted():
    answer = "Sodium entry closes more sodium channels, which is positive feedback."
    assert of("depol", "d3", answer) != "met"
