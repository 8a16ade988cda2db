import random
from collections.abc import Iterator

import pytest

from tutor.course.loader import CourseFolder
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.progress import phase_progress
from tutor.journal.store import Journal, JournalError
from tutor.session.lesson import Lesson
from tutor.session.views import EndView, QuestionView, StepView, VerdictView


@pytest.fixture
def lesson(files: CourseFolder, journal: Journal) -> Lesson:
    return Lesson(files, "rising", journal)


def at_question(lesson: Lesson, question_id: str) -> Question:
    """Go to the question and return it."""
    while True:
        view = lesson.view
        if isinstance(view, QuestionView) and view.question.id == question_id:
            return view.question
        assert not isinstance(view, EndView), f"no question {question_id}"
        lesson.forward()


def verdict(lesson: Lesson) -> VerdictView:
    view = lesson.view
    assert isinstance(view, VerdictView)
    return view


def test_a_phase_begins_with_its_first_step(lesson: Lesson) -> None:
    view = lesson.view
    assert isinstance(view, StepView)
    assert view.step.id == "rising.s1"
    assert str(view.counter) == f"1/{len(lesson.items)}"


def test_each_step_is_followed_by_the_questions_it_asks(lesson: Lesson) -> None:
    ids = [item.id for item in lesson.items]
    assert ids.index("rising.s1") < ids.index("rising.q1") < ids.index("rising.s2")


def test_captions_state_what_the_run_measured(lesson: Lesson, files: CourseFolder) -> None:
    view = lesson.view
    assert isinstance(view, StepView)
    assert f"{view.drawn[-1].run.measurements['peak_mv']:+.1f} mV" in view.caption


def test_before_the_answer_the_run_is_hidden_from_its_stimulus_on(lesson: Lesson) -> None:
    at_question(lesson, "rising.q1")
    view = lesson.view
    assert isinstance(view, QuestionView)
    assert [shown.until_ms for shown in view.drawn] == [1.0]


def test_a_right_answer_gets_verdict_and_deciding_number_at_once(lesson: Lesson) -> None:
    at_question(lesson, "rising.q1")
    lesson.answer(["a"])
    view = verdict(lesson)
    assert view.headline == "Right"
    assert "-347 µA/cm²" in view.decides
    assert view.refutations == ()
    assert view.drawn[-1].until_ms is None


def test_a_wrong_answer_gets_its_refutation_drawn_over_the_run(lesson: Lesson) -> None:
    at_question(lesson, "rising.q1")
    lesson.answer(["d"])
    view = verdict(lesson)
    assert view.verdict is not None
    assert view.verdict.marks == 0
    (refutation,) = view.refutations
    assert view.verdict.points[-1].note
    assert refutation.misconception is not None
    assert view.replayed == 0
    assert [shown.role for shown in view.drawn] == ["run", "refutation"]


def test_the_number_that_refutes_comes_from_the_refutation_run(lesson: Lesson) -> None:
    at_question(lesson, "rising.q1")
    lesson.answer(["b"])
    refutation = verdict(lesson).refutations[0]
    assert f"{refutation.run.measurements['peak_mv']:+.1f} mV" in refutation.says


def test_a_refutation_seen_before_is_not_drawn_until_it_is_asked_for(
    lesson: Lesson,
) -> None:
    at_question(lesson, "rising.q1")
    lesson.answer(["b"])
    lesson.try_again()
    lesson.answer(["b"])
    view = verdict(lesson)
    assert view.refutations[0].seen_before
    assert view.replayed is None
    assert [shown.role for shown in view.drawn] == ["run"]
    lesson.replay()
    assert [shown.role for shown in verdict(lesson).drawn] == ["run", "refutation"]
    lesson.replay()
    assert verdict(lesson).replayed is None


def test_the_answer_is_in_the_journal_before_the_verdict_is_shown(
    lesson: Lesson, journal: Journal
) -> None:
    question = at_question(lesson, "rising.q1")
    lesson.answer(["c"])
    (attempt,) = journal.events(kind="attempt")
    assert attempt.question_id == question.id
    assert attempt.revision == question.revision
    assert attempt.answer == ["c"]
    assert attempt.seed is not None
    assert attempt.data["misconceptions"] == ["M4"]


def test_an_answer_that_cannot_be_kept_leaves_the_question_open(
    lesson: Lesson, journal: Journal
) -> None:
    at_question(lesson, "rising.q1")
    journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalError):
        lesson.answer(["a"])
    assert isinstance(lesson.view, QuestionView)
    journal._connection.execute("PRAGMA query_only = OFF")
    lesson.answer(["a"])
    assert verdict(lesson).headline == "Right"


@pytest.mark.parametrize("chosen", [[], ["a", "b"], ["z"]])
def test_a_choice_that_does_not_fit_is_refused_and_not_kept(
    lesson: Lesson, journal: Journal, chosen: list[str]
) -> None:
    at_question(lesson, "rising.q1")
    with pytest.raises(ValueError, match=r"rising\.q1"):
        lesson.answer(chosen)
    assert journal.events(kind="attempt") == []


def test_a_second_answer_needs_another_attempt(lesson: Lesson) -> None:
    at_question(lesson, "rising.q1")
    lesson.answer(["a"])
    with pytest.raises(ValueError, match="has been answered"):
        lesson.answer(["b"])


def test_options_are_shuffled_by_a_seed_that_the_journal_keeps(
    lesson: Lesson, journal: Journal
) -> None:
    at_question(lesson, "rising.q1")
    view = lesson.view
    assert isinstance(view, QuestionView)
    shown = [option.id for option in view.form.choices]
    lesson.answer(["a"])
    expected = [option.id for option in view.question.options]
    random.Random(journal.events(kind="attempt")[0].seed).shuffle(expected)
    assert shown == expected


