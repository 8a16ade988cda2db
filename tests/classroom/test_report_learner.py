"""`tutor report` on one learner, and on those who are missing."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from classes import DAY, Class
from handouts import ADA, BOB, MADE, hand_out
from report_class import NUMBER, ORDER, RIGHT, SINGLE, TEXT, WHO, backup, run, wrong_option
from sqlalchemy import select, update

from tutor.classroom.assignment import learner_seed
from tutor.classroom.collection.choosing import Choice, choose
from tutor.classroom.register.register import Register, open_register
from tutor.classroom.register.tables import learners, submissions
from tutor.classroom.report.learner import learner_part
from tutor.classroom.report.lines import Look, as_text, part_lines
from tutor.classroom.report.reading import report_of
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.prose import blocks
from tutor.session.bank import Bank
from tutor.session.exam.drawing import question_seed
from tutor.session.form import key_lines


def page(register: Register, key: int, learner: str, width: int = 100) -> list[str]:
    """The lines of a learner's page."""
    with register.reading() as connection:
        report = report_of(connection, key, MADE + 40 * DAY)
        view = next(one for one in report.learners if one.id == learner)
        return [*part_lines(learner_part(connection, report, view), Look(width))]


def of_question(lines: list[str], question: str, *, whole: bool = False) -> list[str]:
    """What stands below the title of a question; `whole` from its stem on."""
    start = next(place for place, line in enumerate(lines) if f". {question} (" in line)
    found = lines[start + (1 if whole else 2) :]
    return found[: found.index("")] if "" in found else found


def test_each_answer_stands_with_its_marks_time_and_certainty(fourteen: Class) -> None:
    lines = page(fourteen.register, fourteen.key, WHO[RIGHT])
    assert lines[0] == f"Learner {WHO[RIGHT]} ({WHO[RIGHT]})"
    (question,) = (q for p in fourteen.given.in_full.phases for q in p.questions if q.id == SINGLE)
    text = next(one.text for one in question.options if one.id == wrong_option(fourteen))
    right = next(one.text for one in question.options if one.correct)
    assert f"Answer: {text}" in of_question(lines, SINGLE)
    assert of_question(lines, SINGLE)[-2:] == [
        f"Right: {right}",
        "Marks: 0 of 1. How sure: certain. Time: 60 s.",
    ]
    assert "Answer: It is the pump." in of_question(lines, TEXT)
    assert of_question(lines, NUMBER)[-3].startswith("Left open.")
    assert any("; " in line for line in of_question(lines, ORDER))
    of_another = of_question(page(fourteen.register, fourteen.key, WHO[RIGHT + 1]), NUMBER)
    assert "Answer: 12345 mV" in of_another


