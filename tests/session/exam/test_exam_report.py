"""The report of an exam, and its questions with their verdicts."""

import re
from collections.abc import Callable

import pytest
from answers import wrong_answer
from msgspec.structs import replace

from tutor.course.loader import CourseFolder
from tutor.course.questions import SingleQuestion
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.exam import Exam
from tutor.session.exam.opening import open_exam
from tutor.session.exam.report import ExamReport, past_exams, report_of
from tutor.session.exam.review import ExamReview
from tutor.session.exam.telling import duration, headlines, past_line, report_parts, result_line
from tutor.session.terminal import CERTAINTY, turn
from tutor.session.views import EndView, QuestionView, VerdictView

Begin = Callable[..., Exam]


def right(exam: Exam) -> object:
    assert exam._asked is not None
    return model_answer(exam._asked.posed)


def wrong(exam: Exam) -> object:
    assert exam._asked is not None
    return wrong_answer(exam._asked.posed)


@pytest.fixture
def report(files: CourseFolder, journal: Journal, bank: Bank) -> Callable[[Exam], ExamReport]:
    def report(exam: Exam) -> ExamReport:
        exam.hand_in()
        exam.mark()
        return report_of(files, journal, bank, exam.begun)

    return report


def test_marks_are_those_of_the_answers(begin: Begin, report) -> None:
    exam = begin("usmle")
    for number in range(1, 11):
        exam.go(number)
        exam.answer(right(exam) if number <= 7 else wrong(exam))
    found = report(exam)
    assert (found.marks, found.max_marks, found.share) == (7, 20, 0.35)
    assert [result.right for result in found.results] == [True] * 7 + [False] * 13
    assert [result.answered for result in found.results] == [True] * 10 + [False] * 10


def test_every_row_adds_up_to_the_whole(begin: Begin, report) -> None:
    exam = begin("a-level-long")
    for spot in exam.spots:
        exam.go(spot.number)
        exam.answer(right(exam) if spot.number % 3 else wrong(exam))
    found = report(exam)
    for rows in (found.by_kind, found.by_section):
        assert sum(row.marks for row in rows) == pytest.approx(found.marks)
        assert sum(row.max_marks for row in rows) == found.max_marks == 50
        assert sum(row.questions for row in rows) == len(found.results)
    shares = [row.share for row in found.by_objective]
    assert shares == sorted(shares)
    assert [row.name[:9] for row in found.by_section] == [f"Section {x}" for x in "ABCDE"]


def test_time_is_that_spent_looking_at_a_question(begin: Begin, report, clock) -> None:
    exam = begin("usmle")
    clock.pass_by(seconds=40)
    exam.forward()
    clock.pass_by(seconds=90)
    exam.back()
    clock.pass_by(seconds=20)
    found = report(exam)
    assert [round(result.seconds) for result in found.results[:3]] == [60, 90, 0]
    assert found.used_s == pytest.approx(150, abs=1)


def test_time_while_the_program_was_away_is_no_questions(begin: Begin, report, clock) -> None:
    exam = begin("usmle")
    clock.pass_by(seconds=40)
    exam.answer(right(exam))
    clock.pass_by(seconds=600)  # The program is killed somewhere in here.
    again = begin.go_on()  # type: ignore[attr-defined]
    clock.pass_by(seconds=30)
    again.leave()
    clock.pass_by(seconds=300)
    once_more = begin.go_on()  # type: ignore[attr-defined]
    clock.pass_by(seconds=5)
    found = report(once_more)
    assert found.results[0].seconds == pytest.approx(75, abs=1)


def test_time_after_a_kill_that_nobody_came_back_from_is_no_questions(
    begin: Begin, files: CourseFolder, journal: Journal, bank: Bank, clock
) -> None:
    exam = begin("usmle")
    clock.pass_by(seconds=40)
    exam.answer(right(exam))
    clock.pass_by(days=1)
    open_exam(files, journal)
    found = report_of(files, journal, bank, exam.begun)
    assert found.results[0].seconds == pytest.approx(40, abs=1)
    assert found.ended.reason == "time"
    assert found.used_s == 1800


