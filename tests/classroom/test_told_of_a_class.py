"""What a report leaves out, puts together and cuts short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from classes import DAY, IN_A_FILE, Class
from handouts import ADA, BOB, MADE, hand_out, some_ids
from msgspec.structs import replace

from tutor.classroom.assignment import learner_seed
from tutor.classroom.collection.extending import extend
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.register.register import Register
from tutor.classroom.report.answers import answers_of
from tutor.classroom.report.lines import Look, as_text, look_here
from tutor.classroom.report.reading import Attempt, report_of
from tutor.classroom.report.view import ClassReport
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.session.exam.drawing import question_seed
from tutor.words.class_report import VARIANTS

HEAD = "What to reteach"


def report(course: Class) -> ClassReport:
    with course.register.reading() as connection:
        return report_of(connection, course.key, MADE + 40 * DAY)


def text_question(files: CourseFolder) -> Question:
    return next(one for one in files.phase("rest").questions if one.kind == "text")


def attempt(answer: object, key: int = 1, **more: Any) -> Attempt:
    shown: frozenset[str] = frozenset()
    own = Attempt(key, key, f"l{key}", 0.0, 0.0, answer, None, None, "", shown, {}, False, "")
    return replace(own, **more)


@IN_A_FILE
def test_what_everyone_has_right_is_nothing_to_reteach(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    course = Class(register, hand_out(files), tmp_path / "in")
    for who in (ADA, BOB):
        course.hands_in(who)
    course.collect()
    found = report(course)
    assert {one.facility for one in found.objectives} == {1.0}
    first = as_text(found, Look(100)).split("Handed in\n")[0]
    assert not any(one.text.rstrip(".").split()[-1] in first for one in found.objectives)


@IN_A_FILE
def test_where_there_is_no_list_nobody_is_missing_on_it(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    for seats in ({}, None):
        more: dict[str, Any] = {} if seats is None else {"seats": seats, "number": 2}
        course = Class(register, hand_out(files, **more), tmp_path / f"{seats}")
        if seats is None:
            with register.writing() as connection:
                connection.exec_driver_sql(
                    "UPDATE learners SET enrolled = false WHERE assignment = ? AND id = ?",
                    (course.key, ADA),
                )
        course.hands_in(ADA)
        course.collect()
        assert ("Not on the list" in as_text(report(course), Look(100))) == (seats is None)


@IN_A_FILE
def test_how_many_wrong_answers_more_there_are_is_told(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    (number,) = (one for one in some_ids(files) if files_kind(files, one) == "numeric")
    given = hand_out(files, ids=[number], seats={})
    course = Class(register, given, tmp_path / "in")
    for place in range(12):
        course.hands_in(f"l{place}", answers={number: f"{1000 + place} mV"})
    course.collect()
    told = as_text(report(course), Look(100))
    assert sum(f"{1000 + place} mV" in told for place in range(12)) == 8
    assert "4 more" in told


def files_kind(files: CourseFolder, id_: str) -> str:
    return next(one.kind for one in files.phase("rest").questions if one.id == id_)


@IN_A_FILE
def test_who_has_longer_is_not_named_for_nothing_before_that(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    course = Class(register, hand_out(files), tmp_path / "in")
    extend(register, course.key, [Enrolled(BOB, due_at=MADE + 60 * DAY)])
    risks = {one.id: [risk.reason for risk in one.risks] for one in report(course).learners}
    assert risks == {ADA: ["nothing"], BOB: []}


@pytest.mark.parametrize(("columns", "width"), [(20, 50), (80, 80), (300, 100)])
def test_it_is_as_wide_as_the_terminal_within_reason(
    columns: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert look_here().width == width


def test_answers_that_say_the_same_stand_together_and_the_commonest_first(
    files: CourseFolder,
) -> None:
    texts = ("B.", "Sodium  ENTERS.", "c", "sodium enters", "a", " A ", "Sodium enters .")
    attempts = [attempt(one, key) for key, one in enumerate(texts, 1)]
    right = attempt("Potassium leaves", 9, share=1.0, marks=1.0)
    found = answers_of(text_question(files), [*attempts, right, attempt(None, 10)])
    assert [(one.text, one.n) for one in found] == [
        ("Sodium  ENTERS.", 3),
        ("a", 2),
        ("B.", 1),
        ("c", 1),
    ]
    assert found[0].learners == ("l2", "l4", "l7")


def test_what_is_kept_of_an_answer_is_cleaned_and_cut_once_more(files: CourseFolder) -> None:
    (found,) = answers_of(text_question(files), [attempt("\x1b[2J\u202e" + "z" * 20_000)])
    assert len(found.text) <= 4_000
    assert not {"\x1b", "\u202e"} & set(found.text)


@IN_A_FILE
def test_what_each_drawn_number_made_of_a_question_stands_where_ten_or_more_had_it(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    given = hand_out(files, ids=["repolarisation.q9"], seats={})
    course = Class(register, given, tmp_path / "in")
    question = given.in_full.phases[0].questions[0]

    def numbers(who: str) -> dict[str, float]:
        seed = learner_seed(course.assignment, who)
        return Posed(question, question_seed(seed, question.id)).drawn

    same = numbers("s0")
    ids = [f"s{number}" for number in range(500)]
    alike = [one for one in ids if numbers(one) == same][:11]
    (other,) = [one for one in ids if numbers(one) != same][:1]
    assert len(alike) == 11
    for place, who in enumerate((*alike, other)):
        course.hands_in(who, answers={question.id: "1234 mV"} if place in (0, 1) else None)
    course.collect()
    text = as_text(report(course), Look(100))
    table = text.split(VARIANTS)[1].split("\n\n")[0]
    (row,) = (line for line in table.splitlines() if "82%" in line)
    assert row.split()[:2] == ["blocked", "percent"]
    assert row.split()[-2:] == ["11", "82%"]
    assert "100%" not in table  # One alone had the other number.
