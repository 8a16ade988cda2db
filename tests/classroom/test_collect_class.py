"""What a class handed in is marked against the register, and the last one in time counts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from nacl.public import PrivateKey
from sqlalchemy import select, update

from tutor.classroom.collection.collecting import collect, remark
from tutor.classroom.collection.extending import extend
from tutor.classroom.collection.overriding import Given, override
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import attempts, learners, points, shown
from tutor.classroom.register.tables import set_aside as aside_table
from tutor.course.loader import CourseFolder
from tutor.journal.kinds import DRAFT, EXAM_ANSWER
from tutor.session.exam.drawing import question_seed

sys.path.insert(0, str(Path(__file__).parent))

from classes import Class, dump
from handing import (
    handed_in,
    kept,
    submission_of,
    worked,
)
from handouts import ADA, BOB, MADE, hand_out

DAY = timedelta(days=1)
CY = "c33"


Make = Callable[..., Class]


@pytest.fixture
def make(register: Register, files: CourseFolder, tmp_path: Path) -> Make:
    """Makes a class of Ada and Bob."""

    def made(**more: Any) -> Class:
        return Class(register, hand_out(files, **more), tmp_path / "in")

    return made


def test_raw_answers_are_marked_with_the_questions_of_the_register(make: Make) -> None:
    room = make()
    answers = room.right(BOB)
    first, *_, last = answers
    wrong = {**answers, first: ["no such option"]}
    del wrong[last]
    room.hands_in(ADA)
    room.hands_in(BOB, answers=wrong)
    (result,) = room.collect().results
    assert (result.found, result.new, result.late, result.replaced) == (2, 2, 0, 0)
    assert room.stands(ADA).marks == room.stands(ADA).max_marks > 0
    of_bob = room.attempts(BOB)
    assert set(of_bob) == set(room.assignment.excerpt.ids)
    assert (of_bob[last].marks, of_bob[last].answer) == (0, None)
    assert (of_bob[first].marks, of_bob[first].answer) == (0, None)
    assert result.notes[0].learner == BOB
    assert first in result.notes[0].notes[0]
    assert of_bob[first].seconds == 60
    lost = sum(room.given.in_full.marks[one] for one in (first, last))
    assert room.stands(BOB).marks == room.stands(BOB).max_marks - lost


def test_points_misconceptions_and_certainty_are_kept(make: Make, files: CourseFolder) -> None:
    ids = [q.id for q in files.phase("rest").questions if q.kind in ("single", "text")][:3]
    room = make(ids=ids)
    full = {q.id: q for phase in room.given.in_full.phases for q in phase.questions}
    answers = room.right(ADA)
    single = next(one for one in ids if full[one].kind == "single")
    wrong = next(o for o in full[single].options if o.misconception and not o.correct)
    answers[single] = [wrong.id]
    events = worked(room.assignment, ADA, answers, MADE + DAY, sure=3)
    handed_in(room.folder, submission_of(room.assignment, ADA, events), room.assignment)
    room.collect()
    attempt = room.attempts(ADA)[single]
    assert attempt.certainty == 3
    assert msgspec.json.decode(attempt.answer) == [wrong.id]
    with room.register.reading() as connection:
        found = connection.scalars(
            select(shown.c.misconception).where(shown.c.attempt == attempt.key)
        ).all()
        assert found == [wrong.misconception]
        assert connection.scalar(select(points.c.state).where(points.c.state == "met").limit(1))


def test_numbers_are_those_that_were_drawn_for_the_learner(
    make: Make, files: CourseFolder
) -> None:
    room = make(ids=["rest.q10", "rest.q19"])
    room.hands_in(ADA)
    room.hands_in(BOB)
    room.collect()
    variants = {one: room.attempts(one)["rest.q10"].variant for one in (ADA, BOB)}
    assert variants[ADA] != variants[BOB]
    assert '"outside"' in variants[ADA]
    assert all(one.marks for who in (ADA, BOB) for one in room.attempts(who).values())


def test_the_last_one_in_time_counts(make: Make) -> None:
    room = make()
    first, *rest = room.right(ADA).items()
    room.hands_in(ADA, MADE + DAY, {first[0]: first[1]}, number=1)
    room.hands_in(ADA, MADE + 3 * DAY, dict(rest), number=3)
    room.hands_in(ADA, MADE + 2 * DAY, number=2)
    room.hands_in(ADA, room.assignment.due_at + DAY, {}, number=4)
    (result,) = room.collect(room.assignment.due_at + 2 * DAY).results
    assert room.states() == [(1, "replaced"), (2, "replaced"), (3, "counts"), (4, "replaced")]
    assert (result.found, result.late, result.replaced) == (4, 0, 1)
    assert room.attempts(ADA)[first[0]].answer is None


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_an_older_file_never_replaces_a_newer(make: Make, order: tuple[int, int]) -> None:
    room = make()
    for number in order:
        room.hands_in(ADA, MADE + number * DAY, number=number)
        room.collect()
    assert room.states() == [(1, "replaced"), (2, "counts")]


def test_taking_in_again_changes_nothing(make: Make) -> None:
    room = make()
    room.hands_in(ADA)
    room.hands_in(ADA, name="the same.txt")
    room.hands_in(BOB, MADE + 20 * DAY)
    (room.folder / "torn.submission").write_bytes(b'{"format": "action-potential-tutor-')
    first = room.collect(MADE + 30 * DAY)
    before = dump(room.register)
    again = room.collect(MADE + 31 * DAY)
    assert dump(room.register) == before
    assert again.set_aside == first.set_aside
    assert [result.new for result in again.results] == [0]
    assert [result.found for result in again.results] == [result.found for result in first.results]


def test_late_work_keeps_what_the_policy_says(make: Make) -> None:
    room = make(late="reduce", late_percent=10.0)
    late = room.assignment.due_at + timedelta(hours=25)
    room.hands_in(ADA, late)
    room.hands_in(BOB)
    (result,) = room.collect(late + DAY).results
    assert result.late == 1
    assert room.stands(ADA).late
    assert room.stands(ADA).share == pytest.approx(0.8)
    assert room.stands(ADA).marks == room.stands(ADA).max_marks
    assert (room.stands(BOB).late, room.stands(BOB).share) == (False, 1.0)


def test_late_work_is_refused_where_the_policy_says_so(make: Make) -> None:
    room = make(late="refuse")
    room.hands_in(ADA, room.assignment.due_at)
    (result,) = room.collect(room.assignment.due_at + DAY).results
    assert (result.found, result.refused) == (1, 1)
    assert room.states() == [(1, "refused")]
    assert room.attempts(ADA) == {}


def test_a_deadline_of_their_own_makes_late_work_count_in_time(make: Make) -> None:
    room = make(late="refuse")
    room.hands_in(ADA, room.assignment.due_at + DAY)
    room.collect(room.assignment.due_at + 3 * DAY)
    extended = extend(
        room.register,
        room.key,
        [Enrolled(id="A17 ", due_at=room.assignment.due_at + 2 * DAY), Enrolled(id="nobody")],
    )
    assert extended.unknown == ("nobody",)
    remark(room.register, room.key, [*extended.given])
    assert room.states() == [(1, "counts")]
    assert not room.stands(ADA).late
    assert room.attempts(ADA)


def test_answers_after_the_time_limit_do_not_count(make: Make) -> None:
    room = make(minutes=2.2)
    room.hands_in(ADA)
    room.hands_in(BOB)  # Has a quarter more.
    notes = {one.learner: one.notes for one in room.collect().results[0].notes}
    answered = {
        who: sum(one.answer is not None for one in room.attempts(who).values())
        for who in (ADA, BOB)
    }
    assert answered == {ADA: 2, BOB: 2}
    assert notes[ADA] == ("4 answers came after the time limit and do not count.",)
    extended = extend(room.register, room.key, [Enrolled(id=ADA, extra=100.0)])
    remark(room.register, room.key, [*extended.given])
    assert sum(one.answer is not None for one in room.attempts(ADA).values()) == 4


def test_an_answer_that_came_too_late_leaves_the_one_before_it(make: Make) -> None:
    room = make(minutes=5.0)
    answers = room.right(ADA)
    first = next(iter(answers))
    events = worked(room.assignment, ADA, answers, MADE + DAY)
    late = MADE + DAY + timedelta(minutes=6)
    exam = events[0].data["exam"]
    # Its own word for the time that had passed is not believed against the clock.
    lie = {"exam": exam, "at": 70.0, "number": 99}
    events.append(
        kept(
            EXAM_ANSWER,
            late,
            "laptop",
            question_id=first,
            seed=question_seed(events[0].seed or 0, first),
            answer=["changed"],
            data=lie,
        )
    )
    handed_in(room.folder, submission_of(room.assignment, ADA, events), room.assignment)
    room.collect()
    assert room.attempts(ADA)[first].marks > 0


def test_what_is_typed_but_not_committed_counts_as_far_as_it_goes(
    make: Make, files: CourseFolder
) -> None:
    ordering = next(q.id for q in files.phase("rest").questions if q.kind == "ordering")
    room = make(ids=[ordering, "rest.q19"])
    handed = {q.id: q for phase in room.assignment.excerpt.phases for q in phase.questions}
    right = room.right(ADA)
    events = worked(room.assignment, ADA, {"rest.q19": right["rest.q19"]}, MADE + DAY)
    seed = question_seed(events[0].seed or 0, ordering)
    from tutor.course.posed import Posed
    from tutor.session.form import form_of

    typed = form_of(Posed(handed[ordering], seed)).written(right[ordering])
    stamp = {"exam": events[0].data["exam"], "at": 30.0, "number": 7}
    draft = kept(
        DRAFT,
        MADE + DAY + timedelta(seconds=30),
        "laptop",
        question_id=ordering,
        seed=seed,
        answer=typed,
        data=stamp,
    )
    done = submission_of(room.assignment, ADA, [*events, draft])
    handed_in(room.folder, done, room.assignment)
    room.collect()
    assert room.stands(ADA).marks == room.stands(ADA).max_marks


def test_of_practice_the_first_attempt_at_each_question_counts(make: Make) -> None:
    room = make(feedback="at-once")
    right = room.right(ADA)
    first, second, *_ = right
    events = worked(room.assignment, ADA, {**right, first: ["no"]}, MADE + DAY)
    again = worked(room.assignment, ADA, {first: right[first], second: ["no"]}, MADE + 2 * DAY)
    done = submission_of(room.assignment, ADA, [*events, *again])
    handed_in(room.folder, done, room.assignment)
    room.collect()
    attempts = room.attempts(ADA)
    assert attempts[first].marks == 0
    assert attempts[second].marks > 0


def test_where_no_list_was_given_anyone_may_hand_in(make: Make) -> None:
    room = make(seats={})
    room.hands_in(CY)
    room.hands_in(ADA)
    assert room.collect().results[0].found == 2
    with room.register.reading() as connection:
        rows = connection.execute(select(learners).order_by(learners.c.id)).all()
    assert [(row.id, row.enrolled, row.name) for row in rows] == [
        (ADA, False, f"The learner {ADA}"),
        (CY, False, f"The learner {CY}"),
    ]


def test_marking_again_gives_the_same_and_keeps_what_a_tutor_gave(make: Make) -> None:
    room = make()
    room.hands_in(ADA, answers={})
    room.hands_in(BOB)
    room.collect()
    attempt = next(iter(room.attempts(ADA).values()))
    told = (attempt.learner, attempt.question, attempt.answer, attempt.variant)
    given = Given(*told, 1.0)
    override(room.register, room.key, (attempt.learner,), lambda _: (given,), "Eve", "said it")
    assert room.stands(ADA).marks == 1.0
    before = dump(room.register)
    assert remark(room.register, room.key).learners == 2
    assert dump(room.register) == before
    # A newer submission in which the same is left open keeps it too.
    room.hands_in(ADA, MADE + 2 * DAY, {}, number=2)
    room.collect()
    assert room.stands(ADA).number == 2
    assert room.stands(ADA).marks == 1.0


def test_marks_follow_the_snapshot_when_a_question_is_mended(make: Make) -> None:
    room = make()
    room.hands_in(ADA)
    room.collect()
    with room.register.writing() as connection:
        connection.execute(update(attempts).values(marks=0, marked=0))
    remark(room.register, room.key)
    assert room.stands(ADA).marks == room.stands(ADA).max_marks


def test_what_was_set_aside_and_is_good_later_is_forgotten(make: Make) -> None:
    room = make()
    room.hands_in(ADA)
    now = MADE + 2 * DAY
    other = PrivateKey.generate()
    first = collect(room.register, [room.folder], [other], clock=lambda: now)
    assert [aside.reason for aside in first.set_aside] == ["it is sealed to another tutor's key"]
    assert room.collect().results[0].found == 1
    with room.register.reading() as connection:
        assert connection.execute(select(aside_table)).all() == []


def test_of_several_assignments_each_gets_its_own(
    make: Make, register: Register, files: CourseFolder
) -> None:
    one, other = make(), make(number=2)
    assert one.given.key != other.given.key
    one.hands_in(ADA)
    other.hands_in(ADA, name="other")
    make_unknown = hand_out(files, number=3)
    unknown = submission_of(make_unknown.assignment, ADA, [])
    handed_in(one.folder, unknown, one.assignment, name="unknown")
    keys = [one.given.key, other.given.key]
    both = collect(register, [one.folder], keys, clock=lambda: MADE + 2 * DAY)
    assert [result.found for result in both.results] == [1, 1]
    assert [Path(aside.file).name for aside in both.set_aside] == ["unknown"]
    alone = collect(register, [one.folder], keys, only=one.key, clock=lambda: MADE + 2 * DAY)
    assert [result.assignment for result in alone.results] == [one.assignment.id]
    assert {Path(aside.file).name for aside in alone.set_aside} == {"unknown", "other"}
