"""A preview shows what a learner would see, and the verdict on every answer."""

import pytest
from course_files import MISCONCEPTIONS, SPARK, good_files, replaced, write_course
from every_kind import kinds_course
from quiet_course import QUIET

from tutor.authoring.check.coverage import KINDS
from tutor.authoring.preview import faults_of, items_of, views_of
from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder
from tutor.session.views import QuestionView, StepView, VerdictView

HINT = (
    "braces are not filled here; they are in stem, decides, explanation, asks, says, caption, "
    "reply"
)


def shown(files, phase_id, item_id, seed=1):
    item = next(item for item in items_of(files, phase_id) if item.id == item_id)
    return [*views_of(files, phase_id, item, seed)]


def test_a_step_is_shown_with_its_run(tmp_path):
    files = CourseFolder(write_course(tmp_path))
    ((said, view),) = shown(files, "spark", "spark.s1")
    assert said == ""
    assert isinstance(view, StepView)
    assert view.caption.startswith("The spike goes up to +30.")


def test_a_choice_is_shown_with_the_key_and_every_wrong_option(tmp_path):
    files = CourseFolder(write_course(tmp_path))
    (_, question), *verdicts = shown(files, "spark", "spark.q1")
    assert isinstance(question, QuestionView)
    assert [said for said, _ in verdicts] == [
        "The key: Past zero",
        "Wrong: To threshold and no further",
        "Wrong: Nowhere at all",
    ]
    assert [view.verdict.right for _, view in verdicts] == [True, False, False]
    assert [len(view.refutations) for _, view in verdicts] == [0, 1, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_can_be_previewed(tmp_path, kind):
    files = kinds_course(tmp_path)
    (_, question), (_, key), *wrong = shown(files, "kinds", f"kinds.{kind}")
    assert question.form.kind == kind
    assert key.verdict.right
    assert all(isinstance(view, VerdictView) and not view.verdict.right for _, view in wrong)


def test_a_seed_draws_its_own_numbers_and_the_same_each_time(tmp_path):
    files = kinds_course(tmp_path)
    stems = [shown(files, "kinds", "kinds.numeric", seed)[0][1].stem for seed in (1, 1, 2, 3)]
    assert stems[0] == stems[1]
    assert len(set(stems)) > 1


def test_what_the_check_finds_is_told_of_the_item_alone(tmp_path):
    text = replaced(
        QUIET,
        ("- peak_mv > 0\n", "- peak_mv > 99\n"),
        ("hint: Look at the peak.", "hint: Look at {peak_mv}."),
        ("- spike_count == 1\n", "- spike_count == 2\n"),
    )
    files = CourseFolder(write_course(tmp_path, {SPARK: text}))
    faults = {
        item.id: [fault.message.split(":")[0] for fault in faults_of(files, "spark", item)]
        for item in items_of(files, "spark")
    }
    assert faults == {
        "spark.s1": ["not true"],
        "spark.q1": ["not true", HINT],
        "spark.q2": [],
    }


def test_what_the_check_finds_is_kept_for_the_next_preview(tmp_path):
    files = CourseFolder(write_course(tmp_path / "course"))
    item = items_of(files, "spark")[1]
    assert faults_of(files, "spark", item, tmp_path / "cache") == []
    assert [*(tmp_path / "cache").iterdir()]


def test_an_option_with_no_run_draws_none_and_says_why(tmp_path):
    refutation = (
        "    refutation:\n      scenario: {preparation: textbook, changes: {na_block: 1}}\n"
        "      says: It is {peak_mv}.\n      proof: [spike_count == 0]\n"
    )
    bank = good_files()[MISCONCEPTIONS].replace(
        "    source: Adrian", f"{refutation}    source: Adrian"
    )
    reason = "        no_run: A run of a few milliseconds cannot show it.\n"
    for text, drawn, why in (
        (
            good_files()[SPARK],
            0,
            "The gradients last. A run of a few milliseconds cannot show it.",
        ),
        (replaced(good_files()[SPARK], (reason, "")), 1, "The gradients last."),
    ):
        files = CourseFolder(write_course(tmp_path, {SPARK: text, MISCONCEPTIONS: bank}))
        *_, (_, view) = shown(files, "spark", "spark.q2")
        assert len(view.refutations) == drawn
        assert view.verdict.points[-1].note == why


def test_a_question_has_the_number_that_its_lesson_gives_it(tmp_path):
    files = CourseFolder(write_course(tmp_path))
    numbers = [
        str(shown(files, "spark", item.id)[0][1].counter) for item in items_of(files, "spark")
    ]
    assert numbers == ["1/3", "2/3", "3/3"]


def test_what_cannot_be_run_is_told_at_its_place(tmp_path):
    pulse = (
        "[{kind: pulse, amplitude_ua_cm2: 50}]",
        "[{kind: pulse, times_threshold: 20, pulse_ms: 0.05}]",
    )
    files = CourseFolder(write_course(tmp_path, {SPARK: replaced(QUIET, pulse)}))
    with pytest.raises(
        ContentErrors, match=r"phases/spark\.yaml:27:5: spark\.q1: amplitude_ua_cm2 is"
    ):
        shown(files, "spark", "spark.q1")
