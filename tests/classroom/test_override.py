"""Other marks that a tutor gives: they hold, whatever is marked again, and whoever gives some."""

import math
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from classes import DAY, IN_A_FILE, Class
from handouts import ADA, BOB, MADE, hand_out
from sqlalchemy import select

from tutor.classroom.collection.choosing import ALL, CannotGive, Choice, choose
from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.overriding import what_holds
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import attempts, overrides, submissions
from tutor.course.loader import CourseFolder

TEXT = "rest.q8"
WHO, WHY = "Dr Katz", "said it in other words"


@pytest.fixture
def course(files: CourseFolder, register: Register, tmp_path: Path) -> Class:
    """Ada is right throughout; Bob wrote the same as Ada but for one sentence."""
    given = Class(register, hand_out(files, ids=[TEXT, "rest.q9"]), tmp_path / "in")
    given.hands_in(ADA)
    answers = {**given.right(BOB), TEXT: "  the potassium CHANNELS close. "}
    given.hands_in(BOB, answers=answers)
    given.collect()
    return given


def give(course: Class, learner: str, marks: float | None = None, **more: Any) -> tuple[int, int]:
    choice = Choice(learner, more.pop("question", TEXT), marks, **more)
    return choose(course.register, course.key, choice, WHO, WHY)[:2]


def marks(course: Class, learner: str, question: str = TEXT) -> float:
    return float(course.attempts(learner)[question].marks)


def test_marks_that_are_given_count_and_are_kept_with_who_and_why(course: Class) -> None:
    assert marks(course, BOB) == 0
    assert give(course, BOB, 1.5) == (1, 0)
    assert marks(course, BOB) == 1.5
    assert course.attempts(BOB)[TEXT].marked == 0
    assert course.stands(BOB).marks == pytest.approx(4.5)
    with course.register.reading() as connection:
        (row,) = connection.execute(select(overrides))
    assert (row.who, row.why, row.marks, row.point) == (WHO, WHY, 1.5, None)


def test_they_hold_when_it_is_marked_again_and_when_the_same_is_handed_in_again(
    course: Class,
) -> None:
    give(course, BOB, 1)
    remark(course.register, course.key)
    assert marks(course, BOB) == 1
    same = {**course.right(BOB), TEXT: "  the potassium CHANNELS close. "}
    course.hands_in(BOB, MADE + 2 * DAY, same, number=2)
    course.collect()
    assert course.states() == [(1, "counts"), (1, "replaced"), (2, "counts")]
    assert marks(course, BOB) == 1


def test_the_newest_of_several_holds_and_the_same_again_is_kept_once(course: Class) -> None:
    give(course, BOB, 2)
    assert give(course, BOB, 1) == (1, 0)
    assert give(course, BOB, 1) == (0, 1)
    assert marks(course, BOB) == 1
    with course.register.reading() as connection:
        assert len(connection.execute(select(overrides)).all()) == 2


def test_what_the_others_have_is_kept_in_step_for_the_statistics(course: Class) -> None:
    give(course, BOB, 2)
    with course.register.reading() as connection:
        rows = connection.execute(
            select(attempts.c.marks, attempts.c.rest, submissions.c.marks.label("total")).join(
                submissions, submissions.c.key == attempts.c.submission
            )
        ).all()
    assert len(rows) == 4
    assert all(row.marks + row.rest == pytest.approx(row.total) for row in rows)


def test_a_point_that_counts_as_met_adds_its_marks_once(course: Class) -> None:
    assert give(course, BOB, point="pull", state="met") == (1, 0)
    assert marks(course, BOB) == 1
    assert give(course, BOB, point="pull", state="met") == (0, 1)
    assert give(course, BOB, point="balance", state="met") == (1, 0)
    assert marks(course, BOB) == 2
    remark(course.register, course.key)
    assert marks(course, BOB) == 2
    give(course, BOB, point="pull", state="missed")
    assert marks(course, BOB) == 1


