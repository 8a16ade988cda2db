"""What a learner has begun to answer is there again, whatever comes between."""

import pytest
from every_kind import kinds_course

from tutor.grading.marking import model_answer
from tutor.journal.kinds import ATTEMPT, DRAFT
from tutor.session.lesson import Lesson
from tutor.session.views import QuestionView, VerdictView

BEGUN = {
    "single": ["b"],
    "multi": ["a", "c"],
    "ordering": ["fall", "rise", "peak"],
    "matching": {"k": "out"},
    "numeric": "12",
    "calculation": ["3 m/s", ""],
    "text": "Na+ channels\nopen",
    "point": "2.0",
    "interval": "1.5",
}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return kinds_course(tmp_path_factory.mktemp("kinds"))


def at(kinds, journal, kind):
    lesson = Lesson(kinds, "kinds", journal)
    while not (isinstance(lesson.view, QuestionView) and lesson.view.question.kind == kind):
        lesson.forward()
    return lesson


@pytest.mark.parametrize("kind", BEGUN)
def test_a_draft_is_there_after_a_restart_with_the_same_numbers_and_order(kinds, journal, kind):
    lesson = at(kinds, journal, kind)
    before = lesson.view
    lesson.keep_draft(BEGUN[kind])
    after = Lesson(kinds, "kinds", journal).view
    assert after.draft == BEGUN[kind]
    assert (after.stem, after.form) == (before.stem, before.form)


@pytest.mark.parametrize("kind", ["numeric", "ordering"])
def test_a_draft_is_there_for_who_went_on_and_comes_back(kinds, journal, kind):
    lesson = at(kinds, journal, kind)
    before = lesson.view
    lesson.keep_draft(BEGUN[kind])
    lesson.forward()
    lesson.back()
    assert (lesson.view.draft, lesson.view.stem) == (BEGUN[kind], before.stem)
    assert lesson.view.form == before.form


def test_an_attempt_and_a_shown_answer_end_a_draft(kinds, journal):
    lesson = at(kinds, journal, "text")
    for end in (lambda: lesson.answer("Na+ enters."), lesson.show_answer):
        lesson.keep_draft("Na+")
        end()
        lesson.try_again()
        assert lesson.view.draft is None


def test_a_draft_after_an_attempt_opens_the_question_again(kinds, journal):
    lesson = at(kinds, journal, "text")
    lesson.answer("Na+ enters.")
    assert isinstance(Lesson(kinds, "kinds", journal).view, VerdictView)
    lesson.try_again()
    lesson.keep_draft("Better: Na+")
    assert Lesson(kinds, "kinds", journal).view.draft == "Better: Na+"


def test_the_same_draft_is_kept_once_and_nothing_is_no_draft(kinds, journal):
    lesson = at(kinds, journal, "text")
    for draft in (None, "", [], {}, "Na+", "Na+", "Na+"):
        lesson.keep_draft(draft)
    assert [event.answer for event in journal.events(kind=DRAFT)] == ["Na+"]
    lesson.keep_draft("")
    assert Lesson(kinds, "kinds", journal).view.draft is None


def test_a_draft_of_another_revision_is_not_taken_up(kinds, journal):
    lesson = at(kinds, journal, "text")
    revision = lesson.view.question.revision + 1
    journal.append(DRAFT, question_id="kinds.text", revision=revision, seed=1, answer="old")
    assert Lesson(kinds, "kinds", journal).view.draft is None


def test_the_knobs_of_an_experiment_stand_where_they_were(kinds, journal):
    lesson = at(kinds, journal, "experiment")
    lesson.turn("na_block", 0.4)
    lesson.keep_draft(None)
    again = Lesson(kinds, "kinds", journal)
    assert {knob.name: knob.value for knob in again.view.knobs}["na_block"] == 0.4
    again.answer_line("run")
    assert journal.latest(ATTEMPT).answer == {"na_block": 0.4}


def test_a_draft_is_no_attempt_and_a_line_gives_what_was_begun(kinds, journal):
    for kind in ("single", "ordering", "text"):
        lesson = at(kinds, journal, kind)
        answer = model_answer(lesson._asked.posed)
        lesson.keep_draft(answer)
        assert journal.latest(ATTEMPT, question_id=f"kinds.{kind}") is None
        lesson.answer_line(lesson.view.form.written(lesson.view.draft))
        assert journal.latest(ATTEMPT).answer == answer


def test_hostile_drafts_are_cleaned(kinds, journal):
    lesson = at(kinds, journal, "text")
    lesson.keep_draft("a\x1b]52;c;x\x07\u202e" + "x" * 10_000)
    kept = journal.latest(DRAFT).answer
    assert "\x1b" not in kept
    assert "\u202e" not in kept
    assert len(kept) <= 5000
