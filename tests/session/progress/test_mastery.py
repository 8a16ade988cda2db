"""Mastery of objectives and phases: how it rises and falls, and what it takes to be mastered."""

from __future__ import annotations

import random
import sqlite3
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.progress.learner import BANK, OBJECTIVE, Learner, questions_of
from tutor.journal.derived import derive
from tutor.journal.event import Event
from tutor.journal.store import Journal
from tutor.session.progress.mastery import Mastery, mastery_of

QUESTIONS = questions_of()
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def learner() -> Learner:
    return Learner()


def test_what_was_never_answered_counts_as_not_known(learner: Learner) -> None:
    for count, question in enumerate(QUESTIONS, 1):
        learner.answer(question)
        mastery = learner.objective().mastery
        assert mastery.answered == count
        assert mastery.share == pytest.approx(count / len(QUESTIONS))
        assert mastery.answered_share == pytest.approx(1.0)


def test_a_question_that_was_wrong_the_last_time_counts_nothing(learner: Learner) -> None:
    learner.answer(QUESTIONS[0])
    learner.answer(QUESTIONS[1])
    learner.answer(QUESTIONS[1], right=False)
    mastery = learner.objective().mastery
    assert mastery.wrong == 1
    assert mastery.answered_share == pytest.approx(0.5)


def test_a_hint_or_a_shown_answer_is_no_right_one(learner: Learner) -> None:
    learner.answer(QUESTIONS[0], hint=True)
    learner.show(QUESTIONS[1])
    assert learner.objective().mastery.wrong == 2
    assert learner.objective().mastery.share == 0.0


def test_what_is_remembered_after_some_days_is_what_fsrs_says(learner: Learner) -> None:
    """FSRS-6, default parameters: a first Good gives a stability of 2.3065 days."""
    learner.answer(QUESTIONS[0])
    learner.wait(days=7)
    factor = 0.9 ** (-1 / 0.1542) - 1
    assert learner.objective().mastery.answered_share == pytest.approx(
        (1 + factor * 7 / 2.3065) ** -0.1542
    )


def test_right_answers_in_lessons_alone_never_master(learner: Learner) -> None:
    for _ in range(6):
        for question in QUESTIONS:
            learner.answer(question)
        learner.wait(days=3)
        assert not learner.objective().mastery.mastered


def test_one_mixed_right_answer_after_a_day_masters(learner: Learner) -> None:
    for question in QUESTIONS:
        learner.answer(question)
    learner.wait(days=1)
    learner.answer(QUESTIONS[0], mixed=True)
    assert learner.objective().mastery.mastered
    assert learner.phase("rest").mastered >= 1


@pytest.mark.parametrize("mode", ["quiz", "review", "exam"])
def test_quiz_review_and_exam_prove_alike_but_only_after_a_while(
    learner: Learner, mode: str
) -> None:
    learner.answer(QUESTIONS[0], mode=mode)
    assert not learner.objective().mastery.mastered
    learner.wait(days=1)
    learner.answer(QUESTIONS[0], mode=mode, delayed=True)
    assert learner.objective().mastery.mastered


def test_a_wrong_answer_takes_it_away_until_it_is_proved_anew(learner: Learner) -> None:
    for question in QUESTIONS:
        learner.answer(question, mixed=True)
    assert learner.objective().mastery.mastered
    learner.answer(QUESTIONS[1], right=False)
    assert not learner.objective().mastery.mastered
    learner.answer(QUESTIONS[1])  # in a lesson, right away
    assert learner.objective().mastery.wrong == 0
    assert not learner.objective().mastery.mastered
    learner.wait(days=2)
    learner.answer(QUESTIONS[0], mixed=True)
    learner.answer(QUESTIONS[1], mixed=True)
    assert learner.objective().mastery.mastered


def test_a_proof_does_not_outlive_a_later_slip_in_another_question(learner: Learner) -> None:
    learner.answer(QUESTIONS[0], right=False)
    learner.wait(days=1)
    learner.answer(QUESTIONS[0], mixed=True)
    learner.answer(QUESTIONS[1], right=False)
    learner.wait(days=1)
    learner.answer(QUESTIONS[1])  # in a lesson
    mastery = learner.objective().mastery
    assert mastery.wrong == 0
    assert mastery.answered_share >= 0.8
    assert not mastery.proved
    assert not mastery.mastered


def test_mastery_is_lost_by_forgetting(learner: Learner) -> None:
    learner.answer(QUESTIONS[0], mixed=True)
    assert learner.objective().mastery.mastered
    learner.wait(days=60)
    mastery = learner.objective().mastery
    assert mastery.answered_share < 0.8
    assert mastery.proved
    assert not mastery.mastered


