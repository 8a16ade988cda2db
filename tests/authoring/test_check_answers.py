"""The check marks the answers that stand in the files: keys in full, wrong ones not at all."""

import pytest
from course_files import replaced
from every_kind import KINDS, kinds_course

from tutor.authoring.check import check_course


def errors_of(folder, *changes):
    files = kinds_course(folder, replaced(KINDS, *changes) if changes else KINDS)
    return [f"{error.item}: {error.message}" for error in check_course(files.folder).errors]


def test_a_phase_with_every_kind_of_question_is_proved(tmp_path):
    assert errors_of(tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [
                ("axon.\n    wrong_answers", "cell.\n    wrong_answers"),
                ("Voltage-gated sodium channels open and", "Potassium leaves and"),
            ],
            "kinds.text: the key does not score full marks: open",
        ),
        (
            [("[Sodium leaves through the pump.]", "[Sodium channels open.]")],
            "kinds.text: this wrong answer scores",
        ),
        ([("value: distance_mm * 2", "value: distance_mm * 0.5")], "this wrong answer scores"),
        ([("solution: {na_block: 0.8}", "solution: {na_block: 0.1}")], "full marks: low not met"),
        ([("wrong_settings: [{k_block: 0.5}]", "wrong_settings: [{na_block: 0.9}]")], "scores"),
        ([("reach: peak_mv < 10", "reach: peak_mv < 100")], "kinds.experiment: this wrong answer"),
        ([("reach: peak_mv < 10", "reach: lower than it was")], "cannot be marked"),
        ([("at: peak_ms, tol", "at: ahp_ms, tol")], "kinds.point"),
        (
            [("[upstroke_ms, peak_ms]", "[peak_ms, upstroke_ms]")],
            "kinds.interval: cannot be marked",
        ),
        ([("times_threshold: times}", "times_threshold: times * 50}")], "cannot be set at times"),
        (
            [
                (
                    "misconceptions: [{pair: [rise, fall], misconception: M2}]",
                    "misconceptions: [{pair: [rise, fall], misconception: M9}]",
                )
            ],
            "M9 does not stand in",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_is_marked_otherwise_than_the_file_says_is_an_error(
    tmp_path, changes, expected
):
    found = errors_of(tmp_path, *changes)
    assert any(expected in message for message in found), found
