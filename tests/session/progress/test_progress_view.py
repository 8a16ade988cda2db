"""The picture of progress: forecast, certainty, time, exams, and what to do next."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from tests.session.progress.learner import BANK, FILES, START, Learner, questions_of
from tutor.grading.marking import full_marks
from tutor.journal.derived import derive
from tutor.journal.kinds import EXAM, EXAM_HANDED_IN
from tutor.session.profile import Profile
from tutor.session.progress.facts import ExamSat, facts_of, material_of
from tutor.session.progress.outlook import outlooks
from tutor.session.progress.record import MOST_READ, questions_read, reviews_of
from tutor.session.progress.telling import exam_line
from tutor.session.progress.view import ProgressView
from tutor.session.today import today_of

TODAY = START.date()


@pytest.fixture
def learner() -> Learner:
    return Learner()


def answer_many(learner: Learner, count: int, *, right: bool = True) -> None:
    for banked in list(BANK)[:count]:
        learner.answer(banked.id, right)


def test_an_empty_journal_sends_to_the_first_phase(learner: Learner) -> None:
    view = learner.view
    assert (view.next.what, view.next.target) == ("phase", FILES.phase_ids[0])
    assert view.next.minutes > 0
    assert view.totals.answered == view.totals.answers == view.totals.mastered == 0
    assert view.misconceptions == view.days == view.exams == ()
    assert all(one.answers == 0 for one in view.calibration)
    assert all(phase.mastery.share == 0.0 for module in view.modules for phase in module.phases)


def test_one_attempt_is_counted_once_everywhere(learner: Learner) -> None:
    learner.answer("rest.q1", certainty=3, seconds=40)
    view = learner.view
    assert (view.totals.answered, view.totals.answers, view.totals.right) == (1, 1, 1)
    assert view.totals.seconds == 40
    assert [day.answers for day in view.days] == [1]
    assert sum(week.answers for week in view.weeks) == 1
    assert [(one.answers, one.share_right) for one in view.calibration] == [
        (0, None),
        (0, None),
        (1, 1.0),
    ]


def test_questions_that_the_course_has_lost_count_for_time_alone(learner: Learner) -> None:
    learner.answer("gone.q1", seconds=30, certainty=1)
    view = learner.view
    assert view.totals.gone == 1
    assert view.totals.answered == 0
    assert view.totals.seconds == 30
    assert view.calibration[0].answers == 1


# The forecast.


@pytest.mark.parametrize(
    ("days", "state", "ahead"),
    [(None, "none", 30), (-1, "past", 30), (0, "today", 0), (1, "ahead", 1), (9000, "far", 730)],
)
def test_the_forecast_is_for_the_exam_day_or_a_month_ahead(
    learner: Learner, days: int | None, state: str, ahead: int
) -> None:
    if days is not None:
        learner.prepares(exam="usmle", exam_date=TODAY + timedelta(days=days))
    answer_many(learner, 5)
    forecast = learner.view.forecast
    assert forecast.exam == state
    assert forecast.days == ahead
    assert forecast.day == TODAY + timedelta(days=ahead)


def test_without_reviews_what_was_learnt_fades_and_the_plan_keeps_it(learner: Learner) -> None:
    learner.prepares(exam="usmle", exam_date=TODAY + timedelta(days=40))
    for _ in range(3):
        for question in questions_of():
            learner.answer(question, mode="review", delayed=True)
        learner.wait(days=3)
    one = learner.objective()
    assert one.unreviewed < one.mastery.answered_share
    assert one.recall > one.unreviewed
    assert learner.view.forecast.reviews > 0


def test_on_the_exam_day_itself_nothing_more_is_planned(learner: Learner) -> None:
    learner.prepares(exam="usmle", exam_date=TODAY)
    answer_many(learner, 5)
    forecast = learner.view.forecast
    assert forecast.reviews == 0
    assert forecast.recall == pytest.approx(forecast.unreviewed)


def test_the_whole_is_the_mean_of_the_parts(learner: Learner) -> None:
    answer_many(learner, 40)
    view = learner.view
    phases = [phase for module in view.modules for phase in module.phases]
    weights = [phase.mastery.questions for phase in phases]
    whole = sum(p.recall * w for p, w in zip(phases, weights, strict=True)) / sum(weights)
    assert view.forecast.recall == pytest.approx(whole)


def reviewed_often(wrong_every: int) -> Learner:
    learner = Learner()
    for _ in range(6):
        for number, question in enumerate(questions_of()):
            right = bool(wrong_every) and (number + learner.time.day) % wrong_every != 0
            learner.answer(question, right, mode="review", delayed=True)
        learner.wait(days=4)
    return learner


def test_a_learner_who_forgets_more_than_foreseen_gets_a_gloomier_forecast() -> None:
    forgetful = reviewed_often(wrong_every=2)
    found = reviews_of(forgetful.journal, derive(forgetful.journal))
    assert len(found) == forgetful.view.forecast.learnt_from > 0
    assert all(review.before >= 2 and 0 < review.chance < 1 for review in found)
    assert sum(review.right for review in found) < sum(review.chance for review in found)
    # Without what was learnt from, the same cards give a higher chance.
    material = material_of(FILES, Profile())
    facts = facts_of(FILES, forgetful.journal, material)
    blind, _ = outlooks(replace(facts, reviews=()))
    assert forgetful.view.forecast.unreviewed < blind.unreviewed


def test_reviews_taken_back_teach_the_forecast_nothing() -> None:
    learner = reviewed_often(wrong_every=3)
    before = reviews_of(learner.journal, derive(learner.journal))
    last = learner.answer(questions_of()[0], mode="review")
    assert len(reviews_of(learner.journal, derive(learner.journal))) == len(before) + 1
    learner.journal.append("undo", question_id=last.question_id, data={"of": last.id})
    assert reviews_of(learner.journal, derive(learner.journal)) == before


def test_what_is_read_for_the_forecast_stays_bounded() -> None:
    learner = Learner()
    chance = random.Random(1)
    ids = list(BANK.by_id)
    for _ in range(2_000):
        learner.wait(hours=20)
        learner.answer(chance.choice(ids[:60]), mode="review")
    for _ in range(100):
        learner.answer(ids[70], mode="review")
    known = derive(learner.journal).questions
    read = questions_read(known)
    assert 0 < sum(known[question].attempts for question in read) <= MOST_READ
    assert ids[70] not in read
    assert len(reviews_of(learner.journal, derive(learner.journal))) == 60


# Certainty, time and days.


def test_certainty_is_held_against_the_share_that_was_right(learner: Learner) -> None:
    for number in range(30):
        learner.answer("rest.q1", right=number % 3 == 0, certainty=3)
        learner.answer("rest.q2", right=True, certainty=1)
    guess, _, certain = learner.view.calibration
    assert (certain.answers, certain.reading) == (30, "too sure")
    assert certain.share_right == pytest.approx(1 / 3)
    assert (guess.answers, guess.share_right, guess.reading) == (30, 1.0, "not sure enough")


def test_weeks_begin_on_monday_and_the_last_twelve_are_shown(learner: Learner) -> None:
    learner.answer("rest.q1", seconds=60)  # a Monday
    learner.wait(days=6)
    learner.answer("rest.q1", seconds=60)
    learner.wait(days=1)
    learner.answer("rest.q1", seconds=60)
    weeks = learner.view.weeks
    assert len(weeks) == 12
    assert all(week.day.weekday() == 0 for week in weeks)
    assert [week.seconds for week in weeks[-2:]] == [120, 60]
    learner.wait(days=7 * 11)
    assert [week.seconds for week in learner.view.weeks[:1]] == [60]
    assert learner.view.totals.seconds == 180


# Exams.


def sat(learner: Learner, ids: list[str], exam: str = "one", *, seconds: float = 0) -> None:
    data = {"exam": exam, "title": "A paper", "blueprint": "b", "seed": 1, "minutes": 30}
    learner.journal.append(EXAM, data=data | {"extra": 0, "ids": ids})
    learner.wait(minutes=20)
    learner.journal.append(EXAM_HANDED_IN, data={"exam": exam, "reason": "handed-in"})
    for question in ids[1:]:
        most = full_marks(BANK.by_id[question].question)
        learner.answer(question, mode="exam", exam=exam, marks=most, max_marks=most)


def test_exams_that_were_handed_in_are_told_with_their_marks(learner: Learner) -> None:
    ids = questions_of()
    sat(learner, ids)
    learner.wait(days=1)
    sat(learner, ids[:2], "two")
    first, second = learner.view.exams
    assert (first.questions, second.questions) == (2, len(ids))
    assert second.begun.date() == TODAY
    most = [full_marks(BANK.by_id[question].question) for question in ids]
    assert (second.marks, second.full) == (sum(most[1:]), sum(most))


def test_an_exam_is_told_with_its_hour_and_marks_to_one_decimal() -> None:
    exam = ExamSat("A paper", datetime(2026, 3, 2, 9, 5), 20, 25 / 3, 25.0)
    assert exam_line(exam) == "2026-03-02 09:05  A paper: 8.3/25, 33%"
    assert exam_line(replace(exam, marks=None)).startswith("2026-03-02 09:05  A paper:")


def test_an_exam_whose_marks_take_too_long_to_find_is_told_without(learner: Learner) -> None:
    ids = questions_of()[:2]
    sat(learner, ids)
    for _ in range(1_001):
        learner.answer(ids[0])
    (exam,) = learner.view.exams
    assert exam.marks is None


# What to do next.


def test_what_is_due_comes_first_with_its_minutes(learner: Learner) -> None:
    for question in questions_of():
        learner.answer(question)
    learner.wait(days=30)
    step = learner.view.next
    assert (step.what, step.command) == ("review", "tutor review")
    assert str(len(questions_of())) in step.text
    assert step.minutes == today_of(FILES, learner.journal).minutes > 0


def test_where_nothing_is_due_an_open_phase_is_gone_on_with(learner: Learner) -> None:
    learner.stop_at("peak", 4)
    learner.answer("peak.q1", right=False)
    step = learner.view.next
    assert (step.what, step.target) == ("phase", "peak")
    assert "4/20" in step.text


def test_a_weak_objective_comes_before_a_new_phase(learner: Learner) -> None:
    learner.stop_at("rest", 20, finished=True)
    for question in questions_of():
        learner.answer(question, right=False)
    step = learner.view.next
    assert step.what == "quiz"
    assert step.target in {aim for one in questions_of() for aim in aims(one)}
    assert step.command == f"tutor quiz {step.target}"


def aims(question: str) -> tuple[str, ...]:
    return BANK.by_id[question].question.objectives


def test_with_all_phases_finished_and_all_known_the_weakest_is_asked(learner: Learner) -> None:
    for phase in FILES.phase_ids:
        learner.stop_at(phase, 20, finished=True)
    assert learner.view.next.what == "nothing"
    learner.answer("rest.q1")
    assert learner.view.next.what == "quiz"


# The whole of it.


def test_hostile_events_of_other_versions_break_nothing(learner: Learner) -> None:
    learner.answer("rest.q1", misconceptions="M1", seconds="long", certainty=[3], mode=7)
    learner.answer("rest.q1", marks=float(10**300), max_marks=1)
    learner.journal.append(EXAM, data={"exam": 7, "ids": "all"})
    learner.journal.append(EXAM_HANDED_IN, data={"exam": ["x"]})
    learner.journal.set_setting("exam-date", "soon")
    view = learner.view
    assert view.totals.answers == 1
    assert view.forecast.exam == "none"


def test_the_document_can_be_read_back(learner: Learner) -> None:
    answer_many(learner, 30)
    view = learner.view
    assert msgspec.json.decode(msgspec.json.encode(view), type=ProgressView) == view


def test_a_date_far_in_the_future_does_not_take_long(learner: Learner) -> None:
    learner.prepares(exam="usmle", exam_date=date(9999, 12, 31))
    answer_many(learner, 3)
    assert learner.view.forecast.exam == "far"
