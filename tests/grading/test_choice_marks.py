"""Marks for choosing options: what an answer is worth, and what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.model import Option, Question
from tutor.course.scenario_fields import Scenario
from tutor.grading.choice import mark_choice


def _question(kind, correct, misconceptions):
    """A question of options a to e; `misconceptions` has those of the wrong options by id."""
    return Question(
        id="q1",
        revision=1,
        kind=kind,
        objectives=("o1",),
        difficulty=1,
        stem="Which?",
        setup="A neuron.",
        scenario=Scenario(preparation="textbook"),
        decides="It is {peak_mv}.",
        options=tuple(
            Option(
                id=name,
                text=name,
                feedback="Said.",
                correct=name in correct,
                misconception=misconceptions.get(name),
            )
            for name in "abcde"
        ),
        explanation="So.",
        hint="Look.",
        source="A book",
    )


SINGLE = _question("single", "b", {"a": "M1", "c": "M2"})
MULTI = _question("multi", "ace", {"b": "M1", "d": "M1"})


def _ids(options):
    return "".join(option.id for option in options)


@pytest.mark.parametrize(("chosen", "marks"), [("a", 0), ("b", 1), ("c", 0), ("e", 0)])
def test_a_single_choice_scores_one_mark_or_none(chosen, marks):
    verdict = mark_choice(SINGLE, [chosen])
    assert (verdict.marks, verdict.max_marks, verdict.right) == (marks, 1, marks == 1)


#: The chosen options of three right ones (a, c, e) and two wrong ones, and right minus wrong.
MULTIPLE = [
    ("", 0),
    ("a", 1),
    ("ac", 2),
    ("ace", 3),
    ("b", 0),
    ("bd", 0),
    ("ab", 0),
    ("abd", 0),
    ("acb", 1),
    ("acbd", 0),
    ("aceb", 2),
    ("abcde", 1),
]


@pytest.mark.parametrize(("chosen", "marks"), MULTIPLE)
def test_a_multiple_choice_scores_right_less_wrong_and_never_below_none(chosen, marks):
    verdict = mark_choice(MULTI, list(chosen))
    assert (verdict.marks, verdict.max_marks) == (marks, 3)
    assert verdict.right == (chosen == "ace")


def test_the_order_of_choosing_and_choosing_twice_change_nothing():
    assert mark_choice(MULTI, ["e", "a", "c"]) == mark_choice(MULTI, ["a", "c", "e", "a"])
    assert _ids(mark_choice(MULTI, ["e", "b", "a"]).chosen) == "abe"
    assert mark_choice(SINGLE, ["b", "b"]).right


def test_what_was_missed_are_the_correct_options_not_chosen():
    assert _ids(mark_choice(MULTI, ["a", "b"]).missed) == "ce"
    assert _ids(mark_choice(MULTI, []).missed) == "ace"
    assert _ids(mark_choice(MULTI, list("ace")).missed) == ""
    assert _ids(mark_choice(SINGLE, ["a"]).missed) == "b"


def test_wrong_choices_show_their_misconceptions():
    verdict = mark_choice(MULTI, list("abd"))
    assert _ids(verdict.wrong_choices) == "bd"
    assert verdict.misconceptions == ("M1", "M1")
    assert mark_choice(SINGLE, ["c"]).misconceptions == ("M2",)
    assert mark_choice(SINGLE, ["d"]).misconceptions == ()
    assert mark_choice(SINGLE, ["b"]).misconceptions == ()
    assert mark_choice(SINGLE, ["b"]).wrong_choices == ()


@pytest.mark.parametrize("question", [SINGLE, MULTI])
@pytest.mark.parametrize("chosen", [["f"], ["A"], ["a", "f"], [""]])
def test_an_unknown_option_is_an_error_that_names_it(question, chosen):
    with pytest.raises(ValueError, match=f"question q1 has no option '{chosen[-1]}'"):
        mark_choice(question, chosen)


@pytest.mark.parametrize(("chosen", "count"), [("", 0), ("ab", 2), ("bc", 2), ("abcde", 5)])
def test_a_single_choice_takes_one_option(chosen, count):
    with pytest.raises(ValueError, match=f"question q1 takes one option, not {count}"):
        mark_choice(SINGLE, list(chosen))


@given(st.sets(st.sampled_from("abcde"), min_size=1), st.sets(st.sampled_from("abcde")))
def test_full_marks_are_for_the_key_alone(correct, chosen):
    verdict = mark_choice(_question("multi", correct, {}), chosen)
    assert 0 <= verdict.marks <= verdict.max_marks
    assert verdict.right == (chosen == correct)
    assert {o.id for o in (*verdict.chosen, *verdict.missed)} == chosen | correct
