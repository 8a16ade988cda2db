"""Misconceptions, objectives and claims agree with the questions and steps of all phases."""

import re

import pytest
from course_files import (
    COURSE,
    MISCONCEPTIONS,
    SPARK,
    assert_told_well,
    course_text,
    good_files,
    place_of,
    replaced,
    write_course,
)
from quiet_course import QUIET

from tutor.authoring.check import check_course
from tutor.authoring.check.coverage import coverage_lines

CLAIMS = """\
claims:
  - id: S1-01
    claim: A pulse makes a spike.
    verdict: right
    exactly: A pulse past threshold does.
    taught: [spark.s1]
    asked: [spark.q1]
    shown: spark.q1
"""
REFUTATION = """\
    refutation:
      scenario:
        preparation: textbook
        stimuli: [{kind: pulse, times_threshold: 1.3}]
        duration_ms: 6
      says: The peak is {peak_mv}.
      proof:
        - spike_count == 1
"""
ASKED = replaced(REFUTATION, ("spike_count == 1", "peak_mv > asked.peak_mv"))
SOURCE = "    source: Adrian 1914, J Physiol 47:460\n"


#: An option that leaves its misconception to the refutation of the bank.
LEFT = replaced(
    good_files()[SPARK], ("        no_run: A run of a few milliseconds cannot show it.\n", "")
)


def found(folder, files):
    """The errors of the good course with these files, each told well."""
    write_course(folder, files)
    errors = check_course(folder).errors
    if errors:
        assert_told_well(list(errors), folder)
    return errors


def bank_with(text):
    """The good misconceptions, with `text` in the second of them."""
    return {MISCONCEPTIONS: replaced(good_files()[MISCONCEPTIONS], (SOURCE, f"{text}{SOURCE}"))}


# Misconceptions.


def test_a_misconception_that_is_not_in_the_bank_is_an_error_where_it_is_named(tmp_path):
    text = replaced(good_files()[SPARK], ("misconception: M1", "misconception: M99"))
    covered = check_course(write_course(tmp_path, {SPARK: text})).coverage
    assert covered is not None
    assert covered.misconceptions == {"M1": 0, "M2": 1}
    named, unused = sorted(found(tmp_path, {SPARK: text}), key=lambda error: error.item)[::-1]
    assert (named.item, named.message) == (
        "spark.q1",
        "M99 does not stand in misconceptions.yaml; known: M1, M2",
    )
    assert named.place == place_of(text, text.index("M99"))
    assert unused.message.startswith("no answer to any question shows M1, and nothing refutes it")


def test_a_misconception_that_nobody_shows_and_nothing_refutes_is_an_error(tmp_path):
    text = good_files()[MISCONCEPTIONS].replace("M2", "M3") + (
        "  - {id: M2, name: B, wrong: W., right: R., source: S}\n"
    )
    (error,) = found(tmp_path, {MISCONCEPTIONS: text})
    assert (error.file, error.item) == (MISCONCEPTIONS, "M3")
    assert error.message.startswith("no answer to any question shows M3")


def test_a_misconception_with_a_run_of_its_own_need_not_be_shown(tmp_path):
    files = bank_with(REFUTATION)
    named = "        misconception: M2\n"
    no_run = "        no_run: A run of a few milliseconds cannot show it.\n"
    text = replaced(good_files()[SPARK], (named + no_run, ""))
    assert found(tmp_path, {**files, SPARK: text}) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("spike_count == 1", "spike_count == 2"), r"M2: refutation: not true: spike_count == 2"),
        (("{peak_mv}", "{settled_ms}"), r"M2: refutation: settled_ms: this run has none"),
        (
            ("times_threshold: 1.3", "times_threshold: 20, pulse_ms: 0.05"),
            r"M2: refutation: cannot be run",
        ),
        (
            ("spike_count == 1", "peak_mv < asked.peak_mv"),
            r"M2: refutation: not true: .* \(peak_mv = \d\d.*asked\.peak_mv = -",
        ),
    ],
    ids=["proof", "sentence", "scenario", "asked"],
)
def test_a_refutation_of_the_bank_is_run_too(tmp_path, change, words):
    (error,) = found(tmp_path, {SPARK: LEFT, **bank_with(replaced(REFUTATION, change))})
    assert error.file == MISCONCEPTIONS
    assert re.search(words, str(error)), str(error)


def test_an_option_needs_no_refutation_where_its_misconception_has_one(tmp_path):
    assert found(tmp_path, {SPARK: LEFT, **bank_with(REFUTATION)}) == ()


def test_an_option_whose_misconception_nothing_answers_is_an_error(tmp_path):
    (error,) = found(tmp_path, {SPARK: LEFT})
    assert (error.item, error.message) == (
        "spark.q2",
        "M2 has no refutation of its own, so the option needs a `refutation`, or `no_run` with "
        "the reason why none can",
    )
    assert error.place.line == place_of(LEFT, LEFT.index("- id: d")).line


