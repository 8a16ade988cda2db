"""A review: what is asked first, within the cap and the time, undone and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.answers import wrong_answer
from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.derived import derive
from tutor.journal.kinds import ATTEMPT
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.profile import Profile, save_profile
from tutor.session.review import Review, plan_of
from tutor.session.settings import REVIEW_CAP
from tutor.session.views import EndView, QuestionView, VerdictView


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def wait(self, **kwargs: float) -> None:
        self.time += timedelta(**kwargs)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.sqlite3", clock=clock) as journal:
        yield journal


@pytest.fixture(scope="module")
def bank(files: CourseFolder) -> Bank:
    """Quick questions: choices of two phases."""
    bank = Bank(files)
    quick = {
        one.id: one
        for one in bank
        if one.question.kind == "single" and one.phase in ("rest", "reading")
    }
    bank.by_id = quick
    return bank


Begin = Callable[..., Review]


@pytest.fixture
def begin(files: CourseFolder, kept: Journal, bank: Bank) -> Begin:
    return lambda **kwargs: Review(files, kept, bank, **kwargs)


def answer(review: Review, *, right: bool = True) -> str:
    posed = review._asked.posed
    review.answer(model_answer(posed) if right else wrong_answer(posed))
    return posed.question.id


def finish(review: Review, *, right: bool = True) -> list[str]:
    asked = []
    while not isinstance(review.view, EndView):
        asked.append(answer(review, right=right))
        review.forward()
    return asked


def test_a_first_review_brings_in_some_new_questions_and_ends(begin: Begin, kept: Journal) -> None:
    review = begin()
    asked = finish(review)
    assert 1 <= len(asked) == len(set(asked)) <= 10
    assert f"{len(asked)} of {len(asked)} right." in review.view.lines
    assert set(derive(kept).questions) == set(asked)


def test_what_was_wrong_comes_back_the_next_day_and_what_was_right_later(
    begin: Begin, clock: Clock
) -> None:
    review = begin()
    wrong = answer(review, right=False)
    review.forward()
    right = finish(review)
    clock.wait(days=1)
    due = begin()
    assert due._plan.ids[0] == wrong or wrong in due._plan.ids
    assert not set(right) & set(due._plan.ids)


def test_a_right_answer_counts_as_reviewed_and_is_due_later(
    begin: Begin, kept: Journal, clock: Clock
) -> None:
    question_id = answer(begin())
    first = derive(kept).questions[question_id].card
    clock.wait(days=(first.due - first.last).days)
    review = begin()
    while review._asked.question.id != question_id:
        review.forward()
    answer(review)
    again = derive(kept).questions[question_id].card
    assert again.reviews == 2
    assert again.due - again.last > first.due - first.last


def test_the_days_cap_is_kept(begin: Begin, kept: Journal, clock: Clock, bank: Bank) -> None:
    for _ in range(4):
        finish(begin(), right=False)
        clock.wait(days=1)
    kept.set_setting(REVIEW_CAP, 20)
    assert len(finish(begin(), right=False)) <= 20
    assert begin().view.questions == 0


def test_the_time_that_is_given_is_kept_to(begin: Begin, kept: Journal, bank: Bank) -> None:
    review = begin(minutes=5)
    takes = sum(bank.by_id[one].minutes for one in review._plan.ids)
    assert 0 < takes <= 5
    review._begun_s -= 600
    answer(review)
    review.forward()
    assert isinstance(review.view, EndView)
    assert any("more wait" in line for line in review.view.lines)


def test_after_a_break_it_is_told_until_when_all_is_caught_up(
    files: CourseFolder, kept: Journal, clock: Clock
) -> None:
    everything = Bank(files)
    for banked in everything:
        data = {"phase": banked.phase, "marks": 0, "max_marks": 1}
        kept.append(ATTEMPT, question_id=banked.id, revision=1, seed=1, answer=[], data=data)
    clock.wait(days=60)
    kept.set_setting(REVIEW_CAP, 20)
    review = Review(files, kept, everything, minutes=0)
    waiting = len(everything.by_id)
    assert f"{waiting} more wait" in " ".join(review.view.lines)
    until = (clock.time + timedelta(days=-(-waiting // 20))).date()
    assert (
        f"At 20 a day, the most at risk first, that is caught up on {until}." in review.view.lines
    )


def test_an_answer_is_undone_as_if_it_had_never_been_given(begin: Begin, kept: Journal) -> None:
    review = begin()
    question_id = answer(review, right=False)
    review.undo()
    assert isinstance(review.view, QuestionView)
    assert review.view.question.id == question_id
    assert question_id not in derive(kept).questions
    assert not review.can_undo
    with pytest.raises(ValueError, match="no answer to take back"):
        review.undo()
    answer(review)
    assert derive(kept).questions[question_id].attempts == 1


def test_an_answer_that_was_passed_is_still_undone(begin: Begin, kept: Journal) -> None:
    review = begin()
    question_id = answer(review)
    review.forward()
    review.undo()
    assert review.view.question.id == question_id
    assert isinstance(review.view, QuestionView)


def test_a_suspended_question_is_not_asked_again(begin: Begin, kept: Journal) -> None:
    review = begin()
    question_id = review.view.question.id
    review.suspend()
    assert question_id not in finish(review)
    assert derive(kept).questions[question_id].suspended


def test_a_skipped_question_waits_for_the_next_sitting(begin: Begin, clock: Clock) -> None:
    review = begin()
    skipped = review.view.question.id
    review.forward()
    assert skipped not in finish(review)
    clock.wait(days=1)
    assert skipped in begin()._plan.ids


def test_going_back_shows_the_verdict_and_going_on_what_is_open(begin: Begin) -> None:
    review = begin()
    first = answer(review)
    review.forward()
    waiting = review.view.question.id
    review.back()
    assert isinstance(review.view, VerdictView)
    assert review.view.question.id == first
    review.back()
    assert review.view.question.id == first
    review.forward()
    assert review.view.question.id == waiting
    assert isinstance(review.view, QuestionView)


def test_an_answer_shown_can_be_looked_back_at_and_undone(begin: Begin, kept: Journal) -> None:
    review = begin()
    question_id = review.view.question.id
    review.show_answer()
    review.forward()
    review.back()
    assert review.view.headline == "Answer shown"
    review.undo()
    assert question_id not in derive(kept).questions


def test_two_that_share_an_objective_are_not_asked_on_one_day_while_others_wait(
    begin: Begin, bank: Bank
) -> None:
    asked = [bank.by_id[one].question.objectives[0] for one in finish(begin())]
    assert len(set(asked)) == len(asked) or len(set(asked)) >= 6


def test_with_an_exam_all_is_seen_before_it(
    files: CourseFolder, kept: Journal, bank: Bank, clock: Clock
) -> None:
    exam = (clock.time + timedelta(days=14)).date()
    save_profile(kept, Profile(exam="a-level", exam_date=exam))
    for _ in range(14):
        finish(Review(files, kept, bank))
        clock.wait(days=1)
    assert set(bank.by_id) <= set(derive(kept).questions)


def test_the_plan_of_a_learner_without_a_journal_begins_with_the_course(
    kept: Journal, bank: Bank
) -> None:
    found = plan_of(bank, kept, Profile())
    assert found.new == found.ids
    assert found.unseen == len(bank.by_id)


def test_leaving_out_what_was_just_answered_is_taken_back_to_its_verdict(
    begin: Begin, kept: Journal
) -> None:
    review = begin()
    question_id = answer(review)
    review.suspend()
    assert derive(kept).questions[question_id].suspended
    review.undo()
    assert not derive(kept).questions[question_id].suspended
    assert isinstance(review.view, VerdictView)
    assert review.view.question.id == question_id
    assert review.view.counter.number == 1
    review.undo()
    assert isinstance(review.view, QuestionView)
    assert not any(state.attempts for state in derive(kept).questions.values())


def test_an_answer_after_leaving_out_is_what_is_taken_back(begin: Begin, kept: Journal) -> None:
    review = begin()
    left_out = review.view.question.id
    review.suspend()
    question_id = answer(review)
    review.undo()
    assert review.view.question.id == question_id
    assert derive(kept).questions[left_out].suspended
    review.undo()
    assert review.view.question.id == left_out
    assert not derive(kept).questions[left_out].suspended
    assert not review.can_undo


def test_answers_and_suspensions_are_taken_back_in_turn_the_newest_first(
    begin: Begin, kept: Journal
) -> None:
    review, done = begin(), []
    for act in ("suspend", "answer", "suspend", "suspend", "answer"):
        done.append(review.view.question.id)
        if act == "suspend":
            review.suspend()
        else:
            answer(review)
            review.forward()
    taken_back = []
    while review.can_undo:
        review.undo()
        assert isinstance(review.view, QuestionView)
        taken_back.append(review.view.question.id)
    assert taken_back == done[::-1]
    known = derive(kept).questions
    assert not any(state.suspended or state.attempts for state in known.values())


def test_a_suspension_that_was_looked_back_for_is_taken_back_with_the_verdict_left_alone(
    begin: Begin, kept: Journal
) -> None:
    review = begin()
    first = answer(review)
    review.forward()
    answer(review)
    review.forward()
    review.back()
    review.back()
    assert review.view.question.id == first
    review.suspend()
    review.undo()
    assert isinstance(review.view, VerdictView)
    assert review.view.question.id == first
    assert not derive(kept).questions[first].suspended
    assert derive(kept).questions[first].attempts
