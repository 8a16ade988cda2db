"""Marks of a tutor belong to the answer that they were given for, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import msgspec
import pytest
from classes import DAY, IN_A_FILE, Class
from commands import tutor
from handing import handed_in, machine, submission_of, worked
from handouts import ADA, BOB, MADE, HandOut, hand_out
from nacl.public import PrivateKey
from sqlalchemy import select, update

from tutor.classroom.assignment import read_release, seat_of
from tutor.classroom.collection.choosing import ALL, CannotGive, Choice, choose
from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.preferring import prefer
from tutor.classroom.handout.releasing import release
from tutor.classroom.keys import public_text
from tutor.classroom.register.register import Register
from tutor.classroom.register.resting import Resting
from tutor.classroom.register.tables import attempts, overrides
from tutor.classroom.report.learner import learner_part
from tutor.classroom.report.lines import Look, part_lines
from tutor.classroom.report.reading import report_of
from tutor.course.loader import CourseFolder
from tutor.session.exam.report import Given

TEXT = "rest.q8"
ANSWER = "The potassium channels close."
RESTS = "given for another answer, which does not count now"


@pytest.fixture
def course(files: CourseFolder, register: Register, tmp_path: Path) -> Class:
    """Bob's one written answer is wrong for the marking, and the tutor gives 1 of 2 for it."""
    given = Class(register, hand_out(files, ids=[TEXT, "rest.q9"]), tmp_path / "in")
    hands_in(given, ANSWER)
    given.collect()
    give(given, 1.0)
    return given


def hands_in(course: Class, answer: str | None, number: int = 1) -> None:
    answers = dict(course.right(BOB))
    answers.pop(TEXT)
    if answer is not None:
        answers[TEXT] = answer
    course.hands_in(BOB, MADE + number * DAY, answers, number=number)


def give(
    course: Class,
    marks: float | None = None,
    *,
    learner: str = BOB,
    why: str = "fair",
    **more: Any,
) -> tuple[int, int]:
    choice = Choice(learner, more.pop("question", TEXT), marks, **more)
    return choose(course.register, course.key, choice, "Dr Katz", why)[:2]


def marks(course: Class, learner: str = BOB) -> float:
    return float(course.attempts(learner)[TEXT].marks)


def page(course: Class) -> str:
    """The learner's page, each sentence in one line."""
    with course.register.reading() as connection:
        report = report_of(connection, course.key, MADE + 40 * DAY)
        view = next(one for one in report.learners if one.id == BOB)
        return "\n".join(part_lines(learner_part(connection, report, view), Look(400)))


def overridden(course: Class) -> int:
    with course.register.reading() as connection:
        report = report_of(connection, course.key, MADE + 40 * DAY)
    return next(one.overridden for one in report.items if one.id == TEXT)


def released(course: Class, out: Path) -> Given:
    """What the release says of Bob's marks."""
    release(course.register, course.key, out, MADE + 40 * DAY, early=True)
    seat = seat_of(course.assignment.salt, BOB)
    return read_release(out).given.get(seat, Given())


@pytest.mark.parametrize("newer", ["It rains.", None])
def test_marks_rest_while_another_answer_counts_and_come_back_with_theirs(
    course: Class, tmp_path: Path, newer: str | None
) -> None:
    assert (marks(course), overridden(course)) == (1, 1)
    assert RESTS not in page(course)
    assert released(course, tmp_path / "a.release").marks == {TEXT: 1.0}
    hands_in(course, newer, 2)
    course.collect()
    assert (marks(course), overridden(course)) == (0, 0)
    assert course.stands(BOB).marks == course.stands(BOB).max_marks - 2
    assert released(course, tmp_path / "a.release").marks == {}
    assert f"Dr Katz gave 1 of 2 ({RESTS}; " in page(course)
    assert "The marking gave" not in page(course)
    hands_in(course, ANSWER, 3)
    course.collect()
    assert (marks(course), overridden(course)) == (1, 1)
    assert RESTS not in page(course)


