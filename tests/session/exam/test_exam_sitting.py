"""An exam while its clock runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.course.questions import NumericQuestion
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.drawing import draw_paper
from tutor.session.exam.exam import Exam
from tutor.session.exam.opening import begin_exam, open_exam
from tutor.session.exam.timing import left_in_words
from tutor.session.lesson import Lesson
from tutor.session.terminal import CERTAINTY, turn
from tutor.session.views import QuestionView

Begin = Callable[..., Exam]


def asked(exam: Exam) -> QuestionView:
    view = exam.view
    assert isinstance(view, QuestionView)
    return view


def options(exam: Exam) -> list[str]:
    return [choice.id for choice in asked(exam).form.choices]


def go_to(exam: Exam, wanted: Callable[[QuestionView], bool]) -> QuestionView:
    """Go to the first question that is wanted."""
    for spot in exam.spots:
        exam.go(spot.number)
        if wanted(asked(exam)):
            return asked(exam)
    raise AssertionError("this paper has no such question")


def test_it_begins_at_the_first_question_with_all_of_its_time(begin: Begin) -> None:
    exam = begin("usmle")
    assert str(asked(exam).counter) == "1/20"
    assert exam.time_left == "30 min left"
    assert exam.unanswered == 20


@pytest.mark.parametrize(("extra", "minutes"), [(0, 30), (25, 37.5), (50, 45)])
def test_extra_time_is_added(begin: Begin, extra: int, minutes: float) -> None:
    assert begin("usmle", extra=extra).left_s == pytest.approx(minutes * 60)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1800, "30 min left"),
        (1799, "29 min left"),
        (300, "5 min left"),
        (299, "4 min 59 s left"),
        (60, "1 min 0 s left"),
        (58.2, "59 s left"),
        (0.4, "1 s left"),
        (0, "0 s left"),
    ],
)
def test_the_time_is_told_in_words(seconds: float, words: str) -> None:
    assert left_in_words(seconds) == words


def test_an_answer_gets_no_verdict_and_may_be_changed(begin: Begin, journal: Journal) -> None:
    exam = begin()
    first, second = options(exam)[:2]
    exam.answer([first])
    assert isinstance(exam.view, QuestionView)
    exam.answer([second])
    assert isinstance(exam.view, QuestionView)
    kept = journal.events(kind="exam-answer")
    assert [event.answer for event in kept] == [[first], [second]]
    assert not journal.events(kind="attempt")
    assert exam.unanswered == 19


def test_what_is_picked_is_an_answer_at_once(begin: Begin, journal: Journal) -> None:
    exam = begin()
    exam.keep_draft(options(exam)[:1])
    assert [event.answer for event in journal.events(kind="exam-answer")] == [options(exam)[:1]]
    assert not journal.events(kind="draft")
    assert exam.unanswered == 19


def test_the_same_answer_again_is_no_change(begin: Begin, journal: Journal) -> None:
    exam = begin()
    for _ in range(3):
        exam.answer(options(exam)[:1])
    assert len(journal.events(kind="exam-answer")) == 1


def test_an_answer_can_be_taken_away(begin: Begin) -> None:
    exam = begin()
    exam.answer(options(exam)[:1])
    exam.take_away()
    assert exam.unanswered == 20
    assert asked(exam).draft is None


def test_any_question_can_be_gone_to(begin: Begin) -> None:
    exam = begin()
    exam.go(17)
    assert str(asked(exam).counter) == "17/20"
    exam.back()
    assert str(asked(exam).counter) == "16/20"
    exam.go(20)
    exam.forward()
    assert str(asked(exam).counter) == "20/20"
    with pytest.raises(ValueError, match="the numbers from 1 to 20"):
        exam.go(21)


def test_answers_and_flags_are_there_again_when_one_comes_back(begin: Begin) -> None:
    exam = begin()
    given = options(exam)[1:2]
    exam.answer(given)
    exam.flag()
    exam.go(9)
    assert not asked(exam).flagged
    exam.go(1)
    assert asked(exam).draft == given
    assert asked(exam).flagged
    assert [spot.number for spot in exam.spots if spot.flagged] == [1]


def test_what_is_typed_is_a_draft_that_stands(begin: Begin, journal: Journal) -> None:
    exam = begin("a-level-long")
    question = go_to(exam, lambda view: view.form.kind == "text").question
    exam.keep_draft("K+ leaves")
    exam.forward()
    (draft,) = journal.events(kind="draft")
    assert (draft.question_id, draft.answer) == (question.id, "K+ leaves")
    assert sum(spot.answered for spot in exam.spots) == 1


def test_what_is_typed_and_no_answer_does_not_count_as_one(begin: Begin) -> None:
    exam = begin("a-level-long", seed=11)
    go_to(exam, lambda view: view.form.kind in ("point", "interval"))
    exam.keep_draft("soon")
    assert sum(spot.answered for spot in exam.spots) == 0
    assert asked(exam).draft == "soon"


def test_a_draft_of_an_exam_is_none_of_the_lesson_and_the_other_way_round(
    begin: Begin, files: CourseFolder, journal: Journal
) -> None:
    exam = begin("a-level-long")
    view = go_to(exam, lambda view: view.form.kind == "text")
    exam.keep_draft("typed in the exam")
    lesson = Lesson(files, exam.phase.id, journal)
    while asked_in(lesson) != view.question.id:
        lesson.forward()
    assert isinstance(lesson.view, QuestionView)
    assert lesson.view.draft is None
    lesson.keep_draft("typed in the lesson")
    exam.forward()
    exam.back()
    assert asked(exam).draft == "typed in the exam"


def asked_in(lesson: Lesson) -> str:
    view = lesson.view
    return view.question.id if isinstance(view, QuestionView) else ""


def test_a_lessons_draft_does_not_change_the_paper(
    begin: Begin, files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    exam = begin("usmle", seed=3)
    shown = orders(exam)
    exam.hand_in()
    exam.mark()
    lesson = Lesson(files, bank.by_id[exam.begun.ids[0]].phase, journal)
    while asked_in(lesson) != exam.begun.ids[0]:
        lesson.forward()
    assert isinstance(lesson.view, QuestionView)
    lesson.keep_draft([lesson.view.form.choices[0].id])
    assert orders(begin("usmle", seed=3)) == shown


def orders(exam: Exam) -> list[list[str]]:
    """The options of every question, as they are shown."""
    found = []
    for spot in exam.spots:
        exam.go(spot.number)
        found.append(options(exam))
    return found


def test_experiments_run_their_knobs_and_other_runs_stay_hidden(begin: Begin) -> None:
    exam = begin("a-level-long")
    view = go_to(exam, lambda view: view.form.kind == "experiment")
    knob = view.knobs[0]
    exam.turn(knob.name, knob.high)
    assert exam.knobs[0].value == knob.high
    exam.keep_draft(None)
    assert sum(spot.answered for spot in exam.spots) == 1
    for spot in exam.spots:
        exam.go(spot.number)
        view = asked(exam)
        if view.form.kind != "experiment":
            assert view.knobs == ()
            hidden = [shown for shown in view.drawn if shown.until_ms is not None]
            assert hidden or view.question.seen != "start"


def test_there_are_no_hints_and_no_answers(begin: Begin, journal: Journal) -> None:
    exam = begin()
    for act in (exam.hint, exam.show_answer):
        with pytest.raises(ValueError, match="come afterwards"):
            act()
    assert not journal.events(kind="answer-shown")


def test_whoever_wants_to_be_asked_says_how_sure_they_are(begin: Begin, journal: Journal) -> None:
    turn(journal, CERTAINTY, True)
    exam = begin()
    exam.answer(options(exam)[:1])
    # The answer is kept already, whatever happens before it is said how sure it is.
    assert len(journal.events(kind="exam-answer")) == 1
    assert exam.is_committed
    exam.sure(3)
    assert not exam.is_committed
    assert journal.events(kind="exam-answer")[-1].data["certainty"] == 3
    exam.answer(options(exam)[1:2])
    assert exam.is_committed, "how sure the other answer was says nothing of this one"


def test_only_one_exam_runs_at_a_time(
    begin: Begin, files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    begin("usmle")
    from tutor.session.exam.blueprint import load_blueprint

    paper = draw_paper(bank, "usmle", load_blueprint(files, "exams/usmle.yaml"), 1)
    with pytest.raises(ValueError, match="the clock of another exam is running"):
        begin_exam(files, journal, bank, paper)


# The clock.


def test_the_clock_runs_on_while_the_program_is_away(
    begin: Begin, files: CourseFolder, journal: Journal, path: Path, clock
) -> None:
    exam = begin("usmle")
    given = options(exam)[:1]
    exam.answer(given)
    exam.go(4)
    clock.pass_by(minutes=12)
    journal.close()
    with Journal.open(path, clock=clock) as again:
        found = open_exam(files, again)
        assert isinstance(found, Exam)
        assert found.left_s == pytest.approx(18 * 60, abs=1)
        assert str(asked(found).counter) == "4/20"
        found.go(1)
        assert asked(found).draft == given


def test_a_clock_set_back_gives_no_time_back_while_the_exam_is_open(begin: Begin, clock) -> None:
    exam = begin("usmle")
    clock.pass_by(minutes=10)
    exam.forward()
    clock.set_by(minutes=-60)
    assert exam.left_s == pytest.approx(20 * 60, abs=1)
    clock.pass_by(minutes=10)
    assert exam.left_s == pytest.approx(10 * 60, abs=1)


def test_a_clock_set_back_gives_no_time_back_after_a_restart(begin: Begin, clock) -> None:
    exam = begin("usmle")
    clock.pass_by(minutes=10)
    exam.forward()
    clock.set_by(days=-1)
    again = begin.go_on()  # type: ignore[attr-defined]
    assert again.left_s == pytest.approx(20 * 60, abs=1)
    clock.pass_by(minutes=5)
    assert again.left_s == pytest.approx(15 * 60, abs=1)


def test_answers_keep_their_order_where_the_clock_was_set_back_in_between(
    begin: Begin, clock
) -> None:
    exam = begin("usmle")
    first, second = options(exam)[:2]
    clock.pass_by(minutes=10)
    exam.answer([first])
    clock.set_by(minutes=-60)
    clock.pass_by(seconds=30)
    exam.answer([second])
    again = begin.go_on()  # type: ignore[attr-defined]
    again.go(1)
    assert asked(again).draft == [second]


def test_suspend_costs_its_time(begin: Begin, clock) -> None:
    exam = begin("usmle")
    clock.set_by(minutes=25)  # A machine that sleeps: its steady clock stood still.
    assert exam.left_s == pytest.approx(5 * 60, abs=1)


def test_an_answer_for_every_kind_of_question_is_taken(begin: Begin) -> None:
    exam = begin("a-level-long", seed=5)
    for spot in exam.spots:
        exam.go(spot.number)
        assert exam._asked is not None
        exam.answer(model_answer(exam._asked.posed))
    assert exam.unanswered == 0


def test_what_is_no_unit_is_told_at_once_and_not_kept(begin: Begin) -> None:
    exam = begin("a-level-long")
    for spot in exam.spots:
        exam.go(spot.number)
        question = asked(exam).question
        if isinstance(question, NumericQuestion) and question.unit not in ("", "%"):
            break
    else:
        raise AssertionError("no number is asked for")
    with pytest.raises(ValueError, match="'apples' is no unit known here"):
        exam.answer_line("12 apples")
    assert not exam.answered
    exam.answer_line(f"12 {question.unit}")
    assert exam.answered
