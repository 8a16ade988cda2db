"""Results of a Moodle quiz, as Moodle's own question types write them, count in the register."""

import csv
import io
from pathlib import Path

import pytest
from classes import IN_A_FILE, Class
from click.testing import CliRunner
from handouts import ADA, BOB
from moodle_quiz import AT, GOES_ON, Quiz, taken, written
from msgspec.structs import replace
from sqlalchemy import select, update

from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.moodle import MoodleProblem, read_responses
from tutor.classroom.register.tables import learners, overrides
from tutor.classroom.report.gradebook import as_gradebook
from tutor.classroom.report.reading import report_of
from tutor.classroom.submission import MOODLE
from tutor.cli.commands import tutor
from tutor.course.posed import Posed


def test_right_responses_have_full_marks_and_wrong_ones_none(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    wrong = [quiz.right(one, wrong=True) for one in quiz.questions]
    found = taken(room, written(tmp_path / "r.csv", quiz.responses({ADA: right, BOB: wrong})))
    assert (found.taken, found.unknown, found.responses.unknown) == (2, (), ())
    assert [row.unread for row in found.responses.rows] == [(), ()]
    full = {id_: row.marks for id_, row in room.attempts(ADA).items()}
    for id_, question in zip(quiz.ids, quiz.questions, strict=True):
        most = room.given.in_full.marks[id_]
        assert full[id_] == most, question.get("type")
    lost = {id_: row.marks for id_, row in room.attempts(BOB).items()}
    assert sum(lost.values()) < sum(full.values()) / 2
    assert lost[quiz.ids[0]] == 0


@IN_A_FILE
def test_questions_are_told_by_their_answers_where_their_text_is_not_shown(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    lines = quiz.responses({ADA: right}, texts=False)
    found = taken(room, written(tmp_path / "r.csv", lines, ";"))
    kinds = {one.get("type") for one in quiz.questions}
    assert kinds == {"multichoice", "ordering", "matching", "numerical", "essay"}
    # A number or a text of one's own tells nothing of its question.
    assert found.responses.unknown == (5, 6)
    assert set(found.responses.questions) == set(quiz.ids[:4])
    assert room.stands(ADA).max_marks == sum(room.given.in_full.marks[one] for one in quiz.ids[:4])
    assert set(room.attempts(ADA)) == set(quiz.ids[:4])


@IN_A_FILE
def test_a_question_of_which_each_has_another_text_is_told_by_its_answers(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    lines = quiz.responses({ADA: right, BOB: right})
    # As where Moodle draws the question of a place from several.
    lines[0]["Question 1"], lines[1]["Question 1"] = (
        f"{lines[0][f'Question {number}']} and {number}" for number in (2, 3)
    )
    found = taken(room, written(tmp_path / "r.csv", lines))
    assert found.responses.questions == tuple(quiz.ids)


@IN_A_FILE
def test_answers_that_fit_two_questions_tell_neither(room: Class, tmp_path: Path) -> None:
    (single,) = (q for p in room.given.in_full.phases for q in p.questions if q.kind == "single")
    line = {"Email address": "a@x.example", "Response 1": single.options[0].text}
    path = written(tmp_path / "r.csv", [line])
    posed = {single.id: Posed(single, 0)}
    assert read_responses(path, posed).questions == (single.id,)
    twin = replace(single, id="rest.twin")
    assert read_responses(path, posed | {twin.id: Posed(twin, 0)}).unknown == (1,)


def test_those_who_worked_in_moodle_share_no_machine(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    taken(room, written(tmp_path / "r.csv", quiz.responses({ADA: right, BOB: right})))
    remark(room.register, room.key)
    assert [room.stands(who).notes for who in (ADA, BOB)] == ["", ""]


@IN_A_FILE
def test_in_the_gradebook_who_worked_in_moodle_has_no_score(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    taken(room, written(tmp_path / "r.csv", quiz.responses({ADA: right})))
    room.hands_in(BOB)
    room.collect()
    with room.register.reading() as connection:
        table = as_gradebook(report_of(connection, room.key, AT)).decode("utf-8-sig")
    scores = {row["id"]: row["score"] for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert scores[ADA] == ""
    assert float(scores[BOB]) == sum(room.given.in_full.marks.values())


def test_who_has_only_a_part_counts_for_ideas_and_facility_and_not_for_discrimination(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    wrong = [quiz.right(one, wrong=True) for one in quiz.questions]
    taken(room, written(tmp_path / "r.csv", quiz.responses({BOB: wrong}, texts=False)))
    room.hands_in(ADA)
    room.collect()
    with room.register.reading() as connection:
        report = report_of(connection, room.key, AT)
    assert [(one.n, one.compared) for one in report.items] == [(2, 1)] * 4 + [(1, 1)] * 2
    assert sum(one.shown for one in report.ideas) > 0
    assert report.marks is not None
    assert report.marks.n == 1
    by_id = {one.id: one for one in report.learners}
    assert by_id[BOB].from_moodle
    assert not by_id[ADA].from_moodle


def test_the_same_report_again_changes_nothing_and_a_later_one_counts(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    path = written(tmp_path / "r.csv", quiz.responses({ADA: right}))
    taken(room, path)
    before = room.stands(ADA)
    taken(room, path)
    assert room.stands(ADA) == before
    assert room.states() == [(1, "counts")]
    remark(room.register, room.key)
    assert room.stands(ADA).marks == before.marks


def test_a_submission_takes_the_place_of_a_quiz_whenever_either_comes(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    wrong = [quiz.right(one, wrong=True) for one in quiz.questions]
    path = written(tmp_path / "r.csv", quiz.responses({ADA: wrong, BOB: wrong}))
    taken(room, path)
    room.hands_in(ADA)
    room.collect()
    assert room.stands(ADA).device != MOODLE
    assert room.stands(ADA).marks == room.stands(ADA).max_marks
    again = taken(room, path)
    assert again.own == (ADA,)
    assert room.stands(ADA).device != MOODLE
    assert room.stands(BOB).device == MOODLE


def test_nobody_hands_in_as_if_it_came_from_moodle(room: Class) -> None:
    room.hands_in(ADA, answers={})
    room.hands_in(BOB, answers={}, device=MOODLE)
    collected = room.collect()
    (aside,) = collected.set_aside
    assert aside.reason == "it says that it comes from no machine"
    assert room.stands(BOB) is None


@IN_A_FILE
def test_learners_are_known_by_their_address_where_moodle_has_no_number(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    with room.register.writing() as connection:
        connection.execute(
            update(learners).where(learners.c.id == ADA).values(email="Ada@Class.example")
        )
    right = [quiz.right(one) for one in quiz.questions]
    lines = quiz.responses({ADA: right}, **{"ID number": "", "Email address": "ada@class.example"})
    assert taken(room, written(tmp_path / "r.csv", lines)).taken == 1
    assert room.stands(ADA) is not None


@IN_A_FILE
def test_what_is_not_finished_not_listed_or_not_readable_is_told(
    room: Class, quiz: Quiz, tmp_path: Path
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    odd = ["An option that nobody offered", *right[1:]]
    blank = ["-" for _ in right]
    lines = [
        *quiz.responses({ADA: odd}),
        *quiz.responses({"c33": right}),
        *quiz.responses({BOB: blank}),
        *quiz.responses({BOB: right}, **GOES_ON),
    ]
    found = taken(room, written(tmp_path / "r.csv", lines))
    assert found.unknown == ("c33",)
    assert found.responses.unfinished == 1
    unread = {row.id: row.unread for row in found.responses.rows if row.unread}
    assert unread == {ADA: ((quiz.ids[0], odd[0]),)}
    assert room.stands(BOB).marks == 0
    assert {row.answer for row in room.attempts(BOB).values()} == {None}


@IN_A_FILE
def test_options_are_read_in_any_order_and_with_semicolons_in_them(
    room: Class, tmp_path: Path
) -> None:
    (multi,) = (q for p in room.given.in_full.phases for q in p.questions if q.kind == "multi")
    texts = ("K+ leaves", "Na+ enters; K+ leaves", "Nothing")
    options = tuple(
        replace(option, text=text) for option, text in zip(multi.options, texts, strict=False)
    )
    posed = {multi.id: Posed(replace(multi, options=options), 0)}
    lines = [
        {"Email address": f"{number}@x.example", "Response 1": text}
        for number, text in enumerate(
            ("Na+ enters; K+ leaves; K+ leaves", "Nothing; K+ leaves", "Nothing; Cl-", "Nothing")
        )
    ]
    ids = [option.id for option in options]
    found = read_responses(written(tmp_path / "r.csv", lines), posed)
    assert [row.answers.get(multi.id) for row in found.rows] == [
        [ids[1], ids[0]],
        [ids[2], ids[0]],
        None,
        [ids[2]],
    ]
    assert found.rows[2].unread == ((multi.id, "Nothing; Cl-"),)


@IN_A_FILE
@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff\xfe", b"id,name\n1,2\n", b"Email address,State\na@b,Finished\n"]
)
def test_another_file_is_refused_with_what_to_export(
    room: Class, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(data)
    with pytest.raises(MoodleProblem, match="tick Response and Question text"):
        taken(room, path)


def test_the_command_says_what_became_of_it(
    room: Class, quiz: Quiz, tmp_path: Path, where: str
) -> None:
    right = [quiz.right(one) for one in quiz.questions]
    odd = ["No option", *right[1:]]
    path = written(tmp_path / "r.csv", quiz.responses({ADA: odd, "c33": right}))
    told = CliRunner().invoke(
        tutor, ["register", "moodle", "Rest", str(path), "--register", where]
    )
    assert told.exit_code == 1
    assert "the responses of 1 learner were taken in, to 6 of its 6 questions" in told.output
    assert "Not on the list of learners, so left out: c33" in told.output
    assert f"{ADA}, {quiz.ids[0]}: No option" in told.output
    with room.register.reading() as connection:
        assert not connection.execute(select(overrides)).all()
    assert room.stands(ADA).device == MOODLE