def test_marks_for_a_point_rest_with_another_answer_too(course: Class) -> None:
    give(course, point="balance", state="met")
    hands_in(course, "It rains.", 2)
    course.collect()
    with course.register.reading() as connection:
        report = report_of(connection, course.key, MADE + 40 * DAY)
    (points,) = (one.points for one in report.items if one.id == TEXT)
    assert [sum(one.n for one in point.met) for point in points] == [0, 0]
    assert marks(course) == 0
    # For the newer answer they are given anew.
    assert give(course, point="balance", state="met") == (1, 0)
    assert marks(course) == 1


def test_marks_stay_with_their_answer_when_the_tutor_chooses_other_work(course: Class) -> None:
    answers = {**course.right(BOB), TEXT: "Somebody else wrote this."}
    events = worked(course.assignment, BOB, answers, MADE + 2 * DAY, "mallory")
    other = submission_of(course.assignment, BOB, events, device="mallory", number=2)
    handed_in(course.folder, other, course.assignment, key=machine("mallory"), name="m")
    course.collect()
    assert (course.stands(BOB).device, marks(course)) == ("mallory", 0)
    with course.register.reading() as connection:
        assert (
            connection.scalar(select(overrides.c.answer)) == msgspec.json.encode(ANSWER).decode()
        )
    own = next(line for line in page(course).splitlines() if "another one counts" in line)
    receipt = own.rsplit(" ", 1)[1].rstrip(".")
    prefer(course.register, course.key, BOB, receipt, "Dr Katz", "it is his")
    assert (course.stands(BOB).device, marks(course)) == ("laptop", 1)


def test_marks_that_rest_are_told_until_others_are_given(course: Class) -> None:
    def told() -> tuple[Resting, ...]:
        return course.collect().results[0].resting

    give(course, 0.0, learner=BOB, question="rest.q9")
    give(course, learner=BOB, question="rest.q9", withdraw=True)
    assert told() == ()
    hands_in(course, "It rains.", 2)
    rests = Resting(BOB, (TEXT,))
    assert (told(), told()) == ((rests,), (rests,))
    # The marks that it has already are a tutor's word as well.
    give(course, 0.0)
    assert told() == ()
    hands_in(course, None, 3)
    assert told() == (rests,)
    hands_in(course, ANSWER, 4)
    assert told() == ()


@IN_A_FILE
def test_who_collects_or_chooses_is_told_whose_marks_rest_and_what_to_do(
    files: CourseFolder, tutor_key: PrivateKey, tmp_path: Path, register: Register
) -> None:
    out = hand_out(files, ids=[TEXT, "rest.q9"], tutor_keys=(public_text(tutor_key),))
    own = HandOut(out.assignment, out.in_full, tutor_key)
    course = Class(register, own, tmp_path / "in")
    hands_in(course, ANSWER)
    course.collect()
    receipt = course.stands(BOB).receipt
    give(course, 1.0)
    hands_in(course, "It rains.", 2)
    where = ("--register", register.where)
    last = tutor("collect", course.folder, *where).stdout.splitlines()[-2:]
    short = course.assignment.id[:8]
    assert last[0].startswith("Marks that a tutor gave rest, as another answer counts now.")
    assert f"tutor register override {short} ID QUESTION MARKS --why TEXT" in last[0]
    assert last[1] == f"  {BOB}: {TEXT}"
    newer = course.stands(BOB).receipt
    choose_it = ("register", "choose", short, BOB)
    back = tutor(*choose_it, receipt, "--why", "his", *where)
    assert "rest, as" not in back.stdout, back.stderr
    assert marks(course) == 1
    again = tutor(*choose_it, newer, "--why", "his", *where)
    assert again.stdout.splitlines()[-2:] == last


def test_the_same_words_to_other_numbers_are_another_answer(course: Class) -> None:
    course.hands_in(ADA, answers={**course.right(ADA), TEXT: ANSWER})
    course.collect()
    with course.register.writing() as connection:
        own = attempts.c.learner == course.stands(ADA).learner
        connection.execute(update(attempts).where(own).values(variant='{"k": 4.0}'))
    assert give(course, 1.5, same_answer=True) == (1, 0)
    assert (marks(course), marks(course, ADA)) == (1.5, 0)
    with course.register.writing() as connection:
        connection.execute(update(attempts).where(own).values(variant=""))
    assert give(course, 1.5, same_answer=True) == (1, 1)
    assert marks(course, ADA) == 1.5
    with course.register.writing() as connection:
        given = overrides.c.learner == course.stands(ADA).learner
        connection.execute(update(overrides).where(given).values(variant='{"k": 4.0}'))
    remark(course.register, course.key)
    assert (marks(course), marks(course, ADA)) == (1.5, 0)


