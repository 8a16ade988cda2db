"""How sure a learner was is kept with the attempt, and adds up to a calibration."""

import pytest
from every_kind import kinds_course

from tutor.journal.kinds import ATTEMPT
from tutor.session.calibration import calibration_of
from tutor.session.lesson import Lesson
from tutor.session.views import QuestionView


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return kinds_course(tmp_path_factory.mktemp("kinds"))


def at_text(kinds, journal):
    lesson = Lesson(kinds, "kinds", journal)
    while not (isinstance(lesson.view, QuestionView) and lesson.view.question.kind == "text"):
        lesson.forward()
    return lesson


@pytest.mark.parametrize(
    ("answer", "certainty", "earned"),
    [
        ("Na+ channels open and Na+ enters.", 3, 3.0),
        ("Na+ channels open.", 2, 1.0),
        ("The pump.", 1, 0.0),
        ("The pump.", 2, -2.0),
        ("The pump.", 3, -6.0),
        ("The pump.", None, None),
    ],
)
def test_an_answer_earns_by_how_sure_it_was(kinds, journal, answer, certainty, earned):
    lesson = at_text(kinds, journal)
    lesson.answer(answer, certainty)
    assert lesson.view.certainty_marks == earned
    assert journal.latest(ATTEMPT).data.get("certainty") == certainty
    assert Lesson(kinds, "kinds", journal).view.certainty_marks == earned


def test_a_certainty_that_is_none_is_refused_and_nothing_is_kept(kinds, journal):
    with pytest.raises(ValueError, match="1, 2 or 3"):
        at_text(kinds, journal).answer("The pump.", 4)
    assert journal.latest(ATTEMPT) is None


def test_calibration_counts_the_attempts_that_said_how_sure(kinds, journal):
    lesson = at_text(kinds, journal)
    for answer, certainty in [
        ("Na+ channels open and Na+ enters.", 3),
        ("The pump.", 3),
        ("x", None),
    ]:
        lesson.answer(answer, certainty)
        lesson.try_again()
    journal.append(ATTEMPT, question_id="x", data={"certainty": 9, "marks": "a"})
    _, _, surest = calibration_of(journal)
    assert (surest.n, surest.share_right) == (2, 0.5)
