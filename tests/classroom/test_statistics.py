"""Item statistics from the database agree with NumPy's on the same marks."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from item_statistics import QUESTIONS, filled
from postgres_server import Server
from rows import Marks, keep_class

from tutor.classroom.register.register import Register
from tutor.classroom.report.statistics import FEWEST, statistics_of, variants_of

CLOSE = 1e-9


def known(marks: Marks, full: Sequence[float]) -> dict[str, Any]:
    """The statistics of whole rows of marks, by NumPy alone."""
    count = len(full)
    total = marks.sum(axis=1)

    def cov(one: Marks, other: Marks) -> float:
        product = (one - one.mean()) * (other - other.mean())
        found = float(product.sum() / (len(one) - 1))
        return 0.0 if abs(found) < 1e-12 else found

    items = []
    roots = [cov(marks[:, i], total) for i in range(count)]
    whole = sum(root**0.5 for root in roots if root > 0)
    for i in range(count):
        item = marks[:, i]
        rest = np.delete(marks, i, axis=1).sum(axis=1)
        both, spread = cov(item, rest), cov(item, item) * cov(rest, rest)
        most = cov(np.sort(item), np.sort(rest))
        items.append(
            {
                "facility": float(item.mean()) / full[i],
                "discrimination": 100 * both / spread**0.5 if spread else None,
                "efficiency": 100 * both / most if spread else None,
                "weight": 100 * roots[i] ** 0.5 / whole if roots[i] >= 0 and whole else None,
            }
        )
    apart = sum(cov(marks[:, i], marks[:, i]) for i in range(count)) / (cov(total, total) or 1)
    alpha = count / (count - 1) * (1 - apart) if count > 1 and cov(total, total) else None
    return {"alpha": alpha, "items": items}


def graded(learners: int, full: Sequence[float], seed: int, parts: int = 3) -> Marks:
    """Marks in thirds of a mark of learners whose abilities differ."""
    chance = np.random.default_rng(seed)
    able, hard = chance.normal(size=(learners, 1)), chance.normal(size=(1, len(full)))
    share = 1 / (1 + np.exp(hard - able))
    steps = np.array(full) * parts
    return chance.binomial(steps.astype(int), share) / parts


def agree(found: Any, marks: Marks, full: Sequence[float]) -> None:
    expected = known(marks, full)
    assert found.alpha == pytest.approx(expected["alpha"], abs=CLOSE)
    assert len(found.items) == len(full)
    for item, values in zip(found.items, expected["items"], strict=True):
        assert (item.n, item.compared) == (len(marks), len(marks))
        for name, value in values.items():
            assert getattr(item, name) == pytest.approx(value, abs=CLOSE), (name, item)


def one(register: Register, marks: Marks, full: Sequence[float]) -> Any:
    with register.writing() as connection:
        key = keep_class(connection, marks, full)
        (found,) = statistics_of(connection, key)
    return found


def test_partial_marks_in_thirds_agree_with_numpy(register: Register) -> None:
    full = [1, 1, 2, 3, 1, 4, 2, 1]
    marks = graded(60, full, 5)
    agree(one(register, marks, full), marks, full)


def test_rights_and_wrongs_with_many_ties_agree_with_numpy(register: Register) -> None:
    full = [1] * 12
    marks = graded(300, full, 2, parts=1)
    agree(one(register, marks, full), marks, full)


def test_an_item_that_all_got_alike_tells_nothing_and_spoils_nothing(register: Register) -> None:
    full = [1, 1, 3, 2, 1]
    marks = graded(35, full, 3)
    marks[:, 1] = 1 / 3
    marks[:, 3] = 0
    found = one(register, marks, full)
    agree(found, marks, full)
    assert (found.items[1].discrimination, found.items[1].efficiency) == (None, None)
    assert found.items[1].weight == 0.0


def test_an_item_that_goes_against_the_others_has_no_weight(register: Register) -> None:
    full = [1, 1, 1, 1, 1, 1]
    marks = graded(40, full, 4, parts=1)
    marks[:, 0] = (marks[:, 1:].sum(axis=1) < 2.5).astype(float)
    found = one(register, marks, full)
    agree(found, marks, full)
    assert found.items[0].weight is None
    assert found.items[0].discrimination < 0


def test_everyone_alike_gives_facility_alone(register: Register) -> None:
    marks = np.full((12, 3), 2 / 3)
    found = one(register, marks, [1, 1, 1])
    assert found.alpha is None
    for item in found.items:
        assert item.facility == pytest.approx(2 / 3, abs=CLOSE)
        assert (item.discrimination, item.efficiency) == (None, None)


def test_marks_far_from_nothing_lose_no_figures(register: Register) -> None:
    full = [10_000.0, 10_000.0, 1.0]
    chance = np.random.default_rng(9)
    marks = np.round(chance.normal(0, 1, (50, 3)) / 3 + 0.5, 2).clip(0, 1)
    marks[:, :2] += 9_990
    found = one(register, marks, full)
    agree(found, marks, full)


@pytest.mark.parametrize("learners", [1, 2, FEWEST - 1])
def test_few_learners_give_their_number_and_nothing_else(
    register: Register, learners: int
) -> None:
    found = one(register, graded(learners, [1, 2, 1], 6), [1, 2, 1])
    assert (found.n, found.alpha) == (learners, None)
    for item in found.items:
        assert item.n == learners
        assert {item.facility, item.discrimination, item.efficiency, item.weight} == {None}


def test_as_many_as_are_needed_are_enough(register: Register) -> None:
    full = [1, 2, 1]
    marks = graded(FEWEST, full, 6)
    agree(one(register, marks, full), marks, full)


def test_who_answered_a_part_counts_for_facility_alone(register: Register) -> None:
    full = [1, 2, 1]
    marks = graded(30, full, 7)
    part = np.array([[1, np.nan, np.nan], [0, 2, np.nan]])
    found = one(register, np.vstack([marks, part]), full)
    expected = known(marks, full)
    assert found.alpha == pytest.approx(expected["alpha"], abs=CLOSE)
    assert [(item.n, item.compared) for item in found.items] == [(32, 30), (31, 30), (30, 30)]
    assert found.items[0].facility == pytest.approx((marks[:, 0].sum() + 1) / 32, abs=CLOSE)
    for item, values in zip(found.items, expected["items"], strict=True):
        assert item.discrimination == pytest.approx(values["discrimination"], abs=CLOSE)
        assert item.weight == pytest.approx(values["weight"], abs=CLOSE)


def test_all_assignments_at_once_are_each_by_itself(register: Register) -> None:
    full = [1, 3, 1, 2]
    classes = {f"a{seed}": graded(20 + seed, full, seed) for seed in range(4)}
    with register.writing() as connection:
        keys = {
            keep_class(connection, marks, full, name): marks for name, marks in classes.items()
        }
        found = statistics_of(connection)
        each = [statistics_of(connection, key)[0] for key in keys]
    assert [paper.assignment for paper in found] == list(keys)
    for paper in (*found, *each):
        agree(paper, keys[paper.assignment], full)


def test_submissions_that_do_not_count_do_not(register: Register) -> None:
    marks = graded(20, [1, 1, 1], 8)
    with register.writing() as connection:
        key = keep_class(connection, marks, [1, 1, 1])
        before = statistics_of(connection, key)
        connection.exec_driver_sql("UPDATE submissions SET state = 'counts'")
        assert statistics_of(connection, key) == before
        connection.exec_driver_sql("DELETE FROM attempts WHERE learner = 1")
        connection.exec_driver_sql("UPDATE submissions SET state = 'refused' WHERE learner = 1")
        (found,) = statistics_of(connection, key)
    agree(found, marks[1:], [1, 1, 1])


def test_an_assignment_without_submissions_has_no_statistics(register: Register) -> None:
    with register.writing() as connection:
        key = keep_class(connection, np.zeros((0, 2)), [1, 1])
        assert statistics_of(connection, key) == ()
        assert variants_of(connection, key) == ()


def test_each_variant_has_its_own_facility(register: Register) -> None:
    marks = graded(24, [2], 8)
    marks[::2] = 0
    with register.writing() as connection:
        key = keep_class(connection, marks, [2], variants=['{"x": 1}', '{"x": 2}'])
        found = variants_of(connection, key)
    assert [(one.variant, one.n) for one in found] == [('{"x": 1}', 12), ('{"x": 2}', 12)]
    assert found[0].facility == 0.0
    assert found[1].facility == pytest.approx(marks[1::2].mean() / 2, abs=CLOSE)


def test_variants_of_few_learners_tell_their_number_alone(register: Register) -> None:
    with register.writing() as connection:
        key = keep_class(connection, graded(5, [2], 8), [2], variants=['{"x": 1}'])
        assert [(one.n, one.facility) for one in variants_of(connection, key)] == [(5, None)]


def test_what_the_benchmark_fills_is_a_register_as_it_is_today(postgres_server: Server) -> None:
    with filled(postgres_server, 1) as register, register.reading() as connection:
        (paper,) = statistics_of(connection, 1)
    assert len(paper.items) == QUESTIONS
    assert all(item.efficiency is not None for item in paper.items)