def test_marks_that_are_taken_back_are_kept_with_who_and_why(course: Class) -> None:
    assert give(course, withdraw=True, why="the wrong line") == (1, 0)
    assert (marks(course), overridden(course)) == (0, 0)
    assert course.stands(BOB).marks == course.stands(BOB).max_marks - 2
    remark(course.register, course.key)
    assert marks(course) == 0
    told = page(course)
    assert "- Dr Katz gave 1 of 2 (" in told
    assert "- Dr Katz took back the marks given before (" in told
    assert told.count("): the wrong line") == 1
    assert "The marking gave" not in told
    assert give(course, 1.0) == (1, 0)
    assert marks(course) == 1


def test_what_was_said_of_a_point_is_taken_back_alone_and_of_all(course: Class) -> None:
    course.hands_in(ADA, answers={TEXT: "It rains."})
    course.collect()
    assert give(course, learner=ALL, point="pull", state="met") == (2, 0)
    give(course, point="balance", state="met")
    assert (marks(course), marks(course, ADA)) == (2, 1)
    assert give(course, learner=ALL, point="pull", withdraw=True) == (2, 0)
    assert (marks(course), marks(course, ADA)) == (2, 0)
    # With an answer all goes that was said of its points.
    assert give(course, withdraw=True) == (1, 0)
    assert (marks(course), overridden(course)) == (0, 0)


def test_the_same_answers_are_taken_back_together(course: Class) -> None:
    course.hands_in(ADA, answers={TEXT: ANSWER})
    course.collect()
    assert give(course, 1.0, same_answer=True) == (1, 1)
    assert give(course, learner=ADA, withdraw=True, same_answer=True) == (2, 0)
    assert (marks(course), marks(course, ADA)) == (0, 0)


@IN_A_FILE
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"point": "pull", "withdraw": True}, "nobody gave marks for this answer to rest.q8"),
        ({"marks": 1.0, "withdraw": True}, "or --withdraw"),
        ({"point": "pull", "state": "met", "withdraw": True}, "or --withdraw"),
        ({"learner": ALL, "withdraw": True}, "for all learners name a --point"),
        ({"marks": 1.0, "question": "No. 3"}, "no question 3 in Rest, week 3; they are numbered"),
        ({"marks": 1.0, "question": "0"}, "numbered from 1 to 2"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(
    course: Class, asked: dict[str, Any], told: str
) -> None:
    with pytest.raises(CannotGive) as refused:
        give(course, **asked)
    assert told in str(refused.value)


@IN_A_FILE
@pytest.mark.parametrize("number", ["1", " 1. ", "No. 1", "no 1"])
def test_a_question_may_be_called_by_its_number(course: Class, number: str) -> None:
    first = next(iter(course.assignment.excerpt.ids))
    assert first == TEXT
    assert give(course, 1.5, question=number) == (1, 0)
    assert marks(course) == 1.5


@IN_A_FILE
def test_the_command_takes_a_comma_a_number_and_takes_back(course: Class) -> None:
    def run(*words: str) -> CompletedProcess[str]:
        where = ("--register", course.register.where)
        return tutor("register", "override", "rest", BOB, "1", *words, "--why", "fair", *where)

    done = run("1,5")
    assert done.stdout.startswith("rest.q8: 1 answer has other marks now.\n"), done.stderr
    assert marks(course) == 1.5
    wrong = run("one")
    assert (wrong.returncode, marks(course)) == (2, 1.5)
    assert "MARKS are a number such as 2.5, not 'one'" in wrong.stderr
    done = run("--withdraw")
    assert done.stdout.startswith("rest.q8: 1 answer has the marks of the marking again.")
    assert marks(course) == 0
