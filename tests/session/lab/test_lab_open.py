"""What the lab is opened with."""

import pytest

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.course.scenario import default_scenario, setting
from tutor.journal.kinds import ATTEMPT, SHOWN
from tutor.journal.store import Journal
from tutor.session.lab.bench import Lab
from tutor.session.lab.files import SetUps
from tutor.session.lab.opening import opened, opened_from
from tutor.session.lesson import Lesson
from tutor.session.views import EndView, QuestionView, VerdictView


def drawing(files: CourseFolder) -> Question:
    """A question whose scenario follows from drawn numbers."""
    questions = (q for phase in files.phase_ids for q in files.phase(phase).questions)
    return next(question for question in questions if question.sets)


def test_a_preparation_opens_as_it_is(files: CourseFolder, journal: Journal) -> None:
    found = opened(files, journal, "myelinated")
    assert found.scenario == default_scenario("myelinated")


def test_a_saved_set_up_opens_by_its_name(files: CourseFolder, journal: Journal) -> None:
    lab = Lab()
    lab.set("k_block", 0.4)
    SetUps().save("slow falling", lab.scenario)
    found = opened(files, journal, "slow falling")
    assert (found.scenario, found.title) == (lab.scenario, "slow falling")


@pytest.mark.parametrize("kind", [ATTEMPT, SHOWN])
def test_a_question_opens_only_once_it_is_answered_or_shown_with_its_own_numbers(
    files: CourseFolder, journal: Journal, kind: str
) -> None:
    question = drawing(files)
    with pytest.raises(ValueError, match=f"answer {question.id} first"):
        opened(files, journal, question.id)
    for seed in (3, 11):
        journal.append(kind, question_id=question.id, revision=question.revision, seed=seed)
        found = opened(files, journal, question.id)
        assert found.scenario == Posed(question, seed).scenario
        assert found.title == question.id
    Lab(found.scenario, found.title).make()


def test_what_there_is_not_is_one_sentence_with_the_nearest_name(
    files: CourseFolder, journal: Journal
) -> None:
    with pytest.raises(ValueError, match=r"no preparation.*did you mean squid\?"):
        opened(files, journal, "squit")
    with pytest.raises(ValueError, match=r"rising\.q1"):
        opened(files, journal, "risin.q1")


def test_steps_and_verdicts_open_with_their_knobs_as_they_stand_and_open_questions_do_not(
    files: CourseFolder, journal: Journal
) -> None:
    lesson = Lesson(files, "rising", journal)
    asked = 0
    while not isinstance(lesson.view, EndView):
        view = lesson.view
        if isinstance(view, QuestionView):
            assert opened_from(view) is None
            lesson.show_answer()
            view = lesson.view
            assert isinstance(view, VerdictView)
            asked += 1
        knobs = lesson.knobs
        if knobs:
            lesson.turn(knobs[0].name, knobs[0].high)
            view = lesson.view
        found = opened_from(view)
        assert found is not None
        if knobs:
            assert setting(found.scenario, knobs[0].name) == knobs[0].high
        lesson.forward()
    assert asked
    assert opened_from(lesson.view) is None
