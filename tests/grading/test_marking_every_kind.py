"""Answers to questions of every kind, marked by the one function that sessions call."""

import pytest
from every_kind import posed, questions_of_every_kind

from tutor.cli.options import QUESTION_KINDS
from tutor.course.posed import Posed
from tutor.grading.marking import mark, model_answer

WRONG = {
    "single": ["b"],
    "multi": ["c"],
    "ordering": ["fall", "peak", "rise"],
    "matching": {"na": "out", "k": "in"},
    "numeric": "3 kg",
    "calculation": ["3 kg", "4 kg"],
    "text": "The pump does it.",
    "point": {"time_ms": 6.0},
    "interval": [6.0, 7.0],
    "experiment": {"k_block": 0.5},
}


@pytest.fixture(scope="module")
def questions(tmp_path_factory):
    return questions_of_every_kind(tmp_path_factory.mktemp("kinds"))


def test_there_is_a_question_of_every_kind(questions):
    assert tuple(questions) == QUESTION_KINDS


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_the_model_answer_has_full_marks_and_a_wrong_one_none(questions, kind):
    for seed in range(5):
        asked = Posed(questions[kind], seed)
        verdict = mark(asked, model_answer(asked))
        assert verdict.right, verdict
        assert all(point.state == "met" for point in verdict.points)
        assert mark(asked, WRONG[kind]).marks == 0


@pytest.mark.parametrize("kind", QUESTION_KINDS)
@pytest.mark.parametrize("answer", [None, 5, True, {"x": "y"}, [1, "a"], ["\x00"], [[]], {}])
def test_an_answer_of_another_form_is_one_clear_sentence_or_gets_no_marks(questions, kind, answer):
    asked = Posed(questions[kind], 1)
    said, marks = "", 0
    try:
        marks = mark(asked, answer).marks
    except ValueError as error:
        said = str(error)
    assert not marks
    assert "\n" not in said
    assert len(said) < 200


def test_the_key_of_a_drawn_question_follows_its_seed(questions):
    keys = {seed: model_answer(Posed(questions["numeric"], seed)) for seed in range(12)}
    assert len(set(keys.values())) > 4
    for seed, key in keys.items():
        distance_mm = Posed(questions["numeric"], seed).drawn["distance_mm"]
        assert key == f"{distance_mm / 2:g} m/s"


def test_a_drawn_number_stands_in_the_stem_and_sets_the_scenario(questions):
    asked = Posed(questions["numeric"], 3)
    assert f"{asked.drawn['distance_mm']:g} mm" in asked.stem
    assert asked.scenario.stimuli[0].times_threshold == asked.drawn["times"]


def test_an_error_is_carried_forward_and_not_punished_twice(questions):
    asked = Posed(questions["calculation"], 3)
    velocity = asked.drawn["gap_mm"] / 2
    slip = mark(asked, [f"{10 * velocity} m/s", f"{150 / velocity:.4g} ms"])
    # The method of the first and the whole of the second; not the number that slipped by ten.
    assert (slip.marks, slip.max_marks) == (2, 3)
    assert slip.feedback == (
        "Part 1: The digits are right, but it is 10 times too large.",
        "Part 2: Follows rightly from your earlier value.",
    )
    both = mark(asked, [f"{10 * velocity} m/s", "3 ms"])
    assert both.marks == 1


def test_a_calculation_needs_each_of_its_numbers(questions):
    with pytest.raises(ValueError, match="has 1 numbers of 2"):
        mark(Posed(questions["calculation"], 1), ["3 m/s"])


def test_a_known_wrong_number_shows_its_misconception(questions):
    asked = Posed(questions["numeric"], 3)
    verdict = mark(asked, f"{asked.drawn['distance_mm'] * 2} m/s")
    assert verdict.marks == 0
    assert verdict.misconceptions == ("M2",)
    assert "Divide by the time." in verdict.feedback


def test_a_contradicted_mark_point_shows_its_misconception(questions):
    verdict = mark(Posed(questions["text"], 1), "Potassium channels open. Na+ enters.")
    assert [point.state for point in verdict.points] == ["contradicted", "met"]
    assert verdict.misconceptions == ("M2",)


def test_a_met_mark_point_brings_the_exact_statement(questions):
    verdict = mark(Posed(questions["text"], 1), "Na+ enters")
    met = next(point for point in verdict.points if point.state == "met")
    assert met.exactly == "Na⁺ enters down its electrochemical gradient."


def test_the_wrong_order_of_a_pair_shows_its_misconception(questions):
    verdict = mark(Posed(questions["ordering"], 1), ["fall", "rise", "peak"])
    assert verdict.misconceptions == ("M2",)
    assert 0 < verdict.marks < verdict.max_marks


def test_a_board_reaches_the_options_of_a_choice(questions):
    asked = Posed(questions["single"], 1)
    assert mark(asked, ["c"], "AQA").right
    assert not mark(asked, ["c"], "OCR").marks


@pytest.mark.parametrize(
    ("knobs", "words"),
    [
        ({"na_block": 2.0}, "0 to 0.9"),
        ({"pump": 0.0}, "no knob 'pump'"),
        ({"na_block": "x"}, "no number"),
    ],
)
def test_an_experiment_takes_its_own_knobs_within_their_range(questions, knobs, words):
    with pytest.raises(ValueError, match=words):
        mark(Posed(questions["experiment"], 1), knobs)


def test_an_experiment_tells_what_was_turned_without_need(questions):
    verdict = mark(Posed(questions["experiment"], 1), {"na_block": 0.8, "k_block": 0.1})
    assert verdict.right
    assert any("Not needed" in sentence for sentence in verdict.feedback)


def test_an_experiment_without_a_turned_knob_misses_its_goal(questions):
    assert mark(Posed(questions["experiment"], 1), {}).marks == 0


def test_posing_twice_with_one_seed_is_the_same_question(tmp_path):
    first, again = posed(tmp_path, "numeric", 7), posed(tmp_path, "numeric", 7)
    assert (first.stem, first.drawn) == (again.stem, again.drawn)
