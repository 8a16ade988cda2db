"""What must hold in questions of each kind, told with place and remedy."""

import pytest
from course_files import MARK, assert_told_well, load_errors, place_of, replaced
from every_kind import KINDS, KINDS_FILE, kinds_course


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: ordering\n", "kind: »sorting\n", "expected one of single, multi, ordering"),
        ("  - id: kinds.point\n    kind: point", "  - »id: kinds.point", "'kind' is missing"),
        ("k: out}", "k: »off}", "no partner 'off'"),
        ("key: {na: in, k: out}", "key: »{na: in}", "the item 'k' has no partner"),
        (
            "id: peak, text: Na⁺ channels",
            "id: rise, text: Na⁺ channels",
            "item 'rise' stands above already",
        ),
        ("pair: [rise, fall]", "pair: »[rise, end]", "no item 'end'"),
        ("high: 60, step: 2", "high: 60, step: 0", "the step is above 0"),
        ("      distance_mm: {low", "      peak_mv: {low", "'peak_mv' cannot name a drawn number"),
        ("key: distance_mm / 2", "key: »distance / 2", "unknown name 'distance'"),
        (
            "for {distance_mm} mm",
            "for {length_mm} mm",
            "length_mm is a setting, and no number that is measured (write its value",
        ),
        ("key: 1.5 / velocity * 1000", "key: »1.5 / speed * 1000", "unknown name 'speed'"),
        ("- id: delay", "- id: »velocity", "'velocity' means something already"),
        (
            "    within_share: 0.02\n    quotient: [distance_mm",
            "    within: 1\n    within_share: »0.02\n    quotient: [distance_mm",
            "`within` and `within_share` are both there; keep one",
        ),
        ("max_marks: 2", "max_marks: »3", "the mark points add up to 2, not to 3 marks"),
        ("at: peak_ms, tolerance: 0.1}", "at: peak_ms}", "`at` and `tolerance` go together"),
        ("the rise, within: [[upstroke_ms, peak_ms]]", "the rise", "needs `at`"),
        ("solution: {na_block: 0.8}", "solution: {pump: »0}", "no knob 'pump' here"),
        ("physiology: Na⁺ channels inactivate.", "no_run: None.", "needs `physiology`"),
        ("marks: 2\n    revision", "marks: »0\n    revision", "must be >= 1"),
    ],
)
def test_a_slip_in_a_question_is_told(tmp_path, old, new, words):
    text = KINDS.replace(old, new, 1) if KINDS.count(old) > 1 else replaced(KINDS, (old, new))
    place = place_of(text, text.index(MARK)) if MARK in text else None
    kinds_course(tmp_path, text.replace(MARK, ""))
    errors = load_errors(tmp_path)
    assert_told_well(errors, tmp_path)
    told = [error for error in errors if words in error.message]
    assert told, [str(error) for error in errors]
    assert told[0].file == KINDS_FILE
    if place is not None:
        assert told[0].place == place


def test_the_good_phase_has_no_error(tmp_path):
    kinds_course(tmp_path)
    assert load_errors(tmp_path) == []
