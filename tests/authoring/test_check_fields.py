"""What the check says of single fields, of the answers in a file, and of one file alone."""

import pytest
from course_files import (
    MISCONCEPTIONS,
    SPARK,
    phase_text,
    replaced,
    spoil,
    write_course,
)
from every_kind import KINDS, kinds_course

from tutor.authoring.check import check_course

GLOW = "phases/glow.yaml"
NUMERIC = """\
  - id: spark.q3
    revision: 1
    kind: numeric
    objectives: [spark.height]
    difficulty: 1
    stem: What is E_K, in mV?
    setup: The textbook neuron at rest.
    scenario: {preparation: textbook, duration_ms: 5}
    proof: [e_k_mv < rest_mv]
    decides: E_K is {e_k_mv}.
    key: e_k_mv
    unit: mV
    within: 1
    explanation: So it is.
    hint: Nernst.
    source: Hodgkin & Huxley 1952, J Physiol 117:500

summary:"""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ((), None),
        (
            (("unit: mV", "unit: V"),),
            "e_k_mv is in mV, and is asked for in V; write it as e_k_mv * 0.001",
        ),
        (
            (("unit: mV", "unit: ms"),),
            "e_k_mv is in mV: mV measures a potential, not a time (ms); write the unit of the key",
        ),
        ((("key: e_k_mv", "key: time_of_lowest(i_na)"), ("unit: mV", "unit: ms")), None),
        (
            (("key: e_k_mv", "key: highest(g_k)"),),
            "highest(g_k) is in mS/cm2: mS/cm2 measures a conductance per area, not a potential "
            "(mV); write the unit of the key",
        ),
        (
            (("key: e_k_mv", "key: at(na_open, 1)"), ("unit: mV", "unit: '%'")),
            "at(na_open, 1) is in no unit, and is asked for in %; write it as at(na_open, 1) * "
            "100",
        ),
        ((("key: e_k_mv", "key: e_k_mv / 1000"), ("unit: mV", "unit: V")), None),
        (
            (("    within: 1\n", ""), ("key: e_k_mv", "key: e_k_mv / 7")),
            "the key does not score full marks: number not met (give `within` or `within_share`)",
        ),
        (
            (
                (
                    "    explanation: So",
                    "    wrong_values: [{value: e_k_mv + 0.5, says: Off.}]\n    explanation: So",
                ),
            ),
            "this wrong answer scores: it is -89.5 mV, and -91 to -89 mV is right",
        ),
    ],
)
def test_a_key_is_asked_for_in_the_unit_that_it_is_measured_in(tmp_path, changes, message):
    text = replaced(phase_text(), ("summary:", replaced(NUMERIC, *changes)))
    write_course(tmp_path, {SPARK: text})
    found = [error.message for error in check_course(tmp_path).errors]
    assert found == ([] if message is None else [message])


def test_a_name_that_means_nothing_is_told_once(tmp_path):
    changes = ("in mV?", "in mV, at {k_in_mm:.1f}?"), ("key: e_k_mv", "key: k_in_mm * 1")
    text = replaced(
        NUMERIC,
        *changes,
        ("proof: [e_k_mv < rest_mv]", "proof: [rest_mv < 0]"),
        ("decides: E_K is {e_k_mv}", "decides: It is {rest_mv} at {k_in_mm:.1f}"),
        ("preparation: textbook, duration_ms: 5", "preparation: resting"),
    )
    write_course(tmp_path, {SPARK: replaced(phase_text(), ("summary:", text))})
    (error,) = check_course(tmp_path).errors
    assert error.message == (
        "k_in_mm is a setting, and no number that is measured (write its value, or draw it)"
    )


def test_a_wrong_text_that_scores_is_told_with_its_point_and_words(tmp_path):
    text = replaced(KINDS, ("[Sodium leaves through the pump.]", "[Na+ channels open.]"))
    kinds_course(tmp_path, text)
    (error,) = check_course(tmp_path).errors
    assert error.message == "this wrong answer scores: open, by 'Na+ channels open'"


def test_a_knob_that_contradicts_the_proof_everywhere_else_says_so(tmp_path):
    spoil(tmp_path, ("- peak_mv > 0\n", "- amplitude_ua_cm2 > 0\n"))
    assert check_course(tmp_path).errors[0].message.startswith("amplitude_ua_cm2 is a setting")


def test_one_file_is_checked_with_the_number_of_errors_in_the_banks(tmp_path):
    (write_course(tmp_path) / MISCONCEPTIONS).write_text("misconceptions: [{id: M1}]\n")
    report = check_course(tmp_path, only=SPARK)
    assert (report.errors, report.elsewhere, report.passed) == ((), {MISCONCEPTIONS: 4}, False)
    (write_course(tmp_path) / MISCONCEPTIONS).write_text("[")
    assert check_course(tmp_path, only=SPARK).elsewhere == {MISCONCEPTIONS: 1}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (GLOW, "no module of course.yaml names glow; write"),
        ("notes.txt", "this is no content file"),
    ],
)
def test_a_file_that_is_none_of_the_courses_is_never_proved(tmp_path, name, words):
    write_course(tmp_path, {name: phase_text("glow").replace("- peak_mv > 0", "- peak_mv > 99")})
    report = check_course(tmp_path, only=name)
    (error,) = report.errors
    assert (error.file, error.place) == (name, (1, 1))
    assert error.message.startswith(words)