def test_marks_for_the_whole_answer_replace_those_of_its_points(course: Class) -> None:
    give(course, BOB, point="pull", state="met")
    give(course, BOB, 0)
    assert marks(course, BOB) == 0
    give(course, BOB, point="balance", state="met")
    assert marks(course, BOB) == 1
    assert give(course, BOB, 0) == (1, 0)
    assert marks(course, BOB) == 0


def test_a_point_for_all_reaches_those_that_miss_it_or_meet_it_alone(course: Class) -> None:
    assert give(course, ALL, point="pull", state="met") == (1, 0)
    assert (marks(course, ADA), marks(course, BOB)) == (2, 1)
    assert give(course, ALL, point="balance", state="missed") == (1, 0)
    assert (marks(course, ADA), marks(course, BOB)) == (1, 1)


def test_the_same_answer_is_the_same_whatever_its_case_and_spaces(course: Class) -> None:
    course.hands_in(ADA, MADE + 2 * DAY, {TEXT: "The potassium channels\nclose"}, number=2)
    course.collect()
    assert give(course, BOB, 1, same_answer=True) == (2, 0)
    assert (marks(course, ADA), marks(course, BOB)) == (1, 1)
    assert give(course, ADA, 2) == (1, 0)
    assert (marks(course, ADA), marks(course, BOB)) == (2, 1)


@IN_A_FILE
@pytest.mark.parametrize(
    ("learner", "asked", "told"),
    [
        (BOB, {"marks": 2.5}, "marks for rest.q8 go from 0 to 2, not to 2.5"),
        (BOB, {"marks": -1}, "marks for rest.q8 go from 0 to 2, not to -1"),
        (BOB, {"marks": math.nan}, "not to nan"),
        (BOB, {"marks": 1, "question": "rest.q1"}, "there is no question 'rest.q1'"),
        ("c33", {"marks": 1}, "nobody in Rest, week 3 has the id 'c33'"),
        (BOB, {"point": "pulls", "state": "met"}, "no mark point 'pulls'; it has pull, balance"),
        (BOB, {"point": "pull"}, "say with --met or --missed"),
        (BOB, {}, "give either MARKS, or --point"),
        (BOB, {"marks": 1, "point": "pull", "state": "met"}, "give either MARKS, or --point"),
        (BOB, {"marks": 1, "state": "met"}, "give either MARKS, or --point"),
        (ALL, {"marks": 1}, "for all learners name a --point"),
        (BOB, {"point": "a", "state": "met", "question": "rest.q9"}, "rest.q9 has no mark points"),
    ],
)
def test_what_cannot_be_given_is_refused_with_what_can(
    course: Class, learner: str, asked: dict[str, Any], told: str
) -> None:
    with pytest.raises(CannotGive) as refused:
        give(course, learner, **asked)
    assert told in str(refused.value)
    assert (marks(course, ADA), marks(course, BOB)) == (2, 0)


def test_who_handed_in_nothing_has_no_answer_to_give_marks_to(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    course = Class(register, hand_out(files, ids=[TEXT]), tmp_path / "in")
    with pytest.raises(CannotGive, match="b22 has handed nothing in"):
        give(course, BOB, 1)
    course.hands_in(ADA, MADE + timedelta(hours=1))
    course.collect()
    with pytest.raises(CannotGive, match="b22 has handed nothing in"):
        give(course, BOB, 1)


def test_marks_never_leave_the_range_of_the_question() -> None:
    three = {"a": 1.0, "b": 1.0, "c": 1.0}
    # Of three points two count: one that falls away leaves as many.
    assert what_holds(2, 2, three, {"a": 0}) == 2
    assert what_holds(2, 2, three, {"a": 0, "b": 0}) == 1
    assert what_holds(2, 2, {"a": 1.0, "b": 1.0, "c": 0.0}, {"c": 1}) == 2
    assert what_holds(0, 2, {"a": 0.0}, {"a": 0}) == 0
    # The marking gives less than the points add up to, as where a word is missing.
    assert what_holds(0, 2, {"a": 1.0, "b": 0.0}, {"a": 0}) == 0
    assert what_holds(0, 2, {"a": 0.0}, {None: 1.5, "a": 1}) == 2
