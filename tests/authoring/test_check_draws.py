"""A question that draws numbers holds for all that it may draw."""

import re

import pytest
from course_files import replaced
from every_kind import KINDS, kinds_course

from tutor.authoring.check import check_course, proofs
from tutor.course.posed import Posed


def errors_of(folder, *changes):
    files = kinds_course(folder, replaced(KINDS, *changes) if changes else KINDS)
    return [f"{e.item}: {e.message}" for e in check_course(files.folder).errors]


#: One draw in 41, which a dozen seeds would most likely miss.
RARE = ("distance_mm: {low: 20, high: 60, step: 2}", "distance_mm: {low: 20, high: 60, step: 1}")


def test_a_fault_of_one_draw_among_many_is_found_and_told_with_its_numbers(tmp_path):
    decides = "    decides: The peak is {peak_mv}.\n"
    text = KINDS.replace(
        f"{decides}    explanation: So it is.\n    hint: Look at the trace.\n"
        "    source: Hodgkin & Huxley 1952, J Physiol 117:500\n    key: distance_mm / 2",
        "    decides: In {1 / (distance_mm - 47):.1f} and {peak_mv}.\n"
        "    explanation: So it is.\n    hint: Look at the trace.\n"
        "    source: Hodgkin & Huxley 1952, J Physiol 117:500\n    key: distance_mm / 2",
    )
    files = kinds_course(tmp_path, replaced(text, RARE))
    (error,) = check_course(files.folder).errors
    assert re.search(r"'1 / \(distance_mm - 47\)' has no value at .*distance_mm 47", error.message)


def test_a_proof_must_hold_for_every_draw(tmp_path):
    numeric = KINDS.index("id: kinds.numeric")
    start = KINDS.index("proof: [spike_count == 1]", numeric)
    text = KINDS[:start] + KINDS[start:].replace(
        "proof: [spike_count == 1]", "proof: [distance_mm < 60]", 1
    )
    files = kinds_course(tmp_path, text)
    (error,) = check_course(files.folder).errors
    assert re.search(
        r"not true at times 1\.\d, distance_mm 60: distance_mm < 60 \(distance_mm = 60\)",
        error.message,
    )


def test_a_fault_of_all_draws_is_told_once(tmp_path):
    (error,) = errors_of(tmp_path, ("value: distance_mm * 2", "value: distance_mm * 0.5"))
    assert error.startswith("kinds.numeric: this wrong answer scores: it is ")
    assert " m/s is right at times 1." in error


def test_a_setting_that_a_draw_takes_out_of_range_is_told(tmp_path):
    (error,) = errors_of(tmp_path, ("times_threshold: times}", "times_threshold: times * 17}"))
    assert re.match(
        r"kinds\.numeric: cannot be set at times 1\.[56], distance_mm \d+: times_threshold", error
    )


def test_each_scenario_that_draws_set_is_run_once(tmp_path, monkeypatch):
    files = kinds_course(tmp_path)
    question = next(q for q in files.phase("kinds").questions if q.id == "kinds.numeric")
    drawn = {tuple(Posed(question, seed).drawn.values()) for seed in range(proofs.SEEDS)}
    groups = [*proofs._by_scenario(question)]
    assert len(groups) == 4  # 1.3, 1.4, 1.5 and 1.6 times threshold
    assert sum(len(posed) for _, posed in groups) == len(drawn) > 70


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [("reach: peak_mv < 10", "reach: peak_mv < 100")],
            "kinds.experiment: an empty answer scores",
        ),
    ],
)
def test_an_empty_answer_that_scores_is_an_error(tmp_path, changes, expected):
    assert expected in errors_of(tmp_path, *changes)
