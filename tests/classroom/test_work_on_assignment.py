"""Working on an assignment: whose it is, graded work and practice, and what they leave alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from handouts import ADA, BOB, Clock, hand_out

from tutor.classroom.assignment import learner_seed
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import doable, list_line, state, told
from tutor.classroom.learner.finding import Listed
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.sitting import Practice, Sitting
from tutor.course.loader import CourseFolder
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ASSIGNMENT, ATTEMPT, EXAM_HINT
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.opening import open_exam
from tutor.session.exam.record import begun_of, exams_begun, record_from
from tutor.session.exam.running import running_exam
from tutor.session.home import home_view
from tutor.session.lesson import Lesson
from tutor.session.quiz import begin_quiz, open_quiz
from tutor.session.views import QuestionView, VerdictView


def assigned(files: CourseFolder, journal: Journal, **more: Any) -> Assigned:
    one = Assigned(hand_out(files, **more).assignment, journal)
    one.sit_as(Who(ADA, "Ada"))
    return one


def begun(files: CourseFolder, journal: Journal, **more: Any) -> Sitting:
    work = assigned(files, journal, **more).begin()
    assert isinstance(work, Sitting)
    return work


def shown(work: Sitting | Practice) -> QuestionView:
    view = work.view
    assert isinstance(view, QuestionView)
    return view


def answer(work: Sitting) -> object:
    """Some answer to the question that is shown."""
    view = shown(work)
    match view.form.kind:
        case "ordering":
            return [item.id for item in view.form.choices]
        case "matching":
            return {item.id: view.form.partners[0].id for item in view.form.choices}
        case "single" | "multi":
            return [view.form.choices[0].id]
    return "12 mV"


# Whose it is.


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("A17", "You are A17. With this id you began Week 1 here. Not right?"),
        (BOB, "You are b22. But you began Week 1 here as a17: see which is right. Not right?"),
    ],
)
def test_before_it_is_begun_an_id_is_held_against_the_one_of_the_work_before(
    files: CourseFolder, learner: Journal, now: str, says: str
) -> None:
    def line(one: Assigned) -> str:
        return next(said for said in told(Listed(one, Path("x"))) if said.startswith("You are "))

    first = Assigned(hand_out(files, title="Week 1").assignment, learner)
    first.sit_as(Who(ADA))
    stays = 'Choose "Say who you are" before you begin: afterwards it stays.'
    assert line(first) == f"You are a17. Not right? {stays}"
    first.begin()
    assert line(first) == "You are a17."
    second = Assigned(hand_out(files, title="Week 2", number=2).assignment, learner)
    second.sit_as(Who(now))
    assert line(second) == f"{says} {stays}"


def test_an_id_that_is_not_on_the_list_is_refused_and_another_case_is_not(
    files: CourseFolder, learner: Journal
) -> None:
    one = Assigned(hand_out(files).assignment, learner)
    assert one.who is None
    with pytest.raises(ValueError, match="'nobody' is not on the list"):
        one.sit_as(Who("nobody"))
    with pytest.raises(ValueError, match="say who you are"):
        one.begin()
    one.sit_as(Who(" A17 ", "Ada"))
    assert one.who == Who("A17", "Ada")


def test_order_and_numbers_follow_from_the_learner_on_every_machine(
    files: CourseFolder, tmp_path: Path
) -> None:
    seen = []
    for machine, who in (("1", ADA), ("2", ADA.upper()), ("3", BOB)):
        with Journal.open(tmp_path / machine / "journal.sqlite3") as journal:
            one = Assigned(hand_out(files).assignment, journal)
            one.sit_as(Who(who))
            one.begin()
            exam = one.exam
            assert exam is not None
            assert exam.seed == learner_seed(one.assignment, who)
            seen.append((exam.seed, exam.ids))
    assert seen[0] == seen[1]
    assert seen[0][0] != seen[2][0]
    assert seen[0][1] != seen[2][1]


def test_questions_of_a_section_stay_together(files: CourseFolder, learner: Journal) -> None:
    ids = hand_out(files).assignment.excerpt.ids
    work = begun(files, learner, sections=(("First", 2), ("Second", len(ids) - 2)))
    assert set(work.begun.ids[:2]) == set(ids[:2])
    assert [spot.section for spot in work.spots][1:3] == ["First", "Second"]


# Graded work.


def test_answers_are_kept_as_in_an_exam_and_gone_on_with(
    files: CourseFolder, learner: Journal
) -> None:
    work = begun(files, learner)
    for _ in range(3):
        work.answer(answer(work))
        work.forward()
    again = work.assigned.go_on()
    assert isinstance(again, Sitting)
    assert [spot.answered for spot in again.spots] == [True] * 3 + [False] * 3
    assert again.spots[3].here
    again.go(1)
    assert again.answered
    assert not learner.events(kind=ATTEMPT)


def test_nothing_is_told_of_what_is_right(files: CourseFolder, learner: Journal) -> None:
    work = begun(files, learner)
    for reveal in (work.hint, work.show_answer):
        with pytest.raises(ValueError, match="afterwards"):
            reveal()
    work.answer(answer(work))
    assert isinstance(work.view, QuestionView)
    assert work._board is None or not work._asked or work._asked._verdict is None


def test_full_marks_are_told_although_the_keys_are_gone(
    files: CourseFolder, learner: Journal
) -> None:
    out = hand_out(files)
    work = begun(files, learner)
    told_marks = {banked.id: banked.marks for banked in work.assigned.bank}
    assert told_marks == out.in_full.marks


def test_without_a_limit_no_clock_is_told_but_the_deadline(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    work = begun(files, learner)
    assert work.time_left.startswith("due ")
    clock.now += timedelta(days=300)
    assert not work.is_over
    assert not work.assigned.settle()


def test_a_time_limit_has_the_extra_time_of_the_seat_and_ends_the_work(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    one = Assigned(hand_out(files, minutes=20).assignment, learner)
    one.sit_as(Who(BOB))
    work = one.begin()
    assert isinstance(work, Sitting)
    assert work.time_left == "25 min left"
    work.answer(answer(work))
    clock.now += timedelta(minutes=26)
    assert work.is_over
    with pytest.raises(ValueError, match="time is up"):
        work.answer(answer(work))
    assert one.settle()
    assert [one.deed for one in doable(Listed(one, Path("x")))] == ["hand-in"]
    with pytest.raises(ValueError, match="time is up"):
        one.go_on()


def test_where_there_is_no_way_back_a_question_is_answered_or_left(
    files: CourseFolder, learner: Journal
) -> None:
    work = begun(files, learner, skip=False)
    with pytest.raises(ValueError, match="answer this question"):
        work.forward()
    work.answer(answer(work))
    work.forward()
    work.leave_open()
    for number in (1, 2, 5):
        with pytest.raises(ValueError, match="no way back"):
            work.go(number)
    assert work.spots[2].here
    again = work.assigned.go_on()
    assert isinstance(again, Sitting)
    assert again.spots[2].here
    with pytest.raises(ValueError, match="no way back"):
        again.back()


def test_hints_that_are_allowed_are_kept_and_told_to_the_tutor(
    files: CourseFolder, learner: Journal
) -> None:
    work = begun(files, learner, hints=True)
    work.hint()
    work.hint()
    assert shown(work).hint not in (None, "-")
    (event,) = learner.events(kind=EXAM_HINT)
    assert event.question_id == shown(work).question.id
    again = work.assigned.go_on()
    assert isinstance(again, Sitting)
    assert shown(again).hint


def test_it_is_begun_anew_as_often_as_the_policy_says(
    files: CourseFolder, learner: Journal
) -> None:
    work = begun(files, learner, attempts=2)
    work.answer(answer(work))
    one = work.assigned
    assert len(one.unanswered) == 5
    one.begin()
    assert len(one.unanswered) == 6
    with pytest.raises(ValueError, match="may not be begun again"):
        one.begin()


def test_of_several_beginnings_the_one_kept_last_counts_whatever_the_clock_said(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    work = begun(files, learner, attempts=0)
    clock.now -= timedelta(days=2)
    work.assigned.begin()
    assert work.assigned.begun == learner.events(kind=ASSIGNMENT)[-1]


def test_late_work_opens_and_says_what_becomes_of_it(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    one = assigned(files, learner, late="reduce", late_percent=10)
    clock.now = one.due_at + timedelta(hours=1)
    listed_one = Listed(one, Path("x"))
    assert "late" in list_line(listed_one)
    assert any("loses 10 % of its marks a day" in line for line in told(listed_one))
    assert isinstance(one.begin(), Sitting)
    assert state(listed_one) == "0 of 6 questions answered, late"


# It is nobody else's business.


def test_no_exam_or_quiz_of_the_course_is_touched(files: CourseFolder, learner: Journal) -> None:
    bank = Bank(files)
    quiz = begin_quiz(files, learner, bank, [bank.by_id["rest.q1"], bank.by_id["rest.q2"]], 2)
    begun(files, learner, minutes=30)
    practice = assigned(files, learner, feedback="at-once", number=2).begin()
    while isinstance(practice.view, QuestionView):
        practice.forward()
    assert exams_begun(learner) == ()
    assert running_exam(learner) is None
    assert open_exam(files, learner) is None
    assert home_view(files, learner, datetime.now(UTC).date()).sitting == ""
    left = open_quiz(files, learner, bank)
    assert left is not None
    assert left.place == quiz.place


def test_a_lesson_does_not_go_on_with_what_was_begun_for_a_tutor(
    files: CourseFolder, learner: Journal
) -> None:
    question = next(q for q in files.phase("rest").questions if q.kind == "text")
    practice = assigned(files, learner, feedback="at-once", ids=[question.id]).begin()
    practice.keep_draft("potassium leaks")
    lesson = Lesson(files, "rest", learner)
    while not (isinstance(lesson.view, QuestionView) and lesson.view.question == question):
        lesson.forward()
    assert shown_draft(lesson) is None
    lesson.keep_draft("something else")
    again = Assigned(practice.assigned.assignment, learner).go_on()
    assert shown(again).draft == "potassium leaks"


def shown_draft(lesson: Lesson) -> object:
    view = lesson.view
    assert isinstance(view, QuestionView)
    return view.draft


def test_events_alone_give_the_record_again(files: CourseFolder, learner: Journal) -> None:
    work = begun(files, learner)
    work.answer(answer(work))
    work.flag()
    begun_event = work.assigned.begun
    assert begun_event is not None
    exam = begun_of(begun_event)
    assert exam is not None
    assert exam.minutes is None
    record = record_from(reversed(learner.events()), exam)
    first = exam.ids[0]
    assert record.stands(first) is not None
    assert record.flagged == {first}


# Practice.


def test_practice_tells_at_once_and_its_numbers_are_the_learners(
    files: CourseFolder, learner: Journal
) -> None:
    one = assigned(files, learner, feedback="at-once", attempts=0)
    work = one.begin()
    assert isinstance(work, Practice)
    question: Question = shown(work).question
    assert work._asked is not None
    work.answer(model_answer(work._asked.posed))
    assert isinstance(work.view, VerdictView)
    (attempt,) = learner.events(kind=ATTEMPT)
    assert attempt.data["assignment"] == one.id
    assert attempt.seed == question_seed(learner_seed(one.assignment, ADA), question.id)
    assert len(one.unanswered) == 5
    assert isinstance(one.begin(), Practice)