def test_a_phase_is_the_mean_over_its_questions(learner: Learner) -> None:
    mine = [banked.id for banked in BANK if banked.phase == "rest"]
    for question in mine[::2]:
        learner.answer(question)
    assert learner.phase("rest").mastery.share == pytest.approx(len(mine[::2]) / len(mine))


def test_extra_practice_counts_though_it_moves_no_card(learner: Learner) -> None:
    learner.answer(QUESTIONS[0], right=False)
    learner.answer(QUESTIONS[0])  # the card is not due, so it stays as it was
    assert learner.objective().mastery.wrong == 0
    assert learner.objective().mastery.share > 0.0


# Properties, over random histories of one objective.

STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from(["lesson", "quiz", "review", "exam"]),
        st.booleans(),
        st.integers(0, 40 * 24),
    ),
    max_size=14,
)


def events_of(steps: list[tuple[int, bool, str, bool, int]]) -> list[Event]:
    """A history: which question, right, mode, delayed, hours since the one before."""
    time = NOW
    events = []
    for number, (question, right, mode, delayed, hours) in enumerate(steps):
        time += timedelta(hours=hours, seconds=1)
        data = {"marks": int(right), "max_marks": 1, "mode": mode, "delayed": delayed}
        id_ = str(uuid.UUID(int=number + 1))
        events.append(Event(id_, 0, "d", time, "attempt", f"q{question}", 1, 1, None, data))
    return events


def journal_of(*parts: list[Event]) -> Journal:
    journal = Journal(sqlite3.connect(":memory:", isolation_level=None), Path(":memory:"), "d")
    for part in parts:
        journal.add(part)
    return journal


def mastery_in(journal: Journal, when: datetime) -> Mastery:
    known = derive(journal).questions
    return mastery_of((known.get(f"q{number}") for number in range(4)), when)


@settings(max_examples=80)
@given(STEPS, st.randoms(use_true_random=False), st.integers(0, 14))
def test_the_order_in_which_machines_are_merged_does_not_matter(
    steps: list[tuple[int, bool, str, bool, int]], chance: random.Random, cut: int
) -> None:
    events = events_of(steps)
    when = (events[-1].time if events else NOW) + timedelta(days=2)
    direct = mastery_in(journal_of(events), when)
    shuffled = chance.sample(events, len(events))
    merged = journal_of(shuffled[:cut], shuffled[cut:])
    assert mastery_in(merged, when) == direct
    step_by_step = journal_of()
    for event in shuffled:
        step_by_step.add([event])
        derive(step_by_step)
    assert mastery_in(step_by_step, when) == direct


@settings(max_examples=80)
@given(STEPS, st.integers(0, 300), st.integers(1, 300))
def test_with_time_alone_it_only_falls(
    steps: list[tuple[int, bool, str, bool, int]], days: int, more: int
) -> None:
    events = events_of(steps)
    journal = journal_of(events)
    when = (events[-1].time if events else NOW) + timedelta(days=days)
    before, after = (mastery_in(journal, when + timedelta(days=d)) for d in (0, more))
    assert after.share <= before.share
    assert after.answered_share <= before.answered_share
    assert before.mastered or not after.mastered


@settings(max_examples=80)
@given(STEPS, st.integers(0, 3), st.integers(0, 60 * 24))
def test_a_right_answer_only_raises_it_and_a_wrong_one_only_lowers_it(
    steps: list[tuple[int, bool, str, bool, int]], question: int, hours: int
) -> None:
    when = events_of([*steps, (question, True, "lesson", False, hours)])[-1].time
    before = mastery_in(journal_of(events_of(steps)), when)
    right = events_of([*steps, (question, True, "lesson", False, hours)])
    wrong = events_of([*steps, (question, False, "lesson", False, hours)])
    assert mastery_in(journal_of(right), when).share >= before.share
    after = mastery_in(journal_of(wrong), when)
    assert after.share <= before.share
    assert not after.mastered


@settings(max_examples=80)
@given(STEPS)
def test_no_history_of_lessons_alone_masters(
    steps: list[tuple[int, bool, str, bool, int]],
) -> None:
    events = events_of([(q, right, "lesson", delayed, h) for q, right, _, delayed, h in steps])
    when = events[-1].time if events else NOW
    assert not mastery_in(journal_of(events), when).mastered


def test_the_objective_under_test_has_questions_enough() -> None:
    assert len(QUESTIONS) >= 3, OBJECTIVE
