"""Ordering and matching: marks, and what is named as wrong."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.ordering import longest_in_order, mark_matching, mark_ordering

KEY = {"a": "threshold", "b": "upstroke", "c": "peak", "d": "undershoot"}

#: The answer; marks of 3 by longest run, by adjacent pairs, and all or nothing.
ORDERS = [
    ("abcd", 3, 3, 3),
    ("abdc", 2, 1, 0),
    ("bcda", 2, 2, 0),
    ("dabc", 2, 2, 0),
    ("badc", 1, 0, 0),
    ("cdab", 1, 2, 0),
    ("acbd", 2, 0, 0),
    ("dcba", 0, 0, 0),
    ("abc", 2, 2, 0),
    ("acd", 2, 1, 0),
    ("ad", 1, 0, 0),
    ("a", 0, 0, 0),
    ("", 0, 0, 0),
]


@pytest.mark.parametrize(("answer", "run", "pairs", "whole"), ORDERS)
def test_an_order_has_the_marks_of_its_policy(answer, run, pairs, whole):
    for policy, marks in (
        ("longest_run", run),
        ("adjacent_pairs", pairs),
        ("all_or_nothing", whole),
    ):
        verdict = mark_ordering(answer, KEY, policy, max_marks=3)
        assert verdict.marks == pytest.approx(marks)
        assert verdict.right == (answer == "abcd")


def test_the_fewest_items_are_named_that_must_move_and_where_they_belong():
    assert mark_ordering("abcd", KEY).feedback == ()
    assert mark_ordering("dabc", KEY).feedback == (
        "“undershoot” is out of order: it comes directly after “peak”.",
    )
    assert mark_ordering("bcda", KEY).feedback == ("“threshold” is out of order: it comes first.",)
    assert mark_ordering("acd", KEY).feedback == (
        "“upstroke” was left out: it comes directly after “threshold”.",
    )


def test_each_item_is_a_point_with_its_place_as_evidence():
    points = {p.id: p for p in mark_ordering("dabc", KEY, max_marks=3).points}
    assert [p.state for p in points.values()] == ["met", "met", "met", "missed"]
    assert points["d"].evidence == "place 1"
    assert points["a"].text == "threshold"


def test_adjacent_pairs_tell_the_reversed_from_the_separated():
    points = mark_ordering("bac", KEY, "adjacent_pairs").points
    assert [(p.text, p.state, p.note) for p in points] == [
        ("threshold → upstroke", "contradicted", "the other way round"),
        ("upstroke → peak", "missed", "not directly after"),
        ("peak → undershoot", "missed", "not placed"),
    ]


def test_a_reversed_pair_shows_its_misconception():
    shows = {("b", "c"): "M1", ("a", "d"): "M2"}
    assert mark_ordering("acbd", KEY, misconceptions=shows).misconceptions == ("M1",)
    assert mark_ordering("dbca", KEY, misconceptions=shows).misconceptions == ("M2",)
    assert mark_ordering("abcd", KEY, misconceptions=shows).misconceptions == ()
    assert mark_ordering("ac", KEY, misconceptions=shows).misconceptions == ()


@pytest.mark.parametrize(
    ("answer", "words"),
    [("abx", "there is no item 'x'; known: a, b, c, d"), ("aab", "'a' stands twice")],
)
def test_an_order_of_other_items_is_an_error(answer, words):
    with pytest.raises(ValueError, match=words):
        mark_ordering(answer, KEY)


def test_two_items_have_an_order_worth_one_mark():
    two = {"a": "rest", "b": "peak"}
    assert (mark_ordering("ab", two).marks, mark_ordering("ab", two).max_marks) == (1, 1)
    assert mark_ordering("ba", two).marks == 0
    assert mark_matching({"na": "in", "k": "out", "cl": "in"}, PAIRS, TEXTS).max_marks == 1


def test_one_item_has_no_order():
    with pytest.raises(ValueError, match="1 item has no order"):
        mark_ordering("a", {"a": "peak"})


@given(st.permutations("abcdef"), st.text("abcdefg", max_size=7))
def test_the_longest_run_is_as_long_as_brute_force_finds(key, answer):
    found = longest_in_order(answer, key)
    assert _within(found, answer)
    assert _within(found, key)
    longest = max(
        len(part)
        for size in range(len(answer) + 1)
        for part in combinations(answer, size)
        if _within(part, key)
    )
    assert len(found) == longest


def _within(part, whole):
    rest = iter(whole)
    return all(item in rest for item in part)


@given(st.permutations("abcd"), st.integers(0, 4), st.floats(0.5, 20))
def test_only_the_whole_order_is_right(answer, length, full):
    answer = answer[:length]
    for policy in ("longest_run", "adjacent_pairs", "all_or_nothing"):
        verdict = mark_ordering(answer, KEY, policy, full)
        assert 0 <= verdict.marks <= full
        assert verdict.right == (answer == list("abcd"))
        assert verdict.right == (not verdict.feedback)


PAIRS = {"na": "in", "k": "out", "cl": "in"}
TEXTS = {"na": "Na+", "k": "K+", "cl": "Cl-", "in": "inwards", "out": "outwards", "no": "stays"}

#: The answer; marks of 3 for each pair, and for all or nothing.
MATCHES = [
    ({"na": "in", "k": "out", "cl": "in"}, 3, 3),
    ({"na": "in", "k": "out"}, 2, 0),
    ({"na": "in", "k": "in", "cl": "in"}, 2, 0),
    ({"na": "out", "k": "in", "cl": "in"}, 1, 0),
    ({"na": "no", "k": "no", "cl": "no"}, 0, 0),
    ({}, 0, 0),
]


@pytest.mark.parametrize(("answer", "each", "whole"), MATCHES)
def test_a_matching_has_the_marks_of_its_policy(answer, each, whole):
    for policy, marks in (("each_pair", each), ("all_or_nothing", whole)):
        verdict = mark_matching(answer, PAIRS, TEXTS, policy, max_marks=3)
        assert verdict.marks == pytest.approx(marks)
        assert verdict.right == (each == 3)


def test_a_wrong_pair_is_told_from_a_missing_one():
    verdict = mark_matching({"na": "in", "k": "no"}, PAIRS, TEXTS)
    assert [p.state for p in verdict.points] == ["met", "contradicted", "missed"]
    assert verdict.feedback == ("“K+” does not go with “stays”.", "“Cl-” has no partner.")
    assert verdict.points[0].text == "Na+: inwards"
    assert verdict.points[1].evidence == "stays"


def test_swapped_partners_are_named_first():
    verdict = mark_matching({"na": "out", "k": "in", "cl": "in"}, PAIRS, TEXTS)
    assert verdict.feedback[0] == "“Na+” and “K+” have each other's partner: swap them."
    for answer in ({"na": "out", "k": "no"}, {"na": "no", "k": "in"}):
        once = mark_matching(answer, PAIRS, TEXTS)
        assert not any("swap" in line for line in once.feedback)


def test_a_wrong_pair_shows_its_misconception():
    shows = {("k", "in"): "M3", ("na", "out"): "M4"}
    verdict = mark_matching({"na": "in", "k": "in"}, PAIRS, TEXTS, misconceptions=shows)
    assert verdict.misconceptions == ("M3",)


@pytest.mark.parametrize(
    ("answer", "key", "words"),
    [
        ({"mg": "in"}, PAIRS, "there is no item 'mg'"),
        ({"na": "up"}, PAIRS, "there is no partner 'up'"),
        ({}, {"mg": "in"}, "there is no text for 'mg'"),
        ({}, {"na": "up"}, "there is no text for 'up'"),
        ({}, {}, "a matching needs a pair"),
    ],
)
def test_a_matching_of_unknown_things_is_an_error(answer, key, words):
    with pytest.raises(ValueError, match=words):
        mark_matching(answer, key, TEXTS)
