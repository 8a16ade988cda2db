"""The end of an exam: handed in, or its time is up, or the program was killed on the way."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.event import Event
from tutor.journal.known import attempt_of
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.exam import Exam
from tutor.session.exam.handing import settled, write_attempts
from tutor.session.exam.opening import open_exam
from tutor.session.exam.record import Begun, begun_of, exams_begun, record_of
from tutor.session.exam.report import past_exams, report_of
from tutor.session.views import QuestionView

Begin = Callable[..., Exam]
ENDED = "exam-handed-in"


def answer_rightly(exam: Exam, numbers: range) -> None:
    for number in numbers:
        exam.go(number)
        assert exam._asked is not None
        exam.answer(model_answer(exam._asked.posed))


def attempts(journal: Journal) -> list[Event]:
    return journal.events(kind="attempt")


def test_handing_in_makes_an_attempt_of_each_answer(begin: Begin, journal: Journal, clock) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 6))
    clock.pass_by(minutes=3)
    exam.hand_in()
    exam.mark()
    (ended,) = journal.events(kind="exam-handed-in")
    assert ended.data["reason"] == "handed-in"
    assert len(attempts(journal)) == 5
    for event in attempts(journal):
        assert event.data["mode"] == "exam"
        assert event.data["exam"] == exam.begun.id
        attempt = attempt_of(event.id, event.time, event.data, shown=False)
        assert attempt is not None
        assert attempt.right
        assert attempt.delayed


def test_after_the_end_nothing_is_accepted(begin: Begin, journal: Journal) -> None:
    exam = begin("usmle")
    exam.hand_in()
    before = len(journal.events())
    view = exam.view
    assert isinstance(view, QuestionView)
    for act in (
        lambda: exam.answer([view.form.choices[0].id]),
        lambda: exam.answer_line("1"),
        exam.take_away,
    ):
        with pytest.raises(ValueError, match="time is up"):
            act()
    exam.keep_draft([view.form.choices[0].id])
    exam.flag()
    exam.forward()
    exam.go(7)
    exam.leave()
    assert len(journal.events()) == before


def test_when_time_is_up_nothing_is_accepted_and_what_stands_is_handed_in(
    begin: Begin, journal: Journal, clock
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 4))
    clock.pass_by(minutes=30)
    assert exam.is_over
    exam.go(4)
    with pytest.raises(ValueError, match="time is up"):
        exam.answer_line("1")
    exam.hand_in()
    exam.mark()
    (ended,) = journal.events(kind="exam-handed-in")
    assert ended.data["reason"] == "time"
    assert len(attempts(journal)) == 3


def test_time_that_ran_out_while_nobody_was_there_is_found_at_the_next_start(
    begin: Begin, files: CourseFolder, journal: Journal, path: Path, clock
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 8))
    journal.close()
    clock.pass_by(days=3)
    with Journal.open(path, clock=clock) as again:
        found = open_exam(files, again)
        assert isinstance(found, Begun)
        assert found.id == exam.begun.id
        assert len(attempts(again)) == 7
        # They were made in time, not three days later.
        assert {event.time for event in attempts(again)} == {exam.begun.deadline}
        assert open_exam(files, again) is None
        assert len(attempts(again)) == 7


def test_a_crash_between_the_end_and_the_marks_is_made_good(
    begin: Begin, files: CourseFolder, journal: Journal
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 8))
    exam.hand_in()  # And here the lights go out.
    assert not attempts(journal)
    assert settled(files, journal).running is None
    assert len(attempts(journal)) == 7


def test_a_crash_among_the_marks_is_made_good_without_any_twice(
    begin: Begin, files: CourseFolder, journal: Journal, tmp_path: Path, clock
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 8))
    exam.hand_in()
    events = journal.events()
    exam.mark()
    marked = attempts(journal)
    # As if the power had gone when three of the seven were on the disk.
    with Journal.open(tmp_path / "other" / "journal.sqlite3", clock=clock) as half:
        half.add([*events, *marked[:3]])
        settled(files, half)
        assert [(e.id, e.answer, e.data) for e in attempts(half)] == [
            (e.id, e.answer, e.data) for e in marked
        ]
        write_attempts(files, half, exam.begun)
        assert len(attempts(half)) == 7


def test_two_programs_that_hand_in_at_once_keep_one_attempt_each(
    begin: Begin, files: CourseFolder, journal: Journal, path: Path, clock
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 4))
    clock.pass_by(minutes=31)
    with Journal.open(path, clock=clock) as second:
        other = Exam(files, second, Bank(files), exam.begun)
        exam.hand_in()
        other.hand_in()
        other.mark()
        exam.mark()
    assert len(journal.events(kind="exam-handed-in")) == 1
    assert len(attempts(journal)) == 3


def test_what_another_program_hands_in_ends_it_here_too(
    begin: Begin, files: CourseFolder, journal: Journal, path: Path, clock
) -> None:
    exam = begin("usmle")
    with Journal.open(path, clock=clock) as second:
        Exam(files, second, Bank(files), exam.begun).hand_in()
    assert exam.is_over


def test_two_machines_that_settle_it_agree_on_every_event(
    begin: Begin, files: CourseFolder, journal: Journal, tmp_path: Path, clock
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 4))
    events = journal.events()
    clock.pass_by(hours=2)
    settled(files, journal)
    with Journal.open(tmp_path / "other" / "journal.sqlite3", clock=clock) as other:
        other.add(events)
        clock.pass_by(hours=5)
        settled(files, other)
        here, there = (
            [event._replace(sequence=0) for event in (*one.events(kind=ENDED), *attempts(one))]
            for one in (journal, other)
        )
        assert here == there
        assert other.add(journal.events()) == 0


def test_a_question_that_was_met_lately_is_not_delayed(
    begin: Begin, files: CourseFolder, journal: Journal, clock
) -> None:
    exam = begin("usmle", seed=3)
    answer_rightly(exam, range(1, 21))
    exam.hand_in()
    exam.mark()
    assert all(event.data["delayed"] for event in attempts(journal))
    clock.pass_by(hours=2)
    again = begin("usmle", seed=3)
    answer_rightly(again, range(1, 21))
    again.hand_in()
    again.mark()
    assert not any(event.data["delayed"] for event in attempts(journal)[20:])


def test_the_same_paper_can_be_sat_again(begin: Begin, journal: Journal) -> None:
    first = begin("a-level", seed=44)
    first.hand_in()
    second = begin("a-level", seed=44)
    assert second.begun.ids == first.begun.ids
    assert second.begun.id != first.begun.id
    assert second.unanswered == len(second.begun.ids)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"exam": 1, "ids": ["rising.q1"], "minutes": 30},
        {"exam": "a", "ids": [], "minutes": 0},
        {"exam": "a", "ids": "rising.q1", "minutes": 30},
        {"exam": "a", "ids": ["rising.q1"], "minutes": "30"},
        {"exam": "a", "ids": ["rising.q1"], "minutes": -3},
        {"exam": "a", "ids": ["rising.q1"], "minutes": 1e300},
        {"exam": "a", "ids": ["rising.q1"], "minutes": True},
        {"exam": "a", "ids": ["rising.q1"], "minutes": 30, "extra": -50},
        {"exam": "a", "ids": ["rising.q1"], "minutes": 30, "extra": None},
        {"exam": "a", "ids": [f"q{n}" for n in range(99999)], "minutes": 30},
    ],
)
def test_an_exam_that_could_not_be_is_left_out(
    files: CourseFolder, journal: Journal, data: dict[str, object]
) -> None:
    assert begun_of(journal.append("exam", data=data)) is None
    assert open_exam(files, journal) is None
    assert past_exams(journal) == ()


def test_strange_events_in_an_exam_do_no_harm(
    begin: Begin, files: CourseFolder, bank: Bank, journal: Journal, clock
) -> None:
    exam = begin("usmle")
    answer_rightly(exam, range(1, 3))
    question, mine = exam.begun.ids[4], {"exam": exam.begun.id}
    for answer in (5, "x", ["no such option"], {"a": [1]}, [[]], True):
        for data in (mine, {**mine, "at": "late", "number": []}, {**mine, "certainty": 9}):
            journal.append("exam-answer", question_id=question, answer=answer, data=dict(data))
            journal.append("draft", question_id=question, answer=answer, data=dict(data))
    journal.append("exam-answer", question_id="no.such", answer=["a"], data=dict(mine))
    journal.append("exam-visit", question_id="no.such", data={**mine, "at": -5})
    journal.append("exam-visit", data={**mine, "at": 1e308, "again": "yes"})
    journal.append("flag", question_id=question, data={**mine, "on": "perhaps"})
    journal.append("exam-handed-in", data={"exam": ["a"], "reason": 5})
    again = begin.go_on()  # type: ignore[attr-defined]
    again.go(5)
    assert isinstance(again.view, QuestionView)
    again.hand_in()
    again.mark()
    report = report_of(files, journal, bank, exam.begun)
    assert report.marks == 2


def test_a_question_that_the_course_has_lost_is_left_out(
    begin: Begin, files: CourseFolder, bank: Bank, journal: Journal
) -> None:
    exam = begin("usmle")
    data = dict(journal.events(kind="exam")[0].data)
    exam.hand_in()
    data |= {"exam": "other", "ids": ["gone.q1", *exam.begun.ids[:2], "gone.q2"]}
    begun = begun_of(journal.append("exam", seed=7, data=data))
    assert begun is not None
    again = Exam(files, journal, bank, begun)
    assert len(again.spots) == 2
    answer_rightly(again, range(1, 3))
    again.hand_in()
    again.mark()
    report = report_of(files, journal, bank, begun)
    assert [result.number for result in report.results] == [2, 3]
    assert report.share == 1.0


def test_the_record_tells_when_it_was_begun_and_may_end(
    begin: Begin, journal: Journal, clock
) -> None:
    exam = begin("usmle", extra=50)
    (begun,) = exams_begun(journal)
    assert begun.deadline - begun.time == timedelta(minutes=45)
    assert record_of(journal, begun).visits[0].question_id == exam.begun.ids[0]