def test_what_was_handed_in_stands_with_receipt_lateness_and_notes(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    given = hand_out(files, late="reduce", late_percent=25.0, made_at=MADE, due_at=MADE + 14 * DAY)
    course = Class(register, given, tmp_path / "in")
    course.hands_in(ADA, MADE + 14 * DAY + timedelta(hours=1), number=1)
    course.hands_in(ADA, MADE + 14 * DAY + timedelta(hours=3), number=2)
    course.collect(MADE + 20 * DAY)
    with register.writing() as connection:
        connection.execute(update(submissions).values(notes="The keys had been opened."))
        receipts = connection.scalars(select(submissions.c.receipt)).all()
    lines = page(register, course.key, ADA)
    text = "\n".join(lines)
    most = f"{course.stands(ADA).max_marks:g}"
    part = f"{0.75 * course.stands(ADA).marks:g}"
    assert lines[2] == f"{part} of {most} marks: {most}, of which late work keeps 75%."
    assert sum(any(f"receipt {one}." in line for line in lines) for one in receipts) == 2
    assert text.count(": counts, late; receipt") == 1
    assert text.count("another one counts in its place") == 1
    assert "Notes:\n- The keys had been opened." in text
    nothing = page(register, course.key, BOB)
    assert "receipt" not in "".join(nothing)
    assert nothing[2].startswith("Has handed in nothing that counts. Due Fri 04 Dec")
    assert any("25 % extra time" in line for line in nothing)
    assert not any(one in "".join(nothing) for one in course.assignment.excerpt.ids)


def test_of_whom_late_work_was_refused_it_is_told_that_it_was(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    given = hand_out(files, late="refuse", made_at=MADE, due_at=MADE + 14 * DAY)
    course = Class(register, given, tmp_path / "in")
    course.hands_in(ADA, MADE + 15 * DAY)
    course.collect(MADE + 20 * DAY)
    assert " ".join(page(register, course.key, ADA)).count("late") == 1
    assert any(": refused as late; receipt" in line for line in page(register, course.key, ADA))
    with register.reading() as connection:
        report = report_of(connection, course.key, MADE + 40 * DAY)
    told = as_text(report, Look(100)).splitlines()
    assert f"- {ADA}, whose late work was refused" in told
    assert f"- {ADA}: late work refused" in told
    assert f"- {BOB}" in told
    assert f"- {BOB}: handed in nothing" in told


def test_the_question_stands_with_the_numbers_that_the_learner_met_and_with_its_key(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    ids = ["rest.q10", "rest.q11", "repolarisation.q9"]
    assert all(Bank(files).by_id[one].question.draws for one in ids)
    course = Class(register, hand_out(files, ids=ids), tmp_path / "in")
    course.hands_in(ADA)
    course.collect()
    seed = learner_seed(course.assignment, ADA)
    for one in ids:
        posed = Posed(Bank(files).by_id[one].question, question_seed(seed, one))
        told = " ".join(of_question(page(register, course.key, ADA), one, whole=True))
        assert " ".join(" ".join(b.text for b in blocks(posed.stem)).split()) in told, one
        assert "…" not in told
        assert f"Right: {key_lines(posed)[0]}" in told
        assert not re.search(r"[a-z]_[a-z]", told), told
        assert ("Numbers drawn" in told) is (one == ids[-1])


def test_other_marks_stand_there_with_who_gave_them_and_why(
    fourteen: Class, tmp_path: Path
) -> None:
    path = tmp_path / "register.sqlite3"
    path.write_bytes(backup(fourteen.register))
    with open_register(path) as register:
        who = WHO[RIGHT]
        choose(register, fourteen.key, Choice(who, SINGLE, 1.0), "Dr Katz", "fair\x1b[2J enough")
        choose(register, fourteen.key, Choice(who, SINGLE, 0.5), "Dr Huxley", "half of it")
        (point, *_) = next(
            q.mark_points
            for p in fourteen.given.in_full.phases
            for q in p.questions
            if q.id == TEXT
        )
        met = Choice(who, TEXT, point=point.id, state="met")
        choose(register, fourteen.key, met, "Dr Katz", "the very point")
        choose(register, fourteen.key, Choice(WHO[-2], SINGLE, 0.25), "Dr Hill", "another's")
        lines = page(register, fourteen.key, who, 400)
    told = of_question(lines, SINGLE)
    assert told[-3] == "Marks: 0.5 of 1. The marking gave 0. How sure: certain. Time: 60 s."
    assert told[-2].startswith("- Dr Katz gave 1 of 1 (")
    assert told[-2].endswith("): fair\N{REPLACEMENT CHARACTER}[2J enough")
    assert told[-1].startswith("- Dr Huxley gave 0.5 of 1 (")
    assert told[-1].endswith("): half of it")
    assert "Dr Hill" not in "".join(lines)
    last = of_question(lines, TEXT)[-1]
    assert last.startswith(f"- Dr Katz counted “{point.text}” as met (")
    assert last.endswith("): the very point")


def test_the_command_prints_the_page_of_the_id_however_it_is_typed(fourteen: Class) -> None:
    where = ("--register", fourteen.register.where)
    done = run("report", "rest", "--learner", f" {WHO[0].upper()}", *where)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0] == "Report: Rest, week 3"
    assert f"Learner {WHO[0]} ({WHO[0]})" in done.output
    assert f"Learner {WHO[1]}" not in done.output
    wrong = run("report", "rest", "--learner", "nobody", *where)
    assert wrong.exit_code == 2
    assert "nobody in Rest, week 3 has the id 'nobody'" in wrong.output


def test_those_who_are_missing_are_a_table_that_spreadsheets_read(
    fourteen: Class, tmp_path: Path
) -> None:
    path = tmp_path / "register.sqlite3"
    path.write_bytes(backup(fourteen.register))
    with open_register(path) as register, register.writing() as connection:
        own = learners.c.id == WHO[-1]
        connection.execute(update(learners).where(own).values(name="=cmd()"))
    done = run("report", "rest", "--missing", "--register", path)
    assert done.exit_code == 0, done.output
    head, *rows = csv.reader(io.StringIO(done.stdout_bytes.decode("utf-8-sig")))
    assert head == ["id", "name", "email"]
    assert rows == [[WHO[-1], "'=cmd()", f"{WHO[-1]}@class.example"]]


@pytest.mark.parametrize("two", [("--missing", "--json"), ("--learner", "s01", "--csv", "a.csv")])
def test_one_thing_is_printed_at_a_time(two: tuple[str, ...], fourteen: Class) -> None:
    done = run("report", *two, "--register", fourteen.register.where)
    assert done.exit_code == 2
    assert "give one of them alone" in done.output
