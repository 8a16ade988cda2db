"""Marks for choosing options: what an answer is worth, and what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.questions import MultiQuestion, Option, SingleQuestion
from tutor.course.scenario_fields import Scenario
from tutor.grading.choice import mark_choice, wrong_choices

KINDS = {"single": SingleQuestion, "multi": MultiQuestion}


def _question(kind, correct, misconceptions, **more):
    """A question of options a to e; `misconceptions` has those of the wrong options by id."""
    credited = more.pop("credited", {})
    return KINDS[kind](
        id="q1",
        revision=1,
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
                credited_by=credited.get(name, ()),
                physiology="They inactivate." if name in credited else None,
            )
            for name in "abcde"
        ),
        explanation="So.",
        hint="Look.",
        source="A book",
        **more,
    )


SINGLE = _question("single", "b", {"a": "M1", "c": "M2"})
MULTI = _question("multi", "ace", {"b": "M1", "d": "M1"})
EXACT = _question("multi", "ace", {}, partial_credit="none")
WHOLE = _question("multi", "ace", {}, partial_credit="all_or_nothing")
#: At A-level "Na+ channels close" has the mark, though "inactivate" is meant.
BOARDS = _question("single", "b", {"a": "M1"}, credited={"a": ("AQA", "OCR")})


def _ids(verdict, state):
    return "".join(point.id for point in verdict.points if point.state == state)


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
    ("ab", 0),
    ("abc", 1),
    ("abce", 2),
    ("abcde", 1),
    ("bd", 0),
]


@pytest.mark.parametrize(("chosen", "marks"), MULTIPLE)
def test_right_minus_wrong_gives_a_mark_for_each_right_one_less_one_for_each_wrong(chosen, marks):
    verdict = mark_choice(MULTI, list(chosen))
    assert (verdict.marks, verdict.max_marks) == (marks, 3)


@pytest.mark.parametrize(("chosen", "right"), [("ace", True), ("ac", False), ("abce", False)])
def test_without_partial_credit_only_exactly_the_right_ones_count(chosen, right):
    exact, whole = mark_choice(EXACT, list(chosen)), mark_choice(WHOLE, list(chosen))
    assert (exact.marks, exact.max_marks) == (int(right), 1)
    assert (whole.marks, whole.max_marks) == (3 * right, 3)


def test_neither_order_nor_repetition_matters():
    assert mark_choice(MULTI, ["e", "a", "c"]) == mark_choice(MULTI, ["a", "c", "e", "a"])
    assert _ids(mark_choice(MULTI, ["e", "b", "a"]), "met") == "ae"
    assert mark_choice(SINGLE, ["b", "b"]).right


def test_right_options_that_were_not_chosen_are_told():
    assert _ids(mark_choice(MULTI, ["a", "b"]), "missed") == "ce"
    assert _ids(mark_choice(MULTI, []), "missed") == "ace"
    assert _ids(mark_choice(MULTI, list("ace")), "missed") == ""
    assert _ids(mark_choice(SINGLE, ["a"]), "missed") == "b"


def test_wrong_choices_contradict_and_show_their_misconceptions_once():
    verdict = mark_choice(MULTI, list("abd"))
    assert _ids(verdict, "contradicted") == "bd"
    assert [option.id for option in wrong_choices(MULTI, "abd")] == ["b", "d"]
    assert verdict.misconceptions == ("M1",)
    assert mark_choice(SINGLE, ["c"]).misconceptions == ("M2",)
    assert mark_choice(SINGLE, ["d"]).misconceptions == ()
    assert mark_choice(SINGLE, ["b"]).misconceptions == ()
    assert wrong_choices(SINGLE, ["b"]) == ()


@pytest.mark.parametrize(("board", "marks"), [("AQA", 1), ("OCR", 1), ("IB", 0), (None, 1)])
def test_what_the_learners_board_credits_is_right_with_the_exact_statement_beside(board, marks):
    verdict = mark_choice(BOARDS, ["a"], board)
    assert verdict.marks == marks
    point = next(point for point in verdict.points if point.id == "a")
    if marks:
        assert (point.credited_as, point.exactly) == ("a", "They inactivate.")
        assert verdict.misconceptions == ()
    else:
        assert verdict.misconceptions == ("M1",)


@pytest.mark.parametrize("chosen", [["z"], ["a", "z"], [""]])
@pytest.mark.parametrize("question", [SINGLE, MULTI], ids=["single", "multi"])
def test_an_unknown_option_is_an_error(question, chosen):
    with pytest.raises(ValueError, match="has no option"):
        mark_choice(question, chosen)


@pytest.mark.parametrize("chosen", ["", "ab", "abcde"])
def test_a_single_choice_takes_exactly_one(chosen):
    with pytest.raises(ValueError, match="takes one option"):
        mark_choice(SINGLE, list(chosen))


@given(
    st.sets(st.sampled_from("abcde"), min_size=1, max_size=4), st.sets(st.sampled_from("abcde"))
)
def test_marks_never_leave_their_range_and_only_the_key_has_full_marks(correct, chosen):
    for policy in ("none", "right_minus_wrong", "all_or_nothing"):
        question = _question("multi", correct, {}, partial_credit=policy)
        verdict = mark_choice(question, chosen)
        assert 0 <= verdict.marks <= verdict.max_marks
        assert verdict.right == (chosen == correct)
        assert {point.id for point in verdict.points} == chosen | correct