def test_partly_right_says_how_many_marks(lesson: Lesson) -> None:
    at_question(lesson, "rising.q2")
    lesson.answer(["a"])
    view = verdict(lesson)
    assert view.headline == "Partly right: 1 of 2 marks"
    assert view.verdict is not None
    assert [point.id for point in view.verdict.points if point.state == "missed"] == ["b"]


def test_hint_show_answer_and_skip_are_no_attempts(lesson: Lesson, journal: Journal) -> None:
    question = at_question(lesson, "rising.q1")
    lesson.hint()
    view = lesson.view
    assert isinstance(view, QuestionView)
    assert view.hint == question.hint
    lesson.show_answer()
    assert verdict(lesson).headline == "Answer shown"
    lesson.back()
    lesson.forward()
    lesson.forward()
    assert journal.events(kind="attempt") == []
    assert [event.question_id for event in journal.events(kind="answer-shown")] == ["rising.q1"]


def test_an_attempt_after_a_hint_says_so(lesson: Lesson, journal: Journal) -> None:
    at_question(lesson, "rising.q1")
    lesson.hint()
    lesson.answer(["a"])
    assert journal.events(kind="attempt")[0].data["hint"] is True


# Knobs


def test_knobs_unlock_after_the_answer_and_move_run_and_deciding_number(
    lesson: Lesson,
) -> None:
    at_question(lesson, "rising.q3")
    with pytest.raises(ValueError, match="no knob"):
        lesson.turn("e_na_shift_mv", -20.0)
    lesson.answer(["a"])
    before = verdict(lesson)
    lesson.turn("e_na_shift_mv", -20.0)
    after = verdict(lesson)
    assert (
        after.drawn[-1].run.measurements["peak_mv"] < before.drawn[-1].run.measurements["peak_mv"]
    )
    assert after.decides != before.decides
    lesson.reset_knobs()
    assert verdict(lesson).decides == before.decides


def test_a_knob_stays_within_its_range(lesson: Lesson) -> None:
    lesson.turn("times_threshold", 99.0)
    view = lesson.view
    assert isinstance(view, StepView)
    assert view.knobs[0].value == view.knobs[0].high


# Leaving and coming back


def test_coming_back_resumes_at_the_same_step(files: CourseFolder, journal: Journal) -> None:
    first = Lesson(files, "rising", journal)
    for _ in range(3):
        first.forward()
    assert Lesson(files, "rising", journal).view == first.view


def test_coming_back_to_an_answered_question_shows_its_verdict_again(
    files: CourseFolder, journal: Journal
) -> None:
    first = Lesson(files, "rising", journal)
    at_question(first, "rising.q1")
    first.answer(["d"])
    again = verdict(Lesson(files, "rising", journal))
    assert again.verdict == verdict(first).verdict
    assert again.answer == verdict(first).answer
    assert again.replayed == 0


def test_going_back_to_an_answered_question_shows_its_verdict(
    files: CourseFolder, lesson: Lesson, journal: Journal
) -> None:
    at_question(lesson, "rising.q1")
    lesson.answer(["d"])
    shown = verdict(lesson)
    lesson.forward()
    lesson.back()
    assert verdict(lesson).answer == shown.answer
    assert verdict(Lesson(files, "rising", journal)).verdict == shown.verdict
    lesson.try_again()
    assert isinstance(lesson.view, QuestionView)


def test_a_changed_question_is_open_again(files: CourseFolder, journal: Journal) -> None:
    first = Lesson(files, "rising", journal)
    question = at_question(first, "rising.q1")
    journal.append(
        "attempt", question_id=question.id, revision=question.revision + 1, answer=["a"]
    )
    assert isinstance(Lesson(files, "rising", journal).view, QuestionView)


def test_an_item_that_is_gone_sends_the_learner_to_the_start(
    files: CourseFolder, journal: Journal
) -> None:
    journal.append("position", data={"phase": "rising", "item": "rising.s99"})
    view = Lesson(files, "rising", journal).view
    assert isinstance(view, StepView)
    assert view.counter.number == 1


def walk(lesson: Lesson) -> Iterator[QuestionView]:
    """Go through the lesson, stopping at each question."""
    while not isinstance(lesson.view, EndView):
        if isinstance(lesson.view, QuestionView):
            yield lesson.view
        lesson.forward()


def test_the_end_counts_the_latest_attempts(files: CourseFolder, journal: Journal) -> None:
    lesson = Lesson(files, "rising", journal)
    count = 0
    for view in walk(lesson):
        count += 1
        if view.question.id == "rising.q1":
            lesson.answer(["b"])
        else:
            lesson.answer(model_answer(lesson._asked.posed))
    end = lesson.view
    assert isinstance(end, EndView)
    assert (end.right, end.questions) == (count - 1, count)
    progress = phase_progress(journal)["rising"]
    assert progress.finished
    assert progress.mastery == pytest.approx((count - 1) / count)


@pytest.mark.parametrize("phase_id", CourseFolder().phase_ids)
def test_every_wrong_option_of_the_course_is_answered_as_the_files_promise(
    files: CourseFolder, phase_id: str
) -> None:
    journal = Journal.in_memory()
    lesson = Lesson(files, phase_id, journal)
    for view in walk(lesson):
        for option in getattr(view.question, "options", ()):
            if option.correct or option.credited_by:
                continue
            lesson.answer([option.id])
            shown = verdict(lesson)
            assert any(character.isdigit() for character in shown.decides)
            assert len(shown.refutations) >= (option.refutation is not None)
            if option.misconception and option.no_run is None:
                refutation = shown.refutations[0]
                assert refutation.misconception is not None
                assert any(character.isdigit() for character in refutation.says)
                assert "{" not in refutation.says
            lesson.try_again()
