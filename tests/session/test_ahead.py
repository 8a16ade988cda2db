"""Working ahead: what the next key asks for has been run before it is pressed."""

from tutor.course import scenario as scenarios
from tutor.course.loader import CourseFolder
from tutor.course.model import Step
from tutor.course.questions import ExperimentQuestion, Question
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.lesson import Lesson
from tutor.session.views import QuestionView


def _runs() -> int:
    return scenarios.RUNS.misses


def _is_slow(item: Step | Question) -> bool:
    """A run of many places takes its time, and too much room to keep several of them."""
    scenario = item.scenario if isinstance(item, Question) else item.demonstration.scenario
    return scenario.preparation in ("axon", "myelinated", "dendrite", "accounting")


def test_no_key_of_a_lesson_has_to_wait_for_a_run():
    files = CourseFolder()
    for phase_id in files.phase_ids:
        scenarios.RUNS.clear()
        lesson = Lesson(files, phase_id, Journal.in_memory())
        assert lesson.view
        for item in lesson.items:
            for work in lesson.ahead():
                work()
            known = _runs()
            if isinstance(item, Question):
                if isinstance(item, ExperimentQuestion):
                    for name, value in model_answer(lesson._asked.posed).items():
                        lesson.turn(name, float(value))
                    assert lesson.view  # The learner has seen what they hand in.
                    known = _runs()
                options = getattr(item, "options", ())
                wrong = [option.id for option in options if not option.correct][:1]
                lesson.answer(wrong or model_answer(lesson._asked.posed))
                assert lesson.view
                assert _is_slow(item) or _runs() == known, item.id
            lesson.forward()
            assert lesson.view
            drawn = isinstance(lesson.view, QuestionView) and lesson.view.question.sets
            assert drawn or _is_slow(item) or _runs() == known, item.id


def test_nothing_is_ahead_of_the_end():
    files = CourseFolder()
    lesson = Lesson(files, files.phase_ids[0], Journal.in_memory())
    for _ in lesson.items:
        lesson.forward()
    assert list(lesson.ahead()) == []