def test_changes_from_right_to_wrong_and_back_are_counted(begin: Begin, report, clock) -> None:
    exam = begin("usmle")
    for answers in ("rw", "wr", "rwr", "r"):
        for letter in answers:
            exam.answer(right(exam) if letter == "r" else wrong(exam))
            clock.pass_by(seconds=10)
        exam.forward()
    found = [(one.worse, one.better, one.other) for one in report(exam).results[:4]]
    assert found == [(1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 0)]


def test_an_option_that_was_only_passed_over_is_no_change(begin: Begin, report, clock) -> None:
    exam = begin("usmle")
    for given in (wrong(exam), right(exam)):
        exam.answer(given)
        clock.pass_by(seconds=1)
    result = report(exam).results[0]
    assert (result.worse, result.better, result.other) == (0, 0, 0)
    assert result.right


def test_certainty_earns_and_costs_marks(begin: Begin, report, journal: Journal) -> None:
    turn(journal, CERTAINTY, True)
    exam = begin("usmle")
    for sure, given in ((3, right(exam)), (3, None), (1, None), (None, None)):
        exam.answer(given or wrong(exam))
        exam.sure(sure)
        exam.forward()
    found = report(exam)
    assert [one.certainty for one in found.results[:5]] == [3, 3, 1, None, None]
    assert found.by_certainty == (3 - 6 + 0, 9)
    assert [level.n for level in found.sureness] == [1, 0, 2]
    assert [event.data.get("certainty") for event in journal.events(kind="attempt")] == [
        3,
        3,
        1,
        None,
    ]


def test_without_certainty_there_is_nothing_of_it_in_the_report(begin: Begin, report) -> None:
    exam = begin("usmle")
    exam.answer(right(exam))
    found = report(exam)
    assert found.by_certainty is None
    assert "How sure you were" not in [part.title for part in report_parts(found, 80)]


