"""What a learner may do with a question besides answering it: flag, report, claim, look up."""

import pytest
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, FLAG, POSITION
from tutor.session.items import in_order, taught_at
from tutor.session.lesson import Lesson
from tutor.session.report import reports_folder
from tutor.session.views import QuestionView, StepView, VerdictView


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return kinds_course(tmp_path_factory.mktemp("kinds"))


def at(files, journal, kind="text", phase="kinds"):
    lesson = Lesson(files, phase, journal)
    while not (isinstance(lesson.view, QuestionView) and lesson.view.question.kind == kind):
        lesson.forward()
    return lesson


def test_a_flag_stays_until_it_is_taken_away(kinds, journal):
    lesson = at(kinds, journal)
    lesson.flag()
    assert lesson.view.flagged
    lesson.answer("The pump.")
    assert lesson.view.flagged
    again = Lesson(kinds, "kinds", journal)
    assert again.view.flagged
    again.flag()
    assert not Lesson(kinds, "kinds", journal).view.flagged
    assert [event.data["on"] for event in journal.events(kind=FLAG)] == [True, False]


def test_a_report_holds_the_question_the_answer_and_the_verdict(kinds, journal):
    lesson = at(kinds, journal)
    lesson.answer("Na+ enters the cell.")
    said = lesson.report()
    (path,) = reports_folder().iterdir()
    assert str(path) in said
    text = path.read_text(encoding="utf-8")
    for part in ("kinds.text, revision 1", "Explain the rise.", "Na+ enters the cell.", "1 of 2"):
        assert part in text
    assert lesson.view.set_up in text


def test_an_open_question_is_reported_without_its_key(kinds, journal):
    lesson = at(kinds, journal, "numeric")
    lesson.report()
    (path,) = reports_folder().iterdir()
    text = path.read_text(encoding="utf-8")
    assert lesson.view.stem in text
    assert "Not answered yet." in text
    assert "Key:" not in text


def test_two_reports_in_a_second_are_two_files(kinds, journal):
    lesson = at(kinds, journal)
    lesson.report()
    lesson.report()
    assert len(list(reports_folder().iterdir())) == 2


def test_a_report_that_cannot_be_written_is_not_claimed(kinds, journal):
    folder = reports_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    said = at(kinds, journal).report()
    assert said.startswith("The report could not be written (")
    assert "Written" not in said


def test_a_wrong_answer_leads_to_the_step_that_asked_it_and_back(
    files: CourseFolder, journal
) -> None:
    lesson = at(files, journal, "single", "rising")
    step = next(s for s in lesson.phase.steps if lesson.view.question.id in s.asks)
    wrong = next(o.id for o in lesson.view.question.options if not o.correct)
    lesson.answer([wrong])
    before = lesson.view
    assert isinstance(before, VerdictView)
    assert step.title in before.taught_in
    places = len(journal.events(kind=POSITION))
    for back in (lesson.back, lesson.forward):
        lesson.look_up()
        assert isinstance(lesson.view, StepView)
        assert lesson.view.looked_up
        assert lesson.view.step == step
        back()
        assert lesson.view.verdict == before.verdict
    assert len(journal.events(kind=POSITION)) == places
    lesson.look_up()
    assert Lesson(files, "rising", journal).view.verdict == before.verdict


def test_a_right_answer_names_no_step(files: CourseFolder, journal) -> None:
    lesson = at(files, journal, "single", "rising")
    right = next(o.id for o in lesson.view.question.options if o.correct)
    with pytest.raises(ValueError, match="no step"):
        Lesson(files, "rest", journal).look_up()
    lesson.answer([right])
    assert lesson.view.taught_in == ""


def test_a_question_is_taught_by_the_step_that_asks_it_or_has_its_objectives(
    files: CourseFolder,
) -> None:
    found = []
    for phase_id in files.phase_ids:
        phase = files.phase(phase_id)
        items = in_order(phase)
        asked = {one: items.index(step) for step in phase.steps for one in step.asks}
        for question in phase.questions:
            found.append(taught_at(items, question))
            assert question.id not in asked or found[-1] == asked[question.id]
    assert found.count(None) < len(found) / 50


def test_any_missed_point_may_be_claimed(kinds, journal):
    lesson = at(kinds, journal)
    lesson.answer("The pump.")
    assert set(lesson.view.claimable) == {"open", "enter"}
    lesson.claim("enter")
    assert lesson.view.claimable == ("open",)


def test_a_blank_answer_is_none(kinds, journal):
    for kind, blank in (("multi", []), ("calculation", ["", " "]), ("text", "  \n")):
        with pytest.raises(ValueError, match="no answer yet"):
            at(kinds, journal, kind).answer(blank)
    assert journal.latest(ATTEMPT) is None


def test_an_answer_is_cleaned_before_it_is_kept(kinds, journal):
    at(kinds, journal, "calculation").answer(["3 m/s \x1b]52;c;x\x07", "9 ms " + "or so " * 2_000])
    first, second = journal.latest(ATTEMPT).answer
    assert "\x1b" not in first
    assert len(second) <= 5000