def test_an_option_with_no_run_does_not_come_to_the_refutation_of_the_bank(tmp_path):
    (error,) = found(tmp_path, bank_with(ASKED))
    assert error.message == "it speaks of the `asked` run, but no question comes to it"


def test_asked_in_the_bank_is_the_run_of_each_question_that_comes_to_it(tmp_path):
    text = ASKED
    assert found(tmp_path, {SPARK: LEFT, **bank_with(text)}) == ()
    # The second of two questions has a higher spike than the refutation.
    spark = replaced(
        LEFT,
        (
            "        feedback: The pulse alone moves it.\n",
            "        feedback: The pulse alone moves it.\n        misconception: M2\n",
        ),
    )
    (error,) = found(tmp_path, {SPARK: spark, **bank_with(replaced(text, ("> asked", "< asked")))})
    assert "not true: peak_mv < asked.peak_mv" in error.message
    (error,) = found(tmp_path, {SPARK: spark, **bank_with(text)})
    assert "not true: peak_mv > asked.peak_mv" in error.message
    alone = bank_with(text)[MISCONCEPTIONS].replace("M2", "M3") + (
        "  - {id: M2, name: B, wrong: W., right: R., source: S}\n"
    )
    (error,) = found(tmp_path, {MISCONCEPTIONS: alone})
    assert error.message == "it speaks of the `asked` run, but no question comes to it"


# Objectives.


@pytest.mark.parametrize(("phases", "errors"), [(19, 0), (20, 20)])
def test_in_a_grown_course_every_objective_is_asked_twice(tmp_path, phases, errors):
    names = ["spark", *(f"spark-{chr(97 + i)}" for i in range(phases - 1))]
    text = replaced(
        good_files()[SPARK],
        (
            "bloom: understand\n",
            "bloom: understand\n    text: Another.\n  - id: spark.more\n    bloom: apply\n",
        ),
        (
            "objectives: [spark.height]\n    difficulty: 2",
            "objectives: [spark.more]\n    difficulty: 2",
        ),
        (
            "objectives: [spark.height]\n    difficulty: 1",
            "objectives: [spark.more, spark.height]\n    difficulty: 1",
        ),
    )
    files = {f"phases/{name}.yaml": text.replace("spark", name) for name in names}
    told = found(tmp_path, {COURSE: course_text(*names), **files})
    assert len(told) == errors
    for error in told:
        assert error.item.endswith(".height")
        assert error.message.startswith("asked by one question; in a course of 40 questions")


# Claims.


def test_claims_that_are_taught_and_asked_are_no_error(tmp_path):
    assert found(tmp_path, {"claims.yaml": CLAIMS}) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("taught: [spark.s1]", "taught: [spark.q1]"),
            "there is no step 'spark.q1'; did you mean spark.s1?",
        ),
        (
            ("taught: [spark.s1]", "taught: []"),
            "S1-01 is taught nowhere; name a step that does it",
        ),
        (
            ("asked: [spark.q1]", "asked: [spark.q7]"),
            "there is no question 'spark.q7'; known: spark.q1, spark.q2",
        ),
        (
            ("asked: [spark.q1]", "asked: []"),
            "S1-01 is asked nowhere; name a question that does it",
        ),
        (
            ("shown: spark.q1", "shown: spark.q8"),
            "there is no step or question 'spark.q8'; known: spark.q1, spark.q2, spark.s1",
        ),
    ],
)
def test_a_claim_is_taught_asked_and_shown_somewhere(tmp_path, change, message):
    (error,) = found(tmp_path, {"claims.yaml": replaced(CLAIMS, change)})
    assert (error.file, error.item, error.message) == ("claims.yaml", "S1-01", message)


def test_while_a_phase_cannot_be_read_nothing_is_said_to_be_missing(tmp_path):
    (error,) = found(tmp_path, {SPARK: "id: [spark", "claims.yaml": CLAIMS})
    assert error.file == SPARK


# Coverage.


def test_the_coverage_counts_every_bank(tmp_path):
    write_course(tmp_path, {SPARK: QUIET, "claims.yaml": CLAIMS.replace("[spark.q1]", "[]")})
    coverage = check_course(tmp_path).coverage
    (phase,) = coverage.phases
    assert (phase.questions, phase.kinds["single"], phase.kinds["multi"]) == (2, 1, 1)
    assert (phase.tracks, phase.difficulty) == ({"A": 2, "M": 0}, {1: 1, 2: 1, 3: 0})
    assert coverage.objectives == {"spark.height": 2}
    assert coverage.misconceptions == {"M1": 2, "M2": 2}
    assert coverage.claims == {"S1-01": (1, 0)}
    lines = [*coverage_lines(coverage)]
    assert all(len(line) <= 80 for line in lines)
    assert lines[1].split()[:9] == ["spark", "2", "2", ".", "1", "1", ".", "1", "1"]
    assert "claims: 0 of 1 taught and asked; not S1-01" in lines


def test_a_check_of_one_file_has_no_coverage_of_the_course(tmp_path):
    write_course(tmp_path, {SPARK: QUIET})
    assert check_course(tmp_path, only=SPARK).coverage is None