def test_the_report_is_told_in_lines(begin: Begin, report, clock) -> None:
    exam = begin("usmle", seed=77, extra=25)
    exam.answer(right(exam))
    exam.flag()
    clock.pass_by(minutes=2, seconds=5)
    parts = {part.title: part.lines for part in report_parts(report(exam), 20)}
    assert parts["Result"] == (
        "1 of 20 marks, 5%.",
        "Ended after 2 min 5 s of 37 min 30 s.",
        parts["Result"][2],
        "19 questions were left unanswered.",
    )
    assert parts["Result"][2].endswith(": usmle, seed 77, with 25 % extra time.")
    assert parts["By kind of question"] == ("1/20 (5%) Single best answer",)
    first = exam.begun.ids[0]
    assert parts["Question by question"][0] == f"1. {first}: 1/1, 2 min 5 s, flagged"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (61, "1 min 1 s")]
)
def test_times_are_told_in_minutes_and_seconds(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_past_exams_can_be_listed_and_opened_again(
    begin: Begin, report, journal: Journal, bank: Bank, clock
) -> None:
    first = begin("usmle")
    before = report(first)
    clock.pass_by(days=1)
    second = begin("a-level")
    assert [begun.id for begun in past_exams(journal)] == [first.begun.id]
    second.answer(right(second))
    report(second)
    assert [begun.id for begun in past_exams(journal)] == [second.begun.id, first.begun.id]
    assert "USMLE-style block, 20 questions: 0/20, 0%" in past_line(journal, bank, first.begun)
    assert report(first) == before


def test_a_report_needs_an_end(
    begin: Begin, files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    with pytest.raises(ValueError, match="has not ended"):
        report_of(files, journal, bank, begin("usmle").begun)


# Question by question.


@pytest.fixture
def review(files: CourseFolder, journal: Journal, bank: Bank) -> Callable[..., ExamReview]:
    def review(exam: Exam, number: int = 1) -> ExamReview:
        exam.hand_in()
        exam.mark()
        return ExamReview(files, journal, bank, exam.begun, number, ("So it went.",))

    return review


def test_each_question_shows_its_verdict_and_its_run(begin: Begin, review) -> None:
    exam = begin("usmle", seed=2)
    assert isinstance(exam.view, QuestionView)
    given = wrong(exam)
    exam.answer(given)
    stem, order = exam.view.stem, [one.id for one in exam.view.form.choices]
    found = review(exam)
    view = found.view
    assert isinstance(view, VerdictView)
    assert view.headline == "Not what the neuron does"
    assert view.drawn
    assert view.drawn[-1].until_ms is None
    assert found._asked.posed.stem == stem
    assert [one.id for one in found._asked.posed.shuffled(view.question.options)] == order


def test_a_question_without_an_answer_shows_the_key(begin: Begin, review) -> None:
    view = review(begin("usmle")).view
    assert isinstance(view, VerdictView)
    assert isinstance(view.question, SingleQuestion)
    assert view.verdict is None
    assert view.key == tuple(one.text for one in view.question.options if one.correct)
    assert view.headline == "Not answered"
    assert view.reviewing is not None
    assert not any(chosen for chosen, _ in view.reviewing.options)


def test_above_its_verdict_stand_the_question_and_what_was_chosen(begin: Begin, review) -> None:
    exam = begin("usmle")
    assert isinstance(exam.view, QuestionView)
    choices = exam.view.form.choices
    exam.answer([choices[1].id])
    found = review(exam)
    reviewing = found.view.reviewing
    assert found.view.stem == exam.view.stem
    assert reviewing.options == tuple(
        (place == 1, choice.text) for place, choice in enumerate(choices)
    )
    found.try_again()
    found.show_answer()
    assert found.view.headline == "Answer shown"
    assert found.view.reviewing is None


def test_the_first_words_of_a_question_stand_behind_its_id_as_far_as_they_fit(
    begin: Begin, report
) -> None:
    result = report(begin("usmle")).results[0]
    for width in (60, 80, 98):
        line = result_line(result, width)
        told = re.fullmatch(rf"1\. {result.id} \((.+) \.\.\.\): 0/1, 0 s, no answer", line)
        assert told is not None
        assert squeezed(result.stem).startswith(told[1])
        assert width - 14 < len(line) <= width
    assert result_line(result, 30) == f"1. {result.id}: 0/1, 0 s, no answer"


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_marks_are_told_to_one_decimal_at_the_most(begin: Begin, report) -> None:
    found = report(begin("usmle"))
    result = replace(found.results[0], marks=25 / 3, max_marks=25.0)
    assert ": 8.3/25," in result_line(result, 30)
    assert "8.3 of 44 marks" in headlines(replace(found, results=(result, *found.results[1:])))[0]


def test_the_review_goes_through_all_of_them_to_its_end(begin: Begin, review) -> None:
    found = review(begin("usmle"))
    for number in range(1, 21):
        assert str(found.view.counter) == f"{number}/20"
        found.forward()
    assert isinstance(found.view, EndView)
    assert found.view.lines == ("So it went.",)
    found.back()
    assert str(found.view.counter) == "20/20"


def test_the_review_begins_where_it_is_asked_to(begin: Begin, review) -> None:
    assert str(review(begin("usmle"), 13).view.counter) == "13/20"


def test_looking_through_it_changes_nothing(begin: Begin, review, journal: Journal) -> None:
    exam = begin("usmle")
    exam.answer(wrong(exam))
    found = review(exam)
    before = len(journal.events())
    while not isinstance(found.view, EndView):
        found.forward()
    assert len(journal.events()) == before


def test_a_question_asked_again_is_practice_and_leaves_the_result(
    begin: Begin, review, files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    exam = begin("usmle")
    exam.answer(wrong(exam))
    found = review(exam)
    found.try_again()
    found.answer(model_answer(found._asked.posed))
    assert found.view.headline == "Right"
    attempt = journal.events(kind="attempt")[-1]
    assert "exam" not in attempt.data
    assert attempt.data.get("mode", "lesson") == "lesson"
    result = report_of(files, journal, bank, exam.begun).results[0]
    assert not result.right
    assert "no answer" not in result_line(result, 80)
