"""A quiz: what is asked, how it is mixed, kept and resumed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.answers import wrong_answer
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.grading.marking import mark, model_answer
from tutor.journal.derived import derive
from tutor.journal.kinds import ATTEMPT
from tutor.journal.known import QuestionState
from tutor.journal.store import Journal, JournalError
from tutor.session.bank import Bank, Selection, chosen, mixed
from tutor.session.lesson import Lesson
from tutor.session.profile import Profile
from tutor.session.quiz import Quiz, begin_quiz, open_quiz
from tutor.session.views import EndView, QuestionView, VerdictView


@pytest.fixture(scope="module")
def bank(files: CourseFolder) -> Bank:
    return Bank(files)


def quick(bank: Bank) -> list:
    """Questions that need no long run."""
    return [one for one in bank if one.question.kind == "single" and one.phase in ("rest", "peak")]


def begun(files: CourseFolder, journal: Journal, bank: Bank, count: int = 4) -> Quiz:
    return begin_quiz(files, journal, bank, quick(bank), count, seed=5)


def answer(quiz: Quiz, *, right: bool) -> str:
    posed = quiz._asked.posed
    quiz.answer(model_answer(posed) if right else wrong_answer(posed))
    return posed.question.id


def test_full_marks_are_those_of_the_model_answer(bank: Bank) -> None:
    for banked in bank:
        if banked.question.kind in ("single", "multi", "ordering", "matching", "text"):
            posed = Posed(banked.question, 1)
            assert mark(posed, model_answer(posed)).max_marks == banked.marks, banked.id


def test_the_bank_leaves_out_what_the_learner_is_not_examined_in(
    files: CourseFolder, bank: Bank
) -> None:
    school = Bank(files, Profile(exam="a-level"))
    assert {one.question.track for one in school} == {"A"}
    assert 0 < len(school.by_id) < len(bank.by_id)


@pytest.mark.parametrize(
    ("selection", "holds"),
    [
        (Selection(places=frozenset({"peak"})), lambda one: one.phase == "peak"),
        (Selection(places=frozenset({"spike"})), lambda one: one.module == "spike"),
        (Selection(kinds=frozenset({"text"})), lambda one: one.question.kind == "text"),
        (Selection(track="M"), lambda one: one.question.track == "M"),
        (Selection(misconceptions=frozenset({"M1"})), lambda one: "M1" in one.misconceptions),
    ],
)
def test_a_selection_takes_what_it_names_and_nothing_else(bank, selection, holds) -> None:
    found = chosen(bank, selection, {})
    assert [one.id for one in found] == [one.id for one in bank if holds(one)]


def test_mistakes_and_never_seen_come_from_the_journal(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    quiz = begun(files, journal, bank)
    wrong = answer(quiz, right=False)
    quiz.forward()
    right = answer(quiz, right=True)
    known = derive(journal).questions
    assert [one.id for one in chosen(bank, Selection(mistakes=True), known)] == [wrong]
    unseen = {one.id for one in chosen(bank, Selection(never_seen=True), known)}
    assert not unseen & {wrong, right}
    assert len(unseen) == len(bank.by_id) - 2


def test_neighbours_are_of_different_phases_where_that_is_possible(bank: Bank) -> None:
    order = mixed(tuple(bank), 60, seed=1)
    assert len({one.id for one in order}) == 60
    assert all(one.phase != other.phase for one, other in pairwise(order))
    assert order == mixed(tuple(bank), 60, seed=1) != mixed(tuple(bank), 60, seed=2)


def test_where_the_next_place_cannot_be_kept_the_verdict_stays(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    quiz = begun(files, journal, bank, 2)
    answer(quiz, right=True)
    before = quiz.view
    journal._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError, match="read-only"):
        quiz.forward()
    assert isinstance(before, VerdictView)
    assert isinstance(quiz.view, VerdictView)
    assert quiz.view.question is before.question
    assert quiz.phase.id == bank.by_id[before.question.id].phase
    journal._connection.execute("PRAGMA query_only = 0")
    quiz.forward()
    assert quiz.view.question is not before.question


def test_a_quiz_is_walked_kept_and_summed_up(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    quiz = begun(files, journal, bank, 3)
    right = answer(quiz, right=True)
    assert isinstance(quiz.view, VerdictView)
    quiz.forward()
    wrong = answer(quiz, right=False)
    quiz.forward()
    quiz.forward()
    end = quiz.view
    assert isinstance(end, EndView)
    assert (end.right, end.questions) == (1, 3)
    assert f"Wrong: {wrong}." in end.lines
    assert "Left out: 1." in end.lines
    attempt = journal.events(kind=ATTEMPT, question_id=right)[0]
    assert attempt.data["mode"] == "quiz"
    assert attempt.data["delayed"] is True
    assert open_quiz(files, journal, bank) is None


def test_a_quiz_that_was_left_goes_on_at_the_verdict_or_the_open_question(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    quiz = begun(files, journal, bank)
    answer(quiz, right=True)
    again = open_quiz(files, journal, bank)
    assert isinstance(again.view, VerdictView)
    assert again.view.question == quiz.view.question
    again.forward()
    later = open_quiz(files, journal, bank)
    assert isinstance(later.view, QuestionView)
    assert later.view.stem == again.view.stem
    later.back()
    assert isinstance(later.view, VerdictView)


def test_extra_practice_leaves_the_schedule_as_it_is(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    first = begun(files, journal, bank, 1)
    question_id = answer(first, right=True)
    first.forward()
    card = derive(journal).questions[question_id].card
    second = begun(files, journal, bank, 1)
    assert answer(second, right=False) == question_id
    state = derive(journal).questions[question_id]
    assert state.card == card
    assert state.last.right is False
    assert derive(journal).questions[question_id].last.delayed is False


def test_a_lesson_does_not_show_the_verdict_of_a_quiz(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    lesson = Lesson(files, "rest", journal)
    while not isinstance(lesson.view, QuestionView):
        lesson.forward()
    question = next(one for one in bank if one.id == lesson.view.question.id)
    quiz = begin_quiz(files, journal, bank, [question], 1)
    answer(quiz, right=True)
    assert isinstance(Lesson(files, "rest", journal).view, QuestionView)


def test_a_quiz_of_nothing_is_refused(files: CourseFolder, journal: Journal, bank: Bank) -> None:
    with pytest.raises(ValueError, match="no question fits"):
        begin_quiz(files, journal, bank, [], 5)


def test_questions_that_the_course_has_lost_are_passed_over(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    known = quick(bank)[0].id
    begun = journal.append("quiz", data={"quiz": "x", "ids": ["gone.q1", known, 7]})
    quiz = Quiz(files, journal, bank, begun)
    assert quiz.view.question.id == known
    assert f"{quiz.view.counter}" == "1/1"


def test_an_unknown_question_counts_as_never_seen(bank: Bank) -> None:
    banked = next(iter(bank))
    assert Selection(never_seen=True).takes(banked, QuestionState())
